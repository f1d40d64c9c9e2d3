//! The parts that came later than their table: their own numbers do not lead to it.

use model::{ConnectionId, ObjectId};

use crate::CatalogueError;
use crate::scope::Access;

/// Notes which table a new part belongs to.
pub(crate) fn add(
    access: Access<'_>,
    connection: ConnectionId,
    part: ObjectId,
    table: ObjectId,
) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached(
            "INSERT INTO late_part (lineage, owner_id, connection_id, parent)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((part.0, access.owner(), connection.0, table.0))?;
    Ok(())
}

/// Forgets those of a connection of which no version is left.
pub(crate) fn forget_gone(
    access: Access<'_>,
    connection: ConnectionId,
) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached(include_str!("late_part/forget_gone.sql"))?
        .execute((access.owner(), connection.0))?;
    Ok(())
}
