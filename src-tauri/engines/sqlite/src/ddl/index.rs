//! `CREATE INDEX`.

use model::Text;

use super::cursor::Cursor;
use super::token::{TokenKind, tokens};

/// What the statement of an index says beyond SQLite's own tables of facts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct IndexClause {
    /// What is indexed, in order, without direction and the part's own collation.
    pub(crate) parts: Vec<Text>,
    /// The rows that it holds, where not all.
    pub(crate) predicate: Option<Text>,
}

/// Reads `CREATE INDEX`, given the collation of each part where it is not the plain one.
pub(crate) fn parse_index(sql: &str, collations: &[Option<&str>]) -> IndexClause {
    let mut clause = IndexClause::default();
    let tokens = tokens(sql);
    let mut cursor = Cursor::new(sql, &tokens);
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
        clause.parts = group
            .list()
            .enumerate()
            .map(|(position, part)| expression(part, collations.get(position).copied().flatten()))
            .collect();
    }
    if cursor.accept(&["WHERE"]) {
        cursor.drop_last(|token| token.is_sign(';'));
        clause.predicate = Some(cursor.rest().into());
    }
    clause
}

/// What an index of columns alone says of itself.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PlainIndex {
    pub(crate) name: Text,
    pub(crate) table: Text,
    pub(crate) unique: bool,
    pub(crate) parts: Vec<PlainPart>,
}

/// One column in it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PlainPart {
    pub(crate) column: Text,
    pub(crate) collation: Option<Text>,
    pub(crate) descending: bool,
}

/// Reads `CREATE INDEX` where nothing stands in it that could be read in two ways.
pub(crate) fn parse_plain_index(sql: &str) -> Option<PlainIndex> {
    let tokens = tokens(sql);
    let mut cursor = Cursor::new(sql, &tokens);
    let unique = cursor.accept(&["CREATE", "UNIQUE", "INDEX"]);
    if !unique && !cursor.accept(&["CREATE", "INDEX"]) {
        return None;
    }
    let name = cursor.name()?;
    if !cursor.accept(&["ON"]) {
        return None;
    }
    let table = cursor.name()?;
    let group = cursor.group().filter(Cursor::is_closed)?;
    let parts: Option<Vec<_>> = group.list().map(plain_part).collect();
    if cursor.peek().is_some() && !(cursor.accept(&["WHERE"]) && cursor.peek().is_some()) {
        return None;
    }
    Some(PlainIndex {
        name,
        table,
        unique,
        parts: parts?,
    })
}

fn plain_part(mut part: Cursor<'_>) -> Option<PlainPart> {
    if part.peek()?.kind == TokenKind::Text {
        return None;
    }
    let column = part.shared_name()?;
    let collation = match part.accept(&["COLLATE"]) {
        true => Some(part.name()?),
        false => None,
    };
    let order = part.accept_any(&["ASC", "DESC"]);
    part.peek().is_none().then(|| PlainPart {
        column,
        collation,
        descending: order.as_deref() == Some("desc"),
    })
}

fn expression(mut part: Cursor<'_>, collation: Option<&str>) -> Text {
    part.drop_last(|token| token.is("ASC") || token.is("DESC"));
    // A COLLATE at the end may belong to the last operand alone, as in
    // `a || b COLLATE NOCASE`; SQLite then compares the whole plainly.
    let collated = part.left() > 2
        && part
            .ahead(part.left() - 2)
            .is_some_and(|token| token.is("COLLATE"));
    let named = part.ahead(part.left().saturating_sub(1));
    let of_whole = named
        .and_then(|token| token.name())
        .zip(collation)
        .is_some_and(|(named, own)| named.eq_ignore_ascii_case(own));
    if collated && of_whole {
        part.drop_last(|_| true);
        part.drop_last(|_| true);
    }
    part.rest().into()
}
