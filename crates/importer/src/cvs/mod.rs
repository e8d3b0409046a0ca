//! CVs as files: a person for each, or the text beside the rows of a table.
//!
//! A CV joins a row that names its file, that has its e-mail address, or whose id or whole name is its file's name.
//! Where two would do, or a name or an address speaks against it, it joins nothing, and is reported. Whether two would do
//! is known before the first joins: the rows are looked through once before they are read ([`Cvs::survey`]).

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
use crate::{ImportError, ImportOptions, ReadRow, Row};
use contents::{Owner, first_line_name, head_words, name, name_words, owner, said_name};
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
    /// Rows of the file at hand that would do, by the number of the CV.
    claims: Mutex<HashMap<usize, Claims>>,
    /// The texts, in a file that has no name.
    texts: Mutex<File>,
}

struct Waiting {
    file: String,
    at: u64,
    bytes: usize,
    owner: Owner,
    words: Vec<String>,
    /// The words of the name that the text surely says, and of its first line where that may be one.
    said: Vec<String>,
    first: Vec<String>,
    /// The words at its beginning.
    head: Vec<String>,
    joined: AtomicBool,
    /// Why a row that would do did not.
    against: Mutex<Option<String>>,
}

impl Waiting {
    /// Whether its file's name or its beginning hold all words of a name.
    fn holds(&self, name: &[String]) -> bool {
        name.iter().all(|word| self.words.contains(word) || self.head.contains(word))
    }

    /// The words of the name that it says, surely or not.
    fn says(&self) -> &[String] {
        if self.said.is_empty() { &self.first } else { &self.said }
    }

    fn has_address(&self, emails: &[String]) -> bool {
        self.owner.emails.iter().any(|own| emails.iter().any(|email| own.eq_ignore_ascii_case(email)))
    }

    /// Whether an address is its first: a second one may be somebody else's.
    fn begins_with(&self, email: &str) -> bool {
        self.owner.emails.first().is_some_and(|first| first.eq_ignore_ascii_case(email))
    }

    fn refuse(&self, reason: String) {
        let mut against = lock(&self.against);
        against.get_or_insert_with(|| format!("joins no row: {reason}"));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Whether two names are of different people: they have no word in common, and are written in the same letters.
fn are_apart(one: &[String], other: &[String]) -> bool {
    let is_latin = |name: &[String]| name.iter().any(|word| word.is_ascii());
    !one.is_empty()
        && !other.is_empty()
        && one.iter().all(|word| !other.contains(word))
        && is_latin(one) == is_latin(other)
}

/// Rows that would do for a CV.
#[derive(Debug, Default)]
struct Claims {
    /// Those whose name is its file's.
    named: Vec<Claim>,
    /// Those that have its first address.
    addressed: Vec<Claim>,
}

/// A row, as far as it tells one person from another.
#[derive(Debug, Default, Clone)]
struct Claim {
    line: u64,
    /// Id, addresses and links.
    keys: Vec<String>,
    /// Words of the name.
    words: usize,
}

/// Rows that are kept of those that would do for a CV.
const CLAIMS_MAX: usize = 8;

impl Claim {
    fn is_same(&self, other: &Self) -> bool {
        self.line == other.line || self.keys.iter().any(|key| other.keys.contains(key))
    }

    fn keep(&self, among: &mut Vec<Self>) {
        match among.iter().position(|known| known.is_same(self)) {
            Some(at) => {
                let known = &mut among[at].keys;
                let new: Vec<String> = self.keys.iter().filter(|key| !known.contains(key)).cloned().collect();
                known.extend(new);
            }
            None if among.len() < CLAIMS_MAX => among.push(self.clone()),
            None => {}
        }
    }

    /// A row of somebody else.
    fn other<'a>(&self, among: Option<&'a Vec<Self>>) -> Option<&'a Self> {
        among.into_iter().flatten().find(|claim| !claim.is_same(self))
    }
}

/// The person of a row.
struct Person {
    claim: Claim,
    /// The words of the name.
    words: Vec<String>,
    emails: Vec<String>,
}

impl Person {
    fn of(row: &Row) -> Self {
        let texts = |field: Field| row.values.iter().filter(move |v| v.field == field).map(|v| v.text.trim());
        let by_parts =
            || [Field::FirstName, Field::LastName].iter().flat_map(|f| texts(*f)).collect::<Vec<_>>();
        let name = texts(Field::Name).next().map_or_else(|| by_parts().join(" "), str::to_owned);
        let words = name_words(&name);
        let emails: Vec<String> = texts(Field::Email).map(str::to_lowercase).collect();
        let id = row.external_id.iter().map(|id| format!("id {id}"));
        let keys =
            id.chain(emails.iter().cloned()).chain(texts(Field::Link).map(str::to_lowercase)).collect();
        Self { claim: Claim { line: row.line, keys, words: words.len() }, words, emails }
    }
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
                claims: Mutex::default(),
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
        let text = &cv.document.text;
        let said = said_name(text, stem(&file), &cv.owner).map(|name| name_words(&name)).unwrap_or_default();
        let first = first_line_name(text).map(name_words).unwrap_or_default();
        self.waiting.push(Waiting {
            at,
            bytes: text.len(),
            owner: cv.owner,
            words,
            said,
            first,
            head: head_words(text),
            joined: AtomicBool::new(false),
            against: Mutex::default(),
            file,
        });
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
        let reason = |cv: &Waiting| {
            let against = lock(&cv.against).clone();
            against.unwrap_or_else(|| match cv.owner.emails.is_empty() {
                true => "joins no row: it holds no e-mail address, and no row has its file's name".to_owned(),
                false => "joins no row: none has its e-mail address or its file's name".to_owned(),
            })
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

    /// Looks through the rows of a file before they are read: which of them would do for which CV.
    pub(crate) fn survey(&self, rows: impl Iterator<Item = Result<ReadRow, ImportError>>) {
        lock(&self.claims).clear();
        // What cannot be read is said where the rows are read.
        for row in rows.map_while(Result::ok) {
            if let ReadRow::Accepted(row) = row {
                self.note(&row);
            }
        }
    }

    fn note(&self, row: &Row) {
        let Person { claim, words, emails } = Person::of(row);
        let named = self.named(&words);
        let mut addressed: Vec<usize> = Vec::new();
        for email in &emails {
            let numbers = self.by_email.get(email).into_iter().flatten();
            addressed.extend(numbers.filter(|number| self.waiting[**number].begins_with(email)).copied());
        }
        if named.is_empty() && addressed.is_empty() {
            return;
        }
        let mut claims = lock(&self.claims);
        for number in named {
            claim.keep(&mut claims.entry(number).or_default().named);
        }
        for number in addressed {
            claim.keep(&mut claims.entry(number).or_default().addressed);
        }
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
        let person = Person::of(row);
        let claims = lock(&self.claims);
        let mut take = |number: usize, against: Option<String>| match against {
            None => found.push(number),
            Some(reason) => self.waiting[number].refuse(reason),
        };
        // `1` is the number of many a file.
        for number in row.external_id.iter().filter(|id| id.len() >= 3).flat_map(|id| by_file(id)) {
            take(*number, self.against_id(*number, &person, claims.get(number)));
        }
        for email in &person.emails {
            for number in self.by_email.get(email).into_iter().flatten() {
                let cv = &self.waiting[*number];
                if person.words.len() >= 2 && person.words.iter().all(|word| cv.words.contains(word)) {
                    take(*number, None);
                } else if cv.begins_with(email) {
                    take(*number, self.against_address(*number, &person, claims.get(number)));
                }
            }
        }
        let named = self.named(&person.words);
        for number in &named {
            let cv = &self.waiting[*number];
            if found.contains(number) || cv.joined.load(Ordering::Relaxed) {
                continue;
            }
            match self.against_name(*number, &person, claims.get(number)) {
                Some(reason) => cv.refuse(reason),
                None if named.len() > 1 => {
                    cv.refuse(format!("line {} has its file's name, and so has another file", row.line));
                }
                None if !found.is_empty() => {
                    cv.refuse(format!("line {} has its file's name, but another CV", row.line));
                }
                None => found.push(*number),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What speaks against a CV whose file's name is the row's id.
    fn against_id(&self, number: usize, person: &Person, claims: Option<&Claims>) -> Option<String> {
        let (cv, line) = (&self.waiting[number], person.claim.line);
        let has_address = cv.has_address(&person.emails);
        if !has_address && let Some(other) = person.claim.other(claims.map(|claims| &claims.addressed)) {
            let other = other.line;
            return Some(format!(
                "line {line} has its file's name as id, and line {other} its e-mail address"
            ));
        }
        if has_address || !person.words.is_empty() && cv.holds(&person.words) {
            return None;
        }
        let other_address = !person.emails.is_empty() && !cv.owner.emails.is_empty();
        (other_address || are_apart(cv.says(), &person.words))
            .then(|| format!("line {line} has its file's name as id, but another name or e-mail address"))
    }

    /// What speaks against a CV whose first address is the row's.
    fn against_address(&self, number: usize, person: &Person, claims: Option<&Claims>) -> Option<String> {
        let (cv, line) = (&self.waiting[number], person.claim.line);
        if let Some(other) = person.claim.other(claims.map(|claims| &claims.named)) {
            return Some(format!(
                "line {line} has its e-mail address, and line {} its file's name",
                other.line
            ));
        }
        let is_other = are_apart(&cv.said, &person.words) && !cv.holds(&person.words);
        is_other.then(|| format!("line {line} has its e-mail address, but it names somebody else"))
    }

    /// What speaks against a CV whose file's name holds the row's name.
    fn against_name(&self, number: usize, person: &Person, claims: Option<&Claims>) -> Option<String> {
        let (cv, line) = (&self.waiting[number], person.claim.line);
        // `Bo Ek` stands in `Bo Ek Larsson`, too.
        let namesake = |claim: &&Claim| !claim.is_same(&person.claim) && claim.words >= person.words.len();
        if let Some(other) = claims.and_then(|claims| claims.named.iter().find(namesake)) {
            let (first, second) = (line.min(other.line), line.max(other.line));
            return Some(format!("two rows have its file's name, in lines {first} and {second}"));
        }
        if !cv.has_address(&person.emails) && !cv.owner.emails.is_empty() {
            if !person.emails.is_empty() {
                return Some(format!("line {line} has its file's name, but another e-mail address"));
            }
            if let Some(other) = person.claim.other(claims.map(|claims| &claims.addressed)) {
                let other = other.line;
                return Some(format!("line {line} has its file's name, and line {other} its e-mail address"));
            }
        }
        let is_said = person.words.iter().all(|word| cv.head.contains(word));
        let is_other = are_apart(cv.says(), &person.words) && !is_said;
        is_other.then(|| format!("line {line} has its file's name, but it names somebody else"))
    }

    /// The CVs whose files' names hold all words of a name.
    fn named(&self, words: &[String]) -> Vec<usize> {
        let known = |word: &String| self.by_word.get(word).map_or(&[][..], Vec::as_slice);
        let rarest = words.iter().map(known).min_by_key(|numbers| numbers.len());
        let holds = |number: &&usize| words.iter().all(|word| self.waiting[**number].words.contains(word));
        // One word is no whole name.
        rarest.filter(|_| words.len() >= 2).into_iter().flatten().filter(holds).copied().collect()
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
        row_at(2, id, cells)
    }

    fn row_at(line: u64, id: Option<&str>, cells: &[(Field, &str)]) -> Row {
        let cell = Cell { import: 0, line };
        let value = |(field, text): &(Field, &str)| Value {
            field: *field,
            column: "c".into(),
            text: (*text).into(),
            cell,
            reading: Reading::default(),
        };
        Row {
            line,
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

    /// The files that rows join, `line file`, and why others do not.
    fn joined(files: &[(&str, &str)], rows: &[Row]) -> Vec<String> {
        let cvs = cvs(files);
        cvs.survey(rows.iter().cloned().map(|row| Ok(ReadRow::Accepted(row))));
        let mut said = Vec::new();
        for row in rows {
            let mut row = row.clone();
            let before = row.values.len();
            cvs.join(&mut row, "cv", "cv_file").unwrap();
            let files = row.values[before..].iter().filter(|v| v.field == Field::CvFile);
            said.extend(files.map(|v| format!("{} {}", row.line, v.text)));
        }
        said.extend(cvs.left().into_iter().map(|left| format!("{} {}", left.file, left.reason)));
        said
    }

    #[test]
    fn two_rows_of_one_name_share_no_cv() {
        let bo = |line, id| row_at(line, Some(id), &[(Field::Name, "Bo Ek")]);
        assert_eq!(
            joined(&[("Bo Ek.txt", "Go")], &[bo(2, "102"), bo(3, "103")]),
            ["Bo Ek.txt joins no row: two rows have its file's name, in lines 2 and 3"]
        );
        // Two rows of one person are one.
        assert_eq!(joined(&[("Bo Ek.txt", "Go")], &[bo(2, "102"), bo(3, "102")]), ["2 Bo Ek.txt"]);
        let longer = row_at(3, Some("103"), &[(Field::Name, "Bo Ek Lund")]);
        assert_eq!(joined(&[("Bo Ek Lund.txt", "Go")], &[bo(2, "102"), longer]), ["3 Bo Ek Lund.txt"]);
    }

    #[test]
    fn clear_evidence_against_a_key_counts() {
        let ann = row_at(2, Some("100"), &[(Field::Name, "Ann Lee"), (Field::Email, "ann.lee@x.example")]);
        let cy = row_at(3, Some("104"), &[(Field::Name, "Cy Dahl")]);
        let year = row_at(4, Some("2024"), &[(Field::Name, "Year Id"), (Field::Email, "y@x.example")]);
        let rows = [ann, cy, year];
        let referee = ("Cy Dahl.txt", "Cy Dahl\nGo developer\nReferee: ann.lee@x.example");
        let own = ("Ann Lee.txt", "Rust developer");
        assert_eq!(joined(&[referee, own], &rows), ["2 Ann Lee.txt", "3 Cy Dahl.txt"]);
        let contact = ("Cy Dahl.txt", "Cy Dahl\nGo developer\nann.lee@x.example");
        let both = "Cy Dahl.txt joins no row: line 2 has its e-mail address, and line 3 its file's name";
        assert_eq!(joined(&[contact, own], &rows), ["2 Ann Lee.txt", both]);
        assert_eq!(joined(&[("Cy Dahl.txt", "Go developer, ann.lee@x.example")], &rows), [both]);
        assert_eq!(
            joined(&[contact], &rows[..1]),
            ["Cy Dahl.txt joins no row: line 2 has its e-mail address, but it names somebody else"]
        );
        let against_id = "joins no row: line 4 has its file's name as id, but another name or e-mail address";
        for text in ["Somebody Else\nse@x.example\nVue developer", "Somebody Else\nVue developer"] {
            assert_eq!(joined(&[("2024.txt", text)], &rows), [format!("2024.txt {against_id}")], "{text}");
        }
        for text in ["Year Id\nprivate@x.example", "Vue developer", "Curriculum Vitae\nY. Id\ny@x.example"] {
            assert_eq!(joined(&[("2024.txt", text)], &rows), ["4 2024.txt"], "{text}");
        }
        assert_eq!(
            joined(&[("Cy Dahl.txt", "Somebody Else\nVue developer")], &rows),
            ["Cy Dahl.txt joins no row: line 3 has its file's name, but it names somebody else"]
        );
        assert_eq!(
            joined(&[("a.txt", "ann.lee@x.example"), ("Ann Lee.txt", "Go")], &rows),
            ["2 a.txt", "Ann Lee.txt joins no row: line 2 has its file's name, but another CV"]
        );
    }
}
