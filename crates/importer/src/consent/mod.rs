//! Columns that ask for consent to be contacted: a `no` in them is an opt-out, and a `yes` is none.
//!
//! Which they are is told by the words of the header, whatever layout or map makes opt-outs of them: taken the wrong way
//! round, everybody who agreed would be left alone, and everybody who refused be written to. The words tell it where no
//! layout names the header, too ([`of_contact`]): forms ask for consent in as many ways as there are forms.
//!
//! The words stand in `words`; here stands what they mean together.

#[cfg(test)]
mod tests;
mod words;

use stackscout_profile::application::{CONSENT, is_opted_out, read_opt_out};

use words::{
    AROUND, ASKING, ASKS, CONSENTS, CONTACTS, DAYS, DAYS_BEHIND, DAYS_OF, DENIES, ELSE, GIVES, KEEPS, KEPT,
    KNOWN, LAWS, NOT_WISHED, OUT, PROCESS, PROCESS_OF_REFUSALS, PURPOSES, REACHES, REFUSES, REMOVES,
    UNWISHED, WAYS, WISHED, YES,
};

use crate::key::{header_key, header_words};

/// What the words of a header say about contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct OfContact {
    /// Whether its `yes` is a refusal, and not a consent.
    pub refusal: bool,
    /// Whether it names a law and nothing more: the cells decide whether it is a consent.
    pub law_alone: bool,
    /// Whether it is about something else than contact, or about a day.
    pub beside: bool,
}

/// What the words of a header say about contact; `None` where they say nothing.
pub(crate) fn of_contact(header: &str) -> Option<OfContact> {
    // Forms mark questions that have to be answered.
    let header = header.replace("(required)", " ").replace("(Required)", " ").replace("(Pflichtfeld)", " ");
    let words = header_words(&header);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let begins = |known: &[&str]| words.iter().any(|word| known.iter().any(|start| word.starts_with(start)));
    let contact = begins(&CONTACTS);
    let consent = words.iter().any(|word| is_consent(word));
    let last = words.last().is_some_and(|word| DAYS_BEHIND.contains(word));
    let day = has(&DAYS) || last || has(&["data"]) && has(&DAYS_OF);
    let law = words.iter().any(|word| is_law(word)) && !has(&KNOWN);
    let way = has(&WAYS);
    let asks = !way && (contact && has(&ASKING) || has(&KEEPS) && has(&KEPT) && has(&ASKING));
    let process = has(&PROCESS) && !(asks && has(&["needed", "required", "necessary"]));
    let refuses = begins(&REFUSES) && !has(&GIVES);
    let denies = has(&DENIES) && !has(&YES);
    let removes = has(&REMOVES) && (has(&KEPT) || law) && !denies;
    let out = opts(&words, "out") || has(&OUT) || denies_contact(&words);
    let opt_in = opts(&words, "in") || has(&["optin", "optedin"]);
    // `GDPR relevant`, `AVG score`: a law is a consent only alone, or beside words for one.
    let law = law
        && (consent
            || out
            || removes
            || opt_in
            || asks
            || day
            || process
            || has(&ELSE)
            || words.iter().all(|word| is_law(word) || is_around(word)));
    let asked = consent || opt_in || asks || law;
    if !(out || removes || asked || contact && refuses) {
        return None;
    }
    let refusal = out || removes || !asked || refuses || denies;
    // `Consent to relocate`, `Parental consent`: something else was agreed to.
    let elsewhere = consent && !(out || removes || opt_in || asks) && !is_for_contact(&words);
    // `Consent pending`, `Consent not required`: how far the asking is, and no answer.
    let process = if out || removes || refuses { has(&PROCESS_OF_REFUSALS) } else { process };
    // A day of a withdrawal is a refusal; one of a deletion may lie ahead.
    let beside = has(&ELSE) || day && (!refusal || removes) || elsewhere || process;
    Some(OfContact { refusal, law_alone: law && !(out || removes || consent || opt_in || asks), beside })
}

fn is_consent(word: &str) -> bool {
    CONSENTS.iter().any(|part| word.contains(part)) || word.starts_with("zgod") && !word.starts_with("zgodn")
}

/// Whether a word beside a consent says no more than that it was asked for, given or refused, and by whom.
fn is_around(word: &str) -> bool {
    let one_of = |known: &[&str]| known.contains(&word);
    word.chars().all(|c| c.is_ascii_digit())
        || one_of(&AROUND)
        || one_of(&GIVES)
        || one_of(&DENIES)
        || one_of(&YES)
        || one_of(&DAYS)
        || one_of(&DAYS_BEHIND)
        || one_of(&PROCESS)
        || word.starts_with("wyraza")
        || REFUSES.iter().any(|start| word.starts_with(start))
}

/// Whether a consent is one to contact, or to keeping what contact needs, or names no purpose.
fn is_for_contact(words: &[&str]) -> bool {
    let is_purpose = |word: &&str| is_law(word) || PURPOSES.iter().any(|part| word.contains(part));
    words.iter().any(is_purpose) || words.iter().all(|word| is_consent(word) || is_around(word))
}

fn is_law(word: &str) -> bool {
    LAWS.iter().any(|law| word == *law || word.starts_with(law) && *law != "avg" && *law != "rodo")
}

/// Whether words hold `opt in` or `opt out`. `OPT` is a permit to work as well, which people are on.
fn opts(words: &[&str], way: &str) -> bool {
    let permit = words.iter().any(|word| matches!(*word, "visa" | "stem" | "cpt" | "ead" | "h1b"));
    !permit
        && (1..words.len()).any(|at| {
            let on = at > 1 && matches!(words[at - 2], "on" | "under" | "your" | "have" | "currently");
            matches!(words[at - 1], "opt" | "opts" | "opted" | "opting") && words[at] == way && !on
        })
}

/// `Do not contact`, `Please don't call me`, `Kontakt nicht erwünscht`; no `Contact no.`, nor `Not contacted yet`.
fn denies_contact(words: &[&str]) -> bool {
    let reaches = |word: &&str| REACHES.contains(word);
    let contacted = |word: &&str| CONTACTS.iter().any(|start| word.starts_with(start));
    if words.iter().any(|word| UNWISHED.contains(word)) && words.iter().any(reaches) {
        return true;
    }
    let denied = |at: usize| {
        let behind = &words[at + 1..];
        let near = &behind[..behind.len().min(3)];
        // `No contact since`, `Kein Kontakt bisher`: nobody wishes it so.
        if matches!(
            words[at],
            "no" | "non" | "kein" | "keine" | "keinen" | "geen" | "sin" | "sans" | "brak" | "bez"
        ) && behind.iter().any(|word| NOT_WISHED.contains(word))
        {
            return false;
        }
        match words[at] {
            // `No` is a number too.
            "no" | "non" => near.first().is_some_and(reaches),
            "ne" => near.iter().any(reaches) && words.contains(&"pas"),
            word if DENIES.contains(&word) => {
                let be =
                    behind.iter().any(|word| matches!(*word, "be" | "etre" | "werden" | "worden" | "ser"));
                near.iter().any(reaches)
                    || be && behind.iter().any(contacted)
                    || at > 0
                        && reaches(&words[at - 1])
                        && near.first().is_some_and(|word| WISHED.contains(word))
            }
            _ => false,
        }
    };
    (0..words.len()).any(denied)
}

/// Whether a header asks for consent, so that its cells say the reverse of an opt-out.
pub(crate) fn asks_consent(header: &str) -> bool {
    if let Some(contact) = of_contact(header) {
        return !contact.refusal;
    }
    let key = header_key(header);
    if !ASKS.iter().any(|word| key.contains(word)) {
        return false;
    }
    let words = header_words(header);
    let has = |known: &[&str]| words.iter().any(|word| known.contains(&word.as_str()));
    let refuses = words.iter().any(|word| REFUSES.iter().any(|known| word.starts_with(known)));
    !refuses && (has(&YES) || !has(&DENIES))
}

/// Whether a header is about a consent, and yet not about whether somebody may be contacted.
pub(crate) fn is_beside_consent(header: &str) -> bool {
    of_contact(header).is_some_and(|contact| contact.beside && !contact.refusal)
}

/// Whether a cell below a header that speaks of contact says yes or no to it.
pub(crate) fn says(cell: &str, contact: OfContact) -> bool {
    opt_out(cell, contact).is_some()
}

/// Whether a cell below a header that speaks of contact refuses it.
pub(crate) fn refuses(cell: &str, contact: OfContact) -> bool {
    opt_out(cell, contact) == Some(true)
}

fn opt_out(cell: &str, contact: OfContact) -> Option<bool> {
    let cell = cell.trim();
    let read = if contact.refusal { read_opt_out(cell) } else { read_opt_out(&format!("{CONSENT}{cell}")) };
    read.ok()
}

/// Whether a column that is not read may hide refusals: its name speaks of consent or of contact, and a cell refuses it.
pub(crate) fn hides_refusal(header: &str, cell: &str) -> bool {
    match of_contact(header) {
        Some(contact) => !matches!(cell.trim(), "0" | "0.0") && refuses(cell, contact),
        None => {
            let words = header_words(header);
            words.iter().any(|word| CONTACTS.iter().any(|start| word.starts_with(start)) || is_law(word))
                && is_opted_out(cell)
        }
    }
}
