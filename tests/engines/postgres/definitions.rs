//! Definitions: what they say, and that tables made again from them are the same.

use db_studio_tests::{FreshDatabase, Postgres, schemas};
use engine::{EngineError, InspectScope};
use model::{ObjectKind, Snapshot};
use sqlx::Connection as _;

use super::{EVERYTHING, cx, inspect, open, outline, path, read_fresh, relation};

#[tokio::test]
async fn tables_made_again_from_their_definitions_are_the_same() {
    let server = Postgres::shared().await;
    // Each in a database of its own, because dropping one takes others along.
    for (schema, table, kind) in [
        ("archive", "nothing", "TABLE"),
        ("archive", "order_lines", "TABLE"),
        ("archive", "orders", "TABLE"),
        ("archive", "piled", "TABLE"),
        ("archive", "coded", "TABLE"),
        ("crm", "addresses", "TABLE"),
        ("ref", "currencies", "TABLE"),
        ("ref", "far_notes", "FOREIGN TABLE"),
        ("ref", "rates", "FOREIGN TABLE"),
        ("sales", "carts", "TABLE"),
        ("sales", "coupons", "TABLE"),
        ("sales", "events_eu_2026", "TABLE"),
        ("sales", "events_rest", "TABLE"),
        ("sales", "events_us", "TABLE"),
        ("sales", "notes", "TABLE"),
        ("sales", "open_orders", "VIEW"),
        ("sales", "orders", "TABLE"),
        ("sales", "sticky_notes", "TABLE"),
    ] {
        let database = server.fresh_database(EVERYTHING).await;
        // A statement cannot make an index that failed to be built.
        database.execute("DROP INDEX sales.orders_failed").await;
        // Nor are privileges that new tables get those that it had.
        database
            .execute(
                "ALTER DEFAULT PRIVILEGES IN SCHEMA sales REVOKE SELECT ON TABLES FROM pg_monitor",
            )
            .await;
        // Nor can it say what is hidden.
        database
            .execute("ALTER FOREIGN TABLE ref.rates OPTIONS (DROP secret_path)")
            .await;
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

/// The statements that make all that a snapshot holds and that stands alone.
async fn statements(database: &FreshDatabase, snapshot: &Snapshot) -> Vec<String> {
    let mut session = open(&database.url).await;
    let mut statements = Vec::new();
    for walker in snapshot.all() {
        let kind = walker.kind();
        let above = walker.parent().map(|parent| parent.kind());
        let alone = matches!(above, Some(ObjectKind::Schema | ObjectKind::Database));
        let public = kind == ObjectKind::Schema && walker.name() == "public";
        let brought = walker.name() == "plpgsql"
            || walker
                .object()
                .attributes
                .iter()
                .any(|fact| &*fact.key == "extension");
        if public || !alone || brought {
            continue;
        }
        let definition = session.definition(&walker.path(), &cx()).await;
        let definition = definition.unwrap_or_else(|error| panic!("{}: {error:?}", walker.path()));
        // A sequence is made before the table that owns it, and given to it after; a type
        // is named before the functions that it is made of.
        let (parted, again) = match kind {
            ObjectKind::Sequence => ("\n\nALTER SEQUENCE ", "ALTER SEQUENCE "),
            ObjectKind::RangeType | ObjectKind::BaseType => (";\n\nCREATE TYPE ", "CREATE TYPE "),
            _ => ("\0", ""),
        };
        match definition.text.split_once(parted) {
            Some((made, given)) => {
                statements.push(made.to_owned());
                statements.push(format!("{again}{given}"));
            }
            None => statements.push(definition.text),
        }
    }
    // A function would make the bare name of a type by itself.
    statements.sort_by_key(|statement| match statement {
        schema if schema.starts_with("CREATE SCHEMA") => 0,
        bare if bare.starts_with("CREATE TYPE") && !bare.contains('(') => 1,
        _ => 2,
    });
    statements
}

/// Runs each statement after those that it needs: what fails is tried again after the
/// others, until nothing more succeeds.
async fn load(database: &FreshDatabase, mut statements: Vec<String>) {
    let mut superuser = database.connect().await;
    sqlx::raw_sql("SET check_function_bodies = off")
        .execute(&mut superuser)
        .await
        .unwrap();
    while !statements.is_empty() {
        let before = statements.len();
        let mut left = Vec::new();
        let mut failure = None;
        for statement in statements {
            let ran = sqlx::raw_sql(sqlx::AssertSqlSafe(statement.clone()))
                .execute(&mut superuser)
                .await;
            if let Err(error) = ran {
                failure = Some(format!("{error} in {statement}"));
                left.push(statement);
            }
        }
        assert!(
            left.len() < before,
            "what is left does not load: {failure:?}"
        );
        statements = left;
    }
    superuser.close().await.unwrap();
}

/// A line without the places of columns: one that was dropped leaves a gap.
fn unplaced(line: &str) -> String {
    let words = line.split(' ');
    let kept = words.filter(|word| {
        let place = word.strip_prefix('#');
        place.is_none_or(|place| place.parse::<u16>().is_err())
    });
    kept.collect::<Vec<_>>().join(" ")
}

async fn is_made_again(sql: &str) {
    for server in Postgres::every().await {
        let original = server.fresh_database(sql).await;
        all_is_made_again(server, &original).await;
    }
}

/// Makes all of a database again in an empty one, and reads the same there.
pub(super) async fn all_is_made_again(server: &Postgres, original: &FreshDatabase) {
    let before = read_fresh(original).await;
    let (defaults, statements) = statements(original, &before)
        .await
        .into_iter()
        .partition(|statement| statement.starts_with("ALTER DEFAULT PRIVILEGES"));
    let copy = server.fresh_database("").await;
    load(&copy, statements).await;
    // What new objects get is not for those that were there.
    load(&copy, defaults).await;
    let after = read_fresh(&copy).await;
    let before = outline(&before, &original.name);
    let after = outline(&after, &copy.name);
    // The database itself is not made again.
    for (made, again) in before.lines().zip(after.lines()).skip(1) {
        assert_eq!(
            unplaced(made),
            unplaced(again),
            "each object is made again as it was"
        );
    }
    assert_eq!(
        before.lines().count(),
        after.lines().count(),
        "and there are as many"
    );
}

#[tokio::test]
async fn zabbix_is_made_again_from_its_definitions() {
    is_made_again(&schemas::zabbix_postgres_sql()).await;
}

#[tokio::test]
async fn mediawiki_is_made_again_from_its_definitions() {
    is_made_again(&schemas::mediawiki_postgres_sql()).await;
}

#[tokio::test]
async fn everything_is_made_again_from_its_definitions() {
    for server in Postgres::every().await {
        let original = server.fresh_database(EVERYTHING).await;
        // What no statement can make or say: an index that failed, secrets that are hidden,
        // and what somebody gave to an extension by hand.
        original
            .execute(
                "DROP INDEX sales.orders_failed;
                ALTER FOREIGN TABLE ref.rates OPTIONS (DROP secret_path);
                ALTER SERVER branch OPTIONS (DROP secret_token);
                ALTER USER MAPPING FOR PUBLIC SERVER branch OPTIONS (DROP password);
                ALTER EXTENSION postgres_fdw DROP TABLE ref.brought",
            )
            .await;
        all_is_made_again(server, &original).await;
    }
}

#[tokio::test]
async fn what_is_seldom_made_is_made_again() {
    is_made_again(
        r#"
        CREATE TABLE mine (a integer);
        REVOKE ALL ON mine FROM postgres;
        CREATE FUNCTION nobodys() RETURNS integer LANGUAGE sql AS 'SELECT 1';
        REVOKE ALL ON FUNCTION nobodys() FROM PUBLIC, postgres;
        CREATE TABLE "NULL" ("NULL" text);
        CREATE TYPE no_labels AS ENUM ();
        CREATE TYPE no_fields AS ();
        CREATE AGGREGATE counted(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
        COMMENT ON AGGREGATE counted(*) IS 'All';
        CREATE TABLE parted (a integer) PARTITION BY HASH (a);
        CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE OPERATOR !! (RIGHTARG = integer, FUNCTION = int4um);
        COMMENT ON OPERATOR !! (NONE, integer) IS 'Prefix';
        CREATE RULE told AS ON UPDATE TO "NULL" DO ALSO NOTIFY changed;
        CREATE VIEW checked AS SELECT * FROM "NULL" WHERE "NULL" <> 'x' WITH CASCADED CHECK OPTION;
        CREATE RECURSIVE VIEW counting (n) AS SELECT 1 UNION ALL SELECT n + 1 FROM counting WHERE n < 5;
        CREATE FUNCTION squared(x integer) RETURNS integer LANGUAGE sql RETURN x * x;
        CREATE FUNCTION rows_of(x integer) RETURNS TABLE (a integer, b text) LANGUAGE sql
            AS $$ SELECT 1, 'x' $$;
        CREATE FUNCTION fires() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE TRIGGER seen AFTER UPDATE ON mine REFERENCING OLD TABLE AS o NEW TABLE AS n
            FOR EACH STATEMENT EXECUTE FUNCTION fires('a', 'it''s');
        "#,
    )
    .await;
}

#[tokio::test]
async fn a_table_that_somebody_changes_is_busy_not_missing() {
    let server = Postgres::shared().await;
    let database = server
        .fresh_database("CREATE TABLE locked (n integer CHECK (n > 0), m integer DEFAULT 1)")
        .await;
    let mut owner = database.connect().await;
    let mut transaction = owner.begin().await.unwrap();
    sqlx::raw_sql("ALTER TABLE locked ADD COLUMN o integer")
        .execute(&mut *transaction)
        .await
        .unwrap();
    let mut session = open(&database.url).await;
    let table = path(&database.name, "public", &[(ObjectKind::Table, "locked")]);
    let refused = session.definition(&table, &cx()).await;
    assert!(
        matches!(refused, Err(EngineError::Busy { .. })),
        "it is there, and cannot be looked into now: {refused:?}"
    );
    transaction.rollback().await.unwrap();
    let given = session.definition(&table, &cx()).await;
    assert!(given.is_ok(), "afterwards it can: {given:?}");
}
