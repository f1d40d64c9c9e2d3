//! The clauses of `CREATE TABLE` that stand in the definition of a column, and
//! those that stand there and behind a constraint of the table alike.

use model::Text;
use model::snapshot::Deferral;

use super::cursor::Cursor;
use super::shared::shared;
use super::table::{ColumnClause, ForeignKeyClause, KeyClause, TableClauses};
use super::token::TokenKind;

/// What SQLite calls it where nothing is said.
pub(super) const NO_ACTION: &str = "NO ACTION";

/// The words that end a type.
const CLAUSES: &[&str] = &[
    "CONSTRAINT",
    "DEFAULT",
    "NOT",
    "NULL",
    "PRIMARY",
    "UNIQUE",
    "CHECK",
    "REFERENCES",
    "COLLATE",
    "GENERATED",
    "ALWAYS",
    "AS",
    "DEFERRABLE",
    "INITIALLY",
    "ON",
];

/// The types that SQLite tells in its own spelling.
const STANDARD_TYPES: &[&str] = &["ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT"];

impl TableClauses {
    pub(super) fn add_column(&mut self, mut part: Cursor<'_>) {
        let Some(name) = part.shared_name() else {
            self.is_odd = true;
            return;
        };
        let type_text = self.type_text(&mut part);
        let mut column = ColumnClause {
            name,
            type_text,
            ..ColumnClause::default()
        };
        let mut constraint = None;
        while part.peek().is_some() {
            if part.accept(&["CONSTRAINT"]) {
                constraint = part.name();
            } else if part.accept(&["DEFAULT"]) {
                let default = default(&mut part);
                self.is_odd |= default.is_none() || column.default.is_some();
                column.default = default.map(shared);
                constraint = None;
            } else if part.accept(&["NOT", "NULL"]) {
                column.not_null = true;
                column.conflict = conflict(&mut part);
                constraint = None;
            } else if part.accept(&["NULL"]) {
                self.is_odd |= column.not_null;
                column.conflict = conflict(&mut part);
                constraint = None;
            } else if part.accept(&["PRIMARY", "KEY"]) {
                self.is_odd |= part.accept_any(&["ASC", "DESC"]).as_deref() == Some("desc");
                let conflict = conflict(&mut part);
                column.autoincrement = part.accept(&["AUTOINCREMENT"]);
                let key = KeyColumns::of(&column.name);
                self.keys
                    .push(key.clause(true, constraint.take(), conflict));
            } else if part.accept(&["UNIQUE"]) {
                let conflict = conflict(&mut part);
                let key = KeyColumns::of(&column.name);
                self.keys
                    .push(key.clause(false, constraint.take(), conflict));
            } else if part.accept(&["CHECK"]) {
                self.check(&mut part, constraint.take());
            } else if part.accept(&["REFERENCES"]) {
                let columns = vec![Text::clone(&column.name)];
                self.reference(&mut part, constraint.take(), columns);
            } else if part.accept(&["COLLATE"]) {
                self.is_odd |= column.collation.is_some();
                column.collation = part.shared_name();
                constraint = None;
            } else if part.accept(&["AS"]) {
                self.is_odd = true;
                column.generated = part.group().map(|inner| inner.rest().into());
                constraint = None;
            } else if !deferral(&mut part, self.foreign_keys.last_mut()) {
                self.is_odd = true;
                part.take();
            }
        }
        self.columns.push(column);
    }

    fn type_text(&mut self, part: &mut Cursor<'_>) -> Text {
        let place = part.place();
        while part.peek().is_some_and(|token| {
            token.kind == TokenKind::Word && !CLAUSES.iter().any(|word| token.is(word))
        }) {
            part.take();
        }
        if part.place() != place && part.peek().is_some_and(|token| token.is_sign('(')) {
            part.group();
        }
        let text = part.since(place);
        let known = STANDARD_TYPES
            .iter()
            .find(|known| known.eq_ignore_ascii_case(text));
        let is_simple =
            |letter: u8| letter.is_ascii_alphanumeric() || b"_ (),\n\t\r".contains(&letter);
        self.is_odd |= !text.bytes().all(is_simple);
        shared(known.unwrap_or(&text))
    }
}

/// What stands in the parentheses of a key.
#[derive(Default)]
pub(super) struct KeyColumns {
    pub(super) columns: Vec<Text>,
    collations: Vec<Option<Text>>,
    /// Whether it counts by itself.
    pub(super) autoincrement: bool,
    /// Whether SQLite had better be asked what it holds.
    pub(super) is_odd: bool,
}

impl KeyColumns {
    fn of(column: &Text) -> Self {
        Self {
            columns: vec![Text::clone(column)],
            collations: vec![None],
            ..Self::default()
        }
    }

    pub(super) fn clause(
        self,
        primary: bool,
        name: Option<Text>,
        conflict: Option<Text>,
    ) -> KeyClause {
        KeyClause {
            primary,
            name,
            columns: self.columns,
            collations: self.collations,
            conflict,
        }
    }
}

pub(super) fn key_columns(part: &mut Cursor<'_>) -> KeyColumns {
    let mut key = KeyColumns::default();
    let group = part.group();
    key.is_odd |= group.is_none();
    for mut column in group.into_iter().flat_map(Cursor::list) {
        key.is_odd |= column
            .peek()
            .is_none_or(|token| token.kind == TokenKind::Text);
        let Some(name) = column.shared_name() else {
            key.is_odd = true;
            continue;
        };
        key.columns.push(name);
        let mut collation = None;
        while column.peek().is_some() {
            if column.accept(&["COLLATE"]) {
                key.is_odd |= collation.is_some();
                collation = column.name();
            } else if column.accept(&["AUTOINCREMENT"]) {
                key.autoincrement = true;
            } else if !column.accept(&["ASC"]) {
                // A key that runs backwards is no number of a row.
                key.is_odd = true;
                column.take();
            }
        }
        key.collations.push(collation);
    }
    key
}

/// Takes `ON CONFLICT …` and gives what it resolves to.
pub(super) fn conflict(part: &mut Cursor<'_>) -> Option<Text> {
    if !part.accept(&["ON", "CONFLICT"]) {
        return None;
    }
    part.accept_any(&["ROLLBACK", "ABORT", "FAIL", "IGNORE", "REPLACE"])
}

/// Takes the value of a default and gives it as SQLite keeps it; none where that
/// is not sure.
fn default<'a>(part: &mut Cursor<'a>) -> Option<&'a str> {
    if let Some(inner) = part.group() {
        return inner.between().filter(|text| *text == inner.rest());
    }
    let place = part.place();
    let signed = part.accept_sign('+') || part.accept_sign('-');
    let token = part.take()?;
    let is_value = match token.kind {
        TokenKind::Literal => true,
        TokenKind::Word | TokenKind::Quoted | TokenKind::Text => !signed,
        TokenKind::Sign(_) => false,
    };
    is_value.then(|| part.since(place))
}

/// Takes what may stand behind the columns of a reference, and says whether there
/// was anything.
pub(super) fn reference_argument(part: &mut Cursor<'_>, key: &mut ForeignKeyClause) -> bool {
    if part.accept(&["MATCH"]) {
        part.name();
    } else if part.accept(&["ON"]) {
        let event = part.accept_any(&["DELETE", "UPDATE", "INSERT"]);
        let action = if part.accept(&["CASCADE"]) {
            "CASCADE"
        } else if part.accept(&["RESTRICT"]) {
            "RESTRICT"
        } else if part.accept(&["SET", "NULL"]) {
            "SET NULL"
        } else if part.accept(&["SET", "DEFAULT"]) {
            "SET DEFAULT"
        } else {
            part.accept(&["NO", "ACTION"]);
            NO_ACTION
        };
        match event.as_deref() {
            Some("delete") => key.on_delete = action,
            Some("update") => key.on_update = action,
            _ => {}
        }
    } else {
        return deferral(part, Some(key));
    }
    true
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
