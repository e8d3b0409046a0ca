//! Where does the table begin, and where does it end? Reports put a title, a day and filters above the header, and a sum
//! or a copyright below the last row.
//!
//! A row above the header is passed over, and said. A row below the table is rejected with a code of its own, so that
//! every row is still counted. Both work on cells, whatever kind of file they come from.

use crate::fields::Fields;

/// Rows among which the header is looked for.
pub(crate) const ROWS_TRIED: usize = 60;
/// Rows that may stand above it.
pub(crate) const ABOVE_MAX: usize = 40;
/// Names from which on a row is a header, whatever stands above it.
pub(crate) const NAMES_MIN: usize = 2;
/// Names from which on it is one even where a row above fills as many cells.
const NAMES_SURE: usize = 3;

/// A row as far as it matters here.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Cells that hold something; none of a row that cannot be read.
    pub filled: usize,
    /// Those among them that are known as headers.
    pub known: usize,
    /// Whether it looks like a row of data.
    pub data: bool,
    /// Whether it names a column that says who somebody is: a name, an e-mail address, an id.
    pub person: bool,
    /// Whether it leaves cells empty before its last one.
    pub gaps: bool,
    /// Whether a cell is the one before it once more, as merged cells become.
    pub repeats: bool,
    /// Whether the row above fills a cell that it leaves empty, as cells that are merged downwards become.
    pub merges: bool,
}

/// The place of the header among the first rows; 0 where nothing stands above it, and where that cannot be told.
pub(crate) fn header_at(rows: &[Shape]) -> usize {
    let at = begins_at(rows);
    // Two rows of names: the upper one groups the columns (`Languages` over `Python`, `Java`), the lower one names them.
    let is_group = |upper: &Shape, lower: &Shape| {
        let wider = (!upper.person || upper.gaps) && lower.filled > upper.filled;
        let repeated = upper.repeats && !lower.repeats && lower.filled >= upper.filled;
        // No row of data is made of names of columns alone.
        let named = lower.known >= NAMES_SURE && lower.known == lower.filled && lower.filled >= upper.filled;
        // What the lower one leaves empty is named by the upper one.
        let few = lower.known >= NAMES_SURE && lower.known * 2 > lower.filled;
        let merged = lower.merges && (lower.known == lower.filled || few);
        lower.person && lower.known >= NAMES_MIN && !lower.data && (wider || repeated || named || merged)
    };
    match rows.get(at).zip(rows.get(at + 1)) {
        Some((upper, lower)) if is_group(upper, lower) => at + 1,
        _ => at,
    }
}

/// The header with what was merged downwards: a cell that it leaves empty is named by the row above. `None` where nothing
/// is, and below a title, which is one cell, or stands in the first column.
pub(crate) fn merged_down(upper: &Fields, lower: &Fields) -> Option<Fields> {
    let is_filled = |row: &Fields, at: usize| !row.get(at).trim_ascii().is_empty();
    let columns = upper.len().max(lower.len());
    let names = (0..columns).filter(|at| is_filled(upper, *at)).count();
    let takes = |at: usize| is_filled(upper, at) && !is_filled(lower, at);
    let of = |at: usize| if takes(at) { upper.get(at) } else { lower.get(at) };
    (names >= NAMES_MIN && (1..columns).any(takes)).then(|| (0..columns).map(of).collect())
}

/// The first row of names, of which there may be two.
fn begins_at(rows: &[Shape]) -> usize {
    let Some(first) = rows.first() else { return 0 };
    // By names: the first row most cells of which are known as headers.
    let is_header = |row: &Shape| row.known >= NAMES_MIN && row.known * 2 >= row.filled;
    if is_header(first) {
        return 0;
    }
    if let Some(at) = rows.iter().take(ABOVE_MAX + 1).position(is_header) {
        let row = rows[at];
        let wider = rows[..at].iter().all(|above| above.filled < row.filled);
        let is_title = |above: &Shape| above.filled <= 1 || above.known * 2 <= above.filled;
        let named = rows[..at].iter().all(|above| above.known < row.known && is_title(above));
        // A header in a language that nobody knows stands above data that may hold two such words.
        return if named && (wider || row.known >= NAMES_SURE) { at } else { 0 };
    }
    // By shape: single cells, and then a table of several columns.
    if first.filled > 1 || first.known > 0 {
        return 0;
    }
    let Some(at) = rows.iter().take(ABOVE_MAX + 1).position(|row| row.filled > 1) else { return 0 };
    let below = &rows[at + 1..];
    let alike = below.iter().filter(|row| row.filled > 1).count();
    if !rows[at].data && !below.is_empty() && alike * 2 >= below.len() { at } else { 0 }
}

/// Whether a row ends a table instead of being one of its rows: a sum, a number of rows, a copyright, a word on when the
/// report was made. The first filled cell says it, and beside it there are at most numbers.
pub(crate) fn is_footer<'a>(mut cells: impl Iterator<Item = &'a [u8]>) -> bool {
    let Some(first) = cells.find(|cell| !cell.trim_ascii().is_empty()) else { return false };
    let Ok(text) = str::from_utf8(first) else { return false };
    // Most rows of data end at their second cell: nothing else of them is looked at.
    text.len() <= TEXT_BYTES_MAX && cells.all(is_sum) && says_end(text.trim())
}

/// Whether a row closes the table if it is the last one: it fills one cell, with words that nobody is called by.
/// `by_number` says that people of the file are called by a number.
pub(crate) fn closes<'a>(cells: impl Iterator<Item = &'a [u8]>, by_number: bool) -> bool {
    let mut filled = cells.filter(|cell| !cell.trim_ascii().is_empty());
    let (Some(only), None) = (filled.next(), filled.next()) else { return false };
    let Ok(text) = str::from_utf8(only) else { return false };
    if text.len() > TEXT_BYTES_MAX || text.contains('@') {
        return false;
    }
    let lower = text.trim().to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if is_numbered(&lower) {
        // `Bewerber` is one and many.
        return !by_number && bare.starts_with("bewerber");
    }
    let begins = |phrase: &&str| {
        bare.strip_prefix(*phrase).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    let words: Vec<&str> =
        bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &&str| word.bytes().all(|b| b.is_ascii_digit());
    let is_page = words.len() > 1 && PAGES.contains(&words[0]) && words[1..].iter().all(is_number);
    LAST.contains(&bare) || LAST_BEGIN.iter().any(begins) || is_page
}

/// Whether a cell is a person who is called by a number: `Candidate 3`.
pub(crate) fn is_called_by_number(cell: &str) -> bool {
    const BYTES_MAX: usize = 40;
    cell.len() <= BYTES_MAX
        && cell.ends_with(|c: char| c.is_ascii_digit())
        && is_numbered(&cell.trim().to_lowercase())
}

/// Words that close a table where they stand alone in its last row.
const LAST: [&str; 5] = ["end", "ende", "eof", "einde", "koniec"];
/// Beginnings of such rows.
const LAST_BEGIN: [&str; 31] = [
    "copyright",
    "end of data",
    "end of table",
    "ende der tabelle",
    "ende des berichts",
    "fin de la liste",
    "fin du rapport",
    "fin du fichier",
    "fin de lista",
    "fin de la lista",
    "fin del informe",
    "einde lijst",
    "einde van de lijst",
    "koniec listy",
    "koniec raportu",
    "alle rechte vorbehalten",
    "tous droits réservés",
    "todos los derechos reservados",
    "alle rechten voorbehouden",
    "wszelkie prawa zastrzeżone",
    "vertraulich",
    "streng vertraulich",
    "strictly confidential",
    "confidentiel",
    "confidencial",
    "vertrouwelijk",
    "poufne",
    "powered by",
    "internal use only",
    "for internal use",
    "nur für den internen gebrauch",
];
const PAGES: [&str; 5] = ["page", "seite", "pagina", "página", "strona"];

/// Whether a cell holds nothing but a number, or a number of people (`5 candidates`).
fn is_sum(cell: &[u8]) -> bool {
    if cell.iter().all(|b| b.is_ascii_digit() || b" .,%-$".contains(b)) {
        return true;
    }
    let Some(text) = str::from_utf8(cell).ok().filter(|text| text.len() <= TEXT_BYTES_MAX) else {
        return false;
    };
    text.contains(|c: char| c.is_ascii_digit()) && counts(&text.to_lowercase())
}

/// Longest text of such a row.
const TEXT_BYTES_MAX: usize = 300;

const SUMS: [&str; 34] = [
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "somme",
    "totaal",
    "totale",
    "suma",
    "razem",
    "łącznie",
    "ogółem",
    "total général",
    "total general",
    "totals général",
    "anzahl",
    "gesamtanzahl",
    "gesamtzahl",
    "insgesamt",
    "nombre total",
    "nombre",
    "count",
    "total count",
    "número",
    "número total",
    "suma total",
    "aantal",
    "totaal aantal",
    "liczba",
    "suma końcowa",
    "w sumie",
];
const MADE: [&str; 44] = [
    "generated",
    "exported",
    "report generated",
    "report created",
    "created on",
    "created by",
    "downloaded",
    "report run",
    "run date",
    "printed",
    "erstellt",
    "exportiert",
    "généré",
    "exporté",
    "édité",
    "generado",
    "exportado",
    "gegenereerd",
    "geëxporteerd",
    "wygenerowano",
    "wyeksportowano",
    "data exported",
    "as of",
    "stand",
    "export erstellt",
    "export vom",
    "export created",
    "export generated",
    "export from",
    "export as of",
    "bericht erstellt",
    "liste erstellt",
    "list created",
    "report date",
    "créé",
    "export créé",
    "export généré",
    "export du",
    "creado",
    "informe generado",
    "aangemaakt",
    "export gemaakt",
    "utworzono",
    "eksport utworzono",
];
const ENDS: [&str; 12] = [
    "copyright",
    "©",
    "(c) 2",
    "end of report",
    "end of file",
    "end of list",
    "end of export",
    "all rights reserved",
    "confidential",
    "*** end",
    "--- end",
    "ende der liste",
];
const COUNTED: [&str; 49] = [
    "rows",
    "row",
    "records",
    "record",
    "candidates",
    "candidate",
    "results",
    "result",
    "entries",
    "applicants",
    "people",
    "zeilen",
    "datensätze",
    "einträge",
    "bewerber",
    "lignes",
    "résultats",
    "candidats",
    "filas",
    "registros",
    "rijen",
    "wierszy",
    "persons",
    "profiles",
    "applications",
    "applicant",
    "contacts",
    "kandidaten",
    "kandidat",
    "kandidatinnen",
    "bewerberinnen",
    "bewerbungen",
    "personen",
    "profile",
    "candidat",
    "candidatures",
    "personnes",
    "profils",
    "candidatos",
    "candidatas",
    "personas",
    "perfiles",
    "sollicitanten",
    "profielen",
    "kandydatów",
    "kandydaci",
    "kandydat",
    "osób",
    "osoby",
];

fn says_end(text: &str) -> bool {
    let begins = text.chars().next();
    if !begins.is_some_and(|c| c.is_alphanumeric() || "©(*-".contains(c)) {
        return false;
    }
    let lower = text.to_lowercase();
    if ENDS.iter().any(|end| lower.starts_with(end)) {
        return !(lower.starts_with("copyright ") && is_like_name(text));
    }
    let has_digit = lower.contains(|c: char| c.is_ascii_digit());
    let follows = |word: &&&str| {
        lower.strip_prefix(**word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    if let Some(word) = SUMS.iter().filter(follows).max_by_key(|word| word.len()) {
        // `Total`, `Total:`, `Total rows: 40`, but no `Total Recall`.
        let rest = lower[word.len()..].trim_start_matches([':', ' ', '.', '=', '(']);
        return rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit()) || counts(rest);
    }
    if MADE.iter().any(|word| follows(&word)) {
        return has_digit;
    }
    has_digit && counts(&lower) && !is_numbered(&lower) || is_page(&lower)
}

/// `Candidate 3`: one of people who are called by a number; `1 candidate` and `5 candidates` are numbers of them.
fn is_numbered(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let alone = !text.contains([':', '=']);
    match words.as_slice() {
        [word, number] => alone && SINGULAR.contains(word) && number.chars().all(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// What people who are called by a number are called.
const SINGULAR: [&str; 8] =
    ["candidate", "applicant", "kandidat", "bewerber", "candidat", "candidato", "kandydat", "person"];

/// Whether a text of two or three words may be a name that begins like a closing line: `Copyright Ng`.
fn is_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_part = |word: &&str| {
        word.chars().next().is_some_and(char::is_uppercase)
            && word.chars().skip(1).all(|c| c.is_lowercase() || matches!(c, '-' | '\''))
            && !COMPANIES.contains(&word.to_lowercase().as_str())
    };
    matches!(words.len(), 2 | 3) && words.iter().all(is_part)
}

/// Words that make a company of a name, or a sentence.
const COMPANIES: [&str; 18] = [
    "ltd",
    "limited",
    "inc",
    "gmbh",
    "llc",
    "corp",
    "corporation",
    "group",
    "company",
    "notice",
    "reserved",
    "holder",
    "protected",
    "information",
    "data",
    "document",
    "report",
    "file",
];

/// `40 rows`, `rows: 40`, `number of candidates: 40`, `40 records exported`.
fn counts(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let fillers = [
        "number",
        "of",
        "anzahl",
        "der",
        "nombre",
        "de",
        "total",
        "exported",
        "found",
        "count",
        "in",
        "und",
        "and",
        "insgesamt",
        "gesamt",
        "aantal",
        "liczba",
        "razem",
        "número",
        "et",
        "listed",
        "shown",
        "selected",
        "gefunden",
        "exportiert",
        "ausgewählt",
        "trouvés",
        "exportés",
        "encontrados",
        "exportados",
        "gevonden",
        "łącznie",
    ];
    !words.is_empty()
        && words.len() <= 6
        && words.iter().any(|word| COUNTED.contains(word))
        && words.iter().all(|word| {
            COUNTED.contains(word) || fillers.contains(word) || word.chars().all(|c| c.is_ascii_digit())
        })
}

/// `Page 1 of 3`.
fn is_page(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |word: &str| word.chars().all(|c| c.is_ascii_digit());
    match words.as_slice() {
        [page, n, "of" | "von" | "sur" | "de" | "van" | "z" | "/", m] => {
            PAGES.contains(page) && number(n) && number(m)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    //! - a header is found below titles, and only there where the rows say so
    //! - sums and closing lines are no people, and people are no closing lines

    use super::*;

    /// A row such as `NNx` for each character: `N` is a known header, `P` one that says who somebody is, `x` another cell,
    /// `1` data, `.` an empty cell.
    fn at(rows: &[&str]) -> usize {
        let shape = |(at, row): (usize, &&str)| {
            let above = at.checked_sub(1).map_or("", |above| rows[above]);
            let mut pairs = above.chars().zip(row.chars().chain(std::iter::repeat('.')));
            let count = |wanted: &str| row.chars().filter(|c| wanted.contains(*c)).count();
            Shape {
                filled: count("NPRx1"),
                known: count("NP"),
                data: row.contains('1'),
                person: row.contains('P'),
                gaps: row.trim_end_matches('.').contains('.'),
                repeats: row.contains("RR"),
                merges: pairs.any(|(above, own)| above != '.' && own == '.'),
            }
        };
        header_at(&rows.iter().enumerate().map(shape).collect::<Vec<_>>())
    }

    #[test]
    fn a_header_is_found_below_titles() {
        assert_eq!(at(&["NNN", "x1x", "x1x"]), 0);
        assert_eq!(at(&["x..", "NNN", "x1x"]), 1);
        assert_eq!(at(&["x..", "xx.", "x..", "NNx", "x1x"]), 3);
        assert_eq!(at(&["xx", "xx", "NNN", "xxx"]), 2);
        assert_eq!(at(&["x..", "xxx", "xxx", "xxx"]), 1);
        assert_eq!(at(&["N..", "NNN", "xxx"]), 1, "a title that is a known word");
    }

    #[test]
    fn of_two_rows_of_names_the_lower_one_is_the_header() {
        assert_eq!(at(&["..N..N.N", "PPxxxxxx", "x1xx...x"]), 1);
        assert_eq!(at(&["x.......", "..N..N.N", "PPxxxxxx", "x1xx...x"]), 2, "below a title");
        assert_eq!(at(&["..x..x..", "PPxxxxxx", "x1xx...x"]), 1, "groups that nobody knows");
        assert_eq!(at(&["P.N..N.N", "PPxxxxxx", "x1xx...x"]), 1, "a group of who people are");
        assert_eq!(at(&["PPNN", "PPxx", "xxxx"]), 0, "no gaps");
        assert_eq!(at(&["RRRRR", "PPxxx", "x1xxx"]), 1, "repeated groups");
        assert_eq!(at(&["PNNN", "PPNN", "x1x1"]), 1, "a row of names alone");
        assert_eq!(at(&[".PN", "1x1", "1x1"]), 0, "a column without a name");
        assert_eq!(at(&["NN", "xx", "xx"]), 0);
    }

    #[test]
    fn headings_that_are_merged_downwards_are_of_two_rows() {
        assert_eq!(at(&["N.x.NNNN", "PPNN....", "xxx11xxx"]), 1);
        assert_eq!(at(&["x.xNN", "PP...", "xxx1x"]), 1, "two names");
        assert_eq!(at(&["PNNN", "x1..", "xx1."]), 0, "a row that is not filled");
        assert_eq!(at(&["PNNN", "PN1.", "xx1."]), 0, "data");
        let row = |cells: &str| cells.split(';').collect::<Fields>();
        let merged = |upper, lower| merged_down(&row(upper), &row(lower));
        assert_eq!(merged("Bewerber;;Alter;Ort", "Name;Vorname"), Some(row("Name;Vorname;Alter;Ort")));
        assert_eq!(merged("Fair;2026", ";Name;Ort"), None);
        assert_eq!(merged("Fair 2026;;", "Name;;Ort"), None);
        assert_eq!(merged("Person;;Ort", "Name;Vorname;Stadt"), None);
    }

    #[test]
    fn where_nothing_stands_above_the_first_row_is_the_header() {
        assert_eq!(at(&[]), 0);
        assert_eq!(at(&["x"]), 0);
        assert_eq!(at(&["x", "x", "x"]), 0);
        assert_eq!(at(&["xxx", "NNx", "xxx"]), 0, "data that holds two words of headers");
        assert_eq!(at(&["N..", "xxx", "xxx"]), 0, "one known name");
        assert_eq!(at(&["x..", "111", "xxx"]), 0, "what follows is data");
        assert_eq!(at(&["x..", "xxx", "x..", "x..", "x.."]), 0);
    }

    #[test]
    fn the_last_row_may_close_a_table() {
        let closes = |line: &str, by_number| closes(line.split(',').map(str::as_bytes), by_number);
        for line in [
            "Bewerber 12,,",
            "Copyright Acme 2026,,",
            "Copyright Acme,,",
            "*** Ende ***,",
            "Page 1",
            "Seite 1/3,",
            "Streng vertraulich - nur intern,",
            "Tous droits r\u{e9}serv\u{e9}s.",
        ] {
            assert!(closes(line, false), "{line}");
        }
        assert!(!closes("Bewerber 12,,", true));
        for line in [
            "Candidate 4,,",
            "Bewerber 12,Go,",
            "Ende Michael,,",
            "Endean,,",
            "Copyright,a@x.example,",
            "copyright@x.example,",
            "Ann Lee,,",
            "12,,",
            "Paige 1x",
            ",,",
        ] {
            assert!(!closes(line, false), "{line}");
        }
    }

    #[test]
    fn closing_lines_are_known() {
        let footer = |line: &str| is_footer(line.split(',').map(str::as_bytes));
        for line in [
            "Total: 40 rows,,,",
            "Total,,,40",
            "Summe,,12",
            "Grand Total,1,2",
            "40 records",
            "Anzahl Bewerber: 12",
            "Copyright 2026 Example Ltd",
            "Copyright Example Ltd,,",
            "Candidates: 3,,",
            "Candidate: 3,,",
            "1 candidate,,",
            "© Example",
            "Generated on 2026-11-01 by Reports",
            "Page 1 of 3",
            "Erstellt am 01.11.2026",
            "*** End of report ***",
            "Total number of candidates: 3",
            "Razem: 3",
            "Total,5 candidates,,",
            "Summe,2 Kandidaten",
            "Anzahl,2",
            "Total g\u{e9}n\u{e9}ral,2",
            "Razem,2 kandydat\u{f3}w",
            "Export erstellt am 01.05.2026 von Bill",
            ",,5 candidates",
            "Totaal,,3 kandidaten",
            "Copyright Acme 2026,,",
            "12 Bewerber gefunden",
        ] {
            assert!(footer(line), "{line}");
        }
        for line in [
            "1,Ann,Rust",
            "Total Recall,ann@example.org",
            "Totalino,Rust",
            "Sum Li,Rust",
            "Total,Ann",
            "Total,5 candidates,ann@example.org",
            "Count Basie,2",
            "Anzahl Li,2",
            "Generated,x",
            "Candidates,Rust",
            "Page Turner,Rust",
            "Copy Wright,2",
            "Candidate 3,,",
            "Copyright Ng,,",
            "Summer Hale",
            "Stand Watie",
            "5 years of records",
            ",,",
            "",
        ] {
            assert!(!footer(line), "{line}");
        }
    }
}
