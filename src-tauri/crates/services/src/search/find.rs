//! Looking through one segment: which entries a query means, and how well each fits.

use std::collections::{BTreeMap, BinaryHeap, HashSet};

use memchr::memmem;
use model::{ConnectionId, ObjectId, ObjectKind};

use super::fuzzy::Pattern;
use super::index::Segment;
use super::query::Query;

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
    not_recent: bool,
    rank: u8,
    length: u32,
    pub(super) connection: ConnectionId,
    pub(super) id: ObjectId,
}

/// The best hits so far, and how many there are in all.
#[derive(Debug)]
pub(super) struct Best {
    limit: usize,
    hits: BinaryHeap<Hit>,
    pub(super) counts: BTreeMap<ObjectKind, u32>,
    pub(super) connections: u32,
}

impl Best {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            hits: BinaryHeap::with_capacity(limit + 1),
            counts: BTreeMap::new(),
            connections: 0,
        }
    }

    pub(super) fn total(&self) -> u32 {
        self.counts.values().sum()
    }

    /// Puts in what was found elsewhere.
    pub(super) fn merge(&mut self, other: Self) {
        other.hits.into_iter().for_each(|hit| self.keep(hit));
        for (kind, count) in other.counts {
            *self.counts.entry(kind).or_default() += count;
        }
        self.connections += other.connections;
    }

    /// The best hits, best first.
    pub(super) fn into_hits(self) -> Vec<Hit> {
        self.hits.into_sorted_vec()
    }

    fn keep(&mut self, hit: Hit) {
        if self.hits.len() == self.limit && self.hits.peek().is_some_and(|worst| *worst <= hit) {
            return;
        }
        self.hits.push(hit);
        if self.hits.len() > self.limit {
            self.hits.pop();
        }
    }
}

/// What one search looks for.
pub(super) struct Search<'s> {
    pub(super) query: &'s Query,
    pub(super) recent: &'s HashSet<ObjectId>,
    /// Whether the name of a connection is one of those that the query asks for.
    pub(super) in_connection: &'s dyn Fn(ConnectionId, &str) -> bool,
    /// Only this kind of tab; empty for all.
    pub(super) kinds: &'s [ObjectKind],
    pub(super) limit: usize,
}

impl Search<'_> {
    /// The best of a segment, by names alone or, where `nearly`, by names with slips.
    pub(super) fn look(&self, segment: &Segment, nearly: bool) -> Best {
        let mut best = Best::new(self.limit);
        if segment.entries.is_empty() {
            return best;
        }
        let within = self.within(segment);
        let (own, fits) = self.own(segment, nearly);
        let path = inherited(segment, &own);
        let all = full(self.query.words.len());
        for (entry, fit) in fits.iter().enumerate() {
            let found = own[entry] != 0 || all == 0;
            if found && path[entry] & all == all && self.allows(segment, entry, &within) {
                self.found(&mut best, segment, entry, fit.unwrap_or(Fit::Exact));
            }
        }
        if !nearly {
            self.comments(segment, &own, &path, &within, &mut best);
        }
        best.connections = u32::from(best.total() > 0);
        best
    }

    /// Which words each entry's own name holds, and how well they fit together.
    fn own(&self, segment: &Segment, nearly: bool) -> (Vec<u8>, Vec<Option<Fit>>) {
        let mut own = vec![0_u8; segment.entries.len()];
        let mut fits = vec![None; segment.entries.len()];
        for (number, word) in self.query.words.iter().enumerate() {
            let bit = 1 << number;
            let mut note = |entry: usize, fit: Fit| {
                own[entry] |= bit;
                let worst = fits[entry].map_or(fit, |known: Fit| known.max(fit));
                fits[entry] = Some(worst);
            };
            match nearly.then(|| Pattern::of(word)).flatten() {
                Some(pattern) => nearly_lines(segment, &pattern, &mut note),
                None => lines_with(segment, word, &mut note),
            }
        }
        (own, fits)
    }

    /// Comments that hold all words that the name and its path do not.
    fn comments(&self, segment: &Segment, own: &[u8], path: &[u8], within: &[u8], best: &mut Best) {
        let all = full(self.query.words.len());
        // Two letters are in every other comment.
        let Some(longest) = self.query.words.iter().max_by_key(|word| word.len()) else {
            return;
        };
        if longest.chars().count() < 3 {
            return;
        }
        let finder = memmem::Finder::new(longest);
        let text = segment.comments.text.as_bytes();
        let (mut at, mut line) = (0, 0);
        while let Some(found) = finder.find(&text[at..]) {
            line = segment.comments.line_at(at + found, line);
            at = segment.comments.end(line);
            let entry = segment.commented[line] as usize;
            let comment = segment.comments.line(line);
            let holds = self.query.words.iter().enumerate().all(|(number, word)| {
                path[entry] & (1 << number) != 0 || comment.contains(word.as_str())
            });
            let by_name = own[entry] != 0 && path[entry] & all == all;
            if holds && !by_name && self.allows(segment, entry, within) {
                self.found(best, segment, entry, Fit::Comment);
            }
            if at >= text.len() {
                break;
            }
        }
    }

    fn found(&self, best: &mut Best, segment: &Segment, entry: usize, fit: Fit) {
        let object = &segment.entries[entry];
        *best.counts.entry(object.kind).or_default() += 1;
        if !self.kinds.is_empty() && !self.kinds.contains(&object.kind) {
            return;
        }
        let length = segment.names.end(entry) - segment.names.start(entry);
        best.keep(Hit {
            fit,
            not_recent: !self.recent.contains(&object.id),
            rank: rank(object.kind),
            length: u32::try_from(length).unwrap_or(u32::MAX),
            connection: segment.connection,
            id: object.id,
        });
    }

    fn allows(&self, segment: &Segment, entry: usize, within: &[u8]) -> bool {
        let object = &segment.entries[entry];
        let places = full(self.query.within.len());
        let typed = || {
            let text = segment.type_text(entry).unwrap_or_default();
            self.query
                .types
                .iter()
                .all(|wanted| text.contains(wanted.as_str()))
        };
        (places == 0 || within[entry] & places == places)
            && self.query.wants(object.kind)
            && (self.query.types.is_empty() || typed())
    }

    /// Which of the asked-for places each entry lies in; empty where none is asked for.
    fn within(&self, segment: &Segment) -> Vec<u8> {
        if self.query.within.is_empty() {
            return Vec::new();
        }
        let mut places = vec![0_u8; segment.entries.len()];
        for (number, place) in self.query.within.iter().enumerate().take(8) {
            let bit = 1 << number;
            if (self.in_connection)(segment.connection, place) {
                places.iter_mut().for_each(|mask| *mask |= bit);
                continue;
            }
            lines_with(segment, place, &mut |entry, _| places[entry] |= bit);
        }
        inherited(segment, &places)
    }
}

/// Each entry's own bits and those of everything that holds it.
fn inherited(segment: &Segment, own: &[u8]) -> Vec<u8> {
    let mut path = own.to_vec();
    for entry in 0..path.len() {
        if let Some(parent) = segment.parent(entry) {
            path[entry] |= path[parent];
        }
    }
    path
}

fn lines_with(segment: &Segment, word: &str, note: &mut dyn FnMut(usize, Fit)) {
    let finder = memmem::Finder::new(word);
    let text = segment.names.text.as_bytes();
    let (mut at, mut line) = (0, 0);
    while let Some(found) = finder.find(&text[at..]) {
        line = segment.names.line_at(at + found, line);
        at = segment.names.end(line);
        note(line, fit(segment.names.line(line), word));
        if at >= text.len() {
            break;
        }
    }
}

fn nearly_lines(segment: &Segment, pattern: &Pattern, note: &mut dyn FnMut(usize, Fit)) {
    for (line, entry) in segment.entries.iter().enumerate() {
        if pattern.may_be_in(entry.letters) && pattern.is_in(segment.names.line(line)) {
            note(line, Fit::Nearly);
        }
    }
}

fn fit(name: &str, word: &str) -> Fit {
    if name == word {
        return Fit::Exact;
    }
    if name.starts_with(word) {
        return Fit::Prefix;
    }
    let begins_word = name.match_indices(word).any(|(at, _)| {
        name[..at]
            .chars()
            .next_back()
            .is_none_or(|before| !before.is_alphanumeric())
    });
    if begins_word { Fit::Word } else { Fit::Within }
}

/// Tables before columns, and those before what hangs on them.
fn rank(kind: ObjectKind) -> u8 {
    match kind {
        _ if kind.is_relation() => 0,
        ObjectKind::Database | ObjectKind::Schema => 1,
        ObjectKind::Column | ObjectKind::Field => 2,
        _ if kind.is_other() => 3,
        _ => 4,
    }
}

/// As many bits as there are words.
fn full(words: usize) -> u8 {
    u8::try_from((1_u16 << words.min(8)) - 1).unwrap_or(u8::MAX)
}
