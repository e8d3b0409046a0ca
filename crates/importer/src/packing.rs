//! From the bytes of a file to the bytes that were packed in it: gzip and Zstandard, of one or several members.
//!
//! Unpacking streams, so that a file that grows a thousandfold costs time and no memory; what grows past any table of
//! candidates is refused. A file that was cut off gives an error where it ends, never a shorter table.

use std::io::{self, BufReader, Cursor, Read};

use flate2::bufread::MultiGzDecoder;

use crate::encoding::Input;

/// A billion people at a kilobyte each: whatever unpacks to more is no table of candidates.
const UNPACKED_BYTES_MAX: u64 = 1 << 40;
/// Bytes unpacked at a time.
const BUFFER_BYTES: usize = 1 << 16;

/// Unpacks where the first bytes announce it, and passes everything else on as it is.
pub(crate) fn open(mut input: Input) -> io::Result<Input> {
    let mut head = Vec::with_capacity(4);
    input.by_ref().take(4).read_to_end(&mut head)?;
    let (gzip, zstd) = (head.starts_with(&[0x1F, 0x8B]), head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]));
    let input = Cursor::new(head).chain(input);
    Ok(if gzip {
        bounded(MultiGzDecoder::new(input), UNPACKED_BYTES_MAX)
    } else if zstd {
        bounded(zstd::stream::read::Decoder::with_buffer(input)?, UNPACKED_BYTES_MAX)
    } else {
        Box::new(input)
    })
}

fn bounded(unpacked: impl Read + Send + 'static, bytes_max: u64) -> Input {
    Box::new(BufReader::with_capacity(BUFFER_BYTES, Bounded { unpacked, left: bytes_max }))
}

/// Gives an error in place of the byte after the last one that is allowed.
struct Bounded<R> {
    unpacked: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.unpacked.read(buffer)?;
        self.left = self.left.checked_sub(n as u64).ok_or_else(|| {
            io::Error::new(io::ErrorKind::FileTooLarge, "it unpacks to more than any table of candidates")
        })?;
        Ok(n)
    }
}

/// The name without the ending of a packed file: `people.csv` for `people.csv.gz`.
pub(crate) fn without_ending(name: &str) -> &str {
    [".gz", ".zst", ".GZ", ".ZST"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    //! - what was packed comes out, from one member or several, and what was not passes as it is
    //! - a file that was cut off is an error
    //! - what unpacks to too much is an error, and takes no memory

    use std::io::Write;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(bytes).unwrap();
        packer.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        zstd::stream::encode_all(bytes, 3).unwrap()
    }

    fn unpacked(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        open(Box::new(Cursor::new(bytes)))?.read_to_end(&mut out).map(|_| out)
    }

    #[test]
    fn what_was_packed_comes_out() {
        let long = "name,skills\nAda,Django\n".repeat(20_000).into_bytes();
        for pack in [gzip, zstd] {
            assert!(unpacked(pack(&long)).unwrap() == long);
            let two = [pack(b"a,b\n"), pack(b"1,2\n")].concat();
            assert_eq!(unpacked(two).unwrap(), b"a,b\n1,2\n");
            assert_eq!(unpacked(pack(b"")).unwrap(), b"");
        }
        for plain in [&b""[..], b"a", b"abc", b"name,skills\n", &[0x1F]] {
            assert_eq!(unpacked(plain.to_vec()).unwrap(), plain);
        }
    }

    #[test]
    fn a_file_that_was_cut_off_is_an_error() {
        let text: Vec<u8> =
            (0..50_000u32).flat_map(|n| format!("{},", n.wrapping_mul(2_654_435_761)).into_bytes()).collect();
        for pack in [gzip, zstd] {
            let packed = pack(&text);
            for cut in [5, 12, packed.len() / 2, packed.len() - 1] {
                assert!(unpacked(packed[..cut].to_vec()).is_err(), "cut at {cut} of {}", packed.len());
            }
        }
    }

    #[test]
    fn what_unpacks_to_too_much_is_an_error() {
        let packed = gzip(&vec![b','; 1 << 20]);
        let read = |bytes_max| {
            let decoder = MultiGzDecoder::new(Cursor::new(packed.clone()));
            io::copy(&mut bounded(decoder, bytes_max), &mut io::sink())
        };
        assert_eq!(read(1 << 20).unwrap(), 1 << 20);
        assert_eq!(read((1 << 20) - 1).unwrap_err().kind(), io::ErrorKind::FileTooLarge);
    }

    #[test]
    fn the_ending_of_a_packed_file_is_no_part_of_its_name() {
        for (name, without) in
            [("a.csv.gz", "a.csv"), ("in/a.zst", "in/a"), ("a.csv", "a.csv"), ("a.CSV.GZ", "a.CSV")]
        {
            assert_eq!(without_ending(name), without);
        }
    }
}
