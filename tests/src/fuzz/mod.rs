//! What any bytes must not break: the entry functions of fuzzing.
//!
//! Each takes bytes that nobody looked at, and panics where a promise is broken. They are called from three sides: by
//! libFuzzer in `fuzz/` for as long as one likes, by the project's own loop (`cargo xtask fuzz`, see [`mutate`] and
//! [`rounds`]) on any toolchain, and by a test that changes seeds at random a bounded number of times.
//!
//! An entry gives a number for how the bytes were understood: two inputs with one number were taken alike. The own loop
//! keeps an input that gives a new number, and goes on from there.

pub mod mutate;
pub mod rounds;
pub mod seeds;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Cursor;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use stackscout_engine::runs::of_text;
use stackscout_evidence::{BaseWriter, BuildOptions, ColumnsFile, EvidenceSet};
use stackscout_importer::layout::own;
use stackscout_importer::{CandidateFile, ImportError, ImportOptions, ReadRow};
use stackscout_indexer::{Query, Reading};
use stackscout_profile::role_file::read_role;
use stackscout_profile::{
    Candidate, CandidateNumber, Date, EvidenceSource, Facts, Part, Record, SkillEvidence, Years,
};
use stackscout_taxonomy::files::{TaxonomyFile, check_files, embedded_files};
use stackscout_taxonomy::{SkillIx, Taxonomy};

static TAXONOMY: LazyLock<Arc<Taxonomy>> = LazyLock::new(Taxonomy::embedded);

/// Rows of an input that are read as people, too: one in a hundred inputs has more.
const CANDIDATES_READ_MAX: u64 = 20;
/// Longest error that anybody reads.
const ERROR_BYTES_MAX: usize = 64 << 10;

/// Something that reads what it is given.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Word for the command line, and name of its file in `fuzz/fuzz_targets`.
    pub name: &'static str,
    /// Panics where a promise is broken; gives how the bytes were understood.
    pub check: fn(&[u8]) -> u64,
    /// Inputs that changes begin with, from the folder of the repository.
    pub seeds: fn(&Path) -> Vec<Vec<u8>>,
    /// Pieces that mean something to it.
    pub pieces: &'static [&'static str],
}

/// All targets, in the order of their names.
pub const TARGETS: [Target; 8] = [
    Target { name: "columns", check: columns, seeds: seeds::columns, pieces: &[] },
    Target { name: "json", check: json, seeds: seeds::json, pieces: seeds::JSON_PIECES },
    Target { name: "layout", check: layout, seeds: seeds::layouts, pieces: seeds::TOML_PIECES },
    Target { name: "manifest", check: manifest, seeds: seeds::manifests, pieces: seeds::JSON_PIECES },
    Target { name: "query", check: query, seeds: seeds::queries, pieces: seeds::QUERY_PIECES },
    Target { name: "reader", check: reader, seeds: seeds::tables, pieces: seeds::TABLE_PIECES },
    Target { name: "role", check: role, seeds: seeds::roles, pieces: seeds::TOML_PIECES },
    Target { name: "taxonomy", check: taxonomy, seeds: seeds::taxonomy, pieces: seeds::TABLE_PIECES },
];

/// The same for texts that differ in letters and figures alone.
fn shape(text: &str) -> u64 {
    let mut hash = DefaultHasher::new();
    let mut last = ' ';
    for c in text.chars().take(2_000) {
        let class = if c.is_alphabetic() {
            'a'
        } else if c.is_numeric() {
            '0'
        } else {
            c
        };
        if class != last {
            class.hash(&mut hash);
        }
        last = class;
    }
    hash.finish()
}

/// The shape of an error, which has to be one that people can read.
fn shape_of_error(error: &dyn std::error::Error) -> u64 {
    let text = error.to_string();
    assert!(!text.trim().is_empty() && text.len() <= ERROR_BYTES_MAX, "an error of {} bytes", text.len());
    shape(text.lines().next().unwrap_or_default())
}

/// Reads bytes as a query; see [`stackscout_indexer::query::check_any`].
///
/// # Panics
/// Where a promise is broken.
pub fn query(bytes: &[u8]) -> u64 {
    let today = Date::new(2026, 11, 1);
    let reading = Reading { taxonomy: &TAXONOMY, today, saved: &[] };
    match stackscout_indexer::query::check_any(bytes, &reading) {
        Some(query) => shape(&query.understood()),
        None => Query::read(&String::from_utf8_lossy(bytes), &reading)
            .map_or_else(|error| shape(&error.message) | 1, |_| 0),
    }
}

/// Reads bytes as a role file: what is refused is refused with its places, and what is read asks for something.
///
/// # Panics
/// Where that does not hold.
pub fn role(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    match read_role("fuzz.toml", &text, &TAXONOMY) {
        Ok(role) => {
            assert!(!role.id.is_empty() && !role.requirements.is_empty());
            assert!(role.requirements.iter().all(|r| (1..=100).contains(&r.weight)));
            assert!(role.assume_fit <= 10_000);
            role.requirements.len() as u64
        }
        Err(errors) => {
            let lines = text.bytes().filter(|b| *b == b'\n').count() + 1;
            assert!(errors.all().iter().all(|error| (1..=lines).contains(&error.line)));
            shape_of_error(&errors)
        }
    }
}

/// Reads bytes as JSON of people, as a document and as lines: what another reader takes for JSON is JSON, and rows are
/// given once.
///
/// # Panics
/// Where that does not hold.
pub fn json(bytes: &[u8]) -> u64 {
    let mut kinds = 0_u64;
    for name in ["fuzz.json", "fuzz.jsonl"] {
        let mut is_json = true;
        kinds = kinds.wrapping_mul(31).wrapping_add(read_rows(name, bytes, false, &mut is_json));
        // An empty document, and one in another encoding, is the usual reader's to refuse.
        let usual: Result<serde_json::Value, _> = serde_json::from_slice(bytes);
        assert!(name.ends_with('l') || usual.is_err() || is_json, "JSON is taken for none");
    }
    kinds
}

/// Reads bytes as the layout of a pool: one that is taken names columns by which files are known.
///
/// # Panics
/// Where that does not hold.
pub fn layout(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    match own::of_text("fuzz.toml", &text) {
        Ok(layout) => {
            assert!(layout.is_own && layout.name == "fuzz");
            layout.columns().len() as u64
        }
        Err(error) => {
            if let ImportError::BadLayout { line, .. } = &error {
                let lines = text.bytes().filter(|b| *b == b'\n').count() + 1;
                assert!((1..=lines).contains(line), "line {line} of {lines}");
            }
            shape_of_error(&error)
        }
    }
}

/// Reads bytes as a manifest, or as the lists of a run.
///
/// # Panics
/// Where an error is none that people can read.
pub fn manifest(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    match of_text("fuzz", Path::new("fuzz.json"), &text) {
        Ok(run) => 2 + run.lists.map_or(0, |lists| lists.len() as u64),
        Err(error) => shape_of_error(&error),
    }
}

/// Reads bytes as a file of a team's taxonomy, whose first byte says which: either there are problems, each with a place
/// that there is, or the taxonomy can be made.
///
/// # Panics
/// Where that does not hold.
pub fn taxonomy(bytes: &[u8]) -> u64 {
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    let names: Vec<String> = embedded_files().into_iter().map(|file| file.name).collect();
    let name = names.get(usize::from(*first)).map_or("drop.csv", String::as_str);
    let files = [TaxonomyFile { name: name.to_owned(), bytes: rest.to_vec() }];
    let checked = check_files(&files);
    let lines = rest.iter().filter(|b| matches!(b, b'\n' | b'\r')).count() as u64 + 1;
    let mut kinds = u64::from(*first);
    for problem in &checked.problems {
        assert!(problem.file != name || problem.line <= lines, "line {} of {lines}", problem.line);
        assert!(!problem.reason.is_empty() && problem.reason.len() < ERROR_BYTES_MAX);
        kinds ^= shape(&problem.reason);
    }
    // What is only out of form is read all the same; what is read has no other problem.
    let made = Taxonomy::with_team_files(&files);
    assert!(!checked.problems.is_empty() || made.is_ok(), "no problem is found, and it cannot be made");
    kinds
}

/// A file of columns, its bytes, and who is in it.
struct Made {
    folder: tempfile::TempDir,
    file: ColumnsFile,
    bytes: Vec<u8>,
    facts: Vec<Facts>,
}

static COLUMNS: LazyLock<Made> = LazyLock::new(|| {
    let facts: Vec<Facts> = (1..=60_u32)
        .map(|number| {
            let mut facts = Facts::new(CandidateNumber(number));
            facts.total_years = Years::from_tenths((number % 40) as u16 * 5);
            facts.remote = [None, Some(true), Some(false)][number as usize % 3];
            for skill in 0..number % 5 {
                facts.add_skill(SkillEvidence {
                    skill: SkillIx::of_same_taxonomy((skill * 7 + number % 3) as u16),
                    years: Years::from_tenths((number % 9) as u16 * 10),
                    last_used: None,
                    source: EvidenceSource::Declared,
                });
            }
            facts
        })
        .collect();
    let folder = tempfile::tempdir().expect("the system has room for a folder");
    let mut writer = BaseWriter::new(BuildOptions::new(64, "fuzz"));
    facts.iter().for_each(|facts| writer.put(facts));
    let mut files = writer.write(folder.path()).expect("the folder can be written");
    let file = files.remove(0);
    let bytes = std::fs::read(folder.path().join(&file.name)).expect("it was just written");
    let facts = all_of(folder.path(), &file).expect("it was just written");
    Made { folder, file, bytes, facts }
});

fn all_of(folder: &Path, file: &ColumnsFile) -> Option<Vec<Facts>> {
    let set = EvidenceSet::open(folder, std::slice::from_ref(file), "fuzz").ok()?;
    let mut all: Vec<Facts> = set.facts().collect();
    all.sort_by_key(|facts| facts.number);
    Some(all)
}

/// Takes bytes as damage to a file of columns, five for each place: four say where, one what stands there. Then either
/// the file is refused, or everybody in it is as before.
///
/// # Panics
/// Where that does not hold.
pub fn columns(bytes: &[u8]) -> u64 {
    let made = &*COLUMNS;
    let mut file = made.bytes.clone();
    for piece in bytes.chunks_exact(5) {
        let at = u32::from_le_bytes([piece[0], piece[1], piece[2], piece[3]]) as usize;
        // The last of all places cuts the file.
        match at {
            0xFFFF_FFFF => file.truncate(file.len() * usize::from(piece[4]) / 255),
            at => {
                let length = file.len().max(1);
                if let Some(byte) = file.get_mut(at % length) {
                    *byte = piece[4];
                }
            }
        }
    }
    std::fs::write(made.folder.path().join(&made.file.name), &file).expect("the folder can be written");
    match all_of(made.folder.path(), &made.file) {
        Some(read) => {
            assert_eq!(read, made.facts, "damage changed an answer");
            u64::from(file == made.bytes)
        }
        None => 2,
    }
}

/// Reads bytes as a table of candidates, with a header and without. Whatever they are: it ends, no row is given twice,
/// rows come from lines that are there, and no error holds more of the file than the names of its columns.
///
/// # Panics
/// Where one of these does not hold.
pub fn reader(bytes: &[u8]) -> u64 {
    let mut is_json = true;
    let with = read_rows("fuzz.csv", bytes, false, &mut is_json);
    with.wrapping_mul(31).wrapping_add(read_rows("fuzz.csv", bytes, true, &mut is_json))
}

fn read_rows(name: &str, bytes: &[u8], no_header: bool, is_json: &mut bool) -> u64 {
    // One of the days is the last that there is, from which years are counted back.
    let as_of = if no_header { Date::new(9999, 12, 31) } else { Date::new(2026, 11, 1) };
    let options = ImportOptions { no_header, as_of, ..ImportOptions::default() };
    let input = Box::new(Cursor::new(bytes.to_vec()));
    let mut file = match CandidateFile::from_reader(name, input, &options, &TAXONOMY) {
        Ok(file) => file,
        Err(error) => {
            *is_json = !matches!(error, ImportError::BadJson { .. });
            return shape_of_error(&error);
        }
    };
    let mut kinds = shape(file.layout()) ^ file.columns().len() as u64;
    // Rejects of a file without a header get one that is not in it.
    let header = if no_header { 0 } else { file.preamble().len() };
    let (mut rows, mut given, mut last) = (0_u64, header, 0);
    while let Some(row) = file.next() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                *is_json = !matches!(error, ImportError::BadJson { .. });
                return kinds ^ shape_of_error(&error);
            }
        };
        given += file.last_row_bytes().len();
        match row {
            ReadRow::Accepted(row) => {
                rows += row.rows;
                assert!(row.rows > 0 && row.line > 0);
                assert!(row.values.iter().all(|value| value.cell.line >= row.line));
                row.issues.iter().for_each(|issue| kinds ^= shape(issue.code));
                if rows <= CANDIDATES_READ_MAX {
                    let part = Part::new("fuzz", row.external_id, row.values);
                    let record = Record::new(CandidateNumber(1), part);
                    let (candidate, issues) = Candidate::read(&record, &TAXONOMY);
                    assert_eq!(candidate.facts().number, CandidateNumber(1));
                    let (_, unread) = Candidate::unread(&record, &TAXONOMY);
                    assert_eq!(unread.len(), issues.len(), "both say what could not be read");
                }
            }
            ReadRow::Rejected(rejected) => {
                rows += 1;
                let issue = rejected.issue;
                assert!(!issue.code.is_empty() && !issue.reason.is_empty());
                assert!(file.is_long() || issue.line > last || name != "fuzz.csv", "lines go on");
                last = issue.line;
                assert!(!rejected.raw.is_empty(), "a rejected row can be mended");
                kinds ^= shape(&issue.reason).rotate_left(7);
            }
        }
    }
    // Unpacked and decoded text may be longer than the bytes, and pages and JSON are written anew; plain text is not.
    let begin = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start().first();
    let is_other = matches!(begin, Some(b'<' | b'{' | b'[')) || name != "fuzz.csv";
    let plain = std::str::from_utf8(bytes).is_ok() && !bytes.contains(&0) && !is_other;
    assert!(!plain || given <= bytes.len(), "{given} bytes of rows in {}", bytes.len());
    assert!(!plain || rows <= bytes.len() as u64);
    kinds
}
