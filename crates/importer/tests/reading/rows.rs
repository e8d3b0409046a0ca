//! - accepted and rejected rows are the data rows, each with its line
//! - rejects name line, column, code and numbers, and never what a cell says

use proptest::prelude::*;
use stackscout_importer::ReadRow;
use stackscout_profile::Field;

use super::{codes, ids, open, read, read_all, refused, said};

proptest! {
    /// Whatever stands in a file: every line that says something is in one row, and rows come in the order of lines.
    #[test]
    fn no_line_is_lost_and_none_is_read_twice(body in "[a1,\"\n@ ]{0,120}") {
        let (mut said, mut lines) = (Vec::new(), Vec::new());
        let mut file = open(format!("id,name,notes\n{body}"));
        while let Some(row) = file.next() {
            lines.push(match row.unwrap() {
                ReadRow::Accepted(row) => row.line,
                ReadRow::Rejected(rejected) => rejected.issue.line,
            });
            said.extend(file.last_row_bytes().iter().filter(|b| b.is_ascii_alphanumeric()).copied());
        }
        let written: Vec<u8> = body.bytes().filter(u8::is_ascii_alphanumeric).collect();
        prop_assert_eq!(said, written);
        prop_assert!(lines.is_sorted_by(|a, b| a < b), "{:?}", lines);
    }
}

#[test]
fn a_row_of_another_width_is_rejected_with_both_numbers() {
    let (rows, rejected) = read("id,name,city\n1,Ann,Rome\n2,Bob\n3,Cid,Oslo,extra\n4,Dan,Bonn\n");
    assert_eq!(ids(&rows), ["1", "4"]);
    assert_eq!(codes(&rejected), ["3 field-count", "4 field-count"]);
    let reasons: Vec<&str> = rejected.iter().map(|r| r.issue.reason.as_str()).collect();
    assert_eq!(reasons, ["has 2 fields where the header has 3", "has 4 fields where the header has 3"]);
    assert_eq!(rejected[1].raw, b"3,Cid,Oslo,extra\n");
}

#[test]
fn empty_cells_at_the_end_are_neither_missed_nor_too_many() {
    let (rows, rejected) = read("id,name,,\n1,Ann\n2,Bob,,\n3,Cid,,,,,\n");
    assert_eq!((ids(&rows), rejected.len()), (vec!["1", "2", "3"], 0));
    let (_, rejected) = read("id,name,city\n1,Ann,Rome,, \n2,Bob\n");
    assert_eq!(codes(&rejected), ["3 field-count"]);
}

#[test]
fn blank_lines_are_no_rows_but_count_as_lines() {
    let mut file = open("\n\nid,name\n\n1,Ann\n  \n,\n\"\",\"\"\n2,Bob\n");
    assert_eq!(file.preamble(), b"\n\nid,name\n");
    let (rows, rejected) = read_all(&mut file);
    assert_eq!((rows.iter().map(|r| r.line).collect::<Vec<_>>(), rejected.len()), (vec![5, 9], 0));
}

#[test]
fn a_row_that_is_not_utf8_is_rejected_with_the_byte() {
    let (rows, rejected) = read(b"id,name\n1,Ann\n2,Ren\xE9\n3,Ren\xC3\xA9\n");
    assert_eq!((ids(&rows), codes(&rejected)), (vec!["1", "3"], vec!["3 not-utf8".to_owned()]));
    assert_eq!(rejected[0].issue.reason, "is not UTF-8 at byte offset 19 of the file");
    assert_eq!(rejected[0].issue.column.as_deref(), Some("name"));
    assert_eq!(rejected[0].raw, b"2,Ren\xE9\n");
    assert_eq!(said(&rows[1]), ["name=René"]);
}

#[test]
fn a_nul_byte_and_a_cell_above_a_mebibyte_reject_their_row() {
    let long = "x".repeat((1 << 20) + 1);
    let (rows, rejected) = read(format!("id,name\n1,A\0n\n2,{long}\n3,\"{long}\"\n4,Dan\n5,\0\n"));
    assert_eq!(ids(&rows), ["4"]);
    assert_eq!(codes(&rejected), ["2 nul-byte", "3 long-cell", "4 long-cell", "6 nul-byte"]);
    assert!(rejected.iter().all(|r| r.issue.column.as_deref() == Some("name")));
}

#[test]
fn a_line_without_end_is_rejected_and_not_held() {
    let text = format!("id,name\n1,Ann\n{}\n2,Bob\n", "x,".repeat(9 << 20));
    let (rows, rejected) = read(text);
    assert_eq!((ids(&rows), codes(&rejected)), (vec!["1", "2"], vec!["3 long-line".to_owned()]));
    assert_eq!(rejected[0].raw.len(), (16 << 20) + 1);
}

#[test]
fn the_header_in_the_middle_is_no_person() {
    let (rows, rejected) = read("\u{feff}id,name\r\n1,Ann\r\n\u{feff}id,name\r\n2,Bob");
    assert_eq!((ids(&rows), codes(&rejected)), (vec!["1", "2"], vec!["3 header-again".to_owned()]));
    let (rows, _) = read("id,name\n1,Ann\n\u{feff}2,Bob\n");
    assert_eq!(ids(&rows), ["1", "2"]);
}

#[test]
fn values_know_their_cell_and_keep_their_text() {
    let (rows, _) = read("Ref ,Full Name, Skills\n 7 , Ann Lee ,\"Rust; Go\"\n8,,N/A\n");
    let row = &rows[0];
    assert_eq!((row.line, row.external_id.as_deref()), (2, Some("7")));
    assert_eq!(said(row), ["name= Ann Lee ", "skills=Rust; Go"]);
    let value = &row.values[0];
    assert_eq!((value.field, value.column.as_str()), (Field::Name, "Full Name"));
    assert_eq!((value.cell.import, value.cell.line), (0, 2));
    // Neither an empty cell nor one that says nothing is a value.
    assert!(rows[1].values.is_empty());
}

#[test]
fn a_row_without_an_id_is_a_row() {
    let (rows, rejected) = read("id,name\n,Ann\n , Ann\n,Ann\n");
    assert_eq!((ids(&rows), rejected.len()), (vec!["-", "-", "-"], 0));
    assert_eq!(rows[0].content_key, rows[2].content_key);
    assert_ne!(rows[0].content_key, rows[1].content_key);
}

#[test]
fn duplicate_headers_are_columns_of_their_own() {
    let mut file = open("id,Email,Email,Skills,Skills\n1,a@x.org,b@x.org,Rust,Go\n");
    assert_eq!(file.mapped_columns(), ["id", "Email", "Email (2)", "Skills", "Skills (2)"]);
    let (rows, _) = read_all(&mut file);
    let columns: Vec<&str> = rows[0].values.iter().map(|v| v.column.as_str()).collect();
    assert_eq!(columns, ["Email", "Email (2)", "Skills", "Skills (2)"]);
    assert_eq!(said(&rows[0])[3], "skills=Go");
}

#[test]
fn a_file_without_a_header_is_refused_with_its_line() {
    for text in ["1,Ann Lee,ann@example.org,Rust\n2,Bob,bob@example.org,Go\n", "1,2,3\n4,5,6\n"] {
        let message = refused(text);
        assert!(message.starts_with("people.csv:1: there is no header"), "{message}");
        assert!(message.contains("\nhint: ") && !message.contains("ann@"), "{message}");
    }
}

#[test]
fn a_file_of_unknown_columns_is_refused_and_names_them() {
    let message = refused("foo,bar,gender\n1,2,f\n");
    assert!(message.contains("`foo`, `bar`, `gender`") && message.contains("--map"), "{message}");
    // An id alone says nothing about anybody.
    assert!(refused("Respondent,foo\n1,2\n").contains("`Respondent`, `foo`"));
}

#[test]
fn a_file_without_anything_is_refused() {
    assert_eq!(refused(""), "`people.csv` holds no header and no row");
    assert_eq!(refused("\n \n,,\n"), "`people.csv` holds no header and no row");
    assert!(refused(b"PK\x03\x04rest").contains("zip archive"));
    assert!(refused(b"id,n\xE9\n").contains("people.csv:1: the header is not UTF-8"));
    assert!(refused("id,\"name\n1,Ann\n").contains("people.csv:1: the header opens a quote"));
}
