//! Testing connections, kept ones and those in a form.

use std::sync::Arc;

use catalogue::TestRecord;
use engine::ServerInfo;
use model::{AppError, Connection, ConnectionId, ErrorKind, Stage, Target};
use tokio_util::sync::CancellationToken;

use crate::probe::{Probed, probe};
use crate::studio::{SignedIn, Studio, locked};
use crate::view::{PasswordInput, TestOutcome};
use crate::{Error, Event};

impl Studio {
    /// Tests a kept connection and keeps how it went; its stages come as events
    /// with this run's number.
    ///
    /// # Errors
    /// An unknown connection. A server that cannot be reached is an outcome, no error.
    pub async fn test_connection(&self, run: u32, id: ConnectionId) -> Result<TestOutcome, Error> {
        let who = self.signed_in()?;
        let kept = self
            .read_as(who.clone(), move |scope| scope.connections().get(id))
            .await?;
        let secret = self.password_as(who.clone(), &kept).await?;
        let probed = self
            .run_test(run, Some(id), &kept.draft.target, secret.as_ref())
            .await?;
        let cancelled = probed
            .outcome
            .error
            .as_ref()
            .is_some_and(|error| error.kind == ErrorKind::Cancelled);
        if !cancelled {
            self.keep_test(who, &kept, &probed).await?;
        }
        self.emit(Event::ConnectionTested { connection: id });
        Ok(probed.outcome)
    }

    /// Tests what is in a form; with `of`, a kept password is that of this connection.
    ///
    /// # Errors
    /// An unknown connection, or a password ticket that is no longer kept.
    pub async fn test_draft(
        &self,
        run: u32,
        target: Target,
        password: PasswordInput,
        of: Option<ConnectionId>,
    ) -> Result<TestOutcome, Error> {
        let secret = match (&password, of) {
            (PasswordInput::Keep, Some(id)) => {
                let kept = self.read(move |scope| scope.connections().get(id)).await?;
                self.check_kept_password(&kept, &target).await?;
                self.password(&kept).await?
            }
            _ => self.take_password(password)?,
        };
        Ok(self
            .run_test(run, of, &target, secret.as_ref())
            .await?
            .outcome)
    }

    /// Stops a test.
    ///
    /// # Errors
    /// `SignedOut`. A test that has ended is no error.
    pub async fn cancel_test(&self, run: u32) -> Result<(), Error> {
        self.signed_in()?;
        if let Some(stop) = locked(&self.inner.tests).remove(&run) {
            stop.cancel();
        }
        Ok(())
    }

    async fn run_test(
        &self,
        run: u32,
        connection: Option<ConnectionId>,
        target: &Target,
        secret: Option<&model::Secret>,
    ) -> Result<Probed, Error> {
        let engine = self.engine(&target.engine)?;
        let stop = self.signed_in()?.stop.child_token();
        let _listed = Listed::enter(self, run, stop.clone());
        let studio = self.clone();
        let watch = move |report| {
            studio.emit(Event::TestStage {
                run,
                connection,
                report,
            })
        };
        Ok(probe(engine, target, secret, stop, watch).await)
    }

    async fn keep_test(
        &self,
        who: Arc<SignedIn>,
        connection: &Connection,
        probed: &Probed,
    ) -> Result<(), Error> {
        let outcome = &probed.outcome;
        self.keep_reach(
            who,
            connection.id,
            outcome.millis,
            probed.server.as_ref(),
            outcome.error.as_ref().zip(probed.stage_failed),
        )
        .await
    }

    /// Keeps how a server was found.
    pub(crate) async fn keep_reach(
        &self,
        who: Arc<SignedIn>,
        connection: ConnectionId,
        millis: f32,
        server: Option<&ServerInfo>,
        failure: Option<(&AppError, Stage)>,
    ) -> Result<(), Error> {
        let error = failure.map(|(error, _)| error);
        let record = TestRecord {
            at: self.clock().now(),
            millis: Some(millis),
            stage_failed: failure.map(|(_, stage)| stage),
            error_kind: error.map(|error| error.kind.as_str().to_owned()),
            message: error.map(|error| error.message.clone()),
            hint: error.and_then(|error| error.hint.clone()),
            product: server.map(|server| server.product.clone()),
            version: server.map(|server| server.version.clone()),
        };
        self.write_as(who, move |scope| {
            scope.tests().record(connection, &record)?;
            scope.connections().touch_used(connection)
        })
        .await
    }
}

/// A test in the list of those that can be stopped, for as long as it runs.
struct Listed<'a> {
    studio: &'a Studio,
    run: u32,
}

impl<'a> Listed<'a> {
    fn enter(studio: &'a Studio, run: u32, stop: CancellationToken) -> Self {
        locked(&studio.inner.tests).insert(run, stop);
        Self { studio, run }
    }
}

impl Drop for Listed<'_> {
    fn drop(&mut self) {
        locked(&self.studio.inner.tests).remove(&self.run);
    }
}
