//! Languages that people speak, as two-letter codes of ISO 639-1.

use std::collections::HashMap;
use std::sync::LazyLock;
use std::{fmt, str::FromStr};

use crate::words::{folded, list_items};

/// A spoken language by its ISO 639-1 code, such as `de`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpokenLanguage([u8; 2]);

/// Names in six languages and in the language itself: `data/places`.
const NAMES: &str = include_str!("../../../data/places/languages.csv");
/// Names that the list does not hold.
const ALSO: [(&str, &str); 14] = [
    ("mandarin", "zh"),
    ("mandarin chinese", "zh"),
    ("cantonese", "zh"),
    ("farsi", "fa"),
    ("castellano", "es"),
    ("castilian", "es"),
    ("flemish", "nl"),
    ("vlaams", "nl"),
    ("swiss german", "de"),
    ("schweizerdeutsch", "de"),
    ("filipino", "tl"),
    ("moldovan", "ro"),
    ("odia", "or"),
    ("norsk", "no"),
];

static BY_NAME: LazyLock<HashMap<String, SpokenLanguage>> = LazyLock::new(|| {
    let mut names = HashMap::new();
    let listed = NAMES.lines().skip(1).filter_map(|line| line.split_once(','));
    let listed = listed.flat_map(|(code, names)| names.split('|').map(move |name| (name, code)));
    for (name, code) in listed.chain(ALSO) {
        if let &[a, b] = code.as_bytes() {
            names.entry(folded(name)).or_insert(SpokenLanguage([a, b]));
        }
    }
    names
});

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
        let word = folded(text);
        if let Some(language) = BY_NAME.get(&word) {
            return Ok(*language);
        }
        match word.as_bytes() {
            &[a, b] if CODES.split(' ').any(|known| known == word) => Ok(Self([a, b])),
            _ => Err(format!("`{text}` is no language such as `de` or `German`")),
        }
    }
}

/// How well a language is spoken, as it was stated; never scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpokenLevel {
    /// Basics: A1 of the Common European Framework.
    A1,
    /// A2.
    A2,
    /// Basics, in words.
    Basic,
    /// B1.
    B1,
    /// Enough to talk, in words.
    Conversational,
    /// B2.
    B2,
    /// Enough to work in, in words.
    Professional,
    /// C1.
    C1,
    /// Fluent, in words.
    Fluent,
    /// C2.
    C2,
    /// The first language.
    Native,
}

impl SpokenLevel {
    /// The word of JSON and of people: `C1`, `fluent`, `native`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::C1 => "C1",
            Self::C2 => "C2",
            Self::Basic => "basic",
            Self::Conversational => "conversational",
            Self::Professional => "professional",
            Self::Fluent => "fluent",
            Self::Native => "native",
        }
    }

    /// By a folded word.
    fn of(word: &str) -> Option<Self> {
        Some(match word {
            "a1" => Self::A1,
            "a2" => Self::A2,
            "b1" => Self::B1,
            "b2" => Self::B2,
            "c1" => Self::C1,
            "c2" => Self::C2,
            "native" | "mother" | "bilingual" | "muttersprache" | "muttersprachler" | "muttersprachlich"
            | "muttersprachlerin" | "maternelle" | "natif" | "native-speaker" | "bilingue" | "nativo"
            | "nativa" | "materna" | "moedertaal" | "modersmal" | "moedertaalspreker" | "tweetalig"
            | "ojczysty" | "zweisprachig" => Self::Native,
            "fluent" | "fluently" | "proficient" | "fliessend" | "verhandlungssicher" | "courant"
            | "courante" | "couramment" | "fluido" | "fluida" | "fluidez" | "vloeiend" | "biegly"
            | "biegle" | "plynny" | "plynnie" => Self::Fluent,
            "professional" | "business" | "advanced" | "working" | "gut" | "good" | "avance"
            | "professionnel" | "avanzado" | "alto" | "profesional" | "gevorderd" | "goed"
            | "zaawansowany" | "fortgeschritten" => Self::Professional,
            "conversational"
            | "intermediate"
            | "mittel"
            | "mittelstufe"
            | "intermediaire"
            | "intermedio"
            | "medio"
            | "gemiddeld"
            | "sredniozaawansowany"
            | "limited" => Self::Conversational,
            "basic" | "basics" | "beginner" | "elementary" | "grundkenntnisse" | "anfanger" | "debutant"
            | "notions" | "basico" | "basica" | "bajo" | "basis" | "beginner-level" | "podstawowy"
            | "elementaire" => Self::Basic,
            _ => return None,
        })
    }
}

/// A language with its level, where one is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spoken {
    /// The language.
    pub language: SpokenLanguage,
    /// How well.
    pub level: Option<SpokenLevel>,
}

impl fmt::Display for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.level {
            Some(level) => write!(f, "{} ({})", self.language, level.word()),
            None => self.language.fmt(f),
        }
    }
}

/// Reads a list such as `English (native), German - B2; fr`. Languages that the person says not to speak
/// (`German: none`) are left out.
///
/// The second part says how many items name no language.
#[must_use]
pub fn read_spoken(cell: &str) -> (Vec<Spoken>, usize) {
    let (mut known, mut unread) = (Vec::new(), 0);
    let items = items(cell);
    let mut read: Vec<Item> = items.iter().map(|item| read_item(item)).collect();
    if read.iter().any(|item| matches!(item, Item::Unread))
        && let Some(abbreviated) = abbreviated(&items)
    {
        read = abbreviated;
    }
    for item in read {
        match item {
            Item::Spoken(spoken) => known.push(spoken),
            Item::Denied => {}
            Item::Unread => unread += 1,
        }
    }
    known.sort();
    // The same language twice: the one that states more stays.
    known.dedup_by(|later, earlier| {
        let same = later.language == earlier.language;
        if same {
            earlier.level = earlier.level.max(later.level);
        }
        same
    });
    (known, unread)
}

/// Items between separators outside of brackets, and those that words for *and* join.
fn items(cell: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in list_items(cell, &[';', '\n', '|']) {
        let mut depth = 0_i32;
        let mut item = String::new();
        for c in part.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                _ => {}
            }
            if depth <= 0 && matches!(c, ',' | '/' | '&' | '•' | '·') {
                found.push(std::mem::take(&mut item));
            } else {
                item.push(c);
            }
        }
        found.push(item);
    }
    let joined = |item: &String| {
        let folded = folded(item);
        let and =
            [" and ", " und ", " et ", " y ", " en ", " i "].into_iter().find(|and| folded.contains(and));
        let parts: Vec<String> = and.map_or(Vec::new(), |and| folded.split(and).map(str::to_owned).collect());
        if parts.len() > 1 && parts.iter().all(|p| matches!(read_item(p), Item::Spoken(_))) {
            parts
        } else {
            vec![item.trim().to_owned()]
        }
    };
    found.iter().flat_map(joined).filter(|item| !item.trim().is_empty()).collect()
}

/// Short forms of names as people write them beside each other, and the name of each. None of them is a code.
const ABBREVIATIONS: [(&str, &str); 52] = [
    ("dt", "german"),
    ("dtsch", "german"),
    ("deu", "german"),
    ("ger", "german"),
    ("germ", "german"),
    ("all", "german"),
    ("allem", "german"),
    ("alem", "german"),
    ("niem", "german"),
    ("eng", "english"),
    ("engl", "english"),
    ("angl", "english"),
    ("ang", "english"),
    ("ingl", "english"),
    ("frz", "french"),
    ("franz", "french"),
    ("franc", "french"),
    ("fra", "french"),
    ("fre", "french"),
    ("span", "spanish"),
    ("spa", "spanish"),
    ("esp", "spanish"),
    ("sp", "spanish"),
    ("hiszp", "spanish"),
    ("ital", "italian"),
    ("ita", "italian"),
    ("ndl", "dutch"),
    ("niederl", "dutch"),
    ("neerl", "dutch"),
    ("holl", "dutch"),
    ("nld", "dutch"),
    ("ned", "dutch"),
    ("poln", "polish"),
    ("pol", "polish"),
    ("port", "portuguese"),
    ("por", "portuguese"),
    ("russ", "russian"),
    ("rus", "russian"),
    ("ros", "russian"),
    ("ukr", "ukrainian"),
    ("chin", "chinese"),
    ("jap", "japanese"),
    ("jpn", "japanese"),
    ("arab", "arabic"),
    ("turk", "turkish"),
    ("tur", "turkish"),
    ("tschech", "czech"),
    ("schwed", "swedish"),
    ("swe", "swedish"),
    ("griech", "greek"),
    ("ungar", "hungarian"),
    ("ruman", "romanian"),
];

/// The items of a cell that holds nothing but languages, some of them in short forms: `dt., engl.`, `D, E, F`. `None` where
/// any other item stands beside them.
fn abbreviated(items: &[String]) -> Option<Vec<Item>> {
    let of = |name: &str| match name.parse() {
        Ok(language) => Item::Spoken(Spoken { language, level: None }),
        Err(_) => Item::Unread,
    };
    let letters: Vec<&str> = items.iter().map(|item| item.trim_matches([' ', '.'])).collect();
    // Where `D` stands for Deutsch, `E` is English; `S` and `P` are two languages each, and stay unread.
    let are_letters = letters.len() > 1
        && letters.contains(&"D")
        && letters.iter().all(|letter| matches!(*letter, "D" | "E" | "F" | "I" | "S" | "P" | "NL"));
    if are_letters {
        let read = letters.iter().map(|letter| match *letter {
            "D" => of("german"),
            "E" => of("english"),
            "F" => of("french"),
            "I" => of("italian"),
            other => of(other),
        });
        return Some(read.collect());
    }
    // `all` alone is a word.
    if items.len() < 2 && !items.iter().all(|item| item.contains('.') && !item.starts_with("all")) {
        return None;
    }
    let read: Vec<Item> = items.iter().map(|item| read_item(&expanded(item))).collect();
    (!read.iter().any(|item| matches!(item, Item::Unread))).then_some(read)
}

/// An item with the name that its short form stands for.
fn expanded(item: &str) -> String {
    let key = folded(item);
    let end = key.find(|c: char| !c.is_alphanumeric()).unwrap_or(key.len());
    let (word, rest) = key.split_at(end);
    let behind = rest.strip_prefix('.').unwrap_or(rest);
    match ABBREVIATIONS.iter().find(|(short, _)| *short == word) {
        Some((_, name)) => format!("{name}{behind}"),
        // `fr.`
        None if word.len() == 2 && rest.starts_with('.') => format!("{word}{behind}"),
        None => key,
    }
}

enum Item {
    Spoken(Spoken),
    Denied,
    Unread,
}

fn read_item(item: &str) -> Item {
    let key = folded(item);
    if let Ok(language) = key.parse() {
        return Item::Spoken(Spoken { language, level: None });
    }
    // `c1` and `b2` are one word here.
    let words: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let mut language = None;
    let mut rest = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = (1..=3.min(words.len() - at)).rev().find_map(|n| {
            let name = words[at..at + n].join(" ");
            BY_NAME.get(&name).map(|found| (*found, n))
        });
        match longest {
            Some((found, n)) => {
                // `Brazilian Portuguese`, `Chinese (Mandarin)`: one language; `English German` is two.
                if language.is_some_and(|known| known != found) {
                    return Item::Unread;
                }
                language = Some(found);
                at += n;
            }
            None => {
                rest.push(words[at]);
                at += 1;
            }
        }
    }
    // A code before a level: `de (C1)`, `EN: fluent`.
    if language.is_none()
        && let Some((first, others)) = rest.split_first()
        && first.len() == 2
        && others.iter().any(|w| SpokenLevel::of(w).is_some())
        && let Ok(code) = first.parse()
    {
        language = Some(code);
    }
    let Some(language) = language else { return Item::Unread };
    let denied = |w: &&str| {
        matches!(
            *w,
            "no" | "none"
                | "not"
                | "nicht"
                | "keine"
                | "kein"
                | "aucun"
                | "pas"
                | "ninguno"
                | "geen"
                | "brak"
                | "without"
                | "learning"
                | "lerne"
                | "learn"
                | "lernen"
                | "lernt"
                | "apprendre"
                | "aprender"
                | "leren"
                | "uczyc"
                | "wants"
                | "want"
                | "nein"
                | "non"
                | "aucune"
                | "sans"
                | "ninguna"
                | "sin"
                | "niet"
                | "nee"
                | "zonder"
                | "nie"
                | "bez"
                | "ohne"
                | "never"
                | "false"
                | "falsch"
                | "faux"
                | "falso"
                | "n"
                | "0"
        )
    };
    if rest.iter().any(denied) || key.contains(['✗', '✘', '✖', '❌']) {
        return Item::Denied;
    }
    let level = rest.iter().filter_map(|w| SpokenLevel::of(w)).max();
    Item::Spoken(Spoken { language, level })
}

#[cfg(test)]
mod tests {
    //! - languages are read with their levels, in six languages
    //! - no text makes the reader panic; what is printed reads back

    use super::*;
    use proptest::prelude::*;

    fn read(cell: &str) -> (String, usize) {
        let (known, unread) = read_spoken(cell);
        (known.iter().map(Spoken::to_string).collect::<Vec<_>>().join(", "), unread)
    }

    #[test]
    fn lists_are_read_with_levels_beside_them() {
        for (cell, shown, unread) in [
            ("English (native), Deutsch - B2; fr / Klingonese", "de (B2), en (native), fr", 1),
            ("Deutsch (C1)", "de (C1)", 0),
            ("English - fluent", "en (fluent)", 0),
            ("fluent English and basic German", "de (basic), en (fluent)", 0),
            ("Deutsch: Muttersprache, Englisch: verhandlungssicher", "de (native), en (fluent)", 0),
            ("français courant, anglais (C1), allemand notions", "de (basic), en (C1), fr (fluent)", 0),
            ("español nativo; inglés B2", "en (B2), es (native)", 0),
            ("Nederlands (moedertaal), Engels vloeiend", "en (fluent), nl (native)", 0),
            ("polski - ojczysty, angielski: C1", "en (C1), pl (native)", 0),
            ("English: Native or bilingual proficiency", "en (native)", 0),
            ("English (native, C2)", "en (native)", 0),
            ("DE, EN, FR", "de, en, fr", 0),
            ("de (C1) | EN: fluent", "de (C1), en (fluent)", 0),
            (r#"["German","English"]"#, "de, en", 0),
            ("Brazilian Portuguese", "pt", 0),
            ("Chinese (Mandarin)", "zh", 0),
            ("German: none, English", "en", 0),
            ("no German", "", 0),
            ("Deutsch - nein", "", 0),
            ("Deutsch: nein; Englisch: ja", "en", 0),
            ("English: 0", "", 0),
            ("English: false", "", 0),
            ("English ✗, Polish ✓", "pl", 0),
            ("wants to learn Spanish", "", 0),
            ("möchte Spanisch lernen", "", 0),
            ("many", "", 1),
            ("German English", "", 1),
            ("German, German B1", "de (B1)", 0),
            ("dt., engl.", "de, en", 0),
            ("dt. (C1), engl. fließend, Polnisch", "de (C1), en (fluent), pl", 0),
            ("all., angl., esp.", "de, en, es", 0),
            ("niem., ang.", "de, en", 0),
            ("Engl.", "en", 0),
            ("fr., engl.", "en, fr", 0),
            ("D, E, F", "de, en, fr", 0),
            ("D/E/NL", "de, en, nl", 0),
            ("D, E, S", "de, en", 1),
            ("E, F", "", 2),
            ("D", "", 1),
            ("all", "", 1),
            ("engl., sailing", "", 2),
            ("DE/EN", "de, en", 0),
            ("Deutsch: Muttersprache, Englisch: C1", "de (native), en (C1)", 0),
            ("", "", 0),
        ] {
            assert_eq!(read(cell), (shown.to_owned(), unread), "{cell}");
        }
        assert!("xx".parse::<SpokenLanguage>().is_err());
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,40}", like in "(deutsch|english|en|[(),;/]|c1|native| and |no| ){0,8}") {
            for text in [text, like] {
                let (known, _) = read_spoken(&text);
                let printed: Vec<String> = known.iter().map(Spoken::to_string).collect();
                prop_assert_eq!(read_spoken(&printed.join(", ")), (known, 0), "{:?}", printed);
            }
        }
    }
}
