//! Statements that make a table or view again, rendered from its facts; pure.

mod column;
mod facts;
mod grants;
mod rest;

use model::ObjectKind;
use model::snapshot::{Detail, Object, RelationDetail, RelationName, Walker};

use crate::rows::PartRow;
use crate::types::{identifier, qualified};
use facts::{attribute, foreign_options, list, objects, storage_options};
use rest::rest;

/// A table or foreign table with its constraints, indexes, triggers, rules, policies,
/// owner, privileges and comments.
pub(crate) fn table(table: Walker<'_>, schema: &str, parts: &[PartRow]) -> String {
    let object = table.object();
    let name = qualified(schema, &object.name);
    let Some(facts) = relation_facts(&object.detail) else {
        return String::new();
    };
    let style = Style::of(facts, parts);
    let mut text = format!("CREATE {}TABLE {name}", kind_words(object));
    let mut lines = column::lines(table, style);
    let (later, at_once): (Vec<_>, Vec<_>) = parts
        .iter()
        .filter(|part| part.part == "constraint" && style.brings(part))
        .partition(|part| !part.validated);
    lines.extend(at_once.iter().map(|part| constraint(part)));
    if let Some(of_type) = attribute(object, "of_type") {
        text.push_str(&format!(" OF {of_type}"));
    }
    if let (Style::Partition, Some(parent)) = (style, &facts.partition_of) {
        text.push_str(&format!("\n    PARTITION OF {}", relation_name(parent)));
    }
    let shaped = style == Style::Partition || attribute(object, "of_type").is_some();
    if lines.is_empty() && !shaped {
        text.push_str(" ()");
    } else if !lines.is_empty() {
        text.push_str(&format!(" (\n    {}\n)", lines.join(",\n    ")));
    }
    if let (Style::Partition, Some(bound)) = (style, &facts.partition_bound) {
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
    let attach = match (style, &facts.partition_of, &facts.partition_bound) {
        (Style::Attached, Some(parent), Some(bound)) => Some(format!(
            "\nALTER TABLE ONLY {}\n    ATTACH PARTITION {name} {bound};\n",
            relation_name(parent)
        )),
        _ => None,
    };
    let kind = match object.detail {
        Detail::ForeignTable(_) => "FOREIGN TABLE",
        _ => "TABLE",
    };
    text.push_str(&rest(table, &name, kind, parts, style, attach));
    text
}

/// A view or materialised view around its query.
pub(crate) fn view(view: Walker<'_>, schema: &str, query: &str, parts: &[PartRow]) -> String {
    let object = view.object();
    let name = qualified(schema, &object.name);
    let materialized = view.kind() == ObjectKind::MaterializedView;
    let kind = if materialized {
        "MATERIALIZED VIEW"
    } else {
        "VIEW"
    };
    let mut text = format!("CREATE {kind} {name}");
    if let Some(method) = attribute(object, "access_method") {
        text.push_str(&format!(" USING {}", identifier(method)));
    }
    if let Some(options) = storage_options(object) {
        text.push_str(&format!(" WITH ({options})"));
    }
    if let Some(tablespace) = attribute(object, "tablespace") {
        text.push_str(&format!(" TABLESPACE {}", identifier(tablespace)));
    }
    let query = query.trim_end().trim_end_matches(';');
    text.push_str(&format!(" AS\n{query}"));
    if facts::flag(object, "not_populated") {
        text.push_str("\nWITH NO DATA");
    }
    text.push_str(";\n");
    text.push_str(&rest(view, &name, kind, parts, Style::Alone, None));
    text
}

/// How a table comes to its columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// It has them itself, or inherits them from tables that it names.
    Alone,
    /// It is a partition as its parent would make it.
    Partition,
    /// It is a partition that must be made apart from its parent.
    Attached,
}

impl Style {
    fn of(facts: &RelationDetail, parts: &[PartRow]) -> Self {
        match &facts.partition_of {
            None => Self::Alone,
            Some(_) if parts.iter().any(|part| part.part == "apart") => Self::Attached,
            Some(_) => Self::Partition,
        }
    }

    /// Whether its statement must hold a part. One made apart from its parent has all
    /// that the parent will look for, save the keys that attaching brings.
    fn brings(self, part: &PartRow) -> bool {
        !part.inherited || self == Self::Attached && !part.definition.starts_with("FOREIGN KEY")
    }
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
    let parents: Vec<_> = objects(object, "inherits")
        .iter()
        .map(|parent| qualified(parent.schema.as_deref().unwrap_or_default(), &parent.name))
        .collect();
    let parents = (!parents.is_empty()).then(|| parents.join(", "));
    add("INHERITS (", parents.as_deref(), ")");
    add("PARTITION BY ", facts.partition_key.as_deref(), "");
    let name = |key| attribute(object, key).map(identifier);
    add("USING ", name("access_method").as_deref(), "");
    add("WITH (", storage_options(object).as_deref(), ")");
    add("TABLESPACE ", name("tablespace").as_deref(), "");
    add("SERVER ", name("server").as_deref(), "");
    add(
        "OPTIONS (",
        foreign_options(list(object, "foreign_options"), "").as_deref(),
        ")",
    );
    tail
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
