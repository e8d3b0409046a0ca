//! Columns that ask for consent to be contacted: a `no` in them is an opt-out, and a `yes` is none.
//!
//! Which they are is told by the words of the header, whatever layout or map makes opt-outs of them: taken the wrong way
//! round, everybody who agreed would be left alone, and everybody who refused be written to. The words tell it where no
//! layout names the header, too ([`of_contact`]): forms ask for consent in as many ways as there are forms.

use stackscout_profile::Field;
use stackscout_profile::application::{CONSENT, is_opted_out, read_opt_out};

use crate::key::{header_key, header_words};

/// Beginnings of words for consent, and of questions for it, in six languages; as they stand in keys of headers.
const ASKS: [&str; 22] = [
    "consent",
    "permission",
    "maywecontact",
    "canwecontact",
    "oktocontact",
    "okaytocontact",
    "contactallowed",
    "contactpermitted",
    "tobecontacted",
    "einwillig",
    "zustimmung",
    "einverstand",
    "kontakterlaubt",
    "durfenwirsiekontaktieren",
    "durfenwirdichkontaktieren",
    "pouvonsnousvouscontacter",
    "podemoscontactar",
    "consienteelcontacto",
    "toestemming",
    "mogenwe",
    "zgod",
    "czymozemysie",
];
/// Parts of words that are a consent wherever they stand.
const CONSENTS: [&str; 6] = ["consent", "einwillig", "zustimmung", "einverstand", "toestemming", "consienti"];
/// Laws of data protection, by their letters: a column named by one alone says whether the person agreed to it.
const LAWS: [&str; 6] = ["gdpr", "dsgvo", "rgpd", "rodo", "avg", "lopd"];
/// Words beside a law that make it something that a person knows.
const KNOWN: [&str; 20] = [
    "experience",
    "years",
    "year",
    "knowledge",
    "training",
    "trained",
    "certified",
    "certification",
    "certificate",
    "skill",
    "skills",
    "level",
    "expert",
    "expertise",
    "officer",
    "kenntnisse",
    "erfahrung",
    "schulung",
    "formation",
    "szkolenie",
];
/// Beginnings of words for contact.
const CONTACTS: [&str; 4] = ["contact", "kontakt", "recontact", "benader"];
/// Words that ask, or say that something is allowed, beside a word for contact.
const ASKING: [&str; 56] = [
    "may",
    "can",
    "could",
    "ok",
    "okay",
    "allow",
    "allowed",
    "permit",
    "permitted",
    "permission",
    "agree",
    "agrees",
    "agreed",
    "accept",
    "accepts",
    "happy",
    "willing",
    "like",
    "wish",
    "want",
    "wants",
    "contactable",
    "durfen",
    "darf",
    "erlaubt",
    "erlaubnis",
    "freigabe",
    "kontakterlaubnis",
    "kontaktfreigabe",
    "mochten",
    "mochtest",
    "wunschen",
    "erwunscht",
    "gewunscht",
    "peut",
    "pouvons",
    "puis",
    "acceptez",
    "acceptes",
    "accepte",
    "autorisez",
    "souhaitez",
    "autorisation",
    "podemos",
    "acepta",
    "aceptas",
    "acepto",
    "autoriza",
    "autorizo",
    "desea",
    "mogen",
    "mag",
    "akkoord",
    "mozemy",
    "mozna",
    "chcesz",
];
/// Words beside contact that ask for a way or a time of it.
const WAYS: [&str; 23] = [
    "how",
    "when",
    "where",
    "best",
    "prefer",
    "prefers",
    "preferred",
    "preferable",
    "method",
    "who",
    "wie",
    "wann",
    "wer",
    "comment",
    "quand",
    "como",
    "cuando",
    "hoe",
    "wanneer",
    "jak",
    "kiedy",
    "number",
    "via",
];
/// Words for keeping what is known of a person.
const KEEPS: [&str; 16] = [
    "store",
    "keep",
    "retain",
    "hold",
    "process",
    "save",
    "speichern",
    "aufbewahren",
    "behalten",
    "verarbeiten",
    "conserver",
    "garder",
    "conservar",
    "guardar",
    "bewaren",
    "przechowywac",
];
/// Words for what is kept.
const KEPT: [&str; 28] = [
    "data",
    "details",
    "cv",
    "resume",
    "profile",
    "information",
    "file",
    "database",
    "pool",
    "daten",
    "datenbank",
    "lebenslauf",
    "talentpool",
    "donnees",
    "base",
    "fichier",
    "datos",
    "curriculum",
    "gegevens",
    "databank",
    "bestand",
    "danych",
    "dane",
    "bazy",
    "baza",
    "list",
    "records",
    "system",
];
/// Words for taking a person out of a database.
const REMOVES: [&str; 24] = [
    "remove",
    "removed",
    "removal",
    "delete",
    "deleted",
    "deletion",
    "erase",
    "erased",
    "erasure",
    "loschen",
    "geloscht",
    "loschung",
    "entfernen",
    "entfernt",
    "supprimer",
    "supprime",
    "suppression",
    "eliminar",
    "borrar",
    "supresion",
    "verwijderen",
    "verwijderd",
    "usunac",
    "usuniecie",
];
/// Words that are a refusal by themselves.
const OUT: [&str; 13] = [
    "optout",
    "optedout",
    "dnc",
    "donotcontact",
    "donotcall",
    "blacklist",
    "blacklisted",
    "sperrvermerk",
    "kontaktsperre",
    "unsubscribe",
    "unsubscribed",
    "desinscrit",
    "uitgeschreven",
];
/// What somebody may ask not to be done, as it stands behind a denial.
const REACHES: [&str; 36] = [
    "contact",
    "contacter",
    "contactez",
    "contactar",
    "contactarme",
    "contacteren",
    "kontaktieren",
    "kontakt",
    "kontakte",
    "kontaktaufnahme",
    "kontaktowac",
    "kontaktu",
    "call",
    "calls",
    "phone",
    "email",
    "emails",
    "mail",
    "disturb",
    "solicit",
    "approach",
    "anrufen",
    "anrufe",
    "anruf",
    "anschreiben",
    "appeler",
    "appels",
    "demarcher",
    "llamar",
    "llamadas",
    "bellen",
    "mailen",
    "benaderen",
    "dzwonic",
    "recontact",
    "recontacter",
];
/// Words behind a denial that follows the contact: `Kontakt nicht erwünscht`.
const WISHED: [&str; 12] = [
    "erwunscht",
    "gewunscht",
    "erlaubt",
    "gestattet",
    "wanted",
    "desired",
    "allowed",
    "permitted",
    "souhaite",
    "autorise",
    "deseado",
    "gewenst",
];
/// Words that deny the contact beside them.
const UNWISHED: [&str; 6] =
    ["unerwunscht", "unwanted", "ongewenst", "indesirable", "niepozadany", "prohibited"];
/// Words beside which it is a refusal that is asked for: `Consent withdrawn`, `brak zgody na kontakt`.
const REFUSES: [&str; 21] = [
    "withdraw",
    "withdrew",
    "revo",
    "refus",
    "declin",
    "denied",
    "objection",
    "widerruf",
    "widerspruch",
    "verweiger",
    "wycof",
    "cofn",
    "odmow",
    "brak",
    "retir",
    "ingetrokken",
    "retrait",
    "unsub",
    "opposition",
    "sprzeciw",
    "bezwaar",
];
/// Words for a consent that was given: beside a refusal both are asked for (`Consent given/withdrawn`).
const GIVES: [&str; 8] =
    ["given", "granted", "erteilt", "accorde", "concedido", "gegeven", "udzielona", "accepted"];
/// Words that deny, where no `yes` stands beside them (`Consent (yes/no)`).
const DENIES: [&str; 21] = [
    "no", "not", "non", "don", "dont", "never", "without", "kein", "keine", "keinen", "nicht", "ohne", "pas",
    "jamais", "sans", "sin", "nunca", "geen", "niet", "bez", "nie",
];
const YES: [&str; 7] = ["yes", "ja", "oui", "si", "tak", "y", "j"];
/// Words of consents to something else than being contacted about work, and of what is written down beside a consent.
const ELSE: [&str; 68] = [
    "marketing",
    "marketingowa",
    "newsletter",
    "newsletters",
    "mailing",
    "mailings",
    "advertising",
    "promotional",
    "cookie",
    "cookies",
    "photo",
    "photos",
    "foto",
    "fotos",
    "werbung",
    "publicite",
    "publicidad",
    "reclame",
    "reklama",
    "sms",
    "whatsapp",
    "background",
    "drug",
    "recording",
    "video",
    "audio",
    "screening",
    "share",
    "sharing",
    "disclosure",
    "weitergabe",
    "partage",
    "employer",
    "employers",
    "arbeitgeber",
    "employeur",
    "empleador",
    "werkgever",
    "pracodawca",
    "pracodawcy",
    "reference",
    "references",
    "referee",
    "referees",
    "referenzen",
    "supervisor",
    "manager",
    "reason",
    "grund",
    "motif",
    "motivo",
    "reden",
    "expiry",
    "expires",
    "expire",
    "expiration",
    "expired",
    "until",
    "valid",
    "bis",
    "gultig",
    "ablauf",
    "version",
    "text",
    "source",
    "type",
    "link",
    "url",
];
/// Words for the day of a consent.
const DAYS: [&str; 6] = ["date", "dates", "datum", "fecha", "timestamp", "einwilligungsdatum"];
/// Words that name a day where a header ends with them: `Consent given on`.
const DAYS_BEHIND: [&str; 8] = ["on", "at", "by", "am", "vom", "le", "el", "op"];
/// Polish words beside which `data` is a day.
const DAYS_OF: [&str; 5] = ["zgody", "wyrazenia", "udzielenia", "wygasniecia", "cofniecia"];

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
    let words = header_words(header);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let has = |known: &[&str]| words.iter().any(|word| known.contains(word));
    let begins = |known: &[&str]| words.iter().any(|word| known.iter().any(|start| word.starts_with(start)));
    let contact = begins(&CONTACTS);
    let consent = words.iter().any(|word| CONSENTS.iter().any(|part| word.contains(part)))
        || words.iter().any(|word| word.starts_with("zgod") && !word.starts_with("zgodn"));
    let law = words.iter().any(|word| is_law(word)) && !has(&KNOWN);
    let way = has(&WAYS);
    let asks = !way && (contact && has(&ASKING) || has(&KEEPS) && has(&KEPT) && has(&ASKING));
    let refuses = begins(&REFUSES) && !has(&GIVES);
    let denies = has(&DENIES) && !has(&YES);
    let removes = has(&REMOVES) && (has(&KEPT) || law) && !denies;
    let out = opts(&words, "out") || has(&OUT) || denies_contact(&words);
    let opt_in = opts(&words, "in") || has(&["optin", "optedin"]);
    let asked = consent || opt_in || asks || law;
    if !(out || removes || asked || contact && refuses) {
        return None;
    }
    let refusal = out || removes || !asked || refuses || denies;
    let last = words.last().is_some_and(|word| DAYS_BEHIND.contains(word));
    let day = has(&DAYS) || last || has(&["data"]) && has(&DAYS_OF);
    // A day of a withdrawal is a refusal; one of a deletion may lie ahead.
    let beside = has(&ELSE) || day && (!refusal || removes) || !refusal && has(&["requested"]);
    Some(OfContact { refusal, law_alone: law && !(out || removes || consent || opt_in || asks), beside })
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

/// Whether a name that is nearly known would turn round what a column says, or holds no answer at all.
pub(crate) fn is_doubtful(field: Field, header: &str, known: &str) -> bool {
    field == Field::OptOut && (asks_consent(header) != asks_consent(known) || is_beside_consent(header))
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

#[cfg(test)]
mod tests {
    //! - every header of opt-outs that the plain layout names is told from those that ask for consent
    //! - dates, and consents to something else, are neither
    //! - headers that no layout names are told by their words, in six languages
    //! - ways of contact, numbers, permits and skills are none of them

    use super::*;
    use crate::layout::plain;

    #[test]
    fn consent_is_told_from_opt_out_by_the_words_of_the_header() {
        for header in [
            "Consent to contact",
            "contact_consent",
            "May we contact you?",
            "GDPR consent",
            "GDPR consent (yes/no)",
            "Consent given?",
            "Einwilligung",
            "DSGVO-Einwilligung (ja/nein)",
            "Zgoda na kontakt",
            "Consentement",
            "Consentimiento",
            "Toestemming",
            "candidate_consent",
        ] {
            assert!(asks_consent(header), "{header}");
            assert_eq!(plain().meaning(header), Some(Field::OptOut), "{header}");
        }
        for header in [
            "Do not contact",
            "Opt-out",
            "brak zgody na kontakt",
            "No consent",
            "Consent withdrawn",
            "Widerruf der Einwilligung",
            "keine Einwilligung",
            "Unsubscribed",
        ] {
            assert!(!asks_consent(header), "{header}");
        }
        let named: Vec<&str> =
            plain().columns().iter().filter(|(f, _)| *f == Field::OptOut).map(|(_, h)| h.as_str()).collect();
        let asking = named.iter().filter(|header| asks_consent(header)).count();
        assert!(asking >= 30 && named.len() - asking >= 15, "{asking} of {}", named.len());
    }

    #[test]
    fn days_of_consent_and_consent_to_something_else_are_no_consent() {
        for header in
            ["Consent (marketing)", "Consent expires on", "Einwilligung (gültig bis)", "Consent date"]
        {
            assert!(is_beside_consent(header), "{header}");
        }
        for header in
            ["Marketing consent", "Consent expiry", "Einwilligung bis", "data zgody", "Consent date"]
        {
            assert_eq!(plain().meaning(header), None, "{header}");
            assert!(plain().ignores(header), "{header}");
        }
        assert!(is_doubtful(Field::OptOut, "Content", "consent"));
        assert!(!is_doubtful(Field::OptOut, "Consent to contat", "consenttocontact"));
        assert!(!is_doubtful(Field::Email, "Content", "consent"));
    }

    #[test]
    fn headers_that_no_layout_names_are_told_by_their_words() {
        for header in [
            "Consent status",
            "GDPR status",
            "Do you consent to be contacted about future roles?",
            "May we store your data and contact you about future jobs?",
            "Einwilligung Talentpool",
            "DSGVO OK",
            "RGPD OK",
            "GDPR",
            "Zgoda na przyszłe rekrutacje",
            "Consent to future contact",
            "Consent future jobs",
            "Future opportunities consent",
            "Data retention consent",
            "Opted in",
            "Opt-in",
            "Email opt in",
            "Peut-on vous contacter ?",
            "Acceptez-vous d'être contacté ?",
            "Czy wyrażasz zgodę na kontakt?",
            "Mogen wij u benaderen?",
            "¿Podemos contactarle en el futuro?",
            "Dürfen wir Ihre Daten speichern?",
            "Consent (given/withdrawn)",
            "May we keep your CV on file?",
        ] {
            let told = of_contact(header);
            assert!(told.is_some_and(|told| !told.refusal && !told.beside), "{header}: {told:?}");
        }
        for header in [
            "Do Not Call",
            "Do not email",
            "Kontakt nicht erwünscht",
            "Kontakt unerwünscht",
            "Please don't contact me",
            "Do you want to be removed from our database?",
            "Consent withdrawn on",
            "GDPR opt-out",
            "I do not wish to be contacted",
            "Ne pas appeler",
            "No llamar",
            "Niet bellen",
            "Nie dzwonić",
            "Refuse d'être contacté",
            "Blacklisted",
            "brak zgody",
        ] {
            let told = of_contact(header);
            assert!(told.is_some_and(|told| told.refusal && !told.beside), "{header}: {told:?}");
        }
    }

    #[test]
    fn what_only_sounds_like_it_is_no_question_for_contact() {
        for header in [
            "Contact no.",
            "Alternate contact no",
            "How can we contact you?",
            "Preferred contact",
            "Contacted",
            "Not contacted yet",
            "Are you on OPT in the US?",
            "GDPR experience",
            "Last contact",
            "Database",
            "Options",
            "Email not valid",
            "Permission to work",
            "Content",
        ] {
            assert_eq!(of_contact(header), None, "{header}");
        }
        for header in [
            "Newsletter opt-out",
            "May we contact your current employer?",
            "SMS opt-in",
            "Photo consent",
            "Consented at",
            "GDPR deletion date",
        ] {
            assert!(of_contact(header).is_some_and(|told| told.beside), "{header}");
        }
        assert!(of_contact("RODO").is_some_and(|told| told.law_alone));
        assert!(hides_refusal("Marketing consent", "no") && !hides_refusal("Marketing consent", "yes"));
        assert!(hides_refusal("Contact preference", "do not contact"));
        assert!(!hides_refusal("Contacted", "no") && !hides_refusal("Last contact", "2024-05-01"));
    }
}
