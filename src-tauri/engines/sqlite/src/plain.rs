//! Tables that their own statements tell all of, so that SQLite need not be asked.
//!
//! SQLite takes in a file's whole schema before it answers the first question,
//! and again as much time to answer them. A statement of the plain kind leaves
//! nothing open; what it says is put here into the very rows that SQLite would
//! answer with. Anything out of the ordinary is left to SQLite.

use std::collections::HashSet;

use model::Text;

use crate::ddl::{self, KeyClause, PlainPart, TableClauses};
use crate::rows::{
    ColumnRow, ForeignKeyRow, Hiding, IndexRow, IndexedPart, Origin, RelationRow, RelationSort,
    StatementRow,
};

/// What SQLite compares text by where nothing is said.
const PLAIN_COLLATION: &str = "BINARY";

/// How many names are compared each with each.
const FEW: usize = 32;

/// The rows of one table.
#[derive(Debug)]
pub(crate) struct PlainTable {
    pub(crate) relation: RelationRow,
    pub(crate) columns: Vec<ColumnRow>,
    pub(crate) indexes: Vec<IndexRow>,
    pub(crate) foreign_keys: Vec<ForeignKeyRow>,
    /// What its statement says.
    pub(crate) clauses: TableClauses,
}

impl PlainTable {
    /// The table of this name and the indexes on it, from their statements; none
    /// where something in them had better be asked of SQLite.
    pub(crate) fn read(name: &Text, statements: &[StatementRow]) -> Option<Self> {
        if !statements.iter().all(|statement| statement.is_text) {
            return None;
        }
        let mut tables = statements.iter().filter(|row| &*row.sort == "table");
        let (table, more) = (tables.next()?, tables.next());
        if more.is_some() {
            return None;
        }
        let clauses = plain_clauses(name, table)?;
        let reader = Reader {
            table: name,
            clauses: &clauses,
        };
        let columns = reader.columns();
        let indexes = reader.indexes(statements)?;
        let foreign_keys = reader.foreign_keys()?;
        Some(Self {
            relation: RelationRow {
                name: Text::clone(name),
                sort: RelationSort::Table,
                columns: i64::try_from(columns.len()).ok()?,
                without_rowid: false,
                strict: clauses.strict,
            },
            columns,
            indexes,
            foreign_keys,
            clauses,
        })
    }
}

/// The columns of the table of this name, from its statement alone; none where SQLite
/// had better be asked.
pub(crate) fn columns(name: &Text, statement: &StatementRow) -> Option<Vec<ColumnRow>> {
    let clauses = plain_clauses(name, statement)?;
    let reader = Reader {
        table: name,
        clauses: &clauses,
    };
    Some(reader.columns())
}

fn plain_clauses(name: &Text, statement: &StatementRow) -> Option<TableClauses> {
    if !statement.is_text || &*statement.sort != "table" {
        return None;
    }
    let clauses = ddl::parse_table(statement.sql.as_deref()?);
    let is_plain = !clauses.is_odd && clauses.name == *name && is_sound(&clauses);
    is_plain.then_some(clauses)
}

/// Whether SQLite would take what it says for a table of the common kind.
fn is_sound(clauses: &TableClauses) -> bool {
    let mut primary = clauses.keys.iter().filter(|key| key.primary);
    let one_key = primary.next().is_none_or(|_| primary.next().is_none());
    // SQLite makes one index for keys that hold the same.
    let keys = clauses.keys.iter().enumerate();
    let mut pairs = keys.flat_map(|(at, key)| {
        let others = clauses.keys.iter().take(at);
        others.map(move |other| (key, other))
    });
    one_key
        && !clauses.columns.is_empty()
        && are_distinct(clauses.columns.iter().map(|column| &column.name))
        && clauses
            .keys
            .iter()
            .all(|key| !key.columns.is_empty() && are_distinct(key.columns.iter()))
        && pairs.all(|(one, other)| !are_same(&one.columns, &other.columns))
}

fn are_distinct<'a>(names: impl Iterator<Item = &'a Text> + Clone) -> bool {
    if names.clone().count() > FEW {
        let mut seen = HashSet::new();
        let mut names = names;
        return names.all(|name| seen.insert(name.to_ascii_lowercase()));
    }
    let mut rest = names;
    while let Some(name) = rest.next() {
        if rest.clone().any(|other| other.eq_ignore_ascii_case(name)) {
            return false;
        }
    }
    true
}

fn are_same(one: &[Text], other: &[Text]) -> bool {
    let pairs = || one.iter().zip(other);
    one.len() == other.len() && pairs().all(|(one, other)| one.eq_ignore_ascii_case(other))
}

struct Reader<'a> {
    table: &'a Text,
    clauses: &'a TableClauses,
}

impl Reader<'_> {
    fn columns(&self) -> Vec<ColumnRow> {
        let key = self.clauses.keys.iter().find(|key| key.primary);
        let place = |name: &Text| {
            let columns = key.map_or(&[][..], |key| &key.columns);
            let place = columns
                .iter()
                .position(|column| column.eq_ignore_ascii_case(name));
            place.and_then(|at| i64::try_from(at + 1).ok()).unwrap_or(0)
        };
        let rowid = key.is_some_and(|key| self.is_rowid(key));
        self.clauses
            .columns
            .iter()
            .zip(0..)
            .map(|(column, number)| {
                let key = place(&column.name);
                ColumnRow {
                    table: Text::clone(self.table),
                    number,
                    name: Text::clone(&column.name),
                    type_text: Text::clone(&column.type_text),
                    not_null: column.not_null || (self.clauses.strict && key > 0 && !rowid),
                    default: column.default.clone(),
                    key,
                    hiding: Hiding::None,
                }
            })
            .collect()
    }

    /// Whether a primary key is the row's own number and needs no index.
    fn is_rowid(&self, key: &KeyClause) -> bool {
        let [column] = &*key.columns else {
            return false;
        };
        let column = self.clauses.column(column);
        column.is_some_and(|column| &*column.type_text == "INTEGER")
    }

    fn indexes(&self, statements: &[StatementRow]) -> Option<Vec<IndexRow>> {
        let is_index = |row: &&StatementRow| &*row.sort == "index";
        let mut made: Vec<&Text> = statements
            .iter()
            .filter(is_index)
            .filter(|row| row.sql.is_none())
            .map(|row| &row.name)
            .collect();
        let mut rows = Vec::new();
        let mut count = 0;
        for key in &self.clauses.keys {
            if key.primary && self.is_rowid(key) {
                continue;
            }
            count += 1;
            let name = format!("sqlite_autoindex_{}_{count}", self.table);
            // It is there as SQLite makes it, or the statement was read wrongly.
            let at = made.iter().position(|made| ***made == *name)?;
            let name = Text::clone(made.swap_remove(at));
            let origin = if key.primary {
                Origin::PrimaryKey
            } else {
                Origin::Unique
            };
            let parts = key.columns.iter().zip(&key.collations);
            for (column, collation) in parts {
                rows.push(self.part(&name, true, origin, column, collation.as_ref(), false)?);
            }
        }
        if !made.is_empty() {
            return None;
        }
        for row in statements.iter().filter(is_index) {
            let Some(sql) = row.sql.as_deref() else {
                continue;
            };
            let index = ddl::parse_plain_index(sql)?;
            if index.name != row.name || !index.table.eq_ignore_ascii_case(self.table) {
                return None;
            }
            for PlainPart {
                column,
                collation,
                descending,
            } in &index.parts
            {
                let (name, unique) = (&row.name, index.unique);
                let collation = collation.as_ref();
                let origin = Origin::Statement;
                rows.push(self.part(name, unique, origin, column, collation, *descending)?);
            }
        }
        Some(rows)
    }

    /// One part of an index; none where it is no column of the table.
    fn part(
        &self,
        name: &Text,
        unique: bool,
        origin: Origin,
        column: &str,
        collation: Option<&Text>,
        descending: bool,
    ) -> Option<IndexRow> {
        let column = self.clauses.column(column)?;
        let collation = collation.or(column.collation.as_ref());
        Some(IndexRow {
            table: Text::clone(self.table),
            name: Text::clone(name),
            unique,
            origin,
            part: IndexedPart::Column(Text::clone(&column.name)),
            descending,
            collation: Some(collation.map_or_else(|| ddl::shared(PLAIN_COLLATION), Text::clone)),
        })
    }

    /// The foreign keys, numbered from the last to the first.
    fn foreign_keys(&self) -> Option<Vec<ForeignKeyRow>> {
        let mut rows = Vec::new();
        for (key, id) in self.clauses.foreign_keys.iter().rev().zip(0..) {
            for (at, column) in key.columns.iter().enumerate() {
                rows.push(ForeignKeyRow {
                    table: Text::clone(self.table),
                    id,
                    parent: Text::clone(&key.parent),
                    column: Text::clone(&self.clauses.column(column)?.name),
                    parent_column: key.parent_columns.get(at).cloned(),
                    on_update: ddl::shared(key.on_update),
                    on_delete: ddl::shared(key.on_delete),
                });
            }
        }
        Some(rows)
    }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test that cannot go on says why")]
mod tests;
