//! Sets of kinds, quick to ask.

use model::ObjectKind;

/// How many kinds there are.
pub(super) const KINDS: usize = ObjectKind::ALL.len();

/// Some of the kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kinds([bool; KINDS]);

impl Kinds {
    /// Those that a condition holds for.
    pub(super) fn which(condition: impl Fn(ObjectKind) -> bool) -> Self {
        let mut kinds = [false; KINDS];
        for kind in ObjectKind::ALL {
            kinds[*kind as usize] = condition(*kind);
        }
        Self(kinds)
    }

    pub(super) fn has(self, kind: ObjectKind) -> bool {
        self.0[kind as usize]
    }
}
