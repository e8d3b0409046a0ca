//! - of one person and role the last statement stands; what stood after any change reads the same for ever
//! - merged people are one person with the decisions of both; parted people have their own back
//! - an erased person's decisions are gone, and nobody else's
//! - what stands already is not decided again, and nothing is taken back that nobody decided
//! - a decision is a change of the records and of their name; where nobody decided, the name is that of the people
//! - no decision and no entry of the audit log can be changed or removed, and one that was all the same is named
//! - a log that lost its end is found out; so is a change, a run or a decision without an entry
//! - a log goes on from every head that it ever had, and from no other

use proptest::prelude::*;
use stackscout_profile::{CandidateNumber, DecisionState};

use super::{import, pool, row};
use crate::{Actor, AuditFault, AuditHead, NewDecision, Store, StoreError};

fn new(candidate: u32, role: &str, state: DecisionState) -> NewDecision {
    NewDecision {
        candidate: CandidateNumber(candidate),
        role: role.to_owned(),
        fingerprint: Some("f1".to_owned()),
        state,
        why: "because".to_owned(),
        run: Some((3, Some(7))),
    }
}

fn three() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = pool();
    store.act_as(Actor { who: "anna".to_owned(), made: "2026-11-03T10:00:00Z".to_owned() });
    import(&mut store, "a", [row("1", "A", "Go"), row("2", "B", "Go"), row("3", "C", "Go")]);
    (folder, store)
}

/// Who stands how for which role after a change.
fn standing(store: &Store, change: u64) -> Vec<(String, u32, DecisionState)> {
    let of = |d: crate::Decision| (d.role, d.candidate.0, d.state);
    store.decisions_standing(change).unwrap().into_iter().map(of).collect()
}

#[test]
fn the_last_statement_stands_and_the_past_reads_the_same() {
    use DecisionState::{Hired, Rejected, Shortlisted, TakenBack};
    let (_folder, mut store) = three();
    let before = store.digest().unwrap();
    assert_eq!(store.decide(&new(1, "x", Shortlisted)).unwrap(), 1);
    assert_ne!(store.digest().unwrap(), before);
    assert_eq!(store.digest_at(1).unwrap(), before);
    store.decide(&new(2, "x", Rejected)).unwrap();
    store.decide(&new(1, "x", Hired)).unwrap();
    store.decide(&new(1, "y", Rejected)).unwrap();
    store.decide(&new(2, "x", TakenBack)).unwrap();
    let x = |n, state| ("x".to_owned(), n, state);
    assert_eq!(standing(&store, 1), []);
    assert_eq!(standing(&store, 3), [x(1, Shortlisted), x(2, Rejected)]);
    assert_eq!(standing(&store, 6), [x(1, Hired), ("y".to_owned(), 1, Rejected)]);
    let first = &store.decisions(2).unwrap()[0];
    assert_eq!((first.run, first.place, first.change), (Some(3), Some(7), 2));
    assert_eq!(
        (first.who.as_str(), first.made.as_str(), first.why.as_str()),
        ("anna", "2026-11-03T10:00:00Z", "because")
    );
    assert_eq!(store.verify_audit(None).unwrap().faults, []);
}

#[test]
fn what_stands_already_is_not_decided_again() {
    use DecisionState::{Rejected, TakenBack};
    let (_folder, mut store) = three();
    let refused = |r: Result<u64, StoreError>| matches!(r, Err(StoreError::Decided { .. }));
    assert!(refused(store.decide(&new(1, "x", TakenBack))));
    store.decide(&new(1, "x", Rejected)).unwrap();
    assert!(refused(store.decide(&new(1, "x", Rejected))));
    store.decide(&new(1, "x", TakenBack)).unwrap();
    assert!(refused(store.decide(&new(1, "x", TakenBack))));
    let nobody = store.decide(&new(9, "x", Rejected));
    assert!(matches!(nobody, Err(StoreError::Nobody(CandidateNumber(9)))), "{nobody:?}");
    assert_eq!(store.change().unwrap(), 3, "what is refused is no change");
}

#[test]
fn merged_people_have_the_decisions_of_both_and_parted_ones_their_own() {
    use DecisionState::{InProcess, Rejected, Shortlisted};
    let (_folder, mut store) = three();
    store.decide(&new(1, "x", Rejected)).unwrap();
    store.decide(&new(2, "x", Shortlisted)).unwrap();
    store.decide(&new(2, "y", InProcess)).unwrap();
    let apart = standing(&store, 4);
    store.merge(CandidateNumber(1), CandidateNumber(2), "").unwrap();
    let one = vec![("x".to_owned(), 1, Shortlisted), ("y".to_owned(), 1, InProcess)];
    assert_eq!(standing(&store, 5), one);
    store.unmerge(CandidateNumber(2), "").unwrap();
    assert_eq!(standing(&store, 6), apart);
    assert_eq!(standing(&store, 5), one);
}

#[test]
fn an_erased_persons_decisions_are_gone_and_nobody_elses() {
    use DecisionState::Rejected;
    let (_folder, mut store) = three();
    store.decide(&new(1, "x", Rejected)).unwrap();
    store.decide(&new(2, "x", Rejected)).unwrap();
    store.merge(CandidateNumber(3), CandidateNumber(2), "").unwrap();
    super::forget(&mut store, CandidateNumber(3));
    let left: Vec<u32> = store.decisions(9).unwrap().iter().map(|d| d.candidate.0).collect();
    assert_eq!(left, [1]);
    assert_eq!(store.verify_audit(None).unwrap().faults, [], "the log is whole without them");
}

#[test]
fn nothing_of_it_can_be_changed_or_removed() {
    let (_folder, mut store) = three();
    store.decide(&new(1, "x", DecisionState::Rejected)).unwrap();
    for sql in [
        "UPDATE audit SET why = 'x'",
        "DELETE FROM audit",
        "INSERT OR REPLACE INTO audit VALUES (1, 1, '', '', '', '', '')",
        "INSERT INTO audit VALUES (7, 1, '', '', '', '', '')",
        "UPDATE decisions SET why = 'x'",
        "DELETE FROM decisions",
    ] {
        let refused = store.connection.execute(sql, []).unwrap_err().to_string();
        assert!(refused.contains("audit log") || refused.contains("decisions are never"), "{sql}: {refused}");
    }
    assert_eq!(store.verify_audit(None).unwrap().faults, []);
}

/// A pool with decisions and a run, and the triggers gone, as somebody would have it who writes the file by hand.
fn unguarded() -> (tempfile::TempDir, Store) {
    let (folder, mut store) = three();
    store.decide(&new(1, "x", DecisionState::Rejected)).unwrap();
    store.decide(&new(2, "x", DecisionState::Hired)).unwrap();
    let run = crate::NewRun {
        made: "2026-11-04T10:00:00Z".to_owned(),
        change: 3,
        manifest: "{}".to_owned(),
        result: "00ff".to_owned(),
        role_texts: Vec::new(),
        lists: Vec::new(),
    };
    store.keep_run(&run).unwrap();
    store
        .connection
        .execute_batch(
            "DROP TRIGGER audit_never_changes; DROP TRIGGER audit_never_shrinks; DROP TRIGGER audit_grows_at_its_end;
             DROP TRIGGER decisions_never_change; DROP TRIGGER decisions_go_with_the_erased;",
        )
        .unwrap();
    assert_eq!(store.verify_audit(None).unwrap().faults, []);
    (folder, store)
}

#[test]
fn what_was_changed_all_the_same_is_named() {
    let faults = |sql: &str| {
        let (_folder, store) = unguarded();
        store.connection.execute_batch(sql).unwrap();
        store.verify_audit(None).unwrap().faults
    };
    for column in ["change", "made", "who", "what", "why"] {
        let found = faults(&format!("UPDATE audit SET {column} = '9' WHERE number = 2"));
        assert_eq!(found[0], AuditFault::Entry(2), "{column}");
    }
    assert_eq!(faults("DELETE FROM audit WHERE number = 2")[0], AuditFault::Entry(2));
    let (cut, run) = (AuditFault::Cut { entries: 3, written: 4 }, AuditFault::Run(1));
    assert_eq!(faults("DELETE FROM audit WHERE number = 4"), [cut, run.clone()]);
    // The head beside the log is cut, too.
    let doctored = "DELETE FROM audit WHERE number > 2;
        UPDATE audit_head SET entries = 2, chain = (SELECT chain FROM audit WHERE number = 2);";
    let found = faults(doctored);
    assert_eq!(found, [AuditFault::Change(3), run, AuditFault::Decision(2)]);
    assert_eq!(faults("UPDATE audit_head SET chain = ''"), [AuditFault::Head]);
    assert_eq!(faults("UPDATE decisions SET state = 'hired' WHERE number = 1"), [AuditFault::Decision(1)]);
    assert_eq!(faults("DELETE FROM decisions WHERE number = 2"), [AuditFault::Decision(2)]);
    assert_eq!(faults("UPDATE runs SET result = 'ff00'"), [AuditFault::Run(1)]);
}

#[test]
fn a_log_goes_on_from_every_head_that_it_had() {
    let (_folder, mut store) = three();
    let mut heads = vec![AuditHead { entries: 0, chain: String::new() }];
    heads.push(store.verify_audit(None).unwrap().head);
    for role in ["x", "y", "z"] {
        store.decide(&new(1, role, DecisionState::Rejected)).unwrap();
        heads.push(store.verify_audit(None).unwrap().head);
    }
    for head in &heads {
        assert_eq!(head.to_string().parse().as_ref(), Ok(head));
        assert_eq!(store.verify_audit(Some(head)).unwrap().faults, []);
    }
    let other = AuditHead { entries: 2, chain: heads[3].chain.clone() };
    assert_eq!(store.verify_audit(Some(&other)).unwrap().faults, [AuditFault::NotExtended(other.clone())]);
    let longer = AuditHead { entries: 5, ..heads[4].clone() };
    assert_eq!(store.verify_audit(Some(&longer)).unwrap().faults, [AuditFault::NotExtended(longer.clone())]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was decided, merged and parted: what stood after each change is told for ever, and the log is whole.
    #[test]
    fn what_stood_after_any_change_is_told_for_ever(
        steps in prop::collection::vec((0..4_u8, 1..4_u32, 1..4_u32, prop::sample::select(vec!["x", "y"]), 0..6_usize), 1..14)
    ) {
        let (_folder, mut store) = three();
        let mut told = vec![(1, standing(&store, 1))];
        for (kind, a, b, role, state) in steps {
            let state = DecisionState::ALL.get(state).copied().unwrap_or(DecisionState::TakenBack);
            match kind {
                0 => drop(store.merge(CandidateNumber(a), CandidateNumber(b), "")),
                1 => drop(store.unmerge(CandidateNumber(a), "")),
                _ => drop(store.decide(&new(a, role, state))),
            }
            let change = store.change().unwrap();
            told.push((change, standing(&store, change)));
        }
        for (change, then) in told {
            prop_assert_eq!(standing(&store, change), then);
        }
        prop_assert_eq!(store.verify_audit(None).unwrap().faults, []);
    }
}
