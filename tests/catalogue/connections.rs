//! Connections, their tests, settings and visits.

use catalogue::{CatalogueError, TestRecord};
use model::{ConnectionUuid, Environment, Stage, Timestamp};

use crate::support::{Store, add_connection, draft};
use crate::world::{Event, World};

fn record(at: i64, stage_failed: Option<Stage>) -> TestRecord {
    TestRecord {
        at: Timestamp(at),
        millis: Some(1.5),
        stage_failed,
        error_kind: stage_failed.map(|_| "unreachable".to_owned()),
        message: stage_failed.map(|_| "Could not reach it.".to_owned()),
        hint: None,
        product: Some("PostgreSQL".to_owned()),
        version: Some("15.14".to_owned()),
    }
}

#[test]
fn a_connection_comes_back_as_it_was_given() {
    let store = Store::new();
    let person = store.person("ada");
    let mut wanted = draft("O'Brien \"db\" 💥");
    wanted.tags = vec!["z".to_owned(), "a".to_owned()];
    wanted.environment = Environment::Production;
    wanted.folder = "Shops".to_owned();
    wanted
        .metadata
        .insert("owner".to_owned(), "team\0x".to_owned());
    wanted.read_only = false;
    let uuid = ConnectionUuid::generate();
    let kept = person.write(|scope| scope.connections().insert(uuid, &wanted));
    assert_eq!(kept.draft, wanted, "every field is kept");
    assert_eq!(kept.uuid, uuid, "under the UUID that was given");
    let mut other = wanted.clone();
    other.tags = vec!["new".to_owned()];
    other.favourite = true;
    let kept = person.write(|scope| scope.connections().update(kept.id, &other));
    assert_eq!(kept.draft, other, "every field is replaced");
    let store = store.restart();
    let session = store
        .catalogue
        .sign_in(kept_user(&store), b"ada")
        .expect("the user signs in");
    let list = store
        .catalogue
        .read(&session, |scope| scope.connections().list());
    let list = list.expect("the list can be read");
    assert_eq!(
        list.last().map(|last| &last.draft),
        Some(&other),
        "also after a restart"
    );
}

fn kept_user(store: &Store) -> model::UserId {
    store
        .catalogue
        .credentials("ada")
        .expect("the user is there")
        .user
}

#[test]
fn names_are_unique_among_those_that_are_not_deleted() {
    let store = Store::new();
    let person = store.person("ada");
    let taken = store
        .catalogue
        .write(&person.session, |scope| add_connection(scope, "SHOP"));
    assert!(
        matches!(taken, Err(CatalogueError::NameTaken { .. })),
        "case is no difference"
    );
    person.write(|scope| scope.connections().delete(person.connection));
    let other = person.write(|scope| add_connection(scope, "shop"));
    let back = store.catalogue.write(&person.session, |scope| {
        scope.connections().restore(person.connection)
    });
    assert!(
        matches!(back, Err(CatalogueError::NameTaken { .. })),
        "the name is in use by now"
    );
    person.write(|scope| scope.connections().update(other.id, &draft("other")));
    let back = person.write(|scope| scope.connections().restore(person.connection));
    assert_eq!(back.draft.name, "shop", "with the name free it comes back");
}

#[test]
fn a_deleted_connection_is_hidden_with_all_that_hangs_on_it() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    world.happen(&Event::AddTable(0, "a".to_owned()));
    person.sync(&world.snapshot());
    let (_, path) = world.tables().remove(0);
    let id = person.read(|scope| scope.objects().find(person.connection, &path));
    let id = id.expect("the table is held");
    person.write(|scope| scope.visits().record(id));
    let held = crate::support::facts(&person.snapshot());
    person.write(|scope| scope.connections().delete(person.connection));
    let hidden = store.catalogue.read(&person.session, |scope| {
        assert!(scope.connections().list()?.is_empty(), "the list is empty");
        assert!(
            scope.visits().recent(10)?.is_empty(),
            "visits are gone with it"
        );
        assert!(scope.objects().totals()?.is_empty(), "it is not counted");
        assert!(
            scope.objects().get(id).is_err(),
            "its objects are not found"
        );
        assert!(
            scope.syncs().latest(person.connection).is_err(),
            "nor its syncs"
        );
        scope.objects().roots(person.connection)
    });
    assert!(
        matches!(hidden, Err(CatalogueError::NotFound { .. })),
        "nor its databases"
    );
    let count = |view: &str| {
        store
            .plain()
            .query_row(&format!("SELECT count(*) FROM {view}"), [], |row| {
                row.get::<_, i64>(0)
            })
    };
    for view in ["connections", "databases", "tables", "columns"] {
        assert_eq!(count(view), Ok(0), "the view {view} hides it too");
    }
    person.write(|scope| scope.connections().restore(person.connection));
    assert_eq!(
        crate::support::facts(&person.snapshot()),
        held,
        "undo brings all of it back"
    );
}

#[test]
fn a_purge_names_the_secrets_that_may_go() {
    let store = Store::new();
    let person = store.person("ada");
    let uuids = person.read(|scope| scope.connections().uuids());
    person.write(|scope| scope.connections().delete(person.connection));
    let early = person.write(|scope| scope.connections().purge_deleted(Timestamp(0)));
    assert_eq!(early, [], "undo has not expired");
    assert_eq!(
        person.read(|scope| scope.connections().uuids()),
        uuids,
        "its secrets are in use"
    );
    let late = person.write(|scope| scope.connections().purge_deleted(Timestamp(i64::MAX)));
    assert_eq!(late, uuids, "now they may go");
    assert_eq!(
        person.read(|scope| scope.connections().uuids()),
        [],
        "nothing refers to them"
    );
    let back = store.catalogue.write(&person.session, |scope| {
        scope.connections().restore(person.connection)
    });
    assert!(
        matches!(back, Err(CatalogueError::NotFound { .. })),
        "gone for good: {back:?}"
    );
}

#[test]
fn a_purge_takes_what_the_connection_held_and_nothing_else() {
    let store = Store::new();
    let mut person = store.person("ada");
    let mut world = World::new(true);
    world.happen(&Event::AddTable(0, "a".to_owned()));
    world.happen(&Event::AddTable(0, "b".to_owned()));
    person.sync(&world.snapshot());
    let held = crate::support::facts(&person.snapshot());
    let kept = person.connection;
    let gone = person.write(|scope| add_connection(scope, "other")).id;
    person.connection = gone;
    person.sync(&world.snapshot());
    person.connection = kept;
    person.write(|scope| {
        scope.connections().delete(gone)?;
        scope.connections().purge_deleted(Timestamp(i64::MAX))
    });
    for table in [
        "\"database\"",
        "schema",
        "relation",
        "relation_column",
        "relation_constraint",
        "relation_index",
        "object",
        "statistics",
    ] {
        let sql = format!("SELECT count(*) FROM {table} WHERE connection_id = ?1");
        let left = store
            .plain()
            .query_row(&sql, [gone.0], |row| row.get::<_, i64>(0));
        assert_eq!(left, Ok(0), "nothing is left in {table}");
    }
    assert_eq!(
        crate::support::facts(&person.snapshot()),
        held,
        "what another connection holds stays"
    );
}

#[test]
fn an_order_is_kept_and_new_ones_come_last() {
    let store = Store::new();
    let person = store.person("ada");
    let ids: Vec<_> = person.write(|scope| {
        ["b", "c"]
            .iter()
            .map(|name| Ok(add_connection(scope, name)?.id))
            .collect()
    });
    person.write(|scope| scope.connections().reorder(&[ids[1]]));
    let d = person.write(|scope| add_connection(scope, "d")).id;
    let order: Vec<_> = person
        .read(|scope| scope.connections().list())
        .into_iter()
        .map(|c| c.id)
        .collect();
    assert_eq!(
        order,
        [ids[1], person.connection, ids[0], d],
        "named ones first, the rest as it was"
    );
    let failed = store.catalogue.write(&person.session, |scope| {
        scope.connections().reorder(&[d, model::ConnectionId(999)])
    });
    assert!(
        matches!(failed, Err(CatalogueError::NotFound { .. })),
        "an unknown one is refused"
    );
}

#[test]
fn small_changes_are_kept() {
    let store = Store::new();
    let person = store.person("ada");
    let id = person.connection;
    person.write(|scope| {
        scope.connections().set_active(id, false)?;
        scope.connections().set_favourite(id, true)?;
        scope.connections().touch_used(id)
    });
    let connection = person.read(|scope| scope.connections().get(id));
    assert!(
        !connection.active && connection.draft.favourite,
        "both are kept"
    );
    assert!(connection.last_used_at.is_some(), "the use is noted");
    let named = person.read(|scope| scope.connections().named("Shop"));
    assert_eq!(named, Some(connection), "and it is found by its name");
}

#[test]
fn the_newest_two_hundred_tests_are_kept() {
    let store = Store::new();
    let person = store.person("ada");
    person.write(|scope| {
        for at in 0..205 {
            scope.tests().record(person.connection, &record(at, None))?;
        }
        scope
            .tests()
            .record(person.connection, &record(205, Some(Stage::SignIn)))
    });
    let (latest, latencies) = person.read(|scope| {
        let tests = scope.tests();
        Ok((
            tests.latest(person.connection)?,
            tests.latencies(person.connection, 1000)?,
        ))
    });
    assert_eq!(
        latest,
        Some(record(205, Some(Stage::SignIn))),
        "every field is kept"
    );
    assert_eq!(latencies.len(), 200, "the oldest are forgotten");
    assert_eq!(
        latencies.first(),
        Some(&(Timestamp(6), Some(1.5))),
        "the newest come last"
    );
    assert_eq!(
        latencies.last(),
        Some(&(Timestamp(205), None)),
        "a failed test has no latency"
    );
}

#[test]
fn settings_and_visits_are_kept_for_their_user() {
    let store = Store::new();
    let person = store.person("ada");
    person.write(|scope| {
        scope.settings().set("theme", "dark")?;
        scope.settings().set("theme", "light")?;
        scope.settings().set("lock", "5")?;
        scope.settings().forget("lock")
    });
    let values = person.read(|scope| {
        Ok((
            scope.settings().get("theme")?,
            scope.settings().get("lock")?,
        ))
    });
    assert_eq!(
        values,
        (Some("light".to_owned()), None),
        "the last word counts"
    );

    let mut world = World::new(true);
    for name in ["a", "b", "orders"] {
        world.happen(&Event::AddTable(0, name.to_owned()));
    }
    person.sync(&world.snapshot());
    for (_, path) in world.tables() {
        let id = person.read(|scope| scope.objects().find(person.connection, &path));
        person.write(|scope| scope.visits().record(id.expect("the table is held")));
    }
    world.happen(&Event::DropTable(0, 1));
    person.sync(&world.snapshot());
    let names: Vec<_> = person
        .read(|scope| scope.visits().recent(10))
        .into_iter()
        .map(|(card, _)| card.name.to_string())
        .collect();
    assert_eq!(
        names,
        ["orders", "a"],
        "newest first, and without what is gone"
    );
}
