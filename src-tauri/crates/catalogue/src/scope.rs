//! The scope of one user within one transaction: the only way to owned rows.

use std::marker::PhantomData;

use model::{ConnectionId, Timestamp, UserId};
use rusqlite::{Connection, OptionalExtension};

use crate::table::sequence::{self, Sequence};
use crate::{Account, CatalogueError, Connections, Objects, Settings, Syncs, Tests, Visits};

/// The mode of a scope that only reads.
#[derive(Debug)]
pub enum Read {}

/// The mode of a scope that may write.
#[derive(Debug)]
pub enum Write {}

/// What one user has, within one transaction.
///
/// All tables hang off it, so that no query without a user compiles:
/// ```compile_fail
/// fn everybody(catalogue: &catalogue::Catalogue) {
///     let _ = catalogue.connections().list();
/// }
/// ```
/// With a session there is a scope, and the scope has the tables:
/// ```
/// use catalogue::{Catalogue, CatalogueError, UserSession};
/// fn mine(catalogue: &Catalogue, session: &UserSession) -> Result<usize, CatalogueError> {
///     catalogue.read(session, |scope| Ok(scope.connections().list()?.len()))
/// }
/// ```
/// A scope that reads has nothing that writes:
/// ```compile_fail
/// use catalogue::{CatalogueError, Read, Scope};
/// fn wrong(scope: &Scope<'_, Read>) -> Result<(), CatalogueError> {
///     scope.settings().set("theme", "dark")
/// }
/// ```
/// One that writes does:
/// ```
/// use catalogue::{CatalogueError, Scope, Write};
/// fn right(scope: &Scope<'_, Write>) -> Result<(), CatalogueError> {
///     scope.settings().set("theme", "dark")
/// }
/// ```
#[derive(Debug)]
pub struct Scope<'c, M> {
    access: Access<'c>,
    mode: PhantomData<M>,
}

impl<'c, M> Scope<'c, M> {
    pub(crate) fn new(access: Access<'c>) -> Self {
        Self {
            access,
            mode: PhantomData,
        }
    }

    /// The user's own account.
    pub fn account(&self) -> Account<'c, M> {
        Account::new(self.access)
    }

    /// The user's connections.
    pub fn connections(&self) -> Connections<'c, M> {
        Connections::new(self.access)
    }

    /// Results of connection tests.
    pub fn tests(&self) -> Tests<'c, M> {
        Tests::new(self.access)
    }

    /// The user's settings.
    pub fn settings(&self) -> Settings<'c, M> {
        Settings::new(self.access)
    }

    /// Runs of reading schemas.
    pub fn syncs(&self) -> Syncs<'c, M> {
        Syncs::new(self.access)
    }

    /// Schema objects.
    pub fn objects(&self) -> Objects<'c, M> {
        Objects::new(self.access)
    }

    /// The objects that the user looked at.
    pub fn visits(&self) -> Visits<'c, M> {
        Visits::new(self.access)
    }
}

/// Declares the handle of a table: a scope's access in one of the two modes.
macro_rules! handle {
    ($(#[doc = $doc:literal])* $name:ident) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name<'c, M> {
            pub(crate) access: crate::scope::Access<'c>,
            mode: std::marker::PhantomData<M>,
        }

        impl<'c, M> $name<'c, M> {
            pub(crate) fn new(access: crate::scope::Access<'c>) -> Self {
                Self { access, mode: std::marker::PhantomData }
            }
        }
    };
}
pub(crate) use handle;

/// The open transaction, the owner that every statement names, and the time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Access<'c> {
    pub(crate) db: &'c Connection,
    pub(crate) owner: UserId,
    pub(crate) now: Timestamp,
}

impl Access<'_> {
    /// The owner as statements bind it.
    pub(crate) fn owner(&self) -> u32 {
        self.owner.0
    }

    /// Makes sure that the connection is this user's and not deleted.
    pub(crate) fn require_connection(&self, id: ConnectionId) -> Result<(), CatalogueError> {
        self.db
            .prepare_cached(
                "SELECT 1 FROM connection WHERE owner_id = ?1 AND id = ?2 AND deleted_at IS NULL",
            )?
            .query_row((self.owner(), id.0), |_| Ok(()))
            .optional()?
            .ok_or(CatalogueError::NotFound { what: "connection" })
    }

    /// Takes the next number of a sequence.
    pub(crate) fn next(&self, sequence: Sequence) -> Result<u32, CatalogueError> {
        let number = sequence::take(self.db, sequence, 1)?;
        u32::try_from(number).map_err(|_| CatalogueError::damaged("its numbers are used up"))
    }
}
