//! One table, collection or view with its columns, keys, indexes and whatever else
//! hangs on it.

use model::snapshot::{Counts, Detail, Object, Statistics, Walker};
use model::{ObjectId, ObjectKind, ObjectPath};

use super::fields::{Missed, Sampled};
use super::pair::{By, Sibling, Siblings};
use super::stored::{StoredRelation, sum};
use super::versions::Versions;
use crate::CatalogueError;
use crate::table::object::{self, Below, Open, Table};
use crate::table::sample;
use crate::table::statistics::{self, Kept};

/// Writes a table that was not there.
pub(super) fn add(
    to: &mut Versions<'_>,
    parent: ObjectId,
    above: &ObjectPath,
    node: Walker<'_>,
) -> Result<(), CatalogueError> {
    let reason = to.child_reason(above, node.kind(), &node.object().name);
    let mut below = Below::default();
    for child in node.children() {
        *below.children.entry(child.kind()).or_default() += 1;
    }
    below.hash = reason.is_none().then(|| node.subtree_hash());
    let id = to.add(Some(parent), node.object(), &below)?;
    to.mark(id, reason.as_deref())?;
    for child in node.children() {
        let child_id = to.add(Some(id), child.object(), &Below::default())?;
        let own = child.object().statistics;
        to.measure(child_id, Kept { own, below: 0 })?;
        if let Some(sample) = &child.object().sample {
            to.set_sample(child_id, sample)?;
        }
    }
    if let Some(sample) = &node.object().sample {
        to.set_sample(id, sample)?;
    }
    to.measure(id, measured(node))
}

/// Brings a stored table up to what was read of it.
pub(super) fn update(
    to: &mut Versions<'_>,
    stored: &StoredRelation,
    above: &ObjectPath,
    node: Walker<'_>,
    by: By,
) -> Result<(), CatalogueError> {
    let reason = to.child_reason(above, node.kind(), &node.object().name);
    let hash = node.subtree_hash();
    // A sample says more each time, also where it says the same.
    let sampled = node.object().sample.as_deref();
    if stored.hash == Some(hash) && reason.is_none() && sampled.is_none() {
        return refresh_statistics(to, stored, node, by);
    }
    let table = Table::Relation;
    let Some(open) = object::find_in(to.access, table, stored.id)? else {
        return Err(CatalogueError::damaged(
            "a table that is listed and not there",
        ));
    };
    let mut children = Children {
        complete: reason.is_none(),
        counts: Counts::new(),
    };
    let path = above.child(node.kind(), node.object().name.clone());
    for table in Table::BELOW_RELATION {
        children.update(to, *table, &open, &path, node, by)?;
    }
    if let Some(newer) = sampled {
        let known = sample::get(to.access, open.id)?;
        to.set_sample(
            open.id,
            &known.map_or_else(|| newer.clone(), |known| known.merged(newer)),
        )?;
    }
    to.mark(open.id, reason.as_deref())?;
    let below = Below {
        hash: children.complete.then_some(hash),
        children: children.counts,
        totals: Counts::new(),
    };
    to.revise(&open, node.object(), &below)?;
    to.set_statistics(open.id, measured(node))
}

/// Closes a table with all that hangs on it.
pub(super) fn close(to: &mut Versions<'_>, gone: &StoredRelation) -> Result<(), CatalogueError> {
    let children = gone.children(to.access)?;
    for table in Table::BELOW_RELATION {
        let mut kinds = children
            .keys()
            .filter(|kind| Table::of(**kind) == *table)
            .peekable();
        if kinds.peek().is_none() {
            continue;
        }
        if to.kept(gone.id)?.below != 0 {
            for open in object::children(to.access, *table, gone.id.0)? {
                to.set_statistics(open.id, Kept::default())?;
            }
        }
        if *table == Table::Other {
            sample::remove_below(to.access, gone.id)?;
        }
        object::close_children(to.access, *table, gone.id, to.sync)?;
    }
    sample::remove(to.access, gone.id)?;
    for (kind, count) in children {
        to.count_removed(kind, count);
    }
    to.remove(gone.kind(), gone.id, gone.version, gone.first_sync)
}

/// Leaves a table that could not be seen as it is, and marks it.
pub(super) fn keep_unseen(
    to: &mut Versions<'_>,
    stored: &StoredRelation,
    reason: &str,
) -> Result<(), CatalogueError> {
    let children = stored.children(to.access)?;
    to.applied.unseen += 1 + sum(&children);
    to.mark(stored.id, Some(reason))?;
    if stored.hash.is_none() {
        return Ok(());
    }
    // Without a hash the next sync that sees it looks at all of it.
    let below = Below {
        children,
        ..Below::default()
    };
    object::set_below(to.access, Table::Relation, stored.version, &below)
}

/// What is put together while the children of one table are compared.
struct Children {
    /// Whether all of them could be seen.
    complete: bool,
    counts: Counts,
}

impl Children {
    fn update(
        &mut self,
        to: &mut Versions<'_>,
        table: Table,
        parent: &Open,
        path: &ObjectPath,
        node: Walker<'_>,
        by: By,
    ) -> Result<(), CatalogueError> {
        let frozen = to.reason(path).is_some();
        let sampled = Sampled::of(node);
        let mut siblings = Siblings::of(stored(to, table, parent.id)?);
        let met = siblings.take(read(node, table), by);
        for (gone, replaced) in siblings.gone() {
            let reason = to.child_reason(path, gone.kind(), &gone.object.name);
            let reason = reason.filter(|_| !replaced);
            if reason.is_none() && !frozen {
                if self.keeps(to, &gone, &sampled)? {
                    *self.counts.entry(gone.kind()).or_default() += 1;
                } else {
                    to.remove(gone.kind(), gone.id, gone.version, gone.first_sync)?;
                }
                continue;
            }
            self.complete = false;
            *self.counts.entry(gone.kind()).or_default() += 1;
            to.applied.unseen += 1;
            if reason.is_some() {
                to.mark(gone.id, reason.as_deref())?;
            }
        }
        for (open, child) in met {
            *self.counts.entry(child.kind()).or_default() += 1;
            let own = path.child(child.kind(), child.object().name.clone());
            let reason = to.reason(&own).map(str::to_owned);
            self.complete &= reason.is_none();
            if open.is_some() && frozen {
                to.applied.unseen += 1;
                continue;
            }
            let id = if child.kind() == ObjectKind::Field {
                put_field(to, parent.id, open, child.object(), &sampled)?
            } else {
                match open {
                    None => to.add(Some(parent.id), child.object(), &Below::default())?,
                    Some(open) => {
                        to.revise(&open, child.object(), &open.below)?;
                        open.id
                    }
                }
            };
            to.refresh(id, child.object().statistics)?;
            to.mark(id, reason.as_deref())?;
        }
        Ok(())
    }

    /// Whether an object that was not met is kept all the same, as a sample says
    /// for certain only of what it met.
    fn keeps(
        &mut self,
        to: &mut Versions<'_>,
        gone: &Open,
        sampled: &Sampled<'_>,
    ) -> Result<bool, CatalogueError> {
        let Detail::Field(facts) = &gone.object.detail else {
            return Ok(false);
        };
        let known = sample::get(to.access, gone.id)?;
        match sampled.missed(facts, known.as_ref()) {
            Missed::Gone => return Ok(false),
            Missed::Unknown => {}
            Missed::NotMet(sample) => to.set_sample(gone.id, &sample)?,
        }
        self.complete = false;
        Ok(true)
    }
}

/// Writes a field with all that samples say of it so far.
fn put_field(
    to: &mut Versions<'_>,
    parent: ObjectId,
    open: Option<Open>,
    read: &Object<Detail>,
    sampled: &Sampled<'_>,
) -> Result<ObjectId, CatalogueError> {
    let known = match &open {
        Some(open) => sample::get(to.access, open.id)?,
        None => None,
    };
    let stored = open.as_ref().map(|open| &open.object).zip(known.as_ref());
    let (object, sample) = sampled.met(stored, read);
    let id = match open {
        None => to.add(Some(parent), &object, &Below::default())?,
        Some(open) => {
            to.revise(&open, &object, &open.below)?;
            open.id
        }
    };
    if let Some(sample) = sample {
        to.set_sample(id, &sample)?;
    }
    Ok(id)
}

/// Refreshes the statistics of a table whose facts are as they were.
fn refresh_statistics(
    to: &mut Versions<'_>,
    stored_relation: &StoredRelation,
    node: Walker<'_>,
    by: By,
) -> Result<(), CatalogueError> {
    let id = stored_relation.id;
    let measured = measured(node);
    if to.kept(id)?.below != measured.below {
        for table in Table::BELOW_RELATION {
            let mut siblings = Siblings::of(stored(to, *table, id)?);
            for (open, child) in siblings.take(read(node, *table), by) {
                if let Some(open) = open {
                    to.refresh(open.id, child.object().statistics)?;
                }
            }
        }
    }
    to.set_statistics(id, measured)
}

fn measured(node: Walker<'_>) -> Kept {
    let children = || node.children().map(|child| &child.object().statistics);
    let silent = children().all(|statistics| *statistics == Statistics::default());
    let below = if silent {
        0
    } else {
        statistics::digest(children())
    };
    Kept {
        own: node.object().statistics,
        below,
    }
}

fn stored(to: &Versions<'_>, table: Table, parent: ObjectId) -> Result<Vec<Open>, CatalogueError> {
    let mut stored = object::children(to.access, table, parent.0)?;
    stored.sort_by_key(|open| open.id);
    Ok(stored)
}

fn read<'s>(node: Walker<'s>, table: Table) -> Vec<Walker<'s>> {
    node.children()
        .filter(|child| Table::of(child.kind()) == table)
        .collect()
}
