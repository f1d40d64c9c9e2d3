//! Names that hold a word but for a slip: a letter too many, too few, another one, or
//! two in the wrong order.

use memchr::memmem::Finder;

use super::index::letters;

/// Shorter words are in too many names, but for a slip, to be told apart.
const SHORTEST: usize = 4;
/// From this length on two slips are forgiven.
const LONG: usize = 8;
/// Longer words are not mistyped but pasted; a bit of a number stands for each letter.
const LONGEST: usize = 32;
/// The most slips that are forgiven.
const MOST_SLIPS: usize = 2;

/// A word that may be misspelt.
#[derive(Debug)]
pub(super) struct Pattern {
    letters: u32,
    slips: usize,
    /// For each byte, the places of the word that it stands at.
    places: Box<[u64; 256]>,
    /// The bit of the word's last place.
    last: u64,
    /// Every name that holds the word but for the slips holds one of these as it is.
    pieces: Vec<Finder<'static>>,
}

impl Pattern {
    /// Absent for words that are looked for as they are.
    pub(super) fn of(word: &str) -> Option<Self> {
        let length = word.len();
        if !word.is_ascii() || !(SHORTEST..=LONGEST).contains(&length) {
            return None;
        }
        let mut places = Box::new([0; 256]);
        for (place, byte) in word.bytes().enumerate() {
            places[usize::from(byte)] |= 1 << place;
        }
        let slips = if length < LONG { 1 } else { MOST_SLIPS };
        Some(Self {
            letters: letters(word.as_bytes()),
            slips,
            places,
            last: 1 << (length - 1),
            pieces: pieces(word.as_bytes(), slips),
        })
    }

    /// What to look for in many names at once: the others need no closer look.
    pub(super) fn pieces(&self) -> &[Finder<'static>] {
        &self.pieces
    }

    /// Whether a name of these letters may hold the word: quick, and never wrong in
    /// saying no.
    pub(super) fn may_be_in(&self, name: u32) -> bool {
        let mut missing = self.letters & !name;
        // Each step takes one away.
        for _ in 0..self.slips {
            missing &= missing.wrapping_sub(1);
        }
        missing == 0
    }

    /// Whether a name holds the word but for the slips that are forgiven.
    ///
    /// The matching of Wu and Manber (1992): the bit of a place is set in the number of
    /// so many slips where the word up to that place ends here with no more than those.
    /// The swap of two neighbours counts as one slip.
    pub(super) fn is_in(&self, name: &[u8]) -> bool {
        match self.slips {
            1 => self.is_in_but_for::<1>(name),
            _ => self.is_in_but_for::<MOST_SLIPS>(name),
        }
    }

    /// Compiled for each number of slips, so that all of it stays in registers.
    fn is_in_but_for<const SLIPS: usize>(&self, name: &[u8]) -> bool {
        // With so many slips, as many first letters may be missing.
        let mut now: [u64; MOST_SLIPS + 1] = std::array::from_fn(|slips| (1 << slips) - 1);
        let mut before = [0; MOST_SLIPS + 1];
        let mut previous = 0;
        for byte in name {
            let here = self.places[usize::from(*byte)];
            let last = now;
            now[0] = (last[0] << 1 | 1) & here;
            for slips in 1..=SLIPS {
                let fewer = slips - 1;
                let as_it_is = (last[slips] << 1 | 1) & here;
                let another = last[fewer] << 1 | 1;
                let too_many = last[fewer];
                let too_few = now[fewer] << 1 | 1;
                let swapped = (before[fewer] << 2 | 0b10) & here << 1 & previous;
                now[slips] = as_it_is | another | too_many | too_few | swapped;
            }
            if now[SLIPS] & self.last != 0 {
                return true;
            }
            (before, previous) = (last, here);
        }
        false
    }
}

/// One piece more than there are slips, of which one is left as it is; and since a swap
/// across the border of two pieces spoils both, the pieces around such swaps together.
fn pieces(word: &[u8], slips: usize) -> Vec<Finder<'static>> {
    let count = slips + 1;
    let borders: Vec<_> = (0..=count)
        .map(|number| number * word.len() / count)
        .collect();
    let mut pieces = Vec::new();
    for from in 0..count {
        let mut swapped = word.to_vec();
        for to in from + 1..=count {
            pieces.push(Finder::new(&swapped[borders[from]..borders[to]]).into_owned());
            if to < count {
                swapped.swap(borders[to] - 1, borders[to]);
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(name: &str, word: &str) -> bool {
        let pattern = Pattern::of(word).expect("the word is long enough");
        let found = pattern.is_in(name.as_bytes());
        assert!(
            !found || pattern.may_be_in(letters(name.as_bytes())),
            "the quick look never hides what is there"
        );
        let has_piece = |piece: &Finder<'_>| piece.find(name.as_bytes()).is_some();
        assert!(
            !found || pattern.pieces().iter().any(has_piece),
            "{name} holds a piece of {word}"
        );
        found
    }

    #[test]
    fn one_slip_is_forgiven_in_a_word() {
        for slip in ["cutomer", "custoomer", "cusdomer", "csutomer", "ustomer"] {
            assert!(holds("the_customer_id", slip), "{slip} is customer");
        }
        assert!(!holds("orders", "cust"), "another word is none");
    }

    #[test]
    fn two_slips_are_forgiven_in_long_words_only() {
        assert!(
            holds("reconciliation", "reconcilaiton"),
            "two in a long one"
        );
        assert!(!holds("orders", "roedrs"), "not in a short one");
    }

    #[test]
    fn a_slip_at_either_end_of_a_name_is_one_too() {
        for name in ["rder", "orde", "rorder", "ordre"] {
            assert!(holds(name, "order"), "order is nearly {name}");
        }
        assert!(!holds("ode", "order"), "two letters are missing");
    }

    #[test]
    fn a_name_with_slips_anywhere_holds_a_piece_of_the_word() {
        let word = "warehouse";
        let swap = |text: &str, at: usize| {
            let mut letters = text.as_bytes().to_vec();
            letters.swap(at, at + 1);
            String::from_utf8(letters).expect("the letters are plain")
        };
        for first in 0..word.len() - 1 {
            for second in 0..word.len() - 1 {
                let name = swap(&swap(word, first), second);
                let apart = first.abs_diff(second) > 1;
                assert!(
                    !apart || holds(&name, word),
                    "{name} is {word} with two swaps"
                );
                let mut fewer = swap(word, first);
                fewer.remove(second);
                let touched = second.abs_diff(first) > 1 && second.abs_diff(first + 1) > 1;
                assert!(
                    !touched || holds(&fewer, word),
                    "{fewer} is {word} with two slips"
                );
            }
        }
    }

    #[test]
    fn short_words_are_looked_for_as_they_are() {
        assert!(Pattern::of("abc").is_none(), "three letters");
    }
}
