//! One word of a query: where it stands in the names of a segment, and how well it fits.

use std::ops::Range;

use memchr::memmem::Finder;

use super::best::Fit;
use super::fuzzy::Pattern;
use super::index::{Segment, letters};
use super::lines::Lines;

/// A word made ready to be looked for.
#[derive(Debug)]
pub(super) struct Term {
    text: Box<str>,
    letters: u32,
    initial: u32,
    /// Whether it is a letter that names are told by.
    is_one_letter: bool,
    finder: Finder<'static>,
    pattern: Option<Pattern>,
}

impl Term {
    /// The word as it is, or, where `nearly`, with slips.
    pub(super) fn new(word: &str, nearly: bool) -> Self {
        Self {
            text: word.into(),
            letters: letters(word.as_bytes()),
            initial: letters(&word.as_bytes()[..1.min(word.len())]),
            is_one_letter: matches!(word.as_bytes(), [b'a'..=b'z' | b'_']),
            finder: Finder::new(word).into_owned(),
            pattern: nearly.then(|| Pattern::of(word)).flatten(),
        }
    }

    /// How many letters it has.
    pub(super) fn length(&self) -> usize {
        self.text.chars().count()
    }

    /// Whether a name of these letters may hold it: never wrong in saying no.
    fn may_be_in(&self, letters: u32) -> bool {
        match &self.pattern {
            Some(pattern) => pattern.may_be_in(letters),
            None => self.letters & !letters == 0,
        }
    }

    /// Whether a name that holds a piece of it holds it.
    fn is_in(&self, segment: &Segment, name: usize) -> bool {
        self.may_be_in(segment.letters[name]) && self.is_in_name(segment.names.line(name))
    }

    fn is_in_name(&self, name: &[u8]) -> bool {
        match &self.pattern {
            Some(pattern) => pattern.is_in(name),
            None => self.is_within(name),
        }
    }

    /// Whether a line of text holds it as it is.
    pub(super) fn is_within(&self, line: &[u8]) -> bool {
        self.finder.find(line).is_some()
    }

    /// Tells each of some names that holds it once, in no order.
    pub(super) fn each(&self, segment: &Segment, names: Range<usize>, mut tell: impl FnMut(usize)) {
        if let Some(pattern) = &self.pattern {
            let mut seen = vec![false; names.len()];
            for piece in pattern.pieces() {
                each_line(piece, &segment.names, names.clone(), |name| {
                    let seen = std::mem::replace(&mut seen[name - names.start], true);
                    if !seen && self.is_in(segment, name) {
                        tell(name);
                    }
                });
            }
        } else if self.is_one_letter {
            for (name, letters) in names.clone().zip(&segment.letters[names]) {
                if letters & self.letters != 0 {
                    tell(name);
                }
            }
        } else {
            each_line(&self.finder, &segment.names, names, tell);
        }
    }

    /// Tells which of some lines hold it as it is.
    pub(super) fn each_line(
        &self,
        lines: &Lines,
        range: Range<usize>,
        mut tell: impl FnMut(usize),
    ) {
        each_line(&self.finder, lines, range, &mut tell);
    }

    /// How well a name that holds it fits.
    pub(super) fn fit(&self, segment: &Segment, name: usize) -> Fit {
        match self.likely(segment, name) {
            Fit::Word if !self.begins_a_word(segment.names.line(name)) => Fit::Within,
            fit => fit,
        }
    }

    /// The best that this can be, told quickly.
    #[inline]
    pub(super) fn likely(&self, segment: &Segment, name: usize) -> Fit {
        if self.pattern.is_some() {
            Fit::Nearly
        } else if segment.initials[name] & self.initial == 0 {
            // Told without a look at the name, for it begins with a word of its own.
            Fit::Within
        } else {
            self.likely_beginning(segment.names.line(name))
        }
    }

    fn likely_beginning(&self, name: &[u8]) -> Fit {
        let text = self.text.as_bytes();
        if name.first() != text.first() || !name.starts_with(text) {
            Fit::Word
        } else if name.len() == text.len() {
            Fit::Exact
        } else {
            Fit::Prefix
        }
    }

    fn begins_a_word(&self, name: &[u8]) -> bool {
        self.finder
            .find_iter(name)
            .any(|at| !ends_in_a_word(&name[..at]))
    }
}

/// Whether a text ends in a letter or a digit.
fn ends_in_a_word(text: &[u8]) -> bool {
    match text {
        [] => false,
        [.., last] if last.is_ascii() => last.is_ascii_alphanumeric(),
        _ => {
            let last = text.utf8_chunks().last();
            let letter = last.and_then(|chunk| chunk.valid().chars().next_back());
            letter.is_some_and(char::is_alphanumeric)
        }
    }
}

/// Tells which of some lines hold a text.
fn each_line(finder: &Finder<'_>, lines: &Lines, range: Range<usize>, mut tell: impl FnMut(usize)) {
    if range.is_empty() {
        return;
    }
    let text = &lines.text()[..lines.end(range.end - 1)];
    let (mut at, mut line) = (lines.start(range.start), range.start);
    while let Some(found) = finder.find(&text[at..]) {
        line = lines.line_at(at + found, line);
        tell(line);
        at = lines.end(line);
    }
}
