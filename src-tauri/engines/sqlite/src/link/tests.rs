//! What a link refuses, asked over the link itself: no session lets SQL through.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use engine::OpContext;

use super::*;

fn watch() -> Watch {
    let stop = Arc::new(AtomicBool::new(false));
    Watch::new(&OpContext::lasting(Duration::from_secs(60)), &stop, "test")
}

#[test]
fn nothing_that_writes_or_reaches_out_is_done() {
    let folder = tempfile::tempdir().unwrap();
    for mode in ["DELETE", "WAL"] {
        let path = folder.path().canonicalize().unwrap().join(mode);
        let writer = Connection::open(&path).unwrap();
        writer
            .execute_batch(&format!("PRAGMA journal_mode = {mode}; CREATE TABLE t (a)"))
            .unwrap();
        drop(writer);
        let before = fs::read(&path).unwrap();
        let mut link = Link::open(path.clone(), Duration::from_secs(5), &watch()).unwrap();
        for sql in [
            "INSERT INTO t VALUES (1)",
            "CREATE TABLE u (a)",
            "DROP TABLE t",
            "PRAGMA user_version = 7",
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = ''",
            "ATTACH ':memory:' AS other",
            "SELECT load_extension('nothing')",
        ] {
            let done = link.read(&watch(), |connection| connection.execute_batch(sql));
            assert!(done.is_err(), "{mode}: {sql} is refused");
        }
        drop(link);
        assert!(
            fs::read(&path).unwrap() == before,
            "{mode}: the file is as it was"
        );
    }
    let names = fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(names, 2, "and nothing lies beside the two files");
}

#[test]
fn a_file_that_changes_at_each_read_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("restless.db");
    let writer = Connection::open(&path).unwrap();
    writer
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
        .unwrap();
    drop(writer);
    let mut link = Link::open(path.clone(), Duration::from_secs(5), &watch()).unwrap();
    let mut reads = 0;
    let result = link.read(&watch(), |_| {
        reads += 1;
        let writer = Connection::open(&path)?;
        writer.execute_batch(&format!("CREATE TABLE t{reads} (a)"))
    });
    assert!(
        matches!(result, Err(EngineError::Busy { .. })),
        "what was read may be torn: {result:?}"
    );
    assert_eq!(reads, ATTEMPTS, "it was tried again each time");
}

#[test]
fn a_file_that_changed_once_is_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap().join("calm.db");
    let writer = Connection::open(&path).unwrap();
    writer
        .execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
        .unwrap();
    drop(writer);
    let mut link = Link::open(path.clone(), Duration::from_secs(5), &watch()).unwrap();
    let mut reads = 0;
    let tables: i64 = link
        .read(&watch(), |connection| {
            reads += 1;
            if reads == 1 {
                Connection::open(&path)?.execute_batch("CREATE TABLE u (a)")?;
            }
            connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        })
        .unwrap();
    assert_eq!(
        (reads, tables),
        (2, 2),
        "the second look counts, and sees the change"
    );
}
