//! Keeping connections: making, changing, copying and deleting them.

use std::sync::Arc;
use std::time::Duration;

use catalogue::CatalogueError;
use model::connection::field;
use model::secret::SecretPurpose;
use model::{Connection, ConnectionDraft, ConnectionId, ConnectionUuid, Secret, Target, Timestamp};
use vault::SecretName;

use crate::studio::{SignedIn, Studio, blocking, locked};
use crate::view::{ConnectionCard, Deleted, PasswordInput};
use crate::{Error, Event};

/// How long a deletion can be taken back, in milliseconds.
pub(crate) const UNDO_MILLIS: i64 = 20_000;
/// Added to the moment of forgetting, so that what was deleted just then goes too.
const PURGE_MARGIN: Duration = Duration::from_millis(500);

impl Studio {
    /// Keeps a new connection; its secret is kept before the row that needs it.
    ///
    /// # Errors
    /// A name that is empty or taken, or fields that cannot be used.
    pub async fn create_connection(
        &self,
        draft: ConnectionDraft,
        password: PasswordInput,
    ) -> Result<ConnectionCard, Error> {
        self.check_draft(&draft)?;
        let uuid = ConnectionUuid::generate();
        let secret = match password {
            PasswordInput::Keep | PasswordInput::None => None,
            typed => self.take_password(typed)?,
        };
        self.insert(uuid, draft, secret).await
    }

    /// Changes a connection.
    ///
    /// # Errors
    /// An unknown connection, a name that is empty or taken, or fields that cannot be used.
    pub async fn update_connection(
        &self,
        id: ConnectionId,
        draft: ConnectionDraft,
        password: PasswordInput,
    ) -> Result<ConnectionCard, Error> {
        self.check_draft(&draft)?;
        let kept = self.read(move |scope| scope.connections().get(id)).await?;
        let name = password_of(kept.uuid);
        let forget = match &password {
            PasswordInput::Keep => {
                self.check_kept_password(&kept, &draft.target).await?;
                false
            }
            PasswordInput::None => true,
            PasswordInput::Typed { .. } | PasswordInput::Parsed { .. } => false,
        };
        let secret = self.take_password(password)?;
        self.check_name(id, &draft.name).await?;
        if let Some(secret) = secret {
            self.keep_secret(name, secret).await?;
        }
        if kept.draft.target != draft.target {
            self.stop_sync_of(id);
        }
        self.write(move |scope| scope.connections().update(id, &draft))
            .await?;
        if forget {
            self.forget_secret(name).await?;
        }
        self.emit(Event::ConnectionsChanged);
        self.connection(id).await
    }

    /// Deletes connections with their catalogues and passwords, for good once the
    /// time to take it back has passed.
    ///
    /// # Errors
    /// An unknown connection; none is then deleted.
    pub async fn delete_connections(&self, ids: Vec<ConnectionId>) -> Result<Deleted, Error> {
        let gone = ids.clone();
        self.write(move |scope| {
            gone.iter()
                .try_for_each(|id| scope.connections().delete(*id))
        })
        .await?;
        for id in ids {
            self.stop_sync_of(id);
        }
        self.emit(Event::ConnectionsChanged);
        tokio::spawn(self.clone().forget_after_undo());
        Ok(Deleted {
            undo_seconds: u32::try_from(UNDO_MILLIS / 1000).unwrap_or(u32::MAX),
        })
    }

    /// Takes a deletion back.
    ///
    /// # Errors
    /// A connection that is gone for good, or whose name is taken by now.
    pub async fn restore_connections(&self, ids: Vec<ConnectionId>) -> Result<(), Error> {
        self.write(move |scope| {
            ids.iter()
                .try_for_each(|id| scope.connections().restore(*id).map(drop))
        })
        .await?;
        self.emit(Event::ConnectionsChanged);
        Ok(())
    }

    /// Copies a connection, its password included, under a new name.
    ///
    /// # Errors
    /// An unknown connection.
    pub async fn duplicate_connection(&self, id: ConnectionId) -> Result<ConnectionCard, Error> {
        let (kept, names) = self
            .read(move |scope| {
                let all = scope.connections().list()?;
                let names: Vec<_> = all.into_iter().map(|kept| kept.draft.name).collect();
                Ok((scope.connections().get(id)?, names))
            })
            .await?;
        let secret = self.password(&kept).await?;
        let mut draft = kept.draft;
        draft.name = free_name(&draft.name, &names);
        self.insert(ConnectionUuid::generate(), draft, secret).await
    }

    /// Activates or deactivates connections; a sync of one that becomes inactive stops.
    ///
    /// # Errors
    /// An unknown connection; none is then changed.
    pub async fn set_active(&self, ids: Vec<ConnectionId>, active: bool) -> Result<(), Error> {
        let changed = ids.clone();
        self.write(move |scope| {
            changed
                .iter()
                .try_for_each(|id| scope.connections().set_active(*id, active))
        })
        .await?;
        if !active {
            ids.into_iter().for_each(|id| self.stop_sync_of(id));
        }
        self.emit(Event::ConnectionsChanged);
        Ok(())
    }

    /// The kept password of a connection, for the moment of connecting.
    pub(crate) async fn password(&self, connection: &Connection) -> Result<Option<Secret>, Error> {
        self.password_as(self.signed_in()?, connection).await
    }

    /// The same for work that began as somebody: nobody else's vault is asked.
    pub(crate) async fn password_as(
        &self,
        who: Arc<SignedIn>,
        connection: &Connection,
    ) -> Result<Option<Secret>, Error> {
        let name = password_of(connection.uuid);
        blocking(move || who.with_vault(|store| store.open(name))).await
    }

    /// The password that a form stands for; none where it is kept or absent.
    pub(crate) fn take_password(&self, input: PasswordInput) -> Result<Option<Secret>, Error> {
        Ok(match input {
            PasswordInput::Keep | PasswordInput::None => None,
            PasswordInput::Typed { password } => Some(Secret::new(password)),
            PasswordInput::Parsed { ticket } => {
                let tickets = locked(&self.inner.tickets);
                Some(tickets.get(&ticket).cloned().ok_or(Error::TicketUsed)?)
            }
        })
    }

    /// Refuses to send the kept password of one server or user to another.
    pub(crate) async fn check_kept_password(
        &self,
        kept: &Connection,
        target: &Target,
    ) -> Result<(), Error> {
        const WHOSE: [&str; 6] = [
            field::SCHEME,
            field::HOST,
            field::PORT,
            field::SOCKET,
            field::FILE,
            field::USER,
        ];
        let own = &kept.draft.target;
        let same =
            own.engine == target.engine && WHOSE.iter().all(|key| own.get(key) == target.get(key));
        if same || self.password(kept).await?.is_none() {
            return Ok(());
        }
        Err(Error::Field {
            field: field::PASSWORD.to_owned(),
            message: "The kept password is for another server or user.".to_owned(),
            hint: "Type the password for this one.".to_owned(),
        })
    }

    /// Refuses a name before anything is changed.
    async fn check_name(&self, id: ConnectionId, name: &str) -> Result<(), Error> {
        let wanted = name.to_owned();
        let named = self
            .read(move |scope| scope.connections().named(&wanted))
            .await?;
        match named {
            Some(other) if other.id != id => Err(CatalogueError::NameTaken {
                what: "connection",
                name: name.to_owned(),
            }
            .into()),
            _ => Ok(()),
        }
    }

    async fn insert(
        &self,
        uuid: ConnectionUuid,
        draft: ConnectionDraft,
        secret: Option<Secret>,
    ) -> Result<ConnectionCard, Error> {
        let name = password_of(uuid);
        let has_secret = secret.is_some();
        if let Some(secret) = secret {
            self.keep_secret(name, secret).await?;
        }
        match self
            .write(move |scope| scope.connections().insert(uuid, &draft))
            .await
        {
            Ok(kept) => {
                self.emit(Event::ConnectionsChanged);
                self.connection(kept.id).await
            }
            Err(error) => {
                if has_secret {
                    self.forget_secret(name).await?;
                }
                Err(error)
            }
        }
    }

    async fn keep_secret(&self, name: SecretName, secret: Secret) -> Result<(), Error> {
        let who = self.signed_in()?;
        blocking(move || who.with_vault(|store| store.seal(name, &secret))).await
    }

    async fn forget_secret(&self, name: SecretName) -> Result<(), Error> {
        let who = self.signed_in()?;
        blocking(move || who.with_vault(|store| store.remove(name)).map(drop)).await
    }

    /// What Undo no longer brings back goes: rows first, then their secrets.
    async fn forget_after_undo(self) {
        let Ok(who) = self.signed_in() else { return };
        let undo = Duration::from_millis(UNDO_MILLIS.unsigned_abs()) + PURGE_MARGIN;
        tokio::select! {
            () = who.stop.cancelled() => return,
            () = tokio::time::sleep(undo) => {}
        }
        let before = Timestamp(self.clock().now().0 - UNDO_MILLIS);
        let forgotten = async {
            let gone = self
                .write_as(who.clone(), move |scope| {
                    scope.connections().purge_deleted(before)
                })
                .await?;
            blocking(move || {
                gone.into_iter().try_for_each(|uuid| {
                    who.with_vault(|store| store.remove(password_of(uuid)))
                        .map(drop)
                })
            })
            .await
        };
        if let Err(error) = forgotten.await {
            tracing::warn!(%error, "deleted connections will be forgotten at the next sign in");
        }
    }
}

/// The name of a connection's password in the vault.
pub(crate) fn password_of(connection: ConnectionUuid) -> SecretName {
    SecretName::new(connection, SecretPurpose::Password)
}

/// A name that nobody has yet, made of one that somebody has.
fn free_name(name: &str, taken: &[String]) -> String {
    let is_taken = |name: &str| {
        taken
            .iter()
            .any(|other| other.to_lowercase() == name.to_lowercase())
    };
    let mut candidate = format!("{name} copy");
    let mut number = 2;
    while is_taken(&candidate) {
        candidate = format!("{name} copy {number}");
        number += 1;
    }
    candidate
}
