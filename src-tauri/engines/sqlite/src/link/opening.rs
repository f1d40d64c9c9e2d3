//! Opening a connection that reads and can do nothing else.

use std::path::Path;
use std::time::Duration;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::Way;
use crate::error::is_lock_refusal;
use crate::watch::Watch;

/// The longest text or statement that is taken from a file, in bytes.
pub(super) const LONGEST: i32 = 64 << 20;

/// What stays as it is in the path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.');

/// The way to the file that takes no locks, by its name in SQLite.
const WITHOUT_LOCKS: &str = if cfg!(windows) {
    "vfs=win32-none"
} else {
    "vfs=unix-none"
};

/// Opens a file that keeps a rollback journal; none where it is in WAL mode.
///
/// The mode is in the file's header. SQLite looks there before it opens a log,
/// and where locks are to be exclusive it asks for one first: a file that is
/// open for reading only is refused that lock, and no log is made.
pub(super) fn with_rollback_journal(
    path: &Path,
    patience: Duration,
    watch: &Watch,
) -> rusqlite::Result<Option<Connection>> {
    let mut connection = connect(path, Way::Shared)?;
    watch.heed(&mut connection, patience)?;
    match connection.execute_batch(include_str!("../sql/lock_exclusively.sql")) {
        Ok(()) => {
            connection.execute_batch(include_str!("../sql/lock_normally.sql"))?;
            Ok(Some(connection))
        }
        Err(error) if is_lock_refusal(&error) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens a file; nothing of it is read yet.
pub(super) fn connect(path: &Path, way: Way) -> rusqlite::Result<Connection> {
    let text = path
        .to_str()
        .ok_or_else(|| rusqlite::Error::InvalidPath(path.to_owned()))?;
    let mode = match way {
        Way::Shared => "readonly_shm=1",
        Way::Alone => "immutable=1",
        Way::Logged => WITHOUT_LOCKS,
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
    if way == Way::Logged {
        connection.execute_batch(include_str!("../sql/index_in_memory.sql"))?;
    }
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
    connection.execute_batch(include_str!("../sql/settings.sql"))
}
