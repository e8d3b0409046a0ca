-- What whoever searches by skill and years has to do beside it: the cell of skills (`Rust (4 yrs, last used 2024); Go`) taken
-- apart into rows, and indexes over these. Skills stay the names that are written; tenths of years, and the year of last
-- use (9999 where it is current), where they are stated. What texts say is not looked at.
CREATE TABLE held (person INTEGER, skill TEXT, years INTEGER, last_used INTEGER);
BEGIN;
INSERT INTO held
WITH RECURSIVE items (person, item, rest) AS (
  SELECT rowid, NULL, skills || '; ' FROM people WHERE skills <> ''
  UNION ALL
  SELECT person, substr(rest, 1, instr(rest, '; ') - 1), substr(rest, instr(rest, '; ') + 2) FROM items WHERE rest <> ''
), parts (person, skill, figures) AS (
  SELECT person, CASE WHEN item LIKE '%)' AND instr(item, ' (') > 0 THEN substr(item, 1, instr(item, ' (') - 1) ELSE item END,
    CASE WHEN item LIKE '%)' AND instr(item, ' (') > 0 THEN substr(item, instr(item, ' (') + 2, length(item) - instr(item, ' (') - 2) END
  FROM items WHERE item IS NOT NULL
)
SELECT person, lower(skill),
  CASE WHEN instr(figures, ' yrs') > 0 THEN CAST(round(10 * CAST(figures AS REAL)) AS INTEGER) END,
  CASE WHEN instr(figures, 'last used ') > 0 THEN CAST(substr(figures, instr(figures, 'last used ') + 10, 4) AS INTEGER)
    WHEN instr(figures, 'current') > 0 THEN 9999 END
FROM parts;
CREATE INDEX held_by_skill ON held (skill, years, last_used, person);
CREATE INDEX held_by_person ON held (person, skill, years, last_used);
COMMIT;
