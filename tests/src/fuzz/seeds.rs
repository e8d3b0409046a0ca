//! Inputs that changes begin with: what people would give, and what is known to be hard.

use std::path::{Path, PathBuf};

/// Pieces of tables.
pub const TABLE_PIECES: &[&str] = &[
    "\"",
    "\"\"",
    "\n",
    ",",
    ";",
    "|",
    "sep=;\n",
    "name,skills\n",
    "Django (4 yrs)",
    "e-mail",
    "65k EUR",
    "2019-2024",
    "03/04/2027",
    "'=1+1",
    "id,name,email,skills\n",
    "#",
    "note",
    "implies",
    "10000",
    "drop.csv",
    "<table><tr><td>",
    "{\"a\":1}",
];
/// Pieces of role files and layouts.
pub const TOML_PIECES: &[&str] = &[
    "[[require]]\n",
    "skill = \"Django\"\n",
    "any_of = [\"MySQL\", \"postgres\"]\n",
    "trait = \"security\"\n",
    "need = \"must\"\n",
    "min_years = 3\n",
    "[limits]\n",
    "[where]\n",
    "countries = [\"DE\"]\n",
    "[assume]\nfit = 0.5\n",
    "pay_max = { amount = 1, currency = \"EUR\", per = \"year\" }\n",
    "available_by = 2027-01-01\n",
    "[columns]\n",
    "recognise = { all = [\"x\"] }\n",
    "extends = \"plain\"\n",
    "{",
    "[",
    "]",
    "=",
    "\"\"\"",
];
/// Pieces of JSON.
pub const JSON_PIECES: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "null",
    "true",
    "{\"name\":\"Ada\"}",
    "\"skills\":[",
    "\\u0000",
    "\\ud800",
    "\\",
    "basics",
    "$schema",
    "\"manifest\":",
    "\"shortlists\":[",
    "\"as_of\":\"2026-11-01\"",
    "\"tier\":\"A\"",
    "1E5",
];
/// Pieces of queries.
pub const QUERY_PIECES: &[&str] = &[
    "(",
    ")",
    " and ",
    " or ",
    " not ",
    "-",
    "~",
    "\"",
    "skill:",
    "country:",
    "years:>=",
    "pay:<=",
    "near:",
    "~50km",
    "updated:>=",
    "available:",
    "django >= 3y",
    "saved:",
    "new_since:",
    "*",
    "|",
    "&&",
    "<",
    "c++",
];

fn files(folder: &Path, endings: &[&str]) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| endings.iter().any(|ending| e == *ending)) {
                paths.push(path);
            }
        }
    }
    paths.sort();
    let cut = |path: &PathBuf| {
        let mut bytes = std::fs::read(path).ok()?;
        bytes.truncate(super::mutate::INPUT_BYTES_MAX / 2);
        Some(bytes)
    };
    paths.iter().filter_map(cut).collect()
}

/// Tables: broken ones, and one of each system.
#[must_use]
pub fn tables(root: &Path) -> Vec<Vec<u8>> {
    ["fixtures/bad-input", "fixtures/import/layouts"]
        .iter()
        .flat_map(|f| files(&root.join(f), &["csv"]))
        .collect()
}

/// Role files of the cases and of the demo.
#[must_use]
pub fn roles(root: &Path) -> Vec<Vec<u8>> {
    let mut seeds = files(&root.join("tests/cases"), &["toml"]);
    seeds.extend(files(&root.join("data/demo"), &["toml"]));
    seeds
}

/// Layouts that come with the program, under the name that is read.
#[must_use]
pub fn layouts(root: &Path) -> Vec<Vec<u8>> {
    let named = |bytes: Vec<u8>| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let line = text.lines().find(|line| line.starts_with("name = ")).unwrap_or_default().to_owned();
        text.replacen(&line, "name = \"fuzz\"", 1).into_bytes()
    };
    files(&root.join("data/layouts"), &["toml"]).into_iter().map(named).collect()
}

/// People as JSON.
#[must_use]
pub fn json(root: &Path) -> Vec<Vec<u8>> {
    let mut seeds = files(&root.join("tests/cases"), &["json", "jsonl"]);
    seeds.push(
        br#"{"candidates": [{"id": 1, "name": {"first": "Ada"}, "skills": [{"name": "Go", "years": 4.5}]}]}"#
            .to_vec(),
    );
    seeds.push(b"{\"a\": 1e5}\n{\"a\": [1, {\"b\": null}]}\n\n{\"a\": \"\\ud83d\\ude00\"}\n".to_vec());
    seeds
}

/// Manifests, and lists of a run.
#[must_use]
pub fn manifests(_: &Path) -> Vec<Vec<u8>> {
    const MANIFEST: &str = r#"{"tool": "stackscout 0.1.0", "as_of": "2026-11-01", "taxonomy": "t", "pool": "p", "change": 1,
        "candidates": 2, "roles": [{"id": "r", "fingerprint": "f"}], "top": 10}"#;
    let lists = format!(
        r#"{{"manifest": {MANIFEST}, "shortlists": [{{"role": "r", "listed": {{"A": 1}}, "left_out": {{"where": 1}},
        "entries": [{{"rank": 1, "tied": 1, "candidate": "c0000001", "tier": "A", "score": 9000, "low": 9000, "high": 9000,
        "points": 180, "knockouts": [{{"outcome": "unknown"}}]}}]}}]}}"#
    );
    vec![MANIFEST.as_bytes().to_vec(), lists.into_bytes()]
}

/// Queries of every form.
#[must_use]
pub fn queries(_: &Path) -> Vec<Vec<u8>> {
    let queries = [
        "",
        "*",
        "django",
        "ror and react country:nl",
        "(python or go) and not php",
        "-wordpress \"spring boot\" c++",
        "~django years >= 5",
        "django >= 3y last:2024",
        "pay:<=90000EUR/year",
        "available:2027-01-01..2027-03-01",
        "near:\"New York\"~50km",
        "city:berlin remote:yes",
        "updated:>=2026-01-01 imported:<2026-12-31",
        "name:ada* email:ada@example.org",
        "stage:offer applied:>=90d",
        "skill:rails|skill:django",
        "postgres 15",
        "title:\"senior engineer\" tag:vip",
        "o'brien 'tis",
        "speaks:de permit:us",
        "seniority:senior unknown:pay",
        "trait:security",
    ];
    queries.iter().map(|query| query.as_bytes().to_vec()).collect()
}

/// The beginnings of the built-in files, behind a byte that says which each is, and rows that a team would drop.
#[must_use]
pub fn taxonomy(_: &Path) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for (at, file) in stackscout_taxonomy::files::embedded_files().iter().enumerate() {
        let lines = file.bytes.split_inclusive(|b| *b == b'\n').take(30).flatten().copied();
        seeds.push(std::iter::once(at as u8).chain(lines).collect());
    }
    seeds.push(b"\xFFfile,key,second\nskills,django,\nrelations,flask,django\n".to_vec());
    seeds
}

/// Damage at single places of a file of columns, and a cut.
#[must_use]
pub fn columns(_: &Path) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = vec![vec![], vec![0xFF, 0xFF, 0xFF, 0xFF, 128]];
    seeds.extend((0..40_u32).map(|at| [(at * 97).to_le_bytes().as_slice(), &[0x55]].concat()));
    seeds
}
