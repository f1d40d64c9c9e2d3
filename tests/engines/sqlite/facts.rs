//! Every fact of the fixture that holds everything, value by value.

use db_studio_tests::SqliteFile;
use engine::OpContext;
use model::snapshot::{
    AttributeValue, ColumnDetail, Detail, ForeignKeyDetail, Generated, IndexDetail, KeyDetail,
    TableForm, Walker,
};
use model::{Amount, ObjectKind, Text};

use super::{PATIENCE, find_table, inspect, open, read, whole};

pub(super) fn everything() -> SqliteFile {
    SqliteFile::new(include_str!("../../fixtures/sqlite/everything.sql"))
}

pub(super) fn child<'a>(parent: Walker<'a>, kind: ObjectKind, name: &str) -> Walker<'a> {
    parent
        .children_of(kind)
        .find(|child| child.name() == name)
        .unwrap_or_else(|| panic!("{} has no {kind} {name}", parent.name()))
}

pub(super) fn column<'a>(parent: Walker<'a>, name: &str) -> &'a ColumnDetail {
    match &child(parent, ObjectKind::Column, name).object().detail {
        Detail::Column(detail) => detail,
        other => panic!("{name} is {other:?}"),
    }
}

pub(super) fn key<'a>(parent: Walker<'a>, kind: ObjectKind, name: &str) -> &'a KeyDetail {
    match &child(parent, kind, name).object().detail {
        Detail::PrimaryKey(detail) | Detail::Unique(detail) => detail,
        other => panic!("{name} is {other:?}"),
    }
}

pub(super) fn foreign_key<'a>(parent: Walker<'a>, name: &str) -> &'a ForeignKeyDetail {
    match &child(parent, ObjectKind::ForeignKey, name).object().detail {
        Detail::ForeignKey(detail) => detail,
        other => panic!("{name} is {other:?}"),
    }
}

pub(super) fn index<'a>(parent: Walker<'a>, name: &str) -> &'a IndexDetail {
    match &child(parent, ObjectKind::Index, name).object().detail {
        Detail::Index(detail) => detail,
        other => panic!("{name} is {other:?}"),
    }
}

pub(super) fn attribute(walker: Walker<'_>, key: &str) -> Option<AttributeValue> {
    let attributes = &walker.object().attributes;
    attributes
        .iter()
        .find(|attribute| &*attribute.key == key)
        .map(|found| found.value.clone())
}

pub(super) fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

#[tokio::test]
async fn the_outline_of_everything_is_as_reviewed() {
    let file = everything();
    let outline = read(file.path()).await.outline();
    insta::with_settings!({
        snapshot_path => "../../fixtures/sqlite",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("everything", outline);
    });
}

#[tokio::test]
async fn the_database_tells_what_its_header_says() {
    let file = everything();
    let mut session = open(file.path()).await;
    let cx = OpContext::lasting(PATIENCE);
    let list = session.databases(false, &cx).await.unwrap();
    assert_eq!(list.len(), 1, "a file is one database");
    assert_eq!(&*list[0].name, "main", "SQLite calls it main");
    assert_eq!(
        list[0].detail.encoding.as_deref(),
        Some("UTF-8"),
        "as SQLite says"
    );
    let size = std::fs::metadata(file.path()).unwrap().len();
    assert_eq!(
        list[0].statistics.bytes,
        Some(Amount::from(size)),
        "pages times their size"
    );
    assert_eq!(list[0].native_id, None, "no id of SQLite outlives a rename");

    let snapshot = inspect(&mut *session, &whole()).await;
    let database = snapshot.roots().next().expect("the database is there");
    for (key, expected) in [
        ("page_size", 8192),
        ("application_id", 4711),
        ("user_version", 42),
    ] {
        assert_eq!(
            attribute(database, key),
            Some(AttributeValue::Number(expected)),
            "{key} is what the fixture set"
        );
    }
    assert_eq!(
        attribute(database, "journal_mode"),
        Some(AttributeValue::Text("delete".into())),
        "a file with a rollback journal"
    );
}

#[tokio::test]
async fn columns_have_all_their_facts() {
    let file = everything();
    let snapshot = read(file.path()).await;
    let counted = find_table(&snapshot, "counted");

    let id = column(counted, "id");
    assert_eq!(id.ordinal, 1, "ordinals begin at one");
    assert_eq!(&*id.type_text, "INTEGER", "the declared type");
    assert!(
        id.nullable,
        "a null may be given for the rowid: SQLite then counts"
    );
    assert_eq!(
        id.generated,
        Some(Generated::Autoincrement),
        "AUTOINCREMENT is declared"
    );

    let code = column(counted, "code");
    assert!(!code.nullable, "NOT NULL is declared");
    assert_eq!(
        code.collation.as_deref(),
        Some("NOCASE"),
        "COLLATE is declared"
    );
    assert_eq!(
        attribute(child(counted, ObjectKind::Column, "code"), "on_conflict"),
        Some(AttributeValue::Text("ignore".into())),
        "NOT NULL ON CONFLICT IGNORE"
    );

    let defaults: Vec<_> = ["label", "price", "ratio", "made_at", "anything", "payload"]
        .map(|name| column(counted, name).default.as_deref())
        .to_vec();
    let expected = [
        Some("'it''s, (new)'"),
        Some("-1.5"),
        Some("1 + 2"),
        Some("CURRENT_TIMESTAMP"),
        None,
        Some("x'00ff'"),
    ];
    assert_eq!(defaults, expected, "defaults in the words of the statement");

    assert_eq!(
        column(counted, "doubled").generated,
        Some(Generated::Stored {
            expression: "price * 2".into()
        }),
        "a stored column with its expression"
    );
    assert_eq!(
        column(counted, "shout").generated,
        Some(Generated::Virtual {
            expression: "upper(label) || ',)'".into()
        }),
        "a virtual column with its expression, quoted parenthesis and all"
    );
    assert_eq!(
        &*column(counted, "anything").type_text,
        "",
        "no type is declared"
    );
    assert_eq!(
        attribute(child(counted, ObjectKind::Column, "made_at"), "affinity"),
        Some(AttributeValue::Text("numeric".into())),
        "TIMESTAMP is kept as a number where it looks like one"
    );
    assert!(
        column(find_table(&snapshot, "loose_key"), "code").nullable,
        "a primary key of a table with rowids may be null in SQLite"
    );
}

#[tokio::test]
async fn forms_and_options_of_tables_are_told_apart() {
    let file = everything();
    let snapshot = read(file.path()).await;
    let form = |name| match &find_table(&snapshot, name).object().detail {
        Detail::Table(detail) => detail.form,
        other => panic!("{other:?}"),
    };
    assert_eq!(form("counted"), TableForm::Ordinary, "a table");
    assert_eq!(form("notes"), TableForm::Virtual, "a virtual table");
    assert_eq!(
        form("notes_data"),
        TableForm::Shadow,
        "what fts5 keeps its data in"
    );

    let attribute = |name, key| attribute(find_table(&snapshot, name), key);
    assert_eq!(
        attribute("strict_pair", "strict"),
        Some(true.into()),
        "STRICT"
    );
    assert_eq!(
        attribute("strict_pair", "without_rowid"),
        Some(true.into()),
        "WITHOUT ROWID"
    );
    assert_eq!(attribute("counted", "strict"), None, "neither");
    assert_eq!(
        attribute("notes", "module"),
        Some("fts5".into()),
        "the module"
    );
    assert_eq!(
        attribute("places", "module"),
        Some("rtree".into()),
        "the module"
    );
}

#[tokio::test]
async fn estimates_come_from_the_last_analyze_alone() {
    let file = everything();
    file.execute(
        "INSERT INTO counted (code) VALUES ('d'), ('e'), ('f'), ('g'); CREATE TABLE late (a);",
    );
    let snapshot = read(file.path()).await;
    let rows = |name| find_table(&snapshot, name).object().statistics.rows;
    assert_eq!(
        rows("counted"),
        Some(Amount::from(3_u32)),
        "as ANALYZE left it, not counted"
    );
    assert_eq!(
        rows("strict_pair"),
        Some(Amount::from(2_u32)),
        "from the index that is the table"
    );
    assert_eq!(
        rows("child"),
        Some(Amount::from(0_u32)),
        "it was empty then"
    );
    assert_eq!(
        rows("late"),
        None,
        "ANALYZE says nothing of what came later"
    );
}
