//! Reading as a whole: what is declared, what is left out, parts, repetition, statements.

use std::collections::BTreeSet;

use db_studio_tests::SqliteFile;
use engine::conformance::Recorder;
use engine::{Engine, EngineError, InspectScope, OpContext};
use engine_sqlite::ENGINE;
use model::snapshot::{Detail, Walker};
use model::{ObjectKind, ObjectPath};

use super::facts::everything;
use super::{PATIENCE, find, inspect, open, read, table, target, whole};

#[tokio::test]
async fn every_declared_kind_and_attribute_appears_and_no_other() {
    let file = everything();
    let snapshot = read(file.path()).await;
    let found: BTreeSet<(ObjectKind, String)> = snapshot
        .all()
        .flat_map(|walker| {
            let kind = walker.kind();
            let keys = walker.object().attributes.iter();
            keys.map(move |attribute| (kind, attribute.key.to_string()))
                .chain([(kind, String::new())])
        })
        .collect();
    let declared: BTreeSet<(ObjectKind, String)> = ENGINE
        .descriptor()
        .kinds
        .iter()
        .flat_map(|kind| {
            let keys = kind
                .attributes
                .iter()
                .map(|attribute| attribute.key.to_owned());
            keys.chain([String::new()]).map(|key| (kind.kind, key))
        })
        .collect();
    assert_eq!(found, declared, "the descriptor is what the engine reads");
}

#[tokio::test]
async fn sqlites_own_tables_appear_only_when_asked_for() {
    let file = everything();
    let mut session = open(file.path()).await;
    let own = [
        "sqlite_schema",
        "sqlite_sequence",
        "sqlite_stat1",
        "sqlite_stat4",
    ];
    let without = inspect(&mut *session, &whole()).await;
    let with = inspect(
        &mut *session,
        &InspectScope {
            system: true,
            ..whole()
        },
    )
    .await;
    for name in own {
        assert!(
            without.find(&table(name)).is_none(),
            "{name} is SQLite's own"
        );
        assert!(with.find(&table(name)).is_some(), "{name} was asked for");
    }
}

#[tokio::test]
async fn one_table_reads_the_same_alone_as_with_the_others() {
    let file = everything();
    let mut session = open(file.path()).await;
    let all = inspect(&mut *session, &whole()).await;
    let names: Vec<_> = all
        .roots()
        .flat_map(Walker::children)
        .map(|relation| (relation.kind(), relation.name().to_owned()))
        .collect();
    assert!(names.len() > 10, "the fixture has tables and views");
    for (kind, name) in names {
        let scope = InspectScope {
            table: Some(name.clone()),
            ..whole()
        };
        let alone = inspect(&mut *session, &scope).await;
        let path = ObjectPath::database("main").child(kind, name.as_str());
        let hash = |snapshot| find(snapshot, &path).subtree_hash();
        assert_eq!(hash(&alone), hash(&all), "{name} is the same either way");
        let others = alone.roots().flat_map(Walker::children).count();
        assert_eq!(others, 1, "only {name} was asked for");
    }
    let scope = InspectScope {
        table: Some("nowhere".into()),
        ..whole()
    };
    let nothing = inspect(&mut *session, &scope).await;
    assert_eq!(
        nothing.nodes().len(),
        1,
        "a table that is not there leaves the database alone"
    );
}

#[tokio::test]
async fn reading_twice_gives_equal_snapshots() {
    let file = everything();
    let mut session = open(file.path()).await;
    let first = inspect(&mut *session, &whole()).await;
    let second = inspect(&mut *session, &whole()).await;
    assert_eq!(first, second, "nothing changed in between");
    assert_eq!(
        first,
        read(file.path()).await,
        "nor does another session read anything else"
    );
}

#[tokio::test]
async fn definitions_are_the_files_own_statements() {
    let file = everything();
    let mut session = open(file.path()).await;
    let cx = OpContext::lasting(PATIENCE);
    let counted = table("counted");
    let view = ObjectPath::database("main").child(ObjectKind::View, "summary");
    for (path, start) in [
        (counted.clone(), "CREATE TABLE counted ("),
        (table("notes"), "CREATE VIRTUAL TABLE notes"),
        (view.clone(), "CREATE VIEW summary"),
        (
            counted.child(ObjectKind::Index, "counted_code"),
            "CREATE INDEX counted_code",
        ),
        (
            view.child(ObjectKind::Trigger, "summary_written"),
            "CREATE TRIGGER summary_written",
        ),
    ] {
        let definition = session.definition(&path, &cx).await.unwrap();
        assert!(
            definition.text.starts_with(start),
            "{path} is made by {}",
            definition.text
        );
        assert!(!definition.rendered, "{path} is in the file's own words");
    }
    let missing = session.definition(&table("missing"), &cx).await;
    assert!(
        matches!(missing, Err(EngineError::NotFound { .. })),
        "no table, no statement"
    );
    let column = session
        .definition(&counted.child(ObjectKind::Column, "code"), &cx)
        .await;
    assert!(
        matches!(column, Err(EngineError::Unsupported { .. })),
        "columns have no statement"
    );
    let behind = counted.child(ObjectKind::Index, "sqlite_autoindex_counted_1");
    let behind = session.definition(&behind, &cx).await;
    assert!(
        matches!(behind, Err(EngineError::Unsupported { .. })),
        "no statement made it"
    );
}

#[tokio::test]
async fn a_session_sends_only_what_reads() {
    let file = SqliteFile::new(include_str!("../../fixtures/sqlite/everything.sql"));
    let recorder = Recorder::new();
    let cx = OpContext::lasting(PATIENCE).observed(recorder.clone());
    let mut session = ENGINE
        .open(&target(file.path()), None, &cx)
        .await
        .expect("it opens");
    assert!(
        session
            .server(&cx)
            .await
            .expect("SQLite says what it is")
            .read_only,
        "and says so"
    );
    session
        .databases(true, &cx)
        .await
        .expect("the header is read");
    let mut builder = model::SnapshotBuilder::default();
    session
        .inspect(&whole(), &mut builder, &cx)
        .await
        .expect("the schema is read");
    for statement in recorder.statements() {
        let text: String = statement
            .lines()
            .filter(|line| !line.starts_with("--"))
            .collect::<Vec<_>>()
            .join(" ");
        let reads = ["SELECT", "BEGIN DEFERRED", "COMMIT"];
        assert!(
            reads.iter().any(|start| text.starts_with(start)),
            "{statement} only reads"
        );
    }
}

#[tokio::test]
async fn statements_do_not_grow_with_tables() {
    let mut counts = Vec::new();
    for tables in [2, 200] {
        let sql: String = (0..tables)
            .map(|n| {
                format!(
                    "CREATE TABLE t{n} (id INTEGER PRIMARY KEY, o INT REFERENCES t0 UNIQUE, x);
                     CREATE INDEX i{n} ON t{n} (x); CREATE VIEW v{n} AS SELECT * FROM t{n};"
                )
            })
            .collect();
        let file = SqliteFile::new(&format!("BEGIN; {sql} COMMIT;"));
        let recorder = Recorder::new();
        let cx = OpContext::lasting(PATIENCE).observed(recorder.clone());
        let mut session = open(file.path()).await;
        let mut builder = model::SnapshotBuilder::default();
        session
            .inspect(&whole(), &mut builder, &cx)
            .await
            .expect("the schema is read");
        assert_eq!(
            builder.count(ObjectKind::Table),
            tables,
            "all tables are read"
        );
        counts.push(recorder.statements().len());
    }
    assert_eq!(
        counts[0], counts[1],
        "as many statements for 200 tables as for 2"
    );
}

#[tokio::test]
async fn indexes_are_found_wherever_they_are_listed() {
    let tables: String = (0..300)
        .map(|n| {
            format!(
                "CREATE TABLE t{n} (a INT, b INT REFERENCES t{} (A));",
                n / 2
            )
        })
        .collect();
    // What is dropped leaves gaps, and what is made later stands far behind its table.
    let dropped: String = (0..300)
        .filter(|n| n % 7 == 6)
        .map(|n| format!("DROP TABLE t{n};"))
        .collect();
    let indexes: String = (0..300)
        .rev()
        .filter(|n| n % 7 != 6)
        .map(|n| format!("CREATE INDEX i{n} ON t{n} (b);"))
        .collect();
    let file = SqliteFile::new(&format!("{tables} {dropped} {indexes}"));
    let snapshot = read(file.path()).await;
    for n in (0..300).filter(|n| n % 7 != 6) {
        let table = table(&format!("t{n}"));
        let index = table.child(ObjectKind::Index, format!("i{n}"));
        let Detail::Index(index) = &find(&snapshot, &index).object().detail else {
            panic!("an index is an index");
        };
        let definition = index.definition.as_deref();
        let expected = format!("CREATE INDEX i{n} ON t{n} (b)");
        assert_eq!(definition, Some(&*expected), "it is that of t{n}");
        let key = find(&snapshot, &table).children();
        let key = key.filter(|child| child.kind() == ObjectKind::ForeignKey);
        let [key] = &key.collect::<Vec<_>>()[..] else {
            panic!("t{n} has one foreign key");
        };
        let Detail::ForeignKey(key) = &key.object().detail else {
            panic!("a foreign key is a foreign key");
        };
        let spelled = if (n / 2) % 7 == 6 { "A" } else { "a" };
        let columns: Vec<&str> = key.referenced_columns.iter().map(|name| &**name).collect();
        assert_eq!(
            columns,
            [spelled],
            "as the table there spells it, where there is one"
        );
    }
}
