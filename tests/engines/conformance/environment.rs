//! Variables and files of the environment reach no server: one server's
//! password must never go to another.
//!
//! A process cannot safely change its own environment, so each test runs
//! itself again as a child whose environment is hostile.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use db_studio_tests::Postgres;
use engine::conformance::{Fixture, Recorder};
use engine::{Engine, EngineError, url};
use engine_postgres::ENGINE;
use model::Target;
use model::connection::field;
use services::REGISTRY;

/// Set in the child: the URL of its database with the right password.
const CHILD: &str = "DB_STUDIO_TEST_HOSTILE_CHILD";

const NAME: &str = "environment::nothing_of_the_environment_reaches_a_server";

#[tokio::test]
async fn nothing_of_the_environment_reaches_a_server() {
    if let Ok(url) = std::env::var(CHILD) {
        return in_a_hostile_environment(&url).await;
    }
    let server = Postgres::shared().await;
    let database = server.fresh_database("").await;
    let role = database.role("").await;
    let (port, folder) = (server.port().to_string(), tempfile::tempdir().unwrap());
    let files = [
        (".pgpass", format!("*:*:*:*:{}\n", role.password)),
        (
            ".pg_service.conf",
            format!("[bad]\nhost=192.0.2.1\npassword={}\n", role.password),
        ),
    ];
    for (name, text) in &files {
        fs::write(folder.path().join(name), text).unwrap();
        let owner_only = fs::Permissions::from_mode(0o600);
        fs::set_permissions(folder.path().join(name), owner_only).unwrap();
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", NAME, "--nocapture"]);
    child
        .env(CHILD, database.url_as(&role))
        .env("HOME", folder.path());
    // What would fill in for a connection that lacks something …
    child
        .env("PGHOST", "no-such-host.invalid")
        .env("PGPORT", &port)
        .env("PGUSER", &role.name);
    child
        .env("PGHOSTADDR", "192.0.2.1")
        .env("PGPASSWORD", &role.password);
    child
        .env("PGPASSFILE", folder.path().join(".pgpass"))
        .env("PGDATABASE", &database.name);
    child.env("PGSSLROOTCERT", server.authority_file());
    // … and what would spoil one that lacks nothing.
    child.env("PGAPPNAME", "somebody else");
    child
        .env("PGSSLMODE", "nonsense")
        .env("PGSERVICE", "bad")
        .env("PGCONNECT_TIMEOUT", "1");
    child.env("PGSERVICEFILE", folder.path().join(".pg_service.conf"));
    succeeds(child);
}

#[tokio::test]
async fn what_the_driver_cannot_be_kept_from_reading_is_refused_by_name() {
    const NAME: &str =
        "environment::what_the_driver_cannot_be_kept_from_reading_is_refused_by_name";
    if let Ok(url) = std::env::var(CHILD) {
        let parsed = url::parse(&REGISTRY, &url).unwrap();
        let fixture = Fixture {
            target: parsed.target,
            secret: parsed.secret,
            database: String::new(),
        };
        let opened = fixture.open(&ENGINE, &Recorder::new()).await;
        let error = opened.err().expect("it is refused");
        let EngineError::InvalidTarget { message, hint, .. } = &error else {
            panic!("the reason is the environment, not {error:?}");
        };
        let named = message.contains("PG") && hint.contains("PG");
        assert!(named, "the variable is named: {message}");
        return;
    }
    let database = Postgres::shared().await.fresh_database("").await;
    for (name, value) in [
        ("PGOPTIONS", "-c default_transaction_read_only=off"),
        ("PGSSLCERT", "/no/such/certificate"),
        ("PGSSLKEY", "/no/such/key"),
    ] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", NAME, "--nocapture"]);
        child.env(CHILD, &database.url).env(name, value);
        succeeds(child);
    }
}

fn succeeds(mut child: Command) {
    let output = child.output().unwrap();
    let told = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the child found something: {told}");
    assert!(
        told.contains("1 passed"),
        "the child ran this very test: {told}"
    );
}

async fn in_a_hostile_environment(url: &str) {
    let parsed = url::parse(&REGISTRY, url).unwrap();
    let (target, secret) = (parsed.target, parsed.secret);
    let database = target.get(field::DATABASE).unwrap().to_owned();
    let without = |key: &str| target.clone().with(key, "");
    let open = async |target: Target, secret: Option<model::Secret>| {
        let fixture = Fixture {
            target,
            secret,
            database: database.clone(),
        };
        fixture.open(&ENGINE, &Recorder::new()).await
    };

    let session = open(target.clone(), secret.clone()).await;
    let mut session = session.expect("what is given in full works, whatever the environment says");
    let cx = engine::OpContext::lasting(engine::conformance::PATIENCE);
    let server = session.server(&cx).await.unwrap();
    assert_eq!(
        server.user.as_deref(),
        target.get(field::USER),
        "as the user that was given"
    );
    assert_eq!(
        session.database(),
        database,
        "in the database that was given"
    );

    let error = open(target.clone(), None)
        .await
        .err()
        .expect("no password was given");
    assert!(
        matches!(error, EngineError::SignInRefused { .. }),
        "neither PGPASSWORD nor a file of passwords helps: {error:?}"
    );
    let opened = open(without(field::HOST), secret.clone()).await;
    let own_choice = matches!(opened, Ok(_) | Err(EngineError::InvalidTarget { .. }));
    assert!(own_choice, "PGHOST and PGHOSTADDR lead nowhere");
    let opened = open(without(field::PORT), secret.clone()).await;
    assert!(opened.is_err(), "PGPORT leads nowhere");
    let opened = open(without(field::USER), secret.clone()).await;
    assert!(opened.is_err(), "PGUSER signs nobody in");
    if let Ok(session) = open(without(field::DATABASE), secret.clone()).await {
        assert_ne!(session.database(), database, "PGDATABASE chooses nothing");
    }
    let descriptor = ENGINE.descriptor();
    let verified = url::format(descriptor, &target) + "?sslmode=verify-full";
    let verified = url::parse(&REGISTRY, &verified).unwrap().target;
    let error = open(verified, secret)
        .await
        .err()
        .expect("no authority was named");
    assert!(
        matches!(error, EngineError::Tls { .. }),
        "PGSSLROOTCERT makes nobody trusted: {error:?}"
    );
}
