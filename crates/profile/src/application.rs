//! Applications: a job, how far it is, its day, why it ended.

#[cfg(test)]
mod tests;

use crate::candidate::read_yes_no;
use crate::when::{month_of, read_when};
use crate::words::{folded, is_denial, tokens};
use crate::{Cell, Date, When};

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

/// Words for somebody who was hired or placed, in six languages; a day, a contract (`Embauché en CDI`) or the employer
/// (`Placed at Acme`) may stand behind them.
#[must_use]
pub fn is_hired(text: &str) -> bool {
    let said = plain(text);
    let said = ALREADY.iter().find_map(|word| said.strip_prefix(word)).unwrap_or(&said);
    let mut found = HIRED.iter().filter_map(|phrase| Some((*phrase, behind_phrase(said, phrase)?)));
    found.any(|(phrase, rest)| {
        // `Placé` without its accent is an English word.
        let is_other = phrase == "place"
            && !["plac\u{e9}", "place\u{301}"].iter().any(|word| text.to_lowercase().contains(word));
        let words = tokens(rest);
        !is_other && !rest.contains('?') && (is_day_or_contract(&words) || names_employer(phrase, &words))
    })
}

/// Somebody who was hired, or placed with an employer; plain.
const HIRED: [&str; 24] = [
    "hired",
    "placed",
    "employed by us",
    "hired by us",
    "eingestellt",
    "angestellt bei uns",
    "bei uns angestellt",
    "vermittelt",
    "platziert",
    "embauche",
    "embauchee",
    "recrute",
    "recrutee",
    "place",
    "placee",
    "contratado",
    "contratada",
    "colocado",
    "colocada",
    "aangenomen",
    "geplaatst",
    "zatrudniony",
    "zatrudniona",
    "zatrudniono",
];
/// Words before one of these that change nothing.
const ALREADY: [&str; 20] = [
    "already ",
    "successfully ",
    "was ",
    "has been ",
    "bereits ",
    "schon ",
    "erfolgreich ",
    "wurde ",
    "deja ",
    "a ete ",
    "est ",
    "ya ",
    "ha sido ",
    "al ",
    "reeds ",
    "is ",
    "werd ",
    "juz ",
    "zostal ",
    "zostala ",
];
/// Those of them behind which an employer stands.
const PLACED: [&str; 8] =
    ["placed", "vermittelt", "platziert", "place", "placee", "colocado", "colocada", "geplaatst"];
/// Words between somebody who was placed and the employer.
const AT: [&str; 7] = ["at", "with", "an", "bei", "chez", "bij", "w"];
/// Words behind `placed at` that are no employer, or say that it is over.
const NO_EMPLOYER: [&str; 32] = [
    "stage",
    "round",
    "interview",
    "shortlist",
    "hold",
    "risk",
    "pool",
    "list",
    "disposal",
    "front",
    "back",
    "left",
    "ended",
    "ends",
    "finished",
    "again",
    "available",
    "returned",
    "until",
    "till",
    "to",
    "bis",
    "zuruck",
    "wieder",
    "beendet",
    "jusqu",
    "fini",
    "termine",
    "parti",
    "hasta",
    "tot",
    "terug",
];

/// Whether the words behind somebody who was placed name the employer, and perhaps the day.
fn names_employer(phrase: &str, words: &[&str]) -> bool {
    let Some((at, employer)) = words.split_first() else { return false };
    PLACED.contains(&phrase)
        && AT.contains(at)
        && (1..=8).contains(&employer.len())
        && has_one_day(employer)
        && !employer.iter().any(|word| NO_EMPLOYER.contains(word) || is_denial(word))
}

/// Whether words are no more than a day, a kind of contract, or the ending of the word before them (`embauché(e)`).
fn is_day_or_contract(words: &[&str]) -> bool {
    const BESIDE: [&str; 56] = [
        "on",
        "in",
        "since",
        "as",
        "of",
        "per",
        "q",
        "st",
        "nd",
        "rd",
        "th",
        "am",
        "im",
        "seit",
        "zum",
        "ab",
        "den",
        "le",
        "en",
        "er",
        "depuis",
        "du",
        "el",
        "desde",
        "de",
        "op",
        "sinds",
        "w",
        "od",
        "dnia",
        "r",
        "roku",
        "a",
        "e",
        "ee",
        "cdi",
        "cdd",
        "interim",
        "alternance",
        "permanent",
        "permanently",
        "perm",
        "contract",
        "contractor",
        "temp",
        "freelance",
        "freelancer",
        "fest",
        "festanstellung",
        "unbefristet",
        "befristet",
        "indefinido",
        "fijo",
        "vast",
        "umowa",
        "prace",
    ];
    has_one_day(words)
        && words.iter().all(|word| is_figure(word) || BESIDE.contains(word) || month_of(word).is_some())
}

/// Whether the figures among words are one day, month or year at most; no span (`2019-2021`), and no number of
/// something.
fn has_one_day(words: &[&str]) -> bool {
    let figures = words.iter().filter(|word| is_figure(word)).count();
    let years = words.iter().filter(|word| is_year(word)).count();
    let is_named = || words.iter().any(|word| month_of(word).is_some());
    figures == 0 || figures <= 3 && years <= 1 && (years == 1 || figures > 1 || is_named())
}

fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

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
fn holds_before(phrase: &str, rest: &[&str]) -> bool {
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
    match words {
        ["since" | "seit" | "depuis" | "desde" | "sinds" | "od", rest @ ..] => {
            rest.iter().any(|word| is_figure(word))
        }
        [year] => is_year(year),
        figures => figures.len() == 3 && figures.iter().all(|word| is_figure(word)),
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

/// Whether a yes in any form stands before a remark: `TRUE (2025)`, `X!`, `1 - GDPR`. One with a question is none.
fn is_yes_with_remark(text: &str) -> bool {
    let bare = text.split(['(', ',', ';']).next().unwrap_or(text);
    let bare = bare.split(" - ").next().unwrap_or(bare).trim().trim_end_matches(['!', '.', ':', ' ']);
    !text.contains('?') && bare.len() < text.len() && read_yes_no(bare) == Ok(true)
}

/// The last day on which contact is refused, where a cell says until when: `until 2027`, `bis 06/2027`.
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
    let rest = UNTIL.iter().find_map(|word| said.strip_prefix(word))?.trim_matches(['.', '!', ' ']);
    if is_year(rest) {
        return Date::new(rest.parse().ok()?, 12, 31);
    }
    match read_when(rest, None).ok()? {
        When::Day(day) => Some(day),
        When::Month(month) => Some(month.month_end()),
    }
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

fn plain(text: &str) -> String {
    folded(text).replace(['-', '_'], " ").trim_matches(['.', '!', ' ']).to_owned()
}
