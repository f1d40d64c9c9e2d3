//! `tree --folders`: the tree as the window shows it, from the engine's descriptor.

use std::fmt::Write as _;

use model::engine::TreeGroup;
use model::path::visible;
use model::snapshot::Walker;
use model::{EngineDescriptor, ObjectKind, Snapshot};
use serde::Serialize;

/// An object and the folders below it.
#[derive(Debug, Serialize)]
pub(super) struct Branch {
    kind: ObjectKind,
    name: String,
    folders: Vec<Folder>,
}

/// Children of some kinds; without a name they stand directly below their parent.
#[derive(Debug, Serialize)]
pub(super) struct Folder {
    name: Option<&'static str>,
    count: usize,
    children: Vec<Branch>,
}

/// The databases of a connection, and what belongs to its server.
pub(super) fn of_roots(engine: &'static EngineDescriptor, snapshot: &Snapshot) -> Vec<Branch> {
    let roots = snapshot.roots();
    roots.map(|root| Branch::of(engine, root)).collect()
}

impl Branch {
    /// An object and all below it.
    pub(super) fn of(engine: &'static EngineDescriptor, walker: Walker<'_>) -> Self {
        let folders = groups(engine, walker)
            .into_iter()
            .map(|(name, children)| Folder {
                name,
                count: children.len(),
                children: children
                    .into_iter()
                    .map(|child| Self::of(engine, child))
                    .collect(),
            })
            .collect();
        Self {
            kind: walker.kind(),
            name: walker.name().to_owned(),
            folders,
        }
    }

    /// One line for each object and folder.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{indent}{}", visible(&self.name));
        for folder in &self.folders {
            let below = match folder.name {
                Some(name) => {
                    let _ = writeln!(out, "{indent}  {name} ({})", folder.count);
                    depth + 2
                }
                None => depth + 1,
            };
            folder
                .children
                .iter()
                .for_each(|child| child.write(out, below));
        }
    }
}

/// The children of an object by the folders of its descriptor, empty ones left out;
/// kinds that no folder holds come last, under their own name.
pub(super) fn groups<'a>(
    engine: &'static EngineDescriptor,
    walker: Walker<'a>,
) -> Vec<(Option<&'static str>, Vec<Walker<'a>>)> {
    let declared: &[TreeGroup] = engine.kind(walker.kind()).map_or(&[], |kind| kind.children);
    let of = |group: &TreeGroup| -> Vec<Walker<'a>> {
        let kinds = group.kinds.iter();
        kinds.flat_map(|kind| walker.children_of(*kind)).collect()
    };
    let mut groups: Vec<_> = declared
        .iter()
        .map(|group| (group.folder, of(group)))
        .collect();
    let shown = |kind| declared.iter().any(|group| group.kinds.contains(&kind));
    let mut others: Vec<ObjectKind> = walker.children().map(Walker::kind).collect();
    others.sort_unstable();
    others.dedup();
    for kind in others.into_iter().filter(|kind| !shown(*kind)) {
        let plural = engine.kind(kind).map(|kind| kind.plural);
        groups.push((plural, walker.children_of(kind).collect()));
    }
    groups.retain(|(_, children)| !children.is_empty());
    groups
}
