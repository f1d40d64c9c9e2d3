//! The schemas of a database.

use model::snapshot::Walker;
use model::{ObjectId, ObjectKind, ObjectPath};

use super::contents::{Into, count_children};
use super::pair::pair;
use super::stored::Stored;
use super::versions::Versions;
use super::{others, relation};
use crate::CatalogueError;
use crate::table::object::{self, Below, Open, Table};

impl Into<'_, '_> {
    /// Puts in the schemas of a database, each with what it holds.
    pub(super) fn schemas(
        &mut self,
        database: ObjectId,
        path: &ObjectPath,
        read: Option<Walker<'_>>,
        frozen: bool,
    ) -> Result<(), CatalogueError> {
        let only = self.scope.schema;
        let read: Vec<_> = read
            .into_iter()
            .flat_map(|database| database.children_of(ObjectKind::Schema))
            .filter(|node| only.is_none_or(|only| only == node.name()))
            .collect();
        let pairs = pair(std::mem::take(&mut self.stored.schemas), read, self.by);
        for (gone, replaced) in pairs.gone.iter().filter(|_| !frozen) {
            self.schema_gone(path, gone, *replaced)?;
        }
        for (open, node) in pairs.read {
            match open {
                Some(open) => self.schema(path, &open, node, frozen)?,
                None => self.new_schema(database, path, node)?,
            }
        }
        Ok(())
    }

    fn schema(
        &mut self,
        above: &ObjectPath,
        open: &Open,
        node: Walker<'_>,
        frozen: bool,
    ) -> Result<(), CatalogueError> {
        let path = above.child(ObjectKind::Schema, node.object().name.clone());
        let reason = self.to.reason(&path).map(str::to_owned);
        let version = if frozen || self.scope.table.is_some() {
            open.version
        } else {
            let version = self.to.revise(open, node.object(), &open.below)?;
            self.to.refresh(open.id, node.object().statistics)?;
            version
        };
        if !frozen && (reason.is_some() || self.scope.table.is_none()) {
            self.to.mark(open.id, reason.as_deref())?;
        }
        if reason.is_some() && !frozen {
            self.to.applied.unseen += self.stored.held_below(open.id)?;
        }
        let before = (self.to.applied.added, self.to.applied.removed);
        let frozen = frozen || reason.is_some();
        self.relations(open.id, &path, Some(node), frozen)?;
        self.others(open.id, &path, Some(node), frozen)?;
        if before != (self.to.applied.added, self.to.applied.removed) {
            recount(self.to, open.id, version, &open.below)?;
        }
        Ok(())
    }

    fn new_schema(
        &mut self,
        database: ObjectId,
        above: &ObjectPath,
        node: Walker<'_>,
    ) -> Result<(), CatalogueError> {
        let path = above.child(ObjectKind::Schema, node.object().name.clone());
        let reason = self.to.reason(&path).map(str::to_owned);
        let mut below = Below::default();
        let only = self.scope.table;
        for child in node.children().filter(|child| {
            only.is_none_or(|only| child.kind().is_relation() && only == child.name())
        }) {
            *below.children.entry(child.kind()).or_default() += 1;
        }
        let id = self.to.add(Some(database), node.object(), &below)?;
        self.to.refresh(id, node.object().statistics)?;
        self.to.mark(id, reason.as_deref())?;
        self.relations(id, &path, Some(node), false)?;
        self.others(id, &path, Some(node), false)
    }

    /// A schema that was not read: unseen, gone, or not there for the one table
    /// that was asked for.
    fn schema_gone(
        &mut self,
        above: &ObjectPath,
        open: &Open,
        replaced: bool,
    ) -> Result<(), CatalogueError> {
        let path = above.child(ObjectKind::Schema, open.object.name.clone());
        let reason = self.to.reason(&path).filter(|_| !replaced);
        if let Some(reason) = reason.map(str::to_owned) {
            self.to.mark(open.id, Some(&reason))?;
            self.to.applied.unseen += 1 + self.stored.held_below(open.id)?;
            return Ok(());
        }
        if self.scope.table.is_none() {
            return close(self.to, &mut self.stored, open);
        }
        let removed = self.to.applied.removed;
        self.relations(open.id, &path, None, false)?;
        if removed != self.to.applied.removed {
            recount(self.to, open.id, open.version, &open.below)?;
        }
        Ok(())
    }
}

/// Closes a schema with all that it holds.
pub(super) fn close(
    to: &mut Versions<'_>,
    stored: &mut Stored,
    open: &Open,
) -> Result<(), CatalogueError> {
    for gone in stored.take_relations(open.id) {
        relation::close(to, &gone)?;
    }
    others::close(to, open.id)?;
    to.remove(ObjectKind::Schema, open.id, open.version, open.first_sync)
}

fn recount(
    to: &Versions<'_>,
    id: ObjectId,
    version: i64,
    below: &Below,
) -> Result<(), CatalogueError> {
    let children = count_children(to.access, Table::Schema, id)?;
    if children == below.children {
        return Ok(());
    }
    let below = Below {
        children,
        ..below.clone()
    };
    object::set_below(to.access, Table::Schema, version, &below)
}
