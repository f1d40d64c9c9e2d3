//! Signing up and in, the lock, the passphrase, and two people on one computer.

use std::time::Duration;

use db_studio_tests::people::Person;
use model::{ErrorKind, Secret};
use services::Event;

use crate::steps::{kind, named};

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

#[tokio::test]
async fn a_new_person_finds_the_sample_database_already_read() {
    let ada = Person::with_sample("Ada").await;
    let cards = ada.studio.connections().await.unwrap();
    assert_eq!(cards.len(), 1, "the sample is the only connection");
    assert!(cards[0].synced_at.is_some(), "it has been read");
    assert!(
        cards[0].counts.values().any(|count| count.get() > 0),
        "and something was found"
    );
}

#[tokio::test]
async fn a_wrong_passphrase_is_told_apart_from_an_unknown_name() {
    let ada = Person::new("Ada").await;
    let wrong = ada.studio.sign_in("Ada".into(), secret("guess")).await;
    assert_eq!(kind(wrong), ErrorKind::WrongPassphrase, "the name is right");
    let unknown = ada.studio.sign_in("Eve".into(), secret("guess")).await;
    assert_eq!(kind(unknown), ErrorKind::NotFound, "nobody of this name");
}

#[tokio::test]
async fn a_name_is_taken_once_and_a_passphrase_is_needed() {
    let ada = Person::new("Ada").await;
    let again = ada.studio.sign_up(" ada ".into(), secret("other")).await;
    assert_eq!(
        kind(again),
        ErrorKind::Conflict,
        "names differ by more than case and blanks"
    );
    let nameless = ada.studio.sign_up("  ".into(), secret("other")).await;
    assert_eq!(kind(nameless), ErrorKind::InvalidInput, "a name is needed");
    let open = ada.studio.sign_up("Bob".into(), secret("")).await;
    assert_eq!(
        kind(open),
        ErrorKind::InvalidInput,
        "a passphrase is needed"
    );
}

#[tokio::test]
async fn nothing_is_told_once_the_vault_is_locked() {
    let ada = Person::with_sample("Ada").await;
    ada.studio.lock().await.unwrap();
    assert_eq!(
        kind(ada.studio.connections().await),
        ErrorKind::SignedOut,
        "connections"
    );
    assert_eq!(
        kind(ada.studio.dashboard().await),
        ErrorKind::SignedOut,
        "the dashboard"
    );
    assert_eq!(
        kind(ada.studio.settings().await),
        ErrorKind::SignedOut,
        "settings"
    );
    let welcome = ada.studio.welcome().await.unwrap();
    assert!(welcome.signed_in.is_none(), "nobody is signed in");
    assert_eq!(welcome.users.len(), 1, "but who may sign in is known");
    ada.sign_in().await;
    assert_eq!(
        ada.studio.connections().await.unwrap().len(),
        1,
        "all is there again"
    );
}

#[tokio::test]
async fn a_new_passphrase_opens_the_old_secrets() {
    let ada = Person::new("Ada").await;
    ada.connect("orders", "postgres://app:hunter2@localhost/orders")
        .await;
    let studio = &ada.studio;
    let wrong = studio
        .change_passphrase(secret("guess"), secret("next"))
        .await;
    assert_eq!(
        kind(wrong),
        ErrorKind::WrongPassphrase,
        "the current one is needed"
    );
    studio
        .change_passphrase(secret(&ada.passphrase), secret("next"))
        .await
        .unwrap();
    studio.lock().await.unwrap();
    let old = studio.sign_in("Ada".into(), secret(&ada.passphrase)).await;
    assert_eq!(kind(old), ErrorKind::WrongPassphrase, "the old one is void");
    studio.sign_in("Ada".into(), secret("next")).await.unwrap();
    let card = studio
        .connection(named(&ada, "orders").await)
        .await
        .unwrap();
    assert!(card.has_password, "the password moved to the new vault");
}

#[tokio::test(start_paused = true)]
async fn an_unused_vault_locks_itself_and_a_used_one_does_not() {
    let ada = Person::new("Ada").await;
    let minutes = ada.studio.settings().await.unwrap().lock_after_minutes;
    ada.clock
        .advance(Duration::from_secs(60 * u64::from(minutes) - 1));
    ada.studio.used().await.unwrap();
    ada.clock.advance(Duration::from_secs(2));
    assert!(
        ada.studio.connections().await.is_ok(),
        "it has been used just now"
    );
    ada.clock
        .advance(Duration::from_secs(60 * u64::from(minutes)));
    ada.events
        .first(|event| matches!(event, Event::Locked).then_some(()))
        .await;
    assert_eq!(
        kind(ada.studio.connections().await),
        ErrorKind::SignedOut,
        "it is locked"
    );
}

#[tokio::test]
async fn two_people_on_one_computer_never_meet() {
    let ada = Person::with_sample("Ada").await;
    let orders = ada
        .connect("orders", "postgres://app:hunter2@localhost/orders")
        .await;
    let bob = ada.beside("Bob").await;
    assert!(
        bob.studio.connections().await.unwrap().is_empty(),
        "Bob begins with nothing"
    );
    let id = orders.connection.id;
    assert_eq!(
        kind(bob.studio.connection(id).await),
        ErrorKind::NotFound,
        "not Bob's to see"
    );
    let gone = bob.studio.delete_connections(vec![id]).await;
    assert_eq!(kind(gone), ErrorKind::NotFound, "nor to delete");
    assert_eq!(
        kind(bob.studio.duplicate_connection(id).await),
        ErrorKind::NotFound,
        "nor to copy with its password"
    );
    assert!(
        ada.studio.connection(id).await.unwrap().has_password,
        "all is as it was for Ada"
    );
}
