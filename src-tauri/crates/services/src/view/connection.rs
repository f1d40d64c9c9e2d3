//! Connections as lists and the editor show them.

use std::collections::BTreeMap;

use model::{Amount, AppError, Connection, ObjectKind, StageReport, Target, Timestamp};
use serde::{Deserialize, Serialize};

use super::{SyncEnded, SyncRun};

/// A connection with all that lists show of it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectionCard {
    /// The connection.
    pub connection: Connection,
    /// Host and port, socket or file, for people.
    pub address: String,
    /// The database that it names.
    pub database: Option<String>,
    /// Whether the vault keeps a password for it.
    pub has_password: bool,
    /// How the last test or sync found the server.
    pub reach: Option<Reach>,
    /// Milliseconds of the latest tests, oldest first; absent where one failed.
    pub latencies: Vec<Option<f32>>,
    /// The sync that is running.
    pub running: Option<SyncRun>,
    /// The last sync that has ended.
    pub last_sync: Option<SyncEnded>,
    /// When the catalogue was last filled.
    pub synced_at: Option<Timestamp>,
    /// How many objects of each kind the catalogue holds.
    pub counts: BTreeMap<ObjectKind, Amount>,
}

/// How a server was found when it was last asked.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Reach {
    /// When.
    pub at: Timestamp,
    /// Milliseconds to a working session; absent when there was none.
    pub millis: Option<f32>,
    /// Why there was none.
    pub error: Option<AppError>,
    /// When it last went well, if it now fails.
    pub last_good_at: Option<Timestamp>,
    /// Product and version, as last told.
    pub server: Option<String>,
}

/// What becomes of a connection's password.
#[derive(Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum PasswordInput {
    /// It stays as the vault has it.
    Keep,
    /// There is none.
    None,
    /// It is this one, as typed.
    Typed {
        /// The password.
        password: String,
    },
    /// It is the one that a parsed connection string held.
    Parsed {
        /// What the parser handed out for it.
        ticket: u32,
    },
}

impl std::fmt::Debug for PasswordInput {
    /// Shows which it is, and no password.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Keep => "Keep",
            Self::None => "None",
            Self::Typed { .. } => "Typed",
            Self::Parsed { .. } => "Parsed",
        })
    }
}

/// What a connection string says.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ParsedString {
    /// Engine and fields.
    pub target: Target,
    /// The same as a string without password.
    pub text: String,
    /// Stands for the password that the string held; it never comes back itself.
    pub password_ticket: Option<u32>,
    /// A name for the connection, made of host and database.
    pub suggested_name: String,
    /// Parts that were understood and left out, each with a word why.
    pub ignored: Vec<String>,
}

/// What is wrong with one field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FieldProblem {
    /// The key of the field.
    pub field: String,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do.
    pub hint: String,
}

/// How a test of a connection ended.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TestOutcome {
    /// The stages, as far as they were reached.
    pub stages: Vec<StageReport>,
    /// All of it, in milliseconds.
    pub millis: f32,
    /// Product and version.
    pub server: Option<String>,
    /// Who signed in.
    pub user: Option<String>,
    /// Why it failed.
    pub error: Option<AppError>,
    /// What this user may not see, with the statement that would change it.
    pub lacks: Vec<model::snapshot::Warning>,
}

/// What goes with a connection when it is deleted.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Deleted {
    /// Seconds in which it can be taken back.
    pub undo_seconds: u32,
}
