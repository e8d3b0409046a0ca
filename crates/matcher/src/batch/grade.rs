//! Grades of evidence: classes that are worth about the same to every role, few enough for one byte.
//!
//! Who passes a bound is scored exactly, so that grades decide only how many that are. Years are parted by halves, each
//! half with what is below it, since people state whole and half years: the most that a grade earns is then what most of
//! it earn.

use std::collections::HashMap;

use stackscout_evidence::Class;
use stackscout_profile::{Date, EvidenceSource, Years};
use stackscout_taxonomy::SkillIx;

use crate::arithmetic::ONE;
use crate::assess::age;

/// What classes of one grade have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Cell {
    is_mentioned: bool,
    years: u8,
    age: u8,
}

/// Half years that are told apart; beyond, evidence earns all by most roles.
const HALVES_MAX: u8 = 16;

impl Cell {
    fn of(class: &Class, as_of: Date) -> Self {
        let evidence = class.evidence(SkillIx::of_same_taxonomy(0));
        let is_mentioned = evidence.source == EvidenceSource::Mentioned;
        let age = evidence.last_used.map(|last| age(last, as_of));
        let known = evidence.years.map(|years| u8::try_from(years.tenths().div_ceil(5)).unwrap_or(u8::MAX));
        let years = match known {
            Some(halves) if !is_mentioned => halves.min(HALVES_MAX + 1),
            Some(_) => HALVES_MAX + 2,
            None => HALVES_MAX + 3 + bound_cell(class.bound()),
        };
        let is_fine = !is_mentioned && known.is_some();
        Self { is_mentioned, years, age: age_cell(age, is_fine) }
    }
}

/// Years in all, where they are all that is known: what is assumed is seldom less.
fn bound_cell(bound: Option<Years>) -> u8 {
    match bound.map(Years::tenths) {
        Some(0..=10) => 0,
        Some(11..=20) => 1,
        Some(21..=30) => 2,
        Some(31..=40) => 3,
        Some(41..=60) => 4,
        Some(_) | None => 5,
    }
}

fn age_cell(age: Option<u16>, is_fine: bool) -> u8 {
    let (fine, coarse) = match age {
        None => (0, 0),
        Some(0) => (1, 1),
        Some(1) => (2, 2),
        Some(2) => (3, 2),
        Some(3) => (4, 3),
        Some(4) => (5, 3),
        Some(5) => (6, 3),
        Some(6..=7) => (7, 4),
        Some(8..=10) => (8, 4),
        Some(_) => (9, 4),
    };
    if is_fine { fine } else { coarse }
}

/// For each class its grade, and how many grades there are: at most 18 times 10 and 13 times 5.
pub(super) fn of_classes(classes: &[Class], as_of: Date) -> (Vec<u8>, usize) {
    let cells: Vec<Cell> = classes.iter().map(|class| Cell::of(class, as_of)).collect();
    let mut distinct = cells.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let grade = |cell: &Cell| {
        let place = distinct.partition_point(|other| other < cell);
        u8::try_from(place).expect("cells are fewer than a byte numbers")
    };
    (cells.iter().map(grade).collect(), distinct.len())
}

/// All that the worth of a class depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Value {
    is_mentioned: bool,
    years: Option<u16>,
    bound: Option<u16>,
    age: Option<u16>,
}

/// For each class the code of what it is worth, and a class of each code. Classes of one code are worth the same by all
/// terms and hard lines that ask for at most so many years.
pub(super) fn worths(classes: &[Class], years_most: Option<Years>, as_of: Date) -> (Vec<u16>, Vec<Class>) {
    let mut codes: HashMap<Value, u16> = HashMap::new();
    let mut distinct = Vec::new();
    let mut code = |class: &Class| {
        let evidence = class.evidence(SkillIx::of_same_taxonomy(0));
        // More years than anybody asks for are worth what these are.
        let capped =
            |years: Option<Years>| years.map(|years| Some(years).min(years_most).map_or(0, Years::tenths));
        let value = Value {
            is_mentioned: evidence.source == EvidenceSource::Mentioned,
            years: capped(evidence.years),
            bound: capped(class.bound()),
            age: evidence.last_used.map(|last| age(last, as_of)),
        };
        let next = u16::try_from(distinct.len()).expect("classes are numbered in two bytes");
        let code = *codes.entry(value).or_insert(next);
        if code == next {
            distinct.push(*class);
        }
        code
    };
    let of_class = classes.iter().map(&mut code).collect();
    (of_class, distinct)
}

/// Ten-thousandths as 65,536ths, rounded up but for one whole.
pub(super) fn part_of(earned: u16) -> u16 {
    let part = (u32::from(earned) << 16).div_ceil(u32::from(ONE));
    u16::try_from(part).unwrap_or(u16::MAX)
}
