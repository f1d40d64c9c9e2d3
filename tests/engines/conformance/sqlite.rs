//! The contract's checks on SQLite files.

use std::time::Duration;

use db_studio_tests::SqliteFile;
use engine::conformance::{
    Fixture, Recorder, Refusal, a_part_equals_that_part_of_the_whole, definitions_are_there,
    facts_agree, holds_what_is_declared, nothing_is_changed_by_reading, opening_tells_its_stages,
    reading_ends_when_told, reading_twice_gives_the_same, refuses, statements_do_not_grow,
    the_database_is_listed,
};
use engine::{Engine, EngineError};
use engine_sqlite::ENGINE;
use model::Target;
use model::connection::field;

fn target(path: &std::path::Path) -> Target {
    let path = path.to_str().expect("a path of text");
    Target::new(ENGINE.descriptor().id).with(field::FILE, path)
}

fn fixture(file: &SqliteFile) -> Fixture {
    Fixture {
        target: target(file.path()),
        secret: None,
        database: "main".to_owned(),
    }
}

fn everything() -> (SqliteFile, Fixture) {
    let file = SqliteFile::new(&super::everything("sqlite"));
    let fixture = fixture(&file);
    (file, fixture)
}

/// Tables with a bit of everything that is asked for table by table.
fn many(tables: usize) -> SqliteFile {
    let sql: String = (0..tables)
        .map(|n| {
            format!(
                "CREATE TABLE t{n} (a INTEGER PRIMARY KEY, b TEXT UNIQUE, \
                 c INTEGER REFERENCES t0 (a), CHECK (c > 0));
                 CREATE INDEX i{n} ON t{n} (b, lower(b));
                 CREATE VIEW v{n} AS SELECT a, b FROM t{n};
                 CREATE TRIGGER g{n} AFTER INSERT ON t{n} BEGIN SELECT 1; END;"
            )
        })
        .collect();
    SqliteFile::new(&format!("BEGIN; {sql} COMMIT;"))
}

#[tokio::test]
async fn every_declared_kind_and_fact_is_read() {
    let (_file, fixture) = everything();
    let snapshot = fixture
        .read(&ENGINE, &Recorder::new())
        .await
        .expect("it is read");
    holds_what_is_declared(ENGINE.descriptor(), &snapshot, &[]).assert_none();
    facts_agree(&snapshot).assert_none();
}

#[tokio::test]
async fn stages_are_told_in_order() {
    let (_file, fixture) = everything();
    opening_tells_its_stages(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn two_readings_are_equal() {
    let (_file, fixture) = everything();
    reading_twice_gives_the_same(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn a_part_reads_as_in_the_whole() {
    let (_file, fixture) = everything();
    a_part_equals_that_part_of_the_whole(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn the_list_names_the_database() {
    let (_file, fixture) = everything();
    the_database_is_listed(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn definitions_are_given_for_the_kinds_that_promise_them() {
    let (_file, fixture) = everything();
    definitions_are_there(&ENGINE, &fixture).await.assert_none();
}

#[tokio::test]
async fn no_byte_of_the_file_or_its_folder_changes() {
    let (file, fixture) = everything();
    let contents = || async { file.contents() };
    nothing_is_changed_by_reading(&ENGINE, &fixture, contents)
        .await
        .assert_none();
}

#[tokio::test]
async fn more_tables_take_no_more_statements() {
    let (small, large) = (many(3), many(150));
    statements_do_not_grow(&ENGINE, &fixture(&small), &fixture(&large))
        .await
        .assert_none();
}

#[tokio::test]
async fn reading_stops_when_it_is_told_to() {
    let database = many(150);
    reading_ends_when_told(&ENGINE, &fixture(&database))
        .await
        .assert_none();
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_in_time_and_with_its_type() {
    let file = SqliteFile::new("CREATE TABLE t (a)");
    let missing = file.folder().join("missing.db");
    let text = file.folder().join("text.db");
    std::fs::write(
        &text,
        "This is a letter and no database at all. ".repeat(200),
    )
    .unwrap();
    let locked = SqliteFile::new("CREATE TABLE t (a)");
    let holder = locked.connect();
    holder.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let refusals = vec![
        Refusal::of("a missing file", target(&missing), |error| {
            matches!(error, EngineError::FileMissing { .. })
        }),
        Refusal::of("a text file", target(&text), |error| {
            matches!(error, EngineError::NotADatabase { .. })
        }),
        Refusal::of(
            "a folder",
            target(file.folder()),
            |error| matches!(error, EngineError::InvalidTarget { field, .. } if field == field::FILE),
        ),
        Refusal::of(
            "no file",
            Target::new("sqlite"),
            |error| matches!(error, EngineError::InvalidTarget { field, .. } if field == field::FILE),
        ),
        Refusal::of("a locked file", target(locked.path()), |error| {
            matches!(error, EngineError::Busy { .. })
        })
        .within(Duration::from_millis(400)),
        Refusal::of("stopped while it waits", target(locked.path()), |error| {
            matches!(error, EngineError::Cancelled)
        })
        .cancelled(),
    ];
    refuses(&ENGINE, refusals).await.assert_none();
    assert!(!missing.exists(), "a missing file is not made");
}
