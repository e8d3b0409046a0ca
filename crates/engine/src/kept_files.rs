//! Files of a pool that people may change by hand, as they were written: layouts and rejected rows; and that there are
//! saved searches.
//!
//! A list beside them (`files.json`) says what each was, so that looking at a pool can tell that one is not any more.
//! Whether a person or a disk changed it, nobody can tell from the file; so it is said, and is no error.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::pool::REJECTS;
use crate::roles::hex;
use crate::{EngineError, durable, saved};

pub(crate) const FILE: &str = "files.json";
/// The folders whose files are listed.
const FOLDERS: [&str; 2] = [REJECTS, stackscout_importer::layout::own::FOLDER];

#[derive(Debug, Default, Serialize, Deserialize)]
struct List {
    /// Digest of each file, by its path in the pool.
    files: BTreeMap<String, String>,
    sum: String,
}

/// Lists files that are not listed yet, and forgets those that are gone. With `anew` every file is listed as it is now.
pub(crate) fn note(pool: &Path, anew: bool) -> Result<(), EngineError> {
    let listed = read(pool)?.unwrap_or_default();
    let mut files = BTreeMap::new();
    for name in names(pool)? {
        let digest = match listed.get(&name).filter(|_| !anew) {
            Some(digest) => digest.clone(),
            None => digest(&pool.join(&name))?,
        };
        files.insert(name, digest);
    }
    if files == listed {
        return Ok(());
    }
    let sum = sum(&files);
    let text = serde_json::to_string_pretty(&List { files, sum }).expect("a list is plain data") + "\n";
    durable::write(pool, FILE, &text)
}

/// The files that are not what was listed, in order; `None` where the list itself is damaged.
pub(crate) fn changed(pool: &Path) -> Result<Option<Vec<String>>, EngineError> {
    let Some(listed) = read(pool)? else { return Ok(None) };
    let mut changed = Vec::new();
    for (name, wanted) in listed {
        let path = pool.join(&name);
        if !path.is_file() || digest(&path)? != wanted {
            changed.push(name);
        }
    }
    Ok(Some(changed))
}

/// Paths of the files that are listed, in order.
pub(crate) fn names(pool: &Path) -> Result<Vec<String>, EngineError> {
    let mut names = Vec::new();
    if pool.join(saved::FILE).is_file() {
        names.push(saved::FILE.to_owned());
    }
    for folder in FOLDERS {
        let path = pool.join(folder);
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
            Err(e) => return Err(EngineError::io("read", &path, e)),
        };
        for entry in entries {
            let entry = entry.map_err(|e| EngineError::io("read", &path, e))?;
            if entry.path().is_file() {
                names.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    names.sort();
    Ok(names)
}

/// The list; empty where there is none, `None` where it is damaged.
fn read(pool: &Path) -> Result<Option<BTreeMap<String, String>>, EngineError> {
    let path = pool.join(FILE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Some(BTreeMap::new())),
        Err(e) => return Err(EngineError::io("read", &path, e)),
    };
    let list: Option<List> = serde_json::from_slice(&text).ok();
    Ok(list.filter(|list| sum(&list.files) == list.sum).map(|list| list.files))
}

fn sum(files: &BTreeMap<String, String>) -> String {
    hex(&Sha256::digest(serde_json::to_vec(files).expect("a list is plain data"))[..8])
}

fn digest(path: &Path) -> Result<String, EngineError> {
    // Saved searches have a checksum of their own, and change; only that they are there is listed.
    if path.ends_with(saved::FILE) {
        return Ok(String::new());
    }
    let mut hash = Sha256::new();
    let mut file = fs::File::open(path).map_err(|e| EngineError::io("read", path, e))?;
    io::copy(&mut file, &mut durable::Hashing(&mut hash)).map_err(|e| EngineError::io("read", path, e))?;
    Ok(hex(&hash.finalize()[..16]))
}

#[cfg(test)]
mod tests {
    //! - a file that is changed, cut or gone is named; one that was not listed is listed by the next note
    //! - no flipped bit of the list makes it say anything else

    use super::*;

    #[test]
    fn what_is_not_what_was_written_is_named() {
        let pool = tempfile::tempdir().unwrap();
        let path = pool.path();
        for folder in FOLDERS {
            fs::create_dir(path.join(folder)).unwrap();
        }
        fs::write(path.join("layouts/a.toml"), "a").unwrap();
        fs::write(path.join("rejects/b.csv"), "b").unwrap();
        note(path, false).unwrap();
        assert_eq!(changed(path).unwrap().unwrap(), [] as [String; 0]);
        fs::write(path.join("rejects/b.csv"), "c").unwrap();
        fs::write(path.join("rejects/new.csv"), "new").unwrap();
        note(path, false).unwrap();
        assert_eq!(changed(path).unwrap().unwrap(), ["rejects/b.csv"]);
        fs::remove_file(path.join("layouts/a.toml")).unwrap();
        assert_eq!(changed(path).unwrap().unwrap(), ["layouts/a.toml", "rejects/b.csv"]);
        note(path, true).unwrap();
        assert_eq!(changed(path).unwrap().unwrap(), [] as [String; 0]);

        let list = fs::read(path.join(FILE)).unwrap();
        let wanted = read(path).unwrap();
        for at in 0..list.len() * 8 {
            let mut list = list.clone();
            list[at / 8] ^= 1 << (at % 8);
            fs::write(path.join(FILE), list).unwrap();
            let read = read(path).unwrap();
            assert!(read.is_none() || read == wanted, "bit {at}");
        }
    }
}
