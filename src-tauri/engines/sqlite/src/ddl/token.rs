//! The words of a statement: names, texts, numbers and signs, without white
//! space and comments.

use std::borrow::Cow;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A keyword or a bare name.
    Word,
    /// A name in double quotes, brackets or backticks.
    Quoted,
    /// A text in single quotes; SQLite also takes it for a name where one must stand.
    Text,
    /// A number or a blob.
    Literal,
    /// Any other character.
    Sign(char),
}

/// One token and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) kind: TokenKind,
    /// As it is written, quotes included.
    pub(super) text: &'a str,
    /// Where it begins, in bytes.
    pub(super) start: usize,
}

impl<'a> Token<'a> {
    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this keyword, unquoted, in any case.
    #[inline]
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is this sign.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    /// The name that it stands for where a name must stand.
    pub(super) fn name(&self) -> Option<Cow<'a, str>> {
        match self.kind {
            TokenKind::Word => Some(self.text.into()),
            TokenKind::Quoted | TokenKind::Text => Some(unquote(self.text)),
            TokenKind::Literal | TokenKind::Sign(_) => None,
        }
    }
}

/// All tokens of a statement.
pub(super) fn tokens(source: &str) -> Vec<Token<'_>> {
    let bytes = source.as_bytes();
    // Most words are longer than this with what stands between them.
    let mut tokens = Vec::with_capacity(source.len() / 4 + 8);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let is_next = |byte: u8| bytes.get(start + 1) == Some(&byte);
        let kind = match class(byte) {
            Class::Space => {
                at += 1;
                continue;
            }
            Class::Letter if matches!(byte, b'x' | b'X') && is_next(b'\'') => {
                at = quoted_end(bytes, at + 1, b'\'');
                TokenKind::Literal
            }
            Class::Letter => {
                at = end_of(bytes, at, |byte| {
                    matches!(class(byte), Class::Letter | Class::Digit)
                });
                TokenKind::Word
            }
            Class::Digit => {
                // A number's point belongs to it; a name's does not.
                at = end_of(bytes, at, |byte| {
                    matches!(class(byte), Class::Letter | Class::Digit) || byte == b'.'
                });
                TokenKind::Literal
            }
            Class::Other => match byte {
                b'-' if is_next(b'-') => {
                    at = find(bytes, at, b"\n");
                    continue;
                }
                b'/' if is_next(b'*') => {
                    at = find(bytes, at + 2, b"*/");
                    continue;
                }
                b'"' | b'`' => {
                    at = quoted_end(bytes, at, byte);
                    TokenKind::Quoted
                }
                b'[' => {
                    at = find(bytes, at, b"]");
                    TokenKind::Quoted
                }
                b'\'' => {
                    at = quoted_end(bytes, at, byte);
                    TokenKind::Text
                }
                _ => {
                    at += 1;
                    TokenKind::Sign(char::from(byte))
                }
            },
        };
        // Every end lies behind an ASCII character or at the end of the text,
        // so the slice never cuts a character.
        tokens.push(Token {
            kind,
            text: source.get(start..at).unwrap_or_default(),
            start,
        });
    }
    tokens
}

/// What a byte can begin or go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    /// Whatever a name may begin with, and all beyond ASCII.
    Letter,
    Digit,
    Other,
}

/// The class of each byte: there are more bytes in a schema than anything else.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Letter; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b' ' | b'\t' | b'\n' | 0x0b | 0x0c | b'\r' => Class::Space,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'$' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    let class = CLASSES.get(usize::from(byte));
    class.copied().unwrap_or(Class::Other)
}

/// One past the last byte from `from` on that all are `inside`.
fn end_of(bytes: &[u8], from: usize, inside: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let length = rest.iter().position(|&byte| !inside(byte));
    from + length.unwrap_or(rest.len())
}

/// One past the first `end` after `from`, or the end of the text.
fn find(bytes: &[u8], from: usize, end: &[u8]) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let found = rest.windows(end.len()).position(|window| window == end);
    found.map_or(bytes.len(), |position| from + position + end.len())
}

/// One past the quote that closes the one at `from`; a doubled quote does not.
fn quoted_end(bytes: &[u8], from: usize, quote: u8) -> usize {
    let mut at = from + 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte == quote {
            if bytes.get(at) != Some(&quote) {
                return at;
            }
            at += 1;
        }
    }
    bytes.len()
}

fn unquote(text: &str) -> Cow<'_, str> {
    let mut inner = text.chars();
    let Some(open) = inner.next() else {
        return Cow::default();
    };
    let close = if open == '[' { ']' } else { open };
    let inner = inner.as_str();
    let inner = inner.strip_suffix(close).unwrap_or(inner);
    if open == '[' || !inner.contains(open) {
        inner.into()
    } else {
        inner
            .replace(&format!("{open}{open}"), &open.to_string())
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<&str> {
        tokens(source).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn comments_and_white_space_are_passed_over() {
        assert_eq!(
            texts("a -- b, c\n/* d ) */ e /* open"),
            ["a", "e"],
            "only what stands outside comments is a token"
        );
    }

    #[test]
    fn quotes_hold_whatever_is_in_them() {
        assert_eq!(
            texts(r#""a "" b"[c ( d]`e``f`'g '' h'x'00'"#),
            [r#""a "" b""#, "[c ( d]", "`e``f`", "'g '' h'", "x'00'"],
            "a doubled quote does not end a quoted token"
        );
    }

    #[test]
    fn names_lose_their_quotes() {
        let names: Vec<_> = tokens(r#""a "" b" [c d] `e``f` 'g '' h' plain 12"#)
            .iter()
            .map(|token| token.name().map(|name| name.to_string()))
            .collect();
        let expected = ["a \" b", "c d", "e`f", "g ' h", "plain"].map(|name| Some(name.to_owned()));
        assert_eq!(
            names[..5],
            expected,
            "each way of quoting gives the name itself"
        );
        assert_eq!(names[5], None, "a number is no name");
    }

    #[test]
    fn an_open_quote_ends_with_the_text() {
        assert_eq!(
            texts("a \"é"),
            ["a", "\"é"],
            "what is never closed goes to the end"
        );
    }
}
