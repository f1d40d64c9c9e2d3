//! What services tell whoever watches: tests, syncs, and the lock.

use model::{Amount, ConnectionId, StageReport};
use serde::Serialize;

use crate::view::SyncRun;

/// Something that happened while nobody waited for an answer.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum Event {
    /// A stage of a connection test began or ended.
    TestStage {
        /// The number that the caller gave the test.
        run: u32,
        /// The connection, if it is a kept one.
        connection: Option<ConnectionId>,
        /// How the stage stands.
        report: StageReport,
    },
    /// A test of a kept connection ended; its state in lists is new.
    ConnectionTested {
        /// The connection.
        connection: ConnectionId,
    },
    /// Connections were added, changed or removed.
    ConnectionsChanged,
    /// A sync began, went on or ended.
    Sync {
        /// How it stands.
        run: SyncRun,
    },
    /// The catalogue of a connection is new.
    CatalogueChanged {
        /// The connection.
        connection: ConnectionId,
    },
    /// The vault was locked; every page must go.
    Locked,
    /// The time until the vault locks by itself, in seconds; absent when it never does.
    LocksIn {
        /// Seconds that are left.
        seconds: Option<Amount>,
    },
}

/// Whoever watches; called from any thread, must not block.
pub trait EventSink: Send + Sync {
    /// Takes an event.
    fn emit(&self, event: Event);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoEvents;

impl EventSink for NoEvents {
    fn emit(&self, _: Event) {}
}
