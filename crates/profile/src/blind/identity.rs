//! What says who somebody is: pieces of their name in every spelling, addresses, numbers and links.

use std::collections::BTreeSet;

use super::text::is_letter;
use super::words::endings::Stem;
use super::words::{is_particle, romanised};
use crate::words::folded;
use crate::{Field, Record};

/// The pieces of one person's identity, as keys to compare words with.
#[derive(Debug, Clone, Default)]
pub struct Identity {
    /// Words, folded and in Latin letters, each in every way of writing it.
    pub(super) words: BTreeSet<String>,
    /// Particles of the name, as its column has them.
    pub(super) particles: BTreeSet<String>,
    /// First letters of names, for initials beside them.
    pub(super) initials: BTreeSet<char>,
    /// Pieces of names less their endings, for other cases of them.
    pub(super) stems: Vec<Stem>,
    /// Pieces of names in scripts without spaces, two letters and more.
    pub(super) unspaced: BTreeSet<String>,
    /// Family names of the same, of one letter as well: they count before a title.
    pub(super) families: BTreeSet<String>,
    /// The last digits of telephone numbers.
    pub(super) phones: Vec<String>,
}

/// Letters of a piece that is hidden wherever it stands within a word of a script whose endings are not known here.
pub(super) const WITHIN_MIN: usize = 5;
/// Digits by which telephone numbers are compared: with and without a prefix they are the same.
pub(super) const PHONE_DIGITS: usize = 6;

impl Identity {
    /// The identity that a record states, in all its parts.
    #[must_use]
    pub fn of(record: &Record) -> Self {
        let mut identity = Self::default();
        let texts = |field: Field| record.values(field).into_iter().map(|value| value.text.clone());
        for field in [Field::Name, Field::FirstName, Field::LastName] {
            texts(field).for_each(|name| identity.add_name(&name));
        }
        texts(Field::Name).for_each(|name| identity.add_unspaced(&name));
        for last in texts(Field::LastName) {
            identity.add_unspaced_family(&last);
            texts(Field::FirstName).for_each(|first| identity.add_unspaced(&format!("{last} {first}")));
        }
        texts(Field::FirstName).for_each(|first| identity.add_unspaced_given(&first));
        for email in texts(Field::Email) {
            // Several addresses may stand in one cell.
            for address in email.split([',', ';', ' ', '<', '>']).filter(|address| address.contains('@')) {
                let local = address.split('@').next().unwrap_or_default();
                identity.add_handle(local);
            }
        }
        for link in texts(Field::Link) {
            let path = link.split("://").last().unwrap_or_default();
            let mut segments = path.split(['/', '?', '#']);
            let host = segments.next().unwrap_or_default();
            segments.for_each(|segment| identity.add_handle(segment));
            // A site of one's own is a name; a site of many is not, and its country says nothing.
            let labels: Vec<&str> = host.split('.').collect();
            let own = labels.iter().take(labels.len().saturating_sub(1));
            own.filter(|label| !is_site(label)).for_each(|label| identity.add_handle(label));
        }
        for email in texts(Field::Email) {
            // `ada@lovelace.dev`: a host that is named after the person; others are employers and providers.
            let host = email.rsplit('@').next().unwrap_or_default();
            let label = folded(host.split('.').next().unwrap_or_default());
            let is_named = |word: &String| word.chars().count() >= 4 && label.contains(word.as_str());
            if identity.words.iter().any(is_named) {
                identity.add_handle(&label);
            }
        }
        for file in texts(Field::CvFile) {
            let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
            identity.words.extend(spellings(name.rsplit_once('.').map_or(name, |(stem, _)| stem)));
        }
        for phone in texts(Field::Phone) {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            if digits.len() >= PHONE_DIGITS {
                identity.phones.push(digits[digits.len() - PHONE_DIGITS..].to_owned());
            }
        }
        identity
    }

    /// Whether nothing is known of who this is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.unspaced.is_empty() && self.phones.is_empty()
    }

    /// Whether a text holds a piece of this identity.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        self.hides_any(text)
    }

    fn add_name(&mut self, name: &str) {
        let split = name.split(|c: char| !is_letter(c));
        self.particles.extend(split.filter(|part| is_particle(part)).map(str::to_lowercase));
        for unit in name.split_whitespace() {
            // `OBrien` for `O'Brien`.
            let joined: String = unit.chars().filter(|c| is_letter(*c)).collect();
            if joined.len() < unit.len() && joined.chars().count() > 3 {
                self.words.extend(spellings(&joined));
            }
        }
        self.add_particled(name);
        let parts: Vec<&str> =
            name.split(|c: char| !is_letter(c)).filter(|part| !is_particle(part)).collect();
        let parts: Vec<&str> = parts.into_iter().filter(|part| part.chars().count() > 1).collect();
        let written: Vec<Vec<String>> =
            parts.iter().map(|part| spellings(part).into_iter().collect()).collect();
        for (at, own) in written.iter().enumerate() {
            self.initials.extend(own.iter().filter_map(|piece| piece.chars().next()));
            for piece in own {
                for other in written.iter().enumerate().filter(|(n, _)| *n != at).flat_map(|(_, o)| o) {
                    self.words.insert(format!("{piece}{other}"));
                    let first = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
                    self.words.insert(format!("{}{other}", first(piece)));
                    self.words.insert(format!("{piece}{}", first(other)));
                }
            }
            own.iter().for_each(|piece| self.add_stems(piece));
            self.words.extend(own.iter().cloned());
        }
        self.words.extend(spellings(&parts.concat()));
    }

    /// `devries`, `jandevries`, `jdevries` of `Jan de Vries`.
    fn add_particled(&mut self, name: &str) {
        let all: Vec<&str> = name.split(|c: char| !is_letter(c)).filter(|part| !part.is_empty()).collect();
        let Some(begin) = all.iter().position(|part| is_joined_particle(part)) else { return };
        let family = all[begin..].concat();
        if all[begin..].iter().all(|part| is_particle(part)) || family.chars().count() < 5 {
            return;
        }
        let given: Vec<&str> = all[..begin].iter().copied().filter(|part| !is_particle(part)).collect();
        for first in &given {
            let initial = first.chars().next().map(String::from).unwrap_or_default();
            self.words.extend(spellings(&format!("{first}{family}")));
            self.words.extend(spellings(&format!("{initial}{family}")));
            self.words.extend(spellings(&format!("{family}{first}")));
        }
        self.words.extend(spellings(&format!("{}{family}", given.concat())));
        self.words.extend(spellings(&family));
    }

    /// An address's first half or the end of a link: whole, and in its pieces.
    fn add_handle(&mut self, handle: &str) {
        for piece in handle.split(|c: char| !c.is_alphanumeric()).chain([handle]) {
            let letters: String = piece.chars().filter(|c| c.is_alphanumeric()).collect();
            let bare = letters.trim_end_matches(|c: char| c.is_ascii_digit());
            for word in [letters.as_str(), bare] {
                // `info`, `in` and `cv` say nothing about anybody, `42` neither.
                if word.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !is_common(word) {
                    self.words.extend(spellings(word));
                }
            }
        }
    }
}

/// Particles that are joined to a family name.
pub(super) fn is_joined_particle(word: &str) -> bool {
    matches!(
        word.to_lowercase().as_str(),
        "de" | "da"
            | "do"
            | "dos"
            | "del"
            | "della"
            | "di"
            | "du"
            | "la"
            | "le"
            | "van"
            | "von"
            | "el"
            | "al"
            | "ter"
    )
}

/// Sites where many people have a page.
pub(crate) fn is_site(label: &str) -> bool {
    const SITES: [&str; 34] = [
        "linkedin",
        "github",
        "gitlab",
        "bitbucket",
        "xing",
        "stackoverflow",
        "stackexchange",
        "twitter",
        "x",
        "facebook",
        "instagram",
        "medium",
        "behance",
        "dribbble",
        "google",
        "drive",
        "docs",
        "youtube",
        "kaggle",
        "leetcode",
        "hackerrank",
        "indeed",
        "wordpress",
        "blogspot",
        "notion",
        "dropbox",
        "npmjs",
        "pypi",
        "crates",
        "www",
        "m",
        "co",
        "com",
        "org",
    ];
    SITES.contains(&folded(label).as_str())
}

/// Words of addresses and links that belong to nobody.
fn is_common(word: &str) -> bool {
    matches!(
        folded(word).as_str(),
        "info"
            | "mail"
            | "email"
            | "contact"
            | "jobs"
            | "job"
            | "work"
            | "hello"
            | "dev"
            | "developer"
            | "profile"
            | "profil"
            | "users"
            | "user"
            | "people"
            | "www"
            | "html"
            | "com"
            | "org"
            | "net"
            | "linkedin"
            | "github"
            | "gitlab"
            | "portfolio"
            | "resume"
            | "about"
            | "pub"
            | "candidate"
            | "applicant"
            | "example"
    )
}

/// A word in every way in which it may be written: without accents, with letters for accents, in Latin letters.
pub(super) fn spellings(word: &str) -> BTreeSet<String> {
    let lower = word.to_lowercase();
    let mut written = BTreeSet::from([folded(word), folded(&romanised(&lower)), lower]);
    written.retain(|word| !word.is_empty());
    written
}
