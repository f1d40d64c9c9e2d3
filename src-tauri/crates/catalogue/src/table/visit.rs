//! What the user looked at last.

use model::{ObjectId, Timestamp};

use crate::scope::handle;
use crate::{CatalogueError, ObjectCard, Objects, Write};

/// How many visits are kept for a user.
const KEPT: u32 = 200;

handle! {
    /// The objects that the user looked at.
    Visits
}

impl<M> Visits<'_, M> {
    /// The objects that the user looked at last, newest first, with the moment; those that
    /// are gone are left out.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn recent(&self, limit: u32) -> Result<Vec<(ObjectCard, Timestamp)>, CatalogueError> {
        let mut statement = self.access.db.prepare_cached(
            "SELECT id, visited_at FROM visit WHERE owner_id = ?1 ORDER BY visited_at DESC, id DESC",
        )?;
        let ids = statement.query_map([self.access.owner()], |row| {
            Ok((ObjectId(row.get(0)?), Timestamp(row.get(1)?)))
        })?;
        let objects = Objects::<M>::new(self.access);
        let mut cards = Vec::new();
        for visit in ids {
            if cards.len() >= limit as usize {
                break;
            }
            let (id, at) = visit?;
            match objects.card(id) {
                Ok(card) => cards.push((card, at)),
                Err(CatalogueError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(cards)
    }

    /// The same without the objects' facts, and with those that are gone.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn recent_ids(&self, limit: u32) -> Result<Vec<ObjectId>, CatalogueError> {
        let mut statement = self.access.db.prepare_cached(
            "SELECT id FROM visit WHERE owner_id = ?1
             ORDER BY visited_at DESC, id DESC
             LIMIT ?2",
        )?;
        let ids =
            statement.query_map((self.access.owner(), limit), |row| row.get(0).map(ObjectId))?;
        Ok(ids.collect::<Result<_, _>>()?)
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
