//! Which group somebody belongs to: from a separate file, or from the values that imports keep apart.
//!
//! Nothing else in this program reads either. A value that is not understood is unknown, and counted; nobody's group is
//! guessed from a name or anything else.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::LazyLock;

use stackscout_importer::text_file::read_text;
use stackscout_profile::{CandidateNumber, folded};
use stackscout_store::identity::email_key;

use crate::{EngineError, Pool};

const COLUMNS: &str = include_str!("../../../../data/groups/columns.csv");
const CATEGORIES: &str = include_str!("../../../../data/groups/categories.csv");

/// What groups are made by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Attribute {
    /// Female, male, non-binary.
    Sex,
    /// The categories of the EEO-1 report.
    Race,
    /// Whether somebody is Hispanic or Latino, where that is asked apart.
    Hispanic,
}

/// A column by its folded header.
static COLUMN: LazyLock<HashMap<&'static str, Attribute>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let (column, attribute) = line.rsplit_once(',').expect("a line of columns.csv has two cells");
        let attribute = match attribute {
            "sex" => Attribute::Sex,
            "race" => Attribute::Race,
            _ => Attribute::Hispanic,
        };
        (column, attribute)
    };
    COLUMNS.lines().skip(1).map(row).collect()
});

/// A category by its attribute and folded word; of any attribute under `any`.
static CATEGORY: LazyLock<HashMap<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    let row = |line: &'static str| {
        let mut cells = line.splitn(3, ',');
        let mut cell = || cells.next().expect("a line of categories.csv has three cells");
        ((cell(), cell()), cell())
    };
    CATEGORIES.lines().skip(1).map(row).collect()
});

/// The categories of an attribute, in the order of the table.
#[must_use]
pub fn categories(attribute: Attribute) -> Vec<&'static str> {
    let mut categories = Vec::new();
    for line in CATEGORIES.lines().skip(1) {
        let mut cells = line.splitn(3, ',');
        if cells.next() == Some(attribute.word()) {
            let category = cells.nth(1).expect("a line of categories.csv has three cells");
            if !categories.contains(&category) {
                categories.push(category);
            }
        }
    }
    categories
}

impl Attribute {
    fn word(self) -> &'static str {
        match self {
            Self::Sex => "sex",
            Self::Race => "race",
            Self::Hispanic => "hispanic",
        }
    }

    /// The attribute that a column holds.
    #[must_use]
    pub fn of_column(header: &str) -> Option<Self> {
        let header = folded(header);
        COLUMN.get(header.trim().trim_start_matches('\u{feff}')).copied()
    }

    /// What a value says.
    fn read(self, value: &str) -> Said {
        let word = folded(value.trim().trim_end_matches('.'));
        if word.is_empty() || CATEGORY.contains_key(&("any", word.as_str())) {
            return Said::Nothing;
        }
        CATEGORY
            .get(&(self.word(), word.as_str()))
            .map_or(Said::NotUnderstood, |category| Said::Category(category))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Said {
    Category(&'static str),
    Nothing,
    NotUnderstood,
}

/// Where groups come from.
#[derive(Debug, Clone, Copy)]
pub enum Groups<'a> {
    /// A CSV file with a candidate id, an id of a source or an e-mail address, and columns such as gender and race.
    File(&'a Path),
    /// What imports keep apart of protected columns.
    Protected,
}

/// The groups of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OfPerson {
    /// `None` is unknown.
    pub sex: Option<&'static str>,
    /// `None` is unknown.
    pub race: Option<&'static str>,
}

/// Everybody's groups, with what could not be read.
#[derive(Debug, Default)]
pub struct Read {
    people: HashMap<CandidateNumber, BTreeMap<Attribute, Vec<&'static str>>>,
    /// Values that name no known category.
    pub not_understood: u64,
    /// Rows of the file that are about nobody in the pool, or about several people.
    pub nobody: u64,
}

impl Read {
    /// The groups of a person. What two places say differently is unknown.
    #[must_use]
    pub fn of(&self, number: CandidateNumber) -> OfPerson {
        let Some(said) = self.people.get(&number) else { return OfPerson::default() };
        let only = |attribute: Attribute| match said.get(&attribute).map(Vec::as_slice) {
            Some([first, rest @ ..]) if rest.iter().all(|other| other == first) => Some(*first),
            _ => None,
        };
        let is_hispanic = only(Attribute::Hispanic) == Some("yes");
        let race = if is_hispanic { Some("Hispanic or Latino") } else { only(Attribute::Race) };
        OfPerson { sex: only(Attribute::Sex), race }
    }

    fn put(&mut self, number: CandidateNumber, attribute: Attribute, value: &str) {
        match attribute.read(value) {
            Said::Category(category) => {
                self.people.entry(number).or_default().entry(attribute).or_default().push(category);
            }
            Said::Nothing => {}
            Said::NotUnderstood => self.not_understood += 1,
        }
    }
}

impl Pool {
    /// Reads groups.
    pub(super) fn read_groups(&self, groups: Groups<'_>) -> Result<Read, EngineError> {
        match groups {
            Groups::File(path) => self.groups_of_file(path),
            Groups::Protected => {
                let mut read = Read::default();
                for (number, column, value) in self.store.protected_values()? {
                    if let Some(attribute) = Attribute::of_column(&column) {
                        read.put(number, attribute, &value);
                    }
                }
                Ok(read)
            }
        }
    }

    fn groups_of_file(&self, path: &Path) -> Result<Read, EngineError> {
        let refused = |reason: String| EngineError::Groups { path: path.to_owned(), reason };
        let text = read_text(path, GROUPS_BYTES_MAX)
            .map_err(|source| EngineError::File { path: path.to_owned(), source })?;
        let first = text.lines().next().unwrap_or_default();
        let delimiter =
            [b',', b';', b'\t'].into_iter().max_by_key(|d| first.bytes().filter(|b| b == d).count());
        let mut rows = csv::ReaderBuilder::new()
            .delimiter(delimiter.unwrap_or(b','))
            .flexible(true)
            .from_reader(text.as_bytes());
        let broken = |e: csv::Error| {
            let line = e.position().map_or(0, csv::Position::line);
            refused(format!("line {line} cannot be read as CSV"))
        };
        let headers: Vec<String> =
            rows.headers().map_err(broken)?.iter().map(|h| h.trim().to_owned()).collect();
        let who = headers.iter().position(|header| WHO.contains(&folded(header).as_str()));
        let who = who.ok_or_else(|| refused("no column holds an id or an e-mail address".to_owned()))?;
        let attributes: Vec<(usize, Attribute)> = headers
            .iter()
            .enumerate()
            .filter_map(|(at, header)| Some((at, Attribute::of_column(header)?)))
            .collect();
        if attributes.is_empty() {
            return Err(refused("no column holds a sex, gender, race or ethnicity".to_owned()));
        }
        let mut read = Read::default();
        for row in rows.records() {
            let row = row.map_err(broken)?;
            let Some(number) = self.one_person(row.get(who).unwrap_or_default())? else {
                read.nobody += 1;
                continue;
            };
            for (at, attribute) in &attributes {
                read.put(number, *attribute, row.get(*at).unwrap_or_default());
            }
        }
        Ok(read)
    }

    /// The only person who is known by a candidate id, an id of a source or an e-mail address.
    fn one_person(&self, who: &str) -> Result<Option<CandidateNumber>, EngineError> {
        let (who, change) = (who.trim(), self.store.change()?);
        let mut found: Vec<CandidateNumber> = match (who.contains('@'), email_key(who)) {
            (true, Some(key)) => self.store.by_email(&key, change)?,
            (true, None) => Vec::new(),
            (false, _) => {
                let known = self.store.by_external_id(who, change)?;
                let own = if known.is_empty() { who.parse().ok() } else { None };
                let own = own.map(|number| self.store.survivor(number)).transpose()?;
                known.into_iter().map(|(_, number)| number).chain(own).collect()
            }
        };
        found.sort_unstable();
        found.dedup();
        let is_one = found.len() == 1 && self.store.record(found[0])?.is_some();
        Ok(found.first().copied().filter(|_| is_one))
    }
}

/// Headers of the column that says who a row is about.
/// Largest file of groups: sixty bytes for each of a million people.
const GROUPS_BYTES_MAX: usize = 64 << 20;
const WHO: [&str; 10] = [
    "candidate",
    "candidate id",
    "candidate_id",
    "id",
    "person",
    "applicant id",
    "applicant_id",
    "email",
    "e-mail",
    "email address",
];

#[cfg(test)]
mod tests {
    //! - columns and words are known in several languages; what is not known is not guessed
    //! - the tables are folded, sorted out and name no word twice

    use super::*;

    #[test]
    fn columns_and_words_are_known_in_several_languages() {
        for (header, attribute) in [
            ("Gender", Attribute::Sex),
            ("Geschlecht", Attribute::Sex),
            ("Płeć", Attribute::Sex),
            ("Race / Ethnicity", Attribute::Race),
            ("Hispanic or Latino", Attribute::Hispanic),
        ] {
            assert_eq!(Attribute::of_column(header), Some(attribute), "{header}");
        }
        assert_eq!(Attribute::of_column("Nationality"), None);
        for (word, category) in
            [("F", "Female"), ("weiblich", "Female"), ("Männlich", "Male"), ("Divers", "Non-binary")]
        {
            assert_eq!(Attribute::Sex.read(word), Said::Category(category), "{word}");
        }
        let two = Attribute::Race.read("Two or More Races (Not Hispanic or Latino)");
        assert_eq!(two, Said::Category("Two or More Races"));
        assert_eq!(Attribute::Race.read("Prefer not to say"), Said::Nothing);
        assert_eq!(Attribute::Sex.read("blue"), Said::NotUnderstood);
        assert_eq!(Attribute::Race.read("F"), Said::NotUnderstood, "a word counts for its own attribute");
    }

    #[test]
    fn the_tables_are_folded_and_name_no_word_twice() {
        assert_eq!(COLUMN.len(), COLUMNS.lines().count() - 1);
        assert_eq!(CATEGORY.len(), CATEGORIES.lines().count() - 1);
        assert!(COLUMN.keys().all(|column| folded(column) == *column));
        assert!(CATEGORY.keys().all(|(_, word)| folded(word) == *word));
        assert_eq!(categories(Attribute::Sex), ["Female", "Male", "Non-binary"]);
        assert_eq!(categories(Attribute::Race).len(), 7);
    }

    #[test]
    fn what_two_places_say_differently_is_unknown() {
        let mut read = Read::default();
        let number = CandidateNumber(1);
        read.put(number, Attribute::Sex, "f");
        read.put(number, Attribute::Sex, "Frau");
        read.put(number, Attribute::Race, "White");
        assert_eq!(read.of(number), OfPerson { sex: Some("Female"), race: Some("White") });
        read.put(number, Attribute::Hispanic, "no");
        assert_eq!(read.of(number).race, Some("White"));
        read.put(number, Attribute::Sex, "m");
        read.put(CandidateNumber(2), Attribute::Hispanic, "yes");
        assert_eq!(read.of(number).sex, None);
        assert_eq!(read.of(CandidateNumber(2)).race, Some("Hispanic or Latino"));
        read.put(number, Attribute::Sex, "purple");
        assert_eq!(read.not_understood, 1);
    }
}
