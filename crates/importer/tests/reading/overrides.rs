//! - what a caller says about a file holds against what the header says
//! - what does not exist is an error with near names

use stackscout_importer::{ImportOptions, Usage};
use stackscout_profile::Field;

use super::{open_with, read_all, said};

const TEXT: &[u8] = b"id,Name,Wohnsitz,Desk,Email,Email\n1,Ann,Rome,x,a@x.org,b@x.org\n";

fn map(column: &str, field: Option<Field>) -> ImportOptions {
    ImportOptions { map: vec![(column.to_owned(), field)], ..ImportOptions::default() }
}

fn message(options: &ImportOptions) -> String {
    open_with(TEXT, options).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn a_map_gives_a_column_its_field() {
    let mut file = open_with(TEXT, &map("wohnsitz", Some(Field::City))).unwrap();
    assert_eq!(file.columns()[2].usage, Usage::Field(Field::City));
    assert!(said(&read_all(&mut file).0[0]).contains(&"city=Rome".to_owned()));

    let mut file = open_with(TEXT, &map("Name", None)).unwrap();
    assert_eq!(said(&read_all(&mut file).0[0]), ["email=a@x.org", "email=b@x.org"]);

    let file = open_with(TEXT, &map("Email (2)", None)).unwrap();
    assert_eq!(file.mapped_columns(), ["id", "Name", "Email"]);

    let mut file = open_with(TEXT, &map("Desk", Some(Field::Skill))).unwrap();
    assert!(said(&read_all(&mut file).0[0]).contains(&"skill=Desk".to_owned()));
}

#[test]
fn another_id_replaces_the_one_that_was_found() {
    let mut file = open_with(TEXT, &map("Wohnsitz", Some(Field::ExternalId))).unwrap();
    assert_eq!(file.columns()[0].usage, Usage::Ignored);
    assert_eq!(read_all(&mut file).0[0].external_id.as_deref(), Some("Rome"));
}

#[test]
fn a_column_that_does_not_exist_is_an_error_with_near_names() {
    let message = message(&map("Wohnsits", Some(Field::City)));
    assert!(
        message.contains("no column `Wohnsits`") && message.contains("did you mean `Wohnsitz`"),
        "{message}"
    );
}

#[test]
fn a_protected_column_cannot_be_mapped() {
    let error = open_with(b"id,Gender\n1,f\n", &map("gender", Some(Field::Notes))).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("protected"), "{error}");
}

#[test]
fn a_layout_and_a_source_can_be_asked_for() {
    let options = |layout: &str, source: Option<&str>| ImportOptions {
        layout: Some(layout.to_owned()),
        source: source.map(str::to_owned),
        ..ImportOptions::default()
    };
    let file =
        open_with(b"ResponseId,DevType,Country,Rust\n1,x,Others,1\n", &options("stackoverflow-2024", None));
    assert_eq!(file.unwrap().source(), "stackoverflow-2024");
    let file = open_with(TEXT, &options("plain", Some("spring fair"))).unwrap();
    assert_eq!(file.source(), "spring fair");
    let message = message(&options("plane", None));
    assert!(
        message.contains("unknown layout `plane`") && message.contains("did you mean `plain`"),
        "{message}"
    );
    let error = open_with(TEXT, &options("stackoverflow-2025", None)).map(|_| ()).unwrap_err();
    assert!(error.to_string().contains("none of the columns"), "{error}");
}

#[test]
fn a_map_makes_a_file_of_unknown_columns_readable() {
    let mut file = open_with(b"foo,bar\n1,Rust\n", &map("bar", Some(Field::Skills))).unwrap();
    assert_eq!(said(&read_all(&mut file).0[0]), ["skills=Rust"]);
}
