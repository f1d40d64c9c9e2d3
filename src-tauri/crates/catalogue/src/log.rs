//! The log of writes beside the file, folded into it while others go on.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use crate::file::beside;
use crate::{CatalogueError, pool};

/// A log longer than this is folded into the file, in bytes.
const LONG: u64 = 4 * 1024 * 1024;

/// The log of one catalogue.
#[derive(Debug)]
pub(crate) struct Log {
    catalogue: PathBuf,
    is_being_folded: Arc<AtomicBool>,
}

impl Log {
    /// The log beside a catalogue's file.
    pub(crate) fn of(catalogue: &Path) -> Self {
        Self {
            catalogue: catalogue.to_owned(),
            is_being_folded: Arc::default(),
        }
    }

    /// How long it is, in bytes.
    pub(crate) fn size(&self) -> u64 {
        std::fs::metadata(beside(&self.catalogue, "-wal")).map_or(0, |log| log.len())
    }

    /// Begins to fold it into the file where it has grown long; nobody waits for that.
    ///
    /// Where it cannot be folded now, it is tried anew after the next write.
    pub(crate) fn written(&self) {
        if self.size() <= LONG || self.is_being_folded.swap(true, Ordering::AcqRel) {
            return;
        }
        let folding = Folding(Arc::clone(&self.is_being_folded));
        let catalogue = self.catalogue.clone();
        let begun = thread::Builder::new()
            .name("log".to_owned())
            .spawn(move || {
                let folded = fold(&catalogue);
                tracing::debug!(ok = folded.is_ok(), "folded the log into the catalogue");
                drop(folding);
            });
        if let Err(error) = begun {
            tracing::debug!(%error, "no thread to fold the log");
        }
    }
}

/// Somebody folds the log, until this is dropped.
struct Folding(Arc<AtomicBool>);

impl Drop for Folding {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

fn fold(catalogue: &Path) -> Result<(), CatalogueError> {
    let db = pool::open(catalogue)?;
    db.busy_timeout(Duration::ZERO)?;
    // The first copies beside readers and writers; the second stops them for the instant
    // that it takes to empty the log.
    for how in ["PASSIVE", "TRUNCATE"] {
        db.query_row(&format!("PRAGMA wal_checkpoint({how})"), [], |_| Ok(()))?;
    }
    Ok(())
}
