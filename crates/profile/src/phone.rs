//! Telephone numbers: as written, and in the form of E.164 where the country is known.
//!
//! A number with `+` or `00` in front names its country. One without is national, and only the person's country says
//! which: nothing else is guessed. Calling codes and trunk prefixes are facts of the ITU's lists (E.164 assigned
//! country codes; national numbering plans), for the countries that candidate files name most.

use std::fmt;

use crate::Country;
use crate::words::{folded, list_items, tokens};

/// A telephone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// As written.
    pub written: String,
    /// `+` and 7 to 15 digits; `None` where the country is unknown.
    pub e164: Option<String>,
    /// Whether the person's country was needed to know it.
    pub by_country: bool,
}

impl Phone {
    /// Its digits as written, without those of an extension.
    #[must_use]
    pub fn digits(&self) -> String {
        without_label_and_extension(&self.written).chars().filter(char::is_ascii_digit).collect()
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.e164.as_ref().unwrap_or(&self.written))
    }
}

/// Country, calling code, trunk prefix, least and most digits behind both.
const PLANS: [(&str, &str, &str, usize, usize); 66] = [
    ("AE", "971", "0", 8, 9),
    ("AR", "54", "0", 10, 11),
    ("AT", "43", "0", 4, 13),
    ("AU", "61", "0", 9, 9),
    ("BD", "880", "0", 8, 10),
    ("BE", "32", "0", 8, 9),
    ("BG", "359", "0", 7, 9),
    ("BR", "55", "0", 10, 11),
    ("BY", "375", "80", 9, 9),
    ("CA", "1", "1", 10, 10),
    ("CH", "41", "0", 9, 9),
    ("CL", "56", "", 9, 9),
    ("CN", "86", "0", 9, 11),
    ("CO", "57", "", 10, 10),
    ("CY", "357", "", 8, 8),
    ("CZ", "420", "", 9, 9),
    ("DE", "49", "0", 6, 13),
    ("DK", "45", "", 8, 8),
    ("EE", "372", "", 7, 8),
    ("EG", "20", "0", 8, 10),
    ("ES", "34", "", 9, 9),
    ("FI", "358", "0", 6, 12),
    ("FR", "33", "0", 9, 9),
    ("GB", "44", "0", 9, 10),
    ("GE", "995", "0", 9, 9),
    ("GR", "30", "", 10, 10),
    ("HK", "852", "", 8, 8),
    ("HR", "385", "0", 8, 9),
    ("HU", "36", "06", 8, 9),
    ("ID", "62", "0", 8, 12),
    ("IE", "353", "0", 7, 9),
    ("IL", "972", "0", 8, 9),
    ("IN", "91", "0", 10, 10),
    ("IS", "354", "", 7, 7),
    ("IT", "39", "", 6, 11),
    ("JP", "81", "0", 9, 10),
    ("KE", "254", "0", 9, 9),
    ("KR", "82", "0", 8, 10),
    ("LT", "370", "0", 8, 8),
    ("LU", "352", "", 6, 9),
    ("LV", "371", "", 8, 8),
    ("MT", "356", "", 8, 8),
    ("MX", "52", "", 10, 10),
    ("MY", "60", "0", 8, 10),
    ("NG", "234", "0", 8, 10),
    ("NL", "31", "0", 9, 9),
    ("NO", "47", "", 8, 8),
    ("NZ", "64", "0", 8, 10),
    ("PE", "51", "0", 8, 9),
    ("PH", "63", "0", 9, 10),
    ("PK", "92", "0", 9, 10),
    ("PL", "48", "", 9, 9),
    ("PT", "351", "", 9, 9),
    ("RO", "40", "0", 9, 9),
    ("RS", "381", "0", 8, 9),
    ("RU", "7", "8", 10, 10),
    ("SE", "46", "0", 7, 9),
    ("SG", "65", "", 8, 8),
    ("SI", "386", "0", 8, 8),
    ("SK", "421", "0", 9, 9),
    ("TH", "66", "0", 8, 9),
    ("TR", "90", "0", 10, 10),
    ("TW", "886", "0", 8, 9),
    ("UA", "380", "0", 9, 9),
    ("US", "1", "1", 10, 10),
    ("ZA", "27", "0", 9, 9),
];

/// Reads the numbers of a cell. `country` is where the person lives, as far as it is known.
///
/// # Errors
/// How many items are no telephone number; those that are, are read.
pub fn read_phones(cell: &str, country: Option<Country>) -> Result<Vec<Phone>, (Vec<Phone>, usize)> {
    let mut phones: Vec<Phone> = Vec::new();
    let mut unread = 0;
    for item in list_items(cell, &[';', '|', '\n', '\r']) {
        // A number of a fax machine reaches nobody.
        let is_fax = |item: &&str| {
            let label = item.trim_start().to_lowercase();
            label.starts_with("fax") || label.starts_with("telefax") || label.starts_with("f:")
        };
        let many = numbers_of(&item);
        for item in many.into_iter().filter(|item| !is_fax(item) && !is_of_other(item)) {
            match read_phone(item, country) {
                Some(phone) => {
                    if !phones.contains(&phone) {
                        phones.push(phone);
                    }
                }
                None => unread += 1,
            }
        }
    }
    if unread == 0 { Ok(phones) } else { Err((phones, unread)) }
}

/// Whether a number is said to be somebody else's: `Mutter: 0171 999999`, `0171 999999 (emergency contact)`.
fn is_of_other(item: &str) -> bool {
    const OTHERS: [&str; 78] = [
        "mother",
        "father",
        "mom",
        "mum",
        "dad",
        "parents",
        "wife",
        "husband",
        "spouse",
        "brother",
        "sister",
        "emergency",
        "reference",
        "referee",
        "mutter",
        "vater",
        "eltern",
        "ehefrau",
        "ehemann",
        "bruder",
        "schwester",
        "notfall",
        "notfallkontakt",
        "referenz",
        "mere",
        "pere",
        "epouse",
        "mari",
        "conjoint",
        "urgence",
        "madre",
        "padre",
        "esposa",
        "esposo",
        "marido",
        "emergencia",
        "moeder",
        "vader",
        "noodgeval",
        "matka",
        "ojciec",
        "zona",
        "maz",
        "rodzice",
        "partner",
        "partnerin",
        "girlfriend",
        "boyfriend",
        "fiance",
        "fiancee",
        "friend",
        "son",
        "daughter",
        "neighbour",
        "neighbor",
        "lebensgefahrte",
        "lebensgefahrtin",
        "lebenspartner",
        "lebenspartnerin",
        "freund",
        "freundin",
        "verlobter",
        "verlobte",
        "sohn",
        "tochter",
        "nachbar",
        "nachbarin",
        "compagnon",
        "compagne",
        "copain",
        "copine",
        "partenaire",
        "pareja",
        "novio",
        "novia",
        "vriend",
        "vriendin",
        "partnerka",
    ];
    item.contains(char::is_alphabetic) && tokens(&folded(item)).iter().any(|word| OTHERS.contains(word))
}

/// `030 123456, 0151 1234567` and `+49 30 123456 / +49 151 1234567` are two; `030/123456` is one.
fn numbers_of(item: &str) -> Vec<&str> {
    let labelled = labelled(item);
    if labelled.len() > 1 {
        return labelled.into_iter().flat_map(numbers_of).collect();
    }
    for sign in [" / ", " or ", " oder ", " und ", " and ", " & ", ",", "/"] {
        let parts: Vec<&str> = item.split(sign).map(str::trim).collect();
        let whole = |part: &&str| part.bytes().filter(u8::is_ascii_digit).count() >= 7;
        if parts.len() > 1 && parts.iter().all(whole) {
            return parts.into_iter().flat_map(numbers_of).collect();
        }
    }
    // `+49 30 123456 +49 151 1234567`
    let marks: Vec<usize> = item.match_indices('+').map(|(at, _)| at).collect();
    match marks.as_slice() {
        [first, second] if item[*first..*second].bytes().filter(u8::is_ascii_digit).count() >= 7 => {
            [&item[..*second], &item[*second..]].map(str::trim).to_vec()
        }
        _ => match behind_label(item) {
            Some((first, rest)) => [numbers_of(first), numbers_of(rest)].concat(),
            None => vec![item],
        },
    }
}

/// `0171 2345678 (privat) 0221 123456 (Büro)`: the first number with the label behind it, and the rest. An extension is
/// no label, and what is a fax or somebody else's stands before its number where no bracket holds it.
fn behind_label(item: &str) -> Option<(&str, &str)> {
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    let first = item.find(|c: char| c.is_ascii_digit())?;
    let label = first + item[first..].find(char::is_alphabetic)?;
    let end = label + item[label..].find(|c: char| c.is_ascii_digit() || matches!(c, '+' | ')'))?;
    let end = end + usize::from(item[end..].starts_with(')'));
    let word = item[label..end].to_lowercase();
    let begins = |words: &[&str]| words.iter().any(|begin| word.starts_with(begin));
    let in_brackets = item[..label].ends_with('(');
    let at = if !in_brackets && (begins(&["fax", "telefax"]) || is_of_other(&word)) { label } else { end };
    let (first, rest) =
        (item[..at].trim_end_matches([' ', '(']), item[at..].trim_start_matches([' ', '.', ',', ';']));
    (!is_extension(&word) && digits(first) >= 6 && digits(rest) >= 6).then_some((first, rest))
}

/// Whether a text begins with a word for an extension.
fn is_extension(text: &str) -> bool {
    const WORDS: [&str; 14] = [
        "ext",
        "x",
        "dw",
        "durchwahl",
        "apparat",
        "app.",
        "nebenstelle",
        "nst",
        "poste",
        "int.",
        "interno",
        "wew",
        "toestel",
        "tst",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.starts_with(word))
}

/// `M: 512.555.1234 H: 512.555.1235`: each number with the label before it.
fn labelled(item: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut begins = 0;
    for (colon, _) in item.match_indices(':') {
        let head = &item[..colon];
        let letter = |c: char| c.is_alphabetic() || c == '.';
        let label = head.trim_end_matches(letter).len();
        let digits =
            item.get(begins..label).map_or(0, |part| part.bytes().filter(u8::is_ascii_digit).count());
        if digits >= 6 && label < colon && !is_extension(&item[label..colon]) {
            parts.push(item[begins..label].trim_matches([' ', ',', '/', '&']).trim_end_matches([' ', '(']));
            begins = label;
        }
    }
    let last = item[begins..].trim();
    // `(Mutter: 0171 999999)`: the bracket opened before the label.
    let is_closed = begins > 0 && last.matches(')').count() > last.matches('(').count();
    parts.push(if is_closed { last.trim_end_matches(')') } else { last });
    parts
}

/// Reads one number; `None` where the text is none.
#[must_use]
pub fn read_phone(text: &str, country: Option<Country>) -> Option<Phone> {
    let written = text.trim();
    let number = without_label_and_extension(written);
    let allowed = |c: char| c.is_ascii_digit() || c.is_whitespace() || "+-./()–‑\u{a0}".contains(c);
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let plus = number.matches('+').count();
    if !number.chars().all(allowed) || !(5..=17).contains(&digits.len()) || plus > 1 {
        return None;
    }
    if plus == 1 && number.trim_start_matches(['(', ' ']).find('+') != Some(0) {
        return None;
    }
    let (e164, by_country) = match (plus, digits.strip_prefix("00")) {
        (1, _) => (international(number, &digits), false),
        (_, Some(rest)) => {
            let after = number.find("00").map_or("", |at| &number[at + 2..]);
            (international(after, rest), false)
        }
        _ => {
            let e164 = country.and_then(|country| national(&digits, country));
            let by_country = e164.is_some();
            (e164, by_country)
        }
    };
    Some(Phone { written: written.to_owned(), e164, by_country })
}

/// `Mobile: +49 ...`, `+49 30 123456 ext. 12`, `tel:+49...`
fn without_label_and_extension(text: &str) -> &str {
    let start = text.find(|c: char| c.is_ascii_digit() || matches!(c, '+' | '(')).unwrap_or(0);
    let label = text[..start].trim_end();
    let is_label = label.ends_with(':')
        || matches!(
            label.to_lowercase().trim_end_matches('.'),
            "tel"
                | "phone"
                | "mobile"
                | "mob"
                | "cell"
                | "home"
                | "work"
                | "t"
                | "m"
                | "handy"
                | "mobil"
                | "telefon"
                | "privat"
                | "festnetz"
                | "office"
                | "büro"
                | "telephone"
                | "téléphone"
                | "tél"
                | "portable"
                | "teléfono"
                | "móvil"
                | "telefoon"
                | "mobiel"
                | "komórka"
                | "whatsapp"
        );
    let number = if is_label { &text[start..] } else { text };
    // What is an extension begins with a word or a sign for one; what else may stand there says which number it is.
    let end = number.find(|c: char| c.is_alphabetic() || c == '#').unwrap_or(number.len());
    let after = number[end..].to_lowercase();
    let labels = ["#", "mobil", "handy", "privat", "office", "(", "mobile", "home", "cell", "work"];
    let is_extension = is_extension(&after) || labels.iter().any(|word| after.starts_with(word));
    // `030 123456 (reception)`
    let is_extension = is_extension || (end < number.len() && number[..end].trim_end().ends_with('('));
    if is_extension { number[..end].trim_end_matches(['(', ' ', ',', '-']) } else { number }
}

/// With the country's code in front; `+49 (0)30 123456` has a trunk prefix that is not dialled from abroad.
fn international(number: &str, digits: &str) -> Option<String> {
    let mut digits = digits.to_owned();
    let plan = PLANS.iter().find(|(_, code, ..)| digits.starts_with(code));
    if number.contains("(0)")
        && let Some((_, code, "0", ..)) = plan
        && digits[code.len()..].starts_with('0')
    {
        digits.remove(code.len());
    }
    if digits.starts_with('0') || !(7..=15).contains(&digits.len()) {
        return None;
    }
    if let Some((_, code, _, least, most)) = plan
        && !(*least..=*most).contains(&(digits.len() - code.len()))
    {
        return None;
    }
    Some(format!("+{digits}"))
}

fn national(digits: &str, country: Country) -> Option<String> {
    let (_, code, trunk, least, most) = PLANS.iter().find(|(c, ..)| *c == country.code())?;
    let fits = |number: &str| (*least..=*most).contains(&number.len());
    let bare = digits.strip_prefix(trunk).unwrap_or(digits);
    // In Italy the nought belongs to the number; where numbers have a trunk prefix, one without is part of a number.
    let has_trunk = !trunk.is_empty() && bare.len() < digits.len();
    let optional =
        trunk.is_empty() || matches!(country.code(), "US" | "CA" | "IN" | "RU") || is_mobile(digits, country);
    ((has_trunk || optional) && fits(bare)).then(|| format!("+{code}{bare}"))
}

/// Mobile numbers that are often written without the trunk prefix, and mistaken for nothing else.
fn is_mobile(digits: &str, country: Country) -> bool {
    match country.code() {
        "FR" => digits.len() == 9 && digits.starts_with(['6', '7']),
        "NL" => digits.len() == 9 && digits.starts_with('6'),
        "GB" => digits.len() == 10 && digits.starts_with('7'),
        "CH" => digits.len() == 9 && digits.starts_with('7'),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    //! - international numbers are read without a country, national ones with it alone
    //! - several numbers in a cell are several
    //! - what is read reads back as itself; no text makes the reader panic

    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, country: &str) -> String {
        match read_phone(text, Country::from_code(country)) {
            None => "none".to_owned(),
            Some(phone) => phone.e164.unwrap_or_else(|| "as written".to_owned()),
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, country, e164) in [
            ("+49 30 1234567", "", "+49301234567"),
            ("+49 (0)30 123 45 67", "", "+49301234567"),
            ("0049-30-1234567", "", "+49301234567"),
            ("030/1234567", "DE", "+49301234567"),
            ("030/1234567", "", "as written"),
            ("(415) 555-2671", "US", "+14155552671"),
            ("1-415-555-2671", "US", "+14155552671"),
            ("415.555.2671 ext. 12", "CA", "+14155552671"),
            ("030 1234567 Apparat 12", "DE", "+49301234567"),
            ("030 1234567, Nst. 12", "DE", "+49301234567"),
            ("06 12 34 56 78", "FR", "+33612345678"),
            ("612 345 678", "ES", "+34612345678"),
            ("06 1234 5678", "IT", "+390612345678"),
            ("601 234 567", "PL", "+48601234567"),
            ("+48 601-234-567", "DE", "+48601234567"),
            ("07700 900123", "GB", "+447700900123"),
            ("098765 43210", "IN", "+919876543210"),
            ("9876543210", "IN", "+919876543210"),
            ("1234567", "DE", "as written"),
            ("Mobile: +1 415 555 2671", "", "+14155552671"),
            ("+1 415 555", "", "as written"),
            ("call me", "US", "none"),
            ("12", "US", "none"),
            ("n/a", "", "none"),
            ("+49+30 1234567", "", "none"),
        ] {
            assert_eq!(read(text, country), e164, "{text} in {country:?}");
        }
    }

    #[test]
    fn several_numbers_in_a_cell_are_several() {
        let read = |cell| {
            read_phones(cell, Country::from_code("DE"))
                .map(|p| p.iter().map(Phone::to_string).collect::<Vec<_>>())
        };
        assert_eq!(read("030 123456; 0151/1234567").unwrap(), ["+4930123456", "+491511234567"]);
        assert_eq!(read("030 123456, 0151 1234567").unwrap(), ["+4930123456", "+491511234567"]);
        assert_eq!(read(r#"["+49 30 123456","+1 415 555 2671"]"#).unwrap(), ["+4930123456", "+14155552671"]);
        assert_eq!(read("+49 30 123456 +1 415 555 2671").unwrap(), ["+4930123456", "+14155552671"]);
        let both = ["+4930123456", "+491511234567"];
        assert_eq!(read("Tel: 030 123456 / Mobil: 0151 1234567").unwrap(), both);
        assert_eq!(read("Tel: 030/123456 / Mobil: 0151/1234567").unwrap(), both);
        assert_eq!(read("030 123456 (Büro), 0151 1234567 (mobil)").unwrap(), both);
        assert_eq!(read("030 123456 oder 0151 1234567").unwrap(), both);
        assert_eq!(read("Tel.: 030 123456 Fax: 030 123457").unwrap(), ["+4930123456"]);
        assert_eq!(
            read("0171/234 56 78 (privat) 0221-123456 (Büro)").unwrap(),
            ["+491712345678", "+49221123456"]
        );
        assert_eq!(read("030 123456 Fax 030 123457").unwrap(), ["+4930123456"]);
        assert_eq!(read("030 123456 (reception) ext. 12").unwrap(), ["+4930123456"]);
        assert_eq!(read("Tel: 030 123456 Ext: 12").unwrap(), ["+4930123456"]);
        // Somebody else's number is not the person's.
        assert_eq!(read("0171 999999 (Mutter)").unwrap(), [""; 0]);
        let own = read_phones("+49 171 2345678 (Mutter: 0171 999999)", None).unwrap();
        assert_eq!(own.iter().map(|phone| phone.written.as_str()).collect::<Vec<_>>(), ["+49 171 2345678"]);
        let us = |cell| {
            let phones = read_phones(cell, Country::from_code("US")).unwrap();
            phones.iter().map(Phone::to_string).collect::<Vec<_>>()
        };
        assert_eq!(us("M: 512.555.1234 H: 512.555.1235"), ["+15125551234", "+15125551235"]);
        let (phones, unread) = read("030 123456; ask").unwrap_err_parts();
        assert_eq!((phones.len(), unread), (1, 1));
    }

    trait Parts {
        fn unwrap_err_parts(self) -> (Vec<Phone>, usize);
    }

    impl Parts for Result<Vec<String>, (Vec<Phone>, usize)> {
        fn unwrap_err_parts(self) -> (Vec<Phone>, usize) {
            self.unwrap_err()
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in ".{0,40}", number in "[+()0-9 /.,x#-]{0,30}") {
            for text in [text, number] {
                let _ = read_phones(&text, Country::from_code("DE"));
                if let Some(Phone { e164: Some(e164), .. }) = read_phone(&text, Country::from_code("US")) {
                    prop_assert_eq!(read_phone(&e164, None).and_then(|p| p.e164), Some(e164));
                }
            }
        }
    }
}
