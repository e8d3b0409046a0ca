//! A shortlist as all engines have to give it, byte for byte.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, bail};
use stackscout_matcher::arithmetic::{fnv1a64, tie_key};
use stackscout_matcher::{Answer as Knockout, Shortlist};
use stackscout_profile::CandidateNumber;

/// People of roles, each role by its place in the list of roles.
pub type Answers = BTreeMap<usize, Vec<Person>>;

/// A person as an engine placed them. The order of fields is the order of the list, down to the tie key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Person {
    /// 0 to 2: A to C.
    tier: u8,
    /// Whether some knock-out's answer is unknown.
    flagged: bool,
    /// Larger is better.
    points: std::cmp::Reverse<u32>,
    tie: u64,
    number: u32,
}

/// Our own answer for a role.
#[must_use]
pub fn ours(list: &Shortlist) -> Vec<Person> {
    let seed = fnv1a64(&list.role);
    let person = |entry: &stackscout_matcher::Entry| Person {
        tier: entry.tier as u8,
        flagged: entry.knockouts.iter().any(|knockout| knockout.answer == Knockout::Unknown),
        points: std::cmp::Reverse(entry.points),
        tie: tie_key(seed, entry.number),
        number: entry.number.0,
    };
    list.entries.iter().map(person).collect()
}

/// Reads a peer's rows `role,number,tier,flagged,points`, in any order.
///
/// A peer gives everybody who is no worse than the last place, ties included; the tie key is worked out here, for these
/// few, so that no peer pays for 64-bit hashing in SQL.
///
/// # Errors
/// A file that cannot be read, or that is not in this form.
pub fn read(path: &Path, role_ids: &[String], top: usize) -> Result<Answers> {
    let named = || path.display().to_string();
    let mut answers = Answers::new();
    let text = std::fs::read_to_string(path).with_context(named)?;
    for (at, line) in text.lines().enumerate() {
        let person = (|| {
            let mut cells = line.split(',').map(str::parse::<u32>);
            let mut next = || cells.next()?.ok();
            let (role, number, tier, flagged, points) = (next()?, next()?, next()?, next()?, next()?);
            let role = usize::try_from(role).ok()?;
            let tie = tie_key(fnv1a64(role_ids.get(role)?), CandidateNumber(number));
            let tier = u8::try_from(tier).ok().filter(|tier| *tier < 3)?;
            let points = std::cmp::Reverse(points);
            Some((role, Person { tier, flagged: flagged == 1, points, tie, number }))
        })();
        let Some((role, person)) = person else {
            bail!("{}: line {} is no row of an answer", named(), at + 1)
        };
        answers.entry(role).or_default().push(person);
    }
    for people in answers.values_mut() {
        people.sort_unstable();
        people.truncate(top);
    }
    Ok(answers)
}

/// The one text of a role's answer: `role,candidate,tier,points`, a line a person, best first.
#[must_use]
pub fn canonical(role_id: &str, people: &[Person]) -> String {
    let mut text = String::new();
    for person in people {
        let (number, tier) = (CandidateNumber(person.number), [b'A', b'B', b'C'][usize::from(person.tier)]);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{role_id},{number},{},{}", char::from(tier), person.points.0);
    }
    text
}

/// The first line in which two answers differ, for people; `None` where they are the same bytes.
#[must_use]
pub fn difference(ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs {
        return None;
    }
    let (mut ours, mut theirs) = (ours.lines(), theirs.lines());
    for line in 1.. {
        let (own, their) = (ours.next(), theirs.next());
        if own != their {
            let shown = |line: Option<&str>| line.unwrap_or("nothing").to_owned();
            return Some(format!("line {line}: ours `{}`, theirs `{}`", shown(own), shown(their)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    //! - a peer's rows, in any order and with ties beyond the last place, become our own list
    //! - a difference is found, and a row that is none is refused

    use stackscout_matcher::{CompiledRole, Cut, rank_all};
    use stackscout_taxonomy::Taxonomy;

    use super::*;
    use crate::generate::{RoleKind, as_of, people, roles};

    #[test]
    fn a_peers_rows_become_our_list() {
        let taxonomy = Taxonomy::embedded();
        let people: Vec<_> = people(2, 3_000).collect();
        let roles: Vec<_> =
            roles(2, 3, RoleKind::Soft).map(|role| CompiledRole::new(role, &taxonomy)).collect();
        let ids: Vec<String> = roles.iter().map(|role| role.role.id.clone()).collect();
        let all = rank_all(&roles, &people, as_of(), Cut::Top(usize::MAX));
        let mut rows = Vec::new();
        for (role, list) in all.iter().enumerate() {
            let last = list.entries[9].points;
            for entry in list.entries.iter().filter(|entry| entry.points >= last) {
                rows.push(format!("{role},{},{},0,{}\n", entry.number.0, entry.tier as u8, entry.points));
            }
        }
        rows.reverse();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("answers.csv");
        std::fs::write(&file, rows.concat()).unwrap();
        let read = read(&file, &ids, 10).unwrap();
        std::fs::write(&file, "0,1,3,0,5\n").unwrap();
        let refused = super::read(&file, &ids, 10);
        for (role, list) in rank_all(&roles, &people, as_of(), Cut::Top(10)).iter().enumerate() {
            let (own, their) = (canonical(&ids[role], &ours(list)), canonical(&ids[role], &read[&role]));
            assert_eq!(own.lines().count(), 10);
            assert_eq!(difference(&own, &their), None);
        }
        assert!(refused.unwrap_err().to_string().contains("line 1 is no row"));
    }

    #[test]
    fn a_difference_is_found() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(difference("a\nb\n", "a\nc\n").as_deref(), Some("line 2: ours `b`, theirs `c`"));
        assert_eq!(difference("a\n", "a\nb\n").as_deref(), Some("line 2: ours `nothing`, theirs `b`"));
    }
}
