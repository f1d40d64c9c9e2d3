//! The dashboard: one glance in the morning.

use model::{Amount, ConnectionId, EngineId, ObjectId, ObjectKind, Timestamp};
use serde::Serialize;

/// All that the dashboard shows besides the connections themselves.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Dashboard {
    /// All connections.
    pub connections: u32,
    /// Those that are active.
    pub active: u32,
    /// Active ones that were reached when last asked.
    pub reachable: u32,
    /// Active ones that were not.
    pub failing: u32,
    /// Databases known.
    pub databases: Amount,
    /// Tables and collections known.
    pub tables: Amount,
    /// Columns and fields known.
    pub columns: Amount,
    /// Size of the catalogue in bytes.
    pub catalogue_bytes: Amount,
    /// Active connections whose catalogue is older than a day or missing.
    pub stale: Vec<ConnectionId>,
    /// Tables and collections by engine, most first.
    pub by_engine: Vec<EngineCount>,
    /// Objects opened last, newest first.
    pub recent: Vec<RecentObject>,
}

/// How many tables and collections an engine's connections hold.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct EngineCount {
    /// The engine.
    pub engine: EngineId,
    /// Tables and collections.
    pub tables: Amount,
}

/// An object that was opened lately.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecentObject {
    /// The object.
    pub object: ObjectId,
    /// Where it is kept.
    pub connection: ConnectionId,
    /// What it is.
    pub kind: ObjectKind,
    /// The name of what holds it.
    pub parent: Option<String>,
    /// Its name.
    pub name: String,
    /// When it was opened.
    pub at: Timestamp,
}
