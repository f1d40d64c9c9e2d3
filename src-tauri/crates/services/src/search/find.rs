//! Looking through a part of a segment: which entries a query means, and how well each fits.

use std::collections::HashSet;
use std::ops::Range;

use model::{ConnectionId, ObjectId, ObjectKind};

use super::best::{Best, Fit, Hit};
use super::index::Segment;
use super::kinds::Kinds;
use super::query::Query;
use super::term::Term;

/// Comments are looked through for words of this length on: two letters are in every
/// other comment.
const IN_COMMENTS: usize = 3;

/// What one search looks for.
pub(super) struct Search<'s> {
    pub(super) words: Vec<Term>,
    /// Places that everything found must lie in.
    pub(super) within: &'s [Term],
    pub(super) types: &'s [String],
    /// The kinds that are counted.
    pub(super) wanted: Kinds,
    /// The kinds that are shown.
    pub(super) shown: Kinds,
    pub(super) recent: &'s Recent,
    /// Which of the places the name of a connection holds, a bit for each.
    pub(super) in_connection: &'s (dyn Fn(ConnectionId) -> u8 + Sync),
    /// What was found as it is written, where slips are looked for.
    pub(super) known: Vec<ObjectId>,
    pub(super) nearly: bool,
}

/// The objects that were opened last.
#[derive(Debug)]
pub(super) struct Recent {
    ids: HashSet<ObjectId>,
    /// A bit for the last digits of each: most others are told by it.
    quick: u128,
}

impl Recent {
    pub(super) fn new(ids: impl IntoIterator<Item = ObjectId>) -> Self {
        let ids: HashSet<_> = ids.into_iter().collect();
        let quick = ids.iter().fold(0, |bits, id| bits | 1 << (id.0 % 128));
        Self { ids, quick }
    }

    fn has(&self, id: ObjectId) -> bool {
        self.quick >> (id.0 % 128) & 1 == 1 && self.ids.contains(&id)
    }
}

/// What must be known of a segment before its parts can be looked through.
pub(super) struct Prepared<'a> {
    pub(super) segment: &'a Segment,
    /// For each holder, which of the words its name or those above it hold.
    words: Vec<u8>,
    /// The same for the places.
    places: Vec<u8>,
    /// The places that the connection lies in by its own name.
    everywhere: u8,
    /// For each type, whether it is one of those asked for; empty where none is.
    types: Vec<bool>,
}

impl Prepared<'_> {
    /// Which of the words the names above an entry hold.
    fn above(&self, entry: usize) -> u8 {
        let holder = self.segment.holder(entry);
        holder.map_or(0, |holder| self.words[holder])
    }
}

impl Search<'_> {
    /// The words and filters of a query; what else matters is empty.
    pub(super) fn terms(query: &Query, nearly: bool) -> (Vec<Term>, Vec<Term>) {
        let words = query.words.iter().map(|word| Term::new(word, nearly));
        let within = query.within.iter().map(|place| Term::new(place, false));
        (words.collect(), within.take(8).collect())
    }

    /// Whether comments are looked through.
    pub(super) fn reads_comments(&self) -> bool {
        !self.nearly && self.longest().is_some()
    }

    pub(super) fn prepare<'a>(&self, segment: &'a Segment) -> Prepared<'a> {
        let several = self.words.len() > 1 || self.reads_comments();
        let everywhere = (self.in_connection)(segment.connection);
        Prepared {
            segment,
            words: if several {
                held(segment, &self.words, 0)
            } else {
                Vec::new()
            },
            places: if self.within.is_empty() {
                Vec::new()
            } else {
                held(segment, self.within, everywhere)
            },
            everywhere,
            types: if self.types.is_empty() {
                Vec::new()
            } else {
                let asked_for = |text: &str| self.types.iter().all(|part| text.contains(&**part));
                segment.types.iter().map(|text| asked_for(text)).collect()
            },
        }
    }

    /// The best of some entries, by their names.
    pub(super) fn names(&self, prepared: &Prepared<'_>, entries: Range<usize>, best: &mut Best) {
        match self.words.as_slice() {
            [] => {
                for entry in entries {
                    self.found(best, prepared, entry, Fit::Exact, || Fit::Exact);
                }
            }
            [word] => word.each(prepared.segment, entries, |entry, fit| {
                self.found(best, prepared, entry, fit, || {
                    word.fit(prepared.segment, entry)
                });
            }),
            words => self.several(words, prepared, entries, best),
        }
    }

    /// Entries that hold one of several words, whose path holds the others.
    fn several(
        &self,
        words: &[Term],
        prepared: &Prepared<'_>,
        entries: Range<usize>,
        best: &mut Best,
    ) {
        let segment = prepared.segment;
        // Few names hold the longest word: they are looked for, and then what lies below them.
        let rarest = (0..words.len()).max_by_key(|number| words[*number].length());
        let rarest = rarest.unwrap_or_default();
        let others = || words.iter().enumerate().filter(|(at, _)| *at != rarest);
        let others_hold = |entry, above: u8| {
            others().all(|(at, word)| above >> at & 1 == 1 || word.is_in(segment, entry))
        };
        // An object fits as its worst word does.
        let fit = |entry| {
            let own = words.iter().filter(|word| word.is_in(segment, entry));
            own.map(|word| word.fit(segment, entry)).max()
        };
        let mut found = |entry, likely| {
            let fit = || fit(entry).unwrap_or(Fit::Exact);
            self.found(best, prepared, entry, likely, fit);
        };
        words[rarest].each(segment, entries.clone(), |entry, likely| {
            if others_hold(entry, prepared.above(entry)) {
                found(entry, likely);
            }
        });
        for entry in entries {
            let above = prepared.above(entry);
            if above >> rarest & 1 == 0 || !others_hold(entry, above) {
                continue;
            }
            let own = others().filter(|(_, word)| word.is_in(segment, entry));
            let likely = own.map(|(_, word)| word.likely(segment, entry)).max();
            if let Some(likely) = likely
                && !words[rarest].is_in(segment, entry)
            {
                found(entry, likely);
            }
        }
    }

    /// The best of some comments: those that hold all words that the name and its path
    /// do not.
    pub(super) fn comments(&self, prepared: &Prepared<'_>, lines: Range<usize>, best: &mut Best) {
        let (segment, all) = (prepared.segment, full(self.words.len()));
        let Some(longest) = self.longest() else {
            return;
        };
        longest.each_line(&segment.comments, lines, |line| {
            let entry = segment.commented[line] as usize;
            let own = bits(&self.words, |word| word.is_in(segment, entry));
            let above = segment
                .holder(entry)
                .map_or(0, |holder| prepared.words[holder]);
            let by_name = own != 0 && own | above == all;
            let comment = segment.comments.line(line);
            let said = || bits(&self.words, |word| word.is_within(comment));
            if !by_name && own | above | said() == all {
                self.found(best, prepared, entry, Fit::Comment, || Fit::Comment);
            }
        });
    }

    fn longest(&self) -> Option<&Term> {
        let longest = self.words.iter().max_by_key(|word| word.length());
        longest.filter(|word| word.length() >= IN_COMMENTS)
    }

    /// Counts what was found, if the filters let it through, and keeps it if it is among
    /// the best; `likely` is the best that its fit can be.
    fn found(
        &self,
        best: &mut Best,
        prepared: &Prepared<'_>,
        entry: usize,
        likely: Fit,
        fit: impl FnOnce() -> Fit,
    ) {
        let segment = prepared.segment;
        let (kind, id) = (segment.kinds[entry], segment.ids[entry]);
        if !self.wanted.has(kind) || !self.allows(prepared, entry) || self.known.contains(&id) {
            return;
        }
        best.count(kind);
        if !self.shown.has(kind) {
            return;
        }
        let length = segment.names.end(entry) - segment.names.start(entry);
        let mut hit = Hit {
            fit: likely,
            not_recent: !self.recent.has(id),
            rank: rank(kind),
            length: u32::try_from(length).unwrap_or(u32::MAX),
            connection: segment.connection,
            id,
            kind,
        };
        if best.takes(&hit) {
            hit.fit = fit();
            best.keep(hit);
        }
    }

    /// Whether an entry is of a type and in the places that are asked for.
    fn allows(&self, prepared: &Prepared<'_>, entry: usize) -> bool {
        let segment = prepared.segment;
        if !self.types.is_empty() {
            let asked_for = segment
                .type_of(entry)
                .and_then(|number| prepared.types.get(number));
            if asked_for != Some(&true) {
                return false;
            }
        }
        if self.within.is_empty() {
            return true;
        }
        let holder = segment.holder(entry);
        let above = holder.map_or(prepared.everywhere, |holder| prepared.places[holder]);
        let mut places = self.within.iter().enumerate();
        places.all(|(at, place)| above >> at & 1 == 1 || place.is_in(segment, entry))
    }
}

/// For each holder, which of the terms its name or those above it hold, added to those
/// that all do.
fn held(segment: &Segment, terms: &[Term], all: u8) -> Vec<u8> {
    let mut held = vec![all; segment.holders];
    for (number, term) in terms.iter().enumerate() {
        term.each(segment, 0..segment.holders, |entry, _| {
            held[entry] |= 1 << number
        });
    }
    for entry in 0..held.len() {
        if let Some(holder) = segment.holder(entry) {
            held[entry] |= held[holder];
        }
    }
    held
}

/// A bit for each term that something holds of.
fn bits(terms: &[Term], holds: impl Fn(&Term) -> bool) -> u8 {
    let numbered = terms.iter().enumerate();
    numbered.fold(0, |bits, (at, term)| bits | u8::from(holds(term)) << at)
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
