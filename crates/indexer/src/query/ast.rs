//! The tree of a checked query: what each part asks of a single candidate. What a leaf means is stated in `matches`.

use stackscout_profile::{CandidateNumber, Country, Currency, Date, EvidenceSource, PayUnit, SpokenLanguage};
use stackscout_taxonomy::{Credit, SkillIx, Taxonomy};

use crate::Feature;

/// A query or a part of one. `And` and `Or` have at least two parts, none of which is of the same kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    /// Everybody.
    All,
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
}

/// What a single candidate is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// Holds a skill.
    Skill(AskedSkill),
    /// Holds one of these skills by name; stands in a [`Leaf::Defined`] alone.
    AnySkill(Vec<Skill>),
    /// Has a text that speaks for the trait of this id; stands in a [`Leaf::Defined`] alone.
    Trait(String),
    /// Wants to work with the skill.
    Wants(Skill),
    /// Has these words in a row, of which the last may be the beginning of a longer one.
    Words(Words),
    Country(Country),
    /// May work in the country.
    Permit(Country),
    /// Speaks the language.
    Language(SpokenLanguage),
    /// Has this value, compared as a key.
    Key {
        field: KeyField,
        key: String,
    },
    /// Said so.
    YesNo {
        field: YesNoField,
        yes: bool,
    },
    /// Tenths of years in all, both bounds included.
    Years {
        min_tenths: u16,
        max_tenths: u16,
    },
    /// Expects pay within these bounds, both included, in this currency and unit.
    Pay {
        min: u64,
        max: u64,
        currency: Currency,
        per: PayUnit,
    },
    /// Has a day within these bounds, both included.
    Day {
        field: DayField,
        from: Option<Date>,
        to: Option<Date>,
    },
    /// An import of this number said something of the person.
    Import(u32),
    Has(Feature),
    Missing(Feature),
    Id(CandidateNumber),
    /// Lives in one of these cities, as the index names them; stands in a [`Leaf::Defined`] alone.
    Cities(Vec<String>),
    /// Is one of these, in ascending order; stands in a [`Leaf::Defined`] alone.
    Ids(Vec<CandidateNumber>),
    /// A field whose value stands for a tree: `kind:orm`, `company:x`, `country:eu`.
    Defined {
        field: &'static str,
        value: String,
        means: Box<Node>,
    },
}

/// A skill with what is asked of the evidence for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedSkill {
    pub skill: Skill,
    /// Other skills that will do, for `~`; `None` where only the skill itself counts.
    pub related: Option<Related>,
    pub years: Option<YearsAsked>,
    /// Used in this year or later.
    pub since: Option<u16>,
    /// The strongest evidence is at least this.
    pub source: Option<EvidenceSource>,
}

/// What counts towards a skill beside itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Related {
    /// Least credit in ten-thousandths; `None` for whatever the taxonomy relates.
    pub credit_min: Option<u16>,
    /// The skills and what each counts, in the order of ids.
    pub skills: Vec<(Skill, Credit)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearsAsked {
    /// Tenths, both bounds included.
    Between { min_tenths: u16, max_tenths: u16 },
    /// The years are not known.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Words {
    pub place: Place,
    /// At least one.
    pub words: Vec<String>,
    /// Whether the only word is the beginning of a word.
    pub prefix: bool,
}

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $( $variant:ident = $word:literal, )* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $( $variant, )* }

        impl $name {
            #[allow(dead_code, reason = "not every one of these is walked over")]
            pub const ALL: &[$name] = &[ $( $name::$variant, )* ];

            /// The field of the language.
            pub fn word(self) -> &'static str {
                match self { $( $name::$variant => $word, )* }
            }
        }
    };
}

named! {
    /// Where words are looked up.
    Place {
        Text = "text",
        Title = "title",
        Name = "name",
        Employer = "employer",
        Location = "location",
        Summary = "summary",
        Notes = "notes",
        Work = "work",
        Cv = "cv",
        Education = "education",
        Applied = "applied",
    }
}

impl Place {
    /// The places that `text:` looks into.
    pub const OF_TEXT: [Place; 9] = [
        Place::Title,
        Place::Name,
        Place::Employer,
        Place::Location,
        Place::Summary,
        Place::Notes,
        Place::Work,
        Place::Cv,
        Place::Education,
    ];

    /// The places that make up this one.
    pub fn parts(self) -> &'static [Place] {
        match self {
            Place::Text => &Self::OF_TEXT,
            place => Self::ALL.iter().find(|one| **one == place).map_or(&[], std::slice::from_ref),
        }
    }
}

named! {
    /// Fields whose values are compared as keys: case, accents and signs aside.
    KeyField {
        City = "city",
        Source = "source",
        Tag = "tag",
        Status = "status",
        Stage = "stage",
        Owner = "owner",
        Channel = "channel",
        Email = "email",
        Seniority = "seniority",
    }
}

named! {
    /// Fields that are yes, no or unknown.
    YesNoField {
        Remote = "remote",
        Relocation = "relocation",
        OptOut = "optout",
    }
}

named! {
    /// Fields that hold a day.
    DayField {
        Available = "available",
        Imported = "imported",
        Updated = "updated",
        Applied = "applied",
    }
}

/// A skill by its number in the taxonomy, and by its id in the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Skill {
    pub ix: SkillIx,
    pub id: String,
}

impl Skill {
    pub(super) fn new(ix: SkillIx, taxonomy: &Taxonomy) -> Self {
        Self { ix, id: taxonomy.skill(ix).id.clone() }
    }
}

impl Leaf {
    /// The words that are looked for, with the `*` of a beginning; empty for other leaves.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Words(asked) => asked.words.join(" ") + if asked.prefix { "*" } else { "" },
            _ => String::new(),
        }
    }
}

impl AskedSkill {
    pub(super) fn itself(ix: SkillIx, taxonomy: &Taxonomy) -> Self {
        let skill = Skill::new(ix, taxonomy);
        Self { skill, related: None, years: None, since: None, source: None }
    }

    /// Takes in every skill that counts at least so much.
    pub(super) fn widen(&mut self, credit_min: Option<u16>, taxonomy: &Taxonomy) {
        let least = credit_min.unwrap_or(1);
        let counts = |(held, _): (SkillIx, _)| {
            let link = taxonomy.link(held, self.skill.ix)?;
            let enough = held != self.skill.ix && link.credit.ten_thousandths() >= least;
            enough.then(|| (Skill::new(held, taxonomy), link.credit))
        };
        let skills = taxonomy.skills().filter_map(counts).collect();
        self.related = Some(Related { credit_min, skills });
    }

    /// Every skill that will do, the one asked for first.
    pub(crate) fn any(&self) -> impl Iterator<Item = &Skill> {
        let related = self.related.iter().flat_map(|related| related.skills.iter().map(|(skill, _)| skill));
        std::iter::once(&self.skill).chain(related)
    }

    /// Whether nothing is asked of the evidence.
    pub(crate) fn is_plain(&self) -> bool {
        self.years.is_none() && self.since.is_none() && self.source.is_none()
    }
}

impl Node {
    pub(crate) fn and(parts: Vec<Node>) -> Node {
        let flat = parts.into_iter().flat_map(|part| match part {
            Node::And(parts) => parts,
            other => vec![other],
        });
        Self::one_or(flat.collect(), Node::And)
    }

    pub(super) fn or(parts: Vec<Node>) -> Node {
        let flat = parts.into_iter().flat_map(|part| match part {
            Node::Or(parts) => parts,
            other => vec![other],
        });
        Self::one_or(flat.collect(), Node::Or)
    }

    fn one_or(mut parts: Vec<Node>, many: impl Fn(Vec<Node>) -> Node) -> Node {
        match parts.len() {
            1 => parts.remove(0),
            _ => many(parts),
        }
    }

    /// Shows every leaf in order, and whether matching it speaks for the candidate (an even number of nots above it).
    /// What a [`Leaf::Defined`] means is not shown.
    pub(crate) fn visit<'a>(&'a self, wanted: bool, see: &mut impl FnMut(&'a Leaf, bool)) {
        match self {
            Node::All => {}
            Node::And(parts) | Node::Or(parts) => parts.iter().for_each(|part| part.visit(wanted, see)),
            Node::Not(part) => part.visit(!wanted, see),
            Node::Leaf(leaf) => see(leaf, wanted),
        }
    }

    /// The same tree with each leaf replaced by what `change` makes of it.
    pub(super) fn map(&self, wanted: bool, change: &mut impl FnMut(&Leaf, bool) -> Option<Node>) -> Node {
        match self {
            Node::All => Node::All,
            Node::And(parts) => Node::and(parts.iter().map(|part| part.map(wanted, change)).collect()),
            Node::Or(parts) => Node::or(parts.iter().map(|part| part.map(wanted, change)).collect()),
            Node::Not(part) => Node::Not(Box::new(part.map(!wanted, change))),
            Node::Leaf(leaf) => change(leaf, wanted).unwrap_or_else(|| self.clone()),
        }
    }
}
