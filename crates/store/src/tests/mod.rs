//! Tests of what several files of the crate do together.

mod decisions;
mod erasing;
mod formats;
mod kept;
mod past;
mod undo;

use stackscout_profile::{CandidateNumber, Cell, Date, Field, Reading, Record, Value};

use crate::{Forgotten, ImportStart, Incoming, Store, StoreError, ToErase};

fn pool() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::create(&folder.path().join("records.db")).unwrap();
    (folder, store)
}

/// A row of two columns; an empty text is an empty cell.
fn row(id: &str, title: &str, skills: &str) -> Incoming {
    let value = |(field, text): (Field, &str)| {
        let cell = Cell { import: 0, line: 2 };
        (!text.is_empty()).then(|| Value {
            field,
            column: field.word().to_owned(),
            text: text.to_owned(),
            cell,
            reading: Reading::default(),
        })
    };
    let values = [(Field::Title, title), (Field::Skills, skills)].into_iter().filter_map(value).collect();
    Incoming {
        line: 2,
        external_id: Some(id.to_owned()),
        values,
        content_key: format!("{id}{title}{skills}"),
        protected: Vec::new(),
    }
}

fn import(store: &mut Store, source: &str, rows: impl IntoIterator<Item = Incoming>) {
    let mut import = store
        .begin_import(ImportStart {
            file: "x.csv".into(),
            source: source.into(),
            layout: "plain".into(),
            as_of: Date::new(2026, 11, 1).unwrap(),
            columns: ["title", "skills"].map(str::to_owned).to_vec(),
        })
        .unwrap();
    for row in rows {
        import.accept(row).unwrap();
    }
    import.commit().unwrap();
}

fn records_at(store: &Store, change: u64) -> Vec<Record> {
    let mut records = Vec::new();
    let take = |record| {
        records.push(record);
        Ok::<(), StoreError>(())
    };
    store.records_at(change, take).unwrap();
    records
}

/// Erases a person, also from the pages of the file.
fn forget(store: &mut Store, number: CandidateNumber) -> Forgotten {
    let forgotten = store.erase(&[ToErase::asked(number)]).unwrap();
    let folder = store.path.parent().unwrap().to_owned();
    store.scrub(&folder).unwrap();
    store.set_scrubbed().unwrap();
    forgotten
}
