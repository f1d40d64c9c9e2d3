//! The one error that crosses to the window and to the command line.

use serde::{Deserialize, Serialize};

/// What went wrong, as far as a reader can act on it.
///
/// A kind exists only where the window does something of its own with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// Nobody is signed in, or the vault is locked.
    SignedOut,
    /// The passphrase is not the right one.
    WrongPassphrase,
    /// The vault's file cannot be read.
    VaultDamaged,
    /// A value that the user gave is not usable; `field` names it.
    InvalidInput,
    /// The named thing does not exist, or is not this user's.
    NotFound,
    /// The name is taken, or the thing changed meanwhile.
    Conflict,
    /// The server's name or address could not be reached, or the file is not there.
    Unreachable,
    /// The secure link could not be made.
    Tls,
    /// The server refused the user or the password.
    SignInRefused,
    /// This user may not do or see it.
    NotAllowed,
    /// It took longer than allowed.
    TimedOut,
    /// The server or the file is in use; trying again may help.
    Busy,
    /// The user stopped it.
    Cancelled,
    /// The server or the file does not speak what was expected of it.
    Unsupported,
    /// The server reported an error.
    Server,
    /// The catalogue on this disk could not be read or written.
    Storage,
    /// A fault in db-studio itself.
    Internal,
}

impl ErrorKind {
    /// The stable name, as outputs and the catalogue write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::WrongPassphrase => "wrong_passphrase",
            Self::VaultDamaged => "vault_damaged",
            Self::InvalidInput => "invalid_input",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Unreachable => "unreachable",
            Self::Tls => "tls",
            Self::SignInRefused => "sign_in_refused",
            Self::NotAllowed => "not_allowed",
            Self::TimedOut => "timed_out",
            Self::Busy => "busy",
            Self::Cancelled => "cancelled",
            Self::Unsupported => "unsupported",
            Self::Server => "server",
            Self::Storage => "storage",
            Self::Internal => "internal",
        }
    }
}

/// An error as people and the window see it: what happened, to what, and what to do.
///
/// No part of it ever holds a secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[error("{message}")]
pub struct AppError {
    /// What a program can act on.
    pub kind: ErrorKind,
    /// What happened, to what, in one or two sentences.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The form field that must change, by its key.
    pub field: Option<String>,
    /// What was said below, outermost first; the server's own words come last.
    pub causes: Vec<String>,
}

impl AppError {
    /// An error without hint and causes.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            field: None,
            causes: Vec::new(),
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Names the form field that must change.
    #[must_use]
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Adds a deeper cause.
    #[must_use]
    pub fn cause(mut self, cause: impl Into<String>) -> Self {
        self.causes.push(cause.into());
        self
    }
}
