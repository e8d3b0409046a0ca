//! Word (`.docx`) and OpenDocument (`.odt`): zip archives with the text as XML.

use std::fs::File;
use std::io::{self, Read};

use super::Document;
use crate::archive::Archive;
use crate::xml::{Piece, Xml, attribute, invalid};

/// The text of a document with all its marks.
const TEXT_BYTES_MAX: u64 = 64 << 20;
/// Heads and feet of pages read; documents have three of each at most for a section.
const HEADS_MAX: usize = 16;

/// Reads a Word document: heads of pages, then the text. Many people have their address in the head.
pub(super) fn read_word(file: File) -> io::Result<Document> {
    let mut archive = Archive::open(file)?;
    let mut heads: Vec<String> =
        archive.names().into_iter().flatten().filter(|n| n.starts_with("word/header")).collect();
    heads.sort();
    let mut text = String::new();
    for part in heads.iter().take(HEADS_MAX) {
        let head = word_text(&mut archive.xml(part, TEXT_BYTES_MAX)?)?;
        // The heads of first, odd and even pages may be the same.
        if !text.contains(head.trim()) {
            text.push_str(&head);
        }
    }
    text.push_str(&word_text(&mut archive.xml("word/document.xml", TEXT_BYTES_MAX)?)?);
    let mut targets = Vec::new();
    let relations = "word/_rels/document.xml.rels";
    if archive.has(relations) {
        let mut xml = archive.xml(relations, TEXT_BYTES_MAX)?;
        loop {
            match xml.next()? {
                Piece::Start(tag) if attribute(&tag, "TargetMode").is_some_and(|mode| mode == "External") => {
                    targets.extend(attribute(&tag, "Target"));
                }
                Piece::Over => break,
                _ => {}
            }
        }
    }
    Ok(Document { text, targets })
}

fn word_text<R: Read>(xml: &mut Xml<R>) -> io::Result<String> {
    let mut text = String::new();
    let (mut in_text, mut left_out, mut cells) = (false, 0_usize, 0_usize);
    loop {
        match xml.next()? {
            Piece::Start(tag) => match tag.local_name().as_ref() {
                // What older programs show in place of a shape that is read already.
                "Fallback" => left_out += 1,
                _ if left_out > 0 => {}
                "t" => in_text = true,
                "tab" if !text.ends_with('\n') => text.push('\t'),
                "br" | "cr" => text.push('\n'),
                "noBreakHyphen" => text.push('-'),
                "numPr" if text.is_empty() || text.ends_with(['\n', '\t']) => text.push_str("- "),
                "tc" => {
                    if cells > 0 {
                        separate(&mut text);
                    }
                    cells += 1;
                }
                "tr" => cells = 0,
                _ => {}
            },
            Piece::Text(piece) if in_text && left_out == 0 => text.push_str(&piece),
            Piece::End(tag) => match tag.local_name().as_ref() {
                "Fallback" => left_out = left_out.saturating_sub(1),
                "t" => in_text = false,
                "p" if left_out == 0 => text.push('\n'),
                _ => {}
            },
            Piece::Over => return Ok(text),
            _ => {}
        }
    }
}

/// Between cells of a table: a tab where the one before is a single line.
fn separate(text: &mut String) {
    if text.ends_with('\n') {
        text.pop();
        text.push('\t');
    }
}

/// Reads a text document of OpenDocument.
pub(super) fn read_open_text(file: File) -> io::Result<Document> {
    let mut archive = Archive::open(file)?;
    let mut xml = archive.xml("content.xml", TEXT_BYTES_MAX)?;
    let mut document = Document::default();
    let text = &mut document.text;
    let (mut in_text, mut left_out, mut items, mut cells) = (0_usize, 0_usize, 0_usize, 0_usize);
    loop {
        match xml.next()? {
            Piece::Start(tag) => match tag.local_name().as_ref() {
                "annotation" | "deletion" | "tracked-changes" => left_out += 1,
                _ if left_out > 0 => {}
                "p" | "h" => {
                    in_text += 1;
                    if items > 0 && (text.is_empty() || text.ends_with('\n')) {
                        text.push_str("- ");
                    }
                    items = 0;
                }
                "list-item" => items += 1,
                "table-row" => cells = 0,
                "table-cell" => {
                    if cells > 0 {
                        separate(text);
                    }
                    cells += 1;
                }
                "s" => text.push(' '),
                "tab" => text.push('\t'),
                "line-break" => text.push('\n'),
                "a" => document.targets.extend(attribute(&tag, "href")),
                _ => {}
            },
            Piece::Text(piece) if in_text > 0 && left_out == 0 => text.push_str(&piece),
            Piece::End(tag) => match tag.local_name().as_ref() {
                "annotation" | "deletion" | "tracked-changes" => left_out = left_out.saturating_sub(1),
                "p" | "h" if left_out == 0 => {
                    in_text = in_text.saturating_sub(1);
                    text.push('\n');
                }
                "document-content" => return Ok(document),
                _ => {}
            },
            Piece::Over => return Err(invalid("ends in the middle")),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    //! - paragraphs, lists, tables, heads of pages and addresses behind words come out
    //! - what was deleted, and what stands for a shape twice, does not

    use std::io::{Seek, Write};

    use super::*;

    fn zipped(files: &[(&str, &str)]) -> File {
        let mut zip = zip::ZipWriter::new(tempfile::tempfile().unwrap());
        for (name, text) in files {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        let mut file = zip.finish().unwrap();
        file.rewind().unwrap();
        file
    }

    #[test]
    fn word_documents_are_text() {
        let body = "<w:document><w:body>\
            <w:p><w:r><w:t>Ada </w:t></w:r><w:r><w:t xml:space=\"preserve\">Moss &amp; Co</w:t></w:r></w:p>\
            <w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Django</w:t></w:r></w:p>\
            <w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>\
            <w:tbl><w:tr><w:tc><w:p><w:r><w:t>Go</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>5 years</w:t></w:r></w:p></w:tc></w:tr></w:tbl>\
            <mc:AlternateContent><mc:Choice><w:p><w:t>box</w:t></w:p></mc:Choice><mc:Fallback><w:p><w:t>box</w:t></w:p></mc:Fallback></mc:AlternateContent>\
            </w:body></w:document>";
        let links = "<Relationships><Relationship Target=\"https://github.com/ada\" TargetMode=\"External\"/>\
            <Relationship Target=\"styles.xml\"/></Relationships>";
        let head = "<w:hdr><w:p><w:r><w:t>ada@example.org</w:t></w:r></w:p></w:hdr>";
        let read = read_word(zipped(&[
            ("word/document.xml", body),
            ("word/_rels/document.xml.rels", links),
            ("word/header1.xml", head),
            ("word/header2.xml", head),
        ]))
        .unwrap();
        assert_eq!(read.text, "ada@example.org\nAda Moss & Co\n- Django\na\tb\nc\nGo\t5 years\nbox\n");
        assert_eq!(read.targets, ["https://github.com/ada"]);
        assert!(read_word(zipped(&[("a", "b")])).is_err());
    }

    #[test]
    fn open_documents_are_text() {
        let content = "<office:document-content><office:body><office:text>\
            <text:h>Ada</text:h><text:p>x<text:s/><text:span>y</text:span><text:line-break/>z</text:p>\
            <text:list><text:list-item><text:p>Go</text:p></text:list-item></text:list>\
            <text:p><text:a xlink:href=\"https://github.com/ada\">me</text:a></text:p>\
            </office:text></office:body></office:document-content>";
        let read = read_open_text(zipped(&[("content.xml", content)])).unwrap();
        assert_eq!(read.text, "Ada\nx y\nz\n- Go\nme\n");
        assert_eq!(read.targets, ["https://github.com/ada"]);
    }
}
