//! Whom the rows of an import were about.
//!
//! Each accepted row leaves an entry, also the one that said nothing new: without it nobody could tell, when an earlier
//! import is taken back, that a later one had said the same. Entries hold no text, and take about three bytes each.
//!
//! The number is that from before any merge (`merges.rs`), so that it holds for ever.

use std::collections::HashSet;

use rusqlite::{Connection, params};

use crate::statement;
use crate::varint::{put, put_signed, take, take_signed};

/// What is written down of an accepted row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct AcceptedRow {
    /// Whom it was about: the number from before any merge.
    pub origin: u32,
    /// Line on which it begins.
    pub line: u64,
    /// Which part of the person's record it spoke for, as the record stood after the import.
    pub part: u32,
    /// Newer rows had spoken for some of its columns already: what it said there is not kept.
    pub laid_aside: bool,
}

/// What stands for a row about somebody who was erased: nobody has the number 0.
pub(crate) const ERASED_ROW: AcceptedRow = AcceptedRow { origin: 0, line: 0, part: 0, laid_aside: false };

/// Rows packed together: few enough to unpack at once, many enough to cost nothing.
const ROWS_PER_CHUNK: usize = 4_096;

/// Rows on their way into the table.
#[derive(Default)]
pub(crate) struct RowsWriter {
    chunk: Vec<AcceptedRow>,
    chunks: u32,
}

impl RowsWriter {
    pub(crate) fn put(
        &mut self,
        connection: &Connection,
        import: u32,
        row: AcceptedRow,
    ) -> rusqlite::Result<()> {
        self.chunk.push(row);
        if self.chunk.len() == ROWS_PER_CHUNK { self.finish(connection, import) } else { Ok(()) }
    }

    /// Writes what is still held.
    pub(crate) fn finish(&mut self, connection: &Connection, import: u32) -> rusqlite::Result<()> {
        if self.chunk.is_empty() {
            return Ok(());
        }
        connection
            .prepare_cached("INSERT INTO import_rows (import, at, packed) VALUES (?1, ?2, ?3)")?
            .execute(params![import, self.chunks, pack(&self.chunk)])?;
        self.chunk.clear();
        self.chunks += 1;
        Ok(())
    }
}

/// Shows the rows of an import in their order; `None` where a chunk is damaged.
pub(crate) fn each_row(
    connection: &Connection,
    import: u32,
    mut take: impl FnMut(AcceptedRow),
) -> rusqlite::Result<Option<()>> {
    let mut statement =
        connection.prepare_cached("SELECT packed FROM import_rows WHERE import = ?1 ORDER BY at")?;
    let mut chunks = statement.query([import])?;
    while let Some(chunk) = chunks.next()? {
        let Some(rows) = unpack(chunk.get_ref(0)?.as_blob()?) else { return Ok(None) };
        rows.into_iter().for_each(&mut take);
    }
    Ok(Some(()))
}

/// Takes people out of the rows of every import; says of how many rows. Each leaves an empty entry behind the others of
/// its chunk, which says that a row was about somebody who is erased, and neither about whom nor where it stood.
pub(crate) fn take_out(connection: &Connection, people: &HashSet<u32>) -> rusqlite::Result<Option<u64>> {
    let mut changed: Vec<(u32, u32, Vec<u8>)> = Vec::new();
    let mut rows_out = 0;
    let mut statement = connection.prepare_cached("SELECT import, at, packed FROM import_rows")?;
    let mut chunks = statement.query([])?;
    while let Some(chunk) = chunks.next()? {
        let Some(rows) = unpack(chunk.get_ref(2)?.as_blob()?) else { return Ok(None) };
        let all = rows.len();
        let mut kept: Vec<AcceptedRow> =
            rows.into_iter().filter(|row| !people.contains(&row.origin)).collect();
        if kept.len() < all {
            rows_out += (all - kept.len()) as u64;
            kept.resize(all, ERASED_ROW);
            kept.sort_by_key(|row| row.origin == ERASED_ROW.origin);
            changed.push((chunk.get(0)?, chunk.get(1)?, pack(&kept)));
        }
    }
    let sql = "UPDATE import_rows SET packed = ?3 WHERE import = ?1 AND at = ?2";
    for (import, at, packed) in changed {
        connection.prepare_cached(sql)?.execute(params![import, at, packed])?;
        statement::remove(connection, import)?;
    }
    Ok(Some(rows_out))
}

/// Differences to the row before, seven bits a byte: rows mostly follow each other in number and line.
fn pack(rows: &[AcceptedRow]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(rows.len() * 3);
    let (mut origin, mut line) = (0_i64, 0_i64);
    for row in rows {
        put_signed(&mut bytes, i64::from(row.origin) - origin);
        put_signed(&mut bytes, row.line.cast_signed().wrapping_sub(line));
        put(&mut bytes, u64::from(row.part) << 1 | u64::from(row.laid_aside));
        (origin, line) = (i64::from(row.origin), row.line.cast_signed());
    }
    bytes
}

fn unpack(mut bytes: &[u8]) -> Option<Vec<AcceptedRow>> {
    let mut rows = Vec::new();
    let (mut origin, mut line) = (0_i64, 0_i64);
    while !bytes.is_empty() {
        origin = origin.checked_add(take_signed(&mut bytes)?)?;
        line = line.wrapping_add(take_signed(&mut bytes)?);
        let last = take(&mut bytes)?;
        rows.push(AcceptedRow {
            origin: u32::try_from(origin).ok()?,
            line: line.cast_unsigned(),
            part: u32::try_from(last >> 1).ok()?,
            laid_aside: last & 1 == 1,
        });
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    //! - rows come back as they were; in the usual order they take three bytes each
    //! - damaged bytes are nothing, and never a panic

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_come_back_as_they_were(rows in prop::collection::vec(any::<(u32, u64, u32, bool)>(), 0..20)) {
            let row = |(origin, line, part, laid_aside)| AcceptedRow { origin, line, part, laid_aside };
            let rows: Vec<AcceptedRow> = rows.into_iter().map(row).collect();
            prop_assert_eq!(unpack(&pack(&rows)), Some(rows));
        }

        #[test]
        fn damaged_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = unpack(&bytes);
        }
    }

    #[test]
    fn in_the_usual_order_a_row_takes_three_bytes() {
        let row = |n: u32| AcceptedRow { origin: n, line: u64::from(n) + 1, part: 0, laid_aside: false };
        let rows: Vec<AcceptedRow> = (1..1_000).map(row).collect();
        assert_eq!(pack(&rows).len(), 3 * rows.len());
    }
}
