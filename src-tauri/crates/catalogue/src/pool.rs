//! SQLite connections to one file: one that writes, and some that read.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::CatalogueError;

/// How many idle connections that read are kept, each with pages of its own.
const IDLE_READERS: usize = 2;

/// How long a statement waits for another program that writes.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// SQLite connections to one catalogue.
#[derive(Debug)]
pub(crate) struct Pool {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Pool {
    /// A pool around the connection that writes.
    pub(crate) fn new(path: &Path, writer: Connection) -> Self {
        Self {
            path: path.to_owned(),
            writer: Mutex::new(writer),
            readers: Mutex::default(),
        }
    }

    /// The connection that writes, once it is free.
    ///
    /// A panic in an earlier holder has rolled its transaction back, so that a
    /// poisoned lock is as good as any.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Connection> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether somebody writes right now.
    pub(crate) fn is_written(&self) -> bool {
        matches!(self.writer.try_lock(), Err(TryLockError::WouldBlock))
    }

    /// Runs `work` with a connection that reads; it never waits for another reader.
    pub(crate) fn read<T, E: From<CatalogueError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let idle = self.idle().pop();
        let connection = match idle {
            Some(connection) => connection,
            None => open_reader(&self.path)?,
        };
        let result = work(&connection);
        let mut idle = self.idle();
        if idle.len() < IDLE_READERS {
            idle.push(connection);
        }
        result
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open_reader(path: &Path) -> Result<Connection, CatalogueError> {
    let connection = open(path)?;
    connection.pragma_update(None, "query_only", true)?;
    // In KiB: the system keeps the file's pages too, and those kept here stay for good.
    connection.pragma_update(None, "cache_size", -256)?;
    Ok(connection)
}

/// Opens a connection to an existing file with the settings that all share.
pub(crate) fn open(path: &Path) -> Result<Connection, CatalogueError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.set_prepared_statement_cache_capacity(128);
    // A plan that looks at bound values is made anew whenever they change.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    for (name, value) in [
        ("foreign_keys", "ON"),
        ("synchronous", "NORMAL"),
        ("trusted_schema", "OFF"),
        ("temp_store", "MEMORY"),
        // In KiB: a larger cache buys little and costs memory during a sync.
        ("cache_size", "-2048"),
        ("journal_size_limit", "4194304"),
        // The log is folded beside the writes and not at the end of one.
        ("wal_autocheckpoint", "0"),
    ] {
        connection.pragma_update(None, name, value)?;
    }
    Ok(connection)
}
