//! What is told by a whole path: the names above an entry hold some of what is looked for,
//! and its own must hold the rest. Each name is read once, whatever number of entries have
//! it; the entries are then told by numbers alone.

use std::ops::Range;

use super::best::{Best, Fit};
use super::find::{Search, full};
use super::index::Segment;
use super::term::Term;

/// Which of the words and places something holds, a bit for each.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) words: u8,
    pub(super) places: u8,
}

impl Held {
    /// Together with what something else holds.
    pub(super) fn with(self, other: Self) -> Self {
        Self {
            words: self.words | other.words,
            places: self.places | other.places,
        }
    }
}

/// What a name says of those that have it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) held: Held,
    /// The best that its fit can be.
    pub(super) likely: Fit,
}

impl Said {
    pub(super) const NOTHING: Self = Self {
        held: Held {
            words: 0,
            places: 0,
        },
        likely: Fit::Exact,
    };
}

/// What must be known of a segment before its entries can be looked through.
pub(super) struct Prepared<'a> {
    pub(super) segment: &'a Segment,
    /// What each name says.
    pub(super) names: Vec<Said>,
    /// For each holder, what its name and those above it hold; empty where it does not matter.
    pub(super) above: Vec<Held>,
    /// What the connection lies in by its own name.
    pub(super) everywhere: Held,
    /// For each type, whether it is one of those asked for; empty where none is.
    pub(super) types: Vec<bool>,
}

impl Prepared<'_> {
    /// What the names above an entry hold.
    pub(super) fn above(&self, entry: usize) -> Held {
        let holder = self.segment.holder(entry);
        let above = holder.and_then(|holder| self.above.get(holder));
        above.copied().unwrap_or(self.everywhere)
    }

    /// What the name of an entry says.
    pub(super) fn said(&self, entry: usize) -> Said {
        self.names[self.segment.name(entry)]
    }

    /// Whether some name says anything of the words.
    pub(super) fn has_words(&self) -> bool {
        self.names.iter().any(|said| said.held.words != 0)
    }

    /// Tells the names of the holders to what they hold, once all names are read.
    pub(super) fn hand_down(&mut self) {
        let segment = self.segment;
        self.above.reserve_exact(segment.holders);
        for holder in 0..segment.holders {
            let held = self.said(holder).held.with(self.above(holder));
            self.above.push(held);
        }
    }
}

impl Search<'_> {
    /// Reads some of the names of a segment.
    pub(super) fn read(&self, segment: &Segment, from: usize, said: &mut [Said]) {
        let names = from..from + said.len();
        for (at, word) in self.words.iter().enumerate() {
            word.each(segment, names.clone(), |name| {
                let said = &mut said[name - from];
                said.held.words |= 1 << at;
                said.likely = said.likely.max(word.likely(segment, name));
            });
        }
        for (at, place) in self.within.iter().enumerate() {
            place.each(segment, names.clone(), |name| {
                said[name - from].held.places |= 1 << at;
            });
        }
    }

    /// The best of some entries, by their names: those whose path holds all words, and at
    /// least one of them in its last name, and all places.
    pub(super) fn names(&self, prepared: &Prepared<'_>, entries: Range<usize>, best: &mut Best) {
        let all = self.all();
        let names = prepared.segment.names_of(entries.clone());
        for (entry, name) in entries.zip(names) {
            let said = prepared.names[*name as usize];
            if said.held.words == 0 && all.words != 0 {
                continue;
            }
            let is_told = said.held == all || said.held.with(prepared.above(entry)) == all;
            if is_told && self.asks_for(prepared, entry) {
                let fit = || self.fit(prepared.segment, entry, said.held);
                self.found(best, prepared, entry, said.likely, fit);
            }
        }
    }

    /// All words and places.
    pub(super) fn all(&self) -> Held {
        Held {
            words: full(self.words.len()),
            places: full(self.within.len()),
        }
    }

    /// An object fits as its worst word does.
    fn fit(&self, segment: &Segment, entry: usize, held: Held) -> Fit {
        let name = segment.name(entry);
        let own = self.words.iter().enumerate();
        let own = own.filter(|(at, _)| held.words >> at & 1 == 1);
        let worst = own.map(|(_, word): (_, &Term)| word.fit(segment, name));
        worst.max().unwrap_or(Fit::Exact)
    }
}
