//! The pipelines: each asks one question and is named after it. Those that walk
//! down the levels of documents are built here.

use bson::{Bson, Document, doc};

use crate::settings::Hints;

/// Elements of one array that are looked at.
pub(crate) const ELEMENTS: i32 = 1_000;

/// Longest text that is ever kept as a value, in characters.
const LONGEST_HINT: i32 = 40;

/// How large a collection and its indexes are; `counted` is left out for what
/// servers keep as a view of buckets, of which they refuse to tell it.
pub(crate) fn collection_stats(counted: bool) -> Vec<Document> {
    let mut pipeline = read(include_str!("pipelines/collection_stats.json"));
    for stage in &mut pipeline {
        if let (false, Ok(asked)) = (counted, stage.get_document_mut("$collStats")) {
            asked.remove("count");
        }
    }
    pipeline
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
///
/// What flows through is either open (a path `p` and a value `v`) or told (a path
/// with what is counted of one value there: its type `t`, what it is compared by
/// `m`, its length `l`).
pub(crate) fn field_types(
    source: Vec<Document>,
    from: &[Path],
    levels: usize,
    hints: Hints,
) -> Vec<Document> {
    let mut pipeline = source;
    pipeline.push(doc! { "$project": { "_id": 0, "p": { "$literal": [] }, "v": "$$ROOT" } });
    let depth = from.first().map_or(0, Vec::len);
    for level in 1..=depth {
        pipeline.extend(stepped_into());
        pipeline.push(doc! { "$match": { "p": { "$in": beginnings(from, level) } } });
    }
    let mut left = levels;
    if depth > 0 {
        // What these values are themselves was told when they were met.
        pipeline.extend(stepped_into());
        left -= 1;
    }
    for _ in 0..left {
        pipeline.extend(told_and_taken_apart(hints));
    }
    let mut last = told(hints);
    last.insert("p", 1);
    last.insert("x", has_more());
    pipeline.push(doc! { "$project": last });
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

/// What a value holds: its fields as pairs of name and value, or its elements.
fn held() -> Document {
    doc! { "$switch": {
        "branches": [
            { "case": is("object"), "then": { "$objectToArray": "$v" } },
            { "case": is("array"), "then": { "$slice": ["$v", ELEMENTS] } },
        ],
        "default": [],
    } }
}

/// The path and the value of what was held, once it stands alone.
fn child() -> (Document, Document) {
    let of_object = doc! { "$eq": ["$t", "object"] };
    let step = doc! { "$cond": [of_object.clone(), "$c.k", { "$literal": 0 }] };
    let path = doc! { "$concatArrays": ["$p", [step]] };
    let value = doc! { "$cond": [of_object, "$c.v", "$c"] };
    (path, value)
}

/// Open values are replaced by what they hold; nothing is told of them.
fn stepped_into() -> [Document; 3] {
    let (path, value) = child();
    [
        doc! { "$project": { "p": 1, "t": { "$type": "$v" }, "c": held() } },
        doc! { "$unwind": "$c" },
        doc! { "$project": { "p": path, "v": value } },
    ]
}

/// Open values are told, and followed by what they hold; what is told already
/// is passed on. Elements are unwound rather than mapped: an expression for each
/// costs servers many times more.
fn told_and_taken_apart(hints: Hints) -> [Document; 3] {
    let (path, value) = child();
    let first =
        |then: Bson, otherwise: Bson| doc! { "$cond": [{ "$eq": ["$i", 0] }, then, otherwise] };
    let own = |field: &str| first(Bson::String(format!("${field}")), "$$REMOVE".into());
    let mut all = told(hints);
    all.insert("p", 1);
    // The first place stands for the value itself.
    all.insert("c", doc! { "$concatArrays": [[Bson::Null], held()] });
    [
        doc! { "$project": all },
        doc! { "$unwind": { "path": "$c", "includeArrayIndex": "i" } },
        doc! { "$project": {
            "p": first("$p".into(), path.into()),
            "t": own("t"),
            "l": own("l"),
            "m": own("m"),
            "v": first("$$REMOVE".into(), value.into()),
        } },
    ]
}

/// What is told of an open value; what is told already stays as it is.
fn told(hints: Hints) -> Document {
    let already = doc! { "$ne": [{ "$type": "$t" }, "missing"] };
    let unless = |field: &str, then: Bson| {
        let field = format!("${field}");
        doc! { "$cond": [already.clone(), field, then] }
    };
    let length = doc! { "$switch": {
        "branches": [
            { "case": is("string"), "then": { "$strLenCP": "$v" } },
            { "case": is("array"), "then": { "$size": "$v" } },
        ],
        "default": "$$REMOVE",
    } };
    let mut told = doc! {
        "t": unless("t", doc! { "$type": "$v" }.into()),
        "l": unless("l", length.into()),
    };
    let numbers = doc! { "$in": [{ "$type": "$v" }, ["int", "long", "double", "decimal", "date"]] };
    let kept = match hints {
        Hints::None => return told,
        Hints::Numbers => numbers,
        Hints::All => {
            let length = doc! { "$cond": [is("string"), { "$strLenCP": "$v" }, LONGEST_HINT + 1] };
            doc! { "$or": [numbers, { "$lte": [length, LONGEST_HINT] }] }
        }
    };
    told.insert(
        "m",
        unless("m", doc! { "$cond": [kept, "$v", "$$REMOVE"] }.into()),
    );
    told
}

/// Whether an open value holds anything.
fn has_more() -> Document {
    doc! { "$or": [
        { "$and": [is("array"), { "$ne": ["$v", { "$literal": [] }] }] },
        { "$and": [is("object"), { "$ne": ["$v", { "$literal": {} }] }] },
    ] }
}

fn is(name: &str) -> Document {
    doc! { "$eq": [{ "$type": "$v" }, name] }
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
            collection_stats(true).len(),
            index_uses().len(),
            sampled_ids(5, false).len(),
            read(include_str!("pipelines/field_types.json")).len(),
        ];
        assert_eq!(lengths, [2, 2, 2, 3], "as many stages as the files have");
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
