//! The PostgreSQL engine on real servers: facts, rights, TLS, locks, hostile
//! names and real schemas.
//!
//! What is asked of every engine alike is checked elsewhere.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends, with the reason in the message"
)]

use std::time::Duration;

use db_studio_tests::{FreshDatabase, Postgres};
use engine::{Engine, EngineError, InspectScope, OpContext, Session, url};
use engine_postgres::ENGINE;
use model::snapshot::{Detail, Object, Walker};
use model::{ObjectKind, ObjectPath, Secret, Snapshot, SnapshotBuilder, Target};
use services::REGISTRY;

#[path = "postgres/definitions.rs"]
mod definitions;
#[path = "postgres/facts.rs"]
mod facts;
#[path = "postgres/fingerprints.rs"]
mod fingerprints;
#[path = "postgres/hostile.rs"]
mod hostile;
#[path = "postgres/oracle.rs"]
mod oracle;
#[path = "postgres/politeness.rs"]
mod politeness;
#[path = "postgres/pooler.rs"]
mod pooler;
#[path = "postgres/portions.rs"]
mod portions;
#[path = "postgres/rest.rs"]
mod rest;
#[path = "postgres/rights.rs"]
mod rights;
#[path = "postgres/schemas.rs"]
mod schemas;
#[path = "postgres/secure.rs"]
mod secure;

/// Longer than anything here takes, so that only a hang ends by it.
const PATIENCE: Duration = Duration::from_secs(60);

const EVERYTHING: &str = include_str!("../fixtures/postgres/everything.sql");

fn cx() -> OpContext {
    OpContext::lasting(PATIENCE)
}

fn parsed(url: &str) -> (Target, Option<Secret>) {
    let parsed = url::parse(&REGISTRY, url).expect("the support's URL");
    (parsed.target, parsed.secret)
}

async fn try_open(url: &str) -> Result<Box<dyn Session>, EngineError> {
    let (target, secret) = parsed(url);
    ENGINE.open(&target, secret.as_ref(), &cx()).await
}

async fn open(url: &str) -> Box<dyn Session> {
    try_open(url)
        .await
        .unwrap_or_else(|error| panic!("the session does not open: {error:?}"))
}

/// The error that opening ends with.
async fn refusal(target: &Target, secret: Option<&Secret>) -> EngineError {
    match ENGINE.open(target, secret, &cx()).await {
        Ok(_) => panic!("{target:?} opens and should not"),
        Err(error) => error,
    }
}

async fn inspect(session: &mut dyn Session, scope: &InspectScope) -> Snapshot {
    let mut builder = SnapshotBuilder::default();
    session
        .inspect(scope, &mut builder, &cx())
        .await
        .expect("the schema is read");
    builder.finish()
}

/// Reads the whole database over a session of its own.
async fn read(url: &str, database: &str) -> Snapshot {
    inspect(open(url).await.as_mut(), &InspectScope::database(database)).await
}

async fn read_fresh(database: &FreshDatabase) -> Snapshot {
    read(&database.url, &database.name).await
}

/// The relation of this name, whatever it is.
fn relation<'s>(snapshot: &'s Snapshot, schema: &str, name: &str) -> Walker<'s> {
    let found = snapshot.all().find(|walker| {
        walker.kind().is_relation()
            && walker.name() == name
            && walker
                .parent()
                .is_some_and(|parent| parent.name() == schema)
    });
    found.unwrap_or_else(|| panic!("there is no {schema}.{name}"))
}

/// A part of a relation.
fn part<'s>(relation: Walker<'s>, kind: ObjectKind, name: &str) -> &'s Object<Detail> {
    let found = relation
        .children_of(kind)
        .find(|child| child.name() == name);
    found
        .unwrap_or_else(|| panic!("{} has no {kind} {name}", relation.path()))
        .object()
}

/// A path below a database: schema, relation, and maybe a part.
fn path(database: &str, schema: &str, steps: &[(ObjectKind, &str)]) -> ObjectPath {
    let schema = ObjectPath::database(database).child(ObjectKind::Schema, schema);
    steps
        .iter()
        .fold(schema, |path, (kind, name)| path.child(*kind, *name))
}

/// The outline with the database's own name, unique in each run, taken out.
fn outline(snapshot: &Snapshot, database: &str) -> String {
    snapshot
        .outline()
        .replacen(&format!("database {database}"), "database DATABASE", 1)
}

async fn fixture(server: &Postgres, sql: &str) -> (FreshDatabase, Snapshot) {
    let database = server.fresh_database(sql).await;
    let snapshot = read_fresh(&database).await;
    (database, snapshot)
}
