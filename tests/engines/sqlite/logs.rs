//! Write-ahead logs and journals, of programs that run, that end and that were killed.

use std::fs;

use engine::EngineError;

use super::writer::Writer;
use super::{inspect, names, open, read, refusal, table, wal_file, whole};
use db_studio_tests::SqliteFile;

#[tokio::test]
async fn a_link_to_a_file_leads_to_its_own_log() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    let elsewhere = tempfile::tempdir().expect("the temporary folder can be written");
    let link = elsewhere.path().join("link.db");
    std::os::unix::fs::symlink(file.path(), &link).expect("a link can be made");
    let snapshot = read(&link).await;
    assert!(
        snapshot.find(&table("in_the_log")).is_some(),
        "the log lies beside the file itself"
    );
    writer.quit();
}

#[tokio::test]
async fn a_database_in_use_is_read_with_what_its_log_holds() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    writer.run("BEGIN IMMEDIATE");
    writer.run("CREATE TABLE not_committed (a)");
    let before = file.contents();
    let mut session = open(file.path()).await;
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("in_the_log")).is_some(),
        "committed, though only in the log"
    );
    assert!(
        snapshot.find(&table("not_committed")).is_none(),
        "not committed"
    );
    assert_eq!(
        file.contents(),
        before,
        "not even SQLite's own files beside it differ"
    );

    writer.run("COMMIT");
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("not_committed")).is_some(),
        "the session sees what came later"
    );
    writer.run("PRAGMA wal_checkpoint(TRUNCATE)");
    writer.run("CREATE TABLE after_checkpoint (a)");
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("after_checkpoint")).is_some(),
        "also behind a checkpoint"
    );
    writer.quit();
}

#[tokio::test]
async fn a_reader_keeps_no_writer_from_closing() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE u (a)");
    let mut session = open(file.path()).await;
    inspect(&mut *session, &whole()).await;
    writer.quit();
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(snapshot.find(&table("u")).is_some(), "the session reads on");
    drop(session);
    let sql = "SELECT count(*) FROM sqlite_schema";
    assert_eq!(file.count(sql), 2, "and the file is whole");
}

#[tokio::test]
async fn a_writer_that_comes_later_is_noticed() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut session = open(file.path()).await;
    inspect(&mut *session, &whole()).await;

    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("in_the_log")).is_some(),
        "a log has come"
    );
    writer.run("CREATE TABLE in_the_file (a)");
    writer.quit();
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("in_the_file")).is_some(),
        "the log has gone into the file"
    );
}

#[tokio::test]
async fn the_log_of_a_killed_program_is_read_and_left() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    writer.kill();
    let before = file.contents();
    assert_eq!(before.len(), 3, "log and index are left behind");
    let snapshot = read(file.path()).await;
    assert!(
        snapshot.find(&table("in_the_log")).is_some(),
        "what was committed counts"
    );
    assert_eq!(
        file.contents(),
        before,
        "taking it over is for a program that may write"
    );
}

#[tokio::test]
async fn two_sessions_read_one_log() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    let (mut first, mut second) = (open(file.path()).await, open(file.path()).await);
    writer.kill();
    for session in [&mut first, &mut second] {
        let snapshot = inspect(&mut **session, &whole()).await;
        assert!(
            snapshot.find(&table("in_the_log")).is_some(),
            "neither is in the other's way"
        );
    }
    drop(first);
    let snapshot = inspect(&mut *second, &whole()).await;
    assert!(
        snapshot.find(&table("in_the_log")).is_some(),
        "nor does the end of one end the other"
    );
}

#[tokio::test]
async fn a_log_without_its_index_is_a_typed_error_with_a_way_out() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    writer.kill();
    fs::remove_file(file.folder().join("fixture.db-shm")).expect("the index can be removed");
    let before = file.contents();
    let error = refusal(file.path()).await;
    assert!(
        matches!(error, EngineError::FileUnreadable { .. }),
        "{error:?}"
    );
    let hint = error.hint().unwrap_or_default();
    assert!(hint.contains("-wal"), "the hint names the log: {hint}");
    assert_eq!(
        file.contents(),
        before,
        "nothing was made to read it all the same"
    );
    assert_eq!(
        file.count("SELECT count(*) FROM in_the_log"),
        0,
        "the way out works"
    );
    assert!(
        read(file.path()).await.find(&table("in_the_log")).is_some(),
        "and now it is read"
    );
}

#[tokio::test]
async fn an_unfinished_change_is_a_typed_error_with_a_way_out() {
    let file = SqliteFile::new("CREATE TABLE t (a); INSERT INTO t SELECT randomblob(9000)");
    let mut writer = Writer::on(file.path());
    writer.run("PRAGMA cache_size = 1");
    writer.run("BEGIN");
    writer.run(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) \
         INSERT INTO t SELECT randomblob(9000) FROM n",
    );
    writer.kill();
    assert_eq!(
        names(&file),
        ["fixture.db", "fixture.db-journal"],
        "a hot journal is left"
    );
    let before = file.contents();
    let error = refusal(file.path()).await;
    assert!(
        matches!(error, EngineError::FileUnreadable { .. }),
        "{error:?}"
    );
    let hint = error.hint().unwrap_or_default();
    assert!(
        hint.contains("Open the file once"),
        "the hint names the way out: {hint}"
    );
    assert_eq!(
        file.contents(),
        before,
        "the change is not undone by a reader"
    );
    assert_eq!(
        file.count("SELECT count(*) FROM t"),
        1,
        "a program that may write undoes it"
    );
    assert!(
        read(file.path()).await.find(&table("t")).is_some(),
        "and now it is read"
    );
}
