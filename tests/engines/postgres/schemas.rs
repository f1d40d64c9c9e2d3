//! Real schemas that others made, compared fact by fact with what the server
//! says of them in another way.

use db_studio_tests::{Postgres, schemas};
use model::ObjectKind;

use super::{oracle, read_fresh};

async fn is_read_whole(sql: &str) {
    let made = sql
        .lines()
        .filter(|line| line.starts_with("CREATE TABLE"))
        .count() as u64;
    for server in Postgres::every().await {
        let database = server.fresh_database(sql).await;
        let snapshot = read_fresh(&database).await;
        let counts = snapshot.counts();
        assert_eq!(
            counts.get(&ObjectKind::Table),
            Some(&made),
            "as many as its makers' statements"
        );
        let (read, told) = (oracle::read(&snapshot), oracle::told(&database).await);
        let missing: Vec<_> = told.difference(&read).collect();
        let invented: Vec<_> = read.difference(&told).collect();
        assert!(missing.is_empty(), "the server has more: {missing:#?}");
        assert!(invented.is_empty(), "the server has less: {invented:#?}");
        assert!(
            snapshot.warnings().is_empty(),
            "nothing is left out: {:?}",
            snapshot.warnings()
        );
    }
}

#[tokio::test]
async fn zabbix_is_read_whole() {
    is_read_whole(&schemas::zabbix_postgres_sql()).await;
}

#[tokio::test]
async fn mediawiki_is_read_whole() {
    is_read_whole(&schemas::mediawiki_postgres_sql()).await;
}
