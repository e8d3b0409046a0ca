//! What is different between two runs, and what each difference is due to.
//!
//! The causes are swapped from the first run to the second one at a time, in this order, and each is given what its own
//! swap changes: program and taxonomy, erased people, the date, the role, the person's data (fact by fact, in the
//! order of `swap.rs`), what people decided about the person, everybody else's data and what was decided about them, where the lists are cut. So what the steps change adds up, exactly, to
//! the whole. Another order could share the same difference out otherwise; this one is always the same.
//!
//! Of another taxonomy nothing is kept but what its run recorded. So the step of program and taxonomy is what remains
//! between the recorded entry and the same records scored today, at either end.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use stackscout_matcher::{CompiledRole, Cut};
use stackscout_profile::{Candidate, CandidateNumber, Facts, Role};
use stackscout_store::{Decision, ImportInfo, RunEntry, RunList};

use crate::decisions::Standing;
use crate::roles::RoleInput;
use crate::runs::name::Run;
use crate::runs::replay::Changed;
use crate::runs::swap::{FactChange, Person, swaps};
use crate::runs::world::{Key, Stand, World};
use crate::{EngineError, Pool};

/// Two runs, compared.
pub struct RunDiff {
    /// The first.
    pub from: Run,
    /// The second.
    pub to: Run,
    /// Imports between the two.
    pub imports: Vec<ImportInfo>,
    /// People who were erased since the earlier of the two.
    pub erased: Vec<CandidateNumber>,
    /// Roles of both runs, in the order of the second.
    pub roles: Vec<RoleDiff>,
    /// Ids of roles of the first run alone.
    pub only_from: Vec<String>,
    /// Ids of roles of the second run alone.
    pub only_to: Vec<String>,
}

/// One role's lists in two runs.
pub struct RoleDiff {
    /// The role as the first run had it.
    pub from: Role,
    /// The role as the second run has it.
    pub to: Role,
    /// People on both lists at the same place with the same points.
    pub unchanged: u64,
    /// Everybody else on either list: who entered and who moved in the order of the second list, then who left in the
    /// order of the first.
    pub people: Vec<PersonDiff>,
}

/// What became of a person between two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// On the second list alone.
    Entered,
    /// On the first list alone.
    Left,
    /// On both, at another place, in another tier or with other points.
    Moved,
}

impl Fate {
    /// The word of JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::Left => "left",
            Self::Moved => "moved",
        }
    }
}

/// A person who stands otherwise than before.
pub struct PersonDiff {
    /// The person.
    pub number: CandidateNumber,
    /// As they are in the second run, or were in the first; `None` for somebody erased.
    pub candidate: Option<Candidate>,
    /// What became of them.
    pub fate: Fate,
    /// How they stood.
    pub from: Stand,
    /// How they stand.
    pub to: Stand,
    /// What changed that, in the order of causes; each step begins where the one before ended.
    pub steps: Vec<Step>,
}

/// What one cause changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The cause.
    pub cause: Cause,
    /// How the person stood before it.
    pub from: Stand,
    /// How they stand after it.
    pub to: Stand,
}

/// Why somebody stands otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Another taxonomy, or another version of the program.
    Taxonomy,
    /// People who were erased since.
    Erased,
    /// The date that recency is counted from.
    Date,
    /// The role.
    Role,
    /// The person came into the pool, with this import.
    Joined(Option<u32>),
    /// The person went out of the pool.
    Gone,
    /// The person was hired, opted out, or is there again.
    Status(FactChange),
    /// A fact of the person.
    Person(FactChange),
    /// Somebody decided otherwise about the person: what left them out before, and what does now.
    Decision {
        /// The decision that left the person out.
        from: Option<Box<Decision>>,
        /// The decision that leaves the person out.
        to: Option<Box<Decision>>,
    },
    /// Other people: who stands before them now and did not, and who did and does not.
    Others {
        /// How many came before them.
        came: u64,
        /// How many went from before them.
        went: u64,
        /// The first of those who came, at most three, best first.
        first: Vec<CandidateNumber>,
    },
    /// The lists are cut elsewhere.
    Cut,
}

impl Cause {
    /// The word of JSON.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Taxonomy => "taxonomy",
            Self::Erased => "erased",
            Self::Date => "date",
            Self::Role => "role",
            Self::Joined(_) | Self::Gone | Self::Person(_) => "person",
            Self::Status(_) => "status",
            Self::Decision { .. } => "decision",
            Self::Others { .. } => "others",
            Self::Cut => "cut",
        }
    }
}

/// People named of those who came before somebody.
const NAMED_MAX: usize = 3;

/// What of one run is needed to compare it.
struct Side {
    run: Run,
    people: Arc<Vec<Facts>>,
    roles: HashMap<String, RoleInput>,
    standing: Standing,
    /// Whether the run was made by this program with this taxonomy.
    is_todays: bool,
}

impl Pool {
    /// Compares two runs. `given` are role files for those that the pool does not keep.
    ///
    /// # Errors
    /// A run of another pool; roles or a past that are not kept; lists that are neither kept nor can be made again.
    pub fn diff(&self, from: Run, to: Run, given: &[RoleInput]) -> Result<RunDiff, EngineError> {
        let _held = self.store.hold()?;
        let a = self.side(from, given, None)?;
        let b = self.side(to, given, Some(&a))?;
        let ids =
            |side: &Side| -> Vec<String> { side.run.manifest.roles.iter().map(|r| r.id.clone()).collect() };
        let (ids_a, ids_b) = (ids(&a), ids(&b));
        let mut roles = Vec::new();
        for id in ids_b.iter().filter(|id| ids_a.contains(id)) {
            roles.push(self.diff_role(id, &a, &b)?);
        }
        let (first, last) = {
            let changes = [a.run.manifest.change, b.run.manifest.change];
            (changes[0].min(changes[1]), changes[0].max(changes[1]))
        };
        let between = |import: &ImportInfo| import.change > first && import.change <= last;
        Ok(RunDiff {
            imports: self.shown_imports(self.store.imports_at(last)?.into_iter().filter(between).collect()),
            erased: self.store.forgotten_since(first)?,
            roles,
            only_from: ids_a.iter().filter(|id| !ids_b.contains(id)).cloned().collect(),
            only_to: ids_b.iter().filter(|id| !ids_a.contains(id)).cloned().collect(),
            from: a.run,
            to: b.run,
        })
    }

    fn side(&self, run: Run, given: &[RoleInput], other: Option<&Side>) -> Result<Side, EngineError> {
        let changed = self.changed_since(&run)?;
        let is_todays = !changed.iter().any(|c| !matches!(c, Changed::Erased(_)));
        if run.lists.is_none() && !is_todays {
            return Err(EngineError::NoLists(run.name));
        }
        let roles = self.roles_of(&run, given)?;
        let roles = roles.into_iter().map(|role| (role.role.id.clone(), role)).collect();
        let people = match other {
            Some(other) if other.run.manifest.change == run.manifest.change => Arc::clone(&other.people),
            _ => Arc::new(self.facts_at(run.manifest.change)?),
        };
        let standing = self.standing(run.manifest.change)?;
        Ok(Side { run, people, roles, standing, is_todays })
    }

    fn diff_role(&self, id: &str, a: &Side, b: &Side) -> Result<RoleDiff, EngineError> {
        // What was decided is swapped with the person's data, so that the second role is there with either.
        let [role_a, role_b_before, role_b] = [(a, a), (b, a), (b, b)]
            .map(|(role, decided)| decided.standing.compile(role.roles[id].role.clone(), &self.taxonomy));
        let [as_of_a, as_of_b] = [a, b].map(|side| side.run.manifest.as_of);
        // One world for each cause that is everybody's. Where a cause is the same in both, the world is, too.
        let same_role = a.roles[id].fingerprint == b.roles[id].fingerprint;
        let first = World::new(&role_a, &a.people, as_of_a);
        let dated = (as_of_a != as_of_b).then(|| World::new(&role_a, &a.people, as_of_b));
        let dated = dated.as_ref().unwrap_or(&first);
        let asked = (!same_role).then(|| World::new(&role_b_before, &a.people, as_of_b));
        let asked = asked.as_ref().unwrap_or(dated);
        let same_people = Arc::ptr_eq(&a.people, &b.people);
        let last = (!same_people).then(|| World::new(&role_b, &b.people, as_of_b));
        let last = last.as_ref().unwrap_or(asked);

        let (on_a, on_b) = (listed(a, id, &first), listed(b, id, last));
        let mut people = Vec::new();
        let mut unchanged = 0;
        for (number, to) in &on_b {
            let from = on_a.iter().find(|(n, _)| n == number).map(|(_, stand)| *stand);
            let same = |from: &Stand| match (from, to) {
                (Stand::Listed(x), Stand::Listed(y)) => {
                    (x.place, x.tier, x.points) == (y.place, y.tier, y.points)
                }
                _ => false,
            };
            let fate = match &from {
                Some(from) if same(from) => {
                    unchanged += 1;
                    continue;
                }
                Some(_) => Fate::Moved,
                None => Fate::Entered,
            };
            people.push((*number, fate, from, Some(*to)));
        }
        let left = on_a.iter().filter(|(number, _)| !on_b.iter().any(|(n, _)| n == number));
        people.extend(left.map(|(number, from)| (*number, Fate::Left, Some(*from), None)));

        let worlds = Worlds { first: &first, dated, asked, last, role: &role_b };
        let people = people
            .into_iter()
            .map(|(number, fate, from, to)| {
                let from = from.unwrap_or_else(|| first.stand(number));
                let to = to.unwrap_or_else(|| last.stand(number));
                self.diff_person(number, fate, (from, to), &worlds, a, b)
            })
            .collect::<Result<_, _>>()?;
        Ok(RoleDiff { from: role_a.role, to: role_b.role, unchanged, people })
    }

    fn diff_person(
        &self,
        number: CandidateNumber,
        fate: Fate,
        (from, to): (Stand, Stand),
        worlds: &Worlds<'_>,
        a: &Side,
        b: &Side,
    ) -> Result<PersonDiff, EngineError> {
        let person = |side: &Side| -> Result<Option<Person>, EngineError> {
            let record = self.record_then(number, side.run.manifest.change)?;
            Ok(record.map(|record| Person::new(record, &self.taxonomy)))
        };
        let (before, after) = (person(a)?, person(b)?);
        let mut walk = Walk { at: from, steps: Vec::new() };
        let rescored = |side: &Side| if side.is_todays { Cause::Erased } else { Cause::Taxonomy };
        walk.to(rescored(a), worlds.first.stand(number));
        walk.to(Cause::Date, worlds.dated.stand(number));
        walk.to(Cause::Role, worlds.asked.stand(number));
        match (&before, &after) {
            (Some(before), Some(after)) => {
                for (change, facts) in swaps(before, after) {
                    let is_status = matches!(change, FactChange::Value { what: "status", .. });
                    let cause = if is_status { Cause::Status(change) } else { Cause::Person(change) };
                    walk.to(cause, worlds.asked.stand_with(&facts));
                }
                let out =
                    |side: &Side| side.standing.out(&worlds.role.role.id, number).cloned().map(Box::new);
                let decided = Cause::Decision { from: out(a), to: out(b) };
                walk.to(decided, worlds.asked.stand_as(&after.facts, worlds.role));
            }
            (None, Some(after)) => {
                let joined = Cause::Joined(after.first_import());
                walk.to(joined, worlds.asked.stand_with(&after.facts));
                let to = b.standing.out(&worlds.role.role.id, number).cloned().map(Box::new);
                let decided = Cause::Decision { from: None, to };
                walk.to(decided, worlds.asked.stand_as(&after.facts, worlds.role));
            }
            (Some(_), None) => walk.to(Cause::Gone, Stand::Absent),
            (None, None) => {}
        }
        let others = after.as_ref().or(before.as_ref()).map(|person| others(&person.facts, worlds));
        walk.to(others.unwrap_or(Cause::Erased), worlds.last.stand(number));
        walk.to(rescored(b), to);
        if is_cut(fate, to, a.run.manifest.cut(), b.run.manifest.cut()) || walk.steps.is_empty() {
            walk.steps.push(Step { cause: Cause::Cut, from: walk.at, to: walk.at });
        }
        let record = after.or(before).map(|person| person.into_record());
        let candidate = record.map(|record| self.shown(&record));
        Ok(PersonDiff { number, candidate, fate, from, to, steps: walk.steps })
    }
}

/// The pool as each cause after the other is swapped for everybody.
struct Worlds<'a> {
    /// The first run, scored today.
    first: &'a World<'a>,
    /// With the date of the second.
    dated: &'a World<'a>,
    /// With the role of the second.
    asked: &'a World<'a>,
    /// With everybody's data of the second: the second run, scored today.
    last: &'a World<'a>,
    /// The role of the second, with what was decided then.
    role: &'a CompiledRole,
}

/// From one stand to the next; a cause that changes nothing is no step.
struct Walk {
    at: Stand,
    steps: Vec<Step>,
}

impl Walk {
    fn to(&mut self, cause: Cause, to: Stand) {
        if to != self.at {
            self.steps.push(Step { cause, from: self.at, to });
            self.at = to;
        }
    }
}

/// Whether it takes the other length of the list to put somebody on it, or off it.
fn is_cut(fate: Fate, to: Stand, before: Cut, after: Cut) -> bool {
    if before == after || fate == Fate::Moved {
        return false;
    }
    match (before, to) {
        (Cut::Top(count), Stand::Listed(spot)) => (spot.position <= count as u64) == (fate == Fate::Left),
        (Cut::PerTier(_), Stand::Listed(_)) => true,
        _ => false,
    }
}

/// A run's list of a role with how each stands, in order.
fn listed(side: &Side, id: &str, world: &World<'_>) -> Vec<(CandidateNumber, Stand)> {
    let list = side.run.lists.as_ref().and_then(|lists| lists.iter().find(|list: &&RunList| list.role == id));
    let Some(list) = list else {
        return world.head(side.run.manifest.cut());
    };
    let stand = |e: &RunEntry| {
        // The list does not tell the position among equals; today's does, where the entry is the same.
        let today = world.stand(e.number);
        let recorded = Stand::recorded(e, today.spot().map_or(0, |spot| spot.position));
        (e.number, recorded)
    };
    list.entries.iter().map(stand).collect()
}

fn others(facts: &Facts, worlds: &Worlds<'_>) -> Cause {
    let others = |world: &World<'_>| -> Vec<CandidateNumber> {
        world
            .before(facts, worlds.role)
            .iter()
            .map(Key::number)
            .filter(|number| *number != facts.number)
            .collect()
    };
    let (then, now) = (others(worlds.asked), others(worlds.last));
    let (before, after): (HashSet<_>, HashSet<_>) = (then.iter().collect(), now.iter().collect());
    let came: Vec<CandidateNumber> = now.iter().copied().filter(|number| !before.contains(number)).collect();
    Cause::Others {
        came: came.len() as u64,
        went: before.difference(&after).count() as u64,
        first: came.into_iter().take(NAMED_MAX).collect(),
    }
}
