//! Applications: a job, how far it is, its day, why it ended.

use crate::candidate::read_yes_no;
use crate::when::read_when;
use crate::words::{folded, is_denial, tokens};
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

/// Words for somebody who does not want to be contacted, in six languages; a day or a remark may stand behind them.
#[must_use]
pub fn is_opted_out(text: &str) -> bool {
    let said = plain(text);
    let said = without_please(&said).unwrap_or(&said);
    let found = OPTED_OUT.iter().filter_map(|phrase| Some((*phrase, behind_phrase(said, phrase)?)));
    let found = found.min_by_key(|(_, rest)| rest.len());
    said == "kein kontakt" || found.is_some_and(|(phrase, rest)| holds_before(phrase, &tokens(rest)))
}

/// Whether a phrase of those who opted out still says so with the words behind it.
fn holds_before(phrase: &str, rest: &[&str]) -> bool {
    let has = |words: &[&str], known: &[&str]| words.iter().any(|word| known.contains(word));
    let near = &rest[..rest.len().min(4)];
    // Those who left a newsletter may still be written to about work.
    if has(rest, &NEWSLETTERS) || is_reach(phrase) && has(near, &OTHERS) {
        return false;
    }
    // `No consent needed`, `no consent yet`: nobody refused.
    if has(&tokens(phrase), &CONSENT_WORDS) && has(&near[..near.len().min(2)], &UNASKED) {
        return false;
    }
    // `Opted out of relocation`.
    let left = ["opted out", "opt out", "optedout", "optout", "unsubscribed", "abgemeldet", "desinscrit"];
    let of = matches!(rest.first(), Some(&("of" | "from" | "for" | "von" | "vom" | "de" | "du")));
    !of || !left.contains(&phrase) || has(&rest[1..], &CONTACTING)
}

/// Whether a phrase asks that somebody is not reached.
fn is_reach(phrase: &str) -> bool {
    speaks_of_contact(phrase) || phrase.ends_with(" call")
}

/// A plain text without a word of politeness at its beginning; `None` where it has none.
fn without_please(said: &str) -> Option<&str> {
    let polite = ["please ", "bitte ", "por favor ", "s'il vous plait ", "svp ", "alstublieft ", "prosze "];
    polite.iter().find_map(|word| said.strip_prefix(word))
}

/// What stands behind a phrase at the beginning of a plain text; `None` where the text begins otherwise.
fn behind_phrase<'a>(said: &'a str, phrase: &str) -> Option<&'a str> {
    said.strip_prefix(phrase).filter(|rest| !rest.starts_with(char::is_alphanumeric))
}

const NEWSLETTERS: [&str; 6] = ["newsletter", "newsletters", "marketing", "mailing", "mailings", "sms"];

/// People who may not be asked about somebody, who may be contacted all the same.
const OTHERS: [&str; 30] = [
    "employer",
    "employers",
    "boss",
    "manager",
    "supervisor",
    "company",
    "colleagues",
    "reference",
    "references",
    "referee",
    "referees",
    "arbeitgeber",
    "vorgesetzte",
    "vorgesetzten",
    "chef",
    "referenzen",
    "employeur",
    "employeurs",
    "entreprise",
    "empleador",
    "empresa",
    "jefe",
    "referencias",
    "werkgever",
    "leidinggevende",
    "referenties",
    "pracodawca",
    "pracodawcy",
    "pracodawce",
    "referencji",
];
/// Words for consent in the phrases of those who opted out.
const CONSENT_WORDS: [&str; 7] =
    ["consent", "einwilligung", "zustimmung", "consentement", "consentimiento", "toestemming", "zgody"];
/// Words behind a consent that is lacking because nobody needed it, or asked for it.
const UNASKED: [&str; 26] = [
    "needed",
    "required",
    "necessary",
    "yet",
    "asked",
    "requested",
    "sent",
    "form",
    "until",
    "notig",
    "erforderlich",
    "notwendig",
    "benotigt",
    "angefordert",
    "necessaire",
    "requis",
    "demande",
    "necesario",
    "requerido",
    "nodig",
    "vereist",
    "gevraagd",
    "potrzebna",
    "potrzeby",
    "wymagana",
    "wymagane",
];
/// What somebody left who does not want to be contacted.
const CONTACTING: [&str; 25] = [
    "contact",
    "contacts",
    "contacted",
    "communication",
    "communications",
    "outreach",
    "email",
    "emails",
    "mail",
    "mails",
    "call",
    "calls",
    "messages",
    "all",
    "everything",
    "future",
    "database",
    "pool",
    "list",
    "recruiting",
    "recruitment",
    "kontakt",
    "kontaktaufnahme",
    "allem",
    "tout",
];

/// What somebody is, or wants, who does not want to be contacted; plain.
const OPTED_OUT: [&str; 64] = [
    "opted out",
    "opt out",
    "optedout",
    "optout",
    "do not contact",
    "do not call",
    "dnc",
    "unsubscribed",
    "consent withdrawn",
    "consent revoked",
    "consent refused",
    "consent declined",
    "consent denied",
    "withdrew consent",
    "withdrawn consent",
    "no consent",
    "blacklisted",
    "blacklist",
    "nicht kontaktieren",
    "kontakt unerwunscht",
    "kontakt nicht erwunscht",
    "kein kontakt erwunscht",
    "kein kontakt gewunscht",
    "abgemeldet",
    "gesperrt",
    "sperrvermerk",
    "kontaktsperre",
    "widerrufen",
    "einwilligung widerrufen",
    "einwilligung zuruckgezogen",
    "keine einwilligung",
    "ne pas contacter",
    "ne plus contacter",
    "desinscrit",
    "desinscrite",
    "consentement retire",
    "consentement refuse",
    "liste noire",
    "no contactar",
    "dado de baja",
    "consentimiento retirado",
    "consentimiento revocado",
    "lista negra",
    "niet contacteren",
    "niet benaderen",
    "uitgeschreven",
    "toestemming ingetrokken",
    "nie kontaktowac",
    "wypisany",
    "wypisana",
    "zgoda wycofana",
    "zgoda cofnieta",
    "sin consentimiento",
    "sans consentement",
    "brak zgody",
    "geen toestemming",
    "remove me",
    "remove my data",
    "remove my details",
    "delete me",
    "delete my data",
    "delete my details",
    "erase my data",
    "meine daten loschen",
];

/// Whether a cell of a column of those who opted out says so in words or by a day: `bitte nicht`, `since 2024`.
pub(crate) fn refuses_contact(text: &str) -> bool {
    let said = plain(text);
    if is_opted_out(&said) {
        return true;
    }
    if let Some(bare) = without_please(&said) {
        let denies =
            matches!(bare, "no" | "not" | "do not" | "don't" | "dont" | "nicht" | "non" | "niet" | "nie");
        return denies || forbids(&tokens(bare));
    }
    let words = tokens(&said);
    matches!(words.as_slice(), ["do", "not"] | ["don", "t"] | ["dont"])
        || names_day(&words)
        || forbids(&words)
}

/// Whether words forbid contact: `no - please do not contact`; not those of whom somebody says `not contacted yet`.
fn forbids(words: &[&str]) -> bool {
    const REACHES: [&str; 10] = [
        "contact",
        "contacter",
        "contactez",
        "contactar",
        "contactarme",
        "contacten",
        "contacteren",
        "kontaktieren",
        "kontaktowac",
        "benaderen",
    ];
    (0..words.len()).any(|at| {
        let behind = &words[at + 1..];
        let near = &behind[..behind.len().min(3)];
        // `No contact yet` is no wish; `do not`, `don't`, `ne pas`, `nicht` are.
        let denies = match words[at] {
            "not" | "never" | "nicht" | "pas" | "niet" | "nie" | "dont" | "ne" => true,
            "t" => at > 0 && words[at - 1] == "don",
            "no" => near.first().is_some_and(|word| matches!(*word, "contactar" | "contactarme")),
            _ => false,
        };
        let reach = near.iter().position(|word| REACHES.contains(word));
        // `Please don't contact my employer` is said of somebody else.
        let of_others = |reach: usize| behind[reach + 1..].iter().take(4).any(|word| OTHERS.contains(word));
        denies && reach.is_some_and(|reach| !of_others(reach))
    })
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
        // `Yes (GDPR)`, `ja, seit 2024`; no `ja, bitte kontaktieren`.
        None if refuses_contact(text) || leads_with_yes(text) && !speaks_of_contact(text) => Ok(true),
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

fn speaks_of_contact(text: &str) -> bool {
    let said = folded(text);
    let reach = ["contact", "kontakt", "anruf", "benader"];
    tokens(&said).iter().any(|word| reach.iter().any(|start| word.starts_with(start)))
}

/// Whether the first word is a yes, and more stands behind it: `Yes (email only)`.
fn leads_with_yes(text: &str) -> bool {
    let said = folded(text);
    let first = tokens(&said).first().copied();
    first.is_some_and(is_yes)
}

fn is_yes(word: &str) -> bool {
    matches!(word, "yes" | "ja" | "oui" | "si" | "tak")
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
const GOES_ON: [&str; 17] = [
    "thanks", "thank", "please", "way", "danke", "bitte", "merci", "gracias", "por", "bedankt", "dank",
    "dziekuje", "i", "do", "since", "wyrazam", "acepto",
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
const REFUSED: [&str; 36] = [
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
        for out in [
            "Consent withdrawn",
            "Blacklisted",
            "gesperrt",
            "Sperrvermerk",
            "widerrufen",
            "Do not contact - GDPR",
            "Opted out 2025-03-01",
        ] {
            assert!(is_opted_out(out), "{out}");
        }
        for other in
            ["contact again", "Withdrawn", "Unsubscribed from newsletter", "kein Kontakt bisher", "dncx"]
        {
            assert!(!is_opted_out(other), "{other}");
        }
        for out in [
            "sin consentimiento",
            "Sans consentement",
            "brak zgody",
            "geen toestemming",
            "remove me",
            "Please delete my data",
            "Opted out of all communication",
            "No consent",
        ] {
            assert!(is_opted_out(out), "{out}");
        }
        for other in [
            "Opted out of relocation",
            "Do not contact current employer",
            "Please do not contact my employer",
            "Withdrawn application",
            "no longer needed",
            "No consent needed",
            "keine Einwilligung erforderlich",
        ] {
            assert!(!is_opted_out(other), "{other}");
        }
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
            "No - please do not contact",
            "Kein Kontakt",
            "please never contact me",
        ] {
            assert!(refuses_contact(out), "{out}");
        }
        for other in ["maybe", "please call", "until 2025", "bitte anrufen", "since", "", "7"] {
            assert!(!refuses_contact(other), "{other}");
        }
        for out in ["Yes (GDPR)", "\u{2611}", "checked", "No - please do not contact", "ja, seit 2024"] {
            assert_eq!(read_opt_out(out), Ok(true), "{out}");
        }
        for neither in ["don't contact current employer", "Please don't contact my employer"] {
            assert!(read_opt_out(neither).is_err(), "{neither}");
        }
        for neither in ["I do not agree", "No phone calls", "No, please contact me", "ja, bitte kontaktieren"]
        {
            assert!(read_opt_out(neither).is_err(), "{neither}");
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
        for no in [
            "Withdrawn 2025-03-01",
            "No - please do not contact",
            "never",
            "\u{2717}",
            "\u{2610}",
            "unchecked",
            "cofni\u{119}ta",
            "retirado",
            "zur\u{fc}ckgezogen",
            "Given 2024, withdrawn 2025",
            "Declined by phone",
            "Consent refused",
            "No, please do not",
            "REVOKED",
            "nein (Telefonat 3.4.)",
        ] {
            assert_eq!(consent(no), Ok(true), "{no}");
        }
        for yes in
            ["Given 2026-03-02", "signed", "checked", "\u{2611}", "\u{2713}", "Yes (email only)", "Granted"]
        {
            assert_eq!(consent(yes), Ok(false), "{yes}");
        }
        for neither in [
            "pending",
            "expired",
            "e-mail only",
            "?",
            "No objection",
            "never asked",
            "No answer",
            "not withdrawn",
        ] {
            assert!(consent(neither).is_err(), "{neither}");
        }
        for yes in ["Yes, not withdrawn", "Yes, until withdrawn", "Given, valid until withdrawn"] {
            assert_eq!(consent(yes), Ok(false), "{yes}");
        }
        for neither in [
            "denied by mistake, now yes",
            "Yes, withdrawn 2025",
            "don't contact current employer",
            "Please don't contact my employer",
            "Withdrawn application",
            "no longer needed",
            "No consent needed",
            "No contact info",
        ] {
            assert!(consent(neither).is_err(), "{neither}");
        }
        for no in [
            "sin consentimiento",
            "sans consentement",
            "brak zgody",
            "geen toestemming",
            "wycofana",
            "zur\u{fc}ckgezogen",
            "remove me",
            "please delete my data",
            "no longer wishes to be contacted",
        ] {
            assert_eq!(consent(no), Ok(true), "{no}");
        }
        assert_eq!(read_opt_out("no"), Ok(false));
        assert_eq!(read_opt_out("bitte nicht"), Ok(true));
    }
}
