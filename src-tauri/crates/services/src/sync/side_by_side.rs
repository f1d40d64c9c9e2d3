//! Reading the databases of one connection side by side, each over a session that
//! can reach it.

use std::collections::{HashSet, VecDeque};
use std::sync::Mutex;

use catalogue::{Applied, ApplyScope, CatalogueError};
use engine::{EngineError, InspectScope, OpContext, Session};
use futures_util::future::join_all;
use model::snapshot::{Portion, Touched};
use model::{ObjectPath, SnapshotBuilder};
use tokio_util::sync::CancellationToken;

use super::pipe::Pipe;
use super::reading::{Part, Reading, Totals, is_of_one_database, reach, unread};
use crate::Error;
use crate::studio::locked;

/// Most databases that are read at one time, and so most sessions that are open.
const SIDE_BY_SIDE: usize = 3;

/// What is still to be read, and what came of the rest.
struct Work<'p> {
    part: &'p Part,
    one_of_many: bool,
    todo: Mutex<VecDeque<String>>,
    totals: Mutex<&'p mut Totals>,
    /// Ends the work of all where that of one has failed.
    stop: CancellationToken,
}

/// Who works it off.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Worker {
    /// One that leaves the work to the others where the server has no room for it.
    OneOfSeveral,
    Alone,
}

impl Reading<'_> {
    /// Reads these databases and puts them into the catalogue.
    pub(super) async fn read_all(
        &self,
        databases: Vec<String>,
        part: &Part,
        mut session: Box<dyn Session>,
        totals: &mut Totals,
    ) -> Result<(), Error> {
        let one_of_many = databases.len() > 1;
        let todo = self
            .pass_over(databases, part, &mut *session, totals)
            .await?;
        // The session at hand has to be closed, whether anything is left to read or not.
        let workers = todo.len().clamp(1, SIDE_BY_SIDE);
        let work = Work {
            part,
            one_of_many,
            todo: Mutex::new(todo.into()),
            totals: Mutex::new(totals),
            stop: self.cx.cancellation().child_token(),
        };
        let mut session = Some(session);
        let working =
            (0..workers).map(|_| self.work_off(&work, Worker::OneOfSeveral, session.take()));
        let failed = join_all(working).await.into_iter().filter_map(Result::err);
        // Where one fails, the others are stopped.
        let stopped = |error: &Error| matches!(error, Error::Engine(EngineError::Cancelled));
        match failed.min_by_key(stopped) {
            Some(error) => Err(error),
            // What there was no room for side by side.
            None => self.work_off(&work, Worker::Alone, None).await,
        }
    }

    /// Puts in of which databases the server says at once that they are as they were, and
    /// gives the others.
    async fn pass_over(
        &self,
        mut databases: Vec<String>,
        part: &Part,
        session: &mut dyn Session,
        totals: &mut Totals,
    ) -> Result<Vec<String>, Error> {
        if databases.len() < 2 || !part.is_whole() || part.anew {
            return Ok(databases);
        }
        let (id, sync, names) = (self.connection.id, self.sync, databases.clone());
        let known: Vec<_> = self
            .studio
            .read_as(self.who.clone(), move |scope| {
                let objects = scope.objects();
                let known = names.into_iter().map(|name| {
                    let fingerprint = objects.fingerprint(id, &name)?;
                    Ok(fingerprint.map(|fingerprint| (name, fingerprint)))
                });
                known.filter_map(Result::transpose).collect()
            })
            .await?;
        if known.is_empty() {
            return Ok(databases);
        }
        let at_rest = session.at_rest(known, &self.cx).await?;
        let names: HashSet<_> = at_rest.iter().map(|(name, _)| name.as_str()).collect();
        databases.retain(|name| !names.contains(name.as_str()));
        let resting = names.len();
        let applied = self
            .studio
            .write_as(self.who.clone(), move |scope| {
                let mut totals = Totals::default();
                for (name, fingerprint) in at_rest {
                    let part = ApplyScope::database(&name);
                    let nothing = Portion::Only(Touched::default());
                    let same = Portion::Fingerprint(fingerprint);
                    let portions = [nothing, same].map(Ok::<_, CatalogueError>);
                    totals.add(scope.objects().apply_portions(sync, id, &part, portions)?);
                }
                Ok(totals.0)
            })
            .await?;
        totals.add(applied);
        (0..resting).for_each(|_| self.watch.end());
        Ok(databases)
    }

    async fn work_off(
        &self,
        work: &Work<'_>,
        worker: Worker,
        mut at_hand: Option<Box<dyn Session>>,
    ) -> Result<(), Error> {
        let ended = async {
            let cx = self.cx.clone().cancelled_by(work.stop.clone());
            loop {
                let next = locked(&work.todo).pop_front();
                let Some(database) = next else { break };
                if work.stop.is_cancelled() {
                    return Err(EngineError::Cancelled.into());
                }
                self.watch.begin(&database);
                let reached = self.reach(at_hand.take(), &database, &cx).await;
                let read = match reached {
                    Err(EngineError::TooManyConnections { .. })
                        if worker == Worker::OneOfSeveral =>
                    {
                        locked(&work.todo).push_back(database);
                        return Ok(());
                    }
                    Err(error) => Err(error.into()),
                    Ok(mut own) => {
                        let read = self.database(&mut *own, &database, work, &cx).await;
                        at_hand = read.is_ok().then_some(own);
                        read
                    }
                };
                let applied = match read {
                    Err(Error::Engine(error)) if work.one_of_many && is_of_one_database(&error) => {
                        self.tell_unread(&database, &error, work).await?
                    }
                    read => read?,
                };
                locked(&work.totals).add(applied);
                self.watch.end();
            }
            if let Some(session) = at_hand {
                session.close().await;
            }
            Ok(())
        };
        let ended = ended.await;
        if ended.is_err() {
            work.stop.cancel();
        }
        ended
    }

    /// Reads one database; stopped on the server too when the user stops it.
    async fn database(
        &self,
        session: &mut dyn Session,
        database: &str,
        work: &Work<'_>,
        cx: &OpContext,
    ) -> Result<Applied, Error> {
        let scope = work.scope(database);
        let known = if work.part.is_whole() && !work.part.anew {
            let (id, database) = (self.connection.id, database.to_owned());
            self.studio
                .read_as(self.who.clone(), move |scope| {
                    scope.objects().fingerprint(id, &database)
                })
                .await?
        } else {
            None
        };
        let canceller = session.canceller();
        let mut pipe = Pipe::new(self, scope.clone(), work.stop.clone(), known);
        let read = session.inspect(&scope, &mut pipe, cx).await;
        if let Err(EngineError::Cancelled | EngineError::TimedOut { .. }) = &read {
            canceller.cancel().await;
        }
        pipe.end(read).await
    }

    /// Puts in that a database could not be read, and why.
    async fn tell_unread(
        &self,
        database: &str,
        error: &EngineError,
        work: &Work<'_>,
    ) -> Result<Applied, Error> {
        let mut builder = SnapshotBuilder::default();
        builder.warn(unread(ObjectPath::database(database), error));
        let scope = work.scope(database);
        let mut pipe = Pipe::new(self, scope, work.stop.clone(), None);
        let told = engine::Sink::put(&mut pipe, Portion::Read(builder.finish())).await;
        pipe.end(told).await
    }

    async fn reach(
        &self,
        at_hand: Option<Box<dyn Session>>,
        database: &str,
        cx: &OpContext,
    ) -> Result<Box<dyn Session>, EngineError> {
        let (target, secret) = (&self.connection.draft.target, self.secret.as_ref());
        reach(self.engine, target, secret, at_hand, database, cx).await
    }
}

impl Work<'_> {
    fn scope(&self, database: &str) -> InspectScope {
        InspectScope {
            database: database.to_owned(),
            schema: self.part.schema.clone(),
            table: self.part.table.clone(),
            system: false,
        }
    }
}
