//! What does a column hold whose name says nothing? The share of its cells that have a telling form.
//!
//! Only forms that leave no doubt make a column something: what else is seen is said, and left to a person. An id is
//! never guessed (numbers of rows look like one, and would join people), nor is a date or a sum, which may be anybody's
//! and anything.
//!
//! | form | share of the filled cells, at least | filled cells, at least |
//! |---|---|---|
//! | e-mail addresses, links | 80% | 2 |
//! | telephone numbers, file names, years with their unit | 80% | 3 |
//! | countries, places, languages | 80%; codes of two letters 100% and three different ones | 3 |
//! | skills | 60% of the cells, and 60% of what stands in them; three different ones | 3 |
//! | job titles | 60% | 3 |
//! | names of people | 80%, nearly all different | 3 |
//! | sentences | 60% of twelve words and more | 3 |
//!
//! Words for a gender, and days on which people of working age are born, make a column a protected one.

use std::collections::HashSet;

use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::location::read_location;
use stackscout_profile::pay::read_pay;
use stackscout_profile::spoken::read_spoken;
use stackscout_profile::when::read_when;
use stackscout_profile::years::read_years;
use stackscout_profile::{Country, Field, SpokenLanguage, When, folded};
use stackscout_taxonomy::Taxonomy;

use crate::header::is_address;
use crate::key::header_words;

/// Filled cells from which on e-mail addresses and links are believed: their form is like no other.
const SURE_CELLS_MIN: usize = 2;
/// Filled cells from which on anything else is.
const CELLS_MIN: usize = 3;
/// Share in percent for forms that a cell has or has not.
const SHARE_MIN: usize = 80;
/// Share in percent for forms that only some words tell.
const LOOSE_SHARE_MIN: usize = 60;
/// Share of different values in percent from which on a column is one of names, addresses or links of people.
const DIFFERENT_MIN: usize = 90;
/// Words of a cell that is text.
const TEXT_WORDS_MIN: usize = 12;
/// Years in which people of working age are born.
const BIRTH_YEARS: std::ops::RangeInclusive<u16> = 1935..=2012;

/// What a column holds, by its cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// A field, and what was seen.
    Field(Field, String),
    /// Something protected, and what was seen.
    Protected(String),
    /// Something that cannot be told from its form alone.
    Seen(String),
    /// Nothing that is known.
    Unknown,
}

/// The cells of a column, trimmed, without those that are empty.
pub(crate) struct Cells<'a> {
    cells: Vec<&'a str>,
    taxonomy: &'a Taxonomy,
}

impl<'a> Cells<'a> {
    pub fn new(cells: impl Iterator<Item = &'a str>, taxonomy: &'a Taxonomy) -> Self {
        Self { cells: cells.map(str::trim).filter(|cell| !cell.is_empty()).collect(), taxonomy }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// The share of cells of a kind, in percent.
    pub fn share(&self, is: impl Fn(&str) -> bool) -> usize {
        (100 * self.count(is)).checked_div(self.cells.len()).unwrap_or(0)
    }

    /// How many cells are of a kind.
    pub fn count(&self, is: impl Fn(&str) -> bool) -> usize {
        self.cells.iter().filter(|cell| is(cell)).count()
    }

    /// Whether the cells can be what a field asks for, as far as their form tells.
    pub fn may_be(&self, field: Field) -> bool {
        let is_word = matches!(
            field,
            Field::City
                | Field::Region
                | Field::Location
                | Field::Title
                | Field::Employer
                | Field::Interests
                | Field::Skills
                | Field::Languages
                | Field::Name
                | Field::FirstName
                | Field::LastName
        );
        if self.len() == 0 || self.len() < CELLS_MIN && !is_word {
            return true;
        }
        let share = match field {
            Field::Email => self.share(is_mail),
            Field::Link => self.share(is_link),
            Field::Phone => self.share(|cell| cell.chars().filter(char::is_ascii_digit).count() >= 5),
            Field::TotalYears => self.share(|cell| read_years(cell).is_ok()),
            Field::Country => self.share(is_country),
            Field::Available | Field::AppliedOn | Field::Modified => self.share(is_date),
            Field::Relocation | Field::OptOut => self.share(|cell| read_yes_no(cell).is_ok()),
            // No day, number or answer of yes or no is what somebody is, wants, or where somebody lives.
            _ if is_word => self.share(|cell| {
                !is_date(cell) && read_yes_no(cell).is_err() && cell.chars().any(char::is_alphabetic)
            }),
            _ => return true,
        };
        share >= 50
    }

    /// What the column holds.
    pub fn content(&self) -> Content {
        let n = self.len();
        let field =
            |field, share: usize, what: &str| Content::Field(field, format!("by content: {share}% {what}"));
        if n < SURE_CELLS_MIN {
            return Content::Unknown;
        }
        let mails = self.share(is_mail);
        if mails >= SHARE_MIN {
            return self.of_one_person_each(Field::Email, mails, "e-mail addresses");
        }
        let files = self.share(is_file_name);
        let links = self.share(is_link);
        if links >= SHARE_MIN {
            return self.of_one_person_each(Field::Link, links, "links");
        }
        if n < CELLS_MIN {
            return Content::Unknown;
        }
        if let Some(content) = self.protected() {
            return content;
        }
        if files >= SHARE_MIN {
            return field(Field::CvFile, files, "names of files");
        }
        if let seen @ SHARE_MIN.. = self.share(is_date) {
            return Content::Seen(format!(
                "by content: {seen}% dates; of what, only somebody who knows can say"
            ));
        }
        if let seen @ SHARE_MIN.. = self.share(is_number) {
            return Content::Seen(format!(
                "by content: {seen}% numbers; of what, only somebody who knows can say"
            ));
        }
        let phones = self.share(is_phone);
        if phones >= SHARE_MIN {
            return field(Field::Phone, phones, "telephone numbers");
        }
        let years = self.share(|cell| cell.contains(char::is_alphabetic) && read_years(cell).is_ok());
        if years >= SHARE_MIN {
            return field(Field::TotalYears, years, "years with their unit");
        }
        if let seen @ SHARE_MIN.. = self.share(is_pay) {
            return Content::Seen(format!(
                "by content: {seen}% sums of money; expected or current, it does not say"
            ));
        }
        if let Some((share, wanted, what)) = self.place() {
            return field(wanted, share, what);
        }
        // Codes of two letters are countries as well.
        let spoken = self.share(|cell| {
            let (known, unread) = read_spoken(cell);
            cell.len() > 2 && !known.is_empty() && unread == 0
        });
        if spoken >= SHARE_MIN {
            return field(Field::Languages, spoken, "spoken languages");
        }
        if let Some(share) = self.skills() {
            return field(Field::Skills, share, "known skills");
        }
        let titles = self.share(is_title);
        if titles >= LOOSE_SHARE_MIN {
            return field(Field::Title, titles, "words for jobs");
        }
        let names = self.share(|cell| is_name(cell) && self.taxonomy.find(cell).is_none());
        if names >= SHARE_MIN && self.different() >= DIFFERENT_MIN {
            return field(Field::Name, names, "names of people");
        }
        let texts = self.share(|cell| cell.split_whitespace().count() >= TEXT_WORDS_MIN);
        if texts >= LOOSE_SHARE_MIN {
            return field(Field::Summary, texts, "sentences");
        }
        Content::Unknown
    }

    /// Addresses and links join people: where they repeat, they are somebody else's, such as the recruiter's.
    fn of_one_person_each(&self, field: Field, share: usize, what: &str) -> Content {
        if self.different() < DIFFERENT_MIN {
            return Content::Seen(format!("by content: {share}% {what}, but the same ones again and again"));
        }
        Content::Field(field, format!("by content: {share}% {what}"))
    }

    fn different(&self) -> usize {
        (100 * self.distinct()).checked_div(self.len()).unwrap_or(0)
    }

    /// How many different ones there are.
    pub fn distinct(&self) -> usize {
        self.cells.iter().collect::<HashSet<_>>().len()
    }

    /// Whether the same cells stand below each other often enough for them to name something else than a person each.
    pub fn repeat(&self) -> bool {
        self.len() >= SURE_CELLS_MIN && self.different() < DIFFERENT_MIN
    }

    /// Whether the cells say how well a language is spoken.
    pub fn are_levels_of(&self, language: &str) -> bool {
        let levels = self.share(|cell| level_of(language, cell).is_some());
        levels >= LOOSE_SHARE_MIN
    }

    fn protected(&self) -> Option<Content> {
        let genders = self.share(is_gender);
        let different: HashSet<String> = self.cells.iter().map(|cell| cell.to_lowercase()).collect();
        if genders >= SHARE_MIN && different.len() >= 2 {
            return Some(Content::Protected(format!("by content: {genders}% words for a gender")));
        }
        let births = self.share(|cell| year_of(cell).is_some_and(|year| BIRTH_YEARS.contains(&year)));
        // Days of one working life lie within it; a column of births has many years and none of the last ones.
        let years: HashSet<u16> = self.cells.iter().filter_map(|cell| year_of(cell)).collect();
        let early = self.share(|cell| year_of(cell).is_some_and(|year| year < 2000));
        let born = births >= 90 && early >= 50 && years.len() >= CELLS_MIN.min(self.len());
        born.then(|| Content::Protected(format!("by content: {births}% days on which people are born")))
    }

    fn place(&self) -> Option<(usize, Field, &'static str)> {
        let countries = self.share(is_country);
        let codes = self.cells.iter().all(|cell| cell.len() == 2);
        let different: HashSet<&str> = self.cells.iter().copied().collect();
        // `CA`, `IN` and `DE` are states of the USA too.
        let sure = if codes { countries == 100 && different.len() >= 3 } else { countries >= SHARE_MIN };
        if sure {
            return Some((countries, Field::Country, "countries"));
        }
        let places = self.share(|cell| cell.contains(',') && read_location(cell).country.is_some());
        (places >= SHARE_MIN).then_some((places, Field::Location, "places with their country"))
    }

    fn skills(&self) -> Option<usize> {
        let (mut items, mut known) = (0_usize, HashSet::new());
        let mut found = 0_usize;
        let with_skill = self.share(|cell| skill_items(cell).any(|item| self.taxonomy.find(item).is_some()));
        for item in self.cells.iter().flat_map(|cell| skill_items(cell)) {
            items += 1;
            if let Some(skill) = self.taxonomy.find(item) {
                found += 1;
                known.insert(skill.skill);
            }
        }
        let share = (100 * found).checked_div(items).unwrap_or(0);
        (share >= LOOSE_SHARE_MIN && with_skill >= LOOSE_SHARE_MIN && known.len() >= 3).then_some(share)
    }
}

/// The one language that a header names, perhaps beside a word for a level: `Englisch`, `English level (CEFR)`.
pub(crate) fn language_named(header: &str) -> Option<String> {
    const AROUND: [&str; 26] = [
        "level",
        "levels",
        "niveau",
        "nivel",
        "poziom",
        "stufe",
        "kenntnisse",
        "proficiency",
        "fluency",
        "language",
        "skills",
        "sprache",
        "langue",
        "idioma",
        "taal",
        "jezyk",
        "jezyka",
        "cefr",
        "ger",
        "gers",
        "cecrl",
        "mcer",
        "erk",
        "de",
        "d",
        "del",
    ];
    let mut words = header_words(header);
    words.retain(|word| !AROUND.contains(&word.as_str()));
    let [word] = words.as_slice() else { return None };
    let ends = ["kenntnisse", "niveau", "level"];
    let word = ends.iter().find_map(|end| word.strip_suffix(*end)).unwrap_or(word.as_str());
    // Codes of two letters are something else, and so are short names (`Ido`, `Vai`).
    (word.chars().count() >= 4 && word.parse::<SpokenLanguage>().is_ok()).then(|| word.to_owned())
}

/// What a cell below the name of a language says, as a list of languages says it (`english (C1)`, `german (none)`);
/// `None` where it says neither a level nor that the language is not spoken.
pub(crate) fn level_of(language: &str, cell: &str) -> Option<String> {
    let text = format!("{language} ({cell})");
    let (known, unread) = read_spoken(&text);
    let says = match known.as_slice() {
        [] => true,
        [spoken] => spoken.level.is_some(),
        _ => false,
    };
    (unread == 0 && says).then_some(text)
}

/// The items of a list, without what stands in brackets behind them.
fn skill_items(cell: &str) -> impl Iterator<Item = &str> {
    let bare = |item: &str| -> usize { item.find(['(', ':']).unwrap_or(item.len()) };
    cell.split([',', ';', '|', '\n', '•', '/'])
        .map(move |item| item[..bare(item)].trim())
        .filter(|item| !item.is_empty())
}

pub(crate) fn is_mail(cell: &str) -> bool {
    let mut parts = cell.split([',', ';', ' ', '|', '<', '>']).filter(|part| !part.is_empty()).peekable();
    // `Ada <ada@example.org>`
    let named = cell.strip_suffix('>').and_then(|cell| cell.rsplit_once('<'));
    parts.peek().is_some() && (parts.all(is_address) || named.is_some_and(|(_, address)| is_address(address)))
}

pub(crate) fn is_link(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let begins = ["http://", "https://", "www."].iter().any(|start| lower.starts_with(start));
    let sites =
        ["linkedin.com/", "github.com/", "gitlab.com/", "xing.com/", "stackoverflow.com/", "behance.net/"];
    !lower.contains(char::is_whitespace) && (begins || sites.iter().any(|site| lower.contains(site)))
}

pub(crate) fn is_file_name(cell: &str) -> bool {
    let lower = cell.to_lowercase();
    let endings = [".pdf", ".docx", ".doc", ".odt", ".rtf", ".txt", ".md"];
    let named = |ending: &&str| lower.strip_suffix(*ending).is_some_and(|name| !name.is_empty());
    !lower.contains("://") && endings.iter().any(named)
}

pub(crate) fn is_phone(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let sign = |c: char| c.is_ascii_digit() || " +-./()\u{a0}".contains(c);
    let separators = cell.split(|c: char| !c.is_ascii_digit()).filter(|group| !group.is_empty()).count();
    let begins = cell.starts_with(['+', '(', '0']);
    cell.chars().all(sign)
        && (7..=15).contains(&digits)
        && (begins || separators >= 3)
        && !is_date(cell)
        && cell.chars().filter(|c| *c == '.').count() < 4
}

fn is_country(cell: &str) -> bool {
    cell.parse::<Country>().is_ok()
}

/// A day, also where its order is open, and with a time behind it.
fn is_date(cell: &str) -> bool {
    year_of(cell).is_some()
}

/// The year of a day, whatever the order of its parts.
fn year_of(cell: &str) -> Option<u16> {
    // A bare number is a day to spreadsheets alone.
    if !cell.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(When::Day(date)) = read_when(cell, None)
    {
        return Some(date.year());
    }
    let day = cell.split(['T', ' ']).next().unwrap_or(cell);
    let parts: Vec<&str> = day.split(['.', '/', '-']).filter(|part| !part.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let number = |part: &str| part.parse::<u16>().ok().filter(|_| part.len() <= 4);
    let (a, b, c) = (number(a)?, number(b)?, number(c)?);
    let day = |n: u16| (1..=31).contains(&n);
    let year = |n: u16| (1900..=2100).contains(&n);
    match (year(a) && day(b) && day(c), day(a) && day(b) && year(c)) {
        (true, _) => Some(a),
        (_, true) => Some(c),
        _ => None,
    }
}

fn is_number(cell: &str) -> bool {
    cell.chars().any(|c| c.is_ascii_digit())
        && !cell.starts_with(['+', '0', '('])
        && cell.chars().all(|c| c.is_ascii_digit() || ".,'%".contains(c))
        && cell.len() <= 18
}

fn is_pay(cell: &str) -> bool {
    read_pay(cell).is_ok_and(|pay| pay.is_some_and(|pay| pay.currency.is_some()))
}

fn is_gender(cell: &str) -> bool {
    const WORDS: [&str; 32] = [
        "m",
        "f",
        "w",
        "d",
        "x",
        "male",
        "female",
        "man",
        "woman",
        "non-binary",
        "nonbinary",
        "diverse",
        "divers",
        "männlich",
        "weiblich",
        "homme",
        "femme",
        "masculin",
        "féminin",
        "hombre",
        "mujer",
        "masculino",
        "femenino",
        "vrouw",
        "vrouwelijk",
        "mannelijk",
        "kobieta",
        "mężczyzna",
        "k",
        "v",
        "h",
        "mr",
    ];
    let cell = cell.to_lowercase();
    WORDS.contains(&cell.as_str()) && cell != "x"
        || matches!(cell.as_str(), "mr." | "ms" | "ms." | "mrs" | "mrs." | "herr" | "frau")
}

/// Words of which one stands in most job titles.
const JOB_WORDS: [&str; 44] = [
    "engineer",
    "developer",
    "programmer",
    "architect",
    "manager",
    "analyst",
    "consultant",
    "designer",
    "administrator",
    "scientist",
    "specialist",
    "director",
    "officer",
    "cto",
    "ceo",
    "technician",
    "tester",
    "recruiter",
    "assistant",
    "researcher",
    "intern",
    "trainee",
    "devops",
    "entwickler",
    "entwicklerin",
    "ingenieur",
    "ingenieurin",
    "leiter",
    "leiterin",
    "berater",
    "beraterin",
    "architekt",
    "développeur",
    "développeuse",
    "ingénieur",
    "ingénieure",
    "desarrollador",
    "desarrolladora",
    "ingeniero",
    "ingeniera",
    "ontwikkelaar",
    "programista",
    "inżynier",
    "analityk",
];

pub(crate) fn is_title(cell: &str) -> bool {
    let words: Vec<String> = cell.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    words.len() <= TEXT_WORDS_MIN && words.iter().any(|word| JOB_WORDS.iter().any(|job| word.ends_with(job)))
}

/// Two to four words with capitals, perhaps turned round by a comma; nothing that firms, places and jobs carry.
pub(crate) fn is_name(cell: &str) -> bool {
    const NO_NAMES: [&str; 20] = [
        "gmbh",
        "ag",
        "inc",
        "ltd",
        "llc",
        "corp",
        "company",
        "group",
        "bank",
        "university",
        "school",
        "the",
        "and",
        "of",
        "team",
        "city",
        "new",
        "san",
        "solutions",
        "systems",
    ];
    let words: Vec<&str> = cell.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_word = |word: &&str| {
        let particle =
            matches!(*word, "de" | "da" | "van" | "von" | "der" | "den" | "la" | "le" | "el" | "bin" | "zu");
        let begins = word.chars().next().is_some_and(char::is_uppercase);
        (particle || begins)
            && word.chars().all(|c| c.is_alphabetic() || "'’-.".contains(c) || is_mark(c))
            && !NO_NAMES.contains(&word.to_lowercase().trim_end_matches('.'))
    };
    (2..=5).contains(&words.len()) && words.iter().all(is_word) && !is_title(cell) && !is_country(cell)
}

/// A combining mark, as names typed on some systems have them.
fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Whether a cell says where somebody works: at home, in an office, or both.
pub(crate) fn is_work_mode(cell: &str) -> bool {
    const PARTS: [&str; 16] = [
        "remot",
        "hybrid",
        "hibrid",
        "hybryd",
        "telet",
        "home",
        "office",
        "site",
        "buro",
        "presen",
        "oficin",
        "kantoor",
        "thuis",
        "zdaln",
        "stacjonarn",
        "distan",
    ];
    let said = folded(cell);
    PARTS.iter().any(|part| said.contains(part))
}

/// Whether a cell is an academic title, as German systems keep in a column `Titel`.
pub(crate) fn is_academic(cell: &str) -> bool {
    const TITLES: [&str; 16] = [
        "dr", "prof", "mag", "di", "dipl", "ing", "msc", "bsc", "mba", "ma", "ba", "phd", "med", "rer",
        "nat", "fh",
    ];
    let words = cell.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words = words.map(str::to_lowercase).peekable();
    words.peek().is_some() && words.all(|word| TITLES.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    //! - each form is known from its threshold on, and not below
    //! - what cannot be told from its form alone is said, and not read
    //! - genders and days of birth are protected whatever the column is called

    use super::*;

    fn content(cells: &[&str]) -> Content {
        Cells::new(cells.iter().copied(), &Taxonomy::embedded()).content()
    }

    fn field(cells: &[&str]) -> Option<Field> {
        match content(cells) {
            Content::Field(field, _) => Some(field),
            _ => None,
        }
    }

    #[test]
    fn telling_forms_make_a_field() {
        for (cells, wanted) in [
            (&["a@x.org", "b@x.org"][..], Field::Email),
            (&["a@x.org; a2@x.org", "b@x.org", "Cem <c@x.org>", "d@x.org", "none"], Field::Email),
            (&["https://github.com/a", "linkedin.com/in/b"], Field::Link),
            (&["+49 30 123456", "(030) 55 44 33", "473-555-0101"], Field::Phone),
            (&["Germany", "Spain", "NL", "Poland"], Field::Country),
            (&["DE", "NL", "PL"], Field::Country),
            (&["Berlin, Germany", "Paris, France", "Madrid, Spain"], Field::Location),
            (&["German (C1), English", "English", "French, Spanish"], Field::Languages),
            (&["Rust, Python", "Django (4 yrs); React", "Java"], Field::Skills),
            (&["Senior Software Engineer", "Entwicklerin", "QA Tester"], Field::Title),
            (&["Ada Moss", "Reed, Ben", "Ana de la Cruz"], Field::Name),
            (&["5 years", "7 Jahre", "18 months"], Field::TotalYears),
            (&["ada.pdf", "CV Ben.docx", "c/cem.pdf"], Field::CvFile),
        ] {
            assert_eq!(field(cells), Some(wanted), "{cells:?}: {:?}", content(cells));
        }
        let said = "by content: 80% e-mail addresses".to_owned();
        assert_eq!(
            content(&["a@x.org", "b@x.org", "c@x.org", "d@x.org", "?"]),
            Content::Field(Field::Email, said)
        );
    }

    #[test]
    fn below_the_thresholds_nothing_is_guessed() {
        for cells in [
            &["a@x.org"][..],
            &["a@x.org", "?", "?"],
            &["Rust", "Rust", "Rust"],
            &["Germany", "x", "y"],
            &["CA", "IN", "NY"],
            &["DE", "DE", "DE"],
            &["Ada Moss", "Ada Moss", "Ada Moss"],
            &["Blue Group GmbH", "Acme Inc", "Red Bank"],
            &["ok", "fine", "maybe"],
            &[],
        ] {
            assert_eq!(content(cells), Content::Unknown, "{cells:?}");
        }
    }

    #[test]
    fn what_may_be_several_things_is_said_and_not_read() {
        for cells in [
            &["2026-01-31", "31.01.2026", "03/04/2026"][..],
            &["2026-01-31 10:00", "2026-02-01T09:30:00Z", "2026-02-02 08:00"],
            &["1", "2", "3"],
            &["1048576", "1048577", "1048578"],
            &["65000 EUR", "70,000 EUR", "80k EUR"],
            &["anna@x.org", "anna@x.org", "anna@x.org", "bob@x.org"],
        ] {
            assert!(matches!(content(cells), Content::Seen(_)), "{cells:?}: {:?}", content(cells));
        }
    }

    #[test]
    fn genders_and_days_of_birth_are_protected() {
        for cells in [
            &["m", "f", "f", "m"][..],
            &["weiblich", "männlich", "divers"],
            &["1980-01-31", "12.05.1975", "1999-12-01", "2001-02-03"],
        ] {
            assert!(matches!(content(cells), Content::Protected(_)), "{cells:?}: {:?}", content(cells));
        }
        assert!(!matches!(content(&["x", "x", "", "x"]), Content::Protected(_)));
    }

    #[test]
    fn a_header_may_name_a_language_and_its_cells_levels() {
        for (header, language) in [
            ("Englisch", Some("englisch")),
            ("English level (CEFR)", Some("english")),
            ("Niveau d'anglais", Some("anglais")),
            ("Englischkenntnisse", Some("englisch")),
            ("English required", None),
            ("Programming language", None),
            ("Language", None),
            ("Level", None),
            ("En", None),
        ] {
            assert_eq!(language_named(header).as_deref(), language, "{header}");
        }
        assert_eq!(level_of("englisch", "C1").as_deref(), Some("englisch (C1)"));
        assert_eq!(level_of("englisch", "4"), None);
    }

    #[test]
    fn academic_titles_are_no_jobs() {
        assert!(["Dr.", "Prof. Dr.", "DI (FH)", "Mag."].iter().all(|t| is_academic(t)));
        assert!(["Doctor", "Engineer", "Dr. Engineer", ""].iter().all(|t| !is_academic(t)));
    }
}
