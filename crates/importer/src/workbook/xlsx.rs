//! Workbooks of Excel (`.xlsx`, `.xlsm`): parts of a zip archive, each an XML document.

use std::collections::HashMap;
use std::fs::File;
use std::io;

use super::number::Format;
use super::texts::Texts;
use super::{RowBuilder, RowSink, Sheet};
use crate::archive::Archive;
use crate::xml::{Piece, Xml, attribute, invalid};

const WORKBOOK: &str = "xl/workbook.xml";
const RELATIONS: &str = "xl/_rels/workbook.xml.rels";
/// Lists of sheets and styles at most.
const PART_BYTES_MAX: u64 = 64 << 20;
/// One worksheet at most: a million rows of two kilobytes.
const SHEET_BYTES_MAX: u64 = 2 << 30;

/// An open workbook.
pub(crate) struct Book {
    archive: Archive,
    pub sheets: Vec<Sheet>,
    is_1904: bool,
}

impl Book {
    pub fn open(file: File) -> io::Result<Self> {
        let mut archive = Archive::open(file)?;
        let mut targets = HashMap::new();
        if archive.has(RELATIONS) {
            let mut xml = archive.xml(RELATIONS, PART_BYTES_MAX)?;
            loop {
                match xml.next()? {
                    Piece::Start(tag) if tag.local_name().as_ref() == "Relationship" => {
                        if let (Some(id), Some(target)) = (attribute(&tag, "Id"), attribute(&tag, "Target")) {
                            targets.insert(id, target);
                        }
                    }
                    Piece::Over => break,
                    _ => {}
                }
            }
        }
        let mut sheets = Vec::new();
        let mut is_1904 = false;
        let mut xml = archive.xml(WORKBOOK, PART_BYTES_MAX)?;
        loop {
            match xml.next()? {
                Piece::Start(tag) if tag.local_name().as_ref() == "workbookPr" => {
                    is_1904 = attribute(&tag, "date1904").is_some_and(|on| on == "1" || on == "true");
                }
                Piece::Start(tag) if tag.local_name().as_ref() == "sheet" => {
                    let name = attribute(&tag, "name").unwrap_or_default();
                    // `r:id` and `sheetId` are two attributes: only the first ends in `:id`.
                    let target = attribute(&tag, "id").and_then(|id| targets.get(&id).cloned());
                    let Some(target) = target else { continue };
                    let part = match target.strip_prefix('/') {
                        Some(from_root) => from_root.to_owned(),
                        None => format!("xl/{target}"),
                    };
                    // Sheets of charts and of macros are no tables.
                    if !part.contains("worksheets/") && !part.contains("sheet") {
                        continue;
                    }
                    let visible = attribute(&tag, "state").is_none_or(|state| state == "visible");
                    sheets.push(Sheet { name, part, visible });
                }
                Piece::Over => break,
                _ => {}
            }
        }
        drop(xml);
        Ok(Self { archive, sheets, is_1904 })
    }

    /// Gives the rows of a sheet.
    pub fn read(mut self, sheet: &Sheet, sink: &mut RowSink) -> io::Result<()> {
        let formats = self.formats()?;
        let texts = match self.archive.has("xl/sharedStrings.xml") {
            true => shared_texts(&mut self.archive.xml("xl/sharedStrings.xml", SHEET_BYTES_MAX)?)?,
            false => Texts::default(),
        };
        let reader = Cells { formats, texts, is_1904: self.is_1904 };
        reader.read(&mut self.archive.xml(&sheet.part, SHEET_BYTES_MAX)?, sink)
    }

    /// What the formats of cells are, by the number that cells name.
    fn formats(&mut self) -> io::Result<Vec<Format>> {
        let (mut codes, mut formats) = (HashMap::new(), Vec::new());
        if !self.archive.has("xl/styles.xml") {
            return Ok(formats);
        }
        let mut xml = self.archive.xml("xl/styles.xml", PART_BYTES_MAX)?;
        let mut in_cells = false;
        loop {
            match xml.next()? {
                Piece::Start(tag) => match tag.local_name().as_ref() {
                    "numFmt" => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse::<u32>().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&tag, "formatCode")) {
                            codes.insert(id, Format::parse(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = attribute(&tag, "numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                        formats.push(codes.get(&id).cloned().unwrap_or_else(|| Format::built_in(id)));
                    }
                    _ => {}
                },
                Piece::End(tag) if tag.local_name().as_ref() == "cellXfs" => return Ok(formats),
                Piece::Over => return Ok(formats),
                _ => {}
            }
        }
    }
}

/// Texts that cells name by number. Where a text has a phonetic reading beside it, the reading is left out.
fn shared_texts<R: io::Read>(xml: &mut Xml<R>) -> io::Result<Texts> {
    let mut texts = Texts::default();
    let (mut text, mut in_text, mut phonetic) = (String::new(), false, false);
    loop {
        match xml.next()? {
            Piece::Start(tag) => match tag.local_name().as_ref() {
                "si" => text.clear(),
                "t" => in_text = !phonetic,
                "rPh" => phonetic = true,
                _ => {}
            },
            Piece::Text(piece) if in_text => text.push_str(&piece),
            Piece::End(tag) => match tag.local_name().as_ref() {
                "si" => texts.push(&unescaped(&text))?,
                "t" => in_text = false,
                "rPh" => phonetic = false,
                _ => {}
            },
            Piece::Over => return Ok(texts),
            _ => {}
        }
    }
}

/// `_x000D_` stands for a sign that XML cannot hold.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let is_hex = |code: &&str| code.bytes().all(|b| b.is_ascii_hexdigit());
        match code.filter(is_hex).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32)
        {
            Some(c) => {
                out.push_str(&rest[..at]);
                // A return before a line break is half of the break.
                if c != '\r' || !rest[at + 7..].starts_with('\n') {
                    out.push(c);
                }
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    out + rest
}

/// All that cells are read with.
struct Cells {
    formats: Vec<Format>,
    texts: Texts,
    is_1904: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    column: usize,
    kind: String,
    style: usize,
    value: String,
}

impl Cells {
    fn read<R: io::Read>(&self, xml: &mut Xml<R>, sink: &mut RowSink) -> io::Result<()> {
        let mut row = RowBuilder::default();
        let (mut line, mut column) = (0_u64, 0_usize);
        let mut cell = Open::default();
        let (mut in_value, mut phonetic, mut in_rows) = (false, false, false);
        loop {
            match xml.next()? {
                Piece::Start(tag) => match tag.local_name().as_ref() {
                    "sheetData" => in_rows = true,
                    "row" if in_rows => {
                        let stated = attribute(&tag, "r").and_then(|r| r.parse().ok());
                        line = stated.unwrap_or_else(|| line.saturating_add(1));
                        column = 0;
                        row.begin(
                            line,
                            attribute(&tag, "hidden").is_some_and(|on| on == "1" || on == "true"),
                        );
                    }
                    "c" if in_rows => {
                        let place = attribute(&tag, "r");
                        cell.column = place.as_deref().and_then(column_of).unwrap_or(column);
                        cell.kind = attribute(&tag, "t").unwrap_or_default();
                        cell.style = attribute(&tag, "s").and_then(|s| s.parse().ok()).unwrap_or(0);
                        cell.value.clear();
                    }
                    "v" => in_value = cell.kind != "inlineStr",
                    "t" => in_value = !phonetic,
                    "rPh" => phonetic = true,
                    _ => {}
                },
                Piece::Text(piece) if in_value => cell.value.push_str(&piece),
                Piece::End(tag) => match tag.local_name().as_ref() {
                    "v" | "t" => in_value = false,
                    "rPh" => phonetic = false,
                    "c" if in_rows => {
                        column = cell.column + 1;
                        row.put(cell.column, &self.text(&cell))?;
                    }
                    "row" if in_rows => sink.give(&mut row)?,
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                // A sheet that is cut off ends inside of a tag, and that is an error of its own.
                Piece::Over if in_rows => return Err(invalid("the worksheet ends in the middle")),
                Piece::Over => return Err(invalid("a part of it is no worksheet")),
                _ => {}
            }
        }
    }

    fn text(&self, cell: &Open) -> String {
        let value = cell.value.as_str();
        match cell.kind.as_str() {
            "s" => value.trim().parse().ok().and_then(|at| self.texts.get(at)).unwrap_or_default().to_owned(),
            "str" | "inlineStr" => unescaped(value),
            "b" if matches!(value.trim(), "1" | "true") => "true".to_owned(),
            "b" if matches!(value.trim(), "0" | "false") => "false".to_owned(),
            // An error says nothing.
            "e" => String::new(),
            "d" => value.strip_suffix("T00:00:00").unwrap_or(value).to_owned(),
            _ => match value.trim().parse::<f64>() {
                Ok(number) => {
                    let format = self.formats.get(cell.style).unwrap_or(&Format::Plain);
                    format.write(number, value.trim(), self.is_1904)
                }
                Err(_) => value.to_owned(),
            },
        }
    }
}

/// The column of a place such as `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number =
        letters.take(4).fold(0_usize, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A' + 1));
    number.checked_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_columns() {
        for (place, column) in [("A1", 0), ("Z9", 25), ("AA10", 26), ("XFD1", 16_383), ("b2", 1)] {
            assert_eq!(column_of(place), Some(column));
        }
        assert_eq!(column_of("12"), None);
    }

    #[test]
    fn signs_that_xml_cannot_hold_are_escaped() {
        for (written, text) in [
            ("a_x000D_\nb", "a\nb"),
            ("a_x0009_b", "a\tb"),
            ("_x005F_x0041_", "_x0041_"),
            ("file_xls", "file_xls"),
            ("_x12_", "_x12_"),
            ("é_x00e9_", "éé"),
            ("_xD800_", "_xD800_"),
        ] {
            assert_eq!(unescaped(written), text);
        }
    }
}
