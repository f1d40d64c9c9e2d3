//! A session in one database of a server.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use engine::{
    Canceller, DatabaseInfo, Definition, EngineError, InspectScope, OpContext, Privileges,
    ServerInfo, Session, Sink,
};
use model::snapshot::Fingerprint;
use model::{ObjectPath, SnapshotBuilder};

use crate::connect::{self, Linked};
use crate::settings::Settings;
use crate::variant::Facts;
use crate::{definition, error, inspect, privileges};

/// How long stopping a statement may take; it needs a connection of its own.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(5);

/// An open session.
pub(crate) struct PostgresSession {
    linked: Linked,
    facts: Facts,
    settings: Arc<Settings>,
    /// A read was given up half way: what the link would bring next is its rest.
    broken: bool,
}

impl PostgresSession {
    pub(crate) fn new(linked: Linked, facts: Facts, settings: Arc<Settings>) -> Self {
        Self {
            linked,
            facts,
            settings,
            broken: false,
        }
    }

    fn whole(&self) -> Result<(), EngineError> {
        if self.broken {
            return Err(EngineError::ConnectionLost {
                address: self.facts.address.clone(),
                detail: "An earlier read over this session was given up.".to_owned(),
            });
        }
        Ok(())
    }

    /// Passes a result on; where the work was given up, stops it on the server too.
    fn settle<T>(&mut self, result: Result<T, EngineError>) -> Result<T, EngineError> {
        if matches!(
            result,
            Err(EngineError::Cancelled | EngineError::TimedOut { .. })
        ) {
            self.broken = true;
            let canceller = self.canceller();
            tokio::spawn(async move { canceller.cancel().await });
        }
        result
    }
}

#[async_trait]
impl Session for PostgresSession {
    async fn server(&mut self, _cx: &OpContext) -> Result<ServerInfo, EngineError> {
        Ok(self.facts.info())
    }

    async fn privileges(&mut self, cx: &OpContext) -> Result<Privileges, EngineError> {
        self.whole()?;
        let read = privileges::privileges(&mut self.linked.connection, &self.facts, cx);
        let read = cx.guard("read what this user may see", read).await;
        self.settle(read)
    }

    async fn databases(
        &mut self,
        system: bool,
        cx: &OpContext,
    ) -> Result<Vec<DatabaseInfo>, EngineError> {
        self.whole()?;
        let read = privileges::databases(&mut self.linked.connection, &self.facts, system, cx);
        let read = cx.guard("list the databases", read).await;
        self.settle(read)
    }

    fn reaches(&self, database: &str) -> bool {
        database == self.facts.database
    }

    fn database(&self) -> &str {
        &self.facts.database
    }

    async fn inspect(
        &mut self,
        scope: &InspectScope,
        out: &mut dyn Sink,
        cx: &OpContext,
    ) -> Result<(), EngineError> {
        self.whole()?;
        if !self.reaches(&scope.database) {
            return Err(EngineError::Unsupported {
                what: format!(
                    "Reading {} over a session in {}",
                    scope.database, self.facts.database
                ),
            });
        }
        let what = format!("read {}", scope.database);
        let (link, facts) = (&mut self.linked.connection, &self.facts);
        let read = inspect::inspect(link, scope, facts, out, cx);
        let read = cx.guard(&what, read).await;
        self.settle(read)
    }

    async fn at_rest(
        &mut self,
        known: Vec<(String, Fingerprint)>,
        cx: &OpContext,
    ) -> Result<Vec<(String, Fingerprint)>, EngineError> {
        self.whole()?;
        let asked = inspect::at_rest(&mut self.linked.connection, known, &self.facts, cx);
        let asked = cx.guard("ask whether anything was written", asked).await;
        self.settle(asked)
    }

    async fn inspect_server(
        &mut self,
        out: &mut SnapshotBuilder,
        cx: &OpContext,
    ) -> Result<(), EngineError> {
        self.whole()?;
        let read = inspect::inspect_server(&mut self.linked.connection, &self.facts, out, cx);
        let read = cx.guard("read what belongs to the server", read).await;
        self.settle(read)
    }

    async fn definition(
        &mut self,
        object: &ObjectPath,
        cx: &OpContext,
    ) -> Result<Definition, EngineError> {
        self.whole()?;
        let what = format!("read the definition of {object}");
        let read = definition::definition(&mut self.linked.connection, object, &self.facts, cx);
        let read = cx.guard(&what, read).await;
        self.settle(read)
    }

    async fn close(self: Box<Self>) {
        self.linked.close().await;
    }

    fn canceller(&self) -> Box<dyn Canceller> {
        Box::new(PostgresCanceller {
            settings: Arc::clone(&self.settings),
            database: self.facts.database.clone(),
            process: (!self.facts.pooled).then_some(self.facts.process),
        })
    }
}

/// Stops the statement of one session through another one.
struct PostgresCanceller {
    settings: Arc<Settings>,
    database: String,
    /// Nothing behind a pooler, where it may serve somebody else by then.
    process: Option<i32>,
}

#[async_trait]
impl Canceller for PostgresCanceller {
    async fn cancel(&self) {
        let Some(process) = self.process else {
            return;
        };
        let cx = OpContext::lasting(CANCEL_TIMEOUT);
        let stop = async {
            let (mut linked, facts) =
                connect::enter(&self.settings, &self.database, false, &cx).await?;
            let asked = sqlx::query(include_str!("sql/cancel.sql"))
                .bind(process)
                .execute(&mut linked.connection)
                .await;
            asked.map_err(|error| error::running(error, &facts))
        };
        // The session's own error tells people that it was stopped; where the
        // server cannot be asked, its statement timeout ends the statement.
        if let Err(error) = cx.guard("stop a statement", stop).await {
            tracing::debug!(%error, "the server could not be asked to stop a statement");
        }
    }
}
