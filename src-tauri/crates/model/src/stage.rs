//! The stages of a connection test, as they are shown while it runs.

use serde::{Deserialize, Serialize};

use crate::AppError;

/// A step on the way to a working session, in the order in which they happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The fields or the connection string are understood.
    Parse,
    /// The host's name becomes addresses.
    Resolve,
    /// The server answers at its port or socket, or the file opens.
    Connect,
    /// The link is encrypted and the server's identity checked.
    Tls,
    /// The server accepts the user.
    SignIn,
    /// The server says what it is.
    ServerVersion,
    /// What this user may see.
    Privileges,
}

impl Stage {
    /// The word for people.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Parse => "Parse",
            Self::Resolve => "Resolve",
            Self::Connect => "Connect",
            Self::Tls => "TLS",
            Self::SignIn => "Sign in",
            Self::ServerVersion => "Server version",
            Self::Privileges => "Privileges",
        }
    }
}

/// How one stage of a test stands or ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StageReport {
    /// Which stage.
    pub stage: Stage,
    /// How it stands.
    pub state: StageState,
    /// What was found, in a few words (`10.0.0.4`, `1.3, verified`).
    pub note: Option<String>,
    /// How long it took, in milliseconds; absent while it runs.
    pub millis: Option<f32>,
    /// Why it failed.
    pub error: Option<AppError>,
}

/// How a stage stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StageState {
    /// It has begun.
    Running,
    /// It ended well.
    Passed,
    /// It does not apply to this connection (no TLS over a local socket).
    Skipped,
    /// It ended the test.
    Failed,
}
