//! `CREATE VIRTUAL TABLE`.

use model::Text;

use super::cursor::Cursor;
use super::token::tokens;

/// The module of a virtual table.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ModuleClause {
    pub(crate) name: Text,
    /// What it is given, as it is written.
    pub(crate) arguments: Vec<Text>,
}

/// Whether a statement makes a virtual table.
pub(crate) fn is_module(sql: &str) -> bool {
    // SQLite itself writes the first words; most tables need no longer look.
    const HEAD: &str = "CREATE VIRTUAL";
    sql.get(..HEAD.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(HEAD))
}

/// Reads `CREATE VIRTUAL TABLE`.
pub(crate) fn parse_module(sql: &str) -> Option<ModuleClause> {
    if !is_module(sql) {
        return None;
    }
    let tokens = tokens(sql);
    let mut cursor = Cursor::new(sql, &tokens);
    if !cursor.accept(&["CREATE", "VIRTUAL", "TABLE"]) {
        return None;
    }
    cursor.accept(&["IF", "NOT", "EXISTS"]);
    cursor.qualified_name();
    if !cursor.accept(&["USING"]) {
        return None;
    }
    let name = cursor.name()?;
    let arguments = cursor.group().into_iter().flat_map(Cursor::list);
    let written = arguments.map(|argument| argument.rest());
    Some(ModuleClause {
        name,
        arguments: written
            .filter(|argument| !argument.is_empty())
            .map(Text::from)
            .collect(),
    })
}
