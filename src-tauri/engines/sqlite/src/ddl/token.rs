//! The words of a statement: names, texts, numbers and signs, without white
//! space and comments.

use model::Text;

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

impl Token<'_> {
    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Whether it is this keyword, unquoted, in any case.
    pub(super) fn is(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// Whether it is this sign.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == TokenKind::Sign(sign)
    }

    /// The name that it stands for where a name must stand.
    pub(super) fn name(&self) -> Option<Text> {
        match self.kind {
            TokenKind::Word => Some(self.text.into()),
            TokenKind::Quoted | TokenKind::Text => Some(unquote(self.text).into()),
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
        let next = bytes.get(at + 1).copied();
        let kind = match byte {
            b if b.is_ascii_whitespace() || b == 0x0b => {
                at += 1;
                continue;
            }
            b'-' if next == Some(b'-') => {
                at = find(bytes, at, b"\n");
                continue;
            }
            b'/' if next == Some(b'*') => {
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
            b'x' | b'X' if next == Some(b'\'') => {
                at = quoted_end(bytes, at + 1, b'\'');
                TokenKind::Literal
            }
            b if b.is_ascii_digit() => {
                at = word_end(bytes, at);
                TokenKind::Literal
            }
            b if is_word(b) => {
                at = word_end(bytes, at);
                TokenKind::Word
            }
            b => {
                at += 1;
                TokenKind::Sign(char::from(b))
            }
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

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'$' || !byte.is_ascii()
}

fn word_end(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    // A number's point belongs to it; a name's does not.
    let number = rest.first().is_some_and(u8::is_ascii_digit);
    let length = rest
        .iter()
        .take_while(|&&b| is_word(b) || (number && b == b'.'))
        .count();
    from + length
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

fn unquote(text: &str) -> String {
    let mut inner = text.chars();
    let Some(open) = inner.next() else {
        return String::new();
    };
    let close = if open == '[' { ']' } else { open };
    let inner = inner.as_str();
    let inner = inner.strip_suffix(close).unwrap_or(inner);
    if open == '[' {
        inner.to_owned()
    } else {
        inner.replace(&format!("{open}{open}"), &open.to_string())
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
