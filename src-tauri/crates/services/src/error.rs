//! What can go wrong in the services, and the one mapping of every floor's
//! errors to what people are told.

use catalogue::CatalogueError;
use engine::url::UrlError;
use engine::{EngineError, ServerWords};
use model::path::visible;
use model::{AppError, ErrorKind};
use vault::VaultError;

/// What can go wrong in the services.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in.
    #[error("The vault is locked.")]
    SignedOut,
    /// A passphrase is empty.
    #[error("A passphrase is needed.")]
    EmptyPassphrase,
    /// A field of a form cannot be used.
    #[error("{message}")]
    Field {
        /// The key of the field.
        field: String,
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// No engine has this id.
    #[error("There is no engine named {0}.")]
    UnknownEngine(String),
    /// The password behind a ticket is no longer kept.
    #[error("The password of the pasted string is no longer there.")]
    TicketUsed,
    /// The connection is being read already.
    #[error("{0} is being read already.")]
    AlreadySyncing(String),
    /// The connection is switched off.
    #[error("{0} is inactive.")]
    Inactive(String),
    /// The link does not name an object.
    #[error("This is not a link to an object of db-studio.")]
    BadLink,
    /// The link's object is not in the catalogue.
    #[error("The object of this link is not in the catalogue.")]
    LinkTarget,
    /// A server or file.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A server or file, while one of several databases was read.
    #[error("Could not read {name}. {source}")]
    Reading {
        /// The connection.
        name: String,
        /// Why.
        source: EngineError,
    },
    /// A connection string.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The catalogue.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A task of ours ended without an answer.
    #[error("Something went wrong inside db-studio.")]
    Broken {
        /// What was said.
        detail: String,
    },
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<&Error> for AppError {
    fn from(error: &Error) -> Self {
        let message = visible(&error.to_string());
        let told = |kind| AppError::new(kind, message.clone());
        match error {
            Error::SignedOut => told(ErrorKind::SignedOut).hint("Sign in."),
            Error::EmptyPassphrase => told(ErrorKind::InvalidInput).field("passphrase"),
            Error::Field { field, hint, .. } => {
                let told = told(ErrorKind::InvalidInput).field(field);
                if hint.is_empty() {
                    told
                } else {
                    told.hint(hint)
                }
            }
            Error::UnknownEngine(_) => told(ErrorKind::InvalidInput).field("engine"),
            Error::TicketUsed => told(ErrorKind::InvalidInput)
                .field("password")
                .hint("Type the password again."),
            Error::AlreadySyncing(_) => {
                told(ErrorKind::Conflict).hint("Wait until it has ended, or stop it.")
            }
            Error::Inactive(_) => told(ErrorKind::Conflict).hint("Activate the connection first."),
            Error::BadLink => told(ErrorKind::InvalidInput),
            Error::LinkTarget => {
                told(ErrorKind::NotFound).hint("Sync the connection, then try again.")
            }
            Error::Engine(error) => engine(told(engine_kind(error)), error),
            Error::Reading { source, .. } => engine(told(engine_kind(source)), source),
            Error::Url(UrlError { hint, field, .. }) => {
                let mut told = told(ErrorKind::InvalidInput);
                told.hint = (!hint.is_empty()).then(|| hint.clone());
                told.field.clone_from(field);
                told
            }
            Error::Catalogue(error) => catalogue(told(catalogue_kind(error)), error),
            Error::Vault(error) => vault(told(vault_kind(error)), error),
            Error::Broken { detail } => told(ErrorKind::Internal)
                .hint("Try again; if it happens again, please report it with the log.")
                .cause(visible(detail)),
        }
    }
}

fn engine_kind(error: &EngineError) -> ErrorKind {
    match error {
        EngineError::InvalidTarget { .. } => ErrorKind::InvalidInput,
        EngineError::UnknownHost { .. }
        | EngineError::Unreachable { .. }
        | EngineError::FileMissing { .. }
        | EngineError::FileUnreadable { .. }
        | EngineError::ConnectionLost { .. } => ErrorKind::Unreachable,
        EngineError::NotADatabase { .. }
        | EngineError::NotThisProtocol { .. }
        | EngineError::TooOld { .. }
        | EngineError::Unsupported { .. }
        | EngineError::Unexpected { .. } => ErrorKind::Unsupported,
        EngineError::Tls { .. } => ErrorKind::Tls,
        EngineError::SignInRefused { .. } => ErrorKind::SignInRefused,
        EngineError::NoSuchDatabase { .. } | EngineError::NotFound { .. } => ErrorKind::NotFound,
        EngineError::NotAllowed { .. } => ErrorKind::NotAllowed,
        EngineError::TooManyConnections { .. }
        | EngineError::NotReady { .. }
        | EngineError::Busy { .. } => ErrorKind::Busy,
        EngineError::TimedOut { .. } => ErrorKind::TimedOut,
        EngineError::Cancelled => ErrorKind::Cancelled,
        EngineError::Server { .. } => ErrorKind::Server,
    }
}

fn engine(mut told: AppError, error: &EngineError) -> AppError {
    told.hint = error.hint().map(|hint| visible(&hint));
    match error {
        EngineError::InvalidTarget { field, .. } => told.field = Some(field.clone()),
        EngineError::UnknownHost { source, .. } | EngineError::Unreachable { source, .. } => {
            told.causes.push(visible(&source.to_string()));
        }
        EngineError::Tls { detail, .. }
        | EngineError::NotThisProtocol { detail, .. }
        | EngineError::ConnectionLost { detail, .. }
        | EngineError::Unexpected { detail, .. } => told.causes.push(visible(detail)),
        EngineError::FileMissing { .. }
        | EngineError::FileUnreadable { .. }
        | EngineError::NotADatabase { .. }
        | EngineError::SignInRefused { .. }
        | EngineError::NoSuchDatabase { .. }
        | EngineError::NotAllowed { .. }
        | EngineError::TooManyConnections { .. }
        | EngineError::NotReady { .. }
        | EngineError::TooOld { .. }
        | EngineError::TimedOut { .. }
        | EngineError::Busy { .. }
        | EngineError::Cancelled
        | EngineError::NotFound { .. }
        | EngineError::Unsupported { .. }
        | EngineError::Server { .. } => {}
    }
    told.causes
        .extend(error.words().into_iter().flat_map(server_words));
    told
}

/// The server's own words, line by line, to be shown folded.
fn server_words(words: &ServerWords) -> Vec<String> {
    let first = if words.code.is_empty() {
        words.message.clone()
    } else {
        format!("{}: {}", words.code, words.message)
    };
    [Some(first), words.detail.clone(), words.hint.clone()]
        .into_iter()
        .flatten()
        .filter(|line| !line.is_empty())
        .map(|line| visible(&line))
        .collect()
}

fn catalogue_kind(error: &CatalogueError) -> ErrorKind {
    match error {
        CatalogueError::NotFound { .. } | CatalogueError::UnknownUser { .. } => ErrorKind::NotFound,
        CatalogueError::OutOfOrder => ErrorKind::Internal,
        CatalogueError::WrongPassphrase => ErrorKind::WrongPassphrase,
        CatalogueError::SessionEnded => ErrorKind::SignedOut,
        CatalogueError::NameEmpty { .. } => ErrorKind::InvalidInput,
        CatalogueError::NameTaken { .. }
        | CatalogueError::SyncEnded
        | CatalogueError::SyncSuperseded { .. } => ErrorKind::Conflict,
        CatalogueError::Busy => ErrorKind::Busy,
        CatalogueError::NewerFile { .. }
        | CatalogueError::NotACatalogue { .. }
        | CatalogueError::Damaged { .. }
        | CatalogueError::DiskFull
        | CatalogueError::File { .. }
        | CatalogueError::Store(_) => ErrorKind::Storage,
    }
}

fn catalogue(mut told: AppError, error: &CatalogueError) -> AppError {
    told.hint = error.hint().map(str::to_owned);
    match error {
        CatalogueError::NameEmpty { .. } | CatalogueError::NameTaken { .. } => {
            told.field = Some("name".to_owned());
        }
        CatalogueError::WrongPassphrase => told.field = Some("passphrase".to_owned()),
        CatalogueError::File { source, .. } => told.causes.push(source.to_string()),
        CatalogueError::Store(source) => told.causes.push(visible(&source.to_string())),
        CatalogueError::NotFound { .. }
        | CatalogueError::UnknownUser { .. }
        | CatalogueError::SessionEnded
        | CatalogueError::OutOfOrder
        | CatalogueError::SyncEnded
        | CatalogueError::SyncSuperseded { .. }
        | CatalogueError::Busy
        | CatalogueError::NewerFile { .. }
        | CatalogueError::NotACatalogue { .. }
        | CatalogueError::Damaged { .. }
        | CatalogueError::DiskFull => {}
    }
    told
}

fn vault_kind(error: &VaultError) -> ErrorKind {
    match error {
        VaultError::WrongPassphrase | VaultError::WrongKey { .. } => ErrorKind::WrongPassphrase,
        VaultError::Missing { .. }
        | VaultError::Damaged { .. }
        | VaultError::TooNew { .. }
        | VaultError::KeyParameters { .. } => ErrorKind::VaultDamaged,
        VaultError::AlreadyExists { .. } | VaultError::NotRekeying => ErrorKind::Conflict,
        VaultError::Busy { .. } => ErrorKind::Busy,
        VaultError::Io { .. } => ErrorKind::Storage,
        VaultError::Derivation { .. } | VaultError::NoRandomness | VaultError::Engine { .. } => {
            ErrorKind::Internal
        }
    }
}

fn vault(told: AppError, error: &VaultError) -> AppError {
    match error {
        VaultError::WrongPassphrase | VaultError::WrongKey { .. } => told
            .field("passphrase")
            .hint("Check the passphrase and try again."),
        VaultError::Missing { .. } | VaultError::Damaged { .. } => told.hint(
            "Put a backup of the file in its place. Connections and catalogue are not affected.",
        ),
        VaultError::TooNew { .. } => told.hint("Start the newer db-studio."),
        VaultError::Busy { .. } => told.hint("Close other windows of db-studio and try again."),
        VaultError::Derivation { .. } => told.hint("Close other programs and try again."),
        VaultError::KeyParameters { .. }
        | VaultError::AlreadyExists { .. }
        | VaultError::NotRekeying
        | VaultError::NoRandomness => told,
        VaultError::Io { source, .. } => told
            .cause(source.to_string())
            .hint("Check that the data folder may be written."),
        VaultError::Engine { source, .. } => told.cause(visible(&source.to_string())),
    }
}
