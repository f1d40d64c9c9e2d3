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
    /// A column of a table or a view.
    Column = "column",
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
}

impl ObjectKind {
    /// Whether it has columns and rows (tables and views of any sort).
    pub const fn is_relation(self) -> bool {
        matches!(
            self,
            Self::Table | Self::View | Self::MaterializedView | Self::ForeignTable
        )
    }

    /// Whether it constrains the rows of a table.
    pub const fn is_constraint(self) -> bool {
        matches!(
            self,
            Self::PrimaryKey | Self::Unique | Self::Check | Self::Exclusion | Self::ForeignKey
        )
    }
}

impl fmt::Display for ObjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
