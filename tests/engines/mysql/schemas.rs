//! Real schemas, compared with what the server says of them in another way, and
//! made again from their definitions.

use db_studio_tests::mysql::FreshDatabase;
use db_studio_tests::{MySql, schemas};
use engine::conformance::facts_agree;
use model::{ObjectKind, Snapshot};

use super::{cx, open, oracle, outline, read_fresh};

#[tokio::test]
async fn zabbix_reads_as_mariadb_tells_it() {
    let server = MySql::shared_mariadb().await;
    agrees(server, "Zabbix", &schemas::zabbix_mysql_sql()).await;
}

#[tokio::test]
async fn zabbix_reads_as_mysql_tells_it() {
    let server = MySql::shared_mysql().await;
    agrees(server, "Zabbix", &schemas::zabbix_mysql_sql()).await;
}

#[tokio::test]
async fn mediawiki_reads_as_the_server_tells_it() {
    for server in MySql::every().await {
        agrees(server, "MediaWiki", &schemas::mediawiki_mysql_sql()).await;
    }
}

/// What is read is what the server tells by other ways, and comes back from its definitions.
async fn agrees(server: &MySql, name: &str, sql: &str) {
    let database = server.fresh_database("").await;
    let sql = format!("ALTER DATABASE CHARACTER SET utf8mb4; {sql}");
    database.execute(&sql).await;
    let snapshot = read_fresh(&database).await;
    facts_agree(&snapshot).assert_none();
    let told = oracle::told(&database, server.variant(), &snapshot).await;
    let read = oracle::read(&snapshot);
    let missing: Vec<_> = told.difference(&read).take(20).collect();
    let surplus: Vec<_> = read.difference(&told).take(20).collect();
    assert!(
        missing.is_empty() && surplus.is_empty(),
        "{name} on {:?}: missing {missing:#?}, surplus {surplus:#?}",
        server.variant()
    );
    assert!(read.len() > 400, "{name} is large: {}", read.len());
    made_again(server, &database, &snapshot, name).await;
}

/// Makes all tables and triggers again from their definitions.
async fn made_again(server: &MySql, database: &FreshDatabase, snapshot: &Snapshot, name: &str) {
    let mut session = open(&database.url).await;
    let mut statements = String::from("SET foreign_key_checks = 0;\n");
    for kind in [ObjectKind::Table, ObjectKind::Trigger] {
        for walker in snapshot.all().filter(|walker| walker.kind() == kind) {
            let definition = session.definition(&walker.path(), &cx()).await;
            statements.push_str(&definition.expect("a definition").text);
        }
    }
    let copy = server
        .fresh_database("ALTER DATABASE CHARACTER SET utf8mb4")
        .await;
    copy.execute(&statements.replace(&database.name, &copy.name))
        .await;
    let made = read_fresh(&copy).await;
    assert_eq!(
        outline(&made, &copy.name),
        outline(snapshot, &database.name),
        "{name} comes back from its definitions"
    );
}
