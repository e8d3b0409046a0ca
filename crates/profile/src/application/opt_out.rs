//! Cells of columns that say who opted out of contact, or who gave consent to it.

use super::no_contact::{UNASKED, forbids, holds_before, is_opted_out, refuses_contact};
use super::phrases::{behind_phrase, is_year, is_yes, names_day, plain, speaks_of_contact};
use crate::candidate::read_yes_no;
use crate::when::read_when;
use crate::words::{folded, is_denial, tokens};
use crate::{Date, When};

/// Stands before the text of a cell whose column asks for consent to be contacted: what it says is the reverse of an
/// opt-out.
pub const CONSENT: &str = "consent: ";

/// Whether a cell says that the person opted out of contact. One that begins with [`CONSENT`] says the reverse: who gave
/// consent did not opt out, and who refused it did.
///
/// # Errors
/// Where it says neither.
pub fn read_opt_out(text: &str) -> Result<bool, String> {
    let text = text.trim();
    match text.strip_prefix(CONSENT) {
        Some(consent) => gives_consent(consent.trim()).map(|given| !given),
        None => opts_out(text),
    }
}

/// Whether a cell of a column of those who opted out says that this person did.
fn opts_out(text: &str) -> Result<bool, String> {
    let neither = match read_yes_no(text) {
        Ok(said) => return Ok(said),
        Err(reason) => reason,
    };
    match is_ticked(text) {
        Some(ticked) => Ok(ticked),
        // `Yes (GDPR)`, `ja, seit 2024`, `TRUE (2025)`, `X!`; no `ja, bitte kontaktieren`.
        None if refuses_contact(text)
            || (leads_with_yes(text) || is_yes_with_remark(text)) && !speaks_of_contact(text) =>
        {
            Ok(true)
        }
        None => Err(neither),
    }
}

/// Boxes of forms: ticked or empty.
fn is_ticked(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "☑" | "✅" | "✔️" | "☑️" | "checked" | "ticked" => Some(true),
        "☐" | "unchecked" | "unticked" | "not checked" => Some(false),
        _ => None,
    }
}

/// Whether the first word is a yes, and more stands behind it: `Yes (email only)`.
fn leads_with_yes(text: &str) -> bool {
    let said = folded(text);
    let first = tokens(&said).first().copied();
    first.is_some_and(is_yes)
}

/// Whether a yes in any form stands before a remark: `TRUE (2025)`, `X!`, `1 - GDPR`. One with a question is none.
fn is_yes_with_remark(text: &str) -> bool {
    let bare = text.split(['(', ',', ';']).next().unwrap_or(text);
    let bare = bare.split(" - ").next().unwrap_or(bare).trim().trim_end_matches(['!', '.', ':', ' ']);
    !text.contains('?') && bare.len() < text.len() && read_yes_no(bare) == Ok(true)
}

/// The last day on which contact is refused, where a cell says until when: `until 2027`, `bis 06/2027`, also behind
/// words that refuse it: `Do not contact until 06/2027`.
pub(crate) fn refused_until(text: &str) -> Option<Date> {
    const UNTIL: [&str; 10] = [
        "until ",
        "till ",
        "bis zum ",
        "bis ",
        "jusqu'en ",
        "jusqu'au ",
        "jusqu'a ",
        "hasta ",
        "tot ",
        "do ",
    ];
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let said = folded(text);
    let behind = UNTIL.iter().find_map(|word| {
        said.strip_prefix(*word).or_else(|| {
            let at = said.find(*word).filter(|at| said[..*at].ends_with([' ', '(']))?;
            is_opted_out(&said[..at]).then(|| &said[at + word.len()..])
        })
    });
    let rest = behind?.trim_matches(['.', '!', ' ', ')']);
    if is_year(rest) {
        return Date::new(rest.parse().ok()?, 12, 31);
    }
    match read_when(rest, None).ok()? {
        When::Day(day) => Some(day),
        When::Month(month) => Some(month.month_end()),
    }
}

/// Whether the first word is a no, and what stands behind it takes nothing of that back (`No objection`, `never asked`).
fn leads_with_no(text: &str) -> bool {
    const NO: [&str; 7] = ["no", "nein", "non", "nee", "nie", "never", "nope"];
    let said = folded(text);
    let Some(first) = tokens(&said).first().copied().filter(|word| NO.contains(word)) else { return false };
    let Some(rest) = said.strip_prefix(first) else { return false };
    // Behind a sign begins another sentence; behind a space the word goes on.
    let mut letters = rest.chars();
    let goes_on = letters.next() == Some(' ') && letters.next().is_some_and(char::is_alphabetic);
    let behind = tokens(rest);
    let next = behind.first().copied().unwrap_or("");
    let after = behind.get(1).copied();
    match next {
        _ if !goes_on => true,
        // `No longer needed` refuses nothing.
        "longer" | "more" => after.is_none_or(|word| STILL.contains(&word)),
        "consent" => !behind.iter().take(3).any(|word| UNASKED.contains(word)),
        // `No contact info`, `no contact since May`, `No contact with my employer`.
        "contact" | "contacto" | "kontakt" => after.is_none_or(|word| WISHED.contains(&word)),
        // `Nee liever niet`, `No rather not`; no `Non plutôt par mail`.
        "rather" | "lieber" | "leider" | "plutot" | "mejor" | "liever" | "helaas" | "raczej" => {
            after.is_none_or(is_denial)
        }
        next => GOES_ON.contains(&next),
    }
}

/// What somebody no longer does who refuses.
const STILL: [&str; 12] = [
    "consent", "consents", "agree", "agrees", "wants", "wishes", "want", "wish", "willing", "contact",
    "contacts", "emails",
];

/// Words behind `no contact` that make a wish of it.
const WISHED: [&str; 12] = [
    "please",
    "wanted",
    "desired",
    "wished",
    "allowed",
    "bitte",
    "erwunscht",
    "gewunscht",
    "por",
    "deseado",
    "gewenst",
    "anymore",
];

/// Words that may follow a `no` without another meaning.
const GOES_ON: [&str; 18] = [
    "thanks", "thank", "please", "way", "danke", "bitte", "merci", "gracias", "por", "bedankt", "dank",
    "dziekuje", "i", "do", "since", "wyrazam", "acepto", "sorry",
];

/// Whether a cell of a column of consents gives consent, or refuses it; a day is the one on which it was given.
fn gives_consent(text: &str) -> Result<bool, String> {
    let neither = match read_yes_no(text) {
        Ok(said) => return Ok(said),
        Err(reason) => reason,
    };
    if let Some(ticked) = is_ticked(text) {
        return Ok(ticked);
    }
    if matches!(text.trim(), "✗" | "✘" | "✖" | "❌" | "✖️") {
        return Ok(false);
    }
    let said = plain(text);
    let words = tokens(&said);
    let denied = words.first().is_some_and(|word| is_denial(word));
    // `Given 2024, withdrawn 2025`: what was taken back holds no more.
    let refused = is_opted_out(&said)
        || forbids(&words)
        || REFUSED.iter().any(|phrase| {
            behind_phrase(&said, phrase).is_some_and(|rest| holds_before(phrase, &tokens(rest)))
        })
        || !denied && takes_back(&words);
    if refused {
        // What begins or ends in a clear yes, and takes it back, is settled by somebody who asks.
        return if leads_with_yes(text) || words.last().is_some_and(|word| is_yes(word)) {
            Err(neither)
        } else {
            Ok(false)
        };
    }
    // `Yes, I agree`; `No, thanks`.
    if let Some(said) = text.split_once([',', ';']).and_then(|(first, _)| read_yes_no(first.trim()).ok()) {
        return Ok(said);
    }
    if leads_with_no(text) {
        return Ok(false);
    }
    let given = leads_with_yes(text)
        || GIVEN.iter().any(|phrase| behind_phrase(&said, phrase).is_some())
        || names_day(&words)
        || read_when(text, None).is_ok();
    if given { Ok(true) } else { Err(neither) }
}

/// Whether words say that a consent was taken back: no `until withdrawn`, and no application that was.
fn takes_back(words: &[&str]) -> bool {
    const OPEN: [&str; 16] = [
        "not", "never", "until", "unless", "if", "nicht", "bis", "solange", "pas", "jusqu", "hasta", "niet",
        "tot", "nie", "dopoki", "till",
    ];
    const APPLICATIONS: [&str; 12] = [
        "application",
        "applications",
        "candidacy",
        "bewerbung",
        "bewerbungen",
        "kandidatur",
        "candidature",
        "candidatures",
        "candidatura",
        "solicitud",
        "sollicitatie",
        "aplikacja",
    ];
    if words.iter().any(|word| APPLICATIONS.contains(word)) {
        return false;
    }
    let open = |at: usize| words[at.saturating_sub(2)..at].iter().any(|word| OPEN.contains(word));
    (0..words.len()).any(|at| WITHDRAWN.contains(&words[at]) && !open(at))
}

/// Words for a consent that was taken back, wherever they stand.
const WITHDRAWN: [&str; 15] = [
    "withdrawn",
    "withdrew",
    "revoked",
    "rescinded",
    "widerrufen",
    "zuruckgezogen",
    "retire",
    "retirado",
    "retirada",
    "revocado",
    "ingetrokken",
    "cofnieta",
    "cofnieto",
    "wycofana",
    "wycofano",
];

/// Words of columns of consents for one that was refused or taken back, at the beginning of a cell.
const REFUSED: [&str; 47] = [
    "refused",
    "declined",
    "denied",
    "rejected",
    "not given",
    "not granted",
    "not consented",
    "not agreed",
    "no consent",
    "consent not given",
    "consent refused",
    "i do not agree",
    "i don't agree",
    "i do not consent",
    "do not consent",
    "does not consent",
    "opted out",
    "verweigert",
    "abgelehnt",
    "nicht erteilt",
    "nicht einverstanden",
    "keine einwilligung",
    "keine zustimmung",
    "ich stimme nicht zu",
    "refuse",
    "je refuse",
    "refusee",
    "pas d'accord",
    "rechazado",
    "denegado",
    "no acepto",
    "geweigerd",
    "geen toestemming",
    "odmowa",
    "brak zgody",
    "nie wyrazam zgody",
    "rather not",
    "i'd rather not",
    "prefer not",
    "preferably not",
    "lieber nicht",
    "plutot non",
    "plutot pas",
    "mejor no",
    "prefiero que no",
    "liever niet",
    "raczej nie",
];

/// Words of columns of consents for one that was given, at the beginning of a cell.
const GIVEN: [&str; 29] = [
    "given",
    "granted",
    "obtained",
    "accepted",
    "agreed",
    "consented",
    "consent given",
    "signed",
    "opted in",
    "opt in",
    "i agree",
    "i accept",
    "i consent",
    "erteilt",
    "zugestimmt",
    "einverstanden",
    "ich stimme zu",
    "unterschrieben",
    "accepte",
    "accorde",
    "j'accepte",
    "aceptado",
    "acepto",
    "concedido",
    "gegeven",
    "akkoord",
    "ik ga akkoord",
    "udzielona",
    "wyrazam zgode",
];
