//! What is kept of one sync.

use model::{ConnectionId, SyncId, Timestamp};
use rusqlite::Row;

use crate::CatalogueError;

/// How a sync stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyncState {
    /// It has begun.
    Running,
    /// It read all that it was asked to.
    Done,
    /// It could not be ended.
    Failed,
    /// The user stopped it.
    Cancelled,
    /// db-studio ended before it did.
    Interrupted,
}

impl SyncState {
    /// The stable name, as the catalogue writes it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [
            Self::Running,
            Self::Done,
            Self::Failed,
            Self::Cancelled,
            Self::Interrupted,
        ]
        .into_iter()
        .find(|state| state.as_str() == name)
    }
}

/// How a sync ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SyncEnd {
    /// It read all that it was asked to.
    Done,
    /// Something stood in the way.
    Failed {
        /// The stable name of the error's kind.
        kind: String,
        /// What went wrong.
        message: String,
        /// What to do about it.
        hint: Option<String>,
    },
    /// The user stopped it.
    Cancelled,
}

/// How many objects a sync touched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SyncTotals {
    /// New objects.
    pub added: u64,
    /// Objects whose own facts differ.
    pub changed: u64,
    /// Objects that are gone.
    pub removed: u64,
    /// Objects that are held from earlier and could not be seen.
    pub unseen: u64,
}

/// One sync, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRecord {
    /// Its id in this catalogue.
    pub id: SyncId,
    /// Its id across catalogues (UUIDv7).
    pub uuid: uuid::Uuid,
    /// The connection.
    pub connection: ConnectionId,
    /// What was asked for, as the caller wrote it.
    pub level: String,
    /// How it stands.
    pub state: SyncState,
    /// When it began.
    pub started_at: Timestamp,
    /// When it ended, or was found to have been interrupted.
    pub finished_at: Option<Timestamp>,
    /// The stable name of the error's kind.
    pub error_kind: Option<String>,
    /// What went wrong.
    pub message: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// How many objects it touched.
    pub totals: SyncTotals,
}

/// The sync that a row holds.
pub(super) fn read(row: &Row<'_>) -> Result<SyncRecord, CatalogueError> {
    let count = |index| {
        row.get::<_, i64>(index)
            .map(|count| u64::try_from(count).unwrap_or(0))
    };
    Ok(SyncRecord {
        id: SyncId(row.get(0)?),
        uuid: uuid::Uuid::parse_str(&row.get::<_, String>(1)?)
            .map_err(|_| CatalogueError::damaged("a sync's UUID"))?,
        connection: ConnectionId(row.get(2)?),
        level: row.get(3)?,
        state: parse_state(&row.get::<_, String>(4)?)?,
        started_at: Timestamp(row.get(5)?),
        finished_at: row.get::<_, Option<i64>>(6)?.map(Timestamp),
        error_kind: row.get(7)?,
        message: row.get(8)?,
        hint: row.get(9)?,
        totals: SyncTotals {
            added: count(10)?,
            changed: count(11)?,
            removed: count(12)?,
            unseen: count(13)?,
        },
    })
}

/// The state with this stable name.
pub(super) fn parse_state(name: &str) -> Result<SyncState, CatalogueError> {
    SyncState::parse(name).ok_or_else(|| CatalogueError::damaged("a sync's state"))
}
