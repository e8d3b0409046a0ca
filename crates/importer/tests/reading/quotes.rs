//! - an open quote costs its own line, in whatever column it opens, and whatever quotes follow
//! - quoted line breaks are part of their cell

use super::{codes, ids, read, said};

/// Forty rows of four columns, the notes quoted in every row, with one of them spoiled.
fn forty(spoiled: usize, row: &str) -> String {
    let mut text = "id,name,title,notes\n".to_owned();
    for n in 1..=40 {
        if n == spoiled {
            text.push_str(row);
            text.push('\n');
        } else {
            text.push_str(&format!("{n},Person {n},\"Engineer, senior\",\"note {n}\"\n"));
        }
    }
    text
}

#[test]
fn an_open_quote_costs_its_own_line() {
    for row in [
        "15,Ann,Engineer,\"note",
        "15,Ann,\"Engineer,note",
        "15,\"Ann,Engineer,note",
        "\"15,Ann,Engineer,note",
        "15,Ann,\"Engineer, senior\",\"note",
        "15,Ann,Engineer,\"",
    ] {
        for spoiled in [1, 15, 40] {
            let (rows, rejected) = read(forty(spoiled, row));
            assert_eq!(rows.len(), 39, "{row} as row {spoiled}: {:?}", codes(&rejected));
            assert_eq!(codes(&rejected), [format!("{} open-quote", spoiled + 1)], "{row}");
            assert_eq!(rejected[0].raw, format!("{row}\n").as_bytes());
        }
    }
}

#[test]
fn an_open_quote_in_a_file_without_other_quotes_costs_its_own_line() {
    let mut text = "id,name,notes\r\n".to_owned();
    for n in 1..=500 {
        let quote = if n == 100 { "\"" } else { "" };
        text.push_str(&format!("{n},Person {n},{quote}note {n}\r\n"));
    }
    let (rows, rejected) = read(text);
    assert_eq!((rows.len(), codes(&rejected)), (499, vec!["101 open-quote".to_owned()]));
    assert_eq!(rejected[0].issue.column.as_deref(), Some("notes"));
}

#[test]
fn two_open_quotes_do_not_close_each_other() {
    let text = "id,name,notes\n1,Ann,\"note\n2,Bob,ok\n3,Cid,\"\n4,Dan,ok\n";
    let (rows, rejected) = read(text);
    assert_eq!(ids(&rows), ["2", "4"]);
    assert_eq!(codes(&rejected), ["2 open-quote", "4 open-quote"]);
}

#[test]
fn rows_are_told_from_text_without_any_number_in_them() {
    for (text, accepted, wrong) in [
        // The closing quote stands where one opens.
        ("name,city,notes\nAnn,Rome,\"note\nCid,Bonn,\"\n", 0, vec!["2 open-quote", "3 open-quote"]),
        // Several lines, each of them a row.
        ("name,city,notes\nAnn,Rome,\"note\nBob,Oslo,x\nCid,Bonn,6\"\n", 2, vec!["2 open-quote"]),
        // Ids that are no numbers.
        ("ref,name,notes\nc-1,Ann,\"note\nc-2,Bob,6\"\n", 1, vec!["2 open-quote"]),
        // Text with as many commas as a row, and text that is none.
        ("name,city,notes\nAnn,Rome,\"knows\nGo, C, and Rust\"\nBob,Bonn,x\n", 2, vec![]),
        ("ref,name,notes\nc-1,Ann,\"knows\nGo, C, and Rust\nand more, much, more\"\n", 1, vec![]),
    ] {
        let (rows, rejected) = read(text);
        assert_eq!(
            (rows.len(), codes(&rejected)),
            (accepted, wrong.into_iter().map(str::to_owned).collect()),
            "{text}"
        );
    }
}

#[test]
fn a_first_cell_of_several_lines_is_one_cell() {
    let text = "notes,name,email\n\"Called twice.\nVery good.\",Ann,a@b.de\nok,Bob,b@b.de\n";
    let (rows, rejected) = read(text);
    assert_eq!((rows.len(), codes(&rejected)), (2, vec![]));
}

#[test]
fn a_quote_that_a_later_inch_sign_closes_holds_no_row() {
    let text = "id,name,notes\n1,Ann,\"note\n2,Bob,6\"\n3,Cid,ok\n";
    let (rows, rejected) = read(text);
    assert_eq!(ids(&rows), ["2", "3"]);
    assert_eq!(codes(&rejected), ["2 open-quote"]);
}

#[test]
fn the_open_quote_may_stand_after_a_closed_one_of_several_lines() {
    let text = "id,name,notes\n1,\"Ann\nB.\",\"note\n2,Bob,ok\n3,Cid,\"ok\"\n";
    let (rows, rejected) = read(text);
    assert_eq!(ids(&rows), ["2", "3"]);
    assert_eq!(codes(&rejected), ["2 open-quote"]);
    assert_eq!(rejected[0].raw, b"1,\"Ann\nB.\",\"note\n");
}

#[test]
fn quoted_line_breaks_stay_in_their_cell_and_lines_are_counted() {
    let text = "id,name,notes\n1,Ann,\"one\r\ntwo, with, commas\n\nfour \"\"quoted\"\"\"\n2,Bob,\"x\"\n";
    let (rows, rejected) = read(text);
    assert!(rejected.is_empty(), "{:?}", codes(&rejected));
    assert_eq!(said(&rows[0])[1], "notes=one\r\ntwo, with, commas\n\nfour \"quoted\"");
    assert_eq!([rows[0].line, rows[1].line], [2, 6]);
}

#[test]
fn a_cell_of_two_hundred_lines_is_read_and_a_longer_one_is_not() {
    let with = |lines: usize| {
        let cell = vec!["text"; lines].join("\n");
        read(format!("id,name,notes\n1,Ann,\"{cell}\"\n2,Bob,x\n"))
    };
    let (rows, rejected) = with(200);
    assert_eq!((rows.len(), rejected.len()), (2, 0));
    let (rows, rejected) = with(202);
    assert_eq!(ids(&rows), ["2"]);
    // What followed the quote are lines of their own then, and none of them is a row.
    assert_eq!(codes(&rejected)[..2], ["2 open-quote", "3 field-count"]);
    assert_eq!(rejected.len(), 202);
}

#[test]
fn a_quote_that_opens_a_mebibyte_is_open() {
    let line = format!("{}\n", "x".repeat(50_000));
    let text = format!("id,name,notes\n1,Ann,\"{}\"\n2,Bob,x\n", line.repeat(30));
    let (rows, rejected) = read(text);
    assert_eq!(ids(&rows), ["2"]);
    assert_eq!(codes(&rejected)[0], "2 open-quote");
}

#[test]
fn text_after_a_closing_quote_rejects_the_row() {
    let (rows, rejected) = read("id,name,notes\n1,\"Ann \"the\" Lee\",x\n2,Bob,y\n");
    assert_eq!((ids(&rows), codes(&rejected)), (vec!["2"], vec!["2 bad-quote".to_owned()]));
    assert_eq!(rejected[0].issue.column.as_deref(), Some("name"));
}

#[test]
fn quotes_inside_of_a_cell_are_text() {
    let (rows, _) = read("id,name,notes\n1,Ann,5'10\" tall\n2,\"O\"\"Neil\",\n");
    assert_eq!(said(&rows[0])[1], "notes=5'10\" tall");
    assert_eq!(said(&rows[1]), ["name=O\"Neil"]);
}
