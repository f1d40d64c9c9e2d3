//! The record of a sync: what it did, what it sent, how it ended.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use catalogue::{CatalogueError, SyncEnd};
use engine::{EngineError, Observer, Progress};
use model::{Amount, AppError, Connection, ErrorKind, Stage, StageReport, Timestamp};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::reading::{Part, Reading, Totals, context};
use crate::settings::keep_history_days;
use crate::studio::{SignedIn, Studio, locked};
use crate::view::{SyncEnded, SyncRun, SyncScope};
use crate::{Error, Event};

/// The level of a sync of a whole connection, as its record says it.
pub(crate) const WHOLE: &str = "connection";

/// A day, as timestamps count it.
const DAY_MILLIS: i64 = 24 * 3600 * 1000;

/// How often at most the window hears of progress.
const EVERY: Duration = Duration::from_millis(80);

impl Studio {
    pub(super) async fn read_and_record(
        &self,
        who: Arc<SignedIn>,
        kept: &Connection,
        run: &SyncRun,
        stop: CancellationToken,
    ) -> Result<SyncEnded, Error> {
        let watch = Arc::new(Watch::new(self.clone(), run.clone()));
        let (id, level) = (kept.id, level(run.scope));
        let begun = self
            .write_as(who.clone(), move |scope| scope.syncs().begin(id, &level))
            .await?;
        let mut totals = Totals::default();
        let read = async {
            let part = self.part(who.clone(), kept, run.scope).await?;
            let reading = Reading {
                studio: self,
                who: who.clone(),
                engine: self.engine(&kept.draft.target.engine)?,
                connection: kept,
                secret: self.password_as(who.clone(), kept).await?,
                sync: begun.id,
                watch: watch.clone(),
                cx: context(watch.clone(), stop),
            };
            self.open_and_read(reading, &part, &mut totals).await
        };
        let error = read.await.err().map(|error| told(&kept.draft.name, error));
        let (sync, statements, sums) = (begun.id, watch.statements(), totals.0);
        let now = self.clock().now();
        let end = match &error {
            None => SyncEnd::Done,
            Some(error) if error.kind == ErrorKind::Cancelled => SyncEnd::Cancelled,
            Some(error) => SyncEnd::Failed {
                kind: error.kind.as_str().to_owned(),
                message: error.message.clone(),
                hint: error.hint.clone(),
            },
        };
        let finished = self.write_as(who.clone(), move |scope| {
            scope.syncs().finish(sync, &end, &statements, sums)?;
            match keep_history_days(scope)? {
                0 => Ok(()),
                days => {
                    let kept = i64::from(days) * DAY_MILLIS;
                    let syncs = scope.syncs();
                    syncs.forget_before(id, Timestamp(now.0 - kept)).map(|_| ())
                }
            }
        });
        let warnings = match finished.await {
            Ok(()) => {
                self.read_as(who, move |scope| scope.syncs().warnings(id))
                    .await
            }
            Err(error) => Err(error),
        };
        let warnings = match warnings {
            Ok(warnings) => warnings.into_iter().map(|kept| kept.warning).collect(),
            // The connection was deleted while it was read.
            Err(Error::Catalogue(CatalogueError::NotFound { .. })) => Vec::new(),
            Err(error) => return Err(error),
        };
        Ok(SyncEnded {
            sync,
            at: self.clock().now(),
            error,
            added: totals.0.added.into(),
            changed: totals.0.changed.into(),
            removed: totals.0.removed.into(),
            warnings,
        })
    }

    async fn part(
        &self,
        who: Arc<SignedIn>,
        kept: &Connection,
        scope: SyncScope,
    ) -> Result<Part, Error> {
        Ok(match scope {
            SyncScope::Connection => Part::default(),
            SyncScope::Everything => Part {
                anew: true,
                ..Part::default()
            },
            SyncScope::Object { object } => Part::of(&self.path_of(who, kept.id, object).await?),
        })
    }

    /// Opens the first session, keeps how the server was found, and reads.
    async fn open_and_read(
        &self,
        reading: Reading<'_>,
        part: &Part,
        totals: &mut Totals,
    ) -> Result<(), Error> {
        let id = reading.connection.id;
        let began = Instant::now();
        let opened = reading.open(part.database.as_deref()).await;
        let millis = began.elapsed().as_secs_f32() * 1000.0;
        let mut session = match opened {
            Ok(session) => session,
            Err(error) => {
                let told = AppError::from(&error);
                if told.kind != ErrorKind::Cancelled {
                    let failure = Some((&told, reading.watch.last_stage()));
                    self.keep_reach(reading.who.clone(), id, millis, None, failure)
                        .await?;
                }
                return Err(error);
            }
        };
        let server = session.server(&reading.cx).await?;
        self.keep_reach(reading.who.clone(), id, millis, Some(&server), None)
            .await?;
        reading.read(session, part, totals).await
    }
}

/// Who watches a reading: collects its statements and passes its progress on.
pub(super) struct Watch {
    studio: Studio,
    state: Mutex<State>,
}

struct State {
    run: SyncRun,
    told_at: Option<Instant>,
    last_stage: Stage,
    statements: Vec<(String, u32)>,
    /// How many databases are read.
    databases: u64,
}

impl Watch {
    fn new(studio: Studio, run: SyncRun) -> Self {
        let state = State {
            run,
            told_at: None,
            last_stage: Stage::Connect,
            statements: Vec::new(),
            databases: 0,
        };
        Self {
            studio,
            state: Mutex::new(state),
        }
    }

    /// Says what is being done now.
    pub(super) fn doing(&self, what: String) {
        self.tell(true, |run| {
            run.doing = what;
            run.done = Amount::default();
            run.total = None;
        });
    }

    /// So many databases are read now; of several, they are what is counted.
    pub(super) fn reading(&self, databases: usize) {
        locked(&self.state).databases = databases as u64;
        if databases > 1 {
            self.doing(format!("Reading {databases} databases"));
            self.tell(true, |run| run.total = Some((databases as u64).into()));
        }
    }

    /// The reading of a database begins.
    pub(super) fn begin(&self, database: &str) {
        if !self.counts_databases() {
            self.doing(format!("Reading {database}"));
        }
    }

    /// The reading of a database has ended.
    pub(super) fn end(&self) {
        if self.counts_databases() {
            let last = {
                let run = &locked(&self.state).run;
                run.total
                    .is_some_and(|total| run.done.get() + 1 >= total.get())
            };
            self.tell(last, |run| run.done = (run.done.get() + 1).into());
        }
    }

    fn counts_databases(&self) -> bool {
        locked(&self.state).databases > 1
    }

    fn statements(&self) -> Vec<(String, u32)> {
        locked(&self.state).statements.clone()
    }

    fn last_stage(&self) -> Stage {
        locked(&self.state).last_stage
    }

    fn tell(&self, at_once: bool, change: impl FnOnce(&mut SyncRun)) {
        let run = {
            let mut state = locked(&self.state);
            change(&mut state.run);
            let lately = state.told_at.is_some_and(|at| at.elapsed() < EVERY);
            if lately && !at_once {
                return;
            }
            state.told_at = Some(Instant::now());
            state.run.clone()
        };
        if let Some(sync) = locked(&self.studio.inner.syncs).get_mut(&run.run) {
            sync.run = run.clone();
        }
        self.studio.emit(Event::Sync { run });
    }
}

impl Observer for Watch {
    fn stage(&self, report: StageReport) {
        locked(&self.state).last_stage = report.stage;
    }

    fn progress(&self, progress: Progress) {
        if self.counts_databases() {
            return;
        }
        self.tell(false, |run| {
            run.done = progress.done.into();
            run.total = progress.total.map(Amount::from);
        });
    }

    fn statement(&self, text: &str) {
        let mut state = locked(&self.state);
        match state.statements.iter_mut().find(|(known, _)| known == text) {
            Some((_, times)) => *times += 1,
            None => state.statements.push((text.to_owned(), 1)),
        }
    }
}

/// The error of a sync, which names the connection that could not be read.
fn told(name: &str, error: Error) -> AppError {
    match error {
        Error::Engine(EngineError::Cancelled) => Error::Engine(EngineError::Cancelled).into(),
        Error::Engine(source) => Error::Reading {
            name: name.to_owned(),
            source,
        }
        .into(),
        other => other.into(),
    }
}

fn level(scope: SyncScope) -> String {
    match scope {
        SyncScope::Connection | SyncScope::Everything => WHOLE.to_owned(),
        SyncScope::Object { object } => format!("object {object}"),
    }
}
