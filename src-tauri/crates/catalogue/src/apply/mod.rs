//! Putting what was read into the catalogue: what is new is written, what is
//! gone is closed, what could not be seen is left alone and marked.
//!
//! Tables are compared by the hash of all below them; only where it differs are
//! their columns, keys and indexes looked at.

mod contents;
mod database;
mod fields;
mod identity;
mod only;
mod others;
mod pair;
mod reading;
mod relation;
mod schemas;
mod stored;
#[cfg(test)]
mod tests;
mod versions;

use model::snapshot::{DatabaseDetail, Fingerprint, Object, Portion, Warning};
use model::{ConnectionId, Snapshot, SyncId};

use crate::scope::Access;
use crate::table::sync_part::{self, Part};
use crate::table::{fingerprint, sync, sync_warning};
use crate::{CatalogueError, Objects, SyncTotals, Write};
use only::Only;
use reading::Reading;

/// How many objects an apply touched.
pub type Applied = SyncTotals;

/// A database as the list of a server shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseEntry {
    /// Its facts.
    pub object: Object<DatabaseDetail>,
    /// Why this user may not enter it.
    pub closed: Option<Warning>,
}

/// The part of a connection's schema that a snapshot speaks of; it says nothing
/// about anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ApplyScope<'s> {
    /// The database.
    pub database: &'s str,
    /// Only this schema, where the engine has schemas.
    pub schema: Option<&'s str>,
    /// Only the tables and views of this name; within the schema where the
    /// engine has schemas.
    pub table: Option<&'s str>,
}

impl<'s> ApplyScope<'s> {
    /// A whole database.
    pub fn database(name: &'s str) -> Self {
        Self {
            database: name,
            schema: None,
            table: None,
        }
    }

    fn is_whole(self) -> bool {
        self.schema.is_none() && self.table.is_none()
    }

    fn part(self) -> Part<'s> {
        Part {
            database: Some(self.database),
            schema: self.schema,
            table: self.table,
        }
    }
}

impl Objects<'_, Write> {
    /// Puts a server's list of databases in, and what was read of the server itself.
    /// A database that is not in a `complete` list is gone with all that it held.
    ///
    /// # Errors
    /// `NotFound`, `SyncEnded` or `SyncSuperseded`; then nothing has changed.
    pub fn apply_databases(
        &self,
        sync: SyncId,
        connection: ConnectionId,
        entries: &[DatabaseEntry],
        complete: bool,
        server: &Snapshot,
    ) -> Result<Applied, CatalogueError> {
        whole(self.access, || {
            begin(self.access, sync, connection, None)?;
            let applied =
                database::apply_list(self.access, sync, connection, entries, complete, server)?;
            let closed = entries.iter().filter_map(|entry| entry.closed.as_ref());
            let warnings = closed.chain(server.warnings());
            note(self.access, sync, connection, Part::default(), warnings)?;
            Ok(applied)
        })
    }

    /// Puts in what was read of a database, or of a part of it.
    ///
    /// What the snapshot's warnings call unseen is neither closed nor changed.
    ///
    /// # Errors
    /// `NotFound`, `SyncEnded` or `SyncSuperseded`; then nothing has changed.
    pub fn apply(
        &self,
        sync: SyncId,
        connection: ConnectionId,
        scope: &ApplyScope<'_>,
        snapshot: &Snapshot,
    ) -> Result<Applied, CatalogueError> {
        whole(self.access, || {
            let mut reading = Reading::begin(self.access, sync, connection, *scope)?;
            reading.put(snapshot)?;
            reading.end()
        })
    }

    /// The same for what comes in portions, each put in as it comes.
    ///
    /// # Errors
    /// Those of [`Self::apply`] and of the portions; then nothing has changed.
    pub fn apply_portions<E: From<CatalogueError>>(
        &self,
        sync: SyncId,
        connection: ConnectionId,
        scope: &ApplyScope<'_>,
        portions: impl IntoIterator<Item = Result<Portion, E>>,
    ) -> Result<Applied, E> {
        let mut portions = portions.into_iter();
        loop {
            let read = whole(self.access, || {
                let mut reading = Reading::begin(self.access, sync, connection, *scope)?;
                for portion in portions.by_ref() {
                    reading.take(portion.map_err(Broken::Off)?)?;
                }
                Ok(reading.end()?)
            });
            match read {
                Ok(applied) => return Ok(applied),
                Err(Broken::Off(error)) => return Err(error),
                Err(Broken::ToBeginAnew) => {}
            }
        }
    }
}

impl<M> Objects<'_, M> {
    /// What tells the stored state of a database from any other; absent where
    /// that is not known, or not all of the database could be seen.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn fingerprint(
        &self,
        connection: ConnectionId,
        database: &str,
    ) -> Result<Option<Fingerprint>, CatalogueError> {
        fingerprint::get(self.access, connection, database)
    }
}

/// Why a reading did not come to its end.
enum Broken<E> {
    ToBeginAnew,
    Off(E),
}

impl<E: From<CatalogueError>> From<CatalogueError> for Broken<E> {
    fn from(error: CatalogueError) -> Self {
        Self::Off(error.into())
    }
}

/// Notes that a part was put in, with what of it could not be read.
fn note<'w>(
    access: Access<'_>,
    sync: SyncId,
    connection: ConnectionId,
    part: Part<'_>,
    warnings: impl IntoIterator<Item = &'w Warning>,
) -> Result<(), CatalogueError> {
    sync_warning::lift(access, connection, part)?;
    let number = sync_part::record(access, connection, sync, part)?;
    for warning in warnings {
        sync_warning::record(access, connection, sync, number, warning)?;
    }
    Ok(())
}

fn begin(
    access: Access<'_>,
    sync: SyncId,
    connection: ConnectionId,
    database: Option<&str>,
) -> Result<(), CatalogueError> {
    if sync::require_running(access, sync)? != connection {
        return Err(CatalogueError::NotFound { what: "sync" });
    }
    sync_part::require_newest(access, connection, sync, database)
}

/// Runs `work` so that it lands whole or not at all, even if the caller goes on
/// with the transaction after an error.
fn whole<T, E: From<CatalogueError>>(
    access: Access<'_>,
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let run = |sql| access.db.execute_batch(sql).map_err(CatalogueError::from);
    run("SAVEPOINT apply")?;
    let result = work();
    let end = if result.is_ok() {
        "RELEASE apply"
    } else {
        "ROLLBACK TO apply; RELEASE apply"
    };
    run(end)?;
    result
}
