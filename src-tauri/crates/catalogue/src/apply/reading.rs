//! One reading of a database, from its first portion to its end.

use model::snapshot::{Fingerprint, Portion, Warning};
use model::{ConnectionId, Snapshot, SyncId};

use super::database::Putting;
use super::{Applied, ApplyScope, Broken, Only, begin, note};
use crate::CatalogueError;
use crate::scope::Access;

/// What was read so far, put in as it came.
pub(super) struct Reading<'s, 'c> {
    access: Access<'c>,
    sync: SyncId,
    connection: ConnectionId,
    scope: ApplyScope<'s>,
    putting: Putting<'s, 'c>,
    begun: bool,
    warnings: Vec<Warning>,
    fingerprint: Option<Fingerprint>,
}

impl<'s, 'c> Reading<'s, 'c> {
    pub(super) fn begin(
        access: Access<'c>,
        sync: SyncId,
        connection: ConnectionId,
        scope: ApplyScope<'s>,
    ) -> Result<Self, CatalogueError> {
        begin(access, sync, connection, Some(scope.database))?;
        let only = Only {
            scope,
            touched: None,
        };
        Ok(Self {
            access,
            sync,
            connection,
            scope,
            putting: Putting::begin(access, connection, sync, only)?,
            begun: false,
            warnings: Vec::new(),
            fingerprint: None,
        })
    }

    pub(super) fn take<E: From<CatalogueError>>(
        &mut self,
        portion: Portion,
    ) -> Result<(), Broken<E>> {
        match portion {
            Portion::Read(snapshot) => self.put(&snapshot)?,
            Portion::Restart => return Err(Broken::ToBeginAnew),
            Portion::Fingerprint(fingerprint) => self.fingerprint = Some(fingerprint),
            // What was put in already would have been closed where it is not touched.
            Portion::Only(_) if self.begun => {
                return Err(CatalogueError::OutOfOrder.into());
            }
            Portion::Only(touched) => self.putting.narrow(touched),
        }
        Ok(())
    }

    pub(super) fn put(&mut self, snapshot: &Snapshot) -> Result<(), CatalogueError> {
        self.begun = true;
        self.warnings.extend_from_slice(snapshot.warnings());
        self.putting.put(snapshot)
    }

    pub(super) fn end(self) -> Result<Applied, CatalogueError> {
        let fingerprint = self.fingerprint.filter(|_| self.scope.is_whole());
        let applied = self.putting.end(fingerprint)?;
        note(
            self.access,
            self.sync,
            self.connection,
            self.scope.part(),
            &self.warnings,
        )?;
        Ok(applied)
    }
}
