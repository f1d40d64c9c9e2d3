//! The statements of the object tables. They differ only in the columns of the
//! facts, so they are put together from the columns' names, all of them our own.

use std::sync::LazyLock;

use model::{ObjectId, ObjectKind};

use super::{column, constraint, database, index, relation, schema};

/// How many columns stand before those of the facts in every answer.
pub(super) const COMMON: usize = 10;

/// The first columns of every insert: the same in all rows of one sync of a connection.
pub(super) const SAME: [&str; 3] = ["owner_id", "connection_id", "first_sync"];

/// A table that holds objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Database,
    Schema,
    Relation,
    Column,
    Constraint,
    Index,
    /// The rarer kinds, their facts as JSON.
    Other,
}

impl Table {
    /// All of them; what lies below a relation lies in the last four.
    pub(crate) const ALL: &[Self] = &[
        Self::Database,
        Self::Schema,
        Self::Relation,
        Self::Column,
        Self::Constraint,
        Self::Index,
        Self::Other,
    ];

    /// Those that hold what lies below a relation.
    pub(crate) const BELOW_RELATION: &[Self] =
        &[Self::Column, Self::Constraint, Self::Index, Self::Other];

    pub(crate) const COUNT: usize = Self::ALL.len();

    /// The table that holds objects of this kind.
    pub(crate) const fn of(kind: ObjectKind) -> Self {
        match kind {
            ObjectKind::Server | ObjectKind::Database => Self::Database,
            ObjectKind::Schema => Self::Schema,
            ObjectKind::Table
            | ObjectKind::View
            | ObjectKind::MaterializedView
            | ObjectKind::ForeignTable
            | ObjectKind::Collection => Self::Relation,
            ObjectKind::Column => Self::Column,
            ObjectKind::PrimaryKey
            | ObjectKind::Unique
            | ObjectKind::Check
            | ObjectKind::Exclusion
            | ObjectKind::ForeignKey => Self::Constraint,
            ObjectKind::Index => Self::Index,
            _ => Self::Other,
        }
    }

    /// The tables that can hold children of this one's objects.
    pub(crate) const fn child_tables(self) -> &'static [Self] {
        match self {
            Self::Database => &[Self::Schema, Self::Relation, Self::Other],
            Self::Schema => &[Self::Relation, Self::Other],
            Self::Relation => Self::BELOW_RELATION,
            Self::Column | Self::Constraint | Self::Index | Self::Other => &[],
        }
    }

    /// Whether it holds parts of tables, those of one table together.
    pub(crate) const fn is_by_table(self) -> bool {
        matches!(self, Self::Column | Self::Constraint | Self::Index)
    }

    /// The number of the row that holds this version of an object below `parent`.
    pub(crate) fn row(self, parent: ObjectId, version: u32) -> i64 {
        match self.is_by_table() {
            true => (i64::from(parent.0) << 32) | i64::from(version),
            false => version.into(),
        }
    }

    /// Whether its rows name what holds them; databases name only the connection.
    pub(super) const fn has_parent(self) -> bool {
        !matches!(self, Self::Database)
    }

    /// Whether it holds several kinds, and so each row its own.
    pub(super) const fn has_kinds(self) -> bool {
        self.only_kind().is_none()
    }

    /// The columns of the facts.
    pub(super) const fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Database => database::COLUMNS,
            Self::Schema => schema::COLUMNS,
            Self::Relation => relation::COLUMNS,
            Self::Column => column::COLUMNS,
            Self::Constraint => constraint::COLUMNS,
            Self::Index => index::COLUMNS,
            Self::Other => &["detail"],
        }
    }

    /// The columns that speak of what lies below.
    pub(super) const fn below(self) -> &'static [&'static str] {
        match self {
            Self::Database => &["child_counts", "totals"],
            Self::Schema => &["child_counts"],
            Self::Relation => &["child_counts", "hash"],
            Self::Column | Self::Constraint | Self::Index | Self::Other => &[],
        }
    }

    /// Its statements.
    pub(crate) fn sql(self) -> &'static Statements {
        static STATEMENTS: LazyLock<Vec<Statements>> = LazyLock::new(|| {
            Table::ALL
                .iter()
                .map(|table| Statements::of(*table))
                .collect()
        });
        &STATEMENTS[self as usize]
    }

    /// Its name, quoted where it must be.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Database => "\"database\"",
            Self::Schema => "schema",
            Self::Relation => "relation",
            Self::Column => "relation_column",
            Self::Constraint => "relation_constraint",
            Self::Index => "relation_index",
            Self::Other => "object",
        }
    }

    const fn only_kind(self) -> Option<ObjectKind> {
        match self {
            Self::Schema => Some(ObjectKind::Schema),
            Self::Column => Some(ObjectKind::Column),
            Self::Index => Some(ObjectKind::Index),
            Self::Database | Self::Relation | Self::Constraint | Self::Other => None,
        }
    }
}

/// The statements of one table; `?1` is always the owner.
pub(crate) struct Statements {
    pub(super) insert: String,
    /// The open rows below `?2`.
    pub(super) children: String,
    /// The open row of the lineage `?2`.
    pub(super) by_lineage: String,
    /// The name in the open row of the lineage `?2`.
    pub(super) name: String,
    /// Closes the row `?2` with the sync `?3`.
    pub(super) close: String,
    /// Removes the row `?2`.
    pub(super) forget: String,
    /// Closes the open rows below `?2` with the sync `?3`.
    pub(super) close_children: String,
    /// Removes the open rows below `?2` that the sync `?3` has written.
    pub(super) forget_children: String,
    /// Replaces what the row `?2` says of what lies below.
    pub(super) set_below: String,
    /// The sync that first saw the lineage `?2`.
    pub(super) first_sync: String,
    /// Lineage, kind, name and (for columns) ordinal of the open rows below `?2`.
    pub(crate) names: String,
    /// The same, and how many children of each kind each of them has.
    pub(crate) names_and_counts: String,
    /// The first lineage of the open rows below `?2` with the name `?3` and the kind `?4`.
    pub(super) named: String,
    /// How many open rows of each kind lie below `?2`.
    pub(crate) kinds: String,
}

impl Statements {
    fn of(table: Table) -> Self {
        let name = table.name();
        let select = select(table);
        let children = children(table);
        let lineage = lineage(table);
        let open = format!("WHERE {lineage} AND closed_sync IS NULL");
        let row = "WHERE owner_id = ?1 AND id = ?2";
        let kind = kind(table);
        let ordinal = if table == Table::Column {
            "ordinal"
        } else {
            "0"
        };
        let counts = if table.below().is_empty() {
            "NULL"
        } else {
            "child_counts"
        };
        let below = set_below(table);
        let (source, condition) = (&children.source, &children.condition);
        Self {
            insert: insert(table),
            children: format!("{select} FROM {source} WHERE {condition}"),
            by_lineage: format!("{select} FROM {name} {open}"),
            name: format!("SELECT name FROM {name} {open}"),
            close: format!("UPDATE {name} SET closed_sync = ?3 {row}"),
            forget: format!("DELETE FROM {name} {row}"),
            close_children: format!("UPDATE {source} SET closed_sync = ?3 WHERE {condition}"),
            forget_children: format!("DELETE FROM {source} WHERE {condition} AND first_sync = ?3"),
            set_below: format!("UPDATE {name} SET {below} {row}"),
            first_sync: first_sync(table),
            names: format!(
                "SELECT lineage, {kind}, name, {ordinal} FROM {source} WHERE {condition}"
            ),
            names_and_counts: format!(
                "SELECT lineage, {kind}, name, {ordinal}, {counts} FROM {source} WHERE {condition}"
            ),
            named: format!(
                "SELECT min(lineage) FROM {source} WHERE {condition} AND name = ?3 AND {kind} = ?4"
            ),
            kinds: format!(
                "SELECT {kind}, count(*) FROM {source} WHERE {condition}
                 GROUP BY 1 HAVING count(*) > 0"
            ),
        }
    }
}

/// The open rows below `?2`, by the index that is made for them.
///
/// Without being told, SQLite goes through all rows of the owner instead: it
/// knows nothing of how many there are.
struct Children {
    source: String,
    condition: String,
}

fn children(table: Table) -> Children {
    let parent = if table.has_parent() {
        "parent"
    } else {
        "connection_id"
    };
    if table.is_by_table() {
        return Children {
            source: table.name().to_owned(),
            condition: "owner_id = ?1 AND id >= ?2 << 32 AND id < (?2 + 1) << 32
                        AND closed_sync IS NULL"
                .to_owned(),
        };
    }
    Children {
        source: format!("{} INDEXED BY {}_child", table.name(), bare_name(table)),
        condition: format!("owner_id = ?1 AND {parent} = ?2 AND closed_sync IS NULL"),
    }
}

/// What is true of all versions of the lineage `?2`.
///
/// A part's number tells its table: it is the open one with the greatest number that
/// is not above it, but for parts that came later.
fn lineage(table: Table) -> String {
    let lineage = "owner_id = ?1 AND lineage = ?2";
    if !table.is_by_table() {
        return lineage.to_owned();
    }
    let parent = format!(
        "coalesce(
             (SELECT parent FROM late_part WHERE {lineage}),
             (SELECT max(lineage) FROM relation INDEXED BY relation_open
              WHERE owner_id = ?1 AND lineage <= ?2 AND closed_sync IS NULL)
         )"
    );
    format!("{lineage} AND id >= {parent} << 32 AND id < ({parent} + 1) << 32")
}

fn first_sync(table: Table) -> String {
    let (name, bare, lineage) = (table.name(), bare_name(table), lineage(table));
    if table.is_by_table() {
        return format!("SELECT min(first_sync) FROM {name} WHERE {lineage}");
    }
    // Each half has an index of its own.
    format!(
        "SELECT min(first_sync) FROM (
             SELECT first_sync FROM {name} WHERE {lineage} AND closed_sync IS NULL
             UNION ALL
             SELECT first_sync FROM {name} INDEXED BY {bare}_past
             WHERE {lineage} AND closed_sync IS NOT NULL
         )"
    )
}

/// The name of the table as its indexes begin with it.
fn bare_name(table: Table) -> &'static str {
    table.name().trim_matches('"')
}

fn set_below(table: Table) -> String {
    let columns = table.below().iter().zip(3..);
    let values: Vec<_> = columns
        .map(|(column, position)| format!("{column} = ?{position}"))
        .collect();
    values.join(", ")
}

fn insert(table: Table) -> String {
    let mut columns = SAME.to_vec();
    columns.push("id");
    columns.extend((table.has_parent() && !table.is_by_table()).then_some("parent"));
    columns.push("lineage");
    columns.extend(table.has_kinds().then_some("kind"));
    columns.extend(["name", "native_id", "comment", "attributes"]);
    columns.extend(table.columns());
    columns.extend(table.below());
    let values: Vec<_> = (1..=columns.len())
        .map(|position| format!("?{position}"))
        .collect();
    format!(
        "INSERT INTO {} ({}) VALUES ({})",
        table.name(),
        columns.join(", "),
        values.join(", ")
    )
}

fn select(table: Table) -> String {
    let parent = match table.has_parent() {
        true if table.is_by_table() => "id >> 32",
        true => "parent",
        false => "lineage",
    };
    let kind = kind(table);
    let mut columns = vec![
        "id",
        "lineage",
        "connection_id",
        parent,
        "first_sync",
        &kind,
    ];
    columns.extend(["name", "native_id", "comment", "attributes"]);
    columns.extend(table.columns());
    columns.extend(table.below());
    format!("SELECT {}", columns.join(", "))
}

fn kind(table: Table) -> String {
    table
        .only_kind()
        .map_or_else(|| "kind".to_owned(), |kind| format!("'{kind}'"))
}
