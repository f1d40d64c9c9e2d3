//! What a connection, a database or a schema holds, a part of the list at a time.

use std::collections::BTreeMap;

use model::{ObjectId, ObjectKind};
use serde::{Deserialize, Serialize};

use super::{ObjectCard, TreeParent};

/// Which rows of a list of contents are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ContentsRequest {
    /// What holds them.
    pub parent: TreeParent,
    /// Only these kinds; empty for all.
    pub kinds: Vec<ObjectKind>,
    /// Only those whose name, comment or summary holds this text, without regard to
    /// case; empty for all.
    pub filter: String,
    /// What they are sorted by; absent for the order of the engine's kinds.
    pub sort: Option<ContentsSort>,
    /// The first row that is asked for.
    pub from: u32,
    /// How many rows are asked for; 500 at most.
    pub count: u32,
    /// An object whose place is asked for.
    pub find: Option<ObjectId>,
}

/// A column and a direction; what has no value comes last either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ContentsSort {
    /// The column.
    pub by: ContentsColumn,
    /// The largest first.
    pub descending: bool,
}

/// A column of a list of contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ContentsColumn {
    /// The name.
    Name,
    /// The engine's word for the kind.
    Kind,
    /// How many columns, fields or tables it holds.
    Inside,
    /// Estimated rows.
    Rows,
    /// Size with indexes.
    Size,
    /// The owner.
    Owner,
    /// The facts of the rarer kinds in short.
    Summary,
    /// The comment.
    Comment,
    /// The facts in short, or the comment where there are none.
    Words,
}

/// A part of a list of contents.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Contents {
    /// How many rows there are in all.
    pub total: u32,
    /// The first row of these.
    pub from: u32,
    /// The rows.
    pub rows: Vec<ObjectCard>,
    /// The place of the object asked for, where it is among the rows.
    pub at: Option<u32>,
    /// How many objects there are, by kind, whatever was filtered.
    pub all: BTreeMap<ObjectKind, u32>,
    /// How many of the rows are of each kind.
    pub kept: BTreeMap<ObjectKind, u32>,
    /// What is known of those of the kinds asked for.
    pub known: ContentsFacts,
}

/// What at least one object of a list has: a column for it makes sense.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ContentsFacts {
    /// The letters of the longest name of all.
    pub longest: u32,
    /// Some are tables or the like.
    pub relations: bool,
    /// Some tables have columns.
    pub columns: bool,
    /// Some are collections.
    pub collections: bool,
    /// Some tables have an estimate of rows.
    pub rows: bool,
    /// Some tables have a size.
    pub sizes: bool,
    /// Some have an owner.
    pub owners: bool,
    /// Some have facts in short.
    pub summaries: bool,
    /// Some have none.
    pub plain: bool,
    /// Some hold others.
    pub holders: bool,
    /// Some, of whatever kind, have an estimate of rows or a size.
    pub estimates: bool,
}
