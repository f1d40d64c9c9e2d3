//! Clauses of which SQLite makes something else than a glance at them suggests.

use db_studio_tests::SqliteFile;
use model::ObjectKind;
use model::snapshot::Detail;

use super::facts::{index, key};
use super::{find_table, read};

#[tokio::test]
async fn a_collation_inside_an_index_expression_is_kept_there() {
    let file = SqliteFile::new(
        "CREATE TABLE e (a TEXT, b TEXT);
         CREATE INDEX inner_one ON e (a || b COLLATE NOCASE);
         CREATE INDEX outer_one ON e ((a || b) COLLATE NOCASE);",
    );
    let snapshot = read(file.path()).await;
    let of = find_table(&snapshot, "e");
    let part = |name| {
        let part = &index(of, name).parts[0];
        (part.expression.as_deref(), part.collation.as_deref())
    };
    assert_eq!(
        part("inner_one"),
        (Some("a || b COLLATE NOCASE"), None),
        "COLLATE binds tighter than ||, so that it is said of b alone"
    );
    assert_eq!(
        part("outer_one"),
        (Some("(a || b)"), Some("NOCASE")),
        "behind parentheses it is said of the whole part"
    );
}

#[tokio::test]
async fn unique_constraints_that_only_compare_otherwise_keep_their_own_index() {
    let file = SqliteFile::new(
        "CREATE TABLE t (
             a TEXT, b TEXT COLLATE RTRIM,
             CONSTRAINT nocase UNIQUE (a COLLATE NOCASE),
             CONSTRAINT plain UNIQUE (a),
             CONSTRAINT of_column UNIQUE (a, b),
             CONSTRAINT binary UNIQUE (a, b COLLATE BINARY)
         );",
    );
    let snapshot = read(file.path()).await;
    let of = find_table(&snapshot, "t");
    for (name, number) in [("nocase", 1), ("plain", 2), ("of_column", 3), ("binary", 4)] {
        let expected = format!("sqlite_autoindex_t_{number}");
        let found = key(of, ObjectKind::Unique, name);
        assert_eq!(
            found.index.as_deref(),
            Some(expected.as_str()),
            "{name} is the constraint that SQLite made this index for"
        );
    }
}

#[tokio::test]
async fn unique_constraints_that_share_an_index_are_all_there() {
    let file = SqliteFile::new(
        "CREATE TABLE tt (
             a TEXT PRIMARY KEY, b TEXT, c TEXT,
             UNIQUE (A), UNIQUE (b), CONSTRAINT named UNIQUE (b), UNIQUE (b)
         );
         CREATE UNIQUE INDEX by_statement ON tt (c);",
    );
    let snapshot = read(file.path()).await;
    let of = find_table(&snapshot, "tt");
    let found: Vec<_> = of
        .children_of(ObjectKind::Unique)
        .map(|unique| match &unique.object().detail {
            Detail::Unique(detail) => (
                unique.name(),
                detail.columns.join(", "),
                detail.index.as_deref(),
            ),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        ("unique (b)", "b".to_owned(), Some("sqlite_autoindex_tt_2")),
        ("unique (a)", "a".to_owned(), Some("sqlite_autoindex_tt_1")),
        ("named", "b".to_owned(), Some("sqlite_autoindex_tt_2")),
        (
            "unique (b) 2",
            "b".to_owned(),
            Some("sqlite_autoindex_tt_2"),
        ),
    ];
    assert_eq!(
        found, expected,
        "each clause is a constraint, also where SQLite makes no index of its own for it"
    );
    let primary = key(of, ObjectKind::PrimaryKey, "primary key");
    assert_eq!(
        primary.index.as_deref(),
        Some("sqlite_autoindex_tt_1"),
        "the primary key keeps the index that it shares"
    );
}
