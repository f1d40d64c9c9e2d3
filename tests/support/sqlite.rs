//! SQLite files made from SQL, each in a folder of its own.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::TempDir;

/// A database file that is removed, with its folder, when the test ends.
pub struct SqliteFile {
    folder: TempDir,
    path: PathBuf,
}

impl SqliteFile {
    /// Makes a file and runs `sql`, which may hold many statements.
    pub fn new(sql: &str) -> Self {
        Self::named("fixture.db", sql)
    }

    /// The same under a file name of the test's choice.
    pub fn named(name: &str, sql: &str) -> Self {
        let folder = tempfile::tempdir().expect("the temporary folder can be written");
        let path = folder.path().join(name);
        let file = Self { folder, path };
        file.execute(sql);
        file
    }

    /// Where the file is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder that holds the file and nothing else.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A connection that may write, as another program would hold it.
    pub fn connect(&self) -> Connection {
        Connection::open(&self.path)
            .unwrap_or_else(|error| panic!("{} cannot be opened: {error}.", self.path.display()))
    }

    /// Runs many statements and ends the test where one fails.
    pub fn execute(&self, sql: &str) {
        self.connect()
            .execute_batch(sql)
            .unwrap_or_else(|error| panic!("SQLite refused the fixture: {error}."));
    }

    /// The one column of the one row that `sql` gives, as a number.
    pub fn count(&self, sql: &str) -> i64 {
        self.connect()
            .query_row(sql, [], |row| row.get(0))
            .unwrap_or_else(|error| panic!("SQLite refused the count {sql}: {error}."))
    }

    /// The names and bytes of all files in the folder, in order, to show that nothing changed.
    pub fn contents(&self) -> Vec<(String, Vec<u8>)> {
        let mut contents: Vec<_> = std::fs::read_dir(self.folder())
            .expect("the folder can be listed")
            .map(|entry| {
                let entry = entry.expect("the folder can be listed");
                let bytes = std::fs::read(entry.path()).expect("the file can be read");
                (entry.file_name().to_string_lossy().into_owned(), bytes)
            })
            .collect();
        contents.sort();
        contents
    }
}
