//! The views for readers from outside: the current schema in plain SQL.

use model::snapshot::{
    ColumnDetail, DatabaseDetail, ForeignKeyDetail, KeyDetail, Object, RelationDetail,
    RelationName, SchemaDetail, SnapshotBuilder, Statistics,
};
use model::{Amount, Snapshot};

use crate::support::{Store, dump};

fn column(ordinal: u32, type_text: &str) -> ColumnDetail {
    ColumnDetail {
        ordinal,
        type_text: type_text.into(),
        nullable: ordinal > 1,
        default: (ordinal == 3).then(|| "now()".into()),
        generated: None,
        collation: None,
    }
}

fn shop() -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    let mut database = builder.database(Object::new("shop", DatabaseDetail::default()));
    let mut schema = database.schema(Object::new("public", SchemaDetail::default()));
    let rows = Statistics {
        rows: Some(Amount::from(42_u32)),
        ..Statistics::default()
    };
    let object = Object::new("orders", RelationDetail::default()).statistics(rows);
    let mut orders = schema.table(object.comment(Some("Sales.".into())));
    orders.column(Object::new("id", column(1, "bigint")));
    orders.column(Object::new("person", column(2, "integer")));
    orders.column(Object::new("placed_at", column(3, "timestamptz")));
    let key = KeyDetail {
        columns: vec!["id".into()],
        ..KeyDetail::default()
    };
    orders.primary_key(Object::new("orders_pkey", key));
    orders.foreign_key(Object::new(
        "orders_person",
        ForeignKeyDetail {
            columns: vec!["id".into(), "person".into()],
            references: RelationName {
                schema: Some("crm".into()),
                name: "people".into(),
            },
            referenced_columns: vec!["shop".into(), "number".into()],
            on_update: Default::default(),
            on_delete: Default::default(),
            match_type: Default::default(),
            deferral: Default::default(),
            validated: true,
        },
    ));
    drop(orders);
    drop(schema);
    drop(database);
    builder.finish()
}

#[test]
fn any_sqlite_tool_reads_the_current_schema() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop());
    let plain = store.plain();
    let one = |sql: &str| -> String {
        plain
            .query_row(sql, [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map(|value| format!("{value:?}"))
            .unwrap_or_else(|error| panic!("{sql} answers: {error}"))
    };
    for (sql, wanted) in [
        (
            "SELECT type || name || host || color || is_active FROM connections",
            "Text(\"postgresshopdb.example#3b82f61\")",
        ),
        (
            "SELECT connection || name FROM databases",
            "Text(\"shopshop\")",
        ),
        (
            "SELECT database || schema || name || type || row_estimate || comment FROM tables",
            "Text(\"shoppublicorderstable42Sales.\")",
        ),
        (
            "SELECT group_concat(name || type, ' ') FROM (SELECT * FROM columns ORDER BY ordinal_position)",
            "Text(\"idbigint personinteger placed_attimestamptz\")",
        ),
        (
            "SELECT name FROM columns WHERE is_primary_key",
            "Text(\"id\")",
        ),
        (
            "SELECT count(*) FROM columns WHERE is_foreign_key",
            "Integer(2)",
        ),
        (
            "SELECT referenced_table || referenced_column FROM columns WHERE name = 'person'",
            "Text(\"peoplenumber\")",
        ),
        (
            "SELECT name FROM columns WHERE NOT is_nullable",
            "Text(\"id\")",
        ),
        (
            "SELECT default_value FROM columns WHERE name = 'placed_at'",
            "Text(\"now()\")",
        ),
    ] {
        assert_eq!(one(sql), wanted, "{sql}");
    }
}

#[test]
fn the_views_show_only_what_is_current() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop());
    let mut builder = SnapshotBuilder::default();
    builder.database(Object::new("shop", DatabaseDetail::default()));
    person.sync(&builder.finish());
    let plain = store.plain();
    assert_eq!(dump(&plain, "databases").len(), 1, "the database is there");
    assert_eq!(dump(&plain, "tables").len(), 0, "the table is not");
    assert_eq!(dump(&plain, "columns").len(), 0, "nor its columns");
    assert_ne!(dump(&plain, "relation").len(), 0, "though its past is kept");
}

#[test]
fn equal_names_of_two_users_do_not_meet_in_the_views() {
    let store = Store::new();
    for name in ["ada", "bob"] {
        store.person(name).sync(&shop());
    }
    let plain = store.plain();
    assert_eq!(dump(&plain, "columns").len(), 6, "three columns each");
    let ada: i64 = plain
        .query_row(
            "SELECT count(*) FROM columns WHERE user = 'ada' AND is_foreign_key",
            [],
            |row| row.get(0),
        )
        .expect("the view says whose it is");
    assert_eq!(ada, 2, "each user's keys belong to their own columns");
}

#[test]
fn no_view_shows_what_proves_a_passphrase() {
    let store = Store::new();
    store.person("ada").sync(&shop());
    let plain = store.plain();
    let views: Vec<(String, String)> = plain
        .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'view'")
        .and_then(|mut statement| {
            statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .expect("the views can be listed");
    assert_eq!(views.len(), 4, "there are four");
    for (name, sql) in views {
        for secret in ["verifier", "key_parameters", "vault_file"] {
            assert!(!sql.contains(secret), "{name} does not mention {secret}");
        }
    }
}
