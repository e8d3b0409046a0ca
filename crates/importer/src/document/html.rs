//! HTML: the text of a page, and the rows of its largest table. Systems that offer "Excel" often give a page.

use quick_xml::escape::resolve_html5_entity;

use super::Document;

/// A piece of a page.
enum Token<'a> {
    Text(&'a str),
    /// A tag by its small name; whether it closes; what stands behind its name.
    Tag(String, bool, &'a str),
}

/// Takes a page apart. Nothing is an error: what is no tag is text, as browsers have it.
struct Tokens<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            let Some(tag) = self.rest.strip_prefix('<') else {
                let end = self.rest.find('<').unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                return Some(Token::Text(text));
            };
            if let Some(comment) = tag.strip_prefix("!--") {
                self.rest = comment.find("-->").map_or("", |at| &comment[at + 3..]);
                continue;
            }
            let closes = tag.starts_with('/');
            let named = if closes { &tag[1..] } else { tag };
            let end = named
                .find(|c: char| !c.is_ascii_alphanumeric() && c != ':' && c != '-')
                .unwrap_or(named.len());
            let is_declaration = tag.starts_with(['!', '?']);
            if !is_declaration && !named.starts_with(|c: char| c.is_ascii_alphabetic()) {
                let end = tag.find('<').unwrap_or(tag.len());
                let text = &self.rest[..=end];
                let text = if end == tag.len() { self.rest } else { text };
                self.rest = &tag[end..];
                return Some(Token::Text(text));
            }
            let close = tag_end(named);
            let attributes = &named[end..close.max(end)];
            self.rest = named.get(close + 1..).unwrap_or("");
            if is_declaration {
                continue;
            }
            let name = named[..end].to_ascii_lowercase();
            if !closes && matches!(name.as_str(), "script" | "style" | "template") {
                // The first bytes are one for one in small letters.
                let small = self.rest.to_ascii_lowercase();
                self.rest = small.find(&format!("</{name}")).map_or("", |at| &self.rest[at..]);
            }
            return Some(Token::Tag(name, closes, attributes));
        }
    }
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> usize {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at,
            (None, b'"' | b'\'') if tag[..at].trim_ascii_end().ends_with('=') => quote = Some(byte),
            (Some(q), byte) if q == byte => quote = None,
            _ => {}
        }
    }
    // A quote that is never closed: the next `>` will do.
    tag.find('>').unwrap_or(tag.len())
}

/// The text of a page, and the addresses that it leads to.
pub(crate) fn document(html: &str) -> Document {
    let mut document = Document::default();
    let text = &mut document.text;
    let mut hidden = false;
    for token in (Tokens { rest: html }) {
        match token {
            Token::Text(_) if hidden => {}
            Token::Text(run) => {
                let run = unescaped(run);
                let mut words = run.split_whitespace().peekable();
                if run.starts_with(char::is_whitespace)
                    && !text.ends_with(['\n', ' ', '\t'])
                    && !text.is_empty()
                {
                    text.push(' ');
                }
                while let Some(word) = words.next() {
                    text.push_str(word);
                    if words.peek().is_some() || run.ends_with(char::is_whitespace) {
                        text.push(' ');
                    }
                }
            }
            Token::Tag(name, closes, attributes) => match name.as_str() {
                "head" | "title" => hidden = !closes,
                "body" => hidden = false,
                "a" if !closes => document.targets.extend(attribute(attributes, "href")),
                "td" | "th" if closes => text.push('\t'),
                "li" if !closes => {
                    line(text);
                    text.push_str("- ");
                }
                "br" => text.push('\n'),
                "p" | "div" | "tr" | "ul" | "ol" | "table" | "section" | "article" | "header" | "footer"
                | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" | "dt" | "dd" | "hr" | "pre"
                | "blockquote" => line(text),
                _ => {}
            },
        }
    }
    document
}

fn line(text: &mut String) {
    text.truncate(text.trim_end_matches([' ', '\t']).len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}

/// The rows of the table with the most cells; none where there is no table.
pub(crate) fn table(html: &str) -> Vec<Vec<String>> {
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    // Tables inside of tables: those that are open, the innermost last.
    let mut open: Vec<usize> = Vec::new();
    // Whether a cell of each is open, and how many columns it covers beside its own.
    let mut in_cell: Vec<(bool, usize)> = Vec::new();
    for token in (Tokens { rest: html }) {
        match token {
            Token::Tag(name, false, _) if name == "table" => {
                open.push(tables.len());
                in_cell.push((false, 0));
                tables.push(Vec::new());
            }
            Token::Tag(name, true, _) if name == "table" => {
                open.pop();
                in_cell.pop();
            }
            Token::Tag(name, closes, attributes) => {
                let (Some(table), Some((inside, covered))) =
                    (open.last().map(|at| &mut tables[*at]), in_cell.last_mut())
                else {
                    continue;
                };
                match (name.as_str(), closes) {
                    ("tr", false) => {
                        table.push(Vec::new());
                        (*inside, *covered) = (false, 0);
                    }
                    ("td" | "th", false) => {
                        if table.is_empty() {
                            table.push(Vec::new());
                        }
                        let span = attribute(attributes, "colspan").and_then(|n| n.parse::<usize>().ok());
                        let Some(row) = table.last_mut() else { continue };
                        // What a wide cell covers is empty, and comes before the next one.
                        let owed = std::mem::replace(covered, span.unwrap_or(1).clamp(1, 1_000) - 1);
                        row.extend(std::iter::repeat_n(String::new(), owed + 1));
                        *inside = true;
                    }
                    ("td" | "th" | "tr", true) => *inside = false,
                    ("br" | "p" | "div" | "li", _) if *inside => {
                        if let Some(cell) = last_begun(table)
                            && !cell.is_empty()
                            && !cell.ends_with('\n')
                        {
                            cell.push('\n');
                        }
                    }
                    _ => {}
                }
            }
            Token::Text(run) => {
                if in_cell.last().is_some_and(|(inside, _)| *inside)
                    && let Some(table) = open.last().map(|at| &mut tables[*at])
                    && let Some(cell) = last_begun(table)
                {
                    cell.push_str(&unescaped(run).replace(['\n', '\r'], " "));
                }
            }
        }
    }
    let cells = |table: &Vec<Vec<String>>| table.iter().map(Vec::len).sum::<usize>();
    let mut rows = tables.into_iter().max_by_key(cells).unwrap_or_default();
    for cell in rows.iter_mut().flatten() {
        let lines = cell.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        *cell = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    }
    rows
}

fn last_begun(table: &mut [Vec<String>]) -> Option<&mut String> {
    table.last_mut().and_then(|row| row.last_mut())
}

fn attribute(attributes: &str, name: &str) -> Option<String> {
    let small = attributes.to_ascii_lowercase();
    let at = small.match_indices(name).find(|(at, _)| {
        let alone = at.checked_sub(1).is_none_or(|before| small.as_bytes()[before].is_ascii_whitespace());
        alone && small[at + name.len()..].trim_start().starts_with('=')
    });
    let value = attributes[at?.0 + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let text = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(|c: char| c.is_ascii_whitespace() || c == '>').next()?,
    };
    Some(unescaped(text))
}

/// Text with its entities as signs; what is no entity stays.
fn unescaped(text: &str) -> String {
    const ENTITY_BYTES_MAX: usize = 32;
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.bytes().take(ENTITY_BYTES_MAX).position(|b| b == b';');
        let resolved = end.and_then(|end| {
            let name = &rest[..end];
            let number = name.strip_prefix('#').map(|n| match n.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => n.parse().ok(),
            });
            let sign = match number {
                Some(number) => number.and_then(char::from_u32).filter(|c| *c != '\0').map(String::from),
                None => resolve_html5_entity(name).map(str::to_owned),
            };
            sign.map(|sign| (sign, end))
        });
        match resolved {
            Some((sign, end)) => {
                out.push_str(if sign == "\u{a0}" { " " } else { &sign });
                rest = &rest[end + 1..];
            }
            None => out.push('&'),
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_is_text() {
        let page = "<!DOCTYPE html><html><head><title>CV</title><style>p>a{}</style></head><body>\
            <h1>Ada&nbsp;Moss</h1>\n<p>Built <b>shops</b> &amp; more<br>at Acme</p><ul><li>Django<li>Go</ul>\
            <a href='https://github.com/ada'>me</a><script>if (a<b) x</script><!-- <p>no</p> --> 3 < 4</body></html>";
        let read = document(page);
        assert_eq!(read.text, "Ada Moss\nBuilt shops & more\nat Acme\n- Django\n- Go\nme 3 < 4");
        assert_eq!(read.targets, ["https://github.com/ada"]);
    }

    #[test]
    fn the_largest_table_is_the_table() {
        let page = "<table><tr><td>Report</td></tr></table><TABLE border=1><tr><th>Name<th>Skills</tr>\
            <tr><td> Ada\n Moss </td><td>Django<br/>Go &gt; 1</td></tr><tr><td colspan=\"2\">x</td></tr></TABLE>";
        assert_eq!(table(page), [vec!["Name", "Skills"], vec!["Ada Moss", "Django\nGo > 1"], vec!["x"]]);
        assert!(table("<p>none</p>").is_empty());
    }

    proptest! {
        #[test]
        fn no_page_breaks_it(page in "[<>/a-ctdrhbé&;#x0-9\"'=! -]{0,60}") {
            let _ = (document(&page), table(&page));
        }
    }
}
