//! The open catalogue: what there is before sign-in, and the way to a scope.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use model::{Clock, UserId};
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::file::{OpenMark, failed, make_folder};
use crate::log::Log;
use crate::pool::Pool;
use crate::scope::Access;
use crate::table::{sync, user};
use crate::{
    CatalogueError, Credentials, NewUser, Read, Scope, UserCard, UserSession, Write, migrate,
};

/// An open catalogue; all its methods block.
pub struct Catalogue {
    path: PathBuf,
    pool: Pool,
    log: Log,
    clock: Arc<dyn Clock>,
    mark: u64,
    _open: OpenMark,
}

impl Catalogue {
    /// Opens the catalogue at `path`, made with its folder where it is missing
    /// and brought to the current format where it is older.
    ///
    /// # Errors
    /// `NewerFile`, `NotACatalogue`, `File`, `Busy` or `Store`.
    pub fn open(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, CatalogueError> {
        static MARKS: AtomicU64 = AtomicU64::new(0);
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
        }
        let writer = migrate::open(path)?;
        // Nobody else has it open, so whoever ran these syncs is no more.
        let open = OpenMark::set(path, || sync::interrupt_running(&writer, clock.now()))?;
        Ok(Self {
            path: path.to_owned(),
            pool: Pool::new(path, writer),
            log: Log::of(path),
            clock,
            mark: MARKS.fetch_add(1, Ordering::Relaxed),
            _open: open,
        })
    }

    /// Where the catalogue's file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How many bytes the catalogue takes on the disk.
    ///
    /// # Errors
    /// `File` when the file cannot be looked at.
    pub fn size_on_disk(&self) -> Result<u64, CatalogueError> {
        let file = std::fs::metadata(&self.path).map_err(|source| failed(&self.path, source))?;
        Ok(file.len() + self.log.size())
    }

    /// Everybody who has an account here, by name.
    ///
    /// # Errors
    /// `Busy` or `Store`.
    pub fn users(&self) -> Result<Vec<UserCard>, CatalogueError> {
        self.pool.read(user::users)
    }

    /// Makes an account and signs in to it.
    ///
    /// # Errors
    /// `NameEmpty` or `NameTaken`, names compared without case.
    pub fn sign_up(&self, new: &NewUser) -> Result<UserSession, CatalogueError> {
        let user = self.change(|db| user::insert(db, new, self.clock.now()))?;
        Ok(UserSession::new(user, self.mark))
    }

    /// What is needed to derive the keys of the user with this name.
    ///
    /// # Errors
    /// `UnknownUser`.
    pub fn credentials(&self, name: &str) -> Result<Credentials, CatalogueError> {
        self.pool.read(|db| user::credentials(db, name))
    }

    /// Signs a user in, if the verifier is the stored one.
    ///
    /// # Errors
    /// `WrongPassphrase`, also where there is no such user.
    pub fn sign_in(&self, user: UserId, verifier: &[u8]) -> Result<UserSession, CatalogueError> {
        self.change(|db| {
            user::verify(db, user, verifier)?;
            user::signed_in(db, user, self.clock.now())
        })?;
        Ok(UserSession::new(user, self.mark))
    }

    /// Goes on with a session of another process: the same, but no sign-in to be noted.
    ///
    /// # Errors
    /// `WrongPassphrase`, also where there is no such user.
    pub fn resume(&self, user: UserId, verifier: &[u8]) -> Result<UserSession, CatalogueError> {
        self.pool.read(|db| user::verify(db, user, verifier))?;
        Ok(UserSession::new(user, self.mark))
    }

    /// Runs `work` on what the user has, all of it as of one moment.
    ///
    /// # Errors
    /// Those of `work`, and `SessionEnded`.
    pub fn read<T, E: From<CatalogueError>>(
        &self,
        session: &UserSession,
        work: impl FnOnce(&Scope<'_, Read>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.pool.read(|db| {
            let transaction =
                Transaction::new_unchecked(db, TransactionBehavior::Deferred).map_err(store)?;
            let scope = Scope::new(self.access(&transaction, session)?);
            work(&scope)
        })
    }

    /// Whether somebody writes right now, so that another writer would wait.
    pub fn is_being_written(&self) -> bool {
        self.pool.is_written()
    }

    /// Runs `work` on what the user has in one transaction: either all that it
    /// wrote lands, or, where it fails or panics, nothing.
    ///
    /// # Errors
    /// Those of `work`, and `SessionEnded`.
    pub fn write<T, E: From<CatalogueError>>(
        &self,
        session: &UserSession,
        work: impl FnOnce(&Scope<'_, Write>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.change(|db| {
            let scope = Scope::new(self.access(db, session)?);
            work(&scope)
        })
    }

    fn change<T, E: From<CatalogueError>>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E>,
    ) -> Result<T, E> {
        let value = {
            let mut writer = self.pool.writer();
            let transaction = writer
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(store)?;
            let value = work(&transaction)?;
            transaction.commit().map_err(store)?;
            value
        };
        self.log.written();
        Ok(value)
    }

    fn access<'c>(
        &self,
        db: &'c Connection,
        session: &UserSession,
    ) -> Result<Access<'c>, CatalogueError> {
        if session.catalogue() != self.mark || !user::exists(db, session.user())? {
            return Err(CatalogueError::SessionEnded);
        }
        Ok(Access {
            db,
            owner: session.user(),
            now: self.clock.now(),
        })
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Catalogue")
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

fn store(error: rusqlite::Error) -> CatalogueError {
    error.into()
}
