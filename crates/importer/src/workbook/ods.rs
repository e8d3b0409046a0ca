//! Workbooks of OpenDocument (`.ods`), as LibreOffice writes them: one XML document in a zip archive.

use std::fs::File;
use std::io;

use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;

use super::number::{plain, rounded};
use super::{RowBuilder, RowSink, Sheet};
use crate::archive::Archive;
use crate::header::COLUMNS_MAX;
use crate::xml::{Piece, attribute, invalid};

const CONTENT: &str = "content.xml";
const MANIFEST: &str = "META-INF/manifest.xml";
const CONTENT_BYTES_MAX: u64 = 2 << 30;
/// Spaces that one tag stands for, at most.
const SPACES_MAX: usize = 1_000;

/// An open workbook.
pub(crate) struct Book {
    archive: Archive,
    pub sheets: Vec<Sheet>,
}

impl Book {
    pub fn open(file: File) -> io::Result<Self> {
        let mut archive = Archive::open(file)?;
        if archive.has(MANIFEST) {
            let mut xml = archive.xml(MANIFEST, 16 << 20)?;
            loop {
                match xml.next()? {
                    Piece::Start(tag) if tag.local_name().as_ref() == "encryption-data" => {
                        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "encrypted"));
                    }
                    Piece::Over => break,
                    _ => {}
                }
            }
        }
        let mut sheets = Vec::new();
        let mut xml = archive.xml(CONTENT, CONTENT_BYTES_MAX)?;
        let mut depth = 0;
        loop {
            match xml.next()? {
                Piece::Start(tag) if tag.local_name().as_ref() == "table" => {
                    depth += 1;
                    if depth == 1 {
                        let part = sheets.len().to_string();
                        let name = attribute(&tag, "name").unwrap_or_default();
                        sheets.push(Sheet { name, part, visible: true });
                    }
                }
                Piece::End(tag) if tag.local_name().as_ref() == "table" => depth -= 1,
                Piece::Over => break,
                _ => {}
            }
        }
        drop(xml);
        Ok(Self { archive, sheets })
    }

    /// Gives the rows of a sheet.
    pub fn read(mut self, sheet: &Sheet, sink: &mut RowSink) -> io::Result<()> {
        let wanted: usize = sheet.part.parse().unwrap_or_default();
        let mut xml = self.archive.xml(CONTENT, CONTENT_BYTES_MAX)?;
        let mut row = RowBuilder::default();
        let (mut table, mut depth, mut line) = (0_usize, 0_usize, 1_u64);
        let (mut repeated_row, mut column) = (1_u64, 0_usize);
        let mut cell = Open::default();
        loop {
            match xml.next()? {
                Piece::Start(tag) => {
                    let name = tag.local_name();
                    let name = name.as_ref();
                    if name == "table" {
                        depth += 1;
                        continue;
                    }
                    // Tables inside of cells, and other sheets.
                    if depth != 1 || table != wanted {
                        continue;
                    }
                    match name {
                        "table-row" => {
                            let number = attribute(&tag, "number-rows-repeated").and_then(|n| n.parse().ok());
                            repeated_row = number.unwrap_or(1).max(1);
                            let hidden = attribute(&tag, "visibility").is_some_and(|v| v != "visible");
                            row.begin(line, hidden);
                            column = 0;
                        }
                        "table-cell" | "covered-table-cell" => {
                            let number =
                                attribute(&tag, "number-columns-repeated").and_then(|n| n.parse().ok());
                            let repeated = number.unwrap_or(1_usize).max(1);
                            cell = Open { repeated, value: stated(&tag), ..Open::default() };
                        }
                        "annotation" | "ruby-text" => cell.passed_over += 1,
                        "p" => {
                            if cell.paragraphs > 0 && cell.passed_over == 0 {
                                cell.text.push('\n');
                            }
                            cell.in_paragraph = true;
                        }
                        "s" => {
                            let spaces =
                                attribute(&tag, "c").and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
                            cell.push(&" ".repeat(spaces.min(SPACES_MAX)));
                        }
                        "tab" => cell.push("\t"),
                        "line-break" => cell.push("\n"),
                        _ => {}
                    }
                }
                Piece::Text(text) if depth == 1 && table == wanted && cell.in_paragraph => cell.push(&text),
                Piece::End(tag) => {
                    let name = tag.local_name();
                    match name.as_ref() {
                        "table" => {
                            depth = depth.saturating_sub(1);
                            if depth == 0 && table == wanted {
                                return Ok(());
                            }
                            table += usize::from(depth == 0);
                        }
                        _ if depth != 1 || table != wanted => {}
                        "annotation" | "ruby-text" => cell.passed_over = cell.passed_over.saturating_sub(1),
                        "p" => {
                            cell.in_paragraph = false;
                            cell.paragraphs += usize::from(cell.passed_over == 0);
                        }
                        "table-cell" | "covered-table-cell" => {
                            let text = cell.value.take().unwrap_or_else(|| std::mem::take(&mut cell.text));
                            if !text.is_empty() {
                                if column.saturating_add(cell.repeated) > COLUMNS_MAX {
                                    return Err(invalid("a row has more than 16,384 cells"));
                                }
                                for at in column..column + cell.repeated {
                                    row.put(at, &text)?;
                                }
                            }
                            column = column.saturating_add(cell.repeated);
                        }
                        "table-row" => {
                            if !row.is_blank() {
                                for repeat in 0..repeated_row {
                                    row.line = line.saturating_add(repeat);
                                    sink.give_again(&row)?;
                                }
                            }
                            line = line.saturating_add(repeated_row);
                        }
                        _ => {}
                    }
                }
                Piece::Over => return Err(invalid("the worksheet ends in the middle")),
                _ => {}
            }
        }
    }
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    repeated: usize,
    /// What its attributes state; its paragraphs show the same to people of one country.
    value: Option<String>,
    text: String,
    paragraphs: usize,
    in_paragraph: bool,
    /// Notes that it is inside of.
    passed_over: usize,
}

impl Open {
    fn push(&mut self, text: &str) {
        if self.passed_over == 0 {
            self.text.push_str(text);
        }
    }
}

/// The value that the attributes of a cell state; `None` where its paragraphs hold it.
fn stated(tag: &BytesStart<'_>) -> Option<String> {
    // A cell may state two types, of which the second says that the first is an error's text.
    let mut all = tag.attributes();
    let is_error = |a: &Attribute<'_>| a.key.local_name().as_ref() == "value-type" && *a.value == *"error";
    if all.with_checks(false).flatten().any(|a| is_error(&a)) {
        return Some(String::new());
    }
    let number = || {
        let value = attribute(tag, "value")?;
        let number: f64 = value.parse().ok()?;
        Some(plain(number, &value))
    };
    match attribute(tag, "value-type").as_deref() {
        Some("float") => number(),
        Some("percentage") => {
            let share = attribute(tag, "value")?.parse::<f64>().ok()?;
            Some(format!("{}%", rounded(share * 100.0)))
        }
        Some("currency") => number().map(|n| match attribute(tag, "currency") {
            Some(currency) => format!("{n} {currency}"),
            None => n,
        }),
        Some("date") => {
            let date = attribute(tag, "date-value")?;
            Some(date.strip_suffix("T00:00:00").unwrap_or(&date).replace('T', " "))
        }
        Some("boolean") => attribute(tag, "boolean-value"),
        Some("string") => attribute(tag, "string-value"),
        _ => None,
    }
}
