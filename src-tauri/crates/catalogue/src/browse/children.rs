//! The objects directly below another, filtered, in order, page by page.

use std::collections::BTreeMap;

use model::snapshot::Counts;
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath};

use super::order::Rank;
use super::{ObjectCard, Objects};
use crate::CatalogueError;
use crate::table::object::{self, Table, parse_kind};
use crate::table::unseen;

/// A part of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    /// How many rows are left out before it.
    pub offset: u32,
    /// How many rows it holds at most.
    pub limit: u32,
}

impl Page {
    /// The whole list.
    pub const ALL: Self = Self {
        offset: 0,
        limit: u32::MAX,
    };
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// How many rows the whole list has.
    pub total: u64,
    /// The rows of the page.
    pub rows: Vec<ObjectCard>,
}

impl<M> Objects<'_, M> {
    /// The databases of a connection, by name, and after them what belongs to the
    /// server itself.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn roots(&self, connection: ConnectionId) -> Result<Vec<ObjectCard>, CatalogueError> {
        self.access.require_connection(connection)?;
        let mut open = object::children(self.access, Table::Database, connection.0)?;
        open.sort_by_cached_key(|open| Rank::of_root(open.kind(), &open.object.name, open.id.0));
        let card = |open: object::Open| {
            let path = ObjectPath::default().child(open.kind(), open.object.name.clone());
            let mark = unseen::get(self.access, open.id)?;
            self.card_of(open, path, mark.map(|mark| mark.reason))
        };
        open.into_iter().map(card).collect()
    }

    /// What lies directly below an object: only these kinds (all, where none is
    /// named) and only names that hold `filter`, without regard to case. Columns
    /// come by position, all else by name.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn children(
        &self,
        parent: ObjectId,
        kinds: &[ObjectKind],
        filter: Option<&str>,
        page: Page,
    ) -> Result<Listing, CatalogueError> {
        let place = self.place(parent)?;
        let path = place.path();
        let above = place.mark.map(|mark| mark.reason);
        let names = self.names(place.open.kind(), parent, kinds, filter)?;
        let total = names.len() as u64;
        let mut rows = Vec::new();
        let shown = names
            .into_values()
            .skip(page.offset as usize)
            .take(page.limit as usize);
        for (table, id) in shown {
            let open = object::find_in(self.access, table, id)?
                .ok_or_else(|| CatalogueError::damaged("an object that is listed and not there"))?;
            let path = path.child(open.kind(), open.object.name.clone());
            let unseen = match &above {
                Some(reason) => Some(reason.clone()),
                None => unseen::get(self.access, id)?.map(|mark| mark.reason),
            };
            rows.push(self.card_of(open, path, unseen)?);
        }
        Ok(Listing { total, rows })
    }

    /// How many children of each kind an object has, in the order of the kinds.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn child_counts(&self, parent: ObjectId) -> Result<Counts, CatalogueError> {
        Ok(self.place(parent)?.open.below.children)
    }

    /// The children's ids in the order of the list.
    fn names(
        &self,
        parent_kind: ObjectKind,
        parent: ObjectId,
        kinds: &[ObjectKind],
        filter: Option<&str>,
    ) -> Result<BTreeMap<Rank, (Table, ObjectId)>, CatalogueError> {
        let filter = filter
            .map(str::to_lowercase)
            .filter(|filter| !filter.is_empty());
        let mut ranked = Vec::new();
        for table in Table::of(parent_kind).child_tables() {
            if !kinds.is_empty() && !kinds.iter().any(|kind| Table::of(*kind) == *table) {
                continue;
            }
            let mut statement = self.access.db.prepare_cached(&table.sql().names)?;
            let mut rows = statement.query((self.access.owner(), parent.0))?;
            while let Some(row) = rows.next()? {
                let kind = parse_kind(row.get_ref(1)?.as_str().unwrap_or_default())?;
                let name = row.get_ref(2)?.as_str().unwrap_or_default();
                let wanted = kinds.is_empty() || kinds.contains(&kind);
                let named = filter
                    .as_ref()
                    .is_none_or(|filter| name.to_lowercase().contains(filter));
                if wanted && named {
                    let id = row.get(0)?;
                    ranked.push((
                        Rank::of(kind, row.get(3)?, name, id),
                        (*table, ObjectId(id)),
                    ));
                }
            }
        }
        Ok(ranked.into_iter().collect())
    }
}
