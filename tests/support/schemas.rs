//! Real schemas that others made, from Debian's packages by way of the cache.

use std::fs;
use std::path::PathBuf;

use crate::cache;

/// Zabbix's schema for PostgreSQL, without its rows.
pub fn zabbix_postgres_sql() -> String {
    text("zabbix-postgres", &["schema.sql"])
}

/// Zabbix's schema for SQLite (the proxy's, which has all tables of the server's).
pub fn zabbix_sqlite_sql() -> String {
    text("zabbix-sqlite", &["schema.sql"])
}

/// Zabbix's schema for MySQL and MariaDB, without its rows.
pub fn zabbix_mysql_sql() -> String {
    // The delimiters are orders to a client; the server reads a body as it is.
    text("zabbix-mysql", &["schema.sql"])
        .replace("DELIMITER $$", "")
        .replace("DELIMITER ;", "")
        .replace(";$$", ";")
        .replace("$$", ";")
}

/// MediaWiki's schema for PostgreSQL.
pub fn mediawiki_postgres_sql() -> String {
    // The second file opens a transaction and leaves its end to the installer.
    text(
        "mediawiki",
        &["postgres/tables-generated.sql", "postgres/tables.sql"],
    ) + "\nCOMMIT;\n"
}

/// MediaWiki's schema for SQLite.
pub fn mediawiki_sqlite_sql() -> String {
    text("mediawiki", &["sqlite/tables-generated.sql", "tables.sql"])
}

/// MediaWiki's schema for MySQL and MariaDB.
pub fn mediawiki_mysql_sql() -> String {
    text("mediawiki-mysql", &["tables-generated.sql", "tables.sql"])
}

/// PROJ's own database, a SQLite file that must only be read.
pub fn proj_file() -> PathBuf {
    cache::fetched("proj").join("proj.db")
}

fn text(name: &str, files: &[&str]) -> String {
    let folder = cache::fetched(name);
    files.iter().fold(String::new(), |all, file| {
        let path = folder.join(file);
        let text = fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{} cannot be read: {error}.", path.display()));
        all + &text + "\n"
    })
}
