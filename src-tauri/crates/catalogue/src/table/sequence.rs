//! Numbers that are never given out twice, so that an id of one user never
//! means anything of another's.

use rusqlite::Connection;

use crate::CatalogueError;

/// What numbers are for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sequence {
    Connection,
    ConnectionTag,
    Sync,
    SyncPart,
    SyncStatement,
    SyncWarning,
    TestResult,
    /// Objects over all their versions.
    Lineage,
    /// Single versions of objects.
    Version,
}

impl Sequence {
    const fn name(self) -> &'static str {
        match self {
            Self::Connection => "connection",
            Self::ConnectionTag => "connection_tag",
            Self::Sync => "sync",
            Self::SyncPart => "sync_part",
            Self::SyncStatement => "sync_statement",
            Self::SyncWarning => "sync_warning",
            Self::TestResult => "test_result",
            Self::Lineage => "lineage",
            Self::Version => "version",
        }
    }
}

/// The next number, which stays free.
pub(crate) fn peek(db: &Connection, sequence: Sequence) -> Result<i64, CatalogueError> {
    let sql = "SELECT next FROM sequence WHERE name = ?1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([sequence.name()], |row| row.get(0))?)
}

/// Takes this many numbers and returns the first.
pub(crate) fn take(db: &Connection, sequence: Sequence, count: i64) -> Result<i64, CatalogueError> {
    let sql = "UPDATE sequence SET next = next + ?2 WHERE name = ?1 RETURNING next - ?2";
    Ok(db
        .prepare_cached(sql)?
        .query_row((sequence.name(), count), |row| row.get(0))?)
}
