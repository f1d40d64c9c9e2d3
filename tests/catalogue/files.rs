//! The file itself: who may read it, what it refuses, and what a crash leaves.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use catalogue::{Catalogue, CatalogueError};
use model::SystemClock;

use crate::support::{Store, facts};
use crate::world::{Event, World};

#[cfg(unix)]
#[test]
fn the_file_is_for_its_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let store = Store::new();
    store.person("ada");
    let folder = store
        .path()
        .parent()
        .expect("it lies in a folder")
        .to_owned();
    let mode = |path: &std::path::Path| {
        path.metadata()
            .expect("the file is there")
            .permissions()
            .mode()
            & 0o777
    };
    assert_eq!(
        mode(&folder),
        0o700,
        "the folder that was made is for the user alone"
    );
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder can be read") {
        let path = entry.expect("an entry can be read").path();
        assert_eq!(
            mode(&path),
            0o600,
            "{} is for the user alone",
            path.display()
        );
        names.push(path);
    }
    assert!(
        names.len() >= 3,
        "the log and the lock lie beside the file: {names:?}"
    );
}

#[test]
fn the_file_keeps_a_log_so_that_readers_never_wait() {
    let store = Store::new();
    let mode: String = store
        .plain()
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .expect("the mode can be asked");
    assert_eq!(mode, "wal", "a writer stands in nobody's way");
    let session = store.user("ada");
    store
        .catalogue
        .write(&session, |_| -> Result<(), CatalogueError> {
            let users = store
                .catalogue
                .users()
                .expect("reading goes on while a write is open");
            assert_eq!(users.len(), 1, "and sees what was there before");
            Ok(())
        })
        .expect("the write ends");
}

#[test]
fn a_newer_file_is_refused() {
    let store = Store::new();
    let path = store.path();
    store
        .plain()
        .pragma_update(None, "user_version", 999)
        .expect("the format can be changed");
    let Store {
        catalogue,
        folder: _folder,
    } = store;
    drop(catalogue);
    let error = Catalogue::open(&path, Arc::new(SystemClock)).expect_err("it is too new");
    assert!(
        matches!(error, CatalogueError::NewerFile { found: 999, .. }),
        "typed: {error:?}"
    );
}

#[test]
fn any_other_file_is_refused_and_left_as_it_was() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let text = folder.path().join("notes.txt");
    std::fs::write(
        &text,
        "Not a database, and long enough to look at. ".repeat(50),
    )
    .expect("the file can be written");
    let other = folder.path().join("other.db");
    rusqlite::Connection::open(&other)
        .and_then(|db| db.execute_batch("CREATE TABLE connection (id)"))
        .expect("a database can be made");
    let rights = |path: &std::path::Path| {
        std::fs::metadata(path)
            .expect("the file is there")
            .permissions()
    };
    for path in [&text, &other] {
        let before = std::fs::read(path).expect("the file can be read");
        let rights_before = rights(path);
        let error = Catalogue::open(path, Arc::new(SystemClock)).expect_err("it is none of ours");
        assert!(
            matches!(error, CatalogueError::NotACatalogue { .. }),
            "typed: {error:?}"
        );
        assert_eq!(
            std::fs::read(path).expect("still there"),
            before,
            "not a byte has changed"
        );
        assert_eq!(rights(path), rights_before, "nor who may read it");
    }
}

#[test]
fn a_write_that_fails_or_panics_leaves_nothing_behind() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    world.happen(&Event::AddTable(0, "a".to_owned()));
    person.sync(&world.snapshot());
    let before = facts(&person.snapshot());
    world.happen(&Event::AddTable(0, "b".to_owned()));
    let half = |scope: &catalogue::Scope<'_, catalogue::Write>| {
        let sync = scope.syncs().begin(person.connection, "half")?.id;
        let scope_of_it = catalogue::ApplyScope::database("shop");
        scope
            .objects()
            .apply(sync, person.connection, &scope_of_it, &world.snapshot())?;
        Ok::<_, CatalogueError>(())
    };
    let failed: Result<(), _> = store.catalogue.write(&person.session, |scope| {
        half(scope)?;
        Err(CatalogueError::Busy)
    });
    assert!(failed.is_err(), "the error comes through");
    assert_eq!(facts(&person.snapshot()), before, "and nothing was written");

    let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        store
            .catalogue
            .write(&person.session, |scope| -> Result<(), CatalogueError> {
                half(scope)?;
                panic!("killed in the middle")
            })
    }));
    assert!(panicked.is_err(), "the panic comes through");
    assert_eq!(facts(&person.snapshot()), before, "and nothing was written");
    person.sync(&world.snapshot());
    assert_eq!(
        facts(&person.snapshot()),
        facts(&world.snapshot()),
        "the next write goes well"
    );
}

#[test]
fn a_process_that_dies_in_the_middle_of_a_sync_leaves_the_last_good_one() {
    let store = Store::new();
    let person = store.person("ada");
    let mut world = World::new(true);
    world.happen(&Event::AddTable(0, "a".to_owned()));
    person.sync(&world.snapshot());
    let before = facts(&person.snapshot());
    world.happen(&Event::AddTable(0, "b".to_owned()));
    // What lies on the disk at the moment of death is what a copy of the files
    // made in the middle of the transaction holds.
    let grave = tempfile::tempdir().expect("a temporary folder can be made");
    person.write(|scope| {
        let sync = scope.syncs().begin(person.connection, "cut short")?.id;
        let whole = catalogue::ApplyScope::database("shop");
        scope
            .objects()
            .apply(sync, person.connection, &whole, &world.snapshot())?;
        let folder = store
            .path()
            .parent()
            .expect("it lies in a folder")
            .to_owned();
        for entry in std::fs::read_dir(folder).expect("the folder can be read") {
            let entry = entry.expect("an entry can be read");
            std::fs::copy(entry.path(), grave.path().join(entry.file_name()))
                .expect("the file can be copied");
        }
        Ok(())
    });
    let copy = Catalogue::open(&grave.path().join("catalogue.db"), Arc::new(SystemClock))
        .expect("what is left opens");
    let user = copy.credentials("ada").expect("the user is there").user;
    let session = copy.sign_in(user, b"ada").expect("the user signs in");
    let held = copy
        .read(&session, |scope| {
            scope.objects().snapshot(person.connection, None)
        })
        .expect("the schema can be read");
    assert_eq!(facts(&held), before, "the last good sync is all there");
}

#[test]
fn the_size_on_the_disk_counts_the_log() {
    let store = Store::new();
    let person = store.person("ada");
    let before = store
        .catalogue
        .size_on_disk()
        .expect("the size can be asked");
    let long = "x".repeat(200_000);
    person.write(|scope| scope.settings().set("long", &long));
    let after = store
        .catalogue
        .size_on_disk()
        .expect("the size can be asked");
    assert!(
        after >= before + 200_000,
        "what was written counts: {before} to {after}"
    );
}

#[test]
fn a_long_log_is_folded_into_the_file_and_a_reader_in_the_way_only_delays_it() {
    let store = Store::new();
    let person = store.person("ada");
    let log = PathBuf::from(format!("{}-wal", store.path().display()));
    let length = || log.metadata().expect("there is a log").len();
    let long = "x".repeat(6_000_000);
    person.read(|scope| {
        // It stands in the way: what it sees must not change.
        let before = scope.settings().get("long")?;
        person.write(|scope| scope.settings().set("long", &long));
        assert!(length() > 6_000_000, "a reader keeps the log");
        assert_eq!(scope.settings().get("long")?, before, "as of one moment");
        Ok(())
    });
    let limit = Instant::now() + Duration::from_secs(30);
    while length() > 1_000_000 {
        assert!(Instant::now() < limit, "the log is still {} long", length());
        person.write(|scope| scope.settings().set("short", "x"));
    }
    let kept = person.read(|scope| scope.settings().get("long"));
    assert_eq!(kept.as_deref(), Some(&*long), "nothing was lost");
}
