//! The kinds of objects that a schema is made of.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $name:ident = $text:literal,)*) => {
        /// What an object is; its stable name is snake case and singular.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        #[cfg_attr(feature = "bindings", derive(specta::Type))]
        #[serde(rename_all = "snake_case")]
        pub enum ObjectKind {
            $($(#[doc = $doc])* $name,)*
        }

        impl ObjectKind {
            /// Every kind, in the order in which lists show them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name, as outputs and the catalogue write it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The kind with this stable name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == name)
            }
        }
    };
}

kinds! {
    /// The server itself, which holds what belongs to no database.
    Server = "server",
    /// A database of a server, or the file of an engine that has one.
    Database = "database",
    /// A namespace of a database.
    Schema = "schema",
    /// A table, a partitioned table, a partition or a virtual table.
    Table = "table",
    /// A view.
    View = "view",
    /// A view whose rows are stored.
    MaterializedView = "materialized_view",
    /// A table whose rows live on another server.
    ForeignTable = "foreign_table",
    /// A set of documents.
    Collection = "collection",
    /// A column of a table or a view.
    Column = "column",
    /// A field of the documents of a collection.
    Field = "field",
    /// A primary key.
    PrimaryKey = "primary_key",
    /// A unique constraint.
    Unique = "unique",
    /// A check constraint.
    Check = "check",
    /// An exclusion constraint.
    Exclusion = "exclusion",
    /// A foreign key.
    ForeignKey = "foreign_key",
    /// An index, also one behind a key.
    Index = "index",
    /// A trigger.
    Trigger = "trigger",
    /// A rule that rewrites statements.
    Rule = "rule",
    /// A policy that decides on rows.
    Policy = "policy",
    /// A part of a table that is not a table itself.
    Partition = "partition",
    /// A sequence.
    Sequence = "sequence",
    /// A function.
    Function = "function",
    /// A procedure.
    Procedure = "procedure",
    /// An aggregate function.
    Aggregate = "aggregate",
    /// A type with a list of values.
    EnumType = "enum_type",
    /// A type made of named attributes.
    CompositeType = "composite_type",
    /// A type of ranges over another.
    RangeType = "range_type",
    /// A type narrowed by constraints.
    Domain = "domain",
    /// A type with its own input and output.
    BaseType = "base_type",
    /// A rule for comparing text.
    Collation = "collation",
    /// An operator.
    Operator = "operator",
    /// How an index uses the operators of a type.
    OperatorClass = "operator_class",
    /// Operator classes that go together.
    OperatorFamily = "operator_family",
    /// A conversion between two types.
    Cast = "cast",
    /// A conversion between two encodings.
    Conversion = "conversion",
    /// How text is taken apart for search.
    TextSearchConfiguration = "text_search_configuration",
    /// How words are brought to their stems for search.
    TextSearchDictionary = "text_search_dictionary",
    /// Statistics that the planner keeps over several columns.
    StatisticsObject = "statistics_object",
    /// Work that the server does at set times.
    Event = "event",
    /// A trigger on changes of the schema itself.
    EventTrigger = "event_trigger",
    /// A bundle of objects that was installed as one.
    Extension = "extension",
    /// A language that functions are written in.
    Language = "language",
    /// A way of storing tables or indexes.
    AccessMethod = "access_method",
    /// The code that reaches foreign servers.
    ForeignDataWrapper = "foreign_data_wrapper",
    /// A server that foreign tables live on.
    ForeignServer = "foreign_server",
    /// As whom a user signs in to a foreign server.
    UserMapping = "user_mapping",
    /// Tables whose changes are published.
    Publication = "publication",
    /// Published changes that are taken in.
    Subscription = "subscription",
    /// Privileges that new objects will have.
    DefaultPrivilege = "default_privilege",
    /// A user, or a group of users.
    Role = "role",
    /// A place on the server's disks.
    Tablespace = "tablespace",
    /// A server that holds a part of the data.
    Shard = "shard",
    /// A range of keys that belongs on certain shards.
    Zone = "zone",
}

impl ObjectKind {
    /// Whether it has columns and rows, or fields and documents (tables,
    /// collections and views of any sort).
    pub const fn is_relation(self) -> bool {
        matches!(
            self,
            Self::Table
                | Self::View
                | Self::MaterializedView
                | Self::ForeignTable
                | Self::Collection
        )
    }

    /// Whether it constrains the rows of a table.
    pub const fn is_constraint(self) -> bool {
        matches!(
            self,
            Self::PrimaryKey | Self::Unique | Self::Check | Self::Exclusion | Self::ForeignKey
        )
    }

    /// Whether its facts are an [`OtherDetail`](crate::snapshot::OtherDetail):
    /// all but the common kinds.
    pub const fn is_other(self) -> bool {
        !self.is_relation()
            && !self.is_constraint()
            && !matches!(
                self,
                Self::Server
                    | Self::Database
                    | Self::Schema
                    | Self::Column
                    | Self::Field
                    | Self::Index
                    | Self::Trigger
            )
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
