//! Reading the tree: pages, order, filters, single objects.

use catalogue::{CachedDefinition, Page};
use model::snapshot::{ColumnDetail, DatabaseDetail, Detail, Object, RelationDetail};
use model::{ObjectId, ObjectKind, ObjectPath, SnapshotBuilder};

use crate::support::{Person, Store};
use crate::world::{Event, World};

/// A file with tables and a view, without schemas.
fn file(tables: &[&str]) -> model::Snapshot {
    let mut builder = SnapshotBuilder::default();
    let mut database = builder.database(Object::new("main", DatabaseDetail::default()));
    for name in tables {
        let facts = RelationDetail {
            definition: Some("CREATE …".into()),
            ..Default::default()
        };
        let mut table = database.table(Object::new(*name, facts).comment(Some("A table.".into())));
        for (ordinal, name) in ["zeta", "alpha"].iter().enumerate() {
            table.column(Object::new(
                *name,
                column(u32::try_from(ordinal).expect("few") + 1),
            ));
        }
    }
    database.view(Object::new("t5", RelationDetail::default()));
    drop(database);
    builder.finish()
}

fn column(ordinal: u32) -> ColumnDetail {
    ColumnDetail {
        ordinal,
        type_text: "TEXT".into(),
        nullable: true,
        default: None,
        generated: None,
        collation: None,
    }
}

fn root(person: &Person<'_>) -> ObjectId {
    person.read(|scope| scope.objects().roots(person.connection))[0].id
}

#[test]
fn children_come_in_order_page_by_page() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&file(&["t10", "T2", "t2", "t1"]));
    let main = root(&person);
    let names = |kinds: &[ObjectKind], filter: Option<&str>, offset, limit| {
        let listing = person.read(|scope| {
            scope
                .objects()
                .children(main, kinds, filter, Page { offset, limit })
        });
        let names: Vec<_> = listing
            .rows
            .iter()
            .map(|card| card.name.to_string())
            .collect();
        (listing.total, names.join(" "))
    };
    assert_eq!(
        names(&[], None, 0, 99),
        (5, "t1 T2 t2 t5 t10".to_owned()),
        "as people count"
    );
    assert_eq!(
        names(&[ObjectKind::Table], None, 1, 2),
        (4, "T2 t2".to_owned()),
        "one page"
    );
    assert_eq!(
        names(&[ObjectKind::View], None, 0, 9),
        (1, "t5".to_owned()),
        "one kind"
    );
    assert_eq!(
        names(&[], Some("T1"), 0, 9),
        (2, "t1 t10".to_owned()),
        "case is no difference"
    );
    assert_eq!(
        names(&[], Some("%"), 0, 9),
        (0, String::new()),
        "a filter is plain text"
    );
    assert_eq!(
        names(&[], None, 99, 9),
        (5, String::new()),
        "past the end there is nothing"
    );
}

#[test]
fn columns_come_by_position() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&file(&["t"]));
    let path = ObjectPath::database("main").child(ObjectKind::Table, "t");
    let listing = person.read(|scope| {
        let objects = scope.objects();
        let table = objects
            .find(person.connection, &path)?
            .expect("the table is held");
        objects.children(table, &[ObjectKind::Column], None, Page::ALL)
    });
    let names: Vec<_> = listing.rows.iter().map(|card| &*card.name).collect();
    assert_eq!(names, ["zeta", "alpha"], "as the server counts them");
    assert_eq!(
        listing.rows[0].path,
        path.child(ObjectKind::Column, "zeta"),
        "each row knows where it stands"
    );
}

#[test]
fn counts_are_there_without_looking_further() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&file(&["a", "b"]));
    let cards = person.read(|scope| scope.objects().roots(person.connection));
    let wanted = [(ObjectKind::Table, 2), (ObjectKind::View, 1)];
    assert_eq!(
        cards[0].child_counts,
        wanted.into(),
        "on the card of the database"
    );
    let tables = person.read(|scope| {
        scope
            .objects()
            .children(cards[0].id, &[], Some("a"), Page::ALL)
    });
    assert_eq!(
        tables.rows[0].child_counts,
        [(ObjectKind::Column, 2)].into(),
        "and of the table"
    );
    let engine = model::EngineId::from("postgres");
    let totals = person.read(|scope| scope.objects().totals());
    assert_eq!(
        totals[&engine][&ObjectKind::Column],
        4,
        "and of all of an engine's connections"
    );
}

#[test]
fn a_record_says_everything() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    world.happen(&Event::AddTable(0, "orders".to_owned()));
    person.sync(&world.snapshot());
    let (_, path) = world.tables().remove(0);
    let record = |person: &Person<'_>| {
        person.read(|scope| {
            let id = scope
                .objects()
                .find(person.connection, &path)?
                .expect("the table is held");
            scope.objects().get(id)
        })
    };
    let first = record(&person);
    assert_eq!(first.card.path, path, "where it stands");
    let names: Vec<_> = first.path.iter().map(|(_, step)| &*step.name).collect();
    assert_eq!(names, ["shop", "public", "orders"], "the way to it");
    assert_eq!(first.card.attributes.len(), 2, "its engine's own facts");
    assert!(first.native_id.is_some(), "the server's id");
    assert_eq!(
        first.first_seen_at, first.changed_at,
        "it has not changed since it was first seen"
    );

    world.happen(&Event::CommentTable(0, 0, "Sales.".to_owned()));
    person.sync(&world.snapshot());
    let second = record(&person);
    assert_eq!(second.card.id, first.card.id, "it is the same object");
    assert_eq!(
        second.first_seen_at, first.first_seen_at,
        "seen first when it was"
    );
    assert!(second.changed_at > first.changed_at, "changed since");
    assert!(second.seen_at > first.seen_at, "seen since");
    assert_ne!(second.hash, first.hash, "its hash tells");

    world.happen(&Event::AddColumn(0, 0, "b".to_owned()));
    person.sync(&world.snapshot());
    let third = record(&person);
    assert_eq!(
        third.changed_at, second.changed_at,
        "a column is not the table's own fact"
    );
    assert_ne!(
        third.hash, second.hash,
        "but the hash covers what lies below"
    );
}

#[test]
fn lists_leave_out_the_statements_that_records_hold() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&file(&["a"]));
    let main = root(&person);
    let card = person
        .read(|scope| scope.objects().children(main, &[], Some("a"), Page::ALL))
        .rows
        .remove(0);
    let Detail::Table(facts) = &card.detail else {
        panic!("it is a table")
    };
    assert_eq!(facts.definition, None, "a list stays light");
    let record = person.read(|scope| scope.objects().get(card.id));
    let Detail::Table(facts) = &record.card.detail else {
        panic!("it is a table")
    };
    assert_eq!(
        facts.definition.as_deref(),
        Some("CREATE …"),
        "a record is whole"
    );
}

#[test]
fn a_definition_is_kept_for_as_long_as_the_object_hashes_so() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&file(&["a"]));
    let main = root(&person);
    let definition = CachedDefinition {
        text: "CREATE DATABASE".to_owned(),
        rendered: true,
    };
    person.write(|scope| scope.objects().cache_definition(main, 5, &definition));
    let kept = |hash| person.read(|scope| scope.objects().cached_definition(main, hash));
    assert_eq!(kept(5), Some(definition), "as long as the hash is the same");
    assert_eq!(kept(6), None, "not after a change");
}

#[test]
fn a_path_that_leads_nowhere_finds_nothing() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&file(&["a"]));
    let find =
        |path: ObjectPath| person.read(|scope| scope.objects().find(person.connection, &path));
    assert_eq!(
        find(ObjectPath::default()),
        None,
        "the connection is no object"
    );
    assert_eq!(
        find(ObjectPath::database("other")),
        None,
        "there is no such database"
    );
    let main = ObjectPath::database("main");
    assert_eq!(
        find(main.child(ObjectKind::View, "a")),
        None,
        "the kind counts"
    );
    assert_eq!(
        find(main.child(ObjectKind::Database, "main")),
        None,
        "a database holds none"
    );
    assert_eq!(
        find(
            main.child(ObjectKind::Schema, "s")
                .child(ObjectKind::Table, "a")
        ),
        None,
        "no schema"
    );
}
