//! Invented cases of the scoring model, each made from its seed alone.
//!
//! A case is small, and its values come from short lists, so that ties, every tier, every outcome
//! and every reason for being left out come up often. It holds nothing that the scoring model
//! refuses. The same seed makes the same case everywhere: whole numbers only, no clock, no order of a
//! hash map.

use serde_json::{Map, Value, json};

/// The skills of every case; only the shuffle decides which stands where in the taxonomy. Some ids
/// begin alike, so that the order of ids is put to the test as well.
const SKILLS: [&str; 14] = [
    "ada", "c", "c++", "c-sharp", "django", "drf", "flask", "go", "go-kit", "node", "python", "react", "vue",
    "zig",
];
const TRAITS: [&str; 3] = ["batteries-included", "high-traffic", "minimalist"];
const COUNTRIES: [&str; 4] = ["DE", "NL", "PL", "US"];
const LANGUAGES: [&str; 3] = ["de", "en", "nl"];
const RELATIONS: [&str; 4] = ["extends", "language of", "same paradigm", "same philosophy"];

/// How many entries of the shuffled skills have no relation at all.
const ISOLATED: usize = 2;
/// From this place of the shuffled skills on, none is implied by another.
const NEVER_IMPLIED: usize = 9;

/// The generator: splitmix64.
struct Dice {
    state: u64,
}

impl Dice {
    /// The next 64 bits.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = self.state;
        let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from `least` to `most`, both included.
    fn number(&mut self, least: i64, most: i64) -> i64 {
        let width = most.abs_diff(least) + 1;
        let step = i64::try_from(self.next() % width).expect("the ranges here are small");
        least + step
    }

    /// An index of a list of that length.
    fn index(&mut self, length: usize) -> usize {
        let last = i64::try_from(length).expect("the lists here are short") - 1;
        usize::try_from(self.number(0, last)).expect("an index is not negative")
    }

    /// True in `percent` of all cases.
    fn chance(&mut self, percent: i64) -> bool {
        self.number(1, 100) <= percent
    }

    /// One member of a list.
    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.index(list.len())]
    }

    /// A list in another order.
    fn shuffled(&mut self, list: &[&'static str]) -> Vec<&'static str> {
        let mut order = list.to_vec();
        for last in (1..order.len()).rev() {
            let other = self.index(last + 1);
            order.swap(last, other);
        }
        order
    }

    /// Some members of a list, each at most once, in any order.
    fn some(&mut self, list: &[&'static str], least: i64, most: i64) -> Vec<&'static str> {
        let count = usize::try_from(self.number(least, most)).expect("a count is not negative");
        let mut order = self.shuffled(list);
        order.truncate(count);
        order
    }

    /// Yes, no or unknown.
    fn maybe(&mut self) -> Value {
        self.pick(&[json!(true), json!(false), Value::Null]).clone()
    }
}

/// Tenths of years as a JSON number of years: 25 is 2.5, and 30 is 3 or 3.0, which mean the same.
fn years_json(dice: &mut Dice, tenths: i64) -> Value {
    if tenths % 10 == 0 && dice.chance(80) {
        return json!(tenths / 10);
    }
    let tenths = i32::try_from(tenths).expect("years are few");
    json!(f64::from(tenths) / 10.0)
}

// ------------------------------------------------------------------------------------------------
// The taxonomy
// ------------------------------------------------------------------------------------------------

/// One relation row.
fn row(from: &str, to: &str, relation: &str, credit: i64) -> Value {
    json!({ "from": from, "to": to, "relation": relation, "credit": credit })
}

/// What implies what: a chain of three rows (0, 1, 2, 7), other ways to its end, a skill that implies
/// two others, and sometimes a pair. Skills imply only skills that stand later in `skills` and before
/// `NEVER_IMPLIED`, so there is no circle.
fn implies_rows(dice: &mut Dice, skills: &[&'static str]) -> Vec<Value> {
    let mut pairs = vec![(0, 1), (1, 2), (2, 7), (4, 7), (3, 4), (3, 5)];
    if dice.chance(30) {
        pairs.push((0, 4));
    }
    if dice.chance(50) {
        pairs.push((6, 8));
    }
    pairs.into_iter().map(|(from, to)| row(skills[from], skills[to], "implies", 10_000)).collect()
}

/// A credit below 10,000: 500 to 9,500 in steps of 500, often close to the 4,000 of the gate.
fn credit(dice: &mut Dice) -> i64 {
    if dice.chance(50) { *dice.pick(&[3_500, 4_000, 4_500, 6_000]) } else { 500 * dice.number(1, 19) }
}

/// Related rows, none of them from a skill to one that it implies: rows to one skill with one credit
/// from a skill and from what it implies, a row back along the chain, single rows, and twins of two
/// relations with one credit.
fn related_rows(dice: &mut Dice, skills: &[&'static str]) -> Vec<Value> {
    let mut rows = Vec::new();
    let target = dice.index(skills.len() - NEVER_IMPLIED) + NEVER_IMPLIED;
    let shared = credit(dice);
    // Who holds skill 0 has the rows of all of these.
    let chain = [skills[0], skills[1], skills[2], skills[7]];
    for from in dice.some(&chain, 2, 4) {
        let relation = dice.pick(&RELATIONS);
        rows.push(row(from, skills[target], relation, shared));
    }
    rows.push(row(skills[7], skills[1], "language of", credit(dice)));
    let mut used = vec![(7, 1)];
    for _ in 0..dice.number(12, 24) {
        let pair = (dice.index(skills.len()), dice.index(skills.len()));
        let (from, to) = pair;
        let perhaps_implied = from <= to && to < NEVER_IMPLIED;
        if from == to || perhaps_implied || to == target || used.contains(&pair) {
            continue;
        }
        used.push(pair);
        let worth = credit(dice);
        let most = if dice.chance(25) { 3 } else { 1 };
        for relation in dice.some(&RELATIONS, 1, most) {
            rows.push(row(skills[from], skills[to], relation, worth));
        }
    }
    rows
}

/// The taxonomy: skill ids in any order, rows in any order.
fn taxonomy(dice: &mut Dice, order: &[&'static str]) -> Value {
    let connected = &order[..order.len() - ISOLATED];
    let mut rows = implies_rows(dice, connected);
    rows.extend(related_rows(dice, connected));
    for last in (1..rows.len()).rev() {
        let other = dice.index(last + 1);
        rows.swap(last, other);
    }
    let mut skill_traits = Vec::new();
    for name in TRAITS {
        for skill in dice.some(order, 1, 3) {
            skill_traits.push(json!({ "skill": skill, "trait": name }));
        }
    }
    json!({
        "skills": dice.shuffled(order),
        "relations": rows,
        "skill_traits": skill_traits,
    })
}

// ------------------------------------------------------------------------------------------------
// The candidates
// ------------------------------------------------------------------------------------------------

/// Tenths of years with one skill: 1 to 999, often those that roles ask for, or a tenth less.
fn skill_years(dice: &mut Dice) -> Value {
    match dice.number(1, 10) {
        1..=3 => Value::Null,
        4..=8 => json!(dice.pick(&[10, 19, 20, 25, 29, 30, 49, 50, 80])),
        9 => json!(dice.number(1, 999)),
        _ => json!(dice.pick(&[1, 2, 999])),
    }
}

/// The year of last use: unknown, this year, a future one, last year, or up to thirty years ago.
fn last_used(dice: &mut Dice, year: i64) -> Value {
    match dice.number(1, 10) {
        1 | 2 => Value::Null,
        3 | 4 => json!(year),
        5 => json!(year + dice.number(1, 3)),
        6 => json!(year - 1),
        7..=9 => json!(year - dice.number(2, 6)),
        _ => json!(year - dice.number(7, 30)),
    }
}

/// One place that speaks of one skill.
fn skill_row(dice: &mut Dice, skill: &str, year: i64) -> Value {
    json!({
        "skill": skill,
        "years": skill_years(dice),
        "last_used": last_used(dice, year),
        "source": dice.pick(&["declared", "declared", "worked", "mentioned"]),
    })
}

/// The skills of a candidate: often some, now and then none; one may come from several places.
fn skills_of(dice: &mut Dice, order: &[&'static str], year: i64) -> Vec<Value> {
    let mut rows = Vec::new();
    if dice.chance(8) {
        return rows;
    }
    for skill in dice.some(order, 1, 7) {
        rows.push(skill_row(dice, skill, year));
        while dice.chance(20) {
            let place = dice.index(rows.len() + 1);
            let again = skill_row(dice, skill, year);
            rows.insert(place, again);
        }
    }
    rows
}

/// The text evidence of traits; one may be there twice.
fn traits_of(dice: &mut Dice) -> Vec<Value> {
    let count = *dice.pick(&[0, 0, 1, 1, 2, 3]);
    (0..count)
        .map(|_| {
            json!({
                "trait": dice.pick(&TRAITS),
                "source": dice.pick(&["worked", "mentioned"]),
            })
        })
        .collect()
}

/// The optional fields of a candidate: absent, null or known.
fn add_optional(dice: &mut Dice, candidate: &mut Map<String, Value>) {
    let permits = json!(dice.some(&COUNTRIES, 1, 3));
    add_maybe(dice, candidate, "permits", permits);
    let languages = json!(dice.some(&LANGUAGES, 1, 3));
    add_maybe(dice, candidate, "languages", languages);
    let available = json!(dice.pick(&["2026-06-30", "2026-12-31", "2027-01-01", "2027-01-02"]));
    add_maybe(dice, candidate, "available", available);
    let pay = json!({
        "amount": dice.pick(&[60_000, 89_999, 90_000, 90_001, 120_000]),
        "currency": dice.pick(&["EUR", "EUR", "EUR", "USD"]),
        "per": dice.pick(&["year", "year", "year", "month"]),
    });
    add_maybe(dice, candidate, "expected_pay", pay);
    if dice.chance(60) {
        candidate.insert("implausible".to_owned(), json!(dice.chance(30)));
    }
}

/// A field that is known in most cases, else null or absent.
fn add_maybe(dice: &mut Dice, candidate: &mut Map<String, Value>, key: &str, known: Value) {
    match dice.number(1, 10) {
        1 => {}
        2 => {
            candidate.insert(key.to_owned(), Value::Null);
        }
        _ => {
            candidate.insert(key.to_owned(), known);
        }
    }
}

/// One candidate.
fn candidate(dice: &mut Dice, number: i64, order: &[&'static str], year: i64) -> Value {
    let country = if dice.chance(20) { Value::Null } else { json!(dice.pick(&COUNTRIES)) };
    let total_years = match dice.number(1, 10) {
        1..=4 => Value::Null,
        5..=8 => json!(dice.pick(&[9, 10, 19, 20, 24, 25, 30, 50, 80])),
        _ => json!(dice.number(1, 400)),
    };
    let status = match dice.number(1, 100) {
        1..=8 => json!("hired"),
        9..=16 => json!("opted_out"),
        _ => Value::Null,
    };
    let mut fields = Map::new();
    fields.insert("number".to_owned(), json!(number));
    fields.insert("country".to_owned(), country);
    fields.insert("remote".to_owned(), dice.maybe());
    fields.insert("relocation".to_owned(), dice.maybe());
    fields.insert("total_years".to_owned(), total_years);
    fields.insert("skills".to_owned(), json!(skills_of(dice, order, year)));
    fields.insert("traits".to_owned(), json!(traits_of(dice)));
    fields.insert("status".to_owned(), status);
    add_optional(dice, &mut fields);
    Value::Object(fields)
}

// ------------------------------------------------------------------------------------------------
// The roles
// ------------------------------------------------------------------------------------------------

/// What makes up the line of a requirement for skills, beside need and weight.
fn add_skill_terms(dice: &mut Dice, line: &mut Map<String, Value>, order: &[&'static str], must: bool) {
    if dice.chance(50) {
        line.insert("any_of".to_owned(), json!(dice.some(order, 2, 5)));
    } else {
        line.insert("skill".to_owned(), json!(dice.pick(order)));
    }
    if dice.chance(55) {
        let tenths = *dice.pick(&[1, 10, 15, 20, 25, 30, 50, 80, 300]);
        line.insert("years".to_owned(), years_json(dice, tenths));
    }
    if must && dice.chance(40) {
        let tenths = *dice.pick(&[1, 10, 20, 25, 30, 50]);
        line.insert("min_years".to_owned(), years_json(dice, tenths));
    }
    if dice.chance(45) {
        let years = *dice.pick(&[1, 2, 3, 4, 7, 15, 30]);
        line.insert("half_life".to_owned(), json!(years));
    }
    if dice.chance(25) {
        line.insert("accept".to_owned(), json!(dice.some(order, 1, 3)));
    }
    match dice.number(1, 10) {
        1 | 2 => line.insert("related".to_owned(), json!(false)),
        3 => line.insert("related".to_owned(), json!(true)),
        _ => None,
    };
}

/// One line of a role's requirements. A trait takes only need, weight and because; `min_years` stands
/// only on a must for skills.
fn requirement(dice: &mut Dice, order: &[&'static str], musts: i64) -> Value {
    let mut line = Map::new();
    let must = dice.chance(musts);
    if must {
        line.insert("need".to_owned(), json!("must"));
    } else if dice.chance(60) {
        line.insert("need".to_owned(), json!("nice"));
    }
    match dice.number(1, 10) {
        1..=6 => line.insert("weight".to_owned(), json!(dice.number(1, 100))),
        7 => line.insert("weight".to_owned(), json!(dice.pick(&[1, 100]))),
        _ => None,
    };
    if dice.chance(15) {
        line.insert("because".to_owned(), json!("asked for"));
    }
    if dice.chance(25) {
        line.insert("trait".to_owned(), json!(dice.pick(&TRAITS)));
    } else {
        add_skill_terms(dice, &mut line, order, must);
    }
    Value::Object(line)
}

/// Where the work is: with countries, with an empty list of them, or without the key.
fn where_rule(dice: &mut Dice) -> Value {
    let mut rule = Map::new();
    match dice.number(1, 10) {
        1 => {}
        2 => {
            rule.insert("countries".to_owned(), json!([]));
        }
        _ => {
            rule.insert("countries".to_owned(), json!(dice.some(&COUNTRIES, 1, 3)));
        }
    }
    match dice.number(1, 4) {
        1 => {}
        2 => {
            rule.insert("remote".to_owned(), json!("in_countries"));
        }
        _ => {
            rule.insert("remote".to_owned(), json!("anywhere"));
        }
    }
    if dice.chance(70) {
        rule.insert("relocation".to_owned(), json!(dice.chance(60)));
    }
    Value::Object(rule)
}

/// The limits of a role: few at a time, so that people are left.
fn limits(dice: &mut Dice) -> Value {
    let mut rule = Map::new();
    if dice.chance(30) {
        let tenths = *dice.pick(&[10, 20, 25, 50]);
        rule.insert("years_min".to_owned(), years_json(dice, tenths));
    }
    if dice.chance(30) {
        rule.insert("permit".to_owned(), json!(dice.some(&COUNTRIES, 1, 3)));
    }
    if dice.chance(30) {
        rule.insert("languages".to_owned(), json!(dice.some(&LANGUAGES, 1, 2)));
    }
    if dice.chance(30) {
        let date = dice.pick(&["2026-12-31", "2027-01-01"]);
        rule.insert("available_by".to_owned(), json!(date));
    }
    if dice.chance(30) {
        let most = json!({ "amount": 90_000, "currency": "EUR", "per": "year" });
        rule.insert("pay_max".to_owned(), most);
    }
    if dice.chance(40) {
        let what = dice.pick(&["drop", "flag"]);
        rule.insert("implausible".to_owned(), json!(what));
    }
    if dice.chance(50) {
        let what = dice.pick(&["drop", "keep", "keep"]);
        rule.insert("unknown".to_owned(), json!(what));
    }
    Value::Object(rule)
}

/// A share of 0 to 1 with at most four decimals.
fn share(dice: &mut Dice) -> Value {
    match dice.number(1, 6) {
        1 => json!(0),
        2 => json!(1.0),
        3 => json!(dice.pick(&[0.1, 0.25, 0.3, 0.7])),
        _ => {
            let ten_thousandths = i32::try_from(dice.number(0, 10_000)).expect("a share is at most 10,000");
            json!(f64::from(ten_thousandths) / 10_000.0)
        }
    }
}

/// One role with one to six requirements.
fn role(dice: &mut Dice, number: i64, order: &[&'static str]) -> Value {
    let mut fields = Map::new();
    let id = format!("role-{number}-{:04}", dice.number(0, 9_999));
    fields.insert("id".to_owned(), json!(id));
    if dice.chance(30) {
        fields.insert("title".to_owned(), json!("Senior back-end engineer"));
        fields.insert("seniority".to_owned(), json!("senior"));
    }
    let count = *dice.pick(&[1, 1, 2, 2, 3, 4, 6]);
    let musts = *dice.pick(&[0, 30, 50, 100]);
    let lines: Vec<Value> = (0..count).map(|_| requirement(dice, order, musts)).collect();
    fields.insert("require".to_owned(), json!(lines));
    if dice.chance(55) {
        fields.insert("where".to_owned(), where_rule(dice));
    }
    if dice.chance(60) {
        fields.insert("limits".to_owned(), limits(dice));
    }
    if dice.chance(45) {
        fields.insert("assume".to_owned(), json!({ "fit": share(dice) }));
    }
    Value::Object(fields)
}

/// The case of a seed: 14 skills, 20 to 60 candidates, 5 roles, at most 1 to 60 entries a role.
#[must_use]
pub fn random_case(seed: u64) -> Value {
    let mut dice = Dice { state: seed };
    let order = dice.shuffled(&SKILLS);
    let year = dice.number(2024, 2029);
    let as_of = format!("{year}-{:02}-{:02}", dice.number(1, 12), dice.number(1, 28));
    let taxonomy = taxonomy(&mut dice, &order);
    let count = dice.number(20, 60);
    let candidates: Vec<Value> =
        (1..=count).map(|number| candidate(&mut dice, number, &order, year)).collect();
    let roles: Vec<Value> = (0..5).map(|number| role(&mut dice, number, &order)).collect();
    let top = if dice.chance(40) { 60 } else { dice.number(1, 60) };
    json!({
        "as_of": as_of,
        "taxonomy": taxonomy,
        "candidates": candidates,
        "roles": roles,
        "top": top,
    })
}
