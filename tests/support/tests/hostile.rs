//! Hostile servers play their scripts, as honest clients find them.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use ::mongodb::Client;
use ::mongodb::bson::{Document, doc};
use db_studio_tests::hostile::mongodb::{self, Answer, Scripted};
use db_studio_tests::hostile::{Act, Hostile, mysql};
use futures_util::StreamExt;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::{Connection, Executor};

#[test]
fn a_hostile_server_plays_its_script() {
    let server = Hostile::playing(vec![
        Act::Decline {
            offer: b"tls?".to_vec(),
            answer: b"no".to_vec(),
        },
        Act::Say(b"go away".to_vec()),
    ]);
    let mut client = TcpStream::connect(server.address()).expect("it accepts");
    client.write_all(b"tls?").expect("it listens");
    let mut answer = [0; 2];
    client.read_exact(&mut answer).expect("it answers");
    assert_eq!(&answer, b"no", "it declines what it was told to decline");
    client.write_all(b"hello").expect("it listens again");
    let mut rest = String::new();
    client
        .read_to_string(&mut rest)
        .expect("it ends in good order");
    assert_eq!(rest, "go away", "it says its lines and closes");
    assert!(server.heard(b"hello"), "it remembers what it heard");
}

/// The settings of a driver that sends nothing but what it is told to.
fn to(server: &Hostile) -> MySqlConnectOptions {
    MySqlConnectOptions::new()
        .host("127.0.0.1")
        .port(server.port())
        .username("somebody")
        .password("open sesame")
        .ssl_mode(MySqlSslMode::Disabled)
        .pipes_as_concat(false)
        .no_engine_substitution(false)
        .set_names(false)
        .timezone(None)
}

#[tokio::test]
async fn nobody_signs_in_to_a_broken_mysql_server() {
    for (what, script) in mysql::broken_sign_ins() {
        let server = Hostile::playing(script);
        let options = to(&server);
        // In a task of its own, for the driver panics on some of them.
        let signing_in = tokio::spawn(async move {
            let mut connection = MySqlConnection::connect_with(&options).await?;
            connection.execute("SELECT 1").await
        });
        let patience = Duration::from_millis(300);
        if let Ok(Ok(signed_in)) = tokio::time::timeout(patience, signing_in).await {
            assert!(signed_in.is_err(), "a server that {what} was signed in to");
        }
    }
}

#[tokio::test]
async fn a_mysql_server_refuses_with_the_code_it_was_told() {
    let code = |error: sqlx::Error| {
        let error = error.into_database_error().expect("the server said it");
        let error = error.downcast::<sqlx::mysql::MySqlDatabaseError>();
        error.number()
    };
    for number in [1040, 1129, 1130] {
        let server = Hostile::playing(mysql::refusing(number, "Go away"));
        let refused = MySqlConnection::connect_with(&to(&server)).await;
        let error = refused.expect_err("it refuses before it greets");
        assert_eq!(code(error), number, "before the greeting");
    }
    let server = Hostile::playing(mysql::refusing_sign_in(1045, "28000", "Access denied"));
    let refused = MySqlConnection::connect_with(&to(&server)).await;
    let error = refused.expect_err("it refuses after it greeted");
    assert_eq!(code(error), 1045, "after the greeting");
    let server = Hostile::playing(mysql::failing_after(1, 1226, "42000", "Enough"));
    let mut connection = MySqlConnection::connect_with(&to(&server))
        .await
        .expect("it signs anyone in");
    connection
        .execute("SELECT 1")
        .await
        .expect("it agrees once");
    let failed = connection.execute("SELECT 2").await;
    assert_eq!(
        code(failed.expect_err("it fails then")),
        1226,
        "after a query"
    );
}

#[tokio::test]
async fn a_mysql_server_asks_for_files_and_passwords() {
    let server = Hostile::playing(mysql::asking_for_a_file(0, "/etc/passwd"));
    let mut connection = MySqlConnection::connect_with(&to(&server))
        .await
        .expect("it signs anyone in");
    let patience = Duration::from_millis(300);
    let asked = tokio::time::timeout(patience, connection.execute("SELECT 1")).await;
    assert!(
        !matches!(asked, Ok(Ok(_))),
        "to be asked for a file is no answer"
    );
    assert!(server.heard(b"SELECT 1"), "the query was sent");
    assert!(!server.heard(b"root:"), "this client sends no file");

    let server = Hostile::playing(mysql::asking_for_the_password_in_clear());
    let refused = MySqlConnection::connect_with(&to(&server)).await;
    assert!(refused.is_err(), "this client does not say it in clear");
    assert!(server.heard(b"somebody"), "it said who it is");
    assert!(!server.heard(b"open sesame"), "and not its password");
}

#[tokio::test]
async fn a_mysql_server_gives_rows_without_end() {
    let server = Hostile::playing(mysql::endless_rows(1));
    let mut connection = MySqlConnection::connect_with(&to(&server))
        .await
        .expect("it signs anyone in");
    // Counted and not timed: this driver does not look up while rows keep coming.
    let rows = connection.fetch("SELECT 1").take(10_000).count().await;
    assert_eq!(rows, 10_000, "there is always one more row");
}

#[tokio::test]
async fn a_scripted_mongodb_server_is_what_it_says_it_is() {
    let things = vec![doc! {"_id": 1}, doc! {"_id": 2}];
    let server = Scripted::answering(
        mongodb::standalone(21),
        [
            ("find", mongodb::all_of("a.things", things)),
            ("find", mongodb::refusal(13, "Unauthorized", "not you")),
            ("listDatabases", Answer::Close),
        ],
    );
    server.greet(mongodb::primary(
        "rs",
        &[server.address()],
        server.address(),
    ));
    let client = Client::with_uri_str(server.url("replicaSet=rs&retryReads=false")).await;
    let client = client.expect("the URL is good");
    let things = client.database("a").collection::<Document>("things");
    let first = things.find_one(doc! {}).await.expect("it answers");
    assert_eq!(first, Some(doc! {"_id": 1}), "what it was told to answer");
    assert!(things.find_one(doc! {}).await.is_err(), "and then refuses");
    assert!(
        client.list_database_names().await.is_err(),
        "and closes where it was told to"
    );
    assert_eq!(server.heard("find").len(), 2, "it remembers what it heard");

    let old = Scripted::answering(mongodb::standalone(6), []);
    let client = Client::with_uri_str(old.url("serverSelectionTimeoutMS=500")).await;
    let client = client.expect("the URL is good");
    assert!(
        client.list_database_names().await.is_err(),
        "MongoDB 3.6 is too old for this driver"
    );
}
