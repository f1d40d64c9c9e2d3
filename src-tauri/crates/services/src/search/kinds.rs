//! Sets of kinds, quick to ask.

use model::ObjectKind;

/// How many kinds there are.
pub(super) const KINDS: usize = ObjectKind::ALL.len();

const _: () = assert!(KINDS <= 128, "a set has a bit for every kind");

/// Some of the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds(u128);

impl Kinds {
    /// Those that a condition holds for.
    pub(super) fn which(condition: impl Fn(ObjectKind) -> bool) -> Self {
        let kinds = ObjectKind::ALL.iter().filter(|kind| condition(**kind));
        Self(kinds.fold(0, |set, kind| set | 1 << (*kind as u32)))
    }

    pub(super) fn has(self, kind: ObjectKind) -> bool {
        self.0 >> (kind as u32) & 1 == 1
    }
}
