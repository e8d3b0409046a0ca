//! E-mail addresses and links, and several of them in one cell.

use crate::words::folded;

/// Reads an address with one `@`, something on both sides and no white space; `Ada <ada@example.org>` and
/// `mailto:ada@example.org` give the address.
///
/// # Errors
/// Anything else.
pub fn read_email(text: &str) -> Result<String, String> {
    let text = text.trim();
    let text = text.strip_suffix('>').and_then(|t| t.rsplit_once('<')).map_or(text, |(_, address)| address);
    let text = text.strip_prefix("mailto:").unwrap_or(text);
    let ok = text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && domain.len() >= 3
            && !domain.contains('@')
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
    });
    if ok && !text.contains(char::is_whitespace) && text.len() <= 254 {
        Ok(text.to_owned())
    } else {
        Err("is no e-mail address".to_owned())
    }
}

/// Several addresses in one cell: `a@x.org; b@x.org`, `["a@x.org","b@x.org"]`. A cell that does not fall apart cleanly is
/// left as it is written.
#[must_use]
pub fn split_emails(cell: &str) -> Vec<&str> {
    if cell.matches('@').count() < 2 {
        return vec![cell];
    }
    let parts = parts(cell);
    if parts.iter().all(|part| part.matches('@').count() == 1) { parts } else { vec![cell] }
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
        assert_eq!(split_emails("a@x.org or b@x.org"), ["a@x.org or b@x.org"]);
        assert_eq!(split_links("https://a.org/x, https://b.org/y"), ["https://a.org/x", "https://b.org/y"]);
        assert_eq!(
            split_links("linkedin.com/in/ada; github.com/ada"),
            ["linkedin.com/in/ada", "github.com/ada"]
        );
        assert_eq!(split_links("https://a.org/x,y"), ["https://a.org/x,y"]);
        assert_eq!(split_links("my page"), ["my page"]);
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
