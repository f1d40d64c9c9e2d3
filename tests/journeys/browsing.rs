//! Browsing what has been read, also when the server or the file is gone.

use db_studio_tests::people::Person;
use model::{ErrorKind, ObjectKind};
use services::view::{ChildrenRequest, TreeParent};

use crate::steps::{child, children, databases, kind, named};

#[tokio::test]
async fn the_tree_is_whole_after_a_restart_without_the_file() {
    let ada = Person::with_sample("Ada").await;
    let id = named(&ada, "sample").await;
    let before = ada.studio.snapshot(id).await.unwrap();
    std::fs::remove_file(ada.folder().join("sample.sqlite")).unwrap();
    let ada = ada.after_restart();
    ada.sign_in().await;
    assert_eq!(
        ada.studio.snapshot(id).await.unwrap(),
        before,
        "every fact is still there"
    );
    let main = databases(&ada, id).await.remove(0);
    let table = children(&ada, main.id, ObjectKind::Table).await.remove(0);
    let column = children(&ada, table.id, ObjectKind::Column).await.remove(0);
    let page = ada.studio.object(column.id).await.unwrap();
    assert_eq!(page.path.len(), 3, "database, table, column");
    assert!(page.first_seen_at.is_some(), "with its history");
    let definition = ada.studio.definition(table.id).await.unwrap();
    assert!(
        definition.text.to_uppercase().contains("CREATE"),
        "and its definition"
    );
}

#[tokio::test]
async fn a_copied_link_opens_the_same_object() {
    let ada = Person::with_sample("Ada").await;
    let id = named(&ada, "sample").await;
    let main = databases(&ada, id).await.remove(0);
    for table in children(&ada, main.id, ObjectKind::Table).await {
        let link = ada.studio.object(table.id).await.unwrap().link;
        assert_eq!(
            ada.studio.open_link(link).await.unwrap(),
            table.id,
            "{}",
            table.name
        );
    }
    let bad = ada.studio.open_link("https://example.net".into()).await;
    assert_eq!(kind(bad), ErrorKind::InvalidInput, "other text is no link");
}

#[tokio::test]
async fn a_column_tells_its_keys_and_what_it_refers_to() {
    let ada = Person::new("Ada").await;
    let file = db_studio_tests::sqlite::SqliteFile::new(
        "CREATE TABLE album (id INTEGER PRIMARY KEY, artist INTEGER REFERENCES artist (id));
         CREATE TABLE artist (id INTEGER PRIMARY KEY);",
    );
    let id = ada
        .connect("music", &file.path().display().to_string())
        .await
        .connection
        .id;
    crate::steps::sync(&ada, id).await;
    let main = databases(&ada, id).await.remove(0);
    let album = child(&ada, main.id, ObjectKind::Table, "album").await;
    let artist = child(&ada, main.id, ObjectKind::Table, "artist").await;
    let key = child(&ada, album.id, ObjectKind::Column, "id").await;
    assert_eq!(key.roles[0].kind, ObjectKind::PrimaryKey, "the primary key");
    let link = child(&ada, album.id, ObjectKind::Column, "artist").await;
    let reference = link.roles[0]
        .references
        .clone()
        .expect("a foreign key refers");
    assert_eq!(reference.table, "artist", "to the table");
    assert_eq!(reference.column.as_deref(), Some("id"), "to the column");
    assert_eq!(reference.object, Some(artist.id), "which can be opened");
}

#[tokio::test]
async fn pages_of_children_meet_without_gap_or_overlap() {
    let ada = Person::new("Ada").await;
    let tables: String = (0..25)
        .map(|n| format!("CREATE TABLE t{n} (a INTEGER);"))
        .collect();
    let file = db_studio_tests::sqlite::SqliteFile::new(&tables);
    let id = ada
        .connect("many", &file.path().display().to_string())
        .await
        .connection
        .id;
    crate::steps::sync(&ada, id).await;
    let main = databases(&ada, id).await.remove(0);
    let mut seen = Vec::new();
    for offset in (0..30).step_by(10) {
        let request = ChildrenRequest {
            parent: TreeParent::Object { object: main.id },
            kinds: vec![ObjectKind::Table],
            filter: String::new(),
            offset,
            limit: 10,
        };
        let page = ada.studio.children(request).await.unwrap();
        assert_eq!(page.total, 25, "every page knows the whole");
        seen.extend(page.rows.into_iter().map(|row| row.name));
    }
    let expected: Vec<_> = (0..25).map(|n| format!("t{n}")).collect();
    assert_eq!(seen, expected, "t2 stands before t10");
}
