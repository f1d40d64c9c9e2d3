//! Accounts: signing up and in, the lock, and the change of a passphrase.

mod hand_over;
mod vaults;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use model::{Amount, ConnectionDraft, Secret, Timestamp};

use crate::studio::{SignedIn, Studio, blocking, locked};
use crate::view::{PasswordInput, SyncScope, Theme, UserCard, Welcome};
use crate::{Error, Event, connections, engines};

/// How often the time until the automatic lock is looked at; time asleep counts,
/// so it must be looked at and not only slept for.
const LOOK_AT_LOCK: Duration = Duration::from_secs(10);

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
        // Whoever has signed up is in, with or without something to look around in.
        if self.inner.parts.sample
            && let Err(error) = self.add_sample().await
        {
            tracing::warn!(%error, "the sample database is missing");
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
        self.tell_lock_time(&who);
        Ok(())
    }

    /// Who is signed in.
    pub fn user(&self) -> Option<UserCard> {
        self.signed_in().ok().map(|who| who.card.clone())
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
            self.tell_lock_time(&who);
            let pause = left.map_or(LOOK_AT_LOCK, |left| left.min(LOOK_AT_LOCK));
            tokio::select! {
                () = who.stop.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    fn tell_lock_time(&self, who: &SignedIn) {
        let left = locked(&who.idle).remaining(self.clock().now());
        let seconds = left.map(|left| Amount::from(left.as_secs()));
        self.emit(Event::LocksIn { seconds });
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
