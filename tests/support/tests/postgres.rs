//! PostgreSQL servers of the support, and the pooler in front of them.

use std::path::Path;

use db_studio_tests::{Build, PgBouncer, Postgres, certificates};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{Connection, Executor, Row};

#[tokio::test]
async fn each_test_has_a_database_of_its_own_on_every_server() {
    for server in Postgres::every().await {
        let one = server
            .fresh_database("CREATE TABLE only_here (id int); SELECT 1")
            .await;
        let other = server.fresh_database("").await;
        let tables = "SELECT count(*) FROM pg_class WHERE relname = 'only_here'";
        assert_eq!(one.count(tables).await, 1, "the fixture was run");
        assert_eq!(
            other.count(tables).await,
            0,
            "the neighbour sees nothing of it"
        );
    }
}

#[tokio::test]
async fn a_database_and_its_roles_are_gone_after_the_test() {
    let server = Postgres::shared().await;
    let database = server.fresh_database("CREATE TABLE a (id int)").await;
    let role = database.role("GRANT SELECT ON a TO {role}").await;
    let (name, url) = (database.name.clone(), database.url_as(&role));
    drop(
        PgConnection::connect(&url)
            .await
            .expect("the role may sign in"),
    );
    drop(database);
    let witness = server.fresh_database("").await;
    let left = format!(
        "SELECT (SELECT count(*) FROM pg_database WHERE datname = '{name}')
              + (SELECT count(*) FROM pg_roles WHERE rolname = '{}')",
        role.name,
    );
    assert_eq!(witness.count(&left).await, 0, "nothing is left behind");
}

#[tokio::test]
async fn a_role_for_tls_only_is_refused_without_and_verified_with_tls() {
    let server = Postgres::shared().await;
    let database = server.fresh_database("").await;
    let role = database.tls_only_role("").await;
    let options = || {
        PgConnectOptions::new_without_pgpass()
            .host(server.host())
            .port(server.port())
            .username(&role.name)
            .password(&role.password)
            .database(&database.name)
    };
    let plain = PgConnection::connect_with(&options().ssl_mode(PgSslMode::Disable)).await;
    assert!(plain.is_err(), "the server rejects the role without TLS");
    let verified = options()
        .ssl_mode(PgSslMode::VerifyFull)
        .ssl_root_cert(server.authority_file());
    let verified = PgConnection::connect_with(&verified).await;
    assert!(
        verified.is_ok(),
        "the certificate is good for its host: {:?}",
        verified.err()
    );
}

#[tokio::test]
async fn a_private_server_stops_starts_and_changes_its_certificate() {
    let mut server = Postgres::private(Build::Debian).await;
    let url = server.url("postgres");
    server.stop();
    assert!(
        PgConnection::connect(&url).await.is_err(),
        "a stopped server does not answer"
    );
    server.start().await;
    server.crash();
    server.start().await;
    server
        .present(&certificates::self_signed(&["localhost"]))
        .await;
    let options = PgConnectOptions::new_without_pgpass()
        .host(server.host())
        .port(server.port())
        .username("postgres")
        .ssl_mode(PgSslMode::VerifyFull)
        .ssl_root_cert(server.authority_file());
    let error = PgConnection::connect_with(&options)
        .await
        .expect_err("nobody signed it");
    let signed_in = error.as_database_error().is_some();
    assert!(
        !signed_in,
        "the certificate is refused before anything is said: {error}"
    );

    let folder = server.authority_file().parent().map(Path::to_path_buf);
    let folder = folder.expect("it lies in the server's folder");
    server.stop();
    drop(server);
    assert!(
        !folder.exists(),
        "a stopped server leaves nothing behind either"
    );
}

#[tokio::test]
async fn a_pooler_lends_one_connection_to_many_clients_with_their_own_passwords() {
    let server = Postgres::shared().await;
    let database = server.fresh_database("").await;
    let role = database.role("").await;
    // The driver of this test sends a parameter that the pooler does not know.
    let pooler =
        PgBouncer::with_settings(server, "ignore_startup_parameters = extra_float_digits").await;
    let mut lent = Vec::new();
    let mut clients = Vec::new();
    for _ in 0..2 {
        let mut client = PgConnection::connect(&pooler.through(&database.url_as(&role)))
            .await
            .unwrap_or_else(|error| panic!("the role may sign in: {error}\n{}", pooler.log()));
        let row = client
            .fetch_one(sqlx::raw_sql("SELECT pg_backend_pid()::text"))
            .await
            .expect("the server answers through the pooler");
        lent.push(row.get::<String, _>(0));
        clients.push(client);
    }
    assert_eq!(lent[0], lent[1], "both clients were lent one connection");
    let wrong = pooler.through(&database.url_with_wrong_password(&role));
    assert!(
        PgConnection::connect(&wrong).await.is_err(),
        "the pooler checks passwords"
    );
    let strict = PgBouncer::to(server).await;
    assert!(
        PgConnection::connect(&strict.through(&database.url_as(&role)))
            .await
            .is_err(),
        "by itself the pooler refuses parameters that it does not know"
    );
}
