//! What a user has set, by key.

use rusqlite::OptionalExtension;

use crate::scope::handle;
use crate::{CatalogueError, Write};

handle! {
    /// The user's settings.
    Settings
}

impl<M> Settings<'_, M> {
    /// The value of a key, if it was ever set.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn get(&self, key: &str) -> Result<Option<String>, CatalogueError> {
        let sql = "SELECT value FROM setting WHERE owner_id = ?1 AND id = ?2";
        let row = (self.access.owner(), key);
        Ok(self
            .access
            .db
            .prepare_cached(sql)?
            .query_row(row, |row| row.get(0))
            .optional()?)
    }
}

impl Settings<'_, Write> {
    /// Sets the value of a key.
    ///
    /// # Errors
    /// `Busy`, `DiskFull` or `Store`.
    pub fn set(&self, key: &str, value: &str) -> Result<(), CatalogueError> {
        self.access.db.execute(
            "INSERT INTO setting (owner_id, id, value) VALUES (?1, ?2, ?3)
             ON CONFLICT (owner_id, id) DO UPDATE SET value = excluded.value",
            (self.access.owner(), key, value),
        )?;
        Ok(())
    }

    /// Forgets a key.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn forget(&self, key: &str) -> Result<(), CatalogueError> {
        let sql = "DELETE FROM setting WHERE owner_id = ?1 AND id = ?2";
        self.access.db.execute(sql, (self.access.owner(), key))?;
        Ok(())
    }
}
