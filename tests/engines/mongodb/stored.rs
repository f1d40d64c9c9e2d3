//! What is read lands in the catalogue, and what did not change writes nothing.

use db_studio_tests::MongoDb;
use db_studio_tests::people::Person;
use model::ConnectionId;
use mongodb::bson::doc;
use services::view::{SyncEnded, SyncScope};

async fn sync(person: &Person, connection: ConnectionId) -> SyncEnded {
    let ended = person
        .studio
        .sync_to_end(connection, SyncScope::Connection)
        .await
        .unwrap();
    assert_eq!(ended.error, None, "the sync must go well");
    ended
}

#[tokio::test]
async fn an_unchanged_database_changes_nothing_and_a_field_that_vanished_is_gone() {
    let database = MongoDb::shared().await.fresh_database().await;
    let documents = (0..20).map(|n| doc! { "_id": n, "a": n, "b": { "c": "text" } });
    database.insert("things", documents).await;
    let ada = Person::new("Ada").await;
    let card = ada.connect("things", &database.url).await;
    let first = sync(&ada, card.connection.id).await;
    assert!(
        first.added.get() >= 6,
        "the collection, its fields and its index"
    );
    let again = sync(&ada, card.connection.id).await;
    let changed = (again.added.get(), again.changed.get(), again.removed.get());
    assert_eq!(changed, (0, 0, 0), "the documents are as they were");
    let things = database.collection("things");
    let unset = things.update_many(doc! {}, doc! { "$unset": { "a": "" }, "$set": { "d": 1 } });
    unset.await.expect("the superuser may do it");
    let third = sync(&ada, card.connection.id).await;
    let changed = (third.added.get(), third.changed.get(), third.removed.get());
    assert_eq!(
        changed,
        (1, 0, 1),
        "one field came, one went: all documents were looked at"
    );
}

#[tokio::test]
async fn fields_of_any_name_are_stored_and_found_unchanged() {
    let database = MongoDb::shared().await.fresh_database().await;
    let mut document = doc! { "": { "": 1, "a": 2 }, "list": [1] };
    for name in [
        "[]",
        "\\[]",
        ".",
        "a.",
        ".a",
        "\\",
        "Name",
        "name",
        "<b>",
        "\u{202e}x",
        "a\nb",
    ] {
        document.insert(name, 1);
    }
    database.insert("hostile", vec![document]).await;
    let ada = Person::new("Ada").await;
    let card = ada.connect("things", &database.url).await;
    let first = sync(&ada, card.connection.id).await;
    assert!(first.added.get() >= 18, "each field: {}", first.added.get());
    let again = sync(&ada, card.connection.id).await;
    let changed = (again.added.get(), again.changed.get(), again.removed.get());
    assert_eq!(changed, (0, 0, 0), "each is known again by its name");
}
