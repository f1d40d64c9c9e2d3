//! Every engine of this build against the contract's own checks, each on a
//! fixture that holds every kind of object.
#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "helpers of tests fail as tests do"
)]

#[path = "conformance/environment.rs"]
mod environment;
#[path = "conformance/mongodb.rs"]
mod mongodb;
#[path = "conformance/mysql.rs"]
mod mysql;
#[path = "conformance/postgres.rs"]
mod postgres;
#[path = "conformance/sqlite.rs"]
mod sqlite;

use engine::conformance::descriptor_is_sound;
use services::REGISTRY;

/// The SQL that makes an engine's fixture.
fn everything(engine: &str) -> String {
    let path = format!(
        "{}/fixtures/{engine}/everything.sql",
        env!("CARGO_MANIFEST_DIR")
    );
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

#[test]
fn every_declaration_hangs_together() {
    for descriptor in REGISTRY.descriptors() {
        descriptor_is_sound(descriptor).assert_none();
    }
}

#[test]
fn no_two_engines_claim_the_same_scheme_or_ending() {
    let mut claims: Vec<&str> = Vec::new();
    for descriptor in REGISTRY.descriptors() {
        claims.extend(descriptor.schemes);
        claims.extend(
            descriptor
                .file_extensions
                .iter()
                .filter(|own| !descriptor.schemes.contains(own)),
        );
    }
    let count = claims.len();
    claims.sort_unstable();
    claims.dedup();
    assert_eq!(
        claims.len(),
        count,
        "a string belongs to one engine: {claims:?}"
    );
}
