//! Statements that make a table again, rendered from its facts; pure.

mod rest;

use model::ObjectKind;
use model::snapshot::{
    AttributeValue, ColumnDetail, Detail, Generated, Object, RelationDetail, RelationName, Walker,
};

use crate::rows::PartRow;
use crate::types::{identifier, qualified};
use rest::rest;

/// A table or foreign table with its constraints, indexes, triggers and comments.
pub(crate) fn table(table: Walker<'_>, schema: &str, parts: &[PartRow]) -> String {
    let object = table.object();
    let name = qualified(schema, &object.name);
    let Some(facts) = relation_facts(&object.detail) else {
        return String::new();
    };
    let mut text = format!("CREATE {}TABLE {name}", kind_words(object));
    let partition = facts.partition_of.as_ref();
    let mut lines = if partition.is_some() {
        Vec::new()
    } else {
        columns(table)
    };
    let (later, at_once): (Vec<_>, Vec<_>) =
        own_constraints(parts).partition(|part| !part.validated);
    lines.extend(at_once.iter().map(|part| constraint(part)));
    if let Some(of_type) = attribute(object, "of_type") {
        text.push_str(&format!(" OF {of_type}"));
    }
    if let Some(parent) = partition {
        text.push_str(&format!("\n    PARTITION OF {}", relation_name(parent)));
    }
    let shaped = partition.is_some() || attribute(object, "of_type").is_some();
    if lines.is_empty() && !shaped {
        text.push_str(" ()");
    } else if !lines.is_empty() {
        text.push_str(&format!(" (\n    {}\n)", lines.join(",\n    ")));
    }
    if let (Some(_), Some(bound)) = (partition, &facts.partition_bound) {
        text.push_str(&format!("\n{bound}"));
    }
    text.push_str(&tail(object, facts));
    text.push_str(";\n");
    for part in later {
        text.push_str(&format!(
            "\nALTER TABLE {name}\n    ADD {};\n",
            constraint(part)
        ));
    }
    text.push_str(&rest(table, &name, "TABLE", parts));
    text
}

/// A view or materialised view around its query.
pub(crate) fn view(view: Walker<'_>, schema: &str, query: &str, parts: &[PartRow]) -> String {
    let object = view.object();
    let name = qualified(schema, &object.name);
    let kind = match view.kind() {
        ObjectKind::MaterializedView => "MATERIALIZED VIEW",
        _ => "VIEW",
    };
    let options = attribute(object, "options")
        .map_or_else(String::new, |options| format!(" WITH ({options})"));
    format!(
        "CREATE {kind} {name}{options} AS\n{}\n{}",
        query.trim_end(),
        rest(view, &name, kind, parts)
    )
}

fn relation_facts(detail: &Detail) -> Option<&RelationDetail> {
    match detail {
        Detail::Table(facts) | Detail::ForeignTable(facts) => Some(facts),
        _ => None,
    }
}

fn kind_words(object: &Object<Detail>) -> &'static str {
    if matches!(object.detail, Detail::ForeignTable(_)) {
        return "FOREIGN ";
    }
    match attribute(object, "persistence") {
        Some("unlogged") => "UNLOGGED ",
        Some("temporary") => "TEMPORARY ",
        _ => "",
    }
}

/// What follows the columns.
fn tail(object: &Object<Detail>, facts: &RelationDetail) -> String {
    let mut tail = String::new();
    let mut add = |words: &str, value: Option<&str>, end: &str| {
        if let Some(value) = value {
            tail.push_str(&format!("\n{words}{value}{end}"));
        }
    };
    add("INHERITS (", attribute(object, "inherits"), ")");
    add("PARTITION BY ", facts.partition_key.as_deref(), "");
    add(
        "USING ",
        attribute(object, "access_method")
            .map(identifier)
            .as_deref(),
        "",
    );
    add("WITH (", attribute(object, "options"), ")");
    add(
        "TABLESPACE ",
        attribute(object, "tablespace").map(identifier).as_deref(),
        "",
    );
    add(
        "SERVER ",
        attribute(object, "server").map(identifier).as_deref(),
        "",
    );
    tail
}

/// The columns that the table brings itself; of a type's columns, only what it adds.
fn columns(table: Walker<'_>) -> Vec<String> {
    let typed = attribute(table.object(), "of_type").is_some();
    table
        .children_of(ObjectKind::Column)
        .filter(|column| !flag(column.object(), "inherited"))
        .filter_map(|column| match &column.object().detail {
            Detail::Column(facts) if typed => typed_column_line(column.name(), facts),
            Detail::Column(facts) => Some(column_line(column.name(), facts)),
            _ => None,
        })
        .collect()
}

fn column_line(name: &str, facts: &ColumnDetail) -> String {
    let collation = facts
        .collation
        .iter()
        .map(|collation| format!(" COLLATE {collation}"));
    let collation: String = collation.collect();
    let name = identifier(name);
    format!(
        "{name} {}{collation}{}",
        facts.type_text,
        column_options(facts)
    )
}

fn typed_column_line(name: &str, facts: &ColumnDetail) -> Option<String> {
    let options = column_options(facts);
    (!options.is_empty()).then(|| format!("{} WITH OPTIONS{options}", identifier(name)))
}

fn column_options(facts: &ColumnDetail) -> String {
    let mut options = String::new();
    if let Some(default) = &facts.default {
        options.push_str(&format!(" DEFAULT {default}"));
    }
    match &facts.generated {
        Some(Generated::IdentityAlways) => options.push_str(" GENERATED ALWAYS AS IDENTITY"),
        Some(Generated::IdentityByDefault) => {
            options.push_str(" GENERATED BY DEFAULT AS IDENTITY");
        }
        Some(Generated::Stored { expression }) => {
            options.push_str(&format!(" GENERATED ALWAYS AS ({expression}) STORED"));
        }
        Some(Generated::Virtual { expression }) => {
            options.push_str(&format!(" GENERATED ALWAYS AS ({expression}) VIRTUAL"));
        }
        Some(Generated::Autoincrement) | None => {}
    }
    if !facts.nullable {
        options.push_str(" NOT NULL");
    }
    options
}

fn own_constraints(parts: &[PartRow]) -> impl Iterator<Item = &PartRow> {
    parts
        .iter()
        .filter(|part| part.part == "constraint" && !part.inherited)
}

fn constraint(part: &PartRow) -> String {
    format!("CONSTRAINT {} {}", identifier(&part.name), part.definition)
}

fn relation_name(relation: &RelationName) -> String {
    qualified(
        relation.schema.as_deref().unwrap_or_default(),
        &relation.name,
    )
}

fn attribute<'a>(object: &'a Object<Detail>, key: &str) -> Option<&'a str> {
    let found = object
        .attributes
        .iter()
        .find(|attribute| *attribute.key == *key)?;
    match &found.value {
        AttributeValue::Text(text) => Some(text),
        _ => None,
    }
}

fn flag(object: &Object<Detail>, key: &str) -> bool {
    object
        .attributes
        .iter()
        .any(|attribute| *attribute.key == *key && attribute.value == AttributeValue::Flag(true))
}
