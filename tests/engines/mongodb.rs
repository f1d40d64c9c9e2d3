//! The MongoDB engine on a server that speaks its protocol: facts, samples,
//! rights, secure links, and recorded answers of what no test server shows.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

#[path = "mongodb/definitions.rs"]
mod definitions;
#[path = "mongodb/recorded.rs"]
mod recorded;
#[path = "mongodb/rights.rs"]
mod rights;
#[path = "mongodb/sampling.rs"]
mod sampling;
#[path = "mongodb/secure.rs"]
mod secure;
#[path = "mongodb/stored.rs"]
mod stored;

use db_studio_tests::mongodb::FreshDatabase;
use engine::conformance::{Fixture, Recorder};
use engine::url;
use engine_mongodb::ENGINE;
use model::Snapshot;
use model::connection::field;
use services::REGISTRY;

/// How to open this database as its owner.
fn fixture(database: &FreshDatabase) -> Fixture {
    fixture_at(&database.url, &database.name)
}

fn fixture_at(url: &str, database: &str) -> Fixture {
    let parsed = url::parse(&REGISTRY, url).expect("the support's URL");
    Fixture {
        target: parsed.target.with(field::CONNECT_TIMEOUT, "20"),
        secret: parsed.secret,
        database: database.to_owned(),
    }
}

async fn read(fixture: &Fixture) -> Snapshot {
    let snapshot = fixture.read(&ENGINE, &Recorder::new()).await;
    snapshot.expect("it is read")
}
