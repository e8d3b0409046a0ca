//! From an object to named cells: `{"owner": {"team": "A"}, "tags": ["a", "b"]}` has the cells `owner.team` and `tags`.
//!
//! Exports of applicant tracking systems wrap the same few things in many ways. What only wraps (`basics`,
//! `candidate`, `{"value": ...}`) leaves no trace in a name; what says whose a thing is (`recruiter.email`) stays.

use stackscout_profile::Field;
use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::years::read_years;

use crate::layout::plain;
use crate::protected::is_protected;

use super::parse::Json;

/// Objects that hold the person's own fields.
const WRAPPERS: [&str; 13] = [
    "candidate",
    "person",
    "applicant",
    "contact",
    "profile",
    "basics",
    "attributes",
    "fields",
    "data",
    "personal",
    "personal_info",
    "contact_info",
    "properties",
];
/// Objects that hold where the person lives, and keys in them that are the person's own.
const PLACES: [&str; 4] = ["location", "address", "current_location", "residence"];
const PLACE_KEYS: [&str; 8] =
    ["city", "region", "state", "country", "country_code", "countrycode", "country_name", "town"];
/// Parts of a name under `name`, and what they are called alone.
const NAME_PARTS: [(&str, &str); 6] = [
    ("first", "first name"),
    ("given", "first name"),
    ("first_name", "first name"),
    ("last", "last name"),
    ("family", "last name"),
    ("last_name", "last name"),
];
/// The key under which an object keeps what it is about, the surest first.
const PRINCIPALS: [&str; 8] = ["value", "name", "text", "label", "title", "display_name", "address", "url"];
/// Keys that say nothing to a reader.
const IDS: [&str; 4] = ["id", "uuid", "type", "kind"];

/// The cells of an object, in the order of its keys. Several of one name are several.
pub(crate) fn cells(object: &[(String, Json)]) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    add(object, "", &mut cells);
    cells
}

fn add(object: &[(String, Json)], path: &str, cells: &mut Vec<(String, String)>) {
    for (key, value) in object {
        // A protected attribute is called by its own name, so that it is recognised wherever it stands.
        let name = match path {
            "" => key.clone(),
            _ if is_protected(key) => key.clone(),
            _ => inner_name(path, key),
        };
        match value {
            Json::Object(members) if path.is_empty() && WRAPPERS.contains(&bare(key).as_str()) => {
                add(members, "", cells);
            }
            Json::Object(members) => match principal_alone(members).or_else(|| skills(path, key, members)) {
                Some(text) => cells.push((name, text)),
                None => add(members, &name, cells),
            },
            other => cells.push((name, text(other))),
        }
    }
}

/// The name of a key inside of an object: its path, where the object is not the person's place or name.
fn inner_name(path: &str, key: &str) -> String {
    let (outer, inner) = (bare(path), bare(key));
    if PLACES.contains(&outer.as_str()) && PLACE_KEYS.contains(&inner.as_str()) {
        return key.to_owned();
    }
    let part = NAME_PARTS.iter().find(|(part, _)| *part == inner).filter(|_| outer == "name");
    part.map_or_else(|| format!("{path}.{key}"), |(_, alone)| (*alone).to_owned())
}

fn bare(key: &str) -> String {
    let mut bare = String::with_capacity(key.len());
    for c in key.chars() {
        if c.is_uppercase() && !bare.is_empty() {
            bare.push('_');
        }
        bare.extend(c.to_lowercase());
    }
    bare
}

/// What an object is about, where it holds nothing else but ids: `{"id": 7, "name": "Berlin"}`.
fn principal_alone(members: &[(String, Json)]) -> Option<String> {
    let mut found = None;
    for (key, value) in members {
        match value {
            _ if IDS.contains(&bare(key).as_str()) => {}
            Json::Text(_) | Json::Number(_)
                if found.is_none() && PRINCIPALS.contains(&bare(key).as_str()) =>
            {
                found = Some(text(value));
            }
            Json::Null => {}
            _ => return None,
        }
    }
    found
}

/// What a value says in one cell.
pub(crate) fn text(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::Bool(b) => b.to_string(),
        Json::Number(written) => number(written),
        Json::Text(text) => text.clone(),
        Json::Object(members) => item(members),
        Json::List(items) => {
            let texts: Vec<String> = items.iter().map(text).filter(|text| !text.trim().is_empty()).collect();
            // Short items are a list; sentences and records stand on lines of their own.
            let is_list = items.iter().all(|item| match item {
                Json::Object(members) => principal_alone(members).is_some() || skill(members).is_some(),
                Json::Text(text) => !text.contains(['\n', ';']),
                Json::List(_) => false,
                _ => true,
            });
            texts.join(if is_list { "; " } else { "\n" })
        }
    }
}

/// One object of a list: what it is about, or all that it says.
fn item(members: &[(String, Json)]) -> String {
    if let Some(text) = principal_alone(members).or_else(|| skill(members)) {
        return text;
    }
    let said = members.iter().filter(|(key, _)| !IDS.contains(&bare(key).as_str()) && !is_protected(key));
    let texts: Vec<String> =
        said.map(|(_, value)| text(value)).filter(|text| !text.trim().is_empty()).collect();
    texts.join(", ")
}

/// The person's skills where an object holds them: one, or each under its name.
fn skills(path: &str, key: &str, members: &[(String, Json)]) -> Option<String> {
    let of_skills = || matches!(plain().meaning(key), Some(Field::Skills | Field::Interests));
    (path.is_empty() && of_skills()).then(|| skill(members).or_else(|| skills_by_name(members))).flatten()
}

/// `{"Django": 5, "Flask": "2 years", "Go": false}` as people write it: `Django (5 years); Flask (2 years); Go (no)`.
/// `None` where one of the values says nothing of a skill: the names are then something else, such as kinds of skills.
fn skills_by_name(members: &[(String, Json)]) -> Option<String> {
    let mut written = Vec::with_capacity(members.len());
    for (name, value) in members {
        let said = match value {
            Json::Null => continue,
            Json::Text(text) if text.trim().is_empty() => continue,
            Json::Object(inner) => match notes(inner.iter())? {
                (None, notes) => notes.join(", "),
                (Some(_), _) => return None,
            },
            Json::List(_) => return None,
            Json::Bool(_) | Json::Number(_) | Json::Text(_) => note(&text(value))?,
        };
        written.push(if said.is_empty() { name.clone() } else { format!("{name} ({said})") });
    }
    (!written.is_empty()).then(|| written.join("; "))
}

/// What a value behind the name of a skill says of it, empty where no more than that it is held; `None` where it is no
/// such word.
fn note(said: &str) -> Option<String> {
    let said = said.trim();
    let is_figure = said.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match read_yes_no(said) {
        // A one is a year here.
        Ok(true) if !is_figure => return Some(String::new()),
        Ok(false) if !is_figure => return Some("no".to_owned()),
        _ => {}
    }
    if is_figure {
        return Some(format!("{said} years"));
    }
    let is_level = LEVELS.contains(&said.to_lowercase().as_str());
    // `4/5`, `80%`
    let is_rating = said.bytes().all(|b| b.is_ascii_digit() || b"/% ".contains(&b));
    (is_level || is_rating || read_years(said).is_ok()).then(|| said.to_owned())
}

/// Words for how well a skill is known. They only tell an object of skills from one of kinds of skills.
const LEVELS: [&str; 27] = [
    "basic",
    "basics",
    "beginner",
    "novice",
    "junior",
    "intermediate",
    "medium",
    "good",
    "strong",
    "advanced",
    "proficient",
    "fluent",
    "senior",
    "expert",
    "master",
    "anfänger",
    "grundkenntnisse",
    "gut",
    "sehr gut",
    "fortgeschritten",
    "experte",
    "débutant",
    "intermédiaire",
    "avancé",
    "básico",
    "avanzado",
    "gevorderd",
];

/// `{"name": "Django", "years": 4, "level": "expert"}` as people write it: `Django (4 years, expert)`; of a kind of skills
/// the skills: `{"name": "Web", "keywords": ["HTML", "CSS"]}` is `Web: HTML, CSS`.
fn skill(members: &[(String, Json)]) -> Option<String> {
    let is_list = |(key, value): &&(String, Json)| bare(key) == "keywords" && matches!(value, Json::List(_));
    let keywords: Vec<String> = match members.iter().find(is_list) {
        Some((_, Json::List(items))) => items.iter().map(text).collect(),
        _ => Vec::new(),
    };
    let (name, notes) = notes(members.iter().filter(|member| !is_list(member)))?;
    let name = name?;
    Some(match (keywords.is_empty(), notes.is_empty()) {
        (false, _) => format!("{name}: {}", keywords.join(", ")),
        (true, true) => name,
        (true, false) => format!("{name} ({})", notes.join(", ")),
    })
}

/// The name of a skill and what is said of it; `None` where an object holds anything else.
fn notes<'a>(members: impl Iterator<Item = &'a (String, Json)>) -> Option<(Option<String>, Vec<String>)> {
    let mut name = None;
    let mut notes = Vec::new();
    for (key, value) in members {
        let said = text(value);
        let key = bare(key);
        match key.as_str() {
            _ if IDS.contains(&key.as_str()) || said.is_empty() => {}
            "name" | "skill" | "skill_name" | "language" if name.is_none() => name = Some(said),
            "years" | "years_experience" | "years_of_experience" | "experience_years" | "experience" => {
                let is_number = said.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                notes.push(if is_number { format!("{said} years") } else { said });
            }
            "level" | "proficiency" | "fluency" | "rating" => notes.push(said),
            "last_used" | "last_used_year" => notes.push(format!("last used {said}")),
            _ => return None,
        }
    }
    Some((name, notes))
}

/// A number without exponent, digit for digit; `5.0` is `5`.
fn number(written: &str) -> String {
    let (mantissa, exponent) = match written.split_once(['e', 'E']) {
        None => (written, 0),
        Some((mantissa, exponent)) => match exponent.parse::<i32>() {
            Ok(exponent @ -30..=30) => (mantissa, exponent),
            _ => return written.to_owned(),
        },
    };
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    let point = whole.len() as i32 + exponent;
    let shifted = if point <= 0 {
        format!("0.{}{all}", "0".repeat(point.unsigned_abs() as usize))
    } else if point as usize >= all.len() {
        format!("{all}{}", "0".repeat(point as usize - all.len()))
    } else {
        format!("{}.{}", &all[..point as usize], &all[point as usize..])
    };
    let trimmed = match shifted.contains('.') {
        true => shifted.trim_end_matches('0').trim_end_matches('.'),
        false => shifted.as_str(),
    };
    let led = trimmed.trim_start_matches('0');
    let led = if led.is_empty() || led.starts_with('.') { format!("0{led}") } else { led.to_owned() };
    if led == "0" { led } else { format!("{sign}{led}") }
}

#[cfg(test)]
mod tests {
    use super::super::parse::parse;
    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        match parse(text.as_bytes()).unwrap() {
            Json::Object(members) => cells(&members),
            _ => panic!("no object"),
        }
    }

    fn check(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<_> = expected.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        assert_eq!(read(text), expected, "{text}");
    }

    #[test]
    fn plain_values_are_cells() {
        check(
            r#"{"name": "Ada", "years": 5.0, "remote": true, "phone": null, "id": 12345678901234567890}"#,
            &[
                ("name", "Ada"),
                ("years", "5"),
                ("remote", "true"),
                ("phone", ""),
                ("id", "12345678901234567890"),
            ],
        );
    }

    #[test]
    fn lists_are_cells_as_people_write_them() {
        check(r#"{"tags": ["a", "b"], "none": []}"#, &[("tags", "a; b"), ("none", "")]);
        check(r#"{"notes": ["One; two.", "Three."]}"#, &[("notes", "One; two.\nThree.")]);
        check(
            r#"{"email_addresses": [{"value": "a@x.org", "type": "work"}, {"value": "b@x.org", "type": "home"}]}"#,
            &[("email_addresses", "a@x.org; b@x.org")],
        );
        check(
            r#"{"skills": [{"name": "Django", "years": 4}, {"name": "Go", "level": "expert"}, "SQL"]}"#,
            &[("skills", "Django (4 years); Go (expert); SQL")],
        );
        check(
            r#"{"jobs": [{"id": 1, "company": "Acme", "title": "Engineer", "start": "2019"}, {"company": "B"}]}"#,
            &[("jobs", "Acme, Engineer, 2019\nB")],
        );
    }

    #[test]
    fn skills_under_their_names_are_a_list_of_skills() {
        check(
            r#"{"skills": {"Django": 5, "Flask": "2 years", "Rust": {"years": 3, "last_used": 2024}}}"#,
            &[("skills", "Django (5 years); Flask (2 years); Rust (3 years, last used 2024)")],
        );
        check(
            r#"{"Skills": {"Django": true, "Flask": false, "Go": null, "PHP": 1, "Vue": "Expert", "C": "yes"}}"#,
            &[("Skills", "Django; Flask (no); PHP (1 years); Vue (Expert); C")],
        );
        check(r#"{"skills": {"name": "Django", "yearsOfExperience": 5}}"#, &[("skills", "Django (5 years)")]);
        check(
            r#"{"skills": [{"name": "Web", "level": "Master", "keywords": ["HTML", "CSS"]}, {"name": "Go"}]}"#,
            &[("skills", "Web: HTML, CSS; Go")],
        );
        // Names of kinds, and of columns.
        check(
            r#"{"skills": {"primary": "Python", "other": ["Go"]}}"#,
            &[("skills.primary", "Python"), ("skills.other", "Go")],
        );
        check(r#"{"recruiter": {"Django": 5}}"#, &[("recruiter.Django", "5")]);
    }

    #[test]
    fn objects_are_named_by_their_path_and_wrappers_by_nothing() {
        check(
            r#"{"name": {"first": "Ada", "last": "Moss", "suffix": "x"}}"#,
            &[("first name", "Ada"), ("last name", "Moss"), ("name.suffix", "x")],
        );
        check(
            r#"{"location": {"city": "Bonn", "street": "x"}, "employer": {"location": {"city": "Ulm"}}}"#,
            &[("city", "Bonn"), ("location.street", "x"), ("employer.location.city", "Ulm")],
        );
        check(
            r#"{"candidate": {"name": "Ada"}, "stage": {"id": 3, "text": "Offer"}}"#,
            &[("name", "Ada"), ("stage", "Offer")],
        );
        check(
            r#"{"recruiter": {"email": "r@x.org", "team": 1}}"#,
            &[("recruiter.email", "r@x.org"), ("recruiter.team", "1")],
        );
        check(r#"{"contactInfo": {"email": "a@x.org"}}"#, &[("email", "a@x.org")]);
    }

    #[test]
    fn protected_attributes_are_called_by_their_name() {
        check(r#"{"eeo": {"gender": "f", "x": "y"}}"#, &[("gender", "f"), ("eeo.x", "y")]);
        check(r#"{"people": [{"a": "b", "gender": "f", "c": "d"}]}"#, &[("people", "b, d")]);
    }

    #[test]
    fn numbers_are_written_digit_for_digit() {
        for (written, text) in [
            ("1.23E12", "1230000000000"),
            ("5.0", "5"),
            ("-0.0", "0"),
            ("1e-3", "0.001"),
            ("12.50", "12.5"),
            ("0.5", "0.5"),
            ("100", "100"),
            ("1e400", "1e400"),
            ("-1.5e1", "-15"),
            ("0e5", "0"),
            ("9007199254740993", "9007199254740993"),
        ] {
            assert_eq!(number(written), text, "{written}");
        }
    }
}
