//! `CREATE INDEX`.

use model::Text;

use super::cursor::Cursor;

/// What the statement of an index says beyond SQLite's own tables of facts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct IndexClause {
    /// What is indexed, in order, without collation and direction.
    pub(crate) parts: Vec<Text>,
    /// The rows that it holds, where not all.
    pub(crate) predicate: Option<Text>,
}

/// Reads `CREATE INDEX`.
pub(crate) fn parse_index(sql: &str) -> IndexClause {
    let mut clause = IndexClause::default();
    let mut cursor = Cursor::new(sql);
    cursor.accept(&["CREATE"]);
    cursor.accept(&["UNIQUE"]);
    if !cursor.accept(&["INDEX"]) {
        return clause;
    }
    cursor.accept(&["IF", "NOT", "EXISTS"]);
    cursor.qualified_name();
    if !cursor.accept(&["ON"]) {
        return clause;
    }
    cursor.name();
    if let Some(group) = cursor.group() {
        clause.parts = group.list().into_iter().map(expression).collect();
    }
    if cursor.accept(&["WHERE"]) {
        cursor.drop_last(|token| token.is_sign(';'));
        clause.predicate = Some(cursor.rest().into());
    }
    clause
}

fn expression(mut part: Cursor<'_>) -> Text {
    part.drop_last(|token| token.is("ASC") || token.is("DESC"));
    let collated = part.left() > 2
        && part
            .ahead(part.left() - 2)
            .is_some_and(|token| token.is("COLLATE"));
    if collated {
        part.drop_last(|_| true);
        part.drop_last(|_| true);
    }
    part.rest().into()
}
