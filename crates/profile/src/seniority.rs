//! How senior a post is, as its title or a stated seniority says.
//!
//! Scales differ between employers: a level is shown and searched, and never scored. Only words that are a level in
//! any employer's mouth are read. `Product manager` is a trade and no level, `Engineer III` a level on a scale that
//! nobody has named, and a title that says two levels of a beginner and a senior at once says neither.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use crate::Cell;

macro_rules! levels {
    ($( $(#[$doc:meta])* $variant:ident = $word:literal: $phrases:expr, )*) => {
        /// A level of seniority, lowest first.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Seniority { $( $(#[$doc])* $variant, )* }

        impl Seniority {
            /// Every level, lowest first.
            pub const ALL: &[Seniority] = &[ $( Seniority::$variant, )* ];

            /// The level's word: `junior`, `senior`, `lead`.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $( Seniority::$variant => $word, )* }
            }

            /// Phrases that mean it, in small letters without accents, in English, German, French, Spanish, Dutch and
            /// Polish.
            fn phrases(self) -> &'static [&'static str] {
                match self { $( Seniority::$variant => &$phrases, )* }
            }
        }
    };
}

levels! {
    /// Learns the trade: interns, apprentices, working students.
    Intern = "intern": [
        "intern", "internship", "trainee", "apprentice", "apprenticeship", "working student", "student assistant",
        "werkstudent", "werkstudentin", "praktikant", "praktikantin", "praktikum", "azubi", "auszubildender",
        "auszubildende", "lehrling", "stagiaire", "stage", "alternant", "alternante", "alternance", "apprenti",
        "apprentie", "becario", "becaria", "practicas", "aprendiz", "stagiair", "afstudeerder", "leerling",
        "stazysta", "stazystka", "praktykant", "praktykantka", "stazystka", "stagista",
    ],
    /// Begins.
    Junior = "junior": [
        "junior", "jr", "jnr", "juniorin", "entry level", "graduate engineer", "graduate developer",
        "graduate software", "associate engineer", "associate developer", "associate software",
        "associate consultant", "berufseinsteiger", "berufseinsteigerin", "berufsanfanger", "einsteiger",
        "debutant", "debutante", "mlodszy", "mlodsza",
    ],
    /// Works alone, and leads nobody.
    Mid = "mid": [
        "mid", "mid level", "midlevel", "midweight", "mid weight", "intermediate", "medior", "regular", "semi senior",
        "semisenior", "ssr", "confirme", "confirmee",
    ],
    /// Has done it for years.
    Senior = "senior": [
        "senior", "sr", "snr", "seniorin", "seniore", "experimente", "experimentee", "starszy", "starsza",
    ],
    /// Leads a team or its technology.
    Lead = "lead": [
        "lead", "leads", "teamlead", "techlead", "leader", "team leader", "teamleiter", "teamleiterin", "teamleitung",
        "leitender", "leitende", "gruppenleiter", "gruppenleiterin", "chef d equipe", "chef de equipe",
        "chef d'equipe", "responsable technique", "jefe de equipo", "jefa de equipo", "lider", "lider tecnico",
        "teamleider", "lider zespolu", "liderka", "wiodacy",
    ],
    /// Above senior, without a team of their own.
    Staff = "staff": ["staff engineer", "staff software", "staff developer", "staff data", "staff frontend",
        "staff backend", "staff front", "staff back", "staff full", "staff fullstack", "staff site", "staff security",
        "staff machine", "staff platform", "staff ml", "staff sre", "staff devops", "staff infrastructure",
        "staff product", "staff web", "staff mobile", "staff scientist", "staff architect", "staff designer",
        "senior staff", "staff level",
    ],
    /// The highest of those who lead by what they know.
    Principal = "principal": [
        "principal", "distinguished engineer", "engineering fellow", "glowny", "glowna", "chefentwickler",
        "chefentwicklerin",
    ],
    /// Leads people.
    Manager = "manager": [
        "engineering manager", "development manager", "software manager", "it manager", "delivery manager",
        "qa manager", "technical manager", "technology manager", "team manager", "devops manager", "data manager",
        "infrastructure manager", "platform manager", "manager of", "manager software", "manager engineering",
        "manager it", "manager development", "abteilungsleiter", "abteilungsleiterin", "abteilungsleitung",
        "it leiter", "it leiterin", "leiter", "leiterin", "leitung", "entwicklungsleiter", "entwicklungsleiterin",
        "responsable informatique", "responsable it", "responsable de desarrollo", "responsable de equipo",
        "jefe de desarrollo", "jefa de desarrollo", "jefe de informatica", "gerente", "kierownik", "kierowniczka",
        "leidinggevende", "afdelingshoofd", "manager level",
    ],
    /// Answers for a department.
    Director = "director": [
        "director", "head of", "head", "directeur", "directrice", "directora", "bereichsleiter", "bereichsleiterin",
        "direktor", "direktorin", "hoofd", "dyrektor", "dyrektorka",
    ],
    /// Answers for a company.
    Executive = "executive": [
        "cto", "cio", "ceo", "coo", "ciso", "cpo", "vp", "svp", "evp", "vice president", "chief technology officer",
        "chief technical officer", "chief information officer", "chief executive officer", "chief product officer",
        "chief data officer", "chief architect officer", "geschaftsfuhrer", "geschaftsfuhrerin", "geschaftsfuhrung",
        "prezes", "managing director", "executive level",
    ],
}

/// Phrases that hold a word of a level and say none: a trade, somebody else's level, a thing.
const NO_LEVEL: [&str; 25] = [
    "lead generation",
    "lead management",
    "lead qualification",
    "lead time",
    "stage manager",
    "stage designer",
    "head hunter",
    "mid market",
    "projektleiter",
    "projektleiterin",
    "kierownik projektu",
    "art director",
    "creative director",
    "executive assistant",
    "headless",
    "on stage",
    "senior living",
    "senior care",
    "regular expression",
    "regular expressions",
    "chef de projet",
    "senior secondary",
    "director s cut",
    "junior high",
    "leads generation",
];

/// Words before a level that say it is not the person's own, or not any more, or not at all.
const NOT_OWN: [&str; 26] = [
    "ex",
    "former",
    "formerly",
    "ehemaliger",
    "ehemalige",
    "ehemals",
    "ancien",
    "ancienne",
    "anterior",
    "antiguo",
    "byly",
    "voormalig",
    "assistant to",
    "assistant to the",
    "assistent der",
    "assistentin der",
    "assistenz der",
    "aspiring",
    "not",
    "nicht",
    "kein",
    "keine",
    "pas",
    "niet",
    "geen",
    "nie",
];

impl Seniority {
    /// Reads the level that a title or a stated seniority names: `manager` alone is one, a product manager none. `None`:
    /// it names none, or beginner and senior at once.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let whole = text.trim();
        if let Some(level) = Self::ALL.iter().find(|level| level.word().eq_ignore_ascii_case(whole)) {
            return Some(*level);
        }
        let words = words(text);
        let mut levels: Vec<Seniority> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let Some((tells, length)) = tell(&words[at..]) else {
                at += 1;
                continue;
            };
            at += length;
            match tells {
                Tells::Level(level) => levels.push(level),
                Tells::Nothing => {}
                // What stands behind it, as far as its own end, is not the person's.
                Tells::NotOwn => at += words[at..].iter().take_while(|word| *word != END).count(),
            }
        }
        let (lowest, highest) = (levels.iter().min().copied()?, levels.iter().max().copied()?);
        match lowest {
            // An intern stays one, whoever the team is of.
            Self::Intern => Some(Self::Intern),
            Self::Junior | Self::Mid => (lowest == highest).then_some(lowest),
            _ => Some(highest),
        }
    }
}

/// Stands in the words where a sign ends a part of the text.
const END: &str = "|";

/// The words in small letters without accents; signs that end a part of a title are [`END`].
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars() {
        if c.is_alphanumeric() {
            if !open {
                words.push(String::new());
                open = true;
            }
            if let Some(word) = words.last_mut() {
                word.extend(c.to_lowercase().map(without_accent));
            }
        } else {
            open = false;
            if matches!(c, ',' | ';' | '|' | '/' | '(' | ')' | '–' | '—' | '\n') {
                words.push(END.to_owned());
            }
        }
    }
    words
}

/// Letters of the six languages without their marks.
fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ą' => 'a',
        'ć' | 'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' | 'ę' => 'e',
        'í' | 'î' | 'ï' => 'i',
        'ł' => 'l',
        'ń' | 'ñ' => 'n',
        'ó' | 'ô' | 'ö' => 'o',
        'ś' => 's',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ź' | 'ż' => 'z',
        other => other,
    }
}

/// What a phrase tells of the person's level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tells {
    Level(Seniority),
    NotOwn,
    Nothing,
}

/// All phrases by their first word: each with the words behind it and what it tells.
type Phrases = HashMap<&'static str, Vec<(Vec<&'static str>, Tells)>>;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let of_levels = Seniority::ALL
        .iter()
        .flat_map(|level| level.phrases().iter().map(|phrase| (*phrase, Tells::Level(*level))));
    let nothing = NO_LEVEL.iter().map(|phrase| (*phrase, Tells::Nothing));
    let not_own = NOT_OWN.iter().map(|phrase| (*phrase, Tells::NotOwn));
    let mut phrases = Phrases::new();
    for (phrase, tells) in of_levels.chain(nothing).chain(not_own) {
        let mut words = phrase.split([' ', '\'']);
        phrases.entry(words.next().unwrap_or_default()).or_default().push((words.collect(), tells));
    }
    phrases
});

/// What the words begin with tells, and how many words that is.
fn tell(words: &[String]) -> Option<(Tells, usize)> {
    let (first, rest) = words.split_first()?;
    let begins = |behind: &[&str]| {
        rest.len() >= behind.len() && rest.iter().zip(behind).all(|(word, of_phrase)| word == of_phrase)
    };
    let told = PHRASES.get(first.as_str())?.iter().filter(|(behind, _)| begins(behind));
    // Of levels the longest phrase stands, and the higher one of equals.
    told.map(|(behind, tells)| (!matches!(tells, Tells::Level(_)), behind.len() + 1, *tells))
        .max()
        .map(|(_, length, tells)| (tells, length))
}

impl fmt::Display for Seniority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Seniority {
    type Err = String;

    /// Reads a level's own word.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let word = text.trim().to_lowercase();
        Self::ALL.iter().copied().find(|level| level.word() == word).ok_or_else(|| {
            let all: Vec<&str> = Self::ALL.iter().map(|level| level.word()).collect();
            format!("`{text}` is no seniority: there are {}", all.join(", "))
        })
    }
}

/// Where a level was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SeniorityFrom {
    /// A column of seniority.
    Stated,
    /// A job title.
    Title,
}

impl SeniorityFrom {
    /// The word that is shown: `stated`, `title`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Title => "title",
        }
    }
}

/// A level with the cell that says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeniorityClaim {
    /// The level.
    pub level: Seniority,
    /// Whether it is stated, or read from a title.
    pub from: SeniorityFrom,
    /// The row.
    pub cell: Cell,
    /// Header of the column.
    pub column: String,
}

#[cfg(test)]
mod tests {
    //! - titles of six languages name their level, and no other
    //! - words of a level that name a trade or a thing name none
    //! - every level reads its own word and its own phrases
    //! - any text is read

    use super::*;

    #[test]
    fn titles_name_their_level() {
        for (title, level) in [
            ("Senior Backend Engineer", "senior"),
            ("Sr. Java Developer", "senior"),
            ("Jr Developer", "junior"),
            ("Associate Software Engineer", "junior"),
            ("Mid-level developer", "mid"),
            ("Semi-Senior Developer", "mid"),
            ("Medior PHP Developer", "mid"),
            ("Lead React Engineer", "lead"),
            ("Tech Lead", "lead"),
            ("Senior Lead Developer", "lead"),
            ("Staff Software Engineer", "staff"),
            ("Senior Staff Engineer", "staff"),
            ("Principal Engineer, Payments", "principal"),
            ("Engineering Manager", "manager"),
            ("Senior Engineering Manager", "manager"),
            ("Head of Engineering", "director"),
            ("VP of Engineering", "executive"),
            ("CTO & Co-Founder", "executive"),
            ("Software Engineering Intern", "intern"),
            ("Werkstudent Softwareentwicklung", "intern"),
            ("Teamleiterin Entwicklung", "lead"),
            ("Leiter Softwareentwicklung", "manager"),
            ("Geschäftsführer", "executive"),
            ("Développeur confirmé", "mid"),
            ("Développeuse débutante", "junior"),
            ("Chef d'équipe développement", "lead"),
            ("Directeur technique", "director"),
            ("Desarrollador sénior", "senior"),
            ("Becario de desarrollo", "intern"),
            ("Jefe de equipo", "lead"),
            ("Hoofd ontwikkeling", "director"),
            ("Stagiair softwareontwikkeling", "intern"),
            ("Starszy programista", "senior"),
            ("Młodszy programista", "junior"),
            ("Kierownik działu IT", "manager"),
            ("Główny inżynier", "principal"),
            ("Freelance Developer, ex-CTO", "none"),
            ("Senior Developer (former Head of Engineering)", "senior"),
            ("Senior Product Manager", "senior"),
            ("Senior developer, not a manager", "senior"),
        ] {
            let read = Seniority::read(title).map_or("none", Seniority::word);
            assert_eq!(read, level, "{title}");
        }
    }

    #[test]
    fn trades_and_things_name_no_level() {
        for title in [
            "",
            "Backend Engineer",
            "Product Manager",
            "Projektleiter",
            "Chef de projet",
            "Lead Generation Specialist",
            "Engineer III",
            "Headless CMS Developer",
            "Support staff",
            "Art Director",
            "Junior/Senior Developer",
            "Assistant to the CTO",
            "Developer, back-end",
            "C-level",
            "Not senior",
            "noch nicht Senior",
            "pas encore senior",
        ] {
            assert_eq!(Seniority::read(title), None, "{title}");
        }
    }

    #[test]
    fn every_level_reads_its_own_words() {
        for level in Seniority::ALL {
            assert_eq!(level.word().parse(), Ok(*level));
            assert_eq!(Seniority::read(&format!(" {} ", level.word().to_uppercase())), Some(*level));
            for phrase in level.phrases() {
                assert_eq!(Seniority::read(phrase), Some(*level), "{phrase}");
            }
        }
        assert!("boss".parse::<Seniority>().is_err_and(|e| e.contains("junior, mid, senior")));
    }
}
