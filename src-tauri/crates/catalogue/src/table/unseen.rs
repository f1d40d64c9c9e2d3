//! Marks of objects whose children the last sync could not see. A mark holds for
//! everything below its object.

use std::collections::BTreeMap;

use model::{ConnectionId, ObjectId, SyncId};
use rusqlite::OptionalExtension;

use crate::CatalogueError;
use crate::scope::Access;

/// Why an object's children could not be seen, and since which sync.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) reason: String,
    pub(crate) since: SyncId,
}

/// The mark of one object.
pub(crate) fn get(access: Access<'_>, id: ObjectId) -> Result<Option<Mark>, CatalogueError> {
    let sql = "SELECT reason, since_sync FROM unseen WHERE owner_id = ?1 AND id = ?2";
    let mark = access
        .db
        .prepare_cached(sql)?
        .query_row((access.owner(), id.0), |row| {
            Ok(Mark {
                reason: row.get(0)?,
                since: SyncId(row.get(1)?),
            })
        });
    Ok(mark.optional()?)
}

/// The marks of a connection, by object.
pub(crate) fn load(
    access: Access<'_>,
    connection: ConnectionId,
) -> Result<BTreeMap<ObjectId, Mark>, CatalogueError> {
    let mut statement = access.db.prepare_cached(
        "SELECT id, reason, since_sync FROM unseen WHERE owner_id = ?1 AND connection_id = ?2",
    )?;
    let rows = statement.query_map((access.owner(), connection.0), |row| {
        Ok((
            ObjectId(row.get(0)?),
            Mark {
                reason: row.get(1)?,
                since: SyncId(row.get(2)?),
            },
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Marks an object, or says another reason for a mark that stands already.
pub(crate) fn put(
    access: Access<'_>,
    connection: ConnectionId,
    id: ObjectId,
    mark: &Mark,
) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached(
            "INSERT INTO unseen (owner_id, id, connection_id, reason, since_sync)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (owner_id, id) DO UPDATE SET reason = excluded.reason",
        )?
        .execute((
            access.owner(),
            id.0,
            connection.0,
            &mark.reason,
            mark.since.0,
        ))?;
    Ok(())
}

/// Takes a mark away.
pub(crate) fn remove(access: Access<'_>, id: ObjectId) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached("DELETE FROM unseen WHERE owner_id = ?1 AND id = ?2")?
        .execute((access.owner(), id.0))?;
    Ok(())
}
