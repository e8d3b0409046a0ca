//! In which order day, month and year stand in the figures of each column.
//!
//! The whole column has one order: what `--date-order` says, or else what its first rows show. Where they show none,
//! `03/04/2027` stays unread.

use stackscout_profile::{DateOrder, Field};

use crate::columns::{ColumnUse, Evidence, Usage};
use crate::{ImportError, ImportOptions};

impl Evidence<'_> {
    /// The order of each column, by its place; said in the column's reason where it was decided.
    pub fn date_orders(
        &self,
        columns: &mut [ColumnUse],
        options: &ImportOptions,
    ) -> Result<Vec<Option<DateOrder>>, ImportError> {
        let mut stated: Vec<Option<DateOrder>> = vec![None; columns.len()];
        for (name, order) in &options.date_orders {
            match name {
                None => stated.iter_mut().for_each(|s| *s = s.or(Some(*order))),
                Some(name) => self.find_columns(name)?.into_iter().for_each(|at| stated[at] = Some(*order)),
            }
        }
        // What is asked for now counts more.
        for (at, before) in self.before(options) {
            stated[at] = stated[at].or(before.order);
        }
        let decide = |(at, column): (usize, &mut ColumnUse)| {
            let is_day = matches!(column.usage, Usage::Field(field) if Field::is_day(field));
            let shown = self.sample.date_order(at);
            let (order, why) = match stated[at] {
                Some(order) => (order, "as asked for"),
                None => (shown?, "as its cells show"),
            };
            if is_day {
                column.why = format!("{}; {order} {why}", column.why);
            }
            Some(order).filter(|_| is_day)
        };
        Ok(columns.iter_mut().enumerate().map(decide).collect())
    }
}
