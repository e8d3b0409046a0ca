//! The tables of `records.db`.

/// Version of the tables and of the records in them. Another one is refused or migrated, never guessed.
pub const RECORDS_FORMAT: i64 = 1;

/// `candidates.record` is compact JSON (parts with values and the cells that they stood in), `checksum` the first eight
/// bytes of its SHA-256: a damaged record is found when it is read. `identities` holds what a person is known by:
/// `id` within a source, `email`, `link`, and `row` (the content of a row that has none of these).
pub(crate) const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
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
