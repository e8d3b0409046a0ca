//! When are two rows one person?
//!
//! When they have the same id in the same source, the same e-mail address, or the same profile link. Ids are never
//! compared across sources: respondent 12 of one survey is not respondent 12 of the next. Addresses that many people
//! share, and home pages, are no identity. The same address under another name is for a person to look at, and joins
//! nothing by itself.

use stackscout_profile::contact::read_link;
use stackscout_profile::{Field, Part};
use stackscout_taxonomy::spelling::exact_key;

/// One key that a person is known by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    /// `id`, `email`, `link`, `email+name`, `link+name` or `row`.
    pub kind: &'static str,
    /// The source for `id` and `row`; empty for the others.
    pub scope: String,
    /// The key, folded so that equal keys are equal texts.
    pub key: String,
}

impl Identity {
    /// The kind of this name.
    pub(crate) fn kind_of(name: &str) -> Option<&'static str> {
        ["id", "email", "link", "email+name", "link+name", "row"].into_iter().find(|kind| *kind == name)
    }

    /// This key together with a name, for a person who shares the key with somebody of another name.
    pub(crate) fn with_name(&self, name_key: &str) -> Identity {
        let kind = if self.kind == "email" { "email+name" } else { "link+name" };
        Identity { kind, scope: String::new(), key: format!("{}\n{name_key}", self.key) }
    }
}

/// What a row is known by, strongest first. Empty where it holds nothing of the kind.
#[must_use]
pub fn identities(part: &Part) -> Vec<Identity> {
    let mut found = Vec::new();
    if let Some(id) = &part.external_id {
        found.push(Identity { kind: "id", scope: part.source.clone(), key: id.clone() });
    }
    for value in &part.values {
        let key = match value.field {
            Field::Email => email_key(&value.text).map(|key| ("email", key)),
            Field::Link => link_key_in(&value.text, &value.column).map(|key| ("link", key)),
            _ => None,
        };
        if let Some((kind, key)) = key {
            found.push(Identity { kind, scope: String::new(), key });
        }
    }
    found
}

/// The identity of a row that has no other: its own content, and how often it stood in the file before.
#[must_use]
pub fn row_identity(source: &str, content_key: &str, occurrence: u32) -> Identity {
    Identity { kind: "row", scope: source.to_owned(), key: format!("{content_key}#{occurrence}") }
}

/// Mailboxes that stand for an office, or for no one.
const SHARED_MAILBOXES: [&str; 22] = [
    "admin",
    "applications",
    "careers",
    "contact",
    "email",
    "example",
    "hello",
    "hr",
    "info",
    "jobs",
    "mail",
    "na",
    "no-reply",
    "none",
    "noreply",
    "office",
    "recruiting",
    "recruitment",
    "support",
    "team",
    "test",
    "unknown",
];

/// The folded address; `None` for what is no address, and for shared or placeholder mailboxes.
#[must_use]
pub fn email_key(text: &str) -> Option<String> {
    let key = exact_key(text);
    let key =
        key.strip_suffix('>').and_then(|k| k.rsplit_once('<')).map_or(key.as_str(), |(_, address)| address);
    let key = key.strip_prefix("mailto:").unwrap_or(key);
    // `ada@example.org (private)`, `"ada@example.org"`, `ada@example.org.`
    let key = key.strip_suffix(')').and_then(|k| k.split_once('(')).map_or(key, |(address, _)| address);
    let key = key.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '.' | ',' | ';'));
    let (local, domain) = key.split_once('@')?;
    let plausible = !local.is_empty() && domain.contains('.') && !key.contains(' ') && !domain.contains('@');
    (plausible && !SHARED_MAILBOXES.contains(&local)).then(|| key.to_owned())
}

/// As [`link_key`], of a cell of a column, which may be named after the site of which it holds nothing but names.
#[must_use]
pub fn link_key_in(text: &str, column: &str) -> Option<String> {
    link_key(text).or_else(|| link_key(&read_link(text, column).ok()?))
}

/// The normalised link of a personal profile; `None` for any other page.
#[must_use]
pub fn link_key(text: &str) -> Option<String> {
    let key = exact_key(text);
    let key = key.strip_prefix("https://").or_else(|| key.strip_prefix("http://")).unwrap_or(&key);
    let key = key.strip_prefix("www.").unwrap_or(key);
    let key = key.split(['?', '#']).next().unwrap_or(key).trim_end_matches('/');
    let (host, path) = key.split_once('/')?;
    // Pages for telephones.
    let path = path.strip_prefix("mwlite/").unwrap_or(path);
    let host = host.strip_prefix("m.").unwrap_or(host);
    // `de.linkedin.com/in/x` is `linkedin.com/in/x`.
    let host = if host.ends_with(".linkedin.com") { "linkedin.com" } else { host };
    let mut steps = path.split('/');
    let first = steps.next().filter(|s| !s.is_empty())?;
    let person = match host {
        "linkedin.com" if first == "in" => format!("in/{}", steps.next().filter(|s| !s.is_empty())?),
        "xing.com" if first == "profile" => format!("profile/{}", steps.next().filter(|s| !s.is_empty())?),
        "stackoverflow.com" if first == "users" => {
            format!("users/{}", steps.next().filter(|s| !s.is_empty())?)
        }
        "github.com" | "gitlab.com" if !matches!(first, "orgs" | "topics" | "about" | "features") => {
            first.to_owned()
        }
        _ => return None,
    };
    Some(format!("{host}/{person}"))
}

/// A name as it is compared: its words, folded, in any order (`Lovelace, Ada` is `Ada Lovelace`).
#[must_use]
pub fn name_key(part: &Part) -> Option<String> {
    let whole: Vec<&str> = texts(part, &[Field::Name]);
    let name = if whole.is_empty() { texts(part, &[Field::FirstName, Field::LastName]) } else { whole };
    let name = exact_key(&name.join(" "));
    let mut words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.')).filter(|w| !w.is_empty()).collect();
    words.sort_unstable();
    (!words.is_empty()).then(|| words.join(" "))
}

/// The addresses that a row states, folded, whether or not they are an identity.
#[must_use]
pub fn email_texts(part: &Part) -> Vec<String> {
    texts(part, &[Field::Email]).into_iter().map(exact_key).collect()
}

fn texts<'a>(part: &'a Part, fields: &[Field]) -> Vec<&'a str> {
    fields
        .iter()
        .flat_map(|f| part.values.iter().filter(move |v| v.field == *f))
        .map(|v| v.text.as_str())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fold_and_shared_mailboxes_are_no_identity() {
        assert_eq!(email_key(" Ada@Example.ORG "), Some("ada@example.org".into()));
        assert_eq!(email_key("info@example.org"), None);
        assert_eq!(email_key("n/a"), None);
        assert_eq!(email_key("a b@example.org"), None);
        for written in
            ["ada@example.org.", "ada@example.org (privat)", "\"ada@example.org\"", "mailto:ada@example.org"]
        {
            assert_eq!(email_key(written), Some("ada@example.org".into()), "{written}");
        }
    }

    #[test]
    fn profile_links_fold_and_other_pages_are_no_identity() {
        let ada = Some("linkedin.com/in/ada".to_owned());
        assert_eq!(link_key("https://www.linkedin.com/in/Ada/?trk=x"), ada);
        assert_eq!(link_key("de.linkedin.com/in/ada"), ada);
        assert_eq!(link_key("http://www.linkedin.com/mwlite/in/ada"), ada);
        assert_eq!(link_key_in("ada", "LinkedIn profile"), ada);
        assert_eq!(link_key_in("ada", "Skype"), None);
        assert_eq!(link_key("https://github.com/ada/repo"), Some("github.com/ada".into()));
        assert_eq!(link_key("https://example.org/ada"), None);
        assert_eq!(link_key("https://www.linkedin.com/company/x"), None);
        assert_eq!(link_key("github.com/"), None);
    }
}
