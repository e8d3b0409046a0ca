//! Columns named by a skill: are their cells ticks, years, levels in percent, or something else?
//!
//! A `1` alone does not say whether it is a tick or a year; the column does. The first rows of a file decide.

use stackscout_profile::candidate::read_yes_no;
use stackscout_profile::when::OrderVotes;
use stackscout_profile::years::read_years;
use stackscout_profile::{DateOrder, Years};

use crate::fields::Fields;

/// What a cell of a column named by a skill says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tick {
    Yes,
    No,
    Years(Years),
    /// How well, in percent.
    Share(u8),
    Unread,
}

/// Reads a cell that is not empty; `1` is a tick here.
pub(crate) fn read_tick(cell: &str) -> Tick {
    match cell {
        "1" | "1.0" => return Tick::Yes,
        "0" | "0.0" => return Tick::No,
        _ if cell.ends_with('%') => return read_share(cell),
        _ => {}
    }
    match (read_yes_no(cell), read_years(cell)) {
        (Ok(true), _) => Tick::Yes,
        (Ok(false), _) => Tick::No,
        (Err(_), Ok(years)) => Tick::Years(years),
        (Err(_), Err(_)) if matches!(cell, "✔" | "☑" | "✅" | "•" | "*") => Tick::Yes,
        (Err(_), Err(_)) => Tick::Unread,
    }
}

/// Reads `80%`, `80 %`, `12,5%` in whole percent. Nothing of a skill is none of it.
fn read_share(cell: &str) -> Tick {
    let figure = cell.trim_end_matches('%').trim_end();
    let (whole, fraction) = figure.split_once(['.', ',']).unwrap_or((figure, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return Tick::Unread;
    }
    let is_some = fraction.bytes().any(|b| b != b'0');
    match whole.parse::<u8>() {
        Ok(0) if !is_some => Tick::No,
        Ok(0) => Tick::Share(1),
        Ok(100) if is_some => Tick::Unread,
        Ok(whole @ 1..=100) => Tick::Share(whole + u8::from(fraction.as_bytes()[0] >= b'5')),
        _ => Tick::Unread,
    }
}

/// Reads a cell of a column of levels in percent, where `70` is one as `70%` is.
pub(crate) fn read_level(cell: &str) -> Tick {
    match read_share(cell) {
        Tick::Unread => read_tick(cell),
        level => level,
    }
}

/// Reads a cell of a column of years, where `1` is a year and `0` is none.
pub(crate) fn read_skill_years(cell: &str) -> Tick {
    if cell.ends_with('%') {
        return read_share(cell);
    }
    match read_years(cell) {
        Ok(years) if years.tenths() == 0 => Tick::No,
        Ok(years) => Tick::Years(years),
        Err(_) => read_tick(cell),
    }
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// None was filled in the first rows.
    Empty,
    Ticks,
    Years,
    /// Levels in percent.
    Shares,
    Other,
}

/// Cells of a column that are kept, to look at.
const CELLS_KEPT: usize = 300;
/// Bytes of a cell that are kept.
const CELL_BYTES_KEPT: usize = 400;
/// Bytes of all cells that are kept.
const BYTES_KEPT: usize = 4 << 20;

/// Counts what the cells of the first rows are, column by column, and keeps some of them.
#[derive(Debug, Default, Clone)]
pub(crate) struct Sample {
    columns: Vec<Counts>,
    bytes: usize,
}

#[derive(Debug, Default, Clone)]
struct Counts {
    /// `1` and `0`, which may be years too.
    numbers: u32,
    /// `x`, `yes`, `no`.
    words: u32,
    years: u32,
    /// `80%`
    shares: u32,
    other: u32,
    /// What days in figures say of their order.
    days: OrderVotes,
    /// Cells that say what the cell above them says.
    repeats: u32,
    kept: Vec<String>,
    last: String,
}

impl Sample {
    /// Counts a row.
    pub fn add(&mut self, fields: &Fields) {
        if self.columns.len() < fields.len() {
            self.columns.resize(fields.len(), Counts::default());
        }
        for (counts, cell) in self.columns.iter_mut().zip(fields.iter()) {
            let cell = str::from_utf8(cell).unwrap_or("?").trim();
            if cell.is_empty() {
                continue;
            }
            counts.days.add(cell);
            counts.repeats += u32::from(counts.last == cell);
            counts.last.clear();
            counts.last.push_str(cell);
            if counts.kept.len() < CELLS_KEPT && self.bytes < BYTES_KEPT {
                let kept = beginning(cell, CELL_BYTES_KEPT);
                self.bytes += kept.len();
                counts.kept.push(kept.to_owned());
            }
            match read_tick(cell) {
                Tick::No if cell.ends_with('%') => counts.shares += 1,
                Tick::Yes | Tick::No if cell.starts_with(['0', '1']) => counts.numbers += 1,
                Tick::Yes | Tick::No => counts.words += 1,
                Tick::Years(_) => counts.years += 1,
                Tick::Share(_) => counts.shares += 1,
                Tick::Unread => counts.other += 1,
            }
        }
    }

    /// The order of day, month and year in the column's figures, where its cells show it.
    pub fn date_order(&self, column: usize) -> Option<DateOrder> {
        self.columns.get(column).and_then(|counts| counts.days.order())
    }

    /// The first cells of a column that are not empty.
    pub fn cells(&self, column: usize) -> impl Iterator<Item = &str> {
        self.columns.get(column).into_iter().flat_map(|counts| counts.kept.iter().map(String::as_str))
    }

    /// Whether most cells of a column say what the cell above them says.
    pub fn repeats(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|counts| {
            let Counts { numbers, words, years, shares, other, repeats, .. } = counts;
            let filled = numbers + words + years + shares + other;
            filled >= REPEATS_CELLS_MIN && repeats * 2 >= filled
        })
    }

    /// Whether most filled cells of a column are levels in percent, so that bare figures are, too.
    pub fn is_in_percent(&self, column: usize) -> bool {
        self.columns.get(column).is_some_and(|counts| {
            let Counts { numbers, words, years, shares, other, .. } = counts;
            *shares > numbers + words + years + other
        })
    }

    /// What the column's cells are.
    pub fn kind(&self, column: usize) -> Kind {
        let Some(Counts { numbers, words, years, shares, other, .. }) = self.columns.get(column) else {
            return Kind::Empty;
        };
        let read = numbers + words + years + shares;
        if read + other == 0 {
            Kind::Empty
        } else if *other > read {
            Kind::Other
        } else if shares * 4 > *numbers && shares > words && shares > years {
            Kind::Shares
        } else if years * 4 > *numbers && years > words {
            // Years other than 1 are more than a slip among ticks: a fifth of all numbers at least.
            Kind::Years
        } else {
            Kind::Ticks
        }
    }
}

/// Filled cells from which on repetition is a form and no chance.
const REPEATS_CELLS_MIN: u32 = 8;

/// The beginning of a text, at most so many bytes.
fn beginning(text: &str, bytes: usize) -> &str {
    if text.len() <= bytes {
        return text;
    }
    let end = (0..=bytes).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::Splitter;

    #[test]
    fn cells_are_ticks_or_years() {
        for yes in ["1", "1.0", "x", "X", "yes", "TRUE", "✓", "ja"] {
            assert_eq!(read_tick(yes), Tick::Yes, "{yes}");
        }
        for no in ["0", "0.0", "no", "False", "nein"] {
            assert_eq!(read_tick(no), Tick::No, "{no}");
        }
        for unread in ["maybe", "-1", "Rust", "?"] {
            assert_eq!(read_tick(unread), Tick::Unread, "{unread}");
        }
        assert_eq!(read_tick("4 years"), Tick::Years("4".parse().unwrap()));
        assert_eq!(read_skill_years("1"), Tick::Years("1".parse().unwrap()));
        assert_eq!(read_skill_years("0"), Tick::No);
        assert_eq!(read_skill_years("x"), Tick::Yes);
        for (cell, tick) in [
            ("80%", Tick::Share(80)),
            ("100 %", Tick::Share(100)),
            ("12,5%", Tick::Share(13)),
            ("0.4%", Tick::Share(1)),
            ("0%", Tick::No),
            ("120%", Tick::Unread),
            ("-5%", Tick::Unread),
            ("%", Tick::Unread),
        ] {
            assert_eq!((read_tick(cell), read_skill_years(cell)), (tick, tick), "{cell}");
        }
        for (cell, level) in [
            ("70", Tick::Share(70)),
            ("1", Tick::Share(1)),
            ("0", Tick::No),
            ("100", Tick::Share(100)),
            ("80%", Tick::Share(80)),
            ("x", Tick::Yes),
            ("120", Tick::Unread),
        ] {
            assert_eq!(read_level(cell), level, "{cell}");
        }
    }

    #[test]
    fn the_first_rows_decide_what_a_column_holds() {
        let kind = |cells: &[&str]| {
            let mut sample = Sample::default();
            for cell in cells {
                let mut splitter = Splitter::new(b',');
                assert!(splitter.begin(cell.as_bytes(), b""));
                sample.add(&splitter.fields);
            }
            sample.kind(0)
        };
        assert_eq!(kind(&[]), Kind::Empty);
        assert_eq!(kind(&["", " "]), Kind::Empty);
        assert_eq!(kind(&["1", "0", "", "1.0"]), Kind::Ticks);
        assert_eq!(kind(&["1", "4", "1"]), Kind::Years);
        assert_eq!(kind(&["1", "1", "1", "1", "1", "0", "1", "0", "4"]), Kind::Ticks);
        assert_eq!(kind(&["x", "no", "7"]), Kind::Ticks);
        assert_eq!(kind(&["London", "1", "Paris"]), Kind::Other);
        assert_eq!(kind(&["80%", "25 %", "0%"]), Kind::Shares);
        assert_eq!(kind(&["80%", "3", "5"]), Kind::Years);
        let mut sample = Sample::default();
        for cell in ["80%", "60%", "5"] {
            let mut splitter = Splitter::new(b',');
            assert!(splitter.begin(cell.as_bytes(), b""));
            sample.add(&splitter.fields);
            assert!(sample.is_in_percent(0));
        }
        assert_eq!(sample.kind(0), Kind::Shares);
    }
}
