//! The sample database: made anew each time, the same each time, and worth showing.

use std::collections::BTreeSet;

use engine::{Engine, EngineError};
use engine_sqlite::{ENGINE, sample};
use model::snapshot::{Detail, Generated, TableForm, Walker};
use model::{ObjectKind, Snapshot};
use rusqlite::Connection;

use super::read;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("the temporary folder can be written")
}

async fn sample() -> Snapshot {
    let folder = folder();
    let path = folder.path().join("sample.sqlite");
    sample::create(&path).expect("the sample can be made");
    read(&path).await
}

#[test]
fn the_sample_has_the_same_bytes_each_time() {
    let folder = folder();
    let [first, second] = ["first.sqlite", "second.sqlite"].map(|name| folder.path().join(name));
    for path in [&first, &second] {
        sample::create(path).expect("the sample can be made");
    }
    let bytes = |path| std::fs::read(path).expect("the sample can be read");
    assert!(
        bytes(&first) == bytes(&second),
        "nothing in it depends on time or chance"
    );
    let names: BTreeSet<_> = std::fs::read_dir(folder.path())
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the folder can be listed").file_name())
        .collect();
    assert_eq!(names.len(), 2, "nothing is left beside them: {names:?}");
}

#[test]
fn the_sample_goes_over_no_file() {
    let folder = folder();
    let path = folder.path().join("mine.sqlite");
    std::fs::write(&path, b"mine").expect("the file can be written");
    let error = sample::create(&path).expect_err("there is a file already");
    assert!(
        matches!(error, EngineError::FileUnreadable { .. }),
        "{error:?}"
    );
    assert_eq!(
        std::fs::read(&path).expect("the file is there"),
        b"mine",
        "and it is as it was"
    );
}

#[test]
fn half_a_sample_is_made_anew() {
    let folder = folder();
    let path = folder.path().join("sample.sqlite");
    let left = folder.path().join("sample.sqlite.unfinished");
    std::fs::write(&left, b"half").expect("the file can be written");
    sample::create(&path).expect("the sample can be made");
    assert!(!left.exists(), "what a killed program left is gone");
    let missing = sample::create(&folder.path().join("no folder").join("sample.sqlite"));
    assert!(missing.is_err(), "a folder is not made");
}

#[test]
fn the_sample_keeps_its_own_rules() {
    let folder = folder();
    let path = folder.path().join("sample.sqlite");
    sample::create(&path).expect("the sample can be made");
    let connection = Connection::open(&path).expect("the sample opens");
    let whole: String = connection
        .query_row("PRAGMA integrity_check", [], |row| row.get(0))
        .expect("it can be asked");
    assert_eq!(whole, "ok", "the file is whole");
    let broken = connection
        .prepare("PRAGMA foreign_key_check")
        .and_then(|mut statement| statement.exists([]))
        .expect("it can be asked");
    assert!(!broken, "every foreign key finds its row");
    for view in ["record_card", "best_seller", "shop_stock_value"] {
        let rows: i64 = connection
            .query_row(&format!("SELECT count(*) FROM {view}"), [], |row| {
                row.get(0)
            })
            .expect("the view can be asked");
        assert!(rows > 0, "{view} shows something");
    }
    let found: i64 = connection
        .query_row(
            "SELECT count(*) FROM record_search WHERE record_search MATCH 'harbour'",
            [],
            |row| row.get(0),
        )
        .expect("the search can be asked");
    assert!(found > 0, "the trigger has filled the search");
}

#[tokio::test]
async fn the_sample_shows_each_kind_of_thing() {
    let snapshot = sample().await;
    assert!(
        snapshot.warnings().is_empty(),
        "nothing in it is broken: {:?}",
        snapshot.warnings()
    );
    let kinds: BTreeSet<ObjectKind> = snapshot.counts().into_keys().collect();
    let declared: BTreeSet<ObjectKind> = ENGINE
        .descriptor()
        .kinds
        .iter()
        .map(|descriptor| descriptor.kind)
        .collect();
    assert_eq!(kinds, declared, "one of each kind at least");

    let has = |what: &str, found: &dyn Fn(&Detail) -> bool| {
        assert!(
            snapshot
                .nodes()
                .iter()
                .any(|node| found(&node.object.detail)),
            "{what} is shown"
        );
    };
    has(
        "a composite foreign key",
        &|d| matches!(d, Detail::ForeignKey(k) if k.columns.len() > 1),
    );
    has(
        "a composite primary key",
        &|d| matches!(d, Detail::PrimaryKey(k) if k.columns.len() > 2),
    );
    has(
        "a partial index",
        &|d| matches!(d, Detail::Index(i) if i.predicate.is_some()),
    );
    has(
        "an expression index",
        &|d| matches!(d, Detail::Index(i) if i.parts.iter().any(|part| part.expression.is_some())),
    );
    has(
        "a stored column",
        &|d| matches!(d, Detail::Column(c) if matches!(c.generated, Some(Generated::Stored { .. }))),
    );
    has(
        "a virtual column",
        &|d| matches!(d, Detail::Column(c) if matches!(c.generated, Some(Generated::Virtual { .. }))),
    );
    has(
        "a virtual table",
        &|d| matches!(d, Detail::Table(t) if t.form == TableForm::Virtual),
    );
    let attributes: BTreeSet<String> = snapshot
        .nodes()
        .iter()
        .flat_map(|node| {
            node.object
                .attributes
                .iter()
                .map(|found| found.key.to_string())
        })
        .collect();
    for key in ["strict", "without_rowid", "when", "on_conflict"] {
        assert!(attributes.contains(key), "{key} is shown");
    }
}

#[tokio::test]
async fn the_sample_has_estimates_for_what_holds_rows() {
    let snapshot = sample().await;
    let estimated: Vec<_> = snapshot
        .roots()
        .flat_map(Walker::children)
        .filter(|relation| {
            matches!(
                &relation.object().detail,
                Detail::Table(table) if table.form == TableForm::Ordinary
            )
        })
        .map(|table| (table.name().to_owned(), table.object().statistics.rows))
        .collect();
    assert!(estimated.len() > 10, "a shop has many tables");
    for (name, rows) in estimated {
        assert!(
            rows.is_some_and(|rows| rows.get() > 0),
            "{name} has an estimate"
        );
    }
}
