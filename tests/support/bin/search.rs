//! Measures the search over many names and prints each class of queries as a line of
//! JSON. `tests/bench/search.mjs` builds and runs it; the numbers are read there.
//!
//! Arguments: a SQLite file, how often it is kept as a connection, rounds. Of each query it
//! tells whether it was answered as written or names with slips were looked for too, as the
//! search itself says in its log.

// What is printed is the result, and a measurement that cannot go on has failed.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use model::{ConnectionDraft, ConnectionId, Secret, SystemClock, Target};
use serde_json::json;
use services::view::{PasswordInput, SearchRequest, SyncScope};
use services::{NoEvents, Parts, REGISTRY, Studio};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};

/// Whether names with slips were looked for since this was last set.
static SLIPS: AtomicBool = AtomicBool::new(false);

const CLASSES: &[(&str, &[&str])] = &[
    (
        "1 letter",
        &[
            "a", "e", "i", "s", "t", "c", "d", "n", "m", "p", "x", "z", "q", "j", "_", "1",
        ],
    ),
    (
        "2 letters",
        &[
            "id", "na", "cu", "st", "or", "in", "te", "re", "us", "co", "er", "zz", "_i", "x_",
        ],
    ),
    (
        "3 and more letters",
        &[
            "cus",
            "ord",
            "idx",
            "key",
            "sta",
            "num",
            "email",
            "status",
            "amount",
            "created",
            "number",
            "invoice",
            "_check",
            "reference",
            "warehouse_map",
            "nothing_like_it_is",
        ],
    ),
    (
        "as one types a name",
        &[
            "c",
            "cu",
            "cus",
            "cust",
            "custo",
            "custom",
            "custome",
            "customer",
            "customer_",
            "customer_h",
            "customer_hi",
            "customer_his",
        ],
    ),
    (
        "several words",
        &[
            "customer email",
            "orders status",
            "order.number",
            "order total id",
            "invoice item amount",
            "invoice check",
            "id number",
            "account id number",
            "archive reference",
            "in e",
            "e a",
            "st at",
            "us er id",
            "x y",
            "n 1",
            "main number",
            "main.customer_archive.id",
            "main index order",
            "in:customer e",
            "in:order id number",
            "in:kept-2 email id",
            "kind:column order id",
            "session token created",
            "order staus",
            "custmer emial",
        ],
    ),
    (
        "misspelt",
        &[
            "cutsomer",
            "statsu",
            "adress",
            "reciept",
            "invocie",
            "warehosue",
            "shipmnet staus",
            "subscribtion",
            "extenal_reference",
            "regsitration",
            "curency",
            "zzzzzzzz",
        ],
    ),
    (
        "filters",
        &[
            "kind:table",
            "kind:index order",
            "kind:column id",
            "in:kept-1 email",
            "in:customer",
            "type:uuid",
            "type:numeric amount",
            "kind:column in:customer id",
            "kind:check",
            "in:customer type:varchar",
            "in:nowhere e",
        ],
    ),
];

#[tokio::main]
async fn main() {
    tracing::subscriber::set_global_default(Ear).unwrap();
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().unwrap();
    let times: u32 = arguments.next().unwrap().parse().unwrap();
    let rounds: u32 = arguments.next().unwrap().parse().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let studio = studio(folder.path());
    let passphrase = || Secret::new("three quiet herons at dusk".to_owned());
    studio
        .sign_up("Ada".to_owned(), passphrase())
        .await
        .unwrap();
    for number in 1..=times {
        keep(&studio, &format!("kept-{number}"), &file).await;
    }

    let began = Instant::now();
    let all = search(&studio, "e").await;
    let loading = began.elapsed();
    let names = search(&studio, "kind:").await.0 + count_all(&studio).await;
    println!(
        "{}",
        json!({
            "names": names,
            "found": all.0,
            "load_ms": millis(loading),
        })
    );
    for (class, queries) in CLASSES {
        let mut taken: Vec<_> = queries.iter().map(|_| Vec::new()).collect();
        let (mut found, mut slips) = (Vec::new(), Vec::new());
        for round in 0..=rounds {
            for (query, taken) in queries.iter().zip(&mut taken) {
                SLIPS.store(false, Ordering::SeqCst);
                let (total, took) = search(&studio, query).await;
                // The first round warms the caches.
                if round > 0 {
                    taken.push(millis(took));
                } else {
                    found.push(total);
                    slips.push(SLIPS.load(Ordering::SeqCst));
                }
            }
        }
        println!(
            "{}",
            json!({
                "class": class,
                "queries": queries,
                "found": found,
                "slips": slips,
                "ms": taken,
            })
        );
    }
    unchanged(&studio).await;
}

/// The first search after a sync that changed nothing.
async fn unchanged(studio: &Studio) {
    let id = studio.connections().await.unwrap()[0].connection.id;
    sync(studio, id).await;
    let (_, took) = search(studio, "customer").await;
    println!("{}", json!({"after_unchanged_sync_ms": millis(took)}));
}

/// How many objects there are, counted by what everything is called by.
async fn count_all(studio: &Studio) -> u32 {
    let mut total = 0;
    for kind in [
        "database",
        "schema",
        "table",
        "view",
        "column",
        "index",
        "primary",
        "unique",
        "check",
        "foreign_key",
    ] {
        total += search(studio, &format!("kind:{kind}")).await.0;
    }
    total
}

async fn search(studio: &Studio, text: &str) -> (u32, Duration) {
    let request = SearchRequest {
        text: text.to_owned(),
        kinds: Vec::new(),
        connections: Vec::new(),
        limit: 50,
    };
    let began = Instant::now();
    let results = studio.search(request).await.unwrap();
    (results.total, began.elapsed())
}

async fn keep(studio: &Studio, name: &str, file: &str) {
    let mut target = Target::new("sqlite");
    target.set(model::connection::field::FILE, file);
    let draft = ConnectionDraft::new(name, target);
    let card = studio
        .create_connection(draft, PasswordInput::None)
        .await
        .unwrap();
    sync(studio, card.connection.id).await;
}

async fn sync(studio: &Studio, id: ConnectionId) {
    let ended = studio.sync_to_end(id, SyncScope::Connection).await.unwrap();
    assert!(ended.error.is_none(), "the file is read: {:?}", ended.error);
}

fn studio(folder: &Path) -> Studio {
    Studio::open(Parts {
        folder: folder.to_owned(),
        registry: REGISTRY,
        stores: Arc::new(vault::memory::MemoryStores::default()),
        clock: Arc::new(SystemClock),
        events: Arc::new(NoEvents),
        cost: Some(vault::Cost::FLOOR),
        sample: false,
    })
    .unwrap()
}

fn millis(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1000.0
}

/// Listens to what the search says of slips, and to nothing else.
struct Ear;

impl Subscriber for Ear {
    fn register_callsite(&self, said: &'static Metadata<'static>) -> Interest {
        if self.enabled(said) {
            Interest::always()
        } else {
            Interest::never()
        }
    }

    fn enabled(&self, said: &Metadata<'_>) -> bool {
        said.target() == "services::search::slips"
    }

    fn event(&self, _: &Event<'_>) {
        SLIPS.store(true, Ordering::SeqCst);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
