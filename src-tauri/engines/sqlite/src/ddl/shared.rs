//! Names and types that stand in table after table, kept once.

use std::cell::RefCell;
use std::collections::HashSet;

use model::Text;

/// How many are kept before all are forgotten.
const MOST: usize = 2048;

thread_local! {
    static KNOWN: RefCell<HashSet<Text>> = RefCell::default();
}

/// This text, as one that other statements of the thread may share.
pub(crate) fn shared(text: &str) -> Text {
    KNOWN.with_borrow_mut(|known| {
        if let Some(known) = known.get(text) {
            return Text::clone(known);
        }
        if known.len() >= MOST {
            known.clear();
        }
        let text = Text::from(text);
        known.insert(Text::clone(&text));
        text
    })
}
