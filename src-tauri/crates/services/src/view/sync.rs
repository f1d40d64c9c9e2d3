//! Syncs as the window shows them.

use model::snapshot::Warning;
use model::{Amount, AppError, ConnectionId, ObjectId, SyncId, Timestamp};
use serde::{Deserialize, Serialize};

/// Which part of a connection is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum SyncScope {
    /// All of it; what is known to be as it was is not read again.
    Connection,
    /// All of it, whatever is known.
    Everything,
    /// One database, schema, table or view; an object inside a table means the table.
    Object {
        /// The object.
        object: ObjectId,
    },
}

/// A sync that is running, or has just ended.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SyncRun {
    /// Its number while it runs; stops it.
    pub run: u32,
    /// What is read.
    pub connection: ConnectionId,
    /// Which part.
    pub scope: SyncScope,
    /// When it began.
    pub started_at: Timestamp,
    /// What is being done, in a few words.
    pub doing: String,
    /// Tables and views read so far, or databases where there are several.
    pub done: Amount,
    /// How many of these there are, once known.
    pub total: Option<Amount>,
    /// How it ended; absent while it runs.
    pub ended: Option<SyncEnded>,
}

/// How a sync ended.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SyncEnded {
    /// The sync in the catalogue.
    pub sync: SyncId,
    /// When it ended.
    pub at: Timestamp,
    /// Why it failed or was stopped; the last good catalogue is then still there.
    pub error: Option<AppError>,
    /// Objects that are new.
    pub added: Amount,
    /// Objects that differ.
    pub changed: Amount,
    /// Objects that are gone.
    pub removed: Amount,
    /// Parts that could not be read.
    pub warnings: Vec<Warning>,
}

/// A statement that a sync sent.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SentStatement {
    /// Its text.
    pub text: String,
    /// How often it was sent.
    pub times: u32,
}
