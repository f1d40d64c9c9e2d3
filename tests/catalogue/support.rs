//! A catalogue in a folder of its own, people who use it, and plain looks into
//! its file.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use catalogue::{
    Applied, ApplyScope, Catalogue, CatalogueError, NewUser, Read, Scope, SyncEnd, SyncTotals,
    UserSession, Write,
};
use model::snapshot::{Detail, Fingerprint, Object, Portion};
use model::{
    Clock, Connection, ConnectionDraft, ConnectionId, ConnectionUuid, ObjectPath, Snapshot, Target,
    Timestamp,
};
use tempfile::TempDir;

/// A clock that goes on by one second whenever it is asked.
#[derive(Default)]
pub(crate) struct Ticks(AtomicI64);

impl Clock for Ticks {
    fn now(&self) -> Timestamp {
        Timestamp(1_700_000_000_000 + self.0.fetch_add(1000, Ordering::Relaxed))
    }
}

/// An open catalogue and its folder, which goes with it.
pub(crate) struct Store {
    pub(crate) catalogue: Catalogue,
    pub(crate) folder: TempDir,
}

impl Store {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let catalogue = open(&folder);
        Self { catalogue, folder }
    }

    /// Closes the catalogue and opens it again, as after a restart.
    pub(crate) fn restart(self) -> Self {
        let Self { catalogue, folder } = self;
        drop(catalogue);
        let catalogue = open(&folder);
        Self { catalogue, folder }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.catalogue.path().to_owned()
    }

    /// The file as any SQLite tool sees it.
    pub(crate) fn plain(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path()).expect("any SQLite opens the file")
    }

    /// A user who has just signed up.
    pub(crate) fn user(&self, name: &str) -> UserSession {
        self.catalogue
            .sign_up(&new_user(name))
            .expect("the name is free")
    }

    /// A user with one connection.
    pub(crate) fn person(&self, name: &str) -> Person<'_> {
        let session = self.user(name);
        let connection = self
            .catalogue
            .write(&session, |scope| add_connection(scope, "shop"))
            .expect("the connection can be added");
        Person {
            catalogue: &self.catalogue,
            session,
            connection: connection.id,
        }
    }
}

/// A user with a connection to sync.
pub(crate) struct Person<'s> {
    pub(crate) catalogue: &'s Catalogue,
    pub(crate) session: UserSession,
    pub(crate) connection: ConnectionId,
}

impl Person<'_> {
    pub(crate) fn read<T>(
        &self,
        work: impl FnOnce(&Scope<'_, Read>) -> Result<T, CatalogueError>,
    ) -> T {
        self.catalogue
            .read(&self.session, work)
            .expect("the catalogue can be read")
    }

    pub(crate) fn write<T>(
        &self,
        work: impl FnOnce(&Scope<'_, Write>) -> Result<T, CatalogueError>,
    ) -> T {
        self.catalogue
            .write(&self.session, work)
            .expect("the catalogue can be written")
    }

    /// One whole sync of a whole database.
    pub(crate) fn sync(&self, snapshot: &Snapshot) -> Applied {
        let name = snapshot
            .roots()
            .next()
            .expect("a database was read")
            .name()
            .to_owned();
        self.sync_part(&ApplyScope::database(&name), snapshot)
    }

    /// One whole sync of a part.
    pub(crate) fn sync_part(&self, scope: &ApplyScope<'_>, snapshot: &Snapshot) -> Applied {
        self.write(|catalogue| {
            let sync = catalogue.syncs().begin(self.connection, "test")?.id;
            let applied = catalogue
                .objects()
                .apply(sync, self.connection, scope, snapshot)?;
            catalogue
                .syncs()
                .finish(sync, &SyncEnd::Done, &[], SyncTotals::default())?;
            Ok(applied)
        })
    }

    /// One whole sync of the database `shop`, read in portions.
    pub(crate) fn sync_portions(
        &self,
        portions: Vec<Result<Portion, CatalogueError>>,
    ) -> Result<Applied, CatalogueError> {
        self.catalogue.write(&self.session, |catalogue| {
            let sync = catalogue.syncs().begin(self.connection, "test")?.id;
            let scope = ApplyScope::database("shop");
            let (objects, connection) = (catalogue.objects(), self.connection);
            let applied = objects.apply_portions(sync, connection, &scope, portions)?;
            let syncs = catalogue.syncs();
            syncs.finish(sync, &SyncEnd::Done, &[], SyncTotals::default())?;
            Ok(applied)
        })
    }

    pub(crate) fn fingerprint(&self) -> Option<Fingerprint> {
        self.read(|scope| scope.objects().fingerprint(self.connection, "shop"))
    }

    pub(crate) fn snapshot(&self) -> Snapshot {
        self.read(|scope| scope.objects().snapshot(self.connection, None))
    }
}

pub(crate) fn open(folder: &TempDir) -> Catalogue {
    let path = folder.path().join("data").join("catalogue.db");
    Catalogue::open(&path, Arc::new(Ticks::default())).expect("the catalogue opens")
}

pub(crate) fn new_user(name: &str) -> NewUser {
    NewUser {
        name: name.to_owned(),
        vault_file: format!("{name}.vault"),
        key_parameters: "v1".to_owned(),
        verifier: name.as_bytes().to_vec(),
    }
}

pub(crate) fn draft(name: &str) -> ConnectionDraft {
    ConnectionDraft::new(name, Target::new("postgres").with("host", "db.example"))
}

pub(crate) fn add_connection(
    scope: &Scope<'_, Write>,
    name: &str,
) -> Result<Connection, CatalogueError> {
    scope
        .connections()
        .insert(ConnectionUuid::generate(), &draft(name))
}

/// Every object with its path, however its siblings were ordered.
pub(crate) fn facts(snapshot: &Snapshot) -> Vec<(ObjectPath, Object<Detail>)> {
    let mut facts: Vec<_> = snapshot
        .all()
        .map(|walker| (walker.path(), walker.object().clone()))
        .collect();
    facts.sort_by(|a, b| {
        a.0.cmp(&b.0)
            .then_with(|| format!("{:?}", a.1).cmp(&format!("{:?}", b.1)))
    });
    facts
}

/// The names of the tables that hold objects.
pub(crate) const OBJECT_TABLES: &[&str] = &[
    "database",
    "schema",
    "relation",
    "relation_column",
    "relation_index",
    "relation_constraint",
    "object",
];

/// Every row of a table as text.
pub(crate) fn dump(plain: &rusqlite::Connection, table: &str) -> Vec<String> {
    let mut statement = plain
        .prepare(&format!("SELECT * FROM \"{table}\""))
        .expect("the table can be read");
    let columns = statement.column_count();
    let rows = statement
        .query_map([], |row| {
            let values: Vec<rusqlite::types::Value> = (0..columns)
                .map(|index| row.get(index))
                .collect::<Result<_, _>>()?;
            Ok(format!("{values:?}"))
        })
        .expect("the rows can be read");
    rows.map(|row| row.expect("a row can be read")).collect()
}

/// Fails unless lifespans of each lineage follow one another without overlap and
/// at most the last is open.
pub(crate) fn assert_lifespans(plain: &rusqlite::Connection) {
    for table in OBJECT_TABLES {
        let broken: i64 = plain
            .query_row(
                &format!(
                    "SELECT count(*) FROM \"{table}\" AS a
                     WHERE a.closed_sync <= a.first_sync
                         OR EXISTS (
                             SELECT 1 FROM \"{table}\" AS b
                             WHERE b.owner_id = a.owner_id AND b.lineage = a.lineage
                                 AND b.id > a.id
                                 AND (a.closed_sync IS NULL OR b.first_sync < a.closed_sync)
                         )"
                ),
                [],
                |row| row.get(0),
            )
            .expect("lifespans can be compared");
        assert_eq!(
            broken, 0,
            "no two versions of a lineage in {table} live at the same time"
        );
    }
    for table in ["relation_column", "relation_index", "relation_constraint"] {
        assert_parts(plain, table);
    }
}

/// Fails unless each part of a table is led to its table, and those that depend on anything
/// are known.
fn assert_parts(plain: &rusqlite::Connection, table: &str) {
    let count = |what: &str| -> i64 {
        plain
            .query_row(what, [], |row| row.get(0))
            .expect("parts can be counted")
    };
    let lost = count(&format!(
        "SELECT count(*) FROM {table} AS part
         WHERE part.closed_sync IS NULL AND part.id >> 32 IS NOT coalesce(
             (SELECT parent FROM late_part WHERE lineage = part.lineage),
             (SELECT max(lineage) FROM relation
              WHERE lineage <= part.lineage AND closed_sync IS NULL)
         )"
    ));
    assert_eq!(lost, 0, "a part in {table} is led to another table");
    let needing = format!(
        "SELECT id, attributes FROM {table}
         WHERE closed_sync IS NULL AND instr(attributes, '\"depends_on\"') > 0"
    );
    let unknown = count(&format!(
        "SELECT count(*) FROM ({needing} EXCEPT SELECT id, attributes FROM needing_part)"
    ));
    assert_eq!(unknown, 0, "a part in {table} depends on something unseen");
    let stale = count(&format!(
        "SELECT count(*) FROM needing_part
         WHERE id IN (SELECT id FROM {table}) AND id NOT IN (SELECT id FROM ({needing}))"
    ));
    assert_eq!(
        stale, 0,
        "a part of the past in {table} depends on something"
    );
}
