//! The same journey on every kind of server: connect, test, sync, browse, relate,
//! search, sync again.

use db_studio_tests::people::Person;
use db_studio_tests::{MongoDb, MySql, Postgres};
use model::{ConnectionId, ObjectKind};
use mongodb::bson::doc;
use services::view::SearchRequest;

use crate::steps::{child, children, databases, sync};

const SHOP: &str = "
    CREATE TABLE customers (id integer PRIMARY KEY, email varchar(80) NOT NULL UNIQUE);
    CREATE TABLE orders (
        id integer PRIMARY KEY,
        customer_id integer NOT NULL,
        CONSTRAINT orders_customer FOREIGN KEY (customer_id) REFERENCES customers (id) ON DELETE CASCADE
    );
    CREATE VIEW open_orders AS SELECT id FROM orders;";

/// Connects and reads once, with everything going well.
async fn read(person: &Person, url: &str) -> ConnectionId {
    let id = person.connect("shop", url).await.connection.id;
    let tested = person.studio.test_connection(1, id).await.unwrap();
    assert_eq!(tested.error, None, "the test passes");
    sync(person, id).await;
    id
}

async fn the_shop_is_whole(person: &Person, id: ConnectionId, schema: Option<&str>) {
    let database = databases(person, id).await.remove(0);
    let holder = match schema {
        Some(name) => child(person, database.id, ObjectKind::Schema, name).await,
        None => database,
    };
    let orders = child(person, holder.id, ObjectKind::Table, "orders").await;
    let customers = child(person, holder.id, ObjectKind::Table, "customers").await;
    let out = person.studio.relationships(orders.id).await.unwrap();
    assert_eq!(out.references.len(), 1, "one foreign key");
    let key = &out.references[0];
    assert_eq!(
        key.table.object,
        Some(customers.id),
        "which leads to the table"
    );
    assert_eq!(key.their_columns, ["id"], "and its column");
    assert!(
        !key.optional && !key.single,
        "many orders, each of one customer"
    );
    let views: Vec<_> = out
        .needed_by
        .iter()
        .map(|link| link.name.as_str())
        .collect();
    assert_eq!(views, ["open_orders"], "the view needs it");
    let back = person.studio.relationships(customers.id).await.unwrap();
    assert_eq!(back.referenced_by.len(), 1, "and back");
    assert_eq!(
        back.referenced_by[0].table.object,
        Some(orders.id),
        "to the orders"
    );
    let definition = person.studio.definition(orders.id).await.unwrap();
    assert!(
        definition.text.contains("customer_id"),
        "{}",
        definition.text
    );
    let found = search(person, "orders customer").await;
    assert_eq!(
        found,
        ["customer_id", "orders_customer"],
        "a column and its key"
    );
}

async fn search(person: &Person, text: &str) -> Vec<String> {
    let request = SearchRequest {
        text: text.to_owned(),
        kinds: vec![
            ObjectKind::Column,
            ObjectKind::Field,
            ObjectKind::ForeignKey,
        ],
        connections: Vec::new(),
        limit: 10,
    };
    let results = person.studio.search(request).await.unwrap();
    results.hits.into_iter().map(|hit| hit.name).collect()
}

async fn reading_again_changes_nothing(person: &Person, id: ConnectionId) {
    let again = sync(person, id).await;
    let touched = [again.added, again.changed, again.removed].map(|amount| amount.get());
    assert_eq!(touched, [0, 0, 0], "an unchanged server changes nothing");
}

#[tokio::test]
async fn postgresql() {
    let database = Postgres::shared().await.fresh_database(SHOP).await;
    let ada = Person::new("Ada").await;
    let id = read(&ada, &database.url).await;
    the_shop_is_whole(&ada, id, Some("public")).await;
    reading_again_changes_nothing(&ada, id).await;
}

#[tokio::test]
async fn mysql_and_mariadb() {
    for server in MySql::every().await {
        let database = server.fresh_database(SHOP).await;
        let ada = Person::new("Ada").await;
        let id = read(&ada, &database.url).await;
        the_shop_is_whole(&ada, id, None).await;
        reading_again_changes_nothing(&ada, id).await;
    }
}

#[tokio::test]
async fn mongodb() {
    let database = MongoDb::shared().await.fresh_database().await;
    let orders = (0..40).map(|n| {
        let mut order = doc! { "_id": n, "customer": { "email": format!("{n}@example.org") } };
        if n % 2 == 0 {
            order.insert("note", "please ring");
        }
        order
    });
    database.insert("orders", orders).await;
    let ada = Person::new("Ada").await;
    let id = read(&ada, &database.url).await;
    let root = databases(&ada, id).await.remove(0);
    let collection = child(&ada, root.id, ObjectKind::Collection, "orders").await;
    let fields = children(&ada, collection.id, ObjectKind::Field).await;
    let told: Vec<_> = fields
        .iter()
        .map(|field| {
            let sample = field.sample.as_ref().expect("a field was sampled");
            (field.name.as_str(), sample.facts.present.get())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("_id", 40),
            ("customer", 40),
            ("customer.email", 40),
            ("note", 20)
        ],
        "every field with how often it is there"
    );
    let definition = ada.studio.definition(collection.id).await.unwrap();
    assert!(
        definition.text.contains("createCollection"),
        "{}",
        definition.text
    );
    assert_eq!(
        search(&ada, "orders email").await,
        ["customer.email"],
        "found"
    );
    let numbers = ada.studio.dashboard().await.unwrap();
    assert_eq!(
        (numbers.tables.get(), numbers.columns.get()),
        (1, 4),
        "the collection and its fields are counted"
    );
    reading_again_changes_nothing(&ada, id).await;
}
