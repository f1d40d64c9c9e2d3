//! The one thread on which syncs talk with servers.
//!
//! A driver, the relay of its bytes and the reading of its rows wake each other for every
//! few kilobytes. Spread over several threads that is a tenth of the CPU of a large sync; and
//! on a thread of its own no reading keeps the window waiting.

use std::sync::Mutex;

use tokio::runtime::{Builder, Handle, Runtime};

use crate::Error;
use crate::studio::locked;

/// The thread, begun when it is first asked for.
#[derive(Default)]
pub(crate) struct ServerThread {
    runtime: Mutex<Option<Runtime>>,
}

impl ServerThread {
    /// Where to spawn work on it.
    ///
    /// # Errors
    /// The system gives no thread.
    pub(crate) fn handle(&self) -> Result<Handle, Error> {
        let mut runtime = locked(&self.runtime);
        let running = match &mut *runtime {
            Some(running) => running,
            none => none.insert(begin()?),
        };
        Ok(running.handle().clone())
    }
}

impl Drop for ServerThread {
    /// Ends it without waiting, as what drops it may be work of its own.
    fn drop(&mut self) {
        if let Some(runtime) = locked(&self.runtime).take() {
            runtime.shutdown_background();
        }
    }
}

fn begin() -> Result<Runtime, Error> {
    Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("servers")
        .enable_all()
        .build()
        .map_err(|error| Error::Broken {
            detail: error.to_string(),
        })
}
