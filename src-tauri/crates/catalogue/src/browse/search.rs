//! Finding objects by a part of their name, for the filter of the tree.

use model::{ConnectionId, ObjectId};

use super::Objects;
use crate::CatalogueError;

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many objects there are in all.
    pub total: u64,
    /// The first of them: those that hold others before those that are held,
    /// shorter names first.
    pub rows: Vec<ObjectId>,
}

impl<M> Objects<'_, M> {
    /// The objects of these connections whose names hold a text; ASCII letters
    /// match without regard to case. An empty text finds nothing.
    ///
    /// # Errors
    /// `NotFound` where one of the connections is not there.
    pub fn search(
        &self,
        connections: &[ConnectionId],
        text: &str,
        limit: u32,
    ) -> Result<Found, CatalogueError> {
        let mut found = Found {
            total: 0,
            rows: Vec::new(),
        };
        if text.is_empty() {
            return Ok(found);
        }
        let wanted = text.to_ascii_lowercase();
        let mut statement = self.access.db.prepare_cached(include_str!("search.sql"))?;
        for connection in connections {
            self.access.require_connection(*connection)?;
            let mut rows = statement.query((self.access.owner(), connection.0, &wanted))?;
            while let Some(row) = rows.next()? {
                if found.rows.len() < limit as usize {
                    found.rows.push(ObjectId(row.get(0)?));
                }
                found.total += 1;
            }
        }
        Ok(found)
    }
}
