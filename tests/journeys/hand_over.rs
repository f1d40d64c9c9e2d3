//! What is open in one process goes on in the next, without anybody signing in.

use std::time::Duration;

use db_studio_tests::people::Person;
use db_studio_tests::sqlite::SqliteFile;
use model::{ConnectionId, ErrorKind, Secret, Timestamp};
use services::Event;
use services::view::{TreeAct, TreeRequest};

use crate::steps::{kind, sync};

/// How many rows the tree of a connection has.
async fn rows(ada: &Person, id: ConnectionId, act: Option<TreeAct>) -> usize {
    let request = TreeRequest {
        connections: vec![id],
        filter: String::new(),
        act,
        from: 0,
        count: 500,
        marks: Vec::new(),
    };
    ada.studio.tree(request).await.unwrap().rows.len()
}

async fn last_signed_in(ada: &Person) -> Option<Timestamp> {
    ada.studio.welcome().await.unwrap().users[0].last_signed_in_at
}

#[tokio::test]
async fn the_next_process_goes_on_where_one_was() {
    let ada = Person::new("Ada").await;
    let file = SqliteFile::new("CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT);");
    let path = file.path().display().to_string();
    let shop = ada.connect("shop", &path).await.connection.id;
    sync(&ada, shop).await;
    let key = shop.0.to_string();
    let folded = rows(&ada, shop, None).await;
    let unfolded = rows(&ada, shop, Some(TreeAct::ExpandAll { key })).await;
    assert!(unfolded > folded, "something is unfolded");
    let url = "postgres://app:hunter2@localhost/orders";
    let orders = ada.connect("orders", url).await.connection.id;
    let signed_in_at = last_signed_in(&ada).await;
    assert!(ada.studio.is_at_rest(), "nothing runs");

    let given = ada.studio.hand_over().await.unwrap();
    let ada = ada.after_restart();
    ada.clock.advance(Duration::from_secs(1));
    ada.studio.take_over(&given).await.unwrap();

    let user = ada.studio.user().expect("she is signed in");
    assert_eq!(user.name, "Ada", "as herself");
    let copy = ada.studio.duplicate_connection(orders).await.unwrap();
    assert!(copy.has_password, "the vault is open to read and to write");
    assert_eq!(
        rows(&ada, shop, None).await,
        unfolded,
        "the tree is as it was"
    );
    assert_eq!(
        last_signed_in(&ada).await,
        signed_in_at,
        "but she has not signed in again"
    );
}

#[tokio::test(start_paused = true)]
async fn the_time_until_the_lock_goes_on() {
    let ada = Person::new("Ada").await;
    let minutes = ada.studio.settings().await.unwrap().lock_after_minutes;
    let given = ada.studio.hand_over().await.unwrap();
    let ada = ada.after_restart();
    ada.clock
        .advance(Duration::from_secs(60 * u64::from(minutes) - 30));
    ada.studio.take_over(&given).await.unwrap();
    assert!(ada.studio.user().is_some(), "half a minute is left");
    ada.clock.advance(Duration::from_secs(31));
    ada.events
        .first(|event| matches!(event, Event::Locked).then_some(()))
        .await;
}

#[tokio::test]
async fn a_passphrase_that_was_changed_meanwhile_opens_nothing() {
    let ada = Person::new("Ada").await;
    let given = ada.studio.hand_over().await.unwrap();
    let next = Secret::new("next".to_owned());
    ada.studio
        .change_passphrase(Secret::new(ada.passphrase.clone()), next)
        .await
        .unwrap();
    let ada = ada.after_restart();
    let taken = ada.studio.take_over(&given).await;
    assert_eq!(
        kind(taken),
        ErrorKind::WrongPassphrase,
        "it is another one now"
    );
    assert!(ada.studio.user().is_none(), "nobody is signed in");
}

#[tokio::test]
async fn a_locked_vault_stays_locked() {
    let ada = Person::new("Ada").await;
    ada.studio.lock().await.unwrap();
    let given = ada.studio.hand_over().await.unwrap();
    let ada = ada.after_restart();
    ada.studio.take_over(&given).await.unwrap();
    assert!(ada.studio.user().is_none(), "nobody was signed in before");
}

#[tokio::test]
async fn what_was_not_handed_over_by_us_is_refused_and_not_repeated() {
    let ada = Person::new("Ada").await.after_restart();
    let text = Secret::new(r#"{"signed_in":"hunter2","folds":[]}"#.to_owned());
    let error = ada.studio.take_over(&text).await.unwrap_err();
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    assert!(ada.studio.user().is_none(), "nobody is signed in");
}
