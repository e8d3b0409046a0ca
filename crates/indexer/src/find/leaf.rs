//! What a single clause finds: in the columns where they know, else in the index.

use stackscout_evidence::bits::set_range;
use stackscout_evidence::{Class, Columns, Detail, Evidence, PlaceRow};
use stackscout_taxonomy::SkillIx;

use super::Run;
use super::bits::{Scope, count, places, set};
use crate::query::{AskedSkill, Leaf, YesNoField, is_enough};
use crate::{Feature, IndexError};

/// What a look into the index costs beside the people that it finds.
const LOOK_UP: usize = 10_000;

/// So many holders of a skill cost as much to put into a set as looking through the evidence of one person.
const HOLDERS_A_PERSON: usize = 24;

impl Run<'_> {
    pub(super) fn leaf_cost(&self, leaf: &Leaf) -> usize {
        let holders = |skill: &crate::query::Skill| {
            let skill = skill.ix.index();
            (0..self.columns.blocks()).map(|block| self.columns.holder_count(block, skill)).sum::<usize>()
        };
        match leaf {
            Leaf::Id(_) => 0,
            Leaf::Ids(numbers) => numbers.len(),
            Leaf::Country(_) | Leaf::Years { .. } => 1,
            Leaf::YesNo { field: YesNoField::Remote | YesNoField::Relocation, .. } => 1,
            Leaf::Has(feature) | Leaf::Missing(feature) => match known_at(*feature) {
                Some(KnownAt::Place(_) | KnownAt::Years | KnownAt::Skills | KnownAt::Status) => 2,
                Some(KnownAt::Detail(_)) => self.columns.people() / 16,
                None => LOOK_UP + self.columns.people(),
            },
            Leaf::Skill(asked) => 3 + asked.any().map(holders).sum::<usize>(),
            Leaf::AnySkill(skills) => 3 + skills.iter().map(holders).sum::<usize>(),
            Leaf::Permit(_) | Leaf::Language(_) | Leaf::Pay { .. } => self.columns.people() / 16,
            Leaf::Defined { means, .. } => self.cost(means),
            _ => LOOK_UP + self.columns.people() / 2,
        }
    }

    pub(super) fn leaf(&self, leaf: &Leaf, scope: &Scope) -> Result<Vec<u64>, IndexError> {
        let mut found = vec![0; self.words];
        match leaf {
            Leaf::Skill(asked) => {
                for skill in asked.any() {
                    self.holders(&mut found, skill.ix.index(), Some(asked).filter(|a| !a.is_plain()), scope)?;
                }
            }
            Leaf::AnySkill(skills) => {
                skills
                    .iter()
                    .try_for_each(|skill| self.holders(&mut found, skill.ix.index(), None, scope))?;
            }
            Leaf::Defined { means, .. } => return self.node(means, scope),
            Leaf::Country(country) => {
                self.places(&mut found, scope, |place| place.country() == Some(*country))
            }
            Leaf::YesNo { field: YesNoField::Remote, yes } => {
                self.places(&mut found, scope, |place| place.remote() == Some(*yes));
            }
            Leaf::YesNo { field: YesNoField::Relocation, yes } => {
                self.places(&mut found, scope, |place| place.relocation() == Some(*yes));
            }
            Leaf::Permit(country) => {
                let holds = |code| self.columns.permits(code).is_some_and(|held| held.contains(country));
                self.details(&mut found, Detail::Permits, holds, scope)?;
            }
            Leaf::Language(language) => {
                let speaks = |code| self.columns.languages(code).is_some_and(|all| all.contains(language));
                self.details(&mut found, Detail::Languages, speaks, scope)?;
            }
            Leaf::Pay { min, max, currency, per } => {
                let expects = |code| {
                    self.columns.pay(code).is_some_and(|pay| {
                        pay.currency == Some(*currency)
                            && pay.per == Some(*per)
                            && (*min..=*max).contains(&pay.amount)
                    })
                };
                self.details(&mut found, Detail::Pay, expects, scope)?;
            }
            Leaf::Years { min_tenths, max_tenths } => {
                self.years(&mut found, *min_tenths, *max_tenths, scope)?;
            }
            Leaf::Has(feature) | Leaf::Missing(feature) if known_at(*feature).is_some() => {
                if let Some(known_at) = known_at(*feature) {
                    self.known(&mut found, known_at, scope)?;
                }
                if matches!(leaf, Leaf::Missing(_)) {
                    found.iter_mut().for_each(|word| *word = !*word);
                }
            }
            Leaf::Id(number) => {
                if let Some(at) = self.finder.positions(self.file)?.of(*number) {
                    set(&mut found, at);
                }
            }
            Leaf::Ids(numbers) => {
                let positions = self.finder.positions(self.file)?;
                numbers.iter().filter_map(|number| positions.of(*number)).for_each(|at| set(&mut found, at));
            }
            Leaf::Missing(feature) => {
                found = self.looked_up(&Leaf::Has(*feature))?;
                found.iter_mut().for_each(|word| *word = !*word);
            }
            _ => found = self.looked_up(leaf)?,
        }
        Ok(found)
    }

    /// Whom the index finds.
    fn looked_up(&self, leaf: &Leaf) -> Result<Vec<u64>, IndexError> {
        let mut found = vec![0; self.words];
        let positions = self.finder.positions(self.file)?;
        self.finder.searcher()?.each(leaf, |number| {
            if let Some(at) = positions.of(number) {
                set(&mut found, at);
            }
        })?;
        Ok(found)
    }

    /// Takes out of a set whom a clause of skills does not find (`turn` 0) or does (all bits), person by person; `false`,
    /// and nothing is done, where that would take longer than going through the holders.
    pub(super) fn narrow(
        &self,
        kept: &mut [u64],
        leaf: &Leaf,
        turn: u64,
        scope: &Scope,
    ) -> Result<bool, IndexError> {
        let (skills, asked): (Vec<usize>, _) = match leaf {
            Leaf::Skill(asked) => {
                (asked.any().map(|skill| skill.ix.index()).collect(), Some(asked).filter(|a| !a.is_plain()))
            }
            Leaf::AnySkill(skills) => (skills.iter().map(|skill| skill.ix.index()).collect(), None),
            _ => return Ok(false),
        };
        let columns = self.columns;
        let touched = (0..columns.blocks()).filter(|block| scope.touches(columns.block(*block)));
        let of_block = |block| skills.iter().map(|skill| columns.holder_count(block, *skill)).sum::<usize>();
        let holders: usize = touched.map(of_block).sum();
        let people: u64 = scope.spans(self.words).map(|span| count(&kept[span])).sum();
        if usize::try_from(people).unwrap_or(usize::MAX).saturating_mul(HOLDERS_A_PERSON) > holders {
            return Ok(false);
        }
        let starts = columns.starts()?;
        let passes = |at: usize, piece: Evidence| {
            skills.contains(&usize::from(piece.skill))
                && asked.is_none_or(|asked| {
                    is_enough(asked, &columns.class_of(at, piece).evidence(SkillIx::of_same_taxonomy(0)))
                })
        };
        for span in scope.spans(self.words) {
            for at in span {
                let mut found = 0_u64;
                // Bits behind the last person may be set.
                let people =
                    places(&kept[at..=at]).map(|bit| at * 64 + bit).take_while(|at| *at < columns.people());
                for person in people {
                    let own = starts[person] as usize..starts[person + 1] as usize;
                    let evidence = columns.evidence(own.clone())?;
                    let is_found = own.zip(evidence.iter()).any(|(at, piece)| passes(at, piece));
                    found |= u64::from(is_found) << (person % 64);
                }
                kept[at] &= found ^ turn;
            }
        }
        Ok(true)
    }

    /// Who holds a skill, by evidence that passes.
    fn holders(
        &self,
        found: &mut [u64],
        skill: usize,
        asked: Option<&AskedSkill>,
        scope: &Scope,
    ) -> Result<(), IndexError> {
        let columns = self.columns;
        let passes = asked.map(|asked| {
            move |class: &Class| is_enough(asked, &class.evidence(SkillIx::of_same_taxonomy(0)))
        });
        for block in 0..columns.blocks() {
            let people = columns.block(block);
            if columns.holder_count(block, skill) == 0 || !scope.touches(people.clone()) {
                continue;
            }
            let first = people.start;
            let holders = columns.holders(block, skill)?;
            let Some(passes) = &passes else {
                holders.people.iter().for_each(|person| set(found, first + usize::from(*person)));
                continue;
            };
            for (class, people) in holders.runs() {
                if class == Columns::STRAY {
                    for at in people.iter().map(|person| first + usize::from(*person)) {
                        if self.held(at, skill)?.is_some_and(|class| passes(&class)) {
                            set(found, at);
                        }
                    }
                } else if passes(&columns.classes()[usize::from(class)]) {
                    people.iter().for_each(|person| set(found, first + usize::from(*person)));
                }
            }
        }
        // Whoever has a status stands in no block.
        if scope.touches(columns.open_people()..columns.people()) {
            for piece in self.finder.aside(self.file)?.pieces_of(skill) {
                if passes.as_ref().is_none_or(|passes| passes(&piece.class(columns))) {
                    set(found, piece.person as usize);
                }
            }
        }
        Ok(())
    }

    /// The evidence of one person for a skill.
    fn held(&self, at: usize, skill: usize) -> Result<Option<Class>, IndexError> {
        let starts = self.columns.starts()?;
        let own = starts[at] as usize..starts[at + 1] as usize;
        let evidence = self.columns.evidence(own.clone())?;
        let found = own.zip(evidence.iter()).find(|(_, piece)| usize::from(piece.skill) == skill);
        Ok(found.map(|(at, piece)| self.columns.class_of(at, piece)))
    }

    /// The people of each place that is asked for.
    fn places(&self, found: &mut [u64], scope: &Scope, is_asked: impl Fn(&PlaceRow) -> bool) {
        let columns = self.columns;
        let asked: Vec<bool> = columns.places().iter().map(is_asked).collect();
        for (bounds, _) in columns.place_starts().windows(2).zip(&asked).filter(|(_, asked)| **asked) {
            set_range(found, bounds[0] as usize..bounds[1] as usize);
        }
        let aside = columns.open_people()..columns.people();
        if scope.touches(aside.clone()) {
            aside.filter(|at| asked[columns.place_of(*at)]).for_each(|at| set(found, at));
        }
    }

    /// Who has so many tenths of years in all, both bounds included.
    fn years(&self, found: &mut [u64], min: u16, max: u16, scope: &Scope) -> Result<(), IndexError> {
        let totals = self.columns.totals()?;
        for bounds in self.columns.place_starts().windows(2) {
            let people = bounds[0] as usize..bounds[1] as usize;
            if !scope.touches(people.clone()) {
                continue;
            }
            // Within a place years descend, and unknown ones, which compare as the most, come last.
            let of_place = &totals[people.clone()];
            let known = of_place.partition_point(|tenths| *tenths != u16::MAX);
            let begin = of_place[..known].partition_point(|tenths| *tenths > max);
            let end = of_place[..known].partition_point(|tenths| *tenths >= min);
            set_range(found, people.start + begin..people.start + end.max(begin));
        }
        let aside = self.columns.open_people()..self.columns.people();
        if scope.touches(aside.clone()) {
            aside.filter(|at| (min..=max).contains(&totals[*at])).for_each(|at| set(found, at));
        }
        Ok(())
    }

    /// Of whom something is known.
    fn known(&self, found: &mut [u64], known_at: KnownAt, scope: &Scope) -> Result<(), IndexError> {
        let columns = self.columns;
        match known_at {
            KnownAt::Place(is_known) => self.places(found, scope, is_known),
            KnownAt::Years => self.years(found, 0, u16::MAX - 1, scope)?,
            KnownAt::Status => set_range(found, columns.open_people()..columns.people()),
            KnownAt::Skills => {
                let starts = columns.starts()?;
                let people = scope.spans(self.words).flat_map(|span| span.start * 64..span.end * 64);
                people
                    .take_while(|at| *at < columns.people())
                    .filter(|at| starts[*at] < starts[*at + 1])
                    .for_each(|at| set(found, at));
            }
            KnownAt::Detail(detail) => {
                let is_known = |code| match detail {
                    Detail::Permits => columns.permits(code).is_some(),
                    Detail::Languages => columns.languages(code).is_some(),
                    Detail::Available => columns.available(code).is_some(),
                    Detail::Pay => columns.pay(code).is_some(),
                    Detail::Traits => columns.has_traits(code),
                };
                self.details(found, detail, is_known, scope)?;
            }
        }
        Ok(())
    }

    /// Whose code of a detail stands for what is asked.
    fn details(
        &self,
        found: &mut [u64],
        detail: Detail,
        is_asked: impl Fn(usize) -> bool,
        scope: &Scope,
    ) -> Result<(), IndexError> {
        let columns = self.columns;
        let asked: Vec<bool> = (0..columns.code_count(detail)).map(is_asked).collect();
        let codes = columns.codes(detail)?;
        let people = scope.spans(self.words).flat_map(|span| span.start * 64..span.end * 64);
        people
            .take_while(|at| *at < columns.people())
            .filter(|at| asked[codes.get(*at)])
            .for_each(|at| set(found, at));
        Ok(())
    }
}

/// Where the columns tell whether something is known.
#[derive(Clone, Copy)]
enum KnownAt {
    Place(fn(&PlaceRow) -> bool),
    Years,
    Skills,
    Status,
    Detail(Detail),
}

impl Feature {
    /// Whether the evidence columns tell of whom it is known, so that the index need not.
    pub(crate) fn is_in_columns(self) -> bool {
        known_at(self).is_some()
    }
}

fn known_at(feature: Feature) -> Option<KnownAt> {
    Some(match feature {
        Feature::Country => KnownAt::Place(|place| place.country().is_some()),
        Feature::Remote => KnownAt::Place(|place| place.remote().is_some()),
        Feature::Relocation => KnownAt::Place(|place| place.relocation().is_some()),
        Feature::Years => KnownAt::Years,
        Feature::Skills => KnownAt::Skills,
        Feature::Status => KnownAt::Status,
        Feature::Permit => KnownAt::Detail(Detail::Permits),
        Feature::Languages => KnownAt::Detail(Detail::Languages),
        Feature::Available => KnownAt::Detail(Detail::Available),
        Feature::Salary => KnownAt::Detail(Detail::Pay),
        _ => return None,
    })
}
