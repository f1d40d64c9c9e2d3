//! How much of the schema SQLite itself takes in before it answers.
//!
//! It takes in every statement of the file before the first question, which for
//! ten thousand tables takes longer than reading them all, and 30 MiB. What the
//! schema's own table lists needs none of it. SQLite can be made to begin with less:
//! under the setting that is there for damaged files, it takes what it has of the
//! schema when reading it was interrupted or failed for that which is there. Nothing
//! is written so, and nothing can be: the connection stays read-only and defensive.

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;

use super::opening::LONGEST;
use crate::error::{is_about_the_statement, is_interrupt};
use crate::watch::Watch;

/// The first question, of which only the answer's coming counts.
const FIRST: &str = include_str!("../sql/first_look.sql");

/// Longer than the statements of SQLite's own tables, in bytes.
const SHORT: i32 = 100;

/// Forgets what is known of the schema, so that the next question finds all of it.
pub(crate) fn whole(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(include_str!("../sql/forget_schema.sql"))
}

/// Makes do with the table that lists the schema, and what SQLite itself brings.
pub(crate) fn only_the_list(connection: &mut Connection, watch: &Watch) -> rusqlite::Result<()> {
    whole(connection)?;
    watch.go_on()?;
    connection.progress_handler(1, Some(|| true))?;
    let begun = tolerant(connection);
    watch.stop_in_time(connection)?;
    match begun {
        Err(error) if is_interrupt(&error) => watch.go_on(),
        other => other,
    }
}

/// Makes do with what short statements make, as those of SQLite's own tables are.
pub(crate) fn only_short_statements(connection: &mut Connection) -> rusqlite::Result<()> {
    whole(connection)?;
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, SHORT)?;
    let begun = tolerant(connection);
    connection.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, LONGEST)?;
    match begun {
        Err(error) if is_about_the_statement(&error) => Ok(()),
        other => other,
    }
}

fn tolerant(connection: &Connection) -> rusqlite::Result<()> {
    let setting = DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA;
    connection.set_db_config(setting, true)?;
    let begun = connection.prepare(FIRST).map(|_| ());
    connection.set_db_config(setting, false)?;
    begun
}
