//! Roles beside people: who is on several lists, and how they stand on each.

use std::collections::BTreeMap;

use super::words;
use crate::{EntryModel, RankingModel, hundredths, inert};

/// People in the table at most; more are read in the lists or in the workbook.
const PEOPLE_MAX: usize = 50;
/// Roles in the table at most: more do not stand side by side on a screen.
const ROLES_MAX: usize = 40;

/// The table; only where there are several roles.
pub struct HeatView {
    /// Who is in it.
    pub words: String,
    pub roles: Vec<RoleHead>,
    pub rows: Vec<Row>,
}

/// A column.
pub struct RoleHead {
    /// Place of the role on the page, from 1.
    pub number: usize,
    pub title: String,
}

/// A person.
pub struct Row {
    pub candidate: String,
    pub name: String,
    /// One for each role; `None` where the person is not among those shown.
    pub cells: Vec<Option<Cell>>,
}

/// How a person stands in a role.
#[derive(Clone)]
pub struct Cell {
    pub score: String,
    pub tier: &'static str,
    /// The score in whole tenths, 0 to 10: the shade.
    pub tenth: u16,
}

impl HeatView {
    /// The people on the most lists first; of equals those with the best tier, then the highest score, then by number.
    pub fn new(model: &RankingModel) -> Option<Self> {
        let lists = &model.shortlists;
        if lists.len() < 2 || lists.len() > ROLES_MAX {
            return None;
        }
        let mut people: BTreeMap<&str, Vec<(usize, &EntryModel)>> = BTreeMap::new();
        for (at, list) in lists.iter().enumerate() {
            for entry in &list.entries {
                people.entry(&entry.candidate).or_default().push((at, entry));
            }
        }
        let total = people.len();
        let mut people: Vec<(&str, Vec<(usize, &EntryModel)>)> = people.into_iter().collect();
        people.sort_by_key(|(candidate, on)| {
            let best = on.iter().map(|(_, e)| (e.tier, std::cmp::Reverse(e.score))).min();
            (std::cmp::Reverse(on.len()), best, *candidate)
        });
        people.truncate(PEOPLE_MAX);
        let shown = people.len();
        let words = if shown < total {
            format!(
                "The first {shown} of {} on the lists below.",
                words::count(total as u64, "person", "people")
            )
        } else {
            format!("Everybody on the lists below: {}.", words::count(total as u64, "person", "people"))
        };
        let roles =
            lists.iter().enumerate().map(|(at, l)| RoleHead { number: at + 1, title: inert(&l.title) });
        let rows = people.into_iter().map(|(candidate, on)| {
            let mut cells = vec![None; lists.len()];
            for (at, e) in &on {
                cells[*at] = Some(Cell {
                    score: hundredths(e.score),
                    tier: e.tier,
                    tenth: e.score.min(10_000) / 1_000,
                });
            }
            let name = on.iter().find_map(|(_, e)| e.name.as_deref()).unwrap_or("(no name)");
            Row { candidate: inert(candidate), name: inert(name), cells }
        });
        Some(Self { words, roles: roles.collect(), rows: rows.collect() })
    }
}

#[cfg(test)]
mod tests {
    //! - a person stands once, with a cell for each list they are on
    //! - one role needs no table

    use super::*;
    use crate::html::tests::model;

    #[test]
    fn a_person_stands_once_with_a_cell_for_each_list() {
        let mut model = model();
        model.shortlists[1].entries.remove(0);
        let heat = HeatView::new(&model).unwrap();
        assert_eq!(heat.rows.len(), 3);
        let filled = |row: &Row| row.cells.iter().filter(|c| c.is_some()).count();
        assert_eq!(heat.rows.iter().map(filled).collect::<Vec<_>>(), [2, 2, 1]);
        let cells: usize = heat.rows.iter().map(filled).sum();
        assert_eq!(cells, model.shortlists.iter().map(|l| l.entries.len()).sum::<usize>());
        for row in &heat.rows {
            for (list, cell) in model.shortlists.iter().zip(&row.cells) {
                let entry = list.entries.iter().find(|e| e.candidate == row.candidate);
                assert_eq!(cell.as_ref().map(|c| c.score.clone()), entry.map(|e| hundredths(e.score)));
            }
        }
    }

    #[test]
    fn one_role_needs_no_table() {
        let mut model = model();
        model.shortlists.truncate(1);
        assert!(HeatView::new(&model).is_none());
    }
}
