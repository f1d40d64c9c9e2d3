//! Nothing that one user does changes what another reads, and no id of one means
//! anything to another.

use catalogue::{
    Above, CachedDefinition, CatalogueError, Page, Read, Scope, SyncEnd, SyncTotals, TestRecord,
};
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath, Snapshot, SyncId, Timestamp};
use proptest::prelude::*;

use crate::support::{Person, Store, add_connection, draft, facts};
use crate::world::{World, event};

/// Everything that a user can read, as text.
fn everything(person: &Person<'_>) -> String {
    person.read(|scope| {
        let objects = scope.objects();
        let roots = objects.roots(person.connection)?;
        let listing = match roots.first() {
            Some(root) => format!("{:?}", objects.children(root.id, &[], None, Page::ALL)?),
            None => String::new(),
        };
        Ok(format!(
            "{:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {listing} {roots:?}",
            scope.account().card()?,
            scope.connections().list()?,
            scope.settings().get("theme")?,
            scope.syncs().list(person.connection, None, 100)?,
            scope.tests().list(person.connection, 100)?,
            scope.visits().recent(100)?,
            objects.totals()?,
            facts(&objects.snapshot(person.connection, None)?),
        ))
    })
}

fn a_test() -> TestRecord {
    TestRecord {
        at: Timestamp(1),
        millis: None,
        stage_failed: None,
        error_kind: None,
        message: None,
        hint: None,
        product: None,
        version: None,
    }
}

/// Does what a user can do, with a schema of these events.
fn live(person: &Person<'_>, events: &[crate::world::Event]) {
    let mut world = World::new(true);
    for event in events {
        world.happen(event);
        person.sync(&world.snapshot());
    }
    person.write(|scope| {
        scope.settings().set("theme", "theirs")?;
        scope.tests().record(person.connection, &a_test())?;
        for (_, path) in world.tables() {
            if let Some(id) = scope.objects().find(person.connection, &path)? {
                scope.visits().record(id)?;
            }
        }
        let extra = add_connection(scope, "extra")?;
        scope.connections().reorder(&[extra.id])?;
        scope.connections().delete(extra.id)?;
        scope.connections().purge_deleted(Timestamp(i64::MAX))?;
        Ok(())
    });
}

fn not_found<T: std::fmt::Debug>(what: &str, answer: Result<T, CatalogueError>) {
    assert!(
        matches!(answer, Err(CatalogueError::NotFound { .. })),
        "{what} of another user is not found: {answer:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_one_user_does_changes_what_another_reads(
        mine in prop::collection::vec(event(), 1..6),
        theirs in prop::collection::vec(event(), 1..6),
    ) {
        let store = Store::new();
        let (ada, bob) = (store.person("ada"), store.person("bob"));
        live(&bob, &mine);
        let before = everything(&bob);
        live(&ada, &theirs);
        ada.write(|scope| scope.account().rename("anna"));
        prop_assert_eq!(everything(&bob), before.clone(), "another user's life is none of bob's");
        ada.write(|scope| scope.account().delete_user());
        prop_assert_eq!(everything(&bob), before, "nor is their end");
    }
}

#[test]
fn no_id_of_one_user_means_anything_to_another() {
    let store = Store::new();
    let (ada, bob) = (store.person("ada"), store.person("bob"));
    let mut world = World::new(true);
    world.happen(&crate::world::Event::AddTable(0, "a".to_owned()));
    ada.sync(&world.snapshot());
    let (_, path) = world.tables().remove(0);
    let (table, sync) = ada.read(|scope| {
        let table = scope
            .objects()
            .find(ada.connection, &path)?
            .expect("the table is held");
        let sync = scope
            .syncs()
            .latest(ada.connection)?
            .expect("there was a sync")
            .id;
        Ok((table, sync))
    });
    reads(&bob, ada.connection, table, sync, &path);
    writes(&bob, ada.connection, table, sync);
    assert_eq!(
        facts(&ada.snapshot()),
        facts(&world.snapshot()),
        "and nothing of it took effect"
    );
}

fn reads(bob: &Person<'_>, theirs: ConnectionId, table: ObjectId, sync: SyncId, path: &ObjectPath) {
    fn ask<T: std::fmt::Debug>(
        bob: &Person<'_>,
        what: &str,
        work: impl FnOnce(&Scope<'_, Read>) -> Result<T, CatalogueError>,
    ) {
        not_found(what, bob.catalogue.read(&bob.session, work));
    }
    ask(bob, "a connection", |scope| scope.connections().get(theirs));
    ask(bob, "a test", |scope| scope.tests().latest(theirs));
    ask(bob, "a latency", |scope| scope.tests().latencies(theirs, 1));
    ask(bob, "a sync", |scope| scope.syncs().latest(theirs));
    ask(bob, "a good sync", |scope| {
        scope.syncs().last_good(theirs, "connection")
    });
    ask(bob, "a list of syncs", |scope| {
        scope.syncs().list(theirs, None, 1)
    });
    ask(bob, "a statement", |scope| scope.syncs().statements(sync));
    ask(bob, "a warning", |scope| scope.syncs().warnings(theirs));
    ask(bob, "a database", |scope| scope.objects().roots(theirs));
    ask(bob, "a child", |scope| {
        scope.objects().children(table, &[], None, Page::ALL)
    });
    ask(bob, "a count", |scope| scope.objects().child_counts(table));
    ask(bob, "an object", |scope| scope.objects().get(table));
    ask(bob, "a card", |scope| scope.objects().card(table));
    ask(bob, "an object's connection", |scope| {
        scope.objects().connection_of(table)
    });
    ask(bob, "a path", |scope| scope.objects().find(theirs, path));
    ask(bob, "the counts", |scope| scope.objects().counts(theirs));
    ask(bob, "a snapshot", |scope| {
        scope.objects().snapshot(theirs, None)
    });
    ask(bob, "a search", |scope| {
        scope.objects().search(theirs, "a", &|| true)
    });
    ask(bob, "a level", |scope| {
        let above = Above::Connection(theirs);
        scope.objects().level(above, &[], false, |row| Ok(row.id))
    });
    ask(bob, "rows of a level", |scope| {
        let above = Above::Object(table, ObjectKind::Table);
        scope.objects().cards(above, &[(table, ObjectKind::Table)])
    });
    ask(bob, "an object by itself", |scope| {
        scope.objects().sibling(table, ObjectKind::Table)
    });
    ask(bob, "a name", |scope| {
        scope.objects().name_of(table, ObjectKind::Table)
    });
    ask(bob, "a definition", |scope| {
        scope.objects().cached_definition(table, 1)
    });
}

fn writes(bob: &Person<'_>, theirs: ConnectionId, table: ObjectId, sync: SyncId) {
    let write =
        |what: &str, work: &dyn Fn(&Scope<'_, catalogue::Write>) -> Result<(), CatalogueError>| {
            not_found(what, bob.catalogue.write(&bob.session, |scope| work(scope)));
        };
    write("a connection", &|scope| {
        scope.connections().update(theirs, &draft("x")).map(drop)
    });
    write("a connection", &|scope| {
        scope.connections().set_active(theirs, false)
    });
    write("a connection", &|scope| {
        scope.connections().set_favourite(theirs, true)
    });
    write("a connection", &|scope| {
        scope.connections().touch_used(theirs)
    });
    write("a connection", &|scope| {
        scope.connections().reorder(&[theirs])
    });
    write("a connection", &|scope| scope.connections().delete(theirs));
    write("a connection", &|scope| {
        scope.connections().restore(theirs).map(drop)
    });
    write("a test", &|scope| scope.tests().record(theirs, &a_test()));
    write("a sync", &|scope| {
        scope.syncs().begin(theirs, "x").map(drop)
    });
    write("a sync", &|scope| {
        scope
            .syncs()
            .finish(sync, &SyncEnd::Done, &[], SyncTotals::default())
    });
    write("a schema", &|scope| {
        let part = catalogue::ApplyScope::database("shop");
        let mine = scope.syncs().begin(bob.connection, "x")?.id;
        scope
            .objects()
            .apply(mine, theirs, &part, &World::new(true).snapshot())
            .map(drop)
    });
    write("a list of databases", &|scope| {
        let mine = scope.syncs().begin(bob.connection, "x")?.id;
        scope
            .objects()
            .apply_databases(mine, theirs, &[], true, &Snapshot::default())
            .map(drop)
    });
    write("a schema", &|scope| {
        let part = catalogue::ApplyScope::database("shop");
        scope
            .objects()
            .apply(sync, bob.connection, &part, &World::new(true).snapshot())
            .map(drop)
    });
    write("a visit", &|scope| scope.visits().record(table));
    write("a definition", &|scope| {
        let definition = CachedDefinition {
            text: "x".to_owned(),
            rendered: true,
        };
        scope.objects().cache_definition(table, 1, &definition)
    });
}

#[test]
fn the_file_itself_refuses_a_row_below_another_users() {
    let store = Store::new();
    let (ada, bob) = (store.person("ada"), store.person("bob"));
    let plain = store.plain();
    plain
        .pragma_update(None, "foreign_keys", true)
        .expect("foreign keys can be switched on");
    let forged = plain.execute(
        "INSERT INTO sync (owner_id, id, uuid, connection_id, level, state, started_at)
         VALUES (?1, 999, 'x', ?2, 'x', 'done', 0)",
        (bob.session.user().0, ada.connection.0),
    );
    assert!(
        forged.is_err(),
        "the reference carries the owner: {forged:?}"
    );
}
