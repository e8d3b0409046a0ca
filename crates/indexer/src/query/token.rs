//! The tokens of a query.
//!
//! White space, commas and semicolons separate. Brackets and double quotes (typewritten or typographic) stand for
//! themselves; everything else is a word, so that `c++`, `ci/cd` and `objective-c` are words. A colon after letters
//! makes a field. A dash makes `not` at the beginning of a word and nowhere else.

use super::QueryError;

/// A token and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    /// First byte.
    pub at: usize,
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
    /// `*` alone.
    Everybody,
    Word(String),
    Phrase(String),
    Field {
        name: String,
        value: Value,
    },
}

/// What stands after a field's colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub text: String,
    /// First byte, quote included.
    pub at: usize,
}

/// Cuts a query into tokens.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, QueryError> {
    let mut lexer = Lexer { query, at: 0 };
    let mut tokens = Vec::new();
    loop {
        let before = lexer.at;
        lexer.skip(is_gap);
        let at = lexer.at;
        if lexer.peek().is_none() {
            return Ok(tokens);
        }
        let spaced = at > before && query[before..at].chars().all(char::is_whitespace);
        let kind = lexer.token()?;
        tokens.push(Token { kind, at, spaced });
    }
}

struct Lexer<'a> {
    query: &'a str,
    at: usize,
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

    fn token(&mut self) -> Result<Kind, QueryError> {
        let at = self.at;
        for (sign, kind) in
            [("&&", Kind::And), ("||", Kind::Or), ("(", Kind::Open), (")", Kind::Close), ("!", Kind::Not)]
        {
            if self.rest().starts_with(sign) {
                self.at += sign.len();
                return Ok(kind);
            }
        }
        let Some(c) = self.peek() else { return Err(QueryError::at(at, "expected a word")) };
        if is_quote(c) {
            return self.quoted().map(|value| Kind::Phrase(value.text));
        }
        if is_dash(c) {
            self.bump(c);
            if self.peek().is_none_or(|c| is_gap(c) || c == ')') {
                let hint = "`-word` without a space leaves people out; `\"-\"` is no word";
                return Err(QueryError::at(at, "expected a word right after `-`").hint(hint));
            }
            return Ok(Kind::Minus);
        }
        if c == '~' {
            self.bump(c);
            let value =
                self.value().ok_or_else(|| QueryError::at(self.at, "expected a skill right after `~`"))??;
            return Ok(Kind::Field { name: "like".to_owned(), value });
        }
        if is_comparison(c) {
            let hint =
                "`years>=5` asks for years of experience in all; years of one skill are for roles to ask";
            return Err(QueryError::at(at, format!("expected a word before `{c}`")).hint(hint));
        }
        let word = self.word();
        if word == "*" {
            return Ok(Kind::Everybody);
        }
        if let Some(kind) = self.field(at, &word)? {
            return Ok(kind);
        }
        Ok(match word.to_ascii_lowercase().as_str() {
            "and" => Kind::And,
            "or" => Kind::Or,
            "not" => Kind::Not,
            _ => Kind::Word(word),
        })
    }

    /// Everything up to a gap, a bracket, a quote or an operator sign.
    fn word(&mut self) -> String {
        let start = self.at;
        let mut last = ' ';
        while let Some(c) = self.peek() {
            let rest = self.rest();
            let next = rest[c.len_utf8()..].chars().next();
            let decimal_comma = c == ',' && last.is_ascii_digit() && next.is_some_and(|n| n.is_ascii_digit());
            let ends = is_gap(c) && !decimal_comma || matches!(c, '(' | ')') || is_quote(c);
            if ends || rest.starts_with("&&") || rest.starts_with("||") {
                break;
            }
            self.bump(c);
            last = c;
        }
        self.query[start..self.at].to_owned()
    }

    /// A word that is a field: `name:value`, `name:"quoted value"`, `years>=5`.
    fn field(&mut self, at: usize, word: &str) -> Result<Option<Kind>, QueryError> {
        let end = word.find(|c: char| !(c.is_alphabetic() || c == '_')).unwrap_or(word.len());
        let (name, rest) = (word[..end].to_lowercase(), &word[end..]);
        if end > 0 && rest.starts_with(':') {
            self.at = at + end + 1;
            let value = self.value().ok_or_else(|| {
                let hint = format!("write `{name}:value`, without a space");
                QueryError::at(self.at, format!("expected a value right after `{name}:`")).hint(hint)
            })??;
            return Ok(Some(Kind::Field { name, value }));
        }
        if name == "years" {
            self.at = at + end;
            self.skip(char::is_whitespace);
            if self.peek().is_some_and(is_comparison) {
                let value_at = self.at;
                self.skip(is_comparison);
                let sign = self.query[value_at..self.at].to_owned();
                self.skip(char::is_whitespace);
                let text = format!("{sign}{}", self.word());
                return Ok(Some(Kind::Field { name, value: Value { text, at: value_at } }));
            }
            self.at = at + word.len();
        }
        Ok(None)
    }

    /// A value that stands right here, bare or quoted; `None` where none does.
    fn value(&mut self) -> Option<Result<Value, QueryError>> {
        let at = self.at;
        if self.peek().is_some_and(is_quote) {
            return Some(self.quoted());
        }
        let text = self.word();
        (!text.is_empty()).then_some(Ok(Value { text, at }))
    }

    fn quoted(&mut self) -> Result<Value, QueryError> {
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
        Ok(Value { text, at })
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
fn is_dash(c: char) -> bool {
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

    fn field(name: &str, text: &str, at: usize) -> Kind {
        Kind::Field { name: name.to_owned(), value: Value { text: text.to_owned(), at } }
    }

    #[test]
    fn words_hold_the_signs_of_skill_names() {
        for name in ["c++", "c#", ".net", "node.js", "ci/cd", "objective-c", "c++:", "r&d"] {
            assert_eq!(kinds(name), [word(name)]);
        }
        assert_eq!(kinds("a&&b||c"), [word("a"), Kind::And, word("b"), Kind::Or, word("c")]);
    }

    #[test]
    fn a_dash_is_not_at_the_beginning_of_a_word_only() {
        assert_eq!(kinds("-a b-c"), [Kind::Minus, word("a"), word("b-c")]);
        assert_eq!(kinds("–a"), [Kind::Minus, word("a")]);
        assert_eq!(tokens("a - b").unwrap_err().position, 2);
    }

    #[test]
    fn quotes_of_every_kind_quote() {
        for query in ["\"a b\"", "“a b”", "„a b“", "«a b»", "”a b\""] {
            assert_eq!(kinds(query), [Kind::Phrase("a b".to_owned())], "{query}");
        }
        assert_eq!(tokens("a \"b").unwrap_err().position, 2);
        assert_eq!(tokens("“ ”").unwrap_err().position, 0);
    }

    #[test]
    fn fields_have_values() {
        assert_eq!(kinds("Country:de"), [field("country", "de", 8)]);
        assert_eq!(kinds("city:\"new york\"x"), [field("city", "new york", 5), word("x")]);
        assert_eq!(kinds("years:>=2,5"), [field("years", ">=2,5", 6)]);
        assert_eq!(kinds("years >= 5 a"), [field("years", ">=5", 6), word("a")]);
        assert_eq!(kinds("years a"), [word("years"), word("a")]);
        assert_eq!(kinds("~django"), [field("like", "django", 1)]);
        assert_eq!(tokens("a:").unwrap_err().position, 2);
        assert_eq!(tokens("django >= 3").unwrap_err().position, 7);
    }

    #[test]
    fn commas_separate_and_break_runs() {
        let read = tokens("a, b\u{a0}c").unwrap();
        assert_eq!(read.iter().map(|t| t.spaced).collect::<Vec<_>>(), [false, false, true]);
    }
}
