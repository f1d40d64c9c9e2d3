//! The steps from one format of the file to the next.

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
    assert_eq!(
        backups(folder.path()),
        Vec::<String>::new(),
        "an empty file needs no backup"
    );
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

#[test]
fn parts_of_tables_are_moved_to_their_tables() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("c.db");
    let old = open_with(&path, &MIGRATIONS[..3]).expect("it is made");
    old.execute_batch(include_str!("../migrations/0004_parts_by_table/before.sql"))
        .expect("the rows of the older format can be written");
    drop(old);
    let connection = open_with(&path, MIGRATIONS).expect("it is brought forward");
    let mut statement = connection
        .prepare(
            "SELECT name, lineage IN (SELECT lineage FROM late_part), closed_sync
             FROM relation_column ORDER BY lineage, id",
        )
        .expect("the columns can be asked for");
    let columns: Vec<(String, bool, Option<u32>)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .expect("the columns can be read")
        .collect::<Result<_, _>>()
        .expect("each can be read");
    let told: Vec<_> = columns
        .iter()
        .map(|(name, apart, closed)| (name.as_str(), *apart, *closed))
        .collect();
    assert_eq!(
        told,
        [
            ("id", false, None),
            ("nmae", false, Some(2)),
            ("name", false, None),
            ("id", false, None),
            ("added_later", true, None),
        ],
        "every version is there, and what came after another table is apart"
    );
    let shown: Vec<(String, bool)> = connection
        .prepare(r#"SELECT "table" || '.' || name, is_foreign_key FROM columns ORDER BY id"#)
        .expect("the view is there")
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("the view can be read")
        .collect::<Result<_, _>>()
        .expect("each row can be read");
    let shown: Vec<_> = shown
        .iter()
        .map(|(name, key)| (name.as_str(), *key))
        .collect();
    assert_eq!(
        shown,
        [
            ("authors.id", false),
            ("authors.name", false),
            ("books.id", false),
            ("authors.added_later", true),
        ],
        "the view shows what is current, with its keys"
    );
}

#[test]
fn parts_that_need_something_are_still_known() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("c.db");
    let old = open_with(&path, &MIGRATIONS[..3]).expect("it is made");
    old.execute_batch(include_str!("../migrations/0004_parts_by_table/before.sql"))
        .expect("the rows of the older format can be written");
    old.execute_batch(
        r#"UPDATE relation_column SET attributes = '[{"key":"depends_on"}]' WHERE id IN (4, 10);
        UPDATE relation_index SET attributes = '[{"key":"depends_on"}]';
        UPDATE relation_constraint SET attributes = '[{"key":"other"}]';"#,
    )
    .expect("attributes can be written");
    drop(old);
    let connection = open_with(&path, MIGRATIONS).expect("it is brought forward");
    let tables: Vec<u32> = connection
        .prepare("SELECT id >> 32 FROM needing_part ORDER BY id")
        .expect("the parts can be asked for")
        .query_map([], |row| row.get(0))
        .expect("they can be read")
        .collect::<Result<_, _>>()
        .expect("each can be read");
    assert_eq!(tables, [2, 5], "an open column and an index");
}

#[test]
fn statistics_are_kept_under_their_objects_numbers() {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let path = folder.path().join("c.db");
    let old = open_with(&path, &MIGRATIONS[..3]).expect("it is made");
    old.execute_batch(include_str!("../migrations/0004_parts_by_table/before.sql"))
        .expect("the rows of the older format can be written");
    old.execute_batch(
        "INSERT INTO statistics (owner_id, id, connection_id, row_estimate, bytes, below)
         VALUES (1, 9, 1, 20, NULL, 5), (1, 4, 1, NULL, 8192, 0)",
    )
    .expect("statistics can be written");
    drop(old);
    let connection = open_with(&path, MIGRATIONS).expect("it is brought forward");
    let kept: Vec<(u32, Option<i64>, Option<i64>, i64)> = connection
        .prepare("SELECT id, row_estimate, bytes, below FROM statistics ORDER BY id")
        .expect("the statistics can be asked for")
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .expect("they can be read")
        .collect::<Result<_, _>>()
        .expect("each can be read");
    assert_eq!(
        kept,
        [(4, None, Some(8192), 0), (9, Some(20), None, 5)],
        "what was measured is still known"
    );
}
