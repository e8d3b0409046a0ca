//! What words tell: `data/taxonomy/cues.csv` gives words and phrases their classes, in several languages.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::mention::checks::Unreadable;
use crate::mention::folded::Folded;
use crate::tables::CueRow;
use crate::written::NEGATIONS;

macro_rules! classes {
    ($($name:ident = $word:literal: $what:literal,)+) => {
        /// What a word or phrase tells.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Class { $(#[doc = $what] $name),+ }

        impl Class {
            pub const ALL: &'static [(Class, &'static str)] = &[$((Class::$name, $word)),+];
        }
    };
}

classes! {
    Abbreviation = "abbreviation": "a full stop behind it ends no sentence",
    Answer = "answer": "may stand with a negation or wish behind what it speaks of: `Docker habe ich nie benutzt`",
    AllBut = "all-but": "what follows is left out of all, and is not held; behind a negation it is",
    AtLeast = "at-least": "may stand before a number of years",
    Branch = "branch": "behind a company's name: a part of the company",
    Company = "company": "the name of a technology that is also an employer's",
    Conjunction = "conjunction": "joins items of a list",
    CueAfter = "cue-after": "stands behind the name of a technology",
    CueAgent = "cue-agent": "stands behind the name of a technology and nothing else: people, languages",
    CueBefore = "cue-before": "stands before the name of a technology",
    CueBeforeCapital = "cue-before-capital": "does so where the name has its capital letter",
    DurationLink = "duration-link": "may stand between years and what they are of",
    Education = "education": "a dated line with it is no job",
    Employer = "employer": "the next word with a capital letter is an employer",
    Firm = "firm": "a name with a capital letter right behind it is an employer's",
    Function = "function": "says nothing; a look-alike with it counts in small letters only",
    HyphenTail = "hyphen-tail": "may follow a name and a hyphen: `Go-based`",
    Label = "label": "a line that begins with it and a colon is a list",
    LastUsed = "last-used": "the year behind it is the last use",
    LegalForm = "legal-form": "the name right before it is an employer's",
    Listing = "listing": "may stand within the scope of a negation or wish",
    Month = "month": "a month; the value is its number",
    Negation = "negation": "what follows is not held",
    NegationAfter = "negation-after": "what stands before it is not held",
    NegationLink = "negation-link": "may stand between a negation and what it negates",
    NegationPrefix = "negation-prefix": "the name written in one with it is not held",
    Nice = "nice": "in an advertisement: would be nice to have",
    NotInText = "not-in-text": "a wording of a trait that says too little in running text",
    NotNegation = "not-negation": "looks like a negation and is none",
    Number = "number": "a number as a word; the value is the number",
    Others = "others": "a sentence that begins with it and states use tells of others",
    Post = "post": "a post or a verb of employment: behind it, `at` names an employer",
    Present = "present": "the end of a time that lasts",
    RefuseAfter = "refuse-after": "an everyday word before it is no skill",
    RefuseBefore = "refuse-before": "an everyday word behind it is no skill",
    ScopeEnd = "scope-end": "a negation or wish ends before it",
    SectionEducation = "section-education": "heading of a part that tells of education",
    SectionOther = "section-other": "heading of another part",
    SectionReferences = "section-references": "heading of a part that names people to ask, and label of one",
    SectionSkills = "section-skills": "heading of a part that lists skills",
    SectionWork = "section-work": "heading of a part that tells of jobs",
    Sought = "sought": "what follows names a post that is sought: wished for, but in an advertisement",
    Since = "since": "the date behind it is when use began",
    Subject = "subject": "whom a text is about: who wrote it, and he or she",
    Unit = "unit": "years or months; the value is how many months",
    Until = "until": "stands between two dates",
    Use = "use": "states use",
    Wish = "wish": "what follows is wished for",
    WishAfter = "wish-after": "what stands before it is wished for",
}

/// The classes of a word, one bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u64);

impl Classes {
    pub fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u32) != 0
    }

    /// Whether a word has no class but that of posts, which speaks of employers alone.
    pub fn tell_nothing(self) -> bool {
        self.0 & !(1 << Class::Post as u32) == 0
    }

    fn add(&mut self, class: Class) {
        self.0 |= 1 << class as u32;
    }
}

/// A word or phrase with what it tells.
#[derive(Debug, Clone)]
pub(super) struct Cue {
    /// Folded, like the text.
    pub phrase: Vec<u8>,
    pub classes: Classes,
    /// Month, number, or months of a unit.
    pub value: u16,
}

impl Cue {
    fn begins_with(&self, other: &[u8]) -> bool {
        self.phrase.starts_with(other) && self.phrase.get(other.len()).is_none_or(|next| !is_word(*next))
    }
}

/// All words and phrases, by their first word.
#[derive(Debug)]
pub(super) struct Cues {
    by_first: HashMap<Vec<u8>, Vec<Cue>, Quick>,
}

/// Class, phrase and value of a row, or the columns that cannot be read and why.
pub(super) fn read(row: &CueRow) -> Result<(Class, Vec<u8>, u16), Unreadable> {
    let mut problems = Vec::new();
    let class = Class::ALL.iter().find(|(_, word)| *word == row.class).map(|(class, _)| *class);
    if class.is_none() {
        let known: Vec<&str> = Class::ALL.iter().map(|(_, word)| *word).collect();
        problems.push(("class", format!("unknown class `{}`: there are {}", row.class, known.join(", "))));
    }
    let phrase = Folded::new(&row.phrase).bytes;
    if first_word(&phrase).is_empty() {
        problems.push(("phrase", format!("`{}` begins with no letter or digit", row.phrase)));
    }
    let bounds = match class {
        Some(Class::Month | Class::Unit) => Some(1..=12),
        Some(Class::Number) => Some(0..=99),
        _ => None,
    };
    let value = match (bounds, row.value.as_str()) {
        (None, "") => Some(0),
        (None, _) => None,
        (Some(bounds), value) => value.parse().ok().filter(|value| bounds.contains(value)),
    };
    if value.is_none() && class.is_some() {
        problems.push(("value", format!("`{}` is no value of the class `{}`", row.value, row.class)));
    }
    match (class, value) {
        (Some(class), Some(value)) if problems.is_empty() => Ok((class, phrase, value)),
        _ => Err(problems),
    }
}

impl Cues {
    /// Of rows that were checked before; others are left out. What denies a skill in a list of skills denies it behind its
    /// name here, too.
    pub fn new(rows: &[CueRow]) -> Self {
        let mut by_first: HashMap<Vec<u8>, Vec<Cue>, Quick> = HashMap::default();
        let denials = NEGATIONS.iter().map(|phrase| (Class::NegationAfter, Folded::new(phrase).bytes, 0));
        for (class, phrase, value) in rows.iter().filter_map(|row| read(row).ok()).chain(denials) {
            let cues = by_first.entry(first_word(&phrase).to_vec()).or_default();
            match cues.iter_mut().find(|cue| cue.phrase == phrase) {
                Some(cue) => {
                    cue.classes.add(class);
                    cue.value = cue.value.max(value);
                }
                None => {
                    let mut classes = Classes::default();
                    classes.add(class);
                    cues.push(Cue { phrase, classes, value });
                }
            }
        }
        for cues in by_first.values_mut() {
            // A phrase tells what its own beginning tells too: "no experience with" begins with "no".
            let shorter = cues.clone();
            for cue in cues.iter_mut() {
                for other in &shorter {
                    if cue.begins_with(&other.phrase) {
                        cue.classes.0 |= other.classes.0;
                        cue.value = cue.value.max(other.value);
                    }
                }
            }
            cues.sort_by(|a, b| b.phrase.len().cmp(&a.phrase.len()).then_with(|| a.phrase.cmp(&b.phrase)));
        }
        Self { by_first }
    }

    /// The longest phrase that stands at the start of `rest`, whose first word is `word`, and ends with a word.
    pub fn at(&self, word: &[u8], rest: &[u8]) -> Option<&Cue> {
        self.by_first.get(word)?.iter().find(|cue| {
            rest.starts_with(&cue.phrase)
                && (!is_word(*cue.phrase.last().unwrap_or(&b' '))
                    || rest.get(cue.phrase.len()).is_none_or(|next| !is_word(*next)))
        })
    }

    /// Every word and phrase, but for those that stand beside the name of a technology.
    pub fn phrases(&self) -> impl Iterator<Item = &[u8]> {
        let beside = |cue: &&Cue| {
            [Class::CueBefore, Class::CueBeforeCapital, Class::CueAfter, Class::CueAgent]
                .into_iter()
                .any(|class| cue.classes.has(class))
        };
        self.by_first.values().flatten().filter(move |cue| !beside(cue)).map(|cue| cue.phrase.as_slice())
    }

    /// What a single word or whole phrase tells.
    pub fn of(&self, phrase: &[u8]) -> Classes {
        let cues = self.by_first.get(first_word(phrase));
        cues.and_then(|cues| cues.iter().find(|cue| cue.phrase == phrase))
            .map_or(Classes::default(), |cue| cue.classes)
    }
}

/// Letters, digits, and every byte of a letter outside ASCII.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The word at the start of folded bytes. An apostrophe within belongs to it (`haven't`), unless one letter stands
/// before it (`l'Angular`).
pub(super) fn first_word(rest: &[u8]) -> &[u8] {
    let mut end = 0;
    while let Some(&byte) = rest.get(end) {
        let inner = byte == b'\'' && end >= 2 && rest.get(end + 1).is_some_and(|next| is_word(*next));
        if !is_word(byte) && !inner {
            break;
        }
        end += 1;
    }
    &rest[..end]
}

/// FNV-1a: the keys are short words of our own files, so that nobody can choose colliding ones.
#[derive(Debug, Default)]
pub(super) struct Fnv(u64);

pub(super) type Quick = BuildHasherDefault<Fnv>;

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_usize(&mut self, length: usize) {
        self.0 ^= length as u64;
    }
}
