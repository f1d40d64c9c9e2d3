//! Puts tables onto servers and into files.

use std::path::Path;

use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;

use super::Size;
use super::dialect::Dialect;
use super::file;
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
/// Ends the test where it cannot be written.
pub fn make_sqlite(file: &Path, size: Size) {
    let all = tables(size.tables(), 1).flat_map(entries);
    file::write(file, all)
        .unwrap_or_else(|error| panic!("{} cannot be made: {error}.", file.display()));
}

/// A table and its indexes, as SQLite lists them.
fn entries(table: Table) -> Vec<file::Entry> {
    let statements = Dialect::Sqlite.statements(table);
    let (name, ends) = (table.name(), table.indexes());
    let names = ends.map(|(end, _)| format!("{name}_{end}"));
    let all = [name.clone()].into_iter().chain(names);
    let each = statements.split(";\n").zip(all).enumerate();
    each.map(|(at, (sql, own))| file::Entry {
        is_table: at == 0,
        name: own,
        table: name.clone(),
        sql: sql.to_owned(),
    })
    .collect()
}

fn batches(dialect: Dialect, size: Size, groups: usize) -> impl Iterator<Item = String> {
    let mut all = tables(size.tables(), groups);
    std::iter::from_fn(move || {
        let some: Vec<Table> = all.by_ref().take(TOGETHER).collect();
        let made = some.iter().map(|table| dialect.statements(*table));
        (!some.is_empty()).then(|| made.collect())
    })
}
