//! Whether what cannot work ends in time, with the right error, and without
//! a word of the password.

use std::time::Duration;

use model::{Secret, Target};
use tokio_util::sync::CancellationToken;

use super::{Complaints, PATIENCE, Recorder};
use crate::{Engine, EngineError, OpContext};

/// Something that must not work, and how it must fail.
pub struct Refusal {
    /// What is tried, in a few words.
    pub what: &'static str,
    /// Where.
    pub target: Target,
    /// With which password; no error may hold it.
    pub secret: Option<Secret>,
    /// How long it may take.
    pub limit: Duration,
    /// Whether it is stopped once the first stage has begun.
    pub cancelled: bool,
    /// Whether this is the right error.
    pub expected: fn(&EngineError) -> bool,
}

impl Refusal {
    /// Something that fails by itself, long before any deadline.
    pub fn of(what: &'static str, target: Target, expected: fn(&EngineError) -> bool) -> Self {
        Self {
            what,
            target,
            secret: None,
            limit: PATIENCE,
            cancelled: false,
            expected,
        }
    }

    /// With this password.
    #[must_use]
    pub fn with(mut self, secret: Option<Secret>) -> Self {
        self.secret = secret;
        self
    }

    /// With a deadline.
    #[must_use]
    pub fn within(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Stopped once the first stage has begun.
    #[must_use]
    pub fn cancelled(mut self) -> Self {
        self.cancelled = true;
        self
    }
}

/// Each of these fails in time, as it should, and tells no password.
pub async fn refuses(engine: &dyn Engine, refusals: Vec<Refusal>) -> Complaints {
    let mut complaints = Complaints::default();
    for refusal in refusals {
        let what = refusal.what;
        let recorder = Recorder::new();
        let cancel = CancellationToken::new();
        let cx = OpContext::lasting(refusal.limit)
            .observed(recorder.clone())
            .cancelled_by(cancel.clone());
        let opening = engine.open(&refusal.target, refusal.secret.as_ref(), &cx);
        let stopping = async {
            while refusal.cancelled && recorder.stages().is_empty() {
                tokio::task::yield_now().await;
            }
            if refusal.cancelled {
                cancel.cancel();
            }
            std::future::pending::<()>().await;
        };
        let ended = tokio::select! {
            ended = tokio::time::timeout(PATIENCE, opening) => ended,
            () = stopping => continue,
        };
        let error = match ended {
            Err(_) => {
                complaints.expect(false, || format!("{what}: hung"));
                continue;
            }
            Ok(Ok(_)) => {
                complaints.expect(false, || format!("{what}: opened"));
                continue;
            }
            Ok(Err(error)) => error,
        };
        complaints.expect((refusal.expected)(&error), || format!("{what}: {error:?}"));
        let told = format!(
            "{error} {error:?} {:?} {:?}",
            error.hint(),
            recorder.stages()
        );
        let password = refusal
            .secret
            .as_ref()
            .map(Secret::expose)
            .unwrap_or_default();
        let silent = password.is_empty() || !told.contains(password);
        complaints.expect(silent, || format!("{what}: the error tells the password"));
        let message = error.to_string();
        complaints.expect(message.ends_with('.'), || {
            format!("{what}: no sentence: {message}")
        });
    }
    complaints
}
