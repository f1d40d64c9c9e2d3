//! Databases: the list that a server gives, and one database with what it holds.

use std::collections::HashMap;

use model::snapshot::{Detail, Object, Walker};
use model::{ConnectionId, ObjectKind, ObjectPath, Snapshot, SyncId};
use rusqlite::OptionalExtension;

use super::pair::{By, Sibling, pair};
use super::stored::{Stored, sum};
use super::versions::Versions;
use super::{Applied, ApplyScope, DatabaseEntry, contents, others, schemas};
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Below, Open, Table};
use crate::table::sync_part;

/// Puts a list of databases in, and what belongs to the server itself.
pub(super) fn apply_list(
    access: Access<'_>,
    sync: SyncId,
    connection: ConnectionId,
    entries: &[DatabaseEntry],
    complete: bool,
    server: &Snapshot,
) -> Result<Applied, CatalogueError> {
    let mut to = Versions::begin(access, connection, sync, unseen(server))?;
    let listed = entries.iter().map(Listed::from).collect();
    // A database that was dropped and made anew stands for the old one: what it
    // holds says whether it was restored.
    let pairs = pair(stored(access, connection)?, listed, By::NativeIdThenPath);
    for (open, _) in &pairs.gone {
        if complete {
            close(&mut to, open)?;
        } else {
            to.applied.unseen += 1 + sum(&open.below.totals);
        }
    }
    for (open, listed) in pairs.read {
        let id = match &open {
            Some(open) => {
                // A list has no attributes; what was read of the database has.
                let mut object = listed.object.clone();
                object.attributes.clone_from(&open.object.attributes);
                to.revise(open, &object, &open.below)?;
                open.id
            }
            None => to.add(None, &listed.object, &Below::default())?,
        };
        to.refresh(id, listed.object.statistics)?;
        if let Some(reason) = listed.closed {
            to.mark(id, Some(reason))?;
            to.applied.unseen += open.map_or(0, |open| sum(&open.below.totals));
        }
    }
    apply_server(&mut to, server)?;
    to.end()
}

/// Puts in what was read of the server itself; an engine that says nothing of it
/// has none.
fn apply_server(to: &mut Versions<'_>, snapshot: &Snapshot) -> Result<(), CatalogueError> {
    let mut stored = object::children(to.access, Table::Database, to.connection.0)?;
    stored.retain(|open| open.kind() == ObjectKind::Server);
    let read = snapshot
        .roots()
        .find(|root| root.kind() == ObjectKind::Server);
    let open = stored.pop();
    let Some(read) = read else {
        return match open {
            Some(open) if snapshot.warnings().is_empty() => close(to, &open),
            _ => Ok(()),
        };
    };
    let path = ObjectPath::default().child(ObjectKind::Server, read.object().name.clone());
    let reason = to.reason(&path).map(str::to_owned);
    let id = match &open {
        Some(open) => {
            to.revise(open, read.object(), &open.below)?;
            open.id
        }
        None => to.add(None, read.object(), &Below::default())?,
    };
    to.mark(id, reason.as_deref())?;
    to.balance.clear();
    others::apply(
        to,
        id,
        &path,
        Some(read),
        By::NativeIdThenPath,
        reason.is_some(),
    )?;
    settle(to, id)
}

/// Puts in what was read of one database.
pub(super) fn apply(
    access: Access<'_>,
    sync: SyncId,
    connection: ConnectionId,
    scope: ApplyScope<'_>,
    snapshot: &Snapshot,
) -> Result<Applied, CatalogueError> {
    let mut to = Versions::begin(access, connection, sync, unseen(snapshot))?;
    let path = ObjectPath::database(scope.database);
    let reason = to
        .reason(&path)
        .or(to.reason(&ObjectPath::default()))
        .map(str::to_owned);
    let read = snapshot
        .roots()
        .find(|root| root.kind() == ObjectKind::Database && root.name() == scope.database);
    let open = find(access, connection, scope.database, read)?;
    match (open, read) {
        (None, None) => {}
        (Some(open), None) => {
            if reason.is_some() {
                to.mark(open.id, reason.as_deref())?;
                to.applied.unseen += sum(&open.below.totals);
            } else if scope.schema.is_none() && scope.table.is_none() {
                close(&mut to, &open)?;
            }
        }
        (None, Some(read)) => {
            let id = to.add(None, read.object(), &Below::default())?;
            to.refresh(id, read.object().statistics)?;
            to.mark(id, reason.as_deref())?;
            let mut into = contents::Into {
                to: &mut to,
                scope,
                stored: Stored::default(),
                by: By::NativeId,
            };
            into.database(id, &path, Some(read), reason.is_some())?;
            settle(&mut to, id)?;
        }
        (Some(open), Some(read)) => {
            // The list of databases has the last word on what it says itself, which
            // is all but attributes; a narrower scope says nothing of the database.
            let whole = scope.schema.is_none() && scope.table.is_none();
            if whole && sync_part::has_list(access, sync)? {
                let mut object = open.object.clone();
                object.attributes.clone_from(&read.object().attributes);
                to.revise(&open, &object, &open.below)?;
            } else if whole {
                to.revise(&open, read.object(), &open.below)?;
                to.refresh(open.id, read.object().statistics)?;
            }
            if whole || reason.is_some() {
                to.mark(open.id, reason.as_deref())?;
            }
            if reason.is_some() {
                to.applied.unseen += sum(&open.below.totals);
            }
            let stored = Stored::load(access, open.id, scope)?;
            let anew = was_made_anew(access, sync, &open, read)?;
            let by = stored.matched_by(&open, read, anew);
            let mut into = contents::Into {
                to: &mut to,
                scope,
                stored,
                by,
            };
            into.database(open.id, &path, Some(read), reason.is_some())?;
            settle(&mut to, open.id)?;
        }
    }
    to.end()
}

/// What could not be seen, with the reasons.
fn unseen(snapshot: &Snapshot) -> HashMap<ObjectPath, String> {
    let unseen = snapshot.warnings().iter().filter(|warning| warning.unseen);
    unseen
        .map(|warning| (warning.object.clone(), warning.reason.clone()))
        .collect()
}

/// Closes a database, or the server, with all that it holds.
fn close(to: &mut Versions<'_>, open: &Open) -> Result<(), CatalogueError> {
    let scope = ApplyScope::database(&open.object.name);
    let mut stored = Stored::load(to.access, open.id, scope)?;
    for relation in stored.take_relations(open.id) {
        super::relation::close(to, &relation)?;
    }
    for schema in std::mem::take(&mut stored.schemas) {
        schemas::close(to, &mut stored, &schema)?;
    }
    others::close(to, open.id)?;
    to.remove(open.kind(), open.id, open.version, open.first_sync)
}

/// Brings the counts on a database's row up to what came and went.
fn settle(to: &mut Versions<'_>, id: model::ObjectId) -> Result<(), CatalogueError> {
    to.balance.remove(&ObjectKind::Database);
    to.balance.remove(&ObjectKind::Server);
    if to.balance.values().all(|change| *change == 0) {
        return Ok(());
    }
    let Some(open) = object::find_in(to.access, Table::Database, id)? else {
        return Ok(());
    };
    let mut below = open.below.clone();
    for (kind, change) in &to.balance {
        let count = below.totals.entry(*kind).or_default();
        *count = count.saturating_add_signed(*change);
    }
    below.totals.retain(|_, count| *count > 0);
    below.children = contents::count_children(to.access, Table::Database, id)?;
    object::set_below(to.access, Table::Database, open.version, &below)
}

/// Whether the database has another id than before this sync, which may have
/// noted that already when it put the list in.
fn was_made_anew(
    access: Access<'_>,
    sync: SyncId,
    open: &Open,
    read: Walker<'_>,
) -> Result<bool, CatalogueError> {
    let sql = "SELECT native_id FROM \"database\"
               WHERE owner_id = ?1 AND lineage = ?2 AND closed_sync = ?3";
    let before: Option<Option<String>> = access
        .db
        .prepare_cached(sql)?
        .query_row((access.owner(), open.id.0, sync.0), |row| row.get(0))
        .optional()?;
    let before = before
        .flatten()
        .or_else(|| open.native_id().map(str::to_owned));
    let now = read.object().native_id.as_deref();
    Ok(before.is_some() && now.is_some() && before.as_deref() != now)
}

/// The stored database of this name, or, where none has it, the one that was
/// renamed to it.
fn find(
    access: Access<'_>,
    connection: ConnectionId,
    name: &str,
    read: Option<Walker<'_>>,
) -> Result<Option<Open>, CatalogueError> {
    let mut stored = stored(access, connection)?;
    let native_id = read.and_then(|read| read.object().native_id.clone());
    let position = stored
        .iter()
        .position(|open| open.name() == name)
        .or_else(|| {
            stored
                .iter()
                .position(|open| native_id.is_some() && open.object.native_id == native_id)
        });
    Ok(position.map(|position| stored.swap_remove(position)))
}

fn stored(access: Access<'_>, connection: ConnectionId) -> Result<Vec<Open>, CatalogueError> {
    let mut stored = object::children(access, Table::Database, connection.0)?;
    stored.retain(|open| open.kind() == ObjectKind::Database);
    stored.sort_by_key(|open| open.id);
    Ok(stored)
}

/// A database of the list, with its facts as those of any object.
struct Listed<'e> {
    object: Object<Detail>,
    closed: Option<&'e str>,
}

impl<'e> From<&'e DatabaseEntry> for Listed<'e> {
    fn from(entry: &'e DatabaseEntry) -> Self {
        let Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail,
        } = entry.object.clone();
        let detail = Detail::Database(detail);
        let object = Object {
            name,
            native_id,
            comment,
            attributes,
            statistics,
            sample,
            detail,
        };
        Self {
            object,
            closed: entry.closed.as_ref().map(|warning| warning.reason.as_str()),
        }
    }
}

impl Sibling for Listed<'_> {
    fn kind(&self) -> ObjectKind {
        ObjectKind::Database
    }

    fn name(&self) -> &str {
        &self.object.name
    }

    fn native_id(&self) -> Option<&str> {
        self.object.native_id.as_deref()
    }
}
