//! What a person can be known by in a text: the texts to look for, and whether a line of a file is about them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use stackscout_importer::Row;
use stackscout_profile::{Field, Part};
use stackscout_store::KnownOf;
use stackscout_store::identity::{email_key, link_key, link_key_in, name_key};
use stackscout_taxonomy::spelling::exact_key;

/// A telephone number is compared by its last digits: with and without the prefix of a country it is the same.
const PHONE_DIGITS: usize = 8;
/// An id is looked for in running text from this many signs on: shorter ones stand everywhere.
const ID_CHARS_MIN: usize = 6;
/// A text that is looked for has at least as many bytes: `a@b.de`.
const TEXT_BYTES_MIN: usize = 6;
/// Words of a name at most.
const NAME_WORDS_MAX: usize = 6;

/// What people are known by, to be compared with texts.
#[derive(Debug, Default)]
pub(crate) struct Traces {
    emails: HashSet<String>,
    links: HashSet<String>,
    phones: HashSet<String>,
    /// Words of each name, sorted, with one space between.
    names: HashSet<String>,
    /// Source and id.
    ids: HashSet<(String, String)>,
    /// Texts to look for as they are, by what they are.
    texts: BTreeMap<&'static str, BTreeSet<String>>,
}

impl Traces {
    /// What these people are known by.
    pub(crate) fn of(people: &KnownOf) -> Self {
        let mut traces = Self::default();
        for part in people.versions.iter().flat_map(|version| &version.record.parts) {
            traces.add_part(part);
        }
        for known in &people.known_by {
            let key = known.key.split('\n').next().unwrap_or_default();
            match known.kind.as_str() {
                "id" => traces.add_id(&known.scope, key),
                "email" | "email+name" => traces.add_email(key),
                "link" | "link+name" => traces.add_link(key, key),
                _ => {}
            }
        }
        traces
    }

    fn add_part(&mut self, part: &Part) {
        if let Some(id) = &part.external_id {
            self.add_id(&part.source, id);
        }
        for value in &part.values {
            let text = value.text.trim();
            match value.field {
                Field::Email => {
                    if let Some(key) = email_key(text) {
                        self.add_email(&key);
                        self.text("e-mail", text);
                    }
                }
                Field::Link => {
                    if let Some(key) = link_key_in(text, &value.column) {
                        self.add_link(&key, text);
                    }
                }
                Field::Phone => {
                    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
                    if let Some(last) = last_digits(&digits) {
                        self.phones.insert(last);
                        self.text("phone", &digits);
                        self.text("phone", text);
                    }
                }
                Field::Name if text.split_whitespace().count() > 1 => self.text("name", text),
                _ => {}
            }
        }
        if let Some(key) = name_key(part).filter(|key| key.contains(' ')) {
            self.names.insert(key);
            let of = |field| part.values.iter().find(|value| value.field == field).map(|v| v.text.trim());
            if let (Some(first), Some(last)) = (of(Field::FirstName), of(Field::LastName)) {
                self.text("name", &format!("{first} {last}"));
                self.text("name", &format!("{last}, {first}"));
            }
        }
    }

    fn add_id(&mut self, source: &str, id: &str) {
        self.ids.insert((source.to_owned(), id.to_owned()));
        if id.chars().count() >= ID_CHARS_MIN {
            self.text("id", id);
        }
    }

    fn add_email(&mut self, key: &str) {
        self.emails.insert(key.to_owned());
        self.text("e-mail", key);
    }

    fn add_link(&mut self, key: &str, text: &str) {
        self.links.insert(key.to_owned());
        self.text("link", key);
        self.text("link", text);
    }

    fn text(&mut self, what: &'static str, text: &str) {
        if text.len() >= TEXT_BYTES_MIN {
            self.texts.entry(what).or_default().insert(text.to_owned());
        }
    }

    #[cfg(test)]
    pub(crate) fn add_for_test(&mut self, what: &'static str, text: &str) {
        self.text(what, text);
    }

    /// The texts to look for, each with what it is.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.texts.iter().flat_map(|(what, texts)| texts.iter().map(|text| (*what, text.as_str())))
    }

    /// Whether a row that was read is about one of these people, by what identifies anybody.
    pub(crate) fn are_of_row(&self, source: &str, row: &Row) -> bool {
        let is_id = |id: &String| self.ids.contains(&(source.to_owned(), id.clone()));
        row.external_id.as_ref().is_some_and(is_id)
            || row.values.iter().any(|value| match value.field {
                Field::Email => email_key(&value.text).is_some_and(|key| self.emails.contains(&key)),
                Field::Link => {
                    link_key_in(&value.text, &value.column).is_some_and(|key| self.links.contains(&key))
                }
                _ => false,
            })
    }

    /// Whether a text that nobody could read as a row is about one of these people: it holds an address, a link, a
    /// telephone number or a long id of theirs; or their whole name, and nobody else's address.
    pub(crate) fn stand_in(&self, bytes: &[u8]) -> bool {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            // What is not Unicode is mostly Western: names are told by it, and addresses are the same in all of them.
            Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
        };
        let mut is_others = false;
        for field in text.split([',', ';', '\t', '|', '"', '\n', '\r', '\0']) {
            let digits: String = field.chars().filter(char::is_ascii_digit).collect();
            if last_digits(&digits).is_some_and(|last| self.phones.contains(&last)) {
                return true;
            }
            for word in field.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '\''))
            {
                let word = word.trim_matches([':', '.']);
                let is_theirs = match (email_key(word), link_key(word)) {
                    (Some(key), _) => {
                        is_others |= !self.emails.contains(&key);
                        self.emails.contains(&key)
                    }
                    (None, Some(key)) => {
                        is_others |= !self.links.contains(&key);
                        self.links.contains(&key)
                    }
                    _ => word.chars().count() >= ID_CHARS_MIN && self.ids.iter().any(|(_, id)| id == word),
                };
                if is_theirs {
                    return true;
                }
            }
        }
        !is_others && self.name_stands_in(&text)
    }

    /// Whether a text of somebody who works with the pool names one of these people: a query, a reason, a file's name.
    pub(crate) fn named_in(&self, text: &str) -> bool {
        let folded = exact_key(text);
        let words: HashSet<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
        self.names.iter().any(|name| name.split(' ').all(|word| words.contains(word)))
            || self.stand_in(text.as_bytes())
    }

    fn name_stands_in(&self, text: &str) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let folded = exact_key(text);
        let words: Vec<&str> =
            folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        (2..=NAME_WORDS_MAX).any(|count| {
            words.windows(count).any(|window| {
                let mut name = window.to_vec();
                name.sort_unstable();
                self.names.contains(&name.join(" "))
            })
        })
    }
}

fn last_digits(digits: &str) -> Option<String> {
    digits.len().checked_sub(PHONE_DIGITS).map(|from| digits[from..].to_owned())
}

#[cfg(test)]
mod tests {
    //! - a line is about a person by address, link, number, long id or whole name, in any spelling of these
    //! - a short id, one word of a name, or the name beside somebody else's address is nobody

    use super::*;

    fn ada() -> Traces {
        let mut traces = Traces::default();
        traces.add_email("ada@example.org");
        traces.add_link("github.com/ada", "https://github.com/Ada/");
        traces.phones.insert("01234567".to_owned());
        traces.names.insert("ada moss".to_owned());
        traces.add_id("a", "17");
        traces.add_id("a", "AB-1234");
        traces
    }

    #[test]
    fn a_line_is_about_a_person_in_any_spelling() {
        for line in [
            "1,\"Ada\",ADA@Example.org",
            "x;<ada@example.org>;y",
            "\thttps://www.github.com/ada?tab=x\t",
            "{\"phone\": \"+49 (30) 0123-4567\"}",
            "AB-1234,,",
            "\"Moss, Ada\",12",
            "ADA;MOSS;",
        ] {
            assert!(ada().stand_in(line.as_bytes()), "{line}");
        }
        assert!(ada().stand_in(b"M\xfcller,ada@example.org"));
    }

    #[test]
    fn what_many_share_is_nobody() {
        for line in
            ["17,Bo", "Ada Byron", "Moss", "Ada Moss,other@example.org", "ada@example.org.uk", "1234567", ""]
        {
            assert!(!ada().stand_in(line.as_bytes()), "{line}");
        }
        for text in ["name:(ada moss) other@example.org", "name:moss and name:ada", "cvs/Ada_Moss.pdf"] {
            assert!(ada().named_in(text), "{text}");
        }
        assert!(!ada().named_in("name:ada and name:byron"));
    }
}
