//! The link to a database file: how it is opened so that nothing on the disk
//! changes, and how one consistent view of it is read.
//!
//! A file with a rollback journal is read under SQLite's ordinary shared lock.
//! A file in WAL mode cannot be: even a reader would create `-wal` and `-shm`
//! beside it and leave them there. So there are two ways:
//!
//! * *Shared*, where SQLite takes part in the locking of the file. The `-shm`
//!   of a database in use is opened for reading only (`readonly_shm`), which
//!   still holds a place among its readers; one that a killed program left
//!   behind is not used, and SQLite keeps its own index of the log in memory.
//! * *Alone*, for a file in WAL mode without a log, so without a writer and with
//!   everything in the file itself: it is read as `immutable`, without locks and
//!   without files beside it. A writer may come at any moment, yet the file only
//!   changes when its log is copied back; what was read counts only if the
//!   file's stamp is the same afterwards, else it is read again.
//!
//! The file is never opened past SQLite, not even for its header: closing it
//! would drop all locks that this process holds on it, those of the app's own
//! catalogue included.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use engine::EngineError;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use crate::error::{changed_meanwhile, explain, explain_io, is_lock_refusal, loose_log};
use crate::watch::Watch;

/// How often a file that changes under the reader is read.
const ATTEMPTS: usize = 3;

/// The longest text or statement that is taken from a file, in bytes.
const LONGEST: i32 = 64 << 20;

/// What stays as it is in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.');

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
        let log = log(&path);
        let connected = match log {
            Log::Indexed => connect(&path, Way::Shared).map(Some),
            Log::None | Log::Loose => with_rollback_journal(&path, patience, watch),
        };
        let connected = match connected {
            Ok(None) if log == Log::Loose => return Err(loose_log(&path)),
            Ok(None) => connect(&path, Way::Alone).map(|connection| (connection, Way::Alone)),
            Ok(Some(connection)) => Ok((connection, Way::Shared)),
            Err(error) => Err(error),
        };
        let (connection, way) = connected.map_err(|error| explain(error, &path, watch))?;
        let mut link = Self {
            connection,
            path,
            way,
            stamp,
            patience,
        };
        // The first look shows whether it is a database at all, and a whole one.
        let look = |connection: &Connection| {
            let sql = include_str!("sql/first_look.sql");
            watch.cx().observer().statement(sql);
            connection.prepare(sql)?.exists([])
        };
        match link.attempt(watch, &mut { look }) {
            Ok(_) => Ok(link),
            Err(error) => Err(explain(error, &link.path, watch)),
        }
    }

    /// Whether the file is in WAL mode and nobody has it open for writing.
    pub(crate) fn is_alone(&self) -> bool {
        self.way == Way::Alone
    }

    /// Runs `work` in one transaction, so that all it reads is of one moment.
    /// It runs again where the file changed in a way that no lock prevents.
    pub(crate) fn read<T>(
        &mut self,
        watch: &Watch,
        mut work: impl FnMut(&Connection) -> rusqlite::Result<T>,
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

    fn attempt<T>(
        &mut self,
        watch: &Watch,
        work: &mut impl FnMut(&Connection) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        watch.heed(&mut self.connection, self.patience)?;
        watch.cx().observer().statement("BEGIN DEFERRED");
        let transaction = self.connection.unchecked_transaction()?;
        let result = work(&transaction)?;
        watch.cx().observer().statement("COMMIT");
        transaction.commit()?;
        Ok(result)
    }

    /// Opens the file anew where another one took its place, or where the way
    /// of reading it no longer fits.
    fn follow(&mut self, watch: &Watch) -> Result<(), EngineError> {
        let now = Stamp::of(&self.path)?;
        let fits = match self.way {
            Way::Shared => now.is_same_file(&self.stamp),
            Way::Alone => now == self.stamp && log(&self.path) == Log::None,
        };
        if !fits {
            *self = Self::open(self.path.clone(), self.patience, watch)?;
        }
        Ok(())
    }
}

/// Opens a file that keeps a rollback journal; none where it is in WAL mode.
///
/// The mode is in the file's header. SQLite looks there before it opens a log,
/// and where locks are to be exclusive it asks for one first: a file that is
/// open for reading only is refused that lock, and no log is made.
fn with_rollback_journal(
    path: &Path,
    patience: Duration,
    watch: &Watch,
) -> rusqlite::Result<Option<Connection>> {
    let mut connection = connect(path, Way::Shared)?;
    watch.heed(&mut connection, patience)?;
    match connection.execute_batch(include_str!("sql/lock_exclusively.sql")) {
        Ok(()) => {
            connection.execute_batch(include_str!("sql/lock_normally.sql"))?;
            Ok(Some(connection))
        }
        Err(error) if is_lock_refusal(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

fn connect(path: &Path, way: Way) -> rusqlite::Result<Connection> {
    let text = path
        .to_str()
        .ok_or_else(|| rusqlite::Error::InvalidPath(path.to_owned()))?;
    let mode = match way {
        Way::Shared => "readonly_shm=1",
        Way::Alone => "immutable=1",
    };
    // Windows' drive letters need a slash of their own.
    let root = if text.starts_with('/') {
        "file://"
    } else {
        "file:///"
    };
    let uri = format!("{root}{}?mode=ro&{mode}", utf8_percent_encode(text, PATH));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_URI;
    let connection = Connection::open_with_flags(uri, flags)?;
    confine(&connection)?;
    Ok(connection)
}

fn confine(connection: &Connection) -> rusqlite::Result<()> {
    let settings = [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
        (DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true),
    ];
    for (setting, value) in settings {
        connection.set_db_config(setting, value)?;
    }
    let limits = [
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_LENGTH, LONGEST),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, LONGEST),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ];
    for (limit, value) in limits {
        connection.set_limit(limit, value)?;
    }
    connection.execute_batch(include_str!("sql/settings.sql"))
}

/// The write-ahead log beside a file.
#[derive(Debug, PartialEq, Eq)]
enum Log {
    /// None, or an empty one that nobody has opened.
    None,
    /// One with its index, so in use, or left by a program that was killed.
    Indexed,
    /// One that holds changes and whose index is gone.
    Loose,
}

fn log(path: &Path) -> Log {
    let log = fs::metadata(beside(path, "-wal")).map(|log| log.len());
    let indexed = fs::metadata(beside(path, "-shm")).is_ok();
    match log {
        Ok(_) if indexed => Log::Indexed,
        Ok(length) if length > 0 => Log::Loose,
        _ => Log::None,
    }
}

/// The path of a file with this behind its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// What the system says of a file, so that a change shows.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    identity: Identity,
}

impl Stamp {
    fn of(path: &Path) -> Result<Self, EngineError> {
        let metadata = fs::metadata(path).map_err(|error| explain_io(&error, path))?;
        if !metadata.is_file() {
            return Err(explain_io(&io::ErrorKind::NotFound.into(), path));
        }
        Ok(Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: identity(&metadata),
        })
    }

    fn is_same_file(&self, other: &Self) -> bool {
        self.identity == other.identity
    }
}

/// Device and number of a file, where the system has them.
type Identity = (u64, u64);

#[cfg(unix)]
fn identity(metadata: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (metadata.dev(), metadata.ino())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}

#[cfg(test)]
mod tests;
