//! The best of what was found, and how many there are in all.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use model::{ConnectionId, ObjectId, ObjectKind};

use super::kinds::KINDS;

/// How an object was found, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// Its name is the text.
    Exact,
    /// Its name begins with it.
    Prefix,
    /// A word of its name begins with it.
    Word,
    /// Its name holds it.
    Within,
    /// Its name holds it but for a slip or two.
    Nearly,
    /// Its comment holds it.
    Comment,
}

/// A found object, ordered by how well it fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) fit: Fit,
    pub(super) not_recent: bool,
    pub(super) rank: u8,
    pub(super) length: u32,
    pub(super) connection: ConnectionId,
    pub(super) id: ObjectId,
    pub(super) kind: ObjectKind,
}

/// The best hits so far, and how many there are in all.
#[derive(Debug)]
pub(super) struct Best {
    limit: usize,
    hits: BinaryHeap<Hit>,
    /// What counts most of the worst of them; above all while there is room.
    bar: u32,
    counts: [u32; KINDS],
    connections: BTreeSet<ConnectionId>,
}

impl Best {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            hits: BinaryHeap::with_capacity(limit + 1),
            bar: u32::MAX,
            counts: [0; KINDS],
            connections: BTreeSet::new(),
        }
    }

    /// How many there are.
    pub(super) fn total(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// How many there are of each kind.
    pub(super) fn counts(&self) -> BTreeMap<ObjectKind, u32> {
        let kinds = ObjectKind::ALL.iter().copied().zip(self.counts);
        kinds.filter(|(_, count)| *count > 0).collect()
    }

    /// In how many connections they are.
    pub(super) fn connections(&self) -> u32 {
        u32::try_from(self.connections.len()).unwrap_or(u32::MAX)
    }

    /// One more of a kind, whether or not it is among the best.
    pub(super) fn count(&mut self, kind: ObjectKind) {
        self.counts[kind as usize] += 1;
    }

    /// Notes that something was counted in a connection.
    pub(super) fn found_in(&mut self, connection: ConnectionId) {
        self.connections.insert(connection);
    }

    /// Whether nothing of this fit and rank is among the best so far, unless it is recent.
    pub(super) fn is_beyond(&self, fit: Fit, rank: u8) -> bool {
        self.bar < first(fit, true, rank)
    }

    /// Whether a hit is among the best so far.
    pub(super) fn takes(&self, hit: &Hit) -> bool {
        self.hits.len() < self.limit || self.hits.peek().is_some_and(|worst| hit < worst)
    }

    /// Keeps a hit if it is among the best so far.
    pub(super) fn keep(&mut self, hit: Hit) {
        if !self.takes(&hit) {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() > self.limit {
            self.hits.pop();
        }
        if let Some(worst) = self.hits.peek().filter(|_| self.hits.len() >= self.limit) {
            self.bar = first(worst.fit, worst.not_recent, worst.rank);
        }
    }

    /// Puts in what was found elsewhere.
    pub(super) fn merge(&mut self, other: Self) {
        other.hits.into_iter().for_each(|hit| self.keep(hit));
        for (count, more) in self.counts.iter_mut().zip(other.counts) {
            *count += more;
        }
        self.connections.extend(other.connections);
    }

    /// The best hits, in no order.
    pub(super) fn hits(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter()
    }

    /// The best hits, best first.
    pub(super) fn into_hits(self) -> Vec<Hit> {
        self.hits.into_sorted_vec()
    }
}

/// What is compared first of two hits, as one number.
fn first(fit: Fit, not_recent: bool, rank: u8) -> u32 {
    u32::from_be_bytes([0, fit as u8, u8::from(not_recent), rank])
}
