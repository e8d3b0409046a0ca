//! Reads a role file (TOML). Whatever cannot be meant is refused with the line marked and near names.
//!
//! The walk over the file's tables is written out by hand because its errors are the point: a mistyped key must not be
//! ignored, or somebody is ranked by a role that nobody wrote.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use stackscout_taxonomy::spelling::exact_key;
use stackscout_taxonomy::{Resolution, SkillIx, Taxonomy, TraitIx};
use thiserror::Error;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::country::near_countries;
use crate::{
    Country, Date, Limits, Need, Pay, PayUnit, Remote, Requirement, Role, SpokenLanguage, Subject, Unknown,
    Where, Years,
};

/// A role file that was refused, with the place marked.
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
    source_text: String,
    span: Range<usize>,
}

/// A role file may be this long: far above any that people write, far below what a parser could choke on.
pub const ROLE_FILE_BYTES_MAX: usize = 256 * 1024;

impl RoleError {
    fn render(&self) -> String {
        let title = Level::ERROR.primary_title(self.message.clone());
        let snippet = Snippet::source(&self.source_text)
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
/// The first thing that cannot be meant.
pub fn read_role(file: &str, text: &str, taxonomy: &Taxonomy) -> Result<Role, RoleError> {
    let reader = Reader { file, text, taxonomy };
    if text.len() > ROLE_FILE_BYTES_MAX {
        return Err(RoleError {
            file: file.to_owned(),
            line: 1,
            message: format!("role file of {} bytes: at most {ROLE_FILE_BYTES_MAX}", text.len()),
            hint: None,
            source_text: String::new(),
            span: 0..0,
        });
    }
    let table = DeTable::parse(text).map_err(|e| {
        let span = e.span().unwrap_or(0..0);
        reader.fail(span, e.message().to_owned(), None)
    })?;
    reader.role(table.get_ref())
}

type Key<'a, 'i> = (&'a Spanned<std::borrow::Cow<'i, str>>, &'a Spanned<DeValue<'i>>);

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
    taxonomy: &'a Taxonomy,
}

impl Reader<'_> {
    fn fail(&self, span: Range<usize>, message: impl Into<String>, hint: Option<String>) -> RoleError {
        let start = span.start.min(self.text.len());
        let line = self.text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1;
        // A mark needs a character to stand under, and must not run on over many lines.
        let end = span.end.clamp(start, self.text.len());
        let end = self.text[start..end].find('\n').map_or(end, |at| start + at);
        RoleError {
            file: self.file.to_owned(),
            line,
            message: message.into(),
            hint,
            source_text: self.text.to_owned(),
            span: start..end,
        }
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

    fn role(&self, table: &DeTable<'_>) -> Result<Role, RoleError> {
        const KEYS: [&str; 7] = ["id", "title", "seniority", "require", "where", "limits", "assume"];
        let mut id = None;
        let mut title = None;
        let mut seniority = None;
        let mut requirements = Vec::new();
        let mut where_ = None;
        let mut limits = Limits::default();
        let mut assume_fit = Role::ASSUME_FIT_DEFAULT;
        for key in table {
            match key.0.get_ref().as_ref() {
                "id" => id = Some(self.id(key)?),
                "title" => title = Some(self.string(key)?.to_owned()),
                "seniority" => seniority = Some(self.string(key)?.to_owned()),
                "require" => requirements = self.requirements(key)?,
                "where" => where_ = Some(self.where_(self.table(key)?)?),
                "limits" => limits = self.limits(self.table(key)?)?,
                "assume" => assume_fit = self.assume(self.table(key)?)?,
                _ => return Err(self.unknown_key(key, "a role", &KEYS)),
            }
        }
        if requirements.is_empty() {
            let hint = "add at least one [[require]] with a skill or a trait".to_owned();
            return Err(self.fail(0..0, "the role has no requirement", Some(hint)));
        }
        let id = match id {
            Some(id) => id,
            None => std::path::Path::new(self.file)
                .file_stem()
                .and_then(|stem| stem.to_str())
                .filter(|stem| is_role_id(stem))
                .map(str::to_owned)
                .ok_or_else(|| self.fail(0..0, "the role has no id", Some("add id = \"...\"".into())))?,
        };
        let title = title.unwrap_or_else(|| id.clone());
        Ok(Role { id, title, seniority, requirements, where_, limits, assume_fit })
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
        array.iter().map(|item| self.requirement(item)).collect()
    }

    fn requirement(&self, item: &Spanned<DeValue<'_>>) -> Result<Requirement, RoleError> {
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
            return Err(self.fail(item.span(), "a requirement is a table: [[require]]", None));
        };
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
                    min_years = Some(self.years(key, 1)?);
                    min_years_key = Some(key);
                }
                "half_life" => half_life = Some(self.integer(key, 1, 30)? as u8),
                "related" => related = self.boolean(key)?,
                "accept" => accept = self.skills(key, 0)?,
                "because" => because = Some(self.string(key)?.to_owned()),
                _ => return Err(self.unknown_key(key, "a requirement", &KEYS)),
            }
        }
        let need = need.unwrap_or(Need::Nice);
        let Some((subject, _)) = subject else {
            let hint = "add skill = \"...\", any_of = [...] or trait = \"...\"".to_owned();
            return Err(self.fail(item.span(), "the requirement names neither skill nor trait", Some(hint)));
        };
        if let (Subject::Trait(_), Some(key)) = (&subject, skill_only) {
            let message = format!("`{}` has no meaning for a trait", key.0.get_ref());
            return Err(self.fail(
                key.0.span(),
                message,
                Some("a trait takes need, weight and because".into()),
            ));
        }
        if let (Need::Nice, Some(key)) = (need, min_years_key) {
            let hint = "`years` says what earns full credit; `min_years` is the hard line of need = \"must\""
                .to_owned();
            return Err(self.fail(key.0.span(), "`min_years` on a requirement that is no must", Some(hint)));
        }
        Ok(Requirement { subject, need, weight, years, min_years, half_life, related, accept, because })
    }

    fn where_(&self, table: &DeTable<'_>) -> Result<Where, RoleError> {
        let mut where_ = Where::default();
        for key in table {
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
                _ => return Err(self.unknown_key(key, "[where]", &["countries", "remote", "relocation"])),
            }
        }
        Ok(where_)
    }

    fn limits(&self, table: &DeTable<'_>) -> Result<Limits, RoleError> {
        const KEYS: [&str; 7] =
            ["years_min", "permit", "languages", "available_by", "pay_max", "implausible", "unknown"];
        let mut limits = Limits::default();
        for key in table {
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
        }
        Ok(limits)
    }

    fn assume(&self, table: &DeTable<'_>) -> Result<u16, RoleError> {
        let mut fit = Role::ASSUME_FIT_DEFAULT;
        for key in table {
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
        }
        Ok(fit)
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

    fn skill(&self, value: &Spanned<DeValue<'_>>) -> Result<SkillIx, RoleError> {
        let written = self.str_of(value)?;
        match self.taxonomy.resolve(written) {
            Resolution::Exact(skill) | Resolution::Alias(skill) => Ok(skill),
            Resolution::Near(near) => {
                let names: Vec<String> =
                    near.iter().map(|s| format!("`{}`", self.taxonomy.skill(*s).name)).collect();
                let hint = format!("did you mean {}?", names.join(" or "));
                Err(self.fail(value.span(), format!("unknown skill `{written}`"), Some(hint)))
            }
            Resolution::Unknown => {
                let hint = match self.taxonomy.trait_by_wording(written) {
                    Some(t) => format!("it is a trait: trait = \"{}\"", self.taxonomy.trait_(t).id),
                    None => "`stackscout taxonomy resolve` shows what a spelling means".to_owned(),
                };
                Err(self.fail(value.span(), format!("unknown skill `{written}`"), Some(hint)))
            }
        }
    }

    fn skills(&self, key: Key<'_, '_>, least: usize) -> Result<Vec<SkillIx>, RoleError> {
        let skills = self.list(key, |value| self.skill(value))?;
        if skills.len() < least {
            let message = format!("`{}` names no skill", key.0.get_ref());
            return Err(self.fail(key.1.span(), message, None));
        }
        for (at, skill) in skills.iter().enumerate() {
            if skills[..at].contains(skill) {
                let name = &self.taxonomy.skill(*skill).name;
                let message = format!("`{name}` stands twice in `{}`", key.0.get_ref());
                return Err(self.fail(key.1.span(), message, None));
            }
        }
        Ok(skills)
    }

    fn trait_(&self, value: &Spanned<DeValue<'_>>) -> Result<TraitIx, RoleError> {
        let written = self.str_of(value)?;
        self.taxonomy.trait_by_wording(written).ok_or_else(|| {
            let near = self.taxonomy.near_traits(written);
            let hint = if near.is_empty() {
                match self.taxonomy.find(written) {
                    Some(found) => {
                        format!("it is a skill: skill = \"{}\"", self.taxonomy.skill(found.skill).name)
                    }
                    None => "`stackscout taxonomy show --traits` lists them".to_owned(),
                }
            } else {
                format!("did you mean `{}`?", near.join("` or `"))
            };
            self.fail(value.span(), format!("unknown trait `{written}`"), Some(hint))
        })
    }

    fn country(&self, value: &Spanned<DeValue<'_>>) -> Result<Country, RoleError> {
        let written = self.str_of(value)?;
        written.parse().map_err(|message: String| {
            let near: Vec<String> =
                near_countries(written).iter().map(|c| format!("`{}` ({})", c.code(), c.name())).collect();
            let hint = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
            self.fail(value.span(), message, hint)
        })
    }

    fn spoken(&self, value: &Spanned<DeValue<'_>>) -> Result<SpokenLanguage, RoleError> {
        self.str_of(value)?.parse().map_err(|message: String| self.fail(value.span(), message, None))
    }

    fn date(&self, key: Key<'_, '_>) -> Result<Date, RoleError> {
        let text = match key.1.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            other => return Err(self.wrong_type(key.1, "a date such as 2027-01-01", other)),
        };
        text.parse().map_err(|message: String| self.fail(key.1.span(), message, None))
    }

    /// Years from `least` tenths to 99.9.
    fn years(&self, key: Key<'_, '_>, least: u16) -> Result<Years, RoleError> {
        let decimal = self.decimal(key)?;
        decimal.parse::<Years>().ok().filter(|years| years.tenths() >= least).ok_or_else(|| {
            let lowest = if least == 0 { "0" } else { "0.1" };
            let message = format!("`{decimal}` is not {lowest} to 99.9 years with at most one decimal");
            self.fail(key.1.span(), message, None)
        })
    }

    /// A number as it was written, without underscores.
    fn decimal(&self, key: Key<'_, '_>) -> Result<String, RoleError> {
        match key.1.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => Ok(integer.as_str().to_owned()),
            DeValue::Float(float) => Ok(float.as_str().to_owned()),
            other => Err(self.wrong_type(key.1, "a number", other)),
        }
    }

    fn integer(&self, key: Key<'_, '_>, least: u64, most: u64) -> Result<u64, RoleError> {
        let DeValue::Integer(integer) = key.1.get_ref() else {
            return Err(self.wrong_type(key.1, "a whole number", key.1.get_ref()));
        };
        let value = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        value.filter(|v| (least..=most).contains(v)).ok_or_else(|| {
            let message = format!("`{}` is `{}`: {least} to {most}", key.0.get_ref(), integer.as_str());
            self.fail(key.1.span(), message, None)
        })
    }

    fn boolean(&self, key: Key<'_, '_>) -> Result<bool, RoleError> {
        match key.1.get_ref() {
            DeValue::Boolean(value) => Ok(*value),
            other => Err(self.wrong_type(key.1, "true or false", other)),
        }
    }

    fn string<'v>(&self, key: Key<'v, '_>) -> Result<&'v str, RoleError> {
        self.str_of(key.1)
    }

    fn str_of<'v>(&self, value: &'v Spanned<DeValue<'_>>) -> Result<&'v str, RoleError> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text),
            other => Err(self.wrong_type(value, "a text in quotes", other)),
        }
    }

    fn table<'v, 'i>(&self, key: Key<'v, 'i>) -> Result<&'v DeTable<'i>, RoleError> {
        match key.1.get_ref() {
            DeValue::Table(table) => Ok(table),
            other => Err(self.wrong_type(key.1, "a table", other)),
        }
    }

    fn array<'v, 'i>(&self, key: Key<'v, 'i>) -> Result<&'v [Spanned<DeValue<'i>>], RoleError> {
        match key.1.get_ref() {
            DeValue::Array(array) => Ok(array),
            other => Err(self.wrong_type(key.1, "a list in [ ]", other)),
        }
    }

    fn list<T>(
        &self,
        key: Key<'_, '_>,
        read: impl Fn(&Spanned<DeValue<'_>>) -> Result<T, RoleError>,
    ) -> Result<Vec<T>, RoleError> {
        self.array(key)?.iter().map(read).collect()
    }

    /// A list that names something: an empty one asks for nothing, which nobody means.
    fn some<T>(
        &self,
        key: Key<'_, '_>,
        read: impl Fn(&Spanned<DeValue<'_>>) -> Result<T, RoleError>,
    ) -> Result<Vec<T>, RoleError> {
        let items = self.list(key, read)?;
        if items.is_empty() {
            let message = format!("`{}` is empty", key.0.get_ref());
            return Err(self.fail(
                key.1.span(),
                message,
                Some("leave the key out to ask for nothing".into()),
            ));
        }
        Ok(items)
    }

    fn choice(&self, key: Key<'_, '_>, written: &str, choices: &[&str]) -> RoleError {
        let near = choices.iter().find(|c| exact_key(written) == **c);
        let hint = near.map(|c| format!("did you mean `{c}`?"));
        let message = format!("`{}` is `{written}`: {}", key.0.get_ref(), choices.join(" or "));
        self.fail(key.1.span(), message, hint)
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'_>>, wanted: &str, found: &DeValue<'_>) -> RoleError {
        self.fail(value.span(), format!("{wanted} is wanted here, not {}", found.type_str()), None)
    }
}

/// Letters, digits, `-`, `_` and `.`, so that an id can name a file; 1 to 100 of them, not beginning with a dot.
fn is_role_id(id: &str) -> bool {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !id.is_empty() && id.chars().count() <= 100 && !id.starts_with('.') && id.chars().all(allowed)
}

/// `0.7` -> 7,000: at most four decimals, 0 to 1.
fn ten_thousandths(decimal: &str) -> Option<u16> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 1 || fraction.len() > 4 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let parts = whole.parse::<u16>().ok()? * 10_000 + format!("{fraction:0<4}").parse::<u16>().ok()?;
    (parts <= 10_000).then_some(parts)
}
