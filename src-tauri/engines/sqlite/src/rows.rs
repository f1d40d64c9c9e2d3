//! The rows of the queries, as they come; text that is not UTF-8 is made so.

use std::borrow::Cow;
use std::collections::HashSet;

use model::Text;
use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::ddl;

/// Names and types, each kept once.
#[derive(Debug, Default)]
pub(crate) struct Names(HashSet<Text>);

impl Names {
    fn text(&mut self, row: &Row<'_>, column: usize) -> rusqlite::Result<Text> {
        Ok(self.optional(row, column)?.unwrap_or_default())
    }

    fn optional(&mut self, row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Text>> {
        let Some(text) = optional_text(row, column)? else {
            return Ok(None);
        };
        if let Some(known) = self.0.get(&*text) {
            return Ok(Some(Text::clone(known)));
        }
        let text: Text = text.into();
        self.0.insert(Text::clone(&text));
        Ok(Some(text))
    }
}

/// A row of `facts.sql`.
#[derive(Debug, Default)]
pub(crate) struct Facts {
    pub(crate) encoding: Option<Text>,
    pub(crate) page_size: i64,
    pub(crate) page_count: i64,
    pub(crate) journal_mode: Option<Text>,
    pub(crate) user_version: i64,
    pub(crate) application_id: i64,
    pub(crate) auto_vacuum: i64,
}

impl Facts {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            encoding: optional_text(row, 0)?.map(Text::from),
            page_size: number(row, 1)?,
            page_count: number(row, 2)?,
            journal_mode: optional_text(row, 3)?.map(Text::from),
            user_version: number(row, 4)?,
            application_id: number(row, 5)?,
            auto_vacuum: number(row, 6)?,
        })
    }
}

/// A row of `relations.sql`.
#[derive(Debug, PartialEq)]
pub(crate) struct RelationRow {
    pub(crate) name: Text,
    pub(crate) sort: RelationSort,
    /// How many columns there are; none where nobody can tell.
    pub(crate) columns: i64,
    pub(crate) without_rowid: bool,
    pub(crate) strict: bool,
}

/// What SQLite calls the type of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RelationSort {
    Table,
    View,
    Virtual,
    Shadow,
}

impl RelationRow {
    pub(crate) fn read(row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Self> {
        Ok(Self {
            name: names.text(row, 0)?,
            sort: match row.get_ref(1)?.as_bytes().unwrap_or_default() {
                b"view" => RelationSort::View,
                b"virtual" => RelationSort::Virtual,
                b"shadow" => RelationSort::Shadow,
                _ => RelationSort::Table,
            },
            columns: number(row, 2)?,
            without_rowid: number(row, 3)? != 0,
            strict: number(row, 4)? != 0,
        })
    }

    /// Whether SQLite keeps it for itself.
    pub(crate) fn is_system(&self) -> bool {
        is_system(&self.name)
    }

    /// Whether it is a table with a statement of its own.
    pub(crate) fn is_table(&self) -> bool {
        matches!(self.sort, RelationSort::Table | RelationSort::Shadow)
    }

    pub(crate) fn is_view(&self) -> bool {
        self.sort == RelationSort::View
    }
}

/// Whether SQLite keeps the table of this name for itself.
pub(crate) fn is_system(name: &str) -> bool {
    let start = name.as_bytes().get(..7);
    start.is_some_and(|start| start.eq_ignore_ascii_case(b"sqlite_"))
}

/// A row of `statements.sql` or of `listed.sql`.
#[derive(Debug, Clone)]
pub(crate) struct StatementRow {
    pub(crate) sort: Text,
    pub(crate) name: Text,
    pub(crate) table: Text,
    pub(crate) sql: Option<Text>,
    /// Whether name and statement were proper text as they came.
    pub(crate) is_text: bool,
}

impl StatementRow {
    pub(crate) fn read(row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Self> {
        Ok(Self {
            sort: names.text(row, 0)?,
            name: names.text(row, 1)?,
            table: names.text(row, 2)?,
            sql: optional_text(row, 3)?.map(Text::from),
            is_text: is_text(row, 1)? && is_text(row, 3)?,
        })
    }

    /// A row of `listed.sql`; `table` is what may be the name of its table.
    pub(crate) fn listed(row: &Row<'_>, table: &Text) -> rusqlite::Result<Self> {
        let name = row.get_ref(1)?;
        let sql = row.get_ref(3)?;
        let table = same_or(row.get_ref(2)?, table);
        Ok(Self {
            sort: ddl::shared(&text_of(row.get_ref(0)?).unwrap_or_default()),
            name: same_or(name, &table),
            table,
            sql: text_of(sql).map(Text::from),
            is_text: is_proper(name) && is_proper(sql),
        })
    }
}

/// A row of `columns.sql`.
#[derive(Debug, PartialEq)]
pub(crate) struct ColumnRow {
    pub(crate) table: Text,
    /// Its number in the table, from 0.
    pub(crate) number: i64,
    pub(crate) name: Text,
    pub(crate) type_text: Text,
    pub(crate) not_null: bool,
    pub(crate) default: Option<Text>,
    /// Its place in the primary key, from 1; 0 where it has none.
    pub(crate) key: i64,
    pub(crate) hiding: Hiding,
}

/// What SQLite tells of a column by its `hidden`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hiding {
    None,
    Hidden,
    Virtual,
    Stored,
}

impl ColumnRow {
    pub(crate) fn read(row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Self> {
        Ok(Self {
            table: names.text(row, 0)?,
            number: number(row, 1)?,
            name: names.text(row, 2)?,
            type_text: names.text(row, 3)?,
            not_null: number(row, 4)? != 0,
            default: names.optional(row, 5)?,
            key: number(row, 6)?,
            hiding: match number(row, 7)? {
                1 => Hiding::Hidden,
                2 => Hiding::Virtual,
                3 => Hiding::Stored,
                _ => Hiding::None,
            },
        })
    }
}

/// A row of `indexes.sql`: one part of an index.
#[derive(Debug, PartialEq)]
pub(crate) struct IndexRow {
    pub(crate) table: Text,
    pub(crate) name: Text,
    pub(crate) unique: bool,
    pub(crate) origin: Origin,
    pub(crate) part: IndexedPart,
    pub(crate) descending: bool,
    pub(crate) collation: Option<Text>,
}

/// Why there is an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Statement,
    Unique,
    PrimaryKey,
}

/// What one part of an index holds.
#[derive(Debug, PartialEq)]
pub(crate) enum IndexedPart {
    Column(Text),
    Rowid,
    Expression,
}

impl IndexRow {
    pub(crate) fn read(row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Self> {
        Ok(Self {
            table: names.text(row, 0)?,
            name: names.text(row, 1)?,
            unique: number(row, 2)? != 0,
            origin: match row.get_ref(3)?.as_bytes().unwrap_or_default() {
                b"pk" => Origin::PrimaryKey,
                b"u" => Origin::Unique,
                _ => Origin::Statement,
            },
            part: match number(row, 4)? {
                -1 => IndexedPart::Rowid,
                0.. => IndexedPart::Column(names.text(row, 5)?),
                _ => IndexedPart::Expression,
            },
            descending: number(row, 6)? != 0,
            collation: names.optional(row, 7)?,
        })
    }
}

/// A row of `foreign_keys.sql`: one column of a foreign key.
#[derive(Debug, PartialEq)]
pub(crate) struct ForeignKeyRow {
    pub(crate) table: Text,
    /// Its number in the table, counted from the last one.
    pub(crate) id: i64,
    pub(crate) parent: Text,
    pub(crate) column: Text,
    /// The column there; absent where the key names only the table.
    pub(crate) parent_column: Option<Text>,
    pub(crate) on_update: Text,
    pub(crate) on_delete: Text,
}

impl ForeignKeyRow {
    pub(crate) fn read(row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Self> {
        Ok(Self {
            table: names.text(row, 0)?,
            id: number(row, 1)?,
            parent: names.text(row, 2)?,
            column: names.text(row, 3)?,
            parent_column: names.optional(row, 4)?,
            on_update: names.text(row, 5)?,
            on_delete: names.text(row, 6)?,
        })
    }
}

/// A row of `parent.sql`: a column of a table that a foreign key refers to.
#[derive(Debug)]
pub(crate) struct ParentRow {
    pub(crate) column: Text,
    pub(crate) key: i64,
}

impl ParentRow {
    pub(crate) fn read(row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Self> {
        Ok(Self {
            column: names.text(row, 0)?,
            key: number(row, 1)?,
        })
    }
}

/// A row of `estimates.sql`.
#[derive(Debug)]
pub(crate) struct EstimateRow {
    pub(crate) table: Text,
    /// Whether it is about an index, not about the table itself.
    pub(crate) of_index: bool,
    /// Rows; absent where the text holds no number.
    pub(crate) rows: Option<u64>,
}

impl EstimateRow {
    pub(crate) fn read(row: &Row<'_>, names: &mut Names) -> rusqlite::Result<Self> {
        let stat = optional_text(row, 2)?.unwrap_or_default();
        Ok(Self {
            table: names.text(row, 0)?,
            of_index: optional_text(row, 1)?.is_some(),
            rows: stat.split(' ').next().and_then(|rows| rows.parse().ok()),
        })
    }
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<i64> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(number) => number,
        _ => 0,
    })
}

/// A column as text of any kind; none where it is null.
pub(crate) fn lossy(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<String>> {
    Ok(optional_text(row, column)?.map(Cow::into_owned))
}

fn is_text(row: &Row<'_>, column: usize) -> rusqlite::Result<bool> {
    Ok(is_proper(row.get_ref(column)?))
}

fn optional_text<'row>(
    row: &'row Row<'_>,
    column: usize,
) -> rusqlite::Result<Option<Cow<'row, str>>> {
    Ok(text_of(row.get_ref(column)?))
}

fn is_proper(value: ValueRef<'_>) -> bool {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => std::str::from_utf8(bytes).is_ok(),
        _ => true,
    }
}

fn text_of(value: ValueRef<'_>) -> Option<Cow<'_, str>> {
    match value {
        ValueRef::Null => None,
        // What is proper is found so much sooner than by looking for what is not.
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => String::from_utf8_lossy(bytes),
        }),
        ValueRef::Integer(number) => Some(number.to_string().into()),
        ValueRef::Real(number) => Some(number.to_string().into()),
    }
}

/// A value as text, shared with `known` where it says the same.
fn same_or(value: ValueRef<'_>, known: &Text) -> Text {
    match text_of(value) {
        Some(text) if *text == **known => Text::clone(known),
        Some(text) => text.into(),
        None => Text::default(),
    }
}
