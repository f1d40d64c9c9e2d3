//! Where an object stands: its path with the ids on it, and whether a mark above
//! says that it could not be seen.

use model::{ConnectionId, ObjectId, ObjectPath, PathStep};

use super::Objects;
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Open, Table};
use crate::table::unseen::{self, Mark};

/// An object's open version and the way to it.
pub(super) struct Place {
    pub(super) open: Open,
    /// From the database down to the object itself.
    pub(super) steps: Vec<(ObjectId, PathStep)>,
    /// The nearest mark on it or above it.
    pub(super) mark: Option<Mark>,
}

impl Place {
    pub(super) fn path(&self) -> ObjectPath {
        ObjectPath(self.steps.iter().map(|(_, step)| step.clone()).collect())
    }
}

impl<M> Objects<'_, M> {
    /// The connection that an object belongs to.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn connection_of(&self, id: ObjectId) -> Result<ConnectionId, CatalogueError> {
        open(self.access, id).map(|open| open.connection)
    }

    pub(super) fn place(&self, id: ObjectId) -> Result<Place, CatalogueError> {
        place(self.access, id)
    }
}

/// The open version of an object of a connection that is not deleted.
fn open(access: Access<'_>, id: ObjectId) -> Result<Open, CatalogueError> {
    let missing = CatalogueError::NotFound { what: "object" };
    let Some(open) = object::find(access, id)? else {
        return Err(missing);
    };
    match access.require_connection(open.connection) {
        Err(CatalogueError::NotFound { .. }) => Err(missing),
        Err(error) => Err(error),
        Ok(()) => Ok(open),
    }
}

fn place(access: Access<'_>, id: ObjectId) -> Result<Place, CatalogueError> {
    let found = open(access, id)?;
    let mut steps = vec![step(&found)];
    let mut mark = unseen::get(access, id)?;
    let mut at = (found.id, found.parent);
    while at.0 != at.1 {
        let above = [Table::Relation, Table::Schema, Table::Database]
            .iter()
            .find_map(|table| object::find_in(access, *table, at.1).transpose())
            .transpose()?
            .ok_or_else(|| CatalogueError::damaged("an object without what holds it"))?;
        if mark.is_none() {
            mark = unseen::get(access, above.id)?;
        }
        steps.push(step(&above));
        at = (above.id, above.parent);
    }
    steps.reverse();
    Ok(Place {
        open: found,
        steps,
        mark,
    })
}

fn step(open: &Open) -> (ObjectId, PathStep) {
    (
        open.id,
        PathStep {
            kind: open.kind(),
            name: open.object.name.clone(),
        },
    )
}
