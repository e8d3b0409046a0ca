//! Layouts: what columns are called in one kind of file.
//!
//! Those that come with the program are data, in `data/layouts/`, and are tried in a fixed order, the special before
//! the general. A pool may hold layouts of its own ([`own`]), which are tried before them. Both have one form ([`file`]).

pub(crate) mod file;
pub mod own;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, LazyLock};

use stackscout_profile::Field;

use crate::key::{header_key, header_words};
use crate::protected::is_protected;
use file::{Instead, LayoutFile, Loose, Recognise, SourceRule};

macro_rules! embedded {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../../data/layouts/", $name)))),*]
    };
}

/// In the order in which they are tried.
const EMBEDDED: [(&str, &str); 20] = embedded!(
    "stackoverflow-2025.toml",
    "stackoverflow.toml",
    "stackoverflow-2024.toml",
    "stackoverflow-2019.toml",
    "bullhorn.toml",
    "erecruiter.toml",
    "gem.toml",
    "greenhouse.toml",
    "icims.toml",
    "lever.toml",
    "linkedin-recruiter.toml",
    "linkedin-talent-hub.toml",
    "opencats.toml",
    "peopleforce.toml",
    "prismhr.toml",
    "recruitee.toml",
    "smartrecruiters.toml",
    "zoho-recruit.toml",
    "one-hot.toml",
    "plain.toml",
);

/// One kind of file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Word for `--layout`.
    pub name: String,
    /// Which files these are, in one line.
    pub about: String,
    /// Whether it belongs to a pool, and not to the program.
    pub is_own: bool,
    /// Name of the layout that it extends.
    pub(crate) extends: Option<String>,
    source: Option<String>,
    sources: Vec<SourceRule>,
    recognise: Recognise,
    /// Cells that say nothing.
    absent: Vec<String>,
    /// The same for single columns, by key.
    absent_in: HashMap<String, Vec<String>>,
    /// Key of a column, and the keys of columns beside which it is not read.
    unless: HashMap<String, Vec<String>>,
    /// Key of a column, and what it means beside columns of other fields; in files of this very layout.
    instead: HashMap<String, Instead>,
    loose: Option<Loose>,
    columns: HashMap<String, Field>,
    /// The same without what it extends, as written.
    written: Vec<(Field, String)>,
    not_read: Vec<String>,
    /// Keys of columns that are known and not read.
    ignored: HashSet<String>,
    /// Keys of columns that are protected in these files alone.
    protected: HashSet<String>,
    /// Key of a column, and what separates the values of its cells.
    split: HashMap<String, String>,
    /// What columns hold by their place, where the layout is asked for by name.
    order: Vec<Option<Field>>,
    long: bool,
}

static LAYOUTS: LazyLock<Result<Vec<Arc<Layout>>, String>> = LazyLock::new(|| {
    let files: Result<Vec<LayoutFile>, String> = EMBEDDED
        .iter()
        .map(|(file, text)| LayoutFile::read(text).map_err(|e| format!("{file}:{}: {}", e.line, e.reason)))
        .collect();
    load(files?)
});

/// The keys of all columns that any embedded layout names.
static KEYS: LazyLock<HashSet<String>> =
    LazyLock::new(|| layouts().iter().flat_map(|layout| layout.columns.keys().cloned()).collect());

/// The layouts that come with the program, in the order in which they are tried.
///
/// # Panics
/// Never in a released binary: a test loads them.
#[must_use]
pub fn layouts() -> &'static [Arc<Layout>] {
    match &*LAYOUTS {
        Ok(layouts) => layouts,
        Err(e) => panic!("the embedded layouts do not load: {e}"),
    }
}

/// The layout for files that no other fits.
pub(crate) fn plain() -> &'static Arc<Layout> {
    layouts().last().expect("there are layouts, and the most general is the last")
}

/// Whether any layout reads a column of this name.
pub(crate) fn knows(header: &str) -> bool {
    KEYS.contains(&header_key(header)) || plain().meaning(header).is_some() || is_protected(header)
}

impl Layout {
    /// What a column of this name holds; `None` where the layout does not read it.
    #[must_use]
    pub fn meaning(&self, header: &str) -> Option<Field> {
        let key = header_key(header);
        if self.ignored.contains(&key) || self.protected.contains(&key) {
            return None;
        }
        let exact = |key: &str| self.columns.get(key).copied();
        exact(&key).or_else(|| {
            let loose = self.loose.as_ref()?;
            let bare = header_key(without_bracket(header));
            let short = loose.prefixes.iter().find_map(|prefix| bare.strip_prefix(prefix.as_str()));
            let numbered = |key: &str| {
                exact(key.trim_end_matches(|c: char| c.is_ascii_digit()))
                    .filter(|f| loose.numbered.contains(f))
            };
            let mut keys = [Some(bare.as_str()), short].into_iter().flatten();
            keys.find_map(|key| exact(key).or_else(|| numbered(key))).or_else(|| {
                let mut words = header_words(header);
                words.retain(|word| !loose.pay_words.contains(word));
                exact(&words.concat()).filter(|f| matches!(f, Field::ExpectedPay | Field::CurrentPay))
            })
        })
    }

    /// Whether the layout is that of a file with these headers (as keys). `has_skill_columns` is asked where it counts.
    pub(crate) fn fits(&self, keys: &HashSet<String>, has_skill_columns: impl Fn(&Self) -> bool) -> bool {
        let here = |header: &String| keys.contains(&header_key(header));
        let rule = &self.recognise;
        rule.all.iter().all(here)
            && (rule.any.is_empty() || rule.any.iter().any(here))
            && rule.of.iter().filter(|header| here(header)).count() >= rule.least
            && (!rule.skill_columns || has_skill_columns(self))
    }

    /// The source's name for a file with these headers; `None` where the file's own name is the source's.
    pub(crate) fn source(&self, keys: &HashSet<String>) -> Option<&str> {
        let here = |header: &String| keys.contains(&header_key(header));
        let by_rule =
            self.sources.iter().find(|rule| rule.when.iter().all(here)).map(|rule| rule.name.as_str());
        by_rule.or(self.source.as_deref())
    }

    /// Cells that say nothing in a column.
    pub(crate) fn absent(&self, header: &str) -> Vec<String> {
        let own = self.absent_in.get(&header_key(header)).into_iter().flatten();
        self.absent.iter().chain(own).cloned().collect()
    }

    /// The keys of the columns beside which this one is not read.
    pub(crate) fn unless(&self, header: &str) -> &[String] {
        self.unless.get(&header_key(header)).map_or(&[], Vec::as_slice)
    }

    /// What a column means beside the others of its file, where that is something else than its name says, and the
    /// place of the column that tells. A layout that extends another takes over no such rule: it knows its columns.
    pub(crate) fn instead(&self, header: &str, all: &[String]) -> Option<(Field, usize)> {
        let rule = self.instead.get(&header_key(header))?;
        let meanings: Vec<Option<Field>> = all.iter().map(|other| self.meaning(other)).collect();
        if meanings.contains(&Some(rule.field)) {
            return None;
        }
        let tells = |field| rule.beside.contains(&field);
        let beside = meanings.into_iter().position(|meaning| meaning.is_some_and(tells))?;
        Some((rule.field, beside))
    }

    /// Whether the layout knows the column, and does not read it.
    pub(crate) fn ignores(&self, header: &str) -> bool {
        self.ignored.contains(&header_key(header))
    }

    /// Whether the column is protected in these files.
    pub(crate) fn protects(&self, header: &str) -> bool {
        self.protected.contains(&header_key(header))
    }

    /// What separates the values of a column's cells, where the layout says so.
    pub(crate) fn split(&self, header: &str) -> Option<&str> {
        self.split.get(&header_key(header)).map(String::as_str)
    }

    /// What the columns hold by their place; empty where places say nothing.
    pub(crate) fn order(&self) -> &[Option<Field>] {
        &self.order
    }

    /// Whether a person's answers stand in several rows, one below the other.
    pub(crate) fn is_long(&self) -> bool {
        self.long
    }

    /// Whether a header says that its column is about somebody else than the candidate, such as who referred them.
    pub(crate) fn is_about_others(&self, header: &str) -> bool {
        let Some(loose) = &self.loose else { return false };
        header_words(header).iter().any(|word| loose.others.contains(word))
    }

    /// Whether columns that it does not name may be guessed: not in a survey, whose columns are all known.
    pub(crate) fn is_loose(&self) -> bool {
        self.loose.is_some()
    }

    /// All columns that it names, by key.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&str, Field)> {
        self.columns.iter().map(|(key, field)| (key.as_str(), *field))
    }

    /// Every header that the layout itself names, as it is written there, with its field: in the order of fields.
    #[must_use]
    pub fn columns(&self) -> &[(Field, String)] {
        &self.written
    }

    /// Headers that the layout itself names, and that are not read.
    #[must_use]
    pub fn not_read(&self) -> &[String] {
        &self.not_read
    }

    /// Name of the layout whose columns hold here, too.
    #[must_use]
    pub fn extends(&self) -> Option<&str> {
        self.extends.as_deref()
    }

    /// Checks a layout that was read. What it extends is looked up among `before`.
    pub(crate) fn check(file: LayoutFile, before: &[Arc<Self>]) -> Result<Self, String> {
        let keys = |headers: Vec<String>| headers.iter().map(|h| header_key(h)).collect();
        let mut layout = Self {
            name: file.name,
            about: file.about,
            is_own: false,
            extends: file.extends,
            source: file.source,
            sources: file.sources,
            recognise: file.recognise,
            absent: file.absent,
            absent_in: file.absent_in.into_iter().map(|(h, words)| (header_key(&h), words)).collect(),
            unless: file
                .unless
                .into_iter()
                .map(|(h, others)| (header_key(&h), others.iter().map(|o| header_key(o)).collect()))
                .collect(),
            instead: file.instead.into_iter().map(|(header, rule)| (header_key(&header), rule)).collect(),
            loose: file.loose,
            columns: HashMap::new(),
            written: Vec::new(),
            not_read: file.ignore.clone(),
            ignored: keys(file.ignore),
            protected: keys(file.protected),
            split: file.split.into_iter().map(|(header, sign)| (header_key(&header), sign)).collect(),
            order: file.order.iter().map(|word| file::place(word)).collect::<Result<_, _>>()?,
            long: file.long,
        };
        if layout.recognise.least > layout.recognise.of.len() {
            return Err("`least` asks for more headers than `of` names".to_owned());
        }
        if layout.split.values().any(String::is_empty) {
            return Err("nothing cannot separate values".to_owned());
        }
        for (field, headers) in file.columns {
            for header in headers {
                let key = header_key(&header);
                if key.is_empty() {
                    return Err(format!("`{header}` has neither letters nor digits"));
                }
                if layout.ignored.contains(&key) || layout.protected.contains(&key) {
                    return Err(format!("`{header}` is {field}, and is not read"));
                }
                let other = layout.columns.insert(key, field);
                layout.written.push((field, header.clone()));
                if let Some(other) = other.filter(|other| *other != field) {
                    return Err(format!("`{header}` is both {field} and {other}"));
                }
            }
        }
        let Some(base) = &layout.extends else { return Ok(layout) };
        let base =
            before.iter().find(|l| l.name == *base).ok_or_else(|| format!("unknown layout `{base}`"))?;
        layout.extend(base);
        Ok(layout)
    }

    /// Takes over what another layout says of columns that this one does not name.
    fn extend(&mut self, base: &Self) {
        self.absent.extend(base.absent.iter().cloned());
        self.loose = self.loose.take().or_else(|| base.loose.clone());
        let named: HashSet<String> = self.columns.keys().cloned().collect();
        let new = |key: &&String| !named.contains(*key);
        for key in base.protected.iter().filter(new) {
            self.ignored.remove(key);
            self.protected.insert(key.clone());
        }
        self.ignored.extend(base.ignored.iter().filter(new).cloned());
        for (key, field) in &base.columns {
            if !self.ignored.contains(key) && !self.protected.contains(key) {
                self.columns.entry(key.clone()).or_insert(*field);
            }
        }
        for (key, words) in &base.absent_in {
            self.absent_in.entry(key.clone()).or_insert_with(|| words.clone());
        }
        for (key, others) in base.unless.iter().filter(|(key, _)| new(key)) {
            self.unless.entry(key.clone()).or_insert_with(|| others.clone());
        }
        for (key, sign) in &base.split {
            self.split.entry(key.clone()).or_insert_with(|| sign.clone());
        }
        self.long |= base.long;
    }
}

fn load(mut files: Vec<LayoutFile>) -> Result<Vec<Arc<Layout>>, String> {
    let order: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    // What others extend comes first.
    files.sort_by_key(|file| file.extends.is_some());
    let mut layouts = Vec::new();
    for file in files {
        let name = file.name.clone();
        let layout = Layout::check(file, &layouts).map_err(|e| format!("{name}: {e}"))?;
        layouts.push(Arc::new(layout));
    }
    layouts.sort_by_key(|layout| order.iter().position(|name| *name == layout.name));
    Ok(layouts)
}

/// `Expected salary (EUR per year)` -> `Expected salary`.
pub(crate) fn without_bracket(header: &str) -> &str {
    let open = header.find(['(', '[']).filter(|_| header.ends_with([')', ']']));
    open.map_or(header, |at| &header[..at])
}

#[cfg(test)]
mod tests {
    //! - the embedded layouts load, and no header means two fields
    //! - no layout reads a protected column

    use super::*;

    #[test]
    fn the_embedded_layouts_load_in_their_order() {
        let names: Vec<&str> = layouts().iter().map(|l| l.name.as_str()).collect();
        assert_eq!(
            names[..4],
            ["stackoverflow-2025", "stackoverflow", "stackoverflow-2024", "stackoverflow-2019"]
        );
        assert_eq!((names.len(), &names[18..]), (20, &["one-hot", "plain"][..]));
        assert!(layouts().iter().all(|l| !l.about.is_empty()));
    }

    #[test]
    fn no_layout_reads_a_protected_column() {
        for layout in layouts() {
            for (key, field) in &layout.columns {
                assert!(!is_protected(key), "{}: {key} = {field}", layout.name);
            }
        }
        let survey = layouts().iter().find(|l| l.name == "stackoverflow").unwrap();
        assert!(survey.protects("MentalHealth") && survey.meaning("MentalHealth").is_none());
    }

    #[test]
    fn a_header_with_two_meanings_does_not_load() {
        let check = |text: &str| {
            let text = format!("name = 'x'\nabout = 'x'\n{text}");
            Layout::check(LayoutFile::read(&text).unwrap(), &[]).unwrap_err()
        };
        assert!(check("[columns]\nname = ['Naam']\ncity = ['naam']").contains("`naam`"));
        assert!(check("ignore = ['Naam']\n[columns]\nname = ['naam']").contains("`naam`"));
        assert!(check("[columns]\nname = ['--']").contains("`--`"));
        assert!(check("order = ['nme']").contains("did you mean `name`?"));
        assert!(check("extends = 'none'").contains("`none`"));
        assert!(check("[recognise]\nof = ['a']\nleast = 2").contains("`least`"));
    }

    #[test]
    fn headers_are_read_with_what_stands_around_them() {
        for (header, field) in [
            ("candidate_first_name", Some(Field::FirstName)),
            ("Expected salary (EUR per year)", Some(Field::ExpectedPay)),
            ("salary_eur", Some(Field::ExpectedPay)),
            ("Current monthly salary, USD", Some(Field::CurrentPay)),
            ("Email 2", Some(Field::Email)),
            ("email1", Some(Field::Email)),
            ("Skill 12", Some(Field::Skills)),
            ("Años de experiencia", Some(Field::TotalYears)),
            ("Years of experience (total)", Some(Field::TotalYears)),
            ("Telefonnummer", Some(Field::Phone)),
            ("Salarisindicatie p/m", Some(Field::ExpectedPay)),
            ("Gewenst salaris per maand", Some(Field::ExpectedPay)),
            ("Gehaltsvorstellung p.a.", Some(Field::ExpectedPay)),
            ("Oczekiwane wynagrodzenie (brutto/mies.)", Some(Field::ExpectedPay)),
            ("Wynagrodzenie mies. netto", Some(Field::ExpectedPay)),
            ("Salaire annuel brut souhaité (€)", Some(Field::ExpectedPay)),
            ("Salario bruto anual deseado", Some(Field::ExpectedPay)),
            ("Stawka dzienna", Some(Field::ExpectedPay)),
            ("TJM (€)", Some(Field::ExpectedPay)),
            ("Hourly rate (USD)", Some(Field::ExpectedPay)),
            ("Daily rate GBP", Some(Field::ExpectedPay)),
            ("Aktuelles Gehalt p.a.", Some(Field::CurrentPay)),
            ("Rate", None),
            // A number means something else here.
            ("name2", None),
            ("Jobs", None),
            ("applied for", Some(Field::AppliedFor)),
            ("city_eur", None),
            ("", None),
            ("(x)", None),
        ] {
            assert_eq!(plain().meaning(header), field, "{header}");
        }
    }
}
