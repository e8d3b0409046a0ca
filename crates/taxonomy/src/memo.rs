//! What was worked out last, by the text that it was worked out of.
//!
//! A file says the same again and again: a hundred titles, a thousand places, a few thousand ways of writing years. What
//! depends on a text alone is worked out once and found here afterwards. A memo holds a fixed number of texts, each in the
//! one slot that its hash names; a text with the same slot takes it over. So it needs no order of age, its memory has a
//! bound that no file can move, and texts chosen to collide make it forget and nothing else.

use std::hash::Hasher;

use rustc_hash::FxHasher;

/// Values by text, as many as there are slots at most.
#[derive(Debug)]
pub struct Memo<V> {
    slots: Vec<Option<Entry<V>>>,
    slots_max: usize,
}

#[derive(Debug)]
struct Entry<V> {
    text: Box<str>,
    value: V,
}

impl<V> Memo<V> {
    /// Longer texts are not kept: those that come again are short.
    pub const TEXT_BYTES_MAX: usize = 200;

    /// A memo with so many slots, a power of two; they are made when the first value is kept.
    ///
    /// # Panics
    /// Where it is no power of two.
    #[must_use]
    pub const fn new(slots_max: usize) -> Self {
        assert!(slots_max.is_power_of_two(), "a slot is named by bits of a hash");
        Self { slots: Vec::new(), slots_max }
    }

    /// The value that was kept for a text, where it has not been taken over.
    #[must_use]
    pub fn get(&self, text: &str) -> Option<&V> {
        let entry = self.slots.get(self.slot(text))?.as_ref()?;
        (*entry.text == *text).then_some(&entry.value)
    }

    /// Keeps the value of a text that is not too long.
    pub fn keep(&mut self, text: &str, value: V) {
        if text.len() > Self::TEXT_BYTES_MAX {
            return;
        }
        if self.slots.is_empty() {
            self.slots.resize_with(self.slots_max, || None);
        }
        let slot = self.slot(text);
        self.slots[slot] = Some(Entry { text: text.into(), value });
    }

    fn slot(&self, text: &str) -> usize {
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        #[expect(clippy::cast_possible_truncation, reason = "a slot is named by the lowest bits")]
        let hash = hasher.finish() as usize;
        hash & (self.slots_max - 1)
    }
}

#[cfg(test)]
mod tests {
    //! - what is kept is found under its own text and no other
    //! - no more is kept than there are slots, and nothing of a long text

    use super::*;

    #[test]
    fn what_is_kept_is_found_under_its_own_text() {
        let mut memo = Memo::new(256);
        assert_eq!(memo.get("Berlin"), None);
        for n in 0..10_000_u32 {
            memo.keep(&n.to_string(), n);
            assert_eq!(memo.get(&n.to_string()), Some(&n));
        }
        for n in 0..20_000_u32 {
            assert!(memo.get(&n.to_string()).is_none_or(|kept| *kept == n), "{n}");
        }
    }

    #[test]
    fn no_more_is_kept_than_there_are_slots() {
        let mut memo = Memo::new(64);
        (0..1_000).for_each(|n: u32| memo.keep(&n.to_string(), ()));
        assert!(memo.slots.len() == 64 && memo.slots.iter().filter(|slot| slot.is_some()).count() > 48);
        let long = "x".repeat(Memo::<()>::TEXT_BYTES_MAX + 1);
        memo.keep(&long, ());
        assert_eq!(memo.get(&long), None);
    }
}
