-- The file of people and their skills, searchable by word, skill, years, address and id. Names in capitals are replaced.
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -262144;
PRAGMA temp_store = MEMORY;
CREATE TABLE people (
  id TEXT, name TEXT, email TEXT, title TEXT, location TEXT, remote TEXT, relocation TEXT, years REAL, skills TEXT,
  summary TEXT, languages TEXT, permit TEXT, available TEXT, salary TEXT, status TEXT
);
CREATE TABLE held (person INTEGER, skill INTEGER, years INTEGER, last_used INTEGER);
BEGIN;
.import --csv --skip 1 PEOPLE_CSV people
.import --csv --skip 1 SKILLS_CSV held
CREATE UNIQUE INDEX people_by_id ON people (id);
CREATE INDEX people_by_email ON people (email);
CREATE INDEX held_by_skill ON held (skill, years, last_used, person);
CREATE INDEX held_by_person ON held (person, skill, years, last_used);
CREATE VIRTUAL TABLE words USING fts5 (name, title, location, summary, content = 'people');
INSERT INTO words (rowid, name, title, location, summary) SELECT rowid, name, title, location, summary FROM people;
COMMIT;
