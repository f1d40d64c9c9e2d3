//! What tells one state of a database from any other, table by table.
//!
//! The catalogue tells cheaply when a table's definition was written, by the second,
//! for the engine InnoDB. All that could change without that is either part of the
//! table's hash or read again every time: views, tables of other engines, tables that
//! lead to another database, and what was written just before the clock was read.

mod bytes;
mod table;

use std::collections::{BTreeMap, HashSet};

use model::{Snapshot, Text};
use xxhash_rust::xxh3::xxh3_64;

use super::catalog::Catalog;
use super::unseen::Hidden;
use crate::rows::{ForeignColumnRow, RelationRow};
use crate::variant::Facts;
use table::{NEVER_SURE, Stored, Words, beside, hash};

/// Grows with every change of what is hashed or how it is written.
const FORMAT: u32 = 2;

/// One state of a database.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct State {
    /// This program, the server, the user and its rights: where it differs, everything does.
    whole: u64,
    /// What stands in the database beside its tables and views, and its own facts.
    others: u64,
    tables: BTreeMap<Text, Mark>,
}

/// One table or view.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Mark {
    hash: u64,
    /// The tables that its foreign keys lead to: a renamed column there is one here.
    leads_to: Vec<u32>,
    /// Whether this user may not see the rules of its foreign keys.
    hides_rules: bool,
}

/// What was read of a database, as far as it was not known.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) relations: HashSet<Text>,
    pub(super) others: bool,
}

impl Changes {
    /// Whether there are none.
    pub(super) fn is_none(&self) -> bool {
        self.relations.is_empty() && !self.others
    }
}

/// Whether the products and versions are those whose clocks are proved to tell.
pub(super) fn is_told_by(facts: &Facts) -> bool {
    (facts.product == "MariaDB" && facts.is_mariadb())
        || (facts.product == "MySQL" && facts.mysql(80_000))
}

impl State {
    /// The state that the first answers tell of; absent where they do not.
    pub(super) fn before(catalog: &Catalog, facts: &Facts) -> Option<Self> {
        let state = catalog.state.as_ref().filter(|_| is_told_by(facts))?;
        // Elsewhere a file may keep its time when it gets another name.
        if !state.system.to_ascii_lowercase().contains("linux") {
            return None;
        }
        let database = catalog.database.as_ref()?;
        let mut whole = Words::default();
        whole.add(&FORMAT.to_string());
        whole.add(env!("CARGO_PKG_VERSION"));
        for word in [facts.product, &facts.version, &facts.user, &state.identity] {
            whole.add(word);
        }
        whole.add(&database.name);
        whole.add(&catalog.granted.to_string());
        let stored = Stored::of(catalog, facts)?;
        let mut beside = beside(catalog);
        let mark = |row: &RelationRow| Mark {
            hash: stored.of_table(row).map_or(NEVER_SURE, |space| {
                hash(row, state, space, beside.remove(&row.name))
            }),
            leads_to: Vec::new(),
            hides_rules: false,
        };
        let tables = catalog
            .relations
            .iter()
            .filter(|row| &*row.kind != "SEQUENCE")
            .map(mark_named(mark))
            .collect();
        Some(Self {
            whole: whole.hash(),
            others: 0,
            tables,
        })
    }

    /// The same with what stands in the database beside its tables and views.
    pub(super) fn with_others(mut self, others: &Snapshot) -> Self {
        self.others = others.roots().fold(0, |sum: u64, root| {
            sum.wrapping_add(xxh3_64(&root.subtree_hash().to_le_bytes()))
        });
        self
    }

    /// How many tables and views there are.
    pub(super) fn len(&self) -> usize {
        self.tables.len()
    }

    /// What differs from the state that was known; absent where everything may.
    pub(super) fn changes_since(&self, known: &Self) -> Option<Changes> {
        if self.whole != known.whole {
            return None;
        }
        let sure = |name: &Text| {
            let (now, then) = (self.tables.get(name)?, known.tables.get(name)?);
            (now.hash == then.hash && now.hash != NEVER_SURE).then_some(())
        };
        let names: HashSet<&Text> = self.tables.keys().chain(known.tables.keys()).collect();
        let mut relations: HashSet<Text> = names
            .into_iter()
            .filter(|name| sure(name).is_none())
            .cloned()
            .collect();
        let reached: HashSet<u32> = relations.iter().map(|name| short(name)).collect();
        let led = known.tables.iter().filter(|(_, mark)| {
            let mut leads_to = mark.leads_to.iter();
            leads_to.any(|table| reached.contains(table))
        });
        relations.extend(led.map(|(name, _)| name.clone()));
        Some(Changes {
            relations,
            others: self.others != known.others,
        })
    }

    /// Takes over what is known of the foreign keys of the tables that are not read again.
    pub(super) fn keep(&mut self, known: &Self, changes: &Changes) {
        for (name, mark) in &mut self.tables {
            if let Some(then) = known.tables.get(name)
                && !changes.relations.contains(name)
            {
                mark.leads_to.clone_from(&then.leads_to);
                mark.hides_rules = then.hides_rules;
            }
        }
    }

    /// Notes what was hidden in the tables that were read, and adds what is in the others.
    pub(super) fn remember(&mut self, hidden: &mut Hidden) {
        for (name, mark) in &mut self.tables {
            mark.hides_rules |= hidden.without_rules.contains(name);
            if mark.hides_rules {
                hidden.without_rules.insert(name.clone());
            } else {
                hidden.any_rules |= !mark.leads_to.is_empty();
            }
        }
    }

    /// Notes where a foreign key leads.
    pub(super) fn lead(&mut self, row: &ForeignColumnRow, database: &str) {
        let Some(mark) = self.tables.get_mut(&row.relation) else {
            return;
        };
        let table = short(&row.foreign_table);
        match row.foreign_database.as_deref() {
            // What happens there, this database's tables do not tell.
            Some(elsewhere) if elsewhere != database => mark.hash = NEVER_SURE,
            _ if !mark.leads_to.contains(&table) => mark.leads_to.push(table),
            _ => {}
        }
    }
}

fn mark_named<'r>(
    mut mark: impl FnMut(&'r RelationRow) -> Mark,
) -> impl FnMut(&'r RelationRow) -> (Text, Mark) {
    move |row| (row.name.clone(), mark(row))
}

/// The hash of a table's name: where servers do not tell letters by case, neither do we.
fn short(name: &str) -> u32 {
    let [a, b, c, d, ..] = xxh3_64(name.to_lowercase().as_bytes()).to_le_bytes();
    u32::from_le_bytes([a, b, c, d])
}
