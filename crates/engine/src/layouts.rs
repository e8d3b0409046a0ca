//! Layouts of a pool: mappings that somebody chose, kept to be used again.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use stackscout_importer::Layout;
use stackscout_importer::layout::{layouts, own};

use crate::import::FileReport;
use crate::pool::Pool;
use crate::{EngineError, durable, kept_files};

/// The layouts of the pool in `folder`; none where there is no pool yet.
///
/// # Errors
/// A layout that cannot be read, with its file and line.
pub fn own_layouts(folder: &Path) -> Result<Vec<Arc<Layout>>, EngineError> {
    Ok(own::load(&folder.join(own::FOLDER))?)
}

/// All layouts in the order in which they are tried: those of the pool, then those of the program.
///
/// # Errors
/// As [`own_layouts`].
pub fn all_layouts(folder: &Path) -> Result<Vec<Arc<Layout>>, EngineError> {
    let mut all = own_layouts(folder)?;
    all.extend(layouts().iter().cloned());
    Ok(all)
}

/// Keeps what the columns of a file were read as, and says where.
///
/// # Errors
/// No pool; a name that is taken or cannot be one; a folder that cannot be written.
pub fn save_layout(folder: &Path, name: &str, file: &FileReport) -> Result<PathBuf, EngineError> {
    if !Pool::is_there(folder)? {
        return Err(EngineError::NoPool(folder.to_owned()));
    }
    let about = "saved from an import";
    let layouts = folder.join(own::FOLDER);
    let path = own::save(&layouts, name, about, &file.layout, &file.source, &file.columns)?;
    for written in [path.as_path(), layouts.as_path(), folder] {
        durable::sync(written).map_err(|e| EngineError::io("sync", written, e))?;
    }
    kept_files::note(folder, false)?;
    Ok(path)
}

/// Whether a layout of this name could be kept now.
///
/// # Errors
/// A name that is taken or cannot be one.
pub fn check_new_layout(folder: &Path, name: &str) -> Result<(), EngineError> {
    own::check_name(name)?;
    let taken = own_layouts(folder)?.iter().any(|layout| layout.name == name);
    if taken {
        return Err(stackscout_importer::ImportError::LayoutExists { name: name.to_owned() }.into());
    }
    Ok(())
}

/// Removes a layout of the pool.
///
/// # Errors
/// There is none of this name; it cannot be removed.
pub fn remove_layout(folder: &Path, name: &str) -> Result<(), EngineError> {
    own::remove(&folder.join(own::FOLDER), name)?;
    kept_files::note(folder, false)
}
