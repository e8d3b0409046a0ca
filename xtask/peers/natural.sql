-- The scoring model (docs/scoring.md) as one would write it down in SQL, for one role: raw columns, no prepared codes.
-- `:role` and `:top` are numbers. `/` between whole numbers divides without a rest.
-- tier 0 to 2 is A to C; gate 0 held, 1 unknown, 2 near, 3 no.
WITH asked AS (
  SELECT * FROM roles WHERE role = :role
), placed AS (
  SELECT p.number, p.total, a.assume, a.musts, a.unknown_drop,
    -- Three-valued, as SQL is.
    CASE WHEN a.countries = 0 THEN TRUE
      ELSE p.country IN (SELECT c.country FROM role_countries c WHERE c.role = :role)
        OR (CASE WHEN a.relocation THEN p.relocation ELSE FALSE END)
        OR (CASE WHEN a.remote_anywhere THEN p.remote ELSE FALSE END)
    END
    AND CASE WHEN a.years_min IS NULL THEN TRUE ELSE p.total >= a.years_min END AS stays
  FROM people p CROSS JOIN asked a
  WHERE p.status IS NULL
), pool AS (
  SELECT number, total, assume, musts, CASE WHEN stays IS NULL THEN 1 ELSE 0 END AS flagged
  FROM placed
  WHERE stays OR (stays IS NULL AND NOT unknown_drop)
), factors AS (
  SELECT p.number, p.assume, p.musts, p.flagged, r.req, r.must, r.weight, w.f, e.mentioned, e.years, r.min_years,
    COALESCE(e.years, p.total) AS bound,
    CASE WHEN r.years IS NULL THEN 10000
      WHEN COALESCE(e.years, p.total) IS NULL THEN 10000
      ELSE LEAST(10000, (20000 * COALESCE(e.years, p.total) + r.years) / (2 * r.years))
    END AS y_high,
    CASE WHEN r.half_life IS NULL THEN 10000 ELSE COALESCE(t.factor, 10000) END AS r_high,
    (r.years IS NULL OR e.years IS NOT NULL) AND (r.half_life IS NULL OR e.age IS NOT NULL) AS known
  FROM requirements r
  JOIN ways w ON w.role = r.role AND w.req = r.req
  JOIN evidence e ON e.skill = w.skill
  JOIN pool p ON p.number = e.number
  LEFT JOIN recency t ON t.half_life = r.half_life AND t.age = e.age
  WHERE r.role = :role
), fits AS (
  SELECT *,
    CASE WHEN known THEN (y_high * r_high + 5000) / 10000
      ELSE LEAST(assume, (y_high * r_high + 5000) / 10000)
    END AS fit
  FROM factors
), credits AS (
  SELECT number, flagged, musts, must, req, weight,
    MAX((f * ((fit * (CASE WHEN mentioned THEN 6000 ELSE 10000 END) + 5000) / 10000) + 5000) / 10000) AS credit,
    MIN(CASE
      WHEN NOT must THEN 0
      WHEN f < 4000 THEN 3
      WHEN f < 10000 THEN 2
      WHEN min_years IS NOT NULL AND bound < min_years THEN 2
      WHEN min_years IS NOT NULL AND years IS NULL THEN 1
      WHEN mentioned THEN 1
      ELSE 0
    END) AS gate
  FROM fits
  GROUP BY number, flagged, musts, must, req, weight
), scored AS (
  SELECT number, flagged, MAX(gate) AS tier, SUM(weight * credit) AS points
  FROM credits
  GROUP BY number, flagged, musts
  HAVING MAX(gate) < 3 AND SUM(CASE WHEN must THEN 1 ELSE 0 END) = musts
), placed_people AS (
  SELECT *, RANK() OVER (ORDER BY tier, flagged, points DESC) AS place FROM scored
)
SELECT :role, number, tier, flagged, points FROM placed_people WHERE place <= :top;
