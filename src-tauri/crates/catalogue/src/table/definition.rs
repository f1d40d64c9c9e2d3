//! Statements that make an object, kept for as long as the object hashes as it
//! did when the server was asked.

use model::ObjectId;
use rusqlite::OptionalExtension;

use crate::{CatalogueError, Objects, Write};

/// A kept statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachedDefinition {
    /// The statement.
    pub text: String,
    /// Whether it was rendered by us from the facts, not given by the server.
    pub rendered: bool,
}

impl<M> Objects<'_, M> {
    /// The kept statement of an object, if it was kept for this hash.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn cached_definition(
        &self,
        id: ObjectId,
        hash: u128,
    ) -> Result<Option<CachedDefinition>, CatalogueError> {
        self.connection_of(id)?;
        let sql = "SELECT text, is_rendered FROM definition
                   WHERE owner_id = ?1 AND id = ?2 AND hash = ?3";
        let row = (self.access.owner(), id.0, hash.to_be_bytes());
        let kept = self.access.db.prepare_cached(sql)?.query_row(row, |row| {
            Ok(CachedDefinition {
                text: row.get(0)?,
                rendered: row.get(1)?,
            })
        });
        Ok(kept.optional()?)
    }
}

impl Objects<'_, Write> {
    /// Keeps the statement of an object as it is with this hash.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn cache_definition(
        &self,
        id: ObjectId,
        hash: u128,
        definition: &CachedDefinition,
    ) -> Result<(), CatalogueError> {
        let connection = self.connection_of(id)?;
        self.access.db.execute(
            "INSERT OR REPLACE INTO definition
                 (owner_id, id, connection_id, hash, text, is_rendered)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            (
                self.access.owner(),
                id.0,
                connection.0,
                hash.to_be_bytes(),
                &definition.text,
                definition.rendered,
            ),
        )?;
        Ok(())
    }
}
