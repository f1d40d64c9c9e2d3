//! `CREATE TABLE`, but for the inside of a column's definition.

use model::Text;
use model::snapshot::Deferral;

use super::clause::{self, conflict, key_columns};
use super::cursor::Cursor;
use super::token::tokens;

/// What the statement of a table says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TableClauses {
    /// Its name.
    pub(crate) name: Text,
    /// Its columns, in order.
    pub(crate) columns: Vec<ColumnClause>,
    /// Primary key and unique constraints, in order.
    pub(crate) keys: Vec<KeyClause>,
    /// Checks, in order.
    pub(crate) checks: Vec<CheckClause>,
    /// Foreign keys, in order.
    pub(crate) foreign_keys: Vec<ForeignKeyClause>,
    /// Whether values must be of the declared types.
    pub(crate) strict: bool,
    /// Whether something in it was not understood, or is of a kind that SQLite
    /// itself had better be asked about.
    pub(crate) is_odd: bool,
}

/// A column.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ColumnClause {
    pub(crate) name: Text,
    /// Its type as it is written.
    pub(crate) type_text: Text,
    pub(crate) not_null: bool,
    /// Its default as it is written.
    pub(crate) default: Option<Text>,
    pub(crate) collation: Option<Text>,
    /// The expression that it is computed by.
    pub(crate) generated: Option<Text>,
    pub(crate) autoincrement: bool,
    /// What happens to a row that breaks its `NOT NULL`.
    pub(crate) conflict: Option<Text>,
}

/// A primary key or a unique constraint.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct KeyClause {
    pub(crate) primary: bool,
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Text>,
    /// The collation of each column, where the key names one of its own.
    pub(crate) collations: Vec<Option<Text>>,
    /// What happens to a row that breaks it.
    pub(crate) conflict: Option<Text>,
}

/// A check.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CheckClause {
    pub(crate) name: Option<Text>,
    pub(crate) expression: Text,
}

/// A foreign key.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ForeignKeyClause {
    pub(crate) name: Option<Text>,
    pub(crate) columns: Vec<Text>,
    pub(crate) parent: Text,
    /// The columns there; none where it names only the table.
    pub(crate) parent_columns: Vec<Text>,
    /// In SQLite's own words, as for `on_delete`.
    pub(crate) on_update: &'static str,
    pub(crate) on_delete: &'static str,
    pub(crate) deferral: Deferral,
}

/// Reads `CREATE TABLE`.
pub(crate) fn parse_table(sql: &str) -> TableClauses {
    let tokens = tokens(sql);
    let mut cursor = Cursor::new(sql, &tokens);
    let mut clauses = TableClauses {
        columns: Vec::with_capacity(16),
        ..TableClauses::default()
    };
    cursor.accept(&["CREATE"]);
    clauses.is_odd |= cursor.accept_any(&["TEMP", "TEMPORARY"]).is_some();
    if !cursor.accept(&["TABLE"]) {
        clauses.is_odd = true;
        return clauses;
    }
    clauses.is_odd |= cursor.accept(&["IF", "NOT", "EXISTS"]);
    let place = cursor.place();
    clauses.name = cursor.qualified_name().unwrap_or_default();
    clauses.is_odd |= cursor.place() != place + 1;
    let Some(body) = cursor.group() else {
        clauses.is_odd = true;
        return clauses;
    };
    clauses.is_odd |= !body.is_closed();
    for part in body.list() {
        let constraint = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];
        if part
            .peek()
            .is_some_and(|token| constraint.iter().any(|word| token.is(word)))
        {
            clauses.table_constraints(part);
        } else {
            clauses.add_column(part);
        }
    }
    clauses.strict = cursor.accept(&["STRICT"]);
    // `WITHOUT ROWID` changes what keys and indexes hold.
    clauses.is_odd |= cursor.peek().is_some();
    clauses
}

impl TableClauses {
    /// What is said of the column with this name.
    pub(crate) fn column(&self, name: &str) -> Option<&ColumnClause> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
    }

    /// As [`TableClauses::column`], where it likely is the one with this number, from 0.
    pub(crate) fn column_at(&self, number: i64, name: &str) -> Option<&ColumnClause> {
        let place = usize::try_from(number).ok();
        let likely = place.and_then(|place| self.columns.get(place));
        likely
            .filter(|column| *column.name == *name)
            .or_else(|| self.column(name))
    }

    /// Constraints of the table; SQLite does not ask for commas between them.
    fn table_constraints(&mut self, mut part: Cursor<'_>) {
        let mut name = None;
        while part.peek().is_some() {
            if part.accept(&["CONSTRAINT"]) {
                name = part.name();
            } else if part.accept(&["PRIMARY", "KEY"]) {
                let key = key_columns(&mut part);
                if key.autoincrement {
                    self.autoincrement(key.columns.first());
                }
                self.is_odd |= key.is_odd;
                let conflict = conflict(&mut part);
                self.keys.push(key.clause(true, name.take(), conflict));
            } else if part.accept(&["UNIQUE"]) {
                let key = key_columns(&mut part);
                self.is_odd |= key.is_odd || key.autoincrement;
                let conflict = conflict(&mut part);
                self.keys.push(key.clause(false, name.take(), conflict));
            } else if part.accept(&["CHECK"]) {
                self.check(&mut part, name.take());
            } else if part.accept(&["FOREIGN", "KEY"]) {
                let columns = self.names(&mut part);
                if part.accept(&["REFERENCES"]) {
                    self.reference(&mut part, name.take(), columns.unwrap_or_default());
                } else {
                    self.is_odd = true;
                }
            } else {
                self.is_odd = true;
                part.take();
            }
        }
    }

    pub(super) fn check(&mut self, part: &mut Cursor<'_>, name: Option<Text>) {
        match part.group() {
            Some(inner) => {
                conflict(part);
                self.checks.push(CheckClause {
                    name,
                    expression: inner.rest().into(),
                });
            }
            None => self.is_odd = true,
        }
    }

    /// What stands behind `REFERENCES`.
    pub(super) fn reference(
        &mut self,
        part: &mut Cursor<'_>,
        name: Option<Text>,
        columns: Vec<Text>,
    ) {
        let parent = part.name();
        self.is_odd |= parent.is_none();
        let mut key = ForeignKeyClause {
            name,
            columns,
            parent: parent.unwrap_or_default(),
            on_update: clause::NO_ACTION,
            on_delete: clause::NO_ACTION,
            ..ForeignKeyClause::default()
        };
        if part.peek().is_some_and(|token| token.is_sign('(')) {
            key.parent_columns = self.names(part).unwrap_or_default();
            self.is_odd |= key.parent_columns.len() != key.columns.len();
        }
        while clause::reference_argument(part, &mut key) {}
        self.foreign_keys.push(key);
    }

    /// Takes names in parentheses, with commas between them.
    fn names(&mut self, part: &mut Cursor<'_>) -> Option<Vec<Text>> {
        let Some(group) = part.group() else {
            self.is_odd = true;
            return None;
        };
        let mut names = Vec::new();
        for mut column in group.list() {
            let name = column.shared_name();
            self.is_odd |= name.is_none() || column.peek().is_some();
            names.extend(name);
        }
        Some(names)
    }

    fn autoincrement(&mut self, column: Option<&Text>) {
        let named = |clause: &&mut ColumnClause| {
            column.is_some_and(|column| clause.name.eq_ignore_ascii_case(column))
        };
        if let Some(clause) = self.columns.iter_mut().find(named) {
            clause.autoincrement = true;
        }
    }
}
