//! What people decide about people and imports: undoing an import, merging and parting, keeping apart.
//!
//! Each is one change of the records, in one transaction; index and columns are caught up after it, as after an import.
//! A process that dies between the two leaves an index that is behind, and the next one that reads catches it up.

use std::path::Path;
use std::sync::Arc;

use stackscout_profile::CandidateNumber;
use stackscout_store::{Actor, ImportInfo, Parted, StoreError, Undone};
use stackscout_taxonomy::Taxonomy;

use crate::{EngineError, Pool};

/// A pool that is to be changed, by whom and why.
pub struct Change<'a> {
    /// Folder of the pool.
    pub folder: &'a Path,
    /// The taxonomy that the index is caught up with.
    pub taxonomy: &'a Arc<Taxonomy>,
    /// Who does it, and when: for the audit log.
    pub actor: Actor,
    /// The reason, in words; empty where none was given.
    pub why: &'a str,
}

impl Change<'_> {
    /// Takes an import back. With `try_only` nothing is done, and what would be is told.
    ///
    /// # Errors
    /// No such import; one that cannot be undone, with the reason; another writer.
    pub fn undo_import(self, import: u32, try_only: bool) -> Result<Undone, EngineError> {
        let why = self.why;
        self.make(|pool| pool.store.undo_import(import, why, try_only).map_err(with_hint))
    }

    /// Makes two people one, who keeps the number of the first.
    ///
    /// # Errors
    /// Somebody who is not there, or not the only one meant; two numbers of one person; another writer.
    pub fn merge(self, into: &str, who: &str) -> Result<(CandidateNumber, CandidateNumber), EngineError> {
        let why = self.why;
        self.make(|pool| {
            let (a, b) = (meant(pool, into)?, meant(pool, who)?);
            pool.check_reason(why, &[a, b])?;
            pool.store.merge(a, b, why).map_err(with_hint)
        })
    }

    /// Parts two people who were merged.
    ///
    /// # Errors
    /// Somebody who was not merged, or with several; another writer.
    pub fn unmerge(self, who: &str) -> Result<Parted, EngineError> {
        let why = self.why;
        self.make(|pool| {
            let number = meant(pool, who)?;
            pool.check_reason(why, &[number])?;
            Ok(pool.store.unmerge(number, why)?)
        })
    }

    /// Says that two people are two.
    ///
    /// # Errors
    /// As [`Change::merge`].
    pub fn keep_apart(self, a: &str, b: &str) -> Result<(CandidateNumber, CandidateNumber), EngineError> {
        let why = self.why;
        self.make(|pool| {
            let (a, b) = (meant(pool, a)?, meant(pool, b)?);
            pool.check_reason(why, &[a, b])?;
            pool.store.keep_apart(a, b, why).map_err(with_hint)?;
            Ok((a, b))
        })
    }

    /// Makes a change under the lock, and lets index and columns catch up.
    pub(crate) fn make<T>(
        self,
        change: impl FnOnce(&mut Pool) -> Result<T, EngineError>,
    ) -> Result<T, EngineError> {
        if !Pool::is_there(self.folder)? {
            return Err(EngineError::NoPool(self.folder.to_owned()));
        }
        let (mut pool, _lock) = Pool::open_to_write(self.folder, Arc::clone(self.taxonomy))?;
        pool.store.act_as(self.actor);
        let before = pool.store.change()?;
        let done = change(&mut pool);
        let caught_up = if pool.store.change()? > before { pool.catch_up().map(|_| ()) } else { Ok(()) };
        pool.store.close();
        let done = done?;
        caught_up?;
        Ok(done)
    }
}

/// What is known of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportDetails {
    /// The import.
    pub info: ImportInfo,
    /// How many people its rows were about; `None` where that was not written down.
    pub people: Option<u64>,
    /// Values of protected columns that are kept apart.
    pub protected: u64,
}

impl Pool {
    /// All imports, also those that were undone, in order.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn all_imports(&self) -> Result<Vec<ImportInfo>, EngineError> {
        Ok(self.shown_imports(self.store.all_imports()?))
    }

    /// What is known of an import.
    ///
    /// # Errors
    /// No such import; records that cannot be read.
    pub fn import_details(&self, import: u32) -> Result<ImportDetails, EngineError> {
        let imports = self.shown_imports(self.store.all_imports()?);
        let info = imports.into_iter().find(|i| i.number == import).ok_or(EngineError::NoImport(import))?;
        let people = self.store.people_of_import(import)?;
        Ok(ImportDetails { info, people, protected: self.store.protected_of_import(import)? })
    }

    /// Numbers of those who were merged into a person.
    ///
    /// # Errors
    /// Records that cannot be read.
    pub fn merged_into(&self, number: CandidateNumber) -> Result<Vec<CandidateNumber>, EngineError> {
        Ok(self.store.merged_into(number)?)
    }
}

/// Who is meant; a number that was merged away is meant itself, not who it is now.
pub(crate) fn meant(pool: &Pool, who: &str) -> Result<CandidateNumber, EngineError> {
    match who.trim().parse::<CandidateNumber>() {
        Ok(number) if pool.store.survivor(number)? != number => Ok(number),
        _ => pool.find_candidate(who),
    }
}

/// Brings what the records refuse together with the command that mends it.
fn with_hint(error: StoreError) -> EngineError {
    match error {
        StoreError::NoImport(import) => EngineError::NoImport(import),
        StoreError::Nobody(number) => EngineError::NoCandidate(number.to_string()),
        StoreError::UndoFirst { ref later, .. } => {
            EngineError::UndoFirst { first: later.first().copied().unwrap_or_default(), source: error }
        }
        other => EngineError::Store(other),
    }
}

#[cfg(test)]
mod tests {
    //! - after any imports, undos, merges and partings, search and ranking say what the records say
    //! - a run that was made before a merge and an undo is made again as it was
    //! - a number that was merged away leads to the person; what is not there is refused by name

    use proptest::prelude::*;
    use stackscout_importer::ImportOptions;
    use stackscout_matcher::Cut;
    use stackscout_profile::Date;

    use super::*;
    use crate::everybody::everybody;
    use crate::runs::role_texts;
    use crate::{ImportRequest, read_roles};

    struct Desk {
        folder: tempfile::TempDir,
        taxonomy: Arc<Taxonomy>,
    }

    fn day() -> Date {
        "2026-11-01".parse().unwrap()
    }

    impl Desk {
        fn new() -> Self {
            Self { folder: tempfile::tempdir().unwrap(), taxonomy: Taxonomy::embedded() }
        }

        fn path(&self) -> std::path::PathBuf {
            self.folder.path().join("pool")
        }

        fn pool(&self) -> Pool {
            Pool::open(&self.path(), Arc::clone(&self.taxonomy)).unwrap()
        }

        fn import(&self, rows: &[(u8, &str)]) {
            let file = self.folder.path().join("people.csv");
            let row = |(id, skill): &(u8, &str)| format!("{id},p{id}@example.org,{skill}\n");
            let text = rows.iter().map(row).collect::<String>();
            std::fs::write(&file, format!("id,email,skills\n{text}")).unwrap();
            let request = ImportRequest {
                files: &[file],
                options: ImportOptions::default(),
                as_of: day(),
                dry_run: false,
                strict: true,
                progress: &|_| {},
                actor: Actor::default(),
                why: "",
            };
            Pool::import(&self.path(), &self.taxonomy, &request).unwrap();
        }

        fn change<T>(&self, make: impl FnOnce(Change<'_>) -> T) -> T {
            let (folder, actor) = (self.path(), Actor::default());
            make(Change { folder: &folder, taxonomy: &self.taxonomy, actor, why: "" })
        }

        /// Index and columns say what the records say.
        fn check(&self) {
            let mut pool = self.pool();
            let facts = pool.facts_at(pool.store.change().unwrap()).unwrap();
            assert_eq!(everybody(&pool, Some(day())).unwrap().0, facts);
            for name in ["django", "react", "go"] {
                let skill = self.taxonomy.find(name).unwrap().skill;
                let holds = |f: &&stackscout_profile::Facts| f.skills.iter().any(|s| s.skill == skill);
                let wanted = facts.iter().filter(holds).count() as u64;
                assert_eq!(pool.count_matching(name).unwrap(), wanted, "{name}");
            }
            assert_eq!(pool.notes(), []);
        }
    }

    #[derive(Debug, Clone)]
    enum Step {
        Import(Vec<(u8, &'static str)>),
        Undo(u32),
        Merge(u32, u32),
        Unmerge(u32),
    }

    fn step() -> impl Strategy<Value = Step> {
        let row = (0..5_u8, prop::sample::select(vec!["Django", "React", "Go", "Django; Go"]));
        prop_oneof![
            3 => prop::collection::btree_map(0..5_u8, row, 1..5)
                .prop_map(|rows| Step::Import(rows.into_iter().map(|(id, (_, skill))| (id, skill)).collect())),
            1 => (1..4_u32).prop_map(Step::Undo),
            1 => (1..6_u32, 1..6_u32).prop_map(|(a, b)| Step::Merge(a, b)),
            1 => (1..6_u32).prop_map(Step::Unmerge),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn search_and_ranking_say_what_the_records_say(steps in prop::collection::vec(step(), 3..9)) {
            let desk = Desk::new();
            desk.import(&[(1, "Django"), (2, "React"), (3, "Go")]);
            let id = |n: u32| CandidateNumber(n).to_string();
            for step in steps {
                // What cannot be done is refused, and is no change.
                match step {
                    Step::Import(rows) => desk.import(&rows),
                    Step::Undo(import) => drop(desk.change(|c| c.undo_import(import, false))),
                    Step::Merge(a, b) => drop(desk.change(|c| c.merge(&id(a), &id(b)))),
                    Step::Unmerge(n) => drop(desk.change(|c| c.unmerge(&id(n)))),
                }
                desk.check();
            }
        }
    }

    #[test]
    fn a_run_from_before_a_merge_and_an_undo_is_made_again() {
        let desk = Desk::new();
        desk.import(&[(1, "Django"), (2, "React; Django")]);
        desk.import(&[(3, "Django")]);
        let role = desk.folder.path().join("django.toml");
        std::fs::write(&role, "[[require]]\nskill = \"Django\"\n").unwrap();
        let roles = read_roles(&[role], &desk.taxonomy).unwrap();
        let pool = desk.pool();
        let before = pool.rank(roles.clone(), Cut::Top(9), Some(day())).unwrap();
        pool.record_run(&before, role_texts(&roles), "result", &Actor::default()).unwrap();
        drop(pool);
        desk.change(|c| c.merge("c0000001", "c0000002")).unwrap();
        desk.change(|c| c.undo_import(2, false)).unwrap();
        let pool = desk.pool();
        assert_eq!(pool.count().unwrap(), 1);
        let again = pool.replay(pool.run("last").unwrap(), &[]).unwrap();
        assert_eq!(again.changed, []);
        let listed = |ranking: &crate::Ranking| {
            ranking.roles[0].shortlist.entries.iter().map(|e| (e.number, e.points)).collect::<Vec<_>>()
        };
        assert_eq!(listed(&again.ranking), listed(&before));
    }

    #[test]
    fn a_number_that_was_merged_away_leads_to_the_person() {
        let desk = Desk::new();
        desk.import(&[(1, "Django"), (2, "React")]);
        desk.change(|c| c.merge("p1@example.org", "2")).unwrap();
        let pool = desk.pool();
        for who in ["c0000002", "2", "p2@example.org"] {
            assert_eq!(pool.find_candidate(who).unwrap(), CandidateNumber(1), "{who}");
        }
        assert_eq!(pool.find_candidate_at("c0000002", 1).unwrap(), CandidateNumber(2));
        let nobody = desk.change(|c| c.merge("c0000001", "c0000009"));
        assert!(matches!(nobody, Err(EngineError::NoCandidate(_))), "{nobody:?}");
        let no_import = desk.change(|c| c.undo_import(9, false));
        assert!(matches!(no_import, Err(EngineError::NoImport(9))), "{no_import:?}");
        let nowhere = desk.folder.path().join("nowhere");
        let change = Change { folder: &nowhere, taxonomy: &desk.taxonomy, actor: Actor::default(), why: "" };
        assert!(matches!(change.undo_import(1, false), Err(EngineError::NoPool(_))));
    }
}
