//! - a column decides the order of day and month for all of its cells, or nothing does
//! - a caller's order holds against what the cells show, for one column or for all
//! - words that count from a day keep the day of their row, and nothing else keeps one

use stackscout_importer::{CandidateFile, ImportOptions};
use stackscout_profile::{Date, DateOrder, Field, Reading};

use super::{open_with, read_all};

const TEXT: &[u8] = b"id,Available,Modified,Notice,Years\n\
    1,03/04/2027,2026-10-01,3 months,since 2015\n\
    2,13/04/2027,2026-12-24,,7\n\
    3,immediately,,1 month,2 years\n";

fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

fn options() -> ImportOptions {
    let map = [("Modified", Field::Modified), ("Notice", Field::Notice)];
    let map = map.map(|(column, field)| (column.to_owned(), Some(field))).into();
    ImportOptions { map, ..ImportOptions::default() }
}

fn readings(mut file: CandidateFile) -> Vec<(u64, String, Reading)> {
    let rows = read_all(&mut file).0;
    let all = rows.iter().flat_map(|row| &row.values);
    all.filter(|v| !v.reading.is_plain()).map(|v| (v.cell.line, v.column.clone(), v.reading)).collect()
}

#[test]
fn a_column_decides_and_words_keep_their_day() {
    let options = ImportOptions { as_of: day("2026-11-01"), ..options() };
    let order = Some(DateOrder::DayFirst);
    let october = day("2026-10-01");
    let november = day("2026-11-01");
    let expected = [
        (2, "Available", Reading { order, as_of: None }),
        (2, "Notice", Reading { order: None, as_of: october }),
        (2, "Years", Reading { order: None, as_of: october }),
        (3, "Available", Reading { order, as_of: None }),
        (4, "Available", Reading { order: None, as_of: november }),
        (4, "Notice", Reading { order: None, as_of: november }),
    ];
    let expected: Vec<_> = expected.map(|(line, column, reading)| (line, column.to_owned(), reading)).into();
    assert_eq!(readings(open_with(TEXT, &options).unwrap()), expected);
    let file = open_with(TEXT, &options).unwrap();
    assert!(file.columns()[1].why.ends_with("dmy as its cells show"), "{}", file.columns()[1].why);
}

#[test]
fn a_callers_order_holds() {
    let order_of = |order: &str| {
        let date_orders = vec![ImportOptions::parse_date_order(order).unwrap()];
        let options = ImportOptions { date_orders, ..options() };
        readings(open_with(TEXT, &options).unwrap()).first().and_then(|(.., reading)| reading.order)
    };
    assert_eq!(order_of("mdy"), Some(DateOrder::MonthFirst));
    assert_eq!(order_of("available=mdy"), Some(DateOrder::MonthFirst));
    assert_eq!(order_of("Modified=mdy"), Some(DateOrder::DayFirst));
    let nowhere = vec![ImportOptions::parse_date_order("nowhere=mdy").unwrap()];
    let options = ImportOptions { date_orders: nowhere, ..options() };
    assert!(open_with(TEXT, &options).is_err());
}
