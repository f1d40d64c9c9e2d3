//! What samples of documents say of collections and fields, all samples put
//! together; outside hash and history, as statistics are.

use model::snapshot::Sample;
use model::{ConnectionId, ObjectId, ObjectKind};
use rusqlite::OptionalExtension;

use super::json::{json, parse_json};
use crate::CatalogueError;
use crate::scope::Access;

/// Whether objects of this kind are made of documents.
pub(crate) const fn may_have(kind: ObjectKind) -> bool {
    kind.is_relation() || matches!(kind, ObjectKind::Field)
}

/// The sample of an object.
pub(crate) fn get(access: Access<'_>, id: ObjectId) -> Result<Option<Sample>, CatalogueError> {
    let text: Option<String> = access
        .db
        .prepare_cached("SELECT facts FROM sample WHERE owner_id = ?1 AND id = ?2")?
        .query_row((access.owner(), id.0), |row| row.get(0))
        .optional()?;
    text.as_deref().map(parse_json).transpose()
}

/// Replaces the sample of an object.
pub(crate) fn put(
    access: Access<'_>,
    connection: ConnectionId,
    id: ObjectId,
    sample: &Sample,
) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached(
            "INSERT OR REPLACE INTO sample (owner_id, id, connection_id, facts)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((access.owner(), id.0, connection.0, json(sample)?))?;
    Ok(())
}

/// Forgets the sample of an object that is gone.
pub(crate) fn remove(access: Access<'_>, id: ObjectId) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached("DELETE FROM sample WHERE owner_id = ?1 AND id = ?2")?
        .execute((access.owner(), id.0))?;
    Ok(())
}

/// Forgets the samples of all that lies directly below an object.
pub(crate) fn remove_below(access: Access<'_>, parent: ObjectId) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached(
            "DELETE FROM sample WHERE owner_id = ?1 AND id IN (
                 SELECT lineage FROM object INDEXED BY object_child
                 WHERE owner_id = ?1 AND parent = ?2 AND closed_sync IS NULL
             )",
        )?
        .execute((access.owner(), parent.0))?;
    Ok(())
}
