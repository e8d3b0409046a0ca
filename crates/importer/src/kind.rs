//! What kind of file is it? Its first bytes say so, and its name only where they leave it open.
//!
//! An `.xls` may be a workbook, a page or a CSV file, as the system that made it liked.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use crate::archive::Archive;
use crate::packing::without_ending;
use crate::workbook::BookKind;

/// A kind of file that is read, or a word for one that is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Lines of cells.
    Text,
    /// JSON; whether its name says that each line is an object.
    Json {
        lines: bool,
    },
    /// A page, which may hold a table.
    Html,
    Book(BookKind),
    Document(DocumentKind),
    /// A zip archive of files.
    Archive,
    /// Encrypted; with an article.
    Encrypted(&'static str),
    /// Not read; with an article.
    Other(&'static str),
}

/// A kind of document that holds a CV.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DocumentKind {
    Plain,
    Html,
    Word,
    OpenText,
    Pdf,
}

/// Bytes looked at: the head of a page may be long.
pub(crate) const HEAD_BYTES: u64 = 4096;

/// What the first bytes say; zip archives and compound files have to be looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Kind(Kind),
    Zip,
    Compound,
}

/// Looks at the first bytes of a file (unpacked) and at its name.
pub(crate) fn of_head(head: &[u8], name: &str) -> Head {
    match head {
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => return Head::Zip,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => return Head::Compound,
        [b'%', b'P', b'D', b'F', ..] => return Head::Kind(Kind::Document(DocumentKind::Pdf)),
        [b'{', b'\\', b'r', b't', b'f', ..] => return Head::Kind(Kind::Other("an RTF document")),
        _ => {}
    }
    let ending = ending(name);
    let text: Vec<u8> = head.iter().copied().filter(|b| *b != 0).collect();
    let text = text.trim_ascii_start();
    let text = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"]
        .iter()
        .find_map(|m| text.strip_prefix(*m))
        .unwrap_or(text);
    let text = text.trim_ascii_start().to_ascii_lowercase();
    let has = |needle: &[u8]| text.windows(needle.len()).any(|window| window == needle);
    let lines = matches!(ending.as_str(), "jsonl" | "ndjson" | "ldjson");
    let second = text.iter().skip(1).find(|b| !b.is_ascii_whitespace());
    Head::Kind(if text.starts_with(b"<") {
        if has(b"urn:schemas-microsoft-com:office:spreadsheet") {
            Kind::Other("an XML spreadsheet of Excel 2003")
        } else if ["<!doctype html", "<html", "<table", "<body", "<head", "<meta"]
            .iter()
            .any(|t| has(t.as_bytes()))
        {
            Kind::Html
        } else if text.starts_with(b"<?xml") {
            Kind::Other("an XML document")
        } else if lines || ending == "json" {
            Kind::Json { lines }
        } else {
            Kind::Text
        }
    } else if lines || ending == "json" {
        Kind::Json { lines }
    } else if text.starts_with(b"{") && matches!(second, Some(b'"' | b'}'))
        || text.starts_with(b"[") && matches!(second, Some(b'{'))
    {
        Kind::Json { lines: false }
    } else if matches!(ending.as_str(), "md" | "markdown") {
        Kind::Document(DocumentKind::Plain)
    } else {
        Kind::Text
    })
}

/// The kind of a file by what its head shows and, where that is a container, by what lies in it.
pub(crate) fn of_file(mut file: File, name: &str) -> io::Result<Kind> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD_BYTES).read_to_end(&mut head)?;
    file.rewind()?;
    match of_head(&head, name) {
        Head::Kind(kind) => Ok(kind),
        Head::Zip => of_archive(file),
        Head::Compound => of_compound(file),
    }
}

/// What a zip archive is: a workbook, a document, or files.
pub(crate) fn of_archive(file: File) -> io::Result<Kind> {
    let mut archive = Archive::open(file)?;
    if archive.has("xl/workbook.xml") {
        return Ok(Kind::Book(BookKind::Excel));
    }
    if archive.has("xl/workbook.bin") {
        return Ok(Kind::Other("a binary Excel workbook (.xlsb)"));
    }
    if archive.has("word/document.xml") {
        return Ok(Kind::Document(DocumentKind::Word));
    }
    if archive.has("mimetype") {
        let kind = archive.bytes("mimetype", 1024)?;
        if kind.starts_with(b"application/vnd.oasis.opendocument.spreadsheet") {
            return Ok(Kind::Book(BookKind::OpenDocument));
        }
        if kind.starts_with(b"application/vnd.oasis.opendocument.text") {
            return Ok(Kind::Document(DocumentKind::OpenText));
        }
        if kind.starts_with(b"application/") {
            return Ok(Kind::Other("a document in an archive that is no table and no text"));
        }
    }
    if archive.has("[Content_Types].xml") {
        return Ok(Kind::Other("an Office document that is no workbook and no text"));
    }
    Ok(Kind::Archive)
}

/// What a compound file is. Old Office documents are such, and encrypted new ones.
pub(crate) fn of_compound(file: File) -> io::Result<Kind> {
    const LOOKED_AT: u64 = 64 << 20;
    let mut bytes = Vec::new();
    file.take(LOOKED_AT).read_to_end(&mut bytes)?;
    let has = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        bytes.windows(name.len()).any(|window| window == name)
    };
    Ok(if has("EncryptedPackage") {
        Kind::Encrypted("an Office document with a password")
    } else if has("WordDocument") {
        Kind::Other("an old Word document (.doc)")
    } else if has("Workbook") || has("Book") {
        Kind::Other("an old Excel workbook (.xls)")
    } else {
        Kind::Other("an old Office document")
    })
}

/// The ending of a name in small letters, without that of packing.
pub(crate) fn ending(name: &str) -> String {
    let ending = Path::new(without_ending(name)).extension();
    ending.map_or_else(String::new, |ending| ending.to_string_lossy().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_say_more_than_names() {
        for (head, name, kind) in [
            (&b"name,skills\n"[..], "a.xls", Kind::Text),
            (b"\xEF\xBB\xBF{\"a\": 1}", "a.csv", Kind::Json { lines: false }),
            (b" [\n {\"a\": 1}]", "a.txt", Kind::Json { lines: false }),
            (b"{\"a\":1}\n", "a.jsonl.gz", Kind::Json { lines: true }),
            (b"nothing", "a.json", Kind::Json { lines: false }),
            (b"[id],name\n", "a.csv", Kind::Text),
            (b"{id},name\n", "a.csv", Kind::Text),
            (b"\xFF\xFE<\0t\0a\0b\0l\0e\0>\0", "a.xls", Kind::Html),
            (b"<?xml version=\"1.0\"?><x/>", "a.xml", Kind::Other("an XML document")),
            (b"<b>,name\n", "a.csv", Kind::Text),
            (b"<.>", "a.json", Kind::Json { lines: false }),
            (b"# Ada", "a.md", Kind::Document(DocumentKind::Plain)),
            (b"%PDF-1.7", "a.txt", Kind::Document(DocumentKind::Pdf)),
        ] {
            assert_eq!(of_head(head, name), Head::Kind(kind), "{name}");
        }
        assert_eq!(of_head(b"PK\x03\x04", "a.csv"), Head::Zip);
        assert_eq!(of_head(b"\xD0\xCF\x11\xE0", "a.csv"), Head::Compound);
    }
}
