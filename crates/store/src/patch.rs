//! A record told by the record after it.
//!
//! A change mostly adds cells to a record, or replaces a few. The version before is packed (LZ4) with the version after
//! it as dictionary, so that what both say is not kept twice, in whatever order they say it. Where there is no version
//! after it (the person was removed) the dictionary is empty.

use lz4_flex::block::{compress_prepend_size_with_dict, decompress_size_prepended_with_dict};

/// Packs a version; `after` is the one that replaced it.
pub(crate) fn pack(before: &[u8], after: &[u8]) -> Vec<u8> {
    compress_prepend_size_with_dict(before, after)
}

/// The version that was packed; `None` where the bytes are damaged, or `after` is not what they were packed with. Not
/// all damage shows here: the record's checksum finds the rest.
pub(crate) fn unpack(packed: &[u8], after: &[u8]) -> Option<Vec<u8>> {
    // One byte of LZ4 stands for at most 255: what claims more would only fill the memory.
    const UNPACKED_PER_BYTE_MAX: usize = 255;
    let size = u32::from_le_bytes(*packed.first_chunk()?) as usize;
    if size > packed.len() * UNPACKED_PER_BYTE_MAX {
        return None;
    }
    decompress_size_prepended_with_dict(packed, after).ok()
}

#[cfg(test)]
mod tests {
    //! - what was packed comes back, whatever the two versions are
    //! - what both say is not kept twice, in whatever order
    //! - damaged bytes give an error or other bytes, and never a panic or a flood of memory

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_packed_comes_back(before in "[ab]{0,40}", after in "([ab]{0,9}){0,9}") {
            let (before, after) = (before.as_bytes(), after.as_bytes());
            prop_assert_eq!(unpack(&pack(before, after), after), Some(before.to_vec()));
        }

        #[test]
        fn damaged_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60), after in "[ab]{0,20}") {
            let _ = unpack(&bytes, after.as_bytes());
        }
    }

    #[test]
    fn what_both_say_is_not_kept_twice_in_whatever_order() {
        let cells: Vec<String> =
            (0..40).map(|n| format!("{{\"c\":\"column {n}\",\"t\":\"{}\"}},", n * n)).collect();
        let before = cells.concat();
        let after = [&cells[20..], &cells[..20], &["{\"c\":\"new\"}".to_owned()]].concat().concat();
        let packed = pack(before.as_bytes(), after.as_bytes());
        assert!(packed.len() < 60, "{} bytes of {}", packed.len(), before.len());
        assert_eq!(unpack(&packed, after.as_bytes()), Some(before.into_bytes()));
    }

    #[test]
    fn a_size_that_cannot_be_is_refused() {
        assert_eq!(unpack(&[0xff, 0xff, 0xff, 0x7f, 0, 0, 0], b""), None);
        assert_eq!(unpack(&[1, 0], b""), None);
    }
}
