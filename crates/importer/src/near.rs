//! Headers that are nearly known: a question (`What is your e-mail address?`), or a slip of the pen (`E-mail Adress`).
//!
//! Words that only make a question are left out first; then one letter may be wrong, two in long names. What is found so
//! is a guess, and is called one. A header near to a protected one is protected: a slip must not open what is closed.

use std::sync::LazyLock;

use stackscout_profile::Field;

use crate::key::{header_key, header_words};
use crate::layout::Layout;
use crate::protected::{is_protected, protected_keys};

/// What a header is near to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Near {
    /// A known header, by its key, and what it holds.
    Field(Field, String),
    /// A protected one.
    Protected,
}

/// Letters of a name from which on one may be wrong, and from which on two.
const ONE_SLIP_MIN: usize = 5;
const TWO_SLIPS_MIN: usize = 9;

/// Words that stand around what a header means. Those that change it (`current`, `no`) are not here.
const FILLERS: [&str; 74] = [
    "what",
    "which",
    "is",
    "are",
    "your",
    "you",
    "please",
    "enter",
    "provide",
    "state",
    "give",
    "us",
    "the",
    "a",
    "an",
    "of",
    "do",
    "have",
    "has",
    "how",
    "many",
    "much",
    "s",
    "their",
    "his",
    "her",
    "candidate",
    "candidates",
    "applicant",
    "applicants",
    "person",
    "s",
    "full",
    "optional",
    "required",
    "here",
    "to",
    "in",
    "we",
    "can",
    "reach",
    "list",
    "tell",
    "select",
    "choose",
    "all",
    "that",
    "apply",
    "ihre",
    "ihr",
    "deine",
    "dein",
    "bitte",
    "angeben",
    "wie",
    "lautet",
    "welche",
    "der",
    "die",
    "das",
    "des",
    "votre",
    "vos",
    "quel",
    "quelle",
    "est",
    "su",
    "sus",
    "cual",
    "es",
    "uw",
    "jouw",
    "twój",
    "twoje",
];

/// Words of their own that are a letter or two from a known name: `Start` is no `Stadt`, `Remove` no `Remote`. Those of
/// the twenty thousand most frequent words of each of six languages that may be the name of a column.
#[rustfmt::skip]
const WORDS: [&str; 211] = [
    "abbildung", "abstimmung", "accusation", "acquisition", "actitudes", "activation", "adjective",
    "afleiding", "anderungen", "anmeldung", "anmeldungen", "anschluss", "apartment", "appartement",
    "attitudes", "aufschluss", "ausschluss", "beperking", "beperkingen", "beschluss", "beschreiben",
    "bestimmung", "bewerbung", "bewerbungen", "bewertung", "bewertungen", "bindung", "candidacy", "chase",
    "collage", "colleague", "colleagues", "collega", "competent", "consented", "contacted", "content",
    "contracted", "cooling", "countryside", "counts", "courrier", "deadline", "deadlines", "decree",
    "dedication", "deduction", "departments", "destination", "devaluation", "device", "devices", "diplomat",
    "diversidad", "diversite", "diversiteit", "diversity", "empleado", "empleados", "employed", "employee",
    "employees", "erfassung", "erkenntnisse", "ernahrung", "erwahnung", "estadio", "estate", "etage",
    "evolution", "expect", "expediente", "formulation", "frist", "fristen", "garde", "geography", "gerade",
    "grace", "grande", "hombre", "hombres", "hosting", "incompetence", "informacion", "information",
    "informations", "inleiding", "inquisition", "inscription", "interested", "interviewed", "iphone",
    "iphones", "irresponsible", "keyboards", "kollege", "kollegen", "legalidad", "legion", "lever", "locked",
    "mayor", "medication", "mejor", "mitigation", "modalidad", "movie", "nodes", "noted", "novel",
    "objection", "offer", "opposition", "owned", "palace", "petitions", "phrase", "pinterest", "plane",
    "plants", "plate", "positives", "posted", "poster", "posts", "preference", "preferences", "preferencia",
    "preferencias", "preferencje", "prescription", "presidency", "presume", "prevention", "procession",
    "professor", "profiling", "profit", "profits", "progression", "prospective", "prospects", "protection",
    "protections", "providence", "provision", "publicacion", "rated", "rater", "rather", "recorded",
    "recording", "recruited", "reduction", "reformation", "remate", "remove", "renovation", "reorganization",
    "replication", "resignation", "resilience", "resources", "responded", "responding", "responses",
    "responsive", "retention", "revise", "revocation", "simulacion", "situacion", "skull", "slack", "slate",
    "snack", "societies", "society", "speciales", "stadion", "stadium", "start", "starts", "stick", "stock",
    "studio", "studios", "subjective", "subscribed", "subtitles", "taken", "talent", "talented", "talents",
    "tales", "talon", "totalidad", "trade", "trades", "ubernehmen", "ubersicht", "unavailable", "unternehmer",
    "untitled", "urbanisation", "vocation", "voted", "votes", "werknemer", "zunahme",
];

/// `Employer to`, `Employer from`: the end of a time, and not who it was.
fn ends_in_bound(header: &str) -> bool {
    let words = header_words(header);
    words.len() > 1
        && words
            .last()
            .is_some_and(|word| matches!(word.as_str(), "to" | "from" | "until" | "since" | "von" | "bis"))
}

/// The words of a header without those that only make a question.
pub(crate) fn without_fillers(header: &str) -> Vec<String> {
    let mut words = header_words(header);
    words.retain(|word| !FILLERS.contains(&word.as_str()));
    words
}

/// What a header that no layout names is near to.
pub(crate) fn near(layout: &Layout, header: &str) -> Option<Near> {
    let words = without_fillers(header);
    let bare = words.join(" ");
    if is_protected(&bare) {
        return Some(Near::Protected);
    }
    let key = header_key(&bare);
    if key.is_empty() {
        return None;
    }
    if WORDS.contains(&key.as_str()) || ends_in_bound(header) {
        return None;
    }
    if let Some(known) = years_of_trade(layout, &words).filter(|_| !layout.is_about_others(header)) {
        return Some(Near::Field(Field::TotalYears, known));
    }
    let all = header_key(header);
    if key != all
        && let Some(field) = layout.meaning(&bare).filter(|_| !layout.is_about_others(header))
    {
        return Some(Near::Field(field, bare));
    }
    // What is left of a question first; then the whole, for names that hold a filler themselves.
    let keys = if key == all { vec![key] } else { vec![key, all] };
    keys.iter().find_map(|key| slipped(layout, header, key))
}

/// `Erfahrung IT`, `Experience in IT`: the trade is no skill, and years in it are those of work. What is left of the
/// words of a header without it.
fn years_of_trade(layout: &Layout, words: &[String]) -> Option<String> {
    let is_trade = |word: &str| matches!(word, "it" | "ict" | "edv" | "informatique" | "informatica");
    let is_between = |word: &str| matches!(word, "en" | "w" | "im" | "dans" | "l");
    if words.len() < 2 || !words.iter().any(|word| is_trade(word)) {
        return None;
    }
    let left: Vec<&str> =
        words.iter().map(String::as_str).filter(|word| !is_trade(word) && !is_between(word)).collect();
    let left = left.join(" ");
    (layout.meaning(&left) == Some(Field::TotalYears)).then_some(left)
}

/// What a key is near to by letters that are wrong, missing, too many, or turned round.
fn slipped(layout: &Layout, header: &str, key: &str) -> Option<Near> {
    let slips = match key.chars().count() {
        ..ONE_SLIP_MIN => return None,
        ONE_SLIP_MIN..TWO_SLIPS_MIN => 1,
        TWO_SLIPS_MIN.. => 2,
    };
    let words = header_words(header);
    // `Erfahrung Go`, `Ex-Arbeitgeber`, `Unavailable`: a word more is no slip, and says something else.
    let is_more = |known: &str| {
        words.len() > 1 && words.iter().any(|word| word == known)
            || key
                .strip_suffix(known)
                .is_some_and(|before| matches!(before, "ex" | "un" | "in" | "no" | "co"))
    };
    // `Current status` is no slip of `Current state`: the word that differs is one, and means something else.
    let real: Vec<(&String, Option<Field>)> = words
        .iter()
        .filter(|word| words.len() > 1 && word.chars().count() >= ONE_SLIP_MIN)
        .filter(|word| !FILLERS.contains(&word.as_str()))
        .map(|word| (word, layout.meaning(word)))
        .filter(|(word, meaning)| meaning.is_some() || WORDS.contains(&word.as_str()))
        .collect();
    let is_other = |known: &str, field: Field| {
        real.iter().any(|(word, meaning)| *meaning != Some(field) && !known.contains(word.as_str()))
    };
    let distance = |known: &str| -> Option<usize> {
        let close = known.chars().count().abs_diff(key.chars().count()) <= slips;
        close.then(|| strsim::damerau_levenshtein(known, key)).filter(|n| *n <= slips)
    };
    let long = |known: &&str| known.chars().count() >= ONE_SLIP_MIN;
    let near = layout.named().filter(|(known, _)| long(known) && !is_more(known));
    let near: Vec<(usize, &str, Field)> = near
        .filter_map(|(known, field)| distance(known).map(|slips| (slips, known, field)))
        .filter(|(_, known, field)| !is_other(known, *field))
        .collect();
    let least = near.iter().map(|found| found.0).min();
    let protected = PROTECTED.iter().filter_map(|known| distance(known)).min();
    if protected.is_some_and(|slips| least.is_none_or(|least| slips <= least)) {
        return Some(Near::Protected);
    }
    let (_, known, field) = near.iter().filter(|found| Some(found.0) == least).min()?;
    // As near to two meanings as to one: neither.
    let doubtful = near.iter().any(|found| Some(found.0) == least && found.2 != *field);
    (!doubtful && !layout.is_about_others(header)).then(|| Near::Field(*field, (*known).to_owned()))
}

static PROTECTED: LazyLock<Vec<String>> =
    LazyLock::new(|| protected_keys().filter(|key| key.chars().count() >= ONE_SLIP_MIN).collect());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::plain;

    fn found(header: &str) -> Option<Field> {
        match near(plain(), header) {
            Some(Near::Field(field, _)) => Some(field),
            _ => None,
        }
    }

    #[test]
    fn questions_and_slips_are_near_to_what_they_mean() {
        for (header, field) in [
            ("Candidate's E-mail Adress", Field::Email),
            ("What is your e-mail address?", Field::Email),
            ("How many years of experience do you have?", Field::TotalYears),
            ("Please enter your phone number", Field::Phone),
            ("Nahcname", Field::LastName),
            ("Compétances", Field::Skills),
            ("Curent Company", Field::Employer),
            ("Welche Programmiersprachen?", Field::Skills),
            ("Erfahrung IT", Field::TotalYears),
            ("Experience in IT", Field::TotalYears),
            ("IT-Erfahrung", Field::TotalYears),
            ("Berufserfahrung IT", Field::TotalYears),
            ("Exp\u{e9}rience en informatique", Field::TotalYears),
        ] {
            assert_eq!(found(header), Some(field), "{header}: {:?}", near(plain(), header));
        }
    }

    #[test]
    fn what_is_short_far_or_about_others_is_not_near() {
        for header in [
            "Start",
            "Opposition",
            "Interested",
            "employer to",
            "Nme",
            "xyzzy",
            "Hiring manager's e-mail address",
            "Referrer email adress",
            "",
            "?",
            "Foobar",
            "Remove",
            "Modalidad",
            "Ausschluss",
            "Ex-Arbeitgeber",
            "Ex employer",
            "Exarbeitgeber",
            "Unavailable",
            "Erfahrung XY",
            "Home status",
            "Preferences",
            "Diversity",
            "Deadline",
            "Employees",
        ] {
            assert_eq!(near(plain(), header), None, "{header}");
        }
    }

    #[test]
    fn what_is_near_to_a_protected_header_is_protected() {
        for header in [
            "What is your gender?",
            "Natonality",
            "Date of brith",
            "Wie lautet Ihr Geschlecht?",
            "Geburstdatum",
        ] {
            assert_eq!(near(plain(), header), Some(Near::Protected), "{header}");
        }
    }
}
