//! A schema as it was read at one moment: an arena of nodes in pre-order.
//!
//! It is built only through the typed calls of [`SnapshotBuilder`]; its ids hold
//! within one snapshot and never outlive it.

mod build;
mod detail;
mod diff;
mod hash;
mod outline;
mod portion;
mod sample;
mod tree;
mod walk;

use serde::{Deserialize, Serialize};

pub use build::{DatabaseBuilder, RelationBuilder, SchemaBuilder, ServerBuilder, SnapshotBuilder};
pub use detail::*;
pub use diff::{Change, ChangeKind};
pub use portion::{Fingerprint, Portion, Touched, TouchedRelations};
pub use sample::{Sample, Share, TypeCount};
pub use walk::{Counts, Walker};

use crate::{Amount, ObjectKind, ObjectPath, Text};

/// The id of a node within one snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// Facts that every object has, and those of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object<D> {
    /// Its name, as the server gave it.
    pub name: Text,
    /// The server's own id, which survives a rename; absent where it has none.
    pub native_id: Option<Text>,
    /// The comment kept on the server.
    pub comment: Option<Text>,
    /// Facts of this engine alone, in the order of the descriptor.
    pub attributes: Vec<Attribute>,
    /// Facts that change without anybody changing the schema.
    pub statistics: Statistics,
    /// What was seen of it among documents; outside hash and history.
    pub sample: Option<Box<Sample>>,
    /// Facts of its kind.
    pub detail: D,
}

impl<D> Object<D> {
    /// An object with only a name and the facts of its kind.
    pub fn new(name: impl Into<Text>, detail: D) -> Self {
        Self {
            name: name.into(),
            native_id: None,
            comment: None,
            attributes: Vec::new(),
            statistics: Statistics::default(),
            sample: None,
            detail,
        }
    }

    /// Sets the server's own id.
    #[must_use]
    pub fn native_id(mut self, id: impl Into<Text>) -> Self {
        self.native_id = Some(id.into());
        self
    }

    /// Sets the comment.
    #[must_use]
    pub fn comment(mut self, comment: Option<Text>) -> Self {
        self.comment = comment;
        self
    }

    /// Adds a fact of this engine alone.
    #[must_use]
    pub fn attribute(mut self, key: &'static str, value: impl Into<AttributeValue>) -> Self {
        self.attributes.push(Attribute {
            key: key.into(),
            value: value.into(),
        });
        self
    }

    /// Adds a fact of this engine alone, if it is known.
    #[must_use]
    pub fn attribute_if(self, key: &'static str, value: Option<impl Into<AttributeValue>>) -> Self {
        match value {
            Some(value) => self.attribute(key, value),
            None => self,
        }
    }

    /// Sets what was seen of it among documents.
    #[must_use]
    pub fn sample(mut self, sample: Sample) -> Self {
        self.sample = Some(Box::new(sample));
        self
    }

    /// Sets estimates and sizes.
    #[must_use]
    pub fn statistics(mut self, statistics: Statistics) -> Self {
        self.statistics = statistics;
        self
    }
}

/// A fact that only this engine knows; its descriptor declares the key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Attribute {
    /// The declared key.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub key: Text,
    /// The value.
    pub value: AttributeValue,
}

/// The value of an attribute.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(untagged)]
pub enum AttributeValue {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Number(#[cfg_attr(feature = "bindings", specta(type = i32))] i64),
    /// Text, as the server gave it.
    Text(#[cfg_attr(feature = "bindings", specta(type = String))] Text),
    /// Several texts, never none.
    List(#[cfg_attr(feature = "bindings", specta(type = Vec<String>))] Vec<Text>),
    /// Other objects of the same database, never none.
    Objects(Vec<ObjectName>),
}

/// The name of an object, as another of the same database refers to it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ObjectName {
    /// What it is.
    pub kind: ObjectKind,
    /// Its schema, where it has one.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub schema: Option<Text>,
    /// Its name.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub name: Text,
}

impl Attribute {
    /// The key under which every engine tells what an object needs.
    pub const DEPENDS_ON: &str = "depends_on";
    /// The key under which every engine tells who may do what, one line a grantee.
    pub const PRIVILEGES: &str = "privileges";
}

impl From<bool> for AttributeValue {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

impl From<i64> for AttributeValue {
    fn from(value: i64) -> Self {
        Self::Number(value)
    }
}

impl From<Text> for AttributeValue {
    fn from(value: Text) -> Self {
        Self::Text(value)
    }
}

impl From<String> for AttributeValue {
    fn from(value: String) -> Self {
        Self::Text(value.into())
    }
}

impl From<Vec<Text>> for AttributeValue {
    fn from(value: Vec<Text>) -> Self {
        Self::List(value)
    }
}

impl From<Vec<ObjectName>> for AttributeValue {
    fn from(value: Vec<ObjectName>) -> Self {
        Self::Objects(value)
    }
}

impl From<&str> for AttributeValue {
    fn from(value: &str) -> Self {
        Self::Text(value.into())
    }
}

/// Estimates and sizes as the server keeps them; outside hash and history.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Statistics {
    /// Estimated rows.
    pub rows: Option<Amount>,
    /// Size on disk in bytes, without indexes.
    pub bytes: Option<Amount>,
    /// Size of its indexes in bytes.
    pub index_bytes: Option<Amount>,
}

/// A part of the schema that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Warning {
    /// The object that it is about.
    pub object: ObjectPath,
    /// Why, in one sentence.
    pub reason: String,
    /// The statement that would let this user read it.
    pub grant: Option<String>,
    /// Whether the object's children are unknown: what the catalogue holds of
    /// them is then neither changed nor closed.
    pub unseen: bool,
}

/// One object in the arena.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// The facts.
    pub object: Object<Detail>,
    /// The object that holds it; absent at the top.
    pub parent: Option<NodeId>,
    /// One past the last node below it.
    pub end: u32,
}

impl Node {
    /// What it is.
    pub fn kind(&self) -> ObjectKind {
        self.object.detail.kind()
    }
}

/// A schema as it was read at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snapshot {
    nodes: Vec<Node>,
    warnings: Vec<Warning>,
}

impl Snapshot {
    /// All nodes in pre-order.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Whether there is nothing in it, not even a warning.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty() && self.warnings.is_empty()
    }

    /// The parts that could not be read.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
