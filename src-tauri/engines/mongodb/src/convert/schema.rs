//! What a validator's `$jsonSchema` says of the fields of documents.

use std::collections::BTreeMap;

use bson::{Bson, Document};
use model::Text;
use model::snapshot::Attribute;

use super::{flag, number, push, text};
use crate::pipelines::{Path, Step};
use crate::sample::Declared;
use crate::types::compact;

/// Levels of a schema that are followed.
const DEPTH: usize = 100;

/// The fields that a validator declares, by path.
pub(crate) fn declared(validator: Option<&Bson>) -> BTreeMap<Path, Declared> {
    let mut fields = BTreeMap::new();
    if let Some(Bson::Document(validator)) = validator {
        for schema in schemas(validator) {
            below(schema, &Path::new(), &mut fields);
        }
    }
    fields
}

/// The schemas of a validator: its own, and those that it joins by `$and`.
fn schemas(validator: &Document) -> Vec<&Document> {
    let mut found: Vec<&Document> = validator.get_document("$jsonSchema").into_iter().collect();
    let joined = validator.get_array("$and").into_iter().flatten();
    for part in joined.filter_map(Bson::as_document) {
        found.extend(part.get_document("$jsonSchema").ok());
    }
    found
}

fn below(schema: &Document, path: &Path, fields: &mut BTreeMap<Path, Declared>) {
    if path.len() >= DEPTH {
        return;
    }
    let required: Vec<&str> = schema
        .get_array("required")
        .into_iter()
        .flatten()
        .filter_map(Bson::as_str)
        .collect();
    let mut child = path.clone();
    for name in &required {
        child.push(Step::Name((*name).to_owned()));
        let declared = fields.entry(child.clone()).or_default();
        if declared.attributes.is_empty() {
            flag(&mut declared.attributes, "required", true);
        }
        child.pop();
    }
    for (name, field) in schema.get_document("properties").into_iter().flatten() {
        let Some(field) = field.as_document() else {
            continue;
        };
        child.push(Step::Name(name.clone()));
        fields.insert(
            child.clone(),
            said(field, required.contains(&name.as_str())),
        );
        below(field, &child, fields);
        child.pop();
    }
    if let Some(elements) = schema.get("items").and_then(Bson::as_document) {
        child.push(Step::Element);
        fields.insert(child.clone(), said(elements, false));
        below(elements, &child, fields);
    }
}

fn said(field: &Document, required: bool) -> Declared {
    let mut attributes = Vec::new();
    let add = &mut attributes;
    flag(add, "required", required);
    let types = field.get("bsonType").or_else(|| field.get("type"));
    list(add, "declared_types", types);
    list(add, "allowed_values", field.get("enum"));
    text(add, "title", field.get("title"));
    text(add, "pattern", field.get("pattern"));
    bound(
        add,
        "minimum",
        field.get("minimum"),
        field.get("exclusiveMinimum"),
        "above",
    );
    bound(
        add,
        "maximum",
        field.get("maximum"),
        field.get("exclusiveMaximum"),
        "below",
    );
    let first = |keys: [&str; 3]| keys.iter().find_map(|key| field.get(key)).cloned();
    number(
        add,
        "min_length",
        first(["minLength", "minItems", "minProperties"]),
    );
    number(
        add,
        "max_length",
        first(["maxLength", "maxItems", "maxProperties"]),
    );
    flag(
        add,
        "unique_items",
        crate::types::is_on(field, "uniqueItems"),
    );
    flag(
        add,
        "closed",
        field.get("additionalProperties") == Some(&Bson::Boolean(false)),
    );
    Declared {
        comment: field.get_str("description").ok().map(Text::from),
        attributes,
    }
}

fn bound(
    to: &mut Vec<Attribute>,
    key: &'static str,
    value: Option<&Bson>,
    exclusive: Option<&Bson>,
    word: &str,
) {
    match (value, exclusive) {
        (Some(value), Some(Bson::Boolean(true))) => {
            push(to, key, format!("{word} {}", compact(value)))
        }
        (Some(value), _) => push(to, key, compact(value)),
        (None, Some(number)) if !matches!(number, Bson::Boolean(_)) => {
            push(to, key, format!("{word} {}", compact(number)));
        }
        _ => {}
    }
}

fn list(to: &mut Vec<Attribute>, key: &'static str, value: Option<&Bson>) {
    let shown = |value: &Bson| match value {
        Bson::String(text) => Text::from(text.as_str()),
        other => compact(other).into(),
    };
    let values: Vec<Text> = match value {
        None => return,
        Some(Bson::Array(values)) => values.iter().map(shown).collect(),
        Some(one) => vec![shown(one)],
    };
    if !values.is_empty() {
        to.push(Attribute {
            key: key.into(),
            value: values.into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use bson::doc;
    use model::snapshot::AttributeValue;

    use super::*;

    fn name(name: &str) -> Step {
        Step::Name(name.to_owned())
    }

    #[test]
    fn nested_properties_and_elements_are_found_by_their_paths() {
        let validator = Bson::Document(doc! { "$jsonSchema": {
            "required": ["total", "unseen"],
            "properties": {
                "total": { "bsonType": ["decimal", "double"], "minimum": 0, "description": "In euros." },
                "lines": { "bsonType": "array", "items": {
                    "bsonType": "object",
                    "properties": { "sku": { "bsonType": "string", "pattern": "^A" } },
                } },
            },
        } });
        let fields = declared(Some(&validator));
        let total = &fields[&vec![name("total")]];
        assert_eq!(
            total.comment.as_deref(),
            Some("In euros."),
            "its description"
        );
        let types = AttributeValue::List(vec!["decimal".into(), "double".into()]);
        let shown = total
            .attributes
            .iter()
            .find(|known| &*known.key == "declared_types");
        assert_eq!(shown.map(|known| &known.value), Some(&types), "both types");
        let deep = vec![name("lines"), Step::Element, name("sku")];
        assert!(fields.contains_key(&deep), "below the elements: {fields:?}");
        assert!(
            fields.contains_key(&vec![name("unseen")]),
            "asked for, not described"
        );
    }

    #[test]
    fn other_validators_declare_nothing() {
        let fields = declared(Some(&Bson::Document(doc! { "a": { "$gt": 1 } })));
        assert!(fields.is_empty(), "a condition is no schema");
    }
}
