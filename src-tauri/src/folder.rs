//! Where the data folder is, and making it so that nobody else can look in.

use std::io;
use std::path::{Path, PathBuf};

use model::{AppError, ErrorKind};

use crate::machine::Machine;

/// The name that operating systems know the app by; the same as in tauri.conf.json.
pub(crate) const IDENTIFIER: &str = "dev.db-studio.app";
/// The environment's word for the data folder.
pub(crate) const VARIABLE: &str = "DB_STUDIO_DATA_DIR";

/// The data folder of this run, and the file of what belongs to the machine.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    /// The folder.
    pub(crate) path: PathBuf,
    /// The file of [`Machine`]; in the folder itself when that was given at the start.
    pub(crate) machine: PathBuf,
    /// Whether the folder was given at the start, so that no choice kept here counts.
    pub(crate) given: bool,
}

impl Folder {
    /// The folder given at the start, else the kept choice, else the system's for our data.
    ///
    /// # Errors
    /// A system that has no such folder, or one that cannot be made.
    pub(crate) fn find(given: Option<&Path>) -> Result<Self, AppError> {
        let folder = match given {
            Some(path) => {
                let path = std::path::absolute(path).map_err(|error| unusable(path, &error))?;
                Self {
                    machine: path.join(Machine::FILE),
                    path,
                    given: true,
                }
            }
            None => {
                let own = dirs::data_dir().ok_or_else(no_home)?.join(IDENTIFIER);
                let machine = own.join(Machine::FILE);
                let path = Machine::read(&machine).data_folder.unwrap_or(own);
                Self {
                    path,
                    machine,
                    given: false,
                }
            }
        };
        make_private(&folder.path)?;
        Ok(folder)
    }
}

/// Makes a folder that only this user may enter; one that is there stays as it is.
///
/// # Errors
/// A place that cannot be written, or is no folder.
pub(crate) fn make_private(path: &Path) -> Result<(), AppError> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| unusable(path, &error))
}

fn unusable(path: &Path, error: &io::Error) -> AppError {
    let shown = model::path::visible(&path.display().to_string());
    AppError::new(
        ErrorKind::Storage,
        format!("The data folder {shown} cannot be used."),
    )
    .hint("Choose a folder that you may write, with --data-dir.")
    .cause(error.to_string())
}

fn no_home() -> AppError {
    AppError::new(
        ErrorKind::Storage,
        "This system names no folder for an app's data.",
    )
    .hint(format!("Name one with --data-dir or {VARIABLE}."))
}
