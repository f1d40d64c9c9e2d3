//! Files: what is opened, what is refused, what is waited for, and that
//! nothing on the disk changes.

use std::fs;
use std::path::Path;

use db_studio_tests::SqliteFile;
use engine::conformance::Recorder;
use engine::{Engine, EngineError, OpContext};
use engine_sqlite::ENGINE;
use model::connection::field;
use model::stage::StageState;
use model::{Stage, Target};

use super::{PATIENCE, inspect, names, open, read, refusal, table, target, wal_file, whole};

#[tokio::test]
async fn a_test_passes_its_stages_and_skips_those_of_servers() {
    let file = SqliteFile::new("CREATE TABLE t (a)");
    let recorder = Recorder::new();
    let cx = OpContext::lasting(PATIENCE).observed(recorder.clone());
    ENGINE
        .open(&target(file.path()), None, &cx)
        .await
        .expect("the file opens");
    assert_eq!(
        recorder.outcome(),
        [
            (Stage::Parse, StageState::Passed),
            (Stage::Connect, StageState::Passed)
        ],
        "a file has no name to resolve, no TLS and no sign in"
    );
    let note = recorder
        .stage(Stage::Connect)
        .and_then(|report| report.note);
    assert_eq!(
        note.as_deref(),
        Some("8.0 KiB"),
        "the size is what there is to say"
    );
}

#[tokio::test]
async fn a_missing_file_is_a_typed_error_and_is_not_created() {
    let file = SqliteFile::new("CREATE TABLE t (a)");
    for name in ["missing.db", "missing/too.db", "fixture.db/inside.db"] {
        let path = file.folder().join(name);
        let error = refusal(&path).await;
        assert!(
            matches!(error, EngineError::FileMissing { .. }),
            "{name}: {error:?}"
        );
    }
    assert_eq!(names(&file), ["fixture.db"], "no file has come into being");
}

#[tokio::test]
async fn no_file_is_no_database_in_memory() {
    for (path, what) in [
        ("", "nothing"),
        ("/", "a folder"),
        ("/dev/null", "a device"),
    ] {
        let error = refusal(Path::new(path)).await;
        let field = match &error {
            EngineError::InvalidTarget { field, .. } => field.as_str(),
            _ => "another error",
        };
        assert_eq!(field, field::FILE, "{what} is no file: {error:?}");
        assert!(
            error.hint().is_some(),
            "{what}: the hint says what to choose"
        );
    }
    let memory = refusal(Path::new(":memory:")).await;
    assert!(
        matches!(memory, EngineError::FileMissing { .. }),
        "a name like any: {memory:?}"
    );
}

#[tokio::test]
async fn an_empty_file_is_an_empty_database() {
    let file = SqliteFile::new("");
    fs::write(file.path(), b"").expect("the file can be written");
    let snapshot = read(file.path()).await;
    assert_eq!(snapshot.nodes().len(), 1, "a database without tables");
    assert_eq!(
        file.contents(),
        [("fixture.db".to_owned(), Vec::new())],
        "and still empty"
    );
}

#[tokio::test]
async fn what_is_not_a_database_is_told_so() {
    let file = SqliteFile::new("CREATE TABLE t (a)");
    let noise: Vec<u8> = (0_u32..65_536)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8)
        .collect();
    let cases = [
        ("encrypted", noise),
        ("text", b"id,name\n1,not a database\n".repeat(100)),
        ("compressed", b"\x1f\x8b\x08\0 and so on".repeat(100)),
        ("pg_restore", b"PGDMP\x01\x0e and so on".repeat(100)),
        ("-wal", b"\x37\x7f\x06\x82\0\x2d\xe2\x18".repeat(100)),
        ("zeros", vec![0; 8192]),
        ("encrypted", b"\x89PNG\r\n\x1a\n\0".repeat(100)),
    ];
    for (what, bytes) in cases {
        fs::write(file.path(), bytes).expect("the file can be written");
        let error = refusal(file.path()).await;
        assert!(
            matches!(error, EngineError::NotADatabase { .. }),
            "{what}: {error:?}"
        );
        let hint = error.hint().unwrap_or_default();
        assert!(
            hint.contains(what),
            "{what}: the hint names the likely cause: {hint}"
        );
    }
}

#[tokio::test]
async fn a_damaged_file_is_a_typed_error() {
    let file = SqliteFile::new("CREATE TABLE t (a); CREATE TABLE u (b)");
    let mut bytes = fs::read(file.path()).expect("the file can be read");
    for byte in bytes.iter_mut().skip(100).take(1000) {
        *byte = 0xff;
    }
    fs::write(file.path(), bytes).expect("the file can be written");
    let error = refusal(file.path()).await;
    assert!(
        matches!(error, EngineError::FileUnreadable { .. }),
        "{error:?}"
    );
    let hint = error.hint().unwrap_or_default();
    assert!(hint.contains("damaged"), "the hint says so: {hint}");
}

#[tokio::test]
async fn odd_names_of_files_are_names_and_nothing_else() {
    for name in [
        "a?mode=rwc&b#c%20d.db",
        "file:x.db",
        "it's \"here\" 🎻.db",
        "a\nb.db",
        "--help",
    ] {
        let file = SqliteFile::named(name, "CREATE TABLE found (a)");
        let before = file.contents();
        let snapshot = read(file.path()).await;
        assert!(
            snapshot.find(&table("found")).is_some(),
            "{name:?} is the file that was meant"
        );
        assert_eq!(
            file.contents(),
            before,
            "{name:?}: no other file has come into being"
        );
    }
}

#[tokio::test]
async fn reading_changes_no_file_and_makes_none() {
    let sql = "CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE VIEW v AS SELECT a FROM t";
    for (mode, file) in [("rollback", SqliteFile::new(sql)), ("wal", wal_file(sql))] {
        let before = file.contents();
        let mut session = open(file.path()).await;
        inspect(&mut *session, &whole()).await;
        assert_eq!(
            file.contents(),
            before,
            "{mode}: the same while the session is open"
        );
        drop(session);
        assert_eq!(
            file.contents(),
            before,
            "{mode}: the same when it is closed"
        );
    }
}

#[tokio::test]
async fn a_file_that_was_replaced_is_read_anew() {
    let file = SqliteFile::new("CREATE TABLE old (a)");
    let mut session = open(file.path()).await;
    inspect(&mut *session, &whole()).await;
    let other = SqliteFile::new("CREATE TABLE new (a)");
    fs::rename(other.path(), file.path()).expect("the file can be replaced");
    let snapshot = inspect(&mut *session, &whole()).await;
    assert!(
        snapshot.find(&table("new")).is_some(),
        "the file that is there now"
    );
    fs::remove_file(file.path()).expect("the file can be removed");
    let gone = session
        .databases(false, &OpContext::lasting(PATIENCE))
        .await;
    assert!(
        matches!(gone, Err(EngineError::FileMissing { .. })),
        "{gone:?}"
    );
    assert!(names(&file).is_empty(), "and it is not made again");
}

#[tokio::test]
async fn an_unusable_busy_timeout_names_its_field() {
    let file = SqliteFile::new("CREATE TABLE t (a)");
    for value in ["soon", "0", "-1", "1.5"] {
        let target: Target = target(file.path()).with(field::CONNECT_TIMEOUT, value);
        let error = ENGINE
            .open(&target, None, &OpContext::lasting(PATIENCE))
            .await
            .err();
        let named = matches!(
            &error,
            Some(EngineError::InvalidTarget { field, .. }) if field == field::CONNECT_TIMEOUT
        );
        assert!(named, "{value}: {error:?}");
    }
}
