//! What is found in a text.

use std::ops::Range;

use crate::mention::{Period, YearMonth};
use crate::{LastUsed, SkillIx, Stance, TraitIx};

/// What is known of a text beside its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextContext {
    /// The month that "present" and "today" mean in a range of dates. Nothing else is taken from it.
    pub as_of: YearMonth,
    /// What sort of text it is.
    pub kind: TextKind,
}

/// What sort of text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextKind {
    /// What a person wrote or had written about them: a CV, a letter, a note.
    #[default]
    Ordinary,
    /// A job advertisement. What is asked for counts as held, what would be nice to have as wanted, and nothing as
    /// worked: it says what a role needs, not what a person did.
    JobAd,
    /// A list of skills: a spelling that is also an everyday word means the skill.
    List,
}

/// What a mention is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A skill.
    Skill(SkillIx),
    /// A trait.
    Trait(TraitIx),
}

/// How a text speaks of a skill, as the scoring model tells sources apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// In passing.
    Mentioned,
    /// With use, a duration or an employer.
    Worked,
}

impl Source {
    /// The word that is shown.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mentioned => "mentioned",
            Self::Worked => "worked",
        }
    }
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// It follows from dates in the text.
    ComputedFromDates,
    /// It stands in the text.
    Stated,
}

impl Basis {
    /// The words that are shown.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::ComputedFromDates => "computed from dates",
            Self::Stated => "stated",
        }
    }
}

/// A value and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub basis: Basis,
}

/// A place in a text that names a skill or trait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Bytes of the text as it was given; begins and ends between characters.
    pub span: Range<usize>,
    /// Bytes of the sentence, or of the line where lines are no sentences.
    pub sentence: Range<usize>,
    /// What it is about.
    pub subject: Subject,
    /// The trait that the same words name, where the subject is a skill (`microservices` is both).
    pub also: Option<TraitIx>,
    /// Version beside the name (`15`, `3.11`, `2+`).
    pub version: Option<String>,
    /// Held, wanted or negated.
    pub stance: Stance,
    /// Whether use is stated.
    pub source: Source,
    /// Years in tenths, 1 to 999. `None`: not said.
    pub years: Option<Known<u16>>,
    /// Last use. `None`: not said.
    pub last_used: Option<Known<LastUsed>>,
    /// The months that dates beside it or over its paragraph span; several mentions of one skill unite theirs.
    pub period: Option<Period>,
    /// The rules that decided.
    pub reason: Reasons,
}

/// The rule behind each thing that is said of a mention.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reasons {
    /// Why the words mean the skill or trait.
    pub taken: Taken,
    /// Why it is held, wanted or negated.
    pub stance: StanceReason,
    /// Why it is worked or mentioned.
    pub source: SourceReason,
}

/// Why words mean a skill or trait. Strongest first, as they are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taken {
    /// The spelling means nothing else.
    Unambiguous,
    /// The whole text is a list of skills.
    ListText,
    /// It is written with the capital letters that the name has and the everyday word has not.
    Capitals,
    /// It stands in a list beside a skill that needs no evidence.
    Listed,
    /// It stands in a list of words that are all spellings of skills.
    ListedTogether,
    /// Its line begins with a label such as `Skills:`, or stands under such a heading.
    Labelled,
    /// A version stands behind it.
    Versioned,
    /// Years of experience stand beside it.
    Duration,
    /// The word behind it speaks of technology: `Go developer`.
    CueAfter,
    /// The words before it speak of technology: `written in Go`.
    CueBefore,
    /// It has its capital letter within a sentence, near a skill that needs no evidence.
    Near,
}

impl Taken {
    /// The rule's name in JSON and in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Unambiguous => "unambiguous",
            Self::ListText => "list-text",
            Self::Capitals => "capitals",
            Self::Listed => "listed",
            Self::ListedTogether => "listed-together",
            Self::Labelled => "labelled",
            Self::Versioned => "versioned",
            Self::Duration => "duration",
            Self::CueAfter => "cue-after",
            Self::CueBefore => "cue-before",
            Self::Near => "near",
        }
    }
}

/// Why a mention is held, wanted or negated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StanceReason {
    /// Nothing speaks against it.
    Plain,
    /// `no experience with …`
    Negation,
    /// `…: none`, `… (never used)`
    NegationAfter,
    /// `willing to learn …`
    Wish,
    /// `… (want to learn)`
    WishAfter,
    /// `nice to have: …`, in an advertisement.
    NiceToHave,
}

impl StanceReason {
    /// The rule's name in JSON and in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Negation => "negation",
            Self::NegationAfter => "negation-after",
            Self::Wish => "wish",
            Self::WishAfter => "wish-after",
            Self::NiceToHave => "nice-to-have",
        }
    }
}

/// Why a mention counts as worked or mentioned. Weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SourceReason {
    /// In passing.
    Passing,
    /// The sentence names an employer.
    Employer,
    /// The sentence states use.
    Use,
    /// It stands in a job's paragraph, under its dates.
    DatedJob,
    /// Dates stand beside it: `since 2019`.
    Dates,
    /// Years of it are stated.
    Duration,
}

impl SourceReason {
    /// The rule's name in JSON and in tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Passing => "in-passing",
            Self::Employer => "employer",
            Self::Use => "use",
            Self::DatedJob => "dated-job",
            Self::Dates => "dates",
            Self::Duration => "duration",
        }
    }
}
