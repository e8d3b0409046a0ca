//! A query that is not understood: where, what would be, and what may be meant.

use thiserror::Error;
use unicode_width::UnicodeWidthChar;

/// Why a query was refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct QueryError {
    /// Byte of the query at which it stops making sense; the query's length where something is missing at its end.
    pub position: usize,
    /// What is wrong, a lower-case fragment.
    pub message: String,
    /// What to write instead, where there is an idea.
    pub hint: Option<String>,
}

/// Columns of a query that are shown on each side of the caret at most.
const SHOWN_COLUMNS: usize = 60;

impl QueryError {
    pub(crate) fn at(position: usize, message: impl Into<String>) -> Self {
        Self { position, message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds `did you mean ...`, where there is anything near.
    pub(crate) fn did_you_mean<S: AsRef<str>>(self, near: &[S]) -> Self {
        let quoted: Vec<String> = near.iter().map(|s| format!("`{}`", s.as_ref())).collect();
        match quoted.as_slice() {
            [] => self,
            [one] => self.hint(format!("did you mean {one}?")),
            [most @ .., last] => self.hint(format!("did you mean {} or {last}?", most.join(", "))),
        }
    }

    /// The query with a caret under the position, then the message, then the hint; lines without a line end.
    ///
    /// Of a long query the part around the position is shown. Signs that would move a cursor are shown as `·`.
    #[must_use]
    pub fn render(&self, query: &str) -> String {
        let at = query.floor_char_boundary(self.position.min(query.len()));
        let mut before: Vec<char> = Vec::new();
        let mut columns = 0;
        let mut cut_before = false;
        for c in query[..at].chars().rev().map(inert) {
            columns += c.width().unwrap_or(0);
            if columns > SHOWN_COLUMNS {
                cut_before = true;
                break;
            }
            before.push(c);
        }
        if cut_before {
            before.push('…');
        }
        let before: String = before.into_iter().rev().collect();
        let mut after = String::new();
        columns = 0;
        for c in query[at..].chars().map(inert) {
            columns += c.width().unwrap_or(0);
            if columns > SHOWN_COLUMNS {
                after.push('…');
                break;
            }
            after.push(c);
        }
        let indent = before.chars().map(|c| c.width().unwrap_or(0)).sum();
        let mut lines = format!("{before}{after}\n{:indent$}^\n{}", "", self.message);
        if let Some(hint) = &self.hint {
            lines.push_str("\nhint: ");
            lines.push_str(hint);
        }
        lines
    }
}

/// Shows a sign as itself, a space for white space, or a dot for what steers a terminal or turns the line round.
fn inert(c: char) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' => '·',
        c if c.is_control() => '·',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    //! - the caret stands under the position, whatever the width of what is before it
    //! - a long query is shown in part
    //! - nothing in a query steers the terminal

    use super::*;

    #[test]
    fn the_caret_stands_under_the_position() {
        let error = QueryError::at(10, "expected `)`").hint("write `)`");
        assert_eq!(
            error.render("rails and (react"),
            "rails and (react\n          ^\nexpected `)`\nhint: write `)`"
        );
        let wide = QueryError::at("東京 ".len(), "expected a word");
        assert_eq!(wide.render("東京 )"), "東京 )\n     ^\nexpected a word");
        assert_eq!(QueryError::at(99, "x").render("é"), "é\n ^\nx");
    }

    #[test]
    fn a_long_query_is_shown_in_part() {
        let query = "é".repeat(5_000);
        let shown = QueryError::at(5_001, "x").render(&query);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0].chars().count(), 2 * SHOWN_COLUMNS + 2);
        assert_eq!(lines[1].len(), SHOWN_COLUMNS + 2);
    }

    #[test]
    fn nothing_in_a_query_steers_the_terminal() {
        let shown = QueryError::at(0, "x").render("a\u{1b}[2J\r\n\u{202e}b");
        assert!(shown.starts_with("a·[2J  ·b\n^\n"), "{shown:?}");
    }
}
