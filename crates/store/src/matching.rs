//! Which known person a row is about.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{DefaultHasher, Hash, Hasher};

use stackscout_profile::{CandidateNumber, Part};

use crate::StoreError;
use crate::identity::{Identity, email_texts, name_key};
use crate::reading::Reading;

/// Somebody who may be the person of a row, by the number before any merge, and why a person has to decide it.
pub(crate) type LookAlike = (u32, &'static str);

/// The person that a row of these keys is about, if known, by the number before any merge; and people whom somebody
/// should compare with them. Keys that the person is to be known by instead are added.
pub(crate) fn find(
    store: &Reading<'_>,
    merged: &HashMap<u32, u32>,
    keys: &mut Vec<Identity>,
    part: &Part,
) -> Result<(Option<u32>, Vec<LookAlike>), StoreError> {
    let survivor = |origin: u32| {
        let mut at = origin;
        while let Some(next) = merged.get(&at) {
            at = *next;
        }
        at
    };
    let mut found: Option<u32> = None;
    let (mut reviews, mut more) = (Vec::new(), Vec::new());
    for key in keys.iter() {
        let Some(origin) = store.holder(key)? else { continue };
        match found {
            Some(known) if survivor(known) == survivor(origin) => {}
            Some(_) => reviews.push((origin, "keys-point-at-two-people")),
            None if key.kind == "id" || key.kind == "row" => found = Some(origin),
            None => {
                let other = store.record(CandidateNumber(survivor(origin)))?;
                let parts = other.iter().flat_map(|other| &other.parts);
                let Some(own) = other_name(part, parts) else {
                    found = Some(origin);
                    continue;
                };
                // Not joined; so that the same row is the same person next time, key and name together are
                // what this one is known by.
                let named = key.with_name(&own);
                found = store.holder(&named)?;
                more.push(named);
                let is_email = key.kind == "email";
                reviews
                    .push((origin, if is_email { "same-email-other-name" } else { "same-link-other-name" }));
            }
        }
    }
    keys.extend(more);
    reviews.retain(|(other, _)| found.map(survivor) != Some(survivor(*other)));
    Ok((found, reviews))
}

/// The folded name of a row where those who are known by its key have names, and none of them is this one.
pub(crate) fn other_name<'a>(part: &Part, known: impl Iterator<Item = &'a Part>) -> Option<String> {
    let own = name_key(part)?;
    let names: Vec<String> = known.filter_map(name_key).collect();
    (!names.is_empty() && !names.contains(&own)).then_some(own)
}

/// Ids that stood in a file, hashed, each with what its first row said.
#[derive(Default)]
pub(crate) struct Seen(HashMap<u64, FirstRow>);

/// The line, and hashes of name and address; 0 where there is none.
struct FirstRow {
    line: u64,
    name: u32,
    email: u32,
}

impl Seen {
    /// Notes the id of a row. Where it stood before, with another name or address: the line where it did.
    pub(crate) fn conflict(&mut self, part: &Part, line: u64) -> Option<u64> {
        let id = part.external_id.as_ref()?;
        let short = |text: Option<String>| text.map_or(0, |text| hashed(&text) as u32 | 1);
        let (name, email) = (short(name_key(part)), short(email_texts(part).into_iter().next()));
        match self.0.entry(hashed(id)) {
            Entry::Vacant(seen) => {
                seen.insert(FirstRow { line, name, email });
                None
            }
            Entry::Occupied(seen) => {
                let first = seen.get();
                let differs = |a: u32, b: u32| a != 0 && b != 0 && a != b;
                (differs(first.name, name) || differs(first.email, email)).then_some(first.line)
            }
        }
    }
}

pub(crate) fn hashed(key: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
