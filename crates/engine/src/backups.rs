//! Backups: all of a pool that cannot be made again, in one file.
//!
//! A backup is a tar archive packed with zstd, so that other programs open it, too, and a checksum of the whole file
//! (`seal`): `manifest.json` with the length and SHA-256 of every file, then the records as they stood at one moment, saved searches, layouts and rejected rows. Index
//! and columns are made again when it is restored. It may be made while another process imports; that costs the other
//! nothing but time.
//!
//! A pool knows its backups: a line of `backups.jsonl` for each. They stand outside of the records, which another process
//! may be writing to.

mod seal;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use stackscout_profile::CandidateNumber;
use stackscout_store::check::{Depth, check};
use stackscout_store::{Store, StoreError};

use crate::pool::RECORDS;
use crate::roles::hex;
use crate::{EngineError, Pool, durable, kept_files, saved, stop};

/// Its name in the pool.
pub(crate) const FILE: &str = "backups.jsonl";
const MANIFEST: &str = "manifest.json";
/// Version of the archive. Another one is refused.
const FORMAT: u32 = 1;
/// Bytes of a manifest at most: a thousand times those of a pool with a thousand rejects files.
const MANIFEST_BYTES_MAX: u64 = 64 << 20;
/// Level of packing: records take a sixth, at a quarter of a gigabyte a second.
const LEVEL: i32 = 3;

/// A backup as its pool remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupNote {
    /// When it was made, `2026-11-01T12:00:00Z`.
    pub made: String,
    /// Name of the file.
    pub file: String,
    /// The last change that is in it: whoever came later is not, and whoever was erased later is.
    pub change: u64,
    /// People in it.
    pub people: u64,
    /// SHA-256 of its manifest, the first 16 bytes.
    pub digest: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupManifest {
    backup: String,
    format: u32,
    /// When it was made.
    pub made: String,
    /// Version of the program that made it.
    pub program: String,
    /// The last change in it.
    pub change: u64,
    /// People in it.
    pub people: u64,
    /// Digest of its records, as `pool stats` prints it.
    pub digest: String,
    /// Where its audit log ends, as `audit verify --head` takes it; absent in backups of older programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit: Option<String>,
    /// Whether a checksum of the whole file stands at its end; not in backups of older programs.
    #[serde(default)]
    sealed: bool,
    /// Its files.
    pub files: Vec<BackupFile>,
}

/// A file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupFile {
    /// Path in the pool.
    pub name: String,
    /// Length.
    pub bytes: u64,
    /// Checksum, in hex.
    pub sha256: String,
}

impl Pool {
    /// Writes a backup into a file, which must not be there, and remembers it. `made` is the time.
    ///
    /// The file appears when it is whole and on disk, and its records have been looked at.
    ///
    /// # Errors
    /// A file that is there; damaged records; where the system refuses.
    pub fn backup(&self, file: &Path, made: &str) -> Result<BackupManifest, EngineError> {
        let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if file.exists() {
            return Err(EngineError::BackupThere(file.to_owned()));
        }
        let inside = |at: &Path| at.canonicalize().ok();
        if inside(parent).zip(inside(&self.folder)).is_some_and(|(file, pool)| file.starts_with(pool)) {
            return Err(EngineError::BackupInside(file.to_owned()));
        }
        let beside = |ending: &str| {
            let mut name = file.file_name().unwrap_or_default().to_owned();
            name.push(ending);
            parent.join(name)
        };
        let (records, begun) = (Beside(beside(".records")), Beside(beside(".new")));
        let manifest = self.write_backup(&records.0, &begun.0, made)?;
        // Whoever finds the file finds nothing else beside it.
        drop(records);
        let put = || -> io::Result<()> {
            fs::rename(&begun.0, file)?;
            durable::sync(parent)
        };
        put().map_err(|e| EngineError::io("write", file, e))?;
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        note(
            &self.folder,
            &BackupNote {
                made: made.to_owned(),
                file: name.unwrap_or_default(),
                change: manifest.change,
                people: manifest.people,
                digest: hex(&Sha256::digest(text_of(&manifest))[..16]),
            },
        )?;
        Ok(manifest)
    }

    fn write_backup(&self, records: &Path, begun: &Path, made: &str) -> Result<BackupManifest, EngineError> {
        durable::private(records).map_err(|e| EngineError::io("write", records, e))?;
        self.store.copy_to(records)?;
        stop::check()?;
        let checked = check(records, Depth::Full)?;
        if !checked.damage.is_empty() {
            let what = crate::verify::damage_words(&checked.damage).join("; ");
            return Err(EngineError::DamagedToo { what });
        }
        let copy = Store::open_read_only(records)?;
        let mut sources = vec![(
            RECORDS.to_owned(),
            Source::open(records).map_err(|e| EngineError::io("read", records, e))?,
        )];
        for name in std::iter::once(kept_files::FILE.to_owned()).chain(kept_files::names(&self.folder)?) {
            let path = self.folder.join(&name);
            match Source::open(&path) {
                Ok(source) => sources.push((name, source)),
                // An import takes rejected rows away again that it has written before.
                Err(e) if e.kind() == io::ErrorKind::NotFound => {}
                Err(e) => return Err(EngineError::io("read", &path, e)),
            }
        }
        let mut files = Vec::new();
        for (name, source) in &mut sources {
            let (bytes, sha256) = source.digest().map_err(|e| EngineError::io("read", begun, e))?;
            files.push(BackupFile { name: name.clone(), bytes, sha256 });
        }
        let manifest = BackupManifest {
            backup: "stackscout".to_owned(),
            format: FORMAT,
            made: made.to_owned(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            change: copy.change()?,
            people: copy.count()?,
            digest: copy.digest()?,
            audit: Some(copy.verify_audit(None)?.head.to_string()),
            sealed: true,
            files,
        };
        pack(begun, &manifest, sources).map_err(|e| EngineError::io("write", begun, e))?;
        Ok(manifest)
    }

    /// The backups that hold a person: those of a change at which there was a record of them. Where nothing was kept of
    /// that change, the backup counts.
    ///
    /// # Errors
    /// A damaged record; where the system refuses to read.
    pub fn backups_with(&self, number: CandidateNumber) -> Result<Vec<BackupNote>, EngineError> {
        let mut found = Vec::new();
        for backup in self.backups()? {
            let held = match self.store.record_at(number, backup.change) {
                Ok(record) => record.is_some(),
                Err(StoreError::NotKept { .. }) => true,
                Err(error) => return Err(error.into()),
            };
            if held {
                found.push(backup);
            }
        }
        Ok(found)
    }

    /// The backups that were made of this pool, in order.
    ///
    /// # Errors
    /// Where the system refuses to read.
    pub fn backups(&self) -> Result<Vec<BackupNote>, EngineError> {
        Ok(read(&self.folder)?.0)
    }
}

/// A file that goes when what it is for is done, or failed.
struct Beside(PathBuf);

impl Drop for Beside {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

/// Reads a backup whole and compares every file with its checksum.
///
/// # Errors
/// [`EngineError::BadBackup`] for anything that is not as it was written.
pub fn verify_backup(file: &Path) -> Result<BackupManifest, EngineError> {
    each_file(file, |_, _, content| io::copy(content, &mut io::sink()).map(drop))
}

/// Hands over each file of a backup, and compares it with its checksum.
pub(crate) fn each_file(
    file: &Path,
    mut take: impl FnMut(&BackupManifest, &BackupFile, &mut dyn Read) -> io::Result<()>,
) -> Result<BackupManifest, EngineError> {
    let bad = |reason: String| EngineError::BadBackup { path: file.to_owned(), reason };
    let mut opened = File::open(file).map_err(|e| EngineError::io("read", file, e))?;
    let is_sealed = seal::is_sealed(&mut opened).map_err(|e| EngineError::io("read", file, e))?;
    let unpacked = zstd::Decoder::new(BufReader::new(opened)).map_err(|e| bad(e.to_string()))?;
    let mut archive = tar::Archive::new(unpacked);
    let mut entries = archive.entries().map_err(|e| bad(e.to_string()))?;
    let cut = || bad("it is cut off".to_owned());
    let first = entries.next().ok_or_else(cut)?.map_err(|e| bad(e.to_string()))?;
    if first.path().ok().is_none_or(|path| path.as_ref() != Path::new(MANIFEST)) {
        return Err(bad("it does not begin with a manifest".to_owned()));
    }
    let mut text = Vec::new();
    first.take(MANIFEST_BYTES_MAX).read_to_end(&mut text).map_err(|e| bad(e.to_string()))?;
    let manifest: BackupManifest =
        serde_json::from_slice(&text).map_err(|_| bad("its manifest cannot be read".to_owned()))?;
    if manifest.backup != "stackscout" || manifest.format != FORMAT {
        return Err(bad(format!("it has format {}", manifest.format)));
    }
    if manifest.sealed && !is_sealed {
        return Err(bad("it does not match the checksum at its end".to_owned()));
    }
    for wanted in &manifest.files {
        stop::check()?;
        let mut entry = entries.next().ok_or_else(cut)?.map_err(|e| bad(e.to_string()))?;
        let name = &wanted.name;
        if entry.path().ok().is_none_or(|path| path.as_ref() != Path::new(name)) || !is_of_a_pool(name) {
            return Err(bad(format!("`{name}` is not where its manifest says")));
        }
        let mut hash = Sha256::new();
        let mut content = Hashed { inner: &mut entry, hash: &mut hash, bytes: 0 };
        take(&manifest, wanted, &mut content).map_err(|e| bad(format!("`{name}`: {e}")))?;
        let bytes = content.bytes;
        if bytes != wanted.bytes || hex(&hash.finalize()) != wanted.sha256 {
            return Err(bad(format!("`{name}` does not match its checksum")));
        }
    }
    if entries.next().is_some() {
        return Err(bad("it holds more than its manifest says".to_owned()));
    }
    // To the end: the checksum of the packing stands there.
    let mut rest = archive.into_inner();
    io::copy(&mut rest, &mut io::sink()).map_err(|e| bad(e.to_string()))?;
    Ok(manifest)
}

/// Whether a name is that of a file that a backup may bring: nothing leaves the pool's folder.
fn is_of_a_pool(name: &str) -> bool {
    let mut parts = name.split('/');
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(file), None, None) => [RECORDS, saved::FILE, kept_files::FILE].contains(&file),
        (Some(folder), Some(file), None) => {
            [crate::pool::REJECTS, stackscout_importer::layout::own::FOLDER].contains(&folder) && plain(file)
        }
        _ => false,
    }
}

struct Hashed<'a> {
    inner: &'a mut dyn Read,
    hash: &'a mut Sha256,
    bytes: u64,
}

impl Read for Hashed<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(into)?;
        self.hash.update(&into[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// What goes into a backup, held so that it stays what it is: files are renamed and removed by whoever writes meanwhile.
enum Source {
    Bytes(Vec<u8>),
    /// A large one; what is added to it later is not in the backup.
    File(File),
}

impl Source {
    /// Bytes that are held in memory; larger files are held open.
    const BYTES_MAX: u64 = 4 << 20;

    fn open(path: &Path) -> io::Result<Self> {
        let mut file = File::open(path)?;
        if file.metadata()?.len() > Self::BYTES_MAX {
            return Ok(Self::File(file));
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(Self::Bytes(bytes))
    }

    /// Length and checksum.
    fn digest(&mut self) -> io::Result<(u64, String)> {
        let mut hash = Sha256::new();
        let bytes = match self {
            Self::Bytes(bytes) => {
                hash.update(bytes.as_slice());
                bytes.len() as u64
            }
            Self::File(file) => {
                let read = io::copy(file, &mut durable::Hashing(&mut hash))?;
                io::Seek::rewind(file)?;
                read
            }
        };
        Ok((bytes, hex(&hash.finalize())))
    }
}

fn text_of(manifest: &BackupManifest) -> Vec<u8> {
    serde_json::to_vec_pretty(manifest).expect("a manifest is plain data")
}

fn pack(path: &Path, manifest: &BackupManifest, sources: Vec<(String, Source)>) -> io::Result<()> {
    let file = durable::private(path)?;
    let mut packed = zstd::Encoder::new(seal::Sealing::new(BufWriter::new(file)), LEVEL)?;
    packed.include_checksum(true)?;
    let mut archive = tar::Builder::new(packed);
    let header = |bytes: u64| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header
    };
    let text = text_of(manifest);
    archive.append_data(&mut header(text.len() as u64), MANIFEST, text.as_slice())?;
    for ((name, source), file) in sources.into_iter().zip(&manifest.files) {
        let mut header = header(file.bytes);
        match source {
            Source::Bytes(bytes) => archive.append_data(&mut header, name, bytes.as_slice())?,
            Source::File(content) => archive.append_data(&mut header, name, content.take(file.bytes))?,
        }
    }
    let file =
        archive.into_inner()?.finish()?.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

#[derive(Serialize, Deserialize)]
struct Line {
    #[serde(flatten)]
    note: BackupNote,
    sum: String,
}

fn sum(note: &BackupNote) -> String {
    hex(&Sha256::digest(serde_json::to_vec(note).expect("a note is plain data"))[..8])
}

/// Adds a line; a single write, so that two at once do not mix.
fn note(pool: &Path, note: &BackupNote) -> Result<(), EngineError> {
    let path = pool.join(FILE);
    let line = Line { note: note.clone(), sum: sum(note) };
    let text = serde_json::to_string(&line).expect("a note is plain data") + "\n";
    let write = || -> io::Result<()> {
        let mut options = File::options();
        options.append(true).create(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        durable::sync(pool)
    };
    write().map_err(|e| EngineError::io("write", &path, e))
}

/// The backups that a pool remembers, and how many lines cannot be read.
pub(crate) fn read(pool: &Path) -> Result<(Vec<BackupNote>, usize), EngineError> {
    let path = pool.join(FILE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok((Vec::new(), 0)),
        Err(e) => return Err(EngineError::io("read", &path, e)),
    };
    let (mut notes, mut unreadable) = (Vec::new(), 0);
    for line in text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
        match serde_json::from_slice::<Line>(line) {
            Ok(line) if line.sum == sum(&line.note) => notes.push(line.note),
            _ => unreadable += 1,
        }
    }
    Ok((notes, unreadable))
}

/// Leaves out the lines that cannot be read.
pub(crate) fn mend_notes(pool: &Path) -> Result<(), EngineError> {
    let (notes, unreadable) = read(pool)?;
    if unreadable == 0 {
        return Ok(());
    }
    let line = |note: BackupNote| {
        let sum = sum(&note);
        serde_json::to_string(&Line { note, sum }).expect("a note is plain data") + "\n"
    };
    durable::write(pool, FILE, &notes.into_iter().map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    //! - no name in a backup leads out of the pool, or to a part that is made anew
    //! - a line that cannot be read takes no other with it

    use super::*;

    #[test]
    fn no_name_leads_out_of_the_pool() {
        for name in ["records.db", "searches.json", "layouts/mine.toml", "rejects/a.rejects.csv"] {
            assert!(is_of_a_pool(name), "{name}");
        }
        let bad = [
            "",
            "/etc/passwd",
            "../records.db",
            "layouts/../records.db",
            "layouts/..",
            "rejects/a/b",
            "layouts/",
            "index/meta.json",
            "stackscout-pool.json",
            "layouts/a\\b",
        ];
        for name in bad {
            assert!(!is_of_a_pool(name), "{name}");
        }
    }

    #[test]
    fn a_line_that_cannot_be_read_takes_no_other_with_it() {
        let pool = tempfile::tempdir().unwrap();
        let of = |change| BackupNote {
            made: "2026-11-01T12:00:00Z".to_owned(),
            file: "a.backup".to_owned(),
            change,
            people: 3,
            digest: "0".to_owned(),
        };
        (1..4).for_each(|change| note(pool.path(), &of(change)).unwrap());
        let path = pool.path().join(FILE);
        let text = fs::read_to_string(&path).unwrap().replace("\"change\":2", "\"change\":7");
        fs::write(&path, text).unwrap();
        assert_eq!(read(pool.path()).unwrap(), (vec![of(1), of(3)], 1));
        mend_notes(pool.path()).unwrap();
        assert_eq!(read(pool.path()).unwrap(), (vec![of(1), of(3)], 0));
    }
}
