//! From rows to the facts of a snapshot; pure, without a server.

mod constraint;
mod extras;
mod index;
mod names;
mod other;
mod privileges;
mod trigger;

use std::sync::LazyLock;

use model::snapshot::{
    Attribute, AttributeValue, ColumnDetail, DatabaseDetail, Generated, Object, ObjectName,
    RelationDetail, RelationName, SchemaDetail, ServerDetail, Statistics, TableForm,
};
use model::{Amount, Text};

pub(crate) use constraint::{Constraint, constraint};
pub(crate) use extras::Extras;
pub(crate) use index::index;
pub(crate) use names::Names;
pub(crate) use other::other;
pub(crate) use trigger::trigger;

use other::needed;
use privileges::privileges;

use crate::inspect::is_system;
use crate::rows::{ColumnRow, DatabaseRow, RelationRow, SchemaRow};
use crate::types::{identifier, qualified, storage};
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
        .native_id(digits(row.id))
        .comment(row.comment.clone())
        .attribute_if("tablespace", row.tablespace.clone())
        .attribute_if("connection_limit", row.connection_limit.clone())
        .attribute_if(Attribute::PRIVILEGES, privileges(&row.acl))
}

/// The server itself.
pub(crate) fn server(facts: &Facts) -> Object<ServerDetail> {
    Object::new("server", ServerDetail {})
        .attribute("product", facts.product)
        .attribute("version", facts.version.as_str())
}

/// A schema.
pub(crate) fn schema(row: &SchemaRow) -> Object<SchemaDetail> {
    let detail = SchemaDetail {
        owner: row.owner.clone(),
        system: is_system(&row.name),
    };
    Object::new(Text::clone(&row.name), detail)
        .native_id(digits(row.id))
        .comment(row.comment.clone())
        .attribute_if(Attribute::PRIVILEGES, privileges(&row.acl))
}

/// A table or view of any sort, with what it comes from.
pub(crate) fn relation(
    row: &RelationRow,
    parents: &[ObjectName],
    index_pages: i64,
    names: &Names,
    facts: &Facts,
) -> Object<RelationDetail> {
    let partition_of = parents
        .first()
        .filter(|_| row.partition)
        .map(|parent| RelationName {
            schema: parent.schema.clone(),
            name: Text::clone(&parent.name),
        });
    let inherits = if row.partition { &[] } else { parents };
    let extras = &names.extras;
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
    let access_method = names
        .access_method(row.access_method)
        .filter(|method| &**method != "heap");
    let mut object = Object::new(Text::clone(&row.name), detail);
    object.native_id = Some(digits(row.id));
    object.comment = extras.comment(row.id);
    object.statistics = statistics(row, index_pages, facts);
    let not_populated = row.kind == 'm' && row.not_populated;
    let tablespace = names.tablespace(row.tablespace);
    let needs = needed(extras.relation_needs(row.id, 0));
    add(&mut object, "persistence", persistence(row.persistence));
    add(&mut object, "inherits", needed(Some(inherits)));
    add(&mut object, "of_type", row.of_type.clone());
    add(&mut object, "server", row.foreign_server.clone());
    add(&mut object, "foreign_options", list(&row.foreign_options));
    add(&mut object, "not_populated", on(not_populated));
    add(&mut object, "access_method", access_method);
    add(&mut object, "tablespace", tablespace);
    add(&mut object, "options", list(&row.options));
    add(&mut object, "toast_options", list(&row.toast_options));
    add(&mut object, "row_security", on(row.row_security));
    add(
        &mut object,
        "forced_row_security",
        on(row.forced_row_security),
    );
    add(&mut object, "replica_identity", replica_identity(row));
    add(&mut object, "extension", extras.extension(row.id).cloned());
    add(&mut object, Attribute::PRIVILEGES, privileges(&row.acl));
    add(&mut object, Attribute::DEPENDS_ON, needs);
    object
}

/// Texts as the value of an attribute; nothing where there are none.
fn list(texts: &[Text]) -> Option<AttributeValue> {
    (!texts.is_empty()).then(|| AttributeValue::List(texts.to_vec()))
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
fn statistics(row: &RelationRow, index_pages: i64, facts: &Facts) -> Statistics {
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
        bytes: Some(bytes(row.pages + row.toast_pages).into()),
        index_bytes: Some(bytes(index_pages).into()),
    }
}

/// A column of a table or view.
pub(crate) fn column(
    row: &ColumnRow,
    relation: &RelationRow,
    names: &Names,
) -> Object<ColumnDetail> {
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
    let stored = match row.storage {
        ' ' => type_facts.expected_storage,
        told => told,
    };
    let own_storage = type_facts.storage.is_some_and(|usual| usual != stored);
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
    let mut object = Object::new(Text::clone(&row.name), detail);
    object.native_id = Some(position(row.number));
    object.comment = row.comment.clone();
    let own_storage = own_storage.then(|| storage(stored));
    add(&mut object, "storage", own_storage);
    let identity = identity(row, relation, names);
    column_extras(&mut object, row, identity, &names.extras);
    object
}

/// How an identity column counts, and what its sequence is called, where not as usual.
fn identity(row: &ColumnRow, relation: &RelationRow, names: &Names) -> Option<String> {
    if row.identity == ' ' {
        return None;
    }
    let sequence = names.extras.identity(row.relation, row.number)?;
    let name = sequence.name.as_deref().unwrap_or_default();
    let usual = name.strip_prefix(&*relation.name).and_then(|rest| {
        let rest = rest.strip_prefix('_')?.strip_prefix(&*row.name)?;
        (rest == "_seq" && sequence.schema == relation.schema).then_some(())
    });
    let named = usual.is_none().then(|| {
        let schema = names.schema(sequence.schema).unwrap_or_default();
        format!("SEQUENCE NAME {}", qualified(&schema, name))
    });
    let options = sequence.options.as_deref().filter(|said| !said.is_empty());
    match (named, options) {
        (Some(named), Some(options)) => Some(format!("{named} {options}")),
        (Some(named), None) => Some(named),
        (None, options) => options.map(str::to_owned),
    }
}

/// Adds the facts that few columns have.
fn column_extras(
    object: &mut Object<ColumnDetail>,
    row: &ColumnRow,
    identity: Option<String>,
    extras: &Extras,
) {
    let own = extras.column(row.relation, row.number);
    let not_null = extras.not_null(row.relation, row.number);
    let needs = extras.relation_needs(row.relation, row.number);
    let usual = own.is_none() && not_null.is_none() && needs.is_none();
    if usual && identity.is_none() && !row.inherited {
        return;
    }
    let compression = own.and_then(|own| match own.compression.as_deref() {
        Some("p") => Some("pglz"),
        Some("l") => Some("lz4"),
        _ => None,
    });
    let target = own
        .and_then(|own| own.statistics_target.clone())
        .filter(|target| !target.starts_with('-'));
    let not_null = not_null.map(|own| {
        let inherit = if own.no_inherit { " NO INHERIT" } else { "" };
        let valid = if own.validated { "" } else { " NOT VALID" };
        format!("{}{inherit}{valid}", identifier(&own.name))
    });
    let privileges = own.and_then(|own| privileges(&own.acl));
    let foreign_options = own.and_then(|own| list(&own.foreign_options));
    add(object, "compression", compression);
    add(object, "statistics_target", target);
    add(object, "options", own.and_then(|own| list(&own.options)));
    add(object, "foreign_options", foreign_options);
    add(object, "identity", identity);
    add(object, "not_null_constraint", not_null);
    add(object, "inherited", row.inherited.then_some(true));
    add(object, Attribute::PRIVILEGES, privileges);
    add(object, Attribute::DEPENDS_ON, needed(needs));
}

/// Adds a fact, if it is known.
fn add<D>(object: &mut Object<D>, key: &'static str, value: Option<impl Into<AttributeValue>>) {
    if let Some(value) = value {
        let (key, value) = (key.into(), value.into());
        object.attributes.push(Attribute { key, value });
    }
}

/// A number as text, in one piece of memory.
fn digits(number: u32) -> Text {
    let mut text = [0; 10];
    let mut rest = number;
    let mut start = text.len();
    for (place, letter) in text.iter_mut().enumerate().rev() {
        *letter = b'0' + u8::try_from(rest % 10).unwrap_or(0);
        start = place;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    let digits = text.get(start..).unwrap_or_default();
    std::str::from_utf8(digits).unwrap_or_default().into()
}

/// The number of a column as text, of which there is one for all tables.
fn position(number: i16) -> Text {
    /// As many columns as a table can have.
    const MOST: u32 = 1600;
    static POSITIONS: LazyLock<Vec<Text>> = LazyLock::new(|| (0..=MOST).map(digits).collect());
    let known = usize::try_from(number)
        .ok()
        .and_then(|at| POSITIONS.get(at));
    known.map_or_else(|| number.to_string().into(), Text::clone)
}

#[cfg(test)]
mod tests;
