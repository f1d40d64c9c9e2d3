//! What the search is asked and what it finds.

use std::collections::BTreeMap;

use model::{Amount, ConnectionId, ObjectId, ObjectKind};
use serde::{Deserialize, Serialize};

/// What is looked for.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SearchRequest {
    /// Words and the filters `kind:`, `in:` and `type:`.
    pub text: String,
    /// Only these kinds; empty for all. The counts are of all kinds all the same.
    pub kinds: Vec<ObjectKind>,
    /// Only in these connections; empty for all.
    pub connections: Vec<ConnectionId>,
    /// How many hits at most; 1 to 500.
    pub limit: u32,
}

/// What was found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SearchResults {
    /// The best, best first.
    pub hits: Vec<SearchHit>,
    /// How many there are in all.
    pub total: u32,
    /// How many there are of each kind.
    pub counts: BTreeMap<ObjectKind, u32>,
    /// In how many connections.
    pub connections: u32,
    /// How many connections there are.
    pub of: u32,
    /// How long it took, in milliseconds.
    pub millis: f32,
}

/// An object that was found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SearchHit {
    /// The object.
    pub object: ObjectId,
    /// Where it is kept.
    pub connection: ConnectionId,
    /// What it is.
    pub kind: ObjectKind,
    /// The names of what holds it, from the database down.
    pub path: Vec<String>,
    /// Its name.
    pub name: String,
    /// The type of a column or field, the summary of the rarer kinds.
    pub type_text: Option<String>,
    /// Estimated rows, where it is a table.
    pub rows: Option<Amount>,
    /// Its comment.
    pub comment: Option<String>,
    /// By what it was found.
    pub fit: SearchFit,
    /// The words that were looked for, lower-cased, to be marked where they stand.
    pub words: Vec<String>,
}

/// By what an object was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SearchFit {
    /// Its name, together with the names above it.
    Name,
    /// Its name but for a slip or two.
    Nearly,
    /// Its comment.
    Comment,
}
