//! The SQLite engine on real files: facts, locks, logs, hostile and random schemas.
//!
//! What is asked of every engine alike is checked elsewhere.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends, with the reason in the message"
)]

use std::path::Path;
use std::time::Duration;

use db_studio_tests::SqliteFile;
use engine::{Engine, EngineError, InspectScope, OpContext, Session};
use engine_sqlite::ENGINE;
use model::connection::field;
use model::snapshot::Walker;
use model::{ObjectKind, ObjectPath, Snapshot, SnapshotBuilder, Target};

#[path = "sqlite/clauses.rs"]
mod clauses;
#[path = "sqlite/depends.rs"]
mod depends;
#[path = "sqlite/facts.rs"]
mod facts;
#[path = "sqlite/files.rs"]
mod files;
#[path = "sqlite/fingerprints.rs"]
mod fingerprints;
#[path = "sqlite/hostile.rs"]
mod hostile;
#[path = "sqlite/keys.rs"]
mod keys;
#[path = "sqlite/locks.rs"]
mod locks;
#[path = "sqlite/logs.rs"]
mod logs;
#[path = "sqlite/random.rs"]
mod random;
#[path = "sqlite/reading.rs"]
mod reading;
#[path = "sqlite/round.rs"]
mod round;
#[path = "sqlite/sample.rs"]
mod sample;
#[path = "sqlite/schemas.rs"]
mod schemas;
#[path = "sqlite/verify.rs"]
mod verify;
#[path = "sqlite/virtuals.rs"]
mod virtuals;
#[path = "sqlite/writer.rs"]
mod writer;

/// Longer than anything here takes, so that only a hang ends by it.
const PATIENCE: Duration = Duration::from_secs(60);

fn target(path: &Path) -> Target {
    Target::new("sqlite").with(field::FILE, path.to_str().expect("test paths are UTF-8"))
}

async fn try_open(path: &Path) -> Result<Box<dyn Session>, EngineError> {
    ENGINE
        .open(&target(path), None, &OpContext::lasting(PATIENCE))
        .await
}

async fn open(path: &Path) -> Box<dyn Session> {
    try_open(path)
        .await
        .unwrap_or_else(|error| panic!("{} does not open: {error}", path.display()))
}

/// The error that opening ends with.
async fn refusal(path: &Path) -> EngineError {
    match try_open(path).await {
        Ok(_) => panic!("{} opens and should not", path.display()),
        Err(error) => error,
    }
}

async fn inspect(session: &mut dyn Session, scope: &InspectScope) -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    session
        .inspect(scope, &mut builder, &OpContext::lasting(PATIENCE))
        .await
        .unwrap_or_else(|error| panic!("the schema cannot be read: {error}"));
    builder.finish()
}

/// Everything in the file but SQLite's own tables.
async fn read(path: &Path) -> Snapshot {
    inspect(&mut *open(path).await, &whole()).await
}

fn whole() -> InspectScope {
    InspectScope::database("main")
}

/// The path of a table.
fn table(name: &str) -> ObjectPath {
    ObjectPath::database("main").child(ObjectKind::Table, name)
}

/// The table with this name.
fn find_table<'a>(snapshot: &'a Snapshot, name: &str) -> Walker<'a> {
    find(snapshot, &table(name))
}

fn find<'a>(snapshot: &'a Snapshot, path: &ObjectPath) -> Walker<'a> {
    snapshot
        .find(path)
        .unwrap_or_else(|| panic!("{path} is not in the snapshot:\n{}", snapshot.outline()))
}

/// A file in WAL mode that nobody has open.
fn wal_file(sql: &str) -> SqliteFile {
    let file = SqliteFile::new(&format!("PRAGMA journal_mode = WAL; {sql}"));
    assert_eq!(
        names(&file),
        ["fixture.db"],
        "the last writer took its log with it"
    );
    file
}

/// The names in the folder of a file.
fn names(file: &SqliteFile) -> Vec<String> {
    file.contents().into_iter().map(|(name, _)| name).collect()
}
