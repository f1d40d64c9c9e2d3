//! Deployments that no test server shows, by answers written down from the
//! documentation of the protocol; not verified on a real deployment.

use db_studio_tests::hostile::mongodb::{
    Answer, Scripted, all_of, primary, refusal, router, secondary, standalone,
};
use engine::conformance::{Fixture, PATIENCE, Recorder};
use engine::{EngineError, InspectScope, OpContext};
use engine_mongodb::ENGINE;
use model::{ObjectKind, SnapshotBuilder};
use mongodb::bson::{Document, doc};

use super::{fixture_at, read};

fn build(version: &str) -> (&'static str, Answer) {
    ("buildInfo", Answer::Say(doc! { "version": version }))
}

async fn refused(fixture: &Fixture) -> EngineError {
    let opened = fixture.open(&ENGINE, &Recorder::new()).await;
    opened.err().expect("it cannot be opened")
}

#[tokio::test]
async fn an_old_server_is_named_by_its_version() {
    let server = Scripted::answering(standalone(7), []);
    let error = refused(&fixture_at(&server.url(""), "shop")).await;
    let told = error.to_string();
    assert_eq!(
        told, "MongoDB 4.0 is too old; 4.4 or newer can be read.",
        "{error:?}"
    );
}

#[tokio::test]
async fn another_replica_set_than_the_one_asked_for_is_named() {
    let server = Scripted::answering(standalone(21), []);
    server.greet(primary("blue", &[server.address()], server.address()));
    let error = refused(&fixture_at(&server.url("replicaSet=green"), "shop")).await;
    assert!(
        matches!(&error, EngineError::InvalidTarget { field, message, .. }
            if field == "replica_set" && message.contains("blue")),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_set_without_a_primary_is_read_from_its_secondary() {
    let server = Scripted::answering(
        standalone(21),
        [
            build("7.0.1"),
            (
                "listCollections",
                all_of("shop.$cmd.listCollections", vec![]),
            ),
        ],
    );
    server.greet(secondary("blue", &[server.address()], server.address()));
    let fixture = fixture_at(&server.url(""), "shop");
    let snapshot = read(&fixture).await;
    assert!(
        snapshot.all().any(|walker| walker.name() == "shop"),
        "it was read"
    );
    let asked = server.heard("listCollections");
    let preference = asked
        .first()
        .and_then(|said| said.get_document("$readPreference").ok());
    let mode = preference.and_then(|said| said.get_str("mode").ok());
    assert_eq!(
        mode,
        Some("secondaryPreferred"),
        "as a reader that prefers it: {asked:?}"
    );
    let strict = fixture_at(&server.url("readPreference=primary"), "shop");
    let error = refused(&strict).await;
    assert!(
        matches!(error, EngineError::NotReady { .. }),
        "there is no primary: {error:?}"
    );
}

#[tokio::test]
async fn a_server_that_is_shutting_down_is_not_ready() {
    let server = Scripted::answering(standalone(21), []);
    let words = refusal(91, "ShutdownInProgress", "The server is in quiesce mode");
    let stopping = Scripted::answering(standalone(21), [("buildInfo", words)]);
    drop(server);
    let Answer::Say(said) = refusal(11600, "InterruptedAtShutdown", "interrupted") else {
        return;
    };
    stopping.greet(said);
    let error = refused(&fixture_at(&stopping.url(""), "shop")).await;
    assert!(matches!(error, EngineError::NotReady { .. }), "{error:?}");
}

#[tokio::test]
async fn shards_zones_and_shard_keys_are_read_from_a_router() {
    let orders = doc! { "name": "orders", "type": "collection", "options": {}, "info": {} };
    let sharded = doc! { "_id": "shop.orders", "key": { "region": 1, "_id": "hashed" }, "unique": true, "noBalance": true };
    let tag = doc! { "ns": "shop.orders", "min": { "region": "a" }, "max": { "region": "m" }, "tag": "EU" };
    let id = doc! { "v": 2, "key": { "_id": 1 }, "name": "_id_" };
    let text = doc! {
        "v": 2, "key": { "_fts": "text", "_ftsx": 1 }, "name": "words",
        "weights": { "note": 10, "title": 1 }, "default_language": "german",
        "language_override": "lang", "textIndexVersion": 3,
    };
    let nothing = |count: usize| -> Vec<(&str, Answer)> {
        (0..count)
            .map(|_| ("aggregate", all_of("shop.orders", Vec::<Document>::new())))
            .collect()
    };
    let mut answers = vec![
        build("7.0.1"),
        ("dbStats", Answer::Say(doc! { "objects": 5 })),
        (
            "listCollections",
            all_of("shop.$cmd.listCollections", vec![orders]),
        ),
        ("find", all_of("config.collections", vec![sharded])),
        (
            "find",
            all_of(
                "config.databases",
                vec![doc! { "_id": "shop", "primary": "one" }],
            ),
        ),
        ("find", all_of("admin.system.roles", vec![])),
        ("find", all_of("config.tags", vec![tag])),
        ("listIndexes", all_of("shop.orders", vec![id, text])),
        (
            "listShards",
            Answer::Say(doc! { "shards": [
                { "_id": "one", "host": "rs1/a:27018,b:27018", "tags": ["EU"] },
            ] }),
        ),
    ];
    answers.extend(nothing(1));
    let server = Scripted::answering(router(21), answers);
    let snapshot = read(&fixture_at(&server.url(""), "shop")).await;
    let outline = snapshot.outline();
    for expected in [
        "database shop primary_shard=one",
        "shard one rs1/a:27018,b:27018 hosts=[a:27018, b:27018] zones=[EU]",
        "shard_key=\"{\"\"region\"\":1,\"\"_id\"\":\"\"hashed\"\"}\" shard_unique unbalanced",
        "index words text (note, title)",
        "default_language=german",
        "EU: shop.orders from",
    ] {
        assert!(
            outline.contains(expected),
            "{expected} is not in\n{outline}"
        );
    }
    let zones = snapshot
        .all()
        .filter(|walker| walker.kind() == ObjectKind::Zone)
        .count();
    assert_eq!(zones, 1, "one range");
}

#[tokio::test]
async fn documents_that_may_not_be_read_leave_their_collection_with_a_grant() {
    let listed =
        |name: &str| doc! { "name": name, "type": "collection", "options": {}, "info": {} };
    let id = doc! { "v": 2, "key": { "_id": 1 }, "name": "_id_" };
    let server = Scripted::answering(
        standalone(21),
        [
            build("7.0.1"),
            (
                "listCollections",
                all_of("shop.$cmd.listCollections", vec![listed("a"), listed("b")]),
            ),
            ("listIndexes", all_of("shop.a", vec![id])),
            (
                "aggregate",
                refusal(13, "Unauthorized", "not authorized on shop"),
            ),
        ],
    );
    let snapshot = read(&fixture_at(&server.url(""), "shop")).await;
    let indexes = snapshot
        .all()
        .filter(|walker| walker.kind() == ObjectKind::Index)
        .count();
    assert_eq!(indexes, 2, "both collections with their indexes");
    let told: Vec<_> = snapshot
        .warnings()
        .iter()
        .filter(|warning| warning.reason.contains("its documents"))
        .collect();
    assert_eq!(told.len(), 2, "each is told: {:?}", snapshot.warnings());
    let helped = told
        .iter()
        .all(|warning| warning.grant.is_some() && !warning.unseen);
    assert!(
        helped,
        "with a grant, and what is known of its fields stays: {told:?}"
    );
}

#[tokio::test]
async fn a_count_that_takes_too_long_is_a_warning_there() {
    let listed = doc! { "name": "slow", "type": "collection", "options": {}, "info": {} };
    let server = Scripted::answering(
        standalone(21),
        [
            build("7.0.1"),
            (
                "listCollections",
                all_of("shop.$cmd.listCollections", vec![listed]),
            ),
            ("listIndexes", all_of("shop.slow", vec![])),
            (
                "aggregate",
                refusal(50, "MaxTimeMSExpired", "operation exceeded time limit"),
            ),
        ],
    );
    let snapshot = read(&fixture_at(&server.url(""), "shop")).await;
    let slow = snapshot.all().find(|walker| walker.name() == "slow");
    assert!(slow.is_some(), "the collection is there all the same");
    let told = snapshot
        .warnings()
        .iter()
        .any(|warning| warning.reason.contains("longer than allowed"));
    assert!(
        told,
        "and why its fields are not: {:?}",
        snapshot.warnings()
    );
}

#[tokio::test]
async fn what_is_stopped_is_stopped_on_the_secondary_that_does_it() {
    let listed = doc! { "name": "slow", "type": "collection", "options": {}, "info": {} };
    let server = Scripted::answering(
        standalone(21),
        [
            build("7.0.1"),
            (
                "listCollections",
                all_of("shop.$cmd.listCollections", vec![listed]),
            ),
            ("listIndexes", Answer::Hang),
            ("killSessions", Answer::Say(doc! {})),
        ],
    );
    server.greet(secondary("blue", &[server.address()], server.address()));
    let fixture = fixture_at(&server.url(""), "shop");
    let mut session = fixture.open(&ENGINE, &Recorder::new()).await.unwrap();
    let cx = OpContext::lasting(PATIENCE);
    let scope = InspectScope::database("shop");
    let (asked, stop) = (&server, cx.cancellation().clone());
    let when_it_hangs = async move {
        while asked.heard("listIndexes").is_empty() {
            tokio::task::yield_now().await;
        }
        stop.cancel();
    };
    let mut out = SnapshotBuilder::default();
    let (read, ()) = tokio::join!(session.inspect(&scope, &mut out, &cx), when_it_hangs);
    assert!(matches!(read, Err(EngineError::Cancelled)), "{read:?}");
    session.canceller().cancel().await;
    let told = server.heard("killSessions");
    let ids = told
        .iter()
        .filter_map(|said| said.get_array("killSessions").ok());
    assert!(
        ids.clone().next().is_some() && ids.clone().all(|ids| !ids.is_empty()),
        "there is no primary that could be asked: {told:?}"
    );
    session.close().await;
}

#[tokio::test]
async fn time_series_are_asked_for_sizes_only_and_refused_counts_are_made_up_for() {
    let listed =
        |name: &str, kind: &str| doc! { "name": name, "type": kind, "options": {}, "info": {} };
    let series = listed("series", "timeseries");
    let stored = listed("stored", "collection");
    let server = Scripted::answering(
        standalone(21),
        [
            build("7.0.1"),
            (
                "listCollections",
                all_of("shop.$cmd.listCollections", vec![series, stored]),
            ),
            ("listIndexes", all_of("shop.any", vec![])),
            ("count", Answer::Say(doc! { "n": 12 })),
            (
                "aggregate",
                refusal(13, "Unauthorized", "not authorized on shop"),
            ),
        ],
    );
    let snapshot = read(&fixture_at(&server.url(""), "shop")).await;
    let counted = |name: &str| {
        let found = snapshot.all().find(|walker| walker.name() == name);
        let rows = found.expect("it is there").object().statistics.rows;
        rows.map(|rows| rows.get())
    };
    assert_eq!(
        counted("stored"),
        Some(12),
        "by the command that it may use"
    );
    assert_eq!(counted("series"), None, "its buckets are not its documents");
    let asks_for_a_count = |asked: &Document| {
        let stages = asked.get_array("pipeline").into_iter().flatten();
        let mut stages =
            stages.filter_map(|stage| stage.as_document()?.get_document("$collStats").ok());
        let named = asked
            .get_str("aggregate")
            .is_ok_and(|name| name == "series");
        named && stages.any(|stage| stage.contains_key("count"))
    };
    let refused = server.heard("aggregate").iter().any(asks_for_a_count);
    assert!(
        !refused,
        "servers refuse to count what they keep in buckets"
    );
}

#[tokio::test]
async fn a_view_that_is_too_much_to_choose_from_is_read_from_its_beginning() {
    let view = doc! { "name": "large", "type": "view", "options": { "viewOn": "a", "pipeline": [] }, "info": {} };
    let documents = vec![doc! { "_id": 1, "a": 1 }, doc! { "_id": 2 }];
    let server = Scripted::answering(
        standalone(21),
        [
            build("7.0.1"),
            (
                "listCollections",
                all_of("shop.$cmd.listCollections", vec![view]),
            ),
            (
                "aggregate",
                refusal(
                    292,
                    "QueryExceededMemoryLimitNoDiskUseAllowed",
                    "Sort exceeded memory limit",
                ),
            ),
            ("aggregate", all_of("shop.large", documents)),
        ],
    );
    let snapshot = read(&fixture_at(&server.url(""), "shop")).await;
    let fields = snapshot
        .all()
        .filter(|walker| walker.kind() == ObjectKind::Field)
        .count();
    assert_eq!(fields, 2, "of what was read: {}", snapshot.outline());
    let asked = server.heard("aggregate");
    let stages = asked
        .last()
        .and_then(|asked| asked.get_array("pipeline").ok())
        .and_then(|stages| stages.first()?.as_document());
    assert!(
        stages.is_some_and(|stage| stage.contains_key("$limit")),
        "choosing again would fail again: {stages:?}"
    );
    let told = snapshot
        .warnings()
        .iter()
        .any(|warning| warning.reason.contains("the first 2 of its documents"));
    assert!(
        told,
        "not by chance, and said so: {:?}",
        snapshot.warnings()
    );
}

#[tokio::test]
async fn a_server_that_overlooks_its_time_limit_is_asked_for_documents_instead() {
    let view = doc! { "name": "slow", "type": "view", "options": { "viewOn": "a", "pipeline": [] }, "info": {} };
    let server = Scripted::answering(
        standalone(21),
        [
            build("7.0.1"),
            (
                "listCollections",
                all_of("shop.$cmd.listCollections", vec![view]),
            ),
            ("aggregate", Answer::Hang),
            ("aggregate", all_of("shop.slow", vec![doc! { "_id": 1 }])),
            ("killSessions", Answer::Say(doc! {})),
        ],
    );
    let mut fixture = fixture_at(&server.url(""), "shop");
    fixture.target = fixture.target.with("sample_time", "1");
    let snapshot = read(&fixture).await;
    let fields = snapshot
        .all()
        .filter(|walker| walker.kind() == ObjectKind::Field)
        .count();
    assert_eq!(fields, 1, "what came instead: {}", snapshot.outline());
}
