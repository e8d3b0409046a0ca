//! - damage to a file costs the rows that it touches, and no other
//! - whatever the damage, accepted and rejected rows are counted once each

use proptest::prelude::*;

use super::open_with;
use stackscout_importer::{ImportOptions, ReadRow};

/// One thing that goes wrong with a file.
#[derive(Debug, Clone)]
enum Damage {
    Insert(u8),
    Replace(u8),
    Delete,
}

fn damage() -> impl Strategy<Value = Damage> {
    let byte = prop::sample::select(vec![b'"', b'"', b',', 0, 0xFF, b'x', b' ', b';', b'\n', b'\r', 0xC3]);
    prop_oneof![byte.clone().prop_map(Damage::Insert), byte.prop_map(Damage::Replace), Just(Damage::Delete)]
}

/// A cell of notes: plain, with commas, quotes, or line breaks.
fn notes() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{0,12}",
        "[a-z]{1,5}, [a-z]{1,5}",
        "[a-z]{1,4} \"\"[a-z]{1,4}\"\"",
        "[a-z]{1,8}\n[a-z ]{1,8}",
    ]
}

fn row(id: usize, notes: &str) -> String {
    let quoted = notes.contains([',', '"', '\n']);
    let notes = if quoted { format!("\"{notes}\"") } else { notes.to_owned() };
    format!("{},Person {id},p{id}@example.org,{notes},Rust\n", 1000 + id)
}

/// Ids of the accepted rows, and the number of rejected ones.
fn read(text: &[u8]) -> (Vec<String>, usize, u64) {
    let options = ImportOptions { delimiter: Some(b','), ..ImportOptions::default() };
    let mut file = open_with(text, &options).unwrap_or_else(|e| panic!("{e}"));
    let (mut ids, mut rejected, mut bytes) = (Vec::new(), 0, file.preamble().len() as u64);
    while let Some(row) = file.next() {
        match row.unwrap() {
            ReadRow::Accepted(row) => ids.push(row.external_id.unwrap_or_default()),
            ReadRow::Rejected(_) => rejected += 1,
        }
        bytes += file.last_row_bytes().len() as u64;
    }
    (ids, rejected, bytes)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn damage_costs_the_rows_that_it_touches(
        notes in prop::collection::vec(notes(), 4..14),
        damages in prop::collection::vec((any::<prop::sample::Index>(), damage()), 1..4),
    ) {
        let header = "id,name,email,notes,skills\n".to_owned();
        let rows: Vec<String> = notes.iter().enumerate().map(|(id, notes)| row(id, notes)).collect();
        let mut bytes = rows.concat().into_bytes();
        // The row of each byte; damage touches it, and the one that it would run into.
        let mut owner: Vec<usize> = rows.iter().enumerate().flat_map(|(at, row)| vec![at; row.len()]).collect();
        let mut touched = vec![false; rows.len()];
        for (index, damage) in &damages {
            let at = index.index(bytes.len());
            let of = owner[at];
            touched[of] = true;
            // A line end that goes joins two rows.
            if bytes[at] == b'\n' && of + 1 < rows.len() {
                touched[of + 1] = true;
            }
            match damage {
                Damage::Insert(byte) => {
                    bytes.insert(at, *byte);
                    owner.insert(at, of);
                }
                Damage::Replace(byte) => bytes[at] = *byte,
                Damage::Delete => {
                    bytes.remove(at);
                    owner.remove(at);
                }
            }
        }
        let text = [header.as_bytes(), &bytes].concat();
        let (ids, _, read_bytes) = read(&text);
        for (at, touched) in touched.iter().enumerate() {
            let id = (1000 + at).to_string();
            prop_assert!(*touched || ids.contains(&id), "row {at} is gone: {:?}", String::from_utf8_lossy(&text));
        }
        // Every byte is the header's, a row's, or a blank line's.
        let blank = text.iter().filter(|b| matches!(b, b'\n' | b'\r' | b' ' | b',' | b'"')).count() as u64;
        prop_assert!(read_bytes <= text.len() as u64 && read_bytes + blank >= text.len() as u64);
    }
}
