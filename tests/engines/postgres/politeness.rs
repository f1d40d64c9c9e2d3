//! What a session does to its server: nothing that lasts, and nothing that others wait for.

use std::sync::Arc;
use std::time::Duration;

use db_studio_tests::proxy::Proxy;
use db_studio_tests::{FreshDatabase, Postgres};
use engine::{EngineError, InspectScope, Observer, OpContext, Progress};
use model::connection::field;
use model::{SnapshotBuilder, StageReport};
use sqlx::{AssertSqlSafe, Connection};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::{ENGINE, EVERYTHING, PATIENCE, cx, inspect, open, parsed, read_fresh};
use engine::Engine;

/// The sessions of db-studio in a database, as the server lists them.
async fn sessions(database: &FreshDatabase, condition: &str) -> i64 {
    database
        .count(&format!(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}' \
             AND application_name = 'db-studio' AND {condition}",
            database.name
        ))
        .await
}

/// What the engine sends before anything else.
const SETTINGS: &str =
    include_str!("../../../src-tauri/engines/postgres/src/sql/local_settings.sql");

#[tokio::test]
async fn the_server_itself_refuses_writes_in_a_session() {
    let database = Postgres::shared()
        .await
        .fresh_database("CREATE TABLE t (n integer); CREATE SEQUENCE s")
        .await;
    let mut session = open(&database.url).await;
    let server = session.server(&cx()).await.expect("the server");
    assert!(server.read_only, "the server says that it is so");
    let read_only = database
        .count(&format!(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = '{}' \
             AND application_name = 'db-studio'",
            database.name
        ))
        .await;
    assert_eq!(read_only, 1, "it is one session, known by its name");
    // A session lets nobody send statements, so the settings that each transaction has
    // behind a pooler are tried by hand; the session's own are the same.
    let settings = SETTINGS
        .replace("{statement_timeout}", "1000")
        .replace("{lock_timeout}", "1000")
        .replace("{idle_timeout}", "1000");
    let mut same = database.connect().await;
    for write in [
        "INSERT INTO public.t VALUES (1)",
        "CREATE TABLE public.u (n integer)",
        "SELECT nextval('public.s')",
        "COMMENT ON TABLE public.t IS 'x'",
        "GRANT SELECT ON public.t TO PUBLIC",
        "DROP TABLE public.t",
    ] {
        let batch = AssertSqlSafe(format!("{settings};\n{write}"));
        let error = sqlx::raw_sql(batch).execute(&mut same).await.unwrap_err();
        let code = error.as_database_error().and_then(|said| said.code());
        assert_eq!(
            code.as_deref(),
            Some("25006"),
            "{write} is a write in a read-only session: {error}"
        );
    }
}

#[tokio::test]
async fn nothing_stays_open_after_reading() {
    let database = Postgres::shared().await.fresh_database(EVERYTHING).await;
    let mut session = open(&database.url).await;
    inspect(session.as_mut(), &InspectScope::database(&database.name)).await;
    assert_eq!(
        sessions(&database, "state = 'idle'").await,
        1,
        "one session, known by its name, without a transaction"
    );
    drop(session);
    let gone = async { while sessions(&database, "true").await > 0 {} };
    tokio::time::timeout(PATIENCE, gone)
        .await
        .expect("the session ends with its value");
}

#[tokio::test]
async fn a_role_with_settings_of_its_own_reads_the_same() {
    let database = Postgres::shared().await.fresh_database(EVERYTHING).await;
    let role = database
        .role(
            "ALTER ROLE {role} SET search_path = sales, crm, pg_catalog;
             ALTER ROLE {role} SET quote_all_identifiers = on;
             ALTER ROLE {role} SET default_transaction_read_only = off;
             ALTER ROLE {role} SET statement_timeout = 1;
             ALTER ROLE {role} SET DateStyle = 'German';
             ALTER ROLE {role} SET IntervalStyle = 'iso_8601';
             ALTER ROLE {role} SET bytea_output = 'escape';
             ALTER ROLE {role} SET TimeZone = 'Asia/Tokyo';",
        )
        .await;
    let theirs = super::read(&database.url_as(&role), &database.name).await;
    // What a mapping holds is shown to those alone whom it is for.
    let shown = |snapshot: &model::Snapshot| -> Vec<String> {
        let outline = snapshot.outline();
        let mapping = |line: &&str| line.trim_start().starts_with("user_mapping");
        let lines = outline.lines().filter(|line| !mapping(line));
        lines.map(str::to_owned).collect()
    };
    assert_eq!(
        shown(&theirs),
        shown(&read_fresh(&database).await),
        "names and types are spelled alike for everybody"
    );
}

#[tokio::test]
async fn what_somebody_has_locked_is_left_out_and_told() {
    for server in Postgres::every().await {
        let database = server
            .fresh_database(
                "CREATE TABLE locked (n integer DEFAULT 1 CHECK (n > 0), m integer);
                 CREATE INDEX ON locked ((n + 1)) WHERE m > 2;
                 CREATE VIEW on_it AS SELECT n FROM locked;
                 CREATE VIEW on_that AS SELECT n FROM on_it;
                 CREATE TABLE free (n integer DEFAULT 1 PRIMARY KEY, m integer);
                 CREATE VIEW on_free AS SELECT n FROM free;",
            )
            .await;
        let mut owner = database.connect().await;
        let mut transaction = owner.begin().await.unwrap();
        sqlx::raw_sql("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE")
            .execute(&mut *transaction)
            .await
            .unwrap();
        let mut session = open(&database.url).await;
        let scope = InspectScope::database(&database.name);
        let snapshot = inspect(session.as_mut(), &scope).await;
        let read: Vec<_> = snapshot
            .all()
            .filter(|walker| walker.kind().is_relation())
            .map(|walker| walker.name().to_owned())
            .collect();
        assert_eq!(read, ["free", "on_free"], "what nobody changes is read");
        let mut told: Vec<_> = snapshot
            .warnings()
            .iter()
            .map(|warning| {
                assert!(warning.unseen, "it is unknown, not gone: {warning:?}");
                warning.object.to_string()
            })
            .collect();
        told.sort();
        let place = |name: &str| format!("{}.public.{name}", database.name);
        assert_eq!(
            told,
            [place("locked"), place("on_it"), place("on_that")],
            "the server spells these out only under a lock"
        );
        transaction.rollback().await.unwrap();
        let whole = inspect(session.as_mut(), &scope).await;
        assert!(
            whole.warnings().is_empty() && whole.nodes().len() > snapshot.nodes().len(),
            "the session goes on and reads all once the lock is gone"
        );
    }
}

/// Tells when reading has begun.
struct Begun(Notify);

impl Observer for Begun {
    fn stage(&self, _: StageReport) {}
    fn progress(&self, _: Progress) {}
    fn statement(&self, text: &str) {
        if text.contains("pg_get_viewdef") {
            self.0.notify_one();
        }
    }
}

#[tokio::test]
async fn stopping_a_read_stops_it_on_the_server_too() {
    let database = Postgres::shared()
        .await
        .fresh_database("CREATE TABLE locked (n integer); CREATE VIEW v AS SELECT n FROM locked")
        .await;
    let mut owner = database.connect().await;
    let mut transaction = owner.begin().await.unwrap();
    sqlx::raw_sql("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE")
        .execute(&mut *transaction)
        .await
        .unwrap();
    let mut session = open(&database.url).await;
    let (begun, stop) = (Arc::new(Begun(Notify::new())), CancellationToken::new());
    let watched = OpContext::lasting(PATIENCE)
        .observed(begun.clone())
        .cancelled_by(stop.clone());
    let mut out = SnapshotBuilder::default();
    let scope = InspectScope::database(&database.name);
    let stopping = async {
        begun.0.notified().await;
        // The statement waits for the lock that is held; the list says when.
        while sessions(&database, "wait_event_type = 'Lock'").await == 0 {}
        stop.cancel();
    };
    let (ended, ()) = tokio::join!(session.inspect(&scope, &mut out, &watched), stopping);
    assert!(
        matches!(ended, Err(EngineError::Cancelled)),
        "it ends as stopped: {ended:?}"
    );
    let gone = async { while sessions(&database, "wait_event_type = 'Lock'").await > 0 {} };
    tokio::time::timeout(Duration::from_secs(2), gone)
        .await
        .expect("the server's statement ends before its own lock timeout would end it");
    let again = session.inspect(&scope, &mut out, &cx()).await;
    assert!(
        matches!(again, Err(EngineError::ConnectionLost { .. })),
        "a session that was given up half way is not used again: {again:?}"
    );
    transaction.rollback().await.unwrap();
}

#[tokio::test]
async fn the_servers_own_clock_ends_a_statement() {
    let database = Postgres::shared()
        .await
        .fresh_database("CREATE TABLE locked (n integer); CREATE VIEW v AS SELECT n FROM locked")
        .await;
    let mut owner = database.connect().await;
    let mut transaction = owner.begin().await.unwrap();
    sqlx::raw_sql("LOCK TABLE locked IN ACCESS EXCLUSIVE MODE")
        .execute(&mut *transaction)
        .await
        .unwrap();
    let (target, secret) = parsed(&database.url);
    let target = target.with(field::STATEMENT_TIMEOUT, "1");
    let mut session = ENGINE.open(&target, secret.as_ref(), &cx()).await.unwrap();
    let mut out = SnapshotBuilder::default();
    let scope = InspectScope::database(&database.name);
    let error = session.inspect(&scope, &mut out, &cx()).await;
    assert!(
        matches!(&error, Err(EngineError::TimedOut { after, .. }) if *after == Duration::from_secs(1)),
        "the limit is the target's: {error:?}"
    );
    transaction.rollback().await.unwrap();
}

#[tokio::test]
async fn a_link_that_is_cut_while_reading_is_told_as_lost() {
    let server = Postgres::shared().await;
    let database = server.fresh_database(EVERYTHING).await;
    let proxy = Proxy::to(server.host(), server.port());
    let (target, secret) = parsed(&database.url);
    let target = target
        .with(field::HOST, "127.0.0.1")
        .with(field::PORT, proxy.port().to_string());
    let mut session = ENGINE.open(&target, secret.as_ref(), &cx()).await.unwrap();
    proxy.cut_after(proxy.answered_bytes() + 4_000);
    let mut out = SnapshotBuilder::default();
    let scope = InspectScope::database(&database.name);
    let error = session.inspect(&scope, &mut out, &cx()).await;
    assert!(
        matches!(error, Err(EngineError::ConnectionLost { .. })),
        "cut in the middle of an answer: {error:?}"
    );
    assert!(out.finish().nodes().is_empty(), "half a read is no read");
}

#[tokio::test]
async fn a_database_is_read_in_few_round_trips() {
    let server = Postgres::shared().await;
    let database = server.fresh_database(EVERYTHING).await;
    let proxy = Proxy::to(server.host(), server.port());
    let (target, secret) = parsed(&database.url);
    let target = target
        .with(field::HOST, "127.0.0.1")
        .with(field::PORT, proxy.port().to_string())
        .with(field::TLS, "disable");
    let mut session = ENGINE.open(&target, secret.as_ref(), &cx()).await.unwrap();
    let before = proxy.round_trips();
    inspect(session.as_mut(), &InspectScope::database(&database.name)).await;
    let trips = proxy.round_trips() - before;
    assert!(trips <= 4, "three questions and their answers, not {trips}");
}

#[tokio::test]
async fn a_test_takes_as_many_round_trips_as_signing_in_and_two_questions() {
    let server = Postgres::shared().await;
    let database = server.fresh_database(EVERYTHING).await;
    let proxy = Proxy::to(server.host(), server.port());
    let (target, secret) = parsed(&database.url);
    let target = target
        .with(field::HOST, "127.0.0.1")
        .with(field::PORT, proxy.port().to_string())
        .with(field::TLS, "disable");
    let mut session = ENGINE.open(&target, secret.as_ref(), &cx()).await.unwrap();
    assert_eq!(
        proxy.round_trips(),
        4,
        "the method of signing in, its challenge, its proof, and what the session is"
    );
    session.server(&cx()).await.expect("the server");
    session.privileges(&cx()).await.expect("the privileges");
    assert_eq!(proxy.round_trips(), 5, "what may be seen is one question");
}

#[tokio::test]
async fn tables_that_come_and_go_meanwhile_tear_no_read() {
    let database = Postgres::shared().await.fresh_database(EVERYTHING).await;
    let stop = CancellationToken::new();
    let mut owner = database.connect().await;
    let restless = async {
        let mut made = 0_u32;
        while !stop.is_cancelled() {
            sqlx::raw_sql(
                "CREATE TABLE passing (n integer DEFAULT 1 CHECK (n > 0));
                 CREATE INDEX ON passing ((n + 1)) WHERE n > 2;
                 CREATE VIEW passing_view AS SELECT n FROM passing;",
            )
            .execute(&mut owner)
            .await
            .unwrap();
            sqlx::raw_sql("DROP TABLE passing CASCADE")
                .execute(&mut owner)
                .await
                .unwrap();
            made += 1;
        }
        made
    };
    let reading = async {
        let mut session = open(&database.url).await;
        for _ in 0..25 {
            let snapshot = inspect(session.as_mut(), &InspectScope::database(&database.name)).await;
            if snapshot.warnings().is_empty() {
                let orders = super::relation(&snapshot, "sales", "orders");
                assert_eq!(
                    orders.children_of(model::ObjectKind::Column).count(),
                    13,
                    "what stays is read whole"
                );
            } else {
                assert!(
                    snapshot.warnings().iter().all(|warning| warning.unseen),
                    "a torn read leaves the rest unseen, not gone: {:?}",
                    snapshot.warnings()
                );
            }
        }
        stop.cancel();
    };
    let (made, ()) = tokio::join!(restless, reading);
    assert!(made > 0, "tables did come and go");
}
