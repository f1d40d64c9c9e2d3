//! The rows that the questions answer with, column by column as they are asked.
//!
//! All questions are asked as text, so that every value comes as text, whatever
//! type this server's version keeps it in.

mod columns;
mod texts;

use model::Text;
use sqlx::mysql::MySqlRow;
use sqlx::{Error, Row as _};

use columns::Columns;
pub(crate) use texts::Texts;

macro_rules! rows {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $field_doc:literal])* $field:ident: $type:ty = $read:ident,)* })*) => {$(
        $(#[doc = $doc])*
        #[derive(Debug, Clone)]
        pub(crate) struct $name {
            $($(#[doc = $field_doc])* pub(crate) $field: $type,)*
        }

        impl $name {
            pub(crate) fn read(row: &MySqlRow, texts: &mut Texts) -> Result<Self, Error> {
                let mut columns = Columns::of(row, texts);
                Ok(Self {
                    $($field: columns.$read()?,)*
                })
            }
        }
    )*};
}

/// What the server says first; read apart from the rest, which may not come.
#[derive(Debug, Clone)]
pub(crate) struct FirstWordsRow {
    pub(crate) version: String,
    pub(crate) comment: String,
}

impl FirstWordsRow {
    pub(crate) fn read(row: &MySqlRow) -> Result<Self, Error> {
        let mut texts = Texts::default();
        let mut columns = Columns::of(row, &mut texts);
        Ok(Self {
            version: columns.text()?.to_string(),
            comment: columns.text()?.to_string(),
        })
    }
}

/// The answer of `session.sql`.
#[derive(Debug, Clone)]
pub(crate) struct SessionRow {
    pub(crate) user: String,
    pub(crate) database: String,
    pub(crate) connection: u64,
    pub(crate) read_only: bool,
}

impl SessionRow {
    pub(crate) fn read(row: &MySqlRow) -> Result<Self, Error> {
        let mut texts = Texts::default();
        let mut columns = Columns::of(row, &mut texts);
        Ok(Self {
            user: columns.text()?.to_string(),
            database: columns.text()?.to_string(),
            connection: columns.amount()?.unwrap_or(0),
            read_only: columns.yes()?,
        })
    }
}

/// One column of text.
pub(crate) fn line(row: &MySqlRow) -> Result<Text, Error> {
    Columns::of(row, &mut Texts::default()).text()
}

/// The column of this number, where it is there and not null.
pub(crate) fn column(row: &MySqlRow, place: usize) -> Option<String> {
    let bytes: Option<&[u8]> = row.try_get_unchecked(place).ok()?;
    Some(String::from_utf8_lossy(bytes?).into_owned())
}

mod server;

pub(crate) use server::{ForeignServerRow, MembershipRow, ServerRightRow, UserRow};

rows! {
    /// The answer of `databases.sql`.
    DatabaseRow {
        name: Text = text,
        charset: Option<Text> = filled,
        collation: Option<Text> = filled,
        comment: Option<Text> = filled,
        encrypted: bool = yes,
    }

    /// The answer of `relations.sql`.
    RelationRow {
        name: Text = text,
        /// `BASE TABLE`, `VIEW`, `SYSTEM VIEW`, `SYSTEM VERSIONED`, `SEQUENCE`, …
        kind: Text = text,
        engine: Option<Text> = filled,
        row_format: Option<Text> = filled,
        rows: Option<u64> = amount,
        bytes: Option<u64> = amount,
        index_bytes: Option<u64> = amount,
        collation: Option<Text> = filled,
        options: Option<Text> = filled,
        comment: Option<Text> = filled,
        /// When its definition was last written, for some engines.
        created: Option<Text> = filled,
    }

    /// The answer of `state.sql`.
    StateRow {
        /// What was written since may be written again within the same second.
        recent: Text = text,
        /// How many tables there were when they were counted.
        counted: Option<u64> = amount,
        /// How many tables the server keeps open.
        open: Option<u64> = amount,
        /// The operating system that it was built for.
        system: Text = text,
        /// What tells the server from any other.
        identity: Text = text,
    }

    /// The answer of `spaces.sql`: where one table, or a part of it, is stored.
    SpaceRow {
        name: Text = text,
        space: Text = text,
    }

    /// The answer of `names.sql`.
    NameRow {
        name: Text = text,
        kind: Text = text,
    }

    /// The answer of `columns.sql`.
    ColumnRow {
        relation: Text = text,
        name: Text = text,
        ordinal: u32 = number,
        default: Option<Text> = maybe,
        nullable: bool = yes,
        /// The type without length (`varchar`).
        data_type: Text = text,
        column_type: Text = text,
        charset: Option<Text> = filled,
        collation: Option<Text> = filled,
        extra: Option<Text> = filled,
        comment: Option<Text> = filled,
        generated: Option<Text> = filled,
        srid: Option<u64> = amount,
    }

    /// The answer of `indexes.sql`: one part of an index.
    IndexPartRow {
        relation: Text = text,
        index: Text = text,
        not_unique: bool = yes,
        place: u32 = number,
        column: Option<Text> = maybe,
        expression: Option<Text> = filled,
        /// `A`, `D` or nothing.
        order: Option<Text> = filled,
        prefix: Option<u64> = amount,
        method: Text = text,
        remark: Option<Text> = filled,
        comment: Option<Text> = filled,
        visible: bool = yes,
    }

    /// The answer of `foreign_keys.sql`: one column of a foreign key.
    ForeignColumnRow {
        relation: Text = text,
        name: Text = text,
        place: u32 = number,
        column: Text = text,
        foreign_database: Option<Text> = filled,
        foreign_table: Text = text,
        foreign_column: Text = text,
    }

    /// The answer of `foreign_rules.sql`.
    ForeignRuleRow {
        relation: Text = text,
        name: Text = text,
        matching: Text = text,
        on_update: Text = text,
        on_delete: Text = text,
    }

    /// The answer of `checks.sql`.
    CheckRow {
        relation: Text = text,
        name: Text = text,
        expression: Text = text,
        enforced: bool = yes,
        /// `Column` or `Table`, where the server says.
        level: Option<Text> = filled,
    }

    /// The answer of `triggers.sql`.
    TriggerRow {
        relation: Text = text,
        name: Text = text,
        events: Text = text,
        timing: Text = text,
        order: u32 = number,
        statement: Option<Text> = filled,
        definer: Text = text,
        sql_mode: Option<Text> = filled,
    }

    /// The answer of `views.sql`.
    ViewRow {
        name: Text = text,
        query: Option<Text> = filled,
        check_option: Text = text,
        updatable: bool = yes,
        definer: Text = text,
        security: Text = text,
        algorithm: Option<Text> = filled,
    }

    /// The answer of `routines.sql`.
    RoutineRow {
        name: Text = text,
        /// `FUNCTION`, `PROCEDURE`, `PACKAGE`, `PACKAGE BODY`.
        kind: Text = text,
        returns: Option<Text> = filled,
        charset: Option<Text> = filled,
        language: Option<Text> = filled,
        body: Option<Text> = filled,
        deterministic: bool = yes,
        data_access: Text = text,
        security: Text = text,
        sql_mode: Option<Text> = filled,
        comment: Option<Text> = filled,
        definer: Text = text,
    }

    /// The answer of `parameters.sql`.
    ParameterRow {
        routine: Text = text,
        kind: Text = text,
        place: u32 = number,
        mode: Option<Text> = filled,
        name: Option<Text> = maybe,
        type_text: Text = text,
        charset: Option<Text> = filled,
    }

    /// The answer of `events.sql`.
    EventRow {
        name: Text = text,
        definer: Text = text,
        time_zone: Option<Text> = filled,
        body: Option<Text> = filled,
        at: Option<Text> = filled,
        interval_value: Option<Text> = filled,
        interval_field: Option<Text> = filled,
        sql_mode: Option<Text> = filled,
        starts: Option<Text> = filled,
        ends: Option<Text> = filled,
        status: Text = text,
        on_completion: Text = text,
        comment: Option<Text> = filled,
    }

    /// The answer of `partitions.sql`: one partition, or one part of it.
    PartitionRow {
        relation: Text = text,
        name: Text = text,
        part: Option<Text> = filled,
        place: u32 = number,
        part_place: u32 = number,
        method: Text = text,
        part_method: Option<Text> = filled,
        expression: Option<Text> = filled,
        part_expression: Option<Text> = filled,
        bound: Option<Text> = filled,
        rows: Option<u64> = amount,
        bytes: Option<u64> = amount,
        index_bytes: Option<u64> = amount,
        comment: Option<Text> = filled,
    }

    /// The answer of `sequence.sql`.
    SequenceRow {
        name: Text = text,
        start: Text = text,
        minimum: Text = text,
        maximum: Text = text,
        increment: Text = text,
        cache: Text = text,
        cycle: bool = yes,
    }

    /// The answer of `privileges.sql`: one right of one account on one thing.
    PrivilegeRow {
        relation: Option<Text> = filled,
        column: Option<Text> = filled,
        grantee: Text = text,
        right: Text = text,
        grantable: bool = yes,
    }
}
