//! Estimates and sizes: refreshed in place, outside hash and history.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use model::snapshot::Statistics;
use model::{Amount, ConnectionId, ObjectId};
use rusqlite::{CachedStatement, OptionalExtension, Row, Statement};

use crate::CatalogueError;
use crate::scope::Access;

macro_rules! into {
    () => {
        " INTO statistics (owner_id, id, connection_id, row_estimate, bytes, index_bytes, below)
          VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
    };
}

/// What is kept of an object: its own statistics and a digest of its children's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) own: Statistics,
    pub(crate) below: i64,
}

/// The kept statistics of a connection's objects.
pub(crate) fn load(
    access: Access<'_>,
    connection: ConnectionId,
) -> Result<HashMap<ObjectId, Kept>, CatalogueError> {
    let mut statement = access.db.prepare_cached(
        "SELECT row_estimate, bytes, index_bytes, below, id FROM statistics
         WHERE owner_id = ?1 AND connection_id = ?2",
    )?;
    let rows = statement.query_map((access.owner(), connection.0), |row| {
        Ok((
            ObjectId(row.get(4)?),
            Kept {
                own: read(row)?,
                below: row.get(3)?,
            },
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What is kept of one object.
pub(crate) fn kept(access: Access<'_>, id: ObjectId) -> Result<Kept, CatalogueError> {
    let kept = access
        .db
        .prepare_cached(
            "SELECT row_estimate, bytes, index_bytes, below FROM statistics
             WHERE owner_id = ?1 AND id = ?2",
        )?
        .query_row((access.owner(), id.0), |row| {
            Ok(Kept {
                own: read(row)?,
                below: row.get(3)?,
            })
        })
        .optional()?;
    Ok(kept.unwrap_or_default())
}

/// The statistics of one object.
pub(crate) fn get(access: Access<'_>, id: ObjectId) -> Result<Statistics, CatalogueError> {
    Ok(kept(access, id)?.own)
}

/// Replaces what is kept of an object.
pub(crate) fn put(
    access: Access<'_>,
    connection: ConnectionId,
    id: ObjectId,
    kept: Kept,
) -> Result<(), CatalogueError> {
    if kept == Kept::default() {
        access
            .db
            .prepare_cached("DELETE FROM statistics WHERE owner_id = ?1 AND id = ?2")?
            .execute((access.owner(), id.0))?;
        return Ok(());
    }
    let mut statement = access
        .db
        .prepare_cached(concat!("INSERT OR REPLACE", into!()))?;
    write(&mut statement, access, connection, id, kept)
}

/// Keeps the statistics of objects of one connection of which nothing is kept yet.
pub(crate) struct Adds<'c> {
    access: Access<'c>,
    connection: ConnectionId,
    statement: Option<CachedStatement<'c>>,
}

impl<'c> Adds<'c> {
    pub(crate) fn of(access: Access<'c>, connection: ConnectionId) -> Self {
        Self {
            access,
            connection,
            statement: None,
        }
    }

    /// Keeps those of one object.
    pub(crate) fn add(&mut self, id: ObjectId, kept: Kept) -> Result<(), CatalogueError> {
        if kept == Kept::default() {
            return Ok(());
        }
        let statement = match &mut self.statement {
            Some(held) => held,
            // Without REPLACE, which has to be ready to take back what it removed.
            none => none.insert(self.access.db.prepare_cached(concat!("INSERT", into!()))?),
        };
        write(statement, self.access, self.connection, id, kept)
    }
}

fn write(
    statement: &mut Statement<'_>,
    access: Access<'_>,
    connection: ConnectionId,
    id: ObjectId,
    kept: Kept,
) -> Result<(), CatalogueError> {
    let number = |amount: Option<Amount>| {
        amount.map(|amount| i64::try_from(amount.get()).unwrap_or(i64::MAX))
    };
    statement.execute((
        access.owner(),
        id.0,
        connection.0,
        number(kept.own.rows),
        number(kept.own.bytes),
        number(kept.own.index_bytes),
        kept.below,
    ))?;
    Ok(())
}

/// A digest of statistics in their order.
///
/// Where the digest of equal statistics differs, as it may after an update of
/// the compiler, they are only compared once more than needed.
pub(crate) fn digest<'s>(all: impl Iterator<Item = &'s Statistics>) -> i64 {
    let mut hasher = DefaultHasher::new();
    for statistics in all {
        for amount in [statistics.rows, statistics.bytes, statistics.index_bytes] {
            amount.hash(&mut hasher);
        }
    }
    hasher.finish().cast_signed()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Statistics> {
    let amount = |index| {
        let number: Option<i64> = row.get(index)?;
        Ok::<_, rusqlite::Error>(
            number.map(|number| Amount::from(u64::try_from(number).unwrap_or(0))),
        )
    };
    Ok(Statistics {
        rows: amount(0)?,
        bytes: amount(1)?,
        index_bytes: amount(2)?,
    })
}
