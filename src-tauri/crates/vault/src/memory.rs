//! A store in memory that keeps the same contract as the one on the disk, for
//! tests of the floors above that have no business with files.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use model::secret::Secret;
use zeroize::Zeroizing;

use crate::{Damage, SecretName, SecretStore, SecretStores, VaultError, VaultKey, is_vault_file};

/// Vaults that live as long as a clone of this value does.
#[derive(Clone, Default)]
pub struct MemoryStores {
    files: Arc<Mutex<BTreeMap<PathBuf, File>>>,
}

#[derive(Clone)]
struct File {
    key: Zeroizing<[u8; 32]>,
    secrets: BTreeMap<SecretName, Secret>,
    written: SystemTime,
}

impl MemoryStores {
    fn files(&self) -> MutexGuard<'_, BTreeMap<PathBuf, File>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, path: &Path, key: &VaultKey, from: Option<&File>) -> Result<(), VaultError> {
        let mut files = self.files();
        if files.contains_key(path) {
            return Err(VaultError::AlreadyExists {
                path: path.to_owned(),
            });
        }
        let secrets = from.map(|file| file.secrets.clone()).unwrap_or_default();
        let key = Zeroizing::new(*key.expose());
        files.insert(
            path.to_owned(),
            File {
                key,
                secrets,
                written: SystemTime::now(),
            },
        );
        Ok(())
    }
}

impl SecretStores for MemoryStores {
    fn create(&self, path: &Path, key: &VaultKey) -> Result<Box<dyn SecretStore>, VaultError> {
        self.add(path, key, None)?;
        let (stores, path) = (self.clone(), path.to_owned());
        Ok(Box::new(MemoryStore {
            stores,
            path,
            rekeying: None,
        }))
    }

    fn open(&self, path: &Path, key: &VaultKey) -> Result<Box<dyn SecretStore>, VaultError> {
        let path = path.to_owned();
        match self.files().get(&path) {
            None => return Err(VaultError::Missing { path }),
            Some(file) if *file.key == *key.expose() => {}
            Some(_) if key.is_proven() => {
                return Err(VaultError::Damaged {
                    path,
                    damage: Damage::Header,
                });
            }
            Some(_) => return Err(VaultError::WrongKey { path }),
        }
        Ok(Box::new(MemoryStore {
            stores: self.clone(),
            path,
            rekeying: None,
        }))
    }

    fn sweep(
        &self,
        folder: &Path,
        keep: &[&str],
        before: SystemTime,
    ) -> Result<Vec<PathBuf>, VaultError> {
        let mut files = self.files();
        let orphans: Vec<PathBuf> = files
            .iter()
            .filter(|(path, file)| path.parent() == Some(folder) && file.written < before)
            .filter_map(|(path, _)| Some((path, path.file_name()?.to_str()?)))
            .filter(|(_, name)| is_vault_file(name) && !keep.contains(name))
            .map(|(path, _)| path.clone())
            .collect();
        for orphan in &orphans {
            files.remove(orphan);
        }
        Ok(orphans)
    }
}

struct MemoryStore {
    stores: MemoryStores,
    path: PathBuf,
    rekeying: Option<PathBuf>,
}

impl MemoryStore {
    fn read<T>(&self, read: impl FnOnce(&File) -> T) -> Result<T, VaultError> {
        match self.stores.files().get(&self.path) {
            Some(file) => Ok(read(file)),
            None => Err(VaultError::Missing {
                path: self.path.clone(),
            }),
        }
    }

    fn write<T>(&self, write: impl FnOnce(&mut File) -> T) -> Result<T, VaultError> {
        if self.rekeying.is_some() {
            return Err(VaultError::Busy {
                path: self.path.clone(),
                waited: Default::default(),
            });
        }
        match self.stores.files().get_mut(&self.path) {
            Some(file) => {
                file.written = SystemTime::now();
                Ok(write(file))
            }
            None => Err(VaultError::Missing {
                path: self.path.clone(),
            }),
        }
    }
}

impl SecretStore for MemoryStore {
    fn seal(&mut self, name: SecretName, secret: &Secret) -> Result<(), VaultError> {
        self.write(|file| file.secrets.insert(name, secret.clone()))
            .map(|_| ())
    }

    fn open(&mut self, name: SecretName) -> Result<Option<Secret>, VaultError> {
        self.read(|file| file.secrets.get(&name).cloned())
    }

    fn remove(&mut self, name: SecretName) -> Result<bool, VaultError> {
        self.write(|file| file.secrets.remove(&name).is_some())
    }

    fn retain(&mut self, keep: &dyn Fn(SecretName) -> bool) -> Result<Vec<SecretName>, VaultError> {
        self.write(|file| {
            file.secrets
                .extract_if(.., |name, _| !keep(*name))
                .map(|(n, _)| n)
                .collect()
        })
    }

    fn names(&mut self) -> Result<Vec<SecretName>, VaultError> {
        self.read(|file| file.secrets.keys().copied().collect())
    }

    fn rekey_to(&mut self, new_path: &Path, new_key: &VaultKey) -> Result<(), VaultError> {
        if self.rekeying.is_some() {
            return Err(VaultError::Busy {
                path: self.path.clone(),
                waited: Default::default(),
            });
        }
        let now = self.read(File::clone)?;
        self.stores.add(new_path, new_key, Some(&now))?;
        self.rekeying = Some(new_path.to_owned());
        Ok(())
    }

    fn finish_rekey(&mut self) -> Result<(), VaultError> {
        let new = self.rekeying.take().ok_or(VaultError::NotRekeying)?;
        self.stores.files().remove(&self.path);
        self.path = new;
        Ok(())
    }

    fn abandon_rekey(&mut self) -> Result<(), VaultError> {
        let new = self.rekeying.take().ok_or(VaultError::NotRekeying)?;
        self.stores.files().remove(&new);
        Ok(())
    }

    fn key(&self) -> Result<VaultKey, VaultError> {
        self.read(|file| VaultKey::from_bytes(file.key.clone()))
    }

    fn lock(self: Box<Self>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_store_in_memory_keeps_the_contract() {
        let stores = MemoryStores::default();
        crate::contract::check_all(&stores, Path::new("vaults"));
    }
}
