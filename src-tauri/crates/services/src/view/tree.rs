//! The tree, a part of its rows at a time.

use model::{Amount, ConnectionId, ObjectId, ObjectKind};
use serde::{Deserialize, Serialize};

use super::ObjectCard;

/// Which rows of the tree are asked for, and what is done to it before.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TreeRequest {
    /// The connections that are shown, in order.
    pub connections: Vec<ConnectionId>,
    /// Only names that hold this text, and the way to them; empty for all.
    pub filter: String,
    /// What is done first.
    pub act: Option<TreeAct>,
    /// The first row that is asked for.
    pub from: u32,
    /// How many rows are asked for; 500 at most.
    pub count: u32,
    /// The keys of rows whose places are asked for.
    pub marks: Vec<String>,
}

/// What can be done to the tree, or looked for in it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum TreeAct {
    /// Unfolds rows.
    Expand {
        /// Their keys.
        keys: Vec<String>,
    },
    /// Folds rows; what is unfolded below them stays so for the next time.
    Collapse {
        /// Their keys.
        keys: Vec<String>,
    },
    /// Unfolds everything that hangs directly from a row; all connections without one.
    ExpandEach {
        /// Its key.
        key: Option<String>,
    },
    /// Unfolds a row and everything below it.
    ExpandAll {
        /// Its key.
        key: String,
    },
    /// Folds a row and everything below it.
    CollapseAll {
        /// Its key.
        key: String,
    },
    /// Reads everything anew.
    Refresh,
    /// Unfolds the way to an object and looks for its row.
    Reveal {
        /// The object.
        object: ObjectId,
    },
    /// Looks for a row.
    Find {
        /// Its key.
        key: String,
    },
    /// Looks for the next row, from one on and around, whose name begins with a text.
    TypeAhead {
        /// The text, compared without case.
        text: String,
        /// The row to begin with.
        at: u32,
    },
    /// Looks for the first row that the filter found.
    FirstFound,
}

/// A part of the tree's rows.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TreeView {
    /// Another number whenever rows may stand in other places.
    pub version: u32,
    /// How many rows there are in all.
    pub total: u32,
    /// The first row of these.
    pub from: u32,
    /// The rows.
    pub rows: Vec<TreeRow>,
    /// Where the rows asked for stand, one for each key.
    pub marks: Vec<Option<TreeMark>>,
    /// The row that was looked for, among the rows given.
    pub to: Option<TreeMark>,
    /// How many objects the filter found.
    pub found: Option<Amount>,
}

/// Where a row stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TreeMark {
    /// Its number from the top, from 0.
    pub at: u32,
    /// Its key.
    pub key: String,
    /// Whether it is the row itself, not the one that it is folded into.
    pub exact: bool,
}

/// One row of the tree.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TreeRow {
    /// Says where it stands, by names; the same after a sync.
    pub key: String,
    /// The key of the row that it hangs from.
    pub parent: Option<String>,
    /// The number of that row.
    pub parent_at: Option<u32>,
    /// The connection that it belongs to.
    pub connection: ConnectionId,
    /// How many rows it hangs from.
    pub depth: u32,
    /// Its place among its siblings, from 1.
    pub position: u32,
    /// How many siblings there are, itself included.
    pub siblings: u32,
    /// Whether anything is below it.
    pub unfolds: bool,
    /// Whether that is shown.
    pub open: bool,
    /// What it is.
    pub of: TreeRowOf,
}

/// What a row of the tree stands for.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum TreeRowOf {
    /// The connection itself.
    Connection,
    /// An object.
    Object {
        /// What is known of it.
        card: Box<ObjectCard>,
        /// The object above it; absent below a connection.
        owner: Option<ObjectId>,
        /// Whether the filter found it, not only something below it.
        found: bool,
    },
    /// A folder of an object's children.
    Folder {
        /// Its name.
        label: String,
        /// How many children it holds.
        count: u32,
        /// The object.
        owner: ObjectId,
        /// The kinds of the children.
        kinds: Vec<ObjectKind>,
        /// Why none of them could be seen, if so.
        unseen: Option<String>,
    },
    /// Words in the place of what is not there.
    Note {
        /// What they are about.
        about: TreeNote,
        /// The words.
        text: String,
    },
}

/// What words in the tree are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TreeNote {
    /// The connection was not read yet.
    NeverRead,
    /// There is nothing.
    Nothing,
    /// The server let nothing be seen.
    Unseen,
}
