//! What is told by a whole path: the names above an entry hold some of what is looked for,
//! and its own must hold the rest.

use std::ops::Range;

use super::best::{Best, Fit};
use super::find::{Prepared, Search, full};
use super::index::Segment;
use super::term::Term;

impl Search<'_> {
    /// The best of some entries, by their names: those whose path holds all words, and at
    /// least one of them in its last name, and all places.
    pub(super) fn names(&self, prepared: &Prepared<'_>, entries: Range<usize>, best: &mut Best) {
        for (span, above) in spans(prepared, entries) {
            self.below(prepared, above, span, best);
        }
    }

    /// The best of entries that lie below the same words and places.
    fn below(
        &self,
        prepared: &Prepared<'_>,
        (words, places): (u8, u8),
        span: Range<usize>,
        best: &mut Best,
    ) {
        let segment = prepared.segment;
        let words = Missing::new(&self.words, words);
        let places = Missing::new(self.within, places);
        let mut found = |told_by: Option<&Term>, entry| {
            let likely = || told_by.map_or(Fit::Exact, |word| word.likely(segment, entry));
            let fit = || self.fit(segment, entry);
            self.found(best, prepared, entry, likely, fit);
        };
        let holds_all = |entry| words.are_in(segment, entry) && places.are_in(segment, entry);
        if let Some(guide) = self.guide(&words, &places) {
            guide.each_likely(segment, span, |entry| {
                if self.asks_for(prepared, entry) && (!guide.forgives() || holds_all(entry)) {
                    found(Some(guide), entry);
                }
            });
            return;
        }
        let missing = words.iter().next();
        let letters = words.letters | places.letters;
        for (entry, of) in span.clone().zip(&segment.letters[span]) {
            // Most names are told by their letters.
            if letters & !of != 0 || !self.asks_for(prepared, entry) || !holds_all(entry) {
                continue;
            }
            let mut own = self.words.iter();
            let told_by = missing.or_else(|| own.find(|word| word.is_in(segment, entry)));
            if told_by.is_some() || self.words.is_empty() {
                found(told_by, entry);
            }
        }
    }

    /// The word to look for in all names at once: the only thing missing, or, since letters
    /// tell little of a word with slips, the one of those that tells most.
    fn guide<'s>(&self, words: &Missing<'s>, places: &Missing<'_>) -> Option<&'s Term> {
        let is_only = places.which == 0 && words.which.is_power_of_two();
        let guides = words.iter().filter(|word| is_only || word.forgives());
        guides.max_by_key(|word| (word.surely(), word.length()))
    }

    /// An object fits as its worst word does.
    fn fit(&self, segment: &Segment, entry: usize) -> Fit {
        let own = self.words.iter().filter(|word| word.is_in(segment, entry));
        let worst = own.map(|word| word.fit(segment, entry)).max();
        worst.unwrap_or(Fit::Exact)
    }
}

/// Entries cut where the names above them begin to hold something else, and which of the
/// words and places those hold.
fn spans(
    prepared: &Prepared<'_>,
    entries: Range<usize>,
) -> impl Iterator<Item = (Range<usize>, (u8, u8))> {
    let segment = prepared.segment;
    let mut rest = entries;
    std::iter::from_fn(move || {
        let from = rest.start;
        let above = (!rest.is_empty()).then(|| prepared.above(from))?;
        if prepared.is_flat() {
            rest.start = rest.end;
        }
        while !rest.is_empty() && prepared.above(rest.start) == above {
            rest.start += segment.held_together(rest.clone());
        }
        Some((from..rest.start, above))
    })
}

/// Those of the terms that no name above holds.
struct Missing<'s> {
    terms: &'s [Term],
    which: u8,
    /// The letters of them all.
    letters: u32,
}

impl<'s> Missing<'s> {
    fn new(terms: &'s [Term], above: u8) -> Self {
        let mut missing = Self {
            terms,
            which: full(terms.len()) & !above,
            letters: 0,
        };
        missing.letters = missing.iter().fold(0, |all, term| all | term.letters());
        missing
    }

    /// Longest first.
    fn iter(&self) -> impl Iterator<Item = &'s Term> {
        let (terms, mut rest) = (self.terms, self.which);
        std::iter::from_fn(move || {
            let last = rest.checked_ilog2()?;
            rest &= !(1 << last);
            terms.get(last as usize)
        })
    }

    /// Whether a name holds them all.
    #[inline]
    fn are_in(&self, segment: &Segment, entry: usize) -> bool {
        let letters = segment.letters[entry];
        self.which == 0
            || self.iter().all(|term| term.may_be_in(letters))
                && self.iter().all(|term| term.is_in(segment, entry))
    }
}
