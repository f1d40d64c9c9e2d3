//! The objects directly below another, filtered, in order, page by page.

use model::snapshot::Counts;
use model::{ConnectionId, ObjectId, ObjectKind, ObjectPath};

use super::level::Above;
use super::order::Rank;
use super::{ObjectCard, Objects};
use crate::CatalogueError;
use crate::table::object::{self, Table};
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
        let above = Above::Object(parent, self.place(parent)?.open.kind());
        let filter = filter.map(str::to_lowercase).unwrap_or_default();
        let named = self.level(above, kinds, false, |row| {
            let wanted = filter.is_empty() || row.name.to_lowercase().contains(&filter);
            Ok(wanted.then_some((row.id, row.kind)))
        })?;
        let named: Vec<_> = named.into_iter().flatten().collect();
        let start = named.len().min(page.offset as usize);
        let end = named.len().min(start.saturating_add(page.limit as usize));
        Ok(Listing {
            total: named.len() as u64,
            rows: self.cards(above, &named[start..end])?,
        })
    }

    /// How many children of each kind an object has, in the order of the kinds.
    ///
    /// # Errors
    /// `NotFound` where there is no such object.
    pub fn child_counts(&self, parent: ObjectId) -> Result<Counts, CatalogueError> {
        Ok(self.place(parent)?.open.below.children)
    }
}
