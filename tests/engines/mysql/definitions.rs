//! Definitions: what they say, and that tables made again from them are the same.

use db_studio_tests::MySql;
use model::ObjectKind;

use super::{cx, everything, fixture, open, outline, path, read_fresh};

#[tokio::test]
async fn parts_of_tables_are_made_by_their_own_clause() {
    for server in MySql::every().await {
        let database = server.fresh_database(&everything(server.variant())).await;
        let mut session = open(&database.url).await;
        let customers = |kind, name| {
            path(
                &database.name,
                &[(ObjectKind::Table, "customers"), (kind, name)],
            )
        };
        let table = format!("ALTER TABLE `{}`.`customers`\n    ADD ", database.name);
        for (part, expected) in [
            (
                customers(ObjectKind::PrimaryKey, "PRIMARY"),
                "PRIMARY KEY (`id`);\n",
            ),
            (
                customers(ObjectKind::Unique, "customers_email"),
                "UNIQUE KEY `customers_email` (`email`(20),`shop`);\n",
            ),
            (
                customers(ObjectKind::Index, "customers_made"),
                "KEY `customers_made` (`made` DESC,`score`);\n",
            ),
            (
                customers(ObjectKind::ForeignKey, "customers_country"),
                "CONSTRAINT `customers_country` FOREIGN KEY (`country`) \
                 REFERENCES `countries` (`code`) ON DELETE SET NULL ON UPDATE CASCADE;\n",
            ),
        ] {
            let definition = session
                .definition(&part, &cx())
                .await
                .expect("a definition");
            assert_eq!(definition.text, format!("{table}{expected}"), "{part}");
            assert!(definition.rendered, "{part} is put together");
        }
    }
}

#[tokio::test]
async fn a_database_made_again_from_its_definitions_is_the_same() {
    for server in MySql::every().await {
        let (database, snapshot) = fixture(server, &everything(server.variant())).await;
        let mut session = open(&database.url).await;
        let mut statements = String::from("SET foreign_key_checks = 0;\n");
        // In the order in which one can be made after the other.
        for kind in [
            ObjectKind::Sequence,
            ObjectKind::Table,
            ObjectKind::Function,
            ObjectKind::Aggregate,
            ObjectKind::Procedure,
            ObjectKind::View,
            ObjectKind::Trigger,
            ObjectKind::Event,
        ] {
            for walker in snapshot.all().filter(|walker| walker.kind() == kind) {
                let path = walker.path();
                let definition = session.definition(&path, &cx()).await;
                let definition = definition.expect("a definition");
                assert!(!definition.rendered, "{path} is in the server's words");
                statements.push_str(&definition.text);
            }
        }
        let copy = server.fresh_database("").await;
        let statements = statements.replace(&database.name, &copy.name);
        let encrypted = match server.variant() {
            db_studio_tests::mysql::Variant::MySql => "ALTER DATABASE DEFAULT ENCRYPTION = 'Y';",
            db_studio_tests::mysql::Variant::MariaDb => "",
        };
        copy.execute(&format!("{statements}{encrypted}")).await;
        let made = read_fresh(&copy).await;
        assert_eq!(
            outline(&made, &copy.name),
            outline(&snapshot, &database.name),
            "every object came back from its definition"
        );
    }
}

#[tokio::test]
async fn a_trigger_of_another_table_is_not_found() {
    for server in MySql::every().await {
        let database = server.fresh_database(&everything(server.variant())).await;
        let mut session = open(&database.url).await;
        let elsewhere = path(
            &database.name,
            &[
                (ObjectKind::Table, "countries"),
                (ObjectKind::Trigger, "customers_before"),
            ],
        );
        let answer = session.definition(&elsewhere, &cx()).await;
        assert!(
            matches!(answer, Err(engine::EngineError::NotFound { .. })),
            "it stands in another table: {answer:?}"
        );
    }
}
