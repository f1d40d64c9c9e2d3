//! The tree and the page of an object.

use std::collections::BTreeMap;

use model::snapshot::{Attribute, Detail, ReferentialAction, Sample, Share, Statistics, Warning};
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
    /// For a collection or a field: what samples of documents say.
    pub sample: Option<SampleView>,
    /// How many objects of each kind stand directly below it.
    pub child_counts: BTreeMap<ObjectKind, u32>,
    /// For a column: the keys and constraints of its table that name it.
    pub roles: Vec<ColumnRole>,
    /// Why it was not seen by the last sync, if so.
    pub unseen: Option<String>,
}

/// What samples of documents say of a collection or a field.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SampleView {
    /// Counts, types and bounds.
    pub facts: Sample,
    /// The share that holds it, with its 95 % interval.
    pub presence: Share,
    /// What is worth a second look.
    pub remarks: Vec<SampleRemark>,
}

/// What is worth a second look about a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SampleRemark {
    /// Its values are of several types.
    Mixed,
    /// Less than one in a hundred holds it.
    Rare,
    /// The newest sample did not meet it.
    NotMet,
}

impl From<Sample> for SampleView {
    fn from(facts: Sample) -> Self {
        let presence = facts.presence();
        let kinds = facts.types.iter().filter(|known| &*known.name != "null");
        let remarks = [
            (kinds.count() > 1, SampleRemark::Mixed),
            (
                facts.of.get() > 0 && presence.high < 0.01,
                SampleRemark::Rare,
            ),
            (facts.absent_for.get() > 0, SampleRemark::NotMet),
        ];
        Self {
            remarks: remarks
                .into_iter()
                .filter_map(|(holds, remark)| holds.then_some(remark))
                .collect(),
            presence,
            facts,
        }
    }
}

/// What an object refers to and depends on, and what does so with it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Relationships {
    /// Its foreign keys.
    pub references: Vec<ForeignKeyLink>,
    /// The foreign keys of other tables, and its own, that refer to it.
    pub referenced_by: Vec<ForeignKeyLink>,
    /// What it depends on.
    pub depends_on: Vec<ObjectLink>,
    /// What depends on it.
    pub needed_by: Vec<ObjectLink>,
}

/// A foreign key, seen from one of its two tables.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ForeignKeyLink {
    /// The constraint.
    pub constraint: ObjectId,
    /// Its name.
    pub name: String,
    /// The columns on this side.
    pub columns: Vec<String>,
    /// The table on the other side.
    pub table: ObjectLink,
    /// The columns on the other side, in the same order; empty where the key says
    /// only the table.
    pub their_columns: Vec<String>,
    /// Whether a row may do without, as a column of the key may be null.
    pub optional: bool,
    /// Whether a row is referred to once at most, as the key's columns are unique.
    pub single: bool,
    /// What happens when the row referred to changes its key.
    pub on_update: ReferentialAction,
    /// What happens when the row referred to is deleted.
    pub on_delete: ReferentialAction,
}

/// An object that another refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ObjectLink {
    /// The object in the catalogue, if it is there.
    pub object: Option<ObjectId>,
    /// What it is.
    pub kind: ObjectKind,
    /// Its schema, where it has one; another database where the engine has no schemas.
    pub schema: Option<String>,
    /// Its name.
    pub name: String,
    /// Estimated rows, where it is a table.
    pub rows: Option<Amount>,
}

/// What a check for damage found.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct VerificationView {
    /// What was checked, in a few words.
    pub checked: String,
    /// What is wrong, one sentence each; empty where nothing is.
    pub findings: Vec<String>,
    /// Whether more is wrong than the findings tell.
    pub more: bool,
    /// How long it took, in milliseconds.
    pub millis: f32,
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
