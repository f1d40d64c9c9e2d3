//! How SQLite goes about the statements of the object tables and the views.

use super::sql::Table;

/// How SQLite goes about a statement.
fn plan(db: &rusqlite::Connection, sql: &str) -> Vec<String> {
    let mut statement = db
        .prepare(&format!("EXPLAIN QUERY PLAN {sql}"))
        .expect("the statement is sound");
    let count = statement.parameter_count();
    let rows = statement
        .query_map(rusqlite::params_from_iter((0..count).map(|_| 1)), |row| {
            row.get(3)
        })
        .expect("the plan can be read");
    rows.map(|row| row.expect("a step can be read")).collect()
}

/// Whether a step reads more than is asked for, be it to make an index of its own.
fn goes_through_all(step: &str) -> bool {
    step.ends_with("(owner_id=?)")
        || step.starts_with("SCAN relation")
        || step.contains("AUTOMATIC")
}

/// The tables of a catalogue, with nothing in them.
fn catalogue() -> rusqlite::Connection {
    let db = rusqlite::Connection::open_in_memory().expect("memory is there");
    for migration in crate::migrate::MIGRATIONS {
        db.execute_batch(migration).expect("the tables can be made");
    }
    db
}

#[test]
fn no_statement_goes_through_all_that_a_user_has() {
    let db = catalogue();
    for table in Table::ALL {
        let sql = table.sql();
        let below = (!table.below().is_empty()).then_some(&sql.set_below);
        let all = [
            &sql.children,
            &sql.by_lineage,
            &sql.name,
            &sql.close,
            &sql.forget,
            &sql.close_children,
            &sql.forget_children,
            &sql.first_sync,
            &sql.names,
            &sql.names_and_counts,
            &sql.named,
            &sql.kinds,
        ];
        for sql in all.into_iter().chain(below) {
            for step in plan(&db, sql) {
                assert!(
                    !goes_through_all(&step),
                    "{sql} needs an index, and does: {step}"
                );
            }
        }
    }
}

#[test]
fn no_question_over_a_connection_goes_through_the_others() {
    let db = catalogue();
    for sql in [
        include_str!("../../browse/names.sql"),
        include_str!("../../browse/needed_by.sql"),
        include_str!("../../browse/references.sql"),
        include_str!("../../browse/search.sql"),
    ] {
        for step in plan(&db, sql) {
            assert!(
                !goes_through_all(&step),
                "{sql} needs an index, and does: {step}"
            );
        }
    }
}

#[test]
fn no_view_goes_through_a_table_for_each_row_of_another() {
    let db = catalogue();
    for view in ["databases", "tables", "columns"] {
        let steps = plan(&db, &format!("SELECT * FROM {view}"));
        let outer = steps.first().expect("there is a plan").clone();
        for step in steps.iter().filter(|step| **step != outer) {
            assert!(
                !step.ends_with("(owner_id=?)"),
                "{view} has a slow step: {steps:#?}"
            );
        }
    }
}
