//! Texts of answers, kept once where they repeat: types, charsets, names of columns.

use std::collections::HashSet;

use model::Text;

/// Longer texts seldom repeat.
const LONGEST: usize = 96;
/// How many are remembered; with more of them, it begins anew.
const MOST: usize = 16_384;

/// Texts that were read.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    kept: HashSet<Text>,
    /// The last text of each column: most rows are like the one before.
    last: Vec<Option<Text>>,
    bytes: usize,
}

impl Texts {
    /// How many bytes were read since this was last asked.
    pub(crate) fn bytes(&mut self) -> usize {
        std::mem::take(&mut self.bytes)
    }

    /// The text of these bytes, which stand in the column of this number.
    pub(super) fn once(&mut self, place: usize, bytes: &[u8]) -> Text {
        self.bytes += bytes.len();
        if let Some(Some(last)) = self.last.get(place)
            && last.as_bytes() == bytes
        {
            return Text::clone(last);
        }
        let text = self.kept(&String::from_utf8_lossy(bytes));
        if self.last.len() <= place {
            self.last.resize(place + 1, None);
        }
        if let Some(last) = self.last.get_mut(place) {
            *last = Some(Text::clone(&text));
        }
        text
    }

    fn kept(&mut self, text: &str) -> Text {
        if text.len() > LONGEST {
            return Text::from(text);
        }
        if let Some(kept) = self.kept.get(text) {
            return Text::clone(kept);
        }
        if self.kept.len() >= MOST {
            self.kept.clear();
        }
        let text = Text::from(text);
        self.kept.insert(Text::clone(&text));
        text
    }
}
