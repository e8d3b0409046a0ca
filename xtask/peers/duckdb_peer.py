"""DuckDB's side of `cargo xtask peers`: duckdb_peer.py TABLES ANSWERS TOP SECONDS

Loads the tables, ranks the roles in each form on one thread, writes ANSWERS/KIND-FORM.csv and prints what it took.

natural: the model written down in SQL (natural.sql), from raw columns, one query a role.
tuned:   what we found to be fastest of what we tried:
         - a table of the distinct classes of evidence (some 5,500), worked out for the role once, and the role's ways
           as one row a skill: each posting is then two joins on small dense keys, a product and a maximum;
         - postings stored by skill, so that a scan skips other skills' row groups;
         - for roles with musts, the people who hold the rarest must first, each further must among those who are left,
           and points for the survivors alone; tier A by itself first, which is enough where it fills the list;
         - for roles without musts, one pass over evidence stored by person, whose groups are then neighbours.
"""

import sys
from pathlib import Path

import duckdb

from measure import measure

HERE = Path(__file__).parent
TYPES = {
    "people": "number INTEGER, country VARCHAR, remote BOOLEAN, relocation BOOLEAN, total INTEGER, status VARCHAR",
    "evidence": "number INTEGER, skill SMALLINT, years SMALLINT, age SMALLINT, mentioned BOOLEAN, class INTEGER",
    "classes": "class INTEGER, years INTEGER, age INTEGER, mentioned BOOLEAN, total INTEGER",
    "roles": "role INTEGER, kind VARCHAR, id VARCHAR, assume INTEGER, musts INTEGER, countries INTEGER, "
    "remote_anywhere BOOLEAN, relocation BOOLEAN, years_min INTEGER, unknown_drop BOOLEAN",
    "role_countries": "role INTEGER, country VARCHAR",
    "requirements": "role INTEGER, req INTEGER, must BOOLEAN, weight INTEGER, years INTEGER, min_years INTEGER, "
    "half_life INTEGER",
    "ways": "role INTEGER, req INTEGER, skill SMALLINT, f INTEGER",
    "recency": "half_life INTEGER, age INTEGER, factor INTEGER",
}
HELD, NEAR = 0, 2


def load(tables):
    con = duckdb.connect()
    con.execute("SET threads = 1")
    # `/` between whole numbers divides without a rest, as in PostgreSQL, so that both read natural.sql.
    con.execute("SET integer_division = true")
    for table, columns in TYPES.items():
        con.execute(f"CREATE TABLE {table} ({columns})")
        con.execute(f"COPY {table} FROM '{tables / table}.csv' (HEADER, NULLSTR '')")
    codes = "SELECT DISTINCT country FROM people WHERE country IS NOT NULL ORDER BY country"
    con.execute(f"CREATE TYPE code AS ENUM ({codes})")
    con.execute("ALTER TABLE people ALTER country TYPE code")
    con.execute("CREATE TABLE postings AS SELECT skill, number, class FROM evidence ORDER BY skill, number")
    con.execute("CREATE TABLE counts AS SELECT skill, count(*) AS people FROM evidence GROUP BY skill")
    return con


def natural(con, role, top):
    sql = (HERE / "natural.sql").read_text().replace(":role", str(role)).replace(":top", str(top))
    return con.execute(sql).fetchall()


def tuned(con, role, top):
    requirements = con.execute(
        "SELECT req, must, weight, years, min_years, half_life FROM requirements WHERE role = ? ORDER BY req", [role]
    ).fetchall()
    ways = {}
    for req, skill, f in con.execute("SELECT req, skill, f FROM ways WHERE role = ?", [role]).fetchall():
        ways.setdefault(skill, {})[req] = f
    con.execute(f"CREATE OR REPLACE TEMP TABLE role_classes AS {class_table(con, role, requirements)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE role_ways AS {way_table(ways, requirements)}")
    con.execute(f"CREATE OR REPLACE TEMP TABLE pool AS {pool(con, role)}")
    musts = [req for req, must, *_ in requirements if must]
    if not musts:
        points = score(requirements, ways, "0", "evidence")
        return best(con, role, top, f"SELECT * FROM ({points}) JOIN pool USING (number)")
    rows = through_gates(con, role, top, requirements, ways, musts, HELD)
    return rows if len(rows) >= top else through_gates(con, role, top, requirements, ways, musts, NEAR)


def times(a, b):
    return f"(({a}) * ({b}) + 5000) / 10000"


def class_table(con, role, requirements):
    """For each class the role's E = R(fit, source) of each requirement, and the gate of each must where F is full."""
    (assume,) = con.execute("SELECT assume FROM roles WHERE role = ?", [role]).fetchone()
    bound = "coalesce(c.years, c.total)"
    columns, joins = [], ""
    for req, must, _, years, min_years, half_life in requirements:
        y, r, known = "10000", "10000", []
        if years is not None:
            y = f"coalesce(least(10000, (20000 * {bound} + {years}) / (2 * {years})), 10000)"
            known.append("c.years IS NOT NULL")
        if half_life is not None:
            r = f"coalesce(t{req}.factor, 10000)"
            joins += f" LEFT JOIN recency t{req} ON t{req}.half_life = {half_life} AND t{req}.age = c.age"
            known.append("c.age IS NOT NULL")
        high = times(y, r)
        fit = f"CASE WHEN {' AND '.join(known) or 'TRUE'} THEN {high} ELSE least({assume}, {high}) END"
        columns.append(f"({times(fit, 'CASE WHEN c.mentioned THEN 6000 ELSE 10000 END')})::INTEGER AS e{req}")
        if must:
            line = f"WHEN {bound} < {min_years} THEN 2 WHEN c.years IS NULL THEN 1" if min_years is not None else ""
            columns.append(f"(CASE {line} WHEN c.mentioned THEN 1 ELSE 0 END)::INTEGER AS g{req}")
    return f"SELECT c.class, {', '.join(columns)} FROM classes c{joins}"


def way_table(ways, requirements):
    """One row a skill that counts, with its F for each requirement; 0 where it counts nothing."""
    reqs = [req for req, *_ in requirements]
    rows = ", ".join(f"({skill}, {', '.join(str(f.get(req, 0)) for req in reqs)})" for skill, f in ways.items())
    names = ", ".join(f"f{req}" for req in reqs)
    return f"SELECT skill::SMALLINT AS skill, {names} FROM (VALUES {rows}) w(skill, {names})"


def pool(con, role):
    """Who is not knocked out; SQL's three-valued logic is the model's."""
    countries, anywhere, relocation, years_min, drop = con.execute(
        "SELECT countries, remote_anywhere, relocation, years_min, unknown_drop FROM roles WHERE role = ?", [role]
    ).fetchone()
    stays = []
    if countries:
        codes = con.execute("SELECT country FROM role_countries WHERE role = ?", [role]).fetchall()
        there = "country IN (" + ", ".join(f"'{code}'" for code, in codes) + ")"
        there += " OR relocation" if relocation else ""
        there += " OR remote" if anywhere else ""
        stays.append(f"({there})")
    if years_min is not None:
        stays.append(f"total >= {years_min}")
    stays = " AND ".join(stays) or "TRUE"
    kept = f"({stays})" if drop else f"({stays}) IS NOT FALSE"
    flagged = f"CASE WHEN ({stays}) IS NULL THEN 1 ELSE 0 END"
    return f"SELECT number, {flagged} AS flagged FROM people WHERE status IS NULL AND {kept}"


def through_gates(con, role, top, requirements, ways, musts, worst_gate):
    """The best of those who pass every must with this gate at worst."""
    least_f = 10000 if worst_gate == HELD else 4000
    tables = []
    for req in musts:
        skills = ", ".join(str(skill) for skill, f in ways.items() if f.get(req, 0) >= least_f)
        (people,) = con.execute(f"SELECT sum(people) FROM counts WHERE skill IN ({skills})").fetchone()
        tables.append((people or 0, req, skills))
    left = "pool"
    for _, req, skills in sorted(tables):
        join, gate = ("JOIN role_classes USING (class)", f"g{req} = 0 AND") if worst_gate == HELD else ("", "")
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE through{req} AS SELECT number, any_value(flagged) AS flagged "
            f"FROM postings JOIN {left} USING (number) {join} WHERE {gate} skill IN ({skills}) GROUP BY number"
        )
        left = f"through{req}"
    gates = [f"min(CASE WHEN f{q} = 10000 THEN g{q} WHEN f{q} >= 4000 THEN 2 ELSE 3 END)" for q in musts]
    tier = "0" if worst_gate == HELD else f"greatest({', '.join(gates)})"
    points = score(requirements, ways, tier, f"postings SEMI JOIN {left} USING (number)")
    return best(con, role, top, f"SELECT * FROM ({points}) JOIN {left} USING (number)")


def score(requirements, ways, tier, evidence):
    points = " + ".join(
        f"{weight} * coalesce(max({times(f'f{req}', f'e{req}')}), 0)" for req, _, weight, *_ in requirements
    )
    return (
        f"SELECT number, {tier} AS tier, ({points})::INTEGER AS points "
        f"FROM {evidence} JOIN role_ways USING (skill) JOIN role_classes USING (class) "
        f"WHERE skill IN ({', '.join(map(str, ways))}) GROUP BY number"
    )


def best(con, role, top, scored):
    """The first `top` and whoever ties with the last, by one whole-number key."""
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE scored AS SELECT *, tier * 10000000000 + flagged * 1000000000 - points AS key "
        f"FROM ({scored}) WHERE tier < 3"
    )
    return con.execute(
        f"SELECT {role}, number, tier, flagged, points FROM scored "
        f"WHERE key <= (SELECT max(key) FROM (SELECT key FROM scored ORDER BY key LIMIT {top}))"
    ).fetchall()


def main():
    tables, answers, top, seconds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    print("version", duckdb.__version__)
    con = load(tables)
    kinds = con.execute("SELECT kind, list(role ORDER BY role) FROM roles GROUP BY kind ORDER BY min(role)").fetchall()
    measure(kinds, (natural, tuned), con, answers, top, seconds)


if __name__ == "__main__":
    main()
