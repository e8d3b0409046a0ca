//! Documents that hold a CV, as text: plain text, Markdown, HTML, Word, OpenDocument and PDF.

pub(crate) mod html;
pub mod pdf;
mod word;

use std::fs::File;
use std::io::{self, Cursor, Write};

use crate::ImportOptions;
use crate::encoding::{self, Opened};
use crate::fields::CELL_BYTES_MAX;
use crate::kind::DocumentKind;
use crate::xml::invalid;

/// Largest document.
pub(crate) const DOCUMENT_BYTES_MAX: u64 = 32 << 20;

/// What a document says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Document {
    pub text: String,
    /// Addresses that words of it lead to, and that its text need not show.
    pub targets: Vec<String>,
}

/// Reads a document.
pub(crate) fn read(bytes: Vec<u8>, kind: DocumentKind, options: &ImportOptions) -> io::Result<Document> {
    let document = match kind {
        DocumentKind::Word => word::read_word(temporary(&bytes)?)?,
        DocumentKind::OpenText => word::read_open_text(temporary(&bytes)?)?,
        DocumentKind::Pdf => {
            let text = pdf::read(&bytes, options.pdf_reader.as_deref())?;
            Document { text, targets: Vec::new() }
        }
        DocumentKind::Html => html::document(&decoded(bytes, options)?),
        DocumentKind::Plain => Document { text: decoded(bytes, options)?, targets: Vec::new() },
    };
    let text = tidy(&document.text);
    if text.is_empty() {
        return Err(invalid("holds no text; it may be a picture of one"));
    }
    if text.len() > CELL_BYTES_MAX {
        return Err(invalid("holds more than 1 MiB of text"));
    }
    Ok(Document { text, targets: document.targets })
}

fn decoded(bytes: Vec<u8>, options: &ImportOptions) -> io::Result<String> {
    let Opened::Text(mut input, encoding) = encoding::open(Box::new(Cursor::new(bytes)), options.encoding)?
    else {
        return Err(invalid("is no text"));
    };
    let mut text = Vec::new();
    io::Read::read_to_end(&mut input, &mut text)?;
    let text = String::from_utf8(text).map_err(|_| match encoding {
        "UTF-8" => invalid("is not UTF-8; its encoding may be stated"),
        _ => invalid("holds bytes that are no text in the encoding"),
    })?;
    if text.contains('\0') {
        return Err(invalid("holds NUL bytes"));
    }
    Ok(text.strip_prefix('\u{feff}').map_or(text.clone(), str::to_owned))
}

fn temporary(bytes: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    Ok(file)
}

/// Lines without spaces at their ends, at most one blank line between two.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.split(['\n', '\r', '\u{c}']).map(str::trim_end) {
        let line = line.trim_matches('\0');
        if line.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push('\n');
            blank = false;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_kept_and_blank_ones_are_few() {
        assert_eq!(tidy("\n\n a  \r\nb\n\n\n\nc\u{c}\n"), " a\n\nb\n\nc");
        assert_eq!(tidy(" \n\r\n"), "");
    }

    #[test]
    fn plain_text_is_read_in_its_encoding() {
        let options =
            ImportOptions { encoding: Some(crate::Encoding::parse("cp1252").unwrap()), ..Default::default() };
        let latin = read(b"J\xFCrgen".to_vec(), DocumentKind::Plain, &options).unwrap();
        assert_eq!(latin.text, "Jürgen");
        let refused = |bytes: &[u8]| {
            read(bytes.to_vec(), DocumentKind::Plain, &ImportOptions::default()).unwrap_err().to_string()
        };
        assert!(refused(b"J\xFCrgen").contains("not UTF-8"));
        assert!(refused(b" \n").contains("no text"));
        assert!(refused(&vec![b'x'; CELL_BYTES_MAX + 1]).contains("1 MiB"));
    }
}
