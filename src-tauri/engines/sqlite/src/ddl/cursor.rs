//! A place in the tokens of a statement, moved forward only.

use model::Text;

use super::shared::shared;
use super::token::{Token, TokenKind};

/// A part of a statement's tokens and how far it has been read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a> {
    source: &'a str,
    tokens: &'a [Token<'a>],
    next: usize,
    /// One past the last token of the part.
    end: usize,
}

impl<'a> Cursor<'a> {
    /// At the beginning of a statement, of which these are all tokens.
    pub(super) fn new(source: &'a str, tokens: &'a [Token<'a>]) -> Self {
        Self {
            source,
            tokens,
            next: 0,
            end: tokens.len(),
        }
    }

    /// The next token, left where it is.
    pub(super) fn peek(&self) -> Option<Token<'a>> {
        self.ahead(0)
    }

    /// The token so many behind the next one.
    pub(super) fn ahead(&self, count: usize) -> Option<Token<'a>> {
        let at = self.next + count;
        if at < self.end {
            self.tokens.get(at).copied()
        } else {
            None
        }
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Option<Token<'a>> {
        let token = self.peek()?;
        self.next += 1;
        Some(token)
    }

    /// Takes the next tokens if they are these keywords, and says whether.
    pub(super) fn accept(&mut self, keywords: &[&str]) -> bool {
        let matches = keywords
            .iter()
            .enumerate()
            .all(|(count, keyword)| self.ahead(count).is_some_and(|token| token.is(keyword)));
        if matches {
            self.next += keywords.len();
        }
        matches
    }

    /// Takes the next token if it is this sign, and says whether.
    pub(super) fn accept_sign(&mut self, sign: char) -> bool {
        let matches = self.peek().is_some_and(|token| token.is_sign(sign));
        if matches {
            self.next += 1;
        }
        matches
    }

    /// Takes the next token if it is one of these keywords, and gives it in lower case.
    pub(super) fn accept_any(&mut self, keywords: &[&str]) -> Option<Text> {
        let token = self.peek()?;
        if !keywords.iter().any(|keyword| token.is(keyword)) {
            return None;
        }
        self.next += 1;
        Some(token.text.to_ascii_lowercase().into())
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Option<Text> {
        let name = self.peek()?.name()?;
        self.next += 1;
        Some(name.into())
    }

    /// Takes a name that stands in many statements.
    pub(super) fn shared_name(&mut self) -> Option<Text> {
        let name = self.peek()?.name()?;
        self.next += 1;
        Some(shared(&name))
    }

    /// Takes a name that may be preceded by that of its database.
    pub(super) fn qualified_name(&mut self) -> Option<Text> {
        let name = self.name()?;
        if self.accept_sign('.') {
            self.name()
        } else {
            Some(name)
        }
    }

    /// Takes a group in parentheses and gives what stands between them.
    pub(super) fn group(&mut self) -> Option<Cursor<'a>> {
        if !self.accept_sign('(') {
            return None;
        }
        let start = self.next;
        let mut depth = 1_usize;
        while let Some(token) = self.take() {
            match token.kind {
                TokenKind::Sign('(') => depth += 1,
                TokenKind::Sign(')') => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return Some(self.part(start, self.next - 1));
            }
        }
        Some(self.part(start, self.next))
    }

    /// Cuts what is left at the commas that stand in no inner parentheses.
    pub(super) fn list(mut self) -> impl Iterator<Item = Cursor<'a>> {
        let mut is_over = false;
        std::iter::from_fn(move || {
            if is_over {
                return None;
            }
            let start = self.next;
            while let Some(token) = self.peek() {
                if token.is_sign('(') {
                    self.group();
                    continue;
                }
                self.next += 1;
                if token.is_sign(',') {
                    return Some(self.part(start, self.next - 1));
                }
            }
            is_over = true;
            Some(self.part(start, self.next))
        })
    }

    /// What is left, as it is written.
    pub(super) fn rest(&self) -> &'a str {
        self.written(self.next, self.end)
    }

    /// What was taken since the cursor stood there, as it is written.
    pub(super) fn since(&self, place: usize) -> &'a str {
        self.written(place, self.next)
    }

    /// Where it stands, for [`Cursor::since`].
    pub(super) fn place(&self) -> usize {
        self.next
    }

    /// Whether the parenthesis that this part stands in is closed.
    pub(super) fn is_closed(&self) -> bool {
        self.tokens
            .get(self.end)
            .is_some_and(|token| token.is_sign(')'))
    }

    /// All between the parentheses that this part stands in, comments at its ends
    /// included, without white space there.
    pub(super) fn between(&self) -> Option<&'a str> {
        let open = self
            .next
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))?;
        let close = self.tokens.get(self.end)?;
        let inner = self.source.get(open.end()..close.start)?;
        Some(inner.trim_matches([' ', '\t', '\n', '\u{b}', '\u{c}', '\r']))
    }

    /// Leaves out the last token of what is left if `wanted` says so, and gives it.
    pub(super) fn drop_last(&mut self, wanted: impl Fn(&Token<'a>) -> bool) -> Option<Token<'a>> {
        if self.end <= self.next {
            return None;
        }
        let last = self.tokens.get(self.end - 1).copied();
        let last = last.filter(|token| wanted(token))?;
        self.end -= 1;
        Some(last)
    }

    /// How many tokens are left.
    pub(super) fn left(&self) -> usize {
        self.end.saturating_sub(self.next)
    }

    /// What is written from this token up to before that one.
    fn written(&self, from: usize, to: usize) -> &'a str {
        let first = self.tokens.get(from);
        let last = to.checked_sub(1).and_then(|at| self.tokens.get(at));
        match (first, last) {
            (Some(first), Some(last)) if from < to => {
                self.source.get(first.start..last.end()).unwrap_or_default()
            }
            _ => "",
        }
    }

    fn part(&self, from: usize, to: usize) -> Cursor<'a> {
        Cursor {
            source: self.source,
            tokens: self.tokens,
            next: from,
            end: to,
        }
    }
}
