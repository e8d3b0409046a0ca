"""DuckDB's side of `cargo xtask peers`: duckdb_peer.py TABLES ANSWERS TOP SECONDS

Loads the tables, ranks the roles in each form on one thread, writes ANSWERS/KIND-FORM.csv and prints what it took.
"""

import sys
import time
from pathlib import Path

import duckdb

HERE = Path(__file__).parent


def load(tables, tuned):
    """The tables in memory; for the tuned form, evidence lies by skill, so that a scan skips other skills' blocks."""
    con = duckdb.connect()
    con.execute("SET threads = 1")
    # `/` between whole numbers divides without a rest, as in PostgreSQL, so that both read natural.sql.
    con.execute("SET integer_division = true")
    types = {
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
    for table, columns in types.items():
        con.execute(f"CREATE TABLE {table} ({columns})")
        con.execute(f"COPY {table} FROM '{tables / table}.csv' (HEADER, NULLSTR '')")
    con.execute("CREATE TABLE postings AS SELECT skill, number, class FROM evidence ORDER BY skill, number")
    return con


def natural(con, role, top):
    sql = (HERE / "natural.sql").read_text().replace(":role", str(role)).replace(":top", str(top))
    return con.execute(sql).fetchall()


FORMS = {"natural": natural}


def main():
    tables, answers, top, seconds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    print("version", duckdb.__version__)
    con = load(tables, False)
    kinds = con.execute("SELECT kind, list(role ORDER BY role) FROM roles GROUP BY kind ORDER BY min(role)").fetchall()
    for kind, roles in kinds:
        for name, form in FORMS.items():
            rows, done = [], 0
            begun, cpu = time.monotonic(), time.process_time()
            for role in roles:
                if time.monotonic() - begun > seconds:
                    break
                rows += form(con, role, top)
                done += 1
            cpu = time.process_time() - cpu
            (answers / f"{kind}-{name}.csv").write_text("".join(",".join(map(str, row)) + "\n" for row in rows))
            print("measured", kind, name, done, int(cpu * 1e6), flush=True)


main()
