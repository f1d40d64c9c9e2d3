//! The common facts of each kind of object, the same for all engines.

use serde::{Deserialize, Serialize};

use crate::{ObjectKind, Text};

/// The facts of an object's kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum Detail {
    /// A server.
    Server(ServerDetail),
    /// A database.
    Database(DatabaseDetail),
    /// A schema.
    Schema(SchemaDetail),
    /// A table.
    Table(RelationDetail),
    /// A view.
    View(RelationDetail),
    /// A materialised view.
    MaterializedView(RelationDetail),
    /// A foreign table.
    ForeignTable(RelationDetail),
    /// A collection.
    Collection(RelationDetail),
    /// A column.
    Column(ColumnDetail),
    /// A primary key.
    PrimaryKey(KeyDetail),
    /// A unique constraint.
    Unique(KeyDetail),
    /// A check constraint.
    Check(CheckDetail),
    /// An exclusion constraint.
    Exclusion(ExclusionDetail),
    /// A foreign key.
    ForeignKey(ForeignKeyDetail),
    /// An index.
    Index(IndexDetail),
    /// A trigger.
    Trigger(TriggerDetail),
    /// A field of documents.
    Field(FieldDetail),
    /// Any of the rarer kinds.
    Other(OtherDetail),
}

impl Detail {
    /// The kind that these facts belong to.
    pub const fn kind(&self) -> ObjectKind {
        match self {
            Self::Server(_) => ObjectKind::Server,
            Self::Database(_) => ObjectKind::Database,
            Self::Schema(_) => ObjectKind::Schema,
            Self::Table(_) => ObjectKind::Table,
            Self::View(_) => ObjectKind::View,
            Self::MaterializedView(_) => ObjectKind::MaterializedView,
            Self::ForeignTable(_) => ObjectKind::ForeignTable,
            Self::Collection(_) => ObjectKind::Collection,
            Self::Column(_) => ObjectKind::Column,
            Self::PrimaryKey(_) => ObjectKind::PrimaryKey,
            Self::Unique(_) => ObjectKind::Unique,
            Self::Check(_) => ObjectKind::Check,
            Self::Exclusion(_) => ObjectKind::Exclusion,
            Self::ForeignKey(_) => ObjectKind::ForeignKey,
            Self::Index(_) => ObjectKind::Index,
            Self::Trigger(_) => ObjectKind::Trigger,
            Self::Field(_) => ObjectKind::Field,
            Self::Other(facts) => facts.of,
        }
    }
}

/// Facts of a server; all of them are attributes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ServerDetail {}

/// Facts of a database.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DatabaseDetail {
    /// Who owns it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub owner: Option<Text>,
    /// How its text is encoded.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub encoding: Option<Text>,
    /// How its text is compared.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub collation: Option<Text>,
    /// Whether it belongs to the server itself.
    pub system: bool,
}

/// Facts of a schema.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SchemaDetail {
    /// Who owns it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub owner: Option<Text>,
    /// Whether it belongs to the server itself.
    pub system: bool,
}

/// Facts of a table or a view of any sort.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RelationDetail {
    /// Who owns it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub owner: Option<Text>,
    /// What sort of table it is.
    pub form: TableForm,
    /// The table that it is a partition of.
    pub partition_of: Option<RelationName>,
    /// How its rows are divided (`RANGE (placed_at)`).
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub partition_key: Option<Text>,
    /// Which rows a partition holds (`FOR VALUES FROM … TO …`).
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub partition_bound: Option<Text>,
    /// The statement or query that makes it, where the server gave it with the rest.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub definition: Option<Text>,
}

/// What sort of table it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TableForm {
    /// A table, or a view, with nothing special.
    #[default]
    Ordinary,
    /// Its rows lie in partitions.
    Partitioned,
    /// A module answers for it.
    Virtual,
    /// It keeps the data of a virtual table.
    Shadow,
    /// It holds so much and then forgets the oldest.
    Capped,
    /// It holds measurements over time.
    TimeSeries,
    /// Its documents lie in the order of their key.
    Clustered,
}

/// The name of a table, as one object refers to another.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RelationName {
    /// The schema, where the engine has schemas.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub schema: Option<Text>,
    /// The table.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub name: Text,
}

/// Facts of a column.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ColumnDetail {
    /// Position in the table, as the server counts (from 1).
    pub ordinal: u32,
    /// The type in the server's own spelling; empty where none is declared.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub type_text: Text,
    /// Whether it may be null.
    pub nullable: bool,
    /// The default's expression.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub default: Option<Text>,
    /// How its value comes about, if not from outside.
    pub generated: Option<Generated>,
    /// The collation, where it is not that of the type.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub collation: Option<Text>,
}

/// How a column's value comes about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(
    tag = "how",
    rename_all = "snake_case",
    rename_all_fields = "snake_case"
)]
pub enum Generated {
    /// Counted by the server; nothing else may be written.
    IdentityAlways,
    /// Counted by the server unless a value is given.
    IdentityByDefault,
    /// Counted by the engine as the rowid.
    Autoincrement,
    /// Computed when a row is written.
    Stored {
        /// The expression.
        #[cfg_attr(feature = "bindings", specta(type = String))]
        expression: Text,
    },
    /// Computed when a row is read.
    Virtual {
        /// The expression.
        #[cfg_attr(feature = "bindings", specta(type = String))]
        expression: Text,
    },
}

/// Facts of a primary key or a unique constraint.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct KeyDetail {
    /// Its columns, in the order of the key.
    #[cfg_attr(feature = "bindings", specta(type = Vec<String>))]
    pub columns: Vec<Text>,
    /// When it is checked.
    pub deferral: Deferral,
    /// The index that holds it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub index: Option<Text>,
}

/// When a constraint is checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Deferral {
    /// Always at once.
    #[default]
    NotDeferrable,
    /// At once, unless a transaction asks otherwise.
    InitiallyImmediate,
    /// At the end of a transaction, unless it asks otherwise.
    InitiallyDeferred,
}

/// Facts of a check constraint.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct CheckDetail {
    /// What must hold.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub expression: Text,
    /// Whether rows from before it were checked too.
    pub validated: bool,
}

/// Facts of an exclusion constraint.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ExclusionDetail {
    /// Its definition in the server's own words.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub definition: Text,
    /// When it is checked.
    pub deferral: Deferral,
    /// The index that holds it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub index: Option<Text>,
}

/// Facts of a foreign key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ForeignKeyDetail {
    /// Its columns, in the order of the key.
    #[cfg_attr(feature = "bindings", specta(type = Vec<String>))]
    pub columns: Vec<Text>,
    /// The table it refers to.
    pub references: RelationName,
    /// The columns there, in the same order; empty where the key says only the table.
    #[cfg_attr(feature = "bindings", specta(type = Vec<String>))]
    pub referenced_columns: Vec<Text>,
    /// What happens when the row referred to changes its key.
    pub on_update: ReferentialAction,
    /// What happens when the row referred to is deleted.
    pub on_delete: ReferentialAction,
    /// How nulls match.
    pub match_type: MatchType,
    /// When it is checked.
    pub deferral: Deferral,
    /// Whether rows from before it were checked too.
    pub validated: bool,
}

/// What happens to a row whose referenced row changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ReferentialAction {
    /// The change is refused at the end of the statement or transaction.
    #[default]
    NoAction,
    /// The change is refused at once.
    Restrict,
    /// The row follows.
    Cascade,
    /// The columns become null.
    SetNull,
    /// The columns take their default.
    SetDefault,
}

/// How nulls in a composite foreign key match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum MatchType {
    /// A null in any column matches.
    #[default]
    Simple,
    /// All columns are null, or none.
    Full,
    /// Nulls match in part.
    Partial,
}

/// Facts of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct IndexDetail {
    /// How it is stored (`btree`, `gin`, …).
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub method: Text,
    /// Whether it refuses equal entries.
    pub unique: bool,
    /// Whether it stands behind a primary key.
    pub primary: bool,
    /// Whether it may be used; a failed build leaves an invalid one.
    pub valid: bool,
    /// What is indexed, in order.
    pub parts: Vec<IndexPart>,
    /// The rows that it holds, where not all.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub predicate: Option<Text>,
    /// The statement that makes it, where the server gave it with the rest.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub definition: Option<Text>,
}

/// One column or expression of an index.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct IndexPart {
    /// The column; absent for an expression.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub column: Option<Text>,
    /// The expression; absent for a column.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub expression: Option<Text>,
    /// Whether it is stored beside the key only.
    pub included: bool,
    /// Whether the order is descending.
    pub descending: bool,
    /// Whether nulls come first; absent where the engine does not say.
    pub nulls_first: Option<bool>,
    /// The collation, where it is not the column's.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub collation: Option<Text>,
    /// How many characters or bytes of the column are indexed, where not all.
    pub prefix: Option<u32>,
}

/// Facts of a trigger.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TriggerDetail {
    /// When it fires (`before`, `after`, `instead of`).
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub timing: Text,
    /// On what (`insert`, `update of price`, …).
    #[cfg_attr(feature = "bindings", specta(type = Vec<String>))]
    pub events: Vec<Text>,
    /// Whether once for each row, not once for each statement.
    pub for_each_row: bool,
    /// Whether it fires at all.
    pub enabled: bool,
    /// The statement that makes it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub definition: Option<Text>,
}

/// Facts of a field of documents. How often it is there, and with which types,
/// is in its [`Sample`](super::Sample).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FieldDetail {
    /// The way to it from the document; [`FieldDetail::ELEMENT`] for the elements of an array.
    #[cfg_attr(feature = "bindings", specta(type = Vec<String>))]
    pub path: Vec<Text>,
    /// The types that its values were seen with, sorted; empty where it is only declared.
    #[cfg_attr(feature = "bindings", specta(type = Vec<String>))]
    pub types: Vec<Text>,
}

impl FieldDetail {
    /// The step of a path that stands for the elements of an array.
    pub const ELEMENT: &str = "[]";

    /// The name of the field at a path: the steps joined with dots, a dot or
    /// backslash within a step behind a backslash.
    pub fn name(path: &[Text]) -> Text {
        let steps: Vec<_> = path
            .iter()
            .map(|step| step.replace('\\', "\\\\").replace('.', "\\."))
            .collect();
        steps.join(".").into()
    }
}

/// Facts of any of the rarer kinds; those that are special to a kind are attributes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct OtherDetail {
    /// What it is.
    pub of: ObjectKind,
    /// Who owns it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub owner: Option<Text>,
    /// What it is about on one line (`(a integer) → text`), as lists show it.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub summary: Option<Text>,
    /// The statement that makes it, where the server gave it with the rest.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub definition: Option<Text>,
}

impl OtherDetail {
    /// An object of a kind of which nothing more is known.
    pub const fn new(of: ObjectKind) -> Self {
        Self {
            of,
            owner: None,
            summary: None,
            definition: None,
        }
    }

    /// Sets who owns it.
    #[must_use]
    pub fn owner(mut self, owner: Option<Text>) -> Self {
        self.owner = owner;
        self
    }

    /// Sets what lists show of it.
    #[must_use]
    pub fn summary(mut self, summary: impl Into<Text>) -> Self {
        self.summary = Some(summary.into());
        self
    }

    /// Sets the statement that makes it.
    #[must_use]
    pub fn definition(mut self, definition: Option<Text>) -> Self {
        self.definition = definition;
        self
    }
}
