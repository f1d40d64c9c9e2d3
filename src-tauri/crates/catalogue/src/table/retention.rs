//! How much of the past is kept: versions of objects that are no more, and runs
//! that changed nothing.

use model::{ConnectionId, SyncId, Timestamp};

use super::late_part;
use super::object::Table;
use super::sync::Syncs;
use crate::scope::Access;
use crate::{CatalogueError, Write};

/// How many of the newest syncs of a connection are kept whatever they did.
const NEWEST_KEPT: u32 = 50;

impl Syncs<'_, Write> {
    /// Forgets what a connection was before this moment, and returns how many
    /// versions of objects that were. What is current stays, and so does what
    /// changed since.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn forget_before(
        &self,
        connection: ConnectionId,
        moment: Timestamp,
    ) -> Result<u64, CatalogueError> {
        self.access.require_connection(connection)?;
        let Some(last) = last_before(self.access, connection, moment)? else {
            return Ok(0);
        };
        let mut forgotten = 0;
        for table in Table::ALL {
            let sql = format!(
                "DELETE FROM {} WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync <= ?3",
                table.name()
            );
            let row = (self.access.owner(), connection.0, last.0);
            forgotten += self.access.db.prepare_cached(&sql)?.execute(row)? as u64;
        }
        late_part::forget_gone(self.access, connection)?;
        Ok(forgotten)
    }
}

/// Forgets ended syncs of a connection that changed nothing, so that the catalogue
/// grows with the changes and not with the syncs.
pub(super) fn forget_unchanged(
    access: Access<'_>,
    connection: ConnectionId,
) -> Result<(), CatalogueError> {
    access
        .db
        .prepare_cached(include_str!("sync/forget_unchanged.sql"))?
        .execute((access.owner(), connection.0, NEWEST_KEPT))?;
    Ok(())
}

/// The newest sync that had ended by then, before which none was running.
fn last_before(
    access: Access<'_>,
    connection: ConnectionId,
    moment: Timestamp,
) -> Result<Option<SyncId>, CatalogueError> {
    let sql = "SELECT max(id) FROM sync INDEXED BY sync_connection
               WHERE owner_id = ?1 AND connection_id = ?2 AND finished_at < ?3";
    let last: Option<u32> = access
        .db
        .prepare_cached(sql)?
        .query_row((access.owner(), connection.0, moment.0), |row| row.get(0))?;
    Ok(last.map(SyncId))
}
