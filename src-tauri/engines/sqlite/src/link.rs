//! The link to a database file: how it is opened so that nothing on the disk
//! changes, and how one consistent view of it is read.
//!
//! A file with a rollback journal is read under SQLite's ordinary shared lock.
//! A file in WAL mode cannot be: even a reader would create `-wal` and `-shm`
//! beside it and leave them there. So there are three ways:
//!
//! * *Shared*, where SQLite takes part in the locking of the file. The `-shm`
//!   of a database in use is opened for reading only (`readonly_shm`), which
//!   still holds a place among its readers; one that a killed program left
//!   behind is not used, and SQLite keeps its own index of the log in memory.
//! * *Alone*, for a file in WAL mode without a log, so without a writer and with
//!   everything in the file itself: it is read as `immutable`, without locks and
//!   without files beside it. An empty file is read so too, because SQLite would
//!   remove a log that lies beside one.
//! * *Logged*, for a file whose log has lost its index, as in a copy of the two:
//!   SQLite reads both without locks, with an index of its own in memory.
//!
//! In the two ways without locks a writer may come at any moment. What was read
//! counts only if file and log have the same stamps afterwards, else it is read
//! again.
//!
//! The file is never opened past SQLite while it may be a database: closing it
//! would drop all locks that this process holds on it, those of the app's own
//! catalogue included.

mod opening;
pub(crate) mod schema;
mod trace;

use std::path::PathBuf;
use std::time::Duration;

use engine::EngineError;
use rusqlite::Connection;

use crate::error::{changed_meanwhile, explain};
use crate::watch::Watch;
use opening::{connect, with_rollback_journal};
use trace::{Log, Stamp};

pub(crate) use trace::{Tracer, beside};

/// How often a file that changes under the reader is read.
const ATTEMPTS: usize = 3;

/// An open database file.
#[derive(Debug)]
pub(crate) struct Link {
    connection: Connection,
    path: PathBuf,
    way: Way,
    stamp: Stamp,
    patience: Duration,
}

/// How the file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Shared,
    Alone,
    Logged,
}

impl Link {
    /// Opens the file at an absolute path without links, waiting for its locks
    /// at most `patience`.
    pub(crate) fn open(
        path: PathBuf,
        patience: Duration,
        watch: &Watch,
    ) -> Result<Self, EngineError> {
        let stamp = Stamp::of(&path)?;
        let log = Log::of(&path);
        let shared = match log {
            _ if stamp.is_empty() => Ok(None),
            Log::Indexed => connect(&path, Way::Shared).map(Some),
            Log::None | Log::Loose => with_rollback_journal(&path, patience, watch),
        };
        let opened = shared.and_then(|shared| match shared {
            Some(connection) => Ok((connection, Way::Shared)),
            None if log == Log::Loose && !stamp.is_empty() => {
                Ok((connect(&path, Way::Logged)?, Way::Logged))
            }
            None => Ok((connect(&path, Way::Alone)?, Way::Alone)),
        });
        let (connection, way) = opened.map_err(|error| explain(error, &path, watch))?;
        let mut link = Self {
            connection,
            path,
            way,
            stamp,
            patience,
        };
        // The first look shows whether it is a database at all.
        let look = |connection: &mut Connection| {
            schema::only_the_list(connection, watch)?;
            first_look(connection, watch)
        };
        match link.attempt(watch, &mut { look }) {
            Ok(_) => Ok(link),
            Err(error) => Err(explain(error, &link.path, watch)),
        }
    }

    /// Whether the file is in WAL mode and nobody has it open for writing, so
    /// that SQLite itself cannot tell the mode.
    pub(crate) fn is_alone(&self) -> bool {
        self.way == Way::Alone && !self.stamp.is_empty()
    }

    /// Runs `work` in one transaction, so that all it reads is of one moment.
    /// It runs again where the file changed in a way that no lock prevents.
    pub(crate) fn read<T>(
        &mut self,
        watch: &Watch,
        mut work: impl FnMut(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, EngineError> {
        for _ in 0..ATTEMPTS {
            if let Some(end) = watch.over() {
                return Err(end);
            }
            self.follow(watch)?;
            let result = self.attempt(watch, &mut work);
            if self.way == Way::Shared || Stamp::of(&self.path)? == self.stamp {
                return result.map_err(|error| explain(error, &self.path, watch));
            }
        }
        Err(changed_meanwhile(&self.path))
    }

    /// What tells whether the file is still as it was; to be asked while it is read.
    pub(crate) fn tracer(&self) -> Tracer {
        Tracer::of(&self.path)
    }

    fn attempt<T>(
        &mut self,
        watch: &Watch,
        work: &mut impl FnMut(&mut Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let connection = &mut self.connection;
        watch.heed(connection, self.patience)?;
        let send = |connection: &Connection, sql| {
            watch.cx().observer().statement(sql);
            connection.execute_batch(sql)
        };
        if !connection.is_autocommit() {
            // Left by work that never came back.
            send(connection, "ROLLBACK")?;
        }
        schema::whole(connection)?;
        send(connection, "BEGIN DEFERRED")?;
        let result = work(connection);
        // There is nothing to keep, so that a COMMIT that fails, as it does on a
        // damaged file, takes nothing from what was read.
        let kept = result.is_ok() && send(connection, "COMMIT").is_ok();
        if !kept && !connection.is_autocommit() {
            send(connection, "ROLLBACK")?;
        }
        result
    }

    /// Opens the file anew where another one took its place, or where the way
    /// of reading it no longer fits.
    fn follow(&mut self, watch: &Watch) -> Result<(), EngineError> {
        let now = Stamp::of(&self.path)?;
        let log = Log::of(&self.path);
        let fits = match self.way {
            Way::Shared => now.is_same_file(&self.stamp),
            Way::Alone => now == self.stamp && (log == Log::None || now.is_empty()),
            Way::Logged => now == self.stamp && log == Log::Loose,
        };
        if !fits {
            *self = Self::open(self.path.clone(), self.patience, watch)?;
        }
        Ok(())
    }
}

/// Whether the schema can be read: as much of it as SQLite now makes do with.
pub(crate) fn first_look(connection: &mut Connection, watch: &Watch) -> rusqlite::Result<bool> {
    let sql = include_str!("sql/first_look.sql");
    watch.cx().observer().statement(sql);
    connection.prepare(sql)?.exists([])
}

#[cfg(test)]
mod tests;
