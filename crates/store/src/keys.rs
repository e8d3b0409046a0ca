//! What an import makes people known by, on its way into the table of keys.
//!
//! Addresses come in no order, and a table that is filled in no order touches a page of its file for each of them, the
//! more the larger it is. So new keys are gathered, and written many at once in the order of the table. Until then they are
//! found here; and in a pool that knew nobody before the import, a filter tells nearly always that a key cannot be in the
//! table, which then is not asked.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

use crate::StoreError;
use crate::hashes::{AsItIs, Filter, hashed};
use crate::identity::Identity;
use crate::reading::Reading;
use crate::writing::Writing;

/// Keys that are gathered at most: seven eighths of a power of two, which is what a table of so many places takes. They
/// take some 15 MB.
const GATHERED_MAX: usize = 7 << 14;

/// A key with its hash, which is worked out once.
pub(crate) struct HashedKey {
    hash: u64,
    pub key: Identity,
}

impl HashedKey {
    pub(crate) fn new(key: Identity) -> Self {
        Self { hash: hashed(&key), key }
    }
}

impl PartialEq for HashedKey {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash && self.key == other.key
    }
}

impl Eq for HashedKey {}

impl Hash for HashedKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Keys that an import has given.
pub(crate) struct NewKeys {
    /// Not in the table yet, each with the number of its person.
    gathered: HashMap<HashedKey, u32, BuildHasherDefault<AsItIs>>,
    /// All that are in the table; `None` where it held keys before.
    written: Option<Filter>,
}

impl NewKeys {
    pub(crate) fn new(store: &Reading<'_>) -> Result<Self, StoreError> {
        let written = store.knows_nobody()?.then(Filter::default);
        Ok(Self { gathered: HashMap::default(), written })
    }

    /// The number that a key belongs to: that from before any merge.
    pub(crate) fn holder(&self, store: &Reading<'_>, key: &HashedKey) -> Result<Option<u32>, StoreError> {
        if let Some(number) = self.gathered.get(key) {
            return Ok(Some(*number));
        }
        match &self.written {
            Some(written) if !written.may_hold(key.hash) => Ok(None),
            _ => store.holder(&key.key),
        }
    }

    /// Lets a person be known by a key that nobody holds.
    pub(crate) fn claim(
        &mut self,
        writing: &Writing<'_>,
        key: HashedKey,
        origin: u32,
    ) -> Result<(), StoreError> {
        self.gathered.entry(key).or_insert(origin);
        if self.gathered.len() < GATHERED_MAX { Ok(()) } else { self.write(writing) }
    }

    /// Writes what was gathered into the table.
    pub(crate) fn write(&mut self, writing: &Writing<'_>) -> Result<(), StoreError> {
        let mut keys: Vec<(HashedKey, u32)> = self.gathered.drain().collect();
        keys.sort_unstable_by(|(a, _), (b, _)| {
            let (a, b) = (&a.key, &b.key);
            (&a.key, a.kind, &a.scope).cmp(&(&b.key, b.kind, &b.scope))
        });
        for (HashedKey { hash, key }, origin) in keys {
            if let Some(written) = &mut self.written {
                written.add(hash);
            }
            writing.claim(&key, origin)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    //! - keys are found while they are gathered and when they are written; who came first holds them

    use super::*;
    use crate::Store;

    fn key(n: u32) -> HashedKey {
        let key = format!("{}@example.org", n * 7_919 % 1_000);
        HashedKey::new(Identity { kind: "email", scope: String::new(), key })
    }

    #[test]
    fn keys_are_found_while_they_are_gathered_and_when_they_are_written() {
        let mut store = Store::in_memory().unwrap();
        for _ in 0..2 {
            let writing = store.begin().unwrap();
            let mut keys = NewKeys::new(&writing.reading()).unwrap();
            for n in 0..2_000 {
                let holder = keys.holder(&writing.reading(), &key(n)).unwrap();
                assert_eq!(holder.is_some(), n >= 1_000 || writing.change == 2, "{n}");
                match holder {
                    None => keys.claim(&writing, key(n), n).unwrap(),
                    Some(holder) => assert_eq!(holder, n % 1_000),
                }
                if n % 300 == 0 {
                    keys.write(&writing).unwrap();
                    assert!(keys.gathered.is_empty());
                }
            }
            keys.write(&writing).unwrap();
            writing.commit().unwrap();
        }
        assert_eq!(store.reading().holder(&key(700).key).unwrap(), Some(700));
    }
}
