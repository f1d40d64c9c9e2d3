//! The tree and the page of an object.

use std::collections::BTreeMap;

use model::snapshot::{Attribute, Detail, Statistics, Warning};
use model::{Amount, ConnectionId, ObjectId, ObjectKind, PathStep, Timestamp};
use serde::{Deserialize, Serialize};

/// Which children are listed.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ChildrenRequest {
    /// Below what.
    pub parent: TreeParent,
    /// Of these kinds, in this order; empty for all.
    pub kinds: Vec<ObjectKind>,
    /// Only names that hold this text, without case; empty for all.
    pub filter: String,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most; 1 to 1000.
    pub limit: u32,
}

/// What has children in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum TreeParent {
    /// A connection; its children are databases.
    Connection {
        /// The connection.
        connection: ConnectionId,
    },
    /// An object.
    Object {
        /// The object.
        object: ObjectId,
    },
}

/// A page of children.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Children {
    /// How many there are in all.
    pub total: u32,
    /// Those of this page.
    pub rows: Vec<ObjectCard>,
}

/// An object as a row of the tree or of a table.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ObjectCard {
    /// The object.
    pub id: ObjectId,
    /// Where it is kept.
    pub connection: ConnectionId,
    /// What it is.
    pub kind: ObjectKind,
    /// Its name.
    pub name: String,
    /// Its comment.
    pub comment: Option<String>,
    /// The facts of its kind.
    pub detail: Detail,
    /// Facts of its engine alone.
    pub attributes: Vec<Attribute>,
    /// Estimates and sizes.
    pub statistics: Statistics,
    /// How many objects of each kind stand directly below it.
    pub child_counts: BTreeMap<ObjectKind, u32>,
    /// For a column: the keys and constraints of its table that name it.
    pub roles: Vec<ColumnRole>,
    /// Why it was not seen by the last sync, if so.
    pub unseen: Option<String>,
}

/// What a column is to its table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ColumnRole {
    /// Primary key, unique or foreign key.
    pub kind: ObjectKind,
    /// The constraint.
    pub constraint: ObjectId,
    /// For a foreign key, what the column refers to.
    pub references: Option<Reference>,
}

/// The column that a foreign key refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Reference {
    /// Schema, where there are schemas.
    pub schema: Option<String>,
    /// Table.
    pub table: String,
    /// Column.
    pub column: Option<String>,
    /// The table in the catalogue, if it is there.
    pub object: Option<ObjectId>,
}

/// The page of one object.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ObjectPage {
    /// Name, kind, comment, facts.
    pub card: ObjectCard,
    /// From the database down to the object itself.
    pub path: Vec<PathLink>,
    /// The path as text that can be copied and opened again.
    pub link: String,
    /// The server's own id.
    pub native_id: Option<String>,
    /// When it was first seen; absent where that sync's record is gone.
    pub first_seen_at: Option<Timestamp>,
    /// When it was last seen to differ.
    pub changed_at: Option<Timestamp>,
    /// When it was last read.
    pub seen_at: Option<Timestamp>,
    /// Parts of it that could not be read.
    pub warnings: Vec<Warning>,
}

/// One step of the path to an object.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct PathLink {
    /// The object.
    pub id: ObjectId,
    /// What it is and its name.
    pub step: PathStep,
}

/// The statement that makes an object.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DefinitionView {
    /// The statement.
    pub text: String,
    /// Whether it is rendered by us, not given by the server.
    pub rendered: bool,
}

/// An object that the filter of the tree found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FilterMatch {
    /// Where it is kept.
    pub connection: ConnectionId,
    /// From the database down to the object itself.
    pub path: Vec<PathLink>,
}

/// What the filter of the tree found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FilterResult {
    /// How many there are in all.
    pub total: Amount,
    /// The first of them, in the order of the tree.
    pub matches: Vec<FilterMatch>,
}
