//! - the rejects file holds the original bytes, and gives the same rejects again
//! - so it does whatever its line ends are, and where a line was cut off
//! - mended, it gives the rows that were missing, in the source of their file

use std::fs;
use std::path::Path;

use stackscout_importer::{CandidateFile, ImportOptions, ReadRow, RejectsWriter};

use super::{codes, ids, read_all, taxonomy};

const BROKEN: &[u8] =
    b"\xEF\xBB\xBFsep=;\r\nid;name;notes\r\n1;Ann;\"note\r\n2;Bob;ok\r\n3;Cid;\"\r\n4;Ren\xE9;x\r\n5;Eve\r\n\
6;\"F\0\";x\r\n7;\"G\nH\";x;y\r\n8;Hal;fine\r\n9;Ida;\"open";

fn open(path: &Path) -> CandidateFile {
    CandidateFile::open(path, &ImportOptions::default(), &taxonomy()).unwrap_or_else(|e| panic!("{e}"))
}

fn write_rejects(path: &Path) -> (Vec<String>, std::path::PathBuf) {
    let mut file = open(path);
    let rejects_path = RejectsWriter::path_beside(path, file.rejects_form());
    let mut writer = RejectsWriter::new(&rejects_path, &file);
    let mut codes = Vec::new();
    while let Some(row) = file.next() {
        if let ReadRow::Rejected(rejected) = row.unwrap() {
            assert_eq!(rejected.raw, *file.last_row_bytes());
            codes.push(rejected.issue.code.to_owned());
            writer.write(&rejected).unwrap();
        }
    }
    assert_eq!(writer.finish().unwrap(), codes.len() as u64);
    (codes, rejects_path)
}

#[test]
fn rejects_imported_again_are_the_same_rejects() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    fs::write(&path, BROKEN).unwrap();
    let (first, rejects) = write_rejects(&path);
    assert_eq!(
        first,
        ["open-quote", "open-quote", "not-utf8", "field-count", "nul-byte", "field-count", "open-quote"]
    );
    let bytes = fs::read(&rejects).unwrap();
    assert!(bytes.starts_with(b"\xEF\xBB\xBFsep=;\r\nid;name;notes\r\n1;Ann;\"note\r\n"));
    let (second, again) = write_rejects(&rejects);
    assert_eq!(first, second);
    assert_ne!(rejects, again, "nothing is overwritten");
    assert_eq!(fs::read(again).unwrap(), bytes);
}

#[test]
fn line_ends_of_any_kind_come_back() {
    const LINES: [&str; 5] =
        ["id,name,notes", "1,\"Ada,x", "2,Bo,y,z,\"q\" ,w", "3,Cy,ok", "4,\"Di \"\"E\"\"\",b,c"];
    let ends: [&[&str]; 5] = [&["\n"], &["\r\n"], &["\r"], &["\r", "\n"], &["\r\n", "\r", "\n"]];
    for ends in ends {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        let lines = LINES.iter().zip(ends.iter().cycle()).map(|(line, end)| format!("{line}{end}"));
        fs::write(&path, lines.collect::<String>()).unwrap();
        let (first, rejects) = write_rejects(&path);
        assert_eq!(first, ["open-quote", "field-count", "field-count"], "{ends:?}");
        let bytes = fs::read(&rejects).unwrap();
        let (_, rejected) = read_all(&mut open(&rejects));
        let mut reasons = csv::Reader::from_path(folder.path().join("people.rejects.reasons.csv")).unwrap();
        let named: Vec<String> = reasons.records().map(|row| row.unwrap()[0].to_owned()).collect();
        let found: Vec<String> = rejected.iter().map(|row| row.issue.line.to_string()).collect();
        assert_eq!(named, found, "{ends:?}");
        let (second, again) = write_rejects(&rejects);
        assert_eq!((second, fs::read(again).unwrap() == bytes), (first, true), "{ends:?}");
    }
}

#[test]
fn a_line_that_was_cut_off_is_cut_off_again() {
    let long = format!("8,Bo,a{}b", ",".repeat(17 << 20));
    for (after, codes) in [("9,Cy,y", &["long-line"][..]), ("9,Cy", &["long-line", "field-count"])] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("people.csv");
        fs::write(&path, format!("id,name,note\n7,Ada,x\n{long}\n{after}\n")).unwrap();
        let (first, rejects) = write_rejects(&path);
        assert_eq!(first, codes);
        let (second, again) = write_rejects(&rejects);
        assert_eq!(second, codes);
        assert!(fs::read(again).unwrap() == fs::read(rejects).unwrap());
    }
}

#[test]
fn rejects_of_files_of_one_name_share_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        write_rejects(&path).1.file_name().unwrap().to_str().unwrap().to_owned()
    };
    assert_eq!(write("people.csv", "id,name\n1,Ann\n2\n"), "people.rejects.csv");
    let lines = "{\"id\": 1, \"name\": \"Ann\"}\n{\"id\": 2, \"name\"}\n";
    assert_eq!(write("people.jsonl", lines), "people.rejects.2.jsonl");
}

#[test]
fn rejects_that_come_to_stand_side_by_side_do_not_close_each_others_quotes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    // Next to each other, the two broken lines would be one good row.
    let filler = "Bob,Oslo\n".repeat(300);
    fs::write(&path, format!("name,notes\nAnn,\"one\n{filler}and more\"\n")).unwrap();
    let (first, rejects) = write_rejects(&path);
    assert_eq!(first, ["open-quote", "field-count"]);
    assert_eq!(write_rejects(&rejects).0, first);
}

#[test]
fn reasons_stand_beside_with_both_lines() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    fs::write(&path, BROKEN).unwrap();
    let (_, rejects) = write_rejects(&path);
    let mut reader = csv::Reader::from_path(folder.path().join("people.rejects.reasons.csv")).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let (_, rejected) = read_all(&mut open(&rejects));
    for (row, rejected) in rows.iter().zip(&rejected) {
        assert_eq!(row[0], rejected.issue.line.to_string());
        assert_eq!(&row[4], rejected.issue.code);
    }
    let lines: Vec<&str> = rows.iter().map(|r| r.get(2).unwrap()).collect();
    assert_eq!(lines, ["3", "5", "6", "7", "8", "9", "12"]);
    assert_eq!([&rows[0][3], &rows[3][3]], ["notes", ""]);
}

#[test]
fn mended_rejects_are_the_missing_rows_in_the_same_source() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    fs::write(&path, "id,name,notes\n1,Ann,\"note\n2,Bob,ok\n3,Cid\n").unwrap();
    let (_, rejects) = write_rejects(&path);
    let mended = fs::read_to_string(&rejects).unwrap().replace("\"note", "note").replace("3,Cid", "3,Cid,x");
    fs::write(&rejects, mended).unwrap();
    let mut file = open(&rejects);
    assert_eq!(file.source(), "people");
    let (rows, rejected) = read_all(&mut file);
    assert_eq!((ids(&rows), codes(&rejected).len()), (vec!["1", "3"], 0));
}

#[test]
fn a_file_without_rejects_leaves_no_rejects_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.csv");
    fs::write(&path, "id,name\n1,Ann\n").unwrap();
    let (codes, rejects) = write_rejects(&path);
    assert!(codes.is_empty() && !rejects.exists());
}
