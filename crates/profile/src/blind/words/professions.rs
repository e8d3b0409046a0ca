//! Names of professions that tell a sex, folded: what stays of both forms is the same.

/// Stems, and the endings that tell a sex; all of these endings are written as `by` says.
pub(in crate::blind) struct Paradigm {
    pub(in crate::blind) stems: &'static [&'static str],
    pub(in crate::blind) endings: &'static [&'static str],
    /// What stands for the ending, in small letters and in capitals.
    pub(in crate::blind) by: [&'static str; 2],
    /// Whether other words may be joined before the stem, as in German.
    pub(in crate::blind) is_joined: bool,
    /// Whether the accents count: `chargé` is not `charge`.
    pub(in crate::blind) is_accented: bool,
}

const STAR: [&str; 2] = ["*", "*"];
const NOTHING: [&str; 2] = ["", ""];
const POLISH: &[&str] =
    &["", "ka", "ki", "ce", "ke", "ko", "ku", "kou", "a", "owi", "em", "iem", "ie", "u", "ovi"];

const fn plain(stems: &'static [&'static str], endings: &'static [&'static str]) -> Paradigm {
    Paradigm { stems, endings, by: STAR, is_joined: false, is_accented: false }
}

const fn joined(stems: &'static [&'static str], endings: &'static [&'static str]) -> Paradigm {
    Paradigm { stems, endings, by: STAR, is_joined: true, is_accented: false }
}

const fn cut(
    stems: &'static [&'static str],
    endings: &'static [&'static str],
    by: [&'static str; 2],
) -> Paradigm {
    Paradigm { stems, endings, by, is_joined: false, is_accented: false }
}

/// Words that are of no sex in English: the ending goes, and the word stays.
const LOANS: &[&str] = &[
    "manager",
    "designer",
    "tester",
    "trainer",
    "administrator",
    "controller",
    "moderator",
    "operator",
    "professor",
    "director",
    "assistant",
    "student",
    "consultant",
    "developer",
    "engineer",
    "mentor",
    "tutor",
    "supervisor",
    "auditor",
    "inspector",
    "instructor",
    "doctor",
    "specialist",
    "chef",
    "coach",
    "investor",
    "scout",
    "recruiter",
    "freelancer",
    "analyst",
];

pub(in crate::blind) static PARADIGMS: [Paradigm; 33] = [
    // German; the vowel changes with the sex.
    cut(&[""], &["arztin"], ["Arzt", "ARZT"]),
    cut(&[""], &["anwaltin"], ["Anwalt*", "ANWALT*"]),
    Paradigm {
        stems: &[""],
        endings: &["arztin"],
        by: ["arzt", "ARZT"],
        is_joined: true,
        is_accented: false,
    },
    Paradigm {
        stems: &[""],
        endings: &["anwaltin"],
        by: ["anwalt*", "ANWALT*"],
        is_joined: true,
        is_accented: false,
    },
    joined(
        &[
            "entwickler",
            "programmierer",
            "informatiker",
            "berater",
            "leiter",
            "analytiker",
            "techniker",
            "mathematiker",
            "physiker",
            "chemiker",
            "statistiker",
            "wissenschaftler",
            "forscher",
            "lehrer",
            "mitarbeiter",
            "sachbearbeiter",
            "fuhrer",
            "fuehrer",
            "inhaber",
            "grunder",
            "gruender",
            "unternehmer",
            "verkaufer",
            "verkaeufer",
            "einkaufer",
            "vertreter",
            "betreuer",
            "planer",
            "ubersetzer",
            "uebersetzer",
            "elektroniker",
            "mechaniker",
            "mechatroniker",
            "elektriker",
            "handwerker",
            "schuler",
            "buchhalter",
            "pfleger",
            "richter",
            "kellner",
            "gestalter",
            "bewerber",
            "freiberufler",
        ],
        &["", "s", "in"],
    ),
    joined(
        &[
            "ingenieur",
            "architekt",
            "assistent",
            "referent",
            "spezialist",
            "praktikant",
            "absolvent",
            "redakteur",
            "dozent",
            "doktorand",
            "direktor",
            "koordinator",
            "sekretar",
            "anwalt",
            "okonom",
            "werkstudent",
            "kandidat",
        ],
        &["", "in", "e", "ka", "ki", "ke", "ce", "owi", "em"],
    ),
    joined(&["psycholog", "biolog", "geolog", "soziolog", "kolleg", "padagog", "strateg"], &["e", "in"]),
    joined(&["kauf", "fach", "geschafts", "kamera", "feuerwehr", "obdach"], &["mann", "frau"]),
    Paradigm { stems: LOANS, endings: &["in"], by: NOTHING, is_joined: true, is_accented: false },
    Paradigm {
        stems: &["expert"],
        endings: &["e", "in", "a"],
        by: NOTHING,
        is_joined: true,
        is_accented: false,
    },
    // Polish and Czech.
    plain(&["programist", "stazyst", "specjalist", "prelegent", "ekonomist", "jurist"], POLISH_IST),
    plain(
        &[
            "inzynier",
            "projektant",
            "konsultant",
            "asystent",
            "absolwent",
            "dyrektor",
            "lider",
            "nauczyciel",
            "doktorant",
            "wlasciciel",
            "zalozyciel",
            "redaktor",
            "trener",
            "badacz",
            "tlumacz",
            "menedzer",
            "prezes",
            "programator",
            "vyvojar",
            "inzenyr",
            "manazer",
            "reditel",
            "opiekun",
            "autor",
            "recenzent",
        ],
        POLISH,
    ),
    plain(&["kierowni"], &["k", "czka", "czki", "czce", "czke", "ka", "kiem", "kowi"]),
    plain(&["anality", "grafi", "informaty"], &["czka", "czki", "czce", "czke", "kiem", "kowi"]),
    plain(&["anality", "grafi", "informaty"], &["k"]),
    plain(&["pracowni", "robotni"], &["k", "ca", "cy", "ce", "ka", "kiem", "kowi"]),
    plain(&["doradc", "wykladowc", "sprzedawc"], &["a", "y", "zyni", "zynia"]),
    plain(&["naukow"], &["iec", "czyni", "ca"]),
    plain(&["ksiegow"], &["y", "a", "ego", "ej"]),
    // Spanish and Portuguese.
    plain(
        &[
            "desarrollador",
            "programador",
            "disenador",
            "investigador",
            "coordinador",
            "administrador",
            "vendedor",
            "trabajador",
            "operador",
            "fundador",
            "emprendedor",
            "gestor",
            "profesor",
            "consultor",
            "desenvolvedor",
            "coordenador",
            "diretor",
            "analisador",
            "pesquisador",
            "comprador",
        ],
        &["", "a"],
    ),
    plain(
        &[
            "ingenier",
            "licenciad",
            "arquitect",
            "tecnic",
            "abogad",
            "medic",
            "graduad",
            "diplomad",
            "egresad",
            "encargad",
            "secretari",
            "psicolog",
            "emplead",
            "engenheir",
            "arquitet",
            "advogad",
            "formad",
            "cientific",
            "laureat",
            "impiegat",
            "avvocat",
            "architett",
            "becari",
        ],
        &["o", "a"],
    ),
    plain(&["jef"], &["e", "a"]),
    // French, Dutch and Italian.
    plain(
        &["developpeu", "programmeu", "vendeu", "chercheu", "entrepreneu", "testeu", "adviseu"],
        &["r", "se", "re"],
    ),
    plain(
        &[
            "direc",
            "administra",
            "coordina",
            "anima",
            "educa",
            "fonda",
            "collabora",
            "redac",
            "conduc",
            "traduc",
            "forma",
            "concep",
            "integra",
            "opera",
            "sviluppa",
            "programma",
            "ricerca",
            "diret",
            "progetta",
            "ac",
        ],
        &["teur", "trice", "tore"],
    ),
    plain(&["technicien", "informaticien", "mathematicien", "physicien"], &["", "ne"]),
    plain(&["ouvri", "infirmi", "conseill", "caissi"], &["er", "ere"]),
    plain(
        &[
            "etudiant",
            "enseignant",
            "apprenti",
            "adjoint",
            "alternant",
            "docent",
            "gerant",
            "dirigeant",
            "intervenant",
        ],
        &["", "e"],
    ),
    Paradigm {
        stems: &[
            "charg",
            "diplôm",
            "employ",
            "salari",
            "associ",
            "retrait",
            "attach",
            "délégu",
            "expériment",
            "passionn",
        ],
        endings: &["é", "ée"],
        by: STAR,
        is_joined: false,
        is_accented: true,
    },
    joined(&["ontwikkelaar"], &["", "ster"]),
    plain(&["medewerk", "verkop", "onderzoek", "projectleid", "teamleid"], &["er", "ster"]),
    plain(&["ingegner", "dottor"], &["e", "a", "essa"]),
    // English.
    plain(
        &[
            "chair", "sales", "business", "spokes", "fire", "police", "crafts", "congress", "camera",
            "handy", "council", "states", "sports", "news", "trades", "repair", "service",
        ],
        &["man", "woman", "lady"],
    ),
    cut(&["wait"], &["ress"], ["er", "ER"]),
];

/// Others whose male form is what stays.
pub(in crate::blind) static MORE_PARADIGMS: [Paradigm; 10] = [
    // `candidate` is of no sex in English, and of one in French.
    cut(&["candidat"], &[""], ["e", "E"]),
    plain(&["candidat"], &["a", "o"]),
    Paradigm {
        stems: &["owner", "master"],
        endings: &["in"],
        by: NOTHING,
        is_joined: true,
        is_accented: false,
    },
    cut(&["act"], &["ress"], ["or", "OR"]),
    cut(&["steward", "host", "manager", "author"], &["ess"], NOTHING),
    cut(LOANS, &["a", "e", "ka", "ki", "ke", "ce", "fe", "essa"], NOTHING),
    plain(&["head"], &["master", "mistress"]),
    plain(&["alumn"], &["us", "a"]),
    plain(&["программист"], &["", "ка", "ки", "ку", "кои", "ом", "а", "у"]),
    plain(&["разработчи"], &["к", "ца", "цы", "цу", "цеи", "ка", "ком"]),
];

const POLISH_IST: &[&str] = &["a", "y", "e", "o", "ka", "ki", "ce", "ke", "ko"];

/// Adjectives before a profession, less the ending that tells a sex; and such endings.
pub(in crate::blind) const ADJECTIVES: [(&[&str], &[&str]); 2] = [
    (
        &[
            "leitend",
            "freiberuflich",
            "selbstandig",
            "erfahren",
            "angestellt",
            "zertifiziert",
            "promoviert",
            "gelernt",
            "technisch",
            "stellvertretend",
        ],
        &["e", "er"],
    ),
    (&["starsz", "mlodsz", "glown", "samodzieln", "doswiadczon", "wiodac", "certyfikowan"], &["a", "y"]),
];

/// Words that end as a profession does.
pub(in crate::blind) fn is_thing(word: &str) -> bool {
    matches!(
        word,
        "halbleiter" | "supraleiter" | "blitzableiter" | "ableiter" | "einfach" | "vielfach" | "mehrfach"
    )
}

/// The ending of both sexes behind a sign: `Entwickler:in`.
pub(in crate::blind) const OF_BOTH: [&str; 8] = ["/-in", "/in", ":in", "*in", "_in", "·in", "(in)", "•in"];
/// The same of many, which stays as it is written.
pub(in crate::blind) const OF_MANY: [&str; 7] =
    ["/-innen", "/innen", ":innen", "*innen", "_innen", "·innen", "(innen)"];
