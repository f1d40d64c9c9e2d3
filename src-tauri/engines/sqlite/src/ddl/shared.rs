//! Names and types that stand in table after table, kept once.

use std::cell::RefCell;

use model::Text;
use xxhash_rust::xxh3::xxh3_64;

/// How many places there are. A text has one by its hash, and takes it from the one
/// that had it before: what comes again and again is there.
const PLACES: usize = 2048;

thread_local! {
    static KNOWN: RefCell<Vec<Text>> = RefCell::new(vec![Text::default(); PLACES]);
}

/// This text, as one that other statements of the thread may share.
pub(crate) fn shared(text: &str) -> Text {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "any bits of a hash will do"
    )]
    let place = xxh3_64(text.as_bytes()) as usize % PLACES;
    KNOWN.with_borrow_mut(|known| match known.get_mut(place) {
        Some(known) if **known == *text => Text::clone(known),
        Some(known) => {
            *known = text.into();
            Text::clone(known)
        }
        None => text.into(),
    })
}
