//! Which run is meant: a number, `last`, or the files that a ranking wrote.

use std::path::Path;

use serde::Deserialize;
use stackscout_importer::text_file::read_text;
use stackscout_profile::role_file::read_role;
use stackscout_store::{RunEntry, RunInfo, RunList};

use crate::roles::{RoleInput, fingerprint};
use crate::{EngineError, Manifest, Pool};

/// Largest `shortlists.json` that is read: a thousand roles of a hundred people at 1,200 bytes.
const RESULT_BYTES_MAX: usize = 128 << 20;

/// A run, as far as it is known.
#[derive(Debug, Clone)]
pub struct Run {
    /// As it was named.
    pub name: String,
    /// Its number in the pool; `None` where the pool does not keep it.
    pub number: Option<u32>,
    /// When it was made, where the pool keeps it.
    pub made: Option<String>,
    /// What it was made of.
    pub manifest: Manifest,
    /// Digest of its result, where it is known.
    pub result: Option<String>,
    /// Its lists, where they are known.
    pub lists: Option<Vec<RunList>>,
}

/// A run in a list of runs.
#[derive(Debug, Clone)]
pub struct RunSummary {
    /// Its number.
    pub number: u32,
    /// When it was made.
    pub made: String,
    /// What it was made of.
    pub manifest: Manifest,
    /// Digest of its result.
    pub result: String,
}

impl Pool {
    /// The runs that the pool keeps, in order.
    ///
    /// # Errors
    /// Records that cannot be read; a damaged run.
    pub fn runs(&self) -> Result<Vec<RunSummary>, EngineError> {
        let read = |info: RunInfo| {
            let manifest = manifest(Path::new("runs"), &info.manifest)?;
            Ok(RunSummary { number: info.number, made: info.made, manifest, result: info.result })
        };
        self.store.runs()?.into_iter().map(read).collect()
    }

    /// The run that is meant: its number, `last`, a manifest, a `shortlists.json`, or a folder with these.
    ///
    /// # Errors
    /// No such run; a file that is no manifest; a damaged run.
    pub fn run(&self, name: &str) -> Result<Run, EngineError> {
        let runs = self.runs()?;
        let known = match name.parse::<u32>() {
            Ok(number) => runs.iter().find(|run| run.number == number),
            Err(_) if name == "last" => runs.last(),
            Err(_) => {
                let mut run = from_files(name)?;
                if let Some(known) = runs.iter().rfind(|known| known.manifest == run.manifest) {
                    run.number = Some(known.number);
                    run.made = Some(known.made.clone());
                    run.result = run.result.or_else(|| Some(known.result.clone()));
                    run.lists = match run.lists {
                        Some(lists) => Some(lists),
                        None => Some(self.store.run_lists(known.number)?),
                    };
                }
                return Ok(run);
            }
        };
        let known = known.ok_or_else(|| EngineError::NoRun(name.to_owned()))?;
        Ok(Run {
            name: known.number.to_string(),
            number: Some(known.number),
            made: Some(known.made.clone()),
            manifest: known.manifest.clone(),
            result: Some(known.result.clone()),
            lists: Some(self.store.run_lists(known.number)?),
        })
    }

    /// The role files of a run as they were: from the pool, or from files of the same content.
    pub(crate) fn roles_of(&self, run: &Run, given: &[RoleInput]) -> Result<Vec<RoleInput>, EngineError> {
        let mut roles = Vec::with_capacity(run.manifest.roles.len());
        let mut gone = Vec::new();
        for named in &run.manifest.roles {
            let text = match given.iter().find(|role| role.fingerprint == named.fingerprint) {
                Some(role) => Some(role.text.clone()),
                None => self.store.role_text(&named.fingerprint)?,
            };
            // A file without an id has that of its name.
            let path = format!("{}.toml", named.id);
            match text.filter(|text| fingerprint(text) == named.fingerprint) {
                Some(text) => {
                    let role = read_role(&path, &text, &self.taxonomy)
                        .map_err(|errors| EngineError::Roles(vec![errors.into()]))?;
                    let fingerprint = named.fingerprint.clone();
                    roles.push(RoleInput { path: path.into(), fingerprint, role, text });
                }
                None => gone.push(named.id.clone()),
            }
        }
        if gone.is_empty() { Ok(roles) } else { Err(EngineError::RolesGone { roles: gone }) }
    }
}

fn from_files(name: &str) -> Result<Run, EngineError> {
    let given = Path::new(name);
    let path = if given.is_dir() {
        let inside = ["shortlists.json", "manifest.json"].map(|file| given.join(file));
        inside.into_iter().find(|path| path.is_file()).unwrap_or_else(|| given.to_owned())
    } else {
        given.to_owned()
    };
    let text = match read_text(&path, RESULT_BYTES_MAX) {
        Ok(text) => text,
        Err(e) if e.is_absent() => return Err(EngineError::NoRun(name.to_owned())),
        Err(source) => return Err(EngineError::File { path, source }),
    };
    of_text(name, &path, &text)
}

/// The run that the text of a manifest or of a `shortlists.json` is of, which lay at `path`. Nothing in it is taken for
/// true but what it says of itself.
///
/// # Errors
/// A text that is neither, with line and column.
pub fn of_text(name: &str, path: &Path, text: &str) -> Result<Run, EngineError> {
    let mut run = Run {
        name: name.to_owned(),
        number: None,
        made: None,
        manifest: Manifest {
            tool: String::new(),
            as_of: stackscout_profile::Date::new(1, 1, 1).expect("the first day there is"),
            taxonomy: String::new(),
            pool: String::new(),
            change: 0,
            candidates: 0,
            roles: Vec::new(),
            top: None,
            per_tier: None,
        },
        result: None,
        lists: None,
    };
    match serde_json::from_str::<ResultFile>(text) {
        Ok(file) => {
            run.lists = Some(file.lists(path)?);
            run.result = Some(fingerprint(text));
            run.manifest = file.manifest;
        }
        Err(_) => run.manifest = manifest(path, text)?,
    }
    Ok(run)
}

fn manifest(path: &Path, text: &str) -> Result<Manifest, EngineError> {
    serde_json::from_str(text)
        .map_err(|e| EngineError::NotAManifest { path: path.to_owned(), reason: reason(&e) })
}

/// What is wrong, and where. What the parser says may hold text of the file, and lists hold people.
fn reason(error: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let what = match error.classify() {
        Category::Syntax => "it is no JSON",
        Category::Eof => "it is cut off",
        Category::Data | Category::Io => "a key is missing, or holds something else than it should",
    };
    format!("line {}, column {}: {what}", error.line(), error.column())
}

/// What of `shortlists.json` a run is made of.
#[derive(Deserialize)]
struct ResultFile {
    manifest: Manifest,
    shortlists: Vec<ResultList>,
}

#[derive(Deserialize)]
struct ResultList {
    role: String,
    listed: std::collections::BTreeMap<String, u64>,
    entries: Vec<ResultEntry>,
    left_out: std::collections::BTreeMap<String, u64>,
}

#[derive(Deserialize)]
struct ResultEntry {
    rank: u32,
    tied: u32,
    candidate: String,
    tier: String,
    score: u16,
    low: u16,
    high: u16,
    points: u32,
    knockouts: Vec<ResultKnockout>,
}

#[derive(Deserialize)]
struct ResultKnockout {
    outcome: String,
}

impl ResultFile {
    fn lists(&self, path: &Path) -> Result<Vec<RunList>, EngineError> {
        let wrong =
            |reason: &str| EngineError::NotAManifest { path: path.to_owned(), reason: reason.to_owned() };
        let mut lists = Vec::new();
        for list in &self.shortlists {
            let named = self.manifest.roles.iter().find(|role| role.id == list.role);
            let mut entries = Vec::new();
            for e in &list.entries {
                entries.push(RunEntry {
                    number: e.candidate.parse().map_err(|_| wrong("a `candidate` is no candidate id"))?,
                    place: e.rank,
                    tied: e.tied,
                    tier: e.tier.bytes().next().ok_or_else(|| wrong("a `tier` is empty"))?,
                    unknown_knockout: e.knockouts.iter().any(|k| k.outcome == "unknown"),
                    score: e.score,
                    low: e.low,
                    high: e.high,
                    points: e.points,
                });
            }
            lists.push(RunList {
                role: list.role.clone(),
                fingerprint: named
                    .ok_or_else(|| wrong("a list is of no role of the manifest"))?
                    .fingerprint
                    .clone(),
                listed: ["A", "B", "C"].map(|tier| list.listed.get(tier).copied().unwrap_or(0)),
                left_out: list.left_out.clone(),
                entries,
            });
        }
        Ok(lists)
    }
}
