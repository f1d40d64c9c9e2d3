//! Files that were made to break whoever reads them.

use db_studio_tests::SqliteFile;
use engine::{InspectScope, OpContext};
use model::snapshot::{Detail, Walker};
use model::{ObjectKind, ObjectPath};

use super::{PATIENCE, find, find_table, inspect, open, read, table, whole};

fn view(name: &str) -> ObjectPath {
    ObjectPath::database("main").child(ObjectKind::View, name)
}

#[tokio::test]
async fn names_of_any_kind_are_read_as_they_are() {
    let file = SqliteFile::new(include_str!("../../fixtures/sqlite/hostile.sql"));
    let snapshot = read(file.path()).await;
    insta::with_settings!({
        snapshot_path => "../../fixtures/sqlite",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("hostile", snapshot.outline());
    });

    let columns: Vec<_> = find_table(&snapshot, "say \"hello\"")
        .children_of(ObjectKind::Column)
        .map(Walker::name)
        .collect();
    assert_eq!(
        columns,
        ["a.b", "c\nd", "", "<b>bold</b>", "🎻"],
        "each name as it was given"
    );
    assert!(
        snapshot.find(&table("sqlitex")).is_some(),
        "only sqlite_ is SQLite's own"
    );
    let paths: std::collections::BTreeSet<_> = snapshot.all().map(Walker::path).collect();
    assert_eq!(
        paths.len(),
        snapshot.nodes().len(),
        "no two objects have the same path"
    );

    let mut session = open(file.path()).await;
    let cx = OpContext::lasting(PATIENCE);
    for name in ["", "'; DROP TABLE x; --", "main.t"] {
        let scope = InspectScope {
            table: Some(name.to_owned()),
            ..whole()
        };
        let alone = inspect(&mut *session, &scope).await;
        assert!(
            alone.find(&table(name)).is_some(),
            "{name:?} is found by its name"
        );
        let definition = session.definition(&table(name), &cx).await;
        assert!(
            definition.is_ok(),
            "{name:?} has its statement: {definition:?}"
        );
    }
}

#[tokio::test]
async fn a_broken_view_warns_about_itself_alone() {
    let file = SqliteFile::new(
        "CREATE TABLE t (a INT, b TEXT);
         CREATE VIEW good AS SELECT a FROM t;
         CREATE VIEW broken AS SELECT x FROM gone;
         CREATE VIEW round AS SELECT * FROM robin;
         CREATE VIEW robin AS SELECT * FROM round;
         CREATE VIEW nested AS SELECT a FROM good;
         CREATE VIEW unsafe AS SELECT load_extension('x') AS e;
         CREATE TRIGGER kept INSTEAD OF INSERT ON broken BEGIN SELECT 1; END;",
    );
    let snapshot = read(file.path()).await;
    let warned: Vec<_> = snapshot
        .warnings()
        .iter()
        .map(|warning| warning.object.clone())
        .collect();
    let mut expected = ["broken", "robin", "round", "unsafe"].map(view).to_vec();
    expected.sort();
    let mut sorted = warned.clone();
    sorted.sort();
    assert_eq!(sorted, expected, "one warning for each, none for others");
    for warning in snapshot.warnings() {
        assert!(
            warning.unseen,
            "{}: its columns are unknown, not gone",
            warning.object
        );
        assert!(
            warning.reason.ends_with('.'),
            "a sentence: {}",
            warning.reason
        );
    }
    let broken = find(&snapshot, &view("broken"));
    assert_eq!(
        broken.children_of(ObjectKind::Column).count(),
        0,
        "nobody can tell its columns"
    );
    assert_eq!(
        broken.children_of(ObjectKind::Trigger).count(),
        1,
        "the rest of it is read"
    );
    for (name, columns) in [("good", 1), ("nested", 1)] {
        let found = find(&snapshot, &view(name))
            .children_of(ObjectKind::Column)
            .count();
        assert_eq!(found, columns, "{name} is read");
    }
}

#[tokio::test]
async fn an_unknown_module_warns_about_its_table_alone() {
    let file = SqliteFile::new("CREATE TABLE t (a INT)");
    file.execute(
        "PRAGMA writable_schema = ON;
         INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES
            ('table', 'oddity', 'oddity', 0, 'CREATE VIRTUAL TABLE oddity USING \"no such\" (a, b)');",
    );
    let snapshot = read(file.path()).await;
    let warned: Vec<_> = snapshot
        .warnings()
        .iter()
        .map(|warning| &warning.object)
        .collect();
    assert_eq!(warned, [&table("oddity")], "the one that needs the module");
    assert!(
        snapshot.warnings()[0].reason.contains("no such module"),
        "SQLite's own reason: {}",
        snapshot.warnings()[0].reason
    );
    let oddity = find_table(&snapshot, "oddity").object();
    let module = oddity
        .attributes
        .iter()
        .find(|attribute| &*attribute.key == "module");
    assert_eq!(
        module.map(|found| found.value.clone()),
        Some("no such".into()),
        "it is named"
    );
    assert_eq!(
        find_table(&snapshot, "t").children().count(),
        1,
        "the other table is read"
    );
}

#[tokio::test]
async fn views_that_double_each_other_warn_about_themselves_alone() {
    let views = (1..60).map(|n| {
        let inner = n - 1;
        format!("CREATE VIEW v{n} AS SELECT p.a FROM v{inner} AS p, v{inner} AS q;")
    });
    let file = SqliteFile::new(&format!(
        "CREATE TABLE kept (a INT); CREATE VIEW v0 AS SELECT 1 AS a; {}
         CREATE TRIGGER large AFTER INSERT ON kept BEGIN SELECT a FROM v50; END;",
        views.collect::<String>()
    ));
    let snapshot = read(file.path()).await;
    assert_eq!(
        snapshot.counts()[&ObjectKind::View],
        60,
        "all views are there"
    );
    let columns = |name: &str| {
        find(&snapshot, &view(name))
            .children_of(ObjectKind::Column)
            .count()
    };
    assert_eq!(columns("v8"), 1, "what can be worked out is");
    assert_eq!(columns("v59"), 0, "what would take years is not");
    let warned: Vec<_> = snapshot
        .warnings()
        .iter()
        .map(|warning| &warning.object)
        .collect();
    assert!(warned.contains(&&view("v59")), "and says so: {warned:?}");
    assert!(!warned.contains(&&view("v8")), "the others do not");
    let kept = find_table(&snapshot, "kept");
    assert_eq!(kept.children().count(), 2, "the table is read");
}

#[tokio::test]
async fn triggers_that_fire_each_other_without_end_are_read() {
    let tables: String = (0..300)
        .map(|n| format!("CREATE TABLE t{n} (a INT);"))
        .collect();
    let triggers: String = (0..300)
        .map(|n| {
            let next = (n + 1) % 300;
            format!(
                "CREATE TRIGGER g{n} AFTER INSERT ON t{n} BEGIN INSERT INTO t{next} VALUES (1); END;"
            )
        })
        .collect();
    let file = SqliteFile::new(&format!("BEGIN; {tables} {triggers} COMMIT;"));
    let snapshot = read(file.path()).await;
    assert_eq!(
        snapshot.counts()[&ObjectKind::Trigger],
        300,
        "none is left out"
    );
    assert!(snapshot.warnings().is_empty(), "{:?}", snapshot.warnings());
}

#[tokio::test]
async fn a_table_as_wide_as_sqlite_allows_is_read() {
    let columns: Vec<String> = (1..=2000)
        .map(|n| format!("column_{n} INT DEFAULT {n}"))
        .collect();
    let file = SqliteFile::new(&format!("CREATE TABLE wide ({})", columns.join(", ")));
    let snapshot = read(file.path()).await;
    let wide = find_table(&snapshot, "wide");
    assert_eq!(
        wide.children_of(ObjectKind::Column).count(),
        2000,
        "every column"
    );
    let last = wide.children().last().expect("there are columns").object();
    match &last.detail {
        Detail::Column(detail) => {
            assert_eq!(detail.ordinal, 2000, "in order");
            assert_eq!(
                detail.default.as_deref(),
                Some("2000"),
                "each with its own facts"
            );
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn text_that_is_not_utf8_is_read_as_well_as_can_be() {
    let file = SqliteFile::new("CREATE TABLE t (a INT, b INT DEFAULT 'xyz')");
    file.execute(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = CAST(replace(
            CAST(sql AS BLOB), CAST('xyz' AS BLOB), x'fffe'
         ) AS TEXT);",
    );
    let snapshot = read(file.path()).await;
    let default = find_table(&snapshot, "t")
        .children()
        .last()
        .map(|column| &column.object().detail);
    match default {
        Some(Detail::Column(detail)) => {
            assert_eq!(
                detail.default.as_deref(),
                Some("'\u{fffd}\u{fffd}'"),
                "made readable"
            );
        }
        other => panic!("{other:?}"),
    }
}
