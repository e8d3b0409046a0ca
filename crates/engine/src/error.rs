//! What can go wrong with a pool, and what mends it.

use std::path::PathBuf;

use stackscout_evidence::EvidenceError;
use stackscout_importer::text_file::TextFileError;
use stackscout_importer::{ImportError, Issue};
use stackscout_indexer::{IndexError, QueryError};
use stackscout_matcher::allocation::AllocationError;
use stackscout_profile::{CandidateNumber, RoleErrors};
use stackscout_store::StoreError;
use stackscout_taxonomy::TaxonomyError;
use thiserror::Error;

/// Why a pool did not do what it was asked for.
#[derive(Debug, Error)]
pub enum EngineError {
    /// There is no pool in this folder.
    #[error("no pool at `{0}`\nhint: `stackscout import FILE` makes one, `--pool DIR` names another")]
    NoPool(PathBuf),
    /// The folder holds something else.
    #[error("`{0}` holds files and is no pool\nhint: name an empty or a new folder with `--pool DIR`")]
    NotAPool(PathBuf),
    /// There are records, and nothing that says that the folder is a pool.
    #[error(
        "`{0}` holds records and no marker of a pool\nhint: nothing was changed; `stackscout pool repair` writes the \
         marker anew"
    )]
    NoMarker(PathBuf),
    /// A file that a backup was to be written to.
    #[error("`{0}` is there already\nhint: a backup is never written over another file; name a new one")]
    BackupThere(PathBuf),
    /// A backup inside of what it is a backup of.
    #[error("`{0}` lies in the pool itself\nhint: name a file elsewhere, best on another disk")]
    BackupInside(PathBuf),
    /// A backup that is not as it was written.
    #[error("the backup `{path}` cannot be used: {reason}")]
    BadBackup {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// Records that are damaged, and would be so in their backup.
    #[error(
        "the records are damaged, and so would be their backup: {what}\nhint: `stackscout pool repair --backup FILE` \
         says what an earlier backup holds"
    )]
    DamagedToo {
        /// What is damaged.
        what: String,
    },
    /// A folder that a pool was to be restored to.
    #[error(
        "`{0}` holds files already\nhint: a restore never writes over anything; name a new folder with `--pool DIR`"
    )]
    RestoreOver(PathBuf),
    /// The marker cannot be read.
    #[error(
        "the marker `{0}` of the pool is damaged\nhint: nothing was changed; `stackscout pool repair` writes it anew \
         where the records beside it are sound"
    )]
    Marker(PathBuf),
    /// Another version of the pool's format.
    #[error("the pool has format {found}; this version reads format {known}")]
    Format {
        /// Format of the pool.
        found: u64,
        /// Format of this program.
        known: u64,
    },
    /// A team's own taxonomy does not hold together.
    #[error(
        "taxonomy folder `{folder}`: {source}\nhint: `stackscout taxonomy lint {folder}` lists every problem"
    )]
    Taxonomy {
        /// The folder.
        folder: PathBuf,
        /// Every problem.
        source: TaxonomyError,
    },
    /// A folder without any file of a taxonomy.
    #[error(
        "`{0}` holds no file of a taxonomy\nhint: such as `spellings.csv`, with the columns `spelling,skill,context,source`"
    )]
    NoTaxonomy(PathBuf),
    /// Something that is no plain file stands where a file of a taxonomy should.
    #[error("`{0}` is no plain file")]
    NoTaxonomyFile(PathBuf),
    /// There is no import of this number.
    #[error("no import {0}\nhint: `stackscout imports` lists them")]
    NoImport(u32),
    /// Later imports rest on the one that is to be undone.
    #[error("{source}\nhint: `stackscout imports undo {first}` takes back the last of them first")]
    UndoFirst {
        /// The last of them.
        first: u32,
        /// What the records say.
        source: StoreError,
    },
    /// A text that is no place in the order of a search.
    #[error(
        "`{0}` is no place in this order\nhint: `--after` takes what the page before gave as `next`; orders by name have none"
    )]
    Cursor(String),
    /// A place in one order is asked for in another.
    #[error(
        "`{cursor}` is a place in the order of `--sort {of}`, and the order asked for is `--sort {asked}`\nhint: `--after` goes on in the order that it came from"
    )]
    CursorOfAnother {
        /// The place.
        cursor: String,
        /// The order that it is of.
        of: &'static str,
        /// The order that was asked for.
        asked: &'static str,
    },
    /// A name of a saved search stands for another query.
    #[error(
        "`{name}` is the saved search `{query}` already\nhint: `stackscout searches remove {name}` makes room for another; or save this one under another name"
    )]
    NameOfAnother {
        /// The name.
        name: String,
        /// The query that it stands for.
        query: String,
    },
    /// Another process writes.
    #[error("another process is writing to the pool `{0}`\nhint: try again when it is done")]
    Locked(PathBuf),
    /// The process was asked to stop.
    #[error(
        "stopped before it was done; the pool is whole, and holds what was done before\nhint: the same command, run \
         again, does the rest"
    )]
    Interrupted,
    /// The file system refused.
    #[error("{what} `{path}`: {source}")]
    Io {
        /// What was tried, as a fragment.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Records.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Index.
    #[error("index: {0}")]
    Index(#[from] IndexError),
    /// Evidence columns.
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    /// Import.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// Rows were rejected and the import is strict.
    #[error(
        "{rejected} {} of `{file}` rejected, and with --strict nothing of it is imported{}",
        if *rejected == 1 { "row" } else { "rows" },
        .first.iter().map(|i| format!("\n  line {}: {} [{}]", i.line, i.reason, i.code)).collect::<String>()
    )]
    Strict {
        /// The file.
        file: String,
        /// How many.
        rejected: u64,
        /// The first of them.
        first: Vec<Issue>,
    },
    /// Query; rendered with its place marked.
    #[error("the query cannot be read\n{rendered}")]
    Query {
        /// The message with the query and a mark.
        rendered: String,
        /// The error itself.
        error: QueryError,
    },
    /// No such saved search.
    #[error(
        "no saved search `{name}` in this pool\nhint: {}",
        if .known.is_empty() {
            "`stackscout search --save NAME QUERY` saves one".to_owned()
        } else {
            format!("their names are {}", .known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
        }
    )]
    NoSavedSearch {
        /// The name.
        name: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// A name that no saved search can have.
    #[error(
        "`{0}` is no name of a saved search\nhint: up to 64 letters, digits, `-`, `_` and `.`, the first a letter or digit"
    )]
    BadSavedName(String),
    /// Too many saved searches.
    #[error(
        "a pool keeps at most {} saved searches\nhint: `stackscout searches remove NAME`",
        crate::saved::SAVED_MAX
    )]
    TooManySaved,
    /// The file of saved searches is damaged or of another format.
    #[error(
        "the saved searches in `{0}` cannot be read\nhint: nothing else is harmed; move the file away to begin anew"
    )]
    SavedUnreadable(PathBuf),
    /// Role files that were refused, all of them.
    #[error("{}", refused(.0))]
    Roles(Vec<RefusedRole>),
    /// More role files than are ranked at once, or more text in them.
    #[error(
        "these are {files} role files of {bytes} bytes: at most {} files and {} bytes are read at once\nhint: name \
         single files, or folders that hold roles alone",
        crate::roles::ROLES_MAX,
        crate::roles::ROLES_BYTES_MAX
    )]
    ManyRoles {
        /// Files, as far as they were looked at.
        files: usize,
        /// Bytes of those that were read.
        bytes: usize,
    },
    /// A small file of text was not read.
    #[error("`{path}` {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: TextFileError,
    },
    /// No role file where one was looked for.
    #[error("no role files (*.toml) in `{0}`")]
    NoRoles(PathBuf),
    /// Two role files with one id.
    #[error("the role id `{id}` stands in both `{first}` and `{second}`")]
    RoleTwice {
        /// The id.
        id: String,
        /// The first file.
        first: PathBuf,
        /// The second file.
        second: PathBuf,
    },
    /// No such person.
    #[error("no candidate `{0}` in this pool")]
    NoCandidate(String),
    /// No such role among those that were given.
    #[error(
        "no role `{id}` among those given\nhint: their ids are {}",
        .known.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
    )]
    NoSuchRole {
        /// The id.
        id: String,
        /// The ids that there are.
        known: Vec<String>,
    },
    /// Pins that cannot hold.
    #[error(transparent)]
    Allocation(#[from] AllocationError),
    /// An id that several sources use for different people.
    #[error("`{id}` is the id of {}\nhint: name one of them", .candidates.join(", "))]
    Ambiguous {
        /// The id.
        id: String,
        /// Candidates with their sources.
        candidates: Vec<String>,
    },
    /// Nobody of this name or address. The words are a person's, and do not stand here.
    #[error("nobody in this pool has this {0}")]
    Nobody(&'static str),
    /// A name or address of several people.
    #[error(
        "{} people have this {what}: {}{}\nhint: name one of them by the candidate id",
        candidates.len() + more,
        candidates.join(", "),
        if *more > 0 { format!(" and {more} more") } else { String::new() }
    )]
    SeveralPeople {
        /// `name` or `e-mail address`.
        what: &'static str,
        /// The first candidates, with what tells them apart.
        candidates: Vec<String>,
        /// How many more there are.
        more: usize,
    },
    /// Somebody who was erased.
    #[error("{0} was erased from this pool")]
    Erased(CandidateNumber),
    /// A reason that would keep what is erased.
    #[error(
        "the reason names the person\nhint: `--why` stays in the audit log; give a reason without name, address or number"
    )]
    WhyNamesPerson,
    /// No such erasure.
    #[error("no erasure {0}\nhint: `stackscout candidate suppressed` lists them")]
    NoErasure(u32),
    /// Somebody reads a state from before an erasure, so that their words stay in the log.
    #[error(
        "the person is erased, and their data still stand in the log of the records, because another program reads them\n\
         hint: run the same command again when it is done"
    )]
    HeldByReader,
    /// A file that is no list of erasures.
    #[error(
        "`{0}` is no list of erasures\nhint: it is a pool, or what `stackscout candidate suppressed --export FILE` wrote"
    )]
    NoErasures(PathBuf),
    /// No such run.
    #[error("no run `{0}` in this pool\nhint: `stackscout runs` lists them; a manifest is named by its file")]
    NoRun(String),
    /// A file that is no manifest.
    #[error(
        "`{path}` is no manifest: {reason}\nhint: `rank --out DIR` writes DIR/manifest.json and DIR/shortlists.json"
    )]
    NotAManifest {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// A manifest of other records.
    #[error(
        "the manifest is not of this pool: its records after change {change} have another digest\nhint: `--pool DIR` \
         names the pool that it was made with"
    )]
    OtherPool {
        /// The change of the manifest.
        change: u64,
    },
    /// Role files that are needed and not kept.
    #[error(
        "the pool does not keep the {} {} as the run had {}\nhint: give the files of that time with `--role FILE`",
        if roles.len() == 1 { "role" } else { "roles" },
        roles.iter().map(|r| format!("`{r}`")).collect::<Vec<_>>().join(", "),
        if roles.len() == 1 { "it" } else { "them" }
    )]
    RolesGone {
        /// Ids of the roles.
        roles: Vec<String>,
    },
    /// A role that is not in a run.
    #[error("the run has no role `{role}`: it has {}", known.iter().map(|r| format!("`{r}`")).collect::<Vec<_>>().join(", "))]
    NoRoleInRun {
        /// What was asked for.
        role: String,
        /// The roles of the run.
        known: Vec<String>,
    },
    /// A role that is meant by an id that nothing names.
    #[error(
        "no role `{role}`: {}\nhint: name the role's file",
        match known.as_slice() {
            [] => "no run and no decision names any".to_owned(),
            known => format!(
                "runs and decisions name {}",
                known.iter().map(|r| format!("`{r}`")).collect::<Vec<_>>().join(", ")
            ),
        }
    )]
    NoRoleKnown {
        /// What was asked for.
        role: String,
        /// The roles that are named.
        known: Vec<String>,
    },
    /// A file of groups that cannot be read.
    #[error(
        "`{path}` gives no groups: {reason}\nhint: a CSV file with a column `id` or `email`, and `gender`, `race` or both"
    )]
    Groups {
        /// The file.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// What a blind pool does not show.
    #[error(
        "{what} is not shown blind\nhint: `--unblind REASON` shows who people are, and writes the reason to the audit log"
    )]
    Blind {
        /// What was asked for.
        what: String,
    },
    /// A query that asks a blind pool who somebody is.
    #[error(
        "`{asked}` asks who somebody is, which a blind search does not say\nhint: `--unblind REASON` searches by name, and \
         writes the reason to the audit log"
    )]
    BlindQuery {
        /// The field or word.
        asked: String,
    },
    /// A query for a form of a profession that tells a sex.
    #[error(
        "`{asked}` is a form that tells a sex, which a blind search does not say\nhint: `{all}*` finds every form"
    )]
    BlindForm {
        /// The word.
        asked: String,
        /// What all its forms begin with.
        all: String,
    },
    /// A name or address where a blind pool takes numbers.
    #[error(
        "a blind pool takes no name and no e-mail address\nhint: name people by candidate number, such as c0000012"
    )]
    BlindName,
    /// A reason that names the person.
    #[error(
        "the reason holds a piece of the name or address of {0}\nhint: the log keeps reasons for ever; write `{0}` instead"
    )]
    ReasonNames(CandidateNumber),
    /// A decision without a reason.
    #[error("a decision needs a reason\nhint: `--why TEXT`, without the person's name")]
    NoReason,
    /// A decision that stands already, or one to take back that nobody made.
    #[error("{0}\nhint: `stackscout decisions list` shows what stands")]
    AlreadyDecided(StoreError),
    /// A list that cannot be compared, because it was not kept and cannot be made again.
    #[error(
        "the lists of `{0}` are not kept in this pool, and were made with another taxonomy or program\nhint: name the \
         folder with its shortlists.json"
    )]
    NoLists(String),
    /// The pool is empty, so that it has no date.
    #[error(
        "the pool is empty, so that there is no date to rank by\nhint: import candidates, or give `--as-of DATE`"
    )]
    NoDate,
}

/// Why a role file was refused.
#[derive(Debug, Error)]
pub enum RefusedRole {
    /// It is no text, or no file.
    #[error("error: `{path}` {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// Why it is not read.
        source: TextFileError,
    },
    /// What it says cannot be meant.
    #[error(transparent)]
    Errors(#[from] RoleErrors),
}

/// Refused files that are shown at once.
const REFUSED_SHOWN_MAX: usize = 20;

fn refused(roles: &[RefusedRole]) -> String {
    let mut shown: Vec<String> = roles.iter().take(REFUSED_SHOWN_MAX).map(ToString::to_string).collect();
    if roles.len() > REFUSED_SHOWN_MAX {
        shown.push(format!("and {} more files", roles.len() - REFUSED_SHOWN_MAX));
    }
    shown.join("\n\n")
}

impl EngineError {
    pub(crate) fn io(what: &'static str, path: &std::path::Path, source: std::io::Error) -> Self {
        Self::Io { what, path: path.to_owned(), source }
    }
}
