//! Which object is which from one sync to the next.

use catalogue::{ApplyScope, DatabaseEntry, SyncEnd, SyncTotals};
use model::snapshot::{ColumnDetail, DatabaseDetail, Object, RelationDetail, SchemaDetail};
use model::{ObjectId, ObjectKind, ObjectPath, Snapshot, SnapshotBuilder};

use crate::support::{Person, Store};

/// A database `shop` with the schema `public`, whose tables have one column each.
fn shop(database: &str, schema: &str, tables: &[(&str, &str)]) -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    let mut inside =
        builder.database(Object::new("shop", DatabaseDetail::default()).native_id(database));
    let mut public =
        inside.schema(Object::new("public", SchemaDetail::default()).native_id(schema));
    for (name, id) in tables {
        let mut table = public.table(Object::new(*name, RelationDetail::default()).native_id(*id));
        table.column(Object::new("id", column()).native_id("1"));
    }
    drop(public);
    drop(inside);
    builder.finish()
}

fn column() -> ColumnDetail {
    ColumnDetail {
        ordinal: 1,
        type_text: "integer".into(),
        nullable: false,
        default: None,
        generated: None,
        collation: None,
    }
}

fn table(name: &str) -> ObjectPath {
    ObjectPath::database("shop")
        .child(ObjectKind::Schema, "public")
        .child(ObjectKind::Table, name)
}

fn id(person: &Person<'_>, path: &ObjectPath) -> Option<ObjectId> {
    person.read(|scope| scope.objects().find(person.connection, path))
}

#[test]
fn a_rename_keeps_the_lineage_of_the_table_and_its_columns() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop("1", "2", &[("orders", "10"), ("people", "11")]));
    let before = id(&person, &table("orders"));
    let column_before = id(&person, &table("orders").child(ObjectKind::Column, "id"));
    let applied = person.sync(&shop("1", "2", &[("sales", "10"), ("people", "11")]));
    assert_eq!(
        (applied.added, applied.changed, applied.removed),
        (0, 1, 0),
        "one object changed"
    );
    assert_eq!(
        id(&person, &table("sales")),
        before,
        "it is the same table under another name"
    );
    assert_eq!(
        id(&person, &table("orders")),
        None,
        "nothing has the old name"
    );
    assert_eq!(
        id(&person, &table("sales").child(ObjectKind::Column, "id")),
        column_before,
        "its columns went with it"
    );
}

#[test]
fn two_tables_may_swap_their_names() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop("1", "2", &[("a", "10"), ("b", "11")]));
    let (a, b) = (id(&person, &table("a")), id(&person, &table("b")));
    person.sync(&shop("1", "2", &[("b", "10"), ("a", "11")]));
    assert_eq!(
        id(&person, &table("b")),
        a,
        "the server's id tells which is which"
    );
    assert_eq!(
        id(&person, &table("a")),
        b,
        "the server's id tells which is which"
    );
}

#[test]
fn a_table_that_was_made_anew_is_another_table() {
    let store = Store::new();
    let person = store.person("ada");
    let tables = [("a", "10"), ("b", "11"), ("c", "12")];
    person.sync(&shop("1", "2", &tables));
    let before = id(&person, &table("a"));
    let applied = person.sync(&shop("1", "2", &[("a", "20"), tables[1], tables[2]]));
    assert_ne!(
        id(&person, &table("a")),
        before,
        "a new id at an old path is a new lineage"
    );
    assert_eq!(
        (applied.added, applied.removed),
        (2, 2),
        "the table and its column, out and in"
    );
}

#[test]
fn after_a_restore_tables_are_known_by_their_paths() {
    let store = Store::new();
    let person = store.person("ada");
    let names = ["a", "b", "c", "d"];
    let with = |first: u32| {
        let ids: Vec<_> = (first..)
            .take(names.len())
            .map(|id| id.to_string())
            .collect();
        let tables: Vec<_> = names
            .iter()
            .copied()
            .zip(ids.iter().map(String::as_str))
            .collect();
        shop("1", "2", &tables)
    };
    person.sync(&with(10));
    let before: Vec<_> = names.iter().map(|name| id(&person, &table(name))).collect();
    let applied = person.sync(&with(500));
    let after: Vec<_> = names.iter().map(|name| id(&person, &table(name))).collect();
    assert_eq!(
        after, before,
        "most ids are new while the paths are equal: it is a restore"
    );
    assert_eq!(
        (applied.added, applied.removed),
        (0, 0),
        "nothing came or went"
    );
}

#[test]
fn a_small_database_that_was_made_anew_and_restored_is_known_by_its_paths() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop("1", "2", &[("a", "10")]));
    let before = id(&person, &table("a"));
    person.sync(&shop("7", "2", &[("a", "90")]));
    assert_eq!(
        id(&person, &table("a")),
        before,
        "the database has a new id too"
    );
}

#[test]
fn a_restore_into_a_new_database_is_known_also_after_the_list_was_read() {
    let store = Store::new();
    let person = store.person("ada");
    let sync = |database: &str, table: &str| {
        let object = Object::new("shop", DatabaseDetail::default()).native_id(database);
        let entry = DatabaseEntry {
            object,
            closed: None,
        };
        let read = shop(database, "2", &[("a", table)]);
        person.write(|scope| {
            let sync = scope.syncs().begin(person.connection, "whole")?.id;
            let objects = scope.objects();
            objects.apply_databases(
                sync,
                person.connection,
                std::slice::from_ref(&entry),
                true,
                &Snapshot::default(),
            )?;
            objects.apply(
                sync,
                person.connection,
                &ApplyScope::database("shop"),
                &read,
            )?;
            scope
                .syncs()
                .finish(sync, &SyncEnd::Done, &[], SyncTotals::default())
        });
    };
    sync("1", "10");
    let before = id(&person, &table("a"));
    sync("7", "90");
    assert_eq!(
        id(&person, &table("a")),
        before,
        "the list has noted the new id before"
    );
}

#[test]
fn a_renamed_database_keeps_what_it_holds() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop("1", "2", &[("a", "10")]));
    let before = id(&person, &table("a"));
    let object = Object::new("store", DatabaseDetail::default()).native_id("1");
    let entry = DatabaseEntry {
        object,
        closed: None,
    };
    let applied = person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "list")?.id;
        scope.objects().apply_databases(
            sync,
            person.connection,
            &[entry],
            true,
            &Snapshot::default(),
        )
    });
    assert_eq!(
        (applied.added, applied.changed, applied.removed),
        (0, 1, 0),
        "only its name"
    );
    let path = ObjectPath::database("store")
        .child(ObjectKind::Schema, "public")
        .child(ObjectKind::Table, "a");
    assert_eq!(
        id(&person, &path),
        before,
        "its tables are there under the new name"
    );
}

#[test]
fn a_list_that_is_not_complete_closes_nothing() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop("1", "2", &[("a", "10")]));
    let applied = person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "list")?.id;
        scope
            .objects()
            .apply_databases(sync, person.connection, &[], false, &Snapshot::default())
    });
    assert_eq!(
        (applied.removed, applied.unseen),
        (0, 4),
        "all four objects are only unseen"
    );
    assert!(id(&person, &table("a")).is_some(), "the table is there");
}

#[test]
fn equal_table_names_in_two_schemas_never_mix() {
    let store = Store::new();
    let person = store.person("ada");
    let two = |left: &str, right: &str| {
        let mut builder = SnapshotBuilder::default();
        let mut database = builder.database(Object::new("shop", DatabaseDetail::default()));
        for (schema, column_name) in [("left", left), ("right", right)] {
            let mut schema = database.schema(Object::new(schema, SchemaDetail::default()));
            let mut table = schema.table(Object::new("t", RelationDetail::default()));
            table.column(Object::new(column_name, column()));
        }
        drop(database);
        builder.finish()
    };
    person.sync(&two("l", "r"));
    let path = |schema| {
        ObjectPath::database("shop")
            .child(ObjectKind::Schema, schema)
            .child(ObjectKind::Table, "t")
    };
    let (left, right) = (id(&person, &path("left")), id(&person, &path("right")));
    assert_ne!(left, right, "two tables are two objects");
    let changed = two("l", "new");
    let scope = ApplyScope {
        database: "shop",
        schema: Some("right"),
        table: Some("t"),
    };
    person.sync_part(&scope, &changed);
    assert_eq!(
        id(&person, &path("left")),
        left,
        "the other table is left alone"
    );
    assert_eq!(
        id(&person, &path("right")),
        right,
        "the table is the one it was"
    );
    let columns = |schema| id(&person, &path(schema).child(ObjectKind::Column, "new"));
    assert!(
        columns("right").is_some(),
        "the column is where it was read"
    );
    assert!(columns("left").is_none(), "the column is nowhere else");
}
