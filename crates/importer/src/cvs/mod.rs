//! CVs as files: a person for each, or the text beside the rows of a table.
//!
//! A CV joins a row that names its file, that has its e-mail address, or whose id or whole name is its file's name.
//! Where two would do, or an address speaks against it, it joins nothing, and is reported.

pub(crate) mod contents;
pub(crate) mod place;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;
use stackscout_profile::Reading;
use stackscout_profile::{Cell, Field, Value};

use crate::columns::{ColumnUse, Usage};
use crate::document::{self, DOCUMENT_BYTES_MAX, Document};
use crate::fields::Fields;
use crate::kind::{DocumentKind, ending};
use crate::records::Fault;
use crate::rows::{CellRow, CellSource};
use crate::{ImportError, ImportOptions, Row};
use contents::{Owner, name, name_words, owner};
use place::{Place, PlaceReader};

/// Columns of CVs alone.
const COLUMNS: [(&str, Field, &str); 6] = [
    ("cv_file", Field::CvFile, "the name of the file"),
    ("name", Field::Name, "a line of the CV, or its file's name"),
    ("email", Field::Email, "the first address in the CV"),
    ("phone", Field::Phone, "numbers in the CV"),
    ("link", Field::Link, "pages of the person in the CV"),
    ("cv", Field::Cv, "the text of the CV"),
];
/// All texts of CVs that are kept to be joined.
const SPOOL_BYTES_MAX: u64 = 16 << 30;

/// The columns as a file has them.
pub(crate) fn column_uses() -> Vec<ColumnUse> {
    let column = |(column, field, why): &(&str, Field, &str)| ColumnUse {
        column: (*column).to_owned(),
        usage: Usage::Field(*field),
        why: (*why).to_owned(),
        guess: false,
    };
    COLUMNS.iter().map(column).collect()
}

/// The kind of document that a file is by its content, and by its name where that leaves it open.
pub(crate) fn document_kind(bytes: &[u8], name: &str) -> Result<DocumentKind, &'static str> {
    use crate::kind::{Head, Kind, of_archive, of_compound, of_head};
    let spooled = || crate::archive::spooled(bytes, DOCUMENT_BYTES_MAX).map_err(|_| "cannot be looked into");
    let kind = match of_head(&bytes[..bytes.len().min(crate::kind::HEAD_BYTES as usize)], name) {
        Head::Kind(kind) => kind,
        Head::Zip => of_archive(spooled()?).map_err(|_| "is a broken archive")?,
        Head::Compound => of_compound(spooled()?).map_err(|_| "cannot be looked into")?,
    };
    match kind {
        Kind::Document(kind) => Ok(kind),
        Kind::Html => Ok(DocumentKind::Html),
        Kind::Archive => Err("is an archive inside of another, which is not opened"),
        Kind::Encrypted(_) => Err("is encrypted"),
        Kind::Other(kind) => Err(kind),
        _ if matches!(ending(name).as_str(), "txt" | "md" | "markdown" | "text" | "") => {
            Ok(DocumentKind::Plain)
        }
        _ => Err("is no document that is read as a CV"),
    }
}

/// A CV that was read.
struct Cv {
    document: Document,
    owner: Owner,
}

fn read_cv(reader: &mut PlaceReader, name: &str, options: &ImportOptions) -> Result<Cv, String> {
    let bytes = reader.bytes(name, DOCUMENT_BYTES_MAX).map_err(|e| match e.kind() {
        io::ErrorKind::FileTooLarge => "is larger than 32 MiB".to_owned(),
        _ => e.to_string(),
    })?;
    let kind = document_kind(&bytes, name)?;
    let document = document::read(bytes, kind, options).map_err(|e| e.to_string())?;
    let owner = owner(&document);
    Ok(Cv { document, owner })
}

/// `cvs/Ada Moss.v2.pdf` -> `Ada Moss.v2`.
fn stem(name: &str) -> &str {
    let own = name.rsplit('/').next().unwrap_or(name);
    own.rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map_or(own, |(stem, _)| stem)
}

/// CVs as rows, one for each file.
pub(crate) struct CvRows {
    reader: PlaceReader,
    names: std::vec::IntoIter<String>,
    options: ImportOptions,
    line: u64,
}

impl CvRows {
    pub fn new(place: &Place, names: Vec<String>, options: &ImportOptions) -> io::Result<Self> {
        Ok(Self { reader: place.reader()?, names: names.into_iter(), options: options.clone(), line: 0 })
    }
}

impl CellSource for CvRows {
    fn next(&mut self) -> io::Result<Option<CellRow>> {
        self.line += 1;
        if self.line == 1 {
            let fields: Fields = COLUMNS.iter().map(|(column, ..)| column).collect();
            return Ok(Some(CellRow { line: 0, fields, ..CellRow::default() }));
        }
        let Some(file) = self.names.next() else { return Ok(None) };
        let line = self.line - 1;
        Ok(Some(match read_cv(&mut self.reader, &file, &self.options) {
            Ok(Cv { document, owner }) => {
                let name = name(&document.text, stem(&file), &owner).unwrap_or_default();
                let email = owner.emails.first().cloned().unwrap_or_default();
                let cells =
                    [file, name, email, owner.phones.join("; "), owner.links.join("; "), document.text];
                CellRow { line, fields: cells.iter().collect(), ..CellRow::default() }
            }
            Err(reason) => {
                let fault = Fault { code: "bad-cv", field: None, reason: format!("`{file}` {reason}") };
                // The file itself is what has to be mended: nothing of it goes among the rejected rows.
                CellRow { line, fault: Some(fault), raw: Some(Vec::new()), ..CellRow::default() }
            }
        }))
    }
}

/// A CV of a folder or archive that joined no row, or could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CvLeft {
    /// Its name in the folder or archive.
    pub file: String,
    /// Why, as a fragment.
    pub reason: String,
}

/// CVs that wait to be joined to rows (`--cvs`).
pub struct Cvs {
    /// The folder or archive, as it was named.
    pub name: String,
    waiting: Vec<Waiting>,
    by_email: HashMap<String, Vec<usize>>,
    by_file: HashMap<String, Vec<usize>>,
    by_word: HashMap<String, Vec<usize>>,
    unread: Vec<CvLeft>,
    /// The texts, in a file that has no name.
    texts: Mutex<File>,
}

struct Waiting {
    file: String,
    at: u64,
    bytes: usize,
    owner: Owner,
    words: Vec<String>,
    joined: AtomicBool,
}

impl std::fmt::Debug for Cvs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} CVs of {}", self.waiting.len(), self.name)
    }
}

impl Cvs {
    /// Reads all CVs of a folder, a zip archive, or a single file.
    ///
    /// # Errors
    /// Where there is no such folder or archive, or it cannot be listed.
    pub fn open(path: &Path, options: &ImportOptions) -> Result<Self, ImportError> {
        let name = path.display().to_string();
        let failed = |source| ImportError::Open { file: name.clone(), source };
        let place = if path.is_dir() {
            Place::Folder(path.to_owned())
        } else {
            match crate::kind::of_file(File::open(path).map_err(failed)?, &name).map_err(failed)? {
                crate::kind::Kind::Archive => Place::Archive(path.to_owned()),
                _ => Place::File(path.to_owned()),
            }
        };
        let read = || -> io::Result<Self> {
            let listed = place.list()?;
            let mut reader = place.reader()?;
            let refused = listed.refused.into_iter().map(|(file, reason)| CvLeft { file, reason });
            let mut cvs = Self {
                name: name.clone(),
                waiting: Vec::new(),
                by_email: HashMap::new(),
                by_file: HashMap::new(),
                by_word: HashMap::new(),
                unread: refused.collect(),
                texts: Mutex::new(tempfile::tempfile()?),
            };
            for file in listed.names {
                match read_cv(&mut reader, &file, options) {
                    Ok(cv) => cvs.add(file, cv)?,
                    Err(reason) => cvs.unread.push(CvLeft { file, reason }),
                }
            }
            Ok(cvs)
        };
        read().map_err(failed)
    }

    fn add(&mut self, file: String, cv: Cv) -> io::Result<()> {
        let texts = self.texts.get_mut().unwrap_or_else(std::sync::PoisonError::into_inner);
        let at = texts.seek(SeekFrom::End(0))?;
        if at > SPOOL_BYTES_MAX {
            return Err(io::Error::new(
                io::ErrorKind::FileTooLarge,
                "the texts of all CVs are larger than 16 GiB",
            ));
        }
        texts.write_all(cv.document.text.as_bytes())?;
        let number = self.waiting.len();
        for email in &cv.owner.emails {
            self.by_email.entry(email.to_lowercase()).or_default().push(number);
        }
        let own = file.rsplit('/').next().unwrap_or(&file).to_lowercase();
        for key in [own.clone(), file.to_lowercase(), stem(&own).to_owned()] {
            let known = self.by_file.entry(key).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
        let words = name_words(stem(&file));
        for word in &words {
            let known = self.by_word.entry(word.clone()).or_default();
            if known.last() != Some(&number) {
                known.push(number);
            }
        }
        let (bytes, joined) = (cv.document.text.len(), AtomicBool::new(false));
        self.waiting.push(Waiting { file, at, bytes, owner: cv.owner, words, joined });
        Ok(())
    }

    /// How many there are that could be read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Those that joined no row so far, and those that could not be read.
    #[must_use]
    pub fn left(&self) -> Vec<CvLeft> {
        let waiting = self.waiting.iter().filter(|cv| !cv.joined.load(Ordering::Relaxed));
        let reason = |cv: &Waiting| match cv.owner.emails.is_empty() {
            true => "joins no row: it holds no e-mail address, and no row has its file's name".to_owned(),
            false => "joins no row: none has its e-mail address or its file's name".to_owned(),
        };
        let waiting = waiting.map(|cv| CvLeft { file: cv.file.clone(), reason: reason(cv) });
        self.unread.iter().cloned().chain(waiting).collect()
    }

    /// Adds to a row the CVs that are about its person, in columns of these names.
    pub(crate) fn join(&self, row: &mut Row, cv_column: &str, file_column: &str) -> io::Result<()> {
        for number in self.of(row) {
            let cv = &self.waiting[number];
            let mut text = vec![0; cv.bytes];
            {
                let mut texts = self.texts.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                texts.seek(SeekFrom::Start(cv.at))?;
                texts.read_exact(&mut text)?;
            }
            let text = String::from_utf8(text).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))?;
            cv.joined.store(true, Ordering::Relaxed);
            let (cell, reading) = (Cell { import: 0, line: row.line }, Reading::default());
            let named = row.values.iter().any(|v| v.field == Field::CvFile);
            if !named {
                let (column, text) = (file_column.to_owned(), cv.file.clone());
                row.values.push(Value { field: Field::CvFile, column, text, cell, reading });
            }
            row.values.push(Value { field: Field::Cv, column: cv_column.to_owned(), text, cell, reading });
        }
        Ok(())
    }

    /// The CVs of a row's person, by number.
    fn of(&self, row: &Row) -> Vec<usize> {
        let texts = |field: Field| row.values.iter().filter(move |v| v.field == field).map(|v| v.text.trim());
        let by_file = |name: &str| self.by_file.get(&name.to_lowercase()).map_or(&[][..], Vec::as_slice);
        let mut found: Vec<usize> = texts(Field::CvFile)
            .flat_map(|name| {
                let own = name.rsplit(['/', '\\']).next().unwrap_or(name);
                match by_file(&name.replace('\\', "/")) {
                    [] => by_file(own),
                    whole => whole,
                }
            })
            .copied()
            .collect();
        if let Some(id) = &row.external_id {
            // `1` is the number of many a file.
            found.extend(by_file(id).iter().filter(|_| id.len() >= 3));
        }
        let name = texts(Field::Name).next().map_or_else(
            || {
                [Field::FirstName, Field::LastName]
                    .iter()
                    .flat_map(|f| texts(*f))
                    .collect::<Vec<_>>()
                    .join(" ")
            },
            str::to_owned,
        );
        let words = name_words(&name);
        let emails: Vec<String> = texts(Field::Email).map(str::to_lowercase).collect();
        for email in &emails {
            for number in self.by_email.get(email).into_iter().flatten() {
                // A second address may be a referee's.
                let cv = &self.waiting[*number];
                let first = cv.owner.emails.first().is_some_and(|first| first.eq_ignore_ascii_case(email));
                if first || (words.len() >= 2 && words.iter().all(|word| cv.words.contains(word))) {
                    found.push(*number);
                }
            }
        }
        if found.is_empty() && words.len() >= 2 {
            found.extend(self.by_name(&words, &emails));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The one CV whose file's name holds all words of a name, where no address speaks against it and no other row had it.
    fn by_name(&self, words: &[String], emails: &[String]) -> Option<usize> {
        let rarest = words
            .iter()
            .map(|word| self.by_word.get(word).map_or(&[][..], Vec::as_slice))
            .min_by_key(|n| n.len())?;
        let mut fitting =
            rarest.iter().filter(|n| words.iter().all(|word| self.waiting[**n].words.contains(word)));
        let (number, None) = (*fitting.next()?, fitting.next()) else { return None };
        let cv = &self.waiting[number];
        let other_address = !emails.is_empty() && !cv.owner.emails.is_empty();
        (!other_address && !cv.joined.load(Ordering::Relaxed)).then_some(number)
    }
}

#[cfg(test)]
mod tests {
    //! - a CV joins the row that names its file, has its address, its id or its name
    //! - it joins none where an address speaks against it, or two would do

    use super::*;

    fn cvs(files: &[(&str, &str)]) -> Cvs {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        Cvs::open(folder.path(), &ImportOptions::default()).unwrap()
    }

    fn row(id: Option<&str>, cells: &[(Field, &str)]) -> Row {
        let cell = Cell { import: 0, line: 2 };
        let value = |(field, text): &(Field, &str)| Value {
            field: *field,
            column: "c".into(),
            text: (*text).into(),
            cell,
            reading: Reading::default(),
        };
        Row {
            line: 2,
            external_id: id.map(str::to_owned),
            values: cells.iter().map(value).collect(),
            content_key: String::new(),
            protected: Vec::new(),
            issues: Vec::new(),
            rows: 1,
        }
    }

    #[test]
    fn cvs_join_rows() {
        let cvs = cvs(&[
            ("C-1007.txt", "Python since 2019"),
            ("Moss, Ada (2026).md", "ada@example.org\nReferee: ben@example.org"),
            ("Ben Reed.txt", "Ben Reed, ben.reed@example.org"),
            ("Cem Kaya.txt", "Go"),
            ("Cem Kaya 2.txt", "Rust"),
            ("zoe_lund_cv.txt", "Elixir"),
            ("photo.jpg", "\u{fffd}\0"),
        ]);
        let joined = |row: &mut Row| {
            let before = row.values.len();
            cvs.join(row, "cv", "cv_file").unwrap();
            row.values[before..]
                .iter()
                .filter(|v| v.field == Field::CvFile)
                .map(|v| v.text.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(joined(&mut row(Some("C-1007"), &[])), ["C-1007.txt"]);
        assert_eq!(joined(&mut row(None, &[(Field::Email, "ADA@example.org")])), ["Moss, Ada (2026).md"]);
        // A referee is not the person.
        assert!(
            joined(&mut row(None, &[(Field::Email, "ben@example.org"), (Field::Name, "Ben Fox")])).is_empty()
        );
        // Another address speaks against the name.
        let other = &[(Field::Email, "other@example.org"), (Field::Name, "Ben Reed")];
        assert!(joined(&mut row(None, other)).is_empty());
        assert!(joined(&mut row(None, &[(Field::Name, "Cem Kaya")])).is_empty());
        let by_parts = &[(Field::FirstName, "Zoë"), (Field::LastName, "Lund")];
        assert_eq!(joined(&mut row(None, by_parts)), ["zoe_lund_cv.txt"]);
        let mut named = row(None, &[(Field::CvFile, "in\\Ben Reed.txt")]);
        cvs.join(&mut named, "cv", "cv_file").unwrap();
        assert!(named.values.iter().any(|v| v.field == Field::Cv && v.text.contains("Ben Reed")));
        let left: Vec<String> = cvs.left().into_iter().map(|left| left.file).collect();
        assert_eq!(left, ["photo.jpg", "Cem Kaya 2.txt", "Cem Kaya.txt"]);
    }
}
