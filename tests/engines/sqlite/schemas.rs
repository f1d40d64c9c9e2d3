//! Real schemas that others made, compared with what SQLite's own pragmas tell
//! of each table, one by one.

use std::collections::BTreeSet;
use std::path::Path;

use db_studio_tests::{SqliteFile, schemas};
use model::snapshot::{Detail, Generated, Walker};
use model::{ObjectKind, Snapshot};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};

use super::read;

#[tokio::test]
async fn zabbix_is_read_completely() {
    let file = SqliteFile::new(&schemas::zabbix_sqlite_sql());
    let snapshot = read(file.path()).await;
    compare(&snapshot, file.path());
    assert!(
        snapshot.counts()[&ObjectKind::Table] > 150,
        "it is the schema that was meant"
    );
}

#[tokio::test]
async fn mediawiki_is_read_completely() {
    let sql = schemas::mediawiki_sqlite_sql();
    // MediaWiki's installer fills these in: a prefix, which is empty here, and a remark.
    let file = SqliteFile::new(&sql.replace("/*_*/", "").replace("/*i*/", ""));
    let snapshot = read(file.path()).await;
    compare(&snapshot, file.path());
    assert!(
        snapshot.counts()[&ObjectKind::Table] > 50,
        "it is the schema that was meant"
    );
}

#[tokio::test]
async fn proj_is_read_completely_and_left_as_it_is() {
    let path = schemas::proj_file();
    let before = std::fs::metadata(&path).expect("the file is there");
    let snapshot = read(&path).await;
    compare(&snapshot, &path);
    let counts = snapshot.counts();
    assert!(
        counts[&ObjectKind::View] > 5,
        "it is the schema that was meant"
    );
    assert!(counts[&ObjectKind::Trigger] > 30, "with its triggers");
    let after = std::fs::metadata(&path).expect("the file is there");
    assert_eq!(
        (before.len(), before.modified().ok()),
        (after.len(), after.modified().ok()),
        "nobody wrote to it"
    );
}

/// A line for each thing there is, from the snapshot and from the pragmas.
fn compare(snapshot: &Snapshot, path: &Path) {
    let (ours, theirs) = (lines(snapshot), told_by_pragmas(path));
    let missing: Vec<_> = theirs.difference(&ours).collect();
    let invented: Vec<_> = ours.difference(&theirs).collect();
    assert!(missing.is_empty(), "left out: {missing:#?}");
    assert!(invented.is_empty(), "not in the file: {invented:#?}");
    assert!(
        snapshot.warnings().is_empty(),
        "nothing is broken: {:?}",
        snapshot.warnings()
    );
}

fn lines(snapshot: &Snapshot) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for walker in snapshot.all() {
        let parent = walker.parent().map(Walker::name).unwrap_or_default();
        let name = walker.name();
        lines.extend(match &walker.object().detail {
            Detail::Table(_) => Some(format!("table {name}")),
            Detail::View(_) => Some(format!("view {name}")),
            Detail::Column(column) => {
                let hidden = match column.generated {
                    Some(Generated::Virtual { .. }) => 2,
                    Some(Generated::Stored { .. }) => 3,
                    _ => 0,
                };
                Some(format!(
                    "column {parent} {} {name} {} {:?} {hidden}",
                    column.ordinal, column.type_text, column.default
                ))
            }
            Detail::PrimaryKey(key) => Some(format!("primary key {parent} {:?}", key.columns)),
            Detail::Unique(key) => Some(format!("unique {parent} {:?}", key.index)),
            Detail::ForeignKey(key) => Some(format!(
                "foreign key {parent} {:?} {} {:?}",
                key.columns, key.references.name, key.referenced_columns
            )),
            Detail::Index(index) => {
                let parts: Vec<_> = index
                    .parts
                    .iter()
                    .map(|p| (&p.column, p.descending))
                    .collect();
                Some(format!(
                    "index {parent} {name} {} {} {parts:?}",
                    index.unique,
                    index.predicate.is_some()
                ))
            }
            Detail::Trigger(_) => Some(format!("trigger {parent} {name}")),
            _ => None,
        });
    }
    lines
}

fn told_by_pragmas(path: &Path) -> BTreeSet<String> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .expect("the file opens");
    let mut lines = BTreeSet::new();
    let objects = rows(
        &connection,
        "SELECT type, name, tbl_name FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    );
    for object in &objects {
        let [kind, name, table] = [0, 1, 2].map(|n| text(&object[n]));
        match kind.as_str() {
            "table" | "view" => {
                lines.insert(format!("{kind} {name}"));
                columns(&connection, &name, &mut lines);
                indexes(&connection, &name, &mut lines);
                foreign_keys(&connection, &name, &mut lines);
            }
            "trigger" => {
                lines.insert(format!("trigger {table} {name}"));
            }
            _ => {}
        }
    }
    lines
}

fn columns(connection: &Connection, table: &str, lines: &mut BTreeSet<String>) {
    let mut key = Vec::new();
    for row in rows(
        connection,
        &format!("PRAGMA table_xinfo({})", quoted(table)),
    ) {
        let [number, name, declared] = [0, 1, 2].map(|n| text(&row[n]));
        let number: i64 = number.parse().expect("a number");
        let default = Some(text(&row[4])).filter(|_| row[4] != Value::Null);
        let hidden = text(&row[6]);
        lines.insert(format!(
            "column {table} {} {name} {declared} {default:?} {hidden}",
            number + 1
        ));
        let place: i64 = text(&row[5]).parse().expect("a number");
        if place > 0 {
            key.push((place, name));
        }
    }
    key.sort();
    if !key.is_empty() {
        let columns: Vec<_> = key.into_iter().map(|(_, name)| name).collect();
        lines.insert(format!("primary key {table} {columns:?}"));
    }
}

fn indexes(connection: &Connection, table: &str, lines: &mut BTreeSet<String>) {
    for row in rows(connection, &format!("PRAGMA index_list({})", quoted(table))) {
        let [name, unique, origin, partial] = [1, 2, 3, 4].map(|n| text(&row[n]));
        let parts: Vec<_> = rows(
            connection,
            &format!("PRAGMA index_xinfo({})", quoted(&name)),
        )
        .into_iter()
        .filter(|part| text(&part[5]) == "1")
        .map(|part| {
            (
                Some(text(&part[2])).filter(|_| part[2] != Value::Null),
                text(&part[3]) == "1",
            )
        })
        .collect();
        lines.insert(format!(
            "index {table} {name} {} {} {parts:?}",
            unique == "1",
            partial == "1"
        ));
        if origin == "u" {
            lines.insert(format!("unique {table} {:?}", Some(name)));
        }
    }
}

fn foreign_keys(connection: &Connection, table: &str, lines: &mut BTreeSet<String>) {
    let list = rows(
        connection,
        &format!("PRAGMA foreign_key_list({})", quoted(table)),
    );
    let ids: BTreeSet<String> = list.iter().map(|row| text(&row[0])).collect();
    for id in ids {
        let of: Vec<_> = list.iter().filter(|row| text(&row[0]) == id).collect();
        let parent = text(&of[0][2]);
        let from: Vec<_> = of.iter().map(|row| text(&row[3])).collect();
        let named: Vec<_> = of
            .iter()
            .filter(|row| row[4] != Value::Null)
            .map(|row| text(&row[4]))
            .collect();
        let to = if named.is_empty() {
            key_of(connection, &parent)
        } else {
            named
        };
        lines.insert(format!("foreign key {table} {from:?} {parent} {to:?}"));
    }
}

fn key_of(connection: &Connection, table: &str) -> Vec<String> {
    let mut key: Vec<_> = rows(connection, &format!("PRAGMA table_info({})", quoted(table)))
        .into_iter()
        .filter(|row| text(&row[5]) != "0")
        .map(|row| (text(&row[5]), text(&row[1])))
        .collect();
    key.sort();
    key.into_iter().map(|(_, name)| name).collect()
}

fn rows(connection: &Connection, sql: &str) -> Vec<Vec<Value>> {
    let mut statement = connection.prepare(sql).expect("SQLite takes the question");
    let count = statement.column_count();
    let rows = statement.query_map([], |row| (0..count).map(|n| row.get(n)).collect());
    rows.expect("SQLite answers")
        .map(|row| row.expect("the row is whole"))
        .collect()
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
