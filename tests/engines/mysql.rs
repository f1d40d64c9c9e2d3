//! The MySQL engine on real servers: facts, rights, ways to sign in, TLS, hostile
//! names and servers, real schemas.
//!
//! What is asked of every engine alike is checked elsewhere.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on ends, with the reason in the message"
)]

use std::time::Duration;

use db_studio_tests::MySql;
use db_studio_tests::mysql::{FreshDatabase, Variant};
use engine::{Engine, EngineError, InspectScope, OpContext, Session, url};
use engine_mysql::ENGINE;
use model::snapshot::{Detail, Object, Walker};
use model::{ObjectKind, ObjectPath, Secret, Snapshot, SnapshotBuilder, Target};
use services::REGISTRY;

#[path = "mysql/definitions.rs"]
mod definitions;
#[path = "mysql/facts.rs"]
mod facts;
#[path = "mysql/fingerprints.rs"]
mod fingerprints;
#[path = "mysql/hostile.rs"]
mod hostile;
#[path = "mysql/odd.rs"]
mod odd;
#[path = "mysql/oracle.rs"]
mod oracle;
#[path = "mysql/ordinary.rs"]
mod ordinary;
#[path = "mysql/rights.rs"]
mod rights;
#[path = "mysql/schemas.rs"]
mod schemas;
#[path = "mysql/secure.rs"]
mod secure;
#[path = "mysql/settings.rs"]
mod settings;
#[path = "mysql/sign_in.rs"]
mod sign_in;

/// Longer than anything here takes, so that only a hang ends by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// The fixture with everything that this product has.
fn everything(variant: Variant) -> String {
    let own = match variant {
        Variant::MariaDb => include_str!("../fixtures/mysql/mariadb.sql"),
        Variant::MySql => include_str!("../fixtures/mysql/mysql.sql"),
    };
    format!(
        "{}\n{own}",
        include_str!("../fixtures/mysql/everything.sql")
    )
}

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

/// The object of this kind and name right below the database.
fn own<'s>(snapshot: &'s Snapshot, kind: ObjectKind, name: &str) -> Walker<'s> {
    let found = snapshot.all().find(|walker| {
        let in_database = walker
            .parent()
            .is_some_and(|parent| parent.kind() == ObjectKind::Database);
        in_database && walker.kind() == kind && walker.name() == name
    });
    found.unwrap_or_else(|| panic!("there is no {kind} {name}"))
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

/// A path below a database.
fn path(database: &str, steps: &[(ObjectKind, &str)]) -> ObjectPath {
    steps
        .iter()
        .fold(ObjectPath::database(database), |path, (kind, name)| {
            path.child(*kind, *name)
        })
}

/// The outline with the database's own name, unique in each run, taken out.
fn outline(snapshot: &Snapshot, database: &str) -> String {
    snapshot.outline().replace(database, "DATABASE")
}

async fn fixture(server: &MySql, sql: &str) -> (FreshDatabase, Snapshot) {
    let database = server.fresh_database(sql).await;
    let snapshot = read_fresh(&database).await;
    (database, snapshot)
}
