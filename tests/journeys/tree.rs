//! The tree as the window asks for it: a part of its rows at a time, whatever is
//! unfolded, filtered or looked for.

use db_studio_tests::people::Person;
use db_studio_tests::sqlite::SqliteFile;
use model::{ConnectionId, ErrorKind};
use services::view::{TreeAct, TreeMark, TreeRequest, TreeRow, TreeRowOf, TreeView};

use crate::steps::{kind, sync};

const ALL: u32 = 500;

/// Twelve tables, each with three columns, a key and an index.
fn shop() -> SqliteFile {
    let tables: String = (0..12)
        .map(|n| {
            format!(
                "CREATE TABLE part_{n} (id INTEGER PRIMARY KEY, label TEXT, whole INTEGER);
                 CREATE INDEX part_{n}_label ON part_{n} (label);"
            )
        })
        .collect();
    SqliteFile::new(&format!(
        "{tables} CREATE VIEW seen AS SELECT id FROM part_0;"
    ))
}

/// Somebody with the shop, synced.
async fn with_shop() -> (Person, ConnectionId, SqliteFile) {
    let ada = Person::new("Ada").await;
    let file = shop();
    let path = file.path().display().to_string();
    let id = ada.connect("shop", &path).await.connection.id;
    sync(&ada, id).await;
    (ada, id, file)
}

fn request(id: ConnectionId, act: Option<TreeAct>) -> TreeRequest {
    TreeRequest {
        connections: vec![id],
        filter: String::new(),
        act,
        from: 0,
        count: ALL,
        marks: Vec::new(),
    }
}

async fn act(ada: &Person, id: ConnectionId, act: TreeAct) -> TreeView {
    ada.studio.tree(request(id, Some(act))).await.unwrap()
}

async fn expand_all(ada: &Person, id: ConnectionId) -> TreeView {
    let key = id.0.to_string();
    act(ada, id, TreeAct::ExpandAll { key }).await
}

fn said(row: &TreeRow) -> String {
    match &row.of {
        TreeRowOf::Connection => "connection".to_owned(),
        TreeRowOf::Object { card, .. } => card.name.clone(),
        TreeRowOf::Folder { label, count, .. } => format!("[{label} {count}]"),
        TreeRowOf::Note { text, .. } => text.clone(),
    }
}

fn all_said(view: &TreeView) -> Vec<String> {
    view.rows.iter().map(said).collect()
}

fn row<'v>(view: &'v TreeView, name: &str) -> &'v TreeRow {
    let found = view.rows.iter().find(|row| said(row) == name);
    found.unwrap_or_else(|| panic!("there is no row {name} in {:?}", all_said(view)))
}

#[tokio::test]
async fn a_connection_unfolds_to_its_only_database_and_no_further() {
    let (ada, id, _file) = with_shop().await;
    let folded = ada.studio.tree(request(id, None)).await.unwrap();
    assert_eq!(all_said(&folded), ["connection"], "nothing is unfolded yet");
    let keys = vec![id.0.to_string()];
    let view = act(&ada, id, TreeAct::Expand { keys }).await;
    assert_eq!(
        all_said(&view),
        ["connection", "main", "[Tables 12]", "[Views 1]"],
        "the only database shows its folders"
    );
    assert_eq!(view.total, 4, "and the whole is known");
}

#[tokio::test]
async fn any_part_of_the_rows_is_the_same_part_of_the_whole() {
    let (ada, id, _file) = with_shop().await;
    let whole = expand_all(&ada, id).await;
    assert_eq!(
        whole.rows.len(),
        whole.total as usize,
        "the whole tree is small enough for one answer"
    );
    let keys = |view: &TreeView| -> Vec<_> {
        let row = |row: &TreeRow| (row.key.clone(), row.depth, row.position, row.parent_at);
        view.rows.iter().map(row).collect()
    };
    let all = keys(&whole);
    for (at, row) in (0..).zip(&whole.rows) {
        let parent = row.parent_at.map(|parent| &whole.rows[parent as usize]);
        assert_eq!(
            parent.map(|parent| &parent.key),
            row.parent.as_ref(),
            "row {at} hangs from the row that it names"
        );
        assert!(row.parent_at < Some(at), "which stands above it");
    }
    for count in [1, 7, 40] {
        for from in 0..whole.total {
            let part = TreeRequest {
                from,
                count,
                ..request(id, None)
            };
            let part = ada.studio.tree(part).await.unwrap();
            assert_eq!(part.total, whole.total, "every part knows the whole");
            let start = part.from as usize;
            assert_eq!(
                keys(&part),
                all[start..(start + count as usize).min(all.len())],
                "{count} rows from {from}"
            );
            let shown = part.from..part.from + count;
            assert!(shown.contains(&from), "row {from} is among them");
        }
    }
}

#[tokio::test]
async fn every_row_of_a_tree_with_exceptions_is_found_where_it_stands() {
    let (ada, id, _file) = with_shop().await;
    let whole = expand_all(&ada, id).await;
    let some = ["part_0", "part_7", "[Views 1]"].map(|name| row(&whole, name).key.clone());
    let keys = some.to_vec();
    let folded = act(&ada, id, TreeAct::Collapse { keys }).await;
    let one = row(&folded, "part_3");
    let columns = &folded.rows[folded
        .rows
        .iter()
        .position(|row| row.key == one.key)
        .unwrap()
        + 1];
    let keys = vec![columns.key.clone()];
    let folded = act(&ada, id, TreeAct::Collapse { keys }).await;
    assert!(folded.total < whole.total, "less is shown");
    let marks = TreeRequest {
        marks: folded.rows.iter().map(|row| row.key.clone()).collect(),
        ..request(id, None)
    };
    let found = ada.studio.tree(marks).await.unwrap().marks;
    let expected = (0..).zip(&folded.rows).map(|(at, row)| {
        Some(TreeMark {
            at,
            key: row.key.clone(),
            exact: !matches!(row.of, TreeRowOf::Note { .. }),
        })
    });
    assert_eq!(found, expected.collect::<Vec<_>>(), "each by its key");
    let below = whole
        .rows
        .iter()
        .find(|row| row.parent.as_ref() == Some(&some[1]));
    let key = below.unwrap().key.clone();
    let found = act(&ada, id, TreeAct::Find { key }).await.to.unwrap();
    assert_eq!(
        (found.key, found.exact),
        (some[1].clone(), false),
        "what is folded away is found as what it is folded into"
    );
}

#[tokio::test]
async fn all_siblings_unfold_at_once_and_only_they() {
    let (ada, id, _file) = with_shop().await;
    let keys = vec![id.0.to_string()];
    let view = act(&ada, id, TreeAct::Expand { keys }).await;
    let keys = vec![row(&view, "[Tables 12]").key.clone()];
    let view = act(&ada, id, TreeAct::Expand { keys }).await;
    let key = row(&view, "part_4").parent.clone();
    let each = act(&ada, id, TreeAct::ExpandEach { key }).await;
    let open = each.rows.iter().filter(|row| row.depth == 3 && row.open);
    assert_eq!(open.count(), 12, "every table is unfolded");
    assert!(
        each.rows.iter().all(|row| row.depth <= 4),
        "and their folders are not"
    );
    let key = row(&each, "[Tables 12]").key.clone();
    let none = act(&ada, id, TreeAct::CollapseAll { key: key.clone() }).await;
    let keys = vec![key];
    let again = act(&ada, id, TreeAct::Expand { keys }).await;
    assert_eq!(all_said(&again), all_said(&view), "folded with all below");
    assert!(none.total < again.total, "as it was before");
}

#[tokio::test]
async fn what_is_unfolded_outlives_a_sync_and_a_lock_and_is_nobody_elses() {
    let (ada, id, file) = with_shop().await;
    let before = expand_all(&ada, id).await;
    let keys = vec![row(&before, "part_5").key.clone()];
    let folded = act(&ada, id, TreeAct::Collapse { keys }).await;
    file.execute("CREATE TABLE part_12 (id INTEGER PRIMARY KEY);");
    sync(&ada, id).await;
    let after = ada.studio.tree(request(id, None)).await.unwrap();
    assert_ne!(after.version, folded.version, "rows may stand elsewhere");
    assert!(
        row(&after, "part_12").open,
        "what is new is unfolded with all"
    );
    assert!(!row(&after, "part_5").open, "what was folded stays so");
    ada.studio.lock().await.unwrap();
    assert_eq!(
        kind(ada.studio.tree(request(id, None)).await),
        ErrorKind::SignedOut,
        "nothing is told while locked"
    );
    ada.sign_in().await;
    let again = ada.studio.tree(request(id, None)).await.unwrap();
    assert_eq!(all_said(&again), all_said(&after), "the lock folds nothing");
    let bob = ada.beside("Bob").await;
    let theirs = bob.studio.tree(request(id, None)).await.unwrap();
    assert_eq!(theirs.total, 0, "another user has no such connection");
}

#[tokio::test]
async fn the_filter_keeps_the_way_to_what_it_finds() {
    let (ada, id, _file) = with_shop().await;
    let filtered = |filter: &str, act| TreeRequest {
        filter: filter.to_owned(),
        ..request(id, act)
    };
    let view = ada.studio.tree(filtered("PART_1", None)).await.unwrap();
    let found = |view: &TreeView| -> Vec<_> {
        let rows = view.rows.iter().filter(|row| match &row.of {
            TreeRowOf::Object { found, .. } => *found,
            _ => false,
        });
        rows.map(said).collect()
    };
    let expected = [
        "part_1",
        "part_1_label",
        "part_10",
        "part_10_label",
        "part_11",
        "part_11_label",
    ];
    assert_eq!(found(&view), expected, "without regard to case, in order");
    assert_eq!(view.found.map(|found| found.get()), Some(6), "and counted");
    let ways: Vec<_> = view.rows.iter().map(said).take(4).collect();
    assert_eq!(
        ways,
        ["connection", "main", "[Tables 3]", "part_1"],
        "folders count what was found"
    );
    let first = filtered("part_1", Some(TreeAct::FirstFound));
    let first = ada.studio.tree(first).await.unwrap();
    assert_eq!(
        first.to.unwrap().key,
        row(&view, "part_1").key,
        "the first that was found, not what stands above it"
    );
    let keys = vec![row(&view, "[Tables 3]").key.clone()];
    let folded = filtered("part_1", Some(TreeAct::Collapse { keys }));
    let folded = ada.studio.tree(folded).await.unwrap();
    assert_eq!(folded.total, 3, "what was found can be folded away");
    let none = ada.studio.tree(filtered("no such name", None)).await;
    assert_eq!(none.unwrap().total, 0, "nothing is made up");
    let all = ada.studio.tree(request(id, None)).await.unwrap();
    assert_eq!(all_said(&all), ["connection"], "the tree is as it was");
}

#[tokio::test]
async fn names_are_found_as_one_types_from_the_cursor_on_and_around() {
    let (ada, id, _file) = with_shop().await;
    let whole = expand_all(&ada, id).await;
    let typed = |text: &str, at| {
        let text = text.to_owned();
        act(&ada, id, TreeAct::TypeAhead { text, at })
    };
    let place = |name: &str| {
        let place = whole.rows.iter().position(|row| said(row) == name);
        u32::try_from(place.unwrap()).unwrap()
    };
    let hit = typed("PART_11", 0).await.to.unwrap();
    assert_eq!(hit.at, place("part_11"), "a table, without regard to case");
    let hit = typed("part_1", place("part_11")).await.to.unwrap();
    assert_eq!(hit.at, place("part_11"), "stays while it still fits");
    let hit = typed("s", place("part_11")).await.to.unwrap();
    assert_eq!(hit.at, place("seen"), "the next one");
    let hit = typed("m", place("seen")).await.to.unwrap();
    assert_eq!(hit.at, place("main"), "around the end");
    assert_eq!(typed("zz", 0).await.to, None, "or nothing");
}

#[tokio::test]
async fn the_way_to_an_object_unfolds_and_its_row_is_among_those_given() {
    let (ada, id, _file) = with_shop().await;
    let whole = expand_all(&ada, id).await;
    let object = whole.rows.iter().rev().find_map(|row| match &row.of {
        TreeRowOf::Object { card, .. } if card.name == "whole" => Some(card.id),
        _ => None,
    });
    let key = id.0.to_string();
    act(&ada, id, TreeAct::CollapseAll { key }).await;
    let object = object.unwrap();
    let reveal = TreeRequest {
        count: 5,
        ..request(id, Some(TreeAct::Reveal { object }))
    };
    let view = ada.studio.tree(reveal).await.unwrap();
    let to = view.to.clone().expect("its row is found");
    assert!(to.exact, "the row itself");
    let shown = &view.rows[(to.at - view.from) as usize];
    assert_eq!(said(shown), "whole", "and given");
}
