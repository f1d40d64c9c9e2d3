//! Names that break whatever does not treat them as names, and sizes that
//! break whatever counts on small ones.

use db_studio_tests::Postgres;
use engine::InspectScope;
use model::ObjectKind;

use super::definitions::all_is_made_again;
use super::{fixture, inspect, open, outline, path, relation};

const HOSTILE: &str = include_str!("../../fixtures/postgres/hostile.sql");

#[tokio::test]
async fn hostile_names_come_through_as_they_are() {
    for server in Postgres::every().await {
        let (database, snapshot) = fixture(server, HOSTILE).await;
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/postgres"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            insta::assert_snapshot!("hostile", outline(&snapshot, &database.name));
        });
    }
}

#[tokio::test]
async fn hostile_names_can_be_asked_for() {
    let (database, snapshot) = fixture(Postgres::shared().await, HOSTILE).await;
    let mut session = open(&database.url).await;
    for whole in snapshot.all().filter(|walker| walker.kind().is_relation()) {
        let schema = whole.parent().expect("it stands in a schema").name();
        let scope = InspectScope {
            schema: Some(schema.to_owned()),
            table: Some(whole.name().to_owned()),
            ..InspectScope::database(&database.name)
        };
        let alone = inspect(session.as_mut(), &scope).await;
        let found = relation(&alone, schema, whole.name());
        assert_eq!(
            found.subtree_hash(),
            whole.subtree_hash(),
            "{} alone is what it is in the whole",
            whole.path()
        );
        let definition = session.definition(&whole.path(), &super::cx()).await;
        let text = definition.expect("it has a definition").text;
        assert!(!text.is_empty(), "{} is made by a statement", whole.path());
    }
}

#[tokio::test]
async fn hostile_names_of_every_kind_are_made_again() {
    for server in Postgres::every().await {
        let original = server.fresh_database(HOSTILE).await;
        all_is_made_again(server, &original).await;
    }
}

#[tokio::test]
async fn names_that_are_not_there_are_not_found() {
    let database = Postgres::shared().await.fresh_database(HOSTILE).await;
    let mut session = open(&database.url).await;
    let injected = path(
        &database.name,
        "public",
        &[(ObjectKind::Table, "x' OR '1'='1")],
    );
    let answer = session.definition(&injected, &super::cx()).await;
    assert!(
        matches!(answer, Err(engine::EngineError::NotFound { .. })),
        "a name is never part of a statement: {answer:?}"
    );
}

#[tokio::test]
async fn a_table_with_1600_columns_is_read_whole() {
    let columns: Vec<_> = (1..=1600).map(|n| format!("column_{n} integer")).collect();
    let sql = format!("CREATE TABLE wide ({})", columns.join(", "));
    let (_database, snapshot) = fixture(Postgres::shared().await, &sql).await;
    let names: Vec<_> = relation(&snapshot, "public", "wide")
        .children_of(ObjectKind::Column)
        .map(|column| column.name().to_owned())
        .collect();
    let expected: Vec<_> = (1..=1600).map(|n| format!("column_{n}")).collect();
    assert_eq!(names, expected, "every column, in order");
}
