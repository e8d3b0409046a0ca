//! What a committed index covers. It stands in the commit's payload and nowhere else.

use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::IndexError;
use crate::open::META;

/// Version of the index's fields and words. Another version is never read: it is wiped and rebuilt.
pub const INDEX_FORMAT: u32 = 6;

/// What a committed index covers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexState {
    /// Version of fields and words; [`INDEX_FORMAT`] of the program that wrote it.
    pub format: u32,
    /// The last change of the record store that is in the index.
    pub change: u64,
    /// Fingerprint of the taxonomy that resolved the skills.
    pub taxonomy: String,
    /// Number of candidates in the index.
    pub candidates: u64,
    /// Files that are written beside the index and belong to the same change, by name, each with a checksum. The index
    /// does not read them: its commit is what makes them count.
    #[serde(default)]
    pub beside: Vec<(String, u32)>,
}

impl IndexState {
    /// The state of an index that this program writes.
    #[must_use]
    pub fn new(change: u64, taxonomy: &str, candidates: u64) -> Self {
        Self { format: INDEX_FORMAT, change, taxonomy: taxonomy.to_owned(), candidates, beside: Vec::new() }
    }

    /// This state, with files that belong to it.
    #[must_use]
    pub fn with_beside(self, beside: Vec<(String, u32)>) -> Self {
        Self { beside, ..self }
    }

    /// Reads what the last commit covers without opening the index; `None` where there is no commit, or one that this
    /// program cannot read. Nothing is said of the index's other files.
    ///
    /// # Errors
    /// Where the system refuses to read.
    pub fn read(dir: &Path) -> Result<Option<Self>, IndexError> {
        let path = dir.join(META);
        let meta = match fs::read(&path) {
            Ok(meta) => meta,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(IndexError::io("read", &path, e)),
        };
        let json: Option<serde_json::Value> = serde_json::from_slice(&meta).ok();
        let payload = json.as_ref().and_then(|json| json.get("payload")?.as_str());
        Ok(payload.and_then(|payload| Self::from_payload(payload).ok()))
    }

    pub(crate) fn to_payload(&self) -> String {
        let state = serde_json::json!(self);
        let sum = checksum(&state.to_string());
        serde_json::json!({ "state": state, "sum": sum }).to_string()
    }

    /// Reads a payload. The engine has checksums for its other files, not for the one that the payload is in.
    pub(crate) fn from_payload(payload: &str) -> Result<Self, PayloadError> {
        let unreadable = |_| PayloadError::Unreadable;
        let payload: Payload = serde_json::from_str(payload).map_err(unreadable)?;
        if checksum(&payload.state.to_string()) != payload.sum {
            return Err(PayloadError::Checksum);
        }
        // The format first: the rest may have another shape in another one.
        match payload.state.get("format").and_then(serde_json::Value::as_u64) {
            Some(format) if format == u64::from(INDEX_FORMAT) => {
                serde_json::from_value(payload.state).map_err(unreadable)
            }
            Some(format) => Err(PayloadError::OtherFormat(u32::try_from(format).unwrap_or(u32::MAX))),
            None => Err(PayloadError::Unreadable),
        }
    }
}

#[derive(Deserialize)]
struct Payload {
    state: serde_json::Value,
    sum: String,
}

/// Why a payload is not the state of an index that can be read.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PayloadError {
    Unreadable,
    Checksum,
    OtherFormat(u32),
}

/// Sixteen hex digits: enough against a flipped bit, which is all that it guards against.
fn checksum(text: &str) -> String {
    Sha256::digest(text.as_bytes())[..8].iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    //! - a state reads back
    //! - another format is told from damage
    //! - no flipped bit goes unnoticed

    use super::*;

    #[test]
    fn a_state_reads_back() {
        let state = IndexState::new(u64::MAX, "0123", 45_161);
        assert_eq!(IndexState::from_payload(&state.to_payload()), Ok(state));
    }

    #[test]
    fn another_format_is_told_from_damage() {
        let mut state = IndexState::new(1, "a", 2);
        state.format = INDEX_FORMAT + 1;
        let read = IndexState::from_payload(&state.to_payload());
        assert_eq!(read, Err(PayloadError::OtherFormat(INDEX_FORMAT + 1)));
        assert_eq!(IndexState::from_payload("{}"), Err(PayloadError::Unreadable));
    }

    #[test]
    fn no_flipped_bit_goes_unnoticed() {
        let state = IndexState::new(12, "fingerprint", 345);
        let payload = state.to_payload();
        for at in 0..payload.len() * 8 {
            let mut bytes = payload.clone().into_bytes();
            bytes[at / 8] ^= 1 << (at % 8);
            let Ok(flipped) = String::from_utf8(bytes) else { continue };
            // White space of the JSON may change, the state may not.
            if let Ok(read) = IndexState::from_payload(&flipped) {
                assert_eq!(read, state, "bit {at}");
            }
        }
    }
}
