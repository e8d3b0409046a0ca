//! Countries, as two-letter codes of ISO 3166.

use std::sync::LazyLock;
use std::{fmt, str::FromStr};

use rustc_hash::FxHashMap;

use crate::words::folded;

/// A country by its ISO 3166-1 alpha-2 code, such as `DE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

/// Names that people write and that the standard's own list does not hold, or holds in another form.
const ALSO: [(&str, &str); 90] = [
    ("brasil", "BR"),
    ("turkiye", "TR"),
    ("republic of ireland", "IE"),
    ("sverige", "SE"),
    ("norge", "NO"),
    ("danmark", "DK"),
    ("suomi", "FI"),
    ("belgië", "BE"),
    ("belgique", "BE"),
    ("magyarország", "HU"),
    ("україна", "UA"),
    ("россия", "RU"),
    ("méxico", "MX"),
    ("united states (us)", "US"),
    ("ksa", "SA"),
    ("portugal", "PT"),
    ("america", "US"),
    ("antigua & barbuda", "AG"),
    ("bolivia", "BO"),
    ("bosnia", "BA"),
    ("bosnia & herzegovina", "BA"),
    ("britain", "GB"),
    ("brunei", "BN"),
    ("cape verde", "CV"),
    ("central africa", "CF"),
    ("congo", "CG"),
    ("czech republic", "CZ"),
    ("deutschland", "DE"),
    ("dominican rep.", "DO"),
    ("emirates", "AE"),
    ("england", "GB"),
    ("españa", "ES"),
    ("espana", "ES"),
    ("frankreich", "FR"),
    ("great britain", "GB"),
    ("holland", "NL"),
    ("hong kong (s.a.r.)", "HK"),
    ("iran", "IR"),
    ("iran, islamic republic of...", "IR"),
    ("italia", "IT"),
    ("ivory coast", "CI"),
    ("korea", "KR"),
    ("kosovo", "XK"),
    ("laos", "LA"),
    ("libya", "LY"),
    ("macau", "MO"),
    ("macedonia", "MK"),
    ("micronesia", "FM"),
    ("moldova", "MD"),
    ("nederland", "NL"),
    ("north korea", "KP"),
    ("north macedonia", "MK"),
    ("northern ireland", "GB"),
    ("österreich", "AT"),
    ("palestine", "PS"),
    ("papua n.g.", "PG"),
    ("polska", "PL"),
    ("republic of korea", "KR"),
    ("republic of moldova", "MD"),
    ("republic of north macedonia", "MK"),
    ("russia", "RU"),
    ("schweiz", "CH"),
    ("scotland", "GB"),
    ("slovak republic", "SK"),
    ("solomon is.", "SB"),
    ("south korea", "KR"),
    ("st. lucia", "LC"),
    ("suisse", "CH"),
    ("svizzera", "CH"),
    ("swaziland", "SZ"),
    ("syria", "SY"),
    ("taiwan", "TW"),
    ("tanzania", "TZ"),
    ("the netherlands", "NL"),
    ("trinidad & tobago", "TT"),
    ("turkey", "TR"),
    ("türkiye", "TR"),
    ("u.k.", "GB"),
    ("u.s.", "US"),
    ("u.s.a.", "US"),
    ("uae", "AE"),
    ("uk", "GB"),
    ("united kingdom", "GB"),
    ("united states", "US"),
    ("usa", "US"),
    ("vatican", "VA"),
    ("venezuela", "VE"),
    ("vietnam", "VN"),
    ("viet nam", "VN"),
    ("wales", "GB"),
];

/// Names in six languages: `data/places`.
const NAMES: &str = include_str!("../../../data/places/countries.csv");

static BY_NAME: LazyLock<FxHashMap<String, Country>> = LazyLock::new(|| {
    let mut names = FxHashMap::default();
    for country in rust_iso3166::ALL {
        let Ok(code) = country.alpha2.parse::<Code>() else { continue };
        for name in [country.name, country.alpha2, country.alpha3] {
            names.insert(folded(name), code.0);
        }
        // `Bolivia (Plurinational State of)` and `Korea, Republic of`: the name without its legal form.
        let short = folded(country.name.split([',', '(']).next().unwrap_or(country.name).trim());
        names.entry(short).or_insert(code.0);
    }
    for (name, code) in ALSO {
        if let Ok(code) = code.parse::<Code>() {
            names.insert(folded(name), code.0);
        }
    }
    for (code, more) in NAMES.lines().skip(1).filter_map(|line| line.split_once(',')) {
        let Ok(code) = code.parse::<Code>() else { continue };
        // In one language a name may be another country's in the next: what stands already stays.
        for name in more.trim_matches('"').split('|') {
            names.entry(folded(name)).or_insert(code.0);
        }
    }
    names
});

struct Code(Country);

impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.as_bytes() {
            &[a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self(Country([a, b]))),
            _ => Err(()),
        }
    }
}

impl Country {
    /// The country with this code, as [`Country::code`] gives it; also for codes that no list of names has.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        code.parse::<Code>().ok().map(|code| code.0)
    }

    /// The two-letter code, in capitals.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII letters, checked when made")
    }

    /// The standard's English name, without its legal form; the code where the standard has none.
    #[must_use]
    pub fn name(&self) -> &str {
        // Three whose name is nothing without its form, or that the standard does not have.
        match self.code() {
            "KP" => return "North Korea",
            "KR" => return "South Korea",
            "XK" => return "Kosovo",
            _ => {}
        }
        let name = rust_iso3166::from_alpha2(self.code()).map_or(self.code(), |c| c.name);
        name.split([',', '(']).next().unwrap_or(name).trim()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Country {
    type Err = String;

    /// Reads a code of two or three letters or a name (`DE`, `deu`, `Germany`, `Deutschland`, `UK`), case aside.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        BY_NAME
            .get(&folded(text))
            .copied()
            .ok_or_else(|| format!("`{text}` is no country such as `DE` or `Germany`"))
    }
}

/// Names of countries near to what was written, for hints; at most three.
#[must_use]
pub fn near_countries(written: &str) -> Vec<Country> {
    let key = folded(written);
    let mut near: Vec<(f64, Country)> = BY_NAME
        .iter()
        .filter(|(name, _)| name.len() > 3)
        .map(|(name, country)| (strsim::normalized_damerau_levenshtein(&key, name), *country))
        .filter(|(similarity, _)| *similarity > 0.7)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut countries: Vec<Country> = Vec::new();
    for (_, country) in near {
        if !countries.contains(&country) && countries.len() < 3 {
            countries.push(country);
        }
    }
    countries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_codes_and_survey_spellings_are_read() {
        for (written, code) in [
            ("Germany", "DE"),
            ("de", "DE"),
            ("DEU", "DE"),
            ("Deutschland", "DE"),
            (" united  kingdom ", "GB"),
            ("UK", "GB"),
            ("United Kingdom of Great Britain and Northern Ireland", "GB"),
            ("United States of America", "US"),
            ("Iran, Islamic Republic of...", "IR"),
            ("Republic of Korea", "KR"),
            ("Viet Nam", "VN"),
            ("Taiwan", "TW"),
            ("Russian Federation", "RU"),
            ("Hong Kong (S.A.R.)", "HK"),
            ("Turkey", "TR"),
            ("Ivory Coast", "CI"),
            ("Niemcy", "DE"),
            ("ALLEMAGNE", "DE"),
            ("Alemania", "DE"),
            ("Duitsland", "DE"),
            ("Osterreich", "AT"),
            ("Pays-Bas", "NL"),
            ("Stany Zjednoczone", "US"),
            ("Vereinigte Staaten", "US"),
            ("Royaume-Uni", "GB"),
            ("Vereinigtes Königreich", "GB"),
            ("Hiszpania", "ES"),
            ("Nigeria", "NG"),
            ("Niger", "NE"),
        ] {
            assert_eq!(written.parse::<Country>().map(|c| c.to_string()), Ok(code.into()), "{written}");
        }
        for bad in ["Others", "Nomadic", "", "Atlantis", "XX"] {
            assert!(bad.parse::<Country>().is_err(), "{bad}");
        }
    }
}
