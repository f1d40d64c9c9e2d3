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

/// Tables before columns, and those before what hangs on them.
pub(super) fn rank(kind: ObjectKind) -> u8 {
    RANKS[kind as usize]
}

const RANKS: [u8; KINDS] = {
    let mut ranks = [0; KINDS];
    let mut at = 0;
    while at < KINDS {
        let kind = ObjectKind::ALL[at];
        ranks[kind as usize] = match kind {
            _ if kind.is_relation() => 0,
            ObjectKind::Database | ObjectKind::Schema => 1,
            ObjectKind::Column | ObjectKind::Field => 2,
            _ if kind.is_other() => 3,
            _ => 4,
        };
        at += 1;
    }
    ranks
};
