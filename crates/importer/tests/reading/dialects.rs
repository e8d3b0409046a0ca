//! - delimiter, line ends, byte order mark and UTF-16 make no difference to what is read

use std::io::Write;

use stackscout_importer::{Encoding, ImportError, ImportOptions};

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
fn an_older_encoding_is_read_where_it_is_asked_for() {
    let latin: Vec<u8> = PLAIN.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let (rows, rejected) = read(&latin);
    assert_eq!((rows.len(), rejected[0].issue.code), (1, "not-utf8"));
    let options =
        ImportOptions { encoding: Some(Encoding::parse("cp1252").unwrap()), ..ImportOptions::default() };
    let (rows, rejected) = read_all(&mut open_with(&latin, &options).unwrap());
    assert_eq!((rows.iter().map(said).collect::<Vec<_>>(), rejected.len()), (expected(), 0));
    // A byte that the encoding has no sign for costs its row, and the rest of the file says that it is UTF-8 now.
    let hole = [&latin[..], b"3,\x81,Go\n"].concat();
    let mut file = open_with(&hole, &options).unwrap();
    let (rows, rejected) = read_all(&mut file);
    assert_eq!((rows.len(), rejected[0].issue.line), (2, 4));
    assert_eq!(rejected[0].issue.reason, "holds a byte that is no text in windows-1252");
    assert!(file.preamble().starts_with("\u{feff}".as_bytes()));
}

#[test]
fn a_packed_file_is_read_as_what_is_in_it() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(format!("\u{feff}{PLAIN}").as_bytes()).unwrap();
    check(packer.finish().unwrap(), "gzip");
    check(zstd::stream::encode_all(PLAIN.as_bytes(), 0).unwrap(), "zstd");
    let utf16: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check(zstd::stream::encode_all(&utf16[..], 0).unwrap(), "zstd of UTF-16 without a mark");
}

#[test]
fn a_packed_file_that_was_cut_off_ends_in_an_error() {
    let rows: String =
        (0..200_000u32).map(|n| format!("{n},P{},Go\n", n.wrapping_mul(7_919) % 10_007)).collect();
    let packed = zstd::stream::encode_all(format!("id,name,skills\n{rows}").as_bytes(), 0).unwrap();
    let mut file = open(&packed[..packed.len() - 9]);
    let last = (&mut file).last().unwrap();
    assert!(matches!(last, Err(ImportError::Read { .. })), "rows that are missing are no end of the file");
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
