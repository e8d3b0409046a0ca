//! A team's own taxonomy: reading its folder, and writing files of it in canonical form.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::sync::Arc;

use stackscout_taxonomy::Taxonomy;
use stackscout_taxonomy::files::{FILE_BYTES_MAX, TaxonomyFile, canonical, is_taxonomy_file};

use crate::EngineError;

/// Entries of a folder that are looked at; a folder of a taxonomy holds sixteen files.
const ENTRIES_MAX: usize = 10_000;

/// The built-in taxonomy, with a team's own folder over it where one is named.
///
/// # Errors
/// A folder that cannot be read; every problem of its files.
pub fn open_taxonomy(folder: Option<&Path>) -> Result<Arc<Taxonomy>, EngineError> {
    let Some(folder) = folder else { return Ok(Taxonomy::embedded()) };
    let files = read_taxonomy_folder(folder)?;
    Taxonomy::with_team_files(&files)
        .map(Arc::new)
        .map_err(|source| EngineError::Taxonomy { folder: folder.to_owned(), source })
}

/// The files of a taxonomy's folder, in the order of names. Other files than CSV are left alone; a CSV file of a name
/// that no taxonomy has is read too, so that it is reported.
///
/// # Errors
/// A folder that is none, holds no file of a taxonomy, or cannot be read; a file that is larger than
/// [`FILE_BYTES_MAX`] or no plain file.
pub fn read_taxonomy_folder(folder: &Path) -> Result<Vec<TaxonomyFile>, EngineError> {
    let mut files = Vec::new();
    let entries = fs::read_dir(folder).map_err(|e| EngineError::io("read", folder, e))?;
    for entry in entries.take(ENTRIES_MAX) {
        let entry = entry.map_err(|e| EngineError::io("read", folder, e))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !is_taxonomy_file(&name) && !name.ends_with(".csv") {
            continue;
        }
        let path = entry.path();
        let io = |e| EngineError::io("read", &path, e);
        // A pipe would be waited for without end.
        if !fs::metadata(&path).map_err(io)?.is_file() {
            return Err(EngineError::NoTaxonomyFile(path));
        }
        let mut bytes = Vec::new();
        // One byte more than is allowed shows that there is too much.
        let limit = FILE_BYTES_MAX as u64 + 1;
        fs::File::open(&path).map_err(io)?.take(limit).read_to_end(&mut bytes).map_err(io)?;
        files.push(TaxonomyFile { name, bytes });
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    if files.is_empty() {
        return Err(EngineError::NoTaxonomy(folder.to_owned()));
    }
    Ok(files)
}

/// Writes files of a folder in canonical form, each whole or not at all; gives the names of those that changed. A file
/// that cannot be read to its end is left as it is.
///
/// # Errors
/// A file that cannot be written.
pub fn mend_taxonomy_folder(folder: &Path, files: &[TaxonomyFile]) -> Result<Vec<String>, EngineError> {
    let mut changed = Vec::new();
    for file in files {
        let Some(Ok(text)) = canonical(file) else { continue };
        if text.as_bytes() == file.bytes {
            continue;
        }
        replace(&folder.join(&file.name), text.as_bytes())?;
        changed.push(file.name.clone());
    }
    Ok(changed)
}

/// Written beside and renamed: whoever reads finds the old file or the new one.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), EngineError> {
    let path = &fs::canonicalize(path).map_err(|e| EngineError::io("read", path, e))?;
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let beside = path.with_file_name(name);
    let write = || -> std::io::Result<()> {
        let mut file = fs::File::create_new(&beside)?;
        file.write_all(bytes)?;
        file.set_permissions(fs::metadata(path)?.permissions())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    };
    write().map_err(|e| {
        let _ = fs::remove_file(&beside);
        EngineError::io("write", path, e)
    })
}
