//! Searching everything that has been read.

use db_studio_tests::people::Person;
use db_studio_tests::sqlite::SqliteFile;
use model::{ConnectionId, ErrorKind, ObjectKind};
use services::view::{SearchFit, SearchRequest, SearchResults};

use crate::steps::{child, databases, kind, sync};

const SHOP: &str = "
    CREATE TABLE customers (id INTEGER PRIMARY KEY, email TEXT, created_at TEXT);
    CREATE TABLE orders (
        id INTEGER PRIMARY KEY,
        customer_id INTEGER REFERENCES customers (id),
        note VARCHAR(80)
    );
    CREATE TABLE emails (id INTEGER PRIMARY KEY, text TEXT);
    CREATE VIEW customer_emails AS SELECT email FROM customers;
";

/// A person with a shop that has been read; the file goes with the returned value.
async fn shop() -> (Person, ConnectionId, SqliteFile) {
    let ada = Person::new("Ada").await;
    let file = SqliteFile::new(SHOP);
    let id = ada
        .connect("shop", &file.path().display().to_string())
        .await
        .connection
        .id;
    sync(&ada, id).await;
    (ada, id, file)
}

async fn search(person: &Person, text: &str) -> SearchResults {
    let request = SearchRequest {
        text: text.to_owned(),
        kinds: Vec::new(),
        connections: Vec::new(),
        limit: 50,
    };
    person.studio.search(request).await.unwrap()
}

fn names(results: &SearchResults) -> Vec<&str> {
    results.hits.iter().map(|hit| hit.name.as_str()).collect()
}

#[tokio::test]
async fn better_fits_come_first_and_tables_before_columns() {
    let (ada, _, _file) = shop().await;
    assert_eq!(
        names(&search(&ada, "email").await),
        ["email", "email", "emails", "customer_emails"],
        "the name itself, then what begins with it, then a word of it"
    );
    let results = search(&ada, "CUSTOMER").await;
    assert_eq!(
        names(&results)[..3],
        ["customers", "customer_emails", "customer_id"],
        "of equal fit tables first, without regard to case"
    );
    assert_eq!(results.counts[&ObjectKind::Table], 1, "counted by kind");
}

#[tokio::test]
async fn one_letter_is_enough() {
    let (ada, _, _file) = shop().await;
    let results = search(&ada, "x").await;
    assert_eq!(names(&results), ["text"], "every name with that letter");
}

#[tokio::test]
async fn several_words_go_down_a_path() {
    let (ada, _, _file) = shop().await;
    let results = search(&ada, "customers email").await;
    assert_eq!(names(&results)[0], "email", "a column of that table");
    assert_eq!(
        results.hits[0].path.last().map(String::as_str),
        Some("customers"),
        "and no other"
    );
    let dotted = search(&ada, "orders.note").await;
    assert_eq!(names(&dotted), ["note"], "as one writes it");
    assert_eq!(
        dotted.hits[0].type_text.as_deref(),
        Some("VARCHAR(80)"),
        "with its type"
    );
}

#[tokio::test]
async fn filters_narrow_by_kind_place_and_type() {
    let (ada, _, _file) = shop().await;
    assert_eq!(
        names(&search(&ada, "kind:view email").await),
        ["customer_emails"],
        "only views"
    );
    assert_eq!(
        names(&search(&ada, "in:orders type:varchar").await),
        ["note"],
        "only there, only of that type, without a word"
    );
    assert_eq!(
        search(&ada, "in:elsewhere email").await.total,
        0,
        "nothing lies there"
    );
    assert!(
        search(&ada, "in:shop email").await.total > 0,
        "a connection is a place"
    );
}

#[tokio::test]
async fn a_slip_of_the_finger_is_forgiven() {
    let (ada, _, _file) = shop().await;
    let results = search(&ada, "cutsomers").await;
    assert_eq!(names(&results)[0], "customers", "two letters swapped");
    assert_eq!(results.hits[0].fit, SearchFit::Nearly, "and it says so");
}

#[tokio::test]
async fn what_was_opened_lately_comes_first() {
    let (ada, id, _file) = shop().await;
    let main = databases(&ada, id).await.remove(0);
    let view = child(&ada, main.id, ObjectKind::View, "customer_emails").await;
    let before = search(&ada, "customer").await;
    assert_eq!(names(&before)[0], "customers", "the shorter name first");
    ada.studio.object(view.id).await.unwrap();
    let after = search(&ada, "customer").await;
    assert_eq!(
        names(&after)[0],
        "customer_emails",
        "unless the other was used"
    );
}

#[tokio::test]
async fn a_sync_is_searchable_the_moment_it_has_ended() {
    let (ada, id, file) = shop().await;
    assert_eq!(search(&ada, "refunds").await.total, 0, "not there yet");
    file.execute("CREATE TABLE refunds (id INTEGER PRIMARY KEY); DROP TABLE emails;");
    sync(&ada, id).await;
    assert_eq!(
        names(&search(&ada, "refunds").await),
        ["refunds"],
        "now it is"
    );
    let emails = search(&ada, "kind:table emails").await;
    assert_eq!(emails.total, 0, "and what was dropped is not");
}

#[tokio::test]
async fn nobody_searches_while_locked_or_in_anothers_catalogue() {
    let (ada, _, _file) = shop().await;
    ada.studio.lock().await.unwrap();
    let request = SearchRequest {
        text: "email".to_owned(),
        kinds: Vec::new(),
        connections: Vec::new(),
        limit: 5,
    };
    assert_eq!(
        kind(ada.studio.search(request).await),
        ErrorKind::SignedOut,
        "locked"
    );
}

#[tokio::test]
async fn what_was_freed_is_loaded_again() {
    let (ada, _, _file) = shop().await;
    let before = search(&ada, "customer").await;
    ada.studio.end_searching();
    let after = search(&ada, "customer").await;
    assert_eq!(before.hits.len(), 4, "there is something to find");
    assert_eq!(names(&after), names(&before), "and it is found again");
}
