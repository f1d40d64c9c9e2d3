//! Reading a snapshot: cheap walkers over the arena, paths and counts.

use std::collections::BTreeMap;

use super::{Detail, Node, NodeId, Object, Snapshot};
use crate::{ObjectKind, ObjectPath};

/// How many objects of each kind there are.
pub type Counts = BTreeMap<ObjectKind, u64>;

/// One object of a snapshot, with the way to its neighbours.
#[derive(Debug, Clone, Copy)]
pub struct Walker<'a> {
    snapshot: &'a Snapshot,
    id: NodeId,
    node: &'a Node,
}

impl<'a> Walker<'a> {
    /// Its id in this snapshot.
    pub fn id(self) -> NodeId {
        self.id
    }

    /// Its facts.
    pub fn object(self) -> &'a Object<Detail> {
        &self.node.object
    }

    /// What it is.
    pub fn kind(self) -> ObjectKind {
        self.node.kind()
    }

    /// Its name.
    pub fn name(self) -> &'a str {
        &self.node.object.name
    }

    /// The object that holds it.
    pub fn parent(self) -> Option<Walker<'a>> {
        self.snapshot.walk(self.node.parent?)
    }

    /// The objects directly below it, in the order in which they were read.
    pub fn children(self) -> impl Iterator<Item = Walker<'a>> {
        let (snapshot, end) = (self.snapshot, self.node.end);
        let mut next = self.id.0 + 1;
        std::iter::from_fn(move || {
            let child = (next < end)
                .then(|| snapshot.walk(NodeId(next)))
                .flatten()?;
            next = child.node.end;
            Some(child)
        })
    }

    /// The objects of one kind directly below it.
    pub fn children_of(self, kind: ObjectKind) -> impl Iterator<Item = Walker<'a>> {
        self.children().filter(move |child| child.kind() == kind)
    }

    /// It and all objects below it, in pre-order.
    pub fn subtree(self) -> impl Iterator<Item = Walker<'a>> {
        let snapshot = self.snapshot;
        (self.id.0..self.node.end).filter_map(move |id| snapshot.walk(NodeId(id)))
    }

    /// How many objects the subtree holds, itself included.
    pub fn subtree_size(self) -> u32 {
        self.node.end - self.id.0
    }

    /// The way to it.
    pub fn path(self) -> ObjectPath {
        let above = self.parent().map(Walker::path).unwrap_or_default();
        above.child(self.kind(), self.node.object.name.clone())
    }
}

impl Snapshot {
    /// The object with this id.
    pub fn walk(&self, id: NodeId) -> Option<Walker<'_>> {
        let node = self.nodes.get(id.0 as usize)?;
        Some(Walker {
            snapshot: self,
            id,
            node,
        })
    }

    /// The objects at the top.
    pub fn roots(&self) -> impl Iterator<Item = Walker<'_>> {
        let mut next = 0;
        std::iter::from_fn(move || {
            let root = self.walk(NodeId(next))?;
            next = root.node.end;
            Some(root)
        })
    }

    /// All objects in pre-order.
    pub fn all(&self) -> impl Iterator<Item = Walker<'_>> {
        (0..self.nodes.len()).filter_map(|id| self.walk(NodeId(u32::try_from(id).ok()?)))
    }

    /// The first object at this path.
    pub fn find(&self, path: &ObjectPath) -> Option<Walker<'_>> {
        let (first, rest) = path.0.split_first()?;
        let mut found = self
            .roots()
            .find(|root| root.kind() == first.kind && root.name() == &*first.name)?;
        for step in rest {
            found = found
                .children_of(step.kind)
                .find(|child| child.name() == &*step.name)?;
        }
        Some(found)
    }

    /// How many objects of each kind there are.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::new();
        for node in &self.nodes {
            *counts.entry(node.kind()).or_default() += 1;
        }
        counts
    }
}
