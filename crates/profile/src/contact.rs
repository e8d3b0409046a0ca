//! E-mail addresses and links, and several of them in one cell.

use crate::words::folded;

/// Reads an address with one `@`, something on both sides and no white space. What is written around it is left out where it
/// is no more than a name, a label or a remark: `Ada <ada@example.org>`, `work: ada@example.org`, `ada@example.org (old)`.
/// `ada (at) example.org` and `ada AT example DOT org` are addresses too.
///
/// # Errors
/// Anything else.
pub fn read_email(text: &str) -> Result<String, String> {
    let text = text.trim();
    if is_address(text) {
        return Ok(text.to_owned());
    }
    let found = match text.contains('@') {
        true => addresses(text).and_then(|found| found.first().map(|address| (*address).to_owned())),
        false => spelt_out(text),
    };
    found.ok_or_else(|| "is no e-mail address".to_owned())
}

/// The addresses of a cell: `a@x.org; b@x.org`, `["a@x.org","b@x.org"]`, `a@x.org (private), work: b@x.org`. What is no
/// address and says something is a part of its own; a cell without an address is left as it is written.
#[must_use]
pub fn split_emails(cell: &str) -> Vec<&str> {
    if is_address(cell.trim()) || !cell.contains('@') {
        return vec![cell];
    }
    if let Some(found) = addresses(cell) {
        return found;
    }
    let items: Vec<&str> =
        cell.split([';', ',', '|', '\n', '\r']).flat_map(|item| item.split(" / ")).map(str::trim).collect();
    let (mut parts, mut is_any) = (Vec::new(), false);
    for (at, item) in items.iter().enumerate() {
        if let Some(found) = addresses(item) {
            is_any = true;
            parts.extend(found);
            continue;
        }
        // `Moss, Ada <ada@example.org>`
        let is_name = !item.contains('@') && items.get(at + 1).is_some_and(|next| next.contains('<'));
        if !is_name && !says_nothing(item) {
            parts.push(*item);
        }
    }
    if is_any { parts } else { vec![cell] }
}

/// Whether a text is an address and nothing else.
fn is_address(text: &str) -> bool {
    let in_local = |c: char| {
        !c.is_whitespace()
            && !c.is_control()
            && !matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"' | '\\')
    };
    let in_domain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
    text.len() <= 254
        && text.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && local.chars().all(in_local)
                && domain.len() >= 3
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
                && domain.chars().all(in_domain)
        })
}

/// The addresses of a text that holds nothing else but names, labels and remarks; `None` where it holds more: whose address
/// `see bob@example.org` gives is not known.
fn addresses(text: &str) -> Option<Vec<&str>> {
    let mut found = Vec::new();
    // `Ada <ada@example.org>`, `Ada (ada@example.org)`
    let mut is_named = text.contains('<');
    let mut others = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let between = c.is_whitespace()
            || matches!(c, ',' | ';' | '|' | '"' | '/' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}');
        if !between {
            continue;
        }
        let word = &text[start..at];
        start = at + c.len_utf8();
        if word.contains('@') {
            let address = bare_address(word)?;
            is_named |= depth > 0;
            if !found.contains(&address) {
                found.push(address);
            }
        } else if depth == 0 && !word.is_empty() {
            others.push(word);
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let is_clean = is_named || others.iter().all(|word| is_label(word));
    (is_clean && !found.is_empty()).then_some(found)
}

/// An address without `mailto:`, a label before a colon, and signs around it.
fn bare_address(word: &str) -> Option<&str> {
    let word = word.split('?').next().unwrap_or(word);
    let word = match word.rsplit_once(':') {
        Some((label, address)) if address.contains('@') && label.split(':').all(is_label) => address,
        _ => word,
    };
    let word = word.trim_matches(['\'', '.', ':', '!', '*', '·', '•']);
    is_address(word).then_some(word)
}

/// Whether a word says no more than which of the person's addresses one is, or joins two.
fn is_label(word: &str) -> bool {
    const LABELS: [&str; 64] = [
        "",
        "mailto",
        "e",
        "m",
        "mail",
        "email",
        "e-mail",
        "mails",
        "emails",
        "address",
        "adresse",
        "work",
        "office",
        "business",
        "job",
        "company",
        "professional",
        "home",
        "private",
        "personal",
        "priv",
        "main",
        "primary",
        "secondary",
        "alternative",
        "alternate",
        "alt",
        "other",
        "old",
        "new",
        "preferred",
        "school",
        "university",
        "uni",
        "student",
        "1",
        "2",
        "3",
        "privat",
        "arbeit",
        "dienstlich",
        "beruflich",
        "geschaftlich",
        "prive",
        "pro",
        "perso",
        "personnel",
        "professionnel",
        "trabajo",
        "correo",
        "werk",
        "zakelijk",
        "sluzbowy",
        "prywatny",
        "or",
        "and",
        "oder",
        "und",
        "ou",
        "et",
        "y",
        "of",
        "lub",
        "&",
    ];
    let folded = folded(word);
    LABELS.contains(&folded.trim_matches([':', '.', '-', '=', '*', '·', '•', '#']))
}

fn says_nothing(item: &str) -> bool {
    let folded = folded(item);
    let word = folded.trim_matches(['.', '-', '?', '"', '\'', '(', ')']);
    matches!(
        word,
        "" | "n/a" | "na" | "none" | "null" | "nil" | "nan" | "unknown" | "keine" | "kein" | "k.a" | "no"
    )
}

/// An address that hides from programs: `ada(at)example.org`, `ada [at] example [dot] org`, `ada AT example DOT org`.
fn spelt_out(text: &str) -> Option<String> {
    let mut text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_spelt = words.len() >= 5
        && words.len() % 2 == 1
        && words[1] == "at"
        && words.iter().skip(3).step_by(2).all(|word| *word == "dot" || *word == "punkt");
    if is_spelt {
        let domain: Vec<&str> = words.iter().skip(2).step_by(2).copied().collect();
        let address = format!("{}@{}", words[0], domain.join("."));
        return is_address(&address).then_some(address);
    }
    for (sign, marks) in [
        ("@", ["(at)", "[at]", "{at}"].as_slice()),
        (".", ["(dot)", "[dot]", "{dot}", "(punkt)", "[punkt]"].as_slice()),
    ] {
        for mark in marks {
            for spaced in [format!(" {mark} "), format!(" {mark}"), format!("{mark} "), (*mark).to_owned()] {
                text = text.replace(&spaced, sign);
            }
        }
    }
    is_address(&text).then_some(text)
}

/// Several links in one cell, as [`split_emails`]; also such as have no scheme.
#[must_use]
pub fn split_links(cell: &str) -> Vec<&str> {
    let parts = parts(cell);
    if parts.len() > 1 && parts.iter().all(|part| looks_like_link(part)) { parts } else { vec![cell] }
}

fn parts(cell: &str) -> Vec<&str> {
    let between = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|' | '"' | '[' | ']');
    cell.split(between).filter(|part| !part.is_empty()).collect()
}

fn looks_like_link(part: &str) -> bool {
    let host =
        part.split_once("://").map_or(part, |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or(part);
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && labels
            .iter()
            .all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-' || c == ':'))
        && labels.last().is_some_and(|l| l.len() >= 2 && l.chars().next().is_some_and(char::is_alphabetic))
        && !part.contains('@')
}

/// Reads a link: with `https://` in front, the host in lower case and without `www.`, country hosts of LinkedIn as one,
/// without parameters that only track, without a slash at the end. `in/ada` and, in a column named after the site,
/// `ada` are profiles too.
///
/// # Errors
/// What is no link, such as the name of a Skype account.
pub fn read_link(text: &str, column: &str) -> Result<String, String> {
    let fail = || "is no link".to_owned();
    let text = text.trim().trim_matches(['<', '>', '"']);
    let column = folded(column);
    if let Some(handle) = handle_of(text) {
        for (word, prefix) in [
            ("linkedin", "linkedin.com/in/"),
            ("github", "github.com/"),
            ("gitlab", "gitlab.com/"),
            ("xing", "xing.com/profile/"),
            ("twitter", "twitter.com/"),
        ] {
            if column.contains(word) {
                return Ok(format!("https://{prefix}{handle}"));
            }
        }
        return Err(fail());
    }
    if let Some(rest) = text.strip_prefix("in/").or_else(|| text.strip_prefix("/in/")).and_then(handle_of) {
        return Ok(format!("https://linkedin.com/in/{rest}"));
    }
    let (scheme, rest) = text.split_once("://").map_or(("https", text), |(scheme, rest)| (scheme, rest));
    if !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https")
        || !looks_like_link(rest)
        || rest.contains(char::is_whitespace)
    {
        return Err(fail());
    }
    let (host, path) =
        rest.split_once(['/', '?', '#']).map_or((rest, ""), |(host, _)| (host, &rest[host.len()..]));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").or_else(|| host.strip_prefix("m.")).unwrap_or(&host);
    let host = if host.ends_with(".linkedin.com") { "linkedin.com" } else { host };
    let path = path.split('#').next().unwrap_or(path);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_profile_site =
        matches!(host, "linkedin.com" | "github.com" | "gitlab.com" | "xing.com" | "stackoverflow.com");
    // Of a profile the path says all; elsewhere a parameter may name the page.
    let kept: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !is_profile_site && !tracks(p)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    Ok(format!("https://{host}{}{query}", path.trim_end_matches('/')))
}

/// A bare handle: `ada`, `@ada-lovelace`.
fn handle_of(text: &str) -> Option<&str> {
    let handle = text.strip_prefix('@').unwrap_or(text).trim_end_matches('/');
    let ok = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '%');
    (!handle.is_empty() && handle.chars().all(ok)).then_some(handle)
}

fn tracks(parameter: &str) -> bool {
    let name = parameter.split('=').next().unwrap_or(parameter).to_ascii_lowercase();
    name.starts_with("utm_")
        || matches!(
            name.as_str(),
            "trk" | "ref" | "fbclid" | "gclid" | "lipi" | "originalsubdomain" | "source" | "si"
        )
}

#[cfg(test)]
mod tests {
    //! - addresses are read out of what stands around them; several are several
    //! - a link has one form, whatever way it was written, and that form reads back
    //! - what is no link is none

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn several_in_a_cell_are_several() {
        assert_eq!(split_emails(" a@x.org "), [" a@x.org "]);
        assert_eq!(split_emails("a@x.org;b@x.org"), ["a@x.org", "b@x.org"]);
        assert_eq!(split_emails(r#"["a@x.org", "b@x.org"]"#), ["a@x.org", "b@x.org"]);
        assert_eq!(split_emails("a@x.org or b@x.org"), ["a@x.org", "b@x.org"]);
        assert_eq!(split_emails("a@x.org see b@x.org"), ["a@x.org see b@x.org"]);
        assert_eq!(split_links("https://a.org/x, https://b.org/y"), ["https://a.org/x", "https://b.org/y"]);
        assert_eq!(
            split_links("linkedin.com/in/ada; github.com/ada"),
            ["linkedin.com/in/ada", "github.com/ada"]
        );
        assert_eq!(split_links("https://a.org/x,y"), ["https://a.org/x,y"]);
        assert_eq!(split_links("my page"), ["my page"]);
    }

    #[test]
    fn what_stands_around_an_address_costs_nothing() {
        for (cell, parts) in [
            ("priya@example.com (personal), praman@x.org (work)", "priya@example.com | praman@x.org"),
            ("work: g@example.com", "g@example.com"),
            ("work:g@example.com; Privat: h@example.com", "g@example.com | h@example.com"),
            ("e@example.com / f@example.com", "e@example.com | f@example.com"),
            ("j@example.com (old, no longer read)", "j@example.com"),
            ("k@example.com; N/A", "k@example.com"),
            ("k@example.com / n/a", "k@example.com"),
            ("k@example.com, ask", "k@example.com | ask"),
            ("k@example.com, l@example", "k@example.com | l@example"),
            ("<a@b.example>", "a@b.example"),
            ("Ann <ann@example.com>", "ann@example.com"),
            ("Moss, Ann <ann@example.com>", "ann@example.com"),
            ("mailto:x@example.com?subject=hi", "x@example.com"),
            ("h@example.com,", "h@example.com"),
            ("h@example.com; h@example.com", "h@example.com"),
            ("o'neil@example.com.", "o'neil@example.com"),
            ("referred by bob@example.com", "referred by bob@example.com"),
            ("i (at) example.com", "i (at) example.com"),
            ("none", "none"),
        ] {
            assert_eq!(split_emails(cell).join(" | "), parts, "{cell}");
        }
        for (text, address) in [
            ("Ada <ada@example.org>", "ada@example.org"),
            ("ada@example.org (old)", "ada@example.org"),
            ("h@example.com,", "h@example.com"),
            ("i(at)example.com", "i@example.com"),
            ("i [at] example [dot] com", "i@example.com"),
            ("i AT example DOT com", "i@example.com"),
            ("i.b at mail dot example dot com", "i.b@mail.example.com"),
            ("see me at example.com", "none"),
            ("me at home", "none"),
            ("write to i(at)example.com", "none"),
            ("see bob@example.org", "none"),
            ("a@b", "none"),
            ("", "none"),
        ] {
            assert_eq!(read_email(text).unwrap_or_else(|_| "none".to_owned()), address, "{text}");
        }
    }

    #[test]
    fn a_link_has_one_form() {
        let ada = "https://linkedin.com/in/ada";
        for (text, column, link) in [
            ("https://www.linkedin.com/in/ada/", "Link", ada),
            ("http://de.linkedin.com/in/ada?trk=x&utm_source=y", "Link", ada),
            ("www.linkedin.com/in/ada#about", "Link", ada),
            ("in/ada", "Link", ada),
            ("/in/ada/", "Link", ada),
            ("ada", "LinkedIn URL", ada),
            ("@ada", "GitHub", "https://github.com/ada"),
            ("https://example.org/page?id=7&utm_medium=z", "Website", "https://example.org/page?id=7"),
            ("HTTPS://Example.ORG/Page/", "Website", "https://example.org/Page"),
            ("live:ada.1", "Skype", "none"),
            ("ada", "Skype", "none"),
            ("ada@example.org", "Website", "none"),
            ("see notes", "Website", "none"),
            ("ftp://example.org", "Website", "none"),
            ("", "Website", "none"),
        ] {
            assert_eq!(
                read_link(text, column).unwrap_or_else(|_| "none".to_owned()),
                link,
                "{text} in {column}"
            );
        }
    }

    proptest! {
        #[test]
        fn what_is_read_reads_back(text in ".{0,30}", like in "(https?://)?(www\\.)?(de\\.linkedin|github|example)\\.com(/[a-z]{1,4}){0,2}/?(\\?[a-z]=1(&trk=2)?)?") {
            for text in [text, like] {
                let _ = (split_emails(&text), split_links(&text), read_email(&text));
                if let Ok(link) = read_link(&text, "GitHub") {
                    prop_assert_eq!(read_link(&link, "Link"), Ok(link.clone()), "{}", link);
                }
            }
        }
    }
}
