//! What can stop a reading thread: the user, the deadline, or a canceller.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use engine::{EngineError, OpContext};
use rusqlite::{Connection, ffi};

/// How many steps of SQLite's machine pass between two looks.
const STEPS: i32 = 1000;

/// How long a reader waits before it tries a locked file again.
const PAUSE: Duration = Duration::from_millis(10);

/// One operation, as seen from the thread that does it.
#[derive(Clone)]
pub(crate) struct Watch {
    cx: OpContext,
    stop: Arc<AtomicBool>,
    started: Instant,
    what: &'static str,
}

impl Watch {
    /// Watches an operation; `what` completes "Gave up to …".
    pub(crate) fn new(cx: &OpContext, stop: &Arc<AtomicBool>, what: &'static str) -> Self {
        stop.store(false, Ordering::Relaxed);
        Self {
            cx: cx.clone(),
            stop: Arc::clone(stop),
            started: Instant::now(),
            what,
        }
    }

    /// The context of the operation.
    pub(crate) fn cx(&self) -> &OpContext {
        &self.cx
    }

    /// Why the work must end, if it must.
    pub(crate) fn over(&self) -> Option<EngineError> {
        if self.cx.cancellation().is_cancelled() || self.stop.load(Ordering::Relaxed) {
            Some(EngineError::Cancelled)
        } else if self.cx.remaining().is_zero() {
            Some(EngineError::TimedOut {
                what: self.what.to_owned(),
                after: self.started.elapsed(),
            })
        } else {
            None
        }
    }

    /// Fails as an interrupted statement does where the work must end, for the
    /// steps at which SQLite itself does not look.
    pub(crate) fn go_on(&self) -> rusqlite::Result<()> {
        match self.over() {
            None => Ok(()),
            Some(_) => {
                let error = ffi::Error::new(ffi::SQLITE_INTERRUPT);
                Err(rusqlite::Error::SqliteFailure(error, None))
            }
        }
    }

    /// Makes the statements of a connection stop when the work is over.
    pub(crate) fn stop_in_time(&self, connection: &mut Connection) -> rusqlite::Result<()> {
        let watch = self.clone();
        connection.progress_handler(STEPS, Some(move || watch.over().is_some()))
    }

    /// Makes a connection heed this watch: its statements stop when the work is
    /// over, and a locked file is waited for at most `patience`.
    pub(crate) fn heed(
        &self,
        connection: &mut Connection,
        patience: Duration,
    ) -> rusqlite::Result<()> {
        self.stop_in_time(connection)?;
        let watch = self.clone();
        let mut since = Instant::now();
        connection.busy_handler(Some(move |tries: i32| {
            if tries == 0 {
                since = Instant::now();
            }
            if watch.over().is_some() || since.elapsed() >= patience {
                return false;
            }
            thread::sleep(PAUSE);
            true
        }))
    }
}
