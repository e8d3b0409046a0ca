//! The tables of `records.db`, as the steps that made them what they are.
//!
//! A new pool takes every step; an older one takes those that it lacks when it is next opened for writing, in one
//! transaction. Opened for reading, an older one is seen through views that stand for what it lacks.

/// Version of the tables and of the records in them: the number of steps. A later one is refused, never guessed.
pub const RECORDS_FORMAT: i64 = STEPS.len() as i64;

/// Step n makes format n of format n - 1.
pub(crate) const STEPS: [&str; 2] = [PEOPLE, PAST_AND_RUNS];

/// `candidates.record` is compact JSON (parts with values and the cells that they stood in), `checksum` the first eight
/// bytes of its SHA-256: a damaged record is found when it is read. `identities` holds what a person is known by:
/// `id` within a source, `email`, `link`, and `row` (the content of a row that has none of these).
const PEOPLE: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
INSERT INTO meta VALUES ('format', 1), ('change', 0);
CREATE TABLE imports (
  number INTEGER PRIMARY KEY,
  change INTEGER NOT NULL,
  file TEXT NOT NULL,
  source TEXT NOT NULL,
  layout TEXT NOT NULL,
  as_of TEXT NOT NULL,
  rows INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  created INTEGER NOT NULL,
  updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL
);
CREATE TABLE candidates (
  number INTEGER PRIMARY KEY,
  change INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  record BLOB NOT NULL
);
CREATE INDEX candidates_by_change ON candidates (change);
CREATE TABLE identities (
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL REFERENCES candidates (number),
  PRIMARY KEY (kind, scope, key)
) WITHOUT ROWID;
CREATE TABLE reviews (
  a INTEGER NOT NULL REFERENCES candidates (number),
  b INTEGER NOT NULL REFERENCES candidates (number),
  reason TEXT NOT NULL,
  import INTEGER NOT NULL,
  PRIMARY KEY (a, b, reason)
) WITHOUT ROWID;
";

/// `record_history` holds each record that was replaced or removed, with the changes `since <= n < until` for which it
/// was true, packed with the record after it (`patch.rs`); `checksum` is that of the record itself.
/// `forgotten` holds the numbers of erased people and nothing else of them.
///
/// `runs.manifest` is the manifest byte for byte, `result` the digest of the result that was printed; when the run was
/// made stands beside them. `role_texts` are role files as they were, by the fingerprint of their content.
/// `run_lists.entries` holds the listed people, 24 bytes each (`runs.rs`).
///
/// In `meta`, `numbers` is the greatest candidate number ever given, so that none is given twice, and `history_from`
/// the first change at which the records can be read as they stood.
const PAST_AND_RUNS: &str = "
ALTER TABLE identities ADD COLUMN since INTEGER NOT NULL DEFAULT 0;
CREATE TABLE record_history (
  number INTEGER NOT NULL,
  until INTEGER NOT NULL,
  since INTEGER NOT NULL,
  checksum INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (number, until DESC)
) WITHOUT ROWID;
CREATE TABLE forgotten (number INTEGER PRIMARY KEY, change INTEGER NOT NULL);
CREATE TABLE runs (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  change INTEGER NOT NULL,
  made TEXT NOT NULL,
  result TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  manifest TEXT NOT NULL
);
CREATE TABLE run_lists (
  run INTEGER NOT NULL REFERENCES runs (number),
  at INTEGER NOT NULL,
  role TEXT NOT NULL,
  fingerprint TEXT NOT NULL REFERENCES role_texts (fingerprint),
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  c INTEGER NOT NULL,
  left_out TEXT NOT NULL,
  checksum INTEGER NOT NULL,
  entries BLOB NOT NULL,
  PRIMARY KEY (run, at)
) WITHOUT ROWID;
CREATE TABLE role_texts (fingerprint TEXT PRIMARY KEY, text TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO meta SELECT 'numbers', coalesce(max(number), 0) FROM candidates;
INSERT INTO meta SELECT 'history_from', value FROM meta WHERE key = 'change';
UPDATE meta SET value = 2 WHERE key = 'format';
";

/// What makes format 1 look like format 2 to a reader: nothing of the past, and no run.
pub(crate) const FORMAT_1_SEEN_AS_2: &str = "
PRAGMA temp_store = MEMORY;
CREATE TEMP VIEW meta AS
  SELECT key, CASE key WHEN 'format' THEN 2 ELSE value END AS value FROM main.meta
  UNION ALL SELECT 'history_from', value FROM main.meta WHERE key = 'change';
CREATE TEMP VIEW identities AS SELECT kind, scope, key, number, 0 AS since FROM main.identities;
CREATE TEMP TABLE record_history (number, until, since, checksum, packed);
CREATE TEMP TABLE forgotten (number, change);
CREATE TEMP TABLE runs (number, change, made, result, checksum, manifest);
CREATE TEMP TABLE run_lists (run, at, role, fingerprint, a, b, c, left_out, checksum, entries);
CREATE TEMP TABLE role_texts (fingerprint, text);
";
