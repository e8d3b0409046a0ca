//! What is written beside a name, collected while it is taken off.

use super::number::{duration, used, version};
use super::plain::{CROSS, Plain};
use super::{LastUsed, Level, Stance};

/// What says that a skill is held and nothing else, in the same languages.
const AFFIRMATIONS: [&str; 8] = ["yes", "ja", "oui", "sí", "tak", "✓", "✔", "☑"];

/// What says that a skill is not held, in English, German, French, Spanish, Dutch and Polish.
pub(crate) const NEGATIONS: [&str; 105] = [
    "no",
    "none",
    "not",
    "never",
    "never used",
    "not yet",
    "not used",
    "no exp",
    "no experience",
    "no experience with",
    "no experience in",
    "no prior experience",
    "no experience yet",
    "no experience at all",
    "no real experience",
    "never used it",
    "not known",
    "no knowledge",
    "no knowledge of",
    "zero experience",
    "without",
    "n/a",
    "nope",
    "nein",
    "nie",
    "niemals",
    "noch nie",
    "nicht",
    "ohne",
    "ohne erfahrung",
    "ohne erfahrung mit",
    "ohne erfahrung in",
    "ohne kenntnisse",
    "kein",
    "keine",
    "keine erfahrung",
    "keine erfahrung mit",
    "keine erfahrung in",
    "keine erfahrungen",
    "keine kenntnisse",
    "keine kenntnisse in",
    "nicht vorhanden",
    "non",
    "aucun",
    "aucune",
    "aucune expérience",
    "aucune expérience en",
    "aucune expérience avec",
    "aucune connaissance",
    "aucune connaissance en",
    "aucune connaissance de",
    "jamais",
    "jamais utilisé",
    "pas d'expérience",
    "pas d'expérience en",
    "pas d'expérience avec",
    "sans",
    "sans expérience",
    "sans expérience en",
    "nunca",
    "ningún",
    "ninguno",
    "ninguna",
    "ninguna experiencia",
    "ninguna experiencia en",
    "ninguna experiencia con",
    "no tengo experiencia",
    "sin",
    "sin experiencia",
    "sin experiencia en",
    "sin experiencia con",
    "sin conocimientos",
    "sin conocimientos de",
    "nee",
    "niet",
    "nooit",
    "geen",
    "geen ervaring",
    "geen ervaring met",
    "geen ervaring in",
    "geen kennis",
    "geen kennis van",
    "zonder",
    "zonder ervaring",
    "nigdy",
    "brak",
    "brak doświadczenia",
    "brak doświadczenia w",
    "brak doświadczenia z",
    "brak znajomości",
    "bez",
    "bez doświadczenia",
    "bez doświadczenia w",
    "zero",
    "zéro",
    "cero",
    "zero knowledge",
    "unfamiliar",
    "unfamiliar with",
    "not familiar",
    "not familiar with",
    "nicht vertraut",
    "pas familier",
    "niet vertrouwd",
    "keine ahnung",
];
/// What denies the use that is named behind it.
const NEVER: [&str; 21] = [
    "never",
    "not",
    "not yet",
    "nie",
    "niemals",
    "noch nie",
    "nicht",
    "noch nicht",
    "bisher nicht",
    "jamais",
    "pas",
    "pas encore",
    "nunca",
    "no",
    "aún no",
    "nooit",
    "niet",
    "nog nooit",
    "nog niet",
    "nigdy",
    "nigdy nie",
];
/// Words for use.
const USE: [&str; 37] = [
    "used",
    "worked with",
    "tried",
    "touched",
    "applied",
    "learned",
    "learnt",
    "done",
    "benutzt",
    "genutzt",
    "verwendet",
    "eingesetzt",
    "angewendet",
    "angewandt",
    "gearbeitet",
    "damit gearbeitet",
    "gelernt",
    "gemacht",
    "utilisé",
    "utilisée",
    "pratiqué",
    "appris",
    "usado",
    "utilizado",
    "aplicado",
    "aprendido",
    "lo he usado",
    "he usado",
    "gebruikt",
    "toegepast",
    "mee gewerkt",
    "geleerd",
    "używany",
    "używane",
    "używałem",
    "używałam",
    "stosowane",
];
const WISHES: [&str; 37] = [
    "want",
    "wants",
    "would like",
    "would love",
    "wish",
    "interested",
    "interested in",
    "interest in",
    "willing",
    "to learn",
    "learning",
    "currently learning",
    "keen to learn",
    "eager to learn",
    "plan to",
    "planning to",
    "lerne",
    "planned",
    "geplant",
    "in planung",
    "möchte lernen",
    "will lernen",
    "lerne gerade",
    "prévu",
    "souhaite apprendre",
    "à apprendre",
    "en cours d'apprentissage",
    "planeado",
    "quiero aprender",
    "aprendiendo",
    "gepland",
    "wil leren",
    "wil graag leren",
    "planowane",
    "planowany",
    "chcę się nauczyć",
    "w trakcie nauki",
];

/// What was found beside a name so far.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Notes {
    pub version: Option<String>,
    pub years: Option<u16>,
    pub unread_years: bool,
    pub since: Option<u16>,
    pub last_used: Option<LastUsed>,
    pub level: Option<Level>,
    pub stance: Stance,
}

/// Whether a text says of a skill that stands beside it how well, how long or whether it is held, and nothing else:
/// `expert`, `4/5`, `last used 2024`, `none`.
#[must_use]
pub fn is_note(text: &str) -> bool {
    let plain = Plain::of(text);
    let mut notes = Notes::default();
    notes.take(&plain.text).is_some() || notes.take_nothing(&plain.text)
}

/// What a text that stands beside a skill says of holding it, where it is a note and nothing else: `never used` denies,
/// `learning` wishes, `expert` and `4 yrs` hold. `None` for any other text: `no certificate`, `not only basics`.
#[must_use]
pub fn note_stance(text: &str) -> Option<Stance> {
    let plain = Plain::of(text);
    let mut notes = Notes::default();
    notes.take(&plain.text).map(|_| notes.stance)
}

/// What kind of note a text was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Noted {
    /// Years, a level, last use or a version: something about a skill that is held.
    Detail,
    /// Held or not.
    Stance,
}

impl Notes {
    /// Takes a note such as `4 yrs`, `last used 2024`, `expert`, `v3.2`; says what it was, `None` where it was none.
    pub fn take(&mut self, note: &str) -> Option<Noted> {
        // Longer than any note, shorter than what would be slow to look at again and again.
        const LENGTH_MAX: usize = 60;
        let note =
            note.trim().trim_start_matches(['-', '@', ' ', ',']).trim_end_matches(['.', ',', ' ', '*']);
        if note.is_empty() || note.len() > LENGTH_MAX {
            return None;
        }
        let note = note.to_lowercase();
        if let Some(years) = duration(&note) {
            self.take_years(years, &note);
            return Some(Noted::Detail);
        }
        if let Some(stance) = stance(&note) {
            self.stance = stance;
            return Some(Noted::Stance);
        }
        if is_unreadable_duration(&note) {
            self.unread_years = true;
            return Some(Noted::Detail);
        }
        if let Some(used) = used(&note) {
            self.since = self.since.or(used.since);
            self.last_used = self.last_used.or(used.last);
            return Some(Noted::Detail);
        }
        if let Some(level) = Level::read(&note) {
            if level.is_none() {
                self.stance = Stance::Negated;
                return Some(Noted::Detail);
            }
            self.level = self.level.max(Some(level));
            return Some(Noted::Detail);
        }
        let named = note.starts_with(['v', '>', '^']);
        if named && let Some(version) = version(&note) {
            self.version.get_or_insert(version);
            return Some(Noted::Detail);
        }
        None
    }

    /// Takes what says *none* where a note is expected, and nothing anywhere else: `Java: -`, `Java (0)`.
    pub fn take_nothing(&mut self, note: &str) -> bool {
        let note = note.trim();
        let is_nothing = note == "0" || (!note.is_empty() && note.bytes().all(|b| b == b'-'));
        if is_nothing {
            self.stance = Stance::Negated;
        }
        is_nothing
    }

    fn take_years(&mut self, years: Option<u16>, note: &str) {
        match (years, self.years) {
            // `4 years, 6 months` are one duration.
            (Some(months), Some(years)) if note.contains("mo") => {
                self.years = Some(years.saturating_add(months)).filter(|tenths| *tenths <= 999);
            }
            (Some(tenths), _) => self.years = Some(tenths),
            // No years at all is no experience; any other figure out of range cannot be meant.
            (None, _)
                if note.trim_start_matches(['0', '.', ',']).starts_with(|c: char| !c.is_ascii_digit()) =>
            {
                self.stance = Stance::Negated;
            }
            (None, _) => self.unread_years = true,
        }
    }

    /// Adds what another note said, where this one says nothing.
    pub fn fill(&mut self, other: &Self) {
        self.version = self.version.take().or_else(|| other.version.clone());
        self.years = self.years.or(other.years);
        self.unread_years |= other.unread_years;
        self.since = self.since.or(other.since);
        self.last_used = self.last_used.or(other.last_used);
        self.level = self.level.max(other.level);
        if self.stance == Stance::Held {
            self.stance = other.stance;
        }
    }
}

/// `ten years`, `NaN years`, `-3 years`: meant as years, and not readable as such.
fn is_unreadable_duration(note: &str) -> bool {
    let Some((figure, unit)) = note.split_once(char::is_whitespace) else { return false };
    let is_figure = FIGURES.contains(&figure) || figure.contains(|c: char| c.is_ascii_digit());
    let of = unit.trim().trim_end_matches(" of").trim_end_matches(" experience");
    is_figure && matches!(of, "years" | "yrs" | "year" | "yr" | "jahre" | "jahr")
}

const FIGURES: [&str; 27] = [
    "a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "fifteen", "twenty", "several", "many", "few", "some", "nan", "zwei", "drei", "vier", "fünf", "zehn",
    "mehrere", "ein",
];

/// `nie benutzt`, `never tried`, `pas encore utilisé`.
fn denies_use(note: &str) -> bool {
    NEVER.iter().any(|never| {
        let used = note.strip_prefix(never).and_then(|rest| rest.strip_prefix(' '));
        used.is_some_and(|used| USE.contains(&used))
    })
}

fn stance(note: &str) -> Option<Stance> {
    if note.contains([':', ',']) {
        // Two things at once: a label and what it labels, or two items.
        return None;
    }
    if AFFIRMATIONS.contains(&note) {
        return Some(Stance::Held);
    }
    if NEGATIONS.contains(&note) || denies_use(note) || note.strip_prefix(CROSS) == Some("") {
        return Some(Stance::Negated);
    }
    let begins =
        |wish: &str| note.strip_prefix(wish).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    WISHES.iter().any(|wish| begins(wish)).then_some(Stance::Wanted)
}
