//! What do people say about themselves?
//!
//! One or two plain sentences from templates. Some give what a skills column cannot: use in practice, a trait such as
//! high traffic, a wish ("would like to learn"), or its absence ("no experience with"). A wish or an absence never
//! names a web framework, so that the crowd's framework shares stay those of the skills column.

use crate::figures::Figures;
use crate::random::Random;
use crate::skills::Held;

const WORK: [&str; 6] = [
    "Builds and maintains web applications for {}.",
    "Works on the booking system of {}.",
    "Looks after the customer portal of {}.",
    "Develops internal tools for {}.",
    "Rewrote the public website of {}.",
    "Keeps the ordering system of {} running.",
];
const PLACES: [&str; 16] = [
    "a logistics company",
    "a hospital group",
    "a regional newspaper",
    "a chain of bicycle shops",
    "a city library",
    "an energy supplier",
    "a travel agency",
    "a school publisher",
    "an insurance office",
    "a museum",
    "a seed bank",
    "a parcel service",
    "a ferry line",
    "a theatre",
    "a farm cooperative",
    "a housing association",
];
const MANNER: [&str; 6] = [
    "Likes small teams and plain code.",
    "Writes the tests first.",
    "Explains technical matters to everybody in the room.",
    "Reviews the work of two younger teams.",
    "Prefers short meetings and long documents.",
    "Enjoys cleaning up old code.",
];
/// Each states work that was done, so that it counts as experience of the trait.
const TRAITS: [&str; 4] = [
    "Built and ran a high-traffic site for {}.",
    "Built real-time dashboards for {}.",
    "Led the security work at {}.",
    "Delivered prototypes by rapid development for {}.",
];
const WISHES: [&str; 5] = ["Rust", "Go", "Kotlin", "Elixir", "Kubernetes"];
const ABSENCES: [&str; 4] = ["PHP", "C#", "Java", "Kubernetes"];

/// Draws a summary that fits the skills.
pub(crate) fn draw(figures: &Figures, held: &[Held], random: &mut Random) -> String {
    let mut summary = at_a_place(&WORK, random);
    let second = match random.below(100) {
        0..10 => at_a_place(&TRAITS, random),
        10..25 => used_in_practice(figures, held, random),
        25..31 => not_held(figures, held, &WISHES, random)
            .map_or(String::new(), |skill| format!("Would like to learn {skill} next.")),
        31..35 => not_held(figures, held, &ABSENCES, random)
            .map_or(String::new(), |skill| format!("No experience with {skill}.")),
        35..65 => (*random.one_of(&MANNER)).to_owned(),
        _ => String::new(),
    };
    if !second.is_empty() {
        summary.push(' ');
        summary.push_str(&second);
    }
    summary
}

fn at_a_place(templates: &[&str], random: &mut Random) -> String {
    let template: &&str = random.one_of(templates);
    let place: &&str = random.one_of(&PLACES);
    template.replace("{}", place)
}

fn used_in_practice(figures: &Figures, held: &[Held], random: &mut Random) -> String {
    let frameworks: Vec<&Held> = held.iter().filter(|held| held.place < figures.frameworks().len()).collect();
    let name = &figures.skills[random.one_of(&frameworks).place].name;
    at_a_place(&[&format!("Has used {name} in production at {{}}.")], random)
}

/// Picks a skill of the list that the person does not have; `None` where the one that was picked is held.
fn not_held(
    figures: &Figures,
    held: &[Held],
    list: &[&'static str],
    random: &mut Random,
) -> Option<&'static str> {
    let name = *random.one_of(list);
    held.iter().all(|held| figures.skills[held.place].name != name).then_some(name)
}

#[cfg(test)]
mod tests {
    //! - A summary names no skill as used that the person lacks, and none as wished for or absent that they have.

    use super::*;
    use crate::skills;

    #[test]
    fn a_summary_fits_the_skills() {
        let figures = Figures::embedded();
        let (mut used, mut lacking) = (0, 0);
        for number in 0..3_000 {
            let mut random = Random::for_person(5, number);
            let held = skills::draw(figures, 9, &mut random);
            let has = |name: &str| held.iter().any(|held| figures.skills[held.place].name == name);
            let summary = draw(figures, &held, &mut random);
            let named = |before: &str, after: &str| {
                let (_, rest) = summary.split_once(before)?;
                rest.split_once(after).map(|(name, _)| name.to_owned())
            };
            if let Some(name) = named("Has used ", " in production") {
                assert!(has(&name), "{summary}");
                used += 1;
            }
            let lacked = named("learn ", " next.").or_else(|| named("No experience with ", "."));
            if let Some(name) = lacked {
                assert!(!has(&name), "{summary}");
                lacking += 1;
            }
            assert!(!summary.contains("{}"));
        }
        assert!(used > 300 && lacking > 150, "{used} {lacking}");
    }
}
