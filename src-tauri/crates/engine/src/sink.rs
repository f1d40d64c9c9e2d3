//! `Sink`: where an engine puts what it reads.

use async_trait::async_trait;
use model::SnapshotBuilder;
use model::snapshot::{Fingerprint, Portion};

use crate::EngineError;

/// Where the portions of a reading go.
#[async_trait]
pub trait Sink: Send {
    /// What is known of the database already: the fingerprint that its last whole
    /// reading ended with.
    fn known(&self) -> Option<&Fingerprint> {
        None
    }

    /// Takes a portion, and waits while there is no room for it.
    ///
    /// # Errors
    /// `Cancelled` where nobody takes it any more.
    async fn put(&mut self, portion: Portion) -> Result<(), EngineError>;
}

/// Gathers all portions into one snapshot.
#[async_trait]
impl Sink for SnapshotBuilder {
    async fn put(&mut self, portion: Portion) -> Result<(), EngineError> {
        match portion {
            Portion::Read(snapshot) => self.absorb(snapshot),
            Portion::Restart => *self = Self::default(),
            Portion::Only(_) | Portion::Fingerprint(_) => {}
        }
        Ok(())
    }
}
