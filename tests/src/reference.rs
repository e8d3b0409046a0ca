//! The plain reference scorer: what the page "The scoring model" says, one function for each of its
//! sentences, and nothing else.
//!
//! It is slow on purpose. Nothing is cached, nothing is indexed and nothing is shared with the
//! engine: every role meets every candidate, and each number is worked out again from the page.
//! The quoted sentences in the comments are those of the page. All arithmetic is in integers.
//!
//! The input is a case: `as_of`, `taxonomy`, `candidates`, `roles`, `top`. The output is the JSON of
//! "Names in JSON" without `manifest` and `evidence`. A case is trusted: what the page says is
//! refused must not stand in one, and a malformed case stops the test with a message.

use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet};

use num_bigint::BigUint;
use serde_json::{Map, Value, json};

/// Full credit, full fit, full everything: 10,000 stands for 1.
const FULL: i64 = 10_000;
/// `src` of what is only mentioned, and what a trait's mention earns.
const MENTIONED: i64 = 6_000;
/// What a trait that is only known through a skill earns, "or `assume` where that is less".
const TRAIT_THROUGH_SKILL: i64 = 3_000;
/// A related skill is near a must from this F on.
const NEAR_FROM: i64 = 4_000;

// ------------------------------------------------------------------------------------------------
// Arithmetic
// ------------------------------------------------------------------------------------------------

/// "`R(a,b) = (a*b + 5,000) div 10,000`": the product of two shares of 10,000, rounded half up.
fn r(a: i64, b: i64) -> i64 {
    (a * b + 5_000) / 10_000
}

/// "y = min(10,000, (20,000 * known + wanted) div (2 * wanted)); years in tenths".
fn years_factor(known: i64, wanted: i64) -> i64 {
    FULL.min((20_000 * known + wanted) / (2 * wanted))
}

/// "`r = 10,000 * 2^(-age / half_life)`, rounded half up".
///
/// Without fractions: r is the whole number with r - 1/2 <= 10,000 * 2^(-age/h) < r + 1/2. Doubled,
/// raised to the power h and multiplied by 2^age, that is
/// `(2r - 1)^h * 2^age <= 20,000^h < (2r + 1)^h * 2^age`.
fn recency_factor(age: u32, half_life: u32) -> i64 {
    let right = BigUint::from(20_000_u32).pow(half_life);
    let left = |odd: u32| BigUint::from(odd).pow(half_life) << age;
    // `at_most` rises and `beyond` falls until no number lies between them.
    let mut at_most = 0_u32;
    let mut beyond = 10_001_u32;
    while beyond - at_most > 1 {
        let middle = u32::midpoint(at_most, beyond);
        if left(2 * middle - 1) <= right {
            at_most = middle;
        } else {
            beyond = middle;
        }
    }
    assert!(at_most == 0 || left(2 * at_most - 1) <= right, "r is not too great");
    assert!(right < left(2 * at_most + 1), "r is not too small");
    i64::from(at_most)
}

/// "`age = max(0, as_of year - last used year - 1)`".
fn age(as_of_year: i64, last_used: i64) -> u32 {
    u32::try_from((as_of_year - last_used - 1).max(0)).expect("an age in years is small")
}

/// "Score = (2 x sum of points + sum of weights) div (2 x sum of weights)".
fn weighted_mean(points: i64, weights: i64) -> i64 {
    (2 * points + weights) / (2 * weights)
}

/// "FNV-1a over UTF-8", of 64 bits.
fn fnv1a64(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// "splitmix64(x) is the first output of the generator with state x".
fn splitmix64(x: u64) -> u64 {
    let z = x.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// "A tie key, smaller first, so that no one is first everywhere:
/// `splitmix64(fnv1a64(role id) xor candidate number)`, unsigned".
fn tie_key(role_id: &str, candidate_number: u64) -> u64 {
    splitmix64(fnv1a64(role_id) ^ candidate_number)
}

/// A decimal of the role file as a whole number of its smallest unit: one decimal for years, four
/// for `assume`. It is read from the decimal text of the number ("0.7"), never through a float
/// product, so 0.7 is 7,000 and nothing else.
fn decimal(value: &Value, places: i32) -> i64 {
    assert!(value.is_number(), "a number is expected, not {value}");
    let text = value.to_string();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => {
            (mantissa, exponent.parse::<i32>().expect("an exponent is a whole number"))
        }
        None => (text.as_str(), 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits: i64 = format!("{whole}{fraction}").parse().expect("a decimal is made of digits");
    let decimals = i32::try_from(fraction.len()).expect("a decimal is short");
    let shift = places + exponent - decimals;
    let power = 10_i64.pow(shift.unsigned_abs());
    if shift >= 0 {
        digits * power
    } else {
        assert_eq!(digits % power, 0, "{text} has more than {places} decimals: refused");
        digits / power
    }
}

// ------------------------------------------------------------------------------------------------
// Reading JSON
// ------------------------------------------------------------------------------------------------

/// The value under a key; absent and null are the same.
fn field<'a>(value: &'a Value, key: &str) -> Option<&'a Value> {
    value.get(key).filter(|found| !found.is_null())
}

/// A text that must be there.
fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    field(value, key)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("a text is expected under {key} in {value}"))
}

/// A whole number, if it is known.
fn whole(value: &Value, key: &str) -> Option<i64> {
    field(value, key)
        .map(|found| found.as_i64().unwrap_or_else(|| panic!("a whole number is expected under {key}")))
}

/// A yes or no, if it is known.
fn yes_or_no(value: &Value, key: &str) -> Option<bool> {
    field(value, key)
        .map(|found| found.as_bool().unwrap_or_else(|| panic!("true or false is expected under {key}")))
}

/// A list under a key; empty where the key is absent.
fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    field(value, key)
        .map_or(&[], |found| found.as_array().unwrap_or_else(|| panic!("a list is expected under {key}")))
}

/// A list of texts under a key; empty where the key is absent.
fn texts(value: &Value, key: &str) -> Vec<String> {
    list(value, key)
        .iter()
        .map(|item| item.as_str().unwrap_or_else(|| panic!("texts are expected under {key}")).to_owned())
        .collect()
}

/// A list of texts, where unknown (absent or null) and empty differ.
fn known_texts(value: &Value, key: &str) -> Option<Vec<String>> {
    field(value, key).map(|_| texts(value, key))
}

/// The year of an ISO date.
fn year_of(date: &str) -> i64 {
    date.get(..4).and_then(|year| year.parse().ok()).unwrap_or_else(|| panic!("{date} is no date"))
}

// ------------------------------------------------------------------------------------------------
// The taxonomy
// ------------------------------------------------------------------------------------------------

/// One relation row: who holds `from` gets `credit` where `to` is asked for.
struct Row {
    from: String,
    to: String,
    relation: String,
    credit: i64,
}

/// The relation rows and the traits of skills.
struct Taxonomy {
    rows: Vec<Row>,
    skill_traits: Vec<(String, String)>,
}

/// The taxonomy of a case. "Loading the taxonomy refuses a credit of 0, one that is no multiple of
/// 500, and 10,000 on a row other than implies."
fn read_taxonomy(case: &Value) -> Taxonomy {
    let taxonomy = &case["taxonomy"];
    let rows: Vec<Row> = list(taxonomy, "relations")
        .iter()
        .map(|row| Row {
            from: text(row, "from").to_owned(),
            to: text(row, "to").to_owned(),
            relation: text(row, "relation").to_owned(),
            credit: whole(row, "credit").expect("a relation row has a credit"),
        })
        .collect();
    for row in &rows {
        assert!(row.credit > 0 && row.credit % 500 == 0, "a refused credit: {}", row.credit);
        assert_eq!(row.relation == "implies", row.credit == FULL, "10,000 is for implies alone");
    }
    let skill_traits = list(taxonomy, "skill_traits")
        .iter()
        .map(|row| (text(row, "skill").to_owned(), text(row, "trait").to_owned()))
        .collect();
    Taxonomy { rows, skill_traits }
}

/// Every skill that `skill` implies, directly or through others ("closure"), without itself.
fn implied_by(taxonomy: &Taxonomy, skill: &str) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = BTreeSet::from([skill.to_owned()]);
    loop {
        let more: Vec<String> = taxonomy
            .rows
            .iter()
            .filter(|row| row.relation == "implies")
            .filter(|row| found.contains(&row.from) && !found.contains(&row.to))
            .map(|row| row.to.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found.remove(skill);
    found
}

// ------------------------------------------------------------------------------------------------
// Evidence
// ------------------------------------------------------------------------------------------------

/// "The strongest source (worked, declared, mentioned)"; the weakest stands first here, so that the
/// greatest is the strongest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Mentioned,
    Declared,
    Worked,
}

/// The source by its name.
fn read_source(row: &Value) -> Source {
    match text(row, "source") {
        "mentioned" => Source::Mentioned,
        "declared" => Source::Declared,
        "worked" => Source::Worked,
        other => panic!("{other} is no source"),
    }
}

/// What a candidate holds of one skill, over all the places it was read from.
struct Held {
    skill: String,
    years: Option<i64>,
    last_used: Option<i64>,
    source: Source,
}

/// "One skill from several places: the greatest known years, the latest known use, the strongest
/// source, each taken on its own". "A future year counts as that [the year of `as_of`] too".
fn held_skills(candidate: &Value, as_of_year: i64) -> Vec<Held> {
    let mut held: BTreeMap<String, Held> = BTreeMap::new();
    for row in list(candidate, "skills") {
        let skill = text(row, "skill").to_owned();
        let years = whole(row, "years");
        let last_used = whole(row, "last_used").map(|year| year.min(as_of_year));
        let source = read_source(row);
        let place = Held { skill: skill.clone(), years, last_used, source };
        // A known number is greater than an unknown one: `None < Some(_)`.
        held.entry(skill)
            .and_modify(|already| {
                already.years = already.years.max(years);
                already.last_used = already.last_used.max(last_used);
                already.source = already.source.max(source);
            })
            .or_insert(place);
    }
    held.into_values().collect()
}

/// "Traits have text evidence in the same way (worked or mentioned)": the strongest of it.
fn trait_evidence(candidate: &Value, wanted: &str) -> Option<Source> {
    list(candidate, "traits").iter().filter(|row| text(row, "trait") == wanted).map(read_source).max()
}

// ------------------------------------------------------------------------------------------------
// A requirement and its map from held skill to F
// ------------------------------------------------------------------------------------------------

/// What a requirement asks for.
enum Asked {
    /// One skill, or several of which any will do.
    Skills(Vec<String>),
    Trait(String),
}

/// A requirement of a role file with its defaults filled in.
struct Requirement {
    asked: Asked,
    must: bool,
    weight: i64,
    /// Tenths of years that earn full credit.
    years: Option<i64>,
    /// Tenths of years of the hard line.
    min_years: Option<i64>,
    half_life: Option<u32>,
    accept: Vec<String>,
    related: bool,
}

/// "names one skill, or several of which any will do (`any_of`), or a trait; it is a must or nice
/// [default nice], and has a weight (1 to 100, default 10)".
fn read_requirement(line: &Value) -> Requirement {
    let asked = if let Some(wanted) = field(line, "trait") {
        Asked::Trait(wanted.as_str().expect("a trait is a text").to_owned())
    } else if field(line, "any_of").is_some() {
        Asked::Skills(texts(line, "any_of"))
    } else {
        Asked::Skills(vec![text(line, "skill").to_owned()])
    };
    Requirement {
        asked,
        must: field(line, "need").is_some_and(|need| need == "must"),
        weight: whole(line, "weight").unwrap_or(10),
        years: field(line, "years").map(|years| decimal(years, 1)),
        min_years: field(line, "min_years").map(|years| decimal(years, 1)),
        half_life: whole(line, "half_life").map(|years| u32::try_from(years).expect("half_life is 1 to 30")),
        accept: texts(line, "accept"),
        related: yes_or_no(line, "related").unwrap_or(true),
    }
}

/// How a held skill answers a requirement. The order is that of the ties: "the skill itself,
/// implied, accepted", then all others.
#[derive(Clone, PartialEq, Eq)]
enum Way {
    Itself,
    Implied,
    Accepted,
    Related(String),
}

/// The place of a way among ties.
fn way_order(way: &Way) -> u8 {
    match way {
        Way::Itself => 0,
        Way::Implied => 1,
        Way::Accepted => 2,
        Way::Related(_) => 3,
    }
}

/// "`relation` is null for the skill itself, ... else `implies`, `accepted`, `trait`, or the
/// relation's name".
fn way_name(way: &Way) -> Option<String> {
    match way {
        Way::Itself => None,
        Way::Implied => Some("implies".to_owned()),
        Way::Accepted => Some("accepted".to_owned()),
        Way::Related(relation) => Some(relation.clone()),
    }
}

/// One line of the map: what a held skill is worth to a requirement.
struct MapLine {
    f: i64,
    way: Way,
}

/// "the best single relation row whose `to` is the required skill and whose `from` is the held skill
/// or one that it implies; rows never chain (equal rows: the held skill's own, then `from` id, then
/// relation name)".
fn best_row<'a>(taxonomy: &'a Taxonomy, held: &str, required: &str) -> Option<&'a Row> {
    let implied = implied_by(taxonomy, held);
    taxonomy
        .rows
        .iter()
        .filter(|row| row.to == required)
        .filter(|row| row.from == held || implied.contains(&row.from))
        .min_by_key(|row| (Reverse(row.credit), row.from != held, &row.from, &row.relation))
}

/// The line of the map for one required skill: "the skill itself, and every skill that implies it
/// (closure): 10,000; otherwise the best single relation row".
fn line_of_one(taxonomy: &Taxonomy, held: &str, required: &str) -> Option<MapLine> {
    if held == required {
        return Some(MapLine { f: FULL, way: Way::Itself });
    }
    if implied_by(taxonomy, held).contains(required) {
        return Some(MapLine { f: FULL, way: Way::Implied });
    }
    best_row(taxonomy, held, required)
        .map(|row| MapLine { f: row.credit, way: Way::Related(row.relation.clone()) })
}

/// "`any_of`: the maximum over its members (ties: a member itself, then implied, then member
/// order)". One skill is an `any_of` of one member.
fn line_of_any(taxonomy: &Taxonomy, held: &str, members: &[String]) -> Option<MapLine> {
    // `min_by_key` keeps the first of equal lines: member order.
    members
        .iter()
        .filter_map(|member| line_of_one(taxonomy, held, member))
        .min_by_key(|line| (Reverse(line.f), way_order(&line.way)))
}

/// The line of the map for one held skill, or none where the skill is not in the map.
/// "`related = false` drops what is below 10,000; then `accept = ["FastAPI"]` raises that skill, and
/// what implies it, to 10,000."
fn map_line(taxonomy: &Taxonomy, held: &str, members: &[String], asked: &Requirement) -> Option<MapLine> {
    let line = line_of_any(taxonomy, held, members).filter(|line| asked.related || line.f == FULL);
    let full_already = line.as_ref().is_some_and(|line| line.f == FULL);
    let implied = implied_by(taxonomy, held);
    let accepted = asked.accept.iter().any(|skill| skill == held || implied.contains(skill));
    if accepted && !full_already {
        return Some(MapLine { f: FULL, way: Way::Accepted });
    }
    line
}

// ------------------------------------------------------------------------------------------------
// Credit
// ------------------------------------------------------------------------------------------------

/// A factor as known, and as the best and the worst case take it where it is unknown.
struct Factor {
    known: Option<i64>,
    at_best: i64,
    at_worst: i64,
}

/// A factor whose number is known ("a factor that the role does not ask for is known").
fn known_factor(number: i64) -> Factor {
    Factor { known: Some(number), at_best: number, at_worst: number }
}

/// y: "10,000 where the role wants none"; "an unknown y is 10,000 (or y of the person's total years,
/// where those are known)" at best, and 0 at worst. "Total years bound only unknown years."
fn y_of(held: &Held, wanted: Option<i64>, total_years: Option<i64>) -> Factor {
    match (wanted, held.years) {
        (None, _) => known_factor(FULL),
        (Some(wanted), Some(known)) => known_factor(years_factor(known, wanted)),
        (Some(wanted), None) => Factor {
            known: None,
            at_best: total_years.map_or(FULL, |total| years_factor(total, wanted)),
            at_worst: 0,
        },
    }
}

/// r: "10,000 where the role gives no `half_life`"; "an unknown r is 10,000" at best, and 0 at worst.
fn r_of(held: &Held, half_life: Option<u32>, as_of_year: i64) -> Factor {
    match (half_life, held.last_used) {
        (None, _) => known_factor(FULL),
        (Some(half_life), Some(last_used)) => {
            known_factor(recency_factor(age(as_of_year, last_used), half_life))
        }
        (Some(_), None) => Factor { known: None, at_best: FULL, at_worst: 0 },
    }
}

/// "src = 10,000 declared or worked, 6,000 mentioned".
fn src_of(source: Source) -> i64 {
    match source {
        Source::Worked | Source::Declared => FULL,
        Source::Mentioned => MENTIONED,
    }
}

/// "E = R(fit, src); credit = R(F, E); low and high likewise".
fn credit_of(f: i64, fit: i64, source: Source) -> i64 {
    r(f, r(fit, src_of(source)))
}

/// What one held skill of the map is worth to one requirement.
struct Judged {
    skill: String,
    line: MapLine,
    /// A factor that the role asks for is unknown.
    assumed: bool,
    credit: i64,
    low: i64,
    high: i64,
    /// R(F, y) with unknown years as 0, and as high takes them: what the outcome looks at.
    reach_at_worst: i64,
    reach_at_best: i64,
    gate: Gate,
}

/// Who is judged, beside the skill itself.
struct Circumstances<'a> {
    taxonomy: &'a Taxonomy,
    as_of_year: i64,
    assume: i64,
}

/// One held skill against one requirement: "fit = R(y, r) where both are known, else
/// min(assume, high's fit)"; "high's fit = R(y, r)" at best; "low's fit = R(y, r) with 0 for an
/// unknown one".
fn judge(
    held: &Held,
    line: MapLine,
    asked: &Requirement,
    total_years: Option<i64>,
    around: &Circumstances,
) -> Judged {
    let y = y_of(held, asked.years, total_years);
    let recency = r_of(held, asked.half_life, around.as_of_year);
    let high_fit = r(y.at_best, recency.at_best);
    let low_fit = r(y.at_worst, recency.at_worst);
    let (fit, assumed) = match (y.known, recency.known) {
        (Some(y), Some(recency)) => (r(y, recency), false),
        _ => (around.assume.min(high_fit), true),
    };
    Judged {
        skill: held.skill.clone(),
        assumed,
        credit: credit_of(line.f, fit, held.source),
        low: credit_of(line.f, low_fit, held.source),
        high: credit_of(line.f, high_fit, held.source),
        reach_at_worst: r(line.f, y.at_worst),
        reach_at_best: r(line.f, y.at_best),
        gate: gate_of_skill(held, line.f, asked.min_years, total_years),
        line,
    }
}

// ------------------------------------------------------------------------------------------------
// Outcome and gate
// ------------------------------------------------------------------------------------------------

/// `met|partial|unknown|not_met`, of requirements and (without partial) of knock-outs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Met,
    Partial,
    Unknown,
    NotMet,
}

/// The outcome's name in JSON.
fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::Partial => "partial",
        Outcome::Unknown => "unknown",
        Outcome::NotMet => "not_met",
    }
}

/// "Outcome looks at R(F, y) alone, its maximum over skills ...: met 10,000, not met where nothing in
/// the map is held, partial otherwise".
fn outcome_of_reach(best_reach: Option<i64>) -> Outcome {
    match best_reach {
        None => Outcome::NotMet,
        Some(reach) if reach == FULL => Outcome::Met,
        Some(_) => Outcome::Partial,
    }
}

/// "... with unknown years once as 0 and once as high takes them ...; unknown where the two outcomes
/// (not the two numbers) differ."
fn outcome_of_skills(judged: &[Judged]) -> Outcome {
    let at_worst = outcome_of_reach(judged.iter().map(|one| one.reach_at_worst).max());
    let at_best = outcome_of_reach(judged.iter().map(|one| one.reach_at_best).max());
    if at_worst == at_best { at_best } else { Outcome::Unknown }
}

/// "the best gate (held, unknown, near, no) stands": the worst is first here, so that the greatest is
/// the best.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gate {
    No,
    Near,
    Unknown,
    Held,
}

/// The gate's name in JSON.
fn gate_name(gate: Gate) -> &'static str {
    match gate {
        Gate::No => "no",
        Gate::Near => "near",
        Gate::Unknown => "unknown",
        Gate::Held => "held",
    }
}

/// The gate of one skill "by itself", in the order of the page: held, near, unknown, no.
fn gate_of_skill(held: &Held, f: i64, min_years: Option<i64>, total_years: Option<i64>) -> Gate {
    let full = f == FULL;
    let strong = held.source != Source::Mentioned;
    // "and, where the role gives `min_years`, known years of at least that"
    let long_enough = min_years.is_none_or(|line| held.years.is_some_and(|years| years >= line));
    // "with known years (or, where unknown, total years) below `min_years`"
    let too_short =
        min_years.is_some_and(|line| held.years.or(total_years).is_some_and(|years| years < line));
    // "with years unknown where `min_years` is given"
    let length_unknown = min_years.is_some() && held.years.is_none();

    if full && strong && long_enough {
        Gate::Held
    } else if (full && too_short) || (!full && f >= NEAR_FROM) {
        Gate::Near
    } else if full && (!strong || length_unknown) {
        Gate::Unknown
    } else {
        Gate::No
    }
}

// ------------------------------------------------------------------------------------------------
// One requirement of one candidate
// ------------------------------------------------------------------------------------------------

/// What one requirement comes to for one candidate. The gate is kept for a nice too; only JSON and
/// tiers leave it out.
struct Answer {
    gate: Gate,
    outcome: Outcome,
    credit: i64,
    low: i64,
    high: i64,
    skill: Option<String>,
    relation: Option<String>,
}

/// An answer where nothing is held: "no skill is named".
fn nothing_held() -> Answer {
    Answer {
        gate: Gate::No,
        outcome: Outcome::NotMet,
        credit: 0,
        low: 0,
        high: 0,
        skill: None,
        relation: None,
    }
}

/// "The skill named in the explanation has the best credit, even where that is 0; ties: nothing
/// assumed, the skill itself, implied, accepted, higher F, skill id".
fn named_first(a: &Judged, b: &Judged) -> Ordering {
    let key =
        |one: &Judged| (Reverse(one.credit), one.assumed, way_order(&one.line.way), Reverse(one.line.f));
    key(a).cmp(&key(b)).then_with(|| a.skill.cmp(&b.skill))
}

/// A skill requirement: "the best single skill, no adding up"; "credit, low and high of a requirement
/// are each their own maximum over skills"; the gate "need not be of the skill that earned the
/// credit".
fn answer_skills(
    members: &[String],
    asked: &Requirement,
    held: &[Held],
    total_years: Option<i64>,
    around: &Circumstances,
) -> Answer {
    let judged: Vec<Judged> = held
        .iter()
        .filter_map(|one| {
            map_line(around.taxonomy, &one.skill, members, asked)
                .map(|line| judge(one, line, asked, total_years, around))
        })
        .collect();
    let Some(named) = judged.iter().min_by(|a, b| named_first(a, b)) else {
        return nothing_held();
    };
    let most = |number: fn(&Judged) -> i64| judged.iter().map(number).max().unwrap_or(0);
    Answer {
        gate: judged.iter().map(|one| one.gate).max().unwrap_or(Gate::No),
        outcome: outcome_of_skills(&judged),
        credit: most(|one| one.credit),
        low: most(|one| one.low),
        high: most(|one| one.high),
        skill: Some(named.skill.clone()),
        relation: way_name(&named.line.way),
    }
}

/// "if a held skill, or one that it implies, has the trait"; "for a trait through skills the smallest
/// id" of the held skills is named.
fn skill_with_trait(wanted: &str, held: &[Held], taxonomy: &Taxonomy) -> Option<String> {
    held.iter()
        .filter(|one| {
            let implied = implied_by(taxonomy, &one.skill);
            taxonomy
                .skill_traits
                .iter()
                .any(|(skill, has)| has == wanted && (*skill == one.skill || implied.contains(skill)))
        })
        .map(|one| one.skill.clone())
        .min()
}

/// "A trait: text evidence worked 10,000, mentioned 6,000 (low = high = credit). Else, if a held
/// skill, or one that it implies, has the trait: 3,000 (or `assume` where that is less), low 0, high
/// 10,000". Gate: "held by worked text; unknown where only mentioned or only through a skill; never
/// near." Outcome: source never moves it, so text is met; "a trait through a skill is unknown".
fn answer_trait(wanted: &str, candidate: &Value, held: &[Held], around: &Circumstances) -> Answer {
    if let Some(source) = trait_evidence(candidate, wanted) {
        let worked = source == Source::Worked;
        let credit = src_of(source);
        return Answer {
            gate: if worked { Gate::Held } else { Gate::Unknown },
            outcome: Outcome::Met,
            credit,
            low: credit,
            high: credit,
            skill: None,
            relation: None,
        };
    }
    match skill_with_trait(wanted, held, around.taxonomy) {
        Some(skill) => Answer {
            gate: Gate::Unknown,
            outcome: Outcome::Unknown,
            credit: TRAIT_THROUGH_SKILL.min(around.assume),
            low: 0,
            high: FULL,
            skill: Some(skill),
            relation: Some("trait".to_owned()),
        },
        None => nothing_held(),
    }
}

/// One requirement of one candidate, whatever it asks for.
fn answer(asked: &Requirement, candidate: &Value, held: &[Held], around: &Circumstances) -> Answer {
    match &asked.asked {
        Asked::Skills(members) => {
            let total_years = whole(candidate, "total_years");
            answer_skills(members, asked, held, total_years, around)
        }
        Asked::Trait(wanted) => answer_trait(wanted, candidate, held, around),
    }
}

// ------------------------------------------------------------------------------------------------
// Knock-outs
// ------------------------------------------------------------------------------------------------

/// Yes, no or unknown as the outcome of a knock-out.
fn outcome_of_fact(fact: Option<bool>) -> Outcome {
    match fact {
        Some(true) => Outcome::Met,
        Some(false) => Outcome::NotMet,
        None => Outcome::Unknown,
    }
}

/// "three-valued or": true where any is true, else unknown where any is unknown, else false.
fn any_true(facts: &[Option<bool>]) -> Option<bool> {
    if facts.contains(&Some(true)) {
        Some(true)
    } else if facts.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// "where = in a listed country, or (role allows relocation and the person is willing to move), or
/// (`remote = "anywhere"` and the person is willing to work remotely); three-valued or; an absent
/// value is unknown; no countries: met."
fn where_outcome(rule: &Value, candidate: &Value) -> Outcome {
    let countries = texts(rule, "countries");
    if countries.is_empty() {
        return Outcome::Met;
    }
    let in_country = field(candidate, "country")
        .map(|country| countries.iter().any(|listed| Some(listed.as_str()) == country.as_str()));
    let moves = if yes_or_no(rule, "relocation").unwrap_or(false) {
        yes_or_no(candidate, "relocation")
    } else {
        Some(false)
    };
    let works_remotely = if field(rule, "remote").is_some_and(|remote| remote == "anywhere") {
        yes_or_no(candidate, "remote")
    } else {
        Some(false)
    };
    outcome_of_fact(any_true(&[in_country, moves, works_remotely]))
}

/// `years_min`: the person's total years are at least that.
fn years_min_outcome(limit: &Value, candidate: &Value) -> Outcome {
    let least = decimal(limit, 1);
    outcome_of_fact(whole(candidate, "total_years").map(|total| total >= least))
}

/// `permit`: the person holds a permit for any listed country.
fn permit_outcome(limits: &Value, candidate: &Value) -> Outcome {
    let listed = texts(limits, "permit");
    let permits = known_texts(candidate, "permits");
    outcome_of_fact(permits.map(|known| known.iter().any(|permit| listed.contains(permit))))
}

/// `languages`: the person speaks all listed.
fn languages_outcome(limits: &Value, candidate: &Value) -> Outcome {
    let listed = texts(limits, "languages");
    let spoken = known_texts(candidate, "languages");
    outcome_of_fact(spoken.map(|known| listed.iter().all(|language| known.contains(language))))
}

/// `available_by`: the person is available on that date or before. ISO dates are ordered as texts.
fn available_by_outcome(limit: &Value, candidate: &Value) -> Outcome {
    let date = limit.as_str().expect("available_by is a date");
    let available = field(candidate, "available")
        .map(|available| available.as_str().expect("the date of availability is a text") <= date);
    outcome_of_fact(available)
}

/// `pay_max`: "Pay compares expected pay alone, in one currency and unit"; another currency or unit
/// is unknown.
fn pay_max_outcome(limit: &Value, candidate: &Value) -> Outcome {
    let comparable = field(candidate, "expected_pay").filter(|pay| {
        text(pay, "currency") == text(limit, "currency") && text(pay, "per") == text(limit, "per")
    });
    outcome_of_fact(comparable.map(|pay| decimal(&pay["amount"], 4) <= decimal(&limit["amount"], 4)))
}

/// `implausible = "drop"`: a person who claims nearly everything is not met, everyone else is. With
/// "flag" it is no knock-out.
fn implausible_outcome(candidate: &Value) -> Outcome {
    outcome_of_fact(Some(!yes_or_no(candidate, "implausible").unwrap_or(false)))
}

/// "Only what the role sets: `where`, and the keys of `[limits]`; each met / unknown / not met", in
/// the order of the role file.
fn knockouts(role: &Value, candidate: &Value) -> Vec<(&'static str, Outcome)> {
    let nothing = json!({});
    let limits = field(role, "limits").unwrap_or(&nothing);
    let mut found = Vec::new();
    if let Some(rule) = field(role, "where") {
        found.push(("where", where_outcome(rule, candidate)));
    }
    if let Some(limit) = field(limits, "years_min") {
        found.push(("years_min", years_min_outcome(limit, candidate)));
    }
    if field(limits, "permit").is_some() {
        found.push(("permit", permit_outcome(limits, candidate)));
    }
    if field(limits, "languages").is_some() {
        found.push(("languages", languages_outcome(limits, candidate)));
    }
    if let Some(limit) = field(limits, "available_by") {
        found.push(("available_by", available_by_outcome(limit, candidate)));
    }
    if let Some(limit) = field(limits, "pay_max") {
        found.push(("pay_max", pay_max_outcome(limit, candidate)));
    }
    if field(limits, "implausible").is_some_and(|rule| rule == "drop") {
        found.push(("implausible", implausible_outcome(candidate)));
    }
    found
}

/// "`unknown = "drop"` (which rules all knock-outs)".
fn drops_unknown(role: &Value) -> bool {
    field(role, "limits").and_then(|limits| field(limits, "unknown")).is_some_and(|rule| rule == "drop")
}

/// Some knock-out is unknown: the entry is flagged, and stands last in its tier.
fn has_unknown(knockouts: &[(&'static str, Outcome)]) -> bool {
    knockouts.iter().any(|(_, outcome)| *outcome == Outcome::Unknown)
}

// ------------------------------------------------------------------------------------------------
// Tiers and entries
// ------------------------------------------------------------------------------------------------

/// "Tier: A every must held (everyone, where a role has no must); B every must held or unknown; C
/// every must at least near; D some must missing".
fn tier_of(requirements: &[Requirement], answers: &[Answer]) -> char {
    let worst =
        requirements.iter().zip(answers).filter(|(asked, _)| asked.must).map(|(_, answer)| answer.gate).min();
    match worst {
        None | Some(Gate::Held) => 'A',
        Some(Gate::Unknown) => 'B',
        Some(Gate::Near) => 'C',
        Some(Gate::No) => 'D',
    }
}

/// One candidate, scored for one role, before places are given.
struct Entry {
    number: u64,
    tier: char,
    unknown_knockout: bool,
    points: i64,
    weight: i64,
    low_points: i64,
    high_points: i64,
    knockouts: Vec<(&'static str, Outcome)>,
    answers: Vec<Answer>,
}

/// An entry's high: "an entry's low and high likewise from the requirements' low and high".
fn entry_high(entry: &Entry) -> i64 {
    weighted_mean(entry.high_points, entry.weight)
}

/// A candidate's number, of which the id and the tie key are made.
fn number_of(candidate: &Value) -> u64 {
    field(candidate, "number").and_then(Value::as_u64).expect("a candidate has a number")
}

/// All numbers of one candidate for one role: "Points = weight x credit", summed up.
fn score_candidate(
    role: &Value,
    requirements: &[Requirement],
    candidate: &Value,
    around: &Circumstances,
) -> Entry {
    let held = held_skills(candidate, around.as_of_year);
    let answers: Vec<Answer> =
        requirements.iter().map(|asked| answer(asked, candidate, &held, around)).collect();
    let sum = |number: fn(&Answer) -> i64| -> i64 {
        requirements.iter().zip(&answers).map(|(asked, answer)| asked.weight * number(answer)).sum()
    };
    let knockouts = knockouts(role, candidate);
    Entry {
        number: number_of(candidate),
        tier: tier_of(requirements, &answers),
        unknown_knockout: has_unknown(&knockouts),
        points: sum(|answer| answer.credit),
        weight: requirements.iter().map(|asked| asked.weight).sum(),
        low_points: sum(|answer| answer.low),
        high_points: sum(|answer| answer.high),
        knockouts,
        answers,
    }
}

/// "`left_out` counts each person once, by the first reason in this order: status, where, the limits
/// in the order of the role file below, `unknown` (dropped), `tier_d`".
fn left_out_by(role: &Value, candidate: &Value, entry: &Entry) -> Option<String> {
    if let Some(status) = field(candidate, "status") {
        return Some(status.as_str().expect("a status is a text").to_owned());
    }
    let not_met = entry.knockouts.iter().find(|(_, outcome)| *outcome == Outcome::NotMet);
    if let Some((kind, _)) = not_met {
        return Some((*kind).to_owned());
    }
    if entry.unknown_knockout && drops_unknown(role) {
        return Some("unknown".to_owned());
    }
    if entry.tier == 'D' {
        return Some("tier_d".to_owned());
    }
    None
}

/// "Equal tier, flag and points share a place".
fn same_place(a: &Entry, b: &Entry) -> bool {
    stands_before(a, b) == Ordering::Equal
}

/// "1. Tier. 2. No unknown knock-out before any. 3. Points."
fn stands_before(a: &Entry, b: &Entry) -> Ordering {
    let key = |entry: &Entry| (entry.tier, entry.unknown_knockout, Reverse(entry.points));
    key(a).cmp(&key(b))
}

/// The order of a list: tier, flag, points, and "4. A tie key, ... then the candidate number".
fn list_order(role_id: &str, a: &Entry, b: &Entry) -> Ordering {
    let last = |entry: &Entry| (tie_key(role_id, entry.number), entry.number);
    stands_before(a, b).then_with(|| last(a).cmp(&last(b)))
}

// ------------------------------------------------------------------------------------------------
// Names in JSON
// ------------------------------------------------------------------------------------------------

/// One requirement of an entry; the gate is "null for a nice".
fn requirement_json(index: usize, asked: &Requirement, answer: &Answer) -> Value {
    json!({
        "id": index.to_string(),
        "need": if asked.must { "must" } else { "nice" },
        "gate": asked.must.then(|| gate_name(answer.gate)),
        "outcome": outcome_name(answer.outcome),
        "weight": asked.weight,
        "credit": answer.credit,
        "low": answer.low,
        "high": answer.high,
        "points": asked.weight * answer.credit,
        "skill": answer.skill,
        "relation": answer.relation,
    })
}

/// One entry of a shortlist, among all entries of the pool: its place is one more than the number of
/// those before it, `tied` "is how many share it, in the whole pool".
fn entry_json(entry: &Entry, pool: &[Entry], requirements: &[Requirement]) -> Value {
    let before = pool.iter().filter(|other| stands_before(other, entry) == Ordering::Less).count();
    let tied = pool.iter().filter(|other| same_place(other, entry)).count();
    let knockouts: Vec<Value> = entry
        .knockouts
        .iter()
        .map(|(kind, outcome)| json!({ "kind": kind, "outcome": outcome_name(*outcome) }))
        .collect();
    let answers: Vec<Value> = requirements
        .iter()
        .zip(&entry.answers)
        .enumerate()
        .map(|(index, (asked, answer))| requirement_json(index, asked, answer))
        .collect();
    json!({
        "rank": before + 1,
        "candidate": format!("c{:07}", entry.number),
        "tier": entry.tier.to_string(),
        "score": weighted_mean(entry.points, entry.weight),
        "low": weighted_mean(entry.low_points, entry.weight),
        "high": entry_high(entry),
        "points": entry.points,
        "weight": entry.weight,
        "tied": tied,
        "knockouts": knockouts,
        "requirements": answers,
    })
}

/// `[assume] fit`, "at most four decimals, read as ten-thousandths"; "default 7,000".
fn assume_of(role: &Value) -> i64 {
    field(role, "assume").and_then(|assume| field(assume, "fit")).map_or(7_000, |fit| decimal(fit, 4))
}

/// One role against every candidate.
fn rank_role(role: &Value, candidates: &[Value], taxonomy: &Taxonomy, as_of_year: i64, top: usize) -> Value {
    let role_id = text(role, "id");
    let requirements: Vec<Requirement> = list(role, "require").iter().map(read_requirement).collect();
    assert!((1..=64).contains(&requirements.len()), "at most 64 requirements; a role without any is refused");
    let around = Circumstances { taxonomy, as_of_year, assume: assume_of(role) };
    let mut left_out: BTreeMap<String, u64> = BTreeMap::new();
    let mut pool: Vec<Entry> = Vec::new();
    for candidate in candidates {
        let entry = score_candidate(role, &requirements, candidate, &around);
        if let Some(reason) = left_out_by(role, candidate, &entry) {
            *left_out.entry(reason).or_default() += 1;
        } else if entry_high(&entry) > 0 {
            // "Who has an entry high of 0 is not listed, and not counted as left out unless for
            // another reason."
            pool.push(entry);
        }
    }
    pool.sort_by(|a, b| list_order(role_id, a, b));
    // "`top` cuts by the tie key."
    let entries: Vec<Value> =
        pool.iter().take(top).map(|entry| entry_json(entry, &pool, &requirements)).collect();
    json!({ "role": role_id, "entries": entries, "left_out": left_out })
}

/// What the scoring model makes of a case: one shortlist a role, in the order of the roles.
///
/// # Panics
///
/// On a case that is malformed or holds what the page refuses.
#[must_use]
pub fn rank_case(case: &Value) -> Value {
    let taxonomy = read_taxonomy(case);
    let as_of_year = year_of(text(case, "as_of"));
    let top = whole(case, "top")
        .and_then(|top| usize::try_from(top).ok())
        .expect("a case says how many entries a role lists at most");
    let candidates = list(case, "candidates");
    let shortlists: Vec<Value> = list(case, "roles")
        .iter()
        .map(|role| rank_role(role, candidates, &taxonomy, as_of_year, top))
        .collect();
    json!({ "shortlists": shortlists })
}

// ------------------------------------------------------------------------------------------------
// Text
// ------------------------------------------------------------------------------------------------

/// The text of a value as in `expected.json`: keys sorted, an indent of one space, no newline at the
/// end. It sorts the keys itself and so does not depend on how `serde_json` was built.
#[must_use]
pub fn to_text(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, 0, &mut out);
    out
}

/// One value at a depth of the tree.
fn write_value(value: &Value, depth: usize, out: &mut String) {
    match value {
        Value::Array(items) => {
            let lines = items.iter().map(|item| (String::new(), item)).collect();
            write_block('[', ']', lines, depth, out);
        }
        Value::Object(object) => write_block('{', '}', sorted_lines(object), depth, out),
        // Null, true, false, numbers and texts stand on one line.
        _ => out.push_str(&value.to_string()),
    }
}

/// The members of an object, each behind its key, in the order of the keys.
fn sorted_lines(object: &Map<String, Value>) -> Vec<(String, &Value)> {
    let sorted: BTreeMap<&String, &Value> = object.iter().collect();
    sorted.into_iter().map(|(key, member)| (format!("{}: ", Value::from(key.as_str())), member)).collect()
}

/// A bracketed list, one line a member; an empty one stays on its line.
fn write_block(open: char, close: char, lines: Vec<(String, &Value)>, depth: usize, out: &mut String) {
    out.push(open);
    let empty = lines.is_empty();
    for (index, (before, member)) in lines.into_iter().enumerate() {
        out.push_str(if index == 0 { "\n" } else { ",\n" });
        out.push_str(&" ".repeat(depth + 1));
        out.push_str(&before);
        write_value(member, depth + 1, out);
    }
    if !empty {
        out.push('\n');
        out.push_str(&" ".repeat(depth));
    }
    out.push(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splitmix64_starts_as_the_page_says() {
        assert_eq!(splitmix64(0), 0xe220_a839_7b1d_cdaf);
        // The second output of a generator is the first one of the generator a step on.
        assert_eq!(splitmix64(0x9e37_79b9_7f4a_7c15), 0x6e78_9e6a_a1b9_65f4);
    }

    #[test]
    fn fnv1a64_has_the_published_values() {
        assert_eq!(fnv1a64(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a64("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn a_product_of_shares_is_rounded_half_up() {
        assert_eq!(r(1, 4_999), 0);
        assert_eq!(r(1, 5_000), 1);
        assert_eq!(r(3, 5_000), 2);
        for a in (0..=FULL).step_by(7) {
            assert_eq!(r(a, FULL), a, "10,000 changes nothing");
            assert_eq!(r(a, 0), 0, "0 leaves nothing");
            for b in (0..=FULL).step_by(977) {
                let twice_the_error = (2 * (r(a, b) * 10_000 - a * b)).abs();
                assert!(twice_the_error <= 10_000, "never off by more than a half");
                assert_eq!(r(a, b), r(b, a));
            }
        }
    }

    #[test]
    fn years_are_rounded_half_up_and_stop_at_full() {
        assert_eq!(years_factor(29, 30), 9_667);
        assert_eq!(years_factor(30, 30), FULL);
        assert_eq!(years_factor(999, 1), FULL);
        // 10,000 / 32 is 312.5.
        assert_eq!(years_factor(1, 32), 313);
        for wanted in 1..=300 {
            assert_eq!(years_factor(0, wanted), 0);
            assert_eq!(years_factor(wanted, wanted), FULL);
            for known in 0..wanted {
                assert!(years_factor(known, wanted) <= years_factor(known + 1, wanted));
                let error = (years_factor(known, wanted) * wanted - 10_000 * known) * 2;
                assert!(-wanted < error && error <= wanted, "half up");
            }
        }
    }

    #[test]
    fn what_was_used_a_half_life_ago_counts_half() {
        for half_life in 1..=30 {
            assert_eq!(recency_factor(0, half_life), FULL);
            assert_eq!(recency_factor(half_life, half_life), 5_000);
            assert_eq!(recency_factor(2 * half_life, half_life), 2_500);
            assert_eq!(recency_factor(3 * half_life, half_life), 1_250);
        }
    }

    #[test]
    fn recency_is_rounded_half_up_and_only_falls() {
        // The page: age 1, half_life 4.
        assert_eq!(recency_factor(1, 4), 8_409);
        // 10,000 / 32 is 312.5, 10,000 / 64 is 156.25.
        assert_eq!(recency_factor(5, 1), 313);
        assert_eq!(recency_factor(6, 1), 156);
        assert_eq!(recency_factor(14, 1), 1);
        // 10,000 / 2^15 is 0.305.
        assert_eq!(recency_factor(15, 1), 0);
        assert_eq!(recency_factor(200, 1), 0);
        for half_life in 1..=30 {
            for age in 0..60 {
                assert!(recency_factor(age, half_life) >= recency_factor(age + 1, half_life));
            }
        }
    }

    #[test]
    fn age_starts_after_the_year_before() {
        assert_eq!(age(2026, 2026), 0);
        assert_eq!(age(2026, 2025), 0);
        assert_eq!(age(2026, 2024), 1);
        assert_eq!(age(2026, 2028), 0);
    }

    #[test]
    fn a_score_is_rounded_half_up() {
        assert_eq!(weighted_mean(315_000, 35), 9_000);
        assert_eq!(weighted_mean(1, 2), 1);
        assert_eq!(weighted_mean(1, 3), 0);
        assert_eq!(weighted_mean(2, 3), 1);
    }

    #[test]
    fn decimals_are_read_as_they_are_written() {
        assert_eq!(decimal(&json!(0.7), 4), 7_000);
        assert_eq!(decimal(&json!(1.0), 4), 10_000);
        assert_eq!(decimal(&json!(1), 4), 10_000);
        assert_eq!(decimal(&json!(0), 4), 0);
        assert_eq!(decimal(&json!(0.0001), 4), 1);
        assert_eq!(decimal(&json!(2.5), 1), 25);
        assert_eq!(decimal(&json!(3), 1), 30);
        for ten_thousandths in 0..=10_000_u32 {
            let value = json!(f64::from(ten_thousandths) / 10_000.0);
            assert_eq!(decimal(&value, 4), i64::from(ten_thousandths));
        }
    }

    #[test]
    fn an_or_of_three_values_is_true_before_unknown_before_false() {
        assert_eq!(any_true(&[Some(false), None, Some(true)]), Some(true));
        assert_eq!(any_true(&[Some(false), None]), None);
        assert_eq!(any_true(&[Some(false), Some(false)]), Some(false));
    }

    #[test]
    fn text_has_sorted_keys_and_an_indent_of_one() {
        let value = json!({ "b": [1, { "c": null }], "a": {}, "d": [] });
        let expected = "{\n \"a\": {},\n \"b\": [\n  1,\n  {\n   \"c\": null\n  }\n ],\n \"d\": []\n}";
        assert_eq!(to_text(&value), expected);
    }
}
