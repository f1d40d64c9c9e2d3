//! What the benchmark relies on: that its schemas are as many as they say, and that a sync
//! of one is complete, so that "complete" means the same rows on both sides.
#![allow(clippy::unwrap_used, reason = "tests fail loudly")]

use db_studio_tests::mysql::Variant;
use db_studio_tests::people::Person;
use db_studio_tests::scale::{self, Counts, Size};
use db_studio_tests::{MySql, Postgres, SqliteFile};
use services::view::SyncScope;

/// The counts of S; the checks are more where a product makes some by itself.
fn is_of_size_s(counts: &Counts) {
    let count = |kind: &str| counts.get(kind).map_or(0, |tally| tally.count);
    assert_eq!(count("table"), 100, "S has 100 tables");
    assert_eq!(count("column"), 1200, "of 12 columns");
    assert_eq!(count("primary key"), 100, "with a primary key each");
    assert_eq!(count("index"), 200, "and two secondary indexes");
    assert!(count("check") >= 100, "and a check");
    let keys = count("foreign key");
    assert!((140..=150).contains(&keys), "one or two each: {keys}");
}

/// Reads all of a place into a new catalogue and gives what that then holds.
async fn synced(url: &str, flat: bool) -> Counts {
    let person = Person::new("Grace").await;
    let id = person.connect("large", url).await.connection.id;
    let sync = person.studio.sync_to_end(id, SyncScope::Connection);
    let ended = sync.await.unwrap();
    assert_eq!(ended.error, None, "the sync goes well");
    let catalogue = services::catalogue_path(person.studio.folder());
    scale::kept(&catalogue, "large", flat)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_of_s_on_postgresql_is_complete() {
    let server = Postgres::shared().await;
    let database = server.fresh_database("").await;
    let mut superuser = server.superuser(&database.name).await;
    scale::make_postgres(&mut superuser, Size::S).await;
    let there = scale::postgres(&mut superuser).await;
    is_of_size_s(&there);
    let kept = synced(&server.url(&database.name), false).await;
    assert_eq!(kept, there, "the catalogue holds what the server tells");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_of_s_on_mariadb_is_complete() {
    let server = MySql::private(Variant::MariaDb).await;
    let mut root = server.root("").await;
    scale::make_mariadb(&mut root, Size::S).await;
    let there = scale::mariadb(&mut root).await;
    is_of_size_s(&there);
    let kept = synced(&server.url(""), false).await;
    assert_eq!(kept, there, "the catalogue holds what the server tells");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_of_s_in_a_file_is_complete() {
    let file = SqliteFile::new("");
    scale::make_sqlite(file.path(), Size::S);
    file.execute("INSERT INTO booking_archive_3 (is_active, due_on, code) VALUES (1, 2, 3)");
    let there = scale::sqlite(file.path());
    is_of_size_s(&there);
    let damages = "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'";
    assert_eq!(file.count(damages), 0, "the file is as SQLite writes them");
    let kept = synced(&format!("sqlite:{}", file.path().display()), true).await;
    assert_eq!(kept, there, "the catalogue holds what the file tells");
}

#[test]
fn a_count_tells_a_changed_column_from_what_it_was() {
    let file = SqliteFile::new("");
    scale::make_sqlite(file.path(), Size::S);
    let before = scale::sqlite(file.path());
    file.execute("ALTER TABLE booking_archive_3 RENAME COLUMN code TO mark");
    let after = scale::sqlite(file.path());
    assert_eq!(
        before["column"].count, after["column"].count,
        "there are as many"
    );
    assert_ne!(before["column"], after["column"], "and one is another");
    assert_eq!(before["index"], after["index"], "the rest is as it was");
}
