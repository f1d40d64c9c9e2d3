//! `CREATE TRIGGER`, up to its body.

use model::Text;

use super::cursor::Cursor;
use super::token::tokens;

/// The head of a trigger.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TriggerClause {
    /// `before`, `after` or `instead of`.
    pub(crate) timing: Text,
    /// `insert`, `delete`, `update` or `update of …`.
    pub(crate) event: Text,
    /// The first column of `update of`.
    pub(crate) column: Option<Text>,
    /// The condition that it fires under.
    pub(crate) condition: Option<Text>,
}

/// Reads the head of `CREATE TRIGGER`.
pub(crate) fn parse_trigger(sql: &str) -> TriggerClause {
    let tokens = tokens(sql);
    let mut cursor = Cursor::new(sql, &tokens);
    cursor.accept(&["CREATE"]);
    cursor.accept_any(&["TEMP", "TEMPORARY"]);
    if !cursor.accept(&["TRIGGER"]) {
        return TriggerClause::default();
    }
    cursor.accept(&["IF", "NOT", "EXISTS"]);
    cursor.qualified_name();
    let timing = if cursor.accept(&["INSTEAD", "OF"]) {
        "instead of".into()
    } else {
        // What SQLite does where nothing is said.
        cursor
            .accept_any(&["BEFORE", "AFTER"])
            .unwrap_or_else(|| "before".into())
    };
    let (event, columns) = event(&mut cursor);
    if cursor.accept(&["ON"]) {
        cursor.qualified_name();
    }
    cursor.accept(&["FOR", "EACH", "ROW"]);
    let condition = if cursor.accept(&["WHEN"]) {
        condition(&mut cursor)
    } else {
        None
    };
    TriggerClause {
        timing,
        event,
        column: columns.into_iter().next(),
        condition,
    }
}

/// The event in words, and the columns of `update of`.
fn event(cursor: &mut Cursor<'_>) -> (Text, Vec<Text>) {
    let mut columns = Vec::new();
    let Some(event) = cursor.accept_any(&["INSERT", "DELETE", "UPDATE"]) else {
        return (Text::default(), columns);
    };
    if !cursor.accept(&["OF"]) {
        return (event, columns);
    }
    loop {
        columns.extend(cursor.name());
        if !cursor.accept_sign(',') {
            return (format!("{event} of {}", columns.join(", ")).into(), columns);
        }
    }
}

/// All up to the `BEGIN` of the body.
fn condition(cursor: &mut Cursor<'_>) -> Option<Text> {
    let whole = cursor.rest();
    let from = cursor.peek()?.start;
    let mut end = from;
    let mut after_dot = false;
    while let Some(token) = cursor.take() {
        if token.is("BEGIN") && !after_dot {
            break;
        }
        after_dot = token.is_sign('.');
        end = token.end();
    }
    whole.get(..end - from).map(Text::from)
}
