//! What each sync put into the catalogue: the list of databases, a database, a
//! schema or a table. When an object was last seen follows from it.

use model::{ConnectionId, ObjectPath, SyncId, Timestamp};
use rusqlite::OptionalExtension;

use super::sequence::Sequence;
use crate::CatalogueError;
use crate::scope::Access;

/// A part of a connection's schema; without a database it is the list of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Part<'p> {
    pub(crate) database: Option<&'p str>,
    pub(crate) schema: Option<&'p str>,
    pub(crate) table: Option<&'p str>,
}

impl<'p> Part<'p> {
    /// The smallest part that an object lies in.
    pub(crate) fn of(path: &'p ObjectPath) -> Self {
        use model::ObjectKind::{Database, Schema};
        Self {
            database: path.name_of(Database).map(AsRef::as_ref),
            schema: path.name_of(Schema).map(AsRef::as_ref),
            table: path
                .0
                .iter()
                .find(|step| step.kind.is_relation())
                .map(|step| step.name.as_ref()),
        }
    }
}

/// Notes that a sync put a part in, and returns the number of the note.
pub(crate) fn record(
    access: Access<'_>,
    connection: ConnectionId,
    sync: SyncId,
    part: Part<'_>,
) -> Result<u32, CatalogueError> {
    let id = access.next(Sequence::SyncPart)?;
    access
        .db
        .prepare_cached(include_str!("sync/part_insert.sql"))?
        .execute((
            access.owner(),
            id,
            connection.0,
            sync.0,
            part.database,
            part.schema,
            part.table,
            access.now.0,
        ))?;
    Ok(id)
}

/// The number of the newest note of a user; 0 where there is none.
pub(crate) fn newest(access: Access<'_>) -> Result<u32, CatalogueError> {
    let newest: Option<u32> = access
        .db
        .prepare_cached("SELECT max(id) FROM sync_part WHERE owner_id = ?1")?
        .query_row([access.owner()], |row| row.get(0))?;
    Ok(newest.unwrap_or_default())
}

/// Whether the sync has put the list of databases in.
pub(crate) fn has_list(access: Access<'_>, sync: SyncId) -> Result<bool, CatalogueError> {
    let sql = "SELECT 1 FROM sync_part INDEXED BY sync_part_sync
               WHERE owner_id = ?1 AND sync_id = ?2 AND database_name IS NULL";
    Ok(access
        .db
        .prepare_cached(sql)?
        .exists((access.owner(), sync.0))?)
}

/// Makes sure that no sync that began later has put anything into the database
/// (or, without one, into the list).
pub(crate) fn require_newest(
    access: Access<'_>,
    connection: ConnectionId,
    sync: SyncId,
    database: Option<&str>,
) -> Result<(), CatalogueError> {
    let sql = "SELECT 1 FROM sync_part
               WHERE owner_id = ?1 AND connection_id = ?2 AND sync_id > ?3
                   AND (?4 IS NULL OR database_name IS NULL OR database_name = ?4)";
    let row = (access.owner(), connection.0, sync.0, database);
    if access.db.prepare_cached(sql)?.exists(row)? {
        let database = database.unwrap_or("list").to_owned();
        return Err(CatalogueError::SyncSuperseded { database });
    }
    Ok(())
}

/// When a sync last put in a part that holds this one; before sync `before`,
/// where that is given.
pub(crate) fn last_seen(
    access: Access<'_>,
    connection: ConnectionId,
    part: Part<'_>,
    before: Option<SyncId>,
) -> Result<Option<Timestamp>, CatalogueError> {
    let at: Option<Option<i64>> = access
        .db
        .prepare_cached(include_str!("sync/part_last_seen.sql"))?
        .query_row(
            (
                access.owner(),
                connection.0,
                part.database,
                part.schema,
                part.table,
                before.map(|sync| sync.0),
            ),
            |row| row.get(0),
        )
        .optional()?;
    Ok(at.flatten().map(Timestamp))
}
