//! - every header of opt-outs that the plain layout names is told from those that ask for consent
//! - dates, and consents to something else, are neither
//! - headers that no layout names are told by their words, in six languages
//! - ways of contact, numbers, permits and skills are none of them

use stackscout_profile::Field;

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
    for header in ["Consent (marketing)", "Consent expires on", "Einwilligung (gültig bis)", "Consent date"]
    {
        assert!(is_beside_consent(header), "{header}");
    }
    for header in ["Marketing consent", "Consent expiry", "Einwilligung bis", "data zgody", "Consent date"] {
        assert_eq!(plain().meaning(header), None, "{header}");
        assert!(plain().ignores(header), "{header}");
    }
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

#[test]
fn consents_to_something_else_and_the_asking_for_one_are_beside_it() {
    for header in [
        "Consent to relocate",
        "Do you consent to work in the UK?",
        "Consent to work on weekends",
        "Parental consent",
        "Consent to represent",
        "Exclusive consent",
        "Interview consent",
        "Consenting adult",
        "Consent required",
        "Consent not needed",
        "GDPR consent pending",
        "Consent request sent",
        "Consent email sent",
        "Consent reminder",
        "Consent renewal",
        "Consent requested",
        "Consent missing",
        "Consent overdue",
        "Consent uploaded",
        "GDPR consent form",
        "Einwilligung angefordert",
        "Einwilligung ausstehend",
        "Einwilligung fehlt",
        "Consentement demand\u{e9}",
        "Consentement manquant",
        "Toestemming gevraagd",
        "Zgoda wys\u{142}ana",
    ] {
        let told = of_contact(header);
        assert!(told.is_some_and(|told| told.beside), "{header}: {told:?}");
    }
    for header in [
        "GDPR relevant",
        "GDPR applies",
        "GDPR check done",
        "GDPR anonymized",
        "DSGVO-Auskunft verlangt",
        "AVG score",
        "No contact since",
        "No contact info",
        "Kein Kontakt seit",
    ] {
        assert_eq!(of_contact(header), None, "{header}");
    }
    for header in [
        "Do you consent to be contacted? (required)",
        "Consent to processing of personal data",
        "Einwilligung zur Speicherung",
        "Consentement au traitement des donn\u{e9}es",
        "GDPR agreed",
        "RODO zgoda",
        "Candidate consent received",
    ] {
        let told = of_contact(header);
        assert!(told.is_some_and(|told| !told.refusal && !told.beside), "{header}: {told:?}");
    }
    for header in
        ["No contact", "No contact please", "Consent withdrawal requested", "Deletion of data requested"]
    {
        let told = of_contact(header);
        assert!(told.is_some_and(|told| told.refusal && !told.beside), "{header}: {told:?}");
    }
}
