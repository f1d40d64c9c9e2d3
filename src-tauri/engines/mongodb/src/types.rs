//! Values as text: extended JSON for people and for shells, and the names of types.

use bson::{Bson, Document};
use serde_json::Value;

/// A value on one line, its fields in their order.
pub(crate) fn compact(value: &Bson) -> String {
    let mut text = String::new();
    write_value(&mut text, value, None);
    text
}

/// A document on one line; nothing for an empty one.
pub(crate) fn document_text(document: &Document) -> Option<String> {
    (!document.is_empty()).then(|| compact(&Bson::Document(document.clone())))
}

/// A value over several lines, as a shell takes it.
pub(crate) fn shell(value: &Bson) -> String {
    let mut text = String::new();
    write_value(&mut text, value, Some(0));
    if needs_reading_back(value) {
        format!("EJSON.deserialize({text})")
    } else {
        text
    }
}

/// A text as a shell takes it.
pub(crate) fn quoted(text: &str) -> String {
    Value::String(text.to_owned()).to_string()
}

/// Writes extended JSON; with an indent, each field on a line of its own.
fn write_value(out: &mut String, value: &Bson, indent: Option<usize>) {
    let inner = indent.map(|indent| indent + 1);
    match value {
        Bson::Document(document) => {
            let fields = document
                .iter()
                .map(|(key, value)| (Some(key.as_str()), value));
            write_list(out, "{}", &fields.collect::<Vec<_>>(), indent, inner);
        }
        Bson::Array(values) => {
            let values = values.iter().map(|value| (None, value));
            write_list(out, "[]", &values.collect::<Vec<_>>(), indent, inner);
        }
        Bson::Int64(number) if indent.is_some() && is_inexact(*number) => {
            out.push_str(&value.clone().into_canonical_extjson().to_string());
        }
        other => out.push_str(&other.clone().into_relaxed_extjson().to_string()),
    }
}

fn write_list(
    out: &mut String,
    brackets: &str,
    items: &[(Option<&str>, &Bson)],
    indent: Option<usize>,
    inner: Option<usize>,
) {
    let (open, close) = brackets.split_at(1);
    let new_line = |out: &mut String, indent: Option<usize>| {
        if let (Some(indent), false) = (indent, items.is_empty()) {
            out.push('\n');
            out.push_str(&"  ".repeat(indent));
        }
    };
    out.push_str(open);
    for (place, (key, value)) in items.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        new_line(out, inner);
        if let Some(key) = key {
            match *key {
                // In a shell's literal the bare name would set what the object inherits.
                "__proto__" if indent.is_some() => out.push_str("[\"__proto__\"]"),
                key => out.push_str(&quoted(key)),
            }
            out.push(':');
            if indent.is_some() {
                out.push(' ');
            }
        }
        write_value(out, value, inner);
    }
    new_line(out, indent);
    out.push_str(close);
}

/// A number that a server may give as any of its types.
pub(crate) fn whole(value: &Bson) -> Option<i64> {
    match value {
        Bson::Int32(number) => Some((*number).into()),
        Bson::Int64(number) => Some(*number),
        // What is beyond i64 ends at its bounds.
        Bson::Double(number) if number.is_finite() => Some(*number as i64),
        Bson::Decimal128(number) => number.to_string().parse::<f64>().ok().map(|n| n as i64),
        _ => None,
    }
}

/// A number that cannot be negative.
pub(crate) fn amount(value: Option<&Bson>) -> Option<u64> {
    value
        .and_then(whole)
        .and_then(|number| u64::try_from(number).ok())
}

/// Whether extended JSON writes a value as an object, which a shell must be told
/// to read back.
fn needs_reading_back(value: &Bson) -> bool {
    match value {
        Bson::Document(document) => document.values().any(needs_reading_back),
        Bson::Array(values) => values.iter().any(needs_reading_back),
        Bson::String(_) | Bson::Boolean(_) | Bson::Null | Bson::Int32(_) => false,
        Bson::Int64(number) => is_inexact(*number),
        Bson::Double(number) => !number.is_finite(),
        _ => true,
    }
}

/// Whether a shell's numbers have no place for it.
fn is_inexact(number: i64) -> bool {
    number.unsigned_abs() > 1 << 53
}

/// Whether a document has this key and it says yes.
pub(crate) fn is_on(document: &Document, key: &str) -> bool {
    matches!(document.get(key), Some(Bson::Boolean(true)))
}

#[cfg(test)]
mod tests {
    use bson::doc;

    use super::*;

    #[test]
    fn fields_keep_their_order() {
        let keys = Bson::Document(doc! { "status": 1, "placed": -1, "a": { "z": [], "b": {} } });
        let text = r#"{"status":1,"placed":-1,"a":{"z":[],"b":{}}}"#;
        assert_eq!(
            compact(&keys),
            text,
            "an index is made of its keys in their order"
        );
        let lines = "{\n  \"b\": [\n    1,\n    \"x\"\n  ],\n  \"a\": {}\n}";
        assert_eq!(
            shell(&Bson::Document(doc! { "b": [1, "x"], "a": {} })),
            lines,
            "line by line"
        );
    }

    #[test]
    fn a_shell_is_told_to_read_back_what_json_does_not_have() {
        let date = doc! { "since": bson::DateTime::from_millis(0) };
        let text = shell(&Bson::Document(date));
        assert!(
            text.starts_with("EJSON.deserialize({"),
            "a date is no JSON: {text}"
        );
        assert!(!shell(&Bson::Int64(5)).contains("EJSON"), "a number is");
    }

    #[test]
    fn a_shell_gets_large_numbers_and_strange_names_as_they_are() {
        let large = shell(&Bson::Document(doc! { "size": i64::MAX }));
        let exact = r#"{"$numberLong":"9223372036854775807"}"#;
        assert!(
            large.contains(exact) && large.starts_with("EJSON.deserialize("),
            "a shell's own number would be another: {large}"
        );
        let strange = shell(&Bson::Document(doc! { "__proto__": 1 }));
        assert!(
            strange.contains("[\"__proto__\"]: 1"),
            "a field, not what it inherits: {strange}"
        );
    }

    #[test]
    fn hostile_text_stays_within_its_quotes() {
        assert_eq!(
            quoted("a\"); db.dropDatabase(); (\""),
            r#""a\"); db.dropDatabase(); (\"""#
        );
    }
}
