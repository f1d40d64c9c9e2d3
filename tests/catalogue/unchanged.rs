//! A sync that changes nothing writes nothing but its own record.

use crate::support::{OBJECT_TABLES, Store, dump};
use crate::world::{Event, World};

fn world() -> World {
    let mut world = World::new(true);
    for name in ["a", "b", "t2"] {
        world.happen(&Event::AddTable(0, name.to_owned()));
    }
    world.happen(&Event::ToggleIndex(0, 0));
    world.happen(&Event::ToggleTrigger(0, 1));
    world
}

#[test]
fn an_unchanged_schema_writes_no_row() {
    let store = Store::new();
    let person = store.person("ada");
    person.sync(&world().snapshot());
    let plain = store.plain();
    let tables = || {
        let more = ["statistics", "unseen", "sequence"];
        // The sync's own numbers are part of its record.
        let rows = OBJECT_TABLES
            .iter()
            .chain(&more)
            .flat_map(|table| dump(&plain, table));
        rows.filter(|row| !row.contains("\"sync"))
            .collect::<Vec<_>>()
    };
    let before = tables();
    person.sync(&world().snapshot());
    assert_eq!(tables(), before, "every row is as it was");
}

#[test]
fn new_estimates_are_no_change() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = world();
    person.sync(&world.snapshot());
    let plain = store.plain();
    let rows = || {
        OBJECT_TABLES
            .iter()
            .flat_map(|table| dump(&plain, table))
            .collect::<Vec<_>>()
    };
    let before = rows();
    world.happen(&Event::Insert(0, 0, 77));
    let applied = person.sync(&world.snapshot());
    assert_eq!(
        (applied.added, applied.changed, applied.removed),
        (0, 0, 0),
        "nobody changed it"
    );
    assert_eq!(rows(), before, "no version was written");
    assert_eq!(
        crate::support::facts(&person.snapshot()),
        crate::support::facts(&world.snapshot()),
        "and the estimates, also the index's, are the new ones"
    );
}

#[test]
fn one_changed_column_writes_one_version() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = world();
    person.sync(&world.snapshot());
    let plain = store.plain();
    let count = || {
        OBJECT_TABLES
            .iter()
            .map(|table| dump(&plain, table).len())
            .sum::<usize>()
    };
    let before = count();
    world.happen(&Event::RetypeColumn(0, 1, 0));
    let applied = person.sync(&world.snapshot());
    assert_eq!(
        (applied.added, applied.changed, applied.removed),
        (0, 1, 0),
        "one column changed"
    );
    assert_eq!(count(), before + 1, "its new version is the only new row");
}
