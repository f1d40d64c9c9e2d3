//! A sync of a part speaks of that part alone.

use std::collections::BTreeMap;

use catalogue::ApplyScope;
use model::snapshot::{Detail, Object};
use model::{ObjectKind, ObjectPath, Snapshot, SnapshotBuilder};
use proptest::prelude::*;

use crate::support::{Store, assert_lifespans, facts};
use crate::world::{World, event};

/// An object with the facts of its kind taken out of the common type.
macro_rules! typed {
    ($object:expr, $kind:ident) => {{
        let Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail,
        } = $object.clone();
        let Detail::$kind(detail) = detail else {
            panic!("the kind was asked for")
        };
        Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail,
        }
    }};
}

/// What an engine reads within a scope: the database, and of it only that part.
fn within(snapshot: &Snapshot, schema: &str, table: Option<&str>) -> Snapshot {
    let mut out = SnapshotBuilder::default();
    copy_part(snapshot, Some(schema), table, &mut out);
    out.finish()
}

/// Copies a whole snapshot of a world.
pub(crate) fn copy(snapshot: &Snapshot, out: &mut SnapshotBuilder) {
    copy_part(snapshot, None, None, out);
}

fn copy_part(
    snapshot: &Snapshot,
    schema: Option<&str>,
    table: Option<&str>,
    out: &mut SnapshotBuilder,
) {
    for root in snapshot.roots() {
        let mut database = out.database(typed!(root.object(), Database));
        for inside in root
            .children()
            .filter(|child| schema.is_none_or(|schema| child.name() == schema))
        {
            let mut builder = database.schema(typed!(inside.object(), Schema));
            for relation in inside.children() {
                if table.is_none_or(|table| table == relation.name()) {
                    let mut builder = builder.table(typed!(relation.object(), Table));
                    for child in relation.children() {
                        match child.kind() {
                            ObjectKind::Column => builder.column(typed!(child.object(), Column)),
                            ObjectKind::PrimaryKey => {
                                builder.primary_key(typed!(child.object(), PrimaryKey));
                            }
                            ObjectKind::Check => builder.check(typed!(child.object(), Check)),
                            ObjectKind::ForeignKey => {
                                builder.foreign_key(typed!(child.object(), ForeignKey));
                            }
                            ObjectKind::Index => builder.index(typed!(child.object(), Index)),
                            ObjectKind::Trigger => builder.trigger(typed!(child.object(), Trigger)),
                            kind => unreachable!("the world makes no {kind}"),
                        }
                    }
                }
            }
        }
    }
}

fn flat(snapshot: &Snapshot) -> BTreeMap<ObjectPath, Vec<Object<Detail>>> {
    let mut flat: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (path, object) in facts(snapshot) {
        flat.entry(path).or_default().push(object);
    }
    flat
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_part_changes_only_what_lies_within_it(
        native: bool,
        before in prop::collection::vec(event(), 0..12),
        after in prop::collection::vec(event(), 0..6),
        schema in 0..2_usize,
        table in prop::option::of(crate::world::name()),
    ) {
        let store = Store::new();
        let person = store.person("ada");
        let mut world = World::new(native);
        before.iter().for_each(|event| world.happen(event));
        person.sync(&world.snapshot());
        let mut expected = flat(&world.snapshot());
        after.iter().for_each(|event| world.happen(event));
        let schema = world.schemas[schema].name.clone();
        let read = within(&world.snapshot(), &schema, table.as_deref());
        let scope = ApplyScope { database: "shop", schema: Some(&schema), table: table.as_deref() };
        person.sync_part(&scope, &read);

        let mut part = ObjectPath::database("shop").child(ObjectKind::Schema, schema.as_str());
        if let Some(table) = &table {
            part = part.child(ObjectKind::Table, table.as_str());
        }
        expected.retain(|path, _| !part.contains(path));
        expected.extend(flat(&read).into_iter().filter(|(path, _)| part.contains(path)));
        prop_assert_eq!(flat(&person.snapshot()), expected, "outside the part nothing moved");
        let counts = person.read(|scope| scope.objects().counts(person.connection));
        prop_assert_eq!(counts, person.snapshot().counts(), "the kept counts follow");
        assert_lifespans(&store.plain());
    }
}

#[test]
fn a_table_that_is_gone_is_closed_by_a_sync_of_that_table() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    for name in ["a", "b"] {
        world.happen(&crate::world::Event::AddTable(0, name.to_owned()));
    }
    person.sync(&world.snapshot());
    world.schemas[0].tables.remove(0);
    let scope = ApplyScope {
        database: "shop",
        schema: Some("public"),
        table: Some("a"),
    };
    person.sync_part(&scope, &within(&world.snapshot(), "public", Some("a")));
    let left: Vec<_> = world.tables().into_iter().map(|(_, path)| path).collect();
    let held = person.snapshot();
    let tables: Vec<_> = held
        .all()
        .filter(|object| object.kind() == ObjectKind::Table)
        .map(|table| table.path())
        .collect();
    assert_eq!(
        tables, left,
        "the dropped table is gone and the other is there"
    );
}
