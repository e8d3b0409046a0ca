//! Languages that people speak, as two-letter codes of ISO 639-1.

use std::{fmt, str::FromStr};

/// A spoken language by its ISO 639-1 code, such as `de`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpokenLanguage([u8; 2]);

/// Names in English and in the language itself, for the languages that candidate files name most.
const NAMES: [(&str, &str); 52] = [
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("bulgarian", "bg"),
    ("catalan", "ca"),
    ("chinese", "zh"),
    ("mandarin", "zh"),
    ("croatian", "hr"),
    ("czech", "cs"),
    ("danish", "da"),
    ("dansk", "da"),
    ("dutch", "nl"),
    ("nederlands", "nl"),
    ("english", "en"),
    ("englisch", "en"),
    ("estonian", "et"),
    ("finnish", "fi"),
    ("french", "fr"),
    ("français", "fr"),
    ("francais", "fr"),
    ("französisch", "fr"),
    ("german", "de"),
    ("deutsch", "de"),
    ("greek", "el"),
    ("hebrew", "he"),
    ("hindi", "hi"),
    ("hungarian", "hu"),
    ("indonesian", "id"),
    ("italian", "it"),
    ("italiano", "it"),
    ("japanese", "ja"),
    ("korean", "ko"),
    ("latvian", "lv"),
    ("lithuanian", "lt"),
    ("norwegian", "no"),
    ("persian", "fa"),
    ("polish", "pl"),
    ("polski", "pl"),
    ("portuguese", "pt"),
    ("português", "pt"),
    ("romanian", "ro"),
    ("russian", "ru"),
    ("serbian", "sr"),
    ("slovak", "sk"),
    ("slovenian", "sl"),
    ("spanish", "es"),
    ("español", "es"),
    ("espanol", "es"),
    ("swedish", "sv"),
    ("svenska", "sv"),
    ("turkish", "tr"),
    ("ukrainian", "uk"),
    ("vietnamese", "vi"),
];

/// The codes of ISO 639-1.
const CODES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

impl SpokenLanguage {
    /// The two-letter code, in lower case.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("two ASCII letters, checked when made")
    }
}

impl fmt::Display for SpokenLanguage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for SpokenLanguage {
    type Err = String;

    /// Reads a two-letter code or a name (`de`, `German`, `Deutsch`).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.trim().to_lowercase();
        let code = NAMES.iter().find(|(name, _)| *name == word).map_or(word.as_str(), |(_, code)| code);
        match code.as_bytes() {
            &[a, b] if CODES.split(' ').any(|known| known == code) => Ok(Self([a, b])),
            _ => Err(format!("`{text}` is no language such as `de` or `German`")),
        }
    }
}

/// Reads a list such as `English (native), German - B2; fr`; what stands in brackets or after a dash is a level.
///
/// The second part holds the items that name no language.
#[must_use]
pub fn read_spoken(cell: &str) -> (Vec<SpokenLanguage>, Vec<String>) {
    let (mut known, mut unread) = (Vec::new(), Vec::new());
    for item in cell.split([',', ';', '/', '|', '\n']).map(str::trim).filter(|s| !s.is_empty()) {
        let name = item.split(['(', ':', '-', '–']).next().unwrap_or(item).trim();
        let name = name.split_whitespace().next().unwrap_or(name);
        match name.parse() {
            Ok(language) => known.push(language),
            Err(_) => unread.push(item.to_owned()),
        }
    }
    known.sort();
    known.dedup();
    (known, unread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_with_levels_beside_them() {
        let (known, unread) = read_spoken("English (native), Deutsch - B2; fr / Klingonese");
        assert_eq!(known.iter().map(SpokenLanguage::code).collect::<Vec<_>>(), ["de", "en", "fr"]);
        assert_eq!(unread, ["Klingonese"]);
        assert!("xx".parse::<SpokenLanguage>().is_err());
    }
}
