//! Commands that we render make the same collections again.

use db_studio_tests::MongoDb;
use engine::OpContext;
use engine::conformance::{PATIENCE, Recorder};
use engine_mongodb::ENGINE;
use model::{ObjectKind, Snapshot};
use mongodb::bson::{Bson, Document, doc};

use super::{fixture, read};

/// The arguments of a call in a shell, read as extended JSON.
fn arguments(text: &str) -> Vec<Bson> {
    let text = text.trim().trim_end_matches(';');
    let text = text.strip_suffix(')').unwrap_or(text);
    serde_json::from_str(&format!("[{text}]")).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The commands behind what a shell is given.
fn commands(script: &str) -> Vec<Document> {
    let mut commands = Vec::new();
    for call in script.split("db.").filter(|call| !call.trim().is_empty()) {
        if let Some(rest) = call.strip_prefix("createCollection(") {
            let arguments = arguments(rest);
            let mut command = doc! { "create": arguments[0].clone() };
            command.extend(
                arguments
                    .get(1)
                    .and_then(Bson::as_document)
                    .cloned()
                    .unwrap_or_default(),
            );
            commands.push(command);
        } else if let Some(rest) = call.strip_prefix("createView(") {
            let arguments = arguments(rest);
            let mut command = doc! { "create": arguments[0].clone(), "viewOn": arguments[1].clone(), "pipeline": arguments[2].clone() };
            command.extend(
                arguments
                    .get(3)
                    .and_then(Bson::as_document)
                    .cloned()
                    .unwrap_or_default(),
            );
            commands.push(command);
        } else if let Some(rest) = call.strip_prefix("getCollection(") {
            let (name, rest) = rest
                .split_once(").createIndex(")
                .expect("a call of createIndex");
            let name = arguments(name).remove(0);
            let arguments = arguments(rest);
            let mut index = doc! { "key": arguments[0].clone() };
            index.extend(
                arguments
                    .get(1)
                    .and_then(Bson::as_document)
                    .cloned()
                    .unwrap_or_default(),
            );
            commands.push(doc! { "createIndexes": name, "indexes": [index] });
        } else {
            panic!("{call} is no call that is known");
        }
    }
    commands
}

/// What of a database is made by commands, without its documents.
fn made(snapshot: &Snapshot) -> String {
    let outline = snapshot.outline();
    let lines = outline
        .lines()
        .skip(1)
        .filter(|line| !line.starts_with("server") && !line.starts_with("warning"));
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn what_is_rendered_makes_the_same_again() {
    let server = MongoDb::shared().await;
    let (first, second) = (server.fresh_database().await, server.fresh_database().await);
    let everything: Vec<Document> =
        serde_json::from_str(include_str!("../../fixtures/mongodb/everything.json")).unwrap();
    for command in everything {
        if !command.contains_key("insert") {
            first.run(command).await;
        }
    }
    let fixture_of_first = fixture(&first);
    let before = read(&fixture_of_first).await;
    let mut session = fixture_of_first
        .open(&ENGINE, &Recorder::new())
        .await
        .unwrap();
    let cx = OpContext::lasting(PATIENCE);
    let mut rendered = 0;
    for relation in before.all().filter(|walker| walker.kind().is_relation()) {
        let definition = session
            .definition(&relation.path(), &cx)
            .await
            .expect("it has one");
        assert!(definition.rendered, "no server keeps them");
        for command in commands(&definition.text) {
            let own = command
                .get_array("indexes")
                .ok()
                .and_then(|list| list.first()?.as_document()?.get_str("name").ok());
            // A time series brings its own index along.
            if relation.name() == "readings" && own.is_some() {
                continue;
            }
            second.run(command).await;
        }
        rendered += 1;
    }
    session.close().await;
    assert_eq!(rendered, 6, "each collection and view");
    let after = read(&fixture(&second)).await;
    assert_eq!(
        made(&before),
        made(&after),
        "the same options, validators and indexes"
    );
    let views = after
        .all()
        .filter(|walker| walker.kind() == ObjectKind::View)
        .count();
    assert_eq!(views, 1, "the view too");
}

#[tokio::test]
async fn an_index_without_the_collation_of_its_collection_is_told_and_made_again() {
    let database = MongoDb::shared().await.fresh_database().await;
    database
        .run(doc! { "create": "people", "collation": { "locale": "de", "strength": 2 } })
        .await;
    let simple = doc! { "key": { "b": 1 }, "name": "simple", "collation": { "locale": "simple" } };
    let inherits = doc! { "key": { "a": 1 }, "name": "inherits" };
    database
        .run(doc! { "createIndexes": "people", "indexes": [simple, inherits] })
        .await;
    let fixture = fixture(&database);
    let snapshot = read(&fixture).await;
    let index = |name: &str| {
        let found = snapshot.all().find(|walker| walker.name() == name);
        found.expect("the index is there")
    };
    let has_own = |name: &str| {
        let attributes = &index(name).object().attributes;
        attributes.iter().any(|known| &*known.key == "collation")
    };
    assert!(has_own("simple"), "it compares bytes");
    assert!(
        !has_own("inherits") && !has_own("_id_"),
        "as the collection does"
    );
    let mut session = fixture.open(&ENGINE, &Recorder::new()).await.unwrap();
    let cx = OpContext::lasting(PATIENCE);
    let definition = session.definition(&index("simple").path(), &cx).await;
    let text = definition.expect("it has one").text;
    session.close().await;
    let command = commands(&text).remove(0);
    let made = command.get_array("indexes").unwrap()[0]
        .as_document()
        .unwrap();
    let collation = made.get_document("collation").expect("said, not inherited");
    assert_eq!(collation.get_str("locale").ok(), Some("simple"), "{text}");
}
