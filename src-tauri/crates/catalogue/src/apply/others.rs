//! Objects of the rarer kinds directly below a server, a database or a schema.

use model::snapshot::Walker;
use model::{ObjectId, ObjectPath};

use super::pair::{By, Siblings};
use super::versions::Versions;
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Below, Open, Table};

/// Puts in what was read of them. With `frozen`, what is stored stays as it is.
pub(super) fn put(
    to: &mut Versions<'_>,
    (parent, path): (ObjectId, &ObjectPath),
    stored: &mut Siblings<Open>,
    read: Walker<'_>,
    by: By,
    frozen: bool,
) -> Result<(), CatalogueError> {
    let read: Vec<_> = read
        .children()
        .filter(|child| Table::of(child.kind()) == Table::Other)
        .collect();
    for (open, child) in stored.take(read, by) {
        let object = child.object();
        let reason = to.child_reason(path, child.kind(), &object.name);
        let id = match open {
            None => to.add(Some(parent), object, &Below::default())?,
            Some(_) if frozen => continue,
            Some(open) => {
                to.revise(&open, object, &open.below)?;
                open.id
            }
        };
        to.refresh(id, object.statistics)?;
        // Where not all of a kind could be seen, those that were are not to be marked.
        let own = reason.filter(|_| {
            to.reason(&path.child(child.kind(), object.name.clone()))
                .is_some()
        });
        to.mark(id, own.as_deref())?;
    }
    Ok(())
}

/// Closes those that were not read, or marks those that could not be seen.
pub(super) fn end(
    to: &mut Versions<'_>,
    path: &ObjectPath,
    stored: Siblings<Open>,
    frozen: bool,
) -> Result<(), CatalogueError> {
    for (gone, replaced) in stored.gone() {
        let reason = to.child_reason(path, gone.kind(), &gone.object.name);
        let reason = reason.filter(|_| !replaced);
        if reason.is_none() && !frozen {
            to.remove(gone.kind(), gone.id, gone.version, gone.first_sync)?;
            continue;
        }
        to.applied.unseen += 1;
        if reason.is_some() {
            to.mark(gone.id, reason.as_deref())?;
        }
    }
    Ok(())
}

/// Closes all of them below an object that is gone.
pub(super) fn close(to: &mut Versions<'_>, parent: ObjectId) -> Result<(), CatalogueError> {
    for open in stored(to.access, parent)? {
        to.remove(open.kind(), open.id, open.version, open.first_sync)?;
    }
    Ok(())
}

pub(super) fn stored(access: Access<'_>, parent: ObjectId) -> Result<Vec<Open>, CatalogueError> {
    let mut stored = object::children(access, Table::Other, parent.0)?;
    stored.sort_by_key(|open| open.id);
    Ok(stored)
}
