//! Reads a role file (TOML). Whatever cannot be meant is refused with the line marked and near names, all of it at once.
//!
//! The walk over the file's tables is written out by hand because its errors are the point: a mistyped key must not be
//! ignored, or somebody is ranked by a role that nobody wrote. Reading goes on behind each thing that is wrong, so that a
//! file is mended in one go; only where a file is no TOML at all its tables are not looked at.

mod values;

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use stackscout_taxonomy::Taxonomy;
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::{Limits, Need, Pay, PayUnit, Remote, Requirement, Role, Subject, Unknown, Where};
use values::ten_thousandths;

/// Something in a role file that cannot be meant, with the place marked.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.render())]
pub struct RoleError {
    /// Name of the file, as given.
    pub file: String,
    /// Line of the place, from 1.
    pub line: usize,
    /// What is wrong, with the offending value in backticks.
    pub message: String,
    /// Near names, or what is allowed.
    pub hint: Option<String>,
    source_text: Arc<str>,
    span: Range<usize>,
}

/// All that is wrong with a role file, in the order of the file; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleErrors {
    errors: Vec<RoleError>,
    more: bool,
}

impl RoleErrors {
    fn new(mut errors: Vec<RoleError>) -> Self {
        errors.sort_by_key(|error| error.span.start);
        let more = errors.len() > ERRORS_MAX;
        errors.truncate(ERRORS_MAX);
        Self { errors, more }
    }

    /// The first of them.
    #[must_use]
    pub fn first(&self) -> &RoleError {
        &self.errors[0]
    }

    /// All of them, up to a limit.
    #[must_use]
    pub fn all(&self) -> &[RoleError] {
        &self.errors
    }
}

impl fmt::Display for RoleErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, error) in self.errors.iter().enumerate() {
            if at > 0 {
                f.write_str("\n\n")?;
            }
            error.fmt(f)?;
        }
        if self.more {
            write!(f, "\n\nand more in `{}`", self.first().file)?;
        }
        Ok(())
    }
}

impl std::error::Error for RoleErrors {}

/// A role file may be this long: far above any that people write, far below what a parser could choke on.
pub const ROLE_FILE_BYTES_MAX: usize = 256 * 1024;
/// Errors of one file that are shown; who wrote more has given the wrong file.
const ERRORS_MAX: usize = 20;
/// Characters of a message: a file may hold a word of 200 KB.
const MESSAGE_CHARS_MAX: usize = 240;

impl RoleError {
    fn render(&self) -> String {
        let title = Level::ERROR.primary_title(self.message.clone());
        let snippet = Snippet::source(&*self.source_text)
            .path(&self.file)
            .annotation(AnnotationKind::Primary.span(self.span.clone()));
        let mut report: Vec<Group<'_>> = vec![title.element(snippet)];
        if let Some(hint) = &self.hint {
            report[0] = report[0].clone().element(Level::HELP.no_name().message(format!("hint: {hint}")));
        }
        Renderer::plain().render(&report)
    }
}

/// Reads and checks a role.
///
/// `file` names the file in errors; its stem is the id where the file gives none.
///
/// # Errors
/// Everything that cannot be meant, each with its place; where the text is no TOML, that alone.
pub fn read_role(file: &str, text: &str, taxonomy: &Taxonomy) -> Result<Role, RoleErrors> {
    let is_large = text.len() > ROLE_FILE_BYTES_MAX;
    let source = if is_large { "" } else { text };
    let reader = Reader { file, text: source.into(), taxonomy, found: RefCell::default() };
    if is_large {
        let message = format!("role file of {} bytes: at most {ROLE_FILE_BYTES_MAX}", text.len());
        return Err(RoleErrors::new(vec![reader.fail(0..0, message, None)]));
    }
    let (table, broken) = DeTable::parse_recoverable(text);
    if !broken.is_empty() {
        let fail = |e: &toml::de::Error| reader.fail(e.span().unwrap_or(0..0), e.message(), None);
        return Err(RoleErrors::new(broken.iter().map(fail).collect()));
    }
    let role = reader.role(table.get_ref());
    let found = reader.found.into_inner();
    match role {
        Some(role) if found.is_empty() => Ok(role),
        _ => Err(RoleErrors::new(found)),
    }
}

type Key<'a, 'i> = (&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>);

struct Reader<'a> {
    file: &'a str,
    text: Arc<str>,
    taxonomy: &'a Taxonomy,
    /// What was found to be wrong so far.
    found: RefCell<Vec<RoleError>>,
}

impl Reader<'_> {
    fn fail(&self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) -> RoleError {
        let start = span.start.min(self.text.len());
        let line = self.text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1;
        // A mark needs a character to stand under, and must not run on over many lines.
        let end = span.end.clamp(start, self.text.len());
        let end = self.text[start..end].find('\n').map_or(end, |at| start + at);
        let mut message: String = message.into();
        if let Some((cut, _)) = message.char_indices().nth(MESSAGE_CHARS_MAX) {
            message.truncate(cut);
            message.push('…');
        }
        let source_text = Arc::clone(&self.text);
        RoleError { file: self.file.to_owned(), line, message, hint, source_text, span: start..end }
    }

    /// Keeps what is wrong, so that reading can go on behind it.
    fn note<T>(&self, read: Result<T, RoleError>) -> Option<T> {
        read.map_err(|error| self.found.borrow_mut().push(error)).ok()
    }

    /// Whether so much is wrong that nothing more is looked for.
    fn is_over(&self) -> bool {
        self.found.borrow().len() > ERRORS_MAX
    }

    fn found(&self) -> usize {
        self.found.borrow().len()
    }

    fn unknown_key(&self, key: Key<'_, '_>, within: &str, known: &[&str]) -> RoleError {
        let written = key.0.get_ref();
        let near = known
            .iter()
            .map(|name| (strsim::normalized_damerau_levenshtein(written, name), *name))
            .filter(|(similarity, _)| *similarity > 0.6)
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let hint = match near {
            Some((_, name)) => format!("did you mean `{name}`?"),
            None => format!("known here: {}", known.join(", ")),
        };
        self.fail(key.0.span(), format!("unknown key `{written}` in {within}"), Some(hint))
    }

    fn role(&self, table: &DeTable<'_>) -> Option<Role> {
        const KEYS: [&str; 7] = ["id", "title", "seniority", "require", "where", "limits", "assume"];
        let mut id = None;
        let mut title = None;
        let mut seniority = None;
        let mut requirements = None;
        let mut where_ = None;
        let mut limits = Limits::default();
        let mut assume_fit = Role::ASSUME_FIT_DEFAULT;
        for key in table {
            let read = (|| {
                match key.0.get_ref().as_ref() {
                    "id" => id = Some(self.id(key)?),
                    "title" => title = Some(self.string(key)?.to_owned()),
                    "seniority" => seniority = Some(self.string(key)?.to_owned()),
                    "require" => requirements = Some(self.requirements(key)?),
                    "where" => where_ = Some(self.where_(self.table(key)?)),
                    "limits" => limits = self.limits(self.table(key)?),
                    "assume" => assume_fit = self.assume(self.table(key)?),
                    _ => return Err(self.unknown_key(key, "a role", &KEYS)),
                }
                Ok(())
            })();
            self.note(read);
        }
        if requirements.as_ref().is_none_or(Vec::is_empty) && self.found() == 0 {
            let hint = "add at least one [[require]] with a skill or a trait".to_owned();
            self.note::<()>(Err(self.fail(0..0, "the role has no requirement", Some(hint))));
        }
        let id = id.or_else(|| {
            let stem = std::path::Path::new(self.file).file_stem().and_then(|stem| stem.to_str());
            stem.filter(|stem| is_role_id(stem)).map(str::to_owned)
        });
        if id.is_none() && self.found() == 0 {
            self.note::<()>(Err(self.fail(0..0, "the role has no id", Some("add id = \"...\"".into()))));
        }
        let (id, requirements) = (id?, requirements?);
        let title = title.unwrap_or_else(|| id.clone());
        Some(Role { id, title, seniority, requirements, where_, limits, assume_fit })
    }

    fn id(&self, key: Key<'_, '_>) -> Result<String, RoleError> {
        let id = self.string(key)?;
        if is_role_id(id) {
            return Ok(id.to_owned());
        }
        let message = format!("`{id}` is no role id: letters, digits, `-`, `_` and `.`, at most 100");
        Err(self.fail(key.1.span(), message, None))
    }

    fn requirements(&self, key: Key<'_, '_>) -> Result<Vec<Requirement>, RoleError> {
        let array = self.array(key)?;
        if array.len() > Role::REQUIREMENTS_MAX {
            let message = format!("{} requirements: at most {}", array.len(), Role::REQUIREMENTS_MAX);
            return Err(self.fail(key.0.span(), message, None));
        }
        let mut requirements = Vec::new();
        for item in array {
            if self.is_over() {
                break;
            }
            requirements.extend(self.requirement(item));
        }
        Ok(requirements)
    }

    /// One requirement; `None` where anything in it is wrong.
    fn requirement(&self, item: &Spanned<DeValue<'_>>) -> Option<Requirement> {
        const KEYS: [&str; 11] = [
            "skill",
            "any_of",
            "trait",
            "need",
            "weight",
            "years",
            "min_years",
            "half_life",
            "related",
            "accept",
            "because",
        ];
        let DeValue::Table(table) = item.get_ref() else {
            return self.note(Err(self.fail(item.span(), "a requirement is a table: [[require]]", None)));
        };
        let before = self.found();
        let mut subject: Option<(Subject, &str)> = None;
        let mut need = None;
        let mut weight = Role::WEIGHT_DEFAULT;
        let (mut years, mut min_years, mut half_life) = (None, None, None);
        let (mut related, mut accept, mut because) = (true, Vec::new(), None);
        let mut skill_only: Option<Key<'_, '_>> = None;
        let mut min_years_key = None;
        for key in table {
            let word = key.0.get_ref().as_ref();
            if matches!(word, "years" | "min_years" | "half_life" | "related" | "accept") {
                skill_only = skill_only.or(Some(key));
            }
            let read = (|| {
                match word {
                    "skill" | "any_of" | "trait" => {
                        let named = match word {
                            "skill" => (Subject::Skills(vec![self.skill(key.1)?]), "skill"),
                            "any_of" => (Subject::Skills(self.skills(key, 1)?), "any_of"),
                            _ => (Subject::Trait(self.trait_(key.1)?), "trait"),
                        };
                        if let Some((_, first)) = subject.replace(named) {
                            let message =
                                format!("a requirement names one thing: `{first}` or `{word}`, not both");
                            return Err(self.fail(key.0.span(), message, None));
                        }
                    }
                    "need" => {
                        need = Some(match self.string(key)? {
                            "must" => Need::Must,
                            "nice" => Need::Nice,
                            other => return Err(self.choice(key, other, &["must", "nice"])),
                        });
                    }
                    "weight" => weight = self.integer(key, 1, 100)? as u8,
                    "years" => years = Some(self.years(key, 1)?),
                    "min_years" => {
                        min_years_key = Some(key);
                        min_years = Some(self.years(key, 1)?);
                    }
                    "half_life" => half_life = Some(self.integer(key, 1, 30)? as u8),
                    "related" => related = self.boolean(key)?,
                    "accept" => accept = self.skills(key, 0)?,
                    "because" => because = Some(self.string(key)?.to_owned()),
                    _ => return Err(self.unknown_key(key, "a requirement", &KEYS)),
                }
                Ok(())
            })();
            self.note(read);
        }
        let need = need.unwrap_or(Need::Nice);
        if let (Some((Subject::Trait(_), _)), Some(key)) = (&subject, skill_only) {
            let message = format!("`{}` has no meaning for a trait", key.0.get_ref());
            let hint = Some("a trait takes need, weight and because".into());
            self.note::<()>(Err(self.fail(key.0.span(), message, hint)));
        }
        if let (Need::Nice, Some(key)) = (need, min_years_key) {
            let hint = "`years` says what earns full credit; `min_years` is the hard line of need = \"must\""
                .to_owned();
            let message = "`min_years` on a requirement that is no must";
            self.note::<()>(Err(self.fail(key.0.span(), message, Some(hint))));
        }
        if self.found() > before {
            return None;
        }
        let Some((subject, _)) = subject else {
            let hint = "add skill = \"...\", any_of = [...] or trait = \"...\"".to_owned();
            let message = "the requirement names neither skill nor trait";
            return self.note(Err(self.fail(item.span(), message, Some(hint))));
        };
        Some(Requirement { subject, need, weight, years, min_years, half_life, related, accept, because })
    }

    fn where_(&self, table: &DeTable<'_>) -> Where {
        let mut where_ = Where::default();
        for key in table {
            let read = (|| {
                match key.0.get_ref().as_ref() {
                    "countries" => where_.countries = self.list(key, |value| self.country(value))?,
                    "remote" => {
                        where_.remote = match self.string(key)? {
                            "in_countries" => Remote::InCountries,
                            "anywhere" => Remote::Anywhere,
                            other => return Err(self.choice(key, other, &["in_countries", "anywhere"])),
                        }
                    }
                    "relocation" => where_.relocation = self.boolean(key)?,
                    _ => {
                        return Err(self.unknown_key(key, "[where]", &["countries", "remote", "relocation"]));
                    }
                }
                Ok(())
            })();
            self.note(read);
        }
        where_
    }

    fn limits(&self, table: &DeTable<'_>) -> Limits {
        const KEYS: [&str; 7] =
            ["years_min", "permit", "languages", "available_by", "pay_max", "implausible", "unknown"];
        let mut limits = Limits::default();
        for key in table {
            let read = (|| {
                match key.0.get_ref().as_ref() {
                    "years_min" => limits.years_min = Some(self.years(key, 0)?),
                    "permit" => limits.permit = self.some(key, |value| self.country(value))?,
                    "languages" => limits.languages = self.some(key, |value| self.spoken(value))?,
                    "available_by" => limits.available_by = Some(self.date(key)?),
                    "pay_max" => limits.pay_max = Some(self.pay(key)?),
                    "implausible" => {
                        limits.drop_implausible = match self.string(key)? {
                            "flag" => false,
                            "drop" => true,
                            other => return Err(self.choice(key, other, &["flag", "drop"])),
                        }
                    }
                    "unknown" => {
                        limits.unknown = match self.string(key)? {
                            "keep" => Unknown::Keep,
                            "drop" => Unknown::Drop,
                            other => return Err(self.choice(key, other, &["keep", "drop"])),
                        }
                    }
                    _ => return Err(self.unknown_key(key, "[limits]", &KEYS)),
                }
                Ok(())
            })();
            self.note(read);
        }
        limits
    }

    fn assume(&self, table: &DeTable<'_>) -> u16 {
        let mut fit = Role::ASSUME_FIT_DEFAULT;
        for key in table {
            let read = (|| {
                match key.0.get_ref().as_ref() {
                    "fit" => {
                        let decimal = self.decimal(key)?;
                        fit = ten_thousandths(&decimal).ok_or_else(|| {
                            let message = format!("`{decimal}` is not 0 to 1 with at most four decimals");
                            self.fail(key.1.span(), message, None)
                        })?;
                    }
                    _ => return Err(self.unknown_key(key, "[assume]", &["fit"])),
                }
                Ok(())
            })();
            self.note(read);
        }
        fit
    }

    fn pay(&self, key: Key<'_, '_>) -> Result<Pay, RoleError> {
        const KEYS: [&str; 3] = ["amount", "currency", "per"];
        let (mut amount, mut currency, mut per) = (None, None, None);
        for inner in self.table(key)? {
            match inner.0.get_ref().as_ref() {
                "amount" => amount = Some(self.integer(inner, 1, 1_000_000_000_000)?),
                "currency" => {
                    let text = self.string(inner)?;
                    currency = Some(text.parse().map_err(|m: String| self.fail(inner.1.span(), m, None))?);
                }
                "per" => {
                    let text = self.string(inner)?;
                    per = Some(text.parse::<PayUnit>().map_err(|m| self.fail(inner.1.span(), m, None))?);
                }
                _ => return Err(self.unknown_key(inner, "pay_max", &KEYS)),
            }
        }
        match (amount, currency, per) {
            (Some(amount), currency @ Some(_), per @ Some(_)) => Ok(Pay { amount, currency, per }),
            _ => {
                let hint = "pay_max = { amount = 90000, currency = \"EUR\", per = \"year\" }".to_owned();
                Err(self.fail(key.0.span(), "pay_max needs amount, currency and per", Some(hint)))
            }
        }
    }
}

/// Letters, digits, `-`, `_` and `.`, so that an id can name a file; 1 to 100 of them, not beginning with a dot.
fn is_role_id(id: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !id.is_empty() && id.chars().count() <= 100 && !id.starts_with('.') && id.chars().all(allowed)
}

#[cfg(test)]
mod tests {
    //! - everything that is wrong is said at once, in the order of the file, and what follows from it is not
    //! - no text is a panic: numbers of any size, words of any length, tables of any depth
    //! - what is said stays short, however long the file is

    use proptest::prelude::*;

    use super::*;

    fn errors(text: &str) -> Vec<(usize, String)> {
        let read = read_role("role.toml", text, &Taxonomy::embedded());
        let refused = read.err().map(|errors| errors.all().to_vec()).unwrap_or_default();
        refused.into_iter().map(|error| (error.line, error.message)).collect()
    }

    #[test]
    fn everything_wrong_is_said_at_once_and_in_order() {
        let text = "titel = 'x'\n[where]\ncountries = ['Atlantis']\nremote = 'no'\n[limits]\nyears_min = 200\n\
                    [[require]]\nskill = 'Djngo'\nweight = 0\n[[require]]\ntrait = 'security'\nyears = 3\n";
        let said = errors(text);
        let lines: Vec<usize> = said.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 4, 6, 8, 9, 12], "{said:?}");
        // A requirement that names an unknown skill does name one.
        assert!(!said.iter().any(|(_, message)| message.contains("neither skill nor trait")));
    }

    #[test]
    fn more_errors_than_anybody_reads_are_not_looked_for() {
        let text = "[[require]]\nskill = 'no such skill'\n".repeat(Role::REQUIREMENTS_MAX);
        let refused = read_role("role.toml", &text, &Taxonomy::embedded()).unwrap_err();
        assert_eq!(refused.all().len(), ERRORS_MAX);
        assert!(refused.to_string().ends_with("and more in `role.toml`"));
    }

    #[test]
    fn numbers_of_any_size_are_refused_or_read() {
        for number in
            ["9.5", "2", "1.00001", "-1", "1e9", "99999999999999999999", "nan", "inf", "0x10", "1_0"]
        {
            let text = format!("[assume]\nfit = {number}\n[[require]]\nskill = 'Go'\n");
            assert_eq!(errors(&text).len(), 1, "{number}");
            let text = format!("[limits]\nyears_min = {number}\n[[require]]\nskill = 'Go'\n");
            assert!(errors(&text).len() <= 1, "{number}");
        }
    }

    #[test]
    fn what_is_said_stays_short() {
        let long = "x".repeat(100_000);
        for text in [
            format!("[[require]]\nskill = '{long}'\n"),
            format!("{long} = 1\n"),
            format!("id = '{long}'\n"),
            format!("[[require]]\nskill = 'Go'\nneed = '{long}'\n"),
            format!("x = {}", "[".repeat(100_000)),
            format!("{} = 1", ["a"; 50_000].join(".")),
            "x".repeat(ROLE_FILE_BYTES_MAX + 1),
        ] {
            let refused = read_role("role.toml", &text, &Taxonomy::embedded()).unwrap_err();
            let (bytes, errors) = (refused.to_string().len(), refused.all().len());
            assert!(bytes < 1_000 * errors && errors <= ERRORS_MAX, "{bytes} bytes for {errors} errors");
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_panic(text in "(\\[\\[require\\]\\]|skill|any_of|fit|\\[assume\\]|=|'|\"|9|\\.|e|\\n|\\[|\\]|\u{e9}|\\{|\\}| ){0,40}") {
            let _ = read_role("role.toml", &text, &Taxonomy::embedded());
        }
    }
}
