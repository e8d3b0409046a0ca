"""polars' side of `cargo xtask peers`: polars_peer.py TABLES ANSWERS TOP SECONDS

Loads the tables, ranks the roles in each form on one thread, writes ANSWERS/KIND-FORM.csv and prints what it took.

natural: one lazy query a role: evidence joined with ways and with the role's classes, grouped by person and
         requirement, then by person.
tuned:   what we found to be fastest of what we tried: evidence kept as one frame a skill; for each requirement the
         frames that count, with their credits looked up in a dense column by class, grouped by person; for roles with
         musts the rarest first, each further one among those who are left, and tier A by itself first; for roles
         without musts one pass over evidence stored by person.

Both work out the role's credit of each distinct class of evidence (some 5,500) first.
"""

import sys
from pathlib import Path

import polars as pl

from measure import measure

ONE = 10_000
HELD, NEAR, NO = 0, 2, 3


def times(a, b):
    return (a * b + 5_000) // ONE


class Tables:
    def __init__(self, folder):
        def read(name, **types):
            return pl.read_csv(folder / f"{name}.csv", schema_overrides=types)

        self.people = read("people", number=pl.Int32, country=pl.Categorical, total=pl.Int32).with_columns(
            pl.col("remote", "relocation").cast(pl.Boolean)
        )
        evidence = read("evidence", number=pl.Int32, skill=pl.Int16, **{"class": pl.Int32})
        self.evidence = evidence.select("number", "skill", "class").with_columns(pl.col("number").set_sorted())
        self.classes = read("classes", years=pl.Int32, age=pl.Int32, mentioned=pl.Boolean, total=pl.Int32).sort("class")
        self.roles = {row["role"]: row for row in read("roles").to_dicts()}
        self.countries = read("role_countries")
        self.requirements = read("requirements", years=pl.Int32, min_years=pl.Int32, half_life=pl.Int32)
        self.ways = read("ways", skill=pl.Int16, f=pl.Int32)
        self.recency = read("recency", half_life=pl.Int32, age=pl.Int32, factor=pl.Int32)
        by_skill = self.evidence.sort("skill", "number").partition_by("skill", as_dict=True, include_key=False)
        self.by_skill = {skill: frame for (skill,), frame in by_skill.items()}

    def asked(self, role):
        return self.requirements.filter(role=role).sort("req").to_dicts()


def class_columns(tables, role, asked):
    """The credit E = R(fit, source) of each class, and its gate where F is full, as a frame in the order of classes."""
    c = tables.classes
    bound = pl.coalesce("years", "total")
    y, r, known = pl.lit(ONE), pl.lit(ONE), pl.lit(True)
    if asked["years"] is not None:
        # Where neither the skill's years nor the person's are known, nothing bounds them.
        reached = pl.min_horizontal(pl.lit(ONE), (20_000 * bound + asked["years"]) // (2 * asked["years"]))
        y = pl.when(bound.is_null()).then(ONE).otherwise(reached)
        known = known & pl.col("years").is_not_null()
    if asked["half_life"] is not None:
        factors = tables.recency.filter(half_life=asked["half_life"]).sort("age")["factor"]
        c = c.with_columns(factors.gather(c["age"]).alias("factor"))
        r = pl.col("factor").fill_null(ONE)
        known = known & pl.col("age").is_not_null()
    high = times(y, r)
    fit = pl.when(known).then(high).otherwise(pl.min_horizontal(pl.lit(tables.roles[role]["assume"]), high))
    gate = pl.when("mentioned").then(1).otherwise(HELD)
    if asked["min_years"] is not None:
        gate = pl.when(bound < asked["min_years"]).then(NEAR).when(pl.col("years").is_null()).then(1).otherwise(gate)
    e = times(fit, pl.when("mentioned").then(6_000).otherwise(ONE))
    return c.select("class", e.cast(pl.Int32).alias("e"), gate.cast(pl.Int8).alias("gate"))


def pool(tables, role):
    """Who is not knocked out; the three-valued logic of polars is the model's."""
    asked = tables.roles[role]
    stays = pl.lit(True)
    if asked["countries"]:
        codes = tables.countries.filter(role=role)["country"].to_list()
        stays = pl.col("country").is_in(codes)
        stays = stays | pl.col("relocation") if asked["relocation"] else stays
        stays = stays | pl.col("remote") if asked["remote_anywhere"] else stays
    if asked["years_min"] is not None:
        stays = stays & (pl.col("total") >= asked["years_min"])
    people = tables.people.lazy().filter(pl.col("status").is_null())
    people = people.select("number", stays.alias("stays"))
    kept = pl.col("stays").fill_null(not asked["unknown_drop"])
    return people.filter(kept).select("number", pl.col("stays").is_null().cast(pl.Int32).alias("flagged"))


def best(scored, role, top):
    """The first `top` and whoever ties with the last, by one whole-number key."""
    key = pl.col("tier").cast(pl.Int64) * 10**10 + pl.col("flagged") * 10**9 - pl.col("points")
    scored = scored.with_columns(key.alias("key"))
    last = scored["key"].bottom_k(top).max()
    rows = scored.filter(pl.col("key") <= last) if last is not None else scored
    return rows.select(pl.lit(role), "number", pl.col("tier").cast(pl.Int32), "flagged", "points").rows()


def natural(tables, role, top):
    asked = tables.asked(role)
    classes = pl.concat([class_columns(tables, role, a).with_columns(pl.lit(a["req"]).alias("req")) for a in asked])
    needs = pl.DataFrame(asked).lazy().select("req", "must", "weight")
    gate = (
        pl.when(~pl.col("must")).then(HELD).when(pl.col("f") == ONE).then("gate")
        .when(pl.col("f") >= 4_000).then(NEAR).otherwise(NO)
    )
    scored = (
        tables.evidence.lazy()
        .join(tables.ways.lazy().filter(role=role).select("req", "skill", "f"), on="skill")
        .join(classes.lazy(), on=["req", "class"])
        .join(needs, on="req")
        .group_by("number", "req")
        .agg(
            (pl.col("weight") * times(pl.col("f"), pl.col("e"))).max().alias("points"),
            gate.min().alias("gate"),
            pl.col("must").first(),
        )
        .group_by("number")
        .agg(pl.col("points").sum(), pl.col("gate").max().alias("tier"), pl.col("must").sum().alias("musts"))
        .filter((pl.col("tier") < NO) & (pl.col("musts") == tables.roles[role]["musts"]))
        .join(pool(tables, role), on="number")
        .collect()
    )
    return best(scored, role, top)


def tuned(tables, role, top):
    asked = tables.asked(role)
    classes = [class_columns(tables, role, a) for a in asked]
    ways = [dict(tables.ways.filter(role=role, req=a["req"]).select("skill", "f").rows()) for a in asked]
    musts = [at for at, a in enumerate(asked) if a["must"]]
    if not musts:
        return best(points_of_all(tables, role, asked, classes, ways), role, top)
    people = pool(tables, role).collect()
    rows = through_gates(tables, role, top, people, asked, classes, ways, musts, HELD)
    if len(rows) >= top:
        return rows
    return through_gates(tables, role, top, people, asked, classes, ways, musts, NEAR)


def points_of_all(tables, role, asked, classes, ways):
    """One pass over evidence, which lies by person: F by skill and E by class are looked up in dense columns."""
    skills = max(tables.by_skill) + 1
    credits, points = [], []
    for a, c, w in zip(asked, classes, ways):
        name = f"p{a['req']}"
        f = pl.Series([w.get(skill, 0) for skill in range(skills)], dtype=pl.Int32)
        credits.append(times(pl.lit(f).gather("skill"), pl.lit(c["e"]).gather("class")).alias(name))
        points.append(pl.col(name).max() * a["weight"])
    counts = set().union(*ways)
    counting = pl.Series([skill in counts for skill in range(skills)])
    return (
        tables.evidence.lazy()
        .filter(pl.lit(counting).gather("skill"))
        .select("number", *credits)
        .group_by("number")
        .agg(points)
        .select("number", pl.sum_horizontal(pl.exclude("number")).alias("points"), pl.lit(0).alias("tier"))
        .join(pool(tables, role), on="number")
        .collect()
    )


def postings(tables, classes, ways, people, worst_gate):
    """Number, credit and gate of a requirement: a row for each of `people` with evidence that counts towards it."""
    parts = []
    for skill, f in ways.items():
        if skill not in tables.by_skill or (worst_gate is not None and f < (ONE if worst_gate == HELD else 4_000)):
            continue
        gate = pl.lit(NEAR if f >= 4_000 else NO, dtype=pl.Int8)
        gate = pl.lit(classes["gate"]).gather("class") if f == ONE else gate
        rows = tables.by_skill[skill].lazy().join(people.lazy(), on="number", how="semi")
        credit = times(pl.lit(classes["e"]).gather("class"), f)
        rows = rows.select("number", credit.alias("credit"), gate.alias("gate"))
        parts.append(rows.filter(pl.col("gate") == HELD) if worst_gate == HELD else rows)
    if not parts:
        return people.lazy().select("number", pl.lit(0).alias("credit"), pl.lit(0).alias("gate")).head(0)
    return pl.concat(parts).group_by("number").agg(pl.col("credit").max(), pl.col("gate").min())


def through_gates(tables, role, top, people, asked, classes, ways, musts, worst_gate):
    """The best of those who pass every must with this gate at worst."""
    least_f = ONE if worst_gate == HELD else 4_000

    def held(at):
        skills = (skill for skill, f in ways[at].items() if f >= least_f and skill in tables.by_skill)
        return sum(tables.by_skill[skill].height for skill in skills)

    left = people.with_columns(pl.lit(0, dtype=pl.Int8).alias("tier"))
    for at in sorted(musts, key=held):
        through = postings(tables, classes[at], ways[at], left, worst_gate)
        left = left.lazy().join(through.select("number", "gate"), on="number")
        left = left.select("number", "flagged", pl.max_horizontal("tier", "gate").alias("tier")).collect()
    points = []
    for at, a in enumerate(asked):
        rows = postings(tables, classes[at], ways[at], left, None)
        points.append(rows.select("number", (pl.col("credit") * a["weight"]).alias("points")))
    points = pl.concat(points).group_by("number").agg(pl.col("points").sum())
    return best(left.lazy().join(points, on="number").collect(), role, top)


def main():
    folder, answers, top, seconds = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4])
    print("version", pl.__version__)
    tables = Tables(folder)
    kinds = {}
    for role, row in tables.roles.items():
        kinds.setdefault(row["kind"], []).append(role)
    measure(kinds.items(), (natural, tuned), tables, answers, top, seconds)


if __name__ == "__main__":
    main()
