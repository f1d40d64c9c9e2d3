//! The nouns of db-studio: what a connection, an engine and a schema are.
//!
//! No I/O, no async, no drivers and no storage live here; every other floor
//! speaks in these types.

pub mod connection;
pub mod engine;
pub mod error;
pub mod ids;
pub mod kind;
pub mod path;
pub mod secret;
pub mod snapshot;
pub mod stage;
pub mod text;
pub mod time;

pub use connection::{Connection, ConnectionDraft, Environment, Target};
pub use engine::EngineDescriptor;
pub use error::{AppError, ErrorKind};
pub use ids::{Amount, ConnectionId, ConnectionUuid, EngineId, ObjectId, SyncId, UserId};
pub use kind::ObjectKind;
pub use path::{ObjectPath, PathStep};
pub use secret::Secret;
pub use snapshot::{Snapshot, SnapshotBuilder};
pub use stage::{Stage, StageReport};
pub use text::Text;
pub use time::{Clock, SystemClock, Timestamp};
