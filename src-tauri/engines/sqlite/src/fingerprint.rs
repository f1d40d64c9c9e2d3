//! What tells one state of a file from another, as bytes that only this engine reads.
//!
//! Two levels: what the system says of the file, which is enough where it has not been
//! touched at all, and a hash for each table and view over all that is listed of it.
//! The number that SQLite counts changes of the schema by is not relied on: it stays
//! as it is when the schema's own table is edited, and a file copied over another
//! may bring the same one along.

use model::Text;
use model::snapshot::Fingerprint;

use crate::rows::Facts;

/// The form of these bytes, and what wrote them: what is told of an unchanged file
/// may change with either.
const MAKER: &str = concat!("sqlite 1 ", env!("CARGO_PKG_VERSION"), " ");

/// A file as a whole, at one moment.
#[derive(Debug)]
pub(crate) struct State {
    maker: Vec<u8>,
    facts: Vec<u8>,
    /// What the system says of the file; none where that is not sure.
    mark: Option<Vec<u8>>,
}

/// A fingerprint that was taken before.
#[derive(Debug)]
pub(crate) struct Known<'a> {
    maker: &'a [u8],
    facts: &'a [u8],
    mark: &'a [u8],
    entries: Bytes<'a>,
}

impl State {
    /// This state; `system` is whether SQLite's own tables are read too.
    pub(crate) fn new(facts: &Facts, system: bool, mark: Option<Vec<u8>>) -> Self {
        Self {
            maker: format!("{MAKER}{} {system}", rusqlite::version()).into_bytes(),
            facts: format!("{facts:?}").into_bytes(),
            mark,
        }
    }

    /// Whether nothing at all has been done to the file.
    pub(crate) fn is_untouched(&self, known: &Known<'_>) -> bool {
        self.is_comparable(known)
            && self.has_same_facts(known)
            && self.mark.as_deref() == Some(known.mark)
    }

    /// Whether the known entries were read as they would be read now.
    pub(crate) fn is_comparable(&self, known: &Known<'_>) -> bool {
        self.maker == known.maker
    }

    /// Whether what is told of the file as a whole is the same.
    pub(crate) fn has_same_facts(&self, known: &Known<'_>) -> bool {
        self.facts == known.facts
    }

    /// The fingerprint with these entries, which come in the order of their names.
    pub(crate) fn fingerprint<'a>(
        &self,
        entries: impl Iterator<Item = (&'a Text, u64)>,
    ) -> Fingerprint {
        let mut bytes = Vec::new();
        for part in [
            &*self.maker,
            &*self.facts,
            self.mark.as_deref().unwrap_or_default(),
        ] {
            push(&mut bytes, part.len());
            bytes.extend_from_slice(part);
        }
        let mut last: &[u8] = &[];
        for (name, hash) in entries {
            let name = name.as_bytes();
            let shared = last.iter().zip(name).take_while(|(a, b)| a == b).count();
            let own = name.get(shared..).unwrap_or_default();
            push(&mut bytes, shared);
            push(&mut bytes, own.len());
            bytes.extend_from_slice(own);
            bytes.extend_from_slice(&hash.to_le_bytes());
            last = name;
        }
        Fingerprint(bytes)
    }
}

impl<'a> Known<'a> {
    /// What these bytes tell; none where they are not ours.
    pub(crate) fn read(fingerprint: &'a Fingerprint) -> Option<Self> {
        let mut bytes = Bytes(&fingerprint.0);
        Some(Self {
            maker: bytes.text()?,
            facts: bytes.text()?,
            mark: bytes.text()?,
            entries: bytes,
        })
    }

    /// The entries, in the order of their names; none where they are broken.
    pub(crate) fn entries(&self) -> Option<Vec<(String, u64)>> {
        let mut bytes = Bytes(self.entries.0);
        let mut entries: Vec<(String, u64)> = Vec::new();
        while !bytes.0.is_empty() {
            let shared = bytes.number()?;
            let mut name = match entries.last() {
                Some((last, _)) => last.as_bytes().get(..shared)?.to_vec(),
                None => Vec::new(),
            };
            name.extend_from_slice(bytes.text()?);
            let hash = bytes.take(8)?.try_into().ok()?;
            entries.push((String::from_utf8(name).ok()?, u64::from_le_bytes(hash)));
        }
        Some(entries)
    }
}

/// Bytes that are read from their beginning.
#[derive(Debug)]
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<usize> {
        let mut number = 0_usize;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = *self.take(1)?.first()?;
            number |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        self.take(length)
    }
}

/// Puts a number in as few bytes as it needs.
fn push(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_broken_is_not() {
        let state = State::new(&Facts::default(), false, Some(b"mark".to_vec()));
        let names: Vec<(Text, u64)> = ["", "a", "ab\u{e9}", "ab\u{ea}", "b"]
            .into_iter()
            .zip([0, 1, u64::MAX, 3, 4])
            .map(|(name, hash)| (Text::from(name), hash))
            .collect();
        let fingerprint = state.fingerprint(names.iter().map(|(name, hash)| (name, *hash)));
        let known = Known::read(&fingerprint).expect("it was just written");
        assert!(state.is_untouched(&known), "the very same state");
        let expected: Vec<_> = names
            .iter()
            .map(|(name, hash)| (name.to_string(), *hash))
            .collect();
        assert_eq!(known.entries(), Some(expected), "each with its hash");
        let later = State::new(&Facts::default(), false, None);
        assert!(!later.is_untouched(&known), "nobody knows");
        assert!(later.has_same_facts(&known), "as far as facts go");

        for end in 0..fingerprint.0.len() {
            let cut = Fingerprint(fingerprint.0.get(..end).unwrap_or_default().to_vec());
            let entries = Known::read(&cut).and_then(|known| known.entries());
            assert_ne!(
                entries.map(|entries| entries.len()),
                Some(names.len()),
                "cut at {end}"
            );
        }
    }
}
