//! Starting, stopping and watching syncs.

mod pipe;
mod reading;
mod record;
mod side_by_side;

pub(crate) use reading::{in_database, is_of_one_database, reach, unread};
pub(crate) use record::WHOLE;

use std::sync::Arc;

use model::{Amount, ConnectionId, ErrorKind, SyncId};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

use crate::studio::{RunningSync, SignedIn, Studio, locked};
use crate::view::{SentStatement, SyncEnded, SyncRun, SyncScope};
use crate::{Error, Event};

impl Studio {
    /// Begins to read a connection or a part of it; how it goes on comes as events.
    ///
    /// # Errors
    /// An unknown or inactive connection, or one that is being read already.
    pub async fn start_sync(
        &self,
        connection: ConnectionId,
        scope: SyncScope,
    ) -> Result<SyncRun, Error> {
        let thread = self.inner.server_thread.handle()?;
        let (run, work) = self.prepare_sync(connection, scope).await?;
        thread.spawn(work);
        Ok(run)
    }

    /// Reads a connection or a part of it and waits until that has ended.
    ///
    /// # Errors
    /// Those of [`Studio::start_sync`]; a sync that failed says so in its result.
    pub async fn sync_to_end(
        &self,
        connection: ConnectionId,
        scope: SyncScope,
    ) -> Result<SyncEnded, Error> {
        let thread = self.inner.server_thread.handle()?;
        let (_, work) = self.prepare_sync(connection, scope).await?;
        let ended = AbortOnDropHandle::new(thread.spawn(work)).await;
        ended.unwrap_or_else(|error| {
            Err(Error::Broken {
                detail: error.to_string(),
            })
        })
    }

    /// Stops a sync; what the catalogue held before stays.
    ///
    /// # Errors
    /// `SignedOut`. A sync that has ended is no error.
    pub async fn cancel_sync(&self, run: u32) -> Result<(), Error> {
        self.signed_in()?;
        if let Some(sync) = locked(&self.inner.syncs).get(&run) {
            sync.stop.cancel();
        }
        Ok(())
    }

    /// The syncs that are running.
    ///
    /// # Errors
    /// `SignedOut`.
    pub async fn running_syncs(&self) -> Result<Vec<SyncRun>, Error> {
        self.signed_in()?;
        let syncs = locked(&self.inner.syncs);
        let mut runs: Vec<_> = syncs.values().map(|sync| sync.run.clone()).collect();
        runs.sort_by_key(|run| run.run);
        Ok(runs)
    }

    /// The statements that a sync sent to the server.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn sent_statements(&self, sync: SyncId) -> Result<Vec<SentStatement>, Error> {
        let sent = self
            .read(move |scope| scope.syncs().statements(sync))
            .await?;
        Ok(sent
            .into_iter()
            .map(|(text, times)| SentStatement { text, times })
            .collect())
    }

    /// Stops the sync of a connection that is going away.
    pub(crate) fn stop_sync_of(&self, connection: ConnectionId) {
        let syncs = locked(&self.inner.syncs);
        syncs
            .values()
            .filter(|sync| sync.run.connection == connection)
            .for_each(|sync| sync.stop.cancel());
    }

    /// Lists the sync as running and gives the work that is still to be done.
    async fn prepare_sync(
        &self,
        connection: ConnectionId,
        scope: SyncScope,
    ) -> Result<
        (
            SyncRun,
            impl Future<Output = Result<SyncEnded, Error>> + Send + use<>,
        ),
        Error,
    > {
        let who = self.signed_in()?;
        let kept = self
            .read(move |scope| scope.connections().get(connection))
            .await?;
        if !kept.active {
            return Err(Error::Inactive(kept.draft.name));
        }
        let run = SyncRun {
            run: self.next_number(),
            connection,
            scope,
            started_at: self.clock().now(),
            doing: "Connecting".to_owned(),
            done: Amount::default(),
            total: None,
            ended: None,
        };
        let stop = who.stop.child_token();
        {
            let mut syncs = locked(&self.inner.syncs);
            if syncs.values().any(|sync| sync.run.connection == connection) {
                return Err(Error::AlreadySyncing(kept.draft.name));
            }
            syncs.insert(
                run.run,
                RunningSync {
                    run: run.clone(),
                    stop: stop.clone(),
                },
            );
        }
        self.emit(Event::Sync { run: run.clone() });
        let work = self.clone().run_sync(who, kept, run.clone(), stop);
        Ok((run, work))
    }

    /// Reads, keeps the outcome, and takes the sync off the list whatever happens.
    async fn run_sync(
        self,
        who: Arc<SignedIn>,
        kept: model::Connection,
        run: SyncRun,
        stop: CancellationToken,
    ) -> Result<SyncEnded, Error> {
        let listed = ListedSync {
            studio: &self,
            run: run.run,
        };
        let ended = self.read_and_record(who, &kept, &run, stop).await;
        let last = listed.leave().unwrap_or(run);
        let shown = ended
            .as_ref()
            .map_or_else(|_| None, |ended| Some(ended.clone()));
        if let Err(error) = &ended {
            tracing::warn!(%error, "a sync could not be kept");
        }
        self.emit(Event::Sync {
            run: SyncRun {
                ended: shown,
                ..last
            },
        });
        let stopped = |ended: &SyncEnded| {
            ended
                .error
                .as_ref()
                .is_some_and(|error| error.kind == ErrorKind::Cancelled)
        };
        if !ended.as_ref().is_ok_and(stopped) {
            self.emit(Event::ConnectionTested {
                connection: kept.id,
            });
        }
        self.emit(Event::CatalogueChanged {
            connection: kept.id,
        });
        ended
    }
}

/// A sync in the list of those that run; leaves it also when its work is dropped.
struct ListedSync<'a> {
    studio: &'a Studio,
    run: u32,
}

impl ListedSync<'_> {
    fn leave(&self) -> Option<SyncRun> {
        locked(&self.studio.inner.syncs)
            .remove(&self.run)
            .map(|sync| sync.run)
    }
}

impl Drop for ListedSync<'_> {
    fn drop(&mut self) {
        self.leave();
    }
}
