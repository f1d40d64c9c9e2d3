//! The support keeps its word: servers end with their tests, a link is as bad
//! as it was told to be, and hostile servers play their scripts.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use db_studio_tests::hostile::{Act, Hostile};
use db_studio_tests::mongodb::Setup;
use db_studio_tests::mysql::{SignIn, Variant};
use db_studio_tests::proxy::Proxy;
use db_studio_tests::{Build, MongoDb, MySql, Postgres, SqliteFile, certificates, schemas};
use mongodb::Client;
use mongodb::bson::{Document, doc};
use mongodb::options::ClientOptions;
use sqlx::Connection;
use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};

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

#[test]
fn servers_end_when_the_one_who_started_them_is_killed() {
    let mut servers = Command::new(env!("CARGO_BIN_EXE_servers"))
        .arg("debian")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the servers can be started");
    let mut said = String::new();
    let mut output = servers.stdout.take().expect("their output is piped");
    while !said.ends_with("ready\n") {
        let mut byte = [0];
        output
            .read_exact(&mut byte)
            .expect("they say that they are ready");
        said.push(char::from(byte[0]));
    }
    let value_of = |name: &str| {
        let line = said
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.unwrap_or_else(|| panic!("{name} is told"))
    };
    let (_, address) = value_of(Build::Debian.url_variable())
        .rsplit_once('@')
        .expect("the URL has a user");
    let address = address.trim_end_matches("/postgres");
    let authority = Path::new(value_of(Build::Debian.authority_variable()));
    let folder = authority.parent().expect("it lies in the server's folder");
    assert!(TcpStream::connect(address).is_ok(), "the server runs");
    servers.kill().expect("they can be killed");
    servers.wait().expect("they were killed");
    assert!(
        within_ten_seconds(|| !folder.exists()),
        "its folder is removed"
    );
    assert!(
        TcpStream::connect(address).is_err(),
        "the server has ended, with nobody to end it"
    );
}

/// Nobody tells when a process that is not ours has ended, so this asks again and again.
fn within_ten_seconds(happened: impl Fn() -> bool) -> bool {
    (0..400).any(|_| {
        std::thread::sleep(Duration::from_millis(25));
        happened()
    })
}

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
async fn each_test_has_databases_of_its_own_on_mongodb() {
    for server in [MongoDb::shared().await, MongoDb::shared_secured().await] {
        let database = server.fresh_database().await;
        database.insert("things", [doc! {"a": 1}]).await;
        let second = format!("{}-2", database.name);
        let second = database.client().database(&second);
        second
            .collection("more")
            .insert_one(doc! {"b": 2})
            .await
            .expect("a test may have further databases");
        let name = database.name.clone();
        drop(database);
        let left = server.client().await.list_database_names().await;
        let left = left.expect("the superuser sees all databases");
        assert!(
            !left.iter().any(|database| database.starts_with(&name)),
            "nothing is left behind: {left:?}"
        );
    }
}

#[tokio::test]
async fn a_secured_mongodb_admits_its_users_over_tls_only() {
    let server = MongoDb::shared_secured().await;
    let database = server.fresh_database().await;
    database.insert("things", [doc! {"a": 1}]).await;
    let account = database.account(vec!["read".into()]).await;
    let things = |url: String| {
        let name = database.name.clone();
        async move {
            let mut options = ClientOptions::parse(url).await?;
            options.server_selection_timeout = Some(Duration::from_secs(2));
            let database = Client::with_options(options)?.database(&name);
            database
                .collection::<Document>("things")
                .find_one(doc! {})
                .await
        }
    };
    let found = things(database.url_as(&account)).await;
    assert!(
        matches!(found, Ok(Some(_))),
        "the user may read over a verified link: {found:?}"
    );
    let found = things(database.url_with_wrong_password(&account)).await;
    assert!(found.is_err(), "the password is checked");
    let plain = database.url_as(&account).replace("tls=true", "tls=false");
    let (plain, _) = plain
        .split_once("&tlsCAFile")
        .expect("the URL names the authority");
    let found = things(plain.to_owned()).await;
    assert!(found.is_err(), "there is no way in without TLS");
}

#[tokio::test]
async fn a_private_mongodb_stops_and_starts_with_its_data() {
    for setup in [Setup::Open, Setup::Secured] {
        let mut server = MongoDb::private(setup).await;
        let database = server.fresh_database().await;
        database.insert("things", [doc! {"a": 1}]).await;
        server.stop();
        let address = (server.host(), server.port());
        assert!(TcpStream::connect(address).is_err(), "it does not answer");
        server.start().await;
        let things = server.client().await.database(&database.name);
        let things = things.collection::<Document>("things");
        let count = things.count_documents(doc! {}).await;
        assert_eq!(count.ok(), Some(1), "its data is there again");
        server.crash();
        server.start().await;
    }
}

#[tokio::test]
async fn real_schemas_load_whole() {
    let server = Postgres::shared().await;
    let tables = "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                  WHERE n.nspname IN ('public', 'mediawiki') AND c.relkind = 'r'";
    let zabbix = server.fresh_database(&schemas::zabbix_postgres_sql()).await;
    assert!(
        zabbix.count(tables).await > 170,
        "Zabbix has its tables on PostgreSQL"
    );
    let mediawiki = server
        .fresh_database(&schemas::mediawiki_postgres_sql())
        .await;
    assert!(
        mediawiki.count(tables).await > 50,
        "MediaWiki has its tables on PostgreSQL"
    );
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
    let tables = "SELECT count(*) FROM sqlite_schema WHERE type = 'table'";
    let zabbix = SqliteFile::new(&schemas::zabbix_sqlite_sql());
    assert!(
        zabbix.count(tables) > 170,
        "Zabbix has its tables on SQLite"
    );
    let mediawiki = SqliteFile::new(&schemas::mediawiki_sqlite_sql());
    assert!(
        mediawiki.count(tables) > 50,
        "MediaWiki has its tables on SQLite"
    );
    assert!(schemas::proj_file().is_file(), "PROJ's database is a file");
}

#[tokio::test]
async fn a_link_can_be_cut_paused_and_counted() {
    let server = Postgres::shared().await;
    let link = Proxy::to(server.host(), server.port());
    let url = server.url("postgres").replace(
        &format!(":{}/", server.port()),
        &format!(":{}/", link.port()),
    );
    let mut connection = PgConnection::connect(&url)
        .await
        .expect("a good link passes all");
    let before = link.round_trips();
    sqlx::raw_sql("SELECT 1")
        .execute(&mut connection)
        .await
        .expect("the link is good");
    assert_eq!(
        link.round_trips() - before,
        1,
        "one simple query is one round trip"
    );
    link.pause();
    let hung = tokio::time::timeout(Duration::from_millis(200), connection.ping()).await;
    assert!(hung.is_err(), "a paused link gives no answer");
    link.resume();
    let mut connection = PgConnection::connect(&url)
        .await
        .expect("the link is good again");
    link.cut_after(1000);
    let cut = sqlx::raw_sql("SELECT repeat('x', 100000)")
        .execute(&mut connection)
        .await;
    assert!(cut.is_err(), "a cut answer is an error");
}

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
}
