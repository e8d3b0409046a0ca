//! How far a cell that speaks of remote work, and denies nothing, accepts it: yes is only what says so and no more.
//!
//! `2 days remote` and `mostly remote` are hybrid, and say neither yes nor no; `dislikes remote`, `office over remote` and
//! `remote only in emergencies` are not clear enough for either.

use super::known;
use crate::words::{folded, is_denial, tokens};

/// How far remote work is accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HowFar {
    /// As such.
    All,
    /// For some of the time.
    Part,
    /// It is not clear whether.
    Unclear,
}

/// How far a text that speaks of remote work accepts it; `key` is the same text, folded.
pub(super) fn how_far(key: &str, text: &str) -> HowFar {
    let words = tokens(key);
    let Some(remote) = words.iter().position(|word| is_remote(word)) else { return HowFar::Unclear };
    if words.len() == 1 {
        return HowFar::All;
    }
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    // `prefers office over remote`, `office rather than remote`, `prefers office to remote`
    let before = &words[..remote];
    let is_second = before.iter().any(|word| COMPARES.contains(word))
        || before.iter().any(|word| OFFICES.contains(word))
            && before.iter().any(|word| PREFERS.contains(word));
    if is_second || has(&AGAINST) {
        return HowFar::Unclear;
    }
    let figures = words.iter().filter_map(|word| word.parse::<u32>().ok());
    if has(&DAYS) {
        // `5 days remote` may be all of a week, or one of several.
        return if figures.max().is_none_or(|days| days < 5) { HowFar::Part } else { HowFar::Unclear };
    }
    if has(&PARTLY) || key.contains('%') && figures.max().is_some_and(|percent| percent != 100) {
        return HowFar::Part;
    }
    if words.iter().all(|word| is_clear(word)) {
        return HowFar::All;
    }
    // `Remote (Poland)`, `Berlin or remote`, `Remote (CET)`
    let location = known::location(text);
    let is_name = |word: &str| word.starts_with(char::is_uppercase) || is_clear(&folded(word));
    let mut written = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    if location.remote && (location.country.is_some() || written.all(is_name)) {
        HowFar::All
    } else {
        HowFar::Unclear
    }
}

/// Whether a folded word beside a yes may take some of it back: days, the office, exceptions.
pub(super) fn limits(word: &str) -> bool {
    limits_time(word) || AGAINST.contains(&word) || PREFERS.contains(&word) || OFFICES.contains(&word)
}

/// Whether a folded word speaks of some of the time.
pub(super) fn limits_time(word: &str) -> bool {
    DAYS.contains(&word) || PARTLY.contains(&word)
}

fn is_remote(word: &str) -> bool {
    word.starts_with("remote")
}

/// Whether a folded word beside remote work leaves it accepted.
fn is_clear(word: &str) -> bool {
    is_remote(word) || is_denial(word) || CLEAR.contains(&word)
}

/// Words between what is preferred and what is not.
const COMPARES: [&str; 9] = ["over", "than", "instead", "statt", "anstatt", "als", "que", "niz", "boven"];
const PREFERS: [&str; 10] = [
    "prefer",
    "prefers",
    "preferred",
    "preferably",
    "lieber",
    "bevorzugt",
    "prefere",
    "prefiere",
    "liever",
    "woli",
];
const OFFICES: [&str; 8] = ["office", "onsite", "site", "buro", "bureau", "oficina", "kantoor", "biuro"];
/// Words of those who would rather not.
const AGAINST: [&str; 42] = [
    "hate",
    "hates",
    "dislike",
    "dislikes",
    "against",
    "avoid",
    "avoids",
    "refuse",
    "refuses",
    "emergency",
    "emergencies",
    "exception",
    "exceptions",
    "exceptional",
    "exceptionally",
    "rarely",
    "seldom",
    "unless",
    "except",
    "ungern",
    "hasst",
    "gegen",
    "notfall",
    "notfallen",
    "ausnahme",
    "ausnahmen",
    "ausnahmsweise",
    "selten",
    "deteste",
    "contre",
    "urgence",
    "exceptionnellement",
    "rarement",
    "odia",
    "emergencia",
    "emergencias",
    "tegen",
    "noodgeval",
    "noodgevallen",
    "zelden",
    "rzadko",
    "wyjatkowo",
];
const DAYS: [&str; 13] =
    ["day", "days", "tag", "tage", "tagen", "jour", "jours", "dia", "dias", "dag", "dagen", "dzien", "dni"];
/// Words for some of the time.
const PARTLY: [&str; 38] = [
    "mostly",
    "mainly",
    "partly",
    "partially",
    "partial",
    "part",
    "semi",
    "some",
    "half",
    "sometimes",
    "occasional",
    "occasionally",
    "limited",
    "once",
    "twice",
    "max",
    "teilweise",
    "teils",
    "uberwiegend",
    "meist",
    "manchmal",
    "gelegentlich",
    "halb",
    "partiel",
    "partiellement",
    "parfois",
    "occasionnel",
    "occasionnellement",
    "parcial",
    "parcialmente",
    "ocasional",
    "soms",
    "deels",
    "gedeeltelijk",
    "grotendeels",
    "czesciowo",
    "czasami",
    "glownie",
];
/// Words beside remote work that leave it accepted, in six languages.
const CLEAR: [&str; 159] = [
    "100",
    "fully",
    "full",
    "completely",
    "entirely",
    "totally",
    "all",
    "almost",
    "only",
    "just",
    "purely",
    "exclusively",
    "first",
    "friendly",
    "ready",
    "prefer",
    "prefers",
    "preferred",
    "preferably",
    "preference",
    "open",
    "to",
    "for",
    "ok",
    "okay",
    "possible",
    "if",
    "yes",
    "available",
    "willing",
    "able",
    "happy",
    "can",
    "could",
    "would",
    "like",
    "likes",
    "love",
    "loves",
    "want",
    "wants",
    "wanted",
    "looking",
    "seeking",
    "interested",
    "in",
    "i",
    "m",
    "am",
    "d",
    "is",
    "be",
    "working",
    "work",
    "works",
    "worker",
    "job",
    "jobs",
    "role",
    "roles",
    "position",
    "positions",
    "contract",
    "freelance",
    "time",
    "the",
    "a",
    "an",
    "at",
    "any",
    "anywhere",
    "worldwide",
    "global",
    "globally",
    "from",
    "home",
    "office",
    "onsite",
    "on",
    "site",
    "hybrid",
    "and",
    "or",
    "of",
    "currently",
    "now",
    "also",
    "with",
    "over",
    "than",
    "instead",
    "problem",
    "flexible",
    "long",
    "term",
    "either",
    "both",
    "welcome",
    "voll",
    "vollstandig",
    "komplett",
    "ausschliesslich",
    "gerne",
    "gern",
    "bevorzugt",
    "lieber",
    "liebsten",
    "moglich",
    "ja",
    "offen",
    "fur",
    "bereit",
    "arbeit",
    "arbeiten",
    "homeoffice",
    "oder",
    "und",
    "auch",
    "im",
    "buro",
    "vor",
    "ort",
    "nur",
    "totalement",
    "entierement",
    "uniquement",
    "travail",
    "ou",
    "et",
    "oui",
    "en",
    "teletravail",
    "bureau",
    "totalmente",
    "solo",
    "trabajo",
    "posible",
    "o",
    "y",
    "si",
    "remoto",
    "oficina",
    "volledig",
    "alleen",
    "graag",
    "voorkeur",
    "mogelijk",
    "werk",
    "werken",
    "kantoor",
    "w",
    "pelni",
    "tylko",
    "praca",
    "mozliwa",
    "lub",
    "tak",
    "zdalnie",
    "biuro",
];

#[cfg(test)]
mod tests {
    //! - what accepts remote work with a limit, or against its sense, is never yes

    use super::*;

    #[test]
    fn only_what_is_clear_accepts_remote_work() {
        let far = |text: &str| how_far(&folded(text), text);
        for all in [
            "Remote",
            "100% remote",
            "Remote only",
            "open to remote, hybrid or on-site",
            "prefers remote over office",
            "remote bevorzugt",
            "All or almost all the time (I'm full-time remote)",
            "Remote (Poland)",
            "Remote in Poland",
            "Berlin or remote",
            "Remote (CET)",
            "working remotely",
        ] {
            assert_eq!(far(all), HowFar::All, "{all}");
        }
        for part in [
            "max 2 days remote",
            "1 day remote",
            "2 Tage remote",
            "remote (3 days a week)",
            "50% remote",
            "partly remote",
        ] {
            assert_eq!(far(part), HowFar::Part, "{part}");
        }
        for unclear in [
            "hates remote",
            "dislikes remote",
            "remote only in emergencies",
            "remote (only in emergencies)",
            "prefers office over remote",
            "prefers office to remote",
            "5 days remote",
            "remote until June",
        ] {
            assert_eq!(far(unclear), HowFar::Unclear, "{unclear}");
        }
    }
}
