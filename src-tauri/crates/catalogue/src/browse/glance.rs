//! Many objects at once as a list of what was found shows them: only what such a list
//! says, and what holds several of them is read once.

use std::collections::HashMap;

use model::snapshot::{Detail, Statistics};
use model::{ConnectionId, ObjectId, ObjectKind, Text};

use super::Objects;
use super::card::without_definition;
use crate::CatalogueError;
use crate::table::object::{self, Open, Table};
use crate::table::statistics;

/// An object as a list of what was found shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The object.
    pub id: ObjectId,
    /// The connection it belongs to.
    pub connection: ConnectionId,
    /// What it is.
    pub kind: ObjectKind,
    /// Its name, as the server gave it.
    pub name: Text,
    /// The names of what holds it, from the database down.
    pub path: Vec<Text>,
    /// The comment kept on the server.
    pub comment: Option<Text>,
    /// Estimates and sizes, where it holds rows.
    pub statistics: Statistics,
    /// The facts of its kind, without the statements that make it.
    pub detail: Detail,
}

/// What holds others, by its number.
type Holders = HashMap<ObjectId, (Text, ObjectId)>;

impl<M> Objects<'_, M> {
    /// These objects in this order, without those that are there no more, each looked for
    /// among those of its kind. Absent where `is_wanted` said meanwhile that nobody waits
    /// any more.
    ///
    /// # Errors
    /// The catalogue cannot be read.
    pub fn glances(
        &self,
        wanted: impl IntoIterator<Item = (ObjectId, ObjectKind)>,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Glance>>, CatalogueError> {
        let (mut holders, mut connections) = (Holders::new(), HashMap::new());
        let mut glances = Vec::new();
        for (id, kind) in wanted {
            if !is_wanted() {
                return Ok(None);
            }
            let Some(open) = object::find_in(self.access, Table::of(kind), id)? else {
                continue;
            };
            let is_there = match connections.get(&open.connection) {
                Some(is_there) => *is_there,
                None => {
                    let is_there = self.is_there(open.connection)?;
                    connections.insert(open.connection, is_there);
                    is_there
                }
            };
            if is_there {
                glances.push(self.glance(open, &mut holders)?);
            }
        }
        Ok(Some(glances))
    }

    fn is_there(&self, connection: ConnectionId) -> Result<bool, CatalogueError> {
        match self.access.require_connection(connection) {
            Ok(()) => Ok(true),
            Err(CatalogueError::NotFound { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn glance(&self, open: Open, holders: &mut Holders) -> Result<Glance, CatalogueError> {
        let mut path = Vec::new();
        let mut at = (open.id, open.parent);
        while at.0 != at.1 {
            let (name, above) = match holders.get(&at.1) {
                Some(holder) => holder.clone(),
                None => {
                    let holder = self.holder(at.1)?;
                    holders.entry(at.1).or_insert(holder).clone()
                }
            };
            path.push(name);
            at = (at.1, above);
        }
        path.reverse();
        let statistics = match open.kind().is_relation() {
            true => statistics::get(self.access, open.id)?,
            false => Statistics::default(),
        };
        Ok(Glance {
            id: open.id,
            connection: open.connection,
            kind: open.kind(),
            name: open.object.name,
            path,
            comment: open.object.comment,
            statistics,
            detail: without_definition(open.object.detail),
        })
    }

    /// The name of what holds others, and what holds it; itself at the top.
    fn holder(&self, id: ObjectId) -> Result<(Text, ObjectId), CatalogueError> {
        for table in [Table::Relation, Table::Schema, Table::Database] {
            if let Some(open) = object::find_in(self.access, table, id)? {
                return Ok((open.object.name, open.parent));
            }
        }
        Err(CatalogueError::damaged("an object without what holds it"))
    }
}
