//! From counts and from what a validator declares to the fields of a collection.

use std::collections::BTreeMap;

use bson::Bson;
use model::snapshot::{Attribute, FieldDetail, Object, Sample, TypeCount};
use model::{Text, Timestamp};

use super::Found;
use super::tally::{Seen, is_less};
use crate::pipelines::{Path, Step};

/// Words in the name of a field whose values are never kept.
const SECRETS: &[&str] = &[
    "password",
    "passwd",
    "pwd",
    "passphrase",
    "secret",
    "token",
    "apikey",
    "auth",
    "credential",
    "credentials",
    "private",
    "salt",
    "hash",
    "pin",
    "cvv",
    "cvc",
    "ssn",
    "iban",
    "card",
    "otp",
    "cookie",
    "session",
    "signature",
    "key",
];

/// What a validator says of one field.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declared {
    pub(crate) comment: Option<Text>,
    pub(crate) attributes: Vec<Attribute>,
}

/// The fields, each after what holds it; `found` is absent where nothing was looked at.
pub(crate) fn fields(
    found: Option<&Found>,
    mut declared: BTreeMap<Path, Declared>,
    at: Timestamp,
) -> Vec<Object<FieldDetail>> {
    let mut all: BTreeMap<Path, Object<FieldDetail>> = BTreeMap::new();
    for (path, types) in found.iter().flat_map(|found| &found.tally.paths) {
        if let (false, Some(found)) = (path.is_empty(), found) {
            let mut object = object(
                path,
                types.keys().map(|name| name.as_str().into()).collect(),
            );
            object.sample = Some(Box::new(sample(found, path, types, at)));
            all.insert(path.clone(), object);
        }
    }
    for (path, said) in std::mem::take(&mut declared) {
        let object = all
            .entry(path)
            .or_insert_with_key(|path| object(path, Vec::new()));
        object.comment = said.comment;
        object.attributes = said.attributes;
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by(|(a, _), (b, _)| is_not_id(a).cmp(&is_not_id(b)).then_with(|| a.cmp(b)));
    all.into_iter().map(|(_, object)| object).collect()
}

fn is_not_id(path: &Path) -> bool {
    !matches!(path.first(), Some(Step::Name(name)) if name == "_id")
}

fn object(path: &Path, types: Vec<Text>) -> Object<FieldDetail> {
    let path: Vec<Text> = path
        .iter()
        .map(|step| match step {
            Step::Element => FieldDetail::ELEMENT.into(),
            // A name that reads like the step for elements must not be taken for it.
            Step::Name(name) if name.trim_start_matches('\\') == FieldDetail::ELEMENT => {
                format!("\\{name}").into()
            }
            Step::Name(name) => name.as_str().into(),
        })
        .collect();
    let name = FieldDetail::name(&path);
    Object::new(name, FieldDetail { path, types })
}

fn sample(found: &Found, path: &Path, types: &BTreeMap<String, Seen>, at: Timestamp) -> Sample {
    let values: u64 = types.values().map(|seen| seen.count).sum();
    let above = path.get(..path.len().saturating_sub(1)).unwrap_or_default();
    let (of, present) = match path.last() {
        Some(Step::Element) => {
            let arrays = found
                .tally
                .paths
                .get(above)
                .and_then(|types| types.get("array"));
            (
                arrays.map_or(0, |seen| seen.count),
                arrays.map_or(0, |seen| seen.filled),
            )
        }
        _ => (found.tally.count(above, "object"), values),
    };
    // A document may hold a name twice, and may change between two questions.
    let mut sample = Sample::new(of, present.min(of), at);
    sample.whole = found.whole;
    sample.types = types
        .iter()
        .map(|(name, seen)| TypeCount {
            name: name.as_str().into(),
            count: seen.count.into(),
        })
        .collect();
    sample
        .types
        .sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    // Characters and elements are not compared with one another.
    let measured: Vec<&Seen> = types
        .values()
        .filter(|seen| seen.longest.is_some())
        .collect();
    if let [measured] = measured.as_slice() {
        (sample.shortest, sample.longest) = (measured.shortest, measured.longest);
    }
    if !looks_secret(path) {
        (sample.least, sample.greatest) = bounds(types);
    }
    sample
}

/// The least and greatest values, where all that are kept can be compared:
/// numbers among themselves, dates, texts.
fn bounds(types: &BTreeMap<String, Seen>) -> (Option<Text>, Option<Text>) {
    let held: Vec<&Seen> = types.values().filter(|seen| seen.least.is_some()).collect();
    let family = |value: &Bson| match value {
        Bson::DateTime(_) => 1,
        Bson::String(_) => 2,
        _ => 0,
    };
    let families = held
        .iter()
        .filter_map(|seen| seen.least.as_ref())
        .map(family);
    let first = families.clone().next();
    if families.clone().any(|family| Some(family) != first) {
        return (None, None);
    }
    let pick = |values: Vec<&Bson>, better: fn(&Bson, &Bson) -> bool| {
        let best = values
            .into_iter()
            .reduce(|best, value| if better(value, best) { value } else { best });
        best.map(shown)
    };
    let least = held.iter().filter_map(|seen| seen.least.as_ref()).collect();
    let greatest = held
        .iter()
        .filter_map(|seen| seen.greatest.as_ref())
        .collect();
    (
        pick(least, is_less_number),
        pick(greatest, |a, b| is_less_number(b, a)),
    )
}

fn is_less_number(a: &Bson, b: &Bson) -> bool {
    let number = |value: &Bson| match value {
        Bson::Int32(number) => Some(f64::from(*number)),
        Bson::Int64(number) => Some(*number as f64),
        Bson::Double(number) => Some(*number),
        Bson::Decimal128(number) => number.to_string().parse().ok(),
        _ => None,
    };
    match (number(a), number(b)) {
        (Some(a), Some(b)) => a < b,
        _ => is_less(a, b),
    }
}

fn shown(value: &Bson) -> Text {
    match value {
        Bson::DateTime(moment) => match moment.try_to_rfc3339_string() {
            Ok(text) => text.into(),
            Err(_) => format!("{} ms", moment.timestamp_millis()).into(),
        },
        Bson::String(text) => text.as_str().into(),
        Bson::Int32(number) => number.to_string().into(),
        Bson::Int64(number) => number.to_string().into(),
        Bson::Double(number) => number.to_string().into(),
        other => other.to_string().into(),
    }
}

fn looks_secret(path: &Path) -> bool {
    path.iter().any(|step| match step {
        Step::Element => false,
        Step::Name(name) => words(name)
            .iter()
            .any(|word| SECRETS.contains(&word.as_str())),
    })
}

/// The words of a name, lower case: `apiToken`, `api_token` and `API-TOKEN` have two.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before_lower = false;
    for c in name.chars() {
        let begins = !c.is_alphanumeric() || (c.is_uppercase() && before_lower);
        if begins {
            words.push(String::new());
        }
        before_lower = c.is_lowercase() || c.is_numeric();
        if let (true, Some(word)) = (c.is_alphanumeric(), words.last_mut()) {
            word.extend(c.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_speak_of_secrets_are_known_in_any_spelling() {
        let secret = |name: &str| looks_secret(&vec![Step::Name(name.to_owned())]);
        for name in ["password", "apiToken", "API_KEY", "card-number", "x.secret"] {
            assert!(secret(name), "{name} speaks of a secret");
        }
        for name in ["author", "shipping", "keyboard", "cardinality", ""] {
            assert!(!secret(name), "{name} does not");
        }
    }
}
