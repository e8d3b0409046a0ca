//! One person scored exactly from tables, and the bound that spares most of them the exact score.

use stackscout_evidence::{Columns, Evidence};

use super::lanes::{BoundTable, GRADES, Lanes, ROWS, Reaching, TOGETHER};
use super::plan::{FULL_TERMS, Hit, Plan, RolePlan, Tables};
use crate::arithmetic::{ONE, times};
use crate::assess::{Gate, NEAR_F_MIN};
use crate::rank::{Judged, Tier, judge, tier_of};

/// Tier and points of a person whom the knock-outs let in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    pub(super) tier: Tier,
    pub(super) points: u32,
}

/// Most requirements of a role.
const REQUIREMENTS_MAX: usize = 64;

/// What one thread scores with: tables of the role that it was last made ready for.
pub(super) struct Scorer<'a> {
    plan: &'a Plan<'a>,
    lanes: Lanes,
    ready: Option<(usize, usize)>,
    table: BoundTable,
    /// Points of a unit of the bound, and how many units it may be too low; not there before a bound is asked for, and
    /// `None` where the role is not bounded.
    unit: Option<Option<(u32, u32)>>,
}

impl<'a> Scorer<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, lanes: Lanes) -> Self {
        let skills = plan.segments.first().map_or(0, |segment| segment.columns.skills());
        let table = BoundTable {
            row_of: vec![0; skills],
            rows: Box::new([[0; TOGETHER]; ROWS]),
            grades: Box::new([[0; TOGETHER]; GRADES]),
        };
        Self { plan, lanes, ready: None, table, unit: None }
    }

    /// Makes ready for a role and a file.
    pub(super) fn prepare(&mut self, role: usize, segment: usize) {
        let plan = self.plan;
        if self.ready == Some((role, segment)) {
            return;
        }
        let of = &plan.roles[role];
        if let Some((before, _)) = self.ready {
            plan.roles[before].skills.iter().for_each(|skill| self.table.row_of[usize::from(*skill)] = 0);
        }
        for (row, skill) in (1..).zip(&of.skills) {
            self.table.row_of[usize::from(*skill)] = row;
        }
        self.unit = None;
        self.ready = Some((role, segment));
    }

    /// Pushes those people who may have so many points, as far as a bound can tell; all of them where there is none.
    pub(super) fn reaching(&mut self, people: &[u32], least: u32, reaching: &mut Vec<u32>) {
        let Some((role, segment)) = self.ready else { unreachable!("a scorer is made ready first") };
        let tables = &self.plan.tables[segment];
        let unit = if least == 0 {
            None
        } else if let Some(unit) = self.unit {
            unit
        } else {
            *self.unit.insert(bound_of(self.plan, &self.plan.roles[role], segment, &mut self.table))
        };
        let least = unit.and_then(|(unit, spare)| least.div_ceil(unit).checked_sub(spare));
        let Some(least) = least else {
            fetch(tables, people);
            reaching.extend_from_slice(people);
            return;
        };
        let bound = Reaching {
            table: &self.table,
            grade_of: &tables.grade_of,
            starts: tables.starts,
            evidence: tables.evidence,
            least,
        };
        self.lanes.reaching(bound, people, reaching);
    }

    /// Scores a person who holds no evidence without a class code.
    pub(super) fn score(&self, person: usize) -> Scored {
        let Some((role, segment)) = self.ready else { unreachable!("a scorer is made ready first") };
        let (of, tables) = (&self.plan.roles[role], &self.plan.tables[segment]);
        let mut gates = [Gate::No; REQUIREMENTS_MAX];
        let mut credits = self.credits(of, tables, person, |at, hit, class| {
            let gate = if hit.terms == FULL_TERMS {
                Gate::Unknown
            } else if hit.f == ONE {
                tables.gates[usize::from(hit.line)][usize::from(class)]
            } else if hit.f >= NEAR_F_MIN {
                Gate::Near
            } else {
                Gate::No
            };
            gates[at] = gates[at].max(gate);
        });
        give_traits(tables, of, person, &mut credits, &mut gates);
        let mut tier = Tier::A;
        for (asked, gate) in of.asked.iter().zip(gates) {
            if asked.gate.is_some() {
                tier = tier.max(tier_of(Some(gate)));
            }
        }
        Scored { tier, points: sum(of, &credits) }
    }

    /// The points alone, of a person who holds no evidence without a class code: for whoever's tier is known.
    pub(super) fn points(&self, person: usize) -> u32 {
        let Some((role, segment)) = self.ready else { unreachable!("a scorer is made ready first") };
        let (of, tables) = (&self.plan.roles[role], &self.plan.tables[segment]);
        let mut credits = self.credits(of, tables, person, |_, _, _| {});
        give_traits(tables, of, person, &mut credits, &mut [Gate::No; REQUIREMENTS_MAX]);
        sum(of, &credits)
    }

    /// The best credit of each requirement, what text says of traits apart. Tells of every hit and the class it was
    /// held with.
    #[inline]
    fn credits(
        &self,
        of: &RolePlan,
        tables: &Tables<'_>,
        person: usize,
        mut tell: impl FnMut(usize, &Hit, u16),
    ) -> [u16; REQUIREMENTS_MAX] {
        let mut credits = [0; REQUIREMENTS_MAX];
        let own = tables.starts[person] as usize..tables.starts[person + 1] as usize;
        for Evidence { skill, class } in tables.evidence.part(own).iter() {
            let Some(row) = self.table.row_of[usize::from(skill)].checked_sub(1) else { continue };
            for hit in of.hits(row) {
                let credit = times(hit.f, tables.earned(hit.terms, class));
                let at = usize::from(hit.requirement) % REQUIREMENTS_MAX;
                credits[at] = credit.max(credits[at]);
                tell(at, hit, class);
            }
        }
        credits
    }
}

/// Fills a table with what bounds the points of a role, from above; the points of a unit, and how many units the sum
/// may be too low. `None` where the role asks for too much to be bounded so.
///
/// Points of a requirement are `w * R(F, E)`, so less than `w * F * E / 10,000 + w / 2` by rounding. A row holds
/// `w * F` in units, rounded up, and a grade `E` in 65,536ths, rounded up but for one whole, which does not fit; their
/// product without its last 16 bits is less than two units below the first term.
fn bound_of(plan: &Plan<'_>, of: &RolePlan, segment: usize, table: &mut BoundTable) -> Option<(u32, u32)> {
    if of.asked.len() > TOGETHER || of.skills.len() >= ROWS {
        return None;
    }
    let tables = &plan.tables[segment];
    let unit = unit_of(of.asked.iter().map(|asked| asked.weight).max()?);
    let mut spare: u32 = of.asked.iter().map(|asked| spare_of(asked.weight, unit)).sum();
    // Where text speaks of a trait, that decides, and no row says so.
    spare += of.traits.iter().map(|(at, _)| units(of.asked[usize::from(*at)].weight, ONE, unit)).sum::<u32>();
    for (row, skill) in table.rows[1..].iter_mut().zip(0..of.skills.len()) {
        *row = [0; TOGETHER];
        for hit in of.hits(u16::try_from(skill).ok()?) {
            let at = usize::from(hit.requirement);
            row[at] = u16::try_from(units(of.asked[at].weight, hit.f, unit)).ok()?;
        }
    }
    let mut terms = [FULL_TERMS as usize; TOGETHER];
    for (terms, asked) in terms.iter_mut().zip(&of.asked) {
        *terms = asked.terms as usize;
    }
    for (at, _) in &of.traits {
        terms[usize::from(*at)] = usize::from(FULL_TERMS);
    }
    for (lane, terms) in terms.iter().enumerate() {
        for (grade, earns) in table.grades.iter_mut().zip(tables.grade_earns(*terms)) {
            grade[lane] = *earns;
        }
    }
    Some((unit, spare))
}

/// Points of a unit: so many that the heaviest requirement's fit into a row.
fn unit_of(heaviest: u32) -> u32 {
    (heaviest * u32::from(ONE)).div_ceil(u32::from(u16::MAX))
}

/// What a skill earns at most, in units, rounded up.
fn units(weight: u32, f: u16, unit: u32) -> u32 {
    (weight * u32::from(f)).div_ceil(unit)
}

/// How many units a requirement may have more than its bound.
fn spare_of(weight: u32, unit: u32) -> u32 {
    2 + weight.div_ceil(2 * unit)
}

/// Has the processor load the evidence of some people, all at once, so that scoring them need not wait for one after
/// the other.
fn fetch(tables: &Tables<'_>, people: &[u32]) {
    let of_person = |person: &u32| {
        let [begin, end] = [0, 1].map(|next| tables.starts[*person as usize + next] as usize);
        tables.evidence.part(begin..end).touch()
    };
    std::hint::black_box(people.iter().map(of_person).fold(0, |all, byte| all ^ byte));
}

/// Where text speaks of a trait, it decides.
fn give_traits(
    tables: &Tables<'_>,
    role: &RolePlan,
    person: usize,
    credits: &mut [u16; REQUIREMENTS_MAX],
    gates: &mut [Gate; REQUIREMENTS_MAX],
) {
    if role.traits.is_empty() {
        return;
    }
    let spoken = &tables.traits[tables.trait_codes.get(person)];
    for (at, wanted) in &role.traits {
        if let Some((_, credit, gate)) = spoken.iter().find(|(t, ..)| t == wanted) {
            let at = usize::from(*at);
            credits[at] = *credit;
            gates[at] = *gate;
        }
    }
}

fn sum(role: &RolePlan, credits: &[u16; REQUIREMENTS_MAX]) -> u32 {
    role.asked.iter().zip(credits).map(|(asked, credit)| asked.weight * u32::from(*credit)).sum()
}

/// Whether somebody in tiers A to C is on the list: not where their score cannot come to be more than 0.
pub(super) fn is_listed(plan: &Plan<'_>, role: usize, segment: usize, person: usize, points: u32) -> bool {
    // Points never pass the points of high.
    2 * points >= plan.roles[role].weight
        || matches!(judged(plan, role, &plan.segments[segment].columns, person), Judged::Listed(_))
}

/// The plain path, for whoever the tables do not cover.
pub(super) fn judged(plan: &Plan<'_>, role: usize, columns: &Columns, person: usize) -> Judged {
    judge(&plan.compiled[role], &columns.facts(person), plan.as_of)
}

#[cfg(test)]
mod tests {
    //! - no credit of any weight is above its bound, and the bound is near

    use super::*;
    use crate::batch::grade::part_of;

    #[test]
    fn no_credit_is_above_its_bound() {
        for heaviest in [1, 2, 6, 7, 10, 30, 64, 99, 100] {
            let unit = unit_of(heaviest);
            for weight in [1, heaviest.div_ceil(3), heaviest] {
                for f in (0..=10_000).step_by(500) {
                    let row = u16::try_from(units(weight, f, unit)).unwrap();
                    for earned in (0..=10_000).step_by(7).chain([9_999, 10_000]) {
                        let bound = u32::from(row) * u32::from(part_of(earned)) / 65_536;
                        let most = (bound + spare_of(weight, unit)) * unit;
                        let points = weight * u32::from(times(f, earned));
                        assert!(points <= most, "{weight} {f} {earned}: {points} > {most}");
                        assert!(
                            most <= points + 6 * unit + 2 * weight,
                            "{weight} {f} {earned}: {most} >> {points}"
                        );
                    }
                }
            }
        }
    }
}
