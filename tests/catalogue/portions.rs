//! What is read in portions lands as if it had been read at once, and what a
//! reading does not speak of stays as it is.

use std::collections::HashSet;

use catalogue::{ApplyScope, CatalogueError};
use model::snapshot::{DatabaseDetail, Fingerprint, Portion, Touched, TouchedRelations};
use model::{Snapshot, Text};
use proptest::prelude::*;

use crate::support::{Person, Store, assert_lifespans, facts};
use crate::world::{Event, Table, World, event, event_or_blindness, unseen};

const PORTIONS: u32 = 3;

/// The world in several portions; the first one has all schemas, the last one too.
fn portions(world: &World) -> Vec<Result<Portion, CatalogueError>> {
    let portion = |number: u32| {
        let last = number + 1 == PORTIONS;
        world.portion(|table| table.id % PORTIONS == number, number == 0 || last)
    };
    (0..PORTIONS)
        .map(|number| Ok(Portion::Read(portion(number))))
        .collect()
}

fn read(snapshot: Snapshot) -> Result<Portion, CatalogueError> {
    Ok(Portion::Read(snapshot))
}

fn mark(bytes: &[u8]) -> Result<Portion, CatalogueError> {
    Ok(Portion::Fingerprint(Fingerprint(bytes.to_vec())))
}

fn grown(names: &[&str]) -> World {
    let mut world = World::new(true);
    for name in names {
        world.happen(&Event::AddTable(0, (*name).to_owned()));
    }
    world
}

fn every_table(world: &World) -> Vec<(String, Table)> {
    let schemas = world.schemas.iter();
    let named = |schema: &crate::world::Schema| {
        let name = schema.name.clone();
        let tables = schema.tables.iter().cloned();
        tables
            .map(|table| (name.clone(), table))
            .collect::<Vec<_>>()
    };
    schemas.flat_map(named).collect()
}

/// The tables that differ between two moments, as they were and as they are.
fn differing(before: &World, after: &World) -> Vec<(String, Table)> {
    let (old, new) = (every_table(before), every_table(after));
    let only = |all: &[(String, Table)], others: &[(String, Table)]| {
        let differs = |table: &&(String, Table)| !others.contains(table);
        all.iter().filter(differs).cloned().collect::<Vec<_>>()
    };
    [only(&old, &new), only(&new, &old)].concat()
}

fn named(tables: &[(String, Table)]) -> TouchedRelations {
    let names = tables.iter().map(|(schema, table)| {
        let schema: Text = schema.as_str().into();
        (Some(schema), table.name.as_str().into())
    });
    TouchedRelations::Named(names.collect())
}

fn remainders(tables: &[(String, Table)]) -> TouchedRelations {
    let of = tables.iter().map(|(_, table)| table.id % 4);
    TouchedRelations::Remainders {
        modulus: 4,
        of: of.collect(),
    }
}

fn sync(person: &Person<'_>, portions: Vec<Result<Portion, CatalogueError>>) -> catalogue::Applied {
    person
        .sync_portions(portions)
        .expect("the portions can be put in")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn portions_land_as_if_they_were_one(
        native: bool,
        rounds in prop::collection::vec(prop::collection::vec(event_or_blindness(), 0..3), 1..7),
    ) {
        let (store, other) = (Store::new(), Store::new());
        let (at_once, bit_by_bit) = (store.person("ada"), other.person("ada"));
        let mut world = World::new(native);
        for round in &rounds {
            round.iter().for_each(|event| world.happen(event));
            let whole = at_once.sync(&world.snapshot());
            let pieces = sync(&bit_by_bit, portions(&world));
            prop_assert_eq!(pieces, whole, "as many came and went");
            prop_assert_eq!(
                facts(&bit_by_bit.snapshot()).len(),
                facts(&at_once.snapshot()).len()
            );
            let sorted = |person: &Person<'_>| {
                let mut paths: Vec<_> = person.snapshot().all().map(|o| format!("{} {:?}", o.path(), o.object())).collect();
                paths.sort();
                paths
            };
            prop_assert_eq!(sorted(&bit_by_bit), sorted(&at_once), "the same is held");
            let counts = |person: &Person<'_>| person.read(|scope| scope.objects().counts(person.connection));
            prop_assert_eq!(counts(&bit_by_bit), counts(&at_once), "the kept counts are the same");
        }
        assert_lifespans(&other.plain());
    }

    #[test]
    fn a_reading_of_what_was_touched_leaves_what_a_whole_one_would(
        by_name: bool,
        rounds in prop::collection::vec(prop::collection::vec(event(), 0..3), 1..7),
    ) {
        let store = Store::new();
        let person = store.person("ada");
        let mut world = World::new(true);
        person.sync(&world.snapshot());
        for round in &rounds {
            let before = world.clone();
            round.iter().for_each(|event| world.happen(event));
            let differing = differing(&before, &world);
            let relations = if by_name { named(&differing) } else { remainders(&differing) };
            let wanted = {
                let relations = relations.clone();
                let schemas: Vec<_> = every_table(&world);
                move |table: &Table| {
                    let (schema, _) = schemas.iter().find(|(_, known)| known.id == table.id).expect("it is there");
                    relations.has(Some(schema), &table.name, Some(&table.id.to_string()))
                }
            };
            let touched = Touched { relations, others: false };
            sync(&person, vec![Ok(Portion::Only(touched)), read(world.portion(wanted, false))]);
            let held = person.snapshot();
            let sorted = |snapshot: &Snapshot| {
                let mut all: Vec<_> = snapshot.all().map(|o| format!("{} {:?}", o.path(), o.object().detail)).collect();
                all.sort();
                all
            };
            prop_assert_eq!(sorted(&held), sorted(&world.snapshot()), "all is as it is now");
            let counts = person.read(|scope| scope.objects().counts(person.connection));
            prop_assert_eq!(counts, world.snapshot().counts(), "and counted right");
        }
        assert_lifespans(&store.plain());
    }
}

#[test]
fn a_reading_that_breaks_off_changes_nothing() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = grown(&["a", "b"]);
    person.sync(&world.snapshot());
    let before = facts(&person.snapshot());
    world.happen(&Event::DropTable(0, 0));
    let broken = vec![
        read(world.portion(|_| true, true)),
        Err(CatalogueError::SyncEnded),
    ];
    let told = person.sync_portions(broken).expect_err("it broke off");
    assert!(matches!(told, CatalogueError::SyncEnded), "its own error");
    assert_eq!(facts(&person.snapshot()), before, "all is as it was");
}

#[test]
fn a_reading_that_begins_anew_forgets_what_came_before() {
    let store = Store::new();
    let person = store.person("ada");
    let (torn, whole) = (grown(&["a", "torn"]), grown(&["a", "b"]));
    let portions = vec![
        read(torn.snapshot()),
        Ok(Portion::Restart),
        read(whole.snapshot()),
    ];
    sync(&person, portions);
    assert_eq!(
        facts(&person.snapshot()),
        facts(&whole.snapshot()),
        "nothing is left of what was void"
    );
}

#[test]
fn nothing_touched_is_nothing_done() {
    let store = Store::new();
    let person = store.person("ada");
    let world = grown(&["a", "b"]);
    person.sync(&world.snapshot());
    let applied = sync(
        &person,
        vec![Ok(Portion::Only(Touched::default())), mark(b"2")],
    );
    assert_eq!(
        applied,
        catalogue::Applied::default(),
        "nothing came or went"
    );
    assert_eq!(
        facts(&person.snapshot()),
        facts(&world.snapshot()),
        "all is there"
    );
    assert_eq!(person.fingerprint(), Some(Fingerprint(b"2".to_vec())));
}

#[test]
fn a_reading_cannot_narrow_itself_afterwards() {
    let store = Store::new();
    let person = store.person("ada");
    let world = grown(&["a"]);
    let late = vec![
        read(world.snapshot()),
        Ok(Portion::Only(Touched::default())),
    ];
    let told = person.sync_portions(late).expect_err("it is too late");
    assert!(matches!(told, CatalogueError::OutOfOrder), "{told:?}");
}

#[test]
fn a_fingerprint_is_kept_only_for_a_state_that_is_known_whole() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = grown(&["a", "b"]);
    assert_eq!(person.fingerprint(), None, "nothing was read");
    sync(&person, vec![read(world.snapshot()), mark(b"1")]);
    let kept = Some(Fingerprint(b"1".to_vec()));
    assert_eq!(person.fingerprint(), kept, "it came with the reading");

    let table = world.schemas[0].tables[0].name.clone();
    let part = ApplyScope {
        database: "shop",
        schema: Some("public"),
        table: Some(&table),
    };
    let only: HashSet<_> = [world.schemas[0].tables[0].id].into();
    person.sync_part(
        &part,
        &world.portion(|table| only.contains(&table.id), true),
    );
    assert_eq!(
        person.fingerprint(),
        kept,
        "a part that is the same changes nothing"
    );

    world.happen(&Event::AddColumn(0, 0, "late".to_owned()));
    person.sync_part(
        &part,
        &world.portion(|table| only.contains(&table.id), true),
    );
    assert_eq!(
        person.fingerprint(),
        None,
        "what is stored is newer in this part"
    );

    sync(&person, vec![read(world.snapshot()), mark(b"2")]);
    let mut blind = world.snapshot();
    blind = {
        let mut builder = model::SnapshotBuilder::default();
        builder.absorb(blind);
        builder.warn(unseen(world.path(&world.schemas[0], None)));
        builder.finish()
    };
    sync(&person, vec![read(blind), mark(b"3")]);
    let kept = Some(Fingerprint(b"3".to_vec()));
    assert_eq!(
        person.fingerprint(),
        kept,
        "who tells a state beside a warning answers for both"
    );

    sync(&person, vec![read(world.snapshot()), mark(b"4")]);
    person.sync(&world.snapshot());
    assert_eq!(person.fingerprint(), None, "the last reading told none");
}

#[test]
fn a_database_that_opens_again_as_it_was_is_seen_again() {
    let store = Store::new();
    let person = store.person("ada");
    let world = grown(&["a"]);
    sync(&person, vec![read(world.snapshot()), mark(b"1")]);
    let path = model::ObjectPath::database("shop");
    let entry = catalogue::DatabaseEntry {
        object: model::snapshot::Object::new("shop", DatabaseDetail::default()),
        closed: Some(unseen(path.clone())),
    };
    let marks = || {
        let count = "SELECT count(*) FROM unseen";
        store
            .plain()
            .query_row(count, (), |row| row.get::<_, u32>(0))
            .expect("marks can be counted")
    };
    person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "test")?.id;
        let (objects, nothing) = (scope.objects(), Snapshot::default());
        objects.apply_databases(sync, person.connection, &[entry], true, &nothing)?;
        let end = catalogue::SyncEnd::Done;
        let totals = catalogue::SyncTotals::default();
        scope.syncs().finish(sync, &end, &[], totals)
    });
    assert_eq!(marks(), 1, "it may not be entered");
    sync(
        &person,
        vec![Ok(Portion::Only(Touched::default())), mark(b"1")],
    );
    assert_eq!(marks(), 0, "it was entered");
}

#[test]
fn a_table_that_was_dropped_goes_also_where_nothing_else_was_read() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = grown(&["a", "b"]);
    person.sync(&world.snapshot());
    let before = world.clone();
    world.happen(&Event::DropTable(0, 0));
    let touched = Touched {
        relations: named(&differing(&before, &world)),
        others: false,
    };
    let applied = sync(&person, vec![Ok(Portion::Only(touched)), mark(b"2")]);
    assert!(applied.removed > 0, "the table is gone");
    assert_eq!(
        facts(&person.snapshot()),
        facts(&world.snapshot()),
        "and nothing else"
    );
}
