//! Who may be one person: the list for somebody to look at.
//!
//! Imports note pairs that share a key (an address, a profile link) and are not the same by it. People who share no key
//! and look alike all the same are found here, from the records as they are: same name and phone number; same name, city
//! and employer; addresses that differ only by letters that look the same. Nobody is merged by any of this.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use stackscout_profile::phone::read_phones;
use stackscout_profile::{CandidateNumber, Field, Part, Phone, Record};
use stackscout_store::identity::{email_key, name_key};
use stackscout_taxonomy::spelling::exact_key;

use crate::{EngineError, Pool};

/// Two people who may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The one who was there first.
    pub a: CandidateNumber,
    /// The other one.
    pub b: CandidateNumber,
    /// Stable codes, such as `same-email-other-name` or `same-name-and-phone`.
    pub reasons: Vec<String>,
}

/// A phone number that is compared has at least this many digits, and is compared by its last ones: with and without
/// the prefix of a country or trunk it is the same.
const PHONE_DIGITS: usize = 8;

impl Pool {
    /// Pairs of people who may be one, in the order of numbers; of more than two, each with the first. Pairs that
    /// somebody kept apart are left out.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn duplicates(&self) -> Result<Vec<Duplicate>, EngineError> {
        let mut pairs: BTreeMap<(CandidateNumber, CandidateNumber), Vec<String>> = BTreeMap::new();
        for review in self.store.reviews()? {
            pairs.entry((review.a, review.b)).or_default().push(review.reason);
        }
        let mut first: HashMap<u64, CandidateNumber> = HashMap::new();
        let mut alike = Vec::new();
        self.each_record(self.store.change()?, |record| {
            for (reason, key) in look(&record) {
                let there = *first.entry(key).or_insert(record.number);
                if there != record.number {
                    alike.push((there, record.number, reason));
                }
            }
        })?;
        for (a, b, reason) in alike {
            if let Some(pair) = self.store.open_pair(a, b)? {
                let reasons = pairs.entry(pair).or_default();
                // Who shares an address has one that looks the same.
                let is_told = reason == "look-alike-email"
                    && reasons.iter().any(|known| known.contains("key") || known.contains("same-email"));
                if !is_told && !reasons.iter().any(|known| known == reason) {
                    reasons.push(reason.to_owned());
                }
            }
        }
        Ok(pairs.into_iter().map(|((a, b), reasons)| Duplicate { a, b, reasons }).collect())
    }
}

/// What a person looks like, as hashes: equal ones look alike for the reason beside them.
fn look(record: &Record) -> Vec<(&'static str, u64)> {
    let mut keys = Vec::new();
    let mut put = |reason, texts: [&str; 3]| {
        let mut hasher = DefaultHasher::new();
        (reason, texts).hash(&mut hasher);
        keys.push((reason, hasher.finish()));
    };
    let all = |field| -> Vec<&str> { record.values(field).iter().map(|v| v.text.as_str()).collect() };
    let mut names: Vec<String> = record.parts.iter().filter_map(name_key).collect();
    names.sort_unstable();
    names.dedup();
    let phones: Vec<String> = all(Field::Phone).into_iter().flat_map(phones).collect();
    for name in &names {
        for phone in &phones {
            put("same-name-and-phone", [name, phone, ""]);
        }
    }
    for part in &record.parts {
        if let (Some(name), Some(city), Some(employer)) =
            (name_key(part), folded(part, Field::City), folded(part, Field::Employer))
        {
            put("same-name-city-and-employer", [&name, &city, &employer]);
        }
    }
    for email in all(Field::Email).into_iter().filter_map(email_key) {
        put("look-alike-email", [&skeleton(&email), "", ""]);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn folded(part: &Part, field: Field) -> Option<String> {
    let value = part.values.iter().find(|value| value.field == field)?;
    Some(exact_key(&value.text)).filter(|key| !key.is_empty())
}

/// The last digits of each phone number of a cell, without extensions; of a cell that cannot be read, those that it has.
fn phones(cell: &str) -> Vec<String> {
    let (read, is_read) = match read_phones(cell, None) {
        Ok(read) => (read, true),
        Err((read, _)) => (read, false),
    };
    let mut numbers: Vec<String> = read.iter().map(Phone::digits).collect();
    if numbers.is_empty() && !is_read {
        numbers.push(cell.chars().filter(char::is_ascii_digit).collect());
    }
    let last = |digits: String| digits.len().checked_sub(PHONE_DIGITS).map(|from| digits[from..].to_owned());
    numbers.into_iter().filter_map(last).collect()
}

/// The address with letters of other alphabets replaced by those of the Latin one that look the same.
///
/// Source: confusables of Unicode Technical Standard 39, as far as whole words of e-mail addresses are made of them.
fn skeleton(email: &str) -> String {
    let latin = |c: char| match c {
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'һ' => 'h',
        'і' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'ӏ' => 'l',
        'м' => 'm',
        'п' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' => 't',
        'υ' => 'u',
        'ν' | 'ѵ' => 'v',
        'ԝ' => 'w',
        'х' => 'x',
        'у' => 'y',
        other => other,
    };
    email.chars().map(latin).collect()
}

#[cfg(test)]
mod tests {
    //! - people look alike by name and phone, by name, city and employer, and by letters that look the same
    //! - one of these alone, or another name, is no likeness

    use stackscout_profile::{Cell, Value};

    use super::*;

    fn person(cells: &[(Field, &str)]) -> Record {
        let value = |(field, text): &(Field, &str)| Value {
            field: *field,
            column: field.word().to_owned(),
            text: (*text).to_owned(),
            cell: Cell { import: 1, line: 2 },
            reading: stackscout_profile::Reading::default(),
        };
        Record::new(CandidateNumber(1), Part::new("a", None, cells.iter().map(value).collect()))
    }

    fn alike(a: &[(Field, &str)], b: &[(Field, &str)]) -> Vec<&'static str> {
        let theirs = look(&person(b));
        look(&person(a)).into_iter().filter(|key| theirs.contains(key)).map(|(reason, _)| reason).collect()
    }

    #[test]
    fn people_who_look_alike_are_found_with_the_reason() {
        use Field::{City, Email, Employer, Name, Phone};
        let ada = [(Name, "Ada Byron"), (Phone, "+49 (0)30 1234567"), (City, "Berlin"), (Employer, "Acme")];
        assert_eq!(alike(&ada, &[(Name, "Byron, Ada"), (Phone, "030 123 45 67")]), ["same-name-and-phone"]);
        for phone in
            ["030 1234567 ext 5", "Tel.: 030/1234567 (Mutter: 030 7654321)", "0171 999999; 030 1234567 x12"]
        {
            assert_eq!(
                alike(&ada, &[(Name, "Ada Byron"), (Phone, phone)]),
                ["same-name-and-phone"],
                "{phone}"
            );
        }
        let other = [(Name, "ada byron"), (City, "berlin"), (Employer, "ACME")];
        assert_eq!(alike(&ada, &other), ["same-name-city-and-employer"]);
        assert_eq!(alike(&[(Email, "ada@example.org")], &[(Email, "аda@example.org")]), ["look-alike-email"]);
        assert_eq!(alike(&[(Email, "a@müller.de")], &[(Email, "a@xn--mller-kva.de")]), ["look-alike-email"]);
        for unlike in [
            &[(Name, "Eve Byron"), (Phone, "030 123 45 67")][..],
            &[(Name, "Ada Byron"), (Phone, "1234")],
            &[(Name, "Ada Byron"), (Phone, "Mutter: 030 1234567")],
            &[(Name, "Ada Byron"), (City, "Berlin")],
            &[(Email, "adb@example.org")],
        ] {
            assert_eq!(alike(&ada, unlike), [""; 0]);
        }
    }
}
