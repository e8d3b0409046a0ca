//! Layouts of a pool: mappings that somebody chose once, kept as files that people can read and change.
//!
//! `import --save-layout NAME` writes one; a file with the same headers is read with it from then on. It lies in the
//! pool's folder `layouts`, in the form of the layouts that come with the program, and extends the one that the file
//! was read with, so that columns of later files keep their usual meaning.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{LayoutFile, Recognise, line_of};
use super::{Layout, layouts};
use crate::ImportError;
use crate::columns::{ColumnUse, Usage};
use crate::key::header_key;
use crate::protected::is_protected;
use crate::text_file::read_text;

/// Name of the folder inside of a pool.
pub const FOLDER: &str = "layouts";
/// Largest file of a layout: the widest export that is known has 222 columns, of a few dozen bytes each.
const LAYOUT_BYTES_MAX: usize = 4 << 20;
/// Layouts of a pool at most: each is tried for every file.
const LAYOUTS_MAX: usize = 1_000;

/// Loads the layouts that lie in a folder, in the order of their names; none where there is no folder.
///
/// # Errors
/// A file that cannot be read, or is no layout: with its name and line.
pub fn load(folder: &Path) -> Result<Vec<Arc<Layout>>, ImportError> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(source) => return Err(ImportError::Open { file: folder.display().to_string(), source }),
    };
    let mut paths: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    paths.sort();
    if paths.len() > LAYOUTS_MAX {
        return Err(ImportError::ManyLayouts { folder: folder.display().to_string(), layouts: paths.len() });
    }
    paths.iter().map(|path| read(path).map(Arc::new)).collect()
}

fn read(path: &Path) -> Result<Layout, ImportError> {
    let file = path.display().to_string();
    let text = read_text(path, LAYOUT_BYTES_MAX)
        .map_err(|source| ImportError::LayoutFile { file: file.clone(), source })?;
    of_text(&file, &text)
}

/// Checks the text of a layout, whose file is called `NAME.toml` as the layout itself.
///
/// # Errors
/// A text that is no layout, or that could do harm: with the line.
pub fn of_text(file: &str, text: &str) -> Result<Layout, ImportError> {
    let bad = |line, reason| ImportError::BadLayout { file: file.to_owned(), line, reason };
    let layout_file = LayoutFile::read(text).map_err(|e| bad(e.line, e.reason))?;
    let stem = Path::new(file).file_stem().unwrap_or_default().to_string_lossy();
    if layout_file.name != stem {
        let reason = format!("the name `{}` is not that of the file, `{stem}`", layout_file.name);
        return Err(bad(line_of(text, &reason), reason));
    }
    check_name(&layout_file.name)?;
    let headers = layout_file.columns.values().flatten();
    if let Some(header) = headers.into_iter().find(|header| is_protected(header)) {
        let reason = format!("`{header}` names a protected attribute, which no layout reads");
        return Err(bad(line_of(text, &reason), reason));
    }
    let rule = &layout_file.recognise;
    if rule.all.is_empty() && rule.any.is_empty() && rule.of.is_empty() {
        return Err(bad(1, "`recognise` names no header, and would take every file".to_owned()));
    }
    let mut layout =
        Layout::check(layout_file, layouts()).map_err(|reason| bad(line_of(text, &reason), reason))?;
    layout.is_own = true;
    Ok(layout)
}

/// Writes the mapping of a file as a layout of this name, and says where.
///
/// # Errors
/// A name that is taken or cannot be a file's; two columns that differ in signs alone and hold different things; a
/// folder that cannot be written.
pub fn save(
    folder: &Path,
    name: &str,
    about: &str,
    base: &str,
    source: &str,
    columns: &[ColumnUse],
) -> Result<PathBuf, ImportError> {
    check_name(name)?;
    let path = folder.join(format!("{name}.toml"));
    let failed = |source| ImportError::Write { file: path.display().to_string(), source };
    let own = load(folder)?;
    // A layout of the pool is extended as what it extends itself.
    let base = own.iter().find(|l| l.name == base).map_or(Some(base), |l| l.extends.as_deref());
    let mut file = LayoutFile {
        name: name.to_owned(),
        about: about.to_owned(),
        extends: base.map(str::to_owned),
        source: Some(source.to_owned()),
        ..LayoutFile::default()
    };
    let mut seen: HashMap<String, &Usage> = HashMap::new();
    let mut all = Vec::new();
    for column in columns {
        let key = header_key(&column.column);
        if let Some(other) = seen.insert(key.clone(), &column.usage)
            && *other != column.usage
        {
            return Err(ImportError::LayoutColumns { column: column.column.clone() });
        }
        if key.is_empty() {
            continue;
        }
        all.push(column.column.clone());
        match &column.usage {
            Usage::Field(field) => file.columns.entry(*field).or_default().push(column.column.clone()),
            Usage::Ignored => file.ignore.push(column.column.clone()),
            // Protected columns and columns of ticks are known by themselves.
            Usage::Protected | Usage::Tick(_) | Usage::SkillYears(_) => {}
        }
    }
    file.recognise = Recognise { all, ..Recognise::default() };
    let body = toml::to_string_pretty(&file).map_err(|e| failed(std::io::Error::other(e)))?;
    let text = format!(
        "# A layout of this pool, written by `import --save-layout {name}`. Change it as you like: a field has the\n\
         # names of the columns that hold it, and `ignore` names those that are not read.\n\n{body}"
    );
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(failed)?;
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut to = match options.open(&path) {
        Ok(to) => to,
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(ImportError::LayoutExists { name: name.to_owned() });
        }
        Err(e) => return Err(failed(e)),
    };
    std::io::Write::write_all(&mut to, text.as_bytes()).map_err(failed)?;
    Ok(path)
}

/// Removes a layout of the pool.
///
/// # Errors
/// There is none of this name; it cannot be removed.
pub fn remove(folder: &Path, name: &str) -> Result<(), ImportError> {
    let path = folder.join(format!("{name}.toml"));
    if check_name(name).is_err() || !path.is_file() {
        return Err(ImportError::unknown_layout(name, stems(folder)));
    }
    std::fs::remove_file(&path)
        .map_err(|source| ImportError::Write { file: path.display().to_string(), source })
}

/// Names of the files in the folder, also of those that cannot be read.
fn stems(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|e| e.path());
    let entries = entries.filter(|p| p.extension().is_some_and(|e| e == "toml"));
    let stem = |p: PathBuf| p.file_stem().map(|s| s.to_string_lossy().into_owned());
    let mut stems: Vec<String> = entries.filter_map(stem).collect();
    stems.sort();
    stems
}

/// A name is a word for the command line and a file's name: letters, digits and hyphens. Those of the program are taken.
///
/// # Errors
/// Any other name.
pub fn check_name(name: &str) -> Result<(), ImportError> {
    let fits = !name.is_empty()
        && name.len() <= 64
        && name.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
        && !name.starts_with('-');
    let reason = if !fits {
        "a name has letters, digits and hyphens, at most 64"
    } else if layouts().iter().any(|layout| layout.name == name) {
        "a layout that comes with the program has this name"
    } else {
        return Ok(());
    };
    Err(ImportError::LayoutName { name: name.to_owned(), reason })
}
