//! What a role can no longer see is not gone.

use std::collections::BTreeMap;

use catalogue::{ApplyScope, DatabaseEntry, SyncEnd, SyncTotals};
use model::snapshot::{DatabaseDetail, Object, Warning};
use model::{ObjectKind, ObjectPath, Snapshot, SnapshotBuilder};
use proptest::prelude::*;

use crate::support::{Store, assert_lifespans, dump, facts};
use crate::world::{Event, World, event_or_blindness, unseen};

fn world() -> World {
    let mut world = World::new(true);
    for name in ["a", "b"] {
        world.happen(&Event::AddTable(0, name.to_owned()));
    }
    world.happen(&Event::AddTable(1, "c".to_owned()));
    world
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn unseen_parts_stay_as_they_were_seen_last(
        native: bool,
        rounds in prop::collection::vec(prop::collection::vec(event_or_blindness(), 0..4), 1..8),
    ) {
        let store = Store::new();
        let person = store.person("ada");
        let mut world = World::new(native);
        for round in &rounds {
            let before = person.snapshot();
            round.iter().for_each(|event| world.happen(event));
            let read = world.snapshot();
            person.sync(&read);
            let held = person.snapshot();
            let blind: Vec<ObjectPath> =
                read.warnings().iter().map(|warning| warning.object.clone()).collect();
            let below = |path: &ObjectPath| {
                blind.iter().any(|blind| blind != path && blind.contains(path))
            };
            let seen: Vec<_> =
                facts(&held).into_iter().filter(|(path, _)| !below(path)).collect();
            prop_assert_eq!(seen, facts(&read), "what was seen is as it was read");
            for schema in world.schemas.iter().filter(|schema| !schema.seen) {
                let path = world.path(schema, None);
                let inside = |snapshot| -> BTreeMap<ObjectPath, String> {
                    facts(snapshot)
                        .into_iter()
                        .filter(|(inside, _)| *inside != path && path.contains(inside))
                        .map(|(path, object)| (path, format!("{object:?}")))
                        .collect()
                };
                prop_assert_eq!(inside(&held), inside(&before), "nothing below an unseen schema moved");
            }
            let counts = person.read(|scope| scope.objects().counts(person.connection));
            prop_assert_eq!(counts, held.counts(), "the kept counts are those of what is held");
        }
        assert_lifespans(&store.plain());
        // Once everything can be seen again, it is all as it is.
        for schema in &mut world.schemas {
            schema.seen = true;
            schema.tables.iter_mut().for_each(|table| table.seen = true);
        }
        person.sync(&world.snapshot());
        prop_assert_eq!(facts(&person.snapshot()), facts(&world.snapshot()), "sight is back");
        prop_assert_eq!(dump(&store.plain(), "unseen").len(), 0, "and no mark is left");
    }
}

#[test]
fn a_lost_privilege_marks_and_drops_nothing() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = world();
    person.sync(&world.snapshot());
    let before = facts(&person.snapshot());
    world.schemas[0].seen = false;
    let applied = person.sync(&world.snapshot());
    assert_eq!(
        (applied.added, applied.changed, applied.removed),
        (0, 0, 0),
        "nothing happened"
    );
    assert!(
        applied.unseen >= 2,
        "the tables below are counted as unseen"
    );
    assert_eq!(facts(&person.snapshot()), before, "all is held as before");

    let path = world.path(&world.schemas[0], Some(&world.schemas[0].tables[0]));
    let (record, other) = person.read(|scope| {
        let objects = scope.objects();
        let id = objects
            .find(person.connection, &path)?
            .expect("the table is held");
        let other = world.path(&world.schemas[1], Some(&world.schemas[1].tables[0]));
        let other = objects
            .find(person.connection, &other)?
            .expect("the other table is held");
        Ok((objects.get(id)?, objects.get(other)?))
    });
    assert!(
        record.card.unseen.is_some(),
        "the table says why it was not seen"
    );
    assert_eq!(other.card.unseen, None, "a table elsewhere was seen");
    assert!(
        record.seen_at < other.seen_at,
        "it was last seen by the sync before"
    );
}

#[test]
fn a_mark_without_a_change_is_written_once() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = world();
    person.sync(&world.snapshot());
    world.schemas[0].tables[0].seen = false;
    person.sync(&world.snapshot());
    let before = dump(&store.plain(), "relation");
    let marks = dump(&store.plain(), "unseen");
    person.sync(&world.snapshot());
    assert_eq!(
        dump(&store.plain(), "relation"),
        before,
        "still unseen is no news"
    );
    assert_eq!(
        dump(&store.plain(), "unseen"),
        marks,
        "the mark says since when"
    );
}

#[test]
fn columns_that_are_really_gone_are_closed_once_the_table_is_seen_again() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = world();
    person.sync(&world.snapshot());
    let path = world.path(&world.schemas[0], Some(&world.schemas[0].tables[0]));
    world.schemas[0].tables[0].seen = false;
    person.sync(&world.snapshot());
    // Read without a warning and without columns: now they are gone.
    world.schemas[0].tables[0].seen = true;
    world.happen(&Event::DropColumn(0, 0, 0));
    person.sync(&world.snapshot());
    let held = person.snapshot();
    let table = held.find(&path).expect("the table is held");
    assert_eq!(
        table.children_of(ObjectKind::Column).count(),
        0,
        "no column is left"
    );
}

#[test]
fn a_database_that_may_not_be_entered_keeps_what_is_known_of_it() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&world().snapshot());
    let before = facts(&person.snapshot());
    let entry = |closed: Option<Warning>| DatabaseEntry {
        object: Object::new("shop", DatabaseDetail::default())
            .attribute("flag", true)
            .attribute("number", -3_i64)
            .native_id("0"),
        closed,
    };
    let list = |entries: &[DatabaseEntry]| {
        person.write(|scope| {
            let sync = scope.syncs().begin(person.connection, "list")?.id;
            let applied = scope.objects().apply_databases(
                sync,
                person.connection,
                entries,
                true,
                &Snapshot::default(),
            )?;
            scope
                .syncs()
                .finish(sync, &SyncEnd::Done, &[], SyncTotals::default())?;
            Ok(applied)
        })
    };
    let warning = unseen(ObjectPath::database("shop"));
    list(&[entry(Some(warning.clone()))]);
    assert_eq!(facts(&person.snapshot()), before, "nothing is dropped");
    let roots = person.read(|scope| scope.objects().roots(person.connection));
    assert_eq!(
        roots[0].unseen.as_ref(),
        Some(&warning.reason),
        "the database says why"
    );
    let kept = person.read(|scope| scope.syncs().warnings(person.connection));
    assert_eq!(kept.len(), 1, "the warning stands");

    person.sync(&world().snapshot());
    let roots = person.read(|scope| scope.objects().roots(person.connection));
    assert_eq!(roots[0].unseen, None, "reading it lifts the mark");
    let kept = person.read(|scope| scope.syncs().warnings(person.connection));
    assert_eq!(kept.len(), 0, "and the warning");

    list(&[]);
    assert_eq!(
        person.snapshot().nodes().len(),
        0,
        "a complete list without it closes it"
    );
}

#[test]
fn an_unseen_leaf_is_kept() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = world();
    world.happen(&Event::ToggleIndex(0, 0));
    person.sync(&world.snapshot());
    let table = world.path(&world.schemas[0], Some(&world.schemas[0].tables[0]));
    let index = table.child(ObjectKind::Index, "by_a");
    world.happen(&Event::ToggleIndex(0, 0));
    let mut read = SnapshotBuilder::default();
    read.warn(unseen(index.clone()));
    let read = with_warnings(&world, read);
    person.sync_part(&ApplyScope::database("shop"), &read);
    assert!(
        person.snapshot().find(&index).is_some(),
        "the index is not gone, only unseen"
    );
    person.sync(&world.snapshot());
    assert!(
        person.snapshot().find(&index).is_none(),
        "seen to be gone, it goes"
    );
}

#[test]
fn an_apply_that_reads_nothing_of_an_unseen_database_changes_nothing() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&world().snapshot());
    let before = facts(&person.snapshot());
    let mut read = SnapshotBuilder::default();
    read.warn(unseen(ObjectPath::database("shop")));
    let applied = person.sync_part(&ApplyScope::database("shop"), &read.finish());
    assert_eq!(facts(&person.snapshot()), before, "all is held as before");
    assert_eq!(
        applied.unseen + 1,
        before.len() as u64,
        "and all below the database is unseen"
    );
}

/// The world's snapshot with more warnings.
fn with_warnings(world: &World, mut warned: SnapshotBuilder) -> model::Snapshot {
    crate::partial::copy(&world.snapshot(), &mut warned);
    warned.finish()
}
