//! Looking through a part of a segment: which entries a query means, and how well each fits.

use std::collections::HashSet;
use std::ops::Range;

use model::{ConnectionId, ObjectId};

use super::best::{Best, Fit, Hit};
use super::index::Segment;
use super::kinds::{Kinds, rank};
use super::path::{Held, Prepared, Said};
use super::query::Query;
use super::term::Term;

/// Comments are looked through for words of this length on: two letters are in every
/// other comment.
const IN_COMMENTS: usize = 3;
/// Many more than the objects that are recent.
const ENDINGS: usize = 4096;

/// What one search looks for.
pub(super) struct Search<'s> {
    /// Shortest first.
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
    /// Whether one ends in these digits: most others are told by it.
    endings: Box<[bool; ENDINGS]>,
}

impl Recent {
    pub(super) fn new(ids: impl IntoIterator<Item = ObjectId>) -> Self {
        let ids: HashSet<_> = ids.into_iter().collect();
        let mut endings = Box::new([false; ENDINGS]);
        ids.iter().for_each(|id| endings[ending(*id)] = true);
        Self { ids, endings }
    }

    fn has(&self, id: ObjectId) -> bool {
        self.endings[ending(id)] && self.ids.contains(&id)
    }
}

fn ending(id: ObjectId) -> usize {
    id.0 as usize % ENDINGS
}

impl Search<'_> {
    /// The words of a query, shortest first, and the places.
    pub(super) fn terms(query: &Query, nearly: bool) -> (Vec<Term>, Vec<Term>) {
        let words = query.words.iter().map(|word| Term::new(word, nearly));
        let mut words: Vec<_> = words.collect();
        words.sort_by_key(Term::length);
        let within = query.within.iter().map(|place| Term::new(place, false));
        (words, within.take(8).collect())
    }

    /// Whether comments are looked through.
    pub(super) fn reads_comments(&self) -> bool {
        !self.nearly && self.longest().is_some()
    }

    /// A segment, none of whose names is read yet.
    pub(super) fn prepare<'a>(&self, segment: &'a Segment) -> Prepared<'a> {
        Prepared {
            segment,
            names: vec![Said::NOTHING; segment.names.len()],
            above: Vec::new(),
            everywhere: Held {
                words: 0,
                places: (self.in_connection)(segment.connection),
            },
            types: if self.types.is_empty() {
                Vec::new()
            } else {
                let asked_for = |text: &str| self.types.iter().all(|part| text.contains(&**part));
                segment.types.iter().map(|text| asked_for(text)).collect()
            },
        }
    }

    /// Whether it matters what the names say.
    pub(super) fn reads_names(&self) -> bool {
        !self.words.is_empty() || !self.within.is_empty()
    }

    /// Whether it matters what is above.
    pub(super) fn looks_up(&self) -> bool {
        self.words.len() > 1 || !self.within.is_empty()
    }

    /// The best of some comments: those that hold all words that the name and its path
    /// do not.
    pub(super) fn comments(&self, prepared: &Prepared<'_>, lines: Range<usize>, best: &mut Best) {
        let (segment, all) = (prepared.segment, self.all());
        let Some(longest) = self.longest() else {
            return;
        };
        longest.each_line(&segment.comments, lines, |line| {
            let entry = segment.commented[line] as usize;
            if !self.asks_for(prepared, entry) {
                return;
            }
            let own = prepared.said(entry).held;
            let path = own.with(prepared.above(entry));
            let by_name = own.words != 0 && path.words == all.words;
            let comment = segment.comments.line(line);
            let said = || bits(&self.words, |word| word.is_within(comment));
            let lies_within = path.places == all.places;
            if !by_name && lies_within && path.words | said() == all.words {
                self.found(best, prepared, entry, Fit::Comment, || Fit::Comment);
            }
        });
    }

    fn longest(&self) -> Option<&Term> {
        let longest = self.words.last();
        longest.filter(|word| word.length() >= IN_COMMENTS)
    }

    /// Counts what was found and keeps it if it is among the best; `likely` is the best that
    /// its fit can be.
    #[inline(always)]
    pub(super) fn found(
        &self,
        best: &mut Best,
        prepared: &Prepared<'_>,
        entry: usize,
        likely: Fit,
        fit: impl FnOnce() -> Fit,
    ) {
        let segment = prepared.segment;
        let kind = segment.kinds[entry];
        if !self.known.is_empty() && self.known.contains(&segment.ids[entry]) {
            return;
        }
        best.count(kind);
        if !self.shown.has(kind) {
            return;
        }
        // Most of many hits are told by little, without a look at the length of the name.
        if !best.is_beyond(likely, rank(kind)) || self.recent.has(segment.ids[entry]) {
            self.weigh(best, segment, entry, likely, fit);
        }
    }

    /// Keeps an entry if it is among the best.
    #[inline(never)]
    fn weigh(
        &self,
        best: &mut Best,
        segment: &Segment,
        entry: usize,
        likely: Fit,
        fit: impl FnOnce() -> Fit,
    ) {
        let (id, kind) = (segment.ids[entry], segment.kinds[entry]);
        let name = segment.name(entry);
        let length = segment.names.end(name) - segment.names.start(name);
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

    /// Whether an entry is of a kind and a type that are asked for.
    pub(super) fn asks_for(&self, prepared: &Prepared<'_>, entry: usize) -> bool {
        let segment = prepared.segment;
        self.wanted.has(segment.kinds[entry])
            && (self.types.is_empty() || {
                let number = segment.type_of(entry);
                number.and_then(|number| prepared.types.get(number)) == Some(&true)
            })
    }
}

/// A bit for each term that something holds of.
fn bits(terms: &[Term], holds: impl Fn(&Term) -> bool) -> u8 {
    let numbered = terms.iter().enumerate();
    numbered.fold(0, |bits, (at, term)| bits | u8::from(holds(term)) << at)
}

/// As many bits as there are words.
pub(super) fn full(words: usize) -> u8 {
    u8::try_from((1_u16 << words.min(8)) - 1).unwrap_or(u8::MAX)
}
