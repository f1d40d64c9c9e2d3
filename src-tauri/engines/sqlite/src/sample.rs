//! The sample database: a small music shop that shows what SQLite can hold.
//!
//! The one place in this crate that writes a file, and never over another one.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use engine::{EngineError, OpContext};
use rusqlite::{Connection, OpenFlags};

use crate::error::{explain, explain_io};
use crate::watch::Watch;

/// The most that making it may take.
const LIMIT: Duration = Duration::from_secs(60);

/// Makes the sample database at `path`, whose folder exists; the bytes are the same each time.
///
/// # Errors
/// `FileUnreadable` where there is a file already or the folder cannot be
/// written; nothing is left behind then.
pub fn create(path: &Path) -> Result<(), EngineError> {
    let watch = Watch::new(
        &OpContext::lasting(LIMIT),
        &Arc::new(AtomicBool::new(false)),
        "make the sample database",
    );
    // Fails where there is one already, so that nobody's file is written over.
    let made = OpenOptions::new().write(true).create_new(true).open(path);
    drop(made.map_err(|error| explain_io(&error, path))?);
    fill(path).map_err(|error| match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => explain_io(&error, path),
        _ => explain(error, path, &watch),
    })
}

fn fill(path: &Path) -> rusqlite::Result<()> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch(include_str!("../../../resources/sample.sql"))
}
