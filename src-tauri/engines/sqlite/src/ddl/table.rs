//! `CREATE TABLE` and `CREATE VIRTUAL TABLE`.

use model::Text;
use model::snapshot::Deferral;

use super::cursor::Cursor;

/// What the statement of a table says beyond SQLite's own tables of facts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TableClauses {
    /// Its columns, in order.
    pub(crate) columns: Vec<ColumnClause>,
    /// Primary key and unique constraints, in order.
    pub(crate) keys: Vec<KeyClause>,
    /// Checks, in order.
    pub(crate) checks: Vec<CheckClause>,
    /// Foreign keys, in order.
    pub(crate) foreign_keys: Vec<ForeignKeyClause>,
}

/// A column.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct ColumnClause {
    pub(crate) name: Text,
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
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ForeignKeyClause {
    pub(crate) name: Option<Text>,
    pub(crate) deferral: Deferral,
}

/// Reads `CREATE TABLE`.
pub(crate) fn parse_table(sql: &str) -> TableClauses {
    let mut cursor = Cursor::new(sql);
    let mut clauses = TableClauses::default();
    cursor.accept(&["CREATE"]);
    cursor.accept_any(&["TEMP", "TEMPORARY"]);
    if !cursor.accept(&["TABLE"]) {
        return clauses;
    }
    cursor.accept(&["IF", "NOT", "EXISTS"]);
    cursor.qualified_name();
    let Some(body) = cursor.group() else {
        return clauses;
    };
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
    clauses
}

/// The module of a virtual table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ModuleClause {
    pub(crate) name: Text,
    /// What it is given, as it is written.
    pub(crate) arguments: Vec<Text>,
}

/// Reads `CREATE VIRTUAL TABLE`.
pub(crate) fn parse_module(sql: &str) -> Option<ModuleClause> {
    // SQLite itself writes the first words; most tables need no longer look.
    const HEAD: &str = "CREATE VIRTUAL";
    if !sql.get(..HEAD.len())?.eq_ignore_ascii_case(HEAD) {
        return None;
    }
    let mut cursor = Cursor::new(sql);
    if !cursor.accept(&["CREATE", "VIRTUAL", "TABLE"]) {
        return None;
    }
    cursor.accept(&["IF", "NOT", "EXISTS"]);
    cursor.qualified_name();
    if !cursor.accept(&["USING"]) {
        return None;
    }
    let name = cursor.name()?;
    let arguments = cursor.group().map(Cursor::list).unwrap_or_default();
    let written = arguments.iter().map(Cursor::rest);
    Some(ModuleClause {
        name,
        arguments: written
            .filter(|argument| !argument.is_empty())
            .map(Text::from)
            .collect(),
    })
}

impl TableClauses {
    /// What is said of the column with this name.
    pub(crate) fn column(&self, name: &str) -> Option<&ColumnClause> {
        self.columns
            .iter()
            .find(|column| column.name.eq_ignore_ascii_case(name))
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
                let conflict = conflict(&mut part);
                self.keys.push(KeyClause {
                    primary: true,
                    name: name.take(),
                    columns: key.columns,
                    collations: key.collations,
                    conflict,
                });
            } else if part.accept(&["UNIQUE"]) {
                let key = key_columns(&mut part);
                let conflict = conflict(&mut part);
                self.keys.push(KeyClause {
                    primary: false,
                    name: name.take(),
                    columns: key.columns,
                    collations: key.collations,
                    conflict,
                });
            } else if part.accept(&["CHECK"]) {
                self.check(&mut part, name.take());
            } else if part.accept(&["FOREIGN", "KEY"]) {
                part.group();
                if part.accept(&["REFERENCES"]) {
                    self.reference(&mut part, name.take());
                }
            } else {
                part.take();
            }
        }
    }

    fn add_column(&mut self, mut part: Cursor<'_>) {
        let Some(name) = part.name() else { return };
        let mut column = ColumnClause {
            name: name.clone(),
            ..ColumnClause::default()
        };
        let mut constraint = None;
        while part.peek().is_some() {
            if part.accept(&["CONSTRAINT"]) {
                constraint = part.name();
            } else if part.accept(&["DEFAULT"]) {
                default(&mut part);
                constraint = None;
            } else if part.accept(&["NOT", "NULL"]) || part.accept(&["NULL"]) {
                column.conflict = conflict(&mut part);
                constraint = None;
            } else if part.accept(&["PRIMARY", "KEY"]) {
                part.accept_any(&["ASC", "DESC"]);
                let conflict = conflict(&mut part);
                column.autoincrement = part.accept(&["AUTOINCREMENT"]);
                let columns = vec![name.clone()];
                let key = KeyClause {
                    primary: true,
                    name: constraint.take(),
                    columns,
                    collations: vec![None],
                    conflict,
                };
                self.keys.push(key);
            } else if part.accept(&["UNIQUE"]) {
                let conflict = conflict(&mut part);
                let columns = vec![name.clone()];
                let key = KeyClause {
                    primary: false,
                    name: constraint.take(),
                    columns,
                    collations: vec![None],
                    conflict,
                };
                self.keys.push(key);
            } else if part.accept(&["CHECK"]) {
                self.check(&mut part, constraint.take());
            } else if part.accept(&["REFERENCES"]) {
                self.reference(&mut part, constraint.take());
            } else if part.accept(&["COLLATE"]) {
                column.collation = part.name();
                constraint = None;
            } else if part.accept(&["AS"]) {
                column.generated = part.group().map(|inner| inner.rest().into());
                constraint = None;
            } else if !deferral(&mut part, self.foreign_keys.last_mut()) {
                part.take();
            }
        }
        self.columns.push(column);
    }

    fn check(&mut self, part: &mut Cursor<'_>, name: Option<Text>) {
        if let Some(inner) = part.group() {
            conflict(part);
            self.checks.push(CheckClause {
                name,
                expression: inner.rest().into(),
            });
        }
    }

    /// What stands behind `REFERENCES`.
    fn reference(&mut self, part: &mut Cursor<'_>, name: Option<Text>) {
        part.name();
        part.group();
        let mut key = ForeignKeyClause {
            name,
            deferral: Deferral::default(),
        };
        loop {
            if part.accept(&["MATCH"]) {
                part.name();
            } else if part.accept(&["ON"]) {
                part.accept_any(&["DELETE", "UPDATE", "INSERT"]);
                let one = part.accept_any(&["CASCADE", "RESTRICT"]).is_some();
                if !one && !part.accept(&["NO", "ACTION"]) && part.accept(&["SET"]) {
                    part.accept_any(&["NULL", "DEFAULT"]);
                }
            } else if !deferral(part, Some(&mut key)) {
                break;
            }
        }
        self.foreign_keys.push(key);
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

/// What stands in the parentheses of a key.
#[derive(Default)]
struct KeyColumns {
    columns: Vec<Text>,
    collations: Vec<Option<Text>>,
    /// Whether it counts by itself.
    autoincrement: bool,
}

fn key_columns(part: &mut Cursor<'_>) -> KeyColumns {
    let mut key = KeyColumns::default();
    for mut column in part.group().map(Cursor::list).unwrap_or_default() {
        let Some(name) = column.name() else { continue };
        key.columns.push(name);
        let mut collation = None;
        while column.peek().is_some() {
            if column.accept(&["COLLATE"]) {
                collation = column.name();
            } else if column.accept(&["AUTOINCREMENT"]) {
                key.autoincrement = true;
            } else {
                column.take();
            }
        }
        key.collations.push(collation);
    }
    key
}

/// Takes `ON CONFLICT …` and gives what it resolves to.
fn conflict(part: &mut Cursor<'_>) -> Option<Text> {
    if !part.accept(&["ON", "CONFLICT"]) {
        return None;
    }
    part.accept_any(&["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"])
}

/// Takes the value of a default, so that its words are not read as clauses.
fn default(part: &mut Cursor<'_>) {
    if part.group().is_none() {
        let _ = part.accept_sign('+') || part.accept_sign('-');
        part.take();
    }
}

/// Takes a clause that says when a foreign key is checked, and says whether there was one.
fn deferral(part: &mut Cursor<'_>, key: Option<&mut ForeignKeyClause>) -> bool {
    let never = part.accept(&["NOT", "DEFERRABLE"]);
    if !never && !part.accept(&["DEFERRABLE"]) {
        return false;
    }
    let deferred = part.accept(&["INITIALLY", "DEFERRED"]);
    let _ = deferred || part.accept(&["INITIALLY", "IMMEDIATE"]);
    if let Some(key) = key {
        key.deferral = match (never, deferred) {
            (true, _) => Deferral::NotDeferrable,
            (false, true) => Deferral::InitiallyDeferred,
            (false, false) => Deferral::InitiallyImmediate,
        };
    }
    true
}
