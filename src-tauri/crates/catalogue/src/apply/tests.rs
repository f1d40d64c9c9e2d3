//! How much an apply writes, counted by SQLite itself. What it writes is tested
//! on the whole catalogue, in the suite of that name.

use std::sync::Arc;

use model::snapshot::{
    ColumnDetail, DatabaseDetail, IndexDetail, RelationDetail, SchemaDetail, SnapshotBuilder,
    Statistics,
};
use model::{Amount, ConnectionDraft, ConnectionId, ConnectionUuid, SystemClock, Target};

use super::*;
use crate::{Catalogue, NewUser, UserSession};

/// The note of the part, and the number that it took.
const RECORD: u64 = 2;

fn schema(tables: u32, rows: u32) -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    let mut database = builder.database(Object::new("shop", DatabaseDetail::default()));
    let mut schema = database.schema(Object::new("public", SchemaDetail::default()));
    for number in 0..tables {
        let statistics = Statistics {
            rows: Some(Amount::from(rows)),
            ..Statistics::default()
        };
        let object = Object::new(format!("t{number}"), RelationDetail::default());
        let mut table = schema.table(object.native_id(number.to_string()).statistics(statistics));
        for ordinal in 1..=3 {
            let facts = ColumnDetail {
                ordinal,
                type_text: "integer".into(),
                nullable: true,
                default: None,
                generated: None,
                collation: None,
            };
            table.column(Object::new(format!("c{ordinal}"), facts));
        }
        table.index(Object::new("i", IndexDetail::default()).statistics(statistics));
    }
    drop(schema);
    drop(database);
    builder.finish()
}

struct Store {
    catalogue: Catalogue,
    session: UserSession,
    connection: ConnectionId,
    _folder: tempfile::TempDir,
}

impl Store {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("c.db");
        let catalogue = Catalogue::open(&path, Arc::new(SystemClock)).expect("it opens");
        let new = NewUser {
            name: "ada".to_owned(),
            vault_file: String::new(),
            key_parameters: String::new(),
            verifier: Vec::new(),
        };
        let session = catalogue.sign_up(&new).expect("the name is free");
        let draft = ConnectionDraft::new("shop", Target::new("postgres"));
        let connection = catalogue
            .write(&session, |scope| {
                scope
                    .connections()
                    .insert(ConnectionUuid::generate(), &draft)
            })
            .expect("the connection can be added")
            .id;
        Self {
            catalogue,
            session,
            connection,
            _folder: folder,
        }
    }

    /// Applies a snapshot in a sync of its own; returns how many rows that wrote.
    fn rows_written_by(&self, snapshot: &Snapshot) -> u64 {
        let written: Result<u64, CatalogueError> = self.catalogue.write(&self.session, |scope| {
            let sync = scope.syncs().begin(self.connection, "whole")?.id;
            let whole = ApplyScope::database("shop");
            let objects = scope.objects();
            let before = objects.access.db.total_changes();
            objects.apply(sync, self.connection, &whole, snapshot)?;
            Ok(objects.access.db.total_changes() - before)
        });
        written.expect("the snapshot can be applied")
    }
}

#[test]
fn an_unchanged_schema_writes_nothing_but_the_record_of_the_sync() {
    let store = Store::new();
    let first = store.rows_written_by(&schema(50, 7));
    assert!(first > 250, "each object is a row: {first}");
    assert_eq!(
        store.rows_written_by(&schema(50, 7)),
        RECORD,
        "nothing is new"
    );
}

#[test]
fn new_estimates_write_only_themselves() {
    let store = Store::new();
    store.rows_written_by(&schema(50, 7));
    let written = store.rows_written_by(&schema(50, 8));
    assert_eq!(
        written,
        RECORD + 2 * 50,
        "one row for each table and one for each index"
    );
}
