//! The tables that hold schema objects: which kind lies where, and how a row is
//! written, closed and read. What becomes of which row is decided in `apply`.

mod column;
mod constraint;
mod database;
mod index;
#[cfg(test)]
mod plans;
mod read;
mod relation;
mod row;
mod schema;
mod sql;
mod words;

use model::snapshot::{Counts, DatabaseDetail, Detail, Object};
use model::{ConnectionId, ObjectId, ObjectKind, PathStep, SyncId, Text};
use rusqlite::{CachedStatement, OptionalExtension};

use self::read::read;
pub(crate) use self::read::{Hash, parse_counts, parse_kind};
use self::row::{Binder, Nulls};
use self::sql::SAME;
pub(crate) use self::sql::Table;
use crate::CatalogueError;
use crate::scope::Access;
use crate::table::needing_part;

/// The open version of an object.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    /// The row.
    pub(crate) version: i64,
    pub(crate) id: ObjectId,
    pub(crate) connection: ConnectionId,
    /// What holds it; itself at the top.
    pub(crate) parent: ObjectId,
    pub(crate) first_sync: SyncId,
    /// Its facts; its statistics are kept elsewhere and empty here.
    pub(crate) object: Object<Detail>,
    pub(crate) below: Below,
}

impl Open {
    pub(crate) fn kind(&self) -> ObjectKind {
        self.object.detail.kind()
    }
}

/// What an open row says of what lies below its object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Below {
    /// How many children of each kind it has.
    pub(crate) children: Counts,
    /// How many objects of each kind a database holds.
    pub(crate) totals: Counts,
    /// The hash of a table and all below it; absent while some of that is unseen.
    pub(crate) hash: Option<u128>,
}

/// A version that is about to be written.
pub(crate) struct NewVersion<'v> {
    pub(crate) version: i64,
    pub(crate) id: ObjectId,
    pub(crate) parent: ObjectId,
    pub(crate) object: &'v Object<Detail>,
    pub(crate) below: &'v Below,
}

/// Writes versions for one sync of one connection, each statement prepared when first
/// needed.
pub(crate) struct Inserts<'c> {
    access: Access<'c>,
    connection: ConnectionId,
    sync: SyncId,
    statements: [Option<(CachedStatement<'c>, Nulls)>; Table::COUNT],
}

impl<'c> Inserts<'c> {
    pub(crate) fn of(access: Access<'c>, connection: ConnectionId, sync: SyncId) -> Self {
        Self {
            access,
            connection,
            sync,
            statements: Default::default(),
        }
    }

    /// Writes a version of an object.
    pub(crate) fn insert(&mut self, new: &NewVersion<'_>) -> Result<(), CatalogueError> {
        let table = Table::of(new.object.detail.kind());
        let slot = &mut self.statements[table as usize];
        let (statement, nulls) = match slot {
            Some(held) => held,
            None => {
                let statement = prepared(self.access, table, self.connection, self.sync)?;
                slot.insert((statement, Nulls::ALL))
            }
        };
        let mut binder = Binder::after(SAME.len(), statement, *nulls);
        binder.put(new.version)?;
        if table.has_parent() && !table.is_by_table() {
            binder.put(new.parent.0)?;
        }
        binder.put(new.id.0)?;
        if table.has_kinds() {
            binder.put(new.object.detail.kind().as_str())?;
        }
        bind_common(&mut binder, new.object)?;
        bind_detail(&mut binder, &new.object.detail)?;
        bind_below(&mut binder, table, new.below)?;
        *nulls = binder.execute()?;
        if table.is_by_table() {
            needing_part::add(
                self.access,
                self.connection,
                new.version,
                &new.object.attributes,
            )?;
        }
        Ok(())
    }
}

/// What writes to this table, with all that is the same in each row.
fn prepared<'c>(
    access: Access<'c>,
    table: Table,
    connection: ConnectionId,
    sync: SyncId,
) -> Result<CachedStatement<'c>, CatalogueError> {
    let mut statement = access.db.prepare_cached(&table.sql().insert)?;
    let same = [access.owner(), connection.0, sync.0];
    for (place, value) in same.into_iter().enumerate() {
        statement.raw_bind_parameter(place + 1, value)?;
    }
    Ok(statement)
}

/// The open version of an object, wherever it lies.
pub(crate) fn find(access: Access<'_>, id: ObjectId) -> Result<Option<Open>, CatalogueError> {
    for table in Table::ALL {
        if let Some(open) = find_in(access, *table, id)? {
            return Ok(Some(open));
        }
    }
    Ok(None)
}

/// The open version of an object of this table.
pub(crate) fn find_in(
    access: Access<'_>,
    table: Table,
    id: ObjectId,
) -> Result<Option<Open>, CatalogueError> {
    let mut statement = access.db.prepare_cached(&table.sql().by_lineage)?;
    let mut rows = statement.query((access.owner(), id.0))?;
    rows.next()?.map(|row| read(table, row)).transpose()
}

/// The name of an object of this table.
pub(crate) fn name_of(
    access: Access<'_>,
    table: Table,
    id: ObjectId,
) -> Result<Option<Text>, CatalogueError> {
    let mut statement = access.db.prepare_cached(&table.sql().name)?;
    let mut rows = statement.query((access.owner(), id.0))?;
    let Some(row) = rows.next()? else {
        return Ok(None);
    };
    Ok(Some(row.get_ref(0)?.as_str().unwrap_or_default().into()))
}

/// The open object at one step of a path below an object (or a connection); of
/// several the first.
pub(crate) fn named(
    access: Access<'_>,
    step: &PathStep,
    parent: u32,
) -> Result<Option<ObjectId>, CatalogueError> {
    let sql = &Table::of(step.kind).sql().named;
    let row = (access.owner(), parent, &*step.name, step.kind.as_str());
    let found: Option<Option<u32>> = access
        .db
        .prepare_cached(sql)?
        .query_row(row, |row| row.get(0))
        .optional()?;
    Ok(found.flatten().map(ObjectId))
}

/// The open versions of this table directly below an object (or, for databases,
/// below the connection with that number), in no order.
pub(crate) fn children(
    access: Access<'_>,
    table: Table,
    parent: u32,
) -> Result<Vec<Open>, CatalogueError> {
    let mut open = Vec::new();
    each_child(access, table, parent, |child| {
        open.push(child);
        Ok(())
    })?;
    Ok(open)
}

/// Shows the same one by one.
pub(crate) fn each_child(
    access: Access<'_>,
    table: Table,
    parent: u32,
    mut show: impl FnMut(Open) -> Result<(), CatalogueError>,
) -> Result<(), CatalogueError> {
    let mut statement = access.db.prepare_cached(&table.sql().children)?;
    let mut rows = statement.query((access.owner(), parent))?;
    while let Some(row) = rows.next()? {
        show(read(table, row)?)?;
    }
    Ok(())
}

/// Closes a version, or forgets it where the same sync has written it.
pub(crate) fn close(
    access: Access<'_>,
    table: Table,
    version: i64,
    first_sync: SyncId,
    sync: SyncId,
) -> Result<(), CatalogueError> {
    let row = (access.owner(), version);
    if first_sync == sync {
        access
            .db
            .prepare_cached(&table.sql().forget)?
            .execute(row)?;
    } else {
        access
            .db
            .prepare_cached(&table.sql().close)?
            .execute((row.0, row.1, sync.0))?;
    }
    Ok(())
}

/// Closes all that lies directly below an object in this table.
pub(crate) fn close_children(
    access: Access<'_>,
    table: Table,
    parent: ObjectId,
    sync: SyncId,
) -> Result<(), CatalogueError> {
    let row = (access.owner(), parent.0, sync.0);
    access
        .db
        .prepare_cached(&table.sql().forget_children)?
        .execute(row)?;
    access
        .db
        .prepare_cached(&table.sql().close_children)?
        .execute(row)?;
    Ok(())
}

/// Replaces what an open row says of what lies below.
pub(crate) fn set_below(
    access: Access<'_>,
    table: Table,
    version: i64,
    below: &Below,
) -> Result<(), CatalogueError> {
    let mut statement = access.db.prepare_cached(&table.sql().set_below)?;
    let mut binder = Binder::new(&mut statement);
    binder.put(access.owner())?;
    binder.put(version)?;
    bind_below(&mut binder, table, below)?;
    binder.execute()?;
    Ok(())
}

/// When a lineage was first seen.
pub(crate) fn first_sync(
    access: Access<'_>,
    table: Table,
    id: ObjectId,
) -> Result<Option<SyncId>, CatalogueError> {
    let first: Option<Option<u32>> = access
        .db
        .prepare_cached(&table.sql().first_sync)?
        .query_row((access.owner(), id.0), |row| row.get(0))
        .optional()?;
    Ok(first.flatten().map(SyncId))
}

fn bind_common(binder: &mut Binder<'_, '_>, object: &Object<Detail>) -> rusqlite::Result<()> {
    binder.put(&*object.name)?;
    binder.text_if(object.native_id.as_ref())?;
    binder.text_if(object.comment.as_ref())?;
    if object.attributes.is_empty() {
        binder.null()
    } else {
        binder.json(&object.attributes)
    }
}

fn bind_detail(binder: &mut Binder<'_, '_>, detail: &Detail) -> rusqlite::Result<()> {
    match detail {
        Detail::Server(_) => database::bind(binder, &DatabaseDetail::default()),
        Detail::Database(facts) => database::bind(binder, facts),
        Detail::Schema(facts) => schema::bind(binder, facts),
        Detail::Table(facts)
        | Detail::View(facts)
        | Detail::MaterializedView(facts)
        | Detail::ForeignTable(facts)
        | Detail::Collection(facts) => relation::bind(binder, facts),
        Detail::Column(facts) => column::bind(binder, facts),
        Detail::PrimaryKey(_)
        | Detail::Unique(_)
        | Detail::Check(_)
        | Detail::Exclusion(_)
        | Detail::ForeignKey(_) => constraint::bind(binder, detail),
        Detail::Index(facts) => index::bind(binder, facts),
        Detail::Trigger(_) | Detail::Field(_) | Detail::Other(_) => binder.json(detail),
    }
}

fn bind_below(binder: &mut Binder<'_, '_>, table: Table, below: &Below) -> rusqlite::Result<()> {
    for column in table.below() {
        match *column {
            "child_counts" => binder.json(&below.children)?,
            "totals" => binder.json(&below.totals)?,
            _ => binder.put(below.hash.map(u128::to_be_bytes))?,
        }
    }
    Ok(())
}
