//! Which skills does a person have, and for how long?
//!
//! First a class of the mixture, then each framework by itself, then languages, databases and tools by the frameworks
//! held. Every skill has years and a last use behind it that fit the person's years of work and the skill's
//! age; how much of that the person writes down is decided in `writing`.

use crate::THIS_YEAR;
use crate::figures::Figures;
use crate::random::Random;

/// A tie this strong is a framework's own language (or as good as that): its years carry over.
const CARRIES_OVER: u64 = 8_000;

/// How long ago a skill was last used, in years, and how often that is so of a hundred. Assumed.
const AGES: [(u32, u64); 9] = [(0, 50), (1, 20), (2, 10), (3, 6), (4, 5), (5, 3), (7, 3), (9, 2), (12, 1)];

/// A skill that a person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Held {
    /// Its place in [`Figures::skills`].
    pub place: usize,
    /// Years of use in tenths: at least 10, at most the person's years of work and the skill's age.
    pub years_tenths: u32,
    /// The year of the last use.
    pub last_used: u32,
}

/// Draws a person's skills, frameworks first; at least one framework is among them.
pub(crate) fn draw(figures: &Figures, total_years: u32, random: &mut Random) -> Vec<Held> {
    let mut held: Vec<Held> = Vec::with_capacity(24);
    for place in frameworks(figures, random) {
        held.push(draw_use(figures, place, total_years, &held, random));
    }
    for place in figures.frameworks().len()..figures.skills.len() {
        let skill = &figures.skills[place];
        let ties =
            skill.ties.iter().filter(|(framework, _)| held.iter().any(|held| held.place == *framework));
        let chance = ties.map(|(_, chance)| *chance).max().unwrap_or(0).max(skill.rest);
        if random.per_10000(chance) {
            held.push(draw_use(figures, place, total_years, &held, random));
        }
    }
    held
}

/// Draws the frameworks of one person. The survey has nobody without any, so such a draw does not count.
fn frameworks(figures: &Figures, random: &mut Random) -> Vec<usize> {
    loop {
        let class = random.weighted(&figures.classes, |class| class.weight);
        let drawn: Vec<usize> =
            (0..class.chances.len()).filter(|place| random.per_10000(class.chances[*place])).collect();
        if !drawn.is_empty() {
            return drawn;
        }
    }
}

/// Draws years and last use of one skill, given the skills drawn before it.
fn draw_use(figures: &Figures, place: usize, total_years: u32, before: &[Held], random: &mut Random) -> Held {
    let skill = &figures.skills[place];
    let mut limit = total_years.min(THIS_YEAR - skill.since).max(1);
    if skill.side.is_none() && skill.rest == 0 {
        // A library that exists beside its framework alone is not used for longer than it.
        let users = before.iter().filter(|held| skill.ties.iter().any(|(place, _)| *place == held.place));
        limit = limit.min(users.map(|held| held.years_tenths / 10).max().unwrap_or(limit));
    }
    // The smaller of two draws: short use is more common than long use.
    let whole = 1 + random.below(u64::from(limit)).min(random.below(u64::from(limit))) as u32;
    let half = if whole < limit && random.per_10000(800) { 5 } else { 0 };
    let mut years_tenths = whole * 10 + half;
    let mut age = random.weighted(&AGES, |(_, weight)| *weight).0;
    for (framework, chance) in &skill.ties {
        if let Some(user) = before.iter().find(|held| held.place == *framework && *chance >= CARRIES_OVER) {
            years_tenths = years_tenths.max(user.years_tenths).min(limit * 10);
            age = age.min(THIS_YEAR - user.last_used);
        }
    }
    let age = age.min(limit - years_tenths.div_ceil(10));
    Held { place, years_tenths, last_used: THIS_YEAR - age }
}

#[cfg(test)]
mod tests {
    //! - Use fits in the person's years of work and in the skill's age.
    //! - A framework's language is used at least as long and as lately as the framework.
    //! - A library is not used for longer than its framework.
    //! - Everybody has a framework, and nobody a skill twice.

    use super::*;

    fn crowd() -> impl Iterator<Item = (u32, Vec<Held>)> {
        (0..2_000).map(|number| {
            let total = 1 + number as u32 % 40;
            (total, draw(Figures::embedded(), total, &mut Random::for_person(3, number)))
        })
    }

    fn place(name: &str) -> usize {
        Figures::embedded().skills.iter().position(|skill| skill.name == name).unwrap()
    }

    #[test]
    fn use_fits_in_the_years_of_work_and_in_the_skills_age() {
        for (total, held) in crowd() {
            for held in held {
                let started_tenths = held.last_used * 10 - held.years_tenths;
                assert!(held.years_tenths >= 10 && held.last_used <= THIS_YEAR);
                assert!(started_tenths >= (THIS_YEAR - total) * 10, "{held:?} of {total} years");
                assert!(started_tenths >= Figures::embedded().skills[held.place].since * 10);
            }
        }
    }

    #[test]
    fn a_frameworks_language_is_used_as_long_and_as_lately() {
        let (django, python) = (place("Django"), place("Python"));
        let mut both = 0;
        for (_, held) in crowd() {
            let find = |place| held.iter().find(|held| held.place == place);
            if let (Some(django), Some(python)) = (find(django), find(python)) {
                assert!(python.years_tenths >= django.years_tenths && python.last_used >= django.last_used);
                both += 1;
            }
        }
        assert!(both > 100, "{both}");
    }

    #[test]
    fn a_library_is_not_used_for_longer_than_its_framework() {
        let (react, redux) = (place("React"), place("Redux"));
        let mut users = 0;
        for (_, held) in crowd() {
            let find = |place| held.iter().find(|held| held.place == place);
            if let Some(redux) = find(redux) {
                assert!(redux.years_tenths <= find(react).unwrap().years_tenths);
                users += 1;
            }
        }
        assert!(users > 100, "{users}");
    }

    #[test]
    fn everybody_has_a_framework_and_nobody_a_skill_twice() {
        let (boot, java) = (place("Spring Boot"), place("Java"));
        for (_, held) in crowd() {
            assert!(held[0].place < Figures::embedded().frameworks().len());
            assert!(held.windows(2).all(|pair| pair[0].place < pair[1].place));
            let has = |place| held.iter().any(|held| held.place == place);
            assert!(!has(boot) || has(java), "Spring Boot without Java");
        }
    }
}
