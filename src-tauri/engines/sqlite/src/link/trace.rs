//! What the system says of a file and of the log beside it, so that a change shows.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use engine::EngineError;

use crate::error::explain_io;

/// The write-ahead log beside a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Log {
    /// None, or an empty one that nobody has opened.
    None,
    /// One with its index, so in use, or left by a program that was killed.
    Indexed,
    /// One that holds changes and whose index is gone.
    Loose,
}

impl Log {
    pub(super) fn of(path: &Path) -> Self {
        let log = fs::metadata(beside(path, "-wal")).map(|log| log.len());
        let indexed = fs::metadata(beside(path, "-shm")).is_ok();
        match log {
            Ok(_) if indexed => Self::Indexed,
            Ok(length) if length > 0 => Self::Loose,
            _ => Self::None,
        }
    }
}

/// The path of a file with this behind its name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(suffix);
    PathBuf::from(name)
}

/// A file and its log as they were at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    file: Mark,
    log: Option<Mark>,
}

impl Stamp {
    pub(super) fn of(path: &Path) -> Result<Self, EngineError> {
        let metadata = fs::metadata(path).map_err(|error| explain_io(&error, path))?;
        if !metadata.is_file() {
            return Err(explain_io(&io::ErrorKind::NotFound.into(), path));
        }
        Ok(Self {
            file: Mark::of(&metadata),
            log: fs::metadata(beside(path, "-wal"))
                .ok()
                .map(|log| Mark::of(&log)),
        })
    }

    pub(super) fn is_same_file(&self, other: &Self) -> bool {
        self.file.identity == other.file.identity
    }

    /// Whether the file holds nothing at all.
    pub(super) fn is_empty(&self) -> bool {
        self.file.length == 0
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    length: u64,
    modified: Option<SystemTime>,
    identity: Identity,
}

impl Mark {
    fn of(metadata: &Metadata) -> Self {
        Self {
            length: metadata.len(),
            modified: metadata.modified().ok(),
            identity: identity(metadata),
        }
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
