//! The hash of all that is cheaply told of a table, where that tells every change of it.

use std::collections::{HashMap, HashSet};

use model::Text;
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::inspect::catalog::Catalog;
use crate::rows::{RelationRow, StateRow};
use crate::variant::Facts;

/// The hash of a table that has to be read every time.
pub(super) const NEVER_SURE: u64 = 0;

/// The hash of all that is cheaply told of a table, where that tells every change of it.
pub(super) fn hash(row: &RelationRow, state: &StateRow, space: u64, beside: Option<u64>) -> u64 {
    let of_rows = matches!(&*row.kind, "BASE TABLE" | "SYSTEM VERSIONED");
    let of_innodb = row.engine.as_deref() == Some("InnoDB");
    let created = row.created.as_deref().unwrap_or_default();
    let settled = !created.is_empty() && created < &*state.recent;
    if !of_rows || !of_innodb || !settled {
        return NEVER_SURE;
    }
    let mut words = Words::default();
    words.add(&row.kind);
    words.add(created);
    for word in [&row.row_format, &row.collation, &row.options, &row.comment] {
        words.add(word.as_deref().unwrap_or_default());
    }
    words.add(&space.to_string());
    words.add(&beside.unwrap_or_default().to_string());
    words.hash().max(1)
}

/// Hashes of the triggers and privileges of each table, which are told apart from it.
pub(super) fn beside(catalog: &Catalog) -> HashMap<Text, u64> {
    let mut beside: HashMap<Text, u64> = HashMap::new();
    let mut add = |table: &Text, words: &[Option<&str>]| {
        let mut hash = Words::default();
        for word in words {
            hash.add(word.unwrap_or_default());
        }
        let sum = beside.entry(table.clone()).or_default();
        *sum = sum.wrapping_add(hash.hash());
    };
    for row in &catalog.triggers {
        let words = [&row.name, &row.events, &row.timing, &row.definer];
        let mut words: Vec<_> = words.iter().map(|word| Some(&***word)).collect();
        let order = row.order.to_string();
        words.extend([
            row.statement.as_deref(),
            row.sql_mode.as_deref(),
            Some(&order),
        ]);
        add(&row.relation, &words);
    }
    for row in &catalog.privileges {
        let grantable = if row.grantable { "1" } else { "0" };
        let words = [
            row.column.as_deref(),
            Some(&*row.grantee),
            Some(&*row.right),
            Some(grantable),
        ];
        if let Some(table) = &row.relation {
            add(table, &words);
        }
    }
    beside
}

/// Where MySQL stores each table: what gets another's name keeps its time there, but
/// brings its own place.
pub(super) enum Stored {
    /// The server gives a table a new time with a new name.
    Untold,
    By(HashMap<Text, u64>),
}

impl Stored {
    pub(super) fn of(catalog: &Catalog, facts: &Facts) -> Option<Self> {
        if facts.is_mariadb() {
            return Some(Self::Untold);
        }
        let database = catalog.database.as_ref()?;
        let names: HashSet<&str> = catalog.relations.iter().map(|row| &*row.name).collect();
        let mut places: HashMap<Text, u64> = HashMap::new();
        for row in &catalog.spaces {
            let file = row.name.strip_prefix(&*database.name);
            let Some(file) = file.and_then(|file| file.strip_prefix('/')) else {
                continue;
            };
            let table = match file.to_ascii_lowercase().find("#p#") {
                Some(end) if !names.contains(file) => file.get(..end).unwrap_or(file),
                _ => file,
            };
            let place = places.entry(table.into()).or_default();
            let one = xxh3_64(format!("{file}\n{}", row.space).as_bytes());
            *place = place.wrapping_add(one);
        }
        Some(Self::By(places))
    }

    pub(super) fn of_table(&self, row: &RelationRow) -> Option<u64> {
        match self {
            Self::Untold => Some(0),
            Self::By(places) => places.get(&row.name).copied(),
        }
    }
}

/// A hash over words, none of which can pass for a part of another.
#[derive(Default)]
pub(super) struct Words(Xxh3);

impl Words {
    pub(super) fn add(&mut self, word: &str) {
        self.0.update(&word.len().to_le_bytes());
        self.0.update(word.as_bytes());
    }

    pub(super) fn hash(&self) -> u64 {
        self.0.digest()
    }
}
