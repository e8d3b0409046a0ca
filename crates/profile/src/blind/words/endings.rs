//! Endings that names take in sentences of Slavic and Baltic languages, in Latin letters and without accents: `Zofii`,
//! `Kowalskiego`, `Ивановым`. A name less its own ending, and one of a closed list: `Annotation` is no form of `Anna`.

/// A name without its ending, and the endings that may stand there instead.
#[derive(Debug, Clone)]
pub(in crate::blind) struct Stem {
    pub(in crate::blind) text: String,
    pub(in crate::blind) endings: &'static [&'static str],
}

/// How names of an ending are declined: the ending, what stays of it, and what may follow that.
struct Rule {
    ending: &'static str,
    stays: &'static str,
    endings: &'static [&'static str],
}

const ADJECTIVE: &[&str] = &[
    "i", "y", "a", "e", "iego", "iemu", "im", "iej", "ich", "imi", "eho", "emu", "ym", "ou", "ych", "ymi",
    "ogo", "omu", "om", "oi", "oy", "uyu", "aya", "ii", "iy", "ij", "ikh", "ego",
];
/// After a consonant.
const CONSONANT: &[&str] = &[
    "a", "u", "em", "iem", "om", "ie", "owi", "ovi", "owie", "ow", "ami", "ach", "ova", "ove", "ovou", "owa",
    "owej", "ovoi", "ovoy", "uv", "ya", "yu", "iowi", "iu",
];
/// After the last vowel of a woman's name.
const FEMININE: &[&str] =
    &["y", "i", "ie", "e", "o", "u", "ej", "om", "ou", "ami", "ach", "oi", "oy", "oyu", "ei", "ey", "ina"];
/// After the consonant of a name with two letters before its vowel.
const SHORT_FEMININE: &[&str] = &["y", "e", "ie", "i", "u", "ou", "oi", "oy"];
const FLEETING: &[&str] =
    &["a", "u", "em", "iem", "om", "owi", "ovi", "ie", "owie", "i", "ow", "ova", "ove", "iu"];

const RULES: [Rule; 37] = [
    Rule { ending: "ski", stays: "sk", endings: ADJECTIVE },
    Rule { ending: "ska", stays: "sk", endings: ADJECTIVE },
    Rule { ending: "sky", stays: "sk", endings: ADJECTIVE },
    Rule { ending: "skii", stays: "sk", endings: ADJECTIVE },
    Rule { ending: "skaya", stays: "sk", endings: ADJECTIVE },
    Rule { ending: "cki", stays: "ck", endings: ADJECTIVE },
    Rule { ending: "cka", stays: "ck", endings: ADJECTIVE },
    Rule { ending: "cky", stays: "ck", endings: ADJECTIVE },
    Rule { ending: "ek", stays: "k", endings: FLEETING },
    Rule { ending: "ec", stays: "c", endings: FLEETING },
    Rule { ending: "el", stays: "l", endings: FLEETING },
    Rule { ending: "er", stays: "r", endings: FLEETING },
    Rule { ending: "ka", stays: "", endings: &["ce", "cy"] },
    Rule { ending: "ga", stays: "", endings: &["dze", "ze"] },
    Rule { ending: "ta", stays: "", endings: &["cie"] },
    Rule { ending: "da", stays: "", endings: &["dzie"] },
    Rule { ending: "ra", stays: "", endings: &["rze"] },
    Rule { ending: "cha", stays: "", endings: &["sze"] },
    Rule { ending: "ha", stays: "", endings: &["ze"] },
    Rule { ending: "ja", stays: "", endings: &["i", "ji"] },
    Rule { ending: "ya", stays: "", endings: &["i", "yu", "e", "ei", "ey", "ia", "iu"] },
    Rule { ending: "t", stays: "", endings: &["cie"] },
    Rule { ending: "d", stays: "", endings: &["dzie"] },
    Rule { ending: "r", stays: "", endings: &["rze"] },
    Rule { ending: "l", stays: "", endings: &["le"] },
    Rule { ending: "ov", stays: "ov", endings: &["a", "u", "ym", "e", "y", "oi", "oy", "ykh", "ymi"] },
    Rule { ending: "ev", stays: "ev", endings: &["a", "u", "ym", "e", "y", "oi", "oy", "ykh", "ymi"] },
    Rule { ending: "in", stays: "in", endings: &["a", "u", "ym", "y", "oi", "oy", "ykh", "ymi"] },
    Rule { ending: "as", stays: "", endings: &["o", "ui", "u", "ai"] },
    Rule { ending: "is", stays: "", endings: &["io", "iui", "iu"] },
    Rule { ending: "us", stays: "", endings: &["aus", "ui", "u"] },
    Rule { ending: "o", stays: "", endings: &["a", "i", "u", "em", "om", "owi", "ovi"] },
    Rule { ending: "e", stays: "e", endings: &["go", "mu"] },
    Rule {
        ending: "i",
        stays: "",
        endings: &["ya", "ja", "ia", "yu", "ju", "iego", "iemu", "im", "em", "yem", "iem"],
    },
    Rule { ending: "ei", stays: "e", endings: &["ya", "ja", "yu", "ju", "em", "e", "i", "y", "jem", "yem"] },
    Rule { ending: "ey", stays: "e", endings: &["ya", "ja", "yu", "ju", "em", "e", "i", "y", "jem", "yem"] },
    Rule { ending: "y", stays: "", endings: &["ego", "emu", "ym", "ej", "eho", "ogo", "omu", "ych"] },
];

/// Words of their own that would be a form of a name: `Vera` is not `very`, `Cook` not `cookie`.
const NO_FORMS: [&str; 185] = [
    "julia",
    "july",
    "kleinem",
    "deutschem",
    "jungem",
    "langem",
    "kurzem",
    "grossem",
    "neuem",
    "hohem",
    "gutem",
    "altem",
    "schwarzem",
    "weissem",
    "braunem",
    "romania",
    "alle",
    "allow",
    "also",
    "ani",
    "any",
    "api",
    "approve",
    "are",
    "attach",
    "auto",
    "bare",
    "base",
    "beta",
    "body",
    "both",
    "busy",
    "cache",
    "care",
    "casa",
    "case",
    "china",
    "city",
    "code",
    "come",
    "cone",
    "cookie",
    "copy",
    "core",
    "data",
    "date",
    "define",
    "demo",
    "deno",
    "done",
    "duty",
    "early",
    "easy",
    "eine",
    "elle",
    "else",
    "engine",
    "even",
    "ever",
    "every",
    "fellow",
    "file",
    "fine",
    "fire",
    "five",
    "free",
    "freedom",
    "give",
    "gui",
    "handle",
    "have",
    "hello",
    "here",
    "hive",
    "home",
    "hope",
    "huge",
    "ide",
    "idzie",
    "ihre",
    "improve",
    "ini",
    "into",
    "java",
    "kafka",
    "keine",
    "lady",
    "late",
    "life",
    "like",
    "line",
    "live",
    "logo",
    "love",
    "made",
    "make",
    "many",
    "marine",
    "media",
    "menu",
    "meta",
    "mile",
    "mine",
    "mini",
    "mise",
    "mobile",
    "mode",
    "modem",
    "more",
    "movie",
    "multi",
    "name",
    "nice",
    "nine",
    "node",
    "none",
    "note",
    "ohne",
    "once",
    "one",
    "only",
    "over",
    "page",
    "party",
    "pie",
    "pipe",
    "policy",
    "polo",
    "pony",
    "pure",
    "query",
    "random",
    "range",
    "ready",
    "remove",
    "repo",
    "role",
    "rookie",
    "ruby",
    "rule",
    "sale",
    "same",
    "save",
    "scala",
    "scale",
    "semi",
    "shadow",
    "sierra",
    "silly",
    "simple",
    "sine",
    "single",
    "site",
    "size",
    "sole",
    "solo",
    "some",
    "store",
    "story",
    "study",
    "sure",
    "table",
    "tandem",
    "them",
    "theme",
    "there",
    "these",
    "they",
    "time",
    "tiny",
    "title",
    "totem",
    "type",
    "une",
    "uri",
    "very",
    "vite",
    "were",
    "while",
    "whole",
    "wiki",
    "window",
    "wine",
    "yellow",
    "zone",
];

/// Endings of names in Finnish, Estonian and Hungarian.
const URALIC: &[&str] = &["lla", "lle", "lta", "ssa", "sta", "nak", "nek", "hoz", "hez", "tol", "ert"];
/// Letters of a name that takes these: shorter ones with them are other words.
const URALIC_MIN: usize = 5;

/// Forms that a name's piece may take, folded and in Latin letters.
pub(in crate::blind) fn stems(name: &str) -> Vec<Stem> {
    let letters = name.chars().count();
    if letters < 3 || !name.chars().all(|c| c.is_ascii_alphabetic()) {
        return Vec::new();
    }
    let of = |ending: &str, stays: &str, endings: &'static [&'static str]| {
        let text = format!("{}{stays}", name.strip_suffix(ending)?);
        (!text.is_empty()).then_some(Stem { text, endings })
    };
    let mut found: Vec<Stem> =
        RULES.iter().filter_map(|rule| of(rule.ending, rule.stays, rule.endings)).collect();
    if name.ends_with('a') {
        found.extend(of("a", "", if letters == 3 { SHORT_FEMININE } else { FEMININE }));
    } else if !name.ends_with(['e', 'i', 'o', 'u', 'y']) {
        found.extend(of("", "", CONSONANT));
    }
    if letters >= URALIC_MIN {
        found.extend(of("", "", URALIC));
    }
    found
}

/// Whether a folded word is no form of any name.
pub(in crate::blind) fn is_no_form(word: &str) -> bool {
    word.chars().count() < 3 || NO_FORMS.contains(&word)
}
