//! Keys, constraints, indexes and triggers of the fixture that holds everything.

use model::snapshot::{
    AttributeValue, Deferral, Detail, IndexPart, MatchType, ReferentialAction, Walker,
};
use model::{ObjectKind, ObjectPath, Text};

use super::facts::{attribute, child, column, everything, foreign_key, index, key, texts};
use super::{find, find_table, read};

#[tokio::test]
async fn keys_have_names_columns_and_indexes() {
    let file = everything();
    let snapshot = read(file.path()).await;
    let pair = find_table(&snapshot, "strict_pair");
    let primary = key(pair, ObjectKind::PrimaryKey, "strict_pair_key");
    assert_eq!(
        texts(&primary.columns),
        ["right_id", "left_id"],
        "in the order of the key"
    );
    assert_eq!(
        primary.index.as_deref(),
        Some("sqlite_autoindex_strict_pair_1"),
        "its index"
    );
    assert_eq!(
        attribute(
            child(pair, ObjectKind::PrimaryKey, "strict_pair_key"),
            "on_conflict"
        ),
        Some(AttributeValue::Text("fail".into())),
        "ON CONFLICT FAIL"
    );

    let counted = find_table(&snapshot, "counted");
    let rowid = key(counted, ObjectKind::PrimaryKey, "primary key");
    assert_eq!(texts(&rowid.columns), ["id"], "the rowid's column");
    assert_eq!(
        rowid.index, None,
        "the table itself is the index of its rowids"
    );
    let unique = key(counted, ObjectKind::Unique, "counted_label_key");
    assert_eq!(
        texts(&unique.columns),
        ["label", "price"],
        "the named constraint"
    );
    assert_eq!(
        unique.index.as_deref(),
        Some("sqlite_autoindex_counted_2"),
        "its index"
    );
    let unnamed = key(counted, ObjectKind::Unique, "unique (code)");
    assert_eq!(texts(&unnamed.columns), ["code"], "the one without a name");

    let backwards = find_table(&snapshot, "backwards");
    assert!(
        key(backwards, ObjectKind::PrimaryKey, "primary key")
            .index
            .is_some(),
        "INTEGER PRIMARY KEY DESC does not stand for the rowid"
    );
    assert!(column(backwards, "id").nullable, "so it may be null");

    let checks: Vec<_> = counted
        .children_of(ObjectKind::Check)
        .map(|check| match &check.object().detail {
            Detail::Check(detail) => (check.name(), &*detail.expression),
            other => panic!("{other:?}"),
        })
        .collect();
    let expected = [
        ("counted_ratio", "ratio BETWEEN 0 AND 10"),
        ("check 1", "length(code) > 0"),
        ("check 2", "code <> 'CHECK ('"),
    ];
    assert_eq!(
        checks, expected,
        "in order, also those without a comma between them"
    );
}

#[tokio::test]
async fn foreign_keys_have_columns_actions_and_deferral() {
    let file = everything();
    let snapshot = read(file.path()).await;
    let of = find_table(&snapshot, "child");

    let named = foreign_key(of, "child_counted");
    assert_eq!(texts(&named.columns), ["counted_id"], "its column");
    assert_eq!(
        &*named.references.name, "counted",
        "the table as it is spelled itself"
    );
    assert_eq!(
        texts(&named.referenced_columns),
        ["id"],
        "the column as it is spelled itself"
    );
    assert_eq!(
        named.on_update,
        ReferentialAction::Cascade,
        "ON UPDATE CASCADE"
    );
    assert_eq!(
        named.on_delete,
        ReferentialAction::SetNull,
        "ON DELETE SET NULL"
    );

    let own = foreign_key(of, "foreign key (parent_id)");
    assert_eq!(
        texts(&own.referenced_columns),
        ["id"],
        "a key without columns means the primary"
    );
    assert_eq!(
        own.deferral,
        Deferral::InitiallyDeferred,
        "DEFERRABLE INITIALLY DEFERRED"
    );

    let gone = foreign_key(of, "foreign key (gone)");
    assert_eq!(
        &*gone.references.name, "nowhere",
        "a missing table is named as it is written"
    );
    assert_eq!(
        texts(&gone.referenced_columns),
        ["thing"],
        "so is its column"
    );
    assert_eq!(
        gone.on_update,
        ReferentialAction::Restrict,
        "ON UPDATE RESTRICT"
    );
    assert_eq!(
        gone.on_delete,
        ReferentialAction::SetDefault,
        "ON DELETE SET DEFAULT"
    );
    assert_eq!(gone.deferral, Deferral::NotDeferrable, "NOT DEFERRABLE");

    let pair = foreign_key(of, "child_pair");
    assert_eq!(
        texts(&pair.columns),
        ["first", "second"],
        "a composite key in order"
    );
    assert_eq!(
        texts(&pair.referenced_columns),
        ["right_id", "left_id"],
        "in the key's order"
    );
    assert_eq!(
        pair.deferral,
        Deferral::InitiallyImmediate,
        "DEFERRABLE alone"
    );
    assert_eq!(
        pair.match_type,
        MatchType::Simple,
        "SQLite reads MATCH and does not heed it"
    );

    let swapped = foreign_key(of, "foreign key (second, first)");
    assert_eq!(
        texts(&swapped.columns),
        ["second", "first"],
        "columns as they pair up"
    );
}

#[tokio::test]
async fn indexes_have_parts_and_predicates() {
    let file = everything();
    let snapshot = read(file.path()).await;
    let of = find_table(&snapshot, "child");
    let part =
        |column: Option<&str>, expression: Option<&str>, descending, collation: Option<&str>| {
            IndexPart {
                column: column.map(Text::from),
                expression: expression.map(Text::from),
                included: false,
                descending,
                nulls_first: None,
                collation: collation.map(Text::from),
                prefix: None,
            }
        };

    let parts = &index(of, "child_parts").parts;
    let expected = [
        part(Some("second"), None, true, None),
        part(Some("first"), None, false, Some("NOCASE")),
    ];
    assert_eq!(parts[..], expected, "order and collation of each column");

    let parts = &index(of, "child_expressions").parts;
    let expected = [
        part(None, Some("abs(first + second)"), false, None),
        part(None, Some("coalesce(gone, ')')"), true, Some("RTRIM")),
    ];
    assert_eq!(
        parts[..],
        expected,
        "expressions without what is said about them"
    );

    let partial = index(of, "child_partial");
    assert!(partial.unique && !partial.primary, "CREATE UNIQUE INDEX");
    assert_eq!(
        partial.predicate.as_deref(),
        Some("parent_id IS NULL AND first > 3"),
        "the rows that it holds"
    );
    let definition = partial.definition.as_deref().unwrap_or_default();
    assert!(
        definition.starts_with("CREATE UNIQUE INDEX"),
        "its statement is kept"
    );

    let counted = find_table(&snapshot, "counted");
    assert_eq!(
        index(counted, "counted_code").parts[0].collation,
        None,
        "the collation of the column itself needs no word"
    );
    let primary = index(
        find_table(&snapshot, "strict_pair"),
        "sqlite_autoindex_strict_pair_1",
    );
    assert!(
        primary.primary && primary.unique,
        "the index behind a primary key"
    );
    assert_eq!(primary.definition, None, "no statement made it");
}

#[tokio::test]
async fn triggers_have_timing_event_and_condition() {
    let file = everything();
    let snapshot = read(file.path()).await;
    let of = find_table(&snapshot, "child");
    let view = ObjectPath::database("main").child(ObjectKind::View, "summary");
    let facts = |walker: Walker<'_>| match &walker.object().detail {
        Detail::Trigger(detail) => (
            detail.timing.to_string(),
            detail.events.iter().map(Text::to_string).collect(),
        ),
        other => panic!("{other:?}"),
    };
    let expected = |timing: &str, event: &str| (timing.to_owned(), vec![event.to_owned()]);
    let trigger = |name| child(of, ObjectKind::Trigger, name);

    assert_eq!(
        facts(trigger("child_added")),
        expected("after", "insert"),
        "AFTER INSERT"
    );
    assert_eq!(
        attribute(trigger("child_added"), "when"),
        Some(AttributeValue::Text("NEW.first > 'BEGIN'".into())),
        "the condition ends before the body, not at a text in it"
    );
    assert_eq!(
        facts(trigger("child_changed")),
        expected("before", "update of first, second"),
        "with its columns"
    );
    assert_eq!(
        facts(trigger("child_removed")),
        expected("before", "delete"),
        "where nothing is said SQLite fires before"
    );
    assert_eq!(
        facts(child(
            find(&snapshot, &view),
            ObjectKind::Trigger,
            "summary_written"
        )),
        expected("instead of", "insert"),
        "a view's trigger stands under the view"
    );
}
