//! Vaults on the disk: one Stronghold snapshot per user, through the Rust side of
//! the Stronghold plugin. The plugin's commands for the web view are not used.
//!
//! A snapshot is encrypted with the user's vault key. In it a random key, made by a
//! vault procedure, never leaves the engine's memory; each secret is sealed with it
//! by another procedure, bound to its name, and is in the open only while in use.

mod engine;
mod folder;
mod sealed;
mod snapshot;
mod store;

use std::{
    path::{Path, PathBuf},
    time::SystemTime,
};

use vault::{SecretStore, SecretStores, VaultError, VaultKey};

use crate::store::StrongholdStore;

/// Opens and makes Stronghold snapshots; holds nothing itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct StrongholdStores;

impl SecretStores for StrongholdStores {
    fn create(&self, path: &Path, key: &VaultKey) -> Result<Box<dyn SecretStore>, VaultError> {
        Ok(Box::new(StrongholdStore::create(path, key)?))
    }

    fn open(&self, path: &Path, key: &VaultKey) -> Result<Box<dyn SecretStore>, VaultError> {
        Ok(Box::new(StrongholdStore::open(path, key)?))
    }

    fn sweep(
        &self,
        folder: &Path,
        keep: &[&str],
        before: SystemTime,
    ) -> Result<Vec<PathBuf>, VaultError> {
        folder::sweep(folder, keep, before)
    }
}
