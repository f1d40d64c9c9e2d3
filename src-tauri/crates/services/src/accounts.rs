//! Accounts: signing up and in, the lock, and the change of a passphrase.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use catalogue::NewUser;
use model::{Amount, ConnectionDraft, Secret, Timestamp};
use vault::{Cost, Damage, IdleLock, KeyParameters, SecretStore, VaultError, VaultKey};

use crate::studio::{SignedIn, Studio, blocking, locked};
use crate::view::{PasswordInput, SyncScope, Theme, UserCard, Welcome};
use crate::{Error, Event, connections, engines};

/// How often the time until the automatic lock is looked at; time asleep counts,
/// so it must be looked at and not only slept for.
const LOOK_AT_LOCK: Duration = Duration::from_secs(10);
/// Vault files younger than this may belong to an account that is being made.
const SWEEP_MARGIN: Duration = Duration::from_secs(3600);

impl Studio {
    /// What may be known before anybody has signed in.
    ///
    /// # Errors
    /// Those of the catalogue.
    pub async fn welcome(&self) -> Result<Welcome, Error> {
        let inner = self.inner.clone();
        let users = blocking(move || Ok(inner.catalogue.users()?)).await?;
        let mut users: Vec<_> = users.into_iter().map(card).collect();
        users.sort_by_key(|user| std::cmp::Reverse(user.last_signed_in_at));
        Ok(Welcome {
            engines: self.inner.parts.registry.descriptors().collect(),
            users,
            signed_in: self.signed_in().ok().map(|who| who.card.clone()),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            theme: Theme::default(),
        })
    }

    /// Makes a user with a vault of their own, signs them in and reads the sample database.
    ///
    /// # Errors
    /// A name that is empty or taken, an empty passphrase, or a folder that cannot be written.
    pub async fn sign_up(&self, name: String, passphrase: Secret) -> Result<UserCard, Error> {
        if passphrase.is_empty() {
            return Err(Error::EmptyPassphrase);
        }
        let studio = self.clone();
        let who = blocking(move || studio.make_user(&name, &passphrase)).await?;
        let card = who.card.clone();
        self.enter(who).await?;
        if self.inner.parts.sample {
            self.add_sample().await?;
        }
        Ok(card)
    }

    /// Opens a user's vault.
    ///
    /// # Errors
    /// An unknown name, a wrong passphrase, or a damaged vault.
    pub async fn sign_in(&self, name: String, passphrase: Secret) -> Result<UserCard, Error> {
        let studio = self.clone();
        let who = blocking(move || studio.open_user(&name, &passphrase)).await?;
        let card = who.card.clone();
        self.enter(who).await?;
        self.forget_leftovers().await?;
        Ok(card)
    }

    /// Closes the vault and stops what runs in the background at its next safe point.
    ///
    /// # Errors
    /// `SignedOut` when it is closed already.
    pub async fn lock(&self) -> Result<(), Error> {
        let who = self.replace_signed_in(None).ok_or(Error::SignedOut)?;
        who.stop.cancel();
        locked(&self.inner.tests)
            .drain()
            .for_each(|(_, test)| test.cancel());
        locked(&self.inner.tickets).clear();
        self.emit(Event::Locked);
        blocking(move || {
            who.close_vault();
            Ok(())
        })
        .await
    }

    /// Gives the vault another passphrase; a stop at any point leaves one complete
    /// pair of vault and verifier.
    ///
    /// # Errors
    /// A wrong current passphrase, an empty next one, or a folder that cannot be written.
    pub async fn change_passphrase(&self, current: Secret, next: Secret) -> Result<(), Error> {
        if next.is_empty() {
            return Err(Error::EmptyPassphrase);
        }
        let (studio, who) = (self.clone(), self.signed_in()?);
        blocking(move || studio.rekey(&who, &current, &next)).await
    }

    /// Puts off the automatic lock.
    ///
    /// # Errors
    /// `SignedOut`.
    pub async fn used(&self) -> Result<(), Error> {
        let who = self.signed_in()?;
        locked(&who.idle).touch(self.clock().now());
        Ok(())
    }

    /// Who is signed in.
    pub fn user(&self) -> Option<UserCard> {
        self.signed_in().ok().map(|who| who.card.clone())
    }

    fn make_user(&self, name: &str, passphrase: &Secret) -> Result<SignedIn, Error> {
        let parameters = KeyParameters::generate(self.cost()?)?;
        let (verifier, key) = parameters.derive(passphrase)?.into_parts();
        let file = vault::fresh_file_name();
        let store = self
            .inner
            .parts
            .stores
            .create(&self.vault_path(&file), &key)?;
        let new = NewUser {
            name: name.to_owned(),
            vault_file: file.clone(),
            key_parameters: parameters.to_string(),
            verifier: verifier.to_text().into_bytes(),
        };
        match self.inner.catalogue.sign_up(&new) {
            Ok(session) => {
                let card = UserCard {
                    id: session.user(),
                    name: name.trim().to_owned(),
                    last_signed_in_at: Some(self.clock().now()),
                };
                Ok(SignedIn::new(session, card, store, self.idle_lock(None)))
            }
            Err(error) => {
                store.lock();
                let _ = std::fs::remove_file(self.vault_path(&file));
                Err(error.into())
            }
        }
    }

    fn open_user(&self, name: &str, passphrase: &Secret) -> Result<SignedIn, Error> {
        let kept = self.inner.catalogue.credentials(name)?;
        let parameters = KeyParameters::parse(&kept.key_parameters)?;
        let (verifier, key) = parameters.derive(passphrase)?.into_parts();
        let session = self
            .inner
            .catalogue
            .sign_in(kept.user, verifier.to_text().as_bytes())?;
        let store = self.open_vault(&self.vault_path(&kept.vault_file), &key)?;
        let card = UserCard {
            id: kept.user,
            name: kept.name.clone(),
            last_signed_in_at: Some(self.clock().now()),
        };
        let who = SignedIn::new(session, card, store, self.idle_lock(None));
        self.strengthen(&who, &parameters, passphrase)?;
        Ok(who)
    }

    /// Opens a vault with a key that the catalogue has vouched for: a file that it
    /// does not open is damaged.
    fn open_vault(&self, path: &Path, key: &VaultKey) -> Result<Box<dyn SecretStore>, Error> {
        self.inner
            .parts
            .stores
            .open(path, key)
            .map_err(|error| match error {
                VaultError::WrongKey { path } => VaultError::Damaged {
                    path,
                    damage: Damage::Header,
                }
                .into(),
                error => error.into(),
            })
    }

    /// Moves an account to what a guess must cost today, if its parameters are weaker.
    fn strengthen(
        &self,
        who: &SignedIn,
        parameters: &KeyParameters,
        passphrase: &Secret,
    ) -> Result<(), Error> {
        let wanted = self.inner.parts.cost.unwrap_or(Cost::FLOOR);
        if parameters.is_weaker_than(wanted) {
            self.write_new_vault(who, passphrase)?;
        }
        Ok(())
    }

    fn rekey(&self, who: &SignedIn, current: &Secret, next: &Secret) -> Result<(), Error> {
        let kept = self
            .inner
            .catalogue
            .read(&who.session, |scope| scope.account().credentials())?;
        let parameters = KeyParameters::parse(&kept.key_parameters)?;
        let (verifier, _) = parameters.derive(current)?.into_parts();
        let text = verifier.to_text().into_bytes();
        let right = self
            .inner
            .catalogue
            .read(&who.session, |scope| scope.account().verifies(&text))?;
        if !right {
            return Err(VaultError::WrongPassphrase.into());
        }
        self.write_new_vault(who, next)
    }

    /// New file, then the catalogue's word for it, then the old file goes.
    fn write_new_vault(&self, who: &SignedIn, passphrase: &Secret) -> Result<(), Error> {
        let parameters = KeyParameters::generate(self.cost()?)?;
        let (verifier, key) = parameters.derive(passphrase)?.into_parts();
        let file = vault::fresh_file_name();
        let path = self.vault_path(&file);
        who.with_vault(|store| store.rekey_to(&path, &key))?;
        let switched = self.inner.catalogue.write(&who.session, |scope| {
            scope.account().replace_credentials(
                &file,
                &parameters.to_string(),
                verifier.to_text().as_bytes(),
            )
        });
        match switched {
            Ok(()) => who.with_vault(|store| store.finish_rekey()),
            Err(error) => {
                who.with_vault(|store| store.abandon_rekey())?;
                Err(error.into())
            }
        }
    }

    async fn enter(&self, who: SignedIn) -> Result<(), Error> {
        let who = Arc::new(who);
        if let Some(before) = self.replace_signed_in(Some(who.clone())) {
            before.stop.cancel();
            before.close_vault();
        }
        let minutes = self.settings().await?.lock_after_minutes;
        locked(&who.idle).set_after(lock_after(minutes));
        tokio::spawn(self.clone().watch_idle(who));
        Ok(())
    }

    /// Locks when nobody has used the window for the time that was set.
    async fn watch_idle(self, who: Arc<SignedIn>) {
        loop {
            let left = locked(&who.idle).remaining(self.clock().now());
            if left == Some(Duration::ZERO) {
                if self
                    .signed_in()
                    .is_ok_and(|current| Arc::ptr_eq(&current, &who))
                {
                    tracing::info!("locked after idle time");
                    let _ = self.lock().await;
                }
                return;
            }
            self.emit(Event::LocksIn {
                seconds: left.map(|left| Amount::from(left.as_secs())),
            });
            let pause = left.map_or(LOOK_AT_LOCK, |left| left.min(LOOK_AT_LOCK));
            tokio::select! {
                () = who.stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Forgets deleted connections whose Undo has expired, secrets without a
    /// connection, and vault files without a user.
    async fn forget_leftovers(&self) -> Result<(), Error> {
        let before = Timestamp(self.clock().now().0 - connections::UNDO_MILLIS);
        self.write(move |scope| scope.connections().purge_deleted(before))
            .await?;
        let kept: HashSet<_> = self
            .read(|scope| scope.connections().uuids())
            .await?
            .into_iter()
            .collect();
        let (studio, who) = (self.clone(), self.signed_in()?);
        blocking(move || {
            let gone =
                who.with_vault(|store| store.retain(&|name| kept.contains(&name.connection)))?;
            if !gone.is_empty() {
                tracing::info!(count = gone.len(), "forgot secrets without a connection");
            }
            studio.sweep_vaults()
        })
        .await
    }

    fn sweep_vaults(&self) -> Result<(), Error> {
        let users = self.inner.catalogue.users()?;
        let mut keep = Vec::new();
        for user in users {
            keep.push(self.inner.catalogue.credentials(&user.name)?.vault_file);
        }
        let keep: Vec<&str> = keep.iter().map(String::as_str).collect();
        let before = std::time::SystemTime::now() - SWEEP_MARGIN;
        self.inner
            .parts
            .stores
            .sweep(&self.vault_folder(), &keep, before)?;
        Ok(())
    }

    async fn add_sample(&self) -> Result<(), Error> {
        let folder = self.folder().to_owned();
        let target = blocking(move || engines::sample(&folder)).await?;
        let mut draft = ConnectionDraft::new("sample", target);
        draft.description = "Comes with db-studio, to look around in.".to_owned();
        let card = self.create_connection(draft, PasswordInput::None).await?;
        self.sync_to_end(card.connection.id, SyncScope::Connection)
            .await?;
        Ok(())
    }

    fn cost(&self) -> Result<Cost, Error> {
        Ok(match self.inner.parts.cost {
            Some(cost) => cost,
            None => Cost::calibrated()?,
        })
    }

    fn idle_lock(&self, after: Option<Duration>) -> IdleLock {
        IdleLock::new(after, self.clock().now())
    }

    fn vault_folder(&self) -> PathBuf {
        self.folder().join("vaults")
    }

    fn vault_path(&self, file: &str) -> PathBuf {
        self.vault_folder().join(file)
    }
}

/// The idle time of a setting in minutes, where 0 means never.
pub(crate) fn lock_after(minutes: u32) -> Option<Duration> {
    (minutes > 0).then(|| Duration::from_secs(u64::from(minutes) * 60))
}

fn card(user: catalogue::UserCard) -> UserCard {
    UserCard {
        id: user.id,
        name: user.name,
        last_signed_in_at: user.last_signed_in_at,
    }
}
