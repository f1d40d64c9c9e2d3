//! The vault of an account: made, opened, moved to a new passphrase, swept.

use std::path::{Path, PathBuf};
use std::time::Duration;

use catalogue::NewUser;
use model::Secret;
use vault::{Cost, Damage, IdleLock, KeyParameters, SecretStore, VaultError, VaultKey};

use crate::Error;
use crate::studio::{SignedIn, Studio};
use crate::view::UserCard;

/// Vault files younger than this may belong to an account that is being made.
const SWEEP_MARGIN: Duration = Duration::from_secs(3600);

impl Studio {
    pub(super) fn make_user(&self, name: &str, passphrase: &Secret) -> Result<SignedIn, Error> {
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

    pub(super) fn open_user(&self, name: &str, passphrase: &Secret) -> Result<SignedIn, Error> {
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
    pub(super) fn open_vault(
        &self,
        path: &Path,
        key: &VaultKey,
    ) -> Result<Box<dyn SecretStore>, Error> {
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

    pub(super) fn rekey(
        &self,
        who: &SignedIn,
        current: &Secret,
        next: &Secret,
    ) -> Result<(), Error> {
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

    pub(super) fn sweep_vaults(&self) -> Result<(), Error> {
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

    pub(super) fn vault_path(&self, file: &str) -> PathBuf {
        self.vault_folder().join(file)
    }
}
