//! Puts tables onto servers and into files.

use std::path::Path;

use rusqlite::Connection;
use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;

use super::Size;
use super::dialect::Dialect;
use super::tables::{GROUPS, Table, tables};
use crate::{mysql, postgres};

/// How many schemas tables are spread over on PostgreSQL, and databases on MariaDB.
const SCHEMAS: usize = 10;
const DATABASES: usize = 4;
/// How many tables one transaction makes; each costs a lock until it ends.
const TOGETHER: usize = 200;

/// Makes the tables in a PostgreSQL database, over 10 schemas.
pub async fn make_postgres(connection: &mut PgConnection, size: Size) {
    for group in &GROUPS[..SCHEMAS] {
        postgres::execute(connection, &format!("CREATE SCHEMA {group}")).await;
    }
    for batch in batches(Dialect::Postgres, size, SCHEMAS) {
        postgres::execute(connection, &batch).await;
    }
}

/// Makes the tables on a MariaDB or MySQL server, over 4 databases.
pub async fn make_mariadb(connection: &mut MySqlConnection, size: Size) {
    for group in &GROUPS[..DATABASES] {
        mysql::execute(connection, &format!("CREATE DATABASE {group}")).await;
    }
    for batch in batches(Dialect::MariaDb, size, DATABASES) {
        mysql::execute(connection, &batch).await;
    }
}

/// Makes the tables in a new SQLite file.
///
/// Ends the test where there is a file already that cannot take them.
pub fn make_sqlite(file: &Path, size: Size) {
    fill(file, size)
        .unwrap_or_else(|error| panic!("{} cannot be filled: {error}.", file.display()));
}

fn fill(file: &Path, size: Size) -> rusqlite::Result<()> {
    let connection = Connection::open(file)?;
    connection.execute_batch("PRAGMA journal_mode = off; PRAGMA synchronous = off; BEGIN")?;
    for batch in batches(Dialect::Sqlite, size, 1) {
        connection.execute_batch(&batch)?;
    }
    connection.execute_batch("COMMIT")
}

fn batches(dialect: Dialect, size: Size, groups: usize) -> impl Iterator<Item = String> {
    let mut all = tables(size.tables(), groups);
    std::iter::from_fn(move || {
        let some: Vec<Table> = all.by_ref().take(TOGETHER).collect();
        let made = some.iter().map(|table| dialect.statements(*table));
        (!some.is_empty()).then(|| made.collect())
    })
}
