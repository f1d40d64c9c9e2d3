//! What a file is that people took for a database of SQLite, from its first bytes.
//!
//! It is looked at only after SQLite has said that it is none: see `link` for why.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How much of the file is looked at, in bytes.
const LOOKED_AT: u64 = 4096;

/// The least page of a database; an encrypted one has whole pages too.
const PAGE: u64 = 512;

/// How many of the 256 bytes there are must appear in what looks encrypted.
const VARIETY: usize = 250;

/// How formats begin: from which byte, with what, and what to do about such a file.
const BEGINNINGS: &[(usize, &[u8], &str)] = &[
    (
        0,
        b"SQLite format 3\0",
        "It begins as a database of SQLite, and nothing behind that can be read: its pages are \
         encrypted, or a newer SQLite made it.",
    ),
    (
        0,
        b"** This file contains an SQLite 2",
        "It is a database of SQLite 2. Convert it with that version's own program: \
         sqlite OLD .dump | sqlite3 NEW",
    ),
    (
        0,
        b"\x37\x7f\x06\x82",
        "It is the write-ahead log of a database. Choose the database itself, whose name lacks -wal.",
    ),
    (
        0,
        b"\x37\x7f\x06\x83",
        "It is the write-ahead log of a database. Choose the database itself, whose name lacks -wal.",
    ),
    (
        0,
        b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7",
        "It is the journal of a database. Choose the database itself, whose name lacks -journal.",
    ),
    (
        0,
        b"\x18\xe2\x2d\x00",
        "It is the index of a write-ahead log. Choose the database itself, whose name lacks -shm.",
    ),
    (0, b"\x1f\x8b", PACKED),
    (0, b"PK\x03\x04", PACKED),
    (0, b"\x28\xb5\x2f\xfd", PACKED),
    (0, b"\xfd7zXZ\0", PACKED),
    (0, b"BZh", PACKED),
    (0, b"7z\xbc\xaf\x27\x1c", PACKED),
    (
        0,
        b"PGDMP",
        "It is a dump of PostgreSQL. Restore it into a server with pg_restore.",
    ),
    (
        8,
        b"DUCK",
        "It is a database of DuckDB, which cannot be read here.",
    ),
    (
        4,
        b"Standard Jet DB\0",
        "It is a database of Microsoft Access, which cannot be read here.",
    ),
    (
        4,
        b"Standard ACE DB\0",
        "It is a database of Microsoft Access, which cannot be read here.",
    ),
];

const PACKED: &str = "It is compressed. Unpack it, and choose the database that is in it.";

const TEXT: &str = "It is text. If it holds SQL statements, run them into a new file, as in \
    sqlite3 NEW < TEXT, and choose that one.";

const BLANK: &str = "It holds nothing but zeros: it was lost, or never written.";

const ENCRYPTED: &str = "It looks encrypted (SQLCipher and its like leave no byte as it was). \
    An encrypted database cannot be read here; write it without encryption into another file.";

/// What the file at `path` seems to be and what to do about it; nothing where nobody can tell.
pub(crate) fn guess(path: &Path) -> Option<&'static str> {
    let mut bytes = Vec::new();
    let file = File::open(path).ok()?;
    let length = file.metadata().ok()?.len();
    file.take(LOOKED_AT).read_to_end(&mut bytes).ok()?;
    of(&bytes, length)
}

fn of(bytes: &[u8], length: u64) -> Option<&'static str> {
    let begins = |(from, with, _): &&(usize, &[u8], &str)| {
        bytes
            .get(*from..)
            .is_some_and(|rest| rest.starts_with(with))
    };
    if let Some((_, _, hint)) = BEGINNINGS.iter().find(begins) {
        return Some(hint);
    }
    if bytes.iter().all(|&byte| byte == 0) {
        return Some(BLANK);
    }
    if is_text(bytes) {
        return Some(TEXT);
    }
    let mut seen = [false; 256];
    bytes
        .iter()
        .for_each(|&byte| seen[usize::from(byte)] = true);
    let variety = seen.iter().filter(|&&seen| seen).count();
    (variety >= VARIETY && length.is_multiple_of(PAGE)).then_some(ENCRYPTED)
}

/// Whether it reads as UTF-8 or ASCII without control characters; the last character may be cut.
fn is_text(bytes: &[u8]) -> bool {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            std::str::from_utf8(whole).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let odd = |letter: char| letter.is_control() && !letter.is_whitespace();
    !text.is_empty() && !text.contains(odd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beginnings_name_their_format() {
        let cases: [(&[u8], &str); 8] = [
            (b"\x1f\x8b\x08\x00rest", "compressed"),
            (b"PGDMP\x01\x0e", "pg_restore"),
            (b"12345678DUCK", "DuckDB"),
            (b"\0\x01\0\0Standard Jet DB\0", "Access"),
            (b"CREATE TABLE t (a);\n-- \xc3", "text"),
            (b"\0\0\0\0\0", "zeros"),
            (b"SQLite format 3\0\x10\0\x09\x09", "newer"),
            (b"\x37\x7f\x06\x82\0\x2d\xe2\x18", "-wal"),
        ];
        for (bytes, word) in cases {
            let hint = of(bytes, bytes.len() as u64).unwrap_or_default();
            assert!(hint.contains(word), "{word} is named: {hint:?}");
        }
    }

    #[test]
    fn only_whole_pages_of_noise_look_encrypted() {
        let noise: Vec<u8> = (0_u32..4096)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 11) as u8)
            .collect();
        assert_eq!(of(&noise, 65_536), Some(ENCRYPTED), "whole pages");
        assert_eq!(of(&noise, 65_537), None, "a picture ends anywhere");
        assert_eq!(of(b"\x89PNG\r\n\x1a\n\0\0", 512), None, "too regular");
    }
}
