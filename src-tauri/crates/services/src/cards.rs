//! Connections as lists show them, put together from the catalogue and the vault.

use std::collections::HashSet;

use catalogue::{CatalogueError, Read, Scope, SyncRecord, SyncState, TestRecord};
use model::connection::field;
use model::secret::SecretPurpose;
use model::{Amount, AppError, Connection, ConnectionId, ConnectionUuid, ErrorKind, Target};

use crate::Error;
use crate::studio::{Studio, blocking};
use crate::sync::WHOLE;
use crate::view::{ConnectionCard, Reach, SyncEnded};

/// How many of the latest tests a card shows.
const LATENCIES: u32 = 30;
/// The newest sync may run, the one before it has ended.
const RUNNING_AND_ENDED: u32 = 2;

impl Studio {
    /// All connections of the user, in their order.
    ///
    /// # Errors
    /// Those of the catalogue and the vault.
    pub async fn connections(&self) -> Result<Vec<ConnectionCard>, Error> {
        let cards = self
            .read(|scope| {
                scope
                    .connections()
                    .list()?
                    .into_iter()
                    .map(|kept| card(scope, kept))
                    .collect()
            })
            .await?;
        self.complete(cards).await
    }

    /// One connection.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn connection(&self, id: ConnectionId) -> Result<ConnectionCard, Error> {
        let card = self
            .read(move |scope| card(scope, scope.connections().get(id)?))
            .await?;
        let mut cards = self.complete(vec![card]).await?;
        cards
            .pop()
            .ok_or(CatalogueError::NotFound { what: "connection" }.into())
    }

    /// Adds what the catalogue does not know: the vault's names and what is running.
    async fn complete(&self, mut cards: Vec<ConnectionCard>) -> Result<Vec<ConnectionCard>, Error> {
        let who = self.signed_in()?;
        let names = blocking(move || who.with_vault(|store| store.names())).await?;
        let with_password: HashSet<ConnectionUuid> = names
            .into_iter()
            .filter(|name| name.purpose == SecretPurpose::Password)
            .map(|name| name.connection)
            .collect();
        for card in &mut cards {
            card.has_password = with_password.contains(&card.connection.uuid);
            card.running = self.running(card.connection.id);
        }
        Ok(cards)
    }
}

fn card(scope: &Scope<'_, Read>, kept: Connection) -> Result<ConnectionCard, CatalogueError> {
    let id = kept.id;
    // The sync of a part says nothing about the rest.
    let syncs = scope.syncs().list(id, Some(WHOLE), RUNNING_AND_ENDED)?;
    let ended = syncs.iter().find(|sync| sync.state != SyncState::Running);
    let good = scope.syncs().last_good(id, WHOLE)?;
    let counts = scope.objects().counts(id)?;
    let tests = scope.tests().list(id, LATENCIES)?;
    Ok(ConnectionCard {
        address: address(&kept.draft.target),
        database: kept.draft.target.get(field::DATABASE).map(str::to_owned),
        has_password: false,
        latencies: tests.iter().rev().map(latency).collect(),
        reach: reach(&tests),
        running: None,
        last_sync: ended.map(|sync| sync_ended(scope, sync)).transpose()?,
        synced_at: good.and_then(|sync| sync.finished_at),
        counts: counts
            .into_iter()
            .map(|(kind, count)| (kind, Amount::from(count)))
            .collect(),
        connection: kept,
    })
}

/// Host and port, socket or file, for people.
pub(crate) fn address(target: &Target) -> String {
    let (file, socket) = (target.get(field::FILE), target.get(field::SOCKET));
    match (
        file.or(socket),
        target.get(field::HOST),
        target.get(field::PORT),
    ) {
        (Some(path), _, _) => path.to_owned(),
        // Several hosts, each with its own port where it has one.
        (None, Some(hosts), _) if hosts.contains(',') => hosts.replace(',', ", "),
        (None, Some(host), Some(port)) if host.contains(':') && !host.starts_with('[') => {
            format!("[{host}]:{port}")
        }
        (None, Some(host), Some(port)) if !host.starts_with('/') => format!("{host}:{port}"),
        (None, Some(host), _) => host.to_owned(),
        (None, None, Some(port)) => format!("localhost:{port}"),
        (None, None, None) => "localhost".to_owned(),
    }
}

/// The kind of error with this stable name.
fn kind_named(name: Option<&str>) -> ErrorKind {
    let kind = name.map(|name| serde_json::from_value(name.into()));
    kind.and_then(Result::ok).unwrap_or(ErrorKind::Internal)
}

fn latency(test: &TestRecord) -> Option<f32> {
    test.millis.filter(|_| test.error_kind.is_none())
}

fn reach(newest_first: &[TestRecord]) -> Option<Reach> {
    let last = newest_first.first()?;
    let error = last.error_kind.as_ref().map(|kind| {
        let mut error = AppError::new(
            kind_named(Some(kind)),
            last.message.clone().unwrap_or_default(),
        );
        error.hint = last.hint.clone();
        error
    });
    let last_good = newest_first.iter().find(|test| test.error_kind.is_none());
    let server = last_good.and_then(|test| Some((test.product.as_ref()?, test.version.as_ref()?)));
    Some(Reach {
        at: last.at,
        millis: latency(last),
        last_good_at: error.as_ref().and(last_good.map(|test| test.at)),
        error,
        server: server.map(|(product, version)| format!("{product} {version}")),
    })
}

fn sync_ended(scope: &Scope<'_, Read>, sync: &SyncRecord) -> Result<SyncEnded, CatalogueError> {
    let error = match sync.state {
        SyncState::Running | SyncState::Done => None,
        SyncState::Failed => Some((kind_named(sync.error_kind.as_deref()), "The sync failed.")),
        SyncState::Cancelled => Some((ErrorKind::Cancelled, "The sync was stopped.")),
        SyncState::Interrupted => {
            Some((ErrorKind::Cancelled, "db-studio ended before the sync did."))
        }
    };
    let error = error.map(|(kind, message)| {
        let mut error = AppError::new(kind, sync.message.as_deref().unwrap_or(message));
        error.hint.clone_from(&sync.hint);
        error
    });
    let warnings = scope.syncs().warnings(sync.connection)?;
    Ok(SyncEnded {
        sync: sync.id,
        at: sync.finished_at.unwrap_or(sync.started_at),
        error,
        added: sync.totals.added.into(),
        changed: sync.totals.changed.into(),
        removed: sync.totals.removed.into(),
        warnings: warnings.into_iter().map(|kept| kept.warning).collect(),
    })
}
