//! The files of a catalogue: readable by their user alone, and locked while open.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::CatalogueError;

/// Makes the folder where it is missing, for the user alone.
pub(crate) fn make_folder(path: &Path) -> Result<(), CatalogueError> {
    if path.as_os_str().is_empty() || path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|source| failed(path, source))
}

/// Opens the file for writing, made where it is missing, for the user alone.
///
/// SQLite gives its own files beside it the same mode.
pub(crate) fn make_private(path: &Path) -> Result<File, CatalogueError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|source| failed(path, source))
}

/// Takes an existing file away from everybody but its user.
pub(crate) fn keep_private(path: &Path) -> Result<(), CatalogueError> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|source| failed(path, source))?;
    Ok(())
}

/// A path with something put behind its file name.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Says for as long as it lives that the catalogue is open.
#[derive(Debug)]
pub(crate) struct OpenMark {
    _file: File,
}

impl OpenMark {
    /// Marks the catalogue as open and runs `alone` if nobody else had it open,
    /// in this process or another.
    pub(crate) fn set(
        path: &Path,
        alone: impl FnOnce() -> Result<(), CatalogueError>,
    ) -> Result<Self, CatalogueError> {
        let path = beside(path, ".lock");
        let file = make_private(&path)?;
        match file.try_lock() {
            Ok(()) => {
                alone()?;
                file.unlock().map_err(|source| failed(&path, source))?;
            }
            Err(TryLockError::WouldBlock) => {}
            // A file system without locks tells nobody that the catalogue is open.
            Err(TryLockError::Error(source)) if source.kind() == ErrorKind::Unsupported => {
                return Ok(Self { _file: file });
            }
            Err(TryLockError::Error(source)) => return Err(failed(&path, source)),
        }
        file.lock_shared().map_err(|source| failed(&path, source))?;
        Ok(Self { _file: file })
    }
}

pub(crate) fn failed(path: &Path, source: std::io::Error) -> CatalogueError {
    CatalogueError::File {
        path: path.to_owned(),
        source,
    }
}
