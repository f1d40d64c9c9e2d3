//! From rows to the facts of a snapshot; pure, without a server.

mod constraint;
mod index;
mod names;
mod trigger;

use model::Amount;
use model::Text;
use model::snapshot::{
    ColumnDetail, DatabaseDetail, Generated, Object, RelationDetail, RelationName, SchemaDetail,
    Statistics, TableForm,
};

pub(crate) use constraint::{Constraint, constraint};
pub(crate) use index::index;
pub(crate) use names::Names;
pub(crate) use trigger::trigger;

use crate::inspect::is_system;
use crate::rows::{ColumnRow, DatabaseRow, IndexRow, RelationRow, SchemaRow};
use crate::types::{qualified, storage};
use crate::variant::Facts;

/// A database.
pub(crate) fn database(row: &DatabaseRow) -> Object<DatabaseDetail> {
    let detail = DatabaseDetail {
        owner: row.owner.clone(),
        encoding: row.encoding.clone(),
        collation: row.collation.clone(),
        system: row.template || !row.open,
    };
    Object::new(Text::clone(&row.name), detail)
        .native_id(row.id.to_string())
        .comment(row.comment.clone())
        .attribute_if("tablespace", row.tablespace.clone())
}

/// A schema.
pub(crate) fn schema(row: &SchemaRow) -> Object<SchemaDetail> {
    let detail = SchemaDetail {
        owner: row.owner.clone(),
        system: is_system(&row.name),
    };
    Object::new(Text::clone(&row.name), detail)
        .native_id(row.id.to_string())
        .comment(row.comment.clone())
}

/// A table or view of any sort, with what it comes from (schema and name).
pub(crate) fn relation(
    row: &RelationRow,
    parents: &[(Text, Text)],
    indexes: &[IndexRow],
    facts: &Facts,
) -> Object<RelationDetail> {
    let partition_of = parents
        .first()
        .filter(|_| row.partition)
        .map(|(schema, name)| RelationName {
            schema: Some(Text::clone(schema)),
            name: Text::clone(name),
        });
    let inherits = (!row.partition && !parents.is_empty()).then(|| {
        let names: Vec<_> = parents
            .iter()
            .map(|(schema, name)| qualified(schema, name))
            .collect();
        names.join(", ")
    });
    let detail = RelationDetail {
        owner: row.owner.clone(),
        form: if row.kind == 'p' {
            TableForm::Partitioned
        } else {
            TableForm::Ordinary
        },
        partition_of,
        partition_key: row.partition_key.clone(),
        partition_bound: row.partition_bound.clone(),
        definition: row.definition.clone(),
    };
    let on = |flag: bool| flag.then_some(true);
    let access_method = row
        .access_method
        .clone()
        .filter(|method| &**method != "heap");
    Object::new(Text::clone(&row.name), detail)
        .native_id(row.id.to_string())
        .comment(row.comment.clone())
        .statistics(statistics(row, indexes, facts))
        .attribute_if("persistence", persistence(row.persistence))
        .attribute_if("inherits", inherits)
        .attribute_if("of_type", row.of_type.clone())
        .attribute_if("server", row.foreign_server.clone())
        .attribute_if("not_populated", on(row.kind == 'm' && !row.populated))
        .attribute_if("access_method", access_method)
        .attribute_if("tablespace", row.tablespace.clone())
        .attribute_if("options", row.options.clone())
        .attribute_if("row_security", on(row.row_security))
        .attribute_if("forced_row_security", on(row.forced_row_security))
        .attribute_if("replica_identity", replica_identity(row))
}

fn persistence(letter: char) -> Option<&'static str> {
    match letter {
        'u' => Some("unlogged"),
        't' => Some("temporary"),
        _ => None,
    }
}

fn replica_identity(row: &RelationRow) -> Option<&'static str> {
    match row.replica_identity {
        'f' => Some("full"),
        'i' => Some("index"),
        // Whatever has no rows of its own has "nothing" without anybody having said so.
        'n' if matches!(row.kind, 'r' | 'p') => Some("nothing"),
        _ => None,
    }
}

/// The server's own estimates; what it has not counted yet is not known.
fn statistics(row: &RelationRow, indexes: &[IndexRow], facts: &Facts) -> Statistics {
    let counted = match row.row_estimate {
        ..0 => false,
        // Before version 14 an uncounted table says 0 rows.
        0 => facts.number >= 140_000 || row.pages > 0,
        _ => true,
    };
    if !counted || matches!(row.kind, 'v' | 'f') {
        return Statistics::default();
    }
    let rows = u64::try_from(row.row_estimate).ok().map(Amount::from);
    if row.kind == 'p' {
        return Statistics {
            rows,
            ..Statistics::default()
        };
    }
    let bytes = |pages: i64| {
        u64::try_from(pages)
            .unwrap_or(0)
            .saturating_mul(facts.block_size)
    };
    Statistics {
        rows,
        bytes: Some(bytes(row.pages).into()),
        index_bytes: Some(bytes(indexes.iter().map(|index| index.pages).sum()).into()),
    }
}

/// A column.
pub(crate) fn column(row: &ColumnRow, names: &Names) -> Object<ColumnDetail> {
    let type_facts = names.type_facts(row.type_id, row.modifier);
    let generated = match (row.generated, row.identity, &row.value) {
        ('s', _, Some(value)) => Some(Generated::Stored {
            expression: Text::clone(value),
        }),
        ('v', _, Some(value)) => Some(Generated::Virtual {
            expression: Text::clone(value),
        }),
        (_, 'a', _) => Some(Generated::IdentityAlways),
        (_, 'd', _) => Some(Generated::IdentityByDefault),
        _ => None,
    };
    let own_collation = row.collation != 0 && Some(row.collation) != type_facts.collation;
    let own_storage = type_facts.storage.is_some_and(|usual| usual != row.storage);
    let detail = ColumnDetail {
        ordinal: u32::try_from(row.number).unwrap_or(0),
        type_text: type_facts.spelling,
        nullable: !row.not_null,
        default: row.value.clone().filter(|_| row.generated == ' '),
        generated,
        collation: own_collation
            .then(|| names.collation(row.collation))
            .flatten(),
    };
    Object::new(Text::clone(&row.name), detail)
        .native_id(row.number.to_string())
        .comment(row.comment.clone())
        .attribute_if("storage", own_storage.then(|| storage(row.storage)))
        .attribute_if("inherited", row.inherited.then_some(true))
}

#[cfg(test)]
mod tests;
