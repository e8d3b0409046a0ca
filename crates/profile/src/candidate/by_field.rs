//! The values of a record by what they mean: each field is asked for once or twice, and most have none.

use crate::{Field, Record, Value};

/// How many fields there are.
const FIELDS: usize = Field::ALL.len();

/// All values, those of one field one behind the other, as [`Record::values`] gives them.
pub(super) struct ByField<'a> {
    values: Vec<&'a Value>,
    /// Where the values of each field end.
    ends: [usize; FIELDS],
}

impl<'a> ByField<'a> {
    pub fn new(record: &'a Record) -> Self {
        let all = || record.parts.iter().flat_map(|part| &part.values);
        let mut ends = [0; FIELDS];
        all().for_each(|value| ends[value.field as usize] += 1);
        let mut count = 0;
        for end in &mut ends {
            count += *end;
            *end = count;
        }
        let Some(first) = all().next() else { return Self { values: Vec::new(), ends } };
        let mut values = vec![first; count];
        // From the last to the first, each field is filled from its end, and its end becomes its start.
        let mut starts = ends;
        for value in record.parts.iter().rev().flat_map(|part| part.values.iter().rev()) {
            let at = &mut starts[value.field as usize];
            *at -= 1;
            values[*at] = value;
        }
        let mut by_field = Self { values, ends };
        if record.parts.len() > 1 || all().any(|value| value.cell.import != first.cell.import) {
            by_field.newest_first(record);
        }
        by_field
    }

    /// The values of a field, newest first.
    pub fn of(&self, field: Field) -> &[&'a Value] {
        &self.values[self.place(field as usize)]
    }

    fn place(&self, field: usize) -> std::ops::Range<usize> {
        field.checked_sub(1).map_or(0, |before| self.ends[before])..self.ends[field]
    }

    /// Of several rows the record itself knows the order.
    fn newest_first(&mut self, record: &'a Record) {
        for field in Field::ALL {
            let place = self.place(*field as usize);
            if place.len() > 1 {
                self.values[place].copy_from_slice(&record.values(*field));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    //! - the values of each field are those of the record, in its order, whatever rows they come from

    use proptest::prelude::*;

    use super::*;
    use crate::{CandidateNumber, Cell, Date, Part, Reading, RowDate};

    fn value(field: usize, text: u8, import: u32) -> Value {
        Value {
            field: Field::ALL[field],
            column: "c".into(),
            text: text.to_string(),
            cell: Cell { import, line: 2 },
            reading: Reading::default(),
        }
    }

    proptest! {
        #[test]
        fn the_values_of_each_field_are_those_of_the_record(
            parts in prop::collection::vec(
                (prop::collection::vec((0..FIELDS, 0..9_u8, 1..4_u32), 0..12), 1..28_i8),
                0..4,
            ),
        ) {
            let parts = (0..).zip(parts).map(|(source, (values, day))| {
                let values = values.into_iter().map(|(field, text, import)| value(field, text, import)).collect();
                let mut part = Part::new(source.to_string(), None, values);
                part.as_of.push(RowDate { as_of: Date::new(2026, 11, day).unwrap(), import: 2 });
                part
            });
            let record = Record { number: CandidateNumber(1), parts: parts.collect() };
            let by_field = ByField::new(&record);
            for field in Field::ALL {
                let places = |values: &[&Value]| values.iter().map(|v| std::ptr::from_ref(*v)).collect::<Vec<_>>();
                prop_assert_eq!(places(by_field.of(*field)), places(&record.values(*field)), "{}", field);
            }
        }
    }
}
