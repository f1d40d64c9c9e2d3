//! The schemas of a database, while they are put in portion by portion.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use model::snapshot::Walker;
use model::{ObjectId, ObjectKind, ObjectPath, Text};

use super::contents::{Holder, recount};
use super::pair::{By, Sibling, Siblings};
use super::versions::Versions;
use super::{Only, others, relation, stored};
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Below, Open, Table};

/// The schemas of one database: those that were read, and those that were not yet.
#[derive(Default)]
pub(super) struct Schemas {
    stored: Siblings<Open>,
    /// What those that were not read yet hold, where it had to be looked at.
    waiting: HashMap<ObjectId, Holder>,
    /// By name.
    met: HashMap<Text, Holder>,
}

impl Schemas {
    /// Those that are stored, as far as they are spoken of.
    pub(super) fn stored(
        access: Access<'_>,
        database: ObjectId,
        only: &Only<'_>,
    ) -> Result<Self, CatalogueError> {
        let mut schemas = object::children(access, Table::Schema, database.0)?;
        schemas.retain(|open| only.is_schema(&open.object.name));
        schemas.sort_by_key(|open| open.id);
        Ok(Self {
            stored: Siblings::of(schemas),
            ..Self::default()
        })
    }

    /// Makes sure that the schemas of a portion are there, each with its own facts.
    pub(super) fn meet(
        &mut self,
        to: &mut Versions<'_>,
        (database, above): (ObjectId, &ObjectPath),
        read: Walker<'_>,
        by: By,
        frozen: bool,
        only: &Only<'_>,
    ) -> Result<(), CatalogueError> {
        let new: Vec<_> = read
            .children_of(ObjectKind::Schema)
            .filter(|node| only.is_schema(node.name()) && !self.met.contains_key(node.name()))
            .collect();
        for (open, node) in self.stored.take(new, by) {
            let name = node.object().name.clone();
            let path = above.child(ObjectKind::Schema, name.clone());
            let holder = match open {
                Some(open) => self.meet_again(to, &open, node, path, frozen, only)?,
                None => {
                    let reason = to.reason(&path).map(str::to_owned);
                    let id = to.add(Some(database), node.object(), &Below::default())?;
                    to.refresh(id, node.object().statistics)?;
                    to.mark(id, reason.as_deref())?;
                    Holder::new(id, path)
                }
            };
            self.met.insert(name, holder);
        }
        Ok(())
    }

    /// What is held by the schema that was read under this name.
    pub(super) fn holder(&mut self, name: &str) -> Option<&mut Holder> {
        self.met.get_mut(name)
    }

    /// The stored schema of this name, while it was not read yet.
    pub(super) fn unmet(&self, read: &impl Sibling) -> Option<&Open> {
        self.stored.named(read)
    }

    /// What is held under the name of a schema that is about to be read.
    pub(super) fn under_name(
        &mut self,
        access: Access<'_>,
        read: Walker<'_>,
        only: &Only<'_>,
    ) -> Result<Option<&Holder>, CatalogueError> {
        if let Some(open) = self.stored.named(&read) {
            if let Entry::Vacant(slot) = self.waiting.entry(open.id) {
                let path =
                    ObjectPath::default().child(ObjectKind::Schema, open.object.name.clone());
                slot.insert(Holder::stored(access, open.id, path, false, only)?);
            }
            return Ok(self.waiting.get(&open.id));
        }
        Ok(self.met.get(read.name()))
    }

    fn meet_again(
        &mut self,
        to: &mut Versions<'_>,
        open: &Open,
        node: Walker<'_>,
        path: ObjectPath,
        frozen: bool,
        only: &Only<'_>,
    ) -> Result<Holder, CatalogueError> {
        let reason = to.reason(&path).map(str::to_owned);
        if !frozen && only.has_others() {
            to.revise(open, node.object(), &open.below)?;
            to.refresh(open.id, node.object().statistics)?;
        }
        if !frozen && (reason.is_some() || only.has_others()) {
            to.mark(open.id, reason.as_deref())?;
        }
        let mut holder = match self.waiting.remove(&open.id) {
            Some(holder) => holder,
            None => Holder::stored(to.access, open.id, ObjectPath::clone(&path), false, only)?,
        };
        holder.path = path;
        holder.frozen = frozen || reason.is_some();
        if reason.is_some() && !frozen {
            to.applied.unseen += holder.held(to.access)?;
        }
        Ok(holder)
    }

    /// Ends those that were read, and closes or marks those that were not.
    pub(super) fn end(
        self,
        to: &mut Versions<'_>,
        above: &ObjectPath,
        frozen: bool,
        only: &Only<'_>,
    ) -> Result<(), CatalogueError> {
        for holder in self.met.into_values() {
            end(to, holder)?;
        }
        if frozen {
            return Ok(());
        }
        for (open, replaced) in self.stored.gone() {
            let path = above.child(ObjectKind::Schema, open.object.name.clone());
            let reason = to.reason(&path).filter(|_| !replaced).map(str::to_owned);
            let holder = || Holder::stored(to.access, open.id, path, false, only);
            if let Some(reason) = reason {
                to.applied.unseen += 1 + holder()?.held(to.access)?;
                to.mark(open.id, Some(&reason))?;
            } else if only.has_others() {
                close(to, &open)?;
            } else {
                // It is not spoken of itself, but tables in it may be gone.
                let holder = holder()?;
                end(to, holder)?;
            }
        }
        Ok(())
    }
}

fn end(to: &mut Versions<'_>, holder: Holder) -> Result<(), CatalogueError> {
    let id = holder.id;
    if !holder.end(to)? {
        return Ok(());
    }
    match object::find_in(to.access, Table::Schema, id)? {
        Some(open) => recount(to.access, &open),
        None => Ok(()),
    }
}

/// Closes a schema with all that it holds.
pub(super) fn close(to: &mut Versions<'_>, open: &Open) -> Result<(), CatalogueError> {
    for gone in stored::relations_below(to.access, open.id, |_| true)? {
        relation::close(to, &gone)?;
    }
    others::close(to, open.id)?;
    to.remove(ObjectKind::Schema, open.id, open.version, open.first_sync)
}
