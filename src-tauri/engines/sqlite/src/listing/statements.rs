//! The statements of tables and views, read from the list again.
//!
//! To keep them all would take as much memory as the schema is long. They are asked for
//! mostly in the order in which they stand there, and so read some at a time.

use std::collections::VecDeque;

use model::Text;
use rusqlite::{Connection, OptionalExtension};

use super::{Entry, Listing};
use crate::rows::StatementRow;

/// How many rows are read at a time.
const AHEAD: i64 = 64;

/// How far behind the last one the next row may stand to be read with those behind it.
const NEAR: i64 = 16;

/// A way through the statements of the list.
pub(crate) struct Statements<'a> {
    listing: &'a Listing,
    connection: &'a Connection,
    /// Rows behind the last one that was asked for, by their numbers.
    ahead: VecDeque<(i64, StatementRow)>,
    last: i64,
}

impl<'a> Statements<'a> {
    /// At the beginning of the list.
    pub(crate) fn new(listing: &'a Listing, connection: &'a Connection) -> Self {
        Self {
            listing,
            connection,
            ahead: VecDeque::new(),
            last: 0,
        }
    }

    /// All statements of a table or view.
    pub(crate) fn of(&mut self, entry: &Entry) -> rusqlite::Result<Vec<StatementRow>> {
        let pieces = self.listing.pieces(entry);
        let mut found = Vec::with_capacity(pieces.len());
        for piece in pieces {
            found.extend(self.next(piece.number)?);
        }
        Ok(found)
    }

    /// The statement that made a table or view, as far as it comes first.
    pub(crate) fn own(&mut self, entry: &Entry) -> rusqlite::Result<Option<StatementRow>> {
        let piece = self.listing.pieces(entry).first();
        let row = piece.map(|piece| self.next(piece.number)).transpose()?;
        Ok(row.flatten().filter(is_own))
    }

    /// As [`Statements::own`], for one that stands anywhere: what was read ahead is kept.
    pub(crate) fn own_apart(&self, entry: &Entry) -> rusqlite::Result<Option<StatementRow>> {
        let Some(piece) = self.listing.pieces(entry).first() else {
            return Ok(None);
        };
        let row = self
            .connection
            .prepare_cached(include_str!("../sql/listed.sql"))?
            .query_row((piece.number, 1), |row| {
                StatementRow::listed(row, &entry.name)
            })
            .optional();
        Ok(row?.filter(is_own))
    }

    fn next(&mut self, number: i64) -> rusqlite::Result<Option<StatementRow>> {
        while self.ahead.front().is_some_and(|(at, _)| *at < number) {
            self.ahead.pop_front();
        }
        if self.ahead.front().is_none_or(|(at, _)| *at > number) {
            self.read(number)?;
        }
        self.last = number;
        let next = self.ahead.pop_front_if(|(at, _)| *at == number);
        Ok(next.map(|(_, row)| row))
    }

    /// Reads this row, and those behind it where they are likely to be asked for.
    fn read(&mut self, number: i64) -> rusqlite::Result<()> {
        let is_near = (1..=NEAR).contains(&number.saturating_sub(self.last));
        let count = if is_near { AHEAD } else { 1 };
        self.ahead.clear();
        let mut statement = self
            .connection
            .prepare_cached(include_str!("../sql/listed.sql"))?;
        let mut rows = statement.query((number, count))?;
        let mut table = Text::default();
        while let Some(row) = rows.next()? {
            let read = StatementRow::listed(row, &table)?;
            table = Text::clone(&read.table);
            self.ahead.push_back((row.get(4)?, read));
        }
        Ok(())
    }
}

fn is_own(row: &StatementRow) -> bool {
    matches!(&*row.sort, "table" | "view")
}
