//! Rows as the queries in `sql/` give them, field by field and still unexplained.

mod columns;
mod constraint;
mod fields;
mod list;
mod numbers;
mod other;

use model::Text;
use sqlx::Error;
use sqlx::postgres::PgRow;

pub(crate) use columns::{Spelling, TableColumns};
pub(crate) use constraint::ConstraintOptions;
pub(crate) use fields::Fields;
pub(crate) use numbers::Numbers;
pub(crate) use other::OtherRow;

/// A column of a table; `columns.sql` gives all of a table at once.
#[derive(Debug, Clone)]
pub(crate) struct ColumnRow {
    pub relation: u32,
    pub number: i16,
    pub name: Text,
    pub type_id: u32,
    pub modifier: i32,
    pub collation: u32,
    pub not_null: bool,
    /// A letter, or a space.
    pub identity: char,
    /// A letter, or a space.
    pub generated: char,
    /// A letter; a space for the one that `builtin_types.sql` expects of the type.
    pub storage: char,
    pub inherited: bool,
    pub value: Option<Text>,
    pub comment: Option<Text>,
}

/// What few columns have.
#[derive(Debug, Clone)]
pub(crate) struct ColumnOptionsRow {
    pub relation: u32,
    pub number: i16,
    pub compression: Option<Text>,
    pub statistics_target: Option<Text>,
    pub options: Vec<Text>,
    pub foreign_options: Vec<Text>,
    pub acl: Option<Vec<Text>>,
}

macro_rules! rows {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident = $question:literal { $($field:ident: $type:ty = $read:ident),* $(,)? }
    )*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            $(pub $field: $type,)*
        }

        impl $name {
            /// Reads one row.
            pub(crate) fn read(row: &PgRow) -> Result<Self, Error> {
                let mut fields = Fields::of(row, $question);
                let row = Self { $($field: fields.$read(),)* };
                fields.ended()?;
                Ok(row)
            }
        }
    )*};
}

rows! {
    /// One row of `session.sql`.
    SessionRow = "session" {
        version: String = string, number: u32 = number, version_text: String = string,
        user: String = string, database: String = string, process: i32 = number,
        block_size: u64 = number, read_only: String = string, settled: bool = flag,
    }
    /// One row of `databases.sql`.
    DatabaseRow = "databases" {
        id: u32 = number, name: Text = name, owner: Option<Text> = kept,
        encoding: Option<Text> = kept, collation: Option<Text> = kept,
        comment: Option<Text> = kept, template: bool = flag, open: bool = flag,
        may_connect: bool = flag, tablespace: Option<Text> = kept,
        acl: Option<Vec<Text>> = listed, connection_limit: Option<Text> = kept,
    }
    /// One row of `schemas.sql`.
    SchemaRow = "schemas" {
        id: u32 = number, name: Text = name, owner: Option<Text> = kept,
        comment: Option<Text> = kept, acl: Option<Vec<Text>> = listed,
    }
    /// One row of `relations.sql`.
    RelationRow = "relations" {
        id: u32 = number, schema: u32 = number, name: Text = name, kind: char = letter,
        persistence: char = letter, partition: bool = flag, owner: Option<Text> = kept,
        row_estimate: i64 = number, pages: i64 = count, toast_pages: i64 = count,
        tablespace: u32 = count, access_method: u32 = count, row_security: bool = flag,
        forced_row_security: bool = flag, replica_identity: char = letter,
        options: Vec<Text> = texts, toast_options: Vec<Text> = texts,
        of_type: Option<Text> = kept, not_populated: bool = flag,
        definition: Option<Text> = kept, partition_key: Option<Text> = kept,
        partition_bound: Option<Text> = kept, foreign_server: Option<Text> = kept,
        foreign_options: Vec<Text> = texts, acl: Option<Vec<Text>> = listed,
        age: i64 = number, name_mark: i64 = number,
    }
    /// One row of `moment.sql`.
    MomentRow = "moment" {
        database: u32 = number, identity: String = string, quiet: Option<String> = maybe,
        age: i64 = number,
    }
    /// One row of `shared.sql`.
    SharedRow = "shared" { database: u32 = number, own: String = string, named: String = string }
    /// One row of `writes.sql`.
    WritesRow = "writes" { database: u32 = number, count: String = string }
    /// One row of `writers.sql`.
    WritersRow = "writers" { databases: Numbers<u32> = numbers }
    /// One row of `fingerprint.sql`.
    MarkRow = "marks" {
        kind: char = letter, class: u32 = number, bucket: u16 = number, count: i64 = number,
        total: i64 = number, more: i64 = number,
    }
    /// One row of `touched.sql`.
    TouchedRow = "touched" { remainder: u32 = number }
    /// One row of `portions.sql`.
    PortionsRow = "portions" {
        ids: Numbers<u32> = numbers, columns: Numbers<u32> = numbers, elsewhere: bool = flag,
    }
    /// One row of `places.sql`.
    PlaceRow = "places" { letter: char = letter, id: u32 = number, name: Text = name }
    /// One row of `comments.sql` and its like.
    CommentRow = "comments" { id: u32 = number, part: i32 = number, text: Text = name }
    /// One row of `defaults.sql`.
    DefaultRow = "defaults" {
        relation: u32 = number, number: i16 = number, value: Option<String> = maybe,
        age: i64 = number,
    }
    /// One row of `checks.sql`.
    CheckRow = "checks" { id: u32 = number, expression: Option<Text> = kept }
    /// One row of `parents.sql`.
    ParentRow = "parents" {
        relation: u32 = number, schema: Text = name, name: Text = name, kind: char = letter,
    }
    /// One row of `constraints.sql`.
    ConstraintRow = "constraints" {
        id: u32 = number, relation: u32 = number, name: Text = name, kind: char = letter,
        columns: Numbers<i16> = numbers, index: Option<u32> = numbered, foreign_relation: u32 = count,
        foreign_columns: Numbers<i16> = numbers, foreign_schema: Option<u32> = numbered,
        foreign_table: Option<Text> = kept, foreign_names: Option<Vec<Text>> = listed,
        said: ConstraintOptions = constraint_options, definition: Option<Text> = kept, age: i64 = number,
    }
    /// One row of `indexes.sql`.
    IndexRow = "indexes" {
        id: u32 = number, relation: u32 = number, name: Text = name, method: u32 = number,
        unique: bool = flag, primary: bool = flag, invalid: bool = flag, clustered: bool = flag,
        replica_identity: bool = flag, nulls_not_distinct: bool = flag,
        key_parts: Option<usize> = numbered,
        columns: Numbers<i16> = numbers, orders: Numbers<i16> = numbers, classes: Numbers<u32> = numbers, collations: Numbers<u32> = numbers,
        expressions: Vec<Text> = texts, predicate: Option<Text> = kept,
        options: Vec<Text> = texts, tablespace: u32 = count, pages: i64 = number,
        age: i64 = number, class_age: i64 = number,
    }
    /// One row of `triggers.sql`.
    TriggerRow = "triggers" {
        id: u32 = number, relation: u32 = number, name: Text = name, bits: i16 = number,
        enabled: char = letter, columns: Numbers<i16> = numbers, constraint: bool = flag,
        deferrable: bool = flag, deferred: bool = flag, inherited: bool = flag,
        function_schema: Text = name,
        function_name: Text = name, definition: Option<Text> = kept, comment: Option<Text> = kept,
    }
    /// One row of `operator_classes.sql` and of `collations.sql`.
    NamedRow = "names" { id: u32 = number, schema: Text = name, name: Text = name }
    /// One row of `identities.sql`.
    IdentityRow = "identities" {
        sequence: u32 = number, relation: Option<u32> = numbered, number: Option<i16> = numbered,
        schema: u32 = number, name: Option<Text> = kept, options: Option<Text> = kept,
        age: i64 = number, class_age: i64 = number, estimates: i64 = number,
    }
    /// One row of `not_nulls.sql`.
    NotNullRow = "not nulls" {
        relation: u32 = number, number: i16 = number, name: Text = name,
        no_inherit: bool = flag, validated: bool = flag,
    }
    /// One row of `extension_relations.sql`.
    ExtensionRow = "extension relations" { relation: u32 = number, name: Text = name }
    /// One row of `dependencies.sql`.
    DependencyRow = "dependencies" {
        class: u32 = number, id: u32 = number, part: i16 = number, kind: String = string,
        schema: Option<Text> = kept, name: Text = name,
    }
    /// One row of `closed_catalogues.sql`.
    ClosedCatalogueRow = "closed catalogues" { name: String = string }
    /// One row of `builtin_types.sql`.
    TypeRow = "types" {
        id: u32 = number, spelling: Text = name, collation: u32 = number, storage: char = letter,
        expected_storage: char = letter,
    }
    /// One row of `unreadable_rows.sql`.
    UnreadableRow = "unreadable rows" { schema: Text = name, tables: u64 = number }
    /// One row of `closed_schemas.sql`.
    ClosedSchemaRow = "closed schemas" { name: Text = name }
    /// One row of `table_parts.sql`.
    PartRow = "parts" {
        part: String = string, name: String = string, definition: String = string,
        inherited: bool = flag, validated: bool = flag,
    }
    /// One row of `locked.sql`.
    LockedRow = "locked" {
        id: u32 = number, schema: u32 = number, name: Text = name, kind: char = letter,
    }
    /// One row of `relation_named.sql`.
    RelationNamedRow = "relation" { id: u32 = number }
}
