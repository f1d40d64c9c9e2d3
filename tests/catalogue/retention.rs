//! The catalogue grows with what changes, not with how often it is looked at, and
//! forgets the past when it is told to.

use catalogue::SyncEnd;
use model::Timestamp;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::support::{OBJECT_TABLES, Person, Store, assert_lifespans, facts};
use crate::world::{Event, World, event};

/// A long life in syncs.
const LIFE: usize = 1000;

/// One sync, recorded with what it changed.
fn sync(person: &Person<'_>, world: &World) -> u64 {
    let snapshot = world.snapshot();
    let scope = catalogue::ApplyScope::database("shop");
    person.write(|catalogue| {
        let sync = catalogue.syncs().begin(person.connection, "connection")?.id;
        let objects = catalogue.objects();
        let applied = objects.apply(sync, person.connection, &scope, &snapshot)?;
        let sent = [("SELECT 1".to_owned(), 1)];
        catalogue
            .syncs()
            .finish(sync, &SyncEnd::Done, &sent, applied)?;
        Ok(applied.added + applied.changed + applied.removed)
    })
}

fn rows(store: &Store, table: &str, only: &str) -> usize {
    let sql = format!("SELECT count(*) FROM \"{table}\" WHERE {only}");
    let count: u32 = store
        .plain()
        .query_row(&sql, (), |row| row.get(0))
        .expect("the rows can be counted");
    count as usize
}

fn versions(store: &Store, only: &str) -> usize {
    let tables = OBJECT_TABLES.iter();
    tables.map(|table| rows(store, table, only)).sum()
}

/// Pages that hold something.
fn pages(store: &Store) -> i64 {
    let number = |pragma: &str| -> i64 {
        let read = store
            .plain()
            .pragma_query_value(None, pragma, |row| row.get(0));
        read.expect("the file has pages")
    };
    number("page_count") - number("freelist_count")
}

#[test]
fn syncs_that_change_nothing_leave_nothing_behind() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    world.happen(&Event::AddTable(0, "orders".to_owned()));
    (0..100).for_each(|_| {
        sync(&person, &world);
    });
    let before = (pages(&store), rows(&store, "sync", "TRUE"));
    (0..200).for_each(|_| {
        sync(&person, &world);
    });
    let after = (pages(&store), rows(&store, "sync", "TRUE"));
    assert_eq!(after, before, "pages and syncs stay as many as they were");
}

#[test]
fn a_long_life_leaves_as_many_versions_as_there_were_changes() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    let mut runner = TestRunner::deterministic();
    let mut with_change = 0;
    let mut written = 0;
    for round in 0..LIFE {
        // In most rounds nothing happens, as in life.
        if round % 4 == 0 {
            let event = event().new_tree(&mut runner).expect("an event").current();
            world.happen(&event);
        }
        let changed = sync(&person, &world);
        with_change += usize::from(changed > 0);
        written += changed;
    }
    assert!(with_change > LIFE / 10, "something happened: {with_change}");
    let all = versions(&store, "TRUE") as u64;
    assert!(all <= written, "{all} versions for {written} changes");
    let syncs = rows(&store, "sync", "TRUE");
    assert!(
        syncs <= with_change + 51,
        "{syncs} syncs are kept of which {with_change} changed something"
    );
    let parts = rows(&store, "sync_part", "TRUE");
    assert_eq!(parts, syncs, "each with its own part");
    assert_eq!(facts(&person.snapshot()), facts(&world.snapshot()));
    assert_lifespans(&store.plain());
}

#[test]
fn the_past_is_forgotten_and_the_present_stays() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    for name in ["a", "b", "orders"] {
        world.happen(&Event::AddTable(0, name.to_owned()));
    }
    sync(&person, &world);
    world.happen(&Event::AddColumn(0, 0, "later".to_owned()));
    sync(&person, &world);
    assert_eq!(rows(&store, "late_part", "TRUE"), 1, "a column came later");
    world.happen(&Event::DropTable(0, 0));
    world.happen(&Event::CommentTable(0, 0, "early".to_owned()));
    sync(&person, &world);
    let between: i64 = store
        .plain()
        .query_row("SELECT max(finished_at) + 1 FROM sync", (), |row| {
            row.get(0)
        })
        .expect("a sync has ended");
    world.happen(&Event::CommentTable(0, 0, "late".to_owned()));
    sync(&person, &world);

    let closed = "closed_sync IS NOT NULL";
    assert_eq!(
        versions(&store, closed),
        9,
        "a table with six below it, and twice a comment"
    );
    let forget = |moment| {
        person.write(|scope| {
            let syncs = scope.syncs();
            syncs.forget_before(person.connection, Timestamp(moment))
        })
    };
    assert_eq!(forget(0), 0, "nothing is as old as that");
    assert_eq!(forget(between), 8, "what was gone by then");
    assert_eq!(
        rows(&store, "late_part", "TRUE"),
        0,
        "nothing is known of the column that came later"
    );
    assert_eq!(
        versions(&store, closed),
        1,
        "what changed since is still known"
    );
    assert_eq!(
        facts(&person.snapshot()),
        facts(&world.snapshot()),
        "what is current stays"
    );
    assert_eq!(sync(&person, &world), 0, "the next sync finds nothing new");
}
