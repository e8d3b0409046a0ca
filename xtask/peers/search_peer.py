"""Searches with facets in SQLite or DuckDB: `search_peer.py ENGINE FOLDER SECONDS`.

Reads people.csv and evidence.csv of the folder, then asks every condition of queries.sql; prints of each the total, a
sum over the facet of countries, a sum over the facet of skills, and microseconds of CPU time.
"""

import csv
import resource
import sys
import time

engine, folder, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def number(text):
    return int(text) if text else None


if engine == "sqlite":
    import sqlite3

    db = sqlite3.connect(":memory:")
    db.executescript(
        """
        PRAGMA temp_store = MEMORY;
        CREATE TABLE people (number INTEGER PRIMARY KEY, country TEXT, remote TEXT, total INTEGER);
        CREATE TABLE evidence (skill INTEGER, number INTEGER, years INTEGER, PRIMARY KEY (skill, number))
            WITHOUT ROWID;
        """
    )
    with open(f"{folder}/people.csv", newline="") as file:
        rows = ((int(r["number"]), r["country"] or None, r["remote"] or None, number(r["total"]))
                for r in csv.DictReader(file))
        db.executemany("INSERT INTO people VALUES (?, ?, ?, ?)", rows)
    with open(f"{folder}/evidence.csv", newline="") as file:
        rows = ((int(r["skill"]), int(r["number"]), number(r["years"])) for r in csv.DictReader(file))
        db.executemany("INSERT INTO evidence VALUES (?, ?, ?)", rows)
    db.executescript(
        """
        CREATE INDEX evidence_by_number ON evidence (number, skill);
        CREATE INDEX people_by_country ON people (country, total);
        ANALYZE;
        """
    )

    def fetch(sql):
        return db.execute(sql).fetchall()

else:
    import duckdb

    db = duckdb.connect()
    db.execute("SET threads = 1")
    types = "types = {'country': 'VARCHAR', 'remote': 'VARCHAR', 'total': 'INTEGER', 'status': 'VARCHAR'}"
    db.execute(
        f"CREATE TABLE people AS SELECT number, country, remote, total "
        f"FROM read_csv('{folder}/people.csv', header = true, {types}) ORDER BY country, total"
    )
    db.execute(
        f"CREATE TABLE evidence AS SELECT skill, number, years "
        f"FROM read_csv('{folder}/evidence.csv', header = true) ORDER BY skill, number"
    )

    def fetch(sql):
        return db.execute(sql).fetchall()


def letters(code):
    total = 0
    for byte in code.encode():
        total = total * 256 + byte
    return total


def ask(condition):
    fetch("DROP TABLE IF EXISTS found")
    fetch(f"CREATE TEMP TABLE found AS SELECT number, country FROM people WHERE {condition}")
    total = fetch("SELECT count(*) FROM found")[0][0]
    fetch("SELECT number FROM found ORDER BY number LIMIT 20")
    countries = fetch("SELECT country, count(*) FROM found WHERE country IS NOT NULL GROUP BY country")
    skills = fetch(
        "SELECT skill, count(*) FROM evidence WHERE number IN (SELECT number FROM found) GROUP BY skill"
    )
    return total, countries, skills


begun = time.monotonic()
with open(f"{folder}/queries.sql") as file:
    conditions = file.read().splitlines()
ask(conditions[0])
for condition in conditions:
    if time.monotonic() - begun > seconds:
        break
    before = cpu()
    total, countries, skills = ask(condition)
    took = cpu() - before
    of_countries = sum(letters(code) * count for code, count in countries)
    of_skills = sum((skill + 1) * count for skill, count in skills)
    print(total, of_countries, of_skills, round(took * 1e6), flush=True)
