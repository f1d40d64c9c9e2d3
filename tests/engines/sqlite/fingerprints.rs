//! What is read again after a change of each kind: all that changed, and little else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use async_trait::async_trait;
use db_studio_tests::SqliteFile;
use engine::{EngineError, InspectScope, OpContext, Sink};
use model::snapshot::{Fingerprint, Portion, Statistics, Touched, TouchedRelations};
use model::{ObjectKind, Snapshot, SnapshotBuilder};

use super::{PATIENCE, open, whole};

/// Tables of the plain kind, one that nothing touches, and one of everything else.
const SCHEMA: &str = "
    CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT NOT NULL DEFAULT '', code VARCHAR(9) UNIQUE);
    CREATE TABLE purchase (id INTEGER PRIMARY KEY, customer_id INT REFERENCES customer, total NUMERIC CHECK (total > 0));
    CREATE TABLE line (id INTEGER PRIMARY KEY, purchase_id INT REFERENCES Purchase (ID), text TEXT);
    CREATE TABLE apart (a INT, b TEXT, UNIQUE (a, b));
    CREATE TABLE audited (a INT, b INT);
    CREATE TABLE squares (n INT PRIMARY KEY, square AS (n * n)) WITHOUT ROWID;
    CREATE INDEX purchase_customer ON purchase (customer_id, total DESC);
    CREATE VIEW named AS SELECT * FROM customer WHERE name <> '';
    CREATE TRIGGER audited_written AFTER INSERT ON audited BEGIN INSERT INTO apart VALUES (new.a, 'x'); END;
    CREATE VIRTUAL TABLE words USING fts5 (body);
    INSERT INTO customer VALUES (1, 'one', 'o');";

/// What came of one reading.
#[derive(Default)]
struct Kept {
    known: Option<Fingerprint>,
    only: Option<Touched>,
    read: SnapshotBuilder,
    portions: usize,
    fingerprint: Option<Fingerprint>,
}

#[async_trait]
impl Sink for Kept {
    fn known(&self) -> Option<&Fingerprint> {
        self.known.as_ref()
    }

    async fn put(&mut self, portion: Portion) -> Result<(), EngineError> {
        match portion {
            Portion::Read(snapshot) => {
                self.portions += 1;
                self.read.absorb(snapshot);
            }
            Portion::Only(touched) => {
                assert_eq!(self.portions, 0, "what is spoken of comes first");
                self.only = Some(touched);
            }
            Portion::Restart => {
                let known = self.known.take();
                *self = Self {
                    known,
                    ..Self::default()
                };
            }
            Portion::Fingerprint(fingerprint) => self.fingerprint = Some(fingerprint),
        }
        Ok(())
    }
}

async fn read_since(path: &Path, known: Option<Fingerprint>, scope: &InspectScope) -> Kept {
    let mut kept = Kept {
        known,
        ..Kept::default()
    };
    open(path)
        .await
        .inspect(scope, &mut kept, &OpContext::lasting(PATIENCE))
        .await
        .unwrap_or_else(|error| panic!("the schema cannot be read: {error}"));
    kept
}

async fn first(path: &Path) -> (Facts, Option<Fingerprint>) {
    let kept = read_since(path, None, &whole()).await;
    assert!(kept.only.is_none(), "nothing is known, so all is read");
    (facts(&kept.read.finish()), kept.fingerprint)
}

/// The hash of each table and view, and of the database itself under no name, with
/// what is estimated of it.
type Facts = BTreeMap<String, (u128, Statistics)>;

fn facts(snapshot: &Snapshot) -> Facts {
    let roots = snapshot.roots().map(|root| {
        let own = (
            root.object().content_hash().into(),
            root.object().statistics,
        );
        (String::new(), own)
    });
    let relations = snapshot.roots().flat_map(|root| root.children());
    let relations = relations.map(|relation| {
        let own = (relation.subtree_hash(), relation.object().statistics);
        (relation.name().to_owned(), own)
    });
    roots.chain(relations).collect()
}

/// What is known after a reading that spoke of a part alone.
fn patched(mut before: Facts, only: Option<&Touched>, read: &Snapshot) -> Facts {
    match only {
        None => before.clear(),
        Some(touched) => before.retain(|name, _| {
            name.is_empty() && !touched.others
                || !name.is_empty() && !touched.relations.has(None, name, None)
        }),
    }
    for (name, facts) in facts(read) {
        before.insert(name, facts);
    }
    before
}

/// Makes a change and checks that it is noticed; gives the names that were read again,
/// or none where that was everything.
async fn noticed(path: &Path, what: &str, change: impl FnOnce()) -> Option<BTreeSet<String>> {
    let (before, known) = first(path).await;
    assert!(known.is_some(), "{what}: nothing stands in the way");
    change();
    let mut kept = read_since(path, known, &whole()).await;
    let read = std::mem::take(&mut kept.read).finish();
    let (after, _) = first(path).await;
    assert_eq!(
        patched(before, kept.only.as_ref(), &read),
        after,
        "{what}: with what is read again, all is as it is now"
    );
    unchanged(path, kept.fingerprint, what).await;
    let named = |touched: Touched| match touched.relations {
        TouchedRelations::Named(names) => names.into_iter().map(|(_, name)| name.to_string()),
        other => panic!("{other:?}"),
    };
    kept.only.map(|touched| named(touched).collect())
}

async fn unchanged(path: &Path, known: Option<Fingerprint>, what: &str) {
    assert!(known.is_some(), "{what}: the new state is told");
    let again = read_since(path, known, &whole()).await;
    assert_eq!(
        again.only,
        Some(Touched::default()),
        "{what}: nothing has changed"
    );
    assert_eq!(again.portions, 0, "{what}: nothing is read");
    assert!(
        again.fingerprint.is_some(),
        "{what}: nothing stands in the way of the next time"
    );
}

fn names<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// What comes along with whatever is read again: it may depend on it.
const ALONG: [&str; 3] = ["named", "audited", "words"];

#[tokio::test]
async fn changes_of_every_kind_are_noticed() {
    let file = SqliteFile::new(SCHEMA);
    let changes = [
        ("a new table", "CREATE TABLE fresh (a INT)", "fresh"),
        (
            "a column more",
            "ALTER TABLE apart ADD COLUMN c TEXT",
            "apart",
        ),
        (
            "a column renamed",
            "ALTER TABLE apart RENAME COLUMN c TO d",
            "apart",
        ),
        ("a column less", "ALTER TABLE apart DROP COLUMN d", "apart"),
        (
            "a table renamed",
            "ALTER TABLE fresh RENAME TO stale",
            "stale",
        ),
        ("a new index", "CREATE INDEX apart_b ON apart (b)", "apart"),
        ("an index less", "DROP INDEX apart_b", "apart"),
        (
            "an index of some rows",
            "CREATE UNIQUE INDEX some ON apart (b) WHERE a > 0",
            "apart",
        ),
        (
            "the same of others",
            "DROP INDEX some; CREATE UNIQUE INDEX some ON apart (b) WHERE a > 1",
            "apart",
        ),
        (
            "an index of expressions",
            "CREATE INDEX computed ON apart (lower(b))",
            "apart",
        ),
        (
            "a new trigger",
            "CREATE TRIGGER g AFTER DELETE ON apart BEGIN SELECT a FROM line; END",
            "apart",
        ),
        ("a trigger less", "DROP TRIGGER g", "apart"),
        (
            "a trigger on a view",
            "CREATE TRIGGER h INSTEAD OF INSERT ON named BEGIN SELECT 1; END",
            "named",
        ),
        (
            "a new view",
            "CREATE VIEW fewer AS SELECT a FROM apart",
            "fewer",
        ),
        (
            "another view by that name",
            "DROP VIEW fewer; CREATE VIEW fewer AS SELECT b FROM apart",
            "fewer",
        ),
        ("a view less", "DROP VIEW fewer", "fewer"),
        (
            "what a view shows",
            "ALTER TABLE customer ADD COLUMN more INT",
            "named",
        ),
        (
            "a generated column",
            "ALTER TABLE squares ADD COLUMN cube AS (n * n * n)",
            "squares",
        ),
        (
            "a strict table",
            "CREATE TABLE hard (a INT PRIMARY KEY, b ANY) STRICT",
            "hard",
        ),
        (
            "the same not strict",
            "DROP TABLE hard; CREATE TABLE hard (a INT PRIMARY KEY, b ANY)",
            "hard",
        ),
        (
            "a table with another case",
            "DROP TABLE hard; CREATE TABLE HARD (a INT PRIMARY KEY, b ANY)",
            "HARD",
        ),
        (
            "a virtual table",
            "CREATE VIRTUAL TABLE boxes USING rtree (id, x, y)",
            "boxes_node",
        ),
        ("a virtual table less", "DROP TABLE boxes", "boxes_parent"),
        (
            "a default",
            "DROP TABLE stale; CREATE TABLE stale (a INT DEFAULT 2)",
            "stale",
        ),
        (
            "a type",
            "DROP TABLE stale; CREATE TABLE stale (a TEXT DEFAULT 2)",
            "stale",
        ),
        (
            "a check",
            "DROP TABLE stale; CREATE TABLE stale (a TEXT DEFAULT 2 CHECK (a <> 3))",
            "stale",
        ),
        (
            "a reference",
            "DROP TABLE stale; CREATE TABLE stale (a TEXT REFERENCES apart)",
            "stale",
        ),
        ("a table less", "DROP TABLE stale", "stale"),
        ("a first analysis", "ANALYZE", "customer"),
        (
            "another analysis",
            "INSERT INTO customer VALUES (2, 'two', 't', 2); ANALYZE",
            "customer",
        ),
        (
            "an analysis undone",
            "DELETE FROM sqlite_stat1 WHERE tbl = 'customer'",
            "customer",
        ),
        (
            "the schema's own table edited",
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'b TEXT', 'b CLOB') WHERE name = 'apart'",
            "apart",
        ),
    ];
    for (what, sql, name) in changes {
        let read = noticed(file.path(), what, || file.execute(sql)).await;
        if let Some(read) = read {
            assert!(read.contains(name), "{what} is about {name}: {read:?}");
        }
    }
}

#[tokio::test]
async fn only_what_changed_and_what_may_depend_on_it_is_read_again() {
    let more: String = (0..40)
        .map(|n| format!("CREATE TABLE more{n} (a INT);"))
        .collect();
    let file = SqliteFile::new(&format!("{SCHEMA} {more}"));
    let read = noticed(file.path(), "a column more", || {
        file.execute("ALTER TABLE apart ADD COLUMN c TEXT");
    })
    .await;
    let mut expected = names(ALONG);
    expected.insert("apart".to_owned());
    assert_eq!(
        read,
        Some(expected),
        "views, triggers and modules may depend on it"
    );

    let read = noticed(file.path(), "a table less", || {
        file.execute("DROP TABLE more7");
    })
    .await;
    let mut expected = names(ALONG);
    expected.insert("more7".to_owned());
    assert_eq!(read, Some(expected), "what is gone is named");
}

#[tokio::test]
async fn a_reference_follows_the_table_that_it_leads_to() {
    let more: String = (0..40)
        .map(|n| format!("CREATE TABLE more{n} (a INT);"))
        .collect();
    let file = SqliteFile::new(&format!("{SCHEMA} {more}"));
    file.execute("DROP VIEW named");
    // Nothing of `purchase` and `line` themselves is touched.
    for sql in [
        "PRAGMA foreign_keys = OFF; DROP TABLE customer; CREATE TABLE CUSTOMER (number INTEGER PRIMARY KEY, name)",
        "PRAGMA foreign_keys = OFF; DROP TABLE CUSTOMER",
        "CREATE TABLE customer (a INT, id INT, name, PRIMARY KEY (id))",
    ] {
        let read = noticed(file.path(), sql, || file.execute(sql)).await;
        let read = read.expect("most of the file is as it was");
        assert!(
            read.contains("purchase"),
            "it refers to the table: {read:?}"
        );
        assert!(!read.contains("line"), "this one does not: {read:?}");
    }
}

#[tokio::test]
async fn what_is_true_of_the_whole_file_is_noticed() {
    let file = SqliteFile::new(SCHEMA);
    for sql in [
        "PRAGMA user_version = 7",
        "PRAGMA application_id = 8",
        "PRAGMA page_size = 8192; VACUUM",
        "PRAGMA auto_vacuum = FULL; VACUUM",
        "PRAGMA journal_mode = WAL",
        "PRAGMA journal_mode = DELETE",
    ] {
        let read = noticed(file.path(), sql, || file.execute(sql)).await;
        assert_eq!(read, Some(BTreeSet::new()), "{sql}: no table is read again");
    }
}

#[tokio::test]
async fn rows_alone_make_nothing_read_again() {
    let file = SqliteFile::new(SCHEMA);
    let (_, known) = first(file.path()).await;
    file.execute("UPDATE customer SET name = 'other'");
    unchanged(file.path(), known, "a row").await;
}

#[tokio::test]
async fn a_file_in_the_place_of_another_is_noticed() {
    let file = SqliteFile::new(SCHEMA);
    let other = SqliteFile::new(&SCHEMA.replace("b TEXT", "b BLOB"));
    let version = "SELECT schema_version FROM pragma_schema_version";
    assert_eq!(
        file.count(version),
        other.count(version),
        "SQLite's own number does not tell them apart"
    );
    let path = file.path();
    noticed(path, "another file written over it", || {
        fs::copy(other.path(), path).expect("it is copied");
    })
    .await;
    let backup = SqliteFile::new(SCHEMA);
    noticed(path, "a backup put in its place", || {
        fs::rename(backup.path(), path).expect("it is moved");
    })
    .await;
}

#[tokio::test]
async fn a_change_that_is_in_the_log_alone_is_noticed() {
    let file = SqliteFile::new(&format!("PRAGMA journal_mode = WAL; {SCHEMA}"));
    let writer = file.connect();
    let wal = "PRAGMA wal_autocheckpoint = 0; CREATE TABLE fresh (a INT)";
    let change = || writer.execute_batch(wal).expect("the writer writes");
    let read = noticed(file.path(), "a change in the log", change).await;
    assert!(
        read.is_none_or(|read| read.contains("fresh")),
        "the new table"
    );
}

#[tokio::test]
async fn bytes_of_others_mean_that_all_is_read() {
    let file = SqliteFile::new(SCHEMA);
    let (facts_now, known) = first(file.path()).await;
    let mut cut = known.clone().expect("nothing stands in the way");
    cut.0.pop();
    for (what, bytes) in [
        ("none", Vec::new()),
        (
            "foreign ones",
            b"postgres 3 \xff\xff\xff\xff\xff\xff\xff\xff\xff\xff".to_vec(),
        ),
        ("broken ones", cut.0),
    ] {
        let kept = read_since(file.path(), Some(Fingerprint(bytes)), &whole()).await;
        assert_eq!(kept.only, None, "{what}: nothing is left out");
        assert_eq!(facts(&kept.read.finish()), facts_now, "{what}: all is read");
    }
    let system = InspectScope {
        system: true,
        ..whole()
    };
    let kept = read_since(file.path(), known, &system).await;
    assert_eq!(
        kept.only, None,
        "with SQLite's own tables it is another reading"
    );
}

#[tokio::test]
async fn what_stands_in_the_way_leaves_no_fingerprint() {
    let file = SqliteFile::new(SCHEMA);
    let (_, known) = first(file.path()).await;
    file.execute("CREATE VIEW broken AS SELECT a FROM nowhere");
    let kept = read_since(file.path(), known, &whole()).await;
    assert_eq!(kept.fingerprint, None, "what is unseen may be anything");
    let warnings = kept.read.finish().warnings().len();
    assert_eq!(warnings, 1, "the view is warned about");
}

#[tokio::test]
async fn a_large_file_comes_in_portions() {
    let tables: String = (0..1100)
        .map(|n| {
            format!(
                "CREATE TABLE t{n} (id INTEGER PRIMARY KEY, o INT REFERENCES t{});",
                n / 2
            )
        })
        .collect();
    let file = SqliteFile::new(&format!("BEGIN; {SCHEMA} {tables} COMMIT;"));
    let kept = read_since(file.path(), None, &whole()).await;
    assert!(kept.portions > 2, "{} portions", kept.portions);
    let counts = kept.read.finish().counts();
    assert_eq!(
        counts[&ObjectKind::Table],
        1100 + 6 + 6,
        "those, the others, and where the words are kept"
    );
}
