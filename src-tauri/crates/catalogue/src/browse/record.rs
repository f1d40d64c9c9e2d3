//! Everything that is known of one object, and the way from a path to its id.

use model::snapshot::Detail;
use model::{ConnectionId, ObjectId, ObjectPath, PathStep, Text, Timestamp};

use super::place::Place;
use super::{ObjectCard, Objects};
use crate::CatalogueError;
use crate::table::object::{self, Table};
use crate::table::sync_part::{self, Part};

/// Everything that is known of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectRecord {
    /// The object as lists show it, its detail with the statements that make it.
    pub card: ObjectCard,
    /// The way to it with the ids on it, from the database down to itself.
    pub path: Vec<(ObjectId, PathStep)>,
    /// The server's own id.
    pub native_id: Option<Text>,
    /// When the sync began that first saw it.
    pub first_seen_at: Option<Timestamp>,
    /// When the sync began that last saw its own facts differ.
    pub changed_at: Option<Timestamp>,
    /// When a sync last saw it.
    pub seen_at: Option<Timestamp>,
    /// Changes whenever its facts do, for a table also when those below it do.
    pub hash: u128,
}

impl<M> Objects<'_, M> {
    /// Everything that is known of one object.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn get(&self, id: ObjectId) -> Result<ObjectRecord, CatalogueError> {
        let place = self.place(id)?;
        let path = place.path();
        let seen_at = self.seen_at(&place, &path)?;
        let Place { open, steps, mark } = place;
        let own = u128::from(open.object.content_hash());
        let (first_seen_at, changed_at) = self.moments(&open)?;
        let hash = open.below.hash.unwrap_or(own);
        let detail: Detail = open.object.detail.clone();
        let native_id = open.object.native_id.clone();
        let mut card = self.card_of(open, path, mark.map(|mark| mark.reason))?;
        card.detail = detail;
        Ok(ObjectRecord {
            card,
            path: steps,
            native_id,
            first_seen_at,
            changed_at,
            seen_at,
            hash,
        })
    }

    /// The object at a path; of several of the same kind and name, the first.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn find(
        &self,
        connection: ConnectionId,
        path: &ObjectPath,
    ) -> Result<Option<ObjectId>, CatalogueError> {
        self.access.require_connection(connection)?;
        let mut at: Option<ObjectId> = None;
        for step in &path.0 {
            let above = match (at, Table::of(step.kind)) {
                (None, Table::Database) => connection.0,
                (Some(above), table) if table != Table::Database => above.0,
                _ => return Ok(None),
            };
            at = object::named(self.access, step, above)?;
            if at.is_none() {
                return Ok(None);
            }
        }
        Ok(at)
    }

    fn moments(
        &self,
        open: &object::Open,
    ) -> Result<(Option<Timestamp>, Option<Timestamp>), CatalogueError> {
        let first = object::first_sync(self.access, Table::of(open.kind()), open.id)?;
        let first = first.unwrap_or(open.first_sync);
        let row = (self.access.owner(), first.0, open.first_sync.0);
        let moments = self
            .access
            .db
            .prepare_cached(include_str!("../table/object/moments.sql"))?
            .query_row(row, |row| {
                Ok((row.get::<_, Option<i64>>(0)?, row.get::<_, Option<i64>>(1)?))
            })?;
        Ok((moments.0.map(Timestamp), moments.1.map(Timestamp)))
    }

    fn seen_at(
        &self,
        place: &Place,
        path: &ObjectPath,
    ) -> Result<Option<Timestamp>, CatalogueError> {
        let before = place.mark.as_ref().map(|mark| mark.since);
        sync_part::last_seen(self.access, place.open.connection, Part::of(path), before)
    }
}
