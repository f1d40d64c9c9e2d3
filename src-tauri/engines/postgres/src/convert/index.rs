//! Indexes, part by part.

use model::Text;
use model::snapshot::{Attribute, IndexDetail, IndexPart, Object};

use super::{Names, add, digits, list, needed};
use crate::rows::IndexRow;
use crate::variant::Facts;

/// Bits of `indoption`.
const DESCENDING: i16 = 1;
const NULLS_FIRST: i16 = 2;

/// The collation that a database sets for all text that says nothing.
const DEFAULT_COLLATION: u32 = 100;

/// An index.
pub(crate) fn index(row: &IndexRow, names: &Names, facts: &Facts) -> Object<IndexDetail> {
    let detail = IndexDetail {
        method: names.access_method(row.method).unwrap_or_default(),
        unique: row.unique,
        primary: row.primary,
        valid: !row.invalid,
        parts: parts(row, names),
        predicate: row.predicate.clone(),
        definition: None,
    };
    let bytes = u64::try_from(row.pages)
        .unwrap_or(0)
        .saturating_mul(facts.block_size);
    let on = |flag: bool| flag.then_some(true);
    let mut object = Object::new(Text::clone(&row.name), detail);
    object.native_id = Some(digits(row.id));
    object.comment = names.extras.comment(row.id);
    object.statistics.bytes = (row.pages > 0).then(|| bytes.into());
    let classes = operator_classes(row, names);
    let needs = names.extras.relation_needs(row.id, 0);
    add(&mut object, "operator_classes", classes);
    add(
        &mut object,
        "nulls_not_distinct",
        on(row.nulls_not_distinct),
    );
    add(&mut object, "tablespace", names.tablespace(row.tablespace));
    add(&mut object, "options", list(&row.options));
    add(&mut object, "clustered", on(row.clustered));
    add(&mut object, "replica_identity", on(row.replica_identity));
    add(&mut object, Attribute::DEPENDS_ON, needed(needs));
    object
}

fn parts(row: &IndexRow, names: &Names) -> Vec<IndexPart> {
    let mut expressions = row.expressions.iter();
    let ordered = names.access_method(row.method).as_deref() == Some("btree");
    let part = |(place, number): (usize, &i16)| {
        let option = row.orders.get(place).copied().unwrap_or(0);
        let included = row.key_parts.is_some_and(|keys| place >= keys);
        let column = (*number != 0).then(|| names.column(row.relation, *number));
        let expression = if column.is_none() {
            expressions.next().map(|text| unwrapped(text).into())
        } else {
            None
        };
        IndexPart {
            column,
            expression,
            included,
            descending: option & DESCENDING != 0,
            nulls_first: (ordered && !included).then_some(option & NULLS_FIRST != 0),
            collation: collation(row, place, *number, names),
            prefix: None,
        }
    };
    row.columns.iter().enumerate().map(part).collect()
}

fn collation(row: &IndexRow, place: usize, number: i16, names: &Names) -> Option<Text> {
    let id = row.collations.get(place).copied().filter(|id| *id != 0)?;
    let usual = names
        .column_collation(row.relation, number)
        .unwrap_or(DEFAULT_COLLATION);
    if id == usual {
        None
    } else {
        names.collation(id)
    }
}

/// The operator classes that must be named, each with what it is for.
fn operator_classes(row: &IndexRow, names: &Names) -> Option<String> {
    let named: Vec<_> = row
        .classes
        .iter()
        .enumerate()
        .filter_map(|(place, id)| {
            let class = names.operator_class(*id)?;
            let number = row.columns.get(place).copied().unwrap_or(0);
            let what = match number {
                0 => format!("expression {}", place + 1),
                _ => names.column(row.relation, number).to_string(),
            };
            Some(format!("{what} {class}"))
        })
        .collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// An expression without the parentheses around the whole of it.
fn unwrapped(expression: &str) -> &str {
    let mut text = expression.trim();
    while let Some(inner) = inside(text) {
        text = inner.trim();
    }
    text
}

/// What stands between an opening parenthesis at the start and its own at the end.
fn inside(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?.strip_suffix(')')?;
    let (mut depth, mut quote) = (0_i32, None);
    for letter in inner.chars() {
        match (quote, letter) {
            (Some(open), letter) if letter == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(letter),
            (None, '(') => depth += 1,
            (None, ')') => depth -= 1,
            (None, _) => {}
        }
        if depth < 0 {
            return None;
        }
    }
    (depth == 0 && quote.is_none()).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::unwrapped;

    #[test]
    fn expressions_stand_without_parentheses_around_them() {
        for (given, expected) in [
            ("((net + tax))", "net + tax"),
            ("lower(note)", "lower(note)"),
            ("((a).b)", "(a).b"),
            ("((a + 1) * (b + 2))", "(a + 1) * (b + 2)"),
            ("(a || ')'::text)", "a || ')'::text"),
            ("(\"(\" + 1)", "\"(\" + 1"),
        ] {
            assert_eq!(unwrapped(given), expected, "{given}");
        }
    }
}
