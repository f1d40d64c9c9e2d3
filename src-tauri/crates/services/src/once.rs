//! Testing and reading a server once, without an account: nothing is kept.

use std::sync::Arc;
use std::time::Duration;

use engine::{InspectScope, Observer, OpContext, Registry, Silent, url};
use model::connection::field;
use model::{ObjectPath, Secret, Snapshot, SnapshotBuilder, StageReport, Target};
use tokio_util::sync::CancellationToken;

use crate::probe::{self, probe};
use crate::sync::{is_of_one_database, reach, unread};
use crate::view::TestOutcome;
use crate::{Error, strings};

/// Reading a server may take this long in all.
const LONGEST: Duration = Duration::from_secs(24 * 3600);

/// A server or file as a connection string names it.
#[derive(Debug)]
pub struct Named {
    /// Engine and fields.
    pub target: Target,
    /// The password that the string held.
    pub secret: Option<Secret>,
    /// Parts that were understood and left out, each with a word why.
    pub ignored: Vec<String>,
}

/// Understands a connection string.
///
/// # Errors
/// A string that no engine understands, or that leaves out what is needed.
pub fn parse(registry: &Registry, text: &Secret) -> Result<Named, Error> {
    let parsed = url::parse(registry, text.expose())?;
    let engine = registry.get(&parsed.target.engine);
    let engine = engine.ok_or_else(|| Error::UnknownEngine(parsed.target.engine.0.clone()))?;
    strings::check_target(engine.descriptor(), &parsed.target)?;
    Ok(Named {
        target: parsed.target,
        secret: parsed.secret,
        ignored: parsed.ignored,
    })
}

/// Tests a server stage by stage.
///
/// # Errors
/// An unknown engine. A server that cannot be reached is an outcome, no error.
pub async fn test(
    registry: &Registry,
    target: &Target,
    secret: Option<&Secret>,
    stop: CancellationToken,
    watch: impl Fn(StageReport) + Send + Sync + 'static,
) -> Result<TestOutcome, Error> {
    let engine = registry.get(&target.engine);
    let engine = engine.ok_or_else(|| Error::UnknownEngine(target.engine.0.clone()))?;
    Ok(probe(engine, target, secret, stop, watch).await.outcome)
}

/// Reads the database that the target names, or all where it names none.
///
/// # Errors
/// Whatever stood in the way; a database that this user may not enter is a warning.
pub async fn inspect(
    registry: &Registry,
    target: &Target,
    secret: Option<&Secret>,
    system: bool,
    stop: CancellationToken,
) -> Result<Snapshot, Error> {
    let engine = registry.get(&target.engine);
    let engine = engine.ok_or_else(|| Error::UnknownEngine(target.engine.0.clone()))?;
    let silent: Arc<dyn Observer> = Arc::new(Silent);
    let cx = OpContext::lasting(LONGEST)
        .cancelled_by(stop)
        .observed(silent);
    let limit = probe::connect_limit(engine, target);
    let mut session = engine.open(target, secret, &cx.within(limit)).await?;
    let only = target.get(field::DATABASE);
    let mut databases = session.databases(system || only.is_some(), &cx).await?;
    if let Some(only) = only {
        databases.retain(|info| *info.name == *only);
    }
    let one_of_many = databases.len() > 1;
    let mut builder = SnapshotBuilder::default();
    match session.inspect_server(&mut builder, &cx).await {
        Err(error) if is_of_one_database(&error) => {
            builder.warn(unread(ObjectPath::server(), &error));
        }
        read => read?,
    }
    let mut at_hand = Some(session);
    for info in databases {
        if let Some(closed) = info.closed {
            builder.warn(closed);
            continue;
        }
        let mut scope = InspectScope::database(&*info.name);
        scope.system = system;
        let read = async {
            let session = at_hand.take();
            let mut session = reach(engine, target, secret, session, &info.name, &cx).await?;
            session.inspect(&scope, &mut builder, &cx).await?;
            at_hand = Some(session);
            Ok(())
        };
        match read.await {
            Err(error) if one_of_many && is_of_one_database(&error) => {
                builder.warn(unread(ObjectPath::database(info.name.clone()), &error));
            }
            read => read?,
        }
    }
    Ok(builder.finish())
}
