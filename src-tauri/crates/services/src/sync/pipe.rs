//! From the engine into the catalogue: portions are put in while others are read.

use async_trait::async_trait;
use catalogue::{Applied, ApplyScope};
use engine::{EngineError, InspectScope, Sink};
use model::snapshot::{Fingerprint, Portion};
use tokio::sync::mpsc::{Receiver, Sender, channel, error::TrySendError};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::reading::Reading;
use crate::Error;
use crate::studio::blocking;

/// How many portions may wait. The catalogue is locked for other writers only from
/// the moment on that there is no more room, or that all is read.
const ROOM: usize = 3;

/// What the catalogue is sent; nothing says that all was.
type Message = Option<Portion>;

/// The way of one database into the catalogue.
pub(super) struct Pipe<'a> {
    reading: &'a Reading<'a>,
    scope: InspectScope,
    stop: CancellationToken,
    known: Option<Fingerprint>,
    sender: Sender<Message>,
    waiting: Option<Receiver<Message>>,
    writer: Option<JoinHandle<Result<Applied, Error>>>,
}

impl<'a> Pipe<'a> {
    pub(super) fn new(
        reading: &'a Reading<'a>,
        scope: InspectScope,
        stop: CancellationToken,
        known: Option<Fingerprint>,
    ) -> Self {
        let (sender, waiting) = channel(ROOM);
        Self {
            reading,
            scope,
            stop,
            known,
            sender,
            waiting: Some(waiting),
            writer: None,
        }
    }

    /// Waits until all is put in, or, where the reading failed, taken back.
    pub(super) async fn end(mut self, read: Result<(), EngineError>) -> Result<Applied, Error> {
        let complete = read.is_ok();
        if complete {
            self.start();
            // Where nobody takes it, the writer has a reason of its own.
            let _ = self.sender.send(None).await;
        }
        drop(self.sender);
        let written = match self.writer {
            Some(writer) => writer.await.unwrap_or_else(|error| {
                Err(Error::Broken {
                    detail: error.to_string(),
                })
            }),
            None => Ok(Applied::default()),
        };
        match (read, written) {
            (Ok(()), written) => written,
            // The reading was cut off because the writer had failed.
            (Err(EngineError::Cancelled), Err(error)) if !self.stop.is_cancelled() => Err(error),
            (Err(error), _) => Err(error.into()),
        }
    }

    /// Begins to put in what waits.
    fn start(&mut self) {
        let Some(mut waiting) = self.waiting.take() else {
            return;
        };
        let (studio, who) = (self.reading.studio.inner.clone(), self.reading.who.clone());
        let (id, sync) = (self.reading.connection.id, self.reading.sync);
        let (scope, stop) = (self.scope.clone(), self.stop.clone());
        let write = move || {
            let part = ApplyScope {
                database: &scope.database,
                schema: scope.schema.as_deref(),
                table: scope.table.as_deref(),
            };
            let stopped = || Error::Engine(EngineError::Cancelled);
            // An error takes the transaction back: what was stopped while it was
            // being written leaves the last good catalogue in place.
            studio.catalogue.write(&who.session, |scope| {
                let portions = std::iter::from_fn(|| match waiting.blocking_recv() {
                    _ if stop.is_cancelled() => Some(Err(stopped())),
                    Some(Some(portion)) => Some(Ok(portion)),
                    Some(None) => None,
                    None => Some(Err(stopped())),
                });
                let applied = scope.objects().apply_portions(sync, id, &part, portions)?;
                if stop.is_cancelled() {
                    return Err(stopped());
                }
                Ok(applied)
            })
        };
        self.writer = Some(tokio::spawn(blocking(write)));
    }
}

#[async_trait]
impl Sink for Pipe<'_> {
    fn known(&self) -> Option<&Fingerprint> {
        self.known.as_ref()
    }

    async fn put(&mut self, portion: Portion) -> Result<(), EngineError> {
        match self.sender.try_send(Some(portion)) {
            Ok(()) => Ok(()),
            Err(TrySendError::Closed(_)) => Err(EngineError::Cancelled),
            Err(TrySendError::Full(message)) => {
                self.start();
                let sent = self.sender.send(message).await;
                sent.map_err(|_| EngineError::Cancelled)
            }
        }
    }
}
