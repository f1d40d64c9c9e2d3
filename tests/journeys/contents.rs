//! Lists of what a database holds: filtered and sorted as a whole, given in parts.

use db_studio_tests::people::Person;
use db_studio_tests::sqlite::SqliteFile;
use model::{ObjectId, ObjectKind};
use services::view::{Contents, ContentsColumn, ContentsRequest, ContentsSort, TreeParent};

use crate::steps::{databases, sync};

async fn with_many() -> (Person, ObjectId, SqliteFile) {
    let ada = Person::new("Ada").await;
    let tables: String = (0..25)
        .map(|n| {
            let more = ", b TEXT".repeat(usize::from(n % 5 == 0));
            format!("CREATE TABLE t{n} (a INTEGER{more});")
        })
        .collect();
    let file = SqliteFile::new(&format!("{tables} CREATE VIEW v AS SELECT a FROM t1;"));
    let path = file.path().display().to_string();
    let id = ada.connect("many", &path).await.connection.id;
    sync(&ada, id).await;
    let main = databases(&ada, id).await.remove(0).id;
    (ada, main, file)
}

fn request(object: ObjectId) -> ContentsRequest {
    ContentsRequest {
        parent: TreeParent::Object { object },
        kinds: Vec::new(),
        filter: String::new(),
        sort: None,
        from: 0,
        count: 100,
        find: None,
    }
}

fn names(contents: &Contents) -> Vec<&str> {
    contents.rows.iter().map(|row| row.name.as_str()).collect()
}

#[tokio::test]
async fn parts_of_a_list_meet_without_gap_or_overlap() {
    let (ada, main, _file) = with_many().await;
    let mut seen = Vec::new();
    for from in (0..30).step_by(7) {
        let part = ContentsRequest {
            from,
            count: 7,
            ..request(main)
        };
        let part = ada.studio.contents(part).await.unwrap();
        assert_eq!(part.total, 26, "every part knows the whole");
        assert_eq!(part.all[&ObjectKind::Table], 25, "kind by kind");
        seen.extend(part.rows.into_iter().map(|row| row.name));
    }
    let mut expected: Vec<_> = (0..25).map(|n| format!("t{n}")).collect();
    expected.push("v".to_owned());
    assert_eq!(seen, expected, "t2 before t10, and views after tables");
}

#[tokio::test]
async fn a_list_is_sorted_and_filtered_as_a_whole() {
    let (ada, main, _file) = with_many().await;
    let sort = |by, descending| Some(ContentsSort { by, descending });
    let widest = ContentsRequest {
        sort: sort(ContentsColumn::Inside, true),
        count: 5,
        ..request(main)
    };
    let widest = ada.studio.contents(widest).await.unwrap();
    assert_eq!(
        names(&widest),
        ["t0", "t5", "t10", "t15", "t20"],
        "those with most columns, equal ones by name"
    );
    let named = ContentsRequest {
        filter: "T2".to_owned(),
        sort: sort(ContentsColumn::Name, true),
        ..request(main)
    };
    let named = ada.studio.contents(named).await.unwrap();
    assert_eq!(
        names(&named),
        ["t24", "t23", "t22", "t21", "t20", "t2"],
        "from the last to the first"
    );
    assert_eq!(named.kept[&ObjectKind::Table], 6, "the rest is counted");
    let views = ContentsRequest {
        kinds: vec![ObjectKind::View],
        ..request(main)
    };
    let views = ada.studio.contents(views).await.unwrap();
    assert_eq!(names(&views), ["v"], "of one kind");
}

#[tokio::test]
async fn an_object_is_found_in_a_list_and_a_sync_renews_it() {
    let (ada, main, file) = with_many().await;
    let last = ada.studio.contents(request(main)).await.unwrap().rows;
    let find = ContentsRequest {
        count: 1,
        find: last.last().map(|row| row.id),
        ..request(main)
    };
    let found = ada.studio.contents(find).await.unwrap();
    assert_eq!(found.at, Some(25), "its place, though it is not given");
    let connection = found.rows[0].connection;
    file.execute("CREATE TABLE t3_more (a INTEGER);");
    sync(&ada, connection).await;
    let renewed = ada.studio.contents(request(main)).await.unwrap();
    assert!(
        names(&renewed).contains(&"t3_more"),
        "what is new is listed"
    );
}
