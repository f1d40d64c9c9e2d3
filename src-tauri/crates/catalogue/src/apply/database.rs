//! Databases: the list that a server gives, and one database with what it holds.

use model::snapshot::{Detail, Fingerprint, Object, Touched, Walker};
use model::{ConnectionId, ObjectKind, ObjectPath, Snapshot, SyncId};
use rusqlite::OptionalExtension;

use super::contents::{self, Holder};
use super::identity::Identity;
use super::pair::{By, Sibling, Siblings};
use super::schemas::{self, Schemas};
use super::stored::{relations_below, sum};
use super::versions::Versions;
use super::{Applied, DatabaseEntry, Only, others};
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::object::{self, Below, Open, Table};
use crate::table::{fingerprint, sync_part};

/// Puts a list of databases in, and what belongs to the server itself.
pub(super) fn apply_list(
    access: Access<'_>,
    sync: SyncId,
    connection: ConnectionId,
    entries: &[DatabaseEntry],
    complete: bool,
    server: &Snapshot,
) -> Result<Applied, CatalogueError> {
    let mut to = Versions::begin(access, connection, sync)?;
    to.warned(server.warnings());
    let listed: Vec<_> = entries.iter().map(Listed::from).collect();
    // A database that was dropped and made anew stands for the old one: what it
    // holds says whether it was restored.
    let mut siblings = Siblings::of(stored(access, connection)?);
    let met = siblings.take(listed, By::NativeIdThenPath);
    for (open, _) in siblings.gone() {
        if complete {
            close(&mut to, &open)?;
        } else {
            to.applied.unseen += 1 + sum(&open.below.totals);
        }
    }
    for (open, listed) in met {
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
    let (mut stored, frozen) = (
        Siblings::of(others::stored(to.access, id)?),
        reason.is_some(),
    );
    others::put(
        to,
        (id, &path),
        &mut stored,
        read,
        By::NativeIdThenPath,
        frozen,
    )?;
    others::end(to, &path, stored, frozen)?;
    settle(to, id)
}

/// One database, while what was read of it is put in portion by portion.
pub(super) struct Putting<'a, 'c> {
    to: Versions<'c>,
    only: Only<'a>,
    path: ObjectPath,
    contents: Option<Contents>,
}

/// What a database holds, once it was met.
struct Contents {
    top: Holder,
    schemas: Schemas,
    identity: Identity,
}

impl<'a, 'c> Putting<'a, 'c> {
    pub(super) fn begin(
        access: Access<'c>,
        connection: ConnectionId,
        sync: SyncId,
        only: Only<'a>,
    ) -> Result<Self, CatalogueError> {
        Ok(Self {
            to: Versions::begin(access, connection, sync)?,
            path: ObjectPath::database(only.scope.database),
            only,
            contents: None,
        })
    }

    /// Puts a portion in.
    pub(super) fn put(&mut self, portion: &Snapshot) -> Result<(), CatalogueError> {
        self.to.warned(portion.warnings());
        let name = self.only.scope.database;
        let mut roots = portion.roots();
        let Some(read) =
            roots.find(|root| root.kind() == ObjectKind::Database && root.name() == name)
        else {
            return Ok(());
        };
        if self.contents.is_none() {
            self.contents = Some(self.meet(read)?);
        }
        let Some(contents) = &mut self.contents else {
            return Ok(());
        };
        let (top, to, only) = (&mut contents.top, &mut self.to, &self.only);
        let known = (&*top, &mut contents.schemas);
        let by = contents.identity.by(to.access, known, read, only)?;
        contents
            .schemas
            .meet(to, (top.id, &top.path), read, by, top.frozen, only)?;
        for schema in read.children_of(ObjectKind::Schema) {
            if let Some(holder) = contents.schemas.holder(schema.name()) {
                holder.put(to, schema, by, only)?;
            }
        }
        if only.has_top() {
            top.put(to, read, by, only)?;
        }
        Ok(())
    }

    /// Takes note that all portions speak of this part alone.
    pub(super) fn narrow(&mut self, touched: Touched) {
        self.only.touched = Some(touched);
    }

    /// Closes what was not read, and ends with the state that the database has now.
    pub(super) fn end(
        mut self,
        fingerprint: Option<Fingerprint>,
    ) -> Result<Applied, CatalogueError> {
        match self.contents.take() {
            Some(contents) => self.close_unread(contents.top, contents.schemas)?,
            None if self.only.is_of_tables() => self.met_as_it_was()?,
            None => self.not_met()?,
        }
        self.keep(fingerprint)?;
        self.to.end()
    }

    /// Keeps the state of the database; where it is not known, what was kept holds
    /// only as long as nothing is put in.
    fn keep(&self, fingerprint: Option<Fingerprint>) -> Result<(), CatalogueError> {
        let (access, connection) = (self.to.access, self.to.connection);
        let Some(open) = find(access, connection, self.only.scope.database, None)? else {
            return Ok(());
        };
        match fingerprint {
            Some(fingerprint) => fingerprint::put(access, connection, open.id, &fingerprint),
            None if self.only.scope.is_whole() || self.to.applied != Applied::default() => {
                fingerprint::forget(access, open.id)
            }
            None => Ok(()),
        }
    }

    fn reason(&self) -> Option<String> {
        let own = self.to.reason(&self.path);
        own.or(self.to.reason(&ObjectPath::default()))
            .map(str::to_owned)
    }

    /// Finds or writes the database itself.
    fn meet(&mut self, read: Walker<'_>) -> Result<Contents, CatalogueError> {
        let reason = self.reason();
        let to = &mut self.to;
        let (access, sync) = (to.access, to.sync);
        let Some(open) = find(access, to.connection, self.only.scope.database, Some(read))? else {
            let id = to.add(None, read.object(), &Below::default())?;
            to.refresh(id, read.object().statistics)?;
            to.mark(id, reason.as_deref())?;
            let mut top = Holder::new(id, self.path.clone());
            top.frozen = reason.is_some();
            return Ok(Contents {
                top,
                schemas: Schemas::default(),
                identity: Identity::new(false),
            });
        };
        // The list of databases has the last word on what it says itself, which
        // is all but attributes; a narrower scope says nothing of the database.
        let whole = self.only.is_whole();
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
        let path = self.path.clone();
        let mut top = Holder::new(open.id, path.clone());
        top.frozen = reason.is_some();
        if self.only.has_top() {
            top = Holder::stored(access, open.id, path, reason.is_some(), &self.only)?;
        }
        Ok(Contents {
            top,
            schemas: Schemas::stored(access, open.id, &self.only)?,
            identity: Identity::new(was_made_anew(access, sync, &open, read)?),
        })
    }

    fn close_unread(&mut self, top: Holder, schemas: Schemas) -> Result<(), CatalogueError> {
        let (id, frozen) = (top.id, top.frozen);
        schemas.end(&mut self.to, &self.path, frozen, &self.only)?;
        top.end(&mut self.to)?;
        settle(&mut self.to, id)
    }

    /// Only tables may have changed, and none of them is there any more: the database
    /// could be seen.
    fn met_as_it_was(&mut self) -> Result<(), CatalogueError> {
        let (to, only) = (&mut self.to, &self.only);
        let Some(open) = find(to.access, to.connection, only.scope.database, None)? else {
            return Ok(());
        };
        to.mark(open.id, None)?;
        if only.is_nothing() {
            return Ok(());
        }
        let top = Holder::stored(to.access, open.id, self.path.clone(), false, only)?;
        let schemas = Schemas::stored(to.access, open.id, only)?;
        self.close_unread(top, schemas)
    }

    /// Nothing was read of the database: it could not be seen, or is gone.
    fn not_met(&mut self) -> Result<(), CatalogueError> {
        let (reason, to) = (self.reason(), &mut self.to);
        let Some(open) = find(to.access, to.connection, self.only.scope.database, None)? else {
            return Ok(());
        };
        if reason.is_some() {
            to.mark(open.id, reason.as_deref())?;
            to.applied.unseen += sum(&open.below.totals);
        } else if self.only.is_whole() {
            close(to, &open)?;
        }
        Ok(())
    }
}

/// Closes a database, or the server, with all that it holds.
fn close(to: &mut Versions<'_>, open: &Open) -> Result<(), CatalogueError> {
    for gone in relations_below(to.access, open.id, |_| true)? {
        super::relation::close(to, &gone)?;
    }
    for schema in object::children(to.access, Table::Schema, open.id.0)? {
        schemas::close(to, &schema)?;
    }
    others::close(to, open.id)?;
    fingerprint::forget(to.access, open.id)?;
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
