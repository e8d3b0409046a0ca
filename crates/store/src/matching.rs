//! Which known person a row is about.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use stackscout_profile::{CandidateNumber, Part};

use crate::StoreError;
use crate::hashes::{ByHash, hashed};
use crate::identity::{Identity, email_texts, name_key};
use crate::keys::{HashedKey, NewKeys};
use crate::reading::Reading;

/// Somebody who may be the person of a row, by the number before any merge, and why a person has to decide it.
pub(crate) type LookAlike = (u32, &'static str);

/// Whom a row is about.
pub(crate) struct Found {
    /// The person, if known, by the number before any merge.
    pub known: Option<u32>,
    /// People whom somebody should compare with them.
    pub reviews: Vec<LookAlike>,
    /// Keys that nobody holds: the person is to be known by them.
    pub free: Vec<HashedKey>,
}

/// The person that a row of these keys is about. Where a key is that of somebody of another name, the two are not joined,
/// and key and name together are what this one is known by.
///
/// Whoever was merged counts as who they were before: a row finds whom it would find had nobody ever been merged.
pub(crate) fn find(
    store: &Reading<'_>,
    new: &NewKeys,
    merged: &HashMap<u32, u32>,
    keys: Vec<Identity>,
    part: &Part,
) -> Result<Found, StoreError> {
    let survivor = |origin: u32| {
        let mut at = origin;
        while let Some(next) = merged.get(&at) {
            at = *next;
        }
        at
    };
    let mut found: Option<u32> = None;
    let (mut reviews, mut free) = (Vec::new(), Vec::new());
    for key in keys.into_iter().map(HashedKey::new) {
        let Some(origin) = new.holder(store, &key)? else {
            free.push(key);
            continue;
        };
        match found {
            Some(known) if known == origin => {}
            Some(_) => reviews.push((origin, "keys-point-at-two-people")),
            None if key.key.kind == "id" || key.key.kind == "row" => found = Some(origin),
            None => {
                let number = survivor(origin);
                let other = store.record(CandidateNumber(number))?;
                let parts = other.iter().flat_map(|other| &other.parts);
                let theirs = parts.filter(|part| part.origin.unwrap_or(number) == origin);
                let Some(own) = other_name(part, theirs) else {
                    found = Some(origin);
                    continue;
                };
                // So that the same row is the same person next time.
                let named = HashedKey::new(key.key.with_name(&own));
                found = new.holder(store, &named)?;
                if found.is_none() {
                    free.push(named);
                }
                let is_email = key.key.kind == "email";
                reviews
                    .push((origin, if is_email { "same-email-other-name" } else { "same-link-other-name" }));
            }
        }
    }
    reviews.retain(|(other, _)| found != Some(*other));
    Ok(Found { known: found, reviews, free })
}

/// The folded name of a row where those who are known by its key have names, and none of them is this one.
pub(crate) fn other_name<'a>(part: &Part, known: impl Iterator<Item = &'a Part>) -> Option<String> {
    let own = name_key(part)?;
    let names: Vec<String> = known.filter_map(name_key).collect();
    (!names.is_empty() && !names.contains(&own)).then_some(own)
}

/// Ids that stood in a file, hashed, each with what its first row said.
#[derive(Default)]
pub(crate) struct Seen(ByHash<FirstRow>);

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
