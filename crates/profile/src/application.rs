//! Applications: a job, how far it is, its day, why it ended.

use crate::candidate::read_yes_no;
use crate::when::read_when;
use crate::words::{folded, tokens};
use crate::{Cell, When};

/// Stands before the text of a cell whose column asks for consent to be contacted: what it says is the reverse of an
/// opt-out.
pub const CONSENT: &str = "consent: ";

/// One application of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The job.
    pub applied_for: Option<String>,
    /// How far it is, as written. It is the application that is rejected, not the person.
    pub stage: Option<String>,
    /// The day, or the month.
    pub applied_on: Option<When>,
    /// Why it ended.
    pub reason: Option<String>,
    /// The row that says so.
    pub cell: Cell,
    /// The source of that row.
    pub source: String,
}

impl Application {
    /// Whether the stage says that the person was hired.
    #[must_use]
    pub fn is_hired(&self) -> bool {
        self.stage.as_deref().is_some_and(is_hired)
    }
}

/// Words for somebody who was hired, in six languages.
#[must_use]
pub fn is_hired(text: &str) -> bool {
    matches!(
        plain(text).as_str(),
        "hired"
            | "placed"
            | "employed by us"
            | "hired by us"
            | "eingestellt"
            | "angestellt bei uns"
            | "bei uns angestellt"
            | "vermittelt"
            | "embauche"
            | "embauchee"
            | "recrute"
            | "recrutee"
            | "contratado"
            | "contratada"
            | "contratado/a"
            | "aangenomen"
            | "geplaatst"
            | "zatrudniony"
            | "zatrudniona"
            | "zatrudniony/a"
            | "zatrudniono"
    )
}

/// Words for somebody who does not want to be contacted, in six languages.
#[must_use]
pub fn is_opted_out(text: &str) -> bool {
    matches!(
        plain(text).as_str(),
        "opted out"
            | "opt out"
            | "optedout"
            | "optout"
            | "do not contact"
            | "dnc"
            | "unsubscribed"
            | "nicht kontaktieren"
            | "kein kontakt"
            | "kontakt unerwunscht"
            | "abgemeldet"
            | "ne pas contacter"
            | "desinscrit"
            | "desinscrite"
            | "no contactar"
            | "dado de baja"
            | "niet contacteren"
            | "niet benaderen"
            | "uitgeschreven"
            | "nie kontaktowac"
            | "wypisany"
            | "wypisana"
    )
}

/// Whether a cell of a column of those who opted out says so in words or by a day: `bitte nicht`, `since 2024`.
pub(crate) fn refuses_contact(text: &str) -> bool {
    let said = plain(text);
    let polite = ["please ", "bitte ", "por favor ", "s'il vous plait ", "svp ", "alstublieft ", "prosze "];
    let bare = polite.iter().find_map(|word| said.strip_prefix(word));
    if is_opted_out(bare.unwrap_or(&said)) {
        return true;
    }
    if let Some(bare) = bare {
        return matches!(bare, "no" | "not" | "do not" | "don't" | "dont" | "nicht" | "non" | "niet" | "nie");
    }
    let words = tokens(&said);
    matches!(words.as_slice(), ["do", "not"] | ["don", "t"] | ["dont"]) || names_day(&words)
}

/// Whether words are a day or a year, also one since which something holds.
fn names_day(words: &[&str]) -> bool {
    let is_figure = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_year = |word: &&str| word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    match words {
        ["since" | "seit" | "depuis" | "desde" | "sinds" | "od", rest @ ..] => rest.iter().any(is_figure),
        [year] => is_year(year),
        figures => figures.len() == 3 && figures.iter().all(is_figure),
    }
}

/// Whether a cell says that the person opted out of contact. One that begins with [`CONSENT`] says the reverse: who gave
/// consent did not opt out, and who refused it did.
///
/// # Errors
/// Where it says neither.
pub fn read_opt_out(text: &str) -> Result<bool, String> {
    let text = text.trim();
    match text.strip_prefix(CONSENT) {
        Some(consent) => gives_consent(consent.trim()).map(|given| !given),
        None => {
            read_yes_no(text).or_else(|reason| if refuses_contact(text) { Ok(true) } else { Err(reason) })
        }
    }
}

/// Whether a cell of a column of consents gives consent, or refuses it; a day is the one on which it was given.
fn gives_consent(text: &str) -> Result<bool, String> {
    let neither = match read_yes_no(text) {
        Ok(said) => return Ok(said),
        Err(reason) => reason,
    };
    // `Yes, I agree`; `No, thanks`.
    if let Some(said) = text.split_once([',', ';']).and_then(|(first, _)| read_yes_no(first.trim()).ok()) {
        return Ok(said);
    }
    let said = plain(text);
    if is_opted_out(&said) || REFUSED.contains(&said.as_str()) {
        return Ok(false);
    }
    let given = GIVEN.contains(&said.as_str()) || names_day(&tokens(&said)) || read_when(text, None).is_ok();
    if given { Ok(true) } else { Err(neither) }
}

/// Words of columns of consents for one that was refused or taken back.
const REFUSED: [&str; 29] = [
    "refused",
    "declined",
    "denied",
    "rejected",
    "withdrawn",
    "revoked",
    "not given",
    "not granted",
    "no consent",
    "i do not agree",
    "i don't agree",
    "i do not consent",
    "verweigert",
    "abgelehnt",
    "widerrufen",
    "nicht erteilt",
    "keine einwilligung",
    "ich stimme nicht zu",
    "refuse",
    "je refuse",
    "retire",
    "rechazado",
    "revocado",
    "no acepto",
    "geweigerd",
    "ingetrokken",
    "odmowa",
    "brak zgody",
    "nie wyrazam zgody",
];
/// Words of columns of consents for one that was given.
const GIVEN: [&str; 26] = [
    "given",
    "granted",
    "obtained",
    "accepted",
    "agreed",
    "consented",
    "consent given",
    "opted in",
    "opt in",
    "i agree",
    "i accept",
    "i consent",
    "erteilt",
    "zugestimmt",
    "einverstanden",
    "ich stimme zu",
    "accepte",
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

fn plain(text: &str) -> String {
    folded(text).replace(['-', '_'], " ").trim_matches(['.', '!', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_of_the_application_and_hired_is_known_in_six_languages() {
        for hired in
            ["Hired", "PLACED", "eingestellt", "Embauchée", "contratada", "aangenomen", "zatrudniony"]
        {
            assert!(is_hired(hired), "{hired}");
        }
        for other in ["rejected", "not hired", "Interview", "to be hired", "hiring manager review", ""] {
            assert!(!is_hired(other), "{other}");
        }
        for out in ["Do not contact", "do-not-contact", "DNC", "nicht kontaktieren", "niet benaderen"] {
            assert!(is_opted_out(out), "{out}");
        }
        assert!(!is_opted_out("contact again"));
    }

    #[test]
    fn a_column_of_those_who_opted_out_takes_refusals_and_days() {
        for out in [
            "bitte nicht",
            "Bitte nicht kontaktieren!",
            "please do not",
            "Please don't",
            "do not contact",
            "ne pas contacter",
            "no contactar",
            "niet benaderen",
            "nie kontaktować",
            "since 2024",
            "seit März 2024",
            "2024",
            "2024-03-01",
            "01.03.2024",
        ] {
            assert!(refuses_contact(out), "{out}");
        }
        for other in ["maybe", "please call", "until 2025", "bitte anrufen", "since", "", "7"] {
            assert!(!refuses_contact(other), "{other}");
        }
    }

    #[test]
    fn consent_says_the_reverse_of_an_opt_out() {
        let consent = |text: &str| read_opt_out(&format!("{CONSENT}{text}"));
        for no in
            ["no", "Nein", "0", "false", "No, thanks", "refused", "Widerrufen", "opted out", "brak zgody"]
        {
            assert_eq!(consent(no), Ok(true), "{no}");
        }
        for yes in
            ["yes", "Ja", "1", "tak", "Yes, I agree", "given", "since 2024", "2024-03-01", "1 March 2024"]
        {
            assert_eq!(consent(yes), Ok(false), "{yes}");
        }
        for neither in ["pending", "expired", "e-mail only", "?"] {
            assert!(consent(neither).is_err(), "{neither}");
        }
        assert_eq!(read_opt_out("no"), Ok(false));
        assert_eq!(read_opt_out("bitte nicht"), Ok(true));
    }
}
