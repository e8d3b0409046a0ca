//! When are two rows one person?
//!
//! When they have the same id in the same source, the same e-mail address, or the same profile link. Ids are never
//! compared across sources: respondent 12 of one survey is not respondent 12 of the next. Addresses that many people
//! share, and home pages, are no identity. The same address under another name is for a person to look at, and joins
//! nothing by itself.

use std::borrow::Cow;

use stackscout_profile::contact::{ascii_domain, bare_link, percent_decoded, read_link, unicode_domain};
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

    /// This key, and where earlier versions of the program wrote it in another form, that one.
    #[must_use]
    pub fn forms(&self) -> Vec<Identity> {
        let older = earlier_form(self.kind, &self.key).map(|key| Identity { key, ..self.clone() });
        std::iter::once(self.clone()).chain(older).collect()
    }
}

/// What a row is known by, strongest first. Empty where it holds nothing of the kind.
///
/// Keys stand in pools, and as hashes among those of erased people, as earlier versions of the program folded them: such
/// forms of a key stand behind it.
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
            let as_written = if kind == "link" { earlier_link_key(&value.text) } else { None };
            let as_written = as_written.filter(|form| *form != key);
            let earlier = earlier_form(kind, &key).filter(|form| as_written.as_ref() != Some(form));
            let forms = [Some(key), earlier, as_written].into_iter().flatten();
            found.extend(forms.map(|key| Identity { kind, scope: String::new(), key }));
        }
    }
    found
}

/// The form in which the program wrote a key before it folded domains (`xn--...`) and percent-encoded letters, where it is
/// another one.
fn earlier_form(kind: &str, key: &str) -> Option<String> {
    if key.is_ascii() {
        return None;
    }
    match kind {
        "email" => {
            let (local, domain) = key.split_once('@')?;
            Some(format!("{local}@{}", ascii_domain(domain)?))
        }
        "link" => {
            let mut encoded = String::with_capacity(key.len() * 3);
            for letter in key.chars() {
                match letter.is_ascii() {
                    true => encoded.push(letter),
                    false => {
                        let mut bytes = [0; 4];
                        let bytes = letter.encode_utf8(&mut bytes).bytes();
                        encoded.extend(bytes.map(|byte| format!("%{byte:02x}")));
                    }
                }
            }
            Some(encoded)
        }
        _ => None,
    }
}

/// The key of a link as it was when its letters and what stands at its end were left as they are.
fn earlier_link_key(text: &str) -> Option<String> {
    let ends_plainly = text.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '-' | '_'));
    if ends_plainly && !text.contains('%') {
        return None;
    }
    let folded = exact_key(text);
    let (host, before, name) = page_of(&folded)?;
    Some(format!("{host}/{before}{name}"))
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
    if !plausible || SHARED_MAILBOXES.contains(&local) {
        return None;
    }
    // `xn--mller-kva.de` is how `müller.de` is written for machines.
    Some(match unicode_domain(domain) {
        Cow::Borrowed(_) => key.to_owned(),
        Cow::Owned(domain) => format!("{local}@{domain}"),
    })
}

/// As [`link_key`], of a cell of a column, which may be named after the site of which it holds nothing but names.
#[must_use]
pub fn link_key_in(text: &str, column: &str) -> Option<String> {
    let read = || -> Option<String> { link_key(&read_link(text, column).ok()?) };
    // `https://... (LinkedIn)` is more than its link.
    match text.trim().contains(char::is_whitespace) {
        true => read().or_else(|| link_key(text)),
        false => link_key(text).or_else(read),
    }
}

/// First steps of pages of GitHub and GitLab themselves, which nobody can have as a name.
const SITE_PAGES: [&str; 101] = [
    "-",
    "about",
    "abuse",
    "abuse_reports",
    "account",
    "admin",
    "api",
    "apps",
    "assets",
    "autocomplete",
    "blog",
    "business",
    "careers",
    "codespaces",
    "collections",
    "community",
    "contact",
    "copilot",
    "customer-stories",
    "customers",
    "dashboard",
    "developer",
    "developers",
    "discussions",
    "downloads",
    "edu",
    "education",
    "enterprise",
    "events",
    "explore",
    "features",
    "files",
    "gist",
    "gists",
    "groups",
    "help",
    "home",
    "images",
    "import",
    "integrations",
    "invitations",
    "invites",
    "issues",
    "jobs",
    "join",
    "jwt",
    "login",
    "logos",
    "logout",
    "maintenance",
    "marketplace",
    "me",
    "new",
    "nonprofit",
    "notifications",
    "oauth",
    "organizations",
    "orgs",
    "partners",
    "password_reset",
    "plans",
    "press",
    "pricing",
    "privacy",
    "profile",
    "projects",
    "public",
    "pulls",
    "readme",
    "register",
    "repos",
    "repositories",
    "search",
    "security",
    "sessions",
    "settings",
    "shop",
    "sign_in",
    "sign_out",
    "sign_up",
    "signin",
    "signout",
    "signup",
    "site",
    "sitemap",
    "snippets",
    "solutions",
    "sponsors",
    "stars",
    "status",
    "support",
    "team",
    "teams",
    "terms",
    "topics",
    "trending",
    "unsubscribes",
    "uploads",
    "user",
    "users",
    "watching",
];

/// Letters of a name on GitHub at most.
const GITHUB_NAME_MAX: usize = 39;

/// The normalised link of a personal profile; `None` for any other page.
#[must_use]
pub fn link_key(text: &str) -> Option<String> {
    let mut link = exact_key(text);
    if link.contains('%') {
        let decoded = exact_key(&percent_decoded(&link));
        link = decoded;
    }
    let (host, before, name) = page_of(bare_link(&link))?;
    let is_person = match host {
        "github.com" => {
            name.len() <= GITHUB_NAME_MAX
                && name.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
                && !SITE_PAGES.contains(&name)
        }
        "gitlab.com" => !SITE_PAGES.contains(&name),
        // People are numbers there.
        "stackoverflow.com" => name.bytes().all(|digit| digit.is_ascii_digit()),
        // The page of whoever reads it.
        "linkedin.com" => name != "me",
        _ => true,
    };
    is_person.then(|| format!("{host}/{before}{name}"))
}

/// Site, steps before the name and the name of a folded link to what may be a personal profile.
fn page_of(link: &str) -> Option<(&str, &str, &str)> {
    let mut link = link;
    while let Some(rest) = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")) {
        link = rest;
    }
    let link = link.trim_start_matches('/');
    let link = link.strip_prefix("www.").unwrap_or(link);
    let link = link.split(['?', '#']).next().unwrap_or(link);
    let (host, path) = link.split_once('/')?;
    let host = [":443", ":80"].into_iter().find_map(|port| host.strip_suffix(port)).unwrap_or(host);
    // Pages for telephones.
    let host = host.strip_prefix("m.").unwrap_or(host);
    // `de.linkedin.com/in/x` is `linkedin.com/in/x`.
    let host = if host.ends_with(".linkedin.com") { "linkedin.com" } else { host };
    let mut steps = path.split('/').filter(|step| !step.is_empty());
    let mut first = steps.next()?;
    if host == "linkedin.com" && first == "mwlite" {
        first = steps.next()?;
    }
    let before = match host {
        "linkedin.com" if first == "in" => "in/",
        "xing.com" if first == "profile" => "profile/",
        "stackoverflow.com" if first == "users" => "users/",
        "github.com" | "gitlab.com" => return Some((host, "", first)),
        _ => return None,
    };
    Some((host, before, steps.next()?))
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
    use stackscout_profile::{CandidateNumber, Cell, Date, Reading, Value};

    use super::*;
    use crate::{ImportCounts, ImportStart, Incoming, Store, ToErase};

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
        for (letters, coded) in [
            ("ada@müller.de", "Ada@XN--MLLER-KVA.de"),
            ("ada@例え.jp", "mailto:ada@xn--r8jz45g.jp"),
            ("ada@straße.example.org", "ada@xn--strae-oqa.example.org"),
        ] {
            assert_eq!(email_key(letters).as_deref(), Some(letters));
            assert_eq!(email_key(coded).as_deref(), Some(letters), "{coded}");
        }
        assert_eq!(email_key("ada@strasse.example.org"), Some("ada@strasse.example.org".into()));
        assert_eq!(email_key("ada@xn--abc-.de"), Some("ada@xn--abc-.de".into()));
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
        for ada_too in [
            "https://linkedin.com:443/in/ada",
            "https://www.linkedin.com//in//ada/",
            "http://https://www.linkedin.com/in/%41da",
            "//www.linkedin.com/in/ada.",
            "(https://www.linkedin.com/in/ada),",
            "<https://www.linkedin.com/in/ada>.",
            "https://www.linkedin.com/in/ada%20",
            "[LinkedIn](https://www.linkedin.com/in/ada)",
            "LinkedIn: https://www.linkedin.com/in/ada",
            "https://www.linkedin.com/in/ada (LinkedIn)",
        ] {
            assert_eq!(link_key_in(ada_too, "Link"), ada, "{ada_too}");
        }
        for adamoss in ["adamöss", "adam%C3%B6ss", "adamo%CC%88ss", "ADAM%c3%96SS."] {
            let key = link_key(&format!("https://www.linkedin.com/in/{adamoss}"));
            assert_eq!(key, Some("linkedin.com/in/adamöss".into()), "{adamoss}");
        }
        assert_eq!(
            link_key("xing.com/profile/Ada%5FMoss%2dx/cv"),
            Some("xing.com/profile/ada_moss-x".into())
        );
        // What is no letter of a name, and no Unicode, stays encoded.
        assert_eq!(link_key("linkedin.com/in/ada%2Fm%F6ss"), Some("linkedin.com/in/ada%2fm%f6ss".into()));
        assert_eq!(
            link_key("https://stackoverflow.com/users/12/ada"),
            Some("stackoverflow.com/users/12".into())
        );
        assert_eq!(link_key("gitlab.com/ada.moss_1"), Some("gitlab.com/ada.moss_1".into()));
        for other in [
            "https://www.linkedin.com/company/x",
            "https://www.linkedin.com/in/me/",
            "github.com/",
            "https://stackoverflow.com/users/story/123",
            "https://stackoverflow.com/users/login",
            "https://github.com/search?q=ada",
            "https://github.com/login",
            "https://github.com/sponsors/ada",
            "https://github.com/orgs/ada/people",
            "https://github.com/ada.moss",
            "https://github.com/a234567890123456789012345678901234567890",
            "https://gitlab.com/explore",
            "https://gitlab.com/users/sign_in",
            "https://gitlab.com/-/profile",
        ] {
            assert_eq!(link_key(other), None, "{other}");
        }
    }

    /// A row of a link or an address.
    fn row(line: u64, field: Field, text: &str) -> Incoming {
        let value = |field: Field, text: &str| Value {
            field,
            column: field.word().to_owned(),
            text: text.to_owned(),
            cell: Cell { import: 0, line },
            reading: Reading::default(),
        };
        Incoming {
            line,
            external_id: None,
            values: vec![value(Field::Name, "Ada Moss"), value(field, text)],
            content_key: text.to_owned(),
            protected: Vec::new(),
        }
    }

    fn import(store: &mut Store, rows: &[(Field, &str)]) -> ImportCounts {
        let start = ImportStart {
            file: "a.csv".to_owned(),
            source: "a".to_owned(),
            layout: "plain".to_owned(),
            as_of: Date::new(2026, 1, 1).unwrap(),
            columns: ["name", "email", "link"].map(str::to_owned).to_vec(),
        };
        let mut import = store.begin_import(start).unwrap();
        for (line, (field, text)) in (2..).zip(rows) {
            import.accept(row(line, *field, text)).unwrap();
        }
        import.commit().unwrap()
    }

    #[test]
    fn people_are_found_and_held_by_keys_that_were_folded_before() {
        for (spellings, earlier) in [
            (
                [(Field::Email, "ada@müller.de"), (Field::Email, "ADA@xn--mller-kva.de")],
                "ada@xn--mller-kva.de",
            ),
            (
                [(Field::Link, "linkedin.com/in/adamöss"), (Field::Link, "linkedin.com/in/adam%C3%B6ss")],
                "linkedin.com/in/adam%c3%b6ss",
            ),
            (
                [(Field::Link, "linkedin.com/in/ada%2Dmoss."), (Field::Link, "linkedin.com/in/ada%2dmoss.")],
                "linkedin.com/in/ada%2dmoss.",
            ),
        ] {
            let mut store = Store::in_memory().unwrap();
            assert_eq!(import(&mut store, &spellings).created, 1, "{earlier}");
            // As the pool would be, had an earlier version imported the row.
            let sql = "DELETE FROM identities WHERE key <> ?1";
            assert_eq!(store.connection.execute(sql, [earlier]).unwrap(), 1, "{earlier}");
            assert_eq!(import(&mut store, &spellings).created, 0, "{earlier}");
            let kind = if spellings[0].0 == Field::Email { "email" } else { "link" };
            let key = Identity { kind, scope: String::new(), key: earlier.to_owned() };
            assert_eq!(store.reading().holder(&key).unwrap(), Some(1));
            if kind == "email" {
                let number = CandidateNumber(1);
                assert_eq!(store.by_email("ada@müller.de", store.change().unwrap()).unwrap(), [number]);
            }
            store.erase(&[ToErase::asked(CandidateNumber(1))]).unwrap();
            let (_, keyed) = store.own_key().unwrap();
            let sql = "DELETE FROM suppressed WHERE kind <> 'number' AND hash <> ?1";
            store.connection.execute(sql, [keyed.identity(&key)]).unwrap();
            let counts = import(&mut store, &spellings);
            assert_eq!((counts.held, counts.created), (2, 0), "{earlier}");
            if kind == "email" {
                let key = Identity { key: "ada@müller.de".to_owned(), ..key };
                assert!(store.erasure_by(&key).unwrap().is_some());
            }
        }
    }
}
