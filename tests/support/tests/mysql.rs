//! MariaDB and MySQL servers of the support.

use std::path::Path;

use db_studio_tests::mysql::{SignIn, Variant};
use db_studio_tests::{MySql, certificates, schemas};
use sqlx::Connection;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};

#[tokio::test]
async fn each_test_has_databases_of_its_own_on_mariadb_and_mysql() {
    for server in MySql::every().await {
        let database = server
            .fresh_database("CREATE TABLE only_here (id int); SELECT 1")
            .await;
        let account = database
            .account("GRANT SELECT ON {database}.* TO {account}")
            .await;
        database
            .execute(&format!("CREATE DATABASE `{}``2`", database.name))
            .await;
        let mut connection = MySqlConnection::connect(&database.url_as(&account))
            .await
            .expect("the account may sign in");
        sqlx::raw_sql("SELECT * FROM only_here")
            .execute(&mut connection)
            .await
            .expect("the account may read");
        let name = database.name.clone();
        drop(database);
        let left = format!(
            "SELECT (SELECT count(*) FROM information_schema.schemata WHERE schema_name LIKE '{name}%')
                  + (SELECT count(*) FROM mysql.user WHERE user = '{}')",
            account.name,
        );
        let witness = server.fresh_database("").await;
        assert_eq!(witness.count(&left).await, 0, "nothing is left behind");
    }
}

#[tokio::test]
async fn mariadb_and_mysql_verify_with_tls_and_refuse_without_where_they_must() {
    for server in MySql::every().await {
        let database = server.fresh_database("").await;
        let account = database.account_by(SignIn::TlsOnly, "").await;
        let options = || {
            MySqlConnectOptions::new()
                .host(server.host())
                .port(server.port())
                .username(&account.name)
                .password(&account.password)
        };
        let name = server.variant().name();
        let plain = options().ssl_mode(MySqlSslMode::Disabled);
        let plain = MySqlConnection::connect_with(&plain).await;
        assert!(plain.is_err(), "{name} refuses it without TLS");
        let verified = options()
            .ssl_mode(MySqlSslMode::VerifyIdentity)
            .ssl_ca(server.authority_file());
        let verified = MySqlConnection::connect_with(&verified).await;
        assert!(
            verified.is_ok(),
            "the certificate of {name} is good for its host: {:?}",
            verified.err()
        );
    }
}

#[tokio::test]
async fn private_mariadb_and_mysql_stop_start_change_their_certificate_and_know_the_socket() {
    for variant in [Variant::MariaDb, Variant::MySql] {
        let mut server = MySql::private(variant).await;
        let name = variant.name();
        let database = server.fresh_database("").await;
        let account = database.account_by(SignIn::Socket, "").await;
        let socket = MySqlConnectOptions::new()
            .socket(server.socket_file())
            .username(&account.name);
        let peer = MySqlConnection::connect_with(&socket).await;
        assert!(
            peer.is_ok(),
            "{name} knows who is at the other end of its socket: {:?}",
            peer.err()
        );
        server.stop();
        assert!(
            MySqlConnection::connect(&database.url).await.is_err(),
            "a stopped {name} does not answer"
        );
        server.start().await;
        server.crash();
        server.start().await;
        server
            .present(&certificates::self_signed(&["localhost"]))
            .await;
        let options = MySqlConnectOptions::new()
            .host(server.host())
            .port(server.port())
            .username("root")
            .ssl_mode(MySqlSslMode::VerifyIdentity)
            .ssl_ca(server.authority_file());
        let error = MySqlConnection::connect_with(&options)
            .await
            .expect_err("nobody signed it");
        assert!(
            error.as_database_error().is_none(),
            "the certificate of {name} is refused before anything is said: {error}"
        );
        let folder = server.authority_file().parent().map(Path::to_path_buf);
        let folder = folder.expect("it lies in the server's folder");
        drop(database);
        server.stop();
        drop(server);
        assert!(!folder.exists(), "a stopped {name} leaves nothing behind");
    }
}

#[tokio::test]
async fn accounts_of_every_way_to_sign_in_can_be_made() {
    let mariadb = MySql::shared_mariadb().await;
    let mysql = MySql::shared_mysql().await;
    for (server, sign_in, plugin) in [
        (mariadb, SignIn::Password, "mysql_native_password"),
        (mariadb, SignIn::Ed25519, "ed25519"),
        (mysql, SignIn::Password, "caching_sha2_password"),
        (mysql, SignIn::Sha256, "sha256_password"),
    ] {
        let database = server.fresh_database("").await;
        let account = database.account_by(sign_in, "").await;
        let by = format!(
            "SELECT plugin FROM mysql.user WHERE user = '{}'",
            account.name
        );
        assert_eq!(
            database.text(&by).await,
            plugin,
            "{sign_in:?} on {}",
            server.variant().name()
        );
    }
}

#[tokio::test]
async fn real_schemas_load_whole_on_mariadb_and_mysql() {
    for server in MySql::every().await {
        let tables =
            "SELECT count(*) FROM information_schema.tables WHERE table_schema = DATABASE()";
        let name = server.variant().name();
        let zabbix = server.fresh_database(&schemas::zabbix_mysql_sql()).await;
        assert!(
            zabbix.count(tables).await > 170,
            "Zabbix has its tables on {name}"
        );
        let mediawiki = server.fresh_database(&schemas::mediawiki_mysql_sql()).await;
        assert!(
            mediawiki.count(tables).await > 50,
            "MediaWiki has its tables on {name}"
        );
    }
}
