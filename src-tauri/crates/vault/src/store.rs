//! The traits that a store of secrets keeps. [`crate::contract`] holds every
//! implementation to what the words here promise.

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use model::secret::Secret;

use crate::{SecretName, VaultError, VaultKey};

/// One user's unlocked vault. Every change is on the disk when its call returns;
/// dropping it locks it and wipes its keys.
///
/// Two processes may have the same vault open: each sees what the other saved,
/// and neither undoes it.
pub trait SecretStore: Send {
    /// Keeps a secret under a name, in place of what was there.
    ///
    /// # Errors
    /// [`VaultError`]; what was there then still is.
    fn seal(&mut self, name: SecretName, secret: &Secret) -> Result<(), VaultError>;

    /// The secret under a name, `None` when there is none. Hold it only as long as
    /// it takes to use it.
    ///
    /// # Errors
    /// [`VaultError::Missing`] also when another process has moved the vault to a
    /// new passphrase: sign in again.
    fn open(&mut self, name: SecretName) -> Result<Option<Secret>, VaultError>;

    /// Forgets the secret under a name, and says whether there was one.
    ///
    /// # Errors
    /// [`VaultError`]; the secret is then still there.
    fn remove(&mut self, name: SecretName) -> Result<bool, VaultError>;

    /// Forgets every secret that `keep` does not want, and says which. Names that
    /// only a newer version can read are kept unasked.
    ///
    /// # Errors
    /// [`VaultError`]; all secrets are then still there.
    fn retain(&mut self, keep: &dyn Fn(SecretName) -> bool) -> Result<Vec<SecretName>, VaultError>;

    /// The names of all secrets, sorted.
    ///
    /// # Errors
    /// [`VaultError`] when a change by another process could not be read.
    fn names(&mut self) -> Result<Vec<SecretName>, VaultError>;

    /// First step of a change of passphrase: writes everything to a new file under
    /// a new key. The old file stays whole and nobody can change it until the next
    /// step. Then store the new file's name, parameters and verifier in one
    /// transaction, and call [`SecretStore::finish_rekey`], or
    /// [`SecretStore::abandon_rekey`] where that failed. A process killed anywhere
    /// between leaves one complete pair, and a file for [`SecretStores::sweep`].
    ///
    /// # Errors
    /// [`VaultError::AlreadyExists`] when the new path is taken, and all that saving
    /// can fail with; the store is then as before.
    fn rekey_to(&mut self, new_path: &Path, new_key: &VaultKey) -> Result<(), VaultError>;

    /// Last step of a change of passphrase: goes on with the new file and removes
    /// the old one.
    ///
    /// # Errors
    /// [`VaultError::NotRekeying`]; [`VaultError::Io`] when the old file would not
    /// go, though the store has moved to the new one even then.
    fn finish_rekey(&mut self) -> Result<(), VaultError>;

    /// Takes a change of passphrase back: stays with the old file and removes the
    /// new one.
    ///
    /// # Errors
    /// [`VaultError::NotRekeying`]; [`VaultError::Io`] when the new file would not
    /// go, though the store is back on the old one even then.
    fn abandon_rekey(&mut self) -> Result<(), VaultError>;

    /// The key that opens the vault's file, for a process that takes this one's place.
    ///
    /// # Errors
    /// [`VaultError::Engine`].
    fn key(&self) -> Result<VaultKey, VaultError>;

    /// Locks the vault: keys are wiped, the file stays.
    fn lock(self: Box<Self>);
}

/// The vaults of all users: one file each.
pub trait SecretStores: Send + Sync {
    /// Makes an empty vault in a file that must not exist yet, and the folder, for
    /// the owner's eyes only, where it is missing.
    ///
    /// # Errors
    /// [`VaultError::AlreadyExists`], [`VaultError::Io`], [`VaultError::Engine`].
    fn create(&self, path: &Path, key: &VaultKey) -> Result<Box<dyn SecretStore>, VaultError>;

    /// Opens an existing vault. The file is never changed by trying.
    ///
    /// # Errors
    /// [`VaultError::Missing`], [`VaultError::Damaged`], [`VaultError::TooNew`];
    /// [`VaultError::WrongKey`] only for a key that no verifier vouched for.
    fn open(&self, path: &Path, key: &VaultKey) -> Result<Box<dyn SecretStore>, VaultError>;

    /// Removes the vault files of a folder that are not among the file names
    /// `keep` and were last written before `before`, and unfinished writes; says
    /// which. Leave a margin of an hour, so that the vault of an account that
    /// another process is making right now stays.
    ///
    /// # Errors
    /// [`VaultError::Io`], [`VaultError::Busy`]. A folder that is not there is clean.
    fn sweep(
        &self,
        folder: &Path,
        keep: &[&str],
        before: SystemTime,
    ) -> Result<Vec<PathBuf>, VaultError>;
}
