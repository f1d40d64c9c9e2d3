//! One level of the tree: what stands directly below something, in order, with as
//! little of each object as its place needs. Rows that are shown are read by `cards`.

use std::collections::BTreeMap;

use model::snapshot::Counts;
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath, PathStep, Text};

use super::order::Rank;
use super::{ObjectCard, Objects};
use crate::CatalogueError;
use crate::table::object::{self, Open, Table, parse_counts, parse_kind};
use crate::table::{statistics, sync_part, unseen};

/// What a level stands below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Above {
    /// A connection; below it stand its databases.
    Connection(ConnectionId),
    /// An object of this kind.
    Object(ObjectId, ObjectKind),
}

/// One object of a level, as it is read.
#[derive(Debug, Clone, Copy)]
pub struct LevelRow<'r> {
    /// The object.
    pub id: ObjectId,
    /// What it is.
    pub kind: ObjectKind,
    /// Its name.
    pub name: &'r str,
    counts: Option<&'r str>,
}

impl LevelRow<'_> {
    /// How many children of each kind it has; none where they were not asked for.
    ///
    /// # Errors
    /// A damaged catalogue.
    pub fn child_counts(&self) -> Result<Counts, CatalogueError> {
        parse_counts(self.counts)
    }
}

/// An object by itself: its name, and what stands below it.
#[derive(Debug, Clone)]
pub struct Sibling {
    /// The object.
    pub id: ObjectId,
    /// What it is.
    pub kind: ObjectKind,
    /// Its name.
    pub name: Text,
    /// How many children of each kind it has.
    pub child_counts: Counts,
}

impl<M> Objects<'_, M> {
    /// What `make` makes of each object of these kinds (all, where none is named)
    /// directly below another, in the order of lists.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection; those of `make`.
    pub fn level<T>(
        &self,
        above: Above,
        kinds: &[ObjectKind],
        with_counts: bool,
        mut make: impl FnMut(&LevelRow<'_>) -> Result<T, CatalogueError>,
    ) -> Result<Vec<T>, CatalogueError> {
        let (tables, parent): (&[Table], u32) = match above {
            Above::Connection(id) => {
                self.access.require_connection(id)?;
                (&[Table::Database], id.0)
            }
            Above::Object(id, kind) => (Table::of(kind).child_tables(), id.0),
        };
        let mut ranked = Vec::new();
        for table in tables {
            if !kinds.is_empty() && !kinds.iter().any(|kind| Table::of(*kind) == *table) {
                continue;
            }
            let sql = table.sql();
            let sql = if with_counts {
                &sql.names_and_counts
            } else {
                &sql.names
            };
            let mut statement = self.access.db.prepare_cached(sql)?;
            let mut rows = statement.query((self.access.owner(), parent))?;
            while let Some(row) = rows.next()? {
                let kind = parse_kind(row.get_ref(1)?.as_str().unwrap_or_default())?;
                if !kinds.is_empty() && !kinds.contains(&kind) {
                    continue;
                }
                let id: u32 = row.get(0)?;
                let name = row.get_ref(2)?.as_str().unwrap_or_default();
                let counts = match with_counts {
                    true => row.get_ref(4)?.as_str_or_null().ok().flatten(),
                    false => None,
                };
                let rank = match table {
                    Table::Database => Rank::of_root(kind, name, id),
                    _ => Rank::of(kind, row.get(3)?, name, id),
                };
                let id = ObjectId(id);
                let made = make(&LevelRow {
                    id,
                    kind,
                    name,
                    counts,
                })?;
                ranked.push((rank, made));
            }
        }
        ranked.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        Ok(ranked.into_iter().map(|(_, made)| made).collect())
    }

    /// Rows of a level as lists show them.
    ///
    /// # Errors
    /// `NotFound` where what they stand below, or one of them, is not there.
    pub fn cards(
        &self,
        above: Above,
        rows: &[(ObjectId, ObjectKind)],
    ) -> Result<Vec<ObjectCard>, CatalogueError> {
        let (path, reason) = match above {
            Above::Connection(id) => {
                self.access.require_connection(id)?;
                (ObjectPath::default(), None)
            }
            Above::Object(id, _) => {
                let place = self.place(id)?;
                let path = place.path();
                (path, place.mark.map(|mark| mark.reason))
            }
        };
        let card = |(id, kind): &(ObjectId, ObjectKind)| {
            let open = self.open_in(*id, *kind)?;
            let path = path.child(open.kind(), open.object.name.clone());
            let unseen = match &reason {
                Some(reason) => Some(reason.clone()),
                None => unseen::get(self.access, *id)?.map(|mark| mark.reason),
            };
            self.card_of(open, path, unseen)
        };
        rows.iter().map(card).collect()
    }

    /// Shows every object directly below another as lists show it, though without
    /// its path, its attributes and its samples; in no order.
    ///
    /// # Errors
    /// `NotFound` where what they stand below is not there.
    pub fn each_card(
        &self,
        above: Above,
        mut show: impl FnMut(&ObjectCard),
    ) -> Result<(), CatalogueError> {
        let (tables, parent): (&[Table], u32) = match above {
            Above::Connection(id) => {
                self.access.require_connection(id)?;
                (&[Table::Database], id.0)
            }
            Above::Object(id, _) => {
                let place = self.place(id)?;
                (Table::of(place.open.kind()).child_tables(), id.0)
            }
        };
        for table in tables {
            object::each_child(self.access, *table, parent, |open| {
                let detail = open.object.detail.clone();
                show(&ObjectCard {
                    id: open.id,
                    connection: open.connection,
                    kind: detail.kind(),
                    name: open.object.name,
                    path: ObjectPath::default(),
                    comment: open.object.comment,
                    child_counts: open.below.children,
                    statistics: statistics::get(self.access, open.id)?,
                    sample: None,
                    attributes: Vec::new(),
                    unseen: None,
                    detail,
                });
                Ok(())
            })?;
        }
        Ok(())
    }

    /// An object by itself.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn sibling(&self, id: ObjectId, kind: ObjectKind) -> Result<Sibling, CatalogueError> {
        let open = self.open_in(id, kind)?;
        Ok(Sibling {
            id,
            kind: open.kind(),
            name: open.object.name,
            child_counts: open.below.children,
        })
    }

    /// The name of an object.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn name_of(&self, id: ObjectId, kind: ObjectKind) -> Result<Text, CatalogueError> {
        let found = object::name_of(self.access, Table::of(kind), id)?;
        found.ok_or(CatalogueError::NotFound { what: "object" })
    }

    /// The object at one step below another.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn child_named(
        &self,
        above: Above,
        step: &PathStep,
    ) -> Result<Option<ObjectId>, CatalogueError> {
        let (tables, parent): (&[Table], u32) = match above {
            Above::Connection(id) => (&[Table::Database], id.0),
            Above::Object(id, kind) => (Table::of(kind).child_tables(), id.0),
        };
        if !tables.contains(&Table::of(step.kind)) {
            return Ok(None);
        }
        object::named(self.access, step, parent)
    }

    /// Why the children of objects of a connection could not be seen, by object; it
    /// holds for all below them too.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn unseen(
        &self,
        connection: ConnectionId,
    ) -> Result<BTreeMap<ObjectId, String>, CatalogueError> {
        let marks = unseen::load(self.access, connection)?;
        Ok(marks
            .into_iter()
            .map(|(id, mark)| (id, mark.reason))
            .collect())
    }

    /// A number that is another one once a sync has put something in, be it by
    /// another program.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn edition(&self) -> Result<u32, CatalogueError> {
        sync_part::newest(self.access)
    }

    fn open_in(&self, id: ObjectId, kind: ObjectKind) -> Result<Open, CatalogueError> {
        object::find_in(self.access, Table::of(kind), id)?
            .ok_or(CatalogueError::NotFound { what: "object" })
    }
}
