//! What differs between two states of a person, one fact after the other, in a fixed order.
//!
//! The order: status, place (country, remote, willing to move), years in all, permits, languages, availability,
//! expected pay, plausibility, skills by id, traits by id. Each step swaps one fact and keeps those before it swapped,
//! so that what the steps change adds up to the whole.

use stackscout_profile::{Candidate, Facts, Field, Record, SkillEvidence, TraitEvidence};
use stackscout_taxonomy::{SkillIx, Taxonomy, TraitIx};

/// A fact of a person that is another one now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactChange {
    /// A value such as the country or the years in all.
    Value {
        /// What it is, in words.
        what: &'static str,
        /// Before; `None` is unknown.
        from: Option<String>,
        /// After; `None` is unknown.
        to: Option<String>,
        /// The import that says the new value, where one does.
        import: Option<u32>,
    },
    /// What speaks for a skill.
    Skill {
        /// The skill.
        skill: SkillIx,
        /// Before; `None` where it was not held.
        from: Option<SkillEvidence>,
        /// After; `None` where it is not held.
        to: Option<SkillEvidence>,
        /// The newest import that names the skill, where one does.
        import: Option<u32>,
    },
    /// What text speaks for a trait.
    Trait {
        /// The trait.
        trait_ix: TraitIx,
        /// Before.
        from: Option<TraitEvidence>,
        /// After.
        to: Option<TraitEvidence>,
    },
}

/// A person in one state of the records.
pub(crate) struct Person {
    record: Record,
    pub candidate: Candidate,
    pub facts: Facts,
}

impl Person {
    pub(crate) fn new(record: Record, taxonomy: &Taxonomy) -> Self {
        let candidate = Candidate::read(&record, taxonomy).0;
        let facts = candidate.facts();
        Self { record, candidate, facts }
    }

    /// The record that was read.
    pub(crate) fn into_record(self) -> Record {
        self.record
    }

    /// The newest import that says one of these fields.
    fn import(&self, fields: &[Field]) -> Option<u32> {
        fields.iter().filter_map(|f| self.record.values(*f).first().map(|v| v.cell.import)).max()
    }

    /// The first import that knows the person, as the record tells.
    pub(crate) fn first_import(&self) -> Option<u32> {
        self.record.parts.iter().flat_map(|p| &p.values).map(|v| v.cell.import).min()
    }
}

/// Each fact that differs, with the facts as they are once it and all before it are swapped.
pub(crate) fn swaps(before: &Person, after: &Person) -> Vec<(FactChange, Facts)> {
    let mut now = before.facts.clone();
    let mut swaps = Vec::new();
    // Every field is named, so that one that is added cannot be forgotten here.
    let Facts {
        number: _,
        country,
        remote,
        relocation,
        total_years,
        skills,
        traits,
        status,
        permits,
        languages,
        available,
        expected_pay,
        implausible,
    } = after.facts.clone();
    let yes_no = |b: bool| if b { "yes" } else { "no" }.to_owned();
    let list = |items: Vec<String>| items.join(", ");
    macro_rules! value {
        ($field:ident, $what:literal, $fields:expr, $show:expr) => {
            if now.$field != $field {
                let change = FactChange::Value {
                    what: $what,
                    from: now.$field.take().map($show),
                    to: $field.clone().map($show),
                    import: $field.is_some().then(|| after.import(&$fields)).flatten(),
                };
                now.$field = $field;
                swaps.push((change, now.clone()));
            }
        };
    }
    value!(status, "status", [Field::Status, Field::OptOut], |s| s.word().replace('_', " "));
    value!(country, "country", [Field::Country, Field::Location], |c| c.to_string());
    value!(remote, "works remotely", [Field::Remote], yes_no);
    value!(relocation, "willing to move", [Field::Relocation], yes_no);
    value!(total_years, "years in all", [Field::TotalYears], |y| y.to_string());
    value!(permits, "may work in", [Field::Permit], |p| list(p.iter().map(|c| c.to_string()).collect()));
    value!(languages, "speaks", [Field::Languages], |l| list(
        l.iter().map(|l| l.code().to_owned()).collect()
    ));
    value!(available, "available", [Field::Available], |d| d.to_string());
    value!(expected_pay, "expects", [Field::ExpectedPay, Field::ExpectedPayCurrency], |p| p.to_string());
    if now.implausible != implausible {
        let [from, to] = [now.implausible, implausible].map(|b| Some(yes_no(b)));
        now.implausible = implausible;
        let change = FactChange::Value { what: "claims nearly everything", from, to, import: None };
        swaps.push((change, now.clone()));
    }
    let mut ids: Vec<SkillIx> = now.skills.iter().chain(&skills).map(|e| e.skill).collect();
    ids.sort();
    ids.dedup();
    for skill in ids {
        let of = |skills: &[SkillEvidence]| skills.iter().find(|e| e.skill == skill).copied();
        let (from, to) = (of(&now.skills), of(&skills));
        if from != to {
            now.skills.retain(|e| e.skill != skill);
            to.into_iter().for_each(|evidence| now.add_skill(evidence));
            let places = after.candidate.held(skill).map(|held| &held.places);
            let import = places.and_then(|places| places.iter().map(|p| p.cell.import).max());
            swaps.push((FactChange::Skill { skill, from, to, import }, now.clone()));
        }
    }
    let mut ids: Vec<TraitIx> = now.traits.iter().chain(&traits).map(|t| t.trait_ix).collect();
    ids.sort();
    ids.dedup();
    for trait_ix in ids {
        let of = |traits: &[TraitEvidence]| traits.iter().find(|t| t.trait_ix == trait_ix).copied();
        let (from, to) = (of(&now.traits), of(&traits));
        if from != to {
            now.traits.retain(|t| t.trait_ix != trait_ix);
            to.into_iter().for_each(|evidence| now.add_trait(evidence));
            swaps.push((FactChange::Trait { trait_ix, from, to }, now.clone()));
        }
    }
    debug_assert!(swaps.last().is_none_or(|(_, facts)| *facts == after.facts));
    swaps
}
