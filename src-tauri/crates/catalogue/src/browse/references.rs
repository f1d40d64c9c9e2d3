//! What refers to an object: foreign keys, and whatever says that it depends on it.

use model::{ObjectId, ObjectKind, ObjectPath};

use super::{ObjectCard, Objects};
use crate::CatalogueError;

impl<M> Objects<'_, M> {
    /// The foreign keys that refer to a table, in the order in which they were first
    /// seen; each path leads over the table that has the key.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn references_to(&self, id: ObjectId) -> Result<Vec<ObjectCard>, CatalogueError> {
        let place = self.place(id)?;
        let target = place.path();
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("references.sql"))?;
        let name = &*place.open.object.name;
        let mut rows = statement.query((self.access.owner(), place.open.connection.0, name))?;
        let mut cards = Vec::new();
        while let Some(row) = rows.next()? {
            let card = self.card(ObjectId(row.get(0)?))?;
            let model::snapshot::Detail::ForeignKey(key) = &card.detail else {
                return Err(CatalogueError::damaged("the kind of a constraint"));
            };
            let refers = match &key.references.schema {
                None => same_place(&card.path, &target),
                Some(schema) => within(&card.path, &target, schema),
            };
            if refers {
                cards.push(card);
            }
        }
        Ok(cards)
    }

    /// The objects that say that they depend on this one, in the order in which they
    /// were first seen.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn needed_by(&self, id: ObjectId) -> Result<Vec<ObjectCard>, CatalogueError> {
        let place = self.place(id)?;
        let target = place.path();
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("needed_by.sql"))?;
        let mut rows = statement.query((
            self.access.owner(),
            place.open.connection.0,
            place.open.kind().as_str(),
            &*place.open.object.name,
            target.name_of(ObjectKind::Schema).map(AsRef::as_ref),
        ))?;
        let mut cards = Vec::new();
        while let Some(row) = rows.next()? {
            let needing = ObjectId(row.get(0)?);
            if needing == id {
                continue;
            }
            let card = self.card(needing)?;
            if database(&card.path) == database(&target) {
                cards.push(card);
            }
        }
        Ok(cards)
    }
}

/// Whether a key without a named schema stands beside the table it may refer to.
fn same_place(key: &ObjectPath, target: &ObjectPath) -> bool {
    database(key) == database(target)
        && key.name_of(ObjectKind::Schema) == target.name_of(ObjectKind::Schema)
}

/// Whether a table lies in the schema that a key names; an engine without schemas
/// names a database there.
fn within(key: &ObjectPath, target: &ObjectPath, schema: &str) -> bool {
    match target.name_of(ObjectKind::Schema) {
        Some(name) => **name == *schema && database(key) == database(target),
        None => database(target) == Some(schema),
    }
}

fn database(path: &ObjectPath) -> Option<&str> {
    path.name_of(ObjectKind::Database).map(AsRef::as_ref)
}
