//! Objects that few schemas have: what is told of them is right, and no secret.

use db_studio_tests::MySql;
use db_studio_tests::mysql::Variant;
use model::snapshot::AttributeValue;
use model::{ObjectKind, ObjectPath};

use super::{cx, open, own, part, path, read, read_fresh};

fn told<D>(object: &model::snapshot::Object<D>, key: &str) -> Option<AttributeValue> {
    let found = object.attributes.iter().find(|told| &*told.key == key);
    found.map(|told| told.value.clone())
}

#[tokio::test]
async fn rights_are_those_of_this_database_and_not_of_one_that_differs_by_case() {
    for server in MySql::every().await {
        let database = server.fresh_database("CREATE TABLE t (a int, b int)").await;
        let (name, upper) = (&database.name, database.name.to_uppercase());
        database
            .execute(&format!(
                "CREATE DATABASE {upper}; CREATE TABLE {upper}.t (a int, b int);"
            ))
            .await;
        let _account = database
            .account(&format!(
                "GRANT SELECT ON {upper}.* TO {{account}};
                 GRANT INSERT ON {upper}.t TO {{account}};
                 GRANT UPDATE (a) ON {upper}.t TO {{account}};"
            ))
            .await;
        let here = read(&database.url, name).await;
        let there = read(&database.url, &upper).await;
        database.execute(&format!("DROP DATABASE {upper}")).await;
        let granted = |snapshot: &model::Snapshot| -> Vec<ObjectKind> {
            let with = snapshot
                .all()
                .filter(|walker| told(walker.object(), "privileges").is_some());
            with.map(|walker| walker.kind()).collect()
        };
        assert!(granted(&here).is_empty(), "nothing was granted here");
        assert_eq!(
            granted(&there),
            [ObjectKind::Database, ObjectKind::Table, ObjectKind::Column],
            "all was granted there"
        );
    }
}

#[tokio::test]
async fn what_an_invisible_column_becomes_on_update_is_told_alike() {
    for server in MySql::every().await {
        let database = server
            .fresh_database(
                "CREATE TABLE t (a int,
                     b datetime(6) NULL ON UPDATE CURRENT_TIMESTAMP(6) INVISIBLE)",
            )
            .await;
        let snapshot = read_fresh(&database).await;
        let table = own(&snapshot, ObjectKind::Table, "t");
        let column = part(table, ObjectKind::Column, "b");
        assert_eq!(
            told(column, "on_update"),
            Some(AttributeValue::Text("CURRENT_TIMESTAMP(6)".into())),
            "no more and no less"
        );
        assert_eq!(
            told(column, "invisible"),
            Some(AttributeValue::Flag(true)),
            "and that it is invisible"
        );
    }
}

#[tokio::test]
async fn passwords_of_tables_that_lead_elsewhere_are_told_nowhere() {
    for server in MySql::every().await {
        let database = server
            .fresh_database(
                "CREATE TABLE far (a int) CONNECTION = 'mysql://someone:pearl-1@h:3306/d/t';
                 CREATE TABLE spread (a int)
                     COMMENT = 'wrapper \"mysql\", user \"u\", password \"pearl-2\"'
                     PARTITION BY LIST (a) (
                         PARTITION p VALUES IN (1) COMMENT = 'password \"pearl-3\"');
                 CREATE TABLE linked (a int) COMMENT = 'password=''pearl-4'', user=u';",
            )
            .await;
        let snapshot = read_fresh(&database).await;
        let shown = format!("{snapshot:?}");
        assert!(shown.contains("wrapper"), "the rest is there");
        assert!(!shown.contains("pearl-"), "no password is in the schema");
        let mut session = open(&database.url).await;
        for name in ["far", "spread", "linked"] {
            let object = path(&database.name, &[(ObjectKind::Table, name)]);
            let definition = session.definition(&object, &cx()).await;
            let text = definition.expect("a definition").text;
            assert!(text.contains("***"), "{text}: where it was");
            assert!(!text.contains("pearl-"), "{text}: no password");
        }
    }
}

#[tokio::test]
async fn a_table_that_cannot_be_opened_has_a_warning_and_no_comment() {
    let database = MySql::shared_mariadb()
        .await
        .fresh_database(
            "CREATE TABLE one (a int) ENGINE = MyISAM;
             CREATE TABLE both_of_them (a int) ENGINE = MERGE UNION = (one);
             DROP TABLE one;",
        )
        .await;
    let snapshot = read_fresh(&database).await;
    let table = own(&snapshot, ObjectKind::Table, "both_of_them");
    assert_eq!(table.object().comment, None, "nobody wrote one");
    let warned = snapshot
        .warnings()
        .iter()
        .any(|warning| warning.object == table.path());
    assert!(warned, "{:?} tell it", snapshot.warnings());
}

#[tokio::test]
async fn a_sequence_that_may_not_be_read_hides_no_other() {
    let database = MySql::shared_mariadb()
        .await
        .fresh_database("CREATE SEQUENCE closed; CREATE SEQUENCE opened START WITH 3;")
        .await;
    let account = database
        .account(
            "GRANT INSERT ON {database}.closed TO {account};
             GRANT SELECT ON {database}.opened TO {account};",
        )
        .await;
    let seen = read(&database.url_as(&account), &database.name).await;
    let start = |name| told(own(&seen, ObjectKind::Sequence, name).object(), "start");
    assert_eq!(
        start("opened"),
        Some(AttributeValue::Text("3".into())),
        "this one may be read"
    );
    assert_eq!(start("closed"), None, "this one may not");
    let closed = path(&database.name, &[(ObjectKind::Sequence, "closed")]);
    let about: Vec<_> = seen
        .warnings()
        .iter()
        .filter(|warning| {
            let last = warning.object.last();
            last.is_none_or(|step| *step.name != *ObjectPath::EVERY)
        })
        .map(|warning| &warning.object)
        .collect();
    assert_eq!(about, [&closed], "and only of that there is a warning");
}

#[tokio::test]
async fn what_has_no_place_in_the_tree_is_named() {
    for server in MySql::every().await {
        let (sql, said) = match server.variant() {
            Variant::MariaDb => (
                "SET sql_mode = ORACLE; CREATE PACKAGE tools AS PROCEDURE a(); END;",
                "Packages are not read yet: tools.",
            ),
            Variant::MySql => (
                "CREATE LIBRARY tools LANGUAGE JAVASCRIPT AS 'export function f() {}'",
                "Libraries are not read yet: tools.",
            ),
        };
        let database = server.fresh_database(sql).await;
        let snapshot = read_fresh(&database).await;
        let reasons: Vec<_> = snapshot
            .warnings()
            .iter()
            .map(|warning| warning.reason.as_str())
            .collect();
        assert_eq!(reasons, [said], "so that nobody misses it");
    }
}
