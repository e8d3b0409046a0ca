//! The tables of `records.db`, as the steps that made them what they are.
//!
//! A new pool takes every step; an older one takes those that it lacks when it is next opened for writing, in one
//! transaction. Opened for reading, an older one is seen through views that stand for what it lacks.

/// Version of the tables and of the records in them: the number of steps. A later one is refused, never guessed.
pub const RECORDS_FORMAT: i64 = STEPS.len() as i64;

/// Step n makes format n of format n - 1.
pub(crate) const STEPS: [&str; 6] = [PEOPLE, PAST_AND_RUNS, UNDOING, DECISIONS, COMPACT_RECORDS, ERASING];

/// `candidates.record` is a record as bytes (`codec.rs`), `checksum` the first eight bytes of their SHA-256: a damaged
/// record is found when it is read. `identities` holds what a person is known by:
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

/// `imports.columns` are the mapped columns of the file (a JSON list; NULL where nobody wrote them down), `undone` the
/// change that took the import back. `import_rows` says whom each accepted row was about (`rows.rs`). In `meta`,
/// `statement N` is a hash of what import N stated, where it is known (`statement.rs`).
/// `past_identities` holds what people are no longer known by, with the changes `since <= n < until` for which they were.
///
/// `merges` says that `number` was merged into `survivor` by change `since`, and parted again by `until`. What a person
/// is known by, and whom the rows of an import were about, keep the number from before the merge, so that parting them
/// needs no other knowledge; so `identities` and `reviews` may name somebody who has no record now. `kept_apart` are pairs (a < b) of which somebody said that they are two people.
///
/// `protected_values` are gender, age and the like: written here and nowhere else, for figures about groups alone.
/// `audit` is written in the transaction of what it tells of; `chain` is the SHA-256 of the entry and of the chain before.
const UNDOING: &str = "
CREATE TABLE identities_3 (
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  since INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (kind, scope, key)
) WITHOUT ROWID;
INSERT INTO identities_3 SELECT kind, scope, key, number, since FROM identities;
DROP TABLE identities;
ALTER TABLE identities_3 RENAME TO identities;
CREATE TABLE reviews_3 (
  a INTEGER NOT NULL,
  b INTEGER NOT NULL,
  reason TEXT NOT NULL,
  import INTEGER NOT NULL,
  PRIMARY KEY (a, b, reason)
) WITHOUT ROWID;
INSERT INTO reviews_3 SELECT a, b, reason, import FROM reviews;
DROP TABLE reviews;
ALTER TABLE reviews_3 RENAME TO reviews;
ALTER TABLE imports ADD COLUMN columns TEXT;
ALTER TABLE imports ADD COLUMN rejects TEXT;
ALTER TABLE imports ADD COLUMN undone INTEGER;
CREATE TABLE import_rows (
  import INTEGER NOT NULL,
  at INTEGER NOT NULL,
  packed BLOB NOT NULL,
  PRIMARY KEY (import, at)
) WITHOUT ROWID;
CREATE TABLE past_identities (
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (kind, scope, key, until)
) WITHOUT ROWID;
CREATE TABLE merges (
  number INTEGER NOT NULL,
  survivor INTEGER NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (number, since)
) WITHOUT ROWID;
CREATE TABLE kept_apart (a INTEGER NOT NULL, b INTEGER NOT NULL, change INTEGER NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE protected_values (
  number INTEGER NOT NULL,
  import INTEGER NOT NULL,
  line INTEGER NOT NULL,
  column TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (number, import, line, column)
) WITHOUT ROWID;
CREATE TABLE audit (
  number INTEGER PRIMARY KEY,
  change INTEGER NOT NULL,
  made TEXT NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  why TEXT NOT NULL,
  chain TEXT NOT NULL
);
UPDATE meta SET value = 3 WHERE key = 'format';
";

/// `decisions` are statements that nobody changes (`decisions.rs`); `candidate` is the number that one was made about, and
/// rows go with an erased person alone.
///
/// `audit_head` says how many entries the audit log has and how its chain ends, so that a log that lost its end is found.
/// In `meta`, `audited_from` is the last change and `audited_runs_from` the last run before each had an entry, and `blind` is 1 where the pool shows
/// nobody's identity.
const DECISIONS: &str = "
CREATE TABLE decisions (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  change INTEGER NOT NULL,
  candidate INTEGER NOT NULL,
  role TEXT NOT NULL,
  fingerprint TEXT,
  state TEXT NOT NULL,
  run INTEGER,
  place INTEGER,
  made TEXT NOT NULL,
  who TEXT NOT NULL,
  why TEXT NOT NULL,
  nonce BLOB NOT NULL
);
CREATE INDEX decisions_by_candidate ON decisions (candidate);
CREATE TRIGGER decisions_never_change BEFORE UPDATE ON decisions
  BEGIN SELECT RAISE(ABORT, 'decisions are never changed'); END;
CREATE TRIGGER decisions_go_with_the_erased BEFORE DELETE ON decisions
  WHEN OLD.candidate NOT IN (SELECT number FROM forgotten)
  BEGIN SELECT RAISE(ABORT, 'decisions are never removed'); END;
CREATE TABLE audit_head (one INTEGER PRIMARY KEY CHECK (one = 1), entries INTEGER NOT NULL, chain TEXT NOT NULL);
INSERT INTO audit_head
  SELECT 1, count(*), coalesce((SELECT chain FROM audit ORDER BY number DESC LIMIT 1), '') FROM audit;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_never_shrinks BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
CREATE TRIGGER audit_grows_at_its_end BEFORE INSERT ON audit
  WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit)
  BEGIN SELECT RAISE(ABORT, 'the audit log grows at its end alone'); END;
INSERT INTO meta SELECT 'audited_from', value FROM meta WHERE key = 'change';
INSERT INTO meta SELECT 'audited_runs_from', coalesce(max(number), 0) FROM runs;
INSERT INTO meta VALUES ('blind', 0);
UPDATE meta SET value = 4 WHERE key = 'format';
";

/// Records are written in the compact form of `codec.rs` from here on. Those that are there stay the JSON that they are
/// until something in them changes: their checksums are part of digests that were written down elsewhere.
///
/// In `identities` the key comes first: two rows then differ in the first text that is compared, and a key is found whatever
/// its source.
const COMPACT_RECORDS: &str = "
CREATE TABLE identities_5 (
  kind TEXT NOT NULL,
  scope TEXT NOT NULL,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  since INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (key, kind, scope)
) WITHOUT ROWID;
INSERT INTO identities_5 SELECT kind, scope, key, number, since FROM identities ORDER BY key, kind, scope;
DROP TABLE identities;
ALTER TABLE identities_5 RENAME TO identities;
UPDATE meta SET value = 5 WHERE key = 'format';
";

/// `erasures` says that somebody was erased, when and why, and holds nothing of them: `who` is a keyed hash of their
/// number, `kinds` the kinds of keys that they had, `exports` and `alike` what somebody has to look at (numbers of
/// exports and of other people, JSON). `until` is the last day whose rows are held; NULL holds all. `lifted` is when the
/// hold was lifted.
///
/// `suppressed` are HMAC-SHA-256 of what the person was known by, and of their numbers (kind `number`), by the key of
/// `erasure_keys`; 1 is the pool's own, others came with erasures of other pools. The keys stand beside the hashes, in a
/// file that its owner alone reads: what is restored without its keys could hold nobody.
///
/// `held_rows` counts rows of an import that were held. `exports` says who left the pool, when, in what and for whom:
/// `run` where they are the people of its lists, else `people` (numbers, `exports.rs`).
///
/// In `meta`, `unscrubbed` is the change of an erasure of which traces may lie in files yet; 0 where there is none.
const ERASING: &str = "
CREATE TABLE erasure_keys (number INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE);
INSERT INTO erasure_keys VALUES (1, randomblob(32));
CREATE TABLE erasures (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  key INTEGER NOT NULL REFERENCES erasure_keys (number),
  who TEXT NOT NULL,
  made TEXT NOT NULL,
  reason TEXT NOT NULL,
  why TEXT NOT NULL,
  until TEXT,
  kinds TEXT NOT NULL,
  exports TEXT NOT NULL,
  alike TEXT NOT NULL,
  lifted TEXT
);
CREATE TABLE suppressed (
  erasure INTEGER NOT NULL,
  kind TEXT NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (erasure, kind, hash)
) WITHOUT ROWID;
CREATE TABLE held_rows (import INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
CREATE TABLE exports (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  made TEXT NOT NULL,
  last TEXT NOT NULL,
  times INTEGER NOT NULL,
  who TEXT NOT NULL,
  what TEXT NOT NULL,
  target TEXT NOT NULL,
  recipient TEXT NOT NULL,
  run INTEGER,
  people BLOB NOT NULL
);
INSERT INTO meta VALUES ('unscrubbed', 0);
UPDATE meta SET value = 6 WHERE key = 'format';
";

/// Format 4 is read as it is: what format 5 changed is how records are written.
pub(crate) const FORMAT_4_SEEN_AS_5: &str = "";

/// What makes format 5 look like format 6 to a reader: nobody was erased, nothing was exported.
pub(crate) const FORMAT_5_SEEN_AS_6: &str = "
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE erasure_keys (number, key);
CREATE TEMP TABLE erasures (number, key, who, made, reason, why, until, kinds, exports, alike, lifted);
CREATE TEMP TABLE suppressed (erasure, kind, hash);
CREATE TEMP TABLE held_rows (import, rows);
CREATE TEMP TABLE exports (number, made, last, times, who, what, target, recipient, run, people);
";

/// What makes format 3 look like format 4 to a reader: nothing was decided.
pub(crate) const FORMAT_3_SEEN_AS_4: &str = "
PRAGMA temp_store = MEMORY;
CREATE TEMP TABLE decisions (number, change, candidate, role, fingerprint, state, run, place, made, who, why, nonce);
CREATE TEMP TABLE audit_head AS
  SELECT 1 AS one, count(*) AS entries, coalesce((SELECT chain FROM audit ORDER BY number DESC LIMIT 1), '') AS chain
  FROM audit;
";

/// What makes format 2 look like format 3 to a reader: nothing of it was written down.
pub(crate) const FORMAT_2_SEEN_AS_3: &str = "
PRAGMA temp_store = MEMORY;
CREATE TEMP VIEW imports AS
  SELECT *, NULL AS columns, NULL AS rejects, NULL AS undone FROM main.imports;
CREATE TEMP TABLE import_rows (import, at, packed);
CREATE TEMP TABLE past_identities (kind, scope, key, number, since, until);
CREATE TEMP TABLE merges (number, survivor, since, until);
CREATE TEMP TABLE kept_apart (a, b, change);
CREATE TEMP TABLE protected_values (number, import, line, column, value);
CREATE TEMP TABLE audit (number, change, made, who, what, why, chain);
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
