//! - a table says the same as CSV, as a workbook of Excel and of OpenDocument, as JSON and as a page
//! - worksheets are read as another reader reads them
//! - numbers, dates, errors, hidden rows and sheets are what they are for a person
//! - what unpacks to too much, is encrypted, broken or of another kind is an error, and takes no memory
//! - folders and archives are sorted, and nothing leads out of them

use std::fs::{self, File};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use calamine::{Reader, Xlsx};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use stackscout_importer::{CandidateFile, ImportError, ImportOptions, Inputs, Issue};
use stackscout_profile::Field;

use super::{read_all, taxonomy};

fn named(name: &str, bytes: &[u8], options: &ImportOptions) -> Result<CandidateFile, ImportError> {
    CandidateFile::from_reader(name, Box::new(Cursor::new(bytes.to_vec())), options, &taxonomy())
}

fn opened(name: &str, bytes: &[u8]) -> CandidateFile {
    named(name, bytes, &ImportOptions::default()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn error(name: &str, bytes: &[u8]) -> String {
    match named(name, bytes, &ImportOptions::default()) {
        Ok(file) => panic!("{name} was opened as {}", file.layout()),
        Err(e) => e.to_string(),
    }
}

/// What the rows of a file say: field and text of each value.
fn said(file: &mut CandidateFile) -> Vec<Vec<(Field, String)>> {
    let (rows, rejected) = read_all(file);
    assert_eq!(rejected, []);
    rows.into_iter()
        .map(|row| {
            let id = row.external_id.map(|id| (Field::ExternalId, id));
            id.into_iter().chain(row.values.into_iter().map(|v| (v.field, v.text))).collect()
        })
        .collect()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn as_xlsx(table: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (y, row) in table.iter().enumerate() {
        for (x, cell) in row.iter().enumerate() {
            match cell.parse::<u32>() {
                Ok(number) if number.to_string() == *cell => sheet.write(y as u32, x as u16, number).unwrap(),
                _ => sheet.write(y as u32, x as u16, cell.as_str()).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn as_ods(table: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| {
        let lines: Vec<String> =
            text.split('\n').map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
        format!("<table:table-cell office:value-type=\"string\">{}</table:table-cell>", lines.concat())
    };
    let rows = table.iter().map(|row| {
        format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>())
    });
    ods(&format!("<table:table table:name=\"People\">{}</table:table>", rows.collect::<String>()))
}

fn ods(tables: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let mimetype: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    zipped(&[("mimetype", mimetype), ("content.xml", content.as_bytes())])
}

fn as_csv(table: &[Vec<String>]) -> Vec<u8> {
    let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
    let lines = table.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n");
    lines.collect::<String>().into_bytes()
}

fn as_objects(table: &[Vec<String>]) -> Vec<String> {
    let object = |row: &Vec<String>| {
        let members = table[0].iter().zip(row).map(|(k, v)| {
            let value = match v.parse::<u32>() {
                Ok(number) if number.to_string() == *v => v.clone(),
                _ => serde_json::to_string(v).unwrap(),
            };
            format!("{}: {value}", serde_json::to_string(k).unwrap())
        });
        format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
    };
    table[1..].iter().map(object).collect()
}

fn as_page(table: &[Vec<String>]) -> Vec<u8> {
    let cell = |text: &String| format!("<td>{}</td>", escaped(text).replace('\n', "<br>"));
    let row = |row: &Vec<String>| format!("<tr>{}</tr>\n", row.iter().map(cell).collect::<String>());
    format!("<html><body><table>{}</table></body></html>", table.iter().map(row).collect::<String>())
        .into_bytes()
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    // White space at the ends of a cell is nothing that a page keeps, nor are two spaces.
    let cell = prop_oneof![
        2 => "[a-zé&<>\",;']{1,5}( [a-z0-9,]{1,4})?(\n[a-z]{1,3})?",
        1 => "[1-9][0-9]{0,6}",
        1 => Just(String::new())
    ];
    let row = proptest::collection::vec(cell, 4);
    proptest::collection::vec(row, 1..6).prop_map(|mut rows| {
        for (at, row) in rows.iter_mut().enumerate() {
            row[0] = format!("id{at}");
        }
        rows.insert(0, ["id", "name", "skills", "notes"].map(str::to_owned).to_vec());
        rows
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn a_table_says_the_same_in_every_form(table in table()) {
        let expected = said(&mut opened("people.csv", &as_csv(&table)));
        let lines = as_objects(&table).join("\n");
        let list = format!("[\n{}\n]", as_objects(&table).join(",\n"));
        for (name, bytes) in [
            ("people.xlsx", as_xlsx(&table)),
            ("people.ods", as_ods(&table)),
            ("people.jsonl", lines.into_bytes()),
            ("people.json", list.into_bytes()),
            ("people.xls", as_page(&table)),
        ] {
            prop_assert_eq!(&said(&mut opened(name, &bytes)), &expected, "{}", name);
        }
    }
}

#[test]
fn a_worksheet_is_read_as_another_reader_reads_it() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (x, header) in ["id", "name", "years", "skills", "notes"].into_iter().enumerate() {
        sheet.write(0, x as u16, header).unwrap();
    }
    for y in 1..400_u32 {
        sheet.write(y, 0, format!("c{y}")).unwrap();
        if y % 3 > 0 {
            sheet.write(y, 1, format!("Ann {}", y % 7)).unwrap();
        }
        sheet.write(y, 2, f64::from(y) / 10.0).unwrap();
        if y % 5 == 0 {
            sheet.write(y, 4, y % 2 == 0).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let mut twin: Xlsx<_> = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
    let range = twin.worksheet_range("Sheet1").unwrap();
    let fields = [Field::ExternalId, Field::Name, Field::TotalYears, Field::Skills, Field::Notes];
    let expected: Vec<Vec<(Field, String)>> = range
        .rows()
        .skip(1)
        .map(|row| {
            fields
                .iter()
                .copied()
                .zip(row.iter().map(|c| c.to_string()))
                .filter(|(_, text)| !text.is_empty())
                .collect()
        })
        .collect();
    assert_eq!(said(&mut opened("people.xlsx", &bytes)), expected);
}

/// A workbook with a second sheet, days, a formula, an error, a merged cell and hidden rows.
fn rich() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Cover").unwrap();
    sheet.write(0, 0, "Our report").unwrap();
    let sheet = book.add_worksheet().set_name("People").unwrap();
    for (x, header) in
        ["id", "name", "available", "years", "salary", "notes", "phone"].into_iter().enumerate()
    {
        sheet.write(1, x as u16, header).unwrap();
    }
    sheet.write(3, 0, 1_234_567_890_123_u64).unwrap();
    sheet.write(3, 1, "Ada\nMoss").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_with_format(3, 2, ExcelDateTime::from_ymd(2027, 1, 31).unwrap(), &day).unwrap();
    sheet.write_formula(3, 3, Formula::new("=1+4").set_result("5")).unwrap();
    sheet.write_with_format(3, 4, 85_000, &Format::new().set_num_format("#,##0 [$€-407]")).unwrap();
    sheet.write_formula(3, 5, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_with_format(3, 6, 49, &Format::new().set_num_format("00000")).unwrap();
    sheet.merge_range(4, 0, 4, 1, "7", &Format::new()).unwrap();
    sheet.write(4, 5, "hidden").unwrap();
    sheet.set_row_hidden(4).unwrap();
    sheet.write(4, 9, "beside").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn cells_of_a_workbook_are_what_a_person_sees() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("people.xlsx");
    fs::write(&path, rich()).unwrap();
    let options = ImportOptions { sheet: Some("people".into()), ..ImportOptions::default() };
    let mut file = CandidateFile::open(&path, &options, &taxonomy()).unwrap();
    assert!(file.file_name().ends_with("people.xlsx[People]"));
    assert_eq!(file.source(), "people");
    let (rows, rejected) = read_all(&mut file);
    assert_eq!(rejected, []);
    let texts: Vec<&str> = rows[0].values.iter().map(|v| v.text.as_str()).collect();
    assert_eq!(texts, ["Ada\nMoss", "2027-01-31", "5", "85000 €", "00049"]);
    assert_eq!((rows[0].line, rows[0].external_id.as_deref()), (4, Some("1234567890123")));
    assert_eq!((rows[1].line, rows[1].external_id.as_deref()), (5, Some("7")));
    assert_eq!(file.notes(), ["1 hidden rows were read like the others"]);
}

#[test]
fn a_sheet_is_found_or_named() {
    let open = |sheet: Option<&str>| {
        let options = ImportOptions { sheet: sheet.map(str::to_owned), ..ImportOptions::default() };
        named("people.xlsx", &rich(), &options)
    };
    let file = open(None).unwrap();
    assert_eq!(file.file_name(), "people.xlsx[People]");
    assert!(file.notes()[0].contains("other sheets are not read: `Cover`"), "{:?}", file.notes());
    assert_eq!(open(Some("2")).unwrap().file_name(), "people.xlsx[People]");
    let refused = |sheet| open(Some(sheet)).err().unwrap().to_string();
    assert!(
        refused("Peple")
            .contains("has no sheet `Peple`: it has `Cover`, `People`\nhint: did you mean `People`?")
    );
    assert!(refused("3").contains("has no sheet `3`"));
    assert!(refused("Cover").contains("none of the columns"));
    let options = ImportOptions { sheet: Some("1".into()), ..ImportOptions::default() };
    let no_book = named("people.csv", b"id,name\n1,Ann\n", &options).err().unwrap().to_string();
    assert!(no_book.contains("is no workbook"), "{no_book}");
}

#[test]
fn days_of_the_other_system_are_days_too() {
    let part = |name: &'static str, text: &'static str| (name, text.as_bytes());
    let book = zipped(&[
        part(
            "xl/workbook.xml",
            "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>",
        ),
        part(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Target=\"/xl/worksheets/sheet1.xml\"/></Relationships>",
        ),
        part(
            "xl/styles.xml",
            "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>",
        ),
        part(
            "xl/worksheets/sheet1.xml",
            "<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>name</t></is></c>\
             <c t=\"inlineStr\"><is><t>available</t></is></c></row>\
             <row r=\"9\"><c r=\"B9\" s=\"1\"><v>44865</v></c><c r=\"A9\" t=\"inlineStr\"><is><r><t>Ada </t></r>\
             <r><t>Moss</t></r><rPh><t>no</t></rPh></is></c><c r=\"C9\" t=\"s\"><v>7</v></c></row></sheetData></worksheet>",
        ),
    ]);
    let (rows, _) = read_all(&mut opened("a.xlsx", &book));
    let texts: Vec<&str> = rows[0].values.iter().map(|v| v.text.as_str()).collect();
    assert_eq!((rows[0].line, texts), (9, vec!["Ada Moss", "2026-11-01"]));
}

#[test]
fn cells_of_open_documents_are_what_a_person_sees() {
    let cell = |attributes: &str, text: &str| {
        format!("<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>")
    };
    let string = |text: &str| cell("office:value-type=\"string\"", text);
    let header = ["name", "years", "available", "salary", "notes", "remote"].map(string).concat();
    let values = [
        string("Ada<text:s text:c=\"2\"/>Moss"),
        cell("office:value-type=\"float\" office:value=\"5.0\"", "5,00"),
        cell("office:value-type=\"date\" office:date-value=\"2027-01-31T00:00:00\"", "31.01.27"),
        cell("office:value-type=\"currency\" office:currency=\"EUR\" office:value=\"85000\"", "85.000 €"),
        cell("office:value-type=\"string\" calcext:value-type=\"error\" office:string-value=\"\"", "#N/A"),
        cell("office:value-type=\"boolean\" office:boolean-value=\"true\"", "WAHR"),
    ]
    .concat();
    let tables = format!(
        "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"2\"><table:table-cell \
         table:number-columns-repeated=\"16384\"/></table:table-row><table:table-row>{header}</table:table-row>\
         <table:table-row table:visibility=\"collapse\">{values}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row></table:table>\
         <table:table table:name=\"B\"><table:table-row>{header}</table:table-row></table:table>"
    );
    let mut file = opened("a.ods", &ods(&tables));
    let (rows, _) = read_all(&mut file);
    let texts: Vec<&str> = rows[0].values.iter().map(|v| v.text.as_str()).collect();
    assert_eq!((rows[0].line, texts), (4, vec!["Ada  Moss", "5", "2027-01-31", "85000 EUR", "true"]));
    assert_eq!(
        file.notes(),
        ["other sheets are not read: `B`; --sheet names one", "1 hidden rows were read like the others"]
    );
}

#[test]
fn bombs_and_broken_books_are_errors() {
    let row = "<table:table-row table:number-rows-repeated=\"1000000000\"><table:table-cell office:value-type=\"string\" \
               table:number-columns-repeated=\"2\"><text:p>name</text:p></table:table-cell></table:table-row>";
    let endless = ods(&format!("<table:table table:name=\"A\">{row}</table:table>"));
    let wide =
        ods(&format!("<table:table table:name=\"A\">{}</table:table>", row.replace("\"2\"", "\"1000000\"")));
    let mut file = opened("a.ods", &endless);
    assert!(file.by_ref().take(2_000_000).any(|row| row.is_err()));
    assert!(error("a.ods", &wide).contains("16,384 cells"));
    let encrypted = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"),
        ("content.xml", b"noise"),
    ]);
    assert!(error("a.ods", &encrypted).contains("with a password"));
    let compound = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 600], &name].concat()
    };
    assert!(error("a.xlsx", &compound("EncryptedPackage")).contains("save it without a password"));
    assert!(error("a.xls", &compound("Workbook")).contains("an old Excel workbook"));
    let whole = as_xlsx(&[vec!["id".into(), "name".into()], vec!["1".into(), "Ann".into()]]);
    for cut in [30, whole.len() / 2, whole.len() - 1] {
        assert!(named("a.xlsx", &whole[..cut], &ImportOptions::default()).is_err(), "cut at {cut}");
    }
    // A text of 40 MiB in one cell, packed a thousandfold.
    let sheet = format!(
        "<worksheet><sheetData><row><c t=\"str\"><v>{}</v></c></row></sheetData></worksheet>",
        "x".repeat(40 << 20)
    );
    let bomb = zipped(&[
        ("xl/workbook.xml", b"<workbook><sheets><sheet name=\"A\" r:id=\"r1\"/></sheets></workbook>"),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Target=\"worksheets/s.xml\"/></Relationships>",
        ),
        ("xl/worksheets/s.xml", sheet.as_bytes()),
    ]);
    assert!(error("a.xlsx", &bomb).contains("larger than 4 MiB"));
}

#[test]
fn rejected_rows_of_a_workbook_are_csv_that_imports_again() {
    let table: Vec<Vec<String>> = [["id", "name", "Django"], ["1", "Ann", "x"], ["id", "name", "Django"]]
        .iter()
        .map(|row| row.map(str::to_owned).to_vec())
        .collect();
    let mut file = opened("people.xlsx", &as_xlsx(&table));
    let (rows, rejected) = read_all(&mut file);
    assert_eq!((rows.len(), rejected.len()), (1, 1));
    assert_eq!((rejected[0].issue.code, rejected[0].issue.line), ("header-again", 3));
    let written = [file.preamble(), rejected[0].raw.as_slice(), b"2,Bob,\n"].concat();
    assert_eq!(written, b"\xEF\xBB\xBFid,name,Django\nid,name,Django\n2,Bob,\n");
    let (again, rejected) = read_all(&mut opened("people.rejects.csv", &written));
    assert_eq!((again.len(), rejected.len()), (1, 1));
}

#[test]
fn json_is_read_line_by_line_and_its_faults_have_places() {
    let text = "{\"id\": 1, \"name\": \"Ann\", \"skills\": [\"Rust\", \"Go\"]}\n{\"id\": 2,}\n{\"id\": 3, \"name\": \"Cid\", \"extra\": 1}\n";
    let mut file = opened("people.jsonl", text.as_bytes());
    let (rows, rejected) = read_all(&mut file);
    assert_eq!(rows.iter().map(|r| r.line).collect::<Vec<_>>(), [1, 3]);
    assert_eq!(rows[0].values[1].text, "Rust; Go");
    let Issue { line, code, reason, .. } = &rejected[0].issue;
    assert_eq!(
        (*line, *code, reason.as_str()),
        (2, "bad-json", "is no JSON at column 10: a key in quotes should be here")
    );
    assert_eq!(rejected[0].raw, b"{\"id\": 2,}\n");
    assert!(file.preamble().is_empty());
    let refused = |bytes: &str| error("a.json", bytes.as_bytes());
    assert_eq!(
        refused("[{\"id\": 1},\n{\"id\"}]"),
        "a.json:2:6: this is no JSON: a colon should follow the key"
    );
    assert!(refused("7").contains("holds no objects") && refused("[]").contains("holds no objects"));
}

#[test]
fn a_json_resume_is_a_person() {
    let resume = br#"{"basics": {"name": "Ada Moss", "email": "ada@example.org", "image": "x"}, "skills": [{"name": "Go"}]}"#;
    let mut file = opened("ada.json", resume);
    assert_eq!(file.layout(), "json-resume");
    let expected = [(Field::Name, "Ada Moss"), (Field::Email, "ada@example.org"), (Field::Skills, "Go")];
    assert_eq!(said(&mut file), [expected.map(|(f, t)| (f, t.to_owned())).to_vec()]);
}

fn write(folder: &Path, files: &[(&str, &[u8])]) {
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

const MIXED: &[(&str, &[u8])] = &[
    ("b.csv", b"id,name\n1,Ann\n"),
    ("a.txt", b"name;skills\nBob;Go\n"),
    ("cvs/Cem Kaya.txt", b"Cem Kaya\ncem@example.org\nDjango since 2019"),
    ("cvs/empty.md", b" "),
    ("ada.json", br#"{"basics": {"name": "Ada"}}"#),
    ("photo.png", b"\x89PNG\r\n"),
    ("b.rejects.reasons.csv", b"rejects_line\n"),
    (".hidden", b"x"),
];

#[test]
fn a_folder_is_sorted_and_what_is_not_read_is_said() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), MIXED);
    let found = Inputs::find(&[folder.path().to_owned()], &ImportOptions::default()).unwrap();
    let skipped: Vec<_> =
        found.skipped.iter().map(|s| (s.file.rsplit('/').next().unwrap(), s.reason.as_str())).collect();
    assert_eq!(
        skipped,
        [
            ("b.rejects.reasons.csv", "says why rows were rejected, and holds none"),
            ("photo.png", "is of no kind that is read")
        ]
    );
    let files: Vec<CandidateFile> = found
        .inputs
        .iter()
        .map(|input| CandidateFile::open_input(input, &ImportOptions::default(), &taxonomy()).unwrap())
        .collect();
    let layouts: Vec<&str> = files.iter().map(CandidateFile::layout).collect();
    assert_eq!(layouts, ["plain", "plain", "json-resume", "cv"]);
    let (rows, rejected) = read_all(&mut files.into_iter().last().unwrap());
    let texts: Vec<_> = rows[0].values.iter().map(|v| (v.field, v.text.as_str())).collect();
    assert_eq!(
        texts[..3],
        [(Field::CvFile, "cvs/Cem Kaya.txt"), (Field::Name, "Cem Kaya"), (Field::Email, "cem@example.org")]
    );
    assert_eq!(rejected[0].issue.reason, "`cvs/empty.md` holds no text; it may be a picture of one");
    let empty = tempfile::tempdir().unwrap();
    let refused = Inputs::find(&[empty.path().to_owned()], &ImportOptions::default()).err().unwrap();
    assert!(refused.to_string().contains("is of a kind that is read"));
}

#[test]
fn an_archive_is_read_like_a_folder_and_nothing_leads_out_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let nested = zipped(&[("x.txt", b"x")]);
    let mut files = MIXED.to_vec();
    files.extend([("../out.txt", &b"Ada Moss\nada@example.org"[..]), ("inner.zip", &nested)]);
    let path = folder.path().join("all.zip");
    fs::write(&path, zipped(&files)).unwrap();
    let found = Inputs::find(std::slice::from_ref(&path), &ImportOptions::default()).unwrap();
    let reason = |name: &str| {
        let skipped = found.skipped.iter().find(|s| s.file.ends_with(&format!("[{name}]")));
        skipped.unwrap_or_else(|| panic!("{name}: {:?}", found.skipped)).reason.as_str()
    };
    assert_eq!(reason("../out.txt"), "its name leads out of the archive");
    assert_eq!(reason("inner.zip"), "is an archive inside of another, which is not opened");
    let layouts: Vec<(String, String)> = found
        .inputs
        .iter()
        .map(|input| CandidateFile::open_input(input, &ImportOptions::default(), &taxonomy()).unwrap())
        .map(|file| (file.layout().to_owned(), file.file_name().rsplit('/').next().unwrap().to_owned()))
        .collect();
    let expected = [
        ("plain", "all.zip[a.txt]"),
        ("plain", "all.zip[b.csv]"),
        ("json-resume", "all.zip"),
        ("cv", "all.zip"),
    ];
    assert_eq!(layouts, expected.map(|(l, f)| (l.to_owned(), f.to_owned())));
}

#[test]
fn cvs_beside_a_table_join_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    write(
        folder.path(),
        &[
            ("cvs/1.txt", b"ann@example.org\nDjango"),
            ("cvs/other.txt", b"x@example.org"),
            ("p.csv", b"name,email,cv\nAnn,ann@example.org,old\nBob,,\n"),
        ],
    );
    let cvs = stackscout_importer::Cvs::open(&folder.path().join("cvs"), &ImportOptions::default()).unwrap();
    let options = ImportOptions { cvs: Some(std::sync::Arc::new(cvs)), ..ImportOptions::default() };
    let mut file = CandidateFile::open(&folder.path().join("p.csv"), &options, &taxonomy()).unwrap();
    let columns = file.mapped_columns();
    assert!(columns.ends_with(&["cv_file".to_owned(), "cv (beside the table)".to_owned()]), "{columns:?}");
    let (rows, _) = read_all(&mut file);
    assert_eq!(
        rows[0].values.last().map(|v| (v.field, v.text.as_str())),
        Some((Field::Cv, "ann@example.org\nDjango"))
    );
    assert!(rows[1].values.iter().all(|v| v.field != Field::Cv));
    let left = options.cvs.unwrap().left();
    assert_eq!(left.iter().map(|l| l.file.as_str()).collect::<Vec<_>>(), ["other.txt"]);
}

#[test]
fn a_page_without_a_table_is_refused() {
    assert!(
        error("people.xls", b"<html><body><p>Session expired</p></body></html>")
            .contains("page without a table")
    );
}

#[test]
fn streams_and_packed_workbooks_are_read() {
    let table: Vec<Vec<String>> = vec![vec!["id".into(), "name".into()], vec!["a".into(), "Ann".into()]];
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("people.xlsx.gz");
    let mut packer = flate2::write::GzEncoder::new(File::create(&path).unwrap(), flate2::Compression::fast());
    packer.write_all(&as_xlsx(&table)).unwrap();
    packer.finish().unwrap();
    let mut file = CandidateFile::open(&path, &ImportOptions::default(), &taxonomy()).unwrap();
    assert_eq!((said(&mut file).len(), file.source()), (1, "people"));
    assert_eq!(said(&mut opened("stdin", &as_xlsx(&table))).len(), 1);
}
