//! - stages and statuses say who was hired or placed, in six languages, and a day, contract or employer may follow
//! - who wants no contact is known by words, days and other forms of yes, and what is said of others is none
//! - a consent says the reverse

use super::no_contact::refuses_contact;
use super::*;

#[test]
fn stages_are_of_the_application_and_hired_is_known_in_six_languages() {
    for hired in ["Hired", "PLACED", "eingestellt", "Embauchée", "contratada", "aangenomen", "zatrudniony"] {
        assert!(is_hired(hired), "{hired}");
    }
    for other in ["rejected", "not hired", "Interview", "to be hired", "hiring manager review", ""] {
        assert!(!is_hired(other), "{other}");
    }
    for hired in [
        "Placed 03/2026",
        "Placé",
        "Vermittelt (03/2026)",
        "Embauché en CDI",
        "Embauché(e) le 01/03/2026",
        "contratado/a",
        "Hired - March 2026",
        "bereits vermittelt",
        "Placed at Acme Corp (03/2026)",
        "Vermittelt an Acme",
        "geplaatst bij Acme sinds 2025",
    ] {
        assert!(is_hired(hired), "{hired}");
    }
    for other in [
        "Place",
        "placed on hold",
        "Placed in pool",
        "Placed at interview stage",
        "Placed 2nd",
        "Placed 2019-2021",
        "Placed until 03/2026",
        "Placed at Acme, left 2025",
        "Hired?",
        "hired elsewhere",
        "vermittelbar",
        "nicht vermittelt",
    ] {
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
    for other in ["contact again", "Withdrawn", "Unsubscribed from newsletter", "kein Kontakt bisher", "dncx"]
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
fn those_who_want_no_more_contact_are_known_beside_another_status() {
    for out in [
        "Nicht mehr kontaktieren",
        "Bitte nicht mehr kontaktieren",
        "Kein Kontakt mehr (03/2026)",
        "Ne pas recontacter",
        "Ne souhaite plus être recontacté",
        "No volver a contactar",
        "niet meer benaderen",
        "Geen contact meer",
        "więcej nie kontaktować",
        "Don’t contact",
        "Asked not to be contacted",
        "Inactive - do not contact",
        "Passive (DNC, 2025)",
    ] {
        assert!(is_opted_out(out), "{out}");
    }
    for other in [
        "could not contact",
        "did not contact",
        "no contact yet",
        "nicht mehr erreichbar",
        "Do not contact: no",
        "Opt-out: no",
        "Active (opted out of relocation)",
        "Employer, do not contact",
        "Contacted - no answer",
        "keine Kontaktaufnahme mit meinem Arbeitgeber",
        "Keine Kontaktaufnahme möglich",
        "Kein Kontakt mehr seit Mai 2024",
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
    for out in [
        "Yes (GDPR)",
        "\u{2611}",
        "checked",
        "No - please do not contact",
        "ja, seit 2024",
        "TRUE (2025)",
        "X!",
        "1 - GDPR",
    ] {
        assert_eq!(read_opt_out(out), Ok(true), "{out}");
    }
    for neither in ["X?", "TRUE (?)", "x, please contact me", "until 2027"] {
        assert!(read_opt_out(neither).is_err(), "{neither}");
    }
    let until = |text: &str| refused_until(text).map(|day| day.to_string()).unwrap_or_default();
    assert_eq!(until("until 2027"), "2027-12-31");
    assert_eq!(until("bis 06/2027"), "2027-06-30");
    assert_eq!(until("Do not contact until 2026-06"), "2026-06-30");
    assert_eq!(until("Nicht kontaktieren bis 31.12.2026"), "2026-12-31");
    assert_eq!(until("Interviewing until 2026-06"), "");
    assert_eq!(until("jusqu'au 1er juin 2027"), "2027-06-01");
    assert_eq!((until("until further notice"), until("2027")), (String::new(), String::new()));
    for neither in ["don't contact current employer", "Please don't contact my employer"] {
        assert!(read_opt_out(neither).is_err(), "{neither}");
    }
    for neither in ["I do not agree", "No phone calls", "No, please contact me", "ja, bitte kontaktieren"] {
        assert!(read_opt_out(neither).is_err(), "{neither}");
    }
}

#[test]
fn consent_says_the_reverse_of_an_opt_out() {
    let consent = |text: &str| read_opt_out(&format!("{CONSENT}{text}"));
    for no in ["no", "Nein", "0", "false", "No, thanks", "refused", "Widerrufen", "opted out", "brak zgody"] {
        assert_eq!(consent(no), Ok(true), "{no}");
    }
    for yes in ["yes", "Ja", "1", "tak", "Yes, I agree", "given", "since 2024", "2024-03-01", "1 March 2024"]
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
        "Nee liever niet",
        "liever niet",
        "Nein, lieber nicht",
        "Given 2024, opted out",
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
