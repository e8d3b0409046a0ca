//! A cell as plain text, with the way back to what stands in the file.
//!
//! People paste from everywhere: full-width letters, non-breaking spaces, direction marks, typographic dashes, emoji
//! as bullets, rows of stars, HTML. All of it is folded once, here, so that everything behind reads plain signs; each
//! byte of the plain text knows the bytes that it came from. Letter case stays.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::spelling::{is_ignored, plain_sign};

/// Stands before both figures of a rating that was drawn as stars or dots: `★4★5` is 4 of 5.
pub(super) const RATED: char = '★';
/// A cross: not held.
pub(super) const CROSS: char = '✗';
/// What every bullet becomes.
pub(super) const BULLET: char = '•';

/// Plain text and where each of its bytes came from.
pub(super) struct Plain<'a> {
    pub text: Cow<'a, str>,
    /// For each byte of `text`, the bytes of the cell that it stands for; empty where both are the same.
    origin: Vec<(u32, u32)>,
}

impl<'a> Plain<'a> {
    pub fn of(cell: &'a str) -> Self {
        // All bytes are looked at, several at once.
        let (folds, opens) = cell.bytes().fold((false, false), |(folds, opens), b| {
            (folds | (b >= 128) | (b == b'&') | (b == b'<'), opens | (b == b'['))
        });
        let folds = folds || (opens && cell.match_indices('[').any(|(at, _)| boxed(cell, at).is_some()));
        // Offsets are kept in 32 bits; an importer's cell is a mebibyte at most.
        if !folds || u32::try_from(cell.len()).is_err() {
            return Self { text: Cow::Borrowed(cell), origin: Vec::new() };
        }
        let mut folding = Folding {
            text: String::with_capacity(cell.len()),
            origin: Vec::new(),
            marks: Marks::Unseen,
            looked: 0,
            named: false,
        };
        let mut at = 0;
        while at < cell.len() {
            at += folding.take(cell, at);
        }
        Self { text: Cow::Owned(folding.text), origin: folding.origin }
    }

    /// The bytes of the cell that a part of the plain text stands for.
    pub fn span(&self, plain: Range<usize>) -> Range<usize> {
        if self.origin.is_empty() {
            return plain;
        }
        let start = self.origin.get(plain.start).map_or(0, |o| o.0 as usize);
        let end =
            plain.end.checked_sub(1).and_then(|last| self.origin.get(last)).map_or(start, |o| o.1 as usize);
        start..end.max(start)
    }
}

struct Folding {
    text: String,
    origin: Vec<(u32, u32)>,
    marks: Marks,
    /// How far the text was looked at for a name.
    looked: usize,
    /// Whether a name stands behind its last separator, as far as that.
    named: bool,
}

/// Where ticks and crosses stand on a line, as its first one shows: `✔ Java ✗ PHP`, `Java ✔, PHP ✗`.
#[derive(Clone, Copy, PartialEq)]
enum Marks {
    Unseen,
    InFront,
    Behind,
}

/// The bytes of `[x]`.
const BOX_BYTES: usize = 3;

/// Whether a name may stand right behind a mark.
fn goes_on(behind: &str) -> bool {
    let behind = behind.trim_start_matches([' ', '\u{a0}', '\u{fe0f}']);
    behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '"' | '\''))
}

/// Whether the box at a place is ticked: `[x] Java`, `[ ] PHP`; `None` where there is none, as in `int[ ] x`.
fn boxed(cell: &str, at: usize) -> Option<bool> {
    let bytes = cell.as_bytes();
    let ticked = match bytes.get(at..at + BOX_BYTES)? {
        b"[ ]" => false,
        b"[x]" | b"[X]" => true,
        _ => return None,
    };
    let is_edge = |b: u8| b.is_ascii_whitespace() || b",;|\"'".contains(&b);
    let free = at.checked_sub(1).is_none_or(|before| is_edge(bytes[before]))
        && bytes.get(at + BOX_BYTES).is_none_or(|after| is_edge(*after));
    free.then_some(ticked)
}

impl Folding {
    fn push(&mut self, c: char, from: usize, len: usize) {
        self.text.push(c);
        let place = (offset(from), offset(from + len));
        self.origin.extend(std::iter::repeat_n(place, c.len_utf8()));
    }

    fn push_all(&mut self, chars: impl Iterator<Item = char>, from: usize, len: usize) {
        for c in chars {
            self.push(c, from, len);
        }
    }

    /// Folds what begins at `at`; gives how many bytes that was.
    fn take(&mut self, cell: &str, at: usize) -> usize {
        let rest = &cell[at..];
        let Some(c) = rest.chars().next() else { return 1 };
        let len = c.len_utf8();
        if c.is_ascii() {
            let special = match c {
                '&' => entity(rest).map(|(len, c)| (len, Some(c))),
                '<' => tag(rest),
                '[' => match boxed(cell, at) {
                    Some(ticked) => return self.ascii_box(rest, at, ticked),
                    None => None,
                },
                _ => None,
            };
            if let Some((len, c)) = special {
                self.push_all(c.into_iter(), at, len);
                return len;
            }
            // A mark on a separator stays by itself, so that the separator separates.
            let has_mark = rest[len..].starts_with(|next: char| !next.is_ascii() && is_combining_mark(next));
            if has_mark && (c.is_ascii_alphanumeric() || matches!(c, '#' | '*')) {
                return self.cluster(rest, at);
            }
            self.push(c, at, len);
            return len;
        }
        if is_mark_of_rating(c) {
            return self.rating(rest, at);
        }
        match c {
            _ if is_ignored(c) => {}
            '✗' | '✘' | '❌' | '❎' => {
                let before = if self.mark(&rest[len..]) { BULLET } else { ' ' };
                self.push_all([before, CROSS, ' '].into_iter(), at, len);
            }
            // An empty box parts items, and denies the one behind it.
            '☐' => {
                self.mark(&rest[len..]);
                self.push_all([BULLET, CROSS, ' '].into_iter(), at, len);
            }
            '✓' | '✔' | '✅' | '☑' => {
                self.mark(&rest[len..]);
                self.push(BULLET, at, len);
            }
            '½' | '¼' | '¾' => self.fraction(c, at, len),
            '≥' => self.push_all(">=".chars(), at, len),
            '≈' | '∼' | '～' => self.push('~', at, len),
            '\u{2014}' | '\u{2015}' => self.push_all(" - ".chars(), at, len),
            '、' => self.push(',', at, len),
            '。' => self.push('.', at, len),
            '\u{85}' | '\u{2028}' | '\u{2029}' => self.push('\n', at, len),
            _ if c.is_whitespace() => self.push(' ', at, len),
            _ if is_bullet(c) => self.push(BULLET, at, len),
            _ if plain_sign(c) != c => self.push(plain_sign(c), at, len),
            _ => return self.cluster(rest, at),
        }
        len
    }

    /// Takes note of a tick or cross, and of what stands behind it. Whether it belongs to the name behind it, and parts
    /// that from another before it.
    fn mark(&mut self, behind: &str) -> bool {
        let named = self.is_behind_a_name();
        let goes_on = goes_on(behind);
        if self.marks == Marks::Unseen {
            // `Frontend: ✔ React ✗ Vue`, but `Vue: ✗ React: ✔`
            let labelled = || {
                let next = behind.split([',', ';', '|', '\n']).next();
                self.text.trim_end().ends_with(':') && goes_on && !next.is_some_and(|next| next.contains(':'))
            };
            self.marks = if !named || labelled() { Marks::InFront } else { Marks::Behind };
        }
        self.marks == Marks::InFront && named && goes_on
    }

    /// Whether a letter or figure stands between here and the last separator. Looks at each sign once.
    fn is_behind_a_name(&mut self) -> bool {
        for c in self.text[self.looked..].chars() {
            match c {
                '\n' | '\r' => (self.named, self.marks) = (false, Marks::Unseen),
                ',' | ';' | '|' | '\t' | BULLET => self.named = false,
                _ => self.named |= c.is_alphanumeric(),
            }
        }
        self.looked = self.text.len();
        self.named
    }

    /// `[x]` and `[ ]`: ticked, and not held.
    fn ascii_box(&mut self, rest: &str, at: usize, ticked: bool) -> usize {
        let behind = &rest[BOX_BYTES..];
        let before = if self.mark(behind) { BULLET } else { ' ' };
        let after = if self.marks == Marks::Behind && goes_on(behind) { BULLET } else { ' ' };
        let cross = (!ticked).then_some(CROSS);
        self.push_all([before].into_iter().chain(cross).chain([after]), at, BOX_BYTES);
        BOX_BYTES
    }

    /// One letter with the marks on it.
    fn cluster(&mut self, rest: &str, at: usize) -> usize {
        let mut chars = rest.char_indices();
        chars.next();
        let len = chars.find(|(_, c)| !is_combining_mark(*c)).map_or(rest.len(), |(end, _)| end);
        if rest[..len].contains('\u{20e3}') && rest.starts_with(|c: char| c.is_ascii()) {
            // A figure in a keycap is a bullet.
            self.push(BULLET, at, len);
        } else {
            let folded: String = rest[..len].nfkc().collect();
            // A sign that folds to several with a bracket or stop among them would be taken apart.
            let parts = folded.chars().count() > 1 && folded.contains(|c: char| c.is_ascii_punctuation());
            let chars = if parts { &rest[..len] } else { &folded };
            self.push_all(chars.chars().map(plain_sign), at, len);
        }
        len
    }

    fn fraction(&mut self, c: char, at: usize, len: usize) {
        let after_a_figure = self.text.ends_with(|c: char| c.is_ascii_digit());
        if !after_a_figure {
            self.push('0', at, len);
        }
        let decimals = match c {
            '½' => ".5",
            '¼' => ".25",
            _ => ".75",
        };
        self.push_all(decimals.chars(), at, len);
    }

    /// `★★★★☆` is 4 of 5. One mark alone is a bullet; full marks alone are a rating where they are five.
    fn rating(&mut self, rest: &str, at: usize) -> usize {
        let is_part = |c: &char| is_mark_of_rating(*c) || *c == '\u{fe0f}';
        let run: Vec<char> = rest.chars().take_while(is_part).collect();
        let len: usize = run.iter().map(|c| c.len_utf8()).sum();
        let marks = run.iter().filter(|c| is_mark_of_rating(**c)).count();
        let full = run.iter().filter(|c| is_full_mark(**c)).count();
        if marks == 1 {
            self.push(BULLET, at, len);
        } else if marks <= 10 && (full < marks || marks == 5) {
            self.push_all(format!(" {RATED}{full}{RATED}{marks} ").chars(), at, len);
        } else {
            self.push(' ', at, len);
        }
        len
    }
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("cells of 4 GiB are not folded")
}

fn is_full_mark(c: char) -> bool {
    matches!(c, '★' | '⭐' | '●' | '⬤' | '■' | '◼' | '⚫' | '◆' | '✪' | '🟢' | '🔵')
}

fn is_mark_of_rating(c: char) -> bool {
    is_full_mark(c) || matches!(c, '☆' | '✩' | '○' | '◯' | '□' | '◻' | '⚪' | '◇')
}

/// Bullets, arrows, ticks, boxes, emoji: what stands before or between the items of a list.
fn is_bullet(c: char) -> bool {
    matches!(c,
        '\u{b7}' | '\u{2022}' | '\u{2023}' | '\u{2027}' | '\u{203b}' | '\u{2043}' | '\u{2219}' | '\u{22c5}' | '\u{30fb}'
        | '\u{2190}'..='\u{21ff}' | '\u{2300}'..='\u{23ff}' | '\u{2500}'..='\u{265f}' | '\u{2670}'..='\u{27bf}'
        | '\u{2900}'..='\u{297f}' | '\u{2b00}'..='\u{2bff}' | '\u{f0a7}' | '\u{f0b7}' | '\u{f0fc}'
        | '\u{1f300}'..='\u{1faff}')
}

/// The few entities that exports hold.
fn entity(rest: &str) -> Option<(usize, char)> {
    const ENTITIES: [(&str, char); 8] = [
        ("&amp;", '&'),
        ("&nbsp;", ' '),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&bull;", BULLET),
        ("&ndash;", '-'),
    ];
    ENTITIES.iter().find(|(name, _)| rest.starts_with(name)).map(|(name, c)| (name.len(), *c))
}

/// `<br>`, `<li>`, `</p>` break a line; `<b>` and its like say nothing.
fn tag(rest: &str) -> Option<(usize, Option<char>)> {
    const LENGTH_MAX: usize = 40;
    let end = rest.bytes().take(LENGTH_MAX).position(|b| b == b'>')?;
    let inside = rest.get(1..end)?.trim_start_matches('/');
    let name = inside.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("").to_ascii_lowercase();
    match name.as_str() {
        "br" | "li" | "ul" | "ol" | "p" | "div" | "td" | "tr" => Some((end + 1, Some('\n'))),
        "b" | "i" | "em" | "strong" | "span" => Some((end + 1, None)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    //! - plain ASCII is itself
    //! - what people paste becomes plain, and leads back

    use super::*;

    #[test]
    fn what_people_paste_becomes_plain() {
        for (cell, wanted) in [
            ("Django; C#", "Django; C#"),
            ("Ｒｅａｃｔ１８", "React18"),
            ("Java\u{a0}8\u{200f}", "Java 8"),
            ("React – expert", "React - expert"),
            ("React—expert", "React - expert"),
            ("🔹 Java ✅ Go", "• Java • Go"),
            ("Java ★★★★☆", "Java  ★4★5 "),
            ("★ Java", "• Java"),
            ("1️⃣ Java", "• Java"),
            ("1½ years", "1.5 years"),
            ("R&amp;D<br/>Java", "R&D\nJava"),
            ("<b>Java</b> <T>", "Java <T>"),
            ("an\u{303}os Java™", "años Java"),
            ("PHP ❌", "PHP  ✗ "),
            ("☐ Vue ☑ Go", "•✗  Vue • Go"),
            ("✔ Java ✗ PHP", "• Java •✗  PHP"),
            ("Java ✔, PHP ✗", "Java •, PHP  ✗ "),
            ("[x] Java [ ] PHP", "   Java •✗  PHP"),
            ("Java [x] Go [ ]", "Java  • Go  ✗ "),
            ("Web: ✔ Vue ✗ PHP", "Web: • Vue •✗  PHP"),
            ("Vue: ✗ PHP: ✔", "Vue:  ✗  PHP: •"),
            ("✔ Java, PHP ✗", "• Java, PHP  ✗ "),
            ("int[ ] x, A[x]", "int[ ] x, A[x]"),
        ] {
            assert_eq!(Plain::of(cell).text, wanted, "{cell:?}");
        }
    }

    #[test]
    fn every_plain_part_leads_back_to_the_cell() {
        let cell = "Ｒｅａｃｔ – ½ años ★★★☆☆, R&amp;D";
        let plain = Plain::of(cell);
        let at = plain.text.find("React").unwrap();
        assert_eq!(&cell[plain.span(at..at + 5)], "Ｒｅａｃｔ");
        let at = plain.text.find("★3★5").unwrap();
        assert_eq!(&cell[plain.span(at..at + 8)], "★★★☆☆");
        let at = plain.text.find("&D").unwrap();
        assert_eq!(&cell[plain.span(at..at + 2)], "&amp;D");
        for start in 0..=plain.text.len() {
            assert!(cell.get(plain.span(start..start)).is_some());
        }
    }
}
