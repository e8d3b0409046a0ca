//! The texts that cells of a workbook share: one string, and where each of them ends.

use std::io;

use crate::xml::invalid;

/// Bytes of all texts at most. With the places beside them they leave room for everything else in 512 MB.
const BYTES_MAX: usize = 256 << 20;
/// Texts at most, at eight bytes for the place of each.
const TEXTS_MAX: usize = 8 << 20;

/// Texts by number.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    /// Adds a text.
    pub fn push(&mut self, text: &str) -> io::Result<()> {
        if self.text.len() + text.len() > BYTES_MAX || self.ends.len() >= TEXTS_MAX {
            return Err(invalid(
                "its texts are more than are held (256 MiB, 8 million); a CSV file of it can be read",
            ));
        }
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
        Ok(())
    }

    /// A text by its number from 0.
    pub fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.text[start..end])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_number_and_bounded() {
        let mut texts = Texts::default();
        for text in ["a", "", "é"] {
            texts.push(text).unwrap();
        }
        assert_eq!(
            (texts.get(0), texts.get(1), texts.get(2), texts.get(3)),
            (Some("a"), Some(""), Some("é"), None)
        );
        let long = "x".repeat(BYTES_MAX - 3);
        texts.push(&long).unwrap();
        assert!(texts.push("y").is_err());
    }
}
