//! What is told by a whole path: entries of which one word is in the name and another in
//! the name of what holds them, and entries that lie in some place.

use std::ops::Range;

use super::best::{Best, Fit};
use super::find::{Prepared, Search, full};
use super::index::Segment;
use super::term::Term;

impl Search<'_> {
    /// Entries whose path holds all words, and at least one of them in its last name, and
    /// all places.
    pub(super) fn along_paths(
        &self,
        prepared: &Prepared<'_>,
        entries: Range<usize>,
        best: &mut Best,
    ) {
        let mut walk = Walk::new(self, prepared, best);
        // Letters tell little of a word with slips: the longest is looked for, and then
        // what lies below names that hold it.
        let words = self.words.iter().enumerate().filter(|_| self.nearly);
        let Some((at, rarest)) = words.max_by_key(|(_, word)| word.length()) else {
            entries.for_each(|entry| walk.look_at(entry));
            return;
        };
        let mut seen = vec![false; entries.len()];
        rarest.each_likely(prepared.segment, entries.clone(), |entry| {
            seen[entry - entries.start] = true;
            walk.look_at(entry);
        });
        for (entry, seen) in entries.zip(seen) {
            if !seen && prepared.above(entry).0 >> at & 1 == 1 {
                walk.look_at(entry);
            }
        }
    }
}

/// A look at one entry after the other.
struct Walk<'w> {
    search: &'w Search<'w>,
    prepared: &'w Prepared<'w>,
    best: &'w mut Best,
    /// Which words and places the names above the last entry hold.
    above: (u8, u8),
    missing: Missing,
}

impl<'w> Walk<'w> {
    fn new(search: &'w Search<'w>, prepared: &'w Prepared<'w>, best: &'w mut Best) -> Self {
        Self {
            search,
            prepared,
            best,
            above: (0, 0),
            missing: Missing::new(search, (0, 0)),
        }
    }

    /// Tells of an entry if it is found.
    fn look_at(&mut self, entry: usize) {
        let (search, segment) = (self.search, self.prepared.segment);
        let above = self.prepared.above(entry);
        // Most holders hold nothing that is looked for, and one is like the next.
        if self.above != above {
            self.above = above;
            self.missing = Missing::new(search, above);
        }
        let missing = &self.missing;
        if missing.letters & !segment.letters[entry] != 0
            || !search.wanted.has(segment.kinds[entry])
            || search.nearly && !may_be_in(&search.words, missing.words, segment, entry)
            || !are_in(&search.words, missing.words, segment, entry)
            || !are_in(search.within, missing.places, segment, entry)
        {
            return;
        }
        let is_in = |word: &&Term| word.is_in(segment, entry);
        let first = missing.words.trailing_zeros() as usize;
        let told_by = search.words.get(first);
        let told_by = told_by.or_else(|| search.words.iter().find(is_in));
        if told_by.is_none() && !search.words.is_empty() {
            return;
        }
        let likely = || told_by.map_or(Fit::Exact, |word| word.likely(segment, entry));
        // An object fits as its worst word does.
        let fit = || {
            let own = search.words.iter().filter(is_in);
            let worst = own.map(|word| word.fit(segment, entry)).max();
            worst.unwrap_or(Fit::Exact)
        };
        search.found(self.best, self.prepared, entry, likely, fit);
    }
}

/// What must still be found in the name of an entry.
struct Missing {
    words: u8,
    places: u8,
    /// The letters of them all: most names are told by them.
    letters: u32,
}

impl Missing {
    fn new(search: &Search<'_>, above: (u8, u8)) -> Self {
        let words = full(search.words.len()) & !above.0;
        let places = full(search.within.len()) & !above.1;
        Self {
            words,
            places,
            letters: letters(&search.words, words) | letters(search.within, places),
        }
    }
}

fn letters(terms: &[Term], which: u8) -> u32 {
    let numbered = terms.iter().enumerate();
    let which = numbered.filter(|(at, _)| which >> at & 1 == 1);
    which.fold(0, |letters, (_, term)| letters | term.letters())
}

/// Whether a name holds these of the terms.
fn are_in(terms: &[Term], which: u8, segment: &Segment, entry: usize) -> bool {
    let mut numbered = terms.iter().enumerate();
    numbered.all(|(at, term)| which >> at & 1 == 0 || term.is_in(segment, entry))
}

/// Whether a name may hold these of the terms, told by its letters.
fn may_be_in(terms: &[Term], which: u8, segment: &Segment, entry: usize) -> bool {
    let letters = segment.letters[entry];
    let mut numbered = terms.iter().enumerate();
    numbered.all(|(at, term)| which >> at & 1 == 0 || term.may_be_in(letters))
}
