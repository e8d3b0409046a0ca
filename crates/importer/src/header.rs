//! The header: names of columns, and whether the first row is one at all.

use stackscout_profile::signs::unguarded;

use crate::fields::Fields;

/// Columns at most: as many as a worksheet has.
pub(crate) const COLUMNS_MAX: usize = 16_384;
/// Cells of a row that are looked up to tell whether it is a header. The widest export that is known has 222 columns;
/// looking a name up costs a twentieth of a millisecond, and each of the first rows is tried under each delimiter.
pub(crate) const NAMES_LOOKED_AT: usize = 1_000;

/// A header as it was read.
#[derive(Debug)]
pub(crate) struct Header {
    /// The cells, with white space collapsed; empty for a column without a name.
    pub cells: Vec<String>,
    /// A name for each column that no other column has: the second `Email` is `Email (2)`, one without a name is
    /// `(column 3)`.
    pub names: Vec<String>,
}

impl Header {
    pub fn new(fields: &Fields) -> Self {
        let cells: Vec<String> = fields.iter().map(header_text).collect();
        let mut names: Vec<String> = Vec::with_capacity(cells.len());
        let mut taken: std::collections::HashSet<String> = cells.iter().cloned().collect();
        // The number that the last column of a name was given: counting anew for each of sixteen thousand takes minutes.
        let mut last: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        for (at, cell) in cells.iter().enumerate() {
            let name = if cell.is_empty() {
                numbered(&format!("(column {})", at + 1), &taken)
            } else if let Some(number) = last.get_mut(cell.as_str()) {
                let (next, name) = numbered_from(*number + 1, cell, &taken);
                *number = next;
                name
            } else {
                last.insert(cell, 1);
                cell.clone()
            };
            taken.insert(name.clone());
            names.push(name);
        }
        Self { cells, names }
    }

    /// The names of columns in a file without a header.
    pub fn numbered(columns: usize) -> Self {
        let names: Vec<String> = (1..=columns).map(|n| format!("column {n}")).collect();
        Self { cells: vec![String::new(); columns], names }
    }

    /// Number of columns up to the last that has a name.
    pub fn named(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1)
    }

    /// Whether the row is one of data: it holds an e-mail address, or begins with a number, and (nearly) no cell that is
    /// known as a header.
    pub fn looks_like_data(&self, knows: impl Fn(&str) -> bool) -> bool {
        let filled = || self.cells.iter().filter(|cell| !cell.is_empty()).take(NAMES_LOOKED_AT);
        // `remote` may well stand in a row of data; two such words and an address hardly do.
        let known = filled().filter(|cell| knows(cell)).count();
        let is_number = |cell: &String| cell.chars().all(|c| c.is_ascii_digit() || ".,-+ ".contains(c));
        (known <= 1 && filled().any(|cell| is_address(cell)))
            || (known == 0 && filled().next().is_some_and(is_number))
    }
}

/// The text of a header cell: white space collapsed, line breaks too.
fn header_text(cell: &[u8]) -> String {
    let text = unguarded(str::from_utf8(cell).unwrap_or_default());
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn numbered(name: &str, taken: &std::collections::HashSet<String>) -> String {
    if taken.contains(name) { numbered_from(2, name, taken).1 } else { name.to_owned() }
}

fn numbered_from(first: usize, name: &str, taken: &std::collections::HashSet<String>) -> (usize, String) {
    let mut names = (first..).map(|n| (n, format!("{name} ({n})")));
    names.find(|(_, name)| !taken.contains(name)).unwrap_or_default()
}

pub(crate) fn is_address(cell: &str) -> bool {
    cell.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
        && !cell.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Splitter;

    #[test]
    fn many_columns_of_one_name_are_columns_of_their_own() {
        let header = Header::new(&std::iter::repeat_n("x", 20_000).collect());
        assert_eq!((header.names[1].as_str(), header.names[19_999].as_str()), ("x (2)", "x (20000)"));
    }

    fn header(line: &str) -> Header {
        let mut splitter = Splitter::new(b',');
        assert!(splitter.begin(line.as_bytes(), b""));
        Header::new(&splitter.fields)
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        let names = |line| header(line).names;
        assert_eq!(names("a, b ,a,a"), ["a", "b", "a (2)", "a (3)"]);
        assert_eq!(names("a,a,a (2)"), ["a", "a (3)", "a (2)"]);
        assert_eq!(names(",a,,(column 1)"), ["(column 1) (2)", "a", "(column 3)", "(column 1)"]);
        assert_eq!(names("\"full\r\n name\""), ["full name"]);
        assert_eq!(header("a,b,,").named(), 2);
    }

    #[test]
    fn a_first_row_of_data_is_told_from_a_header() {
        let data = |line| header(line).looks_like_data(|h| ["name", "email", "remote"].contains(&h));
        assert!(data("1,Ann,ann@example.org,Rust"));
        assert!(data("Ann,ann@example.org,remote"));
        assert!(data("1,2,3.5,,"));
        assert!(data("125720,HR executive,screening"));
        assert!(!data("name,email"));
        assert!(!data("foo,bar"));
        assert!(!data("name,1,2"));
        assert!(!data("foo,write to hr@example.org"));
    }
}
