//! Reading schemas again and again while they change.

use db_studio_tests::people::Person;
use db_studio_tests::sqlite::SqliteFile;
use model::{ConnectionId, ErrorKind, ObjectKind};
use services::Event;
use services::view::SyncScope;

use crate::steps::{child, children, databases, names, sync};

const SHOP: &str = "
    CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
    CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customer (id));
    CREATE INDEX orders_customer ON orders (customer);";

async fn shop(person: &Person) -> (SqliteFile, ConnectionId) {
    let file = SqliteFile::new(SHOP);
    let card = person
        .connect("shop", &file.path().display().to_string())
        .await;
    sync(person, card.connection.id).await;
    (file, card.connection.id)
}

#[tokio::test]
async fn a_sync_that_finds_nothing_new_changes_nothing() {
    let ada = Person::new("Ada").await;
    let (_file, id) = shop(&ada).await;
    let again = sync(&ada, id).await;
    let changed = (again.added.get(), again.changed.get(), again.removed.get());
    assert_eq!(changed, (0, 0, 0), "the schema is as it was");
}

#[tokio::test]
async fn what_changed_since_the_last_sync_is_counted_and_shown() {
    let ada = Person::new("Ada").await;
    let (file, id) = shop(&ada).await;
    file.execute("DROP TABLE orders; ALTER TABLE customer ADD COLUMN email TEXT;");
    let ended = sync(&ada, id).await;
    assert_eq!(ended.added.get(), 1, "the new column");
    assert!(
        ended.removed.get() >= 4,
        "the table with its columns, key and index"
    );
    let main = &databases(&ada, id).await[0];
    let tables = children(&ada, main.id, ObjectKind::Table).await;
    assert_eq!(names(&tables), ["customer"], "the dropped table is gone");
    let columns = children(&ada, tables[0].id, ObjectKind::Column).await;
    assert_eq!(
        names(&columns),
        ["id", "name", "email"],
        "in the order of the table"
    );
}

#[tokio::test]
async fn a_sync_of_one_table_touches_no_other() {
    let ada = Person::new("Ada").await;
    let (file, id) = shop(&ada).await;
    let main = databases(&ada, id).await.remove(0);
    let customer = child(&ada, main.id, ObjectKind::Table, "customer").await;
    file.execute(
        "DROP TABLE orders; ALTER TABLE customer ADD COLUMN email TEXT; CREATE TABLE new (a);",
    );
    let before = ada.studio.connection(id).await.unwrap();
    ada.clock.advance(std::time::Duration::from_secs(60));
    let scope = SyncScope::Object {
        object: customer.id,
    };
    let ended = ada.studio.sync_to_end(id, scope).await.unwrap();
    assert_eq!(ended.error, None, "the table can be read");
    let tables = children(&ada, main.id, ObjectKind::Table).await;
    assert_eq!(
        names(&tables),
        ["customer", "orders"],
        "the others are as they were known"
    );
    let columns = children(&ada, customer.id, ObjectKind::Column).await;
    assert_eq!(
        columns.len(),
        3,
        "the table itself is new, under its old id"
    );
    let after = ada.studio.connection(id).await.unwrap();
    assert_eq!(
        after.synced_at, before.synced_at,
        "the rest is as old as it was"
    );
}

#[tokio::test]
async fn a_failed_sync_leaves_the_last_good_catalogue() {
    let ada = Person::new("Ada").await;
    let (file, id) = shop(&ada).await;
    std::fs::write(
        file.path(),
        b"this is no database at all, not any more, whatever it was",
    )
    .unwrap();
    let ended = ada
        .studio
        .sync_to_end(id, SyncScope::Connection)
        .await
        .unwrap();
    let error = ended.error.expect("the file is broken");
    assert_eq!(
        error.kind,
        ErrorKind::Unsupported,
        "and said to be: {error}"
    );
    assert!(error.message.contains("shop"), "by the connection's name");
    let main = &databases(&ada, id).await[0];
    let tables = children(&ada, main.id, ObjectKind::Table).await;
    assert_eq!(names(&tables), ["customer", "orders"], "the tree is whole");
    let card = ada.studio.connection(id).await.unwrap();
    let kept = card
        .last_sync
        .and_then(|sync| sync.error)
        .expect("the card says it failed");
    assert_eq!(kept.kind, ErrorKind::Unsupported, "and as what");
    assert!(card.synced_at.is_some(), "and how old the tree is");
}

#[tokio::test]
async fn a_connection_is_read_once_at_a_time() {
    let ada = Person::new("Ada").await;
    let (_file, id) = shop(&ada).await;
    let first = ada
        .studio
        .start_sync(id, SyncScope::Connection)
        .await
        .unwrap();
    let second = ada.studio.start_sync(id, SyncScope::Connection).await;
    if let Err(error) = second {
        assert_eq!(
            model::AppError::from(error).kind,
            ErrorKind::Conflict,
            "told to wait"
        );
    }
    let ended = |event: &Event| match event {
        Event::Sync { run } if run.run == first.run => run.ended.clone(),
        _ => None,
    };
    assert_eq!(
        ada.events.first(ended).await.error,
        None,
        "the first goes on undisturbed"
    );
}

#[tokio::test]
async fn the_statements_of_a_sync_are_kept() {
    let ada = Person::new("Ada").await;
    let (_file, id) = shop(&ada).await;
    let sync = ada
        .studio
        .connection(id)
        .await
        .unwrap()
        .last_sync
        .unwrap()
        .sync;
    let sent = ada.studio.sent_statements(sync).await.unwrap();
    assert!(!sent.is_empty(), "something was asked");
    let reads = |text: &str| {
        let start = text.trim_start().to_uppercase();
        [
            "SELECT", "PRAGMA", "WITH", "BEGIN", "COMMIT", "ROLLBACK", "--",
        ]
        .iter()
        .any(|word| start.starts_with(word))
    };
    assert!(
        sent.iter().all(|sent| reads(&sent.text)),
        "and nothing but read: {sent:?}"
    );
}
