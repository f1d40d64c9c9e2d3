//! The definitions that are given make the same schema again.

use db_studio_tests::{SqliteFile, schemas};
use engine::{OpContext, Session};
use model::snapshot::{Detail, TableForm, Walker};
use model::{ObjectKind, Snapshot};

use super::facts::everything;
use super::{PATIENCE, inspect, open, whole};

#[tokio::test]
async fn zabbix_comes_back() {
    comes_back(&SqliteFile::new(&schemas::zabbix_sqlite_sql()), 150).await;
}

#[tokio::test]
async fn mediawiki_comes_back() {
    let sql = schemas::mediawiki_sqlite_sql();
    // MediaWiki's installer fills these in: a prefix, which is empty here, and a remark.
    let sql = sql.replace("/*_*/", "").replace("/*i*/", "");
    comes_back(&SqliteFile::new(&sql), 50).await;
}

#[tokio::test]
async fn everything_comes_back() {
    comes_back(&everything(), 10).await;
}

#[tokio::test]
async fn hostile_names_come_back() {
    let sql = include_str!("../../fixtures/sqlite/hostile.sql");
    comes_back(&SqliteFile::new(sql), 5).await;
}

#[tokio::test]
async fn proj_comes_back() {
    let mut session = open(&schemas::proj_file()).await;
    same_again(&mut *session, 30).await;
}

#[tokio::test]
async fn the_sample_comes_back() {
    let folder = tempfile::tempdir().expect("the temporary folder can be written");
    let path = folder.path().join("sample.db");
    engine_sqlite::sample::create(&path).expect("the sample can be made");
    let mut session = open(&path).await;
    same_again(&mut *session, 5).await;
}

async fn comes_back(file: &SqliteFile, least: u64) {
    same_again(&mut *open(file.path()).await, least).await;
}

/// Loads all definitions into an empty file and compares both.
async fn same_again(session: &mut dyn Session, least: u64) {
    let before = inspect(session, &whole()).await;
    assert!(
        before.counts()[&ObjectKind::Table] >= least,
        "it is the schema that was meant"
    );
    let sql = statements(session, &before).await;
    let again = SqliteFile::new(&format!("PRAGMA foreign_keys = OFF; BEGIN; {sql} COMMIT;"));
    let after = inspect(&mut *open(again.path()).await, &whole()).await;
    assert_eq!(
        comparable(&after),
        comparable(&before),
        "what was read makes the same again"
    );
}

/// The statements of all that was made by one, tables first and triggers last.
async fn statements(session: &mut dyn Session, snapshot: &Snapshot) -> String {
    let mut statements = Vec::new();
    for walker in snapshot.all().filter(|walker| is_made(*walker)) {
        let cx = OpContext::lasting(PATIENCE);
        let definition = session
            .definition(&walker.path(), &cx)
            .await
            .unwrap_or_else(|error| panic!("{} has no definition: {error}", walker.path()));
        statements.push((order(walker), definition.text));
    }
    statements.sort_by_key(|(order, _)| *order);
    statements
        .into_iter()
        .map(|(_, text)| text + ";\n")
        .collect()
}

fn is_made(walker: Walker<'_>) -> bool {
    match &walker.object().detail {
        Detail::Table(facts) => facts.form != TableForm::Shadow,
        Detail::View(_) | Detail::Trigger(_) => true,
        // Without a statement it comes with its key.
        Detail::Index(facts) => facts.definition.is_some(),
        _ => false,
    }
}

fn order(walker: Walker<'_>) -> usize {
    let is_virtual = match &walker.object().detail {
        Detail::Table(facts) => facts.form == TableForm::Virtual,
        _ => false,
    };
    match walker.kind() {
        ObjectKind::Table if is_virtual => 1,
        ObjectKind::Table => 0,
        ObjectKind::Index => 2,
        ObjectKind::View => 3,
        _ => 4,
    }
}

/// The outline without the line of the file's own facts.
fn comparable(snapshot: &Snapshot) -> String {
    let outline = snapshot.outline();
    outline.lines().skip(1).collect::<Vec<_>>().join("\n")
}
