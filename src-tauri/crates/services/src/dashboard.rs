//! The dashboard: numbers over all connections, and what needs a look.

use std::collections::BTreeMap;

use model::{Amount, EngineId, ObjectKind};

use crate::Error;
use crate::studio::{Studio, blocking};
use crate::view::{ConnectionCard, Dashboard, EngineCount, RecentObject};

/// A catalogue older than this is stale, in milliseconds.
const STALE_AFTER: i64 = 24 * 3600 * 1000;
/// How many objects opened lately are shown.
const RECENT: u32 = 8;
/// The kinds that hold rows or documents.
const TABLES: &[ObjectKind] = &[
    ObjectKind::Table,
    ObjectKind::ForeignTable,
    ObjectKind::Collection,
];

impl Studio {
    /// The numbers and lists of the dashboard.
    ///
    /// # Errors
    /// Those of the catalogue.
    pub async fn dashboard(&self) -> Result<Dashboard, Error> {
        let cards = self.connections().await?;
        let recent = self.recent().await?;
        let inner = self.inner.clone();
        let bytes = blocking(move || Ok(inner.catalogue.size_on_disk()?)).await?;
        let now = self.clock().now();
        let active = || cards.iter().filter(|card| card.connection.active);
        let failing = |card: &&ConnectionCard| {
            card.reach
                .as_ref()
                .is_some_and(|reach| reach.error.is_some())
        };
        let reachable = |card: &&ConnectionCard| {
            card.reach
                .as_ref()
                .is_some_and(|reach| reach.error.is_none())
        };
        let stale =
            |card: &&ConnectionCard| card.synced_at.is_none_or(|at| now.0 - at.0 > STALE_AFTER);
        Ok(Dashboard {
            connections: number(cards.len()),
            active: number(active().count()),
            reachable: number(active().filter(reachable).count()),
            failing: number(active().filter(failing).count()),
            databases: count(&cards, &[ObjectKind::Database]).into(),
            tables: count(&cards, TABLES).into(),
            columns: count(&cards, &[ObjectKind::Column, ObjectKind::Field]).into(),
            catalogue_bytes: Amount::from(bytes),
            stale: active()
                .filter(stale)
                .map(|card| card.connection.id)
                .collect(),
            by_engine: by_engine(&cards),
            recent,
        })
    }

    async fn recent(&self) -> Result<Vec<RecentObject>, Error> {
        self.read(|scope| {
            scope
                .visits()
                .recent(RECENT)?
                .into_iter()
                .map(|(card, at)| {
                    let path = scope.objects().get(card.id)?.path;
                    let parent = path.iter().rev().nth(1);
                    Ok(RecentObject {
                        object: card.id,
                        connection: card.connection,
                        kind: card.kind,
                        parent: parent.map(|(_, step)| step.name.to_string()),
                        name: card.name.to_string(),
                        at,
                    })
                })
                .collect()
        })
        .await
    }
}

fn count(cards: &[ConnectionCard], kinds: &[ObjectKind]) -> u64 {
    let of_card = |card: &ConnectionCard| {
        kinds
            .iter()
            .filter_map(|kind| card.counts.get(kind))
            .map(|amount| amount.get())
            .sum::<u64>()
    };
    cards.iter().map(of_card).sum()
}

fn by_engine(cards: &[ConnectionCard]) -> Vec<EngineCount> {
    let mut tables: BTreeMap<EngineId, u64> = BTreeMap::new();
    for card in cards {
        let engine = card.connection.draft.target.engine.clone();
        *tables.entry(engine).or_default() += count(std::slice::from_ref(card), TABLES);
    }
    let mut counts: Vec<_> = tables
        .into_iter()
        .map(|(engine, tables)| EngineCount {
            engine,
            tables: tables.into(),
        })
        .collect();
    counts.sort_by_key(|count| std::cmp::Reverse(count.tables));
    counts
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
