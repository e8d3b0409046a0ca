//! Columns that ask for consent to be contacted: a `no` in them is an opt-out, and a `yes` is none.
//!
//! Which they are is told by the words of the header, whatever layout or map makes opt-outs of them: taken the wrong way
//! round, everybody who agreed would be left alone, and everybody who refused be written to.

use stackscout_profile::Field;

use crate::key::{header_key, header_words};

/// Beginnings of words for consent, and of questions for it, in six languages; as they stand in keys of headers.
const ASKS: [&str; 24] = [
    "consent",
    "permission",
    "maywecontact",
    "canwecontact",
    "oktocontact",
    "okaytocontact",
    "contactallowed",
    "contactpermitted",
    "tobecontacted",
    "optin",
    "optedin",
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
/// Words beside which it is a refusal that is asked for: `Consent withdrawn`, `brak zgody na kontakt`.
const REFUSES: [&str; 15] = [
    "withdraw",
    "revo",
    "refus",
    "declin",
    "denied",
    "widerruf",
    "widerspruch",
    "wycof",
    "cofn",
    "odmow",
    "brak",
    "retir",
    "ingetrokken",
    "retrait",
    "unsub",
];
/// Words that deny, where no `yes` stands beside them (`Consent (yes/no)`).
const DENIES: [&str; 13] =
    ["no", "not", "non", "without", "kein", "keine", "nicht", "ohne", "sans", "sin", "geen", "bez", "nie"];
const YES: [&str; 5] = ["yes", "ja", "oui", "si", "tak"];
/// Words of consents to something else than being contacted about work, and of what is written down beside a consent.
const ELSE: [&str; 33] = [
    "marketing",
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
    "date",
    "datum",
    "fecha",
    "expiry",
    "expires",
    "expiration",
    "expired",
    "until",
    "valid",
    "bis",
    "gultig",
    "ablauf",
    "version",
    "text",
    "requested",
];

/// Whether a header asks for consent, so that its cells say the reverse of an opt-out.
pub(crate) fn asks_consent(header: &str) -> bool {
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
    asks_consent(header) && header_words(header).iter().any(|word| ELSE.contains(&word.as_str()))
}

/// Whether a name that is nearly known would turn round what a column says, or holds no answer at all.
pub(crate) fn is_doubtful(field: Field, header: &str, known: &str) -> bool {
    field == Field::OptOut && (asks_consent(header) != asks_consent(known) || is_beside_consent(header))
}

#[cfg(test)]
mod tests {
    //! - every header of opt-outs that the plain layout names is told from those that ask for consent
    //! - dates, and consents to something else, are neither

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
}
