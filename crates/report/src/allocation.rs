//! People given to several roles, in words and for programs.

use std::fmt::Write as _;

use serde::Serialize;
use stackscout_engine::AllocationAnswer;
use stackscout_matcher::allocation::report::By;
use stackscout_matcher::allocation::{Moved, RoleSeats, Urgency, Why};
use stackscout_profile::CandidateNumber;

use crate::inert;
use crate::stability::{name_and_country, who};
use crate::table::{plain, wrapped};

/// An allocation as JSON holds it.
#[derive(Debug, Serialize)]
pub struct AllocationModel {
    /// The date that recency is counted from.
    pub as_of: String,
    /// Each role, in the order asked.
    pub roles: Vec<RoleModel>,
    /// People who are among the first of more lists than they may stand on.
    pub conflicts: Vec<ConflictModel>,
    /// People who are among the first of a list and do not stand on it.
    pub moved: Vec<MovedModel>,
}

/// A role with its people.
#[derive(Debug, Serialize)]
pub struct RoleModel {
    /// Id of the role.
    pub role: String,
    /// Its title.
    pub title: String,
    /// Whether it comes before others.
    pub urgent: bool,
    /// How many people fit it: tier A in the whole pool.
    pub fits: u64,
    /// How many are listed in the whole pool, and how many of these were looked at.
    pub listed: u64,
    /// The first so many of the list were looked at.
    pub looked_at: u64,
    /// Who stands on it.
    pub people: Vec<SeatModel>,
    /// The same in numbers.
    #[serde(flatten)]
    pub counts: CountsModel,
    /// What would be if roles took people one after the other.
    pub greedy: CountsModel,
}

/// A role's seats in numbers.
#[derive(Debug, Serialize)]
pub struct CountsModel {
    /// People of tier A.
    pub tier_a: u64,
    /// Of tier B.
    pub tier_b: u64,
    /// Of tier C.
    pub tier_c: u64,
    /// Seats that nobody has.
    pub empty: u64,
    /// The sum of places, less that of the list's own first people.
    pub places_lost: u64,
}

/// A person on a list.
#[derive(Debug, Serialize)]
pub struct SeatModel {
    /// Place on the role's own list.
    pub rank: u64,
    /// Candidate id.
    pub candidate: String,
    /// Name.
    pub name: Option<String>,
    /// Country code.
    pub country: Option<String>,
    /// The tier.
    pub tier: &'static str,
    /// `own`: among the list's first in any case; `instead`: for somebody who stands elsewhere; `pin`: pinned.
    pub by: &'static str,
}

/// Somebody whom several roles want.
#[derive(Debug, Serialize)]
pub struct ConflictModel {
    /// Candidate id.
    pub candidate: String,
    /// Name.
    pub name: Option<String>,
    /// The roles, with the place on each list.
    pub wanted_by: Vec<WantedModel>,
}

/// A role that wants somebody.
#[derive(Debug, Serialize)]
pub struct WantedModel {
    /// Id of the role.
    pub role: String,
    /// The place on its list.
    pub rank: u64,
}

/// Somebody who does not stand where they would by themselves.
#[derive(Debug, Serialize)]
pub struct MovedModel {
    /// Candidate id.
    pub candidate: String,
    /// Name.
    pub name: Option<String>,
    /// The role on whose list they would be.
    pub from: String,
    /// The place there.
    pub rank: u64,
    /// `in_process`, `pinned`, `urgent`, `scarce`, `fewer_places` or `gave_way`.
    pub because: &'static str,
    /// The role that decided it; null where none did.
    pub to: Option<String>,
    /// The same in words.
    pub why: String,
}

/// An allocation as JSON holds it.
#[must_use]
pub fn model(answer: &AllocationAnswer) -> AllocationModel {
    let allocation = &answer.allocation;
    let who = |number: CandidateNumber| name_and_country(&answer.candidates, number);
    let id = |list: usize| answer.lists[list].role.clone();
    let roles = answer
        .lists
        .iter()
        .enumerate()
        .map(|(at, list)| RoleModel {
            role: list.role.clone(),
            title: answer.roles[at].title.clone(),
            urgent: list.urgency == Urgency::Urgent,
            fits: list.fits,
            listed: answer.listed[at],
            looked_at: list.people.len() as u64,
            people: allocation.roles[at]
                .people
                .iter()
                .map(|seat| {
                    let (name, country) = who(seat.number);
                    SeatModel {
                        rank: seat.place,
                        candidate: seat.number.to_string(),
                        name,
                        country,
                        tier: seat.tier.letter(),
                        by: match seat.by {
                            By::Own => "own",
                            By::Instead => "instead",
                            By::Pin => "pin",
                        },
                    }
                })
                .collect(),
            counts: counts(&allocation.roles[at]),
            greedy: counts(&allocation.greedy[at]),
        })
        .collect();
    let conflicts = allocation
        .conflicts
        .iter()
        .map(|conflict| ConflictModel {
            candidate: conflict.number.to_string(),
            name: who(conflict.number).0,
            wanted_by: conflict
                .lists
                .iter()
                .map(|(list, place)| WantedModel { role: id(*list), rank: *place })
                .collect(),
        })
        .collect();
    let moved = allocation
        .moved
        .iter()
        .map(|moved| {
            let (because, to) = because(&moved.why);
            MovedModel {
                candidate: moved.number.to_string(),
                name: who(moved.number).0,
                from: id(moved.from),
                rank: moved.place,
                because,
                to: to.map(id),
                why: why(moved, answer),
            }
        })
        .collect();
    AllocationModel { as_of: answer.as_of.to_string(), roles, conflicts, moved }
}

fn counts(seats: &RoleSeats) -> CountsModel {
    let [tier_a, tier_b, tier_c] = seats.tiers;
    CountsModel { tier_a, tier_b, tier_c, empty: seats.empty as u64, places_lost: seats.places_lost }
}

fn because(why: &Why) -> (&'static str, Option<usize>) {
    match *why {
        Why::InProcess(to) => ("in_process", to),
        Why::Pinned(to) => ("pinned", Some(to)),
        Why::Urgent(to) => ("urgent", Some(to)),
        Why::Scarce(to) => ("scarce", Some(to)),
        Why::FewerPlaces(to) => ("fewer_places", Some(to)),
        Why::GaveWay => ("gave_way", None),
    }
}

/// `moved to few, which only 3 people fit`
fn why(moved: &Moved, answer: &AllocationAnswer) -> String {
    let list = |at: usize| &answer.lists[at];
    match moved.why {
        Why::InProcess(Some(to)) => format!("in process for {}", list(to).role),
        Why::InProcess(None) => "in process for another role".to_owned(),
        Why::Pinned(to) => format!("pinned to {}", list(to).role),
        Why::Urgent(to) => format!("moved to {}, which is urgent", list(to).role),
        Why::Scarce(to) => match list(to).fits {
            0 => format!("moved to {}, which nobody fits fully", list(to).role),
            1 => format!("moved to {}, which only 1 person fits", list(to).role),
            n => format!("moved to {}, which only {n} people fit", list(to).role),
        },
        Why::FewerPlaces(to) => format!("moved to {}: fewer places are lost in all", list(to).role),
        Why::GaveWay => "gave way to somebody pinned".to_owned(),
    }
}

/// The allocation in words.
#[must_use]
pub fn text(model: &AllocationModel, width: u16) -> String {
    let mut text = String::new();
    for role in &model.roles {
        text.push_str(&role_text(role, width));
        text.push('\n');
    }
    text.push_str(&beside(model, width));
    if !model.conflicts.is_empty() {
        let _ = writeln!(text, "\nWanted by more roles than one person may be given to:\n");
        for conflict in &model.conflicts {
            let roles: Vec<String> =
                conflict.wanted_by.iter().map(|w| format!("{} (place {})", w.role, w.rank)).collect();
            let words = format!("{}: {}", named(&conflict.candidate, &conflict.name), roles.join(", "));
            let _ = writeln!(text, "{}", wrapped("  ", &words, width));
        }
    }
    if !model.moved.is_empty() {
        let _ = writeln!(text, "\nAmong the first of a list, and not on it:\n");
        for moved in &model.moved {
            let whom = named(&moved.candidate, &moved.name);
            let words = format!("{}: {whom}, place {}: {}", moved.from, moved.rank, moved.why);
            let _ = writeln!(text, "{}", wrapped("  ", &words, width));
        }
    }
    text
}

fn role_text(role: &RoleModel, width: u16) -> String {
    let urgent = if role.urgent { ", urgent" } else { "" };
    let fits = match role.fits {
        1 => "1 person fits it".to_owned(),
        n => format!("{n} people fit it"),
    };
    let heading = format!("{} ({}{urgent}): {fits}", inert(&role.title), role.role);
    let mut text = format!("{}\n", wrapped("", &heading, width));
    if role.people.is_empty() {
        text.push_str("  nobody\n");
        return text;
    }
    let mut table = plain(width);
    table.set_header(["place", "tier", "candidate", "who", ""]);
    for seat in &role.people {
        let by = match seat.by {
            "pin" => "pinned",
            "instead" => "instead",
            _ => "",
        };
        let who = who(seat.name.as_deref(), seat.country.as_deref());
        let place = seat.rank.to_string();
        table.add_row([place, seat.tier.to_owned(), seat.candidate.clone(), who, by.to_owned()]);
    }
    let _ = writeln!(text, "{}", table.trim_fmt());
    if role.counts.empty > 0 {
        let seats = if role.counts.empty == 1 { "seat is" } else { "seats are" };
        let cut = if role.looked_at < role.listed {
            format!("; {} of {} listed were looked at (--among)", role.looked_at, role.listed)
        } else {
            String::new()
        };
        let _ =
            writeln!(text, "{}", wrapped("  ", &format!("{} {seats} empty{cut}", role.counts.empty), width));
    }
    text
}

/// The allocation beside what would be if roles took people one after the other.
fn beside(model: &AllocationModel, width: u16) -> String {
    let mut table = plain(width);
    table.set_header(["role", "A", "B", "C", "empty", "places lost", "one by one"]);
    let mut sums = [[0_u64; 5]; 2];
    for role in &model.roles {
        let mut row = vec![role.role.clone()];
        row.extend(numbers(&role.counts).map(|n| n.to_string()));
        row.push(in_short(numbers(&role.greedy)));
        for (sums, counts) in sums.iter_mut().zip([&role.counts, &role.greedy]) {
            for (sum, number) in sums.iter_mut().zip(numbers(counts)) {
                *sum += number;
            }
        }
        table.add_row(row);
    }
    let mut row = vec!["in all".to_owned()];
    row.extend(sums[0].map(|n| n.to_string()));
    row.push(in_short(sums[1]));
    table.add_row(row);
    for column in table.column_iter_mut().skip(1).take(5) {
        column.set_cell_alignment(comfy_table::CellAlignment::Right);
    }
    format!("{}\n", table.trim_fmt())
}

fn numbers(counts: &CountsModel) -> [u64; 5] {
    [counts.tier_a, counts.tier_b, counts.tier_c, counts.empty, counts.places_lost]
}

/// `A 8, B 2, empty 1, lost 12`, without what is nought.
fn in_short(numbers: [u64; 5]) -> String {
    let names = ["A", "B", "C", "empty", "lost"];
    let parts: Vec<String> =
        names.iter().zip(numbers).filter(|(_, n)| *n > 0).map(|(name, n)| format!("{name} {n}")).collect();
    parts.join(", ")
}

fn named(candidate: &str, name: &Option<String>) -> String {
    format!("{candidate} {}", inert(name.as_deref().unwrap_or("(no name)")))
}
