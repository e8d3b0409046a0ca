//! A folder or an archive of files: which there are, and their bytes. Nothing is ever written or followed out of it.

use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::archive::{Archive, ENTRIES_MAX, Nature, read_bounded};

/// Folders inside of each other.
const DEPTH_MAX: usize = 8;

/// Where files lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Folder(PathBuf),
    Archive(PathBuf),
    /// A single file.
    File(PathBuf),
}

/// Names of files with `/` between folders, in byte order; and what is not looked at, with the reason.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    pub names: Vec<String>,
    pub refused: Vec<(String, String)>,
}

impl Listed {
    fn refuse(&mut self, name: &str, reason: &str) {
        self.refused.push((name.to_owned(), reason.to_owned()));
    }
}

impl Place {
    /// All files in it.
    pub fn list(&self) -> io::Result<Listed> {
        let mut listed = Listed::default();
        match self {
            Self::Folder(folder) => walk(folder, "", 0, &mut listed)?,
            Self::File(file) => {
                listed.names.extend(file.file_name().map(|name| name.to_string_lossy().into_owned()));
            }
            Self::Archive(path) => {
                let archive = Archive::open(File::open(path)?)?;
                for name in archive.names() {
                    let Some(name) = name else {
                        listed.refuse("(a name that is no text)", "its name is no text");
                        continue;
                    };
                    match archive.nature(&name) {
                        Nature::Folder => {}
                        _ if is_litter(&name) => {}
                        Nature::Link => listed.refuse(&name, "is a link"),
                        Nature::Encrypted => listed.refuse(&name, "is encrypted"),
                        Nature::File if leads_out(&name) => {
                            listed.refuse(&name, "its name leads out of the archive")
                        }
                        Nature::File => listed.names.push(name),
                    }
                }
            }
        }
        listed.names.sort_unstable();
        Ok(listed)
    }

    /// Begins to read files.
    pub fn reader(&self) -> io::Result<PlaceReader> {
        let archive = match self {
            Self::Archive(path) => Some(Archive::open(File::open(path)?)?),
            _ => None,
        };
        Ok(PlaceReader { place: self.clone(), archive })
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::Archive(path) | Self::File(path) => path,
        }
    }
}

/// Reads files of a place, one after the other.
pub(crate) struct PlaceReader {
    place: Place,
    archive: Option<Archive>,
}

impl PlaceReader {
    /// The bytes of a file, which are at most `bytes_max`.
    pub fn bytes(&mut self, name: &str, bytes_max: u64) -> io::Result<Vec<u8>> {
        match (&self.place, &mut self.archive) {
            (Place::Folder(folder), _) => read_bounded(File::open(folder.join(name))?, bytes_max),
            (Place::File(file), _) => read_bounded(File::open(file)?, bytes_max),
            (Place::Archive(_), Some(archive)) => archive.bytes(name, bytes_max),
            (Place::Archive(_), None) => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

fn walk(folder: &Path, prefix: &str, depth: usize, listed: &mut Listed) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let own = entry.file_name();
        let Some(own) = own.to_str() else {
            listed.refuse(&format!("{prefix}{}", own.to_string_lossy()), "its name is no text");
            continue;
        };
        let name = format!("{prefix}{own}");
        if is_litter(own) {
            continue;
        }
        if kind.is_symlink() {
            listed.refuse(&name, "is a link");
        } else if kind.is_dir() {
            if depth >= DEPTH_MAX {
                listed.refuse(&name, "lies too deep");
            } else {
                walk(&entry.path(), &format!("{name}/"), depth + 1, listed)?;
            }
        } else if !kind.is_file() {
            listed.refuse(&name, "is no file");
        } else if listed.names.len() >= ENTRIES_MAX {
            listed.refuse(&name, "is one of more than 65,536 files");
            return Ok(());
        } else {
            listed.names.push(name);
        }
    }
    Ok(())
}

/// What systems and programs leave behind: hidden files, locks of open documents, folders of resource forks.
fn is_litter(name: &str) -> bool {
    name.split('/')
        .any(|part| part.starts_with('.') && part != ".." || part.starts_with("~$") || part == "__MACOSX")
        || matches!(name.rsplit('/').next(), Some("Thumbs.db" | "desktop.ini"))
}

/// Whether a name in an archive means a place outside of it.
fn leads_out(name: &str) -> bool {
    let by_parts =
        Path::new(name).components().any(|part| !matches!(part, Component::Normal(_) | Component::CurDir));
    by_parts || name.contains('\\') || name.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_lead_out_are_known() {
        for out in ["../a", "/etc/passwd", "a/../../b", "..\\a", "C:\\a", "C:a"] {
            assert!(leads_out(out), "{out}");
        }
        for inside in ["a", "a/b.txt", "./a", "a..b"] {
            assert!(!leads_out(inside), "{inside}");
        }
        assert!(
            is_litter("a/.DS_Store")
                && is_litter("__MACOSX/x")
                && is_litter("~$cv.docx")
                && !is_litter("../x")
        );
    }

    #[test]
    #[cfg(unix)]
    fn a_folder_is_listed_in_order_and_links_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.txt", "b/z.txt", "a.txt", ".hidden"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        std::os::unix::fs::symlink("/", folder.path().join("out")).unwrap();
        let listed = Place::Folder(folder.path().to_owned()).list().unwrap();
        assert_eq!(listed.names, ["a.txt", "b/z.txt", "c.txt"]);
        assert_eq!(listed.refused, [("out".to_owned(), "is a link".to_owned())]);
    }
}
