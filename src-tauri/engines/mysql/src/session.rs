//! A session on a server; it reads every database that its user may see.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use engine::{
    Canceller, DatabaseInfo, Definition, EngineError, InspectScope, OpContext, Privileges,
    ServerInfo, Session, Sink,
};
use model::{ObjectPath, SnapshotBuilder};

use crate::connect::{self, Linked, unbroken};
use crate::grants::Grants;
use crate::settings::Settings;
use crate::variant::Facts;
use crate::{answer, definition, error, inspect, privileges, server};

/// How long stopping a statement may take; it needs a connection of its own.
const CANCEL_TIMEOUT: Duration = Duration::from_secs(5);

/// An open session.
pub(crate) struct MySqlSession {
    linked: Linked,
    facts: Facts,
    settings: Arc<Settings>,
    /// What this user was granted, once it was asked for.
    grants: Option<Grants>,
    /// A read was given up half way: what the link would bring next is its rest.
    broken: bool,
}

impl MySqlSession {
    pub(crate) fn new(linked: Linked, facts: Facts, settings: Arc<Settings>) -> Self {
        Self {
            linked,
            facts,
            settings,
            grants: None,
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
    fn settle<T>(
        &mut self,
        result: Result<Option<Result<T, EngineError>>, EngineError>,
    ) -> Result<T, EngineError> {
        let result = match result {
            Ok(Some(result)) => result,
            Ok(None) => {
                self.broken = true;
                Err(error::running(error::nonsense(), &self.facts))
            }
            Err(error) => Err(error),
        };
        match &result {
            Err(EngineError::Cancelled | EngineError::TimedOut { .. }) => {
                self.broken = true;
                let canceller = self.canceller();
                tokio::spawn(async move { canceller.cancel().await });
            }
            Err(EngineError::ConnectionLost { .. }) => self.broken = true,
            _ => {}
        }
        result
    }
}

/// Awaits work of the driver until the context ends it; absent where the server's
/// bytes broke the driver.
macro_rules! guarded {
    ($cx:expr, $what:expr, $work:expr) => {
        $cx.guard($what, async { Ok(unbroken($work).await) }).await
    };
}

#[async_trait]
impl Session for MySqlSession {
    async fn server(&mut self, _cx: &OpContext) -> Result<ServerInfo, EngineError> {
        Ok(self.facts.info())
    }

    async fn privileges(&mut self, cx: &OpContext) -> Result<Privileges, EngineError> {
        self.whole()?;
        let work = privileges::privileges(
            &mut self.linked.connection,
            &self.facts,
            &mut self.grants,
            cx,
        );
        let read = guarded!(cx, "read what this user may see", work);
        self.settle(read)
    }

    async fn databases(
        &mut self,
        system: bool,
        cx: &OpContext,
    ) -> Result<Vec<DatabaseInfo>, EngineError> {
        self.whole()?;
        let work = privileges::databases(
            &mut self.linked.connection,
            &self.facts,
            &mut self.grants,
            system,
            cx,
        );
        let read = guarded!(cx, "list the databases", work);
        self.settle(read)
    }

    fn reaches(&self, _database: &str) -> bool {
        true
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
        let what = format!("read {}", scope.database);
        let work = inspect::inspect(
            &mut self.linked.connection,
            scope,
            &self.facts,
            &mut self.grants,
            out,
            cx,
        );
        let read = guarded!(cx, &what, work);
        self.settle(read)
    }

    async fn inspect_server(
        &mut self,
        out: &mut SnapshotBuilder,
        cx: &OpContext,
    ) -> Result<(), EngineError> {
        self.whole()?;
        let (connection, grants) = (&mut self.linked.connection, self.grants.as_ref());
        let work = server::inspect(connection, &self.facts, grants, out, cx);
        let read = guarded!(cx, "read what belongs to the server", work);
        self.settle(read)
    }

    async fn definition(
        &mut self,
        object: &ObjectPath,
        cx: &OpContext,
    ) -> Result<Definition, EngineError> {
        self.whole()?;
        let what = format!("read the definition of {object}");
        let work = definition::definition(
            &mut self.linked.connection,
            object,
            &self.facts,
            &mut self.grants,
            cx,
        );
        let read = guarded!(cx, &what, work);
        self.settle(read)
    }

    async fn close(self: Box<Self>) {
        self.linked.close().await;
    }

    fn canceller(&self) -> Box<dyn Canceller> {
        Box::new(MySqlCanceller {
            settings: Arc::clone(&self.settings),
            connection: self.facts.connection,
        })
    }
}

/// Stops the statement of one session through another one.
struct MySqlCanceller {
    settings: Arc<Settings>,
    connection: u64,
}

#[async_trait]
impl Canceller for MySqlCanceller {
    async fn cancel(&self) {
        let cx = OpContext::lasting(CANCEL_TIMEOUT);
        let stop = async {
            let (mut linked, facts) = connect::enter(&self.settings, &cx).await?;
            let number = self.connection.to_string();
            let kill = include_str!("sql/cancel.sql").replace("{connection}", &number);
            let asked = answer::rows(&mut linked.connection, kill).await;
            linked.close().await;
            asked
                .map(drop)
                .map_err(|error| error::running(error, &facts))
        };
        // The session's own error tells people that it was stopped; where the
        // server cannot be asked, its limit for statements ends the statement.
        if let Err(error) = cx.guard("stop a statement", stop).await {
            tracing::debug!(%error, "the server could not be asked to stop a statement");
        }
    }
}
