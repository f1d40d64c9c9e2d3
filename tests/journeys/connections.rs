//! Keeping, testing, copying and deleting connections.

use std::time::Duration;

use db_studio_tests::people::Person;
use db_studio_tests::sqlite::SqliteFile;
use model::stage::StageState;
use model::{ConnectionDraft, ErrorKind, Secret, Stage};
use services::Event;
use services::view::PasswordInput;

use crate::steps::{kind, named};

const URL: &str = "postgres://app:hunter2@db.example.net:5433/orders?sslmode=require";

#[tokio::test]
async fn a_pasted_string_fills_the_fields_and_keeps_its_password_back() {
    let ada = Person::new("Ada").await;
    let parsed = ada
        .studio
        .parse_connection_string(Secret::new(URL.into()))
        .await
        .unwrap();
    let told = format!("{parsed:?}{}", serde_json::to_string(&parsed).unwrap());
    assert!(!told.contains("hunter2"), "the password does not come back");
    let ticket = parsed.password_ticket.expect("it is kept behind a ticket");
    let mut draft = ConnectionDraft::new("orders", parsed.target.clone());
    draft.tags = vec!["core".into(), "pii".into()];
    let password = PasswordInput::Parsed { ticket };
    let card = ada.studio.create_connection(draft, password).await.unwrap();
    assert!(card.has_password, "the ticket stood for the password");
    assert_eq!(
        card.address, "db.example.net:5433",
        "people are told host and port"
    );
    assert_eq!(
        card.connection.draft.colour,
        model::connection::DEFAULT_COLOUR,
        "by default"
    );
    let text = ada
        .studio
        .format_connection_string(parsed.target)
        .await
        .unwrap();
    assert_eq!(text, parsed.text, "fields and string say the same");
}

#[tokio::test]
async fn a_copy_has_the_password_and_a_name_of_its_own() {
    let ada = Person::new("Ada").await;
    let kept = ada.connect("orders", URL).await;
    let copy = ada
        .studio
        .duplicate_connection(kept.connection.id)
        .await
        .unwrap();
    let again = ada
        .studio
        .duplicate_connection(kept.connection.id)
        .await
        .unwrap();
    assert_eq!(
        copy.connection.draft.name, "orders copy",
        "named after the original"
    );
    assert_eq!(
        again.connection.draft.name, "orders copy 2",
        "and never twice the same"
    );
    assert!(copy.has_password, "with its password");
    assert_eq!(
        copy.connection.draft.target, kept.connection.draft.target,
        "to the same server"
    );
}

#[tokio::test]
async fn a_password_stays_is_replaced_or_goes_as_the_form_says() {
    let ada = Person::new("Ada").await;
    let kept = ada.connect("orders", URL).await.connection;
    let update = |password| {
        ada.studio
            .update_connection(kept.id, kept.draft.clone(), password)
    };
    assert!(
        update(PasswordInput::Keep).await.unwrap().has_password,
        "kept"
    );
    assert!(
        !update(PasswordInput::None).await.unwrap().has_password,
        "gone"
    );
    let typed = PasswordInput::Typed {
        password: "new".into(),
    };
    assert!(update(typed).await.unwrap().has_password, "there again");
}

#[tokio::test]
async fn a_kept_password_is_never_sent_to_another_server() {
    let ada = Person::new("Ada").await;
    let kept = ada.connect("orders", URL).await.connection;
    let mut elsewhere = kept.draft.clone();
    elsewhere.target.set("host", "evil.example.net");
    let refused = ada
        .studio
        .test_draft(
            1,
            elsewhere.target.clone(),
            PasswordInput::Keep,
            Some(kept.id),
        )
        .await;
    assert_eq!(kind(refused), ErrorKind::InvalidInput, "not in a test");
    let refused = ada
        .studio
        .update_connection(kept.id, elsewhere.clone(), PasswordInput::Keep)
        .await;
    assert_eq!(kind(refused), ErrorKind::InvalidInput, "nor for later");
    let typed = PasswordInput::Typed {
        password: "other".into(),
    };
    let moved = ada
        .studio
        .update_connection(kept.id, elsewhere, typed)
        .await;
    assert!(
        moved.unwrap().has_password,
        "a password of its own may be given"
    );
}

#[tokio::test]
async fn a_change_that_is_refused_leaves_the_password_alone() {
    let ada = Person::new("Ada").await;
    let kept = ada.connect("orders", URL).await.connection;
    ada.connect("other", URL).await;
    let mut taken = kept.draft.clone();
    taken.name = "other".into();
    let refused = ada
        .studio
        .update_connection(kept.id, taken, PasswordInput::None)
        .await;
    assert_eq!(kind(refused), ErrorKind::Conflict, "the name is taken");
    let card = ada.studio.connection(kept.id).await.unwrap();
    assert!(card.has_password, "nothing was changed");
}

#[tokio::test(start_paused = true)]
async fn a_deletion_can_be_taken_back_until_it_is_final() {
    let ada = Person::new("Ada").await;
    let id = ada.connect("orders", URL).await.connection.id;
    let deleted = ada.studio.delete_connections(vec![id]).await.unwrap();
    assert_eq!(
        kind(ada.studio.connection(id).await),
        ErrorKind::NotFound,
        "it is gone at once"
    );
    ada.studio.restore_connections(vec![id]).await.unwrap();
    assert!(
        ada.studio.connection(id).await.unwrap().has_password,
        "it is back as it was"
    );

    ada.studio.delete_connections(vec![id]).await.unwrap();
    let after = ada.after_restart();
    after
        .clock
        .advance(Duration::from_secs(u64::from(deleted.undo_seconds) + 1));
    after.sign_in().await;
    let late = after.studio.restore_connections(vec![id]).await;
    assert_eq!(
        kind(late),
        ErrorKind::NotFound,
        "signing in again makes it final"
    );
}

#[tokio::test]
async fn names_are_unique_and_fields_are_checked() {
    let ada = Person::new("Ada").await;
    let kept = ada.connect("orders", URL).await.connection;
    let twice = ada
        .studio
        .create_connection(kept.draft.clone(), PasswordInput::None)
        .await;
    assert_eq!(kind(twice), ErrorKind::Conflict, "the name is taken");
    let mut bad = kept.draft.clone();
    bad.name = "other".into();
    bad.target.set("port", "70000");
    let refused = ada
        .studio
        .create_connection(bad.clone(), PasswordInput::None)
        .await;
    assert_eq!(
        kind(refused),
        ErrorKind::InvalidInput,
        "there is no such port"
    );
    let problems = ada.studio.validate_target(bad.target).await.unwrap();
    assert_eq!(problems.len(), 1, "and the form says where");
    assert_eq!(problems[0].field, "port", "at the field");
}

#[tokio::test]
async fn a_test_goes_through_its_stages_and_is_remembered() {
    let ada = Person::new("Ada").await;
    let file = SqliteFile::new("CREATE TABLE t (a INTEGER PRIMARY KEY)");
    let id = ada
        .connect("file", &file.path().display().to_string())
        .await
        .connection
        .id;
    let outcome = ada.studio.test_connection(7, id).await.unwrap();
    assert_eq!(outcome.error, None, "the file is there");
    assert!(
        outcome
            .stages
            .iter()
            .all(|stage| stage.state != StageState::Running),
        "every stage has ended: {:?}",
        outcome.stages
    );
    let seen = ada.events.all();
    let stages = seen
        .iter()
        .filter(|event| matches!(event, Event::TestStage { run: 7, .. }));
    assert!(
        stages.count() >= outcome.stages.len(),
        "each was told as it went"
    );
    let card = ada.studio.connection(id).await.unwrap();
    assert!(
        card.reach.is_some_and(|reach| reach.error.is_none()),
        "lists know it"
    );

    std::fs::remove_file(file.path()).unwrap();
    let outcome = ada.studio.test_connection(8, id).await.unwrap();
    let error = outcome.error.expect("the file is gone");
    assert_eq!(error.kind, ErrorKind::Unreachable, "said as such");
    assert!(error.hint.is_some(), "with what to do");
    let failed = outcome.stages.last().unwrap();
    assert_eq!(
        (failed.stage, failed.state),
        (Stage::Connect, StageState::Failed),
        "where"
    );
    assert!(!file.path().exists(), "and the test made no file");
    let reach = ada.studio.connection(id).await.unwrap().reach.unwrap();
    assert!(
        reach.error.is_some() && reach.last_good_at.is_some(),
        "with the last good moment"
    );
}

#[tokio::test]
async fn what_the_form_holds_is_tested_without_being_kept() {
    let ada = Person::new("Ada").await;
    let file = SqliteFile::new("CREATE TABLE t (a INTEGER PRIMARY KEY)");
    let target = engine_sqlite::target(file.path());
    let outcome = ada
        .studio
        .test_draft(1, target, PasswordInput::None, None)
        .await
        .unwrap();
    assert_eq!(outcome.error, None, "it works before saving");
    assert!(
        ada.studio.connections().await.unwrap().is_empty(),
        "and leaves nothing behind"
    );
}

#[tokio::test]
async fn an_inactive_connection_is_left_alone() {
    let ada = Person::with_sample("Ada").await;
    let id = named(&ada, "sample").await;
    ada.studio.set_active(vec![id], false).await.unwrap();
    let refused = ada
        .studio
        .start_sync(id, services::view::SyncScope::Connection)
        .await;
    assert_eq!(kind(refused), ErrorKind::Conflict, "it is not contacted");
    let numbers = ada.studio.dashboard().await.unwrap();
    assert_eq!(
        (numbers.connections, numbers.active),
        (1, 0),
        "and counted as inactive"
    );
}
