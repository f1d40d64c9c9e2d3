//! The shape of the tree as an engine declares it: what stands below an object, in
//! which folders, and how many rows that takes.

use std::collections::BTreeMap;
use std::sync::Arc;

use model::engine::TreeGroup;
use model::snapshot::Counts;
use model::{EngineDescriptor, ObjectKind};

/// The kinds below an object of which nothing could be seen, each with the reason.
pub(super) type Hidden = BTreeMap<ObjectKind, Arc<str>>;

/// A group of children that an object really has.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// The folder's name; absent where the children hang from the object itself.
    pub(super) folder: Option<&'static str>,
    pub(super) kinds: &'static [ObjectKind],
    pub(super) count: u32,
    /// Why none of them could be seen, if so.
    pub(super) unseen: Option<Arc<str>>,
}

/// The groups below an object, in the declared order, without the empty ones that
/// could be seen.
pub(super) fn groups(
    engine: Option<&'static EngineDescriptor>,
    kind: ObjectKind,
    counts: &Counts,
    hidden: Option<&Hidden>,
) -> Vec<Group> {
    let declared = engine.and_then(|engine| engine.kind(kind));
    let declared = declared.map_or(&[][..], |kind| kind.children);
    let group = |declared: &'static TreeGroup| Group {
        folder: declared.folder,
        kinds: declared.kinds,
        count: count(declared.kinds, counts),
        unseen: declared.folder.and(hidden).and_then(|hidden| {
            let reason = |kind| hidden.get(kind).cloned();
            declared.kinds.iter().find_map(reason)
        }),
    };
    let groups = declared.iter().map(group);
    groups
        .filter(|group| group.count > 0 || group.unseen.is_some())
        .collect()
}

/// The folder in which an object stands below another, if in any.
pub(super) fn folder_of(
    engine: Option<&'static EngineDescriptor>,
    above: ObjectKind,
    kind: ObjectKind,
) -> Option<&'static str> {
    let groups = engine?.kind(above)?.children;
    groups
        .iter()
        .find(|group| group.kinds.contains(&kind))?
        .folder
}

/// Whether an object of this kind holds a level of its own, which is kept once known.
pub(super) const fn is_holder(kind: ObjectKind) -> bool {
    matches!(
        kind,
        ObjectKind::Server | ObjectKind::Database | ObjectKind::Schema
    )
}

/// How many rows an unfolded table and all below it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    /// With its folders folded.
    pub(super) shallow: u32,
    /// With its folders unfolded.
    pub(super) deep: u32,
}

impl Span {
    /// Of what takes one row whatever is said of it.
    pub(super) const ONE: Self = Self {
        shallow: 1,
        deep: 1,
    };

    pub(super) fn of(groups: &[Group], unseen: bool) -> Self {
        let mut span = Self::ONE;
        for group in groups {
            let head = u32::from(group.folder.is_some());
            span.shallow += if head == 1 { 1 } else { group.count };
            span.deep += head + group.count + u32::from(group.unseen.is_some());
        }
        if groups.is_empty() && unseen {
            span.shallow += 1;
            span.deep += 1;
        }
        span
    }
}

fn count(kinds: &[ObjectKind], counts: &Counts) -> u32 {
    let sum = kinds
        .iter()
        .map(|kind| counts.get(kind).copied().unwrap_or_default());
    u32::try_from(sum.sum::<u64>()).unwrap_or(u32::MAX)
}
