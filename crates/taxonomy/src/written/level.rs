//! How well a skill is known, as people state it: kept and shown, never scored.

use std::fmt;

use super::plain::RATED;

/// A level as people state it. Scales differ between systems, so that it is shown and never scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// A figure on a scale, such as 4 of 5 or 80 of 100.
    Rated {
        /// The figure, at most `of`.
        value: u8,
        /// The end of the scale: 5, 10, or 100 for a share in percent; fewer where so many marks were drawn.
        of: u8,
    },
    /// basic, beginner, junior, novice, familiar
    Basic,
    /// intermediate, medium, working knowledge
    Intermediate,
    /// advanced, proficient, senior, strong
    Advanced,
    /// expert
    Expert,
}

impl Level {
    /// What is shown: `expert`, `4/5`, `80%`.
    #[must_use]
    pub fn word(self) -> String {
        self.to_string()
    }

    /// Whether it says that nothing is known at all: `0/5`, `0%`.
    pub(super) fn is_none(self) -> bool {
        matches!(self, Self::Rated { value: 0, .. })
    }

    /// Reads a lower-case note such as `advanced`, `sehr gut`, `expert level`, `80%`, `7/10`.
    pub(super) fn read(note: &str) -> Option<Self> {
        if let Some(rated) = rated(note) {
            return Some(rated);
        }
        let note = note.strip_prefix("level ").or_else(|| note.strip_prefix("level:")).unwrap_or(note).trim();
        let note = note.strip_prefix("very ").or_else(|| note.strip_prefix("sehr ")).unwrap_or(note);
        let bare = [" level", " user", " knowledge", " skills", " proficiency", " understanding"]
            .iter()
            .find_map(|end| note.strip_suffix(end))
            .unwrap_or(note);
        LEVELS.iter().find(|(word, _)| *word == note || *word == bare).map(|(_, level)| *level)
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rated { value, of: 100 } => write!(f, "{value}%"),
            Self::Rated { value, of } => write!(f, "{value}/{of}"),
            Self::Basic => f.write_str("basic"),
            Self::Intermediate => f.write_str("intermediate"),
            Self::Advanced => f.write_str("advanced"),
            Self::Expert => f.write_str("expert"),
        }
    }
}

/// What stands between a figure and the end of its scale, in words.
const OUT_OF: [&str; 6] = [" out of ", " of ", " von ", " sur ", " van ", " de "];

/// `80%`, `4/5`, `7 / 10`, `4 out of 5`, `4 von 5`, `★4★5`.
fn rated(note: &str) -> Option<Level> {
    if let Some(share) = note.strip_suffix('%') {
        let value = share.trim().parse().ok().filter(|v| *v <= 100)?;
        return Some(Level::Rated { value, of: 100 });
    }
    let drawn = note.strip_prefix(RATED).and_then(|figures| figures.split_once(RATED));
    let in_words = || OUT_OF.iter().find_map(|out_of| note.split_once(out_of));
    let (value, of) = drawn.or_else(|| note.split_once('/')).or_else(in_words)?;
    let figure = |s: &str| s.trim().parse::<u8>().ok().filter(|_| !s.trim().starts_with('+'));
    let (value, of) = (figure(value)?, figure(of)?);
    (value <= of && (drawn.is_some() || matches!(of, 5 | 10))).then_some(Level::Rated { value, of })
}

const LEVELS: [(&str, Level); 52] = [
    ("basic", Level::Basic),
    ("basics", Level::Basic),
    ("beginner", Level::Basic),
    ("elementary", Level::Basic),
    ("entry", Level::Basic),
    ("familiar", Level::Basic),
    ("fundamental", Level::Basic),
    ("fundamentals", Level::Basic),
    ("junior", Level::Basic),
    ("novice", Level::Basic),
    ("some", Level::Basic),
    ("anfänger", Level::Basic),
    ("grundkenntnisse", Level::Basic),
    ("grundlagen", Level::Basic),
    ("débutant", Level::Basic),
    ("notions", Level::Basic),
    ("básico", Level::Basic),
    ("principiante", Level::Basic),
    ("podstawowy", Level::Basic),
    ("competent", Level::Intermediate),
    ("good", Level::Intermediate),
    ("intermediate", Level::Intermediate),
    ("medium", Level::Intermediate),
    ("mid", Level::Intermediate),
    ("moderate", Level::Intermediate),
    ("working", Level::Intermediate),
    ("gut", Level::Intermediate),
    ("gute kenntnisse", Level::Intermediate),
    ("mittel", Level::Intermediate),
    ("intermédiaire", Level::Intermediate),
    ("intermedio", Level::Intermediate),
    ("gemiddeld", Level::Intermediate),
    ("advanced", Level::Advanced),
    ("excellent", Level::Advanced),
    ("fluent", Level::Advanced),
    ("proficient", Level::Advanced),
    ("senior", Level::Advanced),
    ("skilled", Level::Advanced),
    ("strong", Level::Advanced),
    ("fortgeschritten", Level::Advanced),
    ("avancé", Level::Advanced),
    ("confirmé", Level::Advanced),
    ("avanzado", Level::Advanced),
    ("zaawansowany", Level::Advanced),
    ("gevorderd", Level::Advanced),
    ("expert", Level::Expert),
    ("expertise", Level::Expert),
    ("guru", Level::Expert),
    ("mastery", Level::Expert),
    ("experte", Level::Expert),
    ("experto", Level::Expert),
    ("ekspert", Level::Expert),
];
