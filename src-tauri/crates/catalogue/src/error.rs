//! What can go wrong in the catalogue. How it is shown is not decided here.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// What went wrong in the catalogue.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The thing does not exist, or is not this user's.
    #[error("There is no such {what}.")]
    NotFound {
        /// What was asked for, in one or two words.
        what: &'static str,
    },
    /// Nobody of this name has an account here.
    #[error("There is no user named {name} here.")]
    UnknownUser {
        /// The name, as it was given.
        name: String,
    },
    /// The verifier is not the one that is stored.
    #[error("The passphrase is not the right one.")]
    WrongPassphrase,
    /// A reading said what it speaks of after it had begun to speak.
    #[error("The reading came in the wrong order.")]
    OutOfOrder,
    /// The session is of another catalogue, or its user was deleted.
    #[error("The session has ended.")]
    SessionEnded,
    /// A name is empty.
    #[error("A {what} needs a name.")]
    NameEmpty {
        /// What is to be named.
        what: &'static str,
    },
    /// A name is in use.
    #[error("There is already a {what} named {name}.")]
    NameTaken {
        /// What is to be named.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The sync has ended, so nothing more can be put in for it.
    #[error("The sync has already ended.")]
    SyncEnded,
    /// A sync that began later has already written this database.
    #[error("A newer sync has already written the database {database}.")]
    SyncSuperseded {
        /// The database.
        database: String,
    },
    /// The file was written by a newer version of db-studio.
    #[error(
        "The catalogue {path} was written by a newer db-studio (format {found}; this one knows {known})."
    )]
    NewerFile {
        /// The catalogue's file.
        path: PathBuf,
        /// Its format.
        found: i64,
        /// The newest format that is known here.
        known: i64,
    },
    /// The file is something else, or damaged beyond reading.
    #[error("The file {path} is not a catalogue of db-studio.")]
    NotACatalogue {
        /// The file.
        path: PathBuf,
    },
    /// A stored value makes no sense.
    #[error("The catalogue holds something that cannot be read: {what}.")]
    Damaged {
        /// What it is.
        what: String,
    },
    /// Another program holds the catalogue for too long.
    #[error("The catalogue is in use by another program.")]
    Busy,
    /// The disk is full.
    #[error("The catalogue could not be written because the disk is full.")]
    DiskFull,
    /// A file or folder of the catalogue could not be made or opened.
    #[error("The file {path} could not be used.")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// Any other failure of the store.
    #[error("The catalogue could not be read or written.")]
    Store(#[source] rusqlite::Error),
}

impl CatalogueError {
    /// What to do about it, where there is something to do.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NameTaken { .. } => Some("Choose another name."),
            Self::NameEmpty { .. } => Some("Type a name."),
            Self::WrongPassphrase => Some("Check the passphrase and try again."),
            Self::SessionEnded => Some("Sign in again."),
            Self::NewerFile { .. } => {
                Some("Start the newer db-studio, or choose another data folder.")
            }
            Self::NotACatalogue { .. } => {
                Some("Choose another data folder, or put a backup of the catalogue in its place.")
            }
            Self::Damaged { .. } => Some("Sync the connection again, or go back to a backup."),
            Self::Busy => Some("Close other windows of db-studio and try again."),
            Self::DiskFull => Some("Free some space and try again."),
            Self::File { .. } => Some("Check that the folder exists and may be written."),
            Self::SyncSuperseded { .. } | Self::SyncEnded => Some("Sync again."),
            Self::NotFound { .. }
            | Self::UnknownUser { .. }
            | Self::OutOfOrder
            | Self::Store(_) => None,
        }
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged { what: what.into() }
    }
}

impl From<rusqlite::Error> for CatalogueError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::damaged("the file is malformed")
            }
            _ => Self::Store(error),
        }
    }
}
