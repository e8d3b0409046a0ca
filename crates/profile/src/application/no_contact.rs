//! Words for somebody who does not want to be contacted, in six languages.

use super::phrases::{
    behind_phrase, is_day_or_contract, names_day, plain, speaks_of_contact, without_please,
};
use crate::words::tokens;

/// Words for somebody who does not want to be contacted, in six languages; a day or a remark may stand behind them, and
/// another status before them (`Inactive - do not contact`).
#[must_use]
pub fn is_opted_out(text: &str) -> bool {
    let said = plain(text);
    asks_for_no_contact(&said) || is_opted_out_behind(text)
}

/// Whether a plain text begins with what somebody is, or wants, who does not want to be contacted.
fn asks_for_no_contact(said: &str) -> bool {
    let said = without_please(said).unwrap_or(said);
    let found = OPTED_OUT.iter().filter_map(|phrase| Some((*phrase, behind_phrase(said, phrase)?)));
    let found = found.min_by_key(|(_, rest)| rest.len());
    said == "kein kontakt" || found.is_some_and(|(phrase, rest)| holds_before(phrase, &tokens(rest)))
}

/// Whether behind another status stands nothing but that somebody does not want to be contacted, and perhaps the day.
fn is_opted_out_behind(text: &str) -> bool {
    let signs = [',', ';', '(', ')', '|', '\n'];
    let dashes = [" - ", " \u{2013} ", " \u{2014} "];
    if !text.contains(signs) && !dashes.iter().any(|dash| text.contains(dash)) {
        return false;
    }
    let parts = text.split(signs).flat_map(|part| part.split(dashes[0]));
    let parts = parts.flat_map(|part| part.split(dashes[1])).flat_map(|part| part.split(dashes[2]));
    let is_whole = |part: &str| {
        let said = plain(part);
        let said = without_please(&said).unwrap_or(&said);
        OPTED_OUT
            .iter()
            .any(|phrase| behind_phrase(said, phrase).is_some_and(|rest| is_day_or_contract(&tokens(rest))))
    };
    // Of somebody else: `Employer, do not contact`.
    parts.skip(1).any(is_whole) && !tokens(&plain(text)).iter().any(|word| OTHERS.contains(word))
}

/// Whether a phrase of those who opted out still says so with the words behind it.
pub(super) fn holds_before(phrase: &str, rest: &[&str]) -> bool {
    let has = |words: &[&str], known: &[&str]| words.iter().any(|word| known.contains(word));
    let near = &rest[..rest.len().min(4)];
    // `Opt-out: no`.
    if matches!(rest, ["no" | "n" | "nein" | "non" | "nee" | "nie" | "false"]) {
        return false;
    }
    // Those who left a newsletter may still be written to about work.
    if has(rest, &NEWSLETTERS) || is_reach(phrase) && has(near, &OTHERS) {
        return false;
    }
    // `Kein Kontakt mehr seit Mai`, `Keine Kontaktaufnahme möglich`: nobody wishes it so.
    if is_reach(phrase) && NO_MORE.iter().any(|word| phrase.starts_with(word)) && has(near, &UNWISHED) {
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

/// Beginnings of phrases that may say as well that there is no contact, and not that nobody wishes it.
const NO_MORE: [&str; 4] = ["kein", "no further", "no more", "geen"];

/// Words behind one of them that make no wish of it.
const UNWISHED: [&str; 20] = [
    "possible", "moglich", "mogelijk", "gelungen", "erfolgt", "seit", "since", "sinds", "after", "nach",
    "yet", "bisher", "info", "details", "data", "daten", "needed", "required", "notig", "nodig",
];

/// Words for consent in the phrases of those who opted out.
const CONSENT_WORDS: [&str; 7] =
    ["consent", "einwilligung", "zustimmung", "consentement", "consentimiento", "toestemming", "zgody"];

/// Words behind a consent that is lacking because nobody needed it, or asked for it.
pub(super) const UNASKED: [&str; 26] = [
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
const OPTED_OUT: [&str; 148] = [
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
    "nicht mehr kontaktieren",
    "nie mehr kontaktieren",
    "nicht wieder kontaktieren",
    "nicht erneut kontaktieren",
    "nicht mehr anschreiben",
    "nicht mehr ansprechen",
    "nicht mehr anrufen",
    "kein kontakt mehr",
    "keinen kontakt mehr",
    "kein weiterer kontakt",
    "keine kontaktaufnahme",
    "keine weitere kontaktaufnahme",
    "kontakt nicht mehr erwunscht",
    "kontakt nicht mehr gewunscht",
    "wunscht keinen kontakt",
    "mochte keinen kontakt",
    "will keinen kontakt",
    "mochte nicht kontaktiert werden",
    "mochte nicht mehr kontaktiert werden",
    "will nicht kontaktiert werden",
    "will nicht mehr kontaktiert werden",
    "do not recontact",
    "do not approach",
    "don't contact",
    "don't recontact",
    "dont contact",
    "never contact",
    "no further contact",
    "no more contact",
    "no longer contact",
    "not to be contacted",
    "must not be contacted",
    "asked not to be contacted",
    "does not want to be contacted",
    "does not wish to be contacted",
    "doesn't want to be contacted",
    "no longer wants to be contacted",
    "no longer wishes to be contacted",
    "wants no contact",
    "ne pas recontacter",
    "ne plus recontacter",
    "ne jamais contacter",
    "ne jamais recontacter",
    "ne plus solliciter",
    "ne plus appeler",
    "ne souhaite pas etre contacte",
    "ne souhaite pas etre recontacte",
    "ne souhaite plus etre contacte",
    "ne souhaite plus etre recontacte",
    "ne veut pas etre contacte",
    "ne veut plus etre contacte",
    "ne veut plus etre recontacte",
    "no volver a contactar",
    "no volver a llamar",
    "no recontactar",
    "nunca contactar",
    "no desea ser contactado",
    "no quiere ser contactado",
    "no desea contacto",
    "no quiere contacto",
    "niet meer contacteren",
    "niet meer benaderen",
    "niet meer bellen",
    "niet opnieuw benaderen",
    "geen contact meer",
    "wil geen contact",
    "wenst geen contact",
    "wil niet benaderd worden",
    "wil niet meer benaderd worden",
    "nigdy nie kontaktowac",
    "wiecej nie kontaktowac",
    "juz nie kontaktowac",
    "nie kontaktowac wiecej",
    "nie chce kontaktu",
    "nie zyczy sobie kontaktu",
    "ne souhaite pas etre contactee",
    "ne souhaite pas etre recontactee",
    "ne souhaite plus etre contactee",
    "ne souhaite plus etre recontactee",
    "ne veut pas etre contactee",
    "ne veut plus etre contactee",
    "ne veut plus etre recontactee",
    "no desea ser contactada",
    "no quiere ser contactada",
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
pub(super) fn forbids(words: &[&str]) -> bool {
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
