//! Syncs: how they begin and end, what they tell, and which of them may write.

use catalogue::{ApplyScope, CatalogueError, SyncEnd, SyncState, SyncTotals};
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath, SnapshotBuilder};

use crate::support::Store;
use crate::world::{Event, World};

#[test]
fn a_sync_tells_how_it_ended() {
    let store = Store::new();
    let person = store.person("ada");
    let totals = SyncTotals {
        added: 1,
        changed: 2,
        removed: 3,
        unseen: 4,
    };
    let sent = [("SELECT 1".to_owned(), 2), ("SELECT '</b>'".to_owned(), 1)];
    let good = person.write(|scope| scope.syncs().begin(person.connection, "whole"));
    person.write(|scope| scope.syncs().finish(good.id, &SyncEnd::Done, &sent, totals));
    let end = SyncEnd::Failed {
        kind: "unreachable".into(),
        message: "It broke.".to_owned(),
        hint: Some("Mend it.".to_owned()),
    };
    let bad = person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "whole")?;
        scope
            .syncs()
            .finish(sync.id, &end, &[], SyncTotals::default())?;
        Ok(sync)
    });
    let (latest, last_good, statements) = person.read(|scope| {
        let syncs = scope.syncs();
        Ok((
            syncs.latest(person.connection)?,
            syncs.last_good(person.connection, "whole")?,
            syncs.statements(good.id)?,
        ))
    });
    let (latest, last_good) = (
        latest.expect("there is one"),
        last_good.expect("there is one"),
    );
    assert_eq!(
        (latest.id, latest.state),
        (bad.id, SyncState::Failed),
        "the newest one failed"
    );
    assert_eq!(latest.message.as_deref(), Some("It broke."), "and says why");
    assert_eq!(latest.hint.as_deref(), Some("Mend it."), "and what to do");
    assert_eq!(
        (last_good.id, last_good.totals),
        (good.id, totals),
        "the good one is still known"
    );
    assert!(
        last_good.finished_at > Some(last_good.started_at),
        "it took its time"
    );
    assert_eq!(statements, sent, "what was sent can be shown");
}

#[test]
fn statements_of_old_syncs_are_forgotten() {
    let store = Store::new();
    let person = store.person("ada");
    let sent = [("SELECT 1".to_owned(), 1)];
    let syncs: Vec<_> = (0..25)
        .map(|_| {
            person.write(|scope| {
                let sync = scope.syncs().begin(person.connection, "whole")?.id;
                scope
                    .syncs()
                    .finish(sync, &SyncEnd::Done, &sent, SyncTotals::default())?;
                Ok(sync)
            })
        })
        .collect();
    let kept = |sync| person.read(|scope| scope.syncs().statements(sync));
    assert_eq!(kept(syncs[0]), [], "the first has been long ago");
    assert_eq!(kept(syncs[24]), sent, "the last has not");
    let list = person.read(|scope| scope.syncs().list(person.connection, None, 100));
    assert_eq!(list.len(), 25, "the syncs themselves are all on record");
}

#[test]
fn an_ended_sync_writes_nothing_more() {
    let store = Store::new();
    let person = store.person("ada");
    let sync = person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "whole")?.id;
        scope
            .syncs()
            .finish(sync, &SyncEnd::Cancelled, &[], SyncTotals::default())?;
        Ok(sync)
    });
    let late = store.catalogue.write(&person.session, |scope| {
        let whole = ApplyScope::database("shop");
        scope.objects().apply(
            sync,
            person.connection,
            &whole,
            &World::new(true).snapshot(),
        )
    });
    assert!(
        matches!(late, Err(CatalogueError::SyncEnded)),
        "it is refused: {late:?}"
    );
    let twice = store.catalogue.write(&person.session, |scope| {
        scope
            .syncs()
            .finish(sync, &SyncEnd::Done, &[], SyncTotals::default())
    });
    assert!(
        matches!(twice, Err(CatalogueError::SyncEnded)),
        "it ends once: {twice:?}"
    );
}

#[test]
fn a_sync_of_a_connection_that_is_deleted_meanwhile_ends_with_it() {
    let store = Store::new();
    let person = store.person("ada");
    let sync = person
        .write(|scope| scope.syncs().begin(person.connection, "whole"))
        .id;
    person.write(|scope| scope.connections().delete(person.connection));
    person.write(|scope| {
        scope
            .syncs()
            .finish(sync, &SyncEnd::Cancelled, &[], SyncTotals::default())
    });
    person.write(|scope| scope.connections().restore(person.connection));
    let last = person.read(|scope| scope.syncs().latest(person.connection));
    assert_eq!(
        last.map(|record| record.state),
        Some(SyncState::Cancelled),
        "restored, it is not told to be running still"
    );
}

#[test]
fn an_older_sync_does_not_overwrite_a_newer_one() {
    let store = Store::new();
    let person = store.person("ada");
    let world = World::new(true);
    let begin = || person.write(|scope| Ok(scope.syncs().begin(person.connection, "whole")?.id));
    let apply = |sync| {
        store.catalogue.write(&person.session, |scope| {
            let whole = ApplyScope::database("shop");
            scope
                .objects()
                .apply(sync, person.connection, &whole, &world.snapshot())
        })
    };
    let (older, newer) = (begin(), begin());
    apply(newer).expect("the newer one writes");
    let late = apply(older);
    assert!(
        matches!(late, Err(CatalogueError::SyncSuperseded { .. })),
        "refused: {late:?}"
    );
    apply(newer).expect("the newer one may go on");
}

#[test]
fn a_sync_that_was_running_when_the_app_ended_is_interrupted() {
    let store = Store::new();
    let (user, connection) = {
        let person = store.person("ada");
        person.write(|scope| scope.syncs().begin(person.connection, "whole"));
        (person.session.user(), person.connection)
    };
    let store = store.restart();
    let session = store
        .catalogue
        .sign_in(user, b"ada")
        .expect("the user signs in");
    let latest = store
        .catalogue
        .read(&session, |scope| scope.syncs().latest(connection))
        .expect("syncs can be read")
        .expect("there is one");
    assert_eq!(
        latest.state,
        SyncState::Interrupted,
        "it says that it did not end"
    );
    assert!(latest.finished_at.is_some(), "it is over");
}

#[test]
fn a_sync_of_a_program_that_still_runs_is_left_alone() {
    let store = Store::new();
    let person = store.person("ada");
    let sync = person.write(|scope| scope.syncs().begin(person.connection, "whole"));
    let beside = catalogue::Catalogue::open(&store.path(), std::sync::Arc::new(model::SystemClock))
        .expect("a second program opens the file");
    let latest = person.read(|scope| scope.syncs().latest(person.connection));
    assert_eq!(latest, Some(sync), "it is still running");
    drop(beside);
}

#[test]
fn a_warning_stands_until_its_part_is_read_again() {
    let store = Store::new();
    let person = store.person("ada");
    let world = World::new(true);
    let path = ObjectPath::database("shop").child(ObjectKind::Schema, "public");
    let warning = Warning {
        object: path.child(ObjectKind::View, "broken"),
        reason: "It is broken.".to_owned(),
        grant: Some("GRANT SELECT".to_owned()),
        unseen: false,
    };
    let mut warned = SnapshotBuilder::default();
    crate::partial::copy(&world.snapshot(), &mut warned);
    warned.warn(warning.clone());
    person.sync(&warned.finish());
    let standing = || -> Vec<Warning> {
        person
            .read(|scope| scope.syncs().warnings(person.connection))
            .into_iter()
            .map(|kept| kept.warning)
            .collect()
    };
    assert_eq!(
        standing(),
        std::slice::from_ref(&warning),
        "it is kept as it was given"
    );
    let other = ApplyScope {
        database: "shop",
        schema: Some("x.y"),
        table: None,
    };
    person.sync_part(&other, &world.snapshot());
    assert_eq!(standing(), [warning], "another part says nothing of it");
    let same = ApplyScope {
        database: "shop",
        schema: Some("public"),
        table: None,
    };
    person.sync_part(&same, &world.snapshot());
    assert_eq!(standing(), [], "read again without it, it is over");
}

#[test]
fn an_apply_that_fails_changes_nothing_even_if_the_caller_goes_on() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    world.happen(&Event::AddTable(0, "a".to_owned()));
    // A trigger of the test's own refuses one of the rows in the middle.
    store
        .plain()
        .execute_batch(
            "CREATE TRIGGER refuse BEFORE INSERT ON relation_constraint
             BEGIN SELECT raise(ABORT, 'no'); END",
        )
        .expect("the trigger can be made");
    person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "whole")?.id;
        let whole = ApplyScope::database("shop");
        let failed = scope
            .objects()
            .apply(sync, person.connection, &whole, &world.snapshot());
        assert!(failed.is_err(), "the row is refused");
        let end = SyncEnd::Failed {
            kind: "unreachable".into(),
            message: "No.".to_owned(),
            hint: None,
        };
        scope.syncs().finish(sync, &end, &[], SyncTotals::default())
    });
    assert_eq!(
        person.snapshot().nodes().len(),
        0,
        "not even its first rows are there"
    );
    let latest = person.read(|scope| scope.syncs().latest(person.connection));
    assert_eq!(
        latest.map(|sync| sync.state),
        Some(SyncState::Failed),
        "the failure is on record"
    );
}
