//! The open parts of tables that say what they depend on. They are few, and a search for
//! them would go through all; triggers take away what is closed.

use model::ConnectionId;
use model::snapshot::Attribute;

use super::json::json;
use crate::CatalogueError;
use crate::scope::Access;

/// Notes the attributes of the part that lies in this row, where it depends on anything.
pub(crate) fn add(
    access: Access<'_>,
    connection: ConnectionId,
    row: i64,
    attributes: &[Attribute],
) -> Result<(), CatalogueError> {
    let needs = |attribute: &Attribute| &*attribute.key == Attribute::DEPENDS_ON;
    if !attributes.iter().any(needs) {
        return Ok(());
    }
    access
        .db
        .prepare_cached(
            "INSERT INTO needing_part (id, owner_id, connection_id, attributes)
             VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((row, access.owner(), connection.0, json(&attributes)?))?;
    Ok(())
}
