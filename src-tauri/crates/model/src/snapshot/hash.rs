//! Content hashes: equal schemas hash equally, and statistics play no part.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

use super::{Detail, Object, Walker};

impl Object<Detail> {
    /// The hash of this object's own facts, without statistics and children.
    pub fn content_hash(&self) -> u64 {
        let mut bytes = Bytes::default();
        self.feed(&mut bytes);
        bytes.finish()
    }

    fn feed(&self, hasher: &mut impl Hasher) {
        self.name.hash(hasher);
        self.native_id.hash(hasher);
        self.comment.hash(hasher);
        self.attributes.hash(hasher);
        self.detail.hash(hasher);
    }
}

impl Walker<'_> {
    /// The hash of this object and all below it (128 bits, so that thousands of
    /// tables never meet by chance).
    pub fn subtree_hash(self) -> u128 {
        let objects = self.subtree_size() as usize;
        let mut bytes = Bytes(Vec::with_capacity(objects * ROUGHLY));
        for walker in self.subtree() {
            bytes.write_u32(walker.subtree_size());
            walker.object().feed(&mut bytes);
        }
        xxh3_128(&bytes.0)
    }
}

/// What one object comes to, in bytes.
const ROUGHLY: usize = 192;

/// What is hashed, gathered first: a table has hundreds of facts of a few bytes each.
#[derive(Default)]
struct Bytes(Vec<u8>);

impl Hasher for Bytes {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    fn finish(&self) -> u64 {
        xxh3_64(&self.0)
    }
}
