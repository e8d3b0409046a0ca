//! Shortlists as a workbook: an overview, and one sheet for each role.
//!
//! Every text is written as a string, never as a formula, so that nothing of a stranger's cell can run. The workbook
//! carries no time but the ranking's own date: the same model gives the same bytes.

use std::collections::BTreeSet;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use crate::model::AskModel;
use crate::table::reason_words;
use crate::{RankingModel, ShortlistModel, hundredths, inert};

/// Characters of a sheet's name at most, as spreadsheet programs have it.
const SHEET_NAME_CHARS: usize = 31;
/// Characters of a cell at most, as spreadsheet programs have it.
const CELL_CHARS: usize = 32_767;

/// What stands before a person's requirements.
const COLUMNS: [(&str, f64); 12] = [
    ("Place", 7.0),
    ("Tied", 6.0),
    ("Tier", 5.0),
    ("Score", 8.0),
    ("Low", 8.0),
    ("High", 8.0),
    ("Candidate", 11.0),
    ("Name", 24.0),
    ("Title", 28.0),
    ("Country", 8.0),
    ("Years", 7.0),
    ("Missing and flags", 36.0),
];

/// The workbook's bytes. Sheets stand in the order of the roles.
///
/// # Errors
/// More roles or columns than a workbook can hold; a date before 1900, which no workbook has.
pub fn workbook(model: &RankingModel) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let as_of = model.manifest.as_of;
    let date = ExcelDateTime::from_ymd(as_of.year(), as_of.month(), as_of.day())?;
    let title = "Shortlists, as of ".to_owned() + &as_of.to_string();
    let properties = DocProperties::new().set_title(title).set_creation_datetime(&date);
    workbook.set_properties(&properties);
    let names = sheet_names(model.shortlists.iter().map(|list| list.role.as_str()));
    overview(workbook.add_worksheet(), model, &names)?;
    for (list, name) in model.shortlists.iter().zip(&names) {
        role(workbook.add_worksheet().set_name(name)?, list)?;
    }
    workbook.save_to_buffer()
}

fn overview(sheet: &mut Worksheet, model: &RankingModel, names: &[String]) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    sheet.set_name("Overview")?.set_freeze_panes(1, 0)?;
    let header = ["Role", "Title", "Tier A", "Tier B", "Tier C", "Left out", "First", "Score", "Sheet"];
    let widths = [28.0, 44.0, 8.0, 8.0, 8.0, 10.0, 30.0, 8.0, 32.0];
    for ((column, title), width) in (0..).zip(header).zip(widths) {
        sheet.write_string_with_format(0, column, title, &bold)?.set_column_width(column, width)?;
    }
    let mut row = 1;
    for (list, name) in model.shortlists.iter().zip(names) {
        text(sheet, row, 0, &list.role)?;
        text(sheet, row, 1, &list.title)?;
        for (column, tier) in (2..).zip(["A", "B", "C"]) {
            number(sheet, row, column, list.listed.get(tier).copied().unwrap_or(0))?;
        }
        number(sheet, row, 5, list.left_out.values().sum())?;
        if let Some(first) = list.entries.first() {
            text(sheet, row, 6, first.name.as_deref().unwrap_or(&first.candidate))?;
            score(sheet, row, 7, first.score)?;
        }
        text(sheet, row, 8, name)?;
        row += 1;
    }
    let manifest = &model.manifest;
    let facts = [
        ("As of", manifest.as_of.to_string()),
        ("Candidates", manifest.candidates.to_string()),
        ("Made by", manifest.tool.clone()),
        ("Taxonomy", manifest.taxonomy.clone()),
        ("Pool", manifest.pool.clone()),
    ];
    for (name, fact) in facts {
        row += 1;
        sheet.write_string_with_format(row, 0, name, &bold)?;
        text(sheet, row, 1, &fact)?;
    }
    Ok(())
}

fn role(sheet: &mut Worksheet, list: &ShortlistModel) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let head = Format::new().set_bold().set_text_wrap();
    sheet.write_string_with_format(0, 0, clipped(&list.title), &bold)?;
    let mut row = 1;
    for line in &list.knockouts {
        text(sheet, row, 0, &format!("Only {line}"))?;
        row += 1;
    }
    if !list.left_out.is_empty() {
        let reasons: Vec<String> =
            list.left_out.iter().map(|(reason, n)| format!("{n} {}", reason_words(reason))).collect();
        text(sheet, row, 0, &format!("Left out: {}", reasons.join(", ")))?;
        row += 1;
    }
    row += 1;
    let header = row;
    for (column, (title, width)) in (0..).zip(COLUMNS) {
        sheet.write_string_with_format(header, column, title, &head)?.set_column_width(column, width)?;
    }
    let asks = COLUMNS.len() as u16;
    let why = asks + list.asks.len() as u16;
    for (column, ask) in (asks..).zip(&list.asks) {
        sheet
            .write_string_with_format(header, column, clipped(&asked(ask)), &head)?
            .set_column_width(column, 12.0)?;
    }
    sheet.write_string_with_format(header, why, "Why", &head)?.set_column_width(why, 100.0)?;
    for entry in &list.entries {
        row += 1;
        number(sheet, row, 0, entry.rank)?;
        number(sheet, row, 1, entry.tied)?;
        text(sheet, row, 2, entry.tier)?;
        for (column, value) in (3..).zip([entry.score, entry.low, entry.high]) {
            score(sheet, row, column, value)?;
        }
        let about =
            [Some(&entry.candidate), entry.name.as_ref(), entry.title.as_ref(), entry.country.as_ref()];
        for (column, value) in (6..).zip(about) {
            text(sheet, row, column, value.map_or("", String::as_str))?;
        }
        match entry.years.as_ref().and_then(|years| years.parse::<f64>().ok()) {
            Some(years) => sheet.write_number(row, 10, years)?,
            None => sheet.write_string(row, 10, "")?,
        };
        let notes: Vec<&str> = entry.missing.iter().chain(&entry.flags).map(String::as_str).collect();
        text(sheet, row, 11, &notes.join("; "))?;
        for (column, requirement) in (asks..).zip(&entry.requirements) {
            score(sheet, row, column, requirement.credit)?;
        }
        let sentences: Vec<&str> = entry.requirements.iter().map(|r| r.sentence.as_str()).collect();
        text(sheet, row, why, &sentences.join("  •  "))?;
    }
    sheet.set_freeze_panes(header + 1, 0)?.autofilter(header, 0, row, why)?;
    Ok(())
}

/// `Django (must, weight 20)`
fn asked(ask: &AskModel) -> String {
    format!("{} ({}, weight {})", ask.asked, ask.need, ask.weight)
}

fn number(sheet: &mut Worksheet, row: u32, column: u16, value: u64) -> Result<(), XlsxError> {
    // Counts of people and places lie far below the whole numbers that a cell holds exactly.
    sheet.write_number(row, column, value as f64).map(|_| ())
}

/// A score as it is shown everywhere, with two decimals.
fn score(sheet: &mut Worksheet, row: u32, column: u16, value: u16) -> Result<(), XlsxError> {
    let two = Format::new().set_num_format("0.00");
    let value: f64 = hundredths(value).parse().expect("digits, a full stop and digits are a number");
    sheet.write_number_with_format(row, column, value, &two).map(|_| ())
}

fn text(sheet: &mut Worksheet, row: u32, column: u16, value: &str) -> Result<(), XlsxError> {
    sheet.write_string(row, column, clipped(value)).map(|_| ())
}

/// Within what a cell holds, and without signs that steer a program.
fn clipped(value: &str) -> String {
    inert(value).chars().take(CELL_CHARS).collect()
}

/// A sheet's name for each role: without the signs that no sheet's name may hold, and no name twice, whatever its case.
fn sheet_names<'a>(roles: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut taken = BTreeSet::from(["overview".to_owned(), "history".to_owned()]);
    roles
        .map(|role| {
            let plain: String = inert(role)
                .chars()
                .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') { '-' } else { c })
                .collect();
            let plain = if plain.trim().is_empty() { "role" } else { plain.trim() };
            let numbered = (2u32..).map(|n| format!("~{n}"));
            std::iter::once(String::new())
                .chain(numbered)
                .map(|ending| {
                    // Spreadsheet programs count UTF-16 units.
                    let mut room = SHEET_NAME_CHARS - ending.len();
                    let head = plain.chars().take_while(|c| {
                        let fits = c.len_utf16() <= room;
                        room = room.saturating_sub(c.len_utf16());
                        fits
                    });
                    head.collect::<String>() + &ending
                })
                .find(|name| taken.insert(name.to_lowercase()))
                .expect("numbers do not end")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    //! - no two sheets have one name, and every name is one that a workbook takes
    //! - the same model gives the same bytes, and a formula is text

    use super::*;
    use crate::html::tests::{HOSTILE, model};

    #[test]
    fn every_sheet_has_a_name_of_its_own() {
        let long = "a-role-with-a-name-that-goes-on-and-on-for-ever";
        let roles =
            ["x", "X", "Overview", "a/b:c*", long, long, "", "'q'", "🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀🦀"];
        let names = sheet_names(roles.into_iter());
        assert_eq!(names[..4], ["x", "X~2", "Overview~2", "a-b-c-"]);
        let mut workbook = Workbook::new();
        for name in &names {
            workbook.add_worksheet().set_name(name).unwrap_or_else(|e| panic!("{name}: {e}"));
        }
        assert!(workbook.save_to_buffer().is_ok());
    }

    #[test]
    fn the_same_model_gives_the_same_bytes_and_a_formula_is_text() {
        let mut model = model();
        model.shortlists[0].entries[0].name = Some("=1+1".to_owned());
        model.shortlists[0].entries[1].title = Some(HOSTILE.to_owned());
        let bytes = workbook(&model).unwrap();
        assert!(bytes == workbook(&model).unwrap());
        let parts = unzipped(&bytes);
        let all: String = parts.values().cloned().collect();
        assert!(all.contains("=1+1"), "the name is there");
        assert!(!all.contains("<f>"), "and no cell holds a formula");
        let sheets = parts.keys().filter(|name| name.starts_with("xl/worksheets/sheet")).count();
        assert_eq!(sheets, 1 + model.shortlists.len());
    }

    fn unzipped(bytes: &[u8]) -> std::collections::BTreeMap<String, String> {
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        (0..archive.len())
            .map(|at| {
                let mut part = archive.by_index(at).unwrap();
                let mut text = String::new();
                std::io::Read::read_to_string(&mut part, &mut text).unwrap();
                (part.name().unwrap().into_owned(), text)
            })
            .collect()
    }
}
