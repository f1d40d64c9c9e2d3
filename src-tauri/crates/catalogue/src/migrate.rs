//! The format of the file: forward only, with a backup before the first.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::file::{beside, failed, keep_private, make_private};
use crate::{CatalogueError, pool};

/// Marks a file as ours (`dbst`).
const APPLICATION_ID: i64 = 0x6462_7374;

/// Of a new file, in bytes: a sync fills pages from their beginning to their end, and each costs
/// calls to the system, whatever its size.
const PAGE_SIZE: i64 = 16 * 1024;

/// The steps to the current format; the first makes format 1.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_catalogue.sql"),
    include_str!("migrations/0002_all_kinds.sql"),
    include_str!("migrations/0003_fingerprints.sql"),
    include_str!("migrations/0004_parts_by_table.sql"),
    include_str!("migrations/0005_statistics_by_number.sql"),
    include_str!("migrations/0006_parts_without_keys.sql"),
    include_str!("migrations/0007_rare_parts.sql"),
];

/// Opens the catalogue's file, made or brought to the current format first.
pub(crate) fn open(path: &Path) -> Result<Connection, CatalogueError> {
    open_with(path, MIGRATIONS)
}

fn open_with(path: &Path, migrations: &[&str]) -> Result<Connection, CatalogueError> {
    make_private(path)?;
    let mut connection = pool::open(path).map_err(|error| foreign(path, error))?;
    let known = i64::try_from(migrations.len()).unwrap_or(i64::MAX);
    let found = format(path, &connection)?;
    if found > known {
        return Err(CatalogueError::NewerFile {
            path: path.to_owned(),
            found,
            known,
        });
    }
    keep_private(path)?;
    if found < known {
        if found == 0 {
            connection.pragma_update(None, "page_size", PAGE_SIZE)?;
        }
        let mode: String =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        tracing::debug!(mode, from = found, to = known, "migrating the catalogue");
        if found > 0 {
            back_up(path, &connection, found)?;
        }
        for step in found..known {
            migrate(path, &mut connection, migrations, step)?;
        }
    }
    Ok(connection)
}

/// Takes one step, unless another process took it meanwhile.
fn migrate(
    path: &Path,
    connection: &mut Connection,
    migrations: &[&str],
    step: i64,
) -> Result<(), CatalogueError> {
    let sql = usize::try_from(step)
        .ok()
        .and_then(|step| migrations.get(step));
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    if format(path, &transaction)? == step {
        transaction.execute_batch(sql.copied().unwrap_or_default())?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", step + 1)?;
        transaction.commit()?;
    }
    Ok(())
}

/// The format of the file; 0 for one without anything in it.
fn format(path: &Path, connection: &Connection) -> Result<i64, CatalogueError> {
    let number = |name| {
        connection
            .pragma_query_value(None, name, |row| row.get::<_, i64>(0))
            .map_err(|error| foreign(path, error.into()))
    };
    let (application, version) = (number("application_id")?, number("user_version")?);
    if application == APPLICATION_ID {
        return Ok(version);
    }
    let empty = connection
        .query_row("SELECT count(*) = 0 FROM sqlite_schema", [], |row| {
            row.get(0)
        })
        .map_err(|error| foreign(path, error.into()))?;
    if application == 0 && version == 0 && empty {
        Ok(0)
    } else {
        Err(CatalogueError::NotACatalogue {
            path: path.to_owned(),
        })
    }
}

/// Keeps a copy of the file as it was in this format, for the user alone.
fn back_up(path: &Path, connection: &Connection, format: i64) -> Result<(), CatalogueError> {
    let backup = beside(path, &format!(".format-{format}.backup"));
    let unfinished = beside(&backup, ".part");
    if unfinished.exists() {
        std::fs::remove_file(&unfinished).map_err(|source| failed(&unfinished, source))?;
    }
    // SQLite fills an existing empty file, and keeps its mode.
    make_private(&unfinished)?;
    connection.execute("VACUUM INTO ?1", [unfinished.to_string_lossy()])?;
    std::fs::rename(&unfinished, &backup).map_err(|source| failed(&backup, source))
}

/// A file that SQLite cannot read is none of ours.
fn foreign(path: &Path, error: CatalogueError) -> CatalogueError {
    match error {
        CatalogueError::Damaged { .. } => CatalogueError::NotACatalogue {
            path: path.to_owned(),
        },
        other => other,
    }
}

#[cfg(test)]
mod tests;
