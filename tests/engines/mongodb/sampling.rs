//! Samples of documents: what is counted is what is there, however it is nested,
//! named or typed, and however much of it there is.

use db_studio_tests::MongoDb;
use model::ObjectKind;
use model::snapshot::{Detail, Sample, Walker};
use mongodb::bson::{Bson, Document, doc};

use super::{fixture, read};

fn collection<'s>(snapshot: &'s model::Snapshot, name: &str) -> Walker<'s> {
    snapshot
        .all()
        .find(|walker| walker.kind() == ObjectKind::Collection && walker.name() == name)
        .expect("the collection is there")
}

fn sample_of<'s>(collection: Walker<'s>, field: &str) -> &'s Sample {
    let field = collection
        .children_of(ObjectKind::Field)
        .find(|walker| walker.name() == field)
        .unwrap_or_else(|| panic!("there is a field {field}:\n{}", collection.outline()));
    field.object().sample.as_deref().expect("it was seen")
}

fn gist(sample: &Sample) -> String {
    let types = sample
        .types
        .iter()
        .map(|known| format!("{} {}", known.count.get(), known.name));
    let types: Vec<String> = types.collect();
    format!(
        "{}/{} {}",
        sample.present.get(),
        sample.of.get(),
        types.join(", ")
    )
}

#[tokio::test]
async fn presence_is_counted_among_what_could_hold_it() {
    let database = MongoDb::shared().await.fresh_database().await;
    let documents = vec![
        doc! { "_id": 1, "a": { "b": 1 }, "list": [{ "x": 1 }, { "x": "one", "y": true }, 5] },
        doc! { "_id": 2, "a": { "b": 2.5, "c": null }, "list": [] },
        doc! { "_id": 3, "a": "text", "list": [[1, [2]], []] },
        doc! { "_id": 4 },
    ];
    database.insert("things", documents).await;
    let snapshot = read(&fixture(&database)).await;
    let things = collection(&snapshot, "things");
    let told = |field: &str| gist(sample_of(things, field));
    assert_eq!(told("_id"), "4/4 4 int", "all documents");
    assert_eq!(told("a"), "3/4 2 object, 1 string", "three of four");
    assert_eq!(told("a.b"), "2/2 1 double, 1 int", "of two subdocuments");
    assert_eq!(told("a.c"), "1/2 1 null", "null is there");
    assert_eq!(told("list"), "3/4 3 array", "an empty one is there too");
    assert_eq!(
        told("list.[]"),
        "2/3 2 array, 2 object, 1 int",
        "two of three hold something"
    );
    assert_eq!(
        told("list.[].x"),
        "2/2 1 int, 1 string",
        "of the elements that are objects"
    );
    assert_eq!(told("list.[].y"), "1/2 1 bool", "in one of them");
    assert_eq!(told("list.[].[]"), "1/2 1 array, 1 int", "arrays of arrays");
    assert_eq!(told("list.[].[].[]"), "1/1 1 int", "and again");
    let list = sample_of(things, "list");
    assert_eq!(
        (list.shortest, list.longest),
        (Some(0), Some(3)),
        "elements of the array"
    );
    let looked_at = things.object().sample.as_deref().expect("it was sampled");
    assert_eq!(
        (looked_at.of.get(), looked_at.whole),
        (4, true),
        "every document"
    );
}

#[tokio::test]
async fn sixty_levels_are_followed_to_the_end() {
    let database = MongoDb::shared().await.fresh_database().await;
    let mut deep = doc! { "end": "here" };
    let mut lists = Bson::Int32(1);
    for level in (1..60).rev() {
        deep = doc! { format!("l{level}"): deep };
        lists = Bson::Array(vec![lists]);
    }
    database
        .insert("deep", vec![doc! { "_id": 1, "lists": lists, "l": deep }])
        .await;
    let snapshot = read(&fixture(&database)).await;
    let deep = collection(&snapshot, "deep");
    let path: Vec<String> = (1..60).map(|level| format!("l{level}")).collect();
    let end = format!("l.{}.end", path.join("."));
    assert_eq!(
        gist(sample_of(deep, &end)),
        "1/1 1 string",
        "the innermost field"
    );
    let innermost = format!("lists{}", ".[]".repeat(59));
    assert_eq!(
        gist(sample_of(deep, &innermost)),
        "1/1 1 int",
        "the innermost element"
    );
    assert_eq!(snapshot.warnings(), [], "and nothing was left out");
}

#[tokio::test]
async fn five_thousand_different_fields_are_all_there() {
    let database = MongoDb::shared().await.fresh_database().await;
    let documents = (0..50).map(|n| {
        let fields = (0..100).map(|field| (format!("f{:04}", n * 100 + field), Bson::Int32(field)));
        let mut document = doc! { "_id": n };
        document.extend(fields);
        document
    });
    database.insert("wide", documents).await;
    let snapshot = read(&fixture(&database)).await;
    let wide = collection(&snapshot, "wide");
    let fields = wide.children_of(ObjectKind::Field).count();
    assert_eq!(fields, 5001, "each of them, and the id");
    assert_eq!(
        gist(sample_of(wide, "f4999")),
        "1/50 1 int",
        "the last as well"
    );
}

#[tokio::test]
async fn beyond_the_bound_the_most_frequent_fields_are_kept_and_it_is_told() {
    let database = MongoDb::shared().await.fresh_database().await;
    let documents = (0..220).map(|n| {
        let fields = (0..100).map(|field| (format!("key{}", n * 100 + field), Bson::Int32(field)));
        let mut document = doc! { "_id": n, "always": n };
        document.extend(fields);
        document
    });
    database.insert("map", documents).await;
    let snapshot = read(&fixture(&database)).await;
    let map = collection(&snapshot, "map");
    let kept = map.children_of(ObjectKind::Field).count();
    assert!((20_000..20_010).contains(&kept), "up to the bound: {kept}");
    assert_eq!(
        gist(sample_of(map, "always")),
        "220/220 220 int",
        "what all have is not lost"
    );
    let told = snapshot
        .warnings()
        .iter()
        .any(|warning| warning.reason.contains("20000"));
    assert!(told, "the rest is told: {:?}", snapshot.warnings());
}

#[tokio::test]
async fn documents_of_sixteen_megabytes_are_looked_at() {
    let database = MongoDb::shared().await.fresh_database().await;
    for id in 0..4 {
        let long = "x".repeat(15 << 20);
        let numbers: Vec<i32> = (0..5_000).collect();
        database
            .insert(
                "large",
                vec![doc! { "_id": id, "long": long, "numbers": numbers }],
            )
            .await;
    }
    let snapshot = read(&fixture(&database)).await;
    let large = collection(&snapshot, "large");
    let long = sample_of(large, "long");
    assert_eq!(long.longest, Some(15 << 20), "its length was counted");
    assert_eq!(long.greatest, None, "and it was not kept");
    assert_eq!(
        sample_of(large, "numbers").longest,
        Some(5_000),
        "all elements counted"
    );
}

#[tokio::test]
async fn hostile_names_are_names() {
    let database = MongoDb::shared().await.fresh_database().await;
    let long = "n".repeat(3000);
    let names = [
        "a.b",
        "$where",
        "__proto__",
        "<script>alert(1)</script>",
        "zeile\nzwei",
        "ünïcödé 🦀",
        "",
        "[]",
        "\\[]",
        "back\\slash",
        " ",
        &long,
    ];
    let mut document = Document::new();
    document.insert("_id", 1);
    for name in names {
        document.insert(name, 1);
    }
    database.insert("hostile", vec![document]).await;
    let snapshot = read(&fixture(&database)).await;
    let hostile = collection(&snapshot, "hostile");
    let found: Vec<String> = hostile
        .children_of(ObjectKind::Field)
        .filter_map(|field| match &field.object().detail {
            Detail::Field(facts) => facts.path.first().map(ToString::to_string),
            _ => None,
        })
        .collect();
    for name in names {
        let name = match name {
            "[]" => "\\[]",
            "\\[]" => "\\\\[]",
            name => name,
        };
        let times = found.iter().filter(|known| *known == name).count();
        assert_eq!(times, 1, "{name} is there: {found:?}");
    }
    let escaped = hostile
        .children_of(ObjectKind::Field)
        .any(|field| field.name() == "a\\.b");
    assert!(
        escaped,
        "a dot within a name is told from one between names"
    );
}

#[tokio::test]
async fn names_that_a_collation_calls_equal_are_counted_apart() {
    let database = MongoDb::shared().await.fresh_database().await;
    let collation = doc! { "locale": "de", "strength": 2 };
    database
        .run(doc! { "create": "people", "collation": collation.clone() })
        .await;
    let documents = vec![
        doc! { "_id": "a", "Name": 1, "name": "x" },
        doc! { "_id": "b", "NAME": 2 },
    ];
    database.insert("people", documents).await;
    database
        .run(doc! { "create": "seen", "viewOn": "people", "pipeline": [], "collation": collation })
        .await;
    let snapshot = read(&fixture(&database)).await;
    let people = collection(&snapshot, "people");
    let view = snapshot
        .all()
        .find(|walker| walker.kind() == ObjectKind::View)
        .expect("the view is there");
    for relation in [people, view] {
        for (field, told) in [
            ("Name", "1/2 1 int"),
            ("name", "1/2 1 string"),
            ("NAME", "1/2 1 int"),
        ] {
            assert_eq!(gist(sample_of(relation, field)), told, "{field} by itself");
        }
    }
    let all = view.object().sample.as_deref().expect("it was sampled");
    assert!(!all.whole, "what was read here was chosen by chance");
}

#[tokio::test]
async fn all_of_a_small_view_and_of_a_small_time_series_is_said_to_be_all() {
    let database = MongoDb::shared().await.fresh_database().await;
    database
        .insert("things", vec![doc! { "a": 1 }, doc! { "a": 2 }])
        .await;
    database
        .run(doc! { "create": "seen", "viewOn": "things", "pipeline": [{ "$match": { "a": 2 } }] })
        .await;
    database
        .run(doc! { "create": "series", "timeseries": { "timeField": "at" } })
        .await;
    let measured = doc! { "at": mongodb::bson::DateTime::now(), "value": 1 };
    database.insert("series", vec![measured]).await;
    let snapshot = read(&fixture(&database)).await;
    for name in ["seen", "series"] {
        let relation = snapshot.all().find(|walker| walker.name() == name);
        let relation = relation.expect("it is there").object();
        let sample = relation.sample.as_deref().expect("it was sampled");
        assert_eq!((sample.of.get(), sample.whole), (1, true), "{name}");
        assert!(
            relation.statistics.rows.is_none(),
            "{name}: nobody counts them"
        );
    }
}

/// Counts by path and type, made without the engine.
fn counted(documents: &[Document]) -> std::collections::BTreeMap<(String, String), u64> {
    fn count(
        value: &Bson,
        path: &str,
        all: &mut std::collections::BTreeMap<(String, String), u64>,
    ) {
        let name = match value {
            Bson::Document(_) => "object",
            Bson::Array(_) => "array",
            Bson::String(_) => "string",
            Bson::Int32(_) => "int",
            Bson::Int64(_) => "long",
            Bson::Double(_) => "double",
            Bson::Boolean(_) => "bool",
            Bson::Null => "null",
            other => panic!("{other} is not made here"),
        };
        if !path.is_empty() {
            *all.entry((path.to_owned(), name.to_owned())).or_default() += 1;
        }
        let dot = if path.is_empty() { "" } else { "." };
        match value {
            Bson::Document(fields) => {
                for (name, value) in fields {
                    let name = name.replace('\\', "\\\\").replace('.', "\\.");
                    count(value, &format!("{path}{dot}{name}"), all);
                }
            }
            Bson::Array(elements) => {
                for element in elements {
                    count(element, &format!("{path}{dot}[]"), all);
                }
            }
            _ => {}
        }
    }
    let mut all = std::collections::BTreeMap::new();
    for document in documents {
        count(&Bson::Document(document.clone()), "", &mut all);
    }
    all
}

fn any_value() -> impl proptest::strategy::Strategy<Value = Bson> {
    use proptest::prelude::*;
    let leaf = prop_oneof![
        any::<i32>().prop_map(Bson::Int32),
        any::<i64>().prop_map(Bson::Int64),
        any::<f64>().prop_map(Bson::Double),
        any::<bool>().prop_map(Bson::Boolean),
        "[^\0]{0,8}".prop_map(Bson::String),
        Just(Bson::Null),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Bson::Array),
            proptest::collection::vec(("[ab.$ü<_-]{1,3}", inner), 0..5)
                .prop_map(|fields| Bson::Document(fields.into_iter().collect())),
        ]
    })
}

#[tokio::test]
async fn counts_of_any_documents_are_those_of_an_independent_count() {
    use proptest::strategy::{Strategy as _, ValueTree as _};
    let database = MongoDb::shared().await.fresh_database().await;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut collections = Vec::new();
    for number in 0..12 {
        let documents: Vec<Document> = (0..20)
            .map(|id| {
                let value = any_value().new_tree(&mut runner).unwrap().current();
                doc! { "_id": id, "value": value }
            })
            .collect();
        let name = format!("c{number}");
        database.insert(&name, documents.clone()).await;
        collections.push((name, documents));
    }
    let snapshot = read(&fixture(&database)).await;
    for (name, documents) in collections {
        let expected = counted(&documents);
        let mut found = std::collections::BTreeMap::new();
        for field in collection(&snapshot, &name).children_of(ObjectKind::Field) {
            let sample = field.object().sample.as_deref().expect("it was seen");
            for known in &sample.types {
                let key = (field.name().to_owned(), known.name.to_string());
                found.insert(key, known.count.get());
            }
        }
        assert_eq!(found, expected, "{name}: {documents:?}");
    }
}
