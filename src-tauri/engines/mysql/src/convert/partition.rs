//! Partitions and their parts.

use model::snapshot::{Object, OtherDetail, Statistics};
use model::{Amount, ObjectKind, Text};

use crate::rows::PartitionRow;
use crate::secret::without_passwords;

/// How the rows of a table are divided.
pub(super) fn partition_key(partitions: &[PartitionRow]) -> Option<Text> {
    let first = partitions.first()?;
    let by = |method: &str, expression: Option<&Text>| match expression {
        Some(expression) => format!("{method} ({expression})"),
        None => method.to_owned(),
    };
    let mut key = by(&first.method, first.expression.as_ref());
    if let Some(method) = &first.part_method {
        key.push_str(" SUBPARTITION BY ");
        key.push_str(&by(method, first.part_expression.as_ref()));
    }
    Some(key.into())
}

/// The partitions of a table, each followed by its parts.
pub(crate) fn partitions(rows: &[PartitionRow]) -> Vec<Object<OtherDetail>> {
    let mut objects = Vec::new();
    for rows in rows.chunk_by(|a, b| a.name == b.name) {
        let Some(first) = rows.first() else {
            continue;
        };
        let mut detail = OtherDetail::new(ObjectKind::Partition);
        if let Some(bound) = bound(first) {
            detail = detail.summary(bound);
        }
        // A partition's own comment is told with each of its parts.
        let shared = rows.iter().all(|row| row.comment == first.comment);
        let whole = Object::new(Text::clone(&first.name), detail)
            .comment(comment(first).filter(|_| shared))
            .statistics(statistics(rows))
            .attribute("position", i64::from(first.place));
        objects.push(whole);
        for row in rows {
            let Some(part) = &row.part else {
                continue;
            };
            let object = Object::new(Text::clone(part), OtherDetail::new(ObjectKind::Partition))
                .comment(comment(row).filter(|_| !shared))
                .statistics(statistics(std::slice::from_ref(row)))
                .attribute("part_of", Text::clone(&row.name))
                .attribute("position", i64::from(row.part_place));
            objects.push(object);
        }
    }
    objects
}

fn comment(row: &PartitionRow) -> Option<Text> {
    let comment = row.comment.as_deref().map(without_passwords);
    comment.map(Text::from)
}

/// Which rows a partition holds, as a statement says it.
fn bound(row: &PartitionRow) -> Option<String> {
    let bound = row.bound.as_deref()?;
    Some(match &*row.method {
        "RANGE" | "RANGE COLUMNS" if bound == "MAXVALUE" => "LESS THAN MAXVALUE".to_owned(),
        "RANGE" | "RANGE COLUMNS" => format!("LESS THAN ({bound})"),
        "LIST" | "LIST COLUMNS" if bound == "DEFAULT" => "DEFAULT".to_owned(),
        "LIST" | "LIST COLUMNS" => format!("IN ({bound})"),
        _ => bound.to_owned(),
    })
}

fn statistics(rows: &[PartitionRow]) -> Statistics {
    let sum = |of: fn(&PartitionRow) -> Option<u64>| {
        let counted: Vec<u64> = rows.iter().filter_map(of).collect();
        let all = counted
            .iter()
            .fold(0_u64, |sum, next| sum.saturating_add(*next));
        (!counted.is_empty()).then(|| Amount::from(all))
    };
    Statistics {
        rows: sum(|row| row.rows),
        bytes: sum(|row| row.bytes),
        index_bytes: sum(|row| row.index_bytes),
    }
}
