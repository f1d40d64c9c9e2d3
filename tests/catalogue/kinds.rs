//! The rarer kinds of objects, what belongs to the server itself, and who needs whom.

use catalogue::{Applied, ApplyScope, DatabaseEntry, Page, SyncEnd, SyncTotals};
use model::snapshot::{
    Attribute, ColumnDetail, DatabaseDetail, Object, ObjectName, OtherDetail, RelationDetail,
    SchemaDetail, ServerDetail, Warning,
};
use model::{ObjectKind, ObjectPath, Snapshot, SnapshotBuilder};

use crate::support::{Person, Store, assert_lifespans, facts};

fn other(kind: ObjectKind, name: &str, summary: &str) -> Object<OtherDetail> {
    Object::new(name, OtherDetail::new(kind).summary(summary))
}

/// A schema `s` with a table, functions and a view that needs both, and an extension
/// beside it.
fn shop(functions: &[(&str, &str)]) -> SnapshotBuilder {
    let mut builder = SnapshotBuilder::default();
    let mut database = builder.database(Object::new("shop", DatabaseDetail::default()));
    let mut schema = database.schema(Object::new("s", SchemaDetail::default()));
    schema.table(Object::new("orders", RelationDetail::default()));
    let needed = |kind, name: &str| ObjectName {
        kind,
        schema: Some("s".into()),
        name: name.into(),
    };
    schema.view(Object::new("totals", RelationDetail::default()).attribute(
        Attribute::DEPENDS_ON,
        vec![
            needed(ObjectKind::Table, "orders"),
            needed(ObjectKind::Function, "total(integer)"),
        ],
    ));
    for (name, summary) in functions {
        schema.object(other(ObjectKind::Function, name, summary));
    }
    drop(schema);
    database.object(other(ObjectKind::Extension, "citext", "1.6"));
    drop(database);
    builder
}

const TOTAL: (&str, &str) = ("total(integer)", "(order_id integer) → numeric");
const OTHER: (&str, &str) = ("total(text)", "(code text) → numeric");

#[test]
fn every_kind_comes_back_as_it_was_read() {
    let store = Store::new();
    let person = store.person("ada");
    let read = shop(&[TOTAL, OTHER]).finish();
    let applied = person.sync(&read);
    assert_eq!(
        applied.added, 7,
        "database, schema, table, view, two functions, extension"
    );
    assert_eq!(facts(&person.snapshot()), facts(&read), "all of it is held");
    let counts = person.read(|scope| scope.objects().counts(person.connection));
    assert_eq!(counts, read.counts(), "and counted");
    let again = person.sync(&read);
    assert_eq!(
        (again.added, again.changed, again.removed),
        (0, 0, 0),
        "the same again writes nothing"
    );
}

#[test]
fn a_changed_function_is_a_new_version_and_a_dropped_one_is_closed() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop(&[TOTAL, OTHER]).finish());
    let changed = shop(&[("total(integer)", "(order_id integer) → money")]).finish();
    let applied = person.sync(&changed);
    assert_eq!(
        (applied.added, applied.changed, applied.removed),
        (0, 1, 1),
        "one differs, one is gone"
    );
    assert_eq!(facts(&person.snapshot()), facts(&changed), "as it is now");
    assert_lifespans(&store.plain());
}

#[test]
fn a_kind_that_could_not_be_seen_is_kept_and_all_else_goes_on() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop(&[TOTAL, OTHER]).finish());
    let mut blind = shop(&[]);
    let schema = ObjectPath::database("shop").child(ObjectKind::Schema, "s");
    blind.warn(Warning {
        object: schema.all(ObjectKind::Function),
        reason: "This user may not read functions.".to_owned(),
        grant: None,
        unseen: true,
    });
    let applied = person.sync(&blind.finish());
    assert_eq!(
        (applied.removed, applied.unseen),
        (0, 2),
        "two functions are out of sight and not gone"
    );
    let held = person.snapshot().counts();
    assert_eq!(
        held.get(&ObjectKind::Function),
        Some(&2),
        "they are still there"
    );
    let back = person.sync(&shop(&[TOTAL]).finish());
    assert_eq!(back.removed, 1, "seen again, one is really gone");
}

fn server(roles: &[&str]) -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    let mut server = builder.server(Object::new("server", ServerDetail::default()));
    for role in roles {
        server.object(other(ObjectKind::Role, role, "may sign in"));
    }
    drop(server);
    builder.finish()
}

fn list(person: &Person<'_>, server: &Snapshot) -> Applied {
    let entry = DatabaseEntry {
        object: Object::new("shop", DatabaseDetail::default()),
        closed: None,
    };
    person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "list")?.id;
        let applied =
            scope
                .objects()
                .apply_databases(sync, person.connection, &[entry], true, server)?;
        scope
            .syncs()
            .finish(sync, &SyncEnd::Done, &[], SyncTotals::default())?;
        Ok(applied)
    })
}

#[test]
fn what_belongs_to_the_server_stands_beside_its_databases() {
    let store = Store::new();
    let person = store.person("ada");
    list(&person, &server(&["app", "reporting"]));
    let roots = person.read(|scope| scope.objects().roots(person.connection));
    let names: Vec<_> = roots.iter().map(|root| (root.kind, &*root.name)).collect();
    assert_eq!(
        names,
        [
            (ObjectKind::Database, "shop"),
            (ObjectKind::Server, "server")
        ],
        "databases first"
    );
    let roles = person.read(|scope| {
        scope
            .objects()
            .children(roots[1].id, &[ObjectKind::Role], None, Page::ALL)
    });
    assert_eq!(roles.total, 2, "with its roles");
    assert_eq!(
        roles.rows[0].path,
        ObjectPath::server().child(ObjectKind::Role, "app"),
        "each at its path"
    );
    let applied = list(&person, &server(&["app"]));
    assert_eq!(
        (applied.added, applied.removed),
        (0, 1),
        "a dropped role is gone"
    );
    // A database's own sync says nothing of the server.
    let applied = person.sync(&shop(&[]).finish());
    assert_eq!(applied.removed, 0, "roles stay");
}

#[test]
fn attributes_of_a_database_are_those_that_were_read_behind_the_list() {
    let store = Store::new();
    let person = store.person("ada");
    let sync = |page_size: i64| {
        let mut builder = SnapshotBuilder::default();
        let database = Object::new("shop", DatabaseDetail::default());
        drop(builder.database(database.attribute("page_size", page_size)));
        let read = builder.finish();
        let entry = DatabaseEntry {
            object: Object::new("shop", DatabaseDetail::default()),
            closed: None,
        };
        person.write(|scope| {
            let sync = scope.syncs().begin(person.connection, "all")?.id;
            let (objects, connection) = (scope.objects(), person.connection);
            let listed =
                objects.apply_databases(sync, connection, &[entry], true, &Snapshot::default())?;
            let part = ApplyScope::database("shop");
            let applied = objects.apply(sync, connection, &part, &read)?;
            let end = SyncEnd::Done;
            scope
                .syncs()
                .finish(sync, &end, &[], SyncTotals::default())?;
            Ok((listed.added, listed.changed + applied.changed))
        })
    };
    let held = || {
        let roots = person.read(|scope| scope.objects().roots(person.connection));
        roots[0].attributes[0].value.clone()
    };
    assert_eq!(sync(4096), (1, 0), "new, and nothing differs from before");
    assert_eq!(held(), 4096.into(), "the list has none, reading has");
    assert_eq!(sync(4096), (0, 0), "the same again writes nothing");
    assert_eq!(sync(8192), (0, 1), "another value is a change");
    assert_eq!(held(), 8192.into(), "and is what is told");
    assert_lifespans(&store.plain());
}

#[test]
fn a_server_that_could_not_be_read_keeps_its_roles() {
    let store = Store::new();
    let person = store.person("ada");
    list(&person, &server(&["app"]));
    let mut blind = SnapshotBuilder::default();
    blind.warn(Warning {
        object: ObjectPath::server(),
        reason: "This user may not read roles.".to_owned(),
        grant: None,
        unseen: true,
    });
    let applied = list(&person, &blind.finish());
    assert_eq!(applied.removed, 0, "nothing is told to be gone");
    let counts = person.read(|scope| scope.objects().counts(person.connection));
    assert_eq!(
        counts.get(&ObjectKind::Role),
        Some(&1),
        "the role is still there"
    );
}

#[test]
fn what_needs_an_object_is_found_from_it() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&shop(&[TOTAL, OTHER]).finish());
    let needed_by = |kind, name: &str| {
        let path = ObjectPath::database("shop")
            .child(ObjectKind::Schema, "s")
            .child(kind, name);
        person.read(|scope| {
            let id = scope.objects().find(person.connection, &path)?;
            scope
                .objects()
                .needed_by(id.expect("the object is there"))
                .map(|cards| cards.into_iter().map(|card| card.name).collect::<Vec<_>>())
        })
    };
    assert_eq!(
        needed_by(ObjectKind::Table, "orders"),
        ["totals".into()],
        "the view needs the table"
    );
    assert_eq!(
        needed_by(ObjectKind::Function, "total(integer)"),
        ["totals".into()],
        "and the function"
    );
    assert!(
        needed_by(ObjectKind::Function, "total(text)").is_empty(),
        "not the one of the same name with other arguments"
    );
}

#[test]
fn what_a_part_of_a_table_needs_the_table_needs() {
    let store = Store::new();
    let person = store.person("ada");
    let mut builder = SnapshotBuilder::default();
    let mut database = builder.database(Object::new("shop", DatabaseDetail::default()));
    database.object(other(ObjectKind::Sequence, "numbers", "from 1"));
    let mut table = database.table(Object::new("orders", RelationDetail::default()));
    let number = ColumnDetail {
        ordinal: 1,
        type_text: "integer".into(),
        nullable: false,
        default: Some("nextval('numbers')".into()),
        generated: None,
        collation: None,
    };
    let needed = ObjectName {
        kind: ObjectKind::Sequence,
        schema: None,
        name: "numbers".into(),
    };
    table.column(Object::new("number", number).attribute(Attribute::DEPENDS_ON, vec![needed]));
    drop(table);
    drop(database);
    person.sync(&builder.finish());
    let needing = person.read(|scope| {
        let path = ObjectPath::database("shop").child(ObjectKind::Sequence, "numbers");
        let id = scope.objects().find(person.connection, &path)?;
        scope.objects().needed_by(id.expect("it is there"))
    });
    let names: Vec<_> = needing
        .iter()
        .map(|card| (card.kind, &*card.name))
        .collect();
    assert_eq!(
        names,
        [(ObjectKind::Table, "orders")],
        "the column's default counts as the table's"
    );
}

#[test]
fn an_object_without_a_name_is_not_taken_for_all_of_its_kind() {
    let store = Store::new();
    let person = store.person("ada");
    let read = |names: &[&str]| {
        let mut builder = SnapshotBuilder::default();
        let mut database = builder.database(Object::new("shop", DatabaseDetail::default()));
        for name in names {
            database.object(other(ObjectKind::Event, name, "at night"));
        }
        drop(database);
        builder
    };
    person.sync(&read(&["", "cleanup"]).finish());
    let mut blind = read(&[]);
    blind.warn(Warning {
        object: ObjectPath::database("shop").child(ObjectKind::Event, ""),
        reason: "Somebody holds it.".to_owned(),
        grant: None,
        unseen: true,
    });
    let applied = person.sync(&blind.finish());
    assert_eq!(
        (applied.removed, applied.unseen),
        (1, 1),
        "the other one is gone"
    );
}

#[test]
fn what_was_made_anew_out_of_sight_replaces_what_it_was() {
    let store = Store::new();
    let person = store.person("ada");
    let read = |id: &str| {
        let mut builder = SnapshotBuilder::default();
        let mut database = builder.database(Object::new("shop", DatabaseDetail::default()));
        database.object(other(ObjectKind::Extension, "citext", "1.6").native_id(id));
        drop(database);
        builder
    };
    person.sync(&read("1").finish());
    let mut anew = read("2");
    anew.warn(Warning {
        object: ObjectPath::database("shop").child(ObjectKind::Extension, "citext"),
        reason: "This user may not look into it.".to_owned(),
        grant: None,
        unseen: true,
    });
    let applied = person.sync(&anew.finish());
    assert_eq!(
        (applied.added, applied.removed),
        (1, 1),
        "the old one does not stay beside the new one"
    );
}
