//! Indexes, part by part.

use model::Text;
use model::snapshot::{IndexDetail, IndexPart, Object};

use super::Known;
use crate::rows::IndexPartRow;

/// What the index behind the primary key is called, on every server.
pub(super) const PRIMARY: &str = "PRIMARY";

/// An index, from the rows of its parts.
pub(crate) fn index(parts: &[IndexPartRow], known: &Known) -> Option<Object<IndexDetail>> {
    let first = parts.first()?;
    let detail = IndexDetail {
        method: first.method.to_ascii_lowercase().into(),
        unique: !first.not_unique,
        primary: &*first.index == PRIMARY,
        valid: first.remark.as_deref() != Some("disabled"),
        parts: parts.iter().map(|row| part(row, known)).collect(),
        predicate: None,
        definition: None,
    };
    let object = Object::new(Text::clone(&first.index), detail)
        .comment(first.comment.clone())
        .attribute_if("invisible", (!first.visible).then_some(true));
    Some(object)
}

fn part(row: &IndexPartRow, known: &Known) -> IndexPart {
    // Indexes over shapes say 32 there, the size of a bounding box.
    let whole = matches!(&*row.method, "SPATIAL" | "RTREE" | "FULLTEXT");
    let prefix = row.prefix.filter(|_| !whole);
    IndexPart {
        column: row.column.clone(),
        expression: row.expression.as_deref().map(|text| known.expression(text)),
        included: false,
        descending: row.order.as_deref() == Some("D"),
        nulls_first: None,
        collation: None,
        prefix: prefix.and_then(|length| u32::try_from(length).ok()),
    }
}
