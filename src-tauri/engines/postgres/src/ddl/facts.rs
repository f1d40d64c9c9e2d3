//! What an object's attributes say, in the words of a statement.

use model::Text;
use model::snapshot::{AttributeValue, Detail, Object, ObjectName};

use crate::types::{identifier, literal};

/// What stands in place of a value that is not read.
const HIDDEN: &str = "(hidden)";

/// A text.
pub(super) fn attribute<'a>(object: &'a Object<Detail>, key: &str) -> Option<&'a str> {
    match value(object, key)? {
        AttributeValue::Text(text) => Some(text),
        _ => None,
    }
}

/// Several texts; none where there are none.
pub(super) fn list<'a>(object: &'a Object<Detail>, key: &str) -> &'a [Text] {
    match value(object, key) {
        Some(AttributeValue::List(list)) => list,
        _ => &[],
    }
}

/// Several objects; none where there are none.
pub(super) fn objects<'a>(object: &'a Object<Detail>, key: &str) -> &'a [ObjectName] {
    match value(object, key) {
        Some(AttributeValue::Objects(list)) => list,
        _ => &[],
    }
}

/// Yes or no.
pub(super) fn flag(object: &Object<Detail>, key: &str) -> bool {
    value(object, key) == Some(&AttributeValue::Flag(true))
}

/// All storage parameters, those of long values too.
pub(super) fn storage_options(object: &Object<Detail>) -> Option<String> {
    let own = settings(list(object, "options"), "");
    let toast = settings(list(object, "toast_options"), "toast.");
    match (own, toast) {
        (Some(own), Some(toast)) => Some(format!("{own}, {toast}")),
        (own, toast) => own.or(toast),
    }
}

/// `name=value` pairs as `WITH` and `SET` take them.
pub(super) fn settings(options: &[Text], before: &str) -> Option<String> {
    let setting = |option: &Text| {
        let (name, value) = option.split_once('=').unwrap_or((option, "true"));
        let plain = !value.is_empty()
            && value
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c));
        let value = if plain {
            value.to_owned()
        } else {
            literal(value)
        };
        format!("{before}{}={value}", identifier(name))
    };
    let settings: Vec<_> = options.iter().map(setting).collect();
    (!settings.is_empty()).then(|| settings.join(", "))
}

/// `name=value` pairs as `OPTIONS` takes them, each behind `word`; those whose value is
/// not known are left out.
pub(super) fn foreign_options(options: &[Text], word: &str) -> Option<String> {
    let option = |option: &Text| {
        let (name, value) = option.split_once('=')?;
        let name = if name.chars().all(|c| c.is_ascii_lowercase() || c == '_') {
            name.to_owned()
        } else {
            format!("\"{}\"", name.replace('"', "\"\""))
        };
        (value != HIDDEN).then(|| format!("{word}{name} {}", literal(value)))
    };
    let known: Vec<_> = options.iter().filter_map(option).collect();
    (!known.is_empty()).then(|| known.join(", "))
}

/// The names of options whose value is not known.
pub(super) fn hidden_options(options: &[Text]) -> Vec<&str> {
    let hidden = |option: &'_ Text| option.ends_with(&format!("={HIDDEN}"));
    options
        .iter()
        .filter(|option| hidden(option))
        .filter_map(|option| option.split('=').next())
        .collect()
}

fn value<'a>(object: &'a Object<Detail>, key: &str) -> Option<&'a AttributeValue> {
    let found = object
        .attributes
        .iter()
        .find(|attribute| *attribute.key == *key)?;
    Some(&found.value)
}
