//! Virtual tables of all modules, and the tables behind them.

use db_studio_tests::SqliteFile;
use model::ObjectKind;
use model::snapshot::{AttributeValue, Detail, TableForm};

use super::facts::attribute;
use super::{find_table, read};

#[tokio::test]
async fn tables_behind_a_virtual_one_are_told_apart() {
    let file = SqliteFile::new(
        "CREATE VIRTUAL TABLE mail USING fts3 (subject, body);
         CREATE VIRTUAL TABLE mail_old USING fts5 (subject);
         CREATE VIRTUAL TABLE area USING rtree (id, x1, x2, +label);
         CREATE TABLE mail_note (a INT);
         CREATE TABLE area_code (a INT);",
    );
    let snapshot = read(file.path()).await;
    let shadow_of = |name: &str| {
        let found = find_table(&snapshot, name);
        let form = match &found.object().detail {
            Detail::Table(facts) => facts.form,
            other => panic!("{other:?}"),
        };
        let owner = match attribute(found, "shadow_of") {
            Some(AttributeValue::Text(owner)) => Some(owner.to_string()),
            _ => None,
        };
        (form, owner)
    };
    for (name, owner) in [
        ("mail_content", "mail"),
        ("mail_segdir", "mail"),
        ("mail_old_data", "mail_old"),
        ("area_node", "area"),
    ] {
        assert_eq!(
            shadow_of(name),
            (TableForm::Shadow, Some(owner.to_owned())),
            "{name} holds what {owner} shows"
        );
    }
    for name in ["mail_note", "area_code"] {
        assert_eq!(
            shadow_of(name),
            (TableForm::Ordinary, None),
            "{name} is somebody's own"
        );
    }
}

#[tokio::test]
async fn tables_of_modules_that_are_not_here_are_known_by_their_names() {
    let file = SqliteFile::new(
        "CREATE TABLE shapes_node (nodeno INTEGER PRIMARY KEY, data);
         CREATE TABLE shapes_parent (nodeno INTEGER PRIMARY KEY, parentnode);
         CREATE TABLE shapes_rowid (rowid INTEGER PRIMARY KEY, nodeno);
         CREATE TABLE shapes_colour (a INT);
         CREATE TABLE embeddings_vector_chunks00 (a INT);",
    );
    file.execute(
        "PRAGMA writable_schema = ON;
         INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES
            ('table', 'shapes', 'shapes', 0, 'CREATE VIRTUAL TABLE shapes USING geopoly(label)'),
            ('table', 'embeddings', 'embeddings', 0,
             'CREATE VIRTUAL TABLE embeddings USING vec0(id integer primary key, v float[4])');",
    );
    let snapshot = read(file.path()).await;
    let form = |name: &str| match &find_table(&snapshot, name).object().detail {
        Detail::Table(facts) => facts.form,
        other => panic!("{other:?}"),
    };
    for name in [
        "shapes_node",
        "shapes_parent",
        "shapes_rowid",
        "embeddings_vector_chunks00",
    ] {
        assert_eq!(
            form(name),
            TableForm::Shadow,
            "{name} belongs to its module"
        );
    }
    assert_eq!(
        form("shapes_colour"),
        TableForm::Ordinary,
        "its module makes none so"
    );
    let arguments = attribute(find_table(&snapshot, "embeddings"), "arguments");
    let expected = ["id integer primary key", "v float[4]"]
        .map(Into::into)
        .to_vec();
    assert_eq!(
        arguments,
        Some(AttributeValue::List(expected)),
        "what the module is given is there without the module"
    );
    assert_eq!(
        snapshot.warnings().len(),
        2,
        "both modules are named as missing"
    );
    let counted = snapshot.counts()[&ObjectKind::Table];
    assert_eq!(counted, 7, "and every table is there");
}

#[tokio::test]
async fn full_text_needs_the_table_whose_words_it_holds() {
    let file = SqliteFile::new(
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, title, body);
         CREATE VIRTUAL TABLE found USING fts5 (title, body, content='posts', content_rowid='id');
         CREATE VIRTUAL TABLE bare USING fts5 (posts, content='');
         CREATE VIRTUAL TABLE terms USING fts5vocab ('found', 'col');",
    );
    let snapshot = read(file.path()).await;
    let needs = |name: &str| match attribute(find_table(&snapshot, name), "depends_on") {
        Some(AttributeValue::Objects(objects)) => objects
            .iter()
            .map(|object| object.name.to_string())
            .collect(),
        _ => Vec::new(),
    };
    assert_eq!(needs("found"), ["posts"], "its content lies there");
    assert_eq!(needs("bare"), Vec::<String>::new(), "a column is no table");
    assert_eq!(needs("terms"), ["found"], "it lists the words of another");
}
