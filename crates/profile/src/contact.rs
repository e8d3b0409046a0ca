//! E-mail addresses and links, and several of them in one cell.

use std::borrow::Cow;

use stackscout_taxonomy::spelling::exact_key;

use crate::blind::identity::is_site;
use crate::punycode;
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
/// `None` for a text that is more, or may be something else (`me at example.org`).
#[must_use]
pub fn spelt_out(text: &str) -> Option<String> {
    const SIGNS: [(&str, &[&str]); 2] = [
        ("@", &["(at)", "[at]", "{at}", "<at>", "(arroba)", "[arroba]", "(arobase)", "[arobase]", "(małpa)"]),
        (
            ".",
            &[
                "(dot)", "[dot]", "{dot}", "<dot>", "(punkt)", "[punkt]", "(point)", "[point]", "(punto)",
                "[punto]", "(punt)", "[punt]", "(kropka)", "[kropka]",
            ],
        ),
    ];
    let mut text = text.trim().to_lowercase();
    let is_marked = SIGNS.iter().any(|(_, marks)| marks.iter().any(|mark| text.contains(mark)));
    if is_marked {
        for (sign, marks) in SIGNS {
            for mark in marks {
                if !text.contains(mark) {
                    continue;
                }
                for spaced in
                    [format!(" {mark} "), format!(" {mark}"), format!("{mark} "), (*mark).to_owned()]
                {
                    text = text.replace(&spaced, sign);
                }
            }
        }
        // One sign in brackets says what the other word is.
        if !text.contains('@') {
            text = text.replacen(" at ", "@", 1);
        }
        let text = text.replace(" dot ", ".").replace(" punkt ", ".");
        return is_address(&text).then_some(text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_spelt = words.len() >= 5
        && words.len() % 2 == 1
        && words[1] == "at"
        && words.iter().skip(3).step_by(2).all(|word| *word == "dot" || *word == "punkt");
    let domain: Vec<&str> = words.iter().skip(2).step_by(2).copied().collect();
    let address = is_spelt.then(|| format!("{}@{}", words[0], domain.join(".")))?;
    is_address(&address).then_some(address)
}

/// A domain, in lower case, in the letters that it stands for: `müller.de` for `xn--mller-kva.de`. A label that stands for
/// nothing that a reader would write so stays as it is.
#[must_use]
pub fn unicode_domain(domain: &str) -> Cow<'_, str> {
    if !domain.contains("xn--") {
        return Cow::Borrowed(domain);
    }
    let letters_of = |label: &str| -> Option<String> {
        let code = label.strip_prefix("xn--")?;
        let letters = punycode::decode(code)?;
        let is_one_form = !letters.is_ascii()
            && exact_key(&letters) == letters
            && punycode::encode(&letters).as_deref() == Some(code);
        is_one_form.then_some(letters)
    };
    let labels: Vec<String> =
        domain.split('.').map(|label| letters_of(label).unwrap_or_else(|| label.to_owned())).collect();
    Cow::Owned(labels.join("."))
}

/// A domain as the domain name system writes it: `xn--mller-kva.de` for `müller.de`; `None` where it is the same.
#[must_use]
pub fn ascii_domain(domain: &str) -> Option<String> {
    if domain.is_ascii() {
        return None;
    }
    let coded = |label: &str| match label.is_ascii() {
        true => Some(label.to_owned()),
        false => punycode::encode(label).map(|code| format!("xn--{code}")),
    };
    let labels: Vec<String> = domain.split('.').map(coded).collect::<Option<_>>()?;
    Some(labels.join("."))
}

/// Several links in one cell, as [`split_emails`]; also such as have no scheme. The names of their sites stay beside them:
/// `LinkedIn: https://...` is a part.
#[must_use]
pub fn split_links(cell: &str) -> Vec<&str> {
    let parts = parts(cell);
    if parts.len() < 2 {
        return vec![cell];
    }
    if !cell.contains("](") && parts.iter().all(|part| looks_like_link(part)) {
        return parts;
    }
    labelled_links(cell).filter(|links| links.len() > 1).unwrap_or_else(|| vec![cell])
}

/// The links of a text that holds nothing else but names of sites, each with its own.
fn labelled_links(cell: &str) -> Option<Vec<&str>> {
    let mut links = Vec::new();
    for item in cell.split([';', ',', '|', '\n', '\r']) {
        let (mut begin, mut end) = (0, 0);
        let first = links.len();
        for word in item.split_inclusive(char::is_whitespace) {
            end += word.len();
            let word = word.trim();
            if is_written_out(unlabelled(word)) {
                links.push(item[begin..end].trim());
                begin = end;
            } else if !is_link_label(word) {
                return None;
            }
        }
        // `https://... (LinkedIn)`
        if links.len() == first + 1
            && let Some(last) = links.last_mut()
        {
            *last = item.trim();
        }
    }
    Some(links)
}

/// The link of a text that is no more than it and the name of its site: `LinkedIn: https://...`,
/// `[My profile](https://...)`, `https://... (LinkedIn)`. Anything else as it is.
fn link_in(text: &str) -> &str {
    let text = text.trim();
    let is_plain = !text.contains(char::is_whitespace) && unlabelled(text) == text;
    if is_plain && !text.contains("](") {
        return text;
    }
    let marked =
        text.trim_end_matches(['.', ',', ';']).strip_prefix('[').and_then(|rest| rest.strip_suffix(')'));
    if let Some((_, link)) = marked.and_then(|rest| rest.split_once("]("))
        && !link.contains("](")
    {
        // `[My profile](https://... "a title")`
        return link.split_whitespace().next().unwrap_or(text);
    }
    let mut found = None;
    for word in text.split_whitespace() {
        let link = unlabelled(word);
        if is_written_out(link) {
            if found.is_some() {
                return text;
            }
            found = Some(link);
        } else if !is_link_label(word) {
            return text;
        }
    }
    found.unwrap_or(text)
}

/// A word without the name of a site before it: `LinkedIn:https://...`, `[LinkedIn](https://...)`.
fn unlabelled(word: &str) -> &str {
    let parts = match word.split_once("](") {
        None => word.split_once(':').filter(|(_, link)| !link.starts_with("//")),
        marked => marked,
    };
    match parts {
        Some((label, link)) if is_written_out(link) && is_link_label(label) => link,
        _ => word,
    }
}

/// Whether a word is a link with more than a host in it, which `ada.dev` need not be.
fn is_written_out(word: &str) -> bool {
    let link = bare_link(word);
    (link.contains('/') || link.starts_with("www.")) && looks_like_link(link)
}

/// Whether a word says no more than what a link leads to: a site, or a page of one's own.
fn is_link_label(word: &str) -> bool {
    const WORDS: [&str; 28] = [
        "account",
        "and",
        "blog",
        "homepage",
        "http",
        "https",
        "konto",
        "link",
        "links",
        "mein",
        "meine",
        "mi",
        "mijn",
        "mon",
        "my",
        "overflow",
        "page",
        "perfil",
        "portfolio",
        "profiel",
        "profil",
        "profile",
        "site",
        "stack",
        "und",
        "url",
        "web",
        "website",
    ];
    let mut words = word.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| WORDS.contains(&folded(word).as_str()) || is_site(word))
}

/// Longest link whose brackets are counted.
const LINK_BYTES_MAX: usize = 2_048;

/// A link without what stands around it: `<https://...>`, `(https://...)`, a full stop, a slash or nothing asked at its end.
#[must_use]
pub fn bare_link(text: &str) -> &str {
    let mut text = text.trim().trim_start_matches(['<', '(', '[', '"', '\'']);
    loop {
        let closes = |open: char, close: char| {
            text.ends_with(close)
                && text.len() <= LINK_BYTES_MAX
                && text.matches(close).count() > text.matches(open).count()
        };
        let shorter = if closes('(', ')') || closes('[', ']') {
            &text[..text.len() - 1]
        } else {
            let around = |c: char| c.is_whitespace() || "<>\"'.,;/?#&".contains(c);
            let trimmed = text.trim_end_matches(around);
            trimmed.strip_suffix("%20").unwrap_or(trimmed)
        };
        if shorter.len() == text.len() {
            return text;
        }
        text = shorter;
    }
}

/// A text with percent-encoded letters, figures and signs of names as what they are, as far as they are Unicode (RFC 3986,
/// 6.2.2.2). What takes links apart (`/`, `?`, `%`), and white space, stays encoded.
#[must_use]
pub fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let byte = |at: usize| -> Option<u8> {
        let code = text.get(at..at + 3)?.strip_prefix('%')?;
        code.bytes()
            .all(|digit| digit.is_ascii_hexdigit())
            .then(|| u8::from_str_radix(code, 16).ok())
            .flatten()
    };
    let is_of_name = |c: char| match c.is_ascii() {
        true => c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~'),
        false => !c.is_whitespace() && !c.is_control(),
    };
    let mut decoded = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let bytes: Vec<u8> = (0..4).map_while(|n| byte(at + 3 * n)).collect();
        let letter = (1..=bytes.len()).find_map(|len| std::str::from_utf8(&bytes[..len]).ok());
        match letter.and_then(|letter| letter.chars().next()).filter(|c| is_of_name(*c)) {
            Some(letter) => {
                decoded.push(letter);
                at += 3 * letter.len_utf8();
            }
            None => {
                decoded.push(next);
                at += next.len_utf8();
            }
        }
    }
    Cow::Owned(decoded)
}

fn parts(cell: &str) -> Vec<&str> {
    let between = |c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|' | '"' | '[' | ']');
    cell.split(between).filter(|part| !part.is_empty()).collect()
}

fn looks_like_link(part: &str) -> bool {
    let host =
        part.split_once("://").map_or(part, |(_, rest)| rest).split(['/', '?', '#']).next().unwrap_or(part);
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let labels: Vec<&str> = host.split('.').collect();
    labels.len() >= 2
        && port.bytes().all(|digit| digit.is_ascii_digit())
        && labels.iter().all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && labels.last().is_some_and(|l| l.len() >= 2 && l.chars().next().is_some_and(char::is_alphabetic))
        && !part.contains('@')
}

/// Reads a link: with `https://` in front, the host in lower case and without `www.`, country hosts of LinkedIn as one,
/// without parameters that only track, without a slash at the end; of a profile the letters are not encoded. `in/ada` and,
/// in a column named after the site, `ada` are profiles too. What stands around it is left out where it is no more than the
/// name of the site: `LinkedIn: https://...`, `[LinkedIn](https://...)`.
///
/// # Errors
/// What is no link, such as the name of a Skype account.
pub fn read_link(text: &str, column: &str) -> Result<String, String> {
    let fail = || "is no link".to_owned();
    let text = bare_link(link_in(text));
    let column = folded(column);
    let profile = |site: &str, handle: &str| -> String {
        bare_link(&format!("https://{site}{}", percent_decoded(handle))).to_owned()
    };
    if let Some(handle) = handle_of(text) {
        for (word, prefix) in [
            ("linkedin", "linkedin.com/in/"),
            ("github", "github.com/"),
            ("gitlab", "gitlab.com/"),
            ("xing", "xing.com/profile/"),
            ("twitter", "twitter.com/"),
        ] {
            if column.contains(word) {
                return Ok(profile(prefix, handle));
            }
        }
        return Err(fail());
    }
    if let Some(rest) = text.strip_prefix("in/").or_else(|| text.strip_prefix("/in/")).and_then(handle_of) {
        return Ok(profile("linkedin.com/in/", rest));
    }
    let (scheme, rest) = text.split_once("://").map_or(("https", text), |(scheme, rest)| (scheme, rest));
    // `https://https://...`, `//linkedin.com/in/ada`
    let rest =
        ["https://", "http://", "//"].into_iter().find_map(|twice| rest.strip_prefix(twice)).unwrap_or(rest);
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
    let host = [":443", ":80"].into_iter().find_map(|port| host.strip_suffix(port)).unwrap_or(host);
    let host = if host.ends_with(".linkedin.com") { "linkedin.com" } else { host };
    let path = path.split('#').next().unwrap_or(path);
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_profile_site =
        matches!(host, "linkedin.com" | "github.com" | "gitlab.com" | "xing.com" | "stackoverflow.com");
    // Of a profile the path says all; elsewhere a parameter may name the page.
    let kept: Vec<&str> =
        query.split('&').filter(|p| !p.is_empty() && !is_profile_site && !tracks(p)).collect();
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    let mut path = Cow::Borrowed(path.trim_end_matches('/'));
    if is_profile_site && (path.contains('%') || path.contains("//")) {
        let decoded = percent_decoded(&path).into_owned();
        let steps = decoded.split('/').filter(|step| !step.is_empty());
        path = Cow::Owned(steps.flat_map(|step| ["/", step]).collect());
    }
    Ok(bare_link(&format!("https://{host}{path}{query}")).to_owned())
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
        for (cell, links) in [
            ("my page", "my page"),
            ("LinkedIn: https://a.org/x", "LinkedIn: https://a.org/x"),
            (
                "LinkedIn: https://linkedin.com/in/ada, My GitHub profile - github.com/ada",
                "LinkedIn: https://linkedin.com/in/ada | My GitHub profile - github.com/ada",
            ),
            (
                "GitHub:github.com/ada XING:xing.com/profile/ada",
                "GitHub:github.com/ada | XING:xing.com/profile/ada",
            ),
            (
                "[My GitHub](https://github.com/ada)\n[LinkedIn](https://linkedin.com/in/ada)",
                "[My GitHub](https://github.com/ada) | [LinkedIn](https://linkedin.com/in/ada)",
            ),
            ("https://a.org/x (blog); https://b.org/y", "https://a.org/x (blog) | https://b.org/y"),
            ("[https://a.org/x](https://a.org/x)", "[https://a.org/x](https://a.org/x)"),
            ("see https://a.org/x, https://b.org/y", "see https://a.org/x, https://b.org/y"),
            ("Bob: github.com/bob, Ada: github.com/ada", "Bob: github.com/bob, Ada: github.com/ada"),
        ] {
            assert_eq!(split_links(cell).join(" | "), links, "{cell}");
        }
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
            ("i (at) example dot com", "i@example.com"),
            ("i at example [dot] com", "i@example.com"),
            ("i (arroba) example (punto) com", "i@example.com"),
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
            ("adam%C3%B6ss", "LinkedIn", "https://linkedin.com/in/adamöss"),
            ("https://www.linkedin.com:443//in//ada/.", "Link", ada),
            ("https://https://www.linkedin.com/in/ada%20", "Link", ada),
            ("(https://linkedin.com/in/ada),", "Link", ada),
            ("LinkedIn: https://www.linkedin.com/in/ada", "Link", ada),
            ("My LinkedIn profile - linkedin.com/in/ada", "Link", ada),
            ("linkedin:linkedin.com/in/ada (LinkedIn)", "Link", ada),
            ("[LinkedIn](https://www.linkedin.com/in/ada)", "Link", ada),
            ("[Ada Moss](https://linkedin.com/in/ada \"her page\").", "Link", ada),
            ("https://www.linkedin.com/in/adam%C3%B6ss%2Fx", "Link", "https://linkedin.com/in/adamöss%2Fx"),
            ("https://example.org/Ada_(poet)", "Website", "https://example.org/Ada_(poet)"),
            ("https://example.org/m%C3%B6ss//x", "Website", "https://example.org/m%C3%B6ss//x"),
            ("referred by https://linkedin.com/in/ada", "Link", "none"),
            ("Manager: https://linkedin.com/in/ada", "Link", "none"),
            ("github:ada.dev", "Link", "none"),
            ("LinkedIn: https://a.org/x https://b.org/y", "Link", "none"),
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

    #[test]
    fn encoded_letters_are_letters_where_they_are_unicode() {
        for (text, decoded) in [
            ("adam%C3%B6ss", "adamöss"),
            ("adam%c3%b6ss%2dx%2E", "adamöss-x."),
            ("a%2Fb%3fc%23d%25e%20f", "a%2Fb%3fc%23d%25e%20f"),
            ("adam%F6ss%C3%", "adam%F6ss%C3%"),
            ("%F0%9F%A6%80%E4%BE%8B%+1%ö", "🦀例%+1%ö"),
        ] {
            assert_eq!(percent_decoded(text), decoded, "{text}");
        }
        for (domain, letters) in [
            ("xn--mller-kva.de", "müller.de"),
            ("mail.xn--r8jz45g.jp", "mail.例え.jp"),
            ("xn--strae-oqa.de", "straße.de"),
            // No Punycode, no letters, and letters that nobody writes.
            ("xn--.de", "xn--.de"),
            ("xn--abc-.de", "xn--abc-.de"),
            ("xn--99999999.de", "xn--99999999.de"),
            ("xn--MLLER-KVA.de", "xn--MLLER-KVA.de"),
            ("example.org", "example.org"),
        ] {
            assert_eq!(unicode_domain(domain), letters, "{domain}");
            let coded = (letters != domain).then(|| domain.to_owned());
            assert_eq!(ascii_domain(letters), coded, "{letters}");
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
