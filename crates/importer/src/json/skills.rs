//! Skills under their names, in lists and in groups, as people write them in one cell.
//!
//! Each key and each element is understood by itself. What none of them is goes to the cell as text: as a spelling that
//! nobody knows it is reported there, and it costs no other skill.

use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::years::read_years;
use stackscout_taxonomy::Stance;
use stackscout_taxonomy::written::note_stance;

use super::cells::{IDS, bare, principal_alone, text};
use super::parse::Json;
use crate::protected::is_protected;

/// The cell that an object or a list of skills makes: single skills first, then groups under their labels, because a
/// label such as `expert` holds for all behind it.
pub(super) fn cell(value: &Json) -> String {
    let mut said = Said::default();
    said.value(value, Under::default());
    said.cell()
}

#[derive(Debug, Default)]
struct Said {
    items: Vec<String>,
    groups: Vec<(String, Vec<String>)>,
}

/// The group that skills stand in, and whether what its label says holds for groups inside of it too.
#[derive(Debug, Default, Clone, Copy)]
struct Under {
    group: Option<usize>,
    binds: bool,
}

impl Said {
    fn cell(&self) -> String {
        let is_list = !self.items.iter().any(|item| item.contains(['\n', ';']));
        let groups = self.groups.iter().filter(|(_, items)| !items.is_empty());
        let groups = groups.map(|(label, items)| format!("{label}: {}", items.join(", ")));
        let all: Vec<String> = self.items.iter().cloned().chain(groups).collect();
        all.join(if is_list { "; " } else { "\n" })
    }

    fn push(&mut self, item: String, under: Under) {
        if item.trim().is_empty() {
            return;
        }
        match under.group.and_then(|at| self.groups.get_mut(at)) {
            Some((_, items)) => items.push(item),
            None => self.items.push(item),
        }
    }

    fn skill(&mut self, name: &str, notes: &[String], under: Under) {
        let item = match notes.is_empty() {
            true => name.to_owned(),
            false => format!("{name} ({})", notes.join(", ")),
        };
        self.push(item, under);
    }

    /// A group of this label, inside of another.
    fn group(&mut self, key: &str, under: Under) -> Under {
        if under.binds {
            return under;
        }
        let label = label(key);
        let bound = binding(&label);
        self.groups.push((bound.map_or(label, str::to_owned), Vec::new()));
        Under { group: Some(self.groups.len() - 1), binds: bound.is_some() }
    }

    fn value(&mut self, value: &Json, under: Under) {
        match value {
            Json::Null => {}
            Json::List(items) => match items.as_slice() {
                [Json::Text(name), years @ Json::Number(_)] => self.named(name, years, under),
                items => items.iter().for_each(|item| self.value(item, under)),
            },
            Json::Object(members) => self.object(members, under),
            other => self.push(text(other), under),
        }
    }

    /// One skill with what is said of it, a group of skills, or skills under their names.
    fn object(&mut self, members: &[(String, Json)], under: Under) {
        let mut details = Details::of(members);
        // What else stands beside a name (a colour, a parent, when it was added) is no skill of the person's.
        let others = if details.is_named { Vec::new() } else { std::mem::take(&mut details.others) };
        match (&details.name, details.lists.is_empty()) {
            (Some(name), true) => self.skill(&details.with_version(name), &details.notes(), under),
            (None, true) => {
                let label = details.label.clone().filter(|_| details.label_is_said);
                label.into_iter().chain(details.notes()).for_each(|said| self.push(said, under));
            }
            (name, false) => {
                let inside = match name.as_ref().or(details.label.as_ref()) {
                    Some(label) => self.group(label, under),
                    None => under,
                };
                details.lists.iter().for_each(|list| self.value(list, inside));
            }
        }
        for (key, value) in others {
            self.named(key, value, under);
        }
    }

    /// What stands behind a name: what is said of the skill, or what belongs to a group.
    fn named(&mut self, name: &str, value: &Json, under: Under) {
        match value {
            Json::Null => {}
            Json::Text(text) if text.trim().is_empty() => {}
            Json::Bool(_) | Json::Number(_) | Json::Text(_) => match note(&text(value)) {
                Some(note) if note.is_empty() => self.skill(name, &[], under),
                Some(note) => self.skill(name, &[note], under),
                None => {
                    let inside = self.group(name, under);
                    self.push(text(value), inside);
                }
            },
            Json::Object(members) => {
                let details = Details::of(members);
                if details.name.is_some() {
                    return self.object(members, under);
                }
                let is_one = details.is_known || (details.others.is_empty() && details.lists.is_empty());
                if is_one {
                    self.skill(&details.with_version(name), &details.notes(), under);
                }
                if !details.lists.is_empty() || !details.others.is_empty() {
                    let inside = self.group(name, under);
                    details.lists.iter().for_each(|list| self.value(list, inside));
                    for (key, value) in details.others {
                        self.named(key, value, inside);
                    }
                }
            }
            Json::List(items) => {
                let notes = items.iter().map(|item| match item {
                    Json::Text(said) => note(said).filter(|note| !note.is_empty()),
                    _ => None,
                });
                match notes.collect::<Option<Vec<String>>>() {
                    Some(notes) if !notes.is_empty() => self.skill(name, &notes, under),
                    _ => {
                        let inside = self.group(name, under);
                        items.iter().for_each(|item| self.value(item, inside));
                    }
                }
            }
        }
    }
}

/// What an object says of a skill.
#[derive(Debug, Default)]
struct Details<'a> {
    name: Option<String>,
    /// Whether the key of the name says that the object is about one thing: `name`, not `language`.
    is_named: bool,
    /// A word for the kind of the skills, where they are a list.
    label: Option<String>,
    /// Whether that word is no mere type of the object.
    label_is_said: bool,
    version: Option<String>,
    years: Option<String>,
    months: Option<String>,
    levels: Vec<String>,
    from: Option<String>,
    to: Option<String>,
    last_used: Option<String>,
    held: Option<bool>,
    /// Whether a remark denies it, which counts where nothing says how long or how well.
    denied: bool,
    wanted: bool,
    lists: Vec<&'a Json>,
    /// Whether a key says something of a skill.
    is_known: bool,
    /// Keys that say something else.
    others: Vec<&'a (String, Json)>,
}

impl<'a> Details<'a> {
    fn of(members: &'a [(String, Json)]) -> Self {
        let mut details = Self::default();
        details.add(members);
        details
    }

    fn add(&mut self, members: &'a [(String, Json)]) {
        for member in members {
            let (key, value) = member;
            let key = bare(key).replace([' ', '-'], "_");
            let key = key.as_str();
            match value {
                _ if is_protected(&member.0) => {}
                Json::Null => {}
                Json::Text(text) if text.trim().is_empty() => {}
                Json::List(_) if LISTS.contains(&key) => self.lists.push(value),
                Json::Object(inner) if AROUND.contains(&key) => self.add(inner),
                Json::Object(inner) if NAMES.contains(&key) && self.name.is_none() => {
                    match principal_alone(inner) {
                        Some(name) => {
                            self.is_named = !KINDS.contains(&key);
                            self.name = Some(name);
                        }
                        None if key == "skill" => self.add(inner),
                        None => self.others.push(member),
                    }
                }
                Json::Text(text) if LABELS.contains(&key) => {
                    self.label_is_said |= !IDS.contains(&key);
                    self.label = Some(text.clone());
                }
                _ if IDS.contains(&key) => {}
                Json::Bool(_) | Json::Number(_) if SILENT.contains(&key) => {}
                Json::Text(_) if SILENT_TEXTS.contains(&key) => {}
                Json::Text(text) if NAMES.contains(&key) && self.name.is_none() => {
                    self.is_named = !KINDS.contains(&key);
                    self.name = Some(text.trim().to_owned());
                }
                Json::Text(text) if REMARKS.contains(&key) => match remark(text) {
                    Some(Stance::Wanted) => {
                        self.is_known = true;
                        self.wanted = true;
                    }
                    Some(Stance::Negated) => {
                        self.is_known = true;
                        self.denied = true;
                    }
                    Some(Stance::Held) | None => self.others.push(member),
                },
                Json::Bool(_) | Json::Number(_) | Json::Text(_) => {
                    if self.is_said(key, text(value).trim()) {
                        self.is_known = true;
                    } else {
                        self.others.push(member);
                    }
                }
                Json::Object(inner) => match principal_alone(inner) {
                    Some(said) if self.is_said(key, said.trim()) => self.is_known = true,
                    _ => self.others.push(member),
                },
                Json::List(_) => self.others.push(member),
            }
        }
    }

    /// Takes what a key says of a skill; whether it says something.
    fn is_said(&mut self, key: &str, said: &str) -> bool {
        let words = || Some(said.to_owned());
        match key {
            "years"
            | "year"
            | "yrs"
            | "yoe"
            | "years_experience"
            | "years_of_experience"
            | "experience_years"
            | "experience"
            | "experience_in_years"
            | "years_used"
            | "total_years" => self.years = words(),
            "months"
            | "months_experience"
            | "months_of_experience"
            | "experience_months"
            | "experience_in_months"
            | "months_used"
            | "total_months" => self.months = words(),
            "level" | "proficiency" | "fluency" | "rating" | "skill_level" | "expertise" | "competence" => {
                self.levels.push(said.to_owned());
            }
            "since" | "from" | "start" | "started" | "start_year" | "start_date" | "since_year"
            | "from_year" | "started_at" | "first_used" => self.from = words(),
            "to" | "until" | "till" | "end" | "ended" | "end_year" | "end_date" | "to_year" | "ended_at" => {
                self.to = words();
            }
            "last_used" | "last_used_year" | "last_used_at" | "last_used_on" | "last_year" => {
                self.last_used = words();
            }
            "version" => self.version = words(),
            "current" | "is_current" | "in_use" => match read_yes_no(said) {
                Ok(true) => self.to = Some("present".to_owned()),
                Ok(false) => {}
                Err(_) => return false,
            },
            "has" | "have" | "held" | "holds" | "known" | "knows" | "owned" | "possessed" => {
                match read_yes_no(said) {
                    Ok(held) => self.held = Some(held),
                    Err(_) => return false,
                }
            }
            // A list of what was looked for, of which each is there or is not.
            "matched" | "is_matched" | "match" | "is_match" | "selected" | "is_selected" | "checked"
            | "is_checked" | "ticked" => match read_yes_no(said) {
                Ok(true) => {}
                Ok(false) => self.held = Some(false),
                Err(_) => return false,
            },
            "missing" | "is_missing" | "lacking" | "lacks" | "absent" | "denied" | "negated"
            | "is_negated" | "gap" | "is_gap" | "not_held" | "no_experience" => match read_yes_no(said) {
                Ok(true) => self.held = Some(false),
                Ok(false) => {}
                Err(_) => return false,
            },
            "interested"
            | "is_interested"
            | "interest"
            | "wanted"
            | "wants"
            | "wants_to_learn"
            | "want_to_learn"
            | "learning"
            | "desired"
            | "would_like_to_learn" => match read_yes_no(said) {
                Ok(wanted) => self.wanted = wanted,
                Err(_) => return false,
            },
            _ => return false,
        }
        true
    }

    /// Whether something says how long, how well or when it was used.
    fn is_evident(&self) -> bool {
        let figures = self.years.iter().map(|years| amount(years, "years"));
        let figures = figures.chain(self.months.iter().map(|months| amount(months, "months")));
        let dates = [&self.from, &self.to, &self.last_used];
        dates.into_iter().any(Option::is_some)
            || figures.chain(self.levels.iter().cloned()).any(|said| says_some(&said))
    }

    fn with_version(&self, name: &str) -> String {
        match &self.version {
            Some(version) => format!("{name} {version}"),
            None => name.to_owned(),
        }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let denied = self.denied && self.held.is_none() && !self.is_evident();
        if (self.held == Some(false) || denied) && !self.wanted {
            return vec!["no".to_owned()];
        }
        match (&self.years, &self.months) {
            // `{"years": 4, "months": 6}`; the same time said twice is in months above twelve.
            (Some(years), Some(months)) if is_digits(years) && is_below_twelve(months) => {
                notes.push(format!("{years}y{months}m"));
            }
            (Some(years), _) => notes.push(amount(years, "years")),
            (None, Some(months)) => notes.push(amount(months, "months")),
            (None, None) => {}
        }
        notes.extend(self.levels.iter().cloned());
        notes.extend(self.span());
        if let Some(used) = &self.last_used {
            notes.push(format!("last used {}", year_in(used).unwrap_or(used)));
        }
        // Who has worked with it and wants to go on has worked with it.
        if self.wanted && notes.is_empty() && self.held != Some(true) {
            notes.push(WANTED.to_owned());
        }
        notes
    }

    /// `2019-2023`, `since 2019`, `until 2023`; what is no year, as it stands.
    fn span(&self) -> Vec<String> {
        let is_now = |said: &str| {
            let said = said.to_lowercase();
            matches!(said.as_str(), "present" | "now" | "today" | "current" | "heute" | "ongoing")
        };
        let from = self.from.as_deref().and_then(year_in);
        let unread = self.from.iter().filter(|_| from.is_none()).cloned();
        match (from, self.to.as_deref()) {
            (None, None) => unread.collect(),
            (Some(from), None) => vec![format!("since {from}")],
            (Some(from), Some(to)) if is_now(to) => vec![format!("{from} - present")],
            (None, Some(to)) if is_now(to) => unread.chain(["current".to_owned()]).collect(),
            (from, Some(to)) => match (from, year_in(to)) {
                (Some(from), Some(to)) => vec![format!("{from}-{to}")],
                (Some(from), None) => vec![format!("since {from}"), to.to_owned()],
                (None, Some(to)) => unread.chain([format!("until {to}")]).collect(),
                (None, None) => unread.chain([to.to_owned()]).collect(),
            },
        }
    }
}

/// The note of a skill that somebody would like to work with.
const WANTED: &str = "want to learn";

/// Keys under which an object keeps the name of a skill.
const NAMES: [&str; 14] = [
    "tag",
    "tag_name",
    "keyword",
    "name",
    "skill",
    "skill_name",
    "language",
    "title",
    "label",
    "value",
    "text",
    "display_name",
    "technology",
    "tool",
];
/// Those that may also be one of several kinds: `{"language": "Python", "database": "PostgreSQL"}`.
const KINDS: [&str; 3] = ["language", "technology", "tool"];
/// Keys of a remark on a skill, which may deny it or wish for it.
const REMARKS: [&str; 14] = [
    "description",
    "comment",
    "comments",
    "note",
    "notes",
    "remark",
    "remarks",
    "details",
    "status",
    "bemerkung",
    "kommentar",
    "commentaire",
    "comentario",
    "uwagi",
];
/// Words of a remark that is taken for a denial or a wish: longer ones describe something.
const REMARK_WORDS_MAX: usize = 5;
/// Keys under which an object keeps skills, and that are no label of them.
const LISTS: [&str; 14] = [
    "technologies",
    "tools",
    "keywords",
    "skills",
    "items",
    "data",
    "values",
    "list",
    "results",
    "children",
    "nodes",
    "edges",
    "entries",
    "elements",
];
/// Keys that name a kind of skills.
const LABELS: [&str; 5] = ["category", "group", "kind", "type", "area"];
/// Objects that hold the fields of a skill.
const AROUND: [&str; 3] = ["attributes", "fields", "node"];
/// Keys with figures and ticks that say nothing of how well or how long a skill is known.
const SILENT: [&str; 10] = [
    "endorsements",
    "endorsement_count",
    "endorsements_count",
    "order",
    "position",
    "rank",
    "primary",
    "is_primary",
    "verified",
    "is_verified",
];
/// The same with texts.
const SILENT_TEXTS: [&str; 10] = [
    "slug",
    "created_at",
    "updated_at",
    "url",
    "href",
    "color",
    "colour",
    "icon",
    "created_by",
    "updated_by",
];

/// A label as people write it: `want_to_learn` and `wantToLearn` are three words, `iOS` and `GraphQL` one.
fn label(key: &str) -> String {
    let spaced = key.replace(['_', ':', ';', ',', '\n', '\r'], " ");
    let letters: Vec<char> = spaced.chars().collect();
    let before_small = |at: usize| letters.get(at + 1).is_some_and(|next| next.is_lowercase());
    let mut capitals = (0..letters.len()).filter(|at| letters[*at].is_uppercase()).peekable();
    let is_camel = letters.first().is_some_and(|c| c.is_lowercase())
        && capitals.peek().is_some_and(|at| *at > 1)
        && capitals.all(before_small);
    if !is_camel {
        return spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let mut words = String::with_capacity(spaced.len() + 4);
    for c in letters {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a label says of every skill below it, in words that are read: that it is wanted, or not held.
fn binding(label: &str) -> Option<&'static str> {
    let label = label.to_lowercase();
    let words: Vec<&str> = label.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    match wishes(&words) {
        true => Some(WANTED),
        false => denies(&words).then_some("no"),
    }
}

/// Whether the words of a label wish for what stands below it.
fn wishes(words: &[&str]) -> bool {
    let is_wish = |word: &&str| {
        matches!(
            *word,
            "want"
                | "wants"
                | "wanted"
                | "wish"
                | "wishes"
                | "wishlist"
                | "desired"
                | "interest"
                | "interests"
                | "interested"
                | "interesse"
                | "interessen"
                | "lernen"
                | "intérêt"
                | "intérêts"
                | "apprendre"
                | "intereses"
                | "aprender"
                | "leren"
                | "zainteresowania"
        )
    };
    // `machine learning` and `scikit-learn` are skills.
    let learns = matches!(words, ["learning"] | ["currently" | "now" | "still", "learning", ..])
        || words.windows(2).any(|pair| pair == ["to", "learn"]);
    learns || words.iter().any(is_wish)
}

/// Whether the words of a label deny what stands below it.
fn denies(words: &[&str]) -> bool {
    match words {
        // `no sql`, `no code`
        ["no", "sql" | "code" | "ops", ..] => false,
        [first, ..] => matches!(
            *first,
            "no" | "not"
                | "none"
                | "never"
                | "without"
                | "missing"
                | "lacking"
                | "kein"
                | "keine"
                | "keinerlei"
                | "nie"
                | "jamais"
                | "nunca"
                | "nooit"
                | "nigdy"
                | "nicht"
                | "ohne"
                | "sans"
                | "aucune"
                | "sin"
                | "geen"
                | "niet"
                | "brak"
                | "bez"
        ),
        [] => false,
    }
}

/// What a short remark says of a skill. It denies where it does so as a note in a list of skills: `never used`, not `no
/// certificate`. Where there is no more than a place for a remark, `n/a` says nothing.
fn remark(said: &str) -> Option<Stance> {
    let said = said.trim().to_lowercase();
    if said == "n/a" || said.split_whitespace().count() > REMARK_WORDS_MAX {
        return None;
    }
    note_stance(&said).or_else(|| {
        let words: Vec<&str> = said.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        (wishes(&words) && !denies(&words)).then_some(Stance::Wanted)
    })
}

/// Whether a figure or a level is more than none: not `0 years`, `-1`, `0/5`.
fn says_some(said: &str) -> bool {
    !said.starts_with('-')
        && said.contains(|c: char| c.is_alphanumeric() && c != '0')
        && note_stance(said) != Some(Stance::Negated)
}

fn is_digits(said: &str) -> bool {
    !said.is_empty() && said.bytes().all(|b| b.is_ascii_digit())
}

fn is_below_twelve(said: &str) -> bool {
    said.parse::<u8>().is_ok_and(|months| (1..12).contains(&months))
}

/// `5`, `2.5`, `2-3`, `5+`: a number or a range that has no unit.
fn is_amount(said: &str) -> bool {
    !said.starts_with('-')
        && said.bytes().any(|b| b.is_ascii_digit())
        && said.chars().all(|c| c.is_ascii_digit() || ".,-–+<>~ ".contains(c))
        && year_in(said).is_none()
}

fn amount(said: &str, unit: &str) -> String {
    if is_amount(said) { format!("{said} {unit}") } else { said.to_owned() }
}

/// The year in a day, a month or a year.
fn year_in(said: &str) -> Option<&str> {
    let mut runs = said.split(|c: char| !c.is_ascii_digit());
    runs.find(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
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
    if is_figure || is_amount(said) {
        return Some(format!("{said} years"));
    }
    // Nobody has less than no years: systems write so what nobody entered.
    if said
        .strip_prefix('-')
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
    {
        return Some(said.to_owned());
    }
    let is_level = LEVELS.contains(&said.to_lowercase().as_str());
    // `4/5`, `80%`
    let is_rating = said.bytes().all(|b| b.is_ascii_digit() || b"/% ".contains(&b));
    (is_level || is_rating || read_years(said).is_ok()).then(|| said.to_owned())
}

/// Words for how well a skill is known. They only tell what is said of a skill from the names of others.
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

#[cfg(test)]
mod tests {
    //! - what a key says is read, whatever its neighbours say
    //! - groups are labelled lists; what a label says of all holds in groups inside of it
    //! - what is not understood stays, as text

    use proptest::prelude::*;

    use super::super::parse::parse;
    use super::*;

    fn check(json: &str, expected: &str) {
        assert_eq!(cell(&parse(json.as_bytes()).unwrap()), expected, "{json}");
    }

    #[test]
    fn an_odd_value_costs_no_neighbour() {
        check(
            r#"{"Python": 4, "Go": 2, "Java": {"since": 2015}}"#,
            "Python (4 years); Go (2 years); Java (since 2015)",
        );
        check(r#"{"Python": 4, "AWS": {"EC2": 2}}"#, "Python (4 years); AWS: EC2 (2 years)");
        check(r#"{"React": {"months": 6}, "Go": {"years": "2-3"}}"#, "React (6 months); Go (2-3 years)");
        check(r#"{"Lua": -1, "Go": 2}"#, "Lua (-1); Go (2 years)");
        check(r#"{"Go": {"years": 4, "months": 6}, "C": "2-3"}"#, "Go (4y6m); C (2-3 years)");
        check(r#"{"Go": 3, "Java": "used in school", "C": {}}"#, "Go (3 years); C; Java: used in school");
        check(
            r#"{"Go": 3, "Java": {"years": 2, "projects": 5}}"#,
            "Go (3 years); Java (2 years); Java: projects (5 years)",
        );
        check(
            r#"{"Go": ["3 years", "expert"], "js": {"name": "JavaScript", "years": 1}}"#,
            "Go (3 years, expert); JavaScript (1 years)",
        );
    }

    #[test]
    fn groups_are_labelled_lists() {
        check(
            r#"{"backend": ["Python", "Go"], "frontend": ["React"]}"#,
            "backend: Python, Go; frontend: React",
        );
        check(r#"{"primary": "Python", "other": [{"Go": 2}]}"#, "primary: Python; other: Go (2 years)");
        check(r#"{"items": ["Go", {"name": "C"}]}"#, "Go; C");
        check(r#"{"data": [{"id": 1, "attributes": {"name": "Go"}}]}"#, "Go");
        check(r#"{"cloud": {"AWS": ["EC2", "S3"]}, "Go": 3}"#, "Go (3 years); AWS: EC2, S3");
        check(
            r#"[{"category": "Web", "skills": ["HTML"]}, {"name": "DB", "keywords": ["SQL"]}, "C"]"#,
            "C; Web: HTML; DB: SQL",
        );
    }

    #[test]
    fn labels_that_say_something_of_all_hold_for_all() {
        check(r#"{"wantToLearn": {"backend": ["Go"], "Rust": 1}}"#, "want to learn: Go, Rust (1 years)");
        check(
            r#"{"no_experience": ["PHP"], "machine learning": ["PyTorch"]}"#,
            "no: PHP; machine learning: PyTorch",
        );
        check(r#"{"no sql": ["MongoDB"], "iOS": ["Swift"]}"#, "no sql: MongoDB; iOS: Swift");
    }

    #[test]
    fn elements_of_lists_are_skills() {
        check(r#"[{"Go": 3}, {"Python": 2}, ["C", 4]]"#, "Go (3 years); Python (2 years); C (4 years)");
        check(r#"[{"name": "Go", "months_of_experience": 18}]"#, "Go (18 months)");
        check(r#"[{"skill": "React", "months": 18}]"#, "React (18 months)");
        check(r#"[{"name": "Go", "from": "2019", "to": "2023"}]"#, "Go (2019-2023)");
        check(r#"[{"name": "Go", "from": "2019-05", "current": true}]"#, "Go (2019 - present)");
        check(r#"[{"name": "Go", "lastUsed": "2024-03-01", "to": null}]"#, "Go (last used 2024)");
        check(r#"[{"name": "Go", "has": false}, {"name": "C", "has": true}]"#, "Go (no); C");
        check(r#"[{"name": "Go", "interested": true}]"#, "Go (want to learn)");
        check(r#"[{"name": "Go", "interested": true, "years": 3}]"#, "Go (3 years)");
        check(r#"[{"skill": {"id": 3, "name": "Go"}, "years": 3, "endorsements": 12}]"#, "Go (3 years)");
        check(r#"[{"name": "React", "version": 18, "level": "expert"}]"#, "React 18 (expert)");
        check(r#"[{"name": "Go", "comment": "used at work"}, "One; two."]"#, "Go\nOne; two.");
        check(r#"[{"name": "Go", "gender": "f"}, 7, null, ""]"#, "Go; 7");
    }

    #[test]
    fn what_stands_beside_a_name_is_no_skill() {
        for (json, expected) in [
            (
                r#"[{"name": "Django", "color": "red"}, {"color": "julia", "label": "Flask"}]"#,
                "Django; Flask",
            ),
            (r#"[{"name": "React", "parent": {"name": "JavaScript"}, "aliases": ["Vue"]}]"#, "React"),
            (r#"[{"title": "React", "isArchived": false}]"#, "React"),
            (
                r#"[{"name": "Svelte", "missing": true}, {"name": "Ember", "matched": false}]"#,
                "Svelte (no); Ember (no)",
            ),
            (
                r#"[{"name": "Svelte", "missing": false}, {"name": "Ember", "matched": true}]"#,
                "Svelte; Ember",
            ),
            (r#"[{"name": "Vue", "description": "no experience"}]"#, "Vue (no)"),
            (
                r#"[{"name": "Vue", "notes": "keine Erfahrung"}, {"name": "C", "note": "never used"}]"#,
                "Vue (no); C (no)",
            ),
            (r#"[{"name": "Java", "years": 8, "note": "no certificate"}]"#, "Java (8 years)"),
            (r#"[{"name": "Vue", "status": "learning"}]"#, "Vue (want to learn)"),
            (r#"[{"name": "Mongo", "description": "No-SQL store"}]"#, "Mongo"),
            (r#"[{"name": "Go", "level": {"id": 1, "name": "expert"}}]"#, "Go (expert)"),
            (r#"{"language": "Python", "database": "Redis"}"#, "Python; database: Redis"),
        ] {
            check(json, expected);
        }
    }

    #[test]
    fn a_remark_denies_where_it_denies_as_a_whole() {
        for note in [
            "no certificate",
            "not only basics",
            "never certified",
            "no issues, very strong",
            "not certified",
            "no gaps",
            "not bad",
            "none better",
            "no preference",
            "not verified",
            "no formal training",
            "kein Zertifikat",
            "nicht nur Grundlagen",
            "without certification",
            "never in production",
            "no longer used",
            "n/a",
            "sans certificat",
            "geen certificaat",
        ] {
            check(&format!(r#"[{{"name": "Java", "note": "{note}"}}, "Go"]"#), "Java; Go");
        }
        for note in [
            "never used",
            "no",
            "none",
            "No experience.",
            "not known",
            "keine Erfahrung",
            "jamais utilisé",
            "nunca",
            "geen ervaring",
            "brak",
            "0 years",
        ] {
            check(&format!(r#"[{{"name": "Java", "note": "{note}"}}, "Go"]"#), "Java (no); Go");
            check(&format!(r#"[{{"name": "Java", "years": 0, "note": "{note}"}}]"#), "Java (no)");
        }
        for (json, expected) in [
            (r#"[{"name": "Java", "years": 8, "note": "none"}]"#, "Java (8 years)"),
            (r#"[{"name": "Java", "level": "expert", "comment": "no"}]"#, "Java (expert)"),
            (r#"[{"name": "Java", "level": "0/5", "comment": "no"}]"#, "Java (no)"),
            (r#"[{"name": "Java", "known": true, "notes": "none"}]"#, "Java"),
            (r#"[{"name": "Java", "note": "not interested"}]"#, "Java"),
        ] {
            check(json, expected);
        }
    }

    proptest! {
        #[test]
        fn nothing_breaks_it(json in "[\\[\\]{}:,\"a1 ]{0,24}") {
            if let Ok(json) = parse(json.as_bytes()) {
                let _ = cell(&json);
            }
        }
    }
}
