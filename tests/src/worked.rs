//! The table "Worked" of the scoring model as a case, with the numbers that the page states and the
//! sums behind those that it leaves to the reader.

use serde_json::{Value, json};

/// A row of the table: what the candidate has, tier, score, low, high (9000 is 90.00).
pub type WorkedRow = (&'static str, &'static str, u32, u32, u32);

/// The table of the page. Candidate 1 is its first row, and so on; the order of the shortlist is that
/// of the table too.
///
/// The role: Django must, years 3, `half_life` 4, weight 20; one of two databases must,
/// `related = false` (weight 10, the default); high-traffic nice, weight 5; `as_of` in 2026. Everyone
/// has one of the databases. The weights add up to 35.
#[must_use]
pub fn worked_case() -> (Value, Vec<WorkedRow>) {
    (case(), table())
}

/// Tiers, scores, lows and highs. Every sum is over Django, the database and the trait; a score is
/// the sum divided by 35, rounded half up.
fn table() -> Vec<WorkedRow> {
    vec![
        // y, r and src are 10,000: Django 20 x 10,000, the database 10 x 10,000.
        // score 200,000 + 100,000 + 5 x  3,000 = 315,000; / 35 = 9,000
        // low   200,000 + 100,000 + 5 x      0 = 300,000; / 35 = 8,571.4
        // high  200,000 + 100,000 + 5 x 10,000 = 350,000; / 35 = 10,000
        ("Django 3.0 y, current", "A", 9_000, 8_571, 10_000),
        // y = (20,000 x 29 + 30) div 60 = 580,030 div 60 = 9,667; r = 10,000; Django 20 x 9,667.
        // score 193,340 + 100,000 + 15,000 = 308,340; / 35 = 8,809.7
        // low   193,340 + 100,000 +      0 = 293,340; / 35 = 8,381.1
        // high  193,340 + 100,000 + 50,000 = 343,340; / 35 = 9,809.7
        ("Django 2.9 y, current", "A", 8_810, 8_381, 9_810),
        // y = 10,000; age = 2026 - 2024 - 1 = 1; r = 10,000 x 2^(-1/4) = 8,408.96, so 8,409;
        // Django 20 x 8,409.
        // score 168,180 + 100,000 + 15,000 = 283,180; / 35 = 8,090.9
        // low   168,180 + 100,000 +      0 = 268,180; / 35 = 7,662.3
        // high  168,180 + 100,000 + 50,000 = 318,180; / 35 = 9,090.9
        ("Django 12 y, last used 2024", "A", 8_091, 7_662, 9_091),
        // Both factors are unknown, and no total years: fit = min(7,000, 10,000), 0 at worst, 10,000
        // at best.
        // score 140,000 + 100,000 + 15,000 = 255,000; / 35 = 7,285.7
        // low         0 + 100,000 +      0 = 100,000; / 35 = 2,857.1
        // high  200,000 + 100,000 + 50,000 = 350,000; / 35 = 10,000
        ("Django, years and use unknown", "A", 7_286, 2_857, 10_000),
        // y = r = 10,000, src = 6,000: E = R(10,000, 6,000) = 6,000; Django 20 x 6,000.
        // score 120,000 + 100,000 + 15,000 = 235,000; / 35 = 6,714.3
        // low   120,000 + 100,000 +      0 = 220,000; / 35 = 6,285.7
        // high  120,000 + 100,000 + 50,000 = 270,000; / 35 = 7,714.3
        ("Django only mentioned, 8 y, current", "B", 6_714, 6_286, 7_714),
        // F = 6,000 and E = 10,000: 20 x 6,000. Neither Flask nor what it implies has the trait.
        // score = low = high 120,000 + 100,000 + 0 = 220,000; / 35 = 6,285.7
        ("Flask 4 y, no Django", "C", 6_286, 6_286, 6_286),
    ]
}

/// The role, the six candidates and the little of a taxonomy that they need.
fn case() -> Value {
    json!({
        "as_of": "2026-11-01",
        "taxonomy": {
            "skills": ["python", "django", "flask", "postgresql", "mysql"],
            "relations": [
                { "from": "django", "to": "python", "relation": "implies", "credit": 10_000 },
                { "from": "flask", "to": "python", "relation": "implies", "credit": 10_000 },
                { "from": "flask", "to": "django", "relation": "same language and kind",
                  "credit": 6_000 },
                { "from": "postgresql", "to": "mysql", "relation": "same paradigm",
                  "credit": 5_000 },
                { "from": "mysql", "to": "postgresql", "relation": "same paradigm",
                  "credit": 5_000 },
            ],
            "skill_traits": [{ "skill": "django", "trait": "high-traffic" }],
        },
        "candidates": [
            candidate(1, &skill("django", Some(30), Some(2026), "declared"), "postgresql"),
            candidate(2, &skill("django", Some(29), Some(2026), "worked"), "mysql"),
            candidate(3, &skill("django", Some(120), Some(2024), "declared"), "postgresql"),
            candidate(4, &skill("django", None, None, "declared"), "mysql"),
            candidate(5, &skill("django", Some(80), Some(2026), "mentioned"), "postgresql"),
            candidate(6, &skill("flask", Some(40), Some(2026), "declared"), "mysql"),
        ],
        "roles": [{
            "id": "worked",
            "require": [
                { "skill": "django", "need": "must", "years": 3, "half_life": 4, "weight": 20 },
                { "any_of": ["postgresql", "mysql"], "need": "must", "related": false },
                { "trait": "high-traffic", "weight": 5 },
            ],
        }],
        "top": 6,
    })
}

/// One skill of a candidate, years in tenths.
fn skill(id: &str, years: Option<u32>, last_used: Option<u32>, source: &str) -> Value {
    json!({ "skill": id, "years": years, "last_used": last_used, "source": source })
}

/// A candidate with the skill of the row and one of the databases; nothing else is known.
fn candidate(number: u32, framework: &Value, database: &str) -> Value {
    json!({
        "number": number,
        "country": null,
        "remote": null,
        "relocation": null,
        "total_years": null,
        "skills": [framework, skill(database, None, None, "declared")],
        "traits": [],
        "status": null,
    })
}
