//! The format of the file: forward only, with a backup before each step.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::file::{beside, failed, keep_private, make_private};
use crate::{CatalogueError, pool};

/// Marks a file as ours (`dbst`).
const APPLICATION_ID: i64 = 0x6462_7374;

/// The steps to the current format; the first makes format 1.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("migrations/0001_catalogue.sql"),
    include_str!("migrations/0002_all_kinds.sql"),
    include_str!("migrations/0003_fingerprints.sql"),
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
        let mode: String =
            connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0))?;
        tracing::debug!(mode, from = found, to = known, "migrating the catalogue");
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
    if step > 0 {
        back_up(path, connection, step)?;
    }
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
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE thing (name TEXT); INSERT INTO thing VALUES ('kept');";
    const SECOND: &str = "ALTER TABLE thing ADD COLUMN size INTEGER;";
    const BROKEN: &str = "CREATE TABLE half (id); SELECT no_such_function();";

    fn version(connection: &Connection) -> i64 {
        connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .expect("the format can be asked")
    }

    fn name(connection: &Connection) -> String {
        connection
            .query_row("SELECT name FROM thing", [], |row| row.get(0))
            .expect("the row is there")
    }

    fn backups(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = std::fs::read_dir(folder)
            .expect("the folder can be read")
            .map(|entry| entry.expect("an entry can be read").file_name())
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.contains("backup"))
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_goes_through_all_steps_without_a_backup() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("c.db");
        let connection = open_with(&path, &[FIRST, SECOND]).expect("it is made");
        assert_eq!(version(&connection), 2, "it has the newest format");
        let whole: Vec<_> = backups(folder.path())
            .into_iter()
            .filter(|name| name.contains("format-0"))
            .collect();
        assert_eq!(whole, Vec::<String>::new(), "an empty file needs no backup");
    }

    #[test]
    fn an_older_file_is_backed_up_and_brought_forward() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("c.db");
        drop(open_with(&path, &[FIRST]).expect("it is made"));
        let connection = open_with(&path, &[FIRST, SECOND]).expect("it is brought forward");
        assert_eq!(version(&connection), 2, "it has the newest format");
        assert_eq!(name(&connection), "kept", "what it held is there");
        assert_eq!(
            backups(folder.path()),
            ["c.db.format-1.backup"],
            "there is one backup"
        );
        let backup = folder.path().join("c.db.format-1.backup");
        let old = open_with(&backup, &[FIRST]).expect("the backup opens with the older program");
        assert_eq!(
            (version(&old), name(&old).as_str()),
            (1, "kept"),
            "it is the file as it was"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = backup.metadata().expect("it is there").permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "the backup is for the user alone too");
        }
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_in_its_format() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("c.db");
        drop(open_with(&path, &[FIRST]).expect("it is made"));
        open_with(&path, &[FIRST, BROKEN]).expect_err("the step fails");
        let connection = open_with(&path, &[FIRST]).expect("the older program opens it");
        assert_eq!(
            (version(&connection), name(&connection).as_str()),
            (1, "kept"),
            "as it was"
        );
        let half: bool = connection
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE name = 'half'",
                [],
                |row| row.get(0),
            )
            .expect("the tables can be counted");
        assert!(!half, "nothing of the step is left");
    }

    #[test]
    fn a_backup_that_was_cut_short_is_made_again() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("c.db");
        drop(open_with(&path, &[FIRST]).expect("it is made"));
        std::fs::write(
            folder.path().join("c.db.format-1.backup.part"),
            "half a backup",
        )
        .expect("the file can be written");
        open_with(&path, &[FIRST, SECOND]).expect("it is brought forward");
        assert_eq!(
            backups(folder.path()),
            ["c.db.format-1.backup"],
            "only the whole one is left"
        );
    }

    #[test]
    fn a_newer_file_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("c.db");
        drop(open_with(&path, &[FIRST, SECOND]).expect("it is made"));
        let before = std::fs::read(&path).expect("it can be read");
        let error = open_with(&path, &[FIRST]).expect_err("it is too new");
        assert!(
            matches!(
                error,
                CatalogueError::NewerFile {
                    found: 2,
                    known: 1,
                    ..
                }
            ),
            "the error says which: {error:?}"
        );
        assert_eq!(
            std::fs::read(&path).expect("it is there"),
            before,
            "not a byte has changed"
        );
    }
}
