//! Names that break whatever does not treat them as names, and servers that mean ill.

use std::time::Duration;

use db_studio_tests::MySql;
use db_studio_tests::hostile::{self, Hostile};
use engine::{Engine, EngineError, InspectScope, OpContext};
use engine_mysql::ENGINE;
use model::ObjectKind;
use model::connection::field;

use super::{cx, fixture, inspect, open, outline, parsed, path};

const HOSTILE: &str = include_str!("../../fixtures/mysql/hostile.sql");

#[tokio::test]
async fn hostile_names_come_through_as_they_are() {
    for server in MySql::every().await {
        let (database, snapshot) = fixture(server, HOSTILE).await;
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/mysql"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            let name = format!("hostile-{}", server.variant().name().to_lowercase());
            insta::assert_snapshot!(name, outline(&snapshot, &database.name));
        });
    }
}

#[tokio::test]
async fn hostile_names_can_be_asked_for() {
    for server in MySql::every().await {
        let (database, snapshot) = fixture(server, HOSTILE).await;
        let mut session = open(&database.url).await;
        for whole in snapshot.all().filter(|walker| walker.kind().is_relation()) {
            let scope = InspectScope {
                table: Some(whole.name().to_owned()),
                ..InspectScope::database(&database.name)
            };
            let alone = inspect(session.as_mut(), &scope).await;
            let found = alone.find(&whole.path()).expect("it is found");
            assert_eq!(
                found.subtree_hash(),
                whole.subtree_hash(),
                "{} alone is what it is in the whole",
                whole.path()
            );
        }
        let defined = |kind: ObjectKind| {
            !matches!(
                kind,
                ObjectKind::Column | ObjectKind::Server | ObjectKind::Role
            )
        };
        for walker in snapshot.all().filter(|walker| defined(walker.kind())) {
            let definition = session.definition(&walker.path(), &cx()).await;
            let text = definition.expect("it has a definition").text;
            assert!(!text.is_empty(), "{} is made by a statement", walker.path());
        }
    }
}

#[tokio::test]
async fn hostile_databases_are_read_and_their_neighbours_are_not() {
    for server in MySql::every().await {
        let database = server.fresh_database("").await;
        let name = &database.name;
        let odd = format!("{name} `'\"\\ é.%_x");
        let quoted = odd.replace('`', "``");
        database
            .execute(&format!(
                "CREATE DATABASE `{quoted}`; CREATE TABLE `{quoted}`.here (a int);
                 CREATE PROCEDURE `{quoted}`.p() SELECT 1;
                 CREATE DATABASE {name}_x; CREATE TABLE {name}_x.elsewhere (a int);"
            ))
            .await;
        let mut session = open(&database.url).await;
        let snapshot = inspect(session.as_mut(), &InspectScope::database(&odd)).await;
        let names: Vec<_> = snapshot
            .all()
            .filter(|walker| walker.kind() != ObjectKind::Column)
            .map(|walker| walker.name().to_owned())
            .collect();
        assert_eq!(names, [odd.as_str(), "here", "p"], "just what it holds");
        let definition = session.definition(&path(&odd, &[]), &cx()).await;
        assert!(definition.is_ok(), "it can be made again: {definition:?}");
    }
}

#[tokio::test]
async fn names_that_differ_by_case_are_two() {
    for server in MySql::every().await {
        let database = server
            .fresh_database("CREATE TABLE t (a int); CREATE TABLE T (b int, c int);")
            .await;
        let name = &database.name;
        let upper = name.to_uppercase();
        database
            .execute(&format!(
                "CREATE DATABASE {upper}; CREATE PROCEDURE {upper}.p() SELECT 1;
                 CREATE PROCEDURE {name}.q() SELECT 1;"
            ))
            .await;
        let snapshot = super::read_fresh(&database).await;
        let other = super::read(&database.url, &upper).await;
        database.execute(&format!("DROP DATABASE {upper}")).await;
        let names = |snapshot: &model::Snapshot| -> Vec<String> {
            let own = snapshot.all().filter(|walker| {
                walker.kind() != ObjectKind::Column && walker.kind() != ObjectKind::Database
            });
            own.map(|walker| walker.name().to_owned()).collect()
        };
        assert_eq!(names(&snapshot), ["T", "t", "q"], "each under its own name");
        assert_eq!(names(&other), ["p"], "nothing of the other database");
    }
}

#[tokio::test]
async fn names_that_are_not_there_are_not_found() {
    for server in MySql::every().await {
        let database = server.fresh_database(HOSTILE).await;
        let mut session = open(&database.url).await;
        for kind in [
            ObjectKind::Table,
            ObjectKind::View,
            ObjectKind::Procedure,
            ObjectKind::Function,
            ObjectKind::Event,
        ] {
            let injected = path(&database.name, &[(kind, "x` OR `1`=`1")]);
            let answer = session.definition(&injected, &cx()).await;
            assert!(
                matches!(answer, Err(EngineError::NotFound { .. })),
                "a name is never part of a statement: {answer:?}"
            );
        }
    }
}

#[tokio::test]
async fn broken_servers_end_with_a_typed_error_and_in_time() {
    let (target, secret) = parsed("mysql://somebody:secret@127.0.0.1:1/?tls=disable");
    for (what, script) in hostile::mysql::broken_sign_ins() {
        let server = Hostile::playing(script);
        let target = target.clone().with(field::PORT, server.port().to_string());
        let cx = OpContext::lasting(Duration::from_millis(500));
        let opening = ENGINE.open(&target, secret.as_ref(), &cx);
        let ended = tokio::time::timeout(super::PATIENCE, opening).await;
        let opened = ended.unwrap_or_else(|_| panic!("a server that {what}: hung"));
        let error = opened
            .err()
            .unwrap_or_else(|| panic!("a server that {what}: opened"));
        let told = format!("{error:?} {error} {:?}", error.hint());
        assert!(
            !told.contains("secret"),
            "a server that {what}: {told} tells the password"
        );
    }
}

#[tokio::test]
async fn a_server_that_asks_for_a_file_gets_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("private");
    std::fs::write(&file, "the contents of a private file").expect("it is written");
    let (target, secret) = parsed("mysql://somebody:secret@127.0.0.1:1/?tls=disable");
    for answered in 0..2 {
        let script = hostile::mysql::asking_for_a_file(answered, file.to_str().unwrap());
        let server = Hostile::playing(script);
        let target = target.clone().with(field::PORT, server.port().to_string());
        let cx = OpContext::lasting(Duration::from_millis(500));
        let opened = ENGINE.open(&target, secret.as_ref(), &cx).await;
        assert!(opened.is_err(), "nothing can be read there");
        assert!(
            !server.heard(b"private file"),
            "nothing of the file was sent"
        );
    }
}

#[tokio::test]
async fn what_a_server_never_ends_ends_by_the_deadline() {
    let (target, secret) = parsed("mysql://somebody:secret@127.0.0.1:1/?tls=disable");
    for script in [
        hostile::mysql::endless_rows(1),
        hostile::mysql::endless_rows(4),
        hostile::mysql::silent_after(0),
        hostile::mysql::one_byte_a_second(),
    ] {
        let server = Hostile::playing(script);
        let target = target.clone().with(field::PORT, server.port().to_string());
        let cx = OpContext::lasting(Duration::from_millis(500));
        let opening = ENGINE.open(&target, secret.as_ref(), &cx);
        let opened = tokio::time::timeout(super::PATIENCE, opening).await;
        assert!(
            opened.is_ok_and(|opened| opened.is_err()),
            "it is given up in time"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_without_end_end_by_the_deadline_whatever_was_asked() {
    let (target, secret) = parsed("mysql://somebody:secret@127.0.0.1:1/?tls=disable");
    let server = Hostile::playing(hostile::mysql::endless_rows_in_a_session(14));
    let target = target.with(field::PORT, server.port().to_string());
    for what in [
        "databases",
        "privileges",
        "a database",
        "the server",
        "a definition",
    ] {
        let mut session = ENGINE
            .open(&target, secret.as_ref(), &cx())
            .await
            .expect("it signs anyone in");
        let soon = OpContext::lasting(Duration::from_millis(500));
        let mut out = model::SnapshotBuilder::default();
        let asking = async {
            match what {
                "databases" => session.databases(true, &soon).await.map(drop),
                "privileges" => session.privileges(&soon).await.map(drop),
                "a database" => {
                    let scope = InspectScope::database("d");
                    session.inspect(&scope, &mut out, &soon).await
                }
                "the server" => session.inspect_server(&mut out, &soon).await,
                _ => {
                    let object = path("d", &[(ObjectKind::Table, "t")]);
                    session.definition(&object, &soon).await.map(drop)
                }
            }
        };
        let ended = tokio::time::timeout(super::PATIENCE, asking).await;
        assert!(
            ended.is_ok_and(|answer| answer.is_err()),
            "{what}: it is given up in time"
        );
    }
}
