//! Content hashes: equal schemas hash equally, and statistics play no part.

use std::hash::{Hash, Hasher};

use xxhash_rust::xxh3::Xxh3;

use super::{Detail, Object, Walker};

impl Object<Detail> {
    /// The hash of this object's own facts, without statistics and children.
    pub fn content_hash(&self) -> u64 {
        let mut hasher = Xxh3::new();
        self.feed(&mut hasher);
        hasher.finish()
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
        let mut hasher = Xxh3::new();
        for walker in self.subtree() {
            hasher.write_u32(walker.subtree_size());
            walker.object().feed(&mut hasher);
        }
        hasher.digest128()
    }
}
