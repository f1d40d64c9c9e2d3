//! The files of a catalogue: readable by their user alone, and locked while open.

use std::fs::{self, File, OpenOptions, TryLockError};
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
    let file = options.open(path).map_err(|source| failed(path, source))?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))
        .map_err(|source| failed(path, source))?;
    Ok(file)
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
