//! What servers, files and catalogues hold, in lines that can be compared.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use futures_util::TryStreamExt;
use rusqlite::{Connection, OpenFlags, Params};
use serde::Serialize;
use sqlx::mysql::MySqlConnection;
use sqlx::postgres::PgConnection;
use sqlx::{Row, raw_sql};

/// The lines of one kind of object: how many, and what they say, in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many there are.
    pub count: u64,
    /// Differs where a line differs.
    pub digest: u64,
}

/// Lines by their kind: tables, columns, keys, checks and indexes that are not of a key.
pub type Counts = BTreeMap<String, Tally>;

/// What a PostgreSQL database holds, without what belongs to the system.
pub async fn postgres(connection: &mut PgConnection) -> Counts {
    let mut counts = Counts::new();
    let mut rows = raw_sql(include_str!("postgres.sql")).fetch(connection);
    while let Some(row) = rows.try_next().await.expect("PostgreSQL counts") {
        add(&mut counts, row.get_unchecked(0), row.get_unchecked(1));
    }
    counts
}

/// What all databases of a MariaDB or MySQL server hold, without those of the system.
pub async fn mariadb(connection: &mut MySqlConnection) -> Counts {
    let mut counts = Counts::new();
    let mut rows = raw_sql(include_str!("mariadb.sql")).fetch(connection);
    while let Some(row) = rows.try_next().await.expect("MariaDB counts") {
        add(&mut counts, row.get_unchecked(0), row.get_unchecked(1));
    }
    counts
}

/// What a SQLite file holds.
pub fn sqlite(file: &Path) -> Counts {
    lines(file, include_str!("sqlite.sql"), [])
}

/// What the catalogue in this file holds of a connection. Objects are told without the place
/// they are in where `flat` says so, as files know none.
pub fn kept(catalogue: &Path, connection: &str, flat: bool) -> Counts {
    lines(catalogue, include_str!("kept.sql"), (connection, flat))
}

/// Reads all facts of a file and throws them away; gives how many rows that were.
pub fn raw_sqlite(file: &Path) -> i64 {
    open(file)
        .query_row(include_str!("raw_sqlite.sql"), [], |row| row.get(0))
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}.", file.display()))
}

/// Adds up what several databases hold.
pub fn add_up(all: &mut Counts, more: Counts) {
    for (kind, tally) in more {
        let sum = all.entry(kind).or_default();
        sum.count += tally.count;
        sum.digest = sum.digest.wrapping_add(tally.digest);
    }
}

fn lines(file: &Path, sql: &str, values: impl Params) -> Counts {
    let read = || {
        let connection = open(file);
        let mut counts = Counts::new();
        let mut statement = connection.prepare(sql)?;
        let mut rows = statement.query(values)?;
        while let Some(row) = rows.next()? {
            let (kind, line) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            add(&mut counts, kind, line);
        }
        Ok(counts)
    };
    read().unwrap_or_else(|error: rusqlite::Error| {
        panic!("{} cannot be counted: {error}.", file.display())
    })
}

fn open(file: &Path) -> Connection {
    Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY)
        .unwrap_or_else(|error| panic!("{} cannot be opened: {error}.", file.display()))
}

fn add(counts: &mut Counts, kind: &str, line: &str) {
    let mut hasher = DefaultHasher::new();
    line.hash(&mut hasher);
    let tally = counts.entry(kind.to_owned()).or_default();
    tally.count += 1;
    tally.digest = tally.digest.wrapping_add(hasher.finish());
}
