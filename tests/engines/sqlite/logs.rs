//! Write-ahead logs and journals, of programs that run, that end and that were killed.

use std::fs;

use db_studio_tests::SqliteFile;
use engine::{Engine, EngineError, OpContext};
use engine_sqlite::ENGINE;
use model::connection::field;

use super::writer::Writer;
use super::{PATIENCE, inspect, names, open, read, refusal, table, target, wal_file, whole};

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
async fn a_log_without_its_index_is_read_and_left() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    writer.kill();
    fs::remove_file(file.folder().join("fixture.db-shm")).expect("the index can be removed");
    let before = file.contents();
    let mut session = open(file.path()).await;
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("in_the_log")).is_some(),
        "what was committed counts"
    );
    assert_eq!(
        file.contents(),
        before,
        "no index is made for it, and the log stays as it is"
    );

    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE later (a)");
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("later")).is_some(),
        "a writer that comes later is noticed"
    );
    writer.quit();
    drop(session);
    let sql = "SELECT count(*) FROM sqlite_schema";
    assert_eq!(file.count(sql), 3, "and nothing of the log was lost");
}

#[tokio::test]
async fn a_copy_in_a_folder_that_only_reads_is_read_with_its_log() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    let copy = tempfile::tempdir().expect("the temporary folder can be written");
    let path = copy.path().join("copy.db");
    for end in ["", "-wal"] {
        let from = file.folder().join(format!("fixture.db{end}"));
        let to = copy.path().join(format!("copy.db{end}"));
        fs::copy(from, &to).expect("a database in use can be copied");
        let mut rights = fs::metadata(&to).expect("the copy is there").permissions();
        rights.set_readonly(true);
        fs::set_permissions(&to, rights).expect("the copy can be protected");
    }
    writer.quit();
    assert!(
        read(&path).await.find(&table("in_the_log")).is_some(),
        "the log came along in the copy"
    );
    let count = fs::read_dir(copy.path())
        .expect("the folder can be listed")
        .count();
    assert_eq!(count, 2, "and nothing lies beside the two files");
}

#[tokio::test]
async fn a_writer_that_keeps_the_index_to_itself_is_not_read_behind_its_back() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("PRAGMA locking_mode = EXCLUSIVE");
    writer.run("CREATE TABLE in_the_log (a)");
    assert_eq!(
        names(&file),
        ["fixture.db", "fixture.db-wal"],
        "a log without an index, and in use"
    );
    let target = target(file.path()).with(field::CONNECT_TIMEOUT, "1");
    let error = ENGINE
        .open(&target, None, &OpContext::lasting(PATIENCE))
        .await
        .err();
    assert!(
        matches!(error, Some(EngineError::Busy { .. })),
        "its lock is heeded: {error:?}"
    );
    writer.quit();
}

#[tokio::test]
async fn a_log_beside_an_empty_file_stays_there() {
    let file = wal_file("CREATE TABLE t (a)");
    let mut writer = Writer::on(file.path());
    writer.run("CREATE TABLE in_the_log (a)");
    writer.kill();
    fs::write(file.path(), b"").expect("the file can be emptied");
    for index in ["with", "without"] {
        let before = file.contents();
        let snapshot = read(file.path()).await;
        assert_eq!(snapshot.nodes().len(), 1, "an empty database");
        assert_eq!(
            file.contents(),
            before,
            "SQLite would remove the log {index} its index"
        );
        let _ = fs::remove_file(file.folder().join("fixture.db-shm"));
    }
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
