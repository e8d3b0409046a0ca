-- The fastest form in PostgreSQL of what we tried, for one role: `:role`, `:top`.
-- The role's credit of each class of evidence is worked out first; who holds the rarest must comes from a covering
-- index, each further must is asked of those who are left, and points are worked out for the survivors alone. Tier A is
-- tried by itself first, and is enough where it fills the list. Roles without musts are one pass over all that counts.
CREATE TEMP TABLE role_classes AS
SELECT r.req, c.class,
  (fit * (CASE WHEN c.mentioned THEN 6000 ELSE 10000 END) + 5000) / 10000 AS e,
  CASE WHEN NOT r.must THEN 0
    WHEN r.min_years IS NOT NULL AND COALESCE(c.years, c.total) < r.min_years THEN 2
    WHEN r.min_years IS NOT NULL AND c.years IS NULL THEN 1
    WHEN c.mentioned THEN 1
    ELSE 0
  END AS gate
FROM requirements r
JOIN roles a ON a.role = r.role
CROSS JOIN classes c
LEFT JOIN recency t ON t.half_life = r.half_life AND t.age = c.age
CROSS JOIN LATERAL (SELECT
  CASE WHEN r.years IS NULL OR COALESCE(c.years, c.total) IS NULL THEN 10000
    ELSE LEAST(10000, (20000 * COALESCE(c.years, c.total) + r.years) / (2 * r.years))
  END AS y,
  COALESCE(t.factor, 10000) AS r,
  (r.years IS NULL OR c.years IS NOT NULL) AND (r.half_life IS NULL OR c.age IS NOT NULL) AS known
) factors
CROSS JOIN LATERAL (SELECT
  CASE WHEN known THEN (y * factors.r + 5000) / 10000 ELSE LEAST(a.assume, (y * factors.r + 5000) / 10000) END AS fit
) fits
WHERE r.role = :role;

CREATE TEMP TABLE role_ways AS
SELECT r.req, r.must, r.weight, w.skill, w.f, dense_rank() OVER (ORDER BY NOT r.must, held, r.req) AS turn
FROM requirements r
JOIN ways w USING (role, req)
JOIN (SELECT req, sum(people) AS held FROM ways JOIN counts USING (skill) WHERE role = :role AND f = 10000 GROUP BY req)
  rarity USING (req)
WHERE r.role = :role;

CREATE TEMP TABLE pool AS
SELECT number, CASE WHEN stays IS NULL THEN 1 ELSE 0 END AS flagged
FROM (
  SELECT p.number, a.unknown_drop,
    CASE WHEN a.countries = 0 THEN TRUE
      ELSE p.country = ANY (ARRAY(SELECT country FROM role_countries WHERE role = :role))
        OR (CASE WHEN a.relocation THEN p.relocation ELSE FALSE END)
        OR (CASE WHEN a.remote_anywhere THEN p.remote ELSE FALSE END)
    END
    AND CASE WHEN a.years_min IS NULL THEN TRUE ELSE p.total >= a.years_min END AS stays
  FROM people p CROSS JOIN (SELECT * FROM roles WHERE role = :role) a
  WHERE p.status IS NULL
) placed
WHERE stays OR (stays IS NULL AND NOT unknown_drop);
ANALYZE role_classes, role_ways, pool;

SELECT musts > 0 AS has_musts FROM roles WHERE role = :role \gset
\if :has_musts
  -- Those who hold every must.
  CREATE TEMP TABLE left1 AS
  SELECT DISTINCT e.number FROM role_ways w JOIN evidence e USING (skill)
  JOIN role_classes c ON c.req = w.req AND c.class = e.class AND c.gate = 0
  JOIN pool USING (number) WHERE w.turn = 1 AND w.f = 10000;
  CREATE TEMP TABLE left2 AS
  SELECT DISTINCT e.number FROM role_ways w JOIN evidence e USING (skill)
  JOIN role_classes c ON c.req = w.req AND c.class = e.class AND c.gate = 0
  JOIN left1 USING (number) WHERE w.turn = 2 AND w.f = 10000;
  CREATE TEMP TABLE survivors AS
  SELECT DISTINCT e.number FROM role_ways w JOIN evidence e USING (skill)
  JOIN role_classes c ON c.req = w.req AND c.class = e.class AND c.gate = 0
  JOIN left2 USING (number) WHERE w.turn = 3 AND w.f = 10000;
  SELECT count(*) < :top AS too_few FROM survivors \gset
  \if :too_few
    -- Those who are at least near every must.
    DROP TABLE left1, left2, survivors;
    CREATE TEMP TABLE left1 AS
    SELECT DISTINCT e.number FROM role_ways w JOIN evidence e USING (skill)
    JOIN pool USING (number) WHERE w.turn = 1 AND w.f >= 4000;
    CREATE TEMP TABLE left2 AS
    SELECT DISTINCT e.number FROM role_ways w JOIN evidence e USING (skill)
    JOIN left1 USING (number) WHERE w.turn = 2 AND w.f >= 4000;
    CREATE TEMP TABLE survivors AS
    SELECT DISTINCT e.number FROM role_ways w JOIN evidence e USING (skill)
    JOIN left2 USING (number) WHERE w.turn = 3 AND w.f >= 4000;
  \endif
  ANALYZE survivors;
\else
  ALTER TABLE pool RENAME TO survivors;
\endif

CREATE TEMP TABLE scored AS
SELECT number, MAX(gate) AS tier, SUM(weight * credit) AS points
FROM (
  SELECT e.number, w.req, w.weight, MAX((w.f * c.e + 5000) / 10000) AS credit,
    MIN(CASE WHEN NOT w.must THEN 0 WHEN w.f = 10000 THEN c.gate WHEN w.f >= 4000 THEN 2 ELSE 3 END) AS gate
  FROM survivors
  JOIN evidence e USING (number)
  JOIN role_ways w USING (skill)
  JOIN role_classes c ON c.req = w.req AND c.class = e.class
  GROUP BY e.number, w.req, w.weight
) credits
GROUP BY number;

\if :has_musts
  SELECT :role, number, tier, flagged, points FROM scored JOIN pool USING (number) WHERE tier < 3
  ORDER BY tier, flagged, points DESC FETCH FIRST :top ROWS WITH TIES;
\else
  SELECT :role, number, tier, flagged, points FROM scored JOIN survivors USING (number) WHERE tier < 3
  ORDER BY tier, flagged, points DESC FETCH FIRST :top ROWS WITH TIES;
\endif
