//! What this build of the library is: SQLite has no server and no forks here,
//! so its version is the one that is linked.

use engine::{Privileges, ServerInfo};

/// The library, as the server of every file.
pub(crate) fn server() -> ServerInfo {
    ServerInfo {
        product: "SQLite".to_owned(),
        version: rusqlite::version().to_owned(),
        user: None,
        read_only: true,
    }
}

/// What a session may see: SQLite knows no users, so whoever reads the file reads all of it.
pub(crate) fn privileges() -> Privileges {
    Privileges {
        summary: "reads the whole file".to_owned(),
        lacks: Vec::new(),
    }
}
