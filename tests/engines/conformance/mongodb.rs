//! The contract's checks on MongoDB's protocol.

use std::time::Duration;

use db_studio_tests::MongoDb;
use db_studio_tests::hostile::Hostile;
use db_studio_tests::mongodb::FreshDatabase;
use engine::conformance::{
    Fixture, Recorder, Refusal, a_part_equals_that_part_of_the_whole, definitions_are_there,
    facts_agree, holds_what_is_declared, nothing_is_changed_by_reading, opening_tells_its_stages,
    reading_ends_when_told, reading_twice_gives_the_same, refuses, the_database_is_listed,
};
use engine::{Engine, EngineError, SignInProblem, url};
use engine_mongodb::ENGINE;
use model::connection::field;
use mongodb::bson::{Bson, Document, doc};
use services::REGISTRY;

/// What the server at hand cannot show: it is no cluster, has no text indexes and
/// keeps no options of storage engines.
const ABSENT: &[&str] = &[
    "shard",
    "zone",
    "database.primary_shard",
    "collection.encrypted_fields",
    "collection.other_options",
    "collection.shard_key",
    "collection.shard_unique",
    "collection.unbalanced",
    "collection.system",
    "index.weights",
    "index.default_language",
    "index.language_override",
    "index.text_version",
    "index.bits",
    "index.min",
    "index.max",
    "index.prepare_unique",
    "index.storage_engine",
    "index.other_options",
];

pub(crate) fn fixture_at(url: &str, database: &str) -> Fixture {
    let parsed = url::parse(&REGISTRY, url).expect("the support's URL");
    Fixture {
        target: parsed.target,
        secret: parsed.secret,
        database: database.to_owned(),
    }
}

/// The commands of a fixture, in order.
fn commands(text: &str) -> Vec<Document> {
    serde_json::from_str(text).expect("the fixture is a list of commands")
}

async fn everything(server: &MongoDb) -> (FreshDatabase, Fixture) {
    let database = server.fresh_database().await;
    for command in commands(include_str!("../../fixtures/mongodb/everything.json")) {
        database.run(command).await;
    }
    let fixture = fixture_at(&database.url, &database.name);
    (database, fixture)
}

/// All that is in a database, document by document, with its options and indexes.
async fn contents(database: &FreshDatabase) -> Vec<Document> {
    let mut all = Vec::new();
    let handle = database.database();
    let listed = handle
        .run_command(doc! { "listCollections": 1 })
        .await
        .unwrap();
    let collections = listed
        .get_document("cursor")
        .unwrap()
        .get_array("firstBatch")
        .unwrap()
        .clone();
    for collection in collections.iter().filter_map(Bson::as_document) {
        let name = collection.get_str("name").unwrap();
        if name.starts_with("system.") {
            continue;
        }
        all.push(collection.clone());
        let found = handle
            .run_command(doc! { "find": name, "sort": { "_id": 1 } })
            .await
            .unwrap();
        all.push(found.get_document("cursor").unwrap().clone());
        if collection.get_str("type").is_ok_and(|sort| sort == "view") {
            continue;
        }
        let indexes = handle
            .run_command(doc! { "listIndexes": name })
            .await
            .unwrap();
        all.push(indexes.get_document("cursor").unwrap().clone());
    }
    all
}

#[tokio::test]
async fn every_declared_kind_and_fact_is_read() {
    let server = MongoDb::shared_secured().await;
    let (database, fixture) = everything(server).await;
    let role = format!("{}_role", database.name);
    let admin = database.client().database("admin");
    let made = admin.run_command(doc! {
        "createRole": &role,
        "privileges": [{
            "resource": { "db": &database.name, "collection": "orders" },
            "actions": ["find"],
        }],
        "roles": [{ "role": "read", "db": &database.name }],
    });
    made.await.expect("the superuser may do it");
    let _account = database.account(vec!["read".into()]).await;
    let snapshot = fixture.read(&ENGINE, &Recorder::new()).await;
    let snapshot = snapshot.expect("it is read");
    let gone = admin.run_command(doc! { "dropRole": &role });
    gone.await.expect("it was made");
    holds_what_is_declared(ENGINE.descriptor(), &snapshot, ABSENT).assert_none();
    facts_agree(&snapshot).assert_none();
}

#[tokio::test]
async fn stages_are_told_in_order() {
    for server in [MongoDb::shared().await, MongoDb::shared_secured().await] {
        let database = server.fresh_database().await;
        let fixture = fixture_at(&database.url, &database.name);
        opening_tells_its_stages(&ENGINE, &fixture)
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn two_readings_are_equal() {
    let (_database, fixture) = everything(MongoDb::shared().await).await;
    reading_twice_gives_the_same(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn a_part_reads_as_in_the_whole() {
    let (_database, fixture) = everything(MongoDb::shared().await).await;
    a_part_equals_that_part_of_the_whole(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn the_list_names_the_database() {
    let (_database, fixture) = everything(MongoDb::shared().await).await;
    the_database_is_listed(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn definitions_are_given_for_the_kinds_that_promise_them() {
    let (_database, fixture) = everything(MongoDb::shared().await).await;
    definitions_are_there(&ENGINE, &fixture).await.assert_none();
}

#[tokio::test]
async fn nothing_in_the_database_changes() {
    let (database, fixture) = everything(MongoDb::shared().await).await;
    let contents = || contents(&database);
    nothing_is_changed_by_reading(&ENGINE, &fixture, contents)
        .await
        .assert_none();
}

#[tokio::test]
async fn reading_stops_when_it_is_told_to() {
    let (_database, fixture) = everything(MongoDb::shared().await).await;
    reading_ends_when_told(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn only_commands_that_read_are_sent() {
    const READING: &[&str] = &[
        "hello",
        "buildInfo",
        "connectionStatus",
        "listDatabases",
        "listCollections",
        "listIndexes",
        "dbStats",
        "aggregate",
        "getMore",
        "killCursors",
        "find",
        "usersInfo",
        "rolesInfo",
        "endSessions",
    ];
    let (_database, fixture) = everything(MongoDb::shared_secured().await).await;
    let recorder = Recorder::new();
    fixture.read(&ENGINE, &recorder).await.expect("it is read");
    let statements = recorder.statements();
    assert!(
        statements.len() > 20,
        "each command is told: {statements:#?}"
    );
    for statement in statements {
        let command = statement
            .split_once(": {\"")
            .and_then(|(_, rest)| rest.split('"').next());
        let reads = command.is_some_and(|command| READING.contains(&command));
        let writes = ["$out", "$merge"]
            .iter()
            .any(|stage| statement.contains(stage));
        assert!(reads && !writes, "{statement} is more than reading");
    }
}

#[tokio::test]
async fn what_cannot_work_is_refused_in_time_and_with_its_type() {
    let server = MongoDb::shared_secured().await;
    let database = server.fresh_database().await;
    let account = database.account(vec!["read".into()]).await;
    let good = fixture_at(&database.url_as(&account), &database.name);
    let wrong = fixture_at(&database.url_with_wrong_password(&account), &database.name);
    let silent = Hostile::silent();
    let closing = Hostile::closing();
    let noise = Hostile::garbage();
    let closed = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let at = |port: u16| {
        good.target
            .clone()
            .with(field::HOST, "127.0.0.1")
            .with(field::PORT, port.to_string())
    };
    let plainly = |port: u16| {
        at(port)
            .with(field::TLS, "disable")
            .with(field::CA_FILE, "")
    };
    let named = |host: &str| good.target.clone().with(field::HOST, host);
    let sign_in = |error: &EngineError| {
        matches!(
            error,
            EngineError::SignInRefused {
                problem: SignInProblem::Password,
                ..
            }
        )
    };
    let no_password = |error: &EngineError| {
        matches!(
            error,
            EngineError::SignInRefused {
                problem: SignInProblem::PasswordMissing,
                ..
            }
        )
    };
    let unreachable = |error: &EngineError| matches!(error, EngineError::Unreachable { .. });
    let unknown = |error: &EngineError| matches!(error, EngineError::UnknownHost { .. });
    let timed_out = |error: &EngineError| matches!(error, EngineError::TimedOut { .. });
    let cancelled = |error: &EngineError| matches!(error, EngineError::Cancelled);
    let lost = |error: &EngineError| matches!(error, EngineError::ConnectionLost { .. });
    let not_this = |error: &EngineError| matches!(error, EngineError::NotThisProtocol { .. });
    let secret = || good.secret.clone();
    let soon = Duration::from_millis(400);
    let refusals = vec![
        Refusal::of("a wrong password", wrong.target, sign_in).with(wrong.secret),
        Refusal::of("no password", good.target.clone(), no_password),
        Refusal::of("a closed port", at(closed), unreachable).with(secret()),
        Refusal::of("an unknown host", named("no-such-host.invalid"), unknown).with(secret()),
        Refusal::of("a silent server", at(silent.port()), timed_out)
            .with(secret())
            .within(soon),
        Refusal::of("a server that closes", plainly(closing.port()), lost).with(secret()),
        Refusal::of("another protocol", plainly(noise.port()), not_this).with(secret()),
        Refusal::of("no time", good.target.clone(), timed_out)
            .with(secret())
            .within(Duration::ZERO),
        Refusal::of("stopped", at(silent.port()), cancelled)
            .with(secret())
            .cancelled(),
    ];
    refuses(&ENGINE, refusals).await.assert_none();
}
