//! What the server's answers say, as they say it.

use std::collections::BTreeMap;

use bson::spec::BinarySubtype;
use bson::{Bson, Document};

use crate::types::{amount, whole};

/// A database, as `listDatabases` shows it.
#[derive(Debug, Clone)]
pub(crate) struct DatabaseRow {
    pub(crate) name: String,
    pub(crate) bytes: Option<u64>,
}

impl DatabaseRow {
    pub(crate) fn read(row: &Document) -> Option<Self> {
        Some(Self {
            name: row.get_str("name").ok()?.to_owned(),
            bytes: amount(row.get("sizeOnDisk")),
        })
    }
}

/// A collection or view, as `listCollections` shows it.
#[derive(Debug, Clone)]
pub(crate) struct CollectionRow {
    pub(crate) name: String,
    pub(crate) sort: Sort,
    pub(crate) options: Document,
    pub(crate) uuid: Option<String>,
}

/// What sort of thing holds documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Collection,
    TimeSeries,
    View,
}

impl CollectionRow {
    pub(crate) fn read(row: &Document) -> Option<Self> {
        let uuid = row
            .get_document("info")
            .ok()
            .and_then(|info| info.get("uuid"));
        Some(Self {
            name: row.get_str("name").ok()?.to_owned(),
            sort: match row.get_str("type") {
                Ok("view") => Sort::View,
                Ok("timeseries") => Sort::TimeSeries,
                _ => Sort::Collection,
            },
            options: row.get_document("options").cloned().unwrap_or_default(),
            uuid: uuid.and_then(uuid_text),
        })
    }

    /// Whether it belongs to the server itself.
    pub(crate) fn is_system(&self) -> bool {
        self.name.starts_with("system.") || self.name.starts_with("enxcol_.")
    }
}

fn uuid_text(value: &Bson) -> Option<String> {
    match value {
        Bson::Binary(binary) if binary.subtype == BinarySubtype::Uuid => {
            let hex: Vec<String> = binary
                .bytes
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            Some(hex.concat())
        }
        _ => None,
    }
}

/// An index, as `listIndexes` shows it.
#[derive(Debug, Clone)]
pub(crate) struct IndexRow {
    pub(crate) name: String,
    pub(crate) keys: Document,
    /// Everything but its name and keys.
    pub(crate) options: Document,
}

impl IndexRow {
    pub(crate) fn read(mut row: Document) -> Option<Self> {
        let name = row.get_str("name").ok()?.to_owned();
        let keys = row.get_document("key").cloned().ok()?;
        for told in ["name", "key", "ns"] {
            row.remove(told);
        }
        Some(Self {
            name,
            keys,
            options: row,
        })
    }

    /// Whether an option is on.
    pub(crate) fn is(&self, option: &str) -> bool {
        match self.options.get(option) {
            Some(Bson::Boolean(on)) => *on,
            Some(number) => whole(number).is_some_and(|number| number != 0),
            None => false,
        }
    }
}

/// Counts and sizes, as `$collStats` gives them, summed over shards.
#[derive(Debug, Clone, Default)]
pub(crate) struct StatsRow {
    pub(crate) count: Option<u64>,
    pub(crate) storage: Option<u64>,
    pub(crate) indexes: Option<u64>,
    pub(crate) index_sizes: BTreeMap<String, u64>,
}

impl StatsRow {
    pub(crate) fn read(rows: &[Document]) -> Self {
        let mut sum = Self::default();
        for row in rows {
            let stats = row
                .get_document("storageStats")
                .cloned()
                .unwrap_or_default();
            let add = |to: &mut Option<u64>, from: Option<u64>| {
                if let Some(from) = from {
                    *to = Some(to.unwrap_or(0).saturating_add(from));
                }
            };
            add(
                &mut sum.count,
                amount(row.get("count")).or_else(|| amount(stats.get("count"))),
            );
            add(&mut sum.storage, amount(stats.get("storageSize")));
            add(&mut sum.indexes, amount(stats.get("totalIndexSize")));
            for (name, size) in stats.get_document("indexSizes").into_iter().flatten() {
                *sum.index_sizes.entry(name.clone()).or_default() +=
                    amount(Some(size)).unwrap_or(0);
            }
        }
        sum
    }
}

/// How a collection is spread over shards, as `config.collections` has it.
#[derive(Debug, Clone)]
pub(crate) struct ShardedRow {
    pub(crate) collection: String,
    pub(crate) key: Document,
    pub(crate) unique: bool,
    pub(crate) unbalanced: bool,
}

impl ShardedRow {
    /// Reads a row of the collections of `database`; those that were dropped are left out.
    pub(crate) fn read(row: &Document, database: &str) -> Option<Self> {
        let namespace = row.get_str("_id").ok()?;
        let collection = namespace.strip_prefix(database)?.strip_prefix('.')?;
        if crate::types::is_on(row, "dropped") {
            return None;
        }
        Some(Self {
            collection: collection.to_owned(),
            key: row.get_document("key").cloned().ok()?,
            unique: crate::types::is_on(row, "unique"),
            unbalanced: crate::types::is_on(row, "noBalance"),
        })
    }
}
