//! Indexes of every kind.

use bson::{Bson, Document};
use model::Text;
use model::snapshot::{IndexDetail, IndexPart, Object, Statistics};

use super::{flag, number, push, text};
use crate::rows::{CollectionRow, IndexRow, StatsRow};
use crate::types::{compact, document_text, whole};

/// An index of a collection.
///
/// A collation is told only where it is not that of its `collection`.
pub(crate) fn index(
    row: &IndexRow,
    stats: &StatsRow,
    uses: Option<u64>,
    collection: &CollectionRow,
) -> Object<IndexDetail> {
    let method = method(row);
    let clustered = row.is("clustered");
    let primary = row.name == "_id_" || clustered;
    let mut options = row.options.clone();
    let detail = IndexDetail {
        method: method.into(),
        unique: row.is("unique") || primary,
        primary,
        valid: true,
        parts: parts(row),
        predicate: predicate(options.remove("partialFilterExpression")),
        definition: None,
    };
    let mut object = Object::new(row.name.as_str(), detail).statistics(Statistics {
        bytes: stats.index_sizes.get(&row.name).copied().map(Into::into),
        ..Statistics::default()
    });
    let add = &mut object.attributes;
    let keys = row
        .keys
        .iter()
        .map(|(name, how)| Text::from(format!("{name}: {}", how_text(how))));
    let keys: Vec<Text> = keys.collect();
    if !keys.is_empty() {
        add.push(model::snapshot::Attribute {
            key: "keys".into(),
            value: keys.into(),
        });
    }
    for (key, option) in [
        ("sparse", "sparse"),
        ("hidden", "hidden"),
        ("clustered", "clustered"),
    ] {
        options.remove(option);
        flag(add, key, row.is(option));
    }
    options.remove("unique");
    number(add, "expire_after", options.remove("expireAfterSeconds"));
    let inherited = collection.options.get("collation");
    let collation = options.remove("collation");
    match (collation, inherited) {
        (None, Some(_)) if !clustered => push(add, "collation", "simple".to_owned()),
        (own, inherited) => text(
            add,
            "collation",
            own.as_ref().filter(|own| Some(*own) != inherited),
        ),
    }
    text(
        add,
        "wildcard_projection",
        options.remove("wildcardProjection").as_ref(),
    );
    text(add, "weights", options.remove("weights").as_ref());
    text(
        add,
        "default_language",
        options.remove("default_language").as_ref(),
    );
    text(
        add,
        "language_override",
        options.remove("language_override").as_ref(),
    );
    number(add, "text_version", options.remove("textIndexVersion"));
    number(
        add,
        "sphere_version",
        options.remove("2dsphereIndexVersion"),
    );
    number(add, "bits", options.remove("bits"));
    text(add, "min", options.remove("min").as_ref());
    text(add, "max", options.remove("max").as_ref());
    options.remove("prepareUnique");
    flag(add, "prepare_unique", row.is("prepareUnique"));
    text(
        add,
        "storage_engine",
        options.remove("storageEngine").as_ref(),
    );
    let version = options.remove("v");
    options.remove("background");
    if let Some(rest) = document_text(&options) {
        push(add, "other_options", rest);
    }
    if let Some(uses) = uses {
        push(add, "uses", magnitude(uses));
    }
    number(add, "version", version);
    object
}

/// How often, so coarsely that it seldom changes: an exact count would make every
/// reading of a busy server a change of its schema.
fn magnitude(uses: u64) -> String {
    match uses.checked_ilog10() {
        None => "none".to_owned(),
        Some(digits) => format!("at least {}", 10_u64.pow(digits)),
    }
}

/// How it is stored: by what is said of its keys.
fn method(row: &IndexRow) -> String {
    if row.is("clustered") {
        return "clustered".to_owned();
    }
    let wildcard = |name: &String| name == "$**" || name.ends_with(".$**");
    if row.keys.keys().any(wildcard) {
        return "wildcard".to_owned();
    }
    let special = row.keys.values().find_map(Bson::as_str);
    special.unwrap_or("btree").to_owned()
}

/// Its parts; those of a text index stand in its weights.
fn parts(row: &IndexRow) -> Vec<IndexPart> {
    let mut parts = Vec::new();
    for (name, how) in &row.keys {
        match name.as_str() {
            "_fts" => {
                let weights = row
                    .options
                    .get_document("weights")
                    .cloned()
                    .unwrap_or_default();
                let searched = weights
                    .keys()
                    .map(|name| part(name, &Bson::String("text".into())));
                parts.extend(searched);
            }
            "_ftsx" => {}
            _ => parts.push(part(name, how)),
        }
    }
    if parts.is_empty() {
        // Whatever a server calls a key, an index has one.
        parts.push(part("_id", &Bson::Int32(1)));
    }
    parts
}

fn part(name: &str, how: &Bson) -> IndexPart {
    IndexPart {
        column: Some(name.into()),
        expression: None,
        included: false,
        descending: match how {
            Bson::Double(number) => *number < 0.0,
            how => whole(how).is_some_and(|direction| direction < 0),
        },
        nulls_first: None,
        collation: None,
        prefix: None,
    }
}

fn how_text(how: &Bson) -> String {
    match how {
        Bson::String(kind) => kind.clone(),
        Bson::Double(number) => number.to_string(),
        other => compact(other),
    }
}

fn predicate(filter: Option<Bson>) -> Option<Text> {
    match filter {
        Some(Bson::Document(filter)) => document_text(&filter).map(Text::from),
        _ => None,
    }
}

/// The options of an index as its maker gives them, on this `collection`.
pub(crate) fn options_given(row: &IndexRow, collection: &CollectionRow) -> Document {
    let mut options = row.options.clone();
    for own in [
        "v",
        "background",
        "textIndexVersion",
        "2dsphereIndexVersion",
        "clustered",
    ] {
        options.remove(own);
    }
    let mut given = Document::new();
    given.insert("name", row.name.clone());
    given.extend(options);
    if collection.options.contains_key("collation") && !given.contains_key("collation") {
        // What is not said would be that of the collection.
        given.insert("collation", bson::doc! { "locale": "simple" });
    }
    given
}

/// The keys of an index as its maker gives them: those of a text index stand in
/// its weights.
pub(crate) fn keys_given(row: &IndexRow) -> Document {
    let mut keys = Document::new();
    for (name, how) in &row.keys {
        match name.as_str() {
            "_fts" => {
                let weights = row
                    .options
                    .get_document("weights")
                    .cloned()
                    .unwrap_or_default();
                for name in weights.keys() {
                    keys.insert(name.clone(), "text");
                }
            }
            "_ftsx" => {}
            _ => {
                keys.insert(name.clone(), how.clone());
            }
        }
    }
    keys
}
