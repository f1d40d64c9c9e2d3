//! Finding objects by a part of their name, for the filter of the tree.

use std::collections::HashMap;

use model::{ConnectionId, ObjectId, ObjectKind};

use super::Objects;
use super::order::Rank;
use crate::CatalogueError;
use crate::table::object::{Table, parse_kind};

/// How often, in rows, a search asks whether it is still wanted.
const ASK: usize = 4096;

/// What a search found in one connection: the objects, and the way down to each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// How many objects were found.
    pub total: u64,
    /// The databases that were found or hold what was, in order.
    pub top: Vec<Match>,
    /// By what they stand below, those that were found or hold what was, in order.
    pub below: HashMap<ObjectId, Vec<Match>>,
}

/// An object that was found, or that stands above one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// The object.
    pub id: ObjectId,
    /// What it is.
    pub kind: ObjectKind,
    /// Whether its own name holds the text.
    pub found: bool,
}

/// Something that can hold others, while they are looked through.
struct Holder {
    parent: Option<ObjectId>,
    kind: ObjectKind,
    name: Box<str>,
    found: bool,
    parts: Vec<Part>,
}

/// Something below a holder: itself a holder, or found.
struct Part {
    rank: Rank,
    of: Match,
}

impl<M> Objects<'_, M> {
    /// The objects of a connection whose names hold a text, without regard to case.
    /// Absent where `is_wanted` said meanwhile that nobody waits any more.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn search(
        &self,
        connection: ConnectionId,
        text: &str,
        is_wanted: &dyn Fn() -> bool,
    ) -> Result<Option<Found>, CatalogueError> {
        self.access.require_connection(connection)?;
        let wanted = text.to_lowercase();
        // SQLite knows the case of ASCII alone: other letters are left to us.
        let sifted = if wanted.is_ascii() { &*wanted } else { "" };
        let mut order = Vec::new();
        let mut holders: HashMap<ObjectId, Holder> = HashMap::new();
        let mut total = 0;
        let mut passed = 0;
        let mut statement = self.access.db.prepare_cached(include_str!("search.sql"))?;
        let mut rows = statement.query((self.access.owner(), connection.0, sifted))?;
        while let Some(row) = rows.next()? {
            passed += 1;
            if passed % ASK == 0 && !is_wanted() {
                return Ok(None);
            }
            let id = ObjectId(row.get(0)?);
            let parent = row.get::<_, Option<u32>>(1)?.map(ObjectId);
            let kind = parse_kind(row.get_ref(2)?.as_str().unwrap_or_default())?;
            let name = row.get_ref(3)?.as_str().unwrap_or_default();
            let found = kind != ObjectKind::Server && name.to_lowercase().contains(&wanted);
            total += u64::from(found);
            if !Table::of(kind).child_tables().is_empty() {
                order.push(id);
                holders.insert(
                    id,
                    Holder {
                        parent,
                        kind,
                        name: name.into(),
                        found,
                        parts: Vec::new(),
                    },
                );
            } else if found && let Some(holder) = parent.and_then(|parent| holders.get_mut(&parent))
            {
                holder.parts.push(Part {
                    rank: Rank::of(kind, row.get(4)?, name, id.0),
                    of: Match { id, kind, found },
                });
            }
        }
        Ok(Some(gathered(total, &order, holders)))
    }
}

/// From below upwards, so that each holder knows by then what it holds.
fn gathered(total: u64, order: &[ObjectId], mut holders: HashMap<ObjectId, Holder>) -> Found {
    let mut top = Vec::new();
    let mut below = HashMap::new();
    for id in order.iter().rev() {
        let Some(holder) = holders.remove(id) else {
            continue;
        };
        let Holder {
            parent,
            kind,
            name,
            found,
            parts,
        } = holder;
        if !found && parts.is_empty() {
            continue;
        }
        let of = Match {
            id: *id,
            kind,
            found,
        };
        if !parts.is_empty() {
            below.insert(*id, in_order(parts));
        }
        match parent {
            None => top.push(Part {
                rank: Rank::of_root(kind, &name, id.0),
                of,
            }),
            Some(parent) => {
                if let Some(above) = holders.get_mut(&parent) {
                    let rank = Rank::of(kind, 0, &name, id.0);
                    above.parts.push(Part { rank, of });
                }
            }
        }
    }
    Found {
        total,
        top: in_order(top),
        below,
    }
}

fn in_order(mut parts: Vec<Part>) -> Vec<Match> {
    parts.sort_unstable_by(|a, b| a.rank.cmp(&b.rank));
    parts.into_iter().map(|part| part.of).collect()
}
