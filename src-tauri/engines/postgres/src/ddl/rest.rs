//! What stands after a table in statements of its own: indexes, triggers, rules,
//! policies, settings, owner, privileges and comments.

use model::snapshot::{Attribute, Detail, Object, RelationDetail, TriggerDetail, Walker};
use model::{ObjectKind, Text};

use super::facts::{attribute, flag, foreign_options, hidden_options, list, settings};
use super::{Style, grants};
use crate::rows::PartRow;
use crate::types::{identifier, literal, qualified};

/// Everything but the relation itself; `kind` is its word in statements.
pub(super) fn rest(
    relation: Walker<'_>,
    name: &str,
    kind: &str,
    parts: &[PartRow],
    style: Style,
    attach: Option<String>,
) -> String {
    let mut text = String::new();
    let of = |part: &'static str| parts.iter().filter(move |found| found.part == part);
    for index in of("index").filter(|part| style.brings(part)) {
        text.push_str(&format!("\n{};\n", index.definition));
    }
    text.push_str(&attach.unwrap_or_default());
    for part in of("trigger").chain(of("rule")).chain(of("policy")) {
        let definition = part.definition.trim_end_matches(';');
        text.push_str(&format!("\n{definition};\n"));
    }
    let alter = if kind == "FOREIGN TABLE" {
        kind
    } else {
        "TABLE"
    };
    let mut lines = String::new();
    for own in of("alter").filter(|part| style != Style::Attached || !of_column(part)) {
        lines.push_str(&format!("ALTER {alter} ONLY {name} {};\n", own.definition));
    }
    for setting in alterations(relation) {
        lines.push_str(&format!("ALTER {alter} {name} {setting};\n"));
    }
    let object = relation.object();
    let owner = owner(object);
    if let Some(owner) = owner {
        lines.push_str(&format!(
            "ALTER {alter} {name} OWNER TO {};\n",
            identifier(owner)
        ));
    }
    let granted = list(object, Attribute::PRIVILEGES);
    lines.push_str(&grants::on_relation(granted, name, owner));
    for column in relation.children_of(ObjectKind::Column) {
        let granted = list(column.object(), Attribute::PRIVILEGES);
        lines.push_str(&grants::on_column(
            granted,
            &identifier(column.name()),
            name,
        ));
    }
    for hidden in hidden_options(list(object, "foreign_options")) {
        let visible = hidden.replace(char::is_control, " ");
        lines.push_str(&format!(
            "-- The value of the option {visible} is not shown.\n"
        ));
    }
    lines.push_str(&comments(relation, name, kind));
    if !lines.is_empty() {
        text.push('\n');
    }
    text + &lines
}

fn of_column(part: &PartRow) -> bool {
    part.name.starts_with("column ")
}

fn owner(object: &Object<Detail>) -> Option<&str> {
    match &object.detail {
        Detail::Table(RelationDetail { owner, .. })
        | Detail::View(RelationDetail { owner, .. })
        | Detail::MaterializedView(RelationDetail { owner, .. })
        | Detail::ForeignTable(RelationDetail { owner, .. }) => owner.as_deref(),
        _ => None,
    }
}

/// What only ALTER TABLE can say.
fn alterations(relation: Walker<'_>) -> Vec<String> {
    let object = relation.object();
    let mut settings = Vec::new();
    for column in relation.children_of(ObjectKind::Column) {
        of_one_column(column.object(), &mut settings);
        if let Detail::View(_) = object.detail
            && let Detail::Column(facts) = &column.object().detail
            && let Some(default) = &facts.default
        {
            let column = identifier(column.name());
            settings.push(format!("ALTER COLUMN {column} SET DEFAULT {default}"));
        }
    }
    for index in relation.children_of(ObjectKind::Index) {
        if flag(index.object(), "clustered") {
            settings.push(format!("CLUSTER ON {}", identifier(index.name())));
        }
        if flag(index.object(), "replica_identity") {
            settings.push(format!(
                "REPLICA IDENTITY USING INDEX {}",
                identifier(index.name())
            ));
        }
    }
    if let Some(identity @ ("full" | "nothing")) = attribute(object, "replica_identity") {
        settings.push(format!("REPLICA IDENTITY {}", identity.to_uppercase()));
    }
    for (key, setting) in [
        ("row_security", "ENABLE ROW LEVEL SECURITY"),
        ("forced_row_security", "FORCE ROW LEVEL SECURITY"),
    ] {
        if flag(object, key) {
            settings.push(setting.to_owned());
        }
    }
    fires(relation, &mut settings);
    settings
}

fn of_one_column(column: &Object<Detail>, settings_of: &mut Vec<String>) {
    let name = identifier(&column.name);
    let mut set = |what: String| settings_of.push(format!("ALTER COLUMN {name} {what}"));
    if let Some(storage) = attribute(column, "storage") {
        set(format!("SET STORAGE {}", storage.to_uppercase()));
    }
    if let Some(compression) = attribute(column, "compression") {
        set(format!("SET COMPRESSION {compression}"));
    }
    if let Some(target) = attribute(column, "statistics_target") {
        set(format!("SET STATISTICS {target}"));
    }
    if let Some(options) = settings(list(column, "options"), "") {
        set(format!("SET ({options})"));
    }
    if let Some(options) = foreign_options(list(column, "foreign_options"), "ADD ") {
        set(format!("OPTIONS ({options})"));
    }
    if let Some(terms) = attribute(column, "not_null_constraint")
        && let Some(terms) = terms.strip_suffix(" NOT VALID")
    {
        let (constraint, inherit) = match terms.strip_suffix(" NO INHERIT") {
            Some(constraint) => (constraint, " NO INHERIT"),
            None => (terms, ""),
        };
        settings_of.push(format!(
            "ADD CONSTRAINT {constraint} NOT NULL {name}{inherit} NOT VALID"
        ));
    }
}

/// In which sessions triggers and rules fire, where not in all usual ones; what a parent
/// brings fires as there unless the parts say otherwise.
fn fires(relation: Walker<'_>, settings: &mut Vec<String>) {
    for part in relation.children() {
        let object = part.object();
        let (what, fires) = match (&object.detail, part.kind()) {
            (Detail::Trigger(_), _) if flag(object, "inherited") => continue,
            (Detail::Trigger(TriggerDetail { enabled: false, .. }), _) => {
                ("TRIGGER", Some("never"))
            }
            (Detail::Trigger(_), _) => ("TRIGGER", attribute(object, "fires")),
            (_, ObjectKind::Rule) => ("RULE", attribute(object, "fires")),
            _ => continue,
        };
        let word = match fires {
            Some("never") => "DISABLE",
            Some("always") => "ENABLE ALWAYS",
            Some(_) => "ENABLE REPLICA",
            None => continue,
        };
        settings.push(format!("{word} {what} {}", identifier(part.name())));
    }
}

fn comments(relation: Walker<'_>, name: &str, kind: &str) -> String {
    let mut text = String::new();
    let mut add = |what: String, comment: &Option<Text>| {
        if let Some(comment) = comment {
            text.push_str(&format!("COMMENT ON {what} IS {};\n", literal(comment)));
        }
    };
    add(format!("{kind} {name}"), &relation.object().comment);
    let schema = relation.parent();
    for part in relation.children() {
        let own = identifier(part.name());
        let what = match part.kind() {
            ObjectKind::Column => format!("COLUMN {name}.{own}"),
            ObjectKind::Trigger => format!("TRIGGER {own} ON {name}"),
            ObjectKind::Rule => format!("RULE {own} ON {name}"),
            ObjectKind::Policy => format!("POLICY {own} ON {name}"),
            ObjectKind::Index => {
                format!(
                    "INDEX {}",
                    qualified(schema.map_or("", Walker::name), part.name())
                )
            }
            _ => format!("CONSTRAINT {own} ON {name}"),
        };
        add(what, &part.object().comment);
    }
    text
}
