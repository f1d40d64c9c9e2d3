//! Names that hold a word but for a slip: a letter too many, too few, another one, or
//! two in the wrong order.

use super::index::letters;

/// Shorter words are in too many names, but for a slip, to be told apart.
const SHORTEST: usize = 4;
/// From this length on two slips are forgiven.
const LONG: usize = 8;
/// Longer words are not mistyped but pasted.
const LONGEST: usize = 32;

/// A word that may be misspelt.
#[derive(Debug)]
pub(super) struct Pattern {
    word: Vec<u8>,
    letters: u64,
    slips: usize,
}

impl Pattern {
    /// Absent for words that are looked for as they are.
    pub(super) fn of(word: &str) -> Option<Self> {
        let length = word.len();
        (word.is_ascii() && (SHORTEST..=LONGEST).contains(&length)).then(|| Self {
            word: word.as_bytes().to_vec(),
            letters: letters(word),
            slips: if length < LONG { 1 } else { 2 },
        })
    }

    /// Whether a name of these letters may hold the word: quick, and never wrong in
    /// saying no.
    pub(super) fn may_be_in(&self, name: u64) -> bool {
        (self.letters & !name).count_ones() as usize <= self.slips
    }

    /// Whether a name holds the word but for the slips that are forgiven.
    ///
    /// Sellers' algorithm for approximate matching (1980), with the swap of two
    /// neighbours counted as one slip.
    pub(super) fn is_in(&self, name: &str) -> bool {
        let length = self.word.len();
        let mut before = [0_usize; LONGEST + 1];
        let mut last: [usize; LONGEST + 1] = std::array::from_fn(|place| place);
        let mut previous = 0_u8;
        for byte in name.bytes() {
            let mut now = [0_usize; LONGEST + 1];
            for place in 1..=length {
                let same = self.word[place - 1] == byte;
                let mut cost = (last[place - 1] + usize::from(!same))
                    .min(last[place] + 1)
                    .min(now[place - 1] + 1);
                let swapped =
                    place > 1 && self.word[place - 1] == previous && self.word[place - 2] == byte;
                if swapped {
                    cost = cost.min(before[place - 2] + 1);
                }
                now[place] = cost;
            }
            if now[length] <= self.slips {
                return true;
            }
            (before, last, previous) = (last, now, byte);
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(name: &str, word: &str) -> bool {
        let pattern = Pattern::of(word).expect("the word is long enough");
        let found = pattern.is_in(name);
        assert!(
            !found || pattern.may_be_in(letters(name)),
            "the quick look never hides what is there"
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
    fn short_words_are_looked_for_as_they_are() {
        assert!(Pattern::of("abc").is_none(), "three letters");
    }
}
