//! What a CV says about whose it is: e-mail addresses, telephone numbers, profile links, a name.

use unicode_normalization::UnicodeNormalization;

use crate::content::is_name;
use crate::document::Document;
use crate::layout;

/// Whose a CV is, as far as it says so.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Owner {
    /// Addresses in their order, without those of referees; the first is mostly the person's own.
    pub emails: Vec<String>,
    pub phones: Vec<String>,
    pub links: Vec<String>,
}

/// Sites on which a page is a person's, with what stands before the person's own part.
const PROFILES: [&str; 6] = [
    "linkedin.com/in/",
    "github.com/",
    "gitlab.com/",
    "xing.com/profile/",
    "stackoverflow.com/users/",
    "linkedin.com/pub/",
];
/// Words beside a telephone number.
const PHONE_WORDS: [&str; 12] = [
    "phone",
    "tel",
    "mobile",
    "mobil",
    "handy",
    "cell",
    "telefon",
    "téléphone",
    "teléfono",
    "fon",
    "komórka",
    "whatsapp",
];

/// Finds whose a CV is.
pub(crate) fn owner(document: &Document) -> Owner {
    let mut owner = Owner::default();
    let mail_targets = document.targets.iter().filter_map(|t| t.strip_prefix("mailto:"));
    let mails = mail_targets.map(|t| t.split('?').next().unwrap_or(t));
    let (own, of_referees) = emails(&document.text);
    let is_referees = |mail: &&str| {
        let among = |mails: &[String]| mails.iter().any(|known| known.eq_ignore_ascii_case(mail));
        among(&of_referees) && !among(&own)
    };
    let mails: Vec<String> = mails.filter(|mail| !is_referees(mail)).map(str::to_owned).collect();
    for email in own.into_iter().chain(mails) {
        if !owner.emails.iter().any(|known| known.eq_ignore_ascii_case(&email)) {
            owner.emails.push(email);
        }
    }
    owner.phones = phones(&document.text);
    for link in document.targets.iter().map(String::as_str).chain(words(&document.text)).filter_map(profile) {
        if !owner.links.contains(&link) {
            owner.links.push(link);
        }
    }
    owner
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '|' | ',' | ';' | '(' | ')' | '<' | '>' | '"'))
}

/// Words for people who speak for the person, and for what they say.
const REFEREES: [&str; 15] = [
    "referee",
    "referees",
    "reference",
    "references",
    "referenz",
    "referenzen",
    "référence",
    "références",
    "referencia",
    "referencias",
    "referentie",
    "referenties",
    "referent",
    "referencja",
    "referencje",
];

fn is_referee(word: &str) -> bool {
    let word = word.split(':').next().unwrap_or(word).trim_matches(|c: char| !c.is_alphanumeric());
    word.starts_with(['r', 'R']) && REFEREES.contains(&word.to_lowercase().as_str())
}

/// The addresses of a text; apart from them those behind a word for referees in their line, or below such a heading.
fn emails(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut own, mut of_referees) = (Vec::new(), Vec::new());
    // Whether a line stood below the heading.
    let mut heading: Option<bool> = None;
    for line in text.lines() {
        if line.trim().is_empty() {
            heading = heading.filter(|any| !any);
            continue;
        }
        let mut of_referee = heading.is_some();
        heading = heading.map(|_| true);
        for word in words(line) {
            of_referee |= is_referee(word);
            if let Some(address) = email(word) {
                if of_referee { of_referees.push(address) } else { own.push(address) }
            }
        }
        let last = line.split_whitespace().next_back().is_some_and(is_referee);
        if last && line.split_whitespace().count() <= 3 {
            heading = Some(false);
        }
    }
    (own, of_referees)
}

fn email(word: &str) -> Option<String> {
    if !word.contains('@') {
        return None;
    }
    let word = word.strip_prefix("mailto:").unwrap_or(word);
    let word = word.rsplit_once(':').map_or(word, |(_, address)| address);
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (local, domain) = word.split_once('@')?;
    let good =
        |part: &str| part.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '\''));
    let top = domain.rsplit_once('.')?.1;
    let is_address = !local.is_empty()
        && good(local)
        && good(domain)
        && top.len() >= 2
        && top.bytes().all(|b| b.is_ascii_alphabetic());
    is_address.then(|| word.to_owned())
}

/// Numbers with a country's code, or with a word for telephone before them in their line.
fn phones(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in text.lines() {
        let small = line.to_lowercase();
        let named = |before: usize| {
            let before = small.get(..before).unwrap_or(&small);
            PHONE_WORDS.iter().any(|word| {
                before.match_indices(word).any(|(at, _)| {
                    let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphabetic());
                    let after = before[at + word.len()..].trim_start_matches(|c: char| c.is_alphabetic());
                    alone(before[..at].chars().next_back()) && after.len() < 8
                })
            })
        };
        let mut at = 0;
        while let Some(begin) =
            line[at..].find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(')).map(|n| n + at)
        {
            let run = &line[begin..];
            let end = run
                .find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | ' ' | '-' | '.' | '/')))
                .unwrap_or(run.len());
            let number = run[..end].trim_end_matches(|c: char| !c.is_ascii_digit());
            let digits = number.bytes().filter(u8::is_ascii_digit).count();
            let plus = number.starts_with('+') || number.starts_with("(+");
            if (7..=15).contains(&digits) && (plus || named(begin)) && !number[1..].contains('+') {
                let number = number.to_owned();
                if !found.contains(&number) {
                    found.push(number);
                }
            }
            at = begin + end.max(1);
        }
    }
    found
}

/// A link to a person's page, with its scheme; `None` for any other.
fn profile(word: &str) -> Option<String> {
    let word = word.trim_matches(|c: char| matches!(c, '.' | ':' | '[' | ']' | '*' | '_' | '\''));
    let small = word.to_lowercase();
    let from = small.find("://").map_or(0, |at| at + 3);
    let bare = small[from..].strip_prefix("www.").unwrap_or(&small[from..]);
    // `de.linkedin.com`
    let bare = bare
        .split_once('.')
        .filter(|(c, rest)| c.len() == 2 && rest.starts_with("linkedin."))
        .map_or(bare, |(_, r)| r);
    let own = PROFILES.iter().find_map(|site| bare.strip_prefix(site))?;
    let own = own.split(['?', '#']).next().unwrap_or(own).trim_end_matches('/');
    // A page below the person's own is a project.
    let is_person = !own.is_empty()
        && (!own.contains('/') || bare.starts_with("stackoverflow") || bare.contains("/pub/"));
    is_person.then(|| match from {
        0 => format!("https://{word}"),
        _ => word.to_owned(),
    })
}

/// The words of a name or a file's name as they are compared: small letters without accents.
pub(crate) fn name_words(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
    // `AdaMoss_CV` is three words.
    let mut words = vec![String::new()];
    let mut after_small = false;
    for c in plain.chars() {
        if !c.is_alphabetic() && c != '\'' || c.is_uppercase() && after_small {
            words.push(String::new());
        }
        if c.is_alphabetic() {
            words.last_mut().expect("starts with one").extend(c.to_lowercase());
        }
        after_small = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Words in names of files that are no part of a person's.
const FILE_WORDS: [&str; 40] = [
    "cv",
    "cvs",
    "resume",
    "resumes",
    "lebenslauf",
    "curriculum",
    "vitae",
    "application",
    "bewerbung",
    "profile",
    "profil",
    "final",
    "new",
    "old",
    "copy",
    "version",
    "draft",
    "updated",
    "latest",
    "current",
    "en",
    "de",
    "fr",
    "es",
    "nl",
    "pl",
    "english",
    "german",
    "deutsch",
    "french",
    "pdf",
    "docx",
    "doc",
    "txt",
    "md",
    "html",
    "odt",
    "developer",
    "engineer",
    "kopie",
];

/// Lines without the signs around them, as far as a name may stand in them.
fn first_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|l| l.trim_matches(|c: char| !c.is_alphanumeric() && c != '.'))
        .filter(|l| !l.is_empty())
        .take(12)
}

/// The words of a file's name that may be a person's.
fn file_words(stem: &str) -> Vec<String> {
    name_words(stem).into_iter().filter(|w| !FILE_WORDS.contains(&w.as_str())).collect()
}

/// The person's name: a line that states it, the first line where file or address bear it out, or the file's name.
pub(crate) fn name(text: &str, stem: &str, owner: &Owner) -> Option<String> {
    said_name(text, stem, owner).or_else(|| {
        let of_file = file_words(stem);
        let words: Vec<&str> = of_file.iter().map(String::as_str).collect();
        let is_name = (2..=3).contains(&words.len()) && words.iter().all(|w| w.chars().count() > 1);
        is_name.then(|| cased(&words))
    })
}

/// The person's name as the text says it.
pub(crate) fn said_name(text: &str, stem: &str, owner: &Owner) -> Option<String> {
    let labels =
        ["name:", "full name:", "nom:", "nombre:", "naam:", "vor- und nachname:", "imię i nazwisko:"];
    let stated = first_lines(text).find_map(|line| {
        let small = line.to_lowercase();
        let label = labels.iter().find(|label| small.starts_with(**label))?;
        line.get(label.len()..).map(str::trim).filter(|name| looks_like_name(name))
    });
    let of_file = file_words(stem);
    let local = owner.emails.first().and_then(|e| e.split('@').next()).unwrap_or("").to_lowercase();
    let borne_out = |line: &&str| {
        let words = name_words(line);
        looks_like_name(line)
            && words.iter().any(|w| w.len() > 2 && (of_file.contains(w) || local.contains(w.as_str())))
    };
    stated
        .or_else(|| first_lines(text).take(3).find(borne_out))
        .map(|line| cased(&line.split_whitespace().collect::<Vec<_>>()))
}

/// The first line of a text, where it looks like a person's name and like no heading and no job.
pub(crate) fn first_line_name(text: &str) -> Option<&str> {
    const NO_NAMES: [&str; 32] = [
        "angaben",
        "beruflicher",
        "daten",
        "datos",
        "donnees",
        "gegevens",
        "osobowe",
        "personliche",
        "werdegang",
        "zawodowe",
        "about",
        "career",
        "contact",
        "core",
        "data",
        "details",
        "employment",
        "experience",
        "information",
        "key",
        "lead",
        "objective",
        "overview",
        "personal",
        "product",
        "professional",
        "project",
        "senior",
        "skills",
        "software",
        "technical",
        "work",
    ];
    let line = first_lines(text).next()?;
    let is_heading = layout::knows(line) || name_words(line).iter().any(|w| NO_NAMES.contains(&w.as_str()));
    (looks_like_name(line) && is_name(line) && !is_heading).then_some(line)
}

/// The words at the beginning of a text, where a person's name stands.
pub(crate) fn head_words(text: &str) -> Vec<String> {
    const WORDS_MAX: usize = 24;
    // An address is nobody's name: who writes to `ann.lee@x.org` need not be Ann Lee.
    let written =
        first_lines(text).take(3).flat_map(str::split_whitespace).filter(|word| !word.contains('@'));
    let mut words: Vec<String> = written.flat_map(name_words).take(WORDS_MAX).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn looks_like_name(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let small =
        ["van", "von", "de", "der", "den", "da", "di", "la", "del", "dos", "al", "el", "bin", "ter", "zu"];
    (2..=5).contains(&words.len())
        && words.iter().all(|w| w.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '.' | '’')))
        && words.iter().all(|w| w.starts_with(char::is_uppercase) || small.contains(w))
        && !words.iter().any(|w| FILE_WORDS.contains(&w.to_lowercase().as_str()))
}

/// Words that are all in small or all in capital letters with a capital each; all others as they are.
fn cased(words: &[&str]) -> String {
    let flat = |other: fn(char) -> bool| words.iter().all(|w| !w.contains(other));
    if !flat(char::is_lowercase) && !flat(char::is_uppercase) {
        return words.join(" ");
    }
    let case = |word: &&str| {
        let mut chars = word.chars();
        let first = chars.next().into_iter().flat_map(char::to_uppercase);
        first.chain(chars.flat_map(char::to_lowercase)).collect::<String>()
    };
    words.iter().map(case).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    //! - addresses, numbers and pages are the person's, and dates and projects are none
    //! - a name is stated, borne out, or the file's

    use super::*;

    #[test]
    fn a_cv_says_whose_it_is() {
        let text = "Ada Moss\nE-Mail: ada@example.org | Tel. 0228 123456 | www.linkedin.com/in/ada-moss\n\
            +49 (0)228 555-1234, de.linkedin.com/in/ada, https://github.com/ada\n\
            2019 - 2021: github.com/acme/shop, 01/2015 - 12/2016, a@b, hotel 12345678\nRef: <bob@example.org>.";
        let document =
            Document { text: text.to_owned(), targets: vec!["mailto:ADA@example.org?subject=x".into()] };
        let owner = owner(&document);
        assert_eq!(owner.emails, ["ada@example.org", "bob@example.org"]);
        assert_eq!(owner.phones, ["0228 123456", "+49 (0)228 555-1234"]);
        assert_eq!(
            owner.links,
            [
                "https://www.linkedin.com/in/ada-moss",
                "https://de.linkedin.com/in/ada",
                "https://github.com/ada"
            ]
        );
    }

    #[test]
    fn an_address_of_a_referee_is_not_the_persons() {
        for text in [
            "Cy Dahl\nReferee: ann@x.example",
            "Cy Dahl\nReferenz: Ann Lee (ann@x.example)",
            "Cy Dahl\n\nReferences\n\nAnn Lee\nann@x.example\n",
            "Cy Dahl\n\nProfessional references:\nAnn Lee, ann@x.example",
        ] {
            let document = Document { text: text.to_owned(), targets: vec!["mailto:ann@x.example".into()] };
            assert_eq!(owner(&document).emails, [""; 0], "{text}");
        }
        let text = "References available on request\ncy@x.example | Referee: ann@x.example\n";
        let document = Document { text: text.to_owned(), targets: Vec::new() };
        assert_eq!(owner(&document).emails, ["cy@x.example"]);
    }

    #[test]
    fn a_name_needs_a_reason() {
        let with_mail = |mail: &str| Owner { emails: vec![mail.to_owned()], ..Owner::default() };
        let none = Owner::default();
        for (text, stem, owner, expected) in [
            ("ADA MOSS\nEngineer", "cv ada", &none, Some("Ada Moss")),
            ("Zoë van Dyk\n", "x", &with_mail("zoe.vandyk@example.org"), Some("Zoë van Dyk")),
            ("Curriculum Vitae\nName: Ada Moss", "7", &none, Some("Ada Moss")),
            ("Senior Engineer\nAcme Corp", "cv (3)", &none, None),
            ("I build shops.", "ada_moss-cv-2026", &none, Some("Ada Moss")),
            ("I build shops.", "AdaMossCV", &none, Some("Ada Moss")),
            ("text", "Resume JohnSmith", &none, Some("John Smith")),
            ("text", "resume", &none, None),
        ] {
            assert_eq!(name(text, stem, owner).as_deref(), expected, "{stem}");
        }
    }
}
