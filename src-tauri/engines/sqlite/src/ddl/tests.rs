//! Statements as people and programs write them, and texts that are none.

use model::Text;
use model::snapshot::Deferral;
use proptest::prelude::*;

use super::*;

fn names(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| &**text).collect()
}

#[test]
fn columns_are_told_from_constraints() {
    let clauses = parse_table(
        "CREATE TABLE t (\"check\" INT, primary_key INT, [unique] TEXT, UNIQUE (primary_key))",
    );
    let columns: Vec<_> = clauses.columns.iter().map(|column| &*column.name).collect();
    assert_eq!(
        columns,
        ["check", "primary_key", "unique"],
        "a quoted keyword is a name"
    );
    assert_eq!(clauses.keys.len(), 1, "an unquoted one is not");
}

#[test]
fn words_of_a_default_are_no_clauses() {
    let clauses = parse_table(
        "CREATE TABLE t (a TEXT DEFAULT 'CHECK (x)' COLLATE NOCASE, b INT DEFAULT (CASE WHEN 1 \
         THEN 2 END) UNIQUE, c INT DEFAULT -1 PRIMARY KEY AUTOINCREMENT)",
    );
    assert!(
        clauses.checks.is_empty(),
        "there is no check: {:?}",
        clauses.checks
    );
    assert_eq!(
        clauses.columns[0].collation.as_deref(),
        Some("NOCASE"),
        "behind a text"
    );
    assert_eq!(
        names(&clauses.keys[0].columns),
        ["b"],
        "behind an expression"
    );
    assert!(clauses.columns[2].autoincrement, "behind a negative number");
}

#[test]
fn a_name_belongs_to_the_constraint_behind_it() {
    let clauses = parse_table(
        "CREATE TABLE t (a INT CONSTRAINT one NOT NULL CHECK (a > 0) CONSTRAINT two CHECK (a < 9), \
         CONSTRAINT three CHECK (a <> 5) CHECK (a <> 6))",
    );
    let found: Vec<_> = clauses
        .checks
        .iter()
        .map(|check| (check.name.as_deref(), &*check.expression))
        .collect();
    let expected = [
        (None, "a > 0"),
        (Some("two"), "a < 9"),
        (Some("three"), "a <> 5"),
        (None, "a <> 6"),
    ];
    assert_eq!(found, expected, "a name is not carried on");
}

#[test]
fn deferral_is_read_behind_actions_in_any_order() {
    let clauses = parse_table(
        "CREATE TABLE t (a INT REFERENCES p ON DELETE SET NULL ON UPDATE NO ACTION MATCH FULL \
         DEFERRABLE INITIALLY DEFERRED NOT NULL, b INT REFERENCES p (x) NOT DEFERRABLE, \
         c INT REFERENCES p DEFERRABLE INITIALLY IMMEDIATE, d INT REFERENCES p)",
    );
    let found: Vec<_> = clauses
        .foreign_keys
        .iter()
        .map(|key| key.deferral)
        .collect();
    let expected = [
        Deferral::InitiallyDeferred,
        Deferral::NotDeferrable,
        Deferral::InitiallyImmediate,
        Deferral::NotDeferrable,
    ];
    assert_eq!(found, expected, "each key has its own");
}

#[test]
fn a_table_level_key_may_count_by_itself() {
    let clauses = parse_table("CREATE TABLE t (id INTEGER, PRIMARY KEY (ID ASC AUTOINCREMENT))");
    assert!(
        clauses.columns[0].autoincrement,
        "the column of the key counts"
    );
}

#[test]
fn an_index_keeps_its_expressions_and_loses_their_order() {
    let clause = parse_index(
        "CREATE UNIQUE INDEX main.i ON t (a COLLATE NOCASE DESC, (b || ','), lower(c) ASC) \
         WHERE d IS NOT NULL;",
        &[Some("NOCASE"), None, None],
    );
    assert_eq!(
        names(&clause.parts),
        ["a", "(b || ',')", "lower(c)"],
        "what is indexed"
    );
    assert_eq!(
        clause.predicate.as_deref(),
        Some("d IS NOT NULL"),
        "which rows"
    );
}

#[test]
fn a_collation_of_the_last_operand_stays_with_it() {
    let clause = parse_index(
        "CREATE INDEX i ON t (a || b COLLATE NOCASE, (a || b) COLLATE \"nocase\" DESC, \
         a = b COLLATE BINARY)",
        &[None, Some("NOCASE"), None],
    );
    assert_eq!(
        names(&clause.parts),
        ["a || b COLLATE NOCASE", "(a || b)", "a = b COLLATE BINARY"],
        "only the collation that SQLite gives the whole part is left out"
    );
}

#[test]
fn a_trigger_fires_before_where_nothing_is_said() {
    let clause =
        parse_trigger("CREATE TRIGGER main.x UPDATE OF a, \"b c\" ON t BEGIN SELECT 1; END");
    assert_eq!(&*clause.timing, "before", "what SQLite does");
    assert_eq!(&*clause.event, "update of a, b c", "with its columns");
    assert_eq!(clause.condition, None, "without a condition");
}

#[test]
fn a_condition_ends_before_the_body() {
    let clause = parse_trigger(
        "CREATE TRIGGER x AFTER INSERT ON t FOR EACH ROW WHEN new.begin > 'BEGIN' -- so\nBEGIN SELECT 1; END",
    );
    assert_eq!(
        clause.condition.as_deref(),
        Some("new.begin > 'BEGIN'"),
        "not at a column's name"
    );
}

#[test]
fn a_virtual_table_names_its_module() {
    let module = parse_module("CREATE VIRTUAL TABLE IF NOT EXISTS a.\"b\" USING fts5(x, y)");
    assert_eq!(
        module.map(|module| module.name).as_deref(),
        Some("fts5"),
        "behind USING"
    );
    assert_eq!(
        parse_module("CREATE TABLE t (a)"),
        None,
        "a plain table has none"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_it_fall(
        start in "(CREATE (TABLE|UNIQUE INDEX|TRIGGER|VIRTUAL TABLE) )?",
        parts in prop::collection::vec(
            prop_oneof![
                "[(),.;'\"`\\[\\]*/\\- \n]{1,4}",
                "(CONSTRAINT|CHECK|PRIMARY KEY|UNIQUE|FOREIGN KEY|REFERENCES|DEFAULT|NOT NULL|COLLATE)",
                "(AS|ON|WHERE|WHEN|BEGIN|OF|UPDATE|DEFERRABLE|INITIALLY|ON CONFLICT|DESC|USING)",
                "\\PC{0,6}",
            ],
            0..24,
        ),
    ) {
        let text = format!("{start}{}", parts.join(" "));
        let table = parse_table(&text);
        for check in &table.checks {
            prop_assert!(text.contains(&*check.expression), "an expression stands in the text");
        }
        for part in &parse_index(&text, &[Some("NOCASE")]).parts {
            prop_assert!(text.contains(&**part), "a part stands in the text");
        }
        if let Some(condition) = parse_trigger(&text).condition {
            prop_assert!(text.contains(&*condition), "a condition stands in the text");
        }
        parse_module(&text);
    }
}
