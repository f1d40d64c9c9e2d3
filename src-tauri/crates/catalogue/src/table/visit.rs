//! What the user looked at last.

use model::ObjectId;

use crate::scope::handle;
use crate::{CatalogueError, ObjectCard, Objects, Write};

/// How many visits are kept for a user.
const KEPT: u32 = 200;

handle! {
    /// The objects that the user looked at.
    Visits
}

impl<M> Visits<'_, M> {
    /// The objects that the user looked at last, newest first; those that are
    /// gone are left out.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn recent(&self, limit: u32) -> Result<Vec<ObjectCard>, CatalogueError> {
        let mut statement = self.access.db.prepare_cached(
            "SELECT id FROM visit WHERE owner_id = ?1 ORDER BY visited_at DESC, id DESC",
        )?;
        let ids = statement.query_map([self.access.owner()], |row| row.get(0).map(ObjectId))?;
        let objects = Objects::<M>::new(self.access);
        let mut cards = Vec::new();
        for id in ids {
            if cards.len() >= limit as usize {
                break;
            }
            match objects.card(id?) {
                Ok(card) => cards.push(card),
                Err(CatalogueError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(cards)
    }
}

impl Visits<'_, Write> {
    /// Notes that the user looks at an object now.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn record(&self, id: ObjectId) -> Result<(), CatalogueError> {
        let connection = Objects::<Write>::new(self.access).connection_of(id)?;
        self.access.db.execute(
            "INSERT OR REPLACE INTO visit (owner_id, id, connection_id, visited_at)
             VALUES (?1, ?2, ?3, ?4)",
            (self.access.owner(), id.0, connection.0, self.access.now.0),
        )?;
        self.access.db.execute(
            include_str!("visit/forget_old.sql"),
            (self.access.owner(), KEPT),
        )?;
        Ok(())
    }
}
