-- The file of people alone: what they hold is read out of its cells, as far as SQL goes, and stands when the power goes.
-- `:tables` is the folder of the files.
\cd :tables
CREATE TABLE spellings (spelling text PRIMARY KEY, skill int, everyday boolean);
CREATE TABLE countries (name text PRIMARY KEY, code text);
CREATE TABLE people (
  number serial, id text, name text, email text, title text, location text, remote text, relocation text, years text,
  skills text, summary text, languages text, permit text, available text, salary text, status text
);
\copy spellings FROM spellings.csv WITH (FORMAT csv, HEADER)
\copy countries FROM countries.csv WITH (FORMAT csv, HEADER)
ANALYZE spellings;
ANALYZE countries;
\copy people (id, name, email, title, location, remote, relocation, years, skills, summary, languages, permit, available, salary, status) FROM people.csv WITH (FORMAT csv, HEADER)
-- Who they are: nobody twice.
CREATE UNIQUE INDEX ON people (number);
CREATE UNIQUE INDEX ON people (id);
CREATE UNIQUE INDEX ON people (lower(email));
-- `60000 EUR per year`, `Castelbury, Portugal`
CREATE TABLE facts AS
SELECT number AS person, code AS country, remote = 'yes' AS remote, relocation = 'yes' AS relocation,
  (nullif(years, '')::numeric * 10)::int AS years, nullif(available, '')::date AS available,
  nullif(split_part(salary, ' ', 1), '')::int AS pay, nullif(split_part(salary, ' ', 2), '') AS currency,
  nullif(split_part(salary, ' ', 4), '') AS per, nullif(status, '') AS status
FROM people LEFT JOIN countries ON countries.name = nullif(split_part(location, ', ', 2), '');
-- `Django (4 yrs, last used 2024); Go (current); Moq`, and names of one word in the summary; longer ones, years and last use
-- in sentences are left to others.
CREATE TABLE held AS
SELECT DISTINCT ON (person, skill) person, skill, years, last_used, mentioned
FROM (
  SELECT number AS person, skill,
    CASE WHEN figures LIKE '% yrs%' THEN (split_part(figures, ' yrs', 1)::numeric * 10)::int END AS years,
    CASE
      WHEN figures LIKE '%current%' THEN 9999
      WHEN figures LIKE '%last used %' THEN left(split_part(figures, 'last used ', 2), 4)::int
    END AS last_used,
    false AS mentioned
  FROM people
    CROSS JOIN LATERAL string_to_table(skills, '; ') AS item
    CROSS JOIN LATERAL (SELECT split_part(item, ' (', 2) AS figures) AS noted
    JOIN spellings ON spelling = lower(split_part(item, ' (', 1))
  UNION ALL
  SELECT number, skill, NULL, NULL, true
  FROM people
    CROSS JOIN LATERAL string_to_table(replace(replace(lower(summary), '. ', ' '), ',', ''), ' ') AS word
    JOIN spellings ON spelling = word AND NOT everyday
) AS said
ORDER BY person, skill, mentioned;
CREATE TABLE spoken AS SELECT number AS person, language FROM people, string_to_table(languages, '; ') AS language;
CREATE TABLE permitted AS SELECT number AS person, country FROM people, string_to_table(permit, '; ') AS country;
CREATE INDEX ON facts (country, remote, years);
CREATE INDEX ON held (skill, years, last_used, person);
CREATE INDEX ON held (person);
CREATE INDEX ON spoken (language, person);
CREATE INDEX ON permitted (country, person);
CREATE INDEX ON people USING gin (to_tsvector('simple',
  coalesce(name, '') || ' ' || coalesce(title, '') || ' ' || coalesce(location, '') || ' ' || coalesce(summary, '')));
ANALYZE;
