//! What views and triggers need, in SQLite's own understanding of them.

use db_studio_tests::SqliteFile;
use model::snapshot::{Attribute, AttributeValue, Walker};
use model::{ObjectKind, ObjectPath, Snapshot};

use super::facts::attribute;
use super::{find, find_table, inspect, open, read, whole};

/// The kind and name of all that a view or trigger needs.
fn needs(walker: Walker<'_>) -> Vec<String> {
    match attribute(walker, Attribute::DEPENDS_ON) {
        Some(AttributeValue::Objects(objects)) => objects
            .iter()
            .map(|object| format!("{} {}", object.kind, object.name))
            .collect(),
        None => Vec::new(),
        other => panic!("{other:?}"),
    }
}

fn view<'a>(snapshot: &'a Snapshot, name: &str) -> Walker<'a> {
    find(
        snapshot,
        &ObjectPath::database("main").child(ObjectKind::View, name),
    )
}

#[tokio::test]
async fn views_need_what_they_name_and_no_more() {
    let file = SqliteFile::new(
        r#"CREATE TABLE "T one" (a INT, b INT); CREATE TABLE t2 (a INT); CREATE TABLE t3 (c INT);
         CREATE TABLE unused (a INT); CREATE TABLE a (x INT);
         CREATE VIEW inner_one AS SELECT a, b AS unused FROM "t ONE" WHERE a IN (SELECT c FROM t3);
         CREATE VIEW outer_one AS SELECT i.a FROM inner_one AS i JOIN t2 USING (a);
         CREATE VIEW counted AS SELECT count(*) AS n FROM t2;
         CREATE VIEW shared AS WITH t3 AS (SELECT a AS c FROM t2), more AS (SELECT c FROM t3)
             SELECT c, (SELECT x FROM main.a) AS x FROM more;
         CREATE VIEW listed AS SELECT value FROM json_each('[1]'), pragma_page_size;
         CREATE VIEW crossed AS SELECT 1 FROM main.t3, t2 NATURAL JOIN (SELECT 1 AS a);
         CREATE VIEW broken AS SELECT gone FROM t2;"#,
    );
    let snapshot = read(file.path()).await;
    for (name, expected) in [
        ("inner_one", vec!["table T one", "table t3"]),
        ("outer_one", vec!["table t2", "view inner_one"]),
        ("counted", vec!["table t2"]),
        ("shared", vec!["table a", "table t2"]),
        ("listed", vec![]),
        ("crossed", vec!["table t2", "table t3"]),
        ("broken", vec!["table t2"]),
    ] {
        assert_eq!(
            needs(view(&snapshot, name)),
            expected,
            "{name} names just these"
        );
    }
}

#[tokio::test]
async fn triggers_need_what_they_read_and_write() {
    let file = SqliteFile::new(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, made AS (a + 1));
         CREATE TABLE log (what TEXT); CREATE TABLE deep (x INT); CREATE TABLE known (a INT);
         CREATE VIEW v AS SELECT a FROM t;
         CREATE TRIGGER on_insert AFTER INSERT ON t WHEN NEW.a IN (SELECT a FROM known)
             BEGIN INSERT INTO log VALUES ('new'); UPDATE t SET a = 1 WHERE id = NEW.id; END;
         CREATE TRIGGER on_update BEFORE UPDATE OF id, a ON t BEGIN DELETE FROM deep; END;
         CREATE TRIGGER on_any_update BEFORE UPDATE ON t BEGIN SELECT x FROM deep; END;
         CREATE TRIGGER on_delete AFTER DELETE ON t BEGIN SELECT 1; END;
         CREATE TRIGGER fired AFTER INSERT ON log BEGIN UPDATE deep SET x = 2; END;
         CREATE TRIGGER instead INSTEAD OF UPDATE ON v BEGIN UPDATE t SET a = NEW.a; END;",
    );
    let snapshot = read(file.path()).await;
    let trigger = |of: Walker<'_>, name: &str| {
        let found = of
            .children_of(ObjectKind::Trigger)
            .find(|trigger| trigger.name() == name);
        needs(found.unwrap_or_else(|| panic!("there is no {name}")))
    };
    let t = find_table(&snapshot, "t");
    assert_eq!(
        trigger(t, "on_insert"),
        ["table known", "table log"],
        "not what its own insert makes fire, and not its own table"
    );
    assert_eq!(
        trigger(t, "on_update"),
        ["table deep"],
        "what it deletes from"
    );
    assert_eq!(trigger(t, "on_any_update"), ["table deep"], "what it reads");
    assert_eq!(trigger(t, "on_delete"), Vec::<String>::new(), "nothing");
    let log = find_table(&snapshot, "log");
    assert_eq!(trigger(log, "fired"), ["table deep"], "what it changes");
    assert_eq!(
        trigger(view(&snapshot, "v"), "instead"),
        ["table t"],
        "what stands in for the view"
    );
}

#[tokio::test]
async fn a_part_needs_what_lies_outside_it() {
    let file = SqliteFile::new(
        "CREATE TABLE t (a INT); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v;",
    );
    let scope = engine::InspectScope {
        table: Some("w".to_owned()),
        ..whole()
    };
    let snapshot = inspect(&mut *open(file.path()).await, &scope).await;
    assert_eq!(
        needs(view(&snapshot, "w")),
        ["view v"],
        "also where v itself is not read"
    );
}

#[tokio::test]
async fn names_that_are_no_text_are_not_looked_into() {
    let file = SqliteFile::new("CREATE TABLE t (a INT); CREATE VIEW v AS SELECT a AS xyz FROM t");
    file.execute(
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = CAST(replace(
            CAST(sql AS BLOB), CAST('xyz' AS BLOB), x'fffe'
         ) AS TEXT);",
    );
    let snapshot = read(file.path()).await;
    let found = view(&snapshot, "v");
    assert_eq!(found.children().count(), 1, "the view is read");
    assert_eq!(
        needs(found),
        Vec::<String>::new(),
        "its names cannot be told apart"
    );
}
