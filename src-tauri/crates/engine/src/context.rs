//! The context of an operation: until when, how to stop it, and who watches.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use model::StageReport;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::EngineError;

/// Who watches an operation; every method may be called from any thread.
pub trait Observer: Send + Sync {
    /// A stage of opening began or ended.
    fn stage(&self, report: StageReport);

    /// Reading went on.
    fn progress(&self, progress: Progress);

    /// A statement is about to be sent, as text without values.
    fn statement(&self, text: &str);
}

/// How far reading has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The database that is being read.
    pub database: String,
    /// Tables and views read so far.
    pub done: u64,
    /// Tables and views there are, once known.
    pub total: Option<u64>,
}

/// An observer that looks away.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Observer for Silent {
    fn stage(&self, _: StageReport) {}
    fn progress(&self, _: Progress) {}
    fn statement(&self, _: &str) {}
}

/// Until when an operation may run, how it is stopped, and who watches it.
#[derive(Clone)]
pub struct OpContext {
    deadline: Instant,
    cancel: CancellationToken,
    observer: Arc<dyn Observer>,
}

impl OpContext {
    /// An operation that may run this long from now.
    pub fn lasting(limit: Duration) -> Self {
        Self {
            deadline: Instant::now() + limit,
            cancel: CancellationToken::new(),
            observer: Arc::new(Silent),
        }
    }

    /// The same operation, watched.
    #[must_use]
    pub fn observed(mut self, observer: Arc<dyn Observer>) -> Self {
        self.observer = observer;
        self
    }

    /// The same operation, stopped by this token.
    #[must_use]
    pub fn cancelled_by(mut self, cancel: CancellationToken) -> Self {
        self.cancel = cancel;
        self
    }

    /// The same operation with a deadline no later than this long from now.
    #[must_use]
    pub fn within(&self, limit: Duration) -> Self {
        let mut inner = self.clone();
        inner.deadline = inner.deadline.min(Instant::now() + limit);
        inner
    }

    /// The token that stops it.
    pub fn cancellation(&self) -> &CancellationToken {
        &self.cancel
    }

    /// How much time is left.
    pub fn remaining(&self) -> Duration {
        self.deadline.saturating_duration_since(Instant::now())
    }

    /// Who watches it.
    pub fn observer(&self) -> &Arc<dyn Observer> {
        &self.observer
    }

    /// Awaits `work` until the deadline or until it is stopped.
    ///
    /// # Errors
    /// `TimedOut` with `what` was being done, `Cancelled`, or the work's own error.
    pub async fn guard<T>(
        &self,
        what: &str,
        work: impl Future<Output = Result<T, EngineError>>,
    ) -> Result<T, EngineError> {
        let started = Instant::now();
        tokio::select! {
            biased;
            () = self.cancel.cancelled() => Err(EngineError::Cancelled),
            result = work => result,
            () = tokio::time::sleep_until(self.deadline) => Err(EngineError::TimedOut {
                what: what.to_owned(),
                after: started.elapsed(),
            }),
        }
    }
}

impl std::fmt::Debug for OpContext {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("OpContext")
            .field("remaining", &self.remaining())
            .finish_non_exhaustive()
    }
}
