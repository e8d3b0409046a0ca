//! A checksum for every page of `records.db`, beside it in `records.sums`.
//!
//! SQLite keeps none: a flipped bit in an import's date, or in the number of a record, reads like any other. The sums are
//! written before the log is emptied, from the pages in it, so that there is no moment at which a page has none: a page of
//! the file is sound where it is the one that was summed, or one that still stands in the log.
//!
//! A file without sums was made by an older program, or nothing has been written back yet; its pages get theirs when they
//! are next written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

const MAGIC: [u8; 8] = *b"SSPAGES1";
/// A page that was never summed.
const UNKNOWN: u32 = 0;
/// Pages read at once: a megabyte of them.
const PAGES_AT_ONCE: u32 = 256;
/// Bytes before the sums: magic, size of a page, number of pages.
const HEAD_BYTES: usize = 8 + 4 + 4;

/// The sums of a file's pages; page n stands at n - 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Sums {
    page_bytes: u32,
    sums: Vec<u32>,
}

/// What became of the sums' file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SumsFile {
    /// It reads.
    Sound,
    /// There is none.
    Missing,
    /// It does not match its own checksum.
    Damaged,
}

/// The pages of a file beside their sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compared {
    /// Pages of the file.
    pub pages: u32,
    /// How many of them were never summed.
    pub unknown: u32,
    /// Those that are not what was written, or are missing, in order.
    pub damaged: Vec<u32>,
    /// The file of sums.
    pub sums: SumsFile,
}

/// Name of the file of sums of a file of records.
#[must_use]
pub fn sums_path(records: &Path) -> PathBuf {
    records.with_extension("sums")
}

fn log_path(records: &Path) -> PathBuf {
    let mut name = records.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Whether the log holds anything that may not be in the file yet.
pub(crate) fn log_is_left(records: &Path) -> bool {
    fs::metadata(log_path(records)).is_ok_and(|about| about.len() > 0)
}

/// Compares every page of a file with its sum.
///
/// # Errors
/// Where the system refuses to read.
pub fn compare(records: &Path) -> io::Result<Compared> {
    compare_where(records, None)
}

/// Compares these pages, in ascending order, with their sums, and no others.
pub(crate) fn compare_those(records: &Path, pages: &[u32]) -> io::Result<Compared> {
    compare_where(records, Some(pages))
}

fn compare_where(records: &Path, only: Option<&[u32]>) -> io::Result<Compared> {
    // A writer may put pages and sums in place meanwhile; what is damaged stays so.
    const TRIES_MAX: usize = 5;
    let mut tries = 0;
    loop {
        tries += 1;
        let (before, sums_file) = Sums::read(records)?;
        let mut found = Compared { pages: 0, unknown: 0, damaged: Vec::new(), sums: sums_file };
        let file = raw(records)?;
        let bytes = file.metadata()?.len();
        if sums_file != SumsFile::Sound || before.page_bytes == 0 {
            found.pages = u32::try_from(bytes / 4096).unwrap_or(u32::MAX);
            found.unknown = found.pages;
            return Ok(found);
        }
        let page_bytes = before.page_bytes as usize;
        found.pages = u32::try_from(bytes.div_ceil(u64::from(before.page_bytes))).unwrap_or(u32::MAX);
        let suspects = match only {
            Some(pages) => suspects_of(&file, &before, pages, &mut found)?,
            None => suspects(&file, &before, &mut found)?,
        };
        if suspects.is_empty() {
            return Ok(found);
        }
        let mut page = vec![0; page_bytes];
        let mut logged: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        // Of a file that was made shorter the rest may be cut off already, while the sums still know of it.
        let mut pages_after_log = None;
        each_logged(records, u64::MAX, |number, sum, pages_after| {
            logged.entry(number).or_default().insert(sum);
            pages_after_log = Some(pages_after).filter(|pages| *pages > 0).or(pages_after_log);
        })?;
        for number in suspects.into_iter().filter(|number| pages_after_log.is_none_or(|end| *number <= end)) {
            let is_whole = read_page(&file, number, &mut page)?;
            let in_log = logged.get(&number);
            if !(in_log.is_some() && !is_whole || in_log.is_some_and(|sums| sums.contains(&sum(&page)))) {
                found.damaged.push(number);
            }
        }
        let after = Sums::read(records)?.0;
        if found.damaged.is_empty() || after == before || tries == TRIES_MAX {
            return Ok(found);
        }
    }
}

/// The pages that are not what was summed, in order; those without a sum are counted.
fn suspects(file: &File, sums: &Sums, found: &mut Compared) -> io::Result<Vec<u32>> {
    let page_bytes = sums.page_bytes as usize;
    let mut pages = vec![0; page_bytes * PAGES_AT_ONCE as usize];
    let mut suspects = Vec::new();
    let last = found.pages.max(sums.pages());
    for first in (1..=last).step_by(PAGES_AT_ONCE as usize) {
        let read = read_up_to(file, &mut pages, u64::from(first - 1) * page_bytes as u64)?;
        for (number, (at, page)) in (first..=last).zip(pages.chunks_exact(page_bytes).enumerate()) {
            let wanted = sums.of(number);
            if wanted == UNKNOWN && number <= found.pages {
                found.unknown += 1;
            } else if (at + 1) * page_bytes > read || sum(page) != wanted {
                suspects.push(number);
            }
        }
    }
    Ok(suspects)
}

/// As [`suspects`], of these pages alone.
fn suspects_of(file: &File, sums: &Sums, pages: &[u32], found: &mut Compared) -> io::Result<Vec<u32>> {
    let mut page = vec![0; sums.page_bytes as usize];
    let mut suspects = Vec::new();
    for &number in pages {
        let is_whole = read_page(file, number, &mut page)?;
        let wanted = sums.of(number);
        if wanted == UNKNOWN && number <= found.pages {
            found.unknown += 1;
        } else if !is_whole || sum(&page) != wanted {
            suspects.push(number);
        }
    }
    Ok(suspects)
}

/// Writes the log back into the file and empties it, sums first. Where a reader holds on to it, it stays for the next.
///
/// # Errors
/// Where SQLite or the system refuses.
pub(crate) fn write_back(
    connection: &Connection,
    records: &Path,
    patience: Duration,
) -> Result<(), WriteBackError> {
    let begun = Instant::now();
    loop {
        if write_back_once(connection, records, patience)? || begun.elapsed() >= patience {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Why the log could not be written back.
#[derive(Debug)]
pub(crate) enum WriteBackError {
    Sqlite(rusqlite::Error),
    Io(io::Error),
}

impl From<rusqlite::Error> for WriteBackError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<io::Error> for WriteBackError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// Whether the log is empty now.
fn write_back_once(
    connection: &Connection,
    records: &Path,
    patience: Duration,
) -> Result<bool, WriteBackError> {
    if !log_is_left(records) {
        return Ok(true);
    }
    // Nobody may write between the sums and the emptying; this holds the place of a writer meanwhile.
    let holder = Connection::open_with_flags(records, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    keep_log_on_close(&holder)?;
    holder.busy_timeout(patience)?;
    holder.execute_batch("BEGIN IMMEDIATE")?;
    let (frames, done): (i64, i64) =
        connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| Ok((row.get(1)?, row.get(2)?)))?;
    if frames > 0 && done == frames {
        let (mut sums, _) = Sums::read(records)?;
        let mut pages = 0;
        let page_bytes = each_logged(records, frames.cast_unsigned(), |number, sum, pages_after| {
            sums.set(number, sum);
            if pages_after > 0 {
                pages = pages_after;
            }
        })?;
        sums.page_bytes = page_bytes;
        sums.sums.resize(pages as usize, UNKNOWN);
        sums.write(records)?;
    }
    holder.execute_batch("ROLLBACK")?;
    if done < frames {
        return Ok(false);
    }
    // Not waiting: whoever began to write in this moment has pages without sums.
    connection.busy_timeout(Duration::ZERO)?;
    let emptied: rusqlite::Result<i64> =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0));
    connection.busy_timeout(Duration::from_secs(5))?;
    Ok(emptied? == 0)
}

/// Leaves the log alone when the connection is closed: it is emptied by [`write_back`], with sums, or not at all.
pub(crate) fn keep_log_on_close(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).map(drop)
}

/// Sums every page as it stands now. Only for a file that was found to be sound by other means.
///
/// # Errors
/// Where the system refuses.
pub fn sum_anew(records: &Path) -> io::Result<()> {
    let file = raw(records)?;
    let mut head = [0; 18];
    read_up_to(&file, &mut head, 0)?;
    let page_bytes = match u16::from_be_bytes([head[16], head[17]]) {
        1 => 65_536,
        bytes => u32::from(bytes),
    };
    let pages = u32::try_from(file.metadata()?.len() / u64::from(page_bytes.max(512))).unwrap_or(u32::MAX);
    let mut page = vec![0; page_bytes as usize];
    let mut sums = Sums { page_bytes, sums: Vec::new() };
    for number in 1..=pages {
        read_page(&file, number, &mut page)?;
        sums.set(number, sum(&page));
    }
    sums.write(records)
}

impl Sums {
    fn of(&self, page: u32) -> u32 {
        self.sums.get(page as usize - 1).copied().unwrap_or(UNKNOWN)
    }

    fn pages(&self) -> u32 {
        u32::try_from(self.sums.len()).unwrap_or(u32::MAX)
    }

    fn set(&mut self, page: u32, sum: u32) {
        let page = page as usize;
        if self.sums.len() < page {
            self.sums.resize(page, UNKNOWN);
        }
        self.sums[page - 1] = sum;
    }

    fn read(records: &Path) -> io::Result<(Self, SumsFile)> {
        match fs::read(sums_path(records)) {
            Ok(bytes) => Ok(Self::decode(&bytes)
                .map_or((Self::default(), SumsFile::Damaged), |sums| (sums, SumsFile::Sound))),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok((Self::default(), SumsFile::Missing)),
            Err(e) => Err(e),
        }
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let (body, stored) = bytes.split_last_chunk::<4>()?;
        let (head, sums) = body.split_at_checked(HEAD_BYTES)?;
        if crc32fast::hash(body) != u32::from_le_bytes(*stored) || !head.starts_with(&MAGIC) {
            return None;
        }
        let word = |bytes: &[u8]| bytes.try_into().ok().map(u32::from_le_bytes);
        let (page_bytes, pages) = (word(&head[8..12])?, word(&head[12..16])?);
        let sums: Vec<u32> = sums.chunks_exact(4).filter_map(word).collect();
        (sums.len() == pages as usize).then_some(Self { page_bytes, sums })
    }

    fn write(&self, records: &Path) -> io::Result<()> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.page_bytes.to_le_bytes());
        bytes.extend(self.pages().to_le_bytes());
        self.sums.iter().for_each(|sum| bytes.extend(sum.to_le_bytes()));
        bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
        let path = sums_path(records);
        let beside = records.with_extension("sums.new");
        match fs::remove_file(&beside) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&beside)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(&beside, &path)?;
        let folder = path.parent().filter(|folder| cfg!(unix) && !folder.as_os_str().is_empty());
        folder.map_or(Ok(()), |folder| File::open(folder)?.sync_all())
    }
}

/// Sum of a page; never that of one that was not summed.
fn sum(page: &[u8]) -> u32 {
    crc32fast::hash(page).max(UNKNOWN + 1)
}

/// Shows the pages in the log, in the order in which they were written, up to `frames_max`: number, sum, and how many
/// pages the file has after it, or 0 where its change goes on. Returns the size of a page; 0 where there is no log.
fn each_logged(records: &Path, frames_max: u64, mut take: impl FnMut(u32, u32, u32)) -> io::Result<u32> {
    let file = match File::open(log_path(records)) {
        Ok(file) => file,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(0),
        Err(e) => return Err(e),
    };
    let mut log = BufReader::with_capacity(1 << 20, file);
    let mut head = [0; 32];
    if !read_whole(&mut log, &mut head)? {
        return Ok(0);
    }
    let word = |bytes: &[u8], at: usize| {
        u32::from_be_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
    };
    let page_bytes = match word(&head, 8) {
        bytes @ 512..=65_536 => bytes,
        _ => return Ok(0),
    };
    let mut page = vec![0; page_bytes as usize];
    let mut frame = [0; 24];
    for _ in 0..frames_max {
        // What stands behind has other salts: it is of an earlier filling of the log.
        let is_there = read_whole(&mut log, &mut frame)? && frame[8..16] == head[16..24];
        if !is_there || !read_whole(&mut log, &mut page)? {
            break;
        }
        if word(&frame, 0) > 0 {
            take(word(&frame, 0), sum(&page), word(&frame, 4));
        }
    }
    Ok(page_bytes)
}

/// Whether there was as much to read.
fn read_whole(from: &mut impl Read, bytes: &mut [u8]) -> io::Result<bool> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e),
    }
}

/// Whether the page is there whole.
fn read_page(file: &File, number: u32, page: &mut [u8]) -> io::Result<bool> {
    Ok(read_up_to(file, page, (u64::from(number) - 1) * page.len() as u64)? == page.len())
}

/// Reads until there is nothing more, or no room; how many bytes.
fn read_up_to(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    let mut read = 0;
    while read < bytes.len() {
        match read_some(file, &mut bytes[read..], at + read as u64) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(read)
}

#[cfg(unix)]
fn read_some(file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, at)
}

#[cfg(not(unix))]
fn read_some(mut file: &File, bytes: &mut [u8], at: u64) -> io::Result<usize> {
    io::Seek::seek(&mut file, io::SeekFrom::Start(at))?;
    file.read(bytes)
}

/// The file, to read its bytes beside SQLite. It is opened once and stays open: to close any handle of a file gives back
/// all locks that this process holds on it (POSIX), those of SQLite among them.
#[cfg(unix)]
fn raw(records: &Path) -> io::Result<Arc<File>> {
    use std::os::unix::fs::MetadataExt;
    static OPEN: Mutex<BTreeMap<(u64, u64), Arc<File>>> = Mutex::new(BTreeMap::new());
    let about = fs::metadata(records)?;
    // A map is whole whenever nobody is inside of it.
    let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(file) = open.get(&(about.dev(), about.ino())) {
        return Ok(Arc::clone(file));
    }
    let file = Arc::new(File::open(records)?);
    let about = file.metadata()?;
    open.insert((about.dev(), about.ino()), Arc::clone(&file));
    Ok(file)
}

#[cfg(not(unix))]
fn raw(records: &Path) -> io::Result<Arc<File>> {
    File::open(records).map(Arc::new)
}

#[cfg(test)]
mod tests {
    //! - no flipped bit of a page, and no cut, goes unnoticed; a flipped bit of the sums is told from one of the pages
    //! - pages that still stand in the log are sound, before they are written back and after

    use super::*;
    use crate::Store;

    fn records(folder: &Path) -> PathBuf {
        let path = folder.join("records.db");
        let store = Store::create(&path).unwrap();
        store
            .connection
            .execute_batch(
                "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 400)
                 INSERT INTO identities SELECT 'id', 'somewhere', 'key ' || n, n, 1 FROM n",
            )
            .unwrap();
        store.close();
        path
    }

    #[test]
    fn no_flipped_bit_and_no_cut_goes_unnoticed() {
        let folder = tempfile::tempdir().unwrap();
        let path = records(folder.path());
        let sound = compare(&path).unwrap();
        assert_eq!((sound.unknown, sound.sums), (0, SumsFile::Sound));
        assert!(sound.damaged.is_empty(), "{sound:?}");
        assert!(sound.pages > 10, "{sound:?}");
        let bytes = fs::read(&path).unwrap();
        let flipped = |at: usize| {
            let mut bytes = bytes.clone();
            bytes[at / 8] ^= 1 << (at % 8);
            fs::write(&path, bytes).unwrap();
            compare(&path).unwrap().damaged
        };
        for round in 0..200 {
            let at = round * 7_919 * 13 % (bytes.len() * 8);
            assert_eq!(flipped(at), [u32::try_from(at / 8 / 8_192).unwrap() + 1], "bit {at}");
        }
        fs::write(&path, &bytes[..bytes.len() - 10_000]).unwrap();
        assert_eq!(compare(&path).unwrap().damaged, [sound.pages - 1, sound.pages]);
        fs::write(&path, &bytes).unwrap();
        assert_eq!(compare(&path).unwrap(), sound);

        let sums = fs::read(sums_path(&path)).unwrap();
        for at in 0..sums.len() * 8 {
            let mut sums = sums.clone();
            sums[at / 8] ^= 1 << (at % 8);
            assert_eq!(Sums::decode(&sums), None, "bit {at}");
        }
    }

    #[test]
    fn pages_in_the_log_are_sound_before_they_are_written_back_and_after() {
        let folder = tempfile::tempdir().unwrap();
        let path = records(folder.path());
        let store = Store::open(&path).unwrap();
        store.connection.execute_batch("UPDATE identities SET number = number + 1").unwrap();
        assert!(compare(&path).unwrap().damaged.is_empty(), "in the log alone");
        store.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
        assert!(compare(&path).unwrap().damaged.is_empty(), "in both");
        // Whoever dies here leaves pages whose sums are in the log.
        drop(store);
        assert!(compare(&path).unwrap().damaged.is_empty(), "after a crash");
        let before = fs::metadata(&path).unwrap().len();
        let store = Store::open(&path).unwrap();
        store.connection.execute_batch("DELETE FROM identities WHERE number > 100; VACUUM").unwrap();
        store.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
        assert!(fs::metadata(&path).unwrap().len() < before, "the file is cut off before its sums are");
        assert!(compare(&path).unwrap().damaged.is_empty(), "in both, and shorter");
        drop(store);
        assert!(compare(&path).unwrap().damaged.is_empty(), "after a crash, and shorter");
        Store::open(&path).unwrap().close();
        assert!(!log_is_left(&path));
        let compared = compare(&path).unwrap();
        assert_eq!((compared.damaged, compared.unknown), (Vec::new(), 0), "in the file alone");
    }
}
