//! The servers behind one session: the driver's client, its conversations and
//! what is known of them all.

use std::sync::Arc;
use std::time::Duration;

use bson::Document;
use engine::dial::Proxy;
use engine::{EngineError, OpContext};
use mongodb::Client;

use crate::ask::{Ear, Lane};
use crate::error;
use crate::settings::{LANES, Settings};
use crate::variant::Facts;

/// How long the servers may take to hear a farewell.
const FAREWELL: Duration = Duration::from_secs(2);

/// An open client with its conversations.
pub(crate) struct Server {
    pub(crate) client: Client,
    pub(crate) facts: Facts,
    pub(crate) settings: Arc<Settings>,
    lanes: Vec<Lane>,
    pub(crate) ear: Arc<Ear>,
    // After the client, whose farewell passes through it.
    _proxy: Proxy,
}

impl Server {
    pub(crate) fn new(
        client: Client,
        proxy: Proxy,
        ear: Arc<Ear>,
        facts: Facts,
        settings: Arc<Settings>,
    ) -> Self {
        Self {
            client,
            facts,
            settings,
            lanes: Vec::new(),
            ear,
            _proxy: proxy,
        }
    }

    /// Lets whoever watches this operation hear of each command from now on.
    pub(crate) fn heard_by(&self, cx: &OpContext) {
        self.ear.belongs_to(cx.observer());
    }

    /// All conversations, which are begun when they are first needed.
    pub(crate) async fn lanes(&mut self) -> Result<&mut [Lane], EngineError> {
        while self.lanes.len() < LANES {
            let begun = self.begin().await;
            begun.map_err(|failure| self.failed(&failure, "begin to read"))?;
        }
        Ok(&mut self.lanes)
    }

    /// Sends one command to a database.
    pub(crate) async fn ask(
        &mut self,
        database: &str,
        command: Document,
    ) -> Result<Document, mongodb::error::Error> {
        let limit = self.settings.statement_timeout;
        self.lane().await?.ask(database, command, limit).await
    }

    /// Sends one command that is answered by a list.
    pub(crate) async fn list(
        &mut self,
        database: &str,
        command: Document,
    ) -> Result<Vec<Document>, mongodb::error::Error> {
        let limit = self.settings.statement_timeout;
        self.lane().await?.list(database, command, limit).await
    }

    /// An error of the driver, as ours; `what` was to be done.
    pub(crate) fn failed(&self, failure: &mongodb::error::Error, what: &str) -> EngineError {
        error::running(failure, &self.facts, what, self.settings.statement_timeout)
    }

    /// What the server knows the conversations by.
    pub(crate) fn lane_ids(&self) -> Vec<Document> {
        self.lanes.iter().map(Lane::id).collect()
    }

    /// Ends everything and waits, not for ever, until the servers have heard it.
    pub(crate) async fn close(self) {
        let Self { client, lanes, .. } = self;
        drop(lanes);
        let _ = tokio::time::timeout(FAREWELL, client.shutdown()).await;
    }

    async fn lane(&mut self) -> Result<&mut Lane, mongodb::error::Error> {
        if self.lanes.is_empty() {
            self.begin().await?;
        }
        let missing = || mongodb::error::Error::from(std::io::ErrorKind::NotConnected);
        self.lanes.first_mut().ok_or_else(missing)
    }

    async fn begin(&mut self) -> Result<(), mongodb::error::Error> {
        let criteria = self.settings.criteria();
        let lane = Lane::open(&self.client, &self.ear, &criteria).await?;
        self.lanes.push(lane);
        Ok(())
    }
}
