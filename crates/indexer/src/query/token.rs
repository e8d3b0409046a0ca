//! The tokens of a query.
//!
//! White space, commas and semicolons separate. Brackets, quotes (typewritten or typographic), comparisons and `|` stand
//! for themselves; everything else is a word, so that `c++`, `ci/cd` and `objective-c` are words. A colon after letters
//! makes a field. Dash, plus, tilde and exclamation mark count at the beginning of a word and nowhere else.

use super::QueryError;

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// First byte.
    pub at: usize,
    /// The byte after the last.
    pub end: usize,
    /// Whether only white space stands between the token before and this one, and some does.
    pub spaced: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    /// `not` or `!`.
    Not,
    /// A leading `-`.
    Minus,
    /// A leading `~`.
    Like,
    /// `*` alone.
    Everybody,
    Word(String),
    Phrase(String),
    /// A name and its colon; what stands right after it is its value.
    Field(String),
    /// `<`, `<=`, `=`, `>=` or `>`.
    Compare(&'static str),
}

/// Cuts a query into tokens.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { query, at: 0, is_value: false };
    let mut tokens: Vec<Token> = Vec::new();
    loop {
        let before = lexer.at;
        lexer.skip(is_gap);
        let at = lexer.at;
        if let Some(Token { kind: Kind::Field(name), .. }) = tokens.last()
            && (at > before || lexer.peek().is_none_or(|c| c == ')'))
        {
            let hint = format!("write `{name}:value`, without a space");
            return Err(QueryError::at(before, format!("expected a value right after `{name}:`")).hint(hint));
        }
        if lexer.peek().is_none() {
            return Ok(tokens);
        }
        let spaced = at > before && query[before..at].chars().all(char::is_whitespace);
        if let Some(kind) = lexer.token()? {
            tokens.push(Token { kind, at, end: lexer.at, spaced });
        }
    }
}

struct Lexer<'a> {
    query: &'a str,
    at: usize,
    /// Whether the value of a field stands here: what begins it is no sign.
    is_value: bool,
}

impl Lexer<'_> {
    fn rest(&self) -> &str {
        &self.query[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn skip(&mut self, what: impl Fn(char) -> bool) {
        self.at += self.rest().find(|c| !what(c)).unwrap_or(self.rest().len());
    }

    /// The next token; `None` where it says nothing (`+`).
    fn token(&mut self) -> Result<Option<Kind>, QueryError> {
        let at = self.at;
        let is_value = std::mem::take(&mut self.is_value);
        for (sign, kind) in
            [("&&", Kind::And), ("||", Kind::Or), ("|", Kind::Or), ("(", Kind::Open), (")", Kind::Close)]
        {
            if self.rest().starts_with(sign) {
                self.at += sign.len();
                return Ok(Some(kind));
            }
        }
        let Some(c) = self.peek() else { return Err(QueryError::at(at, "expected a word")) };
        if is_comparison(c) {
            self.is_value = is_value;
            return self.comparison().map(Some);
        }
        if is_quote(c) {
            return self.quoted().map(|text| Some(Kind::Phrase(text)));
        }
        if let Some(text) = self.in_single_quotes(c) {
            return Ok(Some(Kind::Phrase(text)));
        }
        if is_value {
            return Ok(Some(Kind::Word(self.word())));
        }
        if is_dash(c) || c == '+' || c == '~' {
            self.bump(c);
            if self.peek().is_none_or(|c| is_gap(c) || c == ')') {
                let hint = match c {
                    '~' => "`~django` finds what is related to the skill",
                    '+' => "`+word` without a space asks for the word; `\"+\"` is no word",
                    _ => "`-word` without a space leaves people out; `\"-\"` is no word",
                };
                let what = if c == '~' { "a skill" } else { "a word" };
                let sign = if is_dash(c) { '-' } else { c };
                return Err(QueryError::at(at, format!("expected {what} right after `{sign}`")).hint(hint));
            }
            return Ok(match c {
                '~' => Some(Kind::Like),
                // All words side by side are asked for anyway.
                '+' => None,
                _ => Some(Kind::Minus),
            });
        }
        if c == '!' {
            self.bump(c);
            return Ok(Some(Kind::Not));
        }
        let word = self.word();
        if let Some(name) = self.field(at, &word) {
            self.is_value = true;
            return Ok(Some(Kind::Field(name)));
        }
        Ok(Some(match word.to_ascii_lowercase().as_str() {
            "*" => Kind::Everybody,
            "and" | "&" => Kind::And,
            "or" => Kind::Or,
            "not" => Kind::Not,
            _ => Kind::Word(word),
        }))
    }

    fn comparison(&mut self) -> Result<Kind, QueryError> {
        let at = self.at;
        self.skip(is_comparison);
        Ok(Kind::Compare(match &self.query[at..self.at] {
            "<" => "<",
            "<=" | "=<" | "≤" => "<=",
            "=" | "==" => "=",
            ">=" | "=>" | "≥" => ">=",
            ">" => ">",
            other => {
                let message = format!("expected `<`, `<=`, `=`, `>=` or `>`, found `{other}`");
                return Err(QueryError::at(at, message));
            }
        }))
    }

    /// Everything up to a gap, a bracket, a quote or an operator sign.
    fn word(&mut self) -> String {
        let start = self.at;
        let mut last = ' ';
        while let Some(c) = self.peek() {
            let rest = self.rest();
            let next = rest[c.len_utf8()..].chars().next();
            let decimal_comma = c == ',' && last.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit());
            let ends = is_gap(c) && !decimal_comma
                || matches!(c, '(' | ')' | '|')
                || is_quote(c)
                || is_comparison(c);
            if ends || rest.starts_with("&&") {
                break;
            }
            self.bump(c);
            last = c;
        }
        self.query[start..self.at].to_owned()
    }

    /// The name, where a word begins with letters and a colon; goes on behind it. An address of the web is a word.
    fn field(&mut self, at: usize, word: &str) -> Option<String> {
        let end = word.find(|c: char| !(c.is_alphabetic() || matches!(c, '_')))?;
        let value = word[end..].strip_prefix(':')?;
        if end == 0 || value.starts_with("//") {
            return None;
        }
        self.at = at + end + 1;
        Some(word[..end].to_lowercase())
    }

    fn quoted(&mut self) -> Result<String, QueryError> {
        let at = self.at;
        let opening = self.peek().map_or(0, char::len_utf8);
        let inside = &self.rest()[opening..];
        let Some(end) = inside.find(is_quote) else {
            return Err(QueryError::at(at, "expected a closing quote").hint("this one is never closed"));
        };
        let text = inside[..end].to_owned();
        if text.trim().is_empty() {
            return Err(QueryError::at(at, "expected words between the quotes"));
        }
        self.at += opening + end;
        let closing = self.peek().map_or(0, char::len_utf8);
        self.at += closing;
        Ok(text)
    }

    /// A phrase in single quotes, where one closes at the end of a word: `'spring boot'`, but not `o'brien` or `'tis`.
    fn in_single_quotes(&mut self, opening: char) -> Option<String> {
        let closing: &[char] = match opening {
            '\'' => &['\''],
            '‘' | '‚' | '’' => &['’', '‘'],
            _ => return None,
        };
        let from = self.at + opening.len_utf8();
        let inside = &self.query[from..];
        let ends = |at: usize, found: char| {
            let next = inside[at + found.len_utf8()..].chars().next();
            next.is_none_or(|c| is_gap(c) || matches!(c, '(' | ')' | '|'))
        };
        let mut quotes = inside.char_indices().filter(|(_, c)| closing.contains(c));
        let (end, found) = quotes.find(|(at, c)| ends(*at, *c))?;
        let text = inside[..end].to_owned();
        if text.trim().is_empty() || text.contains(is_quote) {
            return None;
        }
        self.at = from + end + found.len_utf8();
        Some(text)
    }
}

/// What stands between words. Control signs count as white space: nobody types them.
fn is_gap(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, ',' | ';')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

/// The dash of the keyboard, and those into which programs turn it.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn is_comparison(c: char) -> bool {
    matches!(c, '<' | '>' | '=' | '≤' | '≥')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(query: &str) -> Vec<Kind> {
        tokens(query).unwrap().into_iter().map(|t| t.kind).collect()
    }

    fn word(text: &str) -> Kind {
        Kind::Word(text.to_owned())
    }

    fn field(name: &str) -> Kind {
        Kind::Field(name.to_owned())
    }

    fn phrase(text: &str) -> Kind {
        Kind::Phrase(text.to_owned())
    }

    #[test]
    fn words_hold_the_signs_of_skill_names() {
        for name in ["c++", "c#", ".net", "node.js", "ci/cd", "objective-c", "c++:", "r&d", "https://x.org/a"]
        {
            assert_eq!(kinds(name), [word(name)]);
        }
        assert_eq!(kinds("a&&b||c"), [word("a"), Kind::And, word("b"), Kind::Or, word("c")]);
        assert_eq!(kinds("a | b & c"), [word("a"), Kind::Or, word("b"), Kind::And, word("c")]);
    }

    #[test]
    fn signs_count_at_the_beginning_of_a_word_only() {
        assert_eq!(kinds("-a b-c"), [Kind::Minus, word("a"), word("b-c")]);
        assert_eq!(kinds("–a +b ~c"), [Kind::Minus, word("a"), word("b"), Kind::Like, word("c")]);
        assert_eq!(tokens("a - b").unwrap_err().position, 2);
        assert_eq!(tokens("a ~").unwrap_err().position, 2);
    }

    #[test]
    fn quotes_of_every_kind_quote() {
        for query in ["\"a b\"", "“a b”", "„a b“", "«a b»", "”a b\"", "'a b'", "‘a b’"] {
            assert_eq!(kinds(query), [phrase("a b")], "{query}");
        }
        assert_eq!(kinds("o'brien 'tis"), [word("o'brien"), word("'tis")]);
        assert_eq!(kinds("('o'brien')"), [Kind::Open, phrase("o'brien"), Kind::Close]);
        assert_eq!(tokens("a \"b").unwrap_err().position, 2);
        assert_eq!(tokens("“ ”").unwrap_err().position, 0);
    }

    #[test]
    fn fields_have_values() {
        assert_eq!(kinds("Country:de"), [field("country"), word("de")]);
        assert_eq!(kinds("city:\"new york\"x"), [field("city"), phrase("new york"), word("x")]);
        assert_eq!(kinds("years:>=2,5"), [field("years"), Kind::Compare(">="), word("2,5")]);
        assert_eq!(kinds("years >= 5 a"), [word("years"), Kind::Compare(">="), word("5"), word("a")]);
        assert_eq!(kinds("a:-b"), [field("a"), word("-b")]);
        assert_eq!(kinds("django=>3"), [word("django"), Kind::Compare(">="), word("3")]);
        assert_eq!(tokens("a:").unwrap_err().position, 2);
        assert_eq!(tokens("a: b").unwrap_err().position, 2);
        assert_eq!(tokens("a >> b").unwrap_err().position, 2);
    }

    #[test]
    fn commas_separate_and_break_runs() {
        let read = tokens("a, b\u{a0}c").unwrap();
        assert_eq!(read.iter().map(|t| t.spaced).collect::<Vec<_>>(), [false, false, true]);
    }
}
