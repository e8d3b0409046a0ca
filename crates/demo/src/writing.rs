//! How do people write their skills down?
//!
//! Each in their own way: `Django (4 yrs)`, `Python: 6`, `Rails`, `postgres 15`. A person keeps to one habit, picks a
//! spelling for each skill, and leaves about a third of the years out.

use crate::figures::Figures;
use crate::random::Random;
use crate::skills::Held;

/// A person's habit of writing years.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Habit {
    /// `Django (4 yrs)`.
    Yrs,
    /// `Django (4 years)`.
    Years,
    /// `Django: 4`.
    Colon,
    /// `Django`, never with years.
    Bare,
}

/// Habits and how common they are, of a hundred. Assumed.
const HABITS: [(Habit, u64); 4] =
    [(Habit::Yrs, 50), (Habit::Years, 20), (Habit::Colon, 18), (Habit::Bare, 12)];
/// With 12% who never write years, about a third of all skills are bare: 12% + 88% x 24%.
const BARE_PER_10000: u64 = 2_400;
/// Of the bare skills that have version spellings.
const VERSION_PER_10000: u64 = 3_000;
/// Of the skills with years.
const LAST_USED_PER_10000: u64 = 3_000;

/// Draws a habit.
pub(crate) fn habit(random: &mut Random) -> Habit {
    random.weighted(&HABITS, |(_, weight)| *weight).0
}

/// Writes one skill; `last_used` says whether the person's list has room for the last year of use.
pub(crate) fn item(
    figures: &Figures,
    held: Held,
    habit: Habit,
    last_used: bool,
    random: &mut Random,
) -> String {
    let skill = &figures.skills[held.place];
    let spelling = &random.weighted(&skill.spellings, |(_, weight)| *weight).0;
    if habit == Habit::Bare || random.per_10000(BARE_PER_10000) {
        if !skill.versions.is_empty() && random.per_10000(VERSION_PER_10000) {
            return random.one_of(&skill.versions).clone();
        }
        return spelling.clone();
    }
    let years = tenths(held.years_tenths);
    let unit = match (habit, held.years_tenths) {
        (Habit::Years, 10) => "year",
        (Habit::Years, _) => "years",
        (_, 10) => "yr",
        _ => "yrs",
    };
    if last_used && random.per_10000(LAST_USED_PER_10000) {
        format!("{spelling} ({years} {unit}, last used {})", held.last_used)
    } else if habit == Habit::Colon {
        format!("{spelling}: {years}")
    } else {
        format!("{spelling} ({years} {unit})")
    }
}

/// Writes tenths as people do: `4`, `2.5`.
fn tenths(tenths: u32) -> String {
    match tenths % 10 {
        0 => format!("{}", tenths / 10),
        rest => format!("{}.{rest}", tenths / 10),
    }
}

#[cfg(test)]
mod tests {
    //! - Each habit writes years in its own way, one year in the singular, halves with a point.
    //! - A list without room for it never names a last year of use.

    use super::*;

    /// What a habit may write for Blazor, which has one spelling.
    fn written(habit: Habit, years_tenths: u32, last_used: bool) -> Vec<String> {
        let figures = Figures::embedded();
        let place = figures.skills.iter().position(|skill| skill.name == "Blazor").unwrap();
        let held = Held { place, years_tenths, last_used: 2024 };
        let mut all: Vec<String> =
            (0..200).map(|state| item(figures, held, habit, last_used, &mut Random::new(state))).collect();
        all.sort();
        all.dedup();
        all
    }

    #[test]
    fn each_habit_writes_years_in_its_own_way() {
        assert_eq!(
            written(Habit::Yrs, 40, true),
            ["Blazor", "Blazor (4 yrs)", "Blazor (4 yrs, last used 2024)"]
        );
        assert_eq!(written(Habit::Years, 25, false), ["Blazor", "Blazor (2.5 years)"]);
        assert_eq!(written(Habit::Years, 10, false), ["Blazor", "Blazor (1 year)"]);
        assert_eq!(written(Habit::Colon, 30, false), ["Blazor", "Blazor: 3"]);
        assert_eq!(written(Habit::Bare, 30, true), ["Blazor"]);
    }
}
