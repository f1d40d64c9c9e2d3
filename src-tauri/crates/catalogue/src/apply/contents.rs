//! What a database or a schema directly holds: schemas, tables and all else.

use model::snapshot::{Counts, Walker};
use model::{ObjectId, ObjectKind, ObjectPath};

use super::pair::{By, Sibling, pair};
use super::stored::Stored;
use super::versions::Versions;
use super::{ApplyScope, others, relation};
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{Table, parse_kind};

/// What is being put in, and into what.
pub(super) struct Into<'a, 'c> {
    pub(super) to: &'a mut Versions<'c>,
    pub(super) scope: ApplyScope<'a>,
    pub(super) stored: Stored,
    pub(super) by: By,
}

impl Into<'_, '_> {
    /// Puts in what a database holds. With `frozen`, what is stored stays as it is.
    pub(super) fn database(
        &mut self,
        id: ObjectId,
        path: &ObjectPath,
        read: Option<Walker<'_>>,
        frozen: bool,
    ) -> Result<(), CatalogueError> {
        self.schemas(id, path, read, frozen)?;
        if self.scope.schema.is_none() {
            self.relations(id, path, read, frozen)?;
            self.others(id, path, read, frozen)?;
        }
        Ok(())
    }

    /// Puts in the objects of the rarer kinds directly below a database or schema,
    /// unless only a table was asked for.
    pub(super) fn others(
        &mut self,
        parent: ObjectId,
        path: &ObjectPath,
        read: Option<Walker<'_>>,
        frozen: bool,
    ) -> Result<(), CatalogueError> {
        if self.scope.table.is_some() {
            return Ok(());
        }
        others::apply(self.to, parent, path, read, self.by, frozen)
    }

    /// Puts in the tables and views directly below a database or schema.
    pub(super) fn relations(
        &mut self,
        parent: ObjectId,
        path: &ObjectPath,
        read: Option<Walker<'_>>,
        frozen: bool,
    ) -> Result<(), CatalogueError> {
        let only = self.scope.table;
        let read: Vec<_> = read
            .into_iter()
            .flat_map(Walker::children)
            .filter(|node| node.kind().is_relation())
            .filter(|node| only.is_none_or(|only| only == node.name()))
            .collect();
        let pairs = pair(self.stored.take_relations(parent), read, self.by);
        if !frozen {
            for (gone, replaced) in pairs.gone {
                let seen = || self.to.child_reason(path, gone.kind(), &gone.name().into());
                let reason = if replaced { None } else { seen() };
                match reason {
                    None => relation::close(self.to, &gone)?,
                    Some(reason) => relation::keep_unseen(self.to, &gone, &reason)?,
                }
            }
        }
        for (stored, node) in pairs.read {
            match stored {
                None => relation::add(self.to, parent, path, node)?,
                Some(_) if frozen => {}
                Some(stored) => relation::update(self.to, &stored, path, node, self.by)?,
            }
        }
        Ok(())
    }
}

/// How many children of each kind an object of this table has now.
pub(super) fn count_children(
    access: Access<'_>,
    table: Table,
    parent: ObjectId,
) -> Result<Counts, CatalogueError> {
    let mut counts = Counts::new();
    for child in table.child_tables() {
        let mut statement = access.db.prepare_cached(&child.sql().kinds)?;
        let mut rows = statement.query((access.owner(), parent.0))?;
        while let Some(row) = rows.next()? {
            let kind: ObjectKind = parse_kind(row.get_ref(0)?.as_str().unwrap_or_default())?;
            counts.insert(kind, u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0));
        }
    }
    Ok(counts)
}
