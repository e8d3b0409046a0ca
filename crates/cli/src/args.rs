//! The arguments, and what `--help` says of them.

use std::path::PathBuf;

use clap::builder::RangedU64ValueParser;
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use stackscout_engine::{AuditHead, Facet, Sort};
use stackscout_profile::{Date, DecisionState};

/// Match people to roles by framework skill: exact, repeatable, every point explained.
#[derive(Debug, Parser)]
#[command(
    name = "stackscout",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Args {
    #[command(flatten)]
    pub shared: Shared,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command takes.
#[derive(Debug, ClapArgs)]
pub struct Shared {
    /// Folder of the pool
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "STACKSCOUT_POOL",
        default_value = "stackscout-pool"
    )]
    pub pool: PathBuf,
    /// Folder of a team's own taxonomy, laid over the built-in one
    #[arg(long, global = true, value_name = "DIR", env = "STACKSCOUT_TAXONOMY")]
    pub taxonomy: Option<PathBuf>,
    /// How results are printed; jsonl is for rank and search, csv, md and html are for rank, csv
    /// and md for audit impact
    #[arg(long = "format", global = true, value_enum, default_value_t = Wanted::Table, value_name = "FORMAT")]
    pub wanted: Wanted,
    /// What is wanted, as commands know it that print for people and programs alone.
    #[arg(skip)]
    pub format: Format,
    /// Who a result is for that leaves the pool: written down with it, to be found when somebody in it is erased
    #[arg(long, global = true, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub recipient: String,
    /// Name of whoever acts, for the audit log; the operating system's user where not given
    #[arg(long = "as", global = true, value_name = "NAME", env = "STACKSCOUT_ACTOR")]
    pub act_as: Option<String>,
    /// Show nobody's identity: people are candidate numbers, and names, addresses and the like are hidden in all texts
    #[arg(long, global = true, env = "STACKSCOUT_BLIND", conflicts_with = "unblind")]
    pub blind: bool,
    /// Show who people are in a pool that is kept blind, for this reason, which the audit log keeps
    #[arg(long, global = true, value_name = "REASON")]
    pub unblind: Option<String>,
    /// Say nothing but results and errors
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

/// Every form of a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Wanted {
    /// For people
    Table,
    /// For programs
    Json,
    /// For programs that read as they go: one object a line
    Jsonl,
    /// For spreadsheets
    Csv,
    /// Markdown, for a wiki or a mail
    Md,
    /// One page for a browser
    Html,
}

/// The two forms that every result has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a pool of invented people, search it, rank six roles, and write a report
    Demo(DemoArgs),
    /// Read candidate files into the pool
    Import(ImportArgs),
    /// List, show and undo imports
    Imports {
        #[command(subcommand)]
        command: Option<ImportsCommand>,
    },
    /// List, show and remove layouts: what columns are called in one kind of file
    Layouts {
        #[command(subcommand)]
        command: Option<LayoutsCommand>,
    },
    /// Find people by skill, place and text
    Search(SearchArgs),
    /// Derive and check role files
    #[command(subcommand)]
    Role(RoleCommand),
    /// Rank everybody against roles
    Rank(RankArgs),
    /// Explain one person's place for one role, to the last point
    Explain(ExplainArgs),
    /// Say what would move one person on one role's list
    WhatIf(WhatIfArgs),
    /// Show where people fall out of a role, and what asking for less would bring in
    Funnel(FunnelArgs),
    /// Show how far a role's first places depend on its exact weights
    Stability(StabilityArgs),
    /// Give people to several roles at once, each person to few of them
    Allocate(AllocateArgs),
    /// Set candidates side by side for one role
    Compare(CompareArgs),
    /// Say who stands on several lists
    Conflicts(ConflictsArgs),
    /// List, show and remove the rankings that the pool keeps
    Runs {
        #[command(subcommand)]
        command: Option<RunsCommand>,
    },
    /// Make a ranking again, with the data as it stood
    Replay(ReplayArgs),
    /// Say what is different between two rankings, and why
    Diff(DiffArgs),
    /// List, show and remove the searches that the pool keeps
    Searches {
        #[command(subcommand)]
        command: Option<SearchesCommand>,
    },
    /// Write down what somebody decided about a person for a role
    Decide(DecideArgs),
    /// List what people decided
    Decisions {
        #[command(subcommand)]
        command: Option<DecisionsCommand>,
    },
    /// Show who stands confirmed for a role
    #[command(subcommand)]
    Shortlist(ShortlistCommand),
    /// Look at the audit log: who did what, and whether it is whole
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Look at people
    #[command(subcommand)]
    Candidate(CandidateCommand),
    /// Look at skills, spellings and relations
    #[command(subcommand)]
    Taxonomy(TaxonomyCommand),
    /// Look at the pool itself
    #[command(subcommand)]
    Pool(PoolCommand),
    /// Read a PDF from standard input; the import starts it, as a process of its own
    #[command(hide = true)]
    ReadPdf,
}

#[derive(Debug, ClapArgs)]
pub struct DemoArgs {
    /// Folder that is made for the demo; an earlier demo in it is made anew
    #[arg(long, value_name = "DIR", default_value = "stackscout-demo")]
    pub dir: PathBuf,
    /// People to invent
    #[arg(long, value_name = "N", default_value_t = stackscout_demo::PEOPLE)]
    pub people: usize,
}

#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// CSV files, workbooks, JSON, CVs, folders and zip archives of them; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Read and report, keep nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Keep nothing of a file of which any row is rejected
    #[arg(long)]
    pub strict: bool,
    /// Layout of the columns, instead of the one that the header shows
    #[arg(long, value_name = "NAME")]
    pub layout: Option<String>,
    /// Keep what the columns are read as, as a layout of the pool: files with these columns are read so from then on
    #[arg(long, value_name = "NAME", conflicts_with = "dry_run")]
    pub save_layout: Option<String>,
    /// The files have no header; columns are `column 1`, `column 2` and so on, and known by their content
    #[arg(long)]
    pub no_header: bool,
    /// Meaning of a column; `COLUMN=-` leaves it out; may be given again
    #[arg(long, value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// Source that the ids belong to; a file that joins another on its ids has the same source
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// What separates cells: comma, semicolon, tab, pipe, or a character
    #[arg(long, value_name = "CHAR")]
    pub delimiter: Option<String>,
    /// Encoding of the text where it is not Unicode: windows-1252, windows-1250, iso-8859-2, shift_jis, ...
    #[arg(long, value_name = "NAME")]
    pub encoding: Option<String>,
    /// Sheet of a workbook, by name or by number from 1; the first with a header where not given
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// Folder or zip archive of CVs, or a CV, that join the rows by file name, e-mail address, id or name
    #[arg(long, value_name = "PATH")]
    pub cvs: Option<PathBuf>,
    /// Order of day, month and year in figures such as 03/04/2027: dmy, mdy or ymd, for all columns or for one; may be
    /// given again
    #[arg(long, value_name = "[COLUMN=]ORDER")]
    pub date_order: Vec<String>,
    /// Day on which the files are current; today where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Keep no protected attributes (gender, age and the like), not even apart
    #[arg(long)]
    pub no_protected: bool,
    /// The reason, for the audit log
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub why: String,
}

#[derive(Debug, Subcommand)]
pub enum LayoutsCommand {
    /// List them, in the order in which they are tried
    List,
    /// Show what a layout reads
    Show {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
    /// Remove a layout of the pool
    Remove {
        /// Its name
        #[arg(value_name = "NAME")]
        name: String,
    },
}

#[derive(Debug, ClapArgs)]
pub struct SearchArgs {
    /// Such as: 'django and react country:germany'; nothing means everybody
    #[arg(value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
    /// More words of the query
    #[arg(value_name = "WORD", hide = true)]
    pub words: Vec<String>,
    /// Keep the query under a name, to run it again
    #[arg(long, value_name = "NAME", conflicts_with_all = ["saved", "new_since"])]
    pub save: Option<String>,
    /// Run a saved search, and mark whom it finds as seen; a query beside it narrows it and marks nobody
    #[arg(long, value_name = "NAME", conflicts_with = "new_since")]
    pub saved: Option<String>,
    /// Find who matches a saved search now and did not when it was last run
    #[arg(long, value_name = "NAME")]
    pub new_since: Option<String>,
    /// Say how the query was understood, and search for nobody
    #[arg(long)]
    pub explain_query: bool,
    /// Print the number of people alone
    #[arg(long)]
    pub count: bool,
    /// People shown at most
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
    /// People skipped
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub offset: usize,
    /// Count what those found have in common: all facets, or some of skill, kind, country, city, seniority, remote,
    /// years, source, tag, stage
    #[arg(
        long,
        value_name = "NAMES",
        num_args = 0..=1,
        require_equals = true,
        value_delimiter = ',',
        default_missing_value = "skill,kind,country,city,seniority,remote,years,source,tag,stage",
        value_parser = facet
    )]
    pub facets: Vec<Facet>,
    /// Order: evidence (for queries with skills), number, years, updated, name
    #[arg(long, value_name = "ORDER", value_parser = sort)]
    pub sort: Option<Sort>,
    /// Begin behind a page that was shown before: its `next` in JSON
    #[arg(long, value_name = "PLACE", conflicts_with = "offset")]
    pub after: Option<String>,
    /// Rank those who are found for a role
    #[arg(long, value_name = "FILE", conflicts_with_all = ["offset", "facets", "sort", "after", "count"])]
    pub role: Option<PathBuf>,
    /// List skills and words of names that begin so, with how many people have each
    #[arg(long, value_name = "BEGINNING", conflicts_with_all = ["query", "count", "facets", "sort", "after", "role"])]
    pub complete: Option<String>,
}

fn facet(word: &str) -> Result<Facet, String> {
    word.trim().parse().map_err(|()| one_of(Facet::ALL.map(Facet::word)))
}

fn sort(word: &str) -> Result<Sort, String> {
    word.trim().parse().map_err(|()| one_of(Sort::ALL.map(Sort::word)))
}

fn at_least_one() -> RangedU64ValueParser<usize> {
    RangedU64ValueParser::new().range(1..)
}

fn one_of<const N: usize>(words: [&str; N]) -> String {
    format!("expected one of {}", words.join(", "))
}

#[derive(Debug, Subcommand)]
pub enum SearchesCommand {
    /// List saved searches; what `searches` does alone
    List,
    /// Show one: its query, how that is understood, and who newly matches
    Show {
        /// Name
        name: String,
    },
    /// Remove one
    Remove {
        /// Name
        name: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum RoleCommand {
    /// Write a role from the taxonomy; every line says which rule and source put it there
    Derive(DeriveArgs),
    /// Check role files, or folders of them
    Check {
        /// Role files or folders
        #[arg(required = true, value_name = "ROLE")]
        roles: Vec<PathBuf>,
    },
}

#[derive(Debug, ClapArgs)]
pub struct DeriveArgs {
    /// Framework, in any spelling; may be given again
    #[arg(long, value_name = "NAME")]
    pub framework: Vec<String>,
    /// Needs, such as "high traffic, rapid development, security"
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub needs: Vec<String>,
    /// Product that it should be like, such as Instagram; may be given again
    #[arg(long, value_name = "PRODUCT")]
    pub like: Vec<String>,
    /// How much experience is asked for
    #[arg(long, value_enum)]
    pub seniority: Option<SeniorityArg>,
    /// File to write instead of stdout; one that is there is not overwritten
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SeniorityArg {
    Junior,
    Mid,
    Senior,
    Lead,
}

#[derive(Debug, ClapArgs)]
pub struct RankArgs {
    /// Role files, or folders of them
    #[arg(required = true, value_name = "ROLE")]
    pub roles: Vec<PathBuf>,
    /// People listed for each role at most
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub top: usize,
    /// People listed of each tier at most, instead of --top: shows who is close where tier A is long
    #[arg(long, value_name = "N", conflicts_with = "top")]
    pub per_tier: Option<usize>,
    /// Folder for the manifest and for the lists as JSON, JSON Lines, CSV, workbook, Markdown and page
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Do not keep the ranking as a run of the pool
    #[arg(long)]
    pub no_record: bool,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct ExplainArgs {
    /// Role file; with --run the id of a role of the run
    #[arg(value_name = "ROLE")]
    pub role: PathBuf,
    /// Candidate id such as c0000012, the id that a source gave, e-mail address or name
    #[arg(value_name = "CANDIDATE")]
    pub candidate: String,
    /// Run to explain, with the data as it stood: its number, `last`, or the files that it wrote
    #[arg(long, value_name = "RUN", conflicts_with = "as_of")]
    pub run: Option<String>,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct WhatIfArgs {
    /// Role file
    #[arg(long, value_name = "ROLE")]
    pub role: PathBuf,
    /// Candidate id such as c0000012, the id that a source gave, e-mail address or name
    #[arg(value_name = "CANDIDATE")]
    pub candidate: String,
    /// Changes shown at most; JSON holds all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: usize,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct FunnelArgs {
    /// Role file
    #[arg(value_name = "ROLE")]
    pub role: PathBuf,
    /// Pairs of relaxations shown at most; JSON holds all
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: usize,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct StabilityArgs {
    /// Role file
    #[arg(value_name = "ROLE")]
    pub role: PathBuf,
    /// How many of the first places are looked at
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub top: usize,
    /// How often the weights are moved
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(1..))]
    pub draws: u32,
    /// By how many percent each weight moves at most
    #[arg(long, value_name = "PERCENT", default_value_t = 20, value_parser = clap::value_parser!(u8).range(0..=99))]
    pub range: u8,
    /// Number that the draws are made from; the same number gives the same draws
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct AllocateArgs {
    /// Role files, or folders of them
    #[arg(required = true, value_name = "ROLE")]
    pub roles: Vec<PathBuf>,
    /// People wanted for each role
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = at_least_one())]
    pub per_role: usize,
    /// Roles that one person is given to at most
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = at_least_one())]
    pub per_person: usize,
    /// How many of the first of each list are looked at
    #[arg(long, value_name = "N", default_value_t = 200)]
    pub among: usize,
    /// Person who stands on a role's list in any case, as ROLE-ID:CANDIDATE; may be given again
    #[arg(long, value_name = "ROLE:PERSON", value_parser = role_and_person)]
    pub pin: Vec<(String, String)>,
    /// Id of a role that comes before others; may be given again
    #[arg(long, value_name = "ROLE")]
    pub urgent: Vec<String>,
    /// Person who is in process for a role, and stands on no other list; may be given again
    #[arg(long, value_name = "ROLE:PERSON", value_parser = role_and_person)]
    pub in_process: Vec<(String, String)>,
    /// File with a ROLE:PERSON a line of those who are in process; empty lines and `#` are left out
    #[arg(long, value_name = "FILE")]
    pub in_process_from: Option<PathBuf>,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

/// A role's id holds no colon; an id that a source gave may.
pub fn role_and_person(text: &str) -> Result<(String, String), String> {
    match text.split_once(':') {
        Some((role, person)) if !role.trim().is_empty() && !person.trim().is_empty() => {
            Ok((role.trim().to_owned(), person.trim().to_owned()))
        }
        _ => Err("a role's id and a person are wanted, such as `backend:c0000012`".to_owned()),
    }
}

#[derive(Debug, ClapArgs)]
pub struct CompareArgs {
    /// Role file
    #[arg(value_name = "ROLE")]
    pub role: PathBuf,
    /// Two people or more: candidate ids, ids that sources gave, e-mail addresses or names
    #[arg(value_name = "CANDIDATE", required = true, num_args = 2..)]
    pub candidates: Vec<String>,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, ClapArgs)]
pub struct ConflictsArgs {
    /// A run (its number, `last`, or the files that it wrote), or role files and folders to rank now
    #[arg(required = true, value_name = "RUN|ROLE")]
    pub what: Vec<PathBuf>,
    /// People listed for each role at most, where roles are ranked
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub top: usize,
    /// Day that recency is counted from, where roles are ranked
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub enum RunsCommand {
    /// List them
    List,
    /// Show what a run was made of, and its lists
    Show {
        /// Its number, `last`, or the files that it wrote
        #[arg(value_name = "RUN")]
        run: String,
    },
    /// Remove a run from the pool
    Remove {
        /// Its number
        #[arg(value_name = "RUN")]
        run: u32,
        /// The reason, for the audit log
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
    },
}

#[derive(Debug, ClapArgs)]
pub struct ReplayArgs {
    /// Number of the run, `last`, a manifest.json, a shortlists.json, or the folder with these
    #[arg(value_name = "RUN")]
    pub run: String,
    /// Role files or folders of that time, where the pool does not keep them; may be given again
    #[arg(long, value_name = "FILE")]
    pub role: Vec<PathBuf>,
    /// Folder for the result, as `rank --out` writes it
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct DiffArgs {
    /// The earlier run: number, `last`, a manifest.json, a shortlists.json, or the folder with these
    #[arg(value_name = "RUN")]
    pub from: String,
    /// The later run
    #[arg(value_name = "RUN")]
    pub to: String,
    /// Role files or folders of that time, where the pool does not keep them; may be given again
    #[arg(long, value_name = "FILE")]
    pub role: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum ImportsCommand {
    /// List them
    List,
    /// Show one: file, columns, counts, whom it was about
    Show {
        /// Its number
        #[arg(value_name = "IMPORT")]
        import: u32,
    },
    /// Take an import back, as if it had never been
    Undo {
        /// Its number
        #[arg(value_name = "IMPORT")]
        import: u32,
        /// Say what would happen, and do nothing
        #[arg(long)]
        dry_run: bool,
        /// The reason, for the audit log
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
    },
}

#[derive(Debug, ClapArgs)]
pub struct DecideArgs {
    /// Role file, or the id of a role that was ranked
    #[arg(value_name = "ROLE")]
    pub role: String,
    /// Candidate id such as c0000012, the id that a source gave, e-mail address or name
    #[arg(value_name = "CANDIDATE")]
    pub candidate: String,
    /// shortlisted, in-process, rejected, withdrawn or hired; taken-back for a decision that is no longer to stand
    #[arg(value_name = "DECISION")]
    pub state: DecisionState,
    /// The reason; it is kept with the decision, and erased with the person
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// Run that it was decided on: its number, `last`, or the files that it wrote
    #[arg(long, value_name = "RUN")]
    pub run: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum DecisionsCommand {
    /// List them, also those that others replaced
    List {
        /// Only those for this role: its file or id
        #[arg(long, value_name = "ROLE")]
        role: Option<String>,
        /// Only those about this person
        #[arg(long, value_name = "CANDIDATE")]
        person: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub enum ShortlistCommand {
    /// Show who is shortlisted, in process or hired for a role, as people decided
    Show {
        /// Role file, or the id of a role that was ranked
        #[arg(value_name = "ROLE")]
        role: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// List what was done, by whom, when and why
    Log {
        /// Only from this day or moment on, such as 2026-11-01 or 2026-11-01T12:00:00Z
        #[arg(long, value_name = "TIME")]
        since: Option<String>,
        /// Only entries that hold this text, such as import or decision
        #[arg(long, value_name = "TEXT")]
        what: Option<String>,
        /// Only entries of this person
        #[arg(long, value_name = "NAME")]
        who: Option<String>,
    },
    /// Set selection and scoring rates of groups side by side, for people who applied
    Impact(ImpactArgs),
    /// Check that no entry was changed, left out or cut off, and that every change has one
    Verify {
        /// A head that was noted before: the log has to go on from there
        #[arg(long, value_name = "ENTRIES:HASH")]
        head: Option<AuditHead>,
    },
}

#[derive(Debug, ClapArgs)]
#[command(group(clap::ArgGroup::new("from").required(true).args(["groups", "protected"])))]
pub struct ImpactArgs {
    /// Role files, or folders of them
    #[arg(required = true, value_name = "ROLE")]
    pub roles: Vec<PathBuf>,
    /// CSV file of groups: a column `id` or `email`, and `gender`, `race` or both
    #[arg(long, value_name = "FILE")]
    pub groups: Option<PathBuf>,
    /// Take groups from the protected columns that imports keep apart
    #[arg(long)]
    pub protected: bool,
    /// Who counts as selected: whom people moved forward, or who stands on the list
    #[arg(long, value_enum, default_value_t = SelectedArg::Decisions, value_name = "WHO")]
    pub selected: SelectedArg,
    /// How many of the list are selected, with --selected list
    #[arg(long, value_name = "N", default_value_t = 25)]
    pub top: usize,
    /// Run whose data, date and lists are taken: its number, `last`, or the files that it wrote
    #[arg(long, value_name = "RUN", conflicts_with = "as_of")]
    pub run: Option<String>,
    /// Name of the job in applications, where it is not the role's title or id; may be given again
    #[arg(long, value_name = "NAME", conflicts_with = "any_job")]
    pub job: Vec<String>,
    /// Count every application, whatever its job
    #[arg(long)]
    pub any_job: bool,
    /// Leave groups under 2% of a table out of its ratios, for this reason
    #[arg(long, value_name = "TEXT")]
    pub leave_out_small: Option<String>,
    /// Day that recency is counted from; that of the newest import where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SelectedArg {
    Decisions,
    List,
}

#[derive(Debug, Subcommand)]
pub enum CandidateCommand {
    /// Show one person with every cell that was read
    Show {
        /// Candidate id such as c0000012, the id that a source gave, e-mail address or name
        #[arg(value_name = "CANDIDATE")]
        candidate: String,
    },
    /// List people who may be one, side by side, for somebody to look at
    Duplicates {
        /// Pairs shown at most
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
    },
    /// Make two people one, who keeps the number of the first
    Merge {
        /// The one whose number stays: candidate id, id of a source, e-mail address or name
        #[arg(value_name = "CANDIDATE")]
        into: String,
        /// The other one
        #[arg(value_name = "OTHER")]
        who: String,
        /// The reason, for the audit log
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
    },
    /// Part two people who were merged
    Unmerge {
        /// The one who was merged away, or the one who stayed
        #[arg(value_name = "CANDIDATE")]
        who: String,
        /// The reason, for the audit log
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
    },
    /// Say that two people are two: they are listed as possible duplicates no more
    KeepApart {
        /// One of them
        #[arg(value_name = "CANDIDATE")]
        a: String,
        /// The other one
        #[arg(value_name = "OTHER")]
        b: String,
        /// The reason, for the audit log
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
    },
    /// Erase a person for good: records, index, columns, rejected rows, lists; later files do not bring them back
    Erase {
        /// Candidate id such as c0000012, the id that a source gave, e-mail address or name
        #[arg(value_name = "CANDIDATE")]
        candidate: String,
        /// Read every byte of the pool afterwards, and say whether anything of the person is left
        #[arg(long)]
        proof: bool,
        /// The reason, for the audit log; without the person's name
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
        /// Do not ask; nobody is asked where there is no terminal
        #[arg(short, long)]
        yes: bool,
    },
    /// Give all that is held on a person: every cell in every version, where they stood, who got them
    Export {
        /// Candidate id such as c0000012, the id that a source gave, e-mail address or name
        #[arg(value_name = "CANDIDATE")]
        candidate: String,
        /// File for it as JSON; one that is there is not overwritten
        #[arg(short, long, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// List erasures, whose people later files do not bring back; nothing in the list says who they were
    Suppressed {
        /// Let rows about this one in again
        #[arg(long, value_name = "ERASURE", conflicts_with_all = ["export", "apply"])]
        lift: Option<u32>,
        /// File to write them to, for a pool that is restored: as secret as the pool
        #[arg(long, value_name = "FILE", conflicts_with = "apply")]
        export: Option<PathBuf>,
        /// Pool, or file of --export, whose erased people are to be erased here, too
        #[arg(long, value_name = "FILE|POOL")]
        apply: Option<PathBuf>,
        /// The reason, for the audit log
        #[arg(long, value_name = "TEXT", default_value = "")]
        why: String,
    },
    /// Find people with similar evidence, and say what makes them similar
    Similar {
        /// Candidate id such as c0000012, the id that a source gave, e-mail address or name
        #[arg(value_name = "CANDIDATE")]
        candidate: String,
        /// Only people who match this query
        #[arg(long = "in", value_name = "QUERY", default_value = "", allow_hyphen_values = true)]
        query: String,
        /// People shown at most
        #[arg(long, value_name = "N", default_value_t = 10)]
        limit: usize,
    },
}

#[derive(Debug, Subcommand)]
pub enum TaxonomyCommand {
    /// Show a skill or trait, or list all
    Show {
        /// Skill or trait, in any spelling; nothing gives the sizes
        #[arg(value_name = "NAME")]
        name: Option<String>,
        /// List every trait
        #[arg(long)]
        traits: bool,
    },
    /// Say what written skills mean, such as "RoR, ReactJS, node, postgres 15"
    Resolve {
        /// Skills as people list them
        #[arg(required = true, value_name = "LIST")]
        list: Vec<String>,
    },
    /// Find skills and traits in running text: a CV, an advertisement, a note
    Mentions(MentionsArgs),
    /// Show how much one skill counts towards another, and why
    Path {
        /// Skill that is held
        from: String,
        /// Skill that is asked for
        to: String,
    },
    /// List what people wrote as a skill and the taxonomy does not know, most frequent first
    Unknown {
        /// Number of an import; all of them where not given
        #[arg(long, value_name = "N")]
        import: Option<u32>,
        /// Spellings listed at most
        #[arg(long, value_name = "N", default_value_t = 50)]
        limit: usize,
        /// Print rows for a spellings.csv of your own: fill in the skill of those that you keep
        #[arg(long)]
        csv: bool,
    },
    /// Check the files of a taxonomy, every problem at once
    Lint {
        /// Folder: a whole taxonomy, or your own files over the built-in ones; nothing checks what is in use
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
        /// Write the files in canonical form: sorted, line feeds, quotes where needed
        #[arg(long, requires = "dir")]
        fix: bool,
    },
}

#[derive(Debug, ClapArgs)]
pub struct MentionsArgs {
    /// The text; `-` is standard input
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// File to read instead
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// What sort of text it is
    #[arg(long, value_enum, default_value_t = TextKindArg::Text)]
    pub kind: TextKindArg,
    /// Day that "present" means; today where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextKindArg {
    /// A CV, a letter, a note
    Text,
    /// A job advertisement
    Ad,
    /// A list of skills
    List,
}

#[derive(Debug, Subcommand)]
pub enum PoolCommand {
    /// Sizes, dates, and the digest of the records
    Stats {
        /// Print the digest alone: a name for what the records say, whenever and in however many steps they came
        #[arg(long)]
        digest: bool,
    },
    /// Is the pool what was written? Looks at records, index, columns and all small files; exit code 1 where not
    Verify {
        /// Read every byte, and compare index and columns with the records
        #[arg(long)]
        full: bool,
    },
    /// Make anew what can be made from the records, sweep what a crash left, say what is damaged in the records
    Repair {
        /// A backup to look for damaged records in
        #[arg(long, value_name = "FILE")]
        backup: Option<PathBuf>,
        /// Take the versions that are damaged from it
        #[arg(long, requires = "backup")]
        take: bool,
    },
    /// Write all of the pool that cannot be made again into one file, also while another process imports
    Backup {
        /// The file; one that is there is never written over
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Look at a backup instead: is every file in it what was written?
        #[arg(long)]
        verify: bool,
    },
    /// Make a pool of a backup: `--pool DIR` names a folder that is absent or empty
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Pool, or list of `candidate suppressed --export`, whose erasures hold here too: whoever was erased since the
        /// backup does not come back
        #[arg(long, value_name = "POOL|FILE")]
        erasures: Option<PathBuf>,
    },
    /// Erase everybody of whom nothing was heard for too long
    Retain(RetainArgs),
    /// Settle how the pool is looked at
    Set {
        /// What is settled
        #[arg(value_enum, value_name = "WHAT")]
        what: PoolSetting,
        /// Whether it holds
        #[arg(value_enum, value_name = "ON|OFF")]
        to: OnOff,
        /// The reason, for the audit log
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PoolSetting {
    /// No answer shows who people are, unless `--unblind` says why it has to
    Blind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OnOff {
    On,
    Off,
}

#[derive(Debug, ClapArgs)]
pub struct RetainArgs {
    /// Age from which people go, such as 730d, 24m or 2y: counted from the newest day on which a file spoke of them
    #[arg(long, value_name = "AGE", value_parser = age)]
    pub older_than: jiff::Span,
    /// Day that ages are counted from; today where not given
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Stage of an application that keeps a person, such as interview; may be given again
    #[arg(long, value_name = "STAGE")]
    pub keep_stage: Vec<String>,
    /// Say who would go, and do nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Read every byte of the pool afterwards, and say whether anything of them is left
    #[arg(long)]
    pub proof: bool,
    /// The reason, for the audit log
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub why: String,
    /// Do not ask; nobody is asked where there is no terminal
    #[arg(short, long)]
    pub yes: bool,
}

fn age(text: &str) -> Result<jiff::Span, String> {
    let wanted = || format!("`{text}` is no age such as `730d`, `24m` or `2y`");
    let count = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let number: i32 = count.parse().ok().filter(|number| (0..=36_500).contains(number)).ok_or_else(wanted)?;
    let span = jiff::Span::new();
    match &text[count.len()..] {
        "d" => span.try_days(number),
        "w" => span.try_weeks(number),
        "m" => span.try_months(number),
        "y" => span.try_years(number),
        _ => return Err(wanted()),
    }
    .map_err(|_| wanted())
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;

    use super::*;

    #[test]
    fn nobody_is_given_to_no_role_and_no_role_wants_nobody() {
        for option in ["--per-person", "--per-role"] {
            let of = |number| Args::try_parse_from(["stackscout", "allocate", "role.toml", option, number]);
            assert!(of("0").is_err_and(|error| error.kind() == ErrorKind::ValueValidation), "{option}");
            assert!(of("1").is_ok(), "{option}");
        }
    }
}
