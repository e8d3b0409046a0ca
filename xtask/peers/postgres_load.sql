-- The tables of `cargo xtask peers` in PostgreSQL. `:tables` is their folder.
\set ON_ERROR_STOP on
CREATE TABLE people (number int PRIMARY KEY, country text, remote bool, relocation bool, total int, status text);
CREATE TABLE evidence (number int, skill smallint, years smallint, age smallint, mentioned bool, class int);
CREATE TABLE classes (class int PRIMARY KEY, years int, age int, mentioned bool, total int);
CREATE TABLE roles (role int PRIMARY KEY, kind text, id text, assume int, musts int, countries int,
  remote_anywhere bool, relocation bool, years_min int, unknown_drop bool);
CREATE TABLE role_countries (role int, country text);
CREATE TABLE requirements (role int, req int, must bool, weight int, years int, min_years int, half_life int);
CREATE TABLE ways (role int, req int, skill smallint, f int);
CREATE TABLE recency (half_life int, age int, factor int, PRIMARY KEY (half_life, age));
\cd :tables
\copy people FROM people.csv WITH (FORMAT csv, HEADER)
\copy evidence FROM evidence.csv WITH (FORMAT csv, HEADER)
\copy classes FROM classes.csv WITH (FORMAT csv, HEADER)
\copy roles FROM roles.csv WITH (FORMAT csv, HEADER)
\copy role_countries FROM role_countries.csv WITH (FORMAT csv, HEADER)
\copy requirements FROM requirements.csv WITH (FORMAT csv, HEADER)
\copy ways FROM ways.csv WITH (FORMAT csv, HEADER)
\copy recency FROM recency.csv WITH (FORMAT csv, HEADER)
-- Covering indexes both ways, so that no form has to read the table for a posting.
CREATE INDEX ON evidence (skill, number) INCLUDE (class);
CREATE INDEX ON evidence (number) INCLUDE (skill, class);
CREATE INDEX ON ways (role, req);
CREATE INDEX ON requirements (role);
CREATE TABLE counts AS SELECT skill, count(*) AS people FROM evidence GROUP BY skill;
VACUUM ANALYZE;
