//! From what the server answered to objects; pure, nothing is asked here.

mod index;
mod schema;

use std::collections::{BTreeMap, BTreeSet};

use bson::{Bson, Document};
use model::snapshot::{
    Attribute, DatabaseDetail, Object, ObjectName, RelationDetail, Sample, Statistics, TableForm,
};
use model::{ObjectKind, Text, Timestamp};

use crate::rows::{CollectionRow, ShardedRow, Sort, StatsRow};
use crate::sample::Found;
use crate::types::{compact, document_text, whole};

pub(crate) use index::{index, keys_given, options_given};
pub(crate) use schema::declared;

/// A database.
pub(crate) fn database(name: &str, stats: &Document, system: bool) -> Object<DatabaseDetail> {
    let amount = |key: &str| crate::types::amount(stats.get(key)).map(Into::into);
    let detail = DatabaseDetail {
        system,
        ..DatabaseDetail::default()
    };
    Object::new(name, detail).statistics(Statistics {
        rows: amount("objects"),
        bytes: amount("storageSize"),
        index_bytes: amount("indexSize"),
    })
}

/// A collection of any sort.
pub(crate) fn collection(
    row: &CollectionRow,
    stats: &StatsRow,
    sharded: Option<&ShardedRow>,
    found: Option<&Found>,
    at: Timestamp,
) -> Object<RelationDetail> {
    let mut options = row.options.clone();
    let clustered = options.remove("clusteredIndex");
    let capped = take_flag(&mut options, "capped");
    let series = options.remove("timeseries");
    let form = match row.sort {
        Sort::TimeSeries => TableForm::TimeSeries,
        _ if capped => TableForm::Capped,
        _ if clustered.is_some() => TableForm::Clustered,
        _ => TableForm::Ordinary,
    };
    let detail = RelationDetail {
        form,
        ..RelationDetail::default()
    };
    let mut object = Object::new(row.name.as_str(), detail);
    object.native_id = row.uuid.as_deref().map(Text::from);
    object.statistics = Statistics {
        rows: stats.count.map(Into::into),
        bytes: stats.storage.map(Into::into),
        index_bytes: stats.indexes.map(Into::into),
    };
    let add = &mut object.attributes;
    number(
        add,
        "capped_size",
        options.remove("size").filter(|_| capped),
    );
    number(
        add,
        "capped_max",
        options
            .remove("max")
            .filter(|max| capped && whole(max) != Some(0)),
    );
    let series = match series {
        Some(Bson::Document(series)) => series,
        _ => Document::new(),
    };
    text(add, "time_field", series.get("timeField"));
    text(add, "meta_field", series.get("metaField"));
    text(add, "granularity", series.get("granularity"));
    number(
        add,
        "bucket_span",
        series.get("bucketMaxSpanSeconds").cloned(),
    );
    number(
        add,
        "bucket_rounding",
        series.get("bucketRoundingSeconds").cloned(),
    );
    number(add, "expire_after", options.remove("expireAfterSeconds"));
    if let Some(Bson::Document(clustered)) = clustered {
        text(add, "clustered_by", clustered.get("key"));
        text(add, "clustered_name", clustered.get("name"));
    }
    text(add, "collation", options.remove("collation").as_ref());
    let checked = options.contains_key("validator");
    text(add, "validator", options.remove("validator").as_ref());
    // Without a validator they mean nothing, though some servers tell them.
    text(
        add,
        "validation_level",
        options
            .remove("validationLevel")
            .as_ref()
            .filter(|_| checked),
    );
    text(
        add,
        "validation_action",
        options
            .remove("validationAction")
            .as_ref()
            .filter(|_| checked),
    );
    if let Some(Bson::Document(images)) = options.remove("changeStreamPreAndPostImages") {
        flag(
            add,
            "change_images",
            crate::types::is_on(&images, "enabled"),
        );
    }
    text(
        add,
        "encrypted_fields",
        options.remove("encryptedFields").as_ref(),
    );
    text(
        add,
        "storage_engine",
        options.remove("storageEngine").as_ref(),
    );
    text(
        add,
        "index_options",
        options.remove("indexOptionDefaults").as_ref(),
    );
    // What old servers tell of every collection.
    for usual in ["autoIndexId", "flags", "uuid"] {
        options.remove(usual);
    }
    if let Some(rest) = document_text(&options) {
        push(add, "other_options", rest);
    }
    if let Some(sharded) = sharded {
        push(
            add,
            "shard_key",
            compact(&Bson::Document(sharded.key.clone())),
        );
        flag(add, "shard_unique", sharded.unique);
        flag(add, "unbalanced", sharded.unbalanced);
    }
    flag(add, "system", row.is_system());
    object.sample = found.map(|found| Box::new(looked_at(found, at)));
    object
}

/// A view, with its pipeline; `views` are those that it may read itself.
pub(crate) fn view(
    row: &CollectionRow,
    views: &BTreeSet<&str>,
    found: Option<&Found>,
    at: Timestamp,
) -> Object<RelationDetail> {
    let pipeline = row.options.get("pipeline").map(compact);
    let detail = RelationDetail {
        definition: pipeline.map(Text::from),
        ..RelationDetail::default()
    };
    let mut object = Object::new(row.name.as_str(), detail);
    let add = &mut object.attributes;
    let on = row.options.get_str("viewOn").unwrap_or_default();
    push(add, "view_on", on.to_owned());
    text(add, "collation", row.options.get("collation"));
    let mut sources = vec![on.to_owned()];
    if let Some(pipeline) = row.options.get("pipeline") {
        lookups(pipeline, &mut sources);
    }
    sources.sort();
    sources.dedup();
    let sources = sources.into_iter().map(|name| ObjectName {
        kind: if views.contains(name.as_str()) {
            ObjectKind::View
        } else {
            ObjectKind::Collection
        },
        schema: None,
        name: name.into(),
    });
    add.push(Attribute {
        key: Attribute::DEPENDS_ON.into(),
        value: sources.collect::<Vec<_>>().into(),
    });
    object.sample = found.map(|found| Box::new(looked_at(found, at)));
    object
}

/// The collections that a pipeline joins, wherever in it.
fn lookups(value: &Bson, found: &mut Vec<String>) {
    match value {
        Bson::Array(values) => values.iter().for_each(|value| lookups(value, found)),
        Bson::Document(document) => {
            for (key, value) in document {
                match (key.as_str(), value) {
                    ("$lookup" | "$graphLookup", Bson::Document(lookup)) => {
                        found.extend(lookup.get_str("from").ok().map(str::to_owned));
                    }
                    ("$unionWith", Bson::String(from)) => found.push(from.clone()),
                    ("$unionWith", Bson::Document(union)) => {
                        found.extend(union.get_str("coll").ok().map(str::to_owned));
                    }
                    _ => {}
                }
                lookups(value, found);
            }
        }
        _ => {}
    }
}

/// How many documents of a collection were looked at.
fn looked_at(found: &Found, at: Timestamp) -> Sample {
    let documents = found.tally.documents();
    let mut sample = Sample::new(documents, documents, at);
    sample.whole = found.whole;
    sample
}

/// How collections are spread, by name.
pub(crate) fn by_collection(rows: Vec<ShardedRow>) -> BTreeMap<String, ShardedRow> {
    rows.into_iter()
        .map(|row| (row.collection.clone(), row))
        .collect()
}

fn push(to: &mut Vec<Attribute>, key: &'static str, value: String) {
    to.push(Attribute {
        key: key.into(),
        value: value.into(),
    });
}

fn flag(to: &mut Vec<Attribute>, key: &'static str, on: bool) {
    if on {
        to.push(Attribute {
            key: key.into(),
            value: true.into(),
        });
    }
}

fn number(to: &mut Vec<Attribute>, key: &'static str, value: Option<Bson>) {
    if let Some(number) = value.as_ref().and_then(whole) {
        to.push(Attribute {
            key: key.into(),
            value: number.into(),
        });
    }
}

/// Adds a text as it is, and anything else as extended JSON; nothing where it is empty.
fn text(to: &mut Vec<Attribute>, key: &'static str, value: Option<&Bson>) {
    match value {
        None | Some(Bson::Null) => {}
        Some(Bson::Document(document)) => {
            if let Some(text) = document_text(document) {
                push(to, key, text);
            }
        }
        Some(Bson::String(text)) => push(to, key, text.clone()),
        Some(other) => push(to, key, compact(other)),
    }
}

fn take_flag(options: &mut Document, key: &str) -> bool {
    match options.remove(key) {
        Some(Bson::Boolean(on)) => on,
        Some(number) => whole(&number).is_some_and(|number| number != 0),
        None => false,
    }
}
