//! What the syncs could not read, for as long as that holds.

use model::snapshot::Warning;
use model::{ConnectionId, ObjectPath, SyncId, Timestamp};

use super::json::{json, parse_json};
use super::sequence::Sequence;
use super::sync_part::Part;
use crate::CatalogueError;
use crate::scope::Access;

/// A warning with the sync that gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWarning {
    /// The sync.
    pub sync: SyncId,
    /// When that sync began.
    pub at: Timestamp,
    /// What could not be read, and why.
    pub warning: Warning,
}

/// Forgets the warnings that end with the reading of a part.
pub(crate) fn lift(
    access: Access<'_>,
    connection: ConnectionId,
    part: Part<'_>,
) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached(include_str!("sync_warning/lift.sql"))?
        .execute((
            access.owner(),
            connection.0,
            part.database,
            part.schema,
            part.table,
        ))?;
    Ok(())
}

/// Keeps a warning that came with a part of a sync.
pub(crate) fn record(
    access: Access<'_>,
    connection: ConnectionId,
    sync: SyncId,
    part: u32,
    warning: &Warning,
) -> Result<(), CatalogueError> {
    let id = access.next(Sequence::SyncWarning)?;
    let about = Part::of(&warning.object);
    access
        .db
        .prepare_cached(include_str!("sync_warning/insert.sql"))?
        .execute(rusqlite::params![
            access.owner(),
            id,
            connection.0,
            sync.0,
            part,
            json(&warning.object)?,
            about.database,
            about.schema,
            about.table,
            warning.reason,
            warning.grant,
            warning.unseen,
        ])?;
    Ok(())
}

/// The warnings of a connection that stand, in order.
pub(crate) fn current(
    access: Access<'_>,
    connection: ConnectionId,
) -> Result<Vec<KeptWarning>, CatalogueError> {
    let mut statement = access
        .db
        .prepare_cached(include_str!("sync_warning/current.sql"))?;
    let mut rows = statement.query((access.owner(), connection.0))?;
    let mut warnings = Vec::new();
    while let Some(row) = rows.next()? {
        let object: ObjectPath = parse_json(&row.get::<_, String>(1)?)?;
        let warning = Warning {
            object,
            reason: row.get(2)?,
            grant: row.get(3)?,
            unseen: row.get(4)?,
        };
        let (sync, at) = (SyncId(row.get(0)?), Timestamp(row.get(5)?));
        warnings.push(KeptWarning { sync, at, warning });
    }
    Ok(warnings)
}
