//! What a database or a schema directly holds, while it is put in portion by
//! portion: tables, and the rarer kinds of objects.

use model::snapshot::{Counts, Walker};
use model::{ObjectId, ObjectKind, ObjectPath};

use super::pair::{By, Sibling, Siblings};
use super::stored::{self, StoredRelation, sum};
use super::versions::Versions;
use super::{Only, others, relation};
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Below, Open, Table, parse_kind};

/// A database or a schema, with those of its stored objects that were not read yet.
pub(super) struct Holder {
    pub(super) id: ObjectId,
    pub(super) path: ObjectPath,
    /// What is stored in it stays as it is.
    pub(super) frozen: bool,
    pub(super) relations: Siblings<StoredRelation>,
    others: Siblings<Open>,
    /// How many objects had come and gone when it began, and since, outside of it.
    came_and_went: u64,
}

impl Holder {
    /// One that was not stored before.
    pub(super) fn new(id: ObjectId, path: ObjectPath) -> Self {
        Self {
            id,
            path,
            frozen: false,
            relations: Siblings::default(),
            others: Siblings::default(),
            came_and_went: 0,
        }
    }

    /// One that is stored, with what it holds as far as it is spoken of.
    pub(super) fn stored(
        access: Access<'_>,
        id: ObjectId,
        path: ObjectPath,
        frozen: bool,
        only: &Only<'_>,
    ) -> Result<Self, CatalogueError> {
        let schema = path.name_of(ObjectKind::Schema).map(AsRef::as_ref);
        let mut holder = Self::new(id, path.clone());
        holder.frozen = frozen;
        holder.relations = Siblings::of(stored::relations_below(access, id, |relation| {
            only.has_relation(schema, relation)
        })?);
        if only.has_others() {
            holder.others = Siblings::of(others::stored(access, id)?);
        }
        Ok(holder)
    }

    /// How many objects are held in the tables that were not read.
    pub(super) fn held(&self, access: Access<'_>) -> Result<u64, CatalogueError> {
        self.relations
            .left()
            .map(|relation| Ok(1 + sum(&relation.children(access)?)))
            .sum()
    }

    /// Puts in what a portion says of it.
    pub(super) fn put(
        &mut self,
        to: &mut Versions<'_>,
        read: Walker<'_>,
        by: By,
        only: &Only<'_>,
    ) -> Result<(), CatalogueError> {
        let before = to.came_and_went();
        let relations: Vec<_> = read
            .children()
            .filter(|node| node.kind().is_relation() && only.is_table(node.name()))
            .collect();
        for (stored, node) in self.relations.take(relations, by) {
            match stored {
                None => relation::add(to, self.id, &self.path, node)?,
                Some(_) if self.frozen => {}
                Some(stored) => relation::update(to, &stored, &self.path, node, by)?,
            }
        }
        if only.has_others() {
            let holder = (self.id, &self.path);
            others::put(to, holder, &mut self.others, read, by, self.frozen)?;
        }
        self.came_and_went += to.came_and_went() - before;
        Ok(())
    }

    /// Closes what was not read, and says whether anything came or went.
    pub(super) fn end(self, to: &mut Versions<'_>) -> Result<bool, CatalogueError> {
        let before = to.came_and_went();
        if !self.frozen {
            for (gone, replaced) in self.relations.gone() {
                let seen = || to.child_reason(&self.path, gone.kind(), &gone.name().into());
                let reason = if replaced { None } else { seen() };
                match reason {
                    None => relation::close(to, &gone)?,
                    Some(reason) => relation::keep_unseen(to, &gone, &reason)?,
                }
            }
        }
        others::end(to, &self.path, self.others, self.frozen)?;
        Ok(self.came_and_went + to.came_and_went() - before > 0)
    }
}

/// Brings what the row of a schema says of what it holds up to what came and went.
pub(super) fn recount(access: Access<'_>, schema: &Open) -> Result<(), CatalogueError> {
    let children = count_children(access, Table::Schema, schema.id)?;
    if children == schema.below.children {
        return Ok(());
    }
    let below = Below {
        children,
        ..schema.below.clone()
    };
    object::set_below(access, Table::Schema, schema.version, &below)
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
