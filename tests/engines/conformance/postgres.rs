//! The contract's checks on PostgreSQL, on the oldest and the newest server at hand.

use std::time::Duration;

use db_studio_tests::hostile::Hostile;
use db_studio_tests::{Build, FreshDatabase, Postgres};
use engine::conformance::{
    Fixture, Recorder, Refusal, a_part_equals_that_part_of_the_whole, definitions_are_there,
    facts_agree, holds_what_is_declared, nothing_is_changed_by_reading, opening_tells_its_stages,
    reading_ends_when_told, reading_twice_gives_the_same, refuses, statements_do_not_grow,
    the_database_is_listed,
};
use engine::{Engine, EngineError, SignInProblem, url};
use engine_postgres::ENGINE;
use model::connection::field;
use services::REGISTRY;
use sqlx::Connection;

/// What servers before 18 cannot show.
const ABSENT_ON_15: &[&str] = &[
    "primary_key.period",
    "unique.period",
    "foreign_key.period",
    "foreign_key.not_enforced",
    "check.not_enforced",
    "exclusion.inherited",
    "column.not_null_constraint",
    "publication.generated_columns",
    "collation.rules",
];

/// What the newest build, which is made without ICU, cannot show.
const ABSENT_ON_18: &[&str] = &["collation.rules", "collation.not_deterministic"];

/// A role with all that a role can have, made for one test.
const ROLE: &str = "CREATE ROLE {role}_group NOLOGIN NOINHERIT;
    CREATE ROLE {role} LOGIN CREATEROLE CREATEDB REPLICATION BYPASSRLS CONNECTION LIMIT 3
        VALID UNTIL '2099-01-01' IN ROLE {role}_group;
    COMMENT ON ROLE {role} IS 'Everything';
    ALTER TABLESPACE {space} SET (seq_page_cost = 2);
    GRANT CREATE ON TABLESPACE {space} TO pg_monitor;
    CREATE SUBSCRIPTION taken_in CONNECTION 'host=publisher.invalid password=canary-conninfo'
        PUBLICATION everything_out WITH (connect = false, slot_name = 'taken');
    COMMENT ON SUBSCRIPTION taken_in IS 'From the shops'";

/// What must go before the database and its roles can.
const GOES: &str = "ALTER SUBSCRIPTION taken_in DISABLE;
    ALTER SUBSCRIPTION taken_in SET (slot_name = NONE);
    DROP SUBSCRIPTION taken_in;
    DROP ROLE {role};
    DROP ROLE {role}_group";

fn fixture_at(url: &str, database: &str) -> Fixture {
    let parsed = url::parse(&REGISTRY, url).expect("the support's URL");
    Fixture {
        target: parsed.target,
        secret: parsed.secret,
        database: database.to_owned(),
    }
}

fn fixture(database: &FreshDatabase) -> Fixture {
    fixture_at(&database.url, &database.name)
}

async fn everything(server: &Postgres) -> (FreshDatabase, Fixture) {
    let database = server.fresh_database(&super::everything("postgres")).await;
    let fixture = fixture(&database);
    (database, fixture)
}

/// Tables with a bit of everything that could be asked for table by table.
async fn many(server: &Postgres, tables: usize) -> FreshDatabase {
    let sql: String = (0..tables)
        .map(|n| {
            format!(
                "CREATE TABLE t{n} (a int PRIMARY KEY, b text UNIQUE DEFAULT 'x', \
                 c int REFERENCES t0 (a), CHECK (c > 0));
                 CREATE INDEX i{n} ON t{n} (b, lower(b)) WHERE c > 1;
                 CREATE VIEW v{n} AS SELECT a, b FROM t{n};
                 COMMENT ON COLUMN t{n}.b IS 'b of {n}';"
            )
        })
        .collect();
    server.fresh_database(&sql).await
}

/// The rows of the catalogue and who last wrote each: any statement that makes,
/// changes or drops an object shows in it.
async fn contents(database: &FreshDatabase) -> String {
    let mut superuser = database.connect().await;
    let catalogue = "SELECT md5(string_agg(row, '|' ORDER BY row)) FROM (
            SELECT 'class' || oid || relname || relfilenode || xmin::text AS row FROM pg_class
            UNION ALL SELECT 'namespace' || oid || xmin::text FROM pg_namespace
            UNION ALL SELECT 'proc' || oid || xmin::text FROM pg_proc
            UNION ALL SELECT 'constraint' || oid || xmin::text FROM pg_constraint
            UNION ALL SELECT 'type' || oid || xmin::text FROM pg_type
        ) AS rows";
    let digest: String = sqlx::query_scalar(catalogue)
        .fetch_one(&mut superuser)
        .await
        .unwrap();
    superuser.close().await.unwrap();
    digest
}

/// The fixture in a tablespace of its own, with objects that lie elsewhere.
async fn everything_everywhere(server: &Postgres) -> (FreshDatabase, Fixture) {
    let database = server.fresh_database("").await;
    let name = &database.name;
    let mut superuser = server.superuser("postgres").await;
    for statement in [
        "SET allow_in_place_tablespaces = on".to_owned(),
        format!("CREATE TABLESPACE {name}_space LOCATION ''"),
        format!("ALTER DATABASE {name} SET TABLESPACE {name}_space"),
    ] {
        let done = sqlx::raw_sql(sqlx::AssertSqlSafe(statement))
            .execute(&mut superuser)
            .await;
        done.expect("the superuser may do it");
    }
    superuser.close().await.unwrap();
    database.execute(&super::everything("postgres")).await;
    let elsewhere = "CREATE TABLE elsewhere (a int) TABLESPACE pg_default;
        CREATE INDEX elsewhere_a ON elsewhere (a) TABLESPACE pg_default;
        CREATE MATERIALIZED VIEW elsewhere_too TABLESPACE pg_default AS SELECT 1 AS a;";
    database.execute(elsewhere).await;
    let fixture = fixture(&database);
    (database, fixture)
}

#[tokio::test]
async fn every_declared_kind_and_fact_is_read() {
    let absent = [ABSENT_ON_15, ABSENT_ON_18];
    for (server, absent) in Postgres::every().await.into_iter().zip(absent) {
        let (database, fixture) = everything_everywhere(server).await;
        let named = |statements: &str| {
            let role = format!("{}_role", database.name);
            let space = format!("{}_space", database.name);
            statements
                .replace("{role}", &role)
                .replace("{space}", &space)
        };
        for statement in named(ROLE).split(";\n") {
            database.execute(statement).await;
        }
        let snapshot = fixture.read(&ENGINE, &Recorder::new()).await;
        for statement in named(GOES).split(";\n") {
            database.execute(statement).await;
        }
        let snapshot = snapshot.expect("it is read");
        let everything = serde_json::to_string(&snapshot).expect("it is JSON");
        assert!(
            !everything.contains("canary"),
            "no secret of a foreign server, mapping or subscription is read"
        );
        holds_what_is_declared(ENGINE.descriptor(), &snapshot, absent).assert_none();
        facts_agree(&snapshot).assert_none();
    }
}

#[tokio::test]
async fn stages_are_told_in_order() {
    for server in Postgres::every().await {
        let database = server.fresh_database("").await;
        opening_tells_its_stages(&ENGINE, &fixture(&database))
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn two_readings_are_equal() {
    // Other tests make roles on the shared server, which belong to all of it.
    let server = Postgres::private(Build::Debian).await;
    let (_database, fixture) = everything(&server).await;
    reading_twice_gives_the_same(&ENGINE, &fixture)
        .await
        .assert_none();
}

#[tokio::test]
async fn a_part_reads_as_in_the_whole() {
    for server in Postgres::every().await {
        let (_database, fixture) = everything(server).await;
        a_part_equals_that_part_of_the_whole(&ENGINE, &fixture)
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn the_list_names_the_database() {
    let database = Postgres::shared().await.fresh_database("").await;
    the_database_is_listed(&ENGINE, &fixture(&database))
        .await
        .assert_none();
}

#[tokio::test]
async fn definitions_are_given_for_the_kinds_that_promise_them() {
    let (_database, fixture) = everything(Postgres::shared().await).await;
    definitions_are_there(&ENGINE, &fixture).await.assert_none();
}

#[tokio::test]
async fn reading_changes_nothing_in_the_catalogue() {
    let (database, fixture) = everything(Postgres::shared().await).await;
    let contents = || contents(&database);
    nothing_is_changed_by_reading(&ENGINE, &fixture, contents)
        .await
        .assert_none();
}

#[tokio::test]
async fn more_tables_take_no_more_statements() {
    let server = Postgres::shared().await;
    let (small, large) = (many(server, 3).await, many(server, 150).await);
    statements_do_not_grow(&ENGINE, &fixture(&small), &fixture(&large))
        .await
        .assert_none();
}

#[tokio::test]
async fn reading_stops_when_it_is_told_to() {
    let database = many(Postgres::shared().await, 150).await;
    reading_ends_when_told(&ENGINE, &fixture(&database))
        .await
        .assert_none();
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_in_time_and_with_its_type() {
    let database = Postgres::shared().await.fresh_database("").await;
    let role = database.role("").await;
    let good = fixture_at(&database.url_as(&role), &database.name);
    let wrong = fixture_at(&database.url_with_wrong_password(&role), &database.name);
    let (silent, closing, noise) = (Hostile::silent(), Hostile::closing(), Hostile::garbage());
    let closed = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let at = |port: u16| {
        let target = good.target.clone();
        target
            .with(field::HOST, "127.0.0.1")
            .with(field::PORT, port.to_string())
    };
    let named = |host: &str| good.target.clone().with(field::HOST, host);
    let other = good
        .target
        .clone()
        .with(field::DATABASE, "no such database");
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
    let no_database = |error: &EngineError| matches!(error, EngineError::NoSuchDatabase { .. });
    let timed_out = |error: &EngineError| matches!(error, EngineError::TimedOut { .. });
    let cancelled = |error: &EngineError| matches!(error, EngineError::Cancelled);
    let lost = |error: &EngineError| matches!(error, EngineError::ConnectionLost { .. });
    let not_this = |error: &EngineError| matches!(error, EngineError::NotThisProtocol { .. });
    let soon = Duration::from_millis(400);
    let secret = || good.secret.clone();
    let refusals = vec![
        Refusal::of("a wrong password", wrong.target, sign_in).with(wrong.secret),
        Refusal::of("no password", good.target.clone(), no_password),
        Refusal::of("a closed port", at(closed), unreachable).with(secret()),
        Refusal::of("an unknown host", named("no-such-host.invalid"), unknown).with(secret()),
        Refusal::of("a missing socket", named("/no/such/folder"), unreachable).with(secret()),
        Refusal::of("a missing database", other, no_database).with(secret()),
        Refusal::of("a silent server", at(silent.port()), timed_out)
            .with(secret())
            .within(soon),
        Refusal::of("a server that closes", at(closing.port()), lost).with(secret()),
        Refusal::of("another protocol", at(noise.port()), not_this).with(secret()),
        Refusal::of("no time", good.target.clone(), timed_out)
            .with(secret())
            .within(Duration::ZERO),
        Refusal::of("stopped", at(silent.port()), cancelled)
            .with(secret())
            .cancelled(),
    ];
    refuses(&ENGINE, refusals).await.assert_none();
}
