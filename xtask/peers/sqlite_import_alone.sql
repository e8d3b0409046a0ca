-- The file of people alone: what they hold is read out of its cells, as far as SQL goes, and stands when the power goes.
-- Names in capitals are replaced.
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
CREATE TABLE spellings (spelling TEXT PRIMARY KEY, skill INTEGER, everyday INTEGER) WITHOUT ROWID;
CREATE TABLE countries (name TEXT PRIMARY KEY, code TEXT) WITHOUT ROWID;
CREATE TABLE people (
  id TEXT, name TEXT, email TEXT, title TEXT, location TEXT, remote TEXT, relocation TEXT, years REAL, skills TEXT,
  summary TEXT, languages TEXT, permit TEXT, available TEXT, salary TEXT, status TEXT
);
CREATE TABLE facts (
  person INTEGER PRIMARY KEY, country TEXT, remote INTEGER, relocation INTEGER, years INTEGER, available TEXT,
  pay INTEGER, currency TEXT, per TEXT, status TEXT
);
CREATE TABLE held (
  person INTEGER, skill INTEGER, years INTEGER, last_used INTEGER, mentioned INTEGER, PRIMARY KEY (person, skill)
) WITHOUT ROWID;
CREATE TABLE spoken (language TEXT, person INTEGER, PRIMARY KEY (language, person)) WITHOUT ROWID;
CREATE TABLE permitted (country TEXT, person INTEGER, PRIMARY KEY (country, person)) WITHOUT ROWID;
BEGIN;
.import --csv --skip 1 SPELLINGS_CSV spellings
.import --csv --skip 1 COUNTRIES_CSV countries
.import --csv --skip 1 PEOPLE_CSV people
-- Who they are: nobody twice.
CREATE UNIQUE INDEX people_by_id ON people (id);
CREATE UNIQUE INDEX people_by_email ON people (lower(email));
-- `60000 EUR per year`, `Castelbury, Portugal`
INSERT INTO facts
SELECT people.rowid, code,
  CASE remote WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END,
  CASE relocation WHEN 'yes' THEN 1 WHEN 'no' THEN 0 END,
  CASE WHEN years <> '' THEN CAST(years * 10 AS INTEGER) END,
  nullif(available, ''),
  CASE WHEN salary <> '' THEN CAST(salary AS INTEGER) END,
  CASE WHEN salary <> '' THEN substr(salary, instr(salary, ' ') + 1, 3) END,
  CASE WHEN instr(salary, ' per ') THEN substr(salary, instr(salary, ' per ') + 5) END,
  nullif(status, '')
FROM people LEFT JOIN countries
  ON countries.name = substr(location, instr(location, ', ') + 2) AND instr(location, ', ');
-- `Django (4 yrs, last used 2024); Go (current); Moq`
INSERT OR IGNORE INTO held
SELECT person, skill,
  CASE WHEN figures LIKE '% yrs%' THEN CAST(10 * CAST(figures AS REAL) AS INTEGER) END,
  CASE
    WHEN figures LIKE '%current%' THEN 9999
    WHEN figures LIKE '%last used %' THEN CAST(substr(figures, instr(figures, 'last used ') + 10, 4) AS INTEGER)
  END,
  0
FROM (
  SELECT people.rowid AS person,
    lower(CASE WHEN instr(value, ' (') THEN substr(value, 1, instr(value, ' (') - 1) ELSE value END) AS name,
    CASE WHEN instr(value, ' (') THEN substr(value, instr(value, ' (') + 2) END AS figures
  FROM people, json_each('["' || replace(skills, '; ', '","') || '"]')
  WHERE skills <> ''
) JOIN spellings ON spelling = name;
-- Names of one word in the summary; longer ones, years and last use in sentences are left to others.
INSERT OR IGNORE INTO held
SELECT people.rowid, skill, NULL, NULL, 1
FROM people,
  json_each('["' || replace(replace(replace(replace(lower(summary), '. ', ' '), ',', ''), '"', ''), ' ', '","') || '"]')
  JOIN spellings ON spelling = value AND NOT everyday
WHERE summary <> '';
INSERT OR IGNORE INTO spoken
SELECT value, people.rowid FROM people, json_each('["' || replace(languages, '; ', '","') || '"]') WHERE languages <> '';
INSERT OR IGNORE INTO permitted
SELECT value, people.rowid FROM people, json_each('["' || replace(permit, '; ', '","') || '"]') WHERE permit <> '';
CREATE INDEX facts_by_place ON facts (country, remote, years);
CREATE INDEX held_by_skill ON held (skill, years, last_used, person);
CREATE VIRTUAL TABLE words USING fts5 (name, title, location, summary, content = 'people');
INSERT INTO words (rowid, name, title, location, summary) SELECT rowid, name, title, location, summary FROM people;
COMMIT;
PRAGMA wal_checkpoint(TRUNCATE);
