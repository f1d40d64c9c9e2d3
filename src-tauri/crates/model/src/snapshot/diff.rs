//! What differs between two snapshots.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Snapshot, Walker};
use crate::ObjectPath;

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Change {
    /// The object, by the path it has or had.
    pub object: ObjectPath,
    /// What happened to it.
    pub change: ChangeKind,
}

/// What happened to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// Its own facts differ.
    Changed,
    /// It is gone.
    Removed,
}

impl Snapshot {
    /// What must happen to this snapshot to become `newer`, ordered by path.
    pub fn diff(&self, newer: &Snapshot) -> Vec<Change> {
        let before = by_path(self);
        let after = by_path(newer);
        let mut changes: Vec<Change> = Vec::new();
        for (path, old) in &before {
            match after.get(path) {
                None => changes.push(Change {
                    object: path.clone(),
                    change: ChangeKind::Removed,
                }),
                Some(new) if new.object().content_hash() != old.object().content_hash() => {
                    changes.push(Change {
                        object: path.clone(),
                        change: ChangeKind::Changed,
                    });
                }
                Some(_) => {}
            }
        }
        let added = after.keys().filter(|path| !before.contains_key(*path));
        changes.extend(added.map(|path| Change {
            object: path.clone(),
            change: ChangeKind::Added,
        }));
        changes.sort_by(|a, b| a.object.cmp(&b.object).then(a.change.cmp(&b.change)));
        changes
    }
}

fn by_path(snapshot: &Snapshot) -> BTreeMap<ObjectPath, Walker<'_>> {
    snapshot
        .all()
        .map(|walker| (walker.path(), walker))
        .collect()
}
