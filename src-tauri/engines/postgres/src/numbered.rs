//! Maps by the server's own numbers, and sets of its texts, which are looked up once or more for
//! each row.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

use model::Text;

/// A map by the numbers of objects.
pub(crate) type Numbered<K, V> = HashMap<K, V, BuildHasherDefault<Mixed>>;

/// A set of texts.
pub(crate) type Texts = HashSet<Text, BuildHasherDefault<Mixed>>;

/// Mixes the few numbers of a key; nobody gains from keys that collide but a server that
/// could as well send rows without end.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Mixed(u64);

impl Mixed {
    fn add(&mut self, number: u64) {
        // An odd constant without a pattern: the golden ratio in 64 bits.
        self.0 = (self.0.rotate_left(29) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Mixed {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        let rest = rest.iter().fold(0, |all, byte| all << 8 | u64::from(*byte));
        self.add(rest);
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_i32(&mut self, number: i32) {
        self.add(u64::from(number.cast_unsigned()));
    }

    fn write_i16(&mut self, number: i16) {
        self.add(u64::from(number.cast_unsigned()));
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
