//! Checks that every engine passes, on a fixture of its own.
//!
//! Only tests use this; no engine's name and no server's dialect stands here.
//! Each check collects all that it finds wrong, so that one run tells everything.

mod asked;
mod declared;
mod part;
mod read;
mod recorder;
mod refusal;
mod snapshot;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use model::{Secret, Snapshot, SnapshotBuilder, Target};

use crate::{Engine, EngineError, InspectScope, OpContext, Session};

pub use asked::{definitions_are_there, nothing_is_changed_by_reading, the_database_is_listed};
pub use declared::descriptor_is_sound;
pub use part::a_part_equals_that_part_of_the_whole;
pub use read::{
    opening_tells_its_stages, reading_ends_when_told, reading_twice_gives_the_same,
    statements_do_not_grow,
};
pub use recorder::Recorder;
pub use refusal::{Refusal, refuses};
pub use snapshot::{facts_agree, holds_what_is_declared};

/// Longest time for one step of a check; only a hang reaches it.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What the checks are run on: a database that holds every kind of object once or more.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// Where it is.
    pub target: Target,
    /// The password, where one is needed.
    pub secret: Option<Secret>,
    /// The database in it that is read.
    pub database: String,
}

impl Fixture {
    /// Opens a session, watched by the recorder.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn open(
        &self,
        engine: &dyn Engine,
        recorder: &Arc<Recorder>,
    ) -> Result<Box<dyn Session>, EngineError> {
        engine
            .open(&self.target, self.secret.as_ref(), &watched(recorder))
            .await
    }

    /// Reads the whole database and the server itself over a session of its own.
    ///
    /// # Errors
    /// Those of the engine.
    pub async fn read(
        &self,
        engine: &dyn Engine,
        recorder: &Arc<Recorder>,
    ) -> Result<Snapshot, EngineError> {
        let mut session = self.open(engine, recorder).await?;
        read(
            session.as_mut(),
            &InspectScope::database(&self.database),
            recorder,
        )
        .await
    }
}

async fn read(
    session: &mut dyn Session,
    scope: &InspectScope,
    recorder: &Arc<Recorder>,
) -> Result<Snapshot, EngineError> {
    let mut builder = SnapshotBuilder::default();
    let cx = watched(recorder);
    session.inspect(scope, &mut builder, &cx).await?;
    if scope.schema.is_none() && scope.table.is_none() {
        session.inspect_server(&mut builder, &cx).await?;
    }
    Ok(builder.finish())
}

fn watched(recorder: &Arc<Recorder>) -> OpContext {
    let observer: Arc<Recorder> = Arc::clone(recorder);
    OpContext::lasting(PATIENCE).observed(observer)
}

/// Everything that a check found wrong.
#[derive(Debug, Default)]
pub struct Complaints(Vec<String>);

impl Complaints {
    /// Notes what is wrong unless `good`.
    fn expect(&mut self, good: bool, wrong: impl FnOnce() -> String) {
        if !good {
            self.0.push(wrong());
        }
    }

    /// The value, or its error among the complaints.
    fn value<T>(&mut self, what: &str, result: Result<T, EngineError>) -> Option<T> {
        result
            .map_err(|error| self.0.push(format!("{what}: {error} ({error:?})")))
            .ok()
    }

    /// Ends the test where there is any complaint.
    #[track_caller]
    pub fn assert_none(&self) {
        assert!(self.0.is_empty(), "{self}");
    }
}

impl fmt::Display for Complaints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0
            .iter()
            .try_for_each(|complaint| writeln!(f, "- {complaint}"))
    }
}
