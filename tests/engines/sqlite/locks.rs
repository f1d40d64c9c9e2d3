//! Locks that are waited for, and work that is stopped.

use std::time::{Duration, Instant};

use db_studio_tests::SqliteFile;
use engine::conformance::Recorder;
use engine::{Engine, EngineError, OpContext};
use engine_sqlite::ENGINE;
use model::Stage;
use model::connection::field;
use tokio_util::sync::CancellationToken;

use super::writer::Writer;
use super::{PATIENCE, inspect, open, table, target, wal_file, whole};

#[tokio::test]
async fn a_locked_file_is_waited_for_until_the_deadline() {
    let file = SqliteFile::new("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("BEGIN EXCLUSIVE");
    let limit = Duration::from_millis(300);
    let began = Instant::now();
    let opened = ENGINE
        .open(&target(file.path()), None, &OpContext::lasting(limit))
        .await;
    let error = opened.err().expect("the file is locked");
    assert!(
        matches!(error, EngineError::Busy { .. }),
        "locked, not slow: {error:?}"
    );
    assert!(began.elapsed() >= limit, "it was waited for");

    let patient = target(file.path()).with(field::CONNECT_TIMEOUT, "1");
    let opened = ENGINE
        .open(&patient, None, &OpContext::lasting(PATIENCE))
        .await;
    let error = opened.err().expect("the file is locked");
    assert!(
        matches!(error, EngineError::Busy { .. }),
        "the busy timeout ends it too: {error:?}"
    );
    writer.run("COMMIT");
    writer.quit();
}

#[tokio::test]
async fn a_locked_file_is_read_as_soon_as_it_is_free() {
    let file = SqliteFile::new("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("BEGIN EXCLUSIVE");
    writer.run("CREATE TABLE u (a)");
    let recorder = Recorder::new();
    let cx = OpContext::lasting(PATIENCE).observed(recorder.clone());
    let path = target(file.path()).with(field::CONNECT_TIMEOUT, "60");
    let opening = tokio::spawn(async move { ENGINE.open(&path, None, &cx).await });
    while recorder.stage(Stage::Connect).is_none() {
        tokio::task::yield_now().await;
    }
    writer.run("COMMIT");
    let mut session = opening
        .await
        .expect("no panic")
        .expect("the lock went away in time");
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("u")).is_some(),
        "and what was committed is there"
    );
    writer.quit();
}

#[tokio::test]
async fn a_file_locked_in_wal_mode_is_busy_too() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE u (a)");
    let before = file.contents();
    let limit = OpContext::lasting(Duration::from_millis(200));
    let error = ENGINE
        .open(&target(file.path()), None, &limit)
        .await
        .err()
        .expect("locked");
    assert!(matches!(error, EngineError::Busy { .. }), "{error:?}");
    assert_eq!(file.contents(), before, "nothing was made beside it");
    writer.quit();
}

#[tokio::test]
async fn a_stopped_read_says_so_and_the_session_lives_on() {
    let file = slow_file();
    let mut session = open(file.path()).await;
    let token = CancellationToken::new();
    let recorder = Recorder::new();
    let cx = OpContext::lasting(PATIENCE)
        .cancelled_by(token.clone())
        .observed(recorder.clone());
    let reading = tokio::spawn(async move {
        let mut builder = model::SnapshotBuilder::default();
        let result = session.inspect(&whole(), &mut builder, &cx).await;
        (session, result)
    });
    while recorder.statements().is_empty() {
        tokio::task::yield_now().await;
    }
    token.cancel();
    let (mut session, result) = reading.await.expect("no panic");
    assert!(matches!(result, Err(EngineError::Cancelled)), "{result:?}");
    let info = session
        .databases(false, &OpContext::lasting(PATIENCE))
        .await;
    assert!(info.is_ok(), "the next question is answered: {info:?}");
}

#[tokio::test]
async fn a_canceller_stops_the_statement_that_runs() {
    let file = slow_file();
    let mut session = open(file.path()).await;
    let canceller = session.canceller();
    let recorder = Recorder::new();
    let cx = OpContext::lasting(PATIENCE).observed(recorder.clone());
    let reading = tokio::spawn(async move {
        let mut builder = model::SnapshotBuilder::default();
        session.inspect(&whole(), &mut builder, &cx).await
    });
    while recorder.statements().is_empty() {
        tokio::task::yield_now().await;
    }
    canceller.cancel().await;
    let result = reading.await.expect("no panic");
    assert!(matches!(result, Err(EngineError::Cancelled)), "{result:?}");
}

#[tokio::test]
async fn a_deadline_ends_a_slow_read() {
    let file = slow_file();
    let mut session = open(file.path()).await;
    let cx = OpContext::lasting(Duration::from_millis(50));
    let mut builder = model::SnapshotBuilder::default();
    let result = session.inspect(&whole(), &mut builder, &cx).await;
    assert!(
        matches!(result, Err(EngineError::TimedOut { .. })),
        "{result:?}"
    );
}

/// A file that takes seconds to read: each view holds the one before it twice.
fn slow_file() -> SqliteFile {
    let views = (1..40).map(|n| {
        let inner = n - 1;
        format!("CREATE VIEW v{n} AS SELECT a FROM v{inner} UNION ALL SELECT a FROM v{inner};")
    });
    SqliteFile::new(&format!(
        "CREATE VIEW v0 AS SELECT 1 AS a; {}",
        views.collect::<String>()
    ))
}
