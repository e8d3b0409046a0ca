//! Values of a role file: each reader takes what stands at a key and gives what it means, or the place marked.

use stackscout_taxonomy::spelling::exact_key;
use stackscout_taxonomy::{Resolution, SkillIx, TraitIx};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Key, Reader, RoleError};
use crate::country::near_countries;
use crate::{Country, Date, SpokenLanguage, Years};

impl Reader<'_> {
    pub(super) fn skill(&self, value: &Spanned<DeValue<'_>>) -> Result<SkillIx, RoleError> {
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

    pub(super) fn skills(&self, key: Key<'_, '_>, least: usize) -> Result<Vec<SkillIx>, RoleError> {
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

    pub(super) fn trait_(&self, value: &Spanned<DeValue<'_>>) -> Result<TraitIx, RoleError> {
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

    pub(super) fn country(&self, value: &Spanned<DeValue<'_>>) -> Result<Country, RoleError> {
        let written = self.str_of(value)?;
        written.parse().map_err(|message: String| {
            let near: Vec<String> =
                near_countries(written).iter().map(|c| format!("`{}` ({})", c.code(), c.name())).collect();
            let hint = (!near.is_empty()).then(|| format!("did you mean {}?", near.join(" or ")));
            self.fail(value.span(), message, hint)
        })
    }

    pub(super) fn spoken(&self, value: &Spanned<DeValue<'_>>) -> Result<SpokenLanguage, RoleError> {
        self.str_of(value)?.parse().map_err(|message: String| self.fail(value.span(), message, None))
    }

    pub(super) fn date(&self, key: Key<'_, '_>) -> Result<Date, RoleError> {
        let text = match key.1.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            DeValue::String(text) => text.to_string(),
            other => return Err(self.wrong_type(key.1, "a date such as 2027-01-01", other)),
        };
        text.parse().map_err(|message: String| self.fail(key.1.span(), message, None))
    }

    /// Years from `least` tenths to 99.9.
    pub(super) fn years(&self, key: Key<'_, '_>, least: u16) -> Result<Years, RoleError> {
        let decimal = self.decimal(key)?;
        decimal.parse::<Years>().ok().filter(|years| years.tenths() >= least).ok_or_else(|| {
            let lowest = if least == 0 { "0" } else { "0.1" };
            let message = format!("`{decimal}` is not {lowest} to 99.9 years with at most one decimal");
            self.fail(key.1.span(), message, None)
        })
    }

    /// A number as it was written, without underscores.
    pub(super) fn decimal(&self, key: Key<'_, '_>) -> Result<String, RoleError> {
        match key.1.get_ref() {
            DeValue::Integer(integer) if integer.radix() == 10 => Ok(integer.as_str().to_owned()),
            DeValue::Float(float) => Ok(float.as_str().to_owned()),
            other => Err(self.wrong_type(key.1, "a number", other)),
        }
    }

    pub(super) fn integer(&self, key: Key<'_, '_>, least: u64, most: u64) -> Result<u64, RoleError> {
        let DeValue::Integer(integer) = key.1.get_ref() else {
            return Err(self.wrong_type(key.1, "a whole number", key.1.get_ref()));
        };
        let value = u64::from_str_radix(integer.as_str(), integer.radix()).ok();
        value.filter(|v| (least..=most).contains(v)).ok_or_else(|| {
            let message = format!("`{}` is `{}`: {least} to {most}", key.0.get_ref(), integer.as_str());
            self.fail(key.1.span(), message, None)
        })
    }

    pub(super) fn boolean(&self, key: Key<'_, '_>) -> Result<bool, RoleError> {
        match key.1.get_ref() {
            DeValue::Boolean(value) => Ok(*value),
            other => Err(self.wrong_type(key.1, "true or false", other)),
        }
    }

    pub(super) fn string<'v>(&self, key: Key<'v, '_>) -> Result<&'v str, RoleError> {
        self.str_of(key.1)
    }

    pub(super) fn str_of<'v>(&self, value: &'v Spanned<DeValue<'_>>) -> Result<&'v str, RoleError> {
        match value.get_ref() {
            DeValue::String(text) => Ok(text),
            other => Err(self.wrong_type(value, "a text in quotes", other)),
        }
    }

    pub(super) fn table<'v, 'i>(&self, key: Key<'v, 'i>) -> Result<&'v DeTable<'i>, RoleError> {
        match key.1.get_ref() {
            DeValue::Table(table) => Ok(table),
            other => Err(self.wrong_type(key.1, "a table", other)),
        }
    }

    pub(super) fn array<'v, 'i>(&self, key: Key<'v, 'i>) -> Result<&'v [Spanned<DeValue<'i>>], RoleError> {
        match key.1.get_ref() {
            DeValue::Array(array) => Ok(array),
            other => Err(self.wrong_type(key.1, "a list in [ ]", other)),
        }
    }

    pub(super) fn list<T>(
        &self,
        key: Key<'_, '_>,
        read: impl Fn(&Spanned<DeValue<'_>>) -> Result<T, RoleError>,
    ) -> Result<Vec<T>, RoleError> {
        self.array(key)?.iter().map(read).collect()
    }

    /// A list that names something: an empty one asks for nothing, which nobody means.
    pub(super) fn some<T>(
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

    pub(super) fn choice(&self, key: Key<'_, '_>, written: &str, choices: &[&str]) -> RoleError {
        let near = choices.iter().find(|c| exact_key(written) == **c);
        let hint = near.map(|c| format!("did you mean `{c}`?"));
        let message = format!("`{}` is `{written}`: {}", key.0.get_ref(), choices.join(" or "));
        self.fail(key.1.span(), message, hint)
    }

    pub(super) fn wrong_type(
        &self,
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        found: &DeValue<'_>,
    ) -> RoleError {
        self.fail(value.span(), format!("{wanted} is wanted here, not {}", found.type_str()), None)
    }
}

/// `0.7` -> 7,000: at most four decimals, 0 to 1.
pub(super) fn ten_thousandths(decimal: &str) -> Option<u16> {
    let (whole, fraction) = decimal.split_once('.').unwrap_or((decimal, ""));
    let fraction = fraction.trim_end_matches('0');
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 1 || fraction.len() > 4 || !digits(whole) || !digits(fraction) {
        return None;
    }
    // The whole is one digit: nine times ten thousand is more than two bytes hold.
    let parts = whole.parse::<u32>().ok()? * 10_000 + format!("{fraction:0<4}").parse::<u32>().ok()?;
    u16::try_from(parts).ok().filter(|parts| *parts <= 10_000)
}
