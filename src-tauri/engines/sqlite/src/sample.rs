//! The sample database: a small music shop that shows what SQLite can hold.
//!
//! The one place in this crate that writes a file, and never over another one.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use engine::{EngineError, OpContext};
use rusqlite::Connection;

use crate::error::{explain, explain_io};
use crate::link::beside;
use crate::watch::Watch;

/// The most that making it may take.
const LIMIT: Duration = Duration::from_secs(60);

/// Makes the sample database at `path`, whose folder exists; the bytes are the same each time.
///
/// It is made under another name and gets its own when it is complete, so that
/// a program that ends in between leaves no half of it.
///
/// # Errors
/// `FileUnreadable` where there is a file already or the folder cannot be
/// written; nothing is left behind then.
pub fn create(path: &Path) -> Result<(), EngineError> {
    if path.exists() {
        return Err(explain_io(&io::ErrorKind::AlreadyExists.into(), path));
    }
    let unfinished = beside(path, ".unfinished");
    let made = forget(&unfinished)
        .and_then(|()| fill(&unfinished))
        .and_then(|()| {
            let sync = File::open(&unfinished).and_then(|file| file.sync_all());
            sync.and_then(|()| fs::rename(&unfinished, path))
                .map_err(|error| explain_io(&error, path))
        });
    // What failed is told; what is left of it goes as far as it will.
    made.inspect_err(|_| drop(forget(&unfinished)))
}

fn fill(path: &Path) -> Result<(), EngineError> {
    let watch = Watch::new(
        &OpContext::lasting(LIMIT),
        &Arc::new(AtomicBool::new(false)),
        "make the sample database",
    );
    let filled = Connection::open(path).and_then(|connection| {
        connection.execute_batch(include_str!("sql/write_in_memory.sql"))?;
        connection.execute_batch(include_str!("../../../resources/sample.sql"))
    });
    filled.map_err(|error| explain(error, path, &watch))
}

/// Removes a file that may not be there.
fn forget(path: &Path) -> Result<(), EngineError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(explain_io(&error, path)),
        _ => Ok(()),
    }
}
