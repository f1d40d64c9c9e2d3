//! The store on the user's disk: connections, syncs, and schema objects with
//! their lifespans, in one SQLite file.
//!
//! Nothing of a user is read or written without a [`Scope`], and a scope comes
//! only from a [`UserSession`]. No secret is kept here, no server is spoken to,
//! and nothing is async: every call blocks for as long as the disk takes.

mod apply;
mod browse;
mod catalogue;
mod error;
mod file;
mod log;
mod migrate;
mod pool;
mod scope;
mod session;
mod table;

pub use apply::{Applied, ApplyScope, DatabaseEntry};
pub use browse::{
    Above, Found, Glance, LevelRow, Listing, Match, Named, ObjectCard, ObjectRecord, Objects, Page,
    Sibling, natural,
};
pub use catalogue::Catalogue;
pub use error::CatalogueError;
pub use scope::{Read, Scope, Write};
pub use session::UserSession;
pub use table::connection::Connections;
pub use table::definition::CachedDefinition;
pub use table::setting::Settings;
pub use table::sync::{SyncEnd, SyncRecord, SyncState, SyncTotals, Syncs};
pub use table::sync_warning::KeptWarning;
pub use table::test_result::{TestRecord, Tests};
pub use table::user::{Account, Credentials, NewUser, UserCard};
pub use table::visit::Visits;
