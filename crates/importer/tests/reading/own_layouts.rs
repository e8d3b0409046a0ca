//! - a mapping that was chosen once is kept as a file, and known by its columns
//! - a layout that somebody broke says where

use std::fs;

use stackscout_importer::layout::own;
use stackscout_importer::{CandidateFile, ImportOptions, Usage};
use stackscout_profile::Field;

use super::{open_with, read_all, said};

const TEXT: &[u8] = b"Nr,Wer,Ort,Ort,Kann,Extra\n7,Ann,Bonn,Rome,Rust,x\n";

fn mapped() -> CandidateFile {
    let map =
        [("Nr", Field::ExternalId), ("Wer", Field::Name), ("Kann", Field::Skills), ("Ort (2)", Field::Notes)];
    let map = map.map(|(column, field)| (column.to_owned(), Some(field))).to_vec();
    let source = Some("fair".to_owned());
    open_with(TEXT, &ImportOptions { map, source, ..ImportOptions::default() }).unwrap()
}

fn save(
    folder: &std::path::Path,
    name: &str,
) -> Result<std::path::PathBuf, stackscout_importer::ImportError> {
    let file = mapped();
    own::save(folder, name, "a fair", file.layout(), file.source(), file.columns())
}

#[test]
fn a_mapping_that_was_kept_is_used_for_the_same_columns() {
    let folder = tempfile::tempdir().unwrap();
    assert!(own::load(&folder.path().join("none")).unwrap().is_empty());
    save(folder.path(), "fair").unwrap();
    let options = ImportOptions { layouts: own::load(folder.path()).unwrap(), ..ImportOptions::default() };
    // In another order, and with a column more.
    let again = b"Mehr,Wer,Ort,Ort,Kann,Extra,Nr\n,Bob,Kiel,Oslo,Go,y,8\n";
    let mut file = open_with(again, &options).unwrap();
    assert_eq!((file.layout(), file.source()), ("fair", "fair"));
    let (rows, _) = read_all(&mut file);
    assert_eq!(rows[0].external_id.as_deref(), Some("8"));
    assert_eq!(said(&rows[0]), ["name=Bob", "city=Kiel", "notes=Oslo", "skills=Go"]);
    assert_eq!(file.columns()[5].usage, Usage::Ignored);
    // By its name it is used for other columns, too.
    let options = ImportOptions { layout: Some("fair".to_owned()), ..options };
    assert_eq!(open_with(b"Wer,Kann\nEve,Go\n", &options).unwrap().layout(), "fair");
    own::remove(folder.path(), "fair").unwrap();
    assert!(own::load(folder.path()).unwrap().is_empty());
    assert!(own::remove(folder.path(), "fair").is_err());
}

#[test]
fn names_that_are_taken_or_no_names_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    save(folder.path(), "fair").unwrap();
    for (name, words) in
        [("fair", "already"), ("plain", "comes with the program"), ("../x", "letters"), ("", "letters")]
    {
        let error = save(folder.path(), name).unwrap_err().to_string();
        assert!(error.contains(words), "{name}: {error}");
    }
    let file = open_with(
        b"E-Mail,email,name\na@x.org,b@x.org,Ann\n",
        &ImportOptions { map: vec![("E-Mail".to_owned(), Some(Field::Notes))], ..ImportOptions::default() },
    );
    let file = file.unwrap();
    let error = own::save(folder.path(), "two", "", "plain", "x", file.columns()).unwrap_err();
    assert!(error.to_string().contains("`email`"), "{error}");
}

#[test]
fn a_broken_layout_says_where() {
    let head = "name = \"x\"\nabout = \"\"\n";
    for (text, line, words) in [
        ("name = \"x\"\nabout = 1\n".to_owned(), 2, "string"),
        (format!("{head}[recognise]\nall = [\"a\"]\n[columns]\nnme = [\"a\"]\n"), 6, "did you mean `name`?"),
        (
            format!("{head}[recognise]\nall = [\"a\"]\n[columns]\nname = [\"a\"]\ncity = [\"Q\", \"A\"]\n"),
            7,
            "both",
        ),
        (format!("{head}[recognise]\nall = [\"a\"]\n[columns]\nnotes = [\"Gender\"]\n"), 6, "protected"),
        (format!("{head}[columns]\nname = [\"a\"]\n"), 1, "recognise"),
        (head.replace("\"x\"", "\"y\""), 1, "not that of the file"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.toml");
        fs::write(&path, &text).unwrap();
        let error = own::load(folder.path()).unwrap_err().to_string();
        let start = format!("{}:{line}: ", path.display());
        assert!(error.starts_with(&start) && error.contains(words), "{text}\n{error}");
    }
}
