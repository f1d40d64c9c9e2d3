//! What stands after a table in statements of its own: indexes, triggers,
//! settings and comments.

use model::ObjectKind;
use model::Text;
use model::snapshot::{Detail, TriggerDetail, Walker};

use super::{attribute, flag};
use crate::rows::PartRow;
use crate::types::{identifier, literal, qualified};

/// Everything but the relation itself; `kind` is its word in statements.
pub(super) fn rest(relation: Walker<'_>, name: &str, kind: &str, parts: &[PartRow]) -> String {
    let mut text = String::new();
    for index in parts
        .iter()
        .filter(|part| part.part == "index" && !part.inherited)
    {
        text.push_str(&format!("\n{};\n", index.definition));
    }
    for trigger in relation.children_of(ObjectKind::Trigger) {
        if let Detail::Trigger(facts) = &trigger.object().detail
            && let Some(definition) = &facts.definition
        {
            text.push_str(&format!("\n{definition};\n"));
        }
    }
    let settings = settings(relation);
    if !settings.is_empty() {
        text.push('\n');
    }
    for setting in settings {
        text.push_str(&format!("ALTER TABLE {name} {setting};\n"));
    }
    text.push_str(&comments(relation, name, kind));
    text
}

/// What only ALTER TABLE can say.
fn settings(relation: Walker<'_>) -> Vec<String> {
    let object = relation.object();
    let mut settings = Vec::new();
    for column in relation.children_of(ObjectKind::Column) {
        if let Some(storage) = attribute(column.object(), "storage") {
            let column = identifier(column.name());
            settings.push(format!(
                "ALTER COLUMN {column} SET STORAGE {}",
                storage.to_uppercase()
            ));
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
    for trigger in relation.children_of(ObjectKind::Trigger) {
        let fires = attribute(trigger.object(), "fires");
        let word = match &trigger.object().detail {
            Detail::Trigger(TriggerDetail { enabled: false, .. }) => "DISABLE",
            _ if fires == Some("always") => "ENABLE ALWAYS",
            _ if fires.is_some() => "ENABLE REPLICA",
            _ => continue,
        };
        settings.push(format!("{word} TRIGGER {}", identifier(trigger.name())));
    }
    settings
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
    if text.is_empty() {
        text
    } else {
        format!("\n{text}")
    }
}
