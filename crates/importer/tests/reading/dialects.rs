//! - delimiter, line ends, byte order mark and UTF-16 make no difference to what is read

use stackscout_importer::ImportOptions;

use super::{ids, open, open_with, read, read_all, said};

const PLAIN: &str = "id,Full name,Skills\n1,Ann,Rust\n2,Zoë,Go\n";

fn expected() -> Vec<Vec<String>> {
    vec![vec!["name=Ann".into(), "skills=Rust".into()], vec!["name=Zoë".into(), "skills=Go".into()]]
}

fn check(bytes: impl AsRef<[u8]>, what: &str) {
    let (rows, rejected) = read(bytes);
    assert!(rejected.is_empty(), "{what}");
    assert_eq!(rows.iter().map(said).collect::<Vec<_>>(), expected(), "{what}");
    assert_eq!(ids(&rows), ["1", "2"], "{what}");
}

#[test]
fn what_is_read_does_not_depend_on_the_dialect() {
    check(PLAIN, "as it is");
    check(PLAIN.trim_end(), "no line end at the end");
    check(format!("\u{feff}{PLAIN}"), "byte order mark");
    check(PLAIN.replace('\n', "\r\n"), "CRLF");
    check(PLAIN.replace('\n', "\r"), "CR");
    check(PLAIN.replacen('\n', "\r\n", 1).replacen("t\n", "t\r", 1), "mixed");
    for (delimiter, word) in [(";", "semicolon"), ("\t", "tab"), ("|", "pipe")] {
        check(PLAIN.replace(',', delimiter), word);
        check(format!("\u{feff}sep={delimiter}\r\n{}", PLAIN.replace(',', delimiter)), word);
    }
    check(format!("sep=^\n{}", PLAIN.replace(',', "^")), "sep=^");
    check(
        "id , Full name,  \"Skills\" 
1,\"Ann\" , \"Rust\"
2,Zoë,Go
",
        "padded",
    );
    for big in [false, true] {
        let units = std::iter::once(0xFEFF).chain(PLAIN.encode_utf16());
        let bytes: Vec<u8> =
            units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
        check(bytes, "UTF-16");
    }
}

#[test]
fn a_byte_order_mark_is_in_no_name() {
    let file = open(format!("\u{feff}{PLAIN}"));
    assert_eq!(file.columns()[0].column, "id");
    assert_eq!(file.preamble(), "\u{feff}id,Full name,Skills\n".as_bytes());
}

#[test]
fn lines_are_counted_from_the_first_one_of_the_file() {
    let (rows, _) = read(format!("sep=,\n{PLAIN}"));
    assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn a_delimiter_that_was_asked_for_holds_against_the_file() {
    let options = ImportOptions { delimiter: Some(b';'), ..ImportOptions::default() };
    let mut file = open_with(b"sep=,\nid;name\n1;Lee, Ann\n", &options).unwrap();
    let (rows, rejected) = read_all(&mut file);
    assert_eq!((said(&rows[0]), rejected.len()), (vec!["name=Lee, Ann".to_owned()], 0));
}

#[test]
fn a_decimal_comma_does_not_make_a_comma_file() {
    let (rows, _) = read("id;years;name\n1;2,5;Ann\n2;3,5;Bob\n");
    assert_eq!(said(&rows[0]), ["years=2,5", "name=Ann"]);
}
