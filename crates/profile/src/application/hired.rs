//! Words for somebody who was hired or placed, in six languages.

use super::phrases::{behind_phrase, has_one_day, is_day_or_contract, plain};
use crate::words::{is_denial, tokens};

/// Words for somebody who was hired or placed, in six languages; a day, a contract (`Embauché en CDI`) or the employer
/// (`Placed at Acme`) may stand behind them.
#[must_use]
pub fn is_hired(text: &str) -> bool {
    let said = plain(text);
    let said = ALREADY.iter().find_map(|word| said.strip_prefix(word)).unwrap_or(&said);
    let mut found = HIRED.iter().filter_map(|phrase| Some((*phrase, behind_phrase(said, phrase)?)));
    found.any(|(phrase, rest)| {
        // `Placé` without its accent is an English word.
        let is_other = phrase == "place"
            && !["plac\u{e9}", "place\u{301}"].iter().any(|word| text.to_lowercase().contains(word));
        let words = tokens(rest);
        !is_other && !rest.contains('?') && (is_day_or_contract(&words) || names_employer(phrase, &words))
    })
}

/// Somebody who was hired, or placed with an employer; plain.
const HIRED: [&str; 24] = [
    "hired",
    "placed",
    "employed by us",
    "hired by us",
    "eingestellt",
    "angestellt bei uns",
    "bei uns angestellt",
    "vermittelt",
    "platziert",
    "embauche",
    "embauchee",
    "recrute",
    "recrutee",
    "place",
    "placee",
    "contratado",
    "contratada",
    "colocado",
    "colocada",
    "aangenomen",
    "geplaatst",
    "zatrudniony",
    "zatrudniona",
    "zatrudniono",
];

/// Words before one of these that change nothing.
const ALREADY: [&str; 20] = [
    "already ",
    "successfully ",
    "was ",
    "has been ",
    "bereits ",
    "schon ",
    "erfolgreich ",
    "wurde ",
    "deja ",
    "a ete ",
    "est ",
    "ya ",
    "ha sido ",
    "al ",
    "reeds ",
    "is ",
    "werd ",
    "juz ",
    "zostal ",
    "zostala ",
];

/// Those of them behind which an employer stands.
const PLACED: [&str; 8] =
    ["placed", "vermittelt", "platziert", "place", "placee", "colocado", "colocada", "geplaatst"];

/// Words between somebody who was placed and the employer.
const AT: [&str; 7] = ["at", "with", "an", "bei", "chez", "bij", "w"];

/// Words behind `placed at` that are no employer, or say that it is over.
const NO_EMPLOYER: [&str; 32] = [
    "stage",
    "round",
    "interview",
    "shortlist",
    "hold",
    "risk",
    "pool",
    "list",
    "disposal",
    "front",
    "back",
    "left",
    "ended",
    "ends",
    "finished",
    "again",
    "available",
    "returned",
    "until",
    "till",
    "to",
    "bis",
    "zuruck",
    "wieder",
    "beendet",
    "jusqu",
    "fini",
    "termine",
    "parti",
    "hasta",
    "tot",
    "terug",
];

/// Whether the words behind somebody who was placed name the employer, and perhaps the day.
fn names_employer(phrase: &str, words: &[&str]) -> bool {
    let Some((at, employer)) = words.split_first() else { return false };
    PLACED.contains(&phrase)
        && AT.contains(at)
        && (1..=8).contains(&employer.len())
        && has_one_day(employer)
        && !employer.iter().any(|word| NO_EMPLOYER.contains(word) || is_denial(word))
}
