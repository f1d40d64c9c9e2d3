//! What the system says of a file and of the log beside it, so that a change shows.

use std::ffi::OsString;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

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

/// How long ago a file must have been changed for its times to tell it from a later
/// state: the coarsest clock of a file system goes in steps of two seconds.
const SETTLED: Duration = Duration::from_secs(4);

/// Tells a file by what the system says of it.
#[derive(Debug, Clone)]
pub(crate) struct Tracer {
    path: PathBuf,
}

impl Tracer {
    pub(super) fn of(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// What the system says of the file, which says the same only while nothing in
    /// it changes; none where that is not sure.
    ///
    /// To be asked while no writer can be at work, in a transaction. A change that came
    /// just before may share its time with one that comes just after. And beside a
    /// log, a change takes hold with nothing done to either file.
    pub(crate) fn mark(&self) -> Option<Vec<u8>> {
        if Log::of(&self.path) != Log::None {
            return None;
        }
        let metadata = fs::metadata(&self.path).ok()?;
        let mark = Mark::of(&metadata);
        let changed = changed(&metadata)?;
        let now = SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .ok()?;
        let modified = mark.modified?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        let newest = modified.max(changed);
        if now.checked_sub(newest)? < SETTLED {
            return None;
        }
        let times = [modified, changed].map(|time| time.as_nanos());
        Some(format!("{:?} {} {times:?}", mark.identity, mark.length).into_bytes())
    }
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

/// When the system last noted anything new of the file, since the epoch; unlike the
/// time of its last change nobody can set it back. Not every system tells it.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> Option<Duration> {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(metadata.ctime()).ok()?;
    let nanos = u32::try_from(metadata.ctime_nsec()).ok()?;
    Some(Duration::new(seconds, nanos))
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> Option<Duration> {
    None
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> Identity {
    (0, 0)
}
