//! A row of an object table on its way out.

use model::snapshot::{Attribute, Counts, Detail, Object, Statistics};
use model::{ConnectionId, ObjectId, ObjectKind, SyncId};
use rusqlite::Row;
use rusqlite::types::FromSql;

use super::row::Facts;
use super::sql::COMMON;
use super::{Below, Open, Table, column, constraint, database, index, relation, schema};
use crate::CatalogueError;
use crate::table::json::parse_json;

/// The open version that a row of this table holds.
pub(super) fn read(table: Table, row: &Row<'_>) -> Result<Open, CatalogueError> {
    let mut common = Facts::from(row, 0);
    let version = common.get()?;
    let id = ObjectId(common.get()?);
    let connection = ConnectionId(common.get()?);
    let parent = ObjectId(common.get()?);
    let first_sync = SyncId(common.get()?);
    let kind = parse_kind(&common.text()?)?;
    let name = common.text()?;
    let native_id = common.text_if()?;
    let comment = common.text_if()?;
    let attributes: Vec<Attribute> = common
        .text_if()?
        .as_deref()
        .map(parse_json)
        .transpose()?
        .unwrap_or_default();
    let detail = read_detail(table, kind, row)?;
    let below = read_below(table, row)?;
    let statistics = Statistics::default();
    let object = Object {
        name,
        native_id,
        comment,
        attributes,
        statistics,
        sample: None,
        detail,
    };
    Ok(Open {
        version,
        id,
        connection,
        parent,
        first_sync,
        object,
        below,
    })
}

fn read_detail(table: Table, kind: ObjectKind, row: &Row<'_>) -> Result<Detail, CatalogueError> {
    let mut facts = Facts::from(row, COMMON);
    match table {
        Table::Database => database::read(kind, &mut facts),
        Table::Schema => schema::read(&mut facts),
        Table::Relation => relation::read(kind, &mut facts),
        Table::Column => column::read(&mut facts),
        Table::Constraint => constraint::read(kind, &mut facts),
        Table::Index => index::read(&mut facts),
        Table::Other => facts.json(),
    }
}

fn read_below(table: Table, row: &Row<'_>) -> Result<Below, CatalogueError> {
    let mut facts = Facts::from(row, COMMON + table.columns().len());
    let mut below = Below::default();
    for column in table.below() {
        match *column {
            "child_counts" => below.children = parse_counts(facts.text_if()?.as_deref())?,
            "totals" => below.totals = parse_counts(facts.text_if()?.as_deref())?,
            _ => below.hash = facts.get::<Option<Hash>>()?.map(|hash| hash.0),
        }
    }
    Ok(below)
}

/// The kind with this stable name.
pub(crate) fn parse_kind(name: &str) -> Result<ObjectKind, CatalogueError> {
    ObjectKind::parse(name).ok_or_else(|| CatalogueError::damaged("the kind of an object"))
}

/// A hash as the catalogue keeps it: sixteen bytes, the highest first.
pub(crate) struct Hash(pub(crate) u128);

impl FromSql for Hash {
    fn column_result(value: rusqlite::types::ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        <[u8; 16]>::column_result(value).map(|bytes| Self(u128::from_be_bytes(bytes)))
    }
}

/// The counts in JSON as a row keeps them.
pub(crate) fn parse_counts(text: Option<&str>) -> Result<Counts, CatalogueError> {
    text.map(parse_json)
        .transpose()
        .map(Option::unwrap_or_default)
}
