//! Facts, value by value: what both servers tell alike, and what only one has.

use db_studio_tests::MySql;
use db_studio_tests::mysql::Variant;
use model::ObjectKind;
use model::snapshot::{
    AttributeValue, ColumnDetail, Detail, Generated, Object, ReferentialAction, TableForm,
};

use super::{everything, fixture, outline, own, part, read_fresh};

fn column(object: &Object<Detail>) -> &ColumnDetail {
    match &object.detail {
        Detail::Column(facts) => facts,
        other => panic!("{other:?} is no column"),
    }
}

fn attribute(object: &Object<Detail>, key: &str) -> Option<AttributeValue> {
    let mut attributes = object.attributes.iter();
    attributes
        .find(|attribute| &*attribute.key == key)
        .map(|attribute| attribute.value.clone())
}

fn text(object: &Object<Detail>, key: &str) -> Option<String> {
    match attribute(object, key)? {
        AttributeValue::Text(text) => Some(text.to_string()),
        other => Some(format!("{other:?}")),
    }
}

#[tokio::test]
async fn everything_reads_as_it_was_made() {
    for server in MySql::every().await {
        let variant = server.variant();
        let (database, snapshot) = fixture(server, &everything(variant)).await;
        insta::with_settings!({
            snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/mysql"),
            prepend_module_to_snapshot => false,
            omit_expression => true,
        }, {
            let name = format!("everything-{}", variant.name().to_lowercase());
            insta::assert_snapshot!(name, outline(&snapshot, &database.name));
        });
    }
}

#[tokio::test]
async fn columns_are_told_alike_by_both_servers() {
    for server in MySql::every().await {
        let variant = server.variant();
        let (_database, snapshot) = fixture(server, &everything(variant)).await;
        let customers = own(&snapshot, ObjectKind::Table, "customers");
        for (name, default) in [
            ("id", None),
            ("nickname", None),
            ("email", Some("'it''s \\\\ new'")),
            ("state", Some("'new'")),
            ("score", Some("1.50")),
            ("flags", Some("b'101'")),
            ("level", Some("007")),
            ("born", Some("'2000-01-31'")),
            ("token", Some("uuid()")),
            ("made", Some("CURRENT_TIMESTAMP(3)")),
            ("seen", Some("CURRENT_TIMESTAMP")),
            ("email_lower", None),
        ] {
            let object = part(customers, ObjectKind::Column, name);
            let told = column(object).default.as_deref();
            assert_eq!(told, default, "the default of {name} on {variant:?}");
        }
        let of = |name| part(customers, ObjectKind::Column, name);
        let made = of("made");
        assert_eq!(
            text(made, "on_update").as_deref(),
            Some("CURRENT_TIMESTAMP(3)"),
            "what an update sets on {variant:?}"
        );
        assert!(!column(made).nullable, "it was said so");
        assert_eq!(
            column(of("id")).generated,
            Some(Generated::Autoincrement),
            "the server counts"
        );
        // MariaDB calls it lcase.
        assert!(
            matches!(&column(of("email_lower")).generated,
                Some(Generated::Virtual { expression }) if expression.ends_with("(`email`)")),
            "computed when read"
        );
        assert!(
            matches!(&column(of("double_score")).generated,
                Some(Generated::Stored { expression }) if &**expression == "`score` * 2"),
            "computed when written"
        );
        assert!(
            attribute(of("secret"), "invisible").is_some(),
            "hidden from `*`"
        );
        assert_eq!(
            (
                text(of("country"), "charset").as_deref(),
                column(of("country")).collation.as_deref()
            ),
            (Some("ascii"), Some("ascii_bin")),
            "its own character set and collation"
        );
        assert_eq!(
            &*column(of("level")).type_text,
            "tinyint(3) unsigned zerofill",
            "the whole type"
        );
        assert_eq!(
            &*column(of("state")).type_text,
            "enum('new','paid','it''s')",
            "with its values"
        );
    }
}

#[tokio::test]
async fn keys_and_indexes_are_told_part_by_part() {
    for server in MySql::every().await {
        let (_database, snapshot) = fixture(server, &everything(server.variant())).await;
        let customers = own(&snapshot, ObjectKind::Table, "customers");
        let Detail::ForeignKey(key) =
            &part(customers, ObjectKind::ForeignKey, "customers_country").detail
        else {
            panic!("it is a foreign key");
        };
        assert_eq!(&*key.references.name, "countries", "the table it refers to");
        assert_eq!(
            (key.on_update, key.on_delete),
            (ReferentialAction::Cascade, ReferentialAction::SetNull),
            "its actions"
        );
        let index = |name| match &part(customers, ObjectKind::Index, name).detail {
            Detail::Index(facts) => facts,
            other => panic!("{other:?} is no index"),
        };
        let prefixes = |name| -> Vec<_> {
            let parts = &index(name).parts;
            parts.iter().map(|part| part.prefix).collect()
        };
        assert_eq!(
            prefixes("customers_email"),
            [Some(20), None],
            "the first letters only"
        );
        assert_eq!(
            prefixes("customers_place"),
            [None],
            "shapes have no letters"
        );
        let directions: Vec<_> = index("customers_made")
            .parts
            .iter()
            .map(|part| part.descending)
            .collect();
        assert_eq!(directions, [true, false], "the order of each part");
        assert_eq!(&*index("customers_words").method, "fulltext", "for words");
        assert_eq!(&*index("customers_place").method, "spatial", "for shapes");
        let lines = own(&snapshot, ObjectKind::Table, "order_lines");
        let Detail::ForeignKey(key) =
            &part(lines, ObjectKind::ForeignKey, "order_lines_order").detail
        else {
            panic!("it is a foreign key");
        };
        let columns: Vec<_> = key.columns.iter().zip(&key.referenced_columns).collect();
        assert_eq!(columns.len(), 2, "{columns:?} are paired");
        assert!(
            columns.iter().all(|(a, b)| a == b),
            "{columns:?} are in order"
        );
    }
}

#[tokio::test]
async fn partitions_are_told_with_their_parts() {
    for server in MySql::every().await {
        let (_database, snapshot) = fixture(server, &everything(server.variant())).await;
        let readings = own(&snapshot, ObjectKind::Table, "readings");
        let Detail::Table(facts) = &readings.object().detail else {
            panic!("it is a table");
        };
        assert_eq!(facts.form, TableForm::Partitioned, "its rows are divided");
        let key = facts
            .partition_key
            .as_deref()
            .unwrap_or_default()
            .to_lowercase();
        assert_eq!(
            key, "range (year(`taken`)) subpartition by hash (to_days(`taken`))",
            "how its rows are divided"
        );
        let names: Vec<_> = readings
            .children_of(ObjectKind::Partition)
            .map(|partition| partition.name().to_owned())
            .collect();
        let expected = [
            "p_old",
            "p_oldsp0",
            "p_oldsp1",
            "p_new",
            "p_newsp0",
            "p_newsp1",
            "p_rest",
            "p_restsp0",
            "p_restsp1",
        ];
        assert_eq!(names, expected, "each followed by its parts");
        let old = part(readings, ObjectKind::Partition, "p_old");
        assert_eq!(old.comment.as_deref(), Some("long ago"), "its comment");
        let Detail::Other(facts) = &old.detail else {
            panic!("it is a partition");
        };
        assert_eq!(
            facts.summary.as_deref(),
            Some("LESS THAN (2020)"),
            "its rows"
        );
    }
}

#[tokio::test]
async fn what_the_catalogue_may_not_show_is_left_out_or_told() {
    let server = MySql::shared(Variant::MariaDb).await;
    let database = server
        .fresh_database(
            "CREATE TABLE t (a int);
             CREATE VIEW broken AS SELECT a FROM t;
             CREATE VIEW whole AS SELECT 1 AS one;
             DROP TABLE t;",
        )
        .await;
    let snapshot = read_fresh(&database).await;
    let broken = own(&snapshot, ObjectKind::View, "broken");
    assert_eq!(
        broken.object().comment,
        None,
        "an error of the server is no comment"
    );
    let whole = own(&snapshot, ObjectKind::View, "whole");
    assert_eq!(
        whole.object().comment,
        None,
        "nor is the word that it is a view"
    );
    let about: Vec<_> = snapshot
        .warnings()
        .iter()
        .map(|warning| warning.object.to_string())
        .collect();
    assert_eq!(about, [broken.path().to_string()], "the broken one is told");
}

#[tokio::test]
async fn other_databases_are_named_where_keys_lead_to_them() {
    for server in MySql::every().await {
        let database = server
            .fresh_database("CREATE TABLE here (a int PRIMARY KEY)")
            .await;
        let name = &database.name;
        database
            .execute(&format!(
                "CREATE DATABASE {name}_other;
                 CREATE TABLE {name}_other.far (
                     a int, CONSTRAINT far_a FOREIGN KEY (a) REFERENCES {name}.here (a))"
            ))
            .await;
        let other = format!("{name}_other");
        let snapshot = super::read(&database.url, &other).await;
        let far = own(&snapshot, ObjectKind::Table, "far");
        let Detail::ForeignKey(key) = &part(far, ObjectKind::ForeignKey, "far_a").detail else {
            panic!("it is a foreign key");
        };
        assert_eq!(
            key.references.schema.as_deref(),
            Some(name.as_str()),
            "one session reads both, and says which"
        );
    }
}
