//! Applications: a job, how far it is, its day, why it ended.

use crate::words::folded;
use crate::{Cell, When};

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
}
