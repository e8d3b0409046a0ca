-- The file of people and their skills, searchable by word, skill, years, address and id. `:tables` is their folder.
\cd :tables
CREATE UNLOGGED TABLE people (
  number serial, id text, name text, email text, title text, location text, remote text, relocation text, years text,
  skills text, summary text, languages text, permit text, available text, salary text, status text
);
CREATE UNLOGGED TABLE held (person int, skill int, years int, last_used int);
\copy people (id, name, email, title, location, remote, relocation, years, skills, summary, languages, permit, available, salary, status) FROM people.csv WITH (FORMAT csv, HEADER)
\copy held FROM skills.csv WITH (FORMAT csv, HEADER)
CREATE UNIQUE INDEX ON people (number);
CREATE UNIQUE INDEX ON people (id);
CREATE INDEX ON people (email);
CREATE INDEX ON held (skill, years, last_used, person);
CREATE INDEX ON held (person);
CREATE INDEX ON people USING gin (to_tsvector('simple',
  coalesce(name, '') || ' ' || coalesce(title, '') || ' ' || coalesce(location, '') || ' ' || coalesce(summary, '')));
ANALYZE;
