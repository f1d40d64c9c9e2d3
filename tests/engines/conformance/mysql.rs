//! The contract's checks on MariaDB and MySQL.

use std::time::Duration;

use db_studio_tests::MySql;
use db_studio_tests::hostile::{Act, Hostile};
use db_studio_tests::mysql::{FreshDatabase, SignIn, Variant};
use engine::conformance::{
    Fixture, Recorder, Refusal, a_part_equals_that_part_of_the_whole, definitions_are_there,
    facts_agree, holds_what_is_declared, nothing_is_changed_by_reading, opening_tells_its_stages,
    reading_ends_when_told, reading_twice_gives_the_same, refuses, statements_do_not_grow,
    the_database_is_listed,
};
use engine::{Engine, EngineError, SignInProblem, url};
use engine_mysql::ENGINE;
use model::connection::field;
use services::REGISTRY;

const VARIANTS: [Variant; 2] = [Variant::MariaDb, Variant::MySql];

/// What neither server can show: another language needs a component that is sold.
const ABSENT: &[&str] = &["function.language", "procedure.language"];

/// What MariaDB cannot show.
const ABSENT_ON_MARIADB: &[&str] = &["database.encrypted", "column.srid", "check.not_enforced"];

/// What MySQL cannot show.
const ABSENT_ON_MYSQL: &[&str] = &[
    "sequence",
    "aggregate",
    "table.system_versioned",
    "view.algorithm",
    "column.system_time",
    "column.unversioned",
    "check.of_column",
];

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

/// The SQL that makes the fixture on one of the products.
fn everything_on(variant: Variant) -> String {
    let own = match variant {
        Variant::MariaDb => include_str!("../../fixtures/mysql/mariadb.sql"),
        Variant::MySql => include_str!("../../fixtures/mysql/mysql.sql"),
    };
    format!("{}\n{own}", super::everything("mysql"))
}

async fn everything(server: &MySql) -> (FreshDatabase, Fixture) {
    let database = server
        .fresh_database(&everything_on(server.variant()))
        .await;
    let fixture = fixture(&database);
    (database, fixture)
}

/// Tables with a bit of everything that could be asked for table by table.
async fn many(server: &MySql, tables: usize) -> FreshDatabase {
    let sequences = server.variant() == Variant::MariaDb;
    let sql: String = (0..tables)
        .map(|n| {
            let sequence = if sequences {
                format!("CREATE SEQUENCE s{n};")
            } else {
                String::new()
            };
            format!(
                "CREATE TABLE t{n} (a int PRIMARY KEY, b varchar(20) UNIQUE DEFAULT 'x', c int,
                     FOREIGN KEY (c) REFERENCES t0 (a), KEY i{n} (b(3), c DESC), CHECK (c > 0));
                 CREATE TABLE p{n} (a int) PARTITION BY HASH (a) PARTITIONS 2;
                 CREATE VIEW v{n} AS SELECT a, b FROM t{n};
                 CREATE TRIGGER g{n} BEFORE INSERT ON t{n} FOR EACH ROW SET NEW.c = 1;
                 CREATE PROCEDURE r{n}(x int) SELECT 1;
                 CREATE EVENT e{n} ON SCHEDULE EVERY 1 DAY DISABLE DO SET @x = 1;
                 {sequence}"
            )
        })
        .collect();
    server.fresh_database(&sql).await
}

/// What the server keeps of the database, as its catalogue tells it.
async fn contents(database: &FreshDatabase) -> String {
    let name = &database.name;
    let rows = format!(
        "SELECT CONCAT_WS(',', 'table', table_name, table_type, create_time, update_time,
                    table_rows, auto_increment) AS line
             FROM information_schema.tables WHERE table_schema = '{name}'
         UNION ALL SELECT CONCAT_WS(',', 'column', table_name, column_name, column_type)
             FROM information_schema.columns WHERE table_schema = '{name}'
         UNION ALL SELECT CONCAT_WS(',', 'routine', routine_name, last_altered)
             FROM information_schema.routines WHERE routine_schema = '{name}'
         UNION ALL SELECT CONCAT_WS(',', 'event', event_name, status, last_altered, last_executed)
             FROM information_schema.events WHERE event_schema = '{name}'
         UNION ALL SELECT CONCAT_WS(',', 'trigger', trigger_name, created)
             FROM information_schema.triggers WHERE trigger_schema = '{name}'"
    );
    let digest = format!("SELECT COALESCE(SUM(CRC32(line)), 0) FROM ({rows}) AS told");
    database.text(&digest).await
}

#[tokio::test]
async fn every_declared_kind_and_fact_is_read() {
    for variant in VARIANTS {
        let server = MySql::shared(variant).await;
        let (database, fixture) = everything(server).await;
        let name = &database.name;
        database
            .account(&format!(
                "GRANT SELECT ON {name}.* TO {{account}};
                 GRANT INSERT, SELECT (email) ON {name}.customers TO {{account}};
                 GRANT SELECT ON {name}.paid_customers TO {{account}} WITH GRANT OPTION;
                 GRANT PROCESS ON *.* TO {{account}};
                 CREATE ROLE {name}_readers; GRANT {name}_readers TO {{account}};
                 ALTER USER {{account}} ACCOUNT LOCK PASSWORD EXPIRE;"
            ))
            .await;
        if variant == Variant::MariaDb {
            let on_sequence = format!("GRANT SELECT ON {name}.tickets TO {{account}}");
            database.account(&on_sequence).await;
        }
        database
            .execute(&format!(
                "CREATE SERVER {name}_far FOREIGN DATA WRAPPER mysql OPTIONS (HOST 'far.example',
                     PORT 3307, DATABASE 'there', USER 'ann', PASSWORD 'not-to-be-told', OWNER 'bob');
                 CREATE SERVER {name}_near FOREIGN DATA WRAPPER mysql
                     OPTIONS (SOCKET '/run/near.sock', DATABASE 'here')"
            ))
            .await;
        let _tls_only = database.account_by(SignIn::TlsOnly, "").await;
        let snapshot = fixture.read(&ENGINE, &Recorder::new()).await;
        database
            .execute(&format!(
                "DROP ROLE {name}_readers; DROP SERVER {name}_far; DROP SERVER {name}_near"
            ))
            .await;
        let snapshot = snapshot.expect("it is read");
        let told = format!("{snapshot:?}");
        assert!(
            !told.contains("not-to-be-told"),
            "no password of a foreign server is told"
        );
        let absent = match variant {
            Variant::MariaDb => ABSENT_ON_MARIADB,
            Variant::MySql => ABSENT_ON_MYSQL,
        };
        let absent = [ABSENT, absent].concat();
        holds_what_is_declared(ENGINE.descriptor(), &snapshot, &absent).assert_none();
        facts_agree(&snapshot).assert_none();
    }
}

#[tokio::test]
async fn stages_are_told_in_order() {
    for server in MySql::every().await {
        let database = server.fresh_database("").await;
        opening_tells_its_stages(&ENGINE, &fixture(&database))
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn two_readings_are_equal() {
    for variant in VARIANTS {
        // A server of its own: others make users on the shared ones meanwhile.
        let server = MySql::private(variant).await;
        let (_database, fixture) = everything(&server).await;
        reading_twice_gives_the_same(&ENGINE, &fixture)
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn a_part_reads_as_in_the_whole() {
    for server in MySql::every().await {
        let (_database, fixture) = everything(server).await;
        a_part_equals_that_part_of_the_whole(&ENGINE, &fixture)
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn the_list_names_the_database() {
    for server in MySql::every().await {
        let database = server.fresh_database("").await;
        the_database_is_listed(&ENGINE, &fixture(&database))
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn definitions_are_given_for_the_kinds_that_promise_them() {
    for server in MySql::every().await {
        let (_database, fixture) = everything(server).await;
        definitions_are_there(&ENGINE, &fixture).await.assert_none();
    }
}

#[tokio::test]
async fn reading_changes_nothing_in_the_catalogue() {
    for server in MySql::every().await {
        let (database, fixture) = everything(server).await;
        let contents = || contents(&database);
        nothing_is_changed_by_reading(&ENGINE, &fixture, contents)
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn more_tables_take_no_more_statements() {
    for server in MySql::every().await {
        let (small, large) = (many(server, 3).await, many(server, 60).await);
        statements_do_not_grow(&ENGINE, &fixture(&small), &fixture(&large))
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn reading_stops_when_it_is_told_to() {
    for server in MySql::every().await {
        let database = many(server, 30).await;
        reading_ends_when_told(&ENGINE, &fixture(&database))
            .await
            .assert_none();
    }
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_in_time_and_with_its_type() {
    for server in MySql::every().await {
        refuses(&ENGINE, refusals(server).await).await.assert_none();
    }
}

async fn refusals(server: &MySql) -> Vec<Refusal> {
    let database = server.fresh_database("").await;
    let account = database
        .account("GRANT SELECT ON {database}.* TO {account}")
        .await;
    let good = fixture_at(&database.url_as(&account), &database.name);
    let wrong = fixture_at(&database.url_with_wrong_password(&account), &database.name);
    let (silent, closing) = (Hostile::silent(), Hostile::closing());
    let noise = Hostile::playing(vec![
        Act::Say(b"SSH-2.0-OpenSSH_9.2\r\n".to_vec()),
        Act::Hang,
    ]);
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
    // Who has no right on a database is not told whether it exists.
    let no_database = |error: &EngineError| {
        matches!(
            error,
            EngineError::NotAllowed { grant: Some(_), .. } | EngineError::NoSuchDatabase { .. }
        )
    };
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
        Refusal::of("a missing socket", named("/no/such/socket"), unreachable).with(secret()),
        Refusal::of("a missing database", other, no_database).with(secret()),
        Refusal::of("a silent server", at(silent.port()), timed_out)
            .with(secret())
            .within(soon),
        Refusal::of("a server that closes", at(closing.port()), lost).with(secret()),
        Refusal::of("another protocol", at(noise.port()), not_this)
            .with(secret())
            .within(soon),
        Refusal::of("no time", good.target.clone(), timed_out)
            .with(secret())
            .within(Duration::ZERO),
        Refusal::of("stopped", at(silent.port()), cancelled)
            .with(secret())
            .cancelled(),
    ];
    // The servers must outlive the checks, which end with the test.
    std::mem::forget((database, silent, closing, noise));
    refusals
}
