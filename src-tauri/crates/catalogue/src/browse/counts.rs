//! How many objects there are, from the counts that are kept on databases.

use std::collections::BTreeMap;

use model::snapshot::Counts;
use model::{ConnectionId, EngineId};

use super::Objects;
use crate::CatalogueError;
use crate::table::object::{parse_counts, parse_kind};

impl<M> Objects<'_, M> {
    /// How many objects of each kind a connection has.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn counts(&self, connection: ConnectionId) -> Result<Counts, CatalogueError> {
        self.access.require_connection(connection)?;
        let mut counts = Counts::new();
        let mut statement = self.access.db.prepare_cached(
            "SELECT totals, kind FROM \"database\"
             WHERE owner_id = ?1 AND connection_id = ?2 AND closed_sync IS NULL",
        )?;
        let mut rows = statement.query((self.access.owner(), connection.0))?;
        while let Some(row) = rows.next()? {
            add(&mut counts, row.get(1)?, row.get(0)?)?;
        }
        Ok(counts)
    }

    /// How many objects of each kind all connections have, by engine.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn totals(&self) -> Result<BTreeMap<EngineId, Counts>, CatalogueError> {
        let mut totals: BTreeMap<EngineId, Counts> = BTreeMap::new();
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("../table/object/totals.sql"))?;
        let mut rows = statement.query([self.access.owner()])?;
        while let Some(row) = rows.next()? {
            let counts = totals.entry(EngineId(row.get(0)?)).or_default();
            add(counts, row.get(2)?, row.get(1)?)?;
        }
        Ok(totals)
    }
}

/// Adds a database, or the server itself, and what it holds.
fn add(counts: &mut Counts, kind: String, totals: Option<String>) -> Result<(), CatalogueError> {
    *counts.entry(parse_kind(&kind)?).or_default() += 1;
    for (kind, count) in parse_counts(totals.as_deref())? {
        *counts.entry(kind).or_default() += count;
    }
    Ok(())
}
