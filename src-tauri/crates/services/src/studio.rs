//! The services as one value: what is open, who is signed in, what is running.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use catalogue::{Catalogue, CatalogueError, Read, Scope, UserSession, Write};
use engine::{Engine, Registry};
use model::{Clock, ConnectionId, EngineId, Secret, UserId};
use tokio_util::sync::CancellationToken;
use vault::{IdleLock, SecretStore, SecretStores};

use crate::browse::contents::Lists;
use crate::browse::tree::{Folds, Trees};
use crate::search::Names;
use crate::server_thread::ServerThread;
use crate::view::{SyncRun, UserCard};
use crate::{Error, Event, EventSink};

/// What a studio is made of; everything that tests put something else in for.
pub struct Parts {
    /// The folder of catalogue and vaults; made where it is missing.
    pub folder: PathBuf,
    /// The engines.
    pub registry: Registry,
    /// Where secrets are kept.
    pub stores: Arc<dyn SecretStores>,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// Who is told what happens.
    pub events: Arc<dyn EventSink>,
    /// What a guess at a new passphrase must cost; absent to calibrate on this machine.
    pub cost: Option<vault::Cost>,
    /// Whether a new user gets the sample database.
    pub sample: bool,
}

/// All that db-studio can do; cheap to clone, all clones are one.
#[derive(Clone)]
pub struct Studio {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) parts: Parts,
    pub(crate) catalogue: Catalogue,
    signed_in: RwLock<Option<Arc<SignedIn>>>,
    pub(crate) tests: Mutex<HashMap<u32, CancellationToken>>,
    pub(crate) syncs: Mutex<HashMap<u32, RunningSync>>,
    pub(crate) server_thread: ServerThread,
    pub(crate) tickets: Mutex<HashMap<u32, Secret>>,
    /// What each user has unfolded; outlives a lock.
    folds: Mutex<HashMap<UserId, Arc<Mutex<Folds>>>>,
    next_number: AtomicU32,
}

/// A sync that is running, and what stops it.
pub(crate) struct RunningSync {
    pub(crate) run: SyncRun,
    pub(crate) stop: CancellationToken,
}

/// Somebody who is signed in, with their open vault.
pub(crate) struct SignedIn {
    pub(crate) session: UserSession,
    pub(crate) card: UserCard,
    vault: Mutex<Option<Box<dyn SecretStore>>>,
    pub(crate) idle: Mutex<IdleLock>,
    pub(crate) names: Names,
    pub(crate) trees: Trees,
    pub(crate) lists: Lists,
    /// Ends all work in the background that belongs to them.
    pub(crate) stop: CancellationToken,
}

impl SignedIn {
    pub(crate) fn new(
        session: UserSession,
        card: UserCard,
        vault: Box<dyn SecretStore>,
        idle: IdleLock,
    ) -> Self {
        Self {
            session,
            card,
            vault: Mutex::new(Some(vault)),
            idle: Mutex::new(idle),
            names: Names::default(),
            trees: Trees::default(),
            lists: Lists::default(),
            stop: CancellationToken::new(),
        }
    }

    /// Does something with the open vault.
    pub(crate) fn with_vault<T>(
        &self,
        work: impl FnOnce(&mut dyn SecretStore) -> Result<T, vault::VaultError>,
    ) -> Result<T, Error> {
        let mut vault = locked(&self.vault);
        let store = vault.as_deref_mut().ok_or(Error::SignedOut)?;
        Ok(work(store)?)
    }

    pub(crate) fn close_vault(&self) {
        if let Some(store) = locked(&self.vault).take() {
            store.lock();
        }
    }
}

impl Studio {
    /// Opens the catalogue of a data folder.
    ///
    /// # Errors
    /// What stands in the way of the catalogue.
    pub fn open(parts: Parts) -> Result<Self, Error> {
        let catalogue = Catalogue::open(&catalogue_path(&parts.folder), parts.clock.clone())?;
        Ok(Self {
            inner: Arc::new(Inner {
                parts,
                catalogue,
                signed_in: RwLock::new(None),
                tests: Mutex::default(),
                syncs: Mutex::default(),
                server_thread: ServerThread::default(),
                tickets: Mutex::default(),
                folds: Mutex::default(),
                next_number: AtomicU32::new(1),
            }),
        })
    }

    /// The folder of catalogue and vaults.
    pub fn folder(&self) -> &Path {
        &self.inner.parts.folder
    }

    pub(crate) fn clock(&self) -> &dyn Clock {
        &*self.inner.parts.clock
    }

    pub(crate) fn emit(&self, event: Event) {
        self.inner.parts.events.emit(event);
    }

    pub(crate) fn next_number(&self) -> u32 {
        self.inner.next_number.fetch_add(1, Ordering::Relaxed)
    }

    /// What a user has unfolded in the tree.
    pub(crate) fn folds(&self, user: UserId) -> Arc<Mutex<Folds>> {
        locked(&self.inner.folds).entry(user).or_default().clone()
    }

    /// What all users have unfolded, and a way to put it in.
    pub(crate) fn all_folds(&self) -> MutexGuard<'_, HashMap<UserId, Arc<Mutex<Folds>>>> {
        locked(&self.inner.folds)
    }

    pub(crate) fn signed_in(&self) -> Result<Arc<SignedIn>, Error> {
        let current = self
            .inner
            .signed_in
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        current.clone().ok_or(Error::SignedOut)
    }

    /// Puts somebody in, or nobody, and gives back who was there.
    pub(crate) fn replace_signed_in(&self, next: Option<Arc<SignedIn>>) -> Option<Arc<SignedIn>> {
        let mut current = self
            .inner
            .signed_in
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *current, next)
    }

    pub(crate) fn engine(&self, id: &EngineId) -> Result<&'static dyn Engine, Error> {
        self.inner
            .parts
            .registry
            .get(id)
            .ok_or_else(|| Error::UnknownEngine(id.0.clone()))
    }

    /// Reads the catalogue as whoever is signed in, away from the caller's thread.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Scope<'_, Read>) -> Result<T, CatalogueError> + Send + 'static,
    ) -> Result<T, Error> {
        let who = self.signed_in()?;
        self.read_as(who, work).await
    }

    /// The same for work that began as somebody.
    pub(crate) async fn read_as<T: Send + 'static>(
        &self,
        who: Arc<SignedIn>,
        work: impl FnOnce(&Scope<'_, Read>) -> Result<T, CatalogueError> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = self.inner.clone();
        blocking(move || Ok(inner.catalogue.read(&who.session, work)?)).await
    }

    /// Writes the catalogue as whoever is signed in, away from the caller's thread.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Scope<'_, Write>) -> Result<T, CatalogueError> + Send + 'static,
    ) -> Result<T, Error> {
        let who = self.signed_in()?;
        self.write_as(who, work).await
    }

    /// Writes what nobody should wait for: while a large sync is being put in, this
    /// comes after it.
    pub(crate) async fn write_in_passing(
        &self,
        work: impl FnOnce(&Scope<'_, Write>) -> Result<(), CatalogueError> + Send + 'static,
    ) -> Result<(), Error> {
        let (studio, who) = (self.clone(), self.signed_in()?);
        if !self.inner.catalogue.is_being_written() {
            return self.write_as(who, work).await;
        }
        tokio::spawn(async move {
            if let Err(error) = studio.write_as(who, work).await {
                tracing::debug!(%error, "something in passing could not be kept");
            }
        });
        Ok(())
    }

    /// The same for work that outlives a lock: it ends its own record.
    pub(crate) async fn write_as<T: Send + 'static>(
        &self,
        who: Arc<SignedIn>,
        work: impl FnOnce(&Scope<'_, Write>) -> Result<T, CatalogueError> + Send + 'static,
    ) -> Result<T, Error> {
        let inner = self.inner.clone();
        blocking(move || Ok(inner.catalogue.write(&who.session, work)?)).await
    }

    /// The sync of a connection that is running.
    pub(crate) fn running(&self, connection: ConnectionId) -> Option<SyncRun> {
        let syncs = locked(&self.inner.syncs);
        syncs
            .values()
            .find(|sync| sync.run.connection == connection)
            .map(|sync| sync.run.clone())
    }
}

impl std::fmt::Debug for Studio {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Studio")
            .field("folder", &self.folder())
            .finish_non_exhaustive()
    }
}

/// The catalogue of a data folder.
pub fn catalogue_path(folder: &Path) -> PathBuf {
    folder.join("catalogue.sqlite")
}

/// A lock that survives a panic elsewhere: what it guards is valid at any time.
pub(crate) fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs work that blocks away from the threads that serve the window.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|error| {
            Err(Error::Broken {
                detail: error.to_string(),
            })
        })
}
