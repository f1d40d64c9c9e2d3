//! A session with a server or a set of them; it reaches every database there.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bson::Document;
use engine::{
    Canceller, DatabaseInfo, Definition, EngineError, InspectScope, OpContext, Privileges,
    ServerInfo, Session, Sink,
};
use model::{ObjectPath, SnapshotBuilder};
use mongodb::Client;

use crate::server::Server;
use crate::{ask, definition, inspect, privileges};

/// How long stopping may take.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(5);

/// An open session. The protocol has no session that may only read: this one
/// has no code that sends any other command.
pub(crate) struct MongoSession {
    server: Server,
}

impl MongoSession {
    pub(crate) fn new(server: Server) -> Self {
        Self { server }
    }

    /// Passes a result on; where the work was given up, stops it on the server too.
    fn settle<T>(&mut self, result: Result<T, EngineError>) -> Result<T, EngineError> {
        if matches!(
            result,
            Err(EngineError::Cancelled | EngineError::TimedOut { .. })
        ) {
            let canceller = self.canceller();
            tokio::spawn(async move { canceller.cancel().await });
        }
        result
    }
}

#[async_trait]
impl Session for MongoSession {
    async fn server(&mut self, _cx: &OpContext) -> Result<ServerInfo, EngineError> {
        Ok(self.server.facts.info())
    }

    async fn privileges(&mut self, cx: &OpContext) -> Result<Privileges, EngineError> {
        self.server.heard_by(cx);
        let read = privileges::privileges(&mut self.server);
        let read = cx.guard("read what this user may see", read).await;
        self.settle(read)
    }

    async fn databases(
        &mut self,
        system: bool,
        cx: &OpContext,
    ) -> Result<Vec<DatabaseInfo>, EngineError> {
        self.server.heard_by(cx);
        let read = privileges::databases(&mut self.server, system);
        let read = cx.guard("list the databases", read).await;
        self.settle(read)
    }

    fn reaches(&self, _database: &str) -> bool {
        true
    }

    fn database(&self) -> &str {
        &self.server.facts.database
    }

    async fn inspect(
        &mut self,
        scope: &InspectScope,
        out: &mut dyn Sink,
        cx: &OpContext,
    ) -> Result<(), EngineError> {
        self.server.heard_by(cx);
        let what = format!("read {}", scope.database);
        let read = inspect::inspect(&mut self.server, scope, out, cx);
        let read = cx.guard(&what, read).await;
        self.settle(read)
    }

    async fn inspect_server(
        &mut self,
        out: &mut SnapshotBuilder,
        cx: &OpContext,
    ) -> Result<(), EngineError> {
        self.server.heard_by(cx);
        let read = inspect::inspect_server(&mut self.server, out);
        let read = cx.guard("read users, roles and shards", read).await;
        self.settle(read)
    }

    async fn definition(
        &mut self,
        object: &ObjectPath,
        cx: &OpContext,
    ) -> Result<Definition, EngineError> {
        self.server.heard_by(cx);
        let what = format!("read the definition of {object}");
        let read = definition::definition(&mut self.server, object);
        let read = cx.guard(&what, read).await;
        self.settle(read)
    }

    async fn close(self: Box<Self>) {
        self.server.close().await;
    }

    fn canceller(&self) -> Box<dyn Canceller> {
        Box::new(MongoCanceller {
            client: self.server.client.clone(),
            ear: Arc::clone(&self.server.ear),
            lanes: self.server.lane_ids(),
        })
    }
}

/// Stops what one session's conversations do, through another of its client.
struct MongoCanceller {
    client: Client,
    ear: Arc<ask::Ear>,
    lanes: Vec<Document>,
}

#[async_trait]
impl Canceller for MongoCanceller {
    async fn cancel(&self) {
        if self.lanes.is_empty() {
            return;
        }
        let asked = tokio::time::timeout(
            CANCEL_TIMEOUT,
            ask::stop(&self.client, &self.ear, &self.lanes),
        );
        // Where the server cannot be asked, its own time limit ends the command.
        match asked.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::debug!(kind = %error.kind, "a server could not be asked to stop");
            }
            Err(_) => tracing::debug!("a server did not answer when asked to stop"),
        }
    }
}
