//! What tells the stored state of a database from any other.

use model::snapshot::Fingerprint;
use model::{ConnectionId, ObjectId};
use rusqlite::OptionalExtension;

use crate::CatalogueError;
use crate::scope::Access;

/// That of the database of this name, where one is kept.
pub(crate) fn get(
    access: Access<'_>,
    connection: ConnectionId,
    database: &str,
) -> Result<Option<Fingerprint>, CatalogueError> {
    let sql = "SELECT fingerprint.value
               FROM \"database\" INDEXED BY database_child
               JOIN fingerprint
                   ON fingerprint.owner_id = \"database\".owner_id
                   AND fingerprint.id = \"database\".lineage
               WHERE \"database\".owner_id = ?1 AND \"database\".connection_id = ?2
                   AND \"database\".name = ?3 AND \"database\".kind = 'database'
                   AND \"database\".closed_sync IS NULL";
    let value: Option<Vec<u8>> = access
        .db
        .prepare_cached(sql)?
        .query_row((access.owner(), connection.0, database), |row| row.get(0))
        .optional()?;
    Ok(value.map(Fingerprint))
}

/// Keeps that of a database, unless it is kept already.
pub(crate) fn put(
    access: Access<'_>,
    connection: ConnectionId,
    database: ObjectId,
    fingerprint: &Fingerprint,
) -> Result<(), CatalogueError> {
    let sql = "INSERT INTO fingerprint (owner_id, id, connection_id, value)
               VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT DO UPDATE SET value = excluded.value WHERE value <> excluded.value";
    let row = (access.owner(), database.0, connection.0, &fingerprint.0);
    access.db.prepare_cached(sql)?.execute(row)?;
    Ok(())
}

/// Forgets that of a database.
pub(crate) fn forget(access: Access<'_>, database: ObjectId) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached("DELETE FROM fingerprint WHERE owner_id = ?1 AND id = ?2")?
        .execute((access.owner(), database.0))?;
    Ok(())
}
