//! The pipelines: each asks one question and is named after it. Those that walk
//! down the levels of documents are built here.

use bson::{Bson, Document, doc};

use crate::settings::Hints;

/// Elements of one array that are looked at.
pub(crate) const ELEMENTS: i32 = 10_000;

/// Longest text that is ever kept as a value, in characters.
const LONGEST_HINT: i32 = 40;

/// How large a collection and its indexes are.
pub(crate) fn collection_stats() -> Vec<Document> {
    read(include_str!("pipelines/collection_stats.json"))
}

/// How often each index was used.
pub(crate) fn index_uses() -> Vec<Document> {
    read(include_str!("pipelines/index_uses.json"))
}

/// Which documents make a sample.
pub(crate) fn sampled_ids(size: u32, covered: bool) -> Vec<Document> {
    let mut pipeline = read(include_str!("pipelines/sampled_ids.json"));
    for stage in &mut pipeline {
        if let Ok(sample) = stage.get_document_mut("$sample") {
            sample.insert("size", i64::from(size));
        }
    }
    if covered {
        // Sorted at random by their ids alone, whole documents stay on disk.
        pipeline.reverse();
    }
    pipeline
}

/// A step of a path: a name, or the elements of an array.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Step {
    Element,
    Name(String),
}

/// The way to a field from its document.
pub(crate) type Path = Vec<Step>;

/// Which types of values stand where, below each of `source`'s documents.
///
/// Values are taken apart level by level, `levels` of them, beginning below the
/// paths of `from`; for an empty `from`, with the document itself. Where there is
/// more below, `deeper` says so.
pub(crate) fn field_types(
    source: Vec<Document>,
    from: &[Path],
    levels: usize,
    hints: Hints,
) -> Vec<Document> {
    let mut pipeline = source;
    pipeline
        .push(doc! { "$project": { "_id": 0, "o": { "p": { "$literal": [] }, "v": "$$ROOT" } } });
    let depth = from.first().map_or(0, Vec::len);
    for level in 1..=depth {
        pipeline.push(taken_apart(None));
        pipeline.push(doc! { "$unwind": "$o" });
        pipeline.push(doc! { "$match": { "o.p": { "$in": beginnings(from, level) } } });
    }
    for level in 0..levels {
        let own = (level > 0 || depth == 0).then(|| told(hints, false));
        pipeline.push(taken_apart(own));
        pipeline.push(doc! { "$unwind": "$o" });
    }
    pipeline.push(doc! { "$project": { "o": {
        "$cond": [{ "$eq": [{ "$type": "$o.v" }, "missing"] }, "$o", told(hints, true)],
    } } });
    pipeline.extend(read(include_str!("pipelines/field_types.json")));
    pipeline
}

/// A path as pipelines compare it: names, and 0 for the elements of an array.
fn path_value(path: &[Step]) -> Bson {
    let step = |step: &Step| match step {
        Step::Element => Bson::Int32(0),
        Step::Name(name) => Bson::String(name.clone()),
    };
    Bson::Array(path.iter().map(step).collect())
}

fn beginnings(paths: &[Path], length: usize) -> Vec<Bson> {
    let mut all: Vec<&[Step]> = paths.iter().filter_map(|path| path.get(..length)).collect();
    all.sort_unstable();
    all.dedup();
    all.into_iter().map(path_value).collect()
}

/// A value replaced by what it holds, and by what is told of it itself. What is
/// told already is passed on.
fn taken_apart(own: Option<Document>) -> Document {
    let below = doc! { "$switch": {
        "branches": [
            {
                "case": { "$eq": [{ "$type": "$o.v" }, "object"] },
                "then": { "$map": {
                    "input": { "$objectToArray": "$o.v" },
                    "as": "f",
                    "in": { "p": { "$concatArrays": ["$o.p", ["$$f.k"]] }, "v": "$$f.v" },
                } },
            },
            {
                "case": { "$eq": [{ "$type": "$o.v" }, "array"] },
                "then": { "$map": {
                    "input": { "$slice": ["$o.v", ELEMENTS] },
                    "as": "e",
                    "in": { "p": { "$concatArrays": ["$o.p", [{ "$literal": 0 }]] }, "v": "$$e" },
                } },
            },
        ],
        "default": [],
    } };
    let all = match own {
        Some(own) => doc! { "$cond": [
            { "$eq": [{ "$type": "$o.v" }, "missing"] },
            ["$o"],
            { "$concatArrays": [[own], below] },
        ] },
        None => below,
    };
    doc! { "$project": { "o": all } }
}

/// What is told of a value: its path and type, what it can be compared by, how
/// long it is, and, at the last level, whether there is more below.
fn told(hints: Hints, last: bool) -> Document {
    let of_type = |names: &[&str]| {
        let names: Vec<&str> = names.to_vec();
        doc! { "$in": [{ "$type": "$o.v" }, names] }
    };
    let is = |name: &str| doc! { "$eq": [{ "$type": "$o.v" }, name] };
    let mut told = doc! {
        "p": "$o.p",
        "t": { "$type": "$o.v" },
        "l": { "$switch": {
            "branches": [
                { "case": is("string"), "then": { "$strLenCP": "$o.v" } },
                { "case": is("array"), "then": { "$size": "$o.v" } },
            ],
            "default": "$$REMOVE",
        } },
    };
    let numbers = of_type(&["int", "long", "double", "decimal", "date"]);
    let short = doc! { "$and": [
        is("string"),
        { "$lte": [
            { "$cond": [is("string"), { "$strLenCP": "$o.v" }, LONGEST_HINT + 1] },
            LONGEST_HINT,
        ] },
    ] };
    match hints {
        Hints::None => {}
        Hints::Numbers => {
            told.insert("m", doc! { "$cond": [numbers, "$o.v", "$$REMOVE"] });
        }
        Hints::All => {
            let kept = doc! { "$or": [numbers, short] };
            told.insert("m", doc! { "$cond": [kept, "$o.v", "$$REMOVE"] });
        }
    }
    if last {
        let filled = doc! { "$or": [
            { "$and": [is("array"), { "$ne": ["$o.v", { "$literal": [] }] }] },
            { "$and": [is("object"), { "$ne": ["$o.v", { "$literal": {} }] }] },
        ] };
        told.insert("x", filled);
    }
    told
}

/// Reads a pipeline of our own; a text that is none gives none, which tests notice.
fn read(text: &str) -> Vec<Document> {
    serde_json::from_str(text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pipeline_of_a_file_is_read_whole() {
        let lengths = [
            collection_stats().len(),
            index_uses().len(),
            sampled_ids(5, false).len(),
            read(include_str!("pipelines/field_types.json")).len(),
        ];
        assert_eq!(lengths, [2, 2, 2, 1], "as many stages as the files have");
    }

    #[test]
    fn a_sample_has_the_size_that_was_asked_for() {
        let stages = sampled_ids(5, true);
        let sample = stages
            .last()
            .and_then(|stage| stage.get_document("$sample").ok());
        let size = sample.and_then(|sample| sample.get_i64("size").ok());
        assert_eq!(size, Some(5), "after the ids alone are left");
    }

    #[test]
    fn only_what_lies_on_the_way_is_followed() {
        let name = |name: &str| Step::Name(name.to_owned());
        let paths = [vec![name("a"), Step::Element], vec![name("a"), name("b")]];
        let first = beginnings(&paths, 1);
        assert_eq!(
            first,
            [Bson::Array(vec!["a".into()])],
            "each beginning once"
        );
        assert_eq!(beginnings(&paths, 2).len(), 2, "both ends");
    }
}
