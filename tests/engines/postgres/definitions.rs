//! Definitions: what they say, and that tables made again from them are the same.

use db_studio_tests::Postgres;
use engine::InspectScope;
use model::ObjectKind;

use super::{EVERYTHING, cx, inspect, open, path, relation};

#[tokio::test]
async fn tables_made_again_from_their_definitions_are_the_same() {
    let server = Postgres::shared().await;
    // Each in a database of its own, because dropping one takes others along.
    for (schema, table, kind) in [
        ("archive", "nothing", "TABLE"),
        ("archive", "order_lines", "TABLE"),
        ("archive", "orders", "TABLE"),
        ("archive", "piled", "TABLE"),
        ("crm", "addresses", "TABLE"),
        ("ref", "currencies", "TABLE"),
        ("ref", "far_notes", "FOREIGN TABLE"),
        ("ref", "rates", "FOREIGN TABLE"),
        ("sales", "carts", "TABLE"),
        ("sales", "coupons", "TABLE"),
        ("sales", "events_eu_2026", "TABLE"),
        ("sales", "open_orders", "VIEW"),
        ("sales", "orders", "TABLE"),
        ("sales", "sticky_notes", "TABLE"),
    ] {
        let database = server.fresh_database(EVERYTHING).await;
        // A statement cannot make an index that failed to be built.
        database.execute("DROP INDEX sales.orders_failed").await;
        let mut session = open(&database.url).await;
        let scope = InspectScope {
            schema: Some(schema.to_owned()),
            table: Some(table.to_owned()),
            ..InspectScope::database(&database.name)
        };
        let before = inspect(session.as_mut(), &scope).await;
        let place = relation(&before, schema, table).path();
        let definition = session.definition(&place, &cx()).await;
        let definition = definition.expect("a definition").text;
        database
            .execute(&format!(
                "DROP {kind} {schema}.{table} CASCADE; {definition}"
            ))
            .await;
        let after = inspect(session.as_mut(), &scope).await;
        assert_eq!(
            after.outline(),
            before.outline(),
            "{schema}.{table} made by {definition}"
        );
    }
}

#[tokio::test]
async fn parts_have_the_servers_own_statements() {
    let database = Postgres::shared().await.fresh_database(EVERYTHING).await;
    let mut session = open(&database.url).await;
    let orders = |kind, name| {
        path(
            &database.name,
            "sales",
            &[(ObjectKind::Table, "orders"), (kind, name)],
        )
    };
    for (part, expected) in [
        (
            orders(ObjectKind::Check, "orders_totals"),
            "ALTER TABLE sales.orders\n    ADD CONSTRAINT orders_totals CHECK (net >= 0::numeric AND tax >= 0::numeric);\n",
        ),
        (
            orders(ObjectKind::Index, "orders_tax"),
            "CREATE INDEX orders_tax ON sales.orders USING hash (tax);\n",
        ),
        (
            orders(ObjectKind::Trigger, "orders_emptied"),
            "CREATE TRIGGER orders_emptied AFTER TRUNCATE ON sales.orders FOR EACH STATEMENT EXECUTE FUNCTION sales.touch();\n",
        ),
    ] {
        let definition = session
            .definition(&part, &cx())
            .await
            .expect("a definition");
        assert_eq!(definition.text, expected, "{part}");
        assert!(!definition.rendered, "{part} is in the server's words");
    }
    let table = path(&database.name, "sales", &[(ObjectKind::Table, "orders")]);
    let definition = session
        .definition(&table, &cx())
        .await
        .expect("a definition");
    assert!(
        definition.rendered,
        "the server has no statement for a table"
    );
}
