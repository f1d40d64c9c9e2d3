//! Runs of reading a schema, and the statements that each sent. What a run put
//! into the catalogue is in `sync_part`, what it could not read in `sync_warning`.

mod record;

use model::{ConnectionId, SyncId, Timestamp};
use rusqlite::{Connection, OptionalExtension};

pub use self::record::{SyncEnd, SyncRecord, SyncState, SyncTotals};
use self::record::{parse_state, read};
use super::retention;
use super::sequence::Sequence;
use super::sync_warning::{self, KeptWarning};
use crate::scope::{Access, handle};
use crate::{CatalogueError, Write};

/// For how many earlier syncs of a connection their statements are kept.
const STATEMENTS_KEPT: u32 = 20;

handle! {
    /// Runs of reading schemas.
    Syncs
}

impl<M> Syncs<'_, M> {
    /// The newest sync of a connection.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn latest(&self, connection: ConnectionId) -> Result<Option<SyncRecord>, CatalogueError> {
        Ok(self.select(connection, None, None, 1)?.pop())
    }

    /// The newest sync of a connection that read all it was asked to, of those
    /// that were asked for at this level.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn last_good(
        &self,
        connection: ConnectionId,
        level: &str,
    ) -> Result<Option<SyncRecord>, CatalogueError> {
        Ok(self
            .select(connection, Some(SyncState::Done), Some(level), 1)?
            .pop())
    }

    /// The newest sync of a connection before which all have ended; zero where none has.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn ended_up_to(&self, connection: ConnectionId) -> Result<SyncId, CatalogueError> {
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("sync/ended_up_to.sql"))?;
        let row = (self.access.owner(), connection.0);
        Ok(SyncId(statement.query_row(row, |row| row.get(0))?))
    }

    /// Whether a sync of a connection after this one has ended and changed objects.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn changed_after(
        &self,
        connection: ConnectionId,
        sync: SyncId,
    ) -> Result<bool, CatalogueError> {
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("sync/changed_after.sql"))?;
        let row = (self.access.owner(), connection.0, sync.0);
        Ok(statement.query_row(row, |row| row.get(0))?)
    }

    /// The newest syncs of a connection, newest first; with a level, only those
    /// that were asked for at it.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn list(
        &self,
        connection: ConnectionId,
        level: Option<&str>,
        limit: u32,
    ) -> Result<Vec<SyncRecord>, CatalogueError> {
        self.select(connection, None, level, limit)
    }

    /// The statements that a sync sent, each with how many times, in order; those
    /// of old syncs are forgotten.
    ///
    /// # Errors
    /// `NotFound` where there is no such sync.
    pub fn statements(&self, sync: SyncId) -> Result<Vec<(String, u32)>, CatalogueError> {
        let (connection, _) = standing(self.access, sync)?;
        require_connection(self.access, connection)?;
        let mut statement = self.access.db.prepare_cached(
            "SELECT text, times FROM sync_statement INDEXED BY sync_statement_sync
             WHERE owner_id = ?1 AND sync_id = ?2
             ORDER BY id",
        )?;
        let rows = statement.query_map((self.access.owner(), sync.0), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// What could not be read and has not been read since, in the order of the syncs.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn warnings(&self, connection: ConnectionId) -> Result<Vec<KeptWarning>, CatalogueError> {
        self.access.require_connection(connection)?;
        sync_warning::current(self.access, connection)
    }

    fn select(
        &self,
        connection: ConnectionId,
        state: Option<SyncState>,
        level: Option<&str>,
        limit: u32,
    ) -> Result<Vec<SyncRecord>, CatalogueError> {
        self.access.require_connection(connection)?;
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("sync/list.sql"))?;
        let row = (
            self.access.owner(),
            connection.0,
            state.map(SyncState::as_str),
            limit,
            level,
        );
        let mut rows = statement.query(row)?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(read(row)?);
        }
        Ok(records)
    }
}

impl Syncs<'_, Write> {
    /// Begins a sync; `level` says what is asked for, in the caller's own words.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn begin(
        &self,
        connection: ConnectionId,
        level: &str,
    ) -> Result<SyncRecord, CatalogueError> {
        self.access.require_connection(connection)?;
        let record = SyncRecord {
            id: SyncId(self.access.next(Sequence::Sync)?),
            uuid: uuid::Uuid::now_v7(),
            connection,
            level: level.to_owned(),
            state: SyncState::Running,
            started_at: self.access.now,
            finished_at: None,
            error_kind: None,
            message: None,
            hint: None,
            totals: SyncTotals::default(),
        };
        self.access
            .db
            .prepare_cached(include_str!("sync/begin.sql"))?
            .execute((
                self.access.owner(),
                record.id.0,
                record.uuid.to_string(),
                connection.0,
                level,
                self.access.now.0,
            ))?;
        Ok(record)
    }

    /// Ends a sync, with the statements that it sent and how many objects it touched.
    ///
    /// # Errors
    /// `NotFound`, or `SyncEnded` where it had ended before.
    pub fn finish(
        &self,
        sync: SyncId,
        end: &SyncEnd,
        statements: &[(String, u32)],
        totals: SyncTotals,
    ) -> Result<(), CatalogueError> {
        let (state, kind, message, hint) = match end {
            SyncEnd::Done => (SyncState::Done, None, None, None),
            SyncEnd::Failed {
                kind,
                message,
                hint,
            } => (SyncState::Failed, Some(kind), Some(message), hint.as_ref()),
            SyncEnd::Cancelled => (SyncState::Cancelled, None, None, None),
        };
        // A connection that was deleted meanwhile may come back, and its sync with it.
        let (connection, SyncState::Running) = standing(self.access, sync)? else {
            return Err(CatalogueError::SyncEnded);
        };
        self.access.db.execute(
            include_str!("sync/finish.sql"),
            rusqlite::params![
                self.access.owner(),
                sync.0,
                state.as_str(),
                self.access.now.0,
                message,
                hint,
                number(totals.added),
                number(totals.changed),
                number(totals.removed),
                number(totals.unseen),
                kind,
            ],
        )?;
        self.access.db.execute(
            include_str!("sync/forget_statements.sql"),
            (self.access.owner(), connection.0, STATEMENTS_KEPT),
        )?;
        retention::forget_unchanged(self.access, connection)?;
        for (text, times) in statements {
            let id = self.access.next(Sequence::SyncStatement)?;
            self.access
                .db
                .prepare_cached(
                    "INSERT INTO sync_statement (owner_id, id, sync_id, text, times)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute((self.access.owner(), id, sync.0, text, times))?;
        }
        Ok(())
    }
}

/// Marks as interrupted what was running when db-studio last ended.
pub(crate) fn interrupt_running(db: &Connection, now: Timestamp) -> Result<(), CatalogueError> {
    let count = db.execute(include_str!("sync/interrupt_running.sql"), [now.0])?;
    if count > 0 {
        tracing::info!(count, "marked syncs as interrupted");
    }
    Ok(())
}

/// Makes sure that the sync runs, and says for which connection.
pub(crate) fn require_running(
    access: Access<'_>,
    sync: SyncId,
) -> Result<ConnectionId, CatalogueError> {
    let (connection, state) = standing(access, sync)?;
    require_connection(access, connection)?;
    match state {
        SyncState::Running => Ok(connection),
        _ => Err(CatalogueError::SyncEnded),
    }
}

/// A sync goes out of sight with its connection.
fn require_connection(access: Access<'_>, id: ConnectionId) -> Result<(), CatalogueError> {
    access
        .require_connection(id)
        .map_err(|_| CatalogueError::NotFound { what: "sync" })
}

fn standing(access: Access<'_>, sync: SyncId) -> Result<(ConnectionId, SyncState), CatalogueError> {
    let sql = "SELECT connection_id, state FROM sync WHERE owner_id = ?1 AND id = ?2";
    let (connection, state): (u32, String) = access
        .db
        .prepare_cached(sql)?
        .query_row((access.owner(), sync.0), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?
        .ok_or(CatalogueError::NotFound { what: "sync" })?;
    Ok((ConnectionId(connection), parse_state(&state)?))
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
