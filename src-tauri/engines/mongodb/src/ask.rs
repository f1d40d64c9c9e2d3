//! Commands to a server, and a word to whoever watches of each that is sent.

use std::ops::ControlFlow;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bson::{Bson, Document, RawDocument, doc};
use engine::{Observer, Silent};
use futures_util::StreamExt as _;
use futures_util::future::join_all;
use mongodb::error::Error;
use mongodb::event::command::{CommandEvent, CommandStartedEvent};
use mongodb::options::{SelectionCriteria, ServerAddress};
use mongodb::{Client, ClientSession, ServerInfo};

use crate::types;

/// Longest list of values that is shown of a command; what is longer is counted.
const SHOWN_VALUES: usize = 8;

/// One conversation with the server; what it does can be stopped by its id.
pub(crate) struct Lane {
    client: Client,
    ear: Arc<Ear>,
    session: ClientSession,
    criteria: SelectionCriteria,
}

impl Lane {
    pub(crate) async fn open(
        client: &Client,
        ear: &Arc<Ear>,
        criteria: &SelectionCriteria,
    ) -> Result<Self, Error> {
        Ok(Self {
            ear: Arc::clone(ear),
            session: client.start_session().await?,
            client: client.clone(),
            criteria: criteria.clone(),
        })
    }

    /// What the server knows this conversation by.
    pub(crate) fn id(&self) -> Document {
        self.session.id().clone()
    }

    /// Leaves what it was asked last, and begins anew.
    pub(crate) async fn give_up(&mut self) -> Result<(), Error> {
        let (client, ear, left) = (self.client.clone(), Arc::clone(&self.ear), self.id());
        self.session = self.client.start_session().await?;
        tokio::spawn(async move {
            if let Err(error) = stop(&client, &ear, &[left]).await {
                tracing::debug!(kind = %error.kind, "a server could not be asked to stop");
            }
        });
        Ok(())
    }

    /// Sends a command and gives its reply.
    pub(crate) async fn ask(
        &mut self,
        database: &str,
        command: Document,
        limit: Duration,
    ) -> Result<Document, Error> {
        let command = self.signed(command, limit);
        let database = self.client.database(database);
        database
            .run_command(command)
            .selection_criteria(self.criteria.clone())
            .session(&mut self.session)
            .await
    }

    /// Sends a command that is answered by a list, and gives all of it.
    pub(crate) async fn list(
        &mut self,
        database: &str,
        command: Document,
        limit: Duration,
    ) -> Result<Vec<Document>, Error> {
        let mut all = Vec::new();
        let mut unreadable = None;
        self.each(database, command, limit, |document| {
            match Document::try_from(document) {
                Ok(document) => all.push(document),
                Err(error) => {
                    unreadable = Some(error);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })
        .await?;
        match unreadable {
            Some(error) => Err(error.into()),
            None => Ok(all),
        }
    }

    /// Sends a command that is answered by a list, and shows each of it as it
    /// came until told to stop.
    pub(crate) async fn each(
        &mut self,
        database: &str,
        command: Document,
        limit: Duration,
        mut look: impl FnMut(&RawDocument) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let command = self.signed(command, limit);
        let database = self.client.database(database);
        let mut cursor = database
            .run_cursor_command(command)
            .selection_criteria(self.criteria.clone())
            .session(&mut self.session)
            .batch()
            .await?;
        let mut batches = cursor.stream(&mut self.session);
        while let Some(batch) = batches.next().await {
            for document in batch?.doc_slices()? {
                let document = document?;
                let Some(document) = document.as_document() else {
                    continue;
                };
                if look(document).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn signed(&self, mut command: Document, limit: Duration) -> Document {
        let millis = i64::try_from(limit.as_millis()).unwrap_or(i64::MAX).max(1);
        command.insert("maxTimeMS", millis);
        command.insert("comment", "db-studio");
        command
    }
}

/// Stops whatever these conversations do, on each server that was asked anything:
/// members of a set do not tell one another, and which one answers is the driver's choice.
pub(crate) async fn stop(client: &Client, ear: &Ear, lanes: &[Document]) -> Result<(), Error> {
    let ids: Vec<Bson> = lanes.iter().cloned().map(Bson::Document).collect();
    let database = client.database("admin");
    let asked = ear.asked().into_iter().map(|address| {
        let there = move |server: &ServerInfo<'_>| *server.address() == address;
        database
            .run_command(doc! { "killSessions": ids.clone() })
            .selection_criteria(SelectionCriteria::Predicate(Arc::new(there)))
            .into_future()
    });
    join_all(asked)
        .await
        .into_iter()
        .try_for_each(|told| told.map(drop))
}

/// Passes on each command that is sent to whoever watches at that time, and keeps
/// in mind which servers were asked.
pub(crate) struct Ear {
    observer: Mutex<Arc<dyn Observer>>,
    asked: Mutex<Vec<ServerAddress>>,
}

impl Default for Ear {
    fn default() -> Self {
        Self {
            observer: Mutex::new(Arc::new(Silent)),
            asked: Mutex::default(),
        }
    }
}

impl Ear {
    /// From now on this one watches.
    pub(crate) fn belongs_to(&self, observer: &Arc<dyn Observer>) {
        *lock(&self.observer) = Arc::clone(observer);
    }

    fn asked(&self) -> Vec<ServerAddress> {
        lock(&self.asked).clone()
    }

    /// Takes in what the driver tells.
    pub(crate) fn tell(&self, event: CommandEvent) {
        if let CommandEvent::Started(started) = event {
            {
                let mut asked = lock(&self.asked);
                if !asked.contains(&started.connection.address) {
                    asked.push(started.connection.address.clone());
                }
            }
            let observer = Arc::clone(&lock(&self.observer));
            observer.statement(&statement(started));
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A command as people are shown it: without what the driver adds to each for
/// itself, and without long lists of values.
fn statement(started: CommandStartedEvent) -> String {
    let mut command = started.command;
    for added in [
        "lsid",
        "$clusterTime",
        "$db",
        "$readPreference",
        "txnNumber",
    ] {
        command.remove(added);
    }
    let mut command = Bson::Document(command);
    shorten(&mut command);
    format!("{}: {}", started.db, types::compact(&command))
}

fn shorten(value: &mut Bson) {
    match value {
        Bson::Document(document) => {
            for (key, value) in document.iter_mut() {
                match value {
                    Bson::Array(values) if key == "$in" && values.len() > SHOWN_VALUES => {
                        let count = values.len();
                        *value = Bson::String(format!("{count} values"));
                    }
                    other => shorten(other),
                }
            }
        }
        Bson::Array(values) => values.iter_mut().for_each(shorten),
        _ => {}
    }
}
