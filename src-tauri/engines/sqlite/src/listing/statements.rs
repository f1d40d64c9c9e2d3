//! The statements of tables and views, read from the list again: to keep them all would
//! take as much memory as the schema is long.

use rusqlite::Connection;

use super::{Entry, Listing, Piece};
use crate::rows::StatementRow;

/// A way to the statements of the list.
pub(crate) struct Statements<'a> {
    listing: &'a Listing,
    connection: &'a Connection,
}

impl<'a> Statements<'a> {
    pub(crate) fn new(listing: &'a Listing, connection: &'a Connection) -> Self {
        Self {
            listing,
            connection,
        }
    }

    /// All statements of a table or view, in the order in which they are listed.
    pub(crate) fn of(&self, entry: &Entry) -> rusqlite::Result<Vec<StatementRow>> {
        self.read(self.listing.pieces(entry), entry)
    }

    /// The statement that made a table or view, as far as it comes first.
    pub(crate) fn own(&self, entry: &Entry) -> rusqlite::Result<Option<StatementRow>> {
        let pieces = self.listing.pieces(entry);
        let first = self.read(pieces.get(..1).unwrap_or_default(), entry)?;
        let is_own = |row: &StatementRow| matches!(&*row.sort, "table" | "view");
        Ok(first.into_iter().next().filter(is_own))
    }

    /// Reads what stands there one behind the other at a time.
    fn read(&self, pieces: &[Piece], entry: &Entry) -> rusqlite::Result<Vec<StatementRow>> {
        let sql = include_str!("../sql/listed.sql");
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut found = Vec::with_capacity(pieces.len());
        let mut left = pieces.iter().peekable();
        while let Some(first) = left.next() {
            let count = i64::try_from(left.len() + 1).unwrap_or(i64::MAX);
            let mut rows = statement.query((first.number, count))?;
            let mut wanted = Some(first);
            while let Some(row) = rows.next()? {
                let number: i64 = row.get(4)?;
                if wanted.is_none_or(|piece| piece.number != number) {
                    break;
                }
                found.push(StatementRow::listed(row, &entry.name)?);
                wanted = left.next_if(|next| next.number == number + 1);
            }
        }
        Ok(found)
    }
}
