//! The support keeps its word: servers end with their tests and a link is as bad
//! as it was told to be.
//!
//! `postgres`, `mysql` and `mongodb` test those servers one by one, `hostile` those
//! that mean ill.

mod hostile;
mod mongodb;
mod mysql;
mod postgres;

use std::io::Read;
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use db_studio_tests::proxy::Proxy;
use db_studio_tests::{Build, Postgres, SqliteFile, schemas};
use sqlx::Connection;
use sqlx::postgres::PgConnection;

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
