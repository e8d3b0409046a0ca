-- The people of `cargo xtask bench-search` in PostgreSQL. `:tables` is their folder.
--
-- One row a person with two arrays under GIN indexes, which answer any number of skills at once: `skills` holds the
-- skills, `levels` one number for each skill and each whole year that is reached of it, so that "at least three years"
-- is one of them. Facets of skills unnest the array.
\set ON_ERROR_STOP on
CREATE UNLOGGED TABLE facts (number int, country text, remote bool, relocation bool, total int, status text);
CREATE UNLOGGED TABLE evidence (number int, skill int, years int, age int, mentioned bool, class int);
\cd :tables
\copy facts FROM people.csv WITH (FORMAT csv, HEADER)
\copy evidence FROM evidence.csv WITH (FORMAT csv, HEADER)
CREATE UNLOGGED TABLE people AS
  SELECT number, country, remote, total, coalesce(held.skills, '{}') AS skills, coalesce(held.levels, '{}') AS levels
  FROM facts LEFT JOIN (
    SELECT number, array_agg(DISTINCT skill) AS skills,
      array_agg(DISTINCT skill * 128 + year) FILTER (WHERE year IS NOT NULL) AS levels
    FROM evidence LEFT JOIN LATERAL generate_series(0, years / 10) AS year ON true
    GROUP BY number) AS held USING (number)
  ORDER BY country, total;
DROP TABLE facts, evidence;
ALTER TABLE people ADD PRIMARY KEY (number);
CREATE INDEX ON people USING gin (skills) WITH (fastupdate = off);
CREATE INDEX ON people USING gin (levels) WITH (fastupdate = off);
CREATE INDEX ON people (country, total);
VACUUM ANALYZE people;
