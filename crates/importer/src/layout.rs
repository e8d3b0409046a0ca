//! Layouts: what columns are called in one kind of file. They are data, in `data/layouts/`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use stackscout_profile::Field;

use crate::key::{header_key, header_words};
use crate::protected::is_protected;

/// In the order in which they are tried: the special before the general.
const EMBEDDED: [(&str, &str); 5] = [
    ("stackoverflow-2025.toml", include_str!("../../../data/layouts/stackoverflow-2025.toml")),
    ("stackoverflow.toml", include_str!("../../../data/layouts/stackoverflow.toml")),
    ("stackoverflow-2024.toml", include_str!("../../../data/layouts/stackoverflow-2024.toml")),
    ("one-hot.toml", include_str!("../../../data/layouts/one-hot.toml")),
    ("plain.toml", include_str!("../../../data/layouts/plain.toml")),
];

/// One kind of file.
#[derive(Debug, Clone)]
pub struct Layout {
    /// Word for `--layout`.
    pub name: String,
    /// Which files these are, in one line.
    pub about: String,
    source: Option<String>,
    sources: Vec<SourceRule>,
    recognise: Recognise,
    /// Cells that say nothing.
    absent: Vec<String>,
    /// The same for single columns, by key.
    absent_in: HashMap<String, Vec<String>>,
    /// Key of a column, and the key of the column beside which it is not read.
    unless: HashMap<String, String>,
    loose: Option<Loose>,
    columns: HashMap<String, Field>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct LayoutFile {
    name: String,
    about: String,
    extends: Option<String>,
    source: Option<String>,
    #[serde(default)]
    sources: Vec<SourceRule>,
    recognise: Recognise,
    #[serde(default)]
    absent: Vec<String>,
    #[serde(default)]
    absent_in: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    unless: BTreeMap<String, String>,
    loose: Option<Loose>,
    #[serde(default)]
    columns: BTreeMap<Field, Vec<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceRule {
    name: String,
    when: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recognise {
    #[serde(default)]
    all: Vec<String>,
    #[serde(default)]
    any: Vec<String>,
    #[serde(default)]
    skill_columns: bool,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Loose {
    prefixes: Vec<String>,
    numbered: Vec<Field>,
    pay_words: Vec<String>,
}

static LAYOUTS: LazyLock<Result<Vec<Layout>, String>> = LazyLock::new(load);

/// All layouts, in the order in which they are tried.
///
/// # Panics
/// Never in a released binary: a test loads them.
#[must_use]
pub fn layouts() -> &'static [Layout] {
    match &*LAYOUTS {
        Ok(layouts) => layouts,
        Err(e) => panic!("the embedded layouts do not load: {e}"),
    }
}

/// Whether any layout reads a column of this name.
pub(crate) fn knows(header: &str) -> bool {
    layouts().iter().any(|layout| layout.meaning(header).is_some()) || is_protected(header)
}

impl Layout {
    /// What a column of this name holds; `None` where the layout does not read it.
    #[must_use]
    pub fn meaning(&self, header: &str) -> Option<Field> {
        let key = header_key(header);
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

    /// The key of the column beside which this one is not read.
    pub(crate) fn unless(&self, header: &str) -> Option<&str> {
        self.unless.get(&header_key(header)).map(String::as_str)
    }

    fn check(file: LayoutFile, before: &[Self]) -> Result<Self, String> {
        let mut layout = Self {
            name: file.name,
            about: file.about,
            source: file.source,
            sources: file.sources,
            recognise: file.recognise,
            absent: file.absent,
            absent_in: file
                .absent_in
                .into_iter()
                .map(|(header, words)| (header_key(&header), words))
                .collect(),
            unless: file.unless.into_iter().map(|(a, b)| (header_key(&a), header_key(&b))).collect(),
            loose: file.loose,
            columns: HashMap::new(),
        };
        for (field, headers) in file.columns {
            for header in headers {
                let other = layout.columns.insert(header_key(&header), field);
                if let Some(other) = other.filter(|other| *other != field) {
                    return Err(format!("{}: `{header}` is both {field} and {other}", layout.name));
                }
            }
        }
        let Some(base) = file.extends else { return Ok(layout) };
        let base =
            before.iter().find(|l| l.name == base).ok_or_else(|| format!("unknown layout `{base}`"))?;
        layout.absent.extend(base.absent.iter().cloned());
        layout.loose = layout.loose.or_else(|| base.loose.clone());
        for (key, field) in &base.columns {
            layout.columns.entry(key.clone()).or_insert(*field);
        }
        for (key, words) in &base.absent_in {
            layout.absent_in.entry(key.clone()).or_insert_with(|| words.clone());
        }
        for (key, other) in &base.unless {
            layout.unless.entry(key.clone()).or_insert_with(|| other.clone());
        }
        Ok(layout)
    }
}

fn load() -> Result<Vec<Layout>, String> {
    let mut files = Vec::new();
    for (file, text) in EMBEDDED {
        files.push(toml::from_str::<LayoutFile>(text).map_err(|e| format!("{file}: {e}"))?);
    }
    let order: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    // What others extend comes first.
    files.sort_by_key(|file| file.extends.is_some());
    let mut layouts = Vec::new();
    for file in files {
        let layout = Layout::check(file, &layouts)?;
        layouts.push(layout);
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

    fn plain() -> &'static Layout {
        layouts().iter().find(|l| l.name == "plain").unwrap()
    }

    #[test]
    fn the_embedded_layouts_load_in_their_order() {
        let names: Vec<&str> = layouts().iter().map(|l| l.name.as_str()).collect();
        assert_eq!(names, ["stackoverflow-2025", "stackoverflow", "stackoverflow-2024", "one-hot", "plain"]);
        assert!(layouts().iter().all(|l| !l.about.is_empty()));
    }

    #[test]
    fn no_layout_reads_a_protected_column() {
        for layout in layouts() {
            for (key, field) in &layout.columns {
                assert!(!is_protected(key), "{}: {key} = {field}", layout.name);
            }
        }
    }

    #[test]
    fn a_header_with_two_meanings_does_not_load() {
        let text = "name = 'x'\nabout = 'x'\n[recognise]\n[columns]\nname = ['Naam']\ncity = ['naam']";
        let file = toml::from_str(text).unwrap();
        assert!(Layout::check(file, &[]).unwrap_err().contains("`naam`"));
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
            // A number means something else here.
            ("name2", None),
            ("Jobs", None),
            ("applied for", None),
            ("city_eur", None),
            ("", None),
            ("(x)", None),
        ] {
            assert_eq!(plain().meaning(header), field, "{header}");
        }
    }
}
