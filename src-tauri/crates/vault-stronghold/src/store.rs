//! One user's open snapshot as a store of secrets.

use std::path::{Path, PathBuf};

use iota_stronghold::Client;
use model::secret::Secret;
use tauri_plugin_stronghold::stronghold::Stronghold;
use vault::{Damage, SecretName, SecretStore, VaultError, VaultKey};

use crate::{
    engine,
    folder::{self, FolderLock},
    sealed,
    snapshot::{self, FileKey, Stamp},
};

const CLIENT: &str = "db-studio";
const FORMAT_KEY: &[u8] = b"format";
const FORMAT: u32 = 1;

/// An open snapshot: what is in memory, and the file that it came from.
///
/// Every change takes the folder's lock, reads the file again where another
/// process has written it, and saves before the lock is given back.
pub(crate) struct StrongholdStore {
    path: PathBuf,
    key: FileKey,
    stamp: Stamp,
    content: Content,
    rekeying: Option<Rekeying>,
}

/// A change of passphrase between its two steps. The lock is held throughout, for
/// what another process wrote to the old file now would be lost.
struct Rekeying {
    path: PathBuf,
    key: FileKey,
    stamp: Stamp,
    _lock: FolderLock,
}

impl StrongholdStore {
    pub(crate) fn create(path: &Path, key: &VaultKey) -> Result<Self, VaultError> {
        folder::create_for(path)?;
        let _lock = FolderLock::acquire(path)?;
        refuse_existing(path)?;
        let key = FileKey::new(key)?;
        let content = Content::new(snapshot::blank(path, &key)?)?;
        let stamp = snapshot::write(&content.stronghold, path, &key)?;
        Ok(Self {
            path: path.to_owned(),
            key,
            stamp,
            content,
            rekeying: None,
        })
    }

    pub(crate) fn open(path: &Path, key: &VaultKey) -> Result<Self, VaultError> {
        let key = FileKey::new(key)?;
        let (stronghold, stamp) = snapshot::read(path, &key)?;
        let content = Content::load(stronghold, path)?;
        Ok(Self {
            path: path.to_owned(),
            key,
            stamp,
            content,
            rekeying: None,
        })
    }

    /// Reads the file again where another process has written it.
    fn refresh(&mut self) -> Result<(), VaultError> {
        if Stamp::of(&self.path)? != self.stamp {
            let (stronghold, stamp) = snapshot::read(&self.path, &self.key)?;
            self.content = Content::load(stronghold, &self.path)?;
            self.stamp = stamp;
        }
        Ok(())
    }

    /// Changes the content and saves it; a change that could not be saved is undone
    /// in memory too.
    fn change<T>(
        &mut self,
        change: impl FnOnce(&Content) -> Result<(T, bool), VaultError>,
    ) -> Result<T, VaultError> {
        self.refuse_while_rekeying()?;
        self.stat()?;
        let _lock = FolderLock::acquire(&self.path)?;
        self.refresh()?;
        let before = self.content.entries()?;
        let changed = change(&self.content).and_then(|(value, changed)| {
            if changed {
                self.stamp = snapshot::write(&self.content.stronghold, &self.path, &self.key)?;
            }
            Ok(value)
        });
        if changed.is_err() {
            self.content.restore(before)?;
        }
        changed
    }

    /// The vault's absence is told as such, before anything is made beside it.
    fn stat(&self) -> Result<(), VaultError> {
        Stamp::of(&self.path).map(|_| ())
    }

    fn refuse_while_rekeying(&self) -> Result<(), VaultError> {
        match self.rekeying {
            None => Ok(()),
            Some(_) => Err(VaultError::Busy {
                path: self.path.clone(),
                waited: Default::default(),
            }),
        }
    }
}

impl SecretStore for StrongholdStore {
    fn seal(&mut self, name: SecretName, secret: &Secret) -> Result<(), VaultError> {
        self.change(|content| {
            let sealed = sealed::seal(&content.client, name, secret)?;
            content.put(sealed::store_key(name), sealed)?;
            Ok(((), true))
        })
    }

    fn open(&mut self, name: SecretName) -> Result<Option<Secret>, VaultError> {
        self.refresh()?;
        let Some(sealed) = self.content.get(&sealed::store_key(name))? else {
            return Ok(None);
        };
        match sealed::unseal(&self.content.client, name, &sealed)? {
            Some(secret) => Ok(Some(secret)),
            None => Err(VaultError::Damaged {
                path: self.path.clone(),
                damage: Damage::Sealed,
            }),
        }
    }

    fn remove(&mut self, name: SecretName) -> Result<bool, VaultError> {
        self.change(|content| {
            let was_there = content.take(&sealed::store_key(name))?;
            Ok((was_there, was_there))
        })
    }

    fn retain(&mut self, keep: &dyn Fn(SecretName) -> bool) -> Result<Vec<SecretName>, VaultError> {
        self.change(|content| {
            let mut gone = content.names()?;
            gone.retain(|name| !keep(*name));
            for name in &gone {
                content.take(&sealed::store_key(*name))?;
            }
            let changed = !gone.is_empty();
            Ok((gone, changed))
        })
    }

    fn names(&mut self) -> Result<Vec<SecretName>, VaultError> {
        self.refresh()?;
        self.content.names()
    }

    fn rekey_to(&mut self, new_path: &Path, new_key: &VaultKey) -> Result<(), VaultError> {
        self.refuse_while_rekeying()?;
        self.stat()?;
        let lock = FolderLock::acquire(&self.path)?;
        self.refresh()?;
        refuse_existing(new_path)?;
        let key = FileKey::new(new_key)?;
        let stamp = snapshot::write(&self.content.stronghold, new_path, &key)?;
        self.rekeying = Some(Rekeying {
            path: new_path.to_owned(),
            key,
            stamp,
            _lock: lock,
        });
        Ok(())
    }

    fn finish_rekey(&mut self) -> Result<(), VaultError> {
        let new = self.rekeying.take().ok_or(VaultError::NotRekeying)?;
        let old_path = std::mem::replace(&mut self.path, new.path);
        self.key = new.key;
        self.stamp = new.stamp;
        folder::remove(&old_path)
    }

    fn abandon_rekey(&mut self) -> Result<(), VaultError> {
        let new = self.rekeying.take().ok_or(VaultError::NotRekeying)?;
        folder::remove(&new.path)
    }

    fn key(&self) -> Result<VaultKey, VaultError> {
        self.key.for_another()
    }

    fn lock(self: Box<Self>) {}
}

/// What is in a snapshot: the sealing key in its vault, sealed bytes in its store.
struct Content {
    stronghold: Stronghold,
    client: Client,
}

type Entries = Vec<(Vec<u8>, Vec<u8>)>;

impl Content {
    fn new(stronghold: Stronghold) -> Result<Self, VaultError> {
        let client = engine::call("make a client", || stronghold.create_client(CLIENT))?;
        let content = Self { stronghold, client };
        sealed::make_key(&content.client)?;
        content.put(FORMAT_KEY.to_vec(), FORMAT.to_string().into_bytes())?;
        Ok(content)
    }

    fn load(stronghold: Stronghold, path: &Path) -> Result<Self, VaultError> {
        let damaged = || VaultError::Damaged {
            path: path.to_owned(),
            damage: Damage::Content,
        };
        let client = engine::call("load the client", || stronghold.load_client(CLIENT))
            .map_err(|_| damaged())?;
        let content = Self { stronghold, client };
        let format = content
            .get(FORMAT_KEY)?
            .and_then(|text| String::from_utf8(text).ok());
        match format.and_then(|text| text.parse::<u32>().ok()) {
            Some(FORMAT) if sealed::has_key(&content.client)? => Ok(content),
            Some(found) if found > FORMAT => Err(VaultError::TooNew {
                what: format!("The vault {path:?}"),
                found,
            }),
            _ => Err(damaged()),
        }
    }

    fn names(&self) -> Result<Vec<SecretName>, VaultError> {
        let keys = engine::call("list the secrets", || self.client.store().keys())?;
        let mut names: Vec<_> = keys.iter().filter_map(|key| sealed::name_of(key)).collect();
        names.sort();
        Ok(names)
    }

    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, VaultError> {
        engine::call("read a secret", || self.client.store().get(key))
    }

    fn put(&self, key: Vec<u8>, value: Vec<u8>) -> Result<(), VaultError> {
        engine::call("keep a secret", || {
            self.client.store().insert(key, value, None)
        })
        .map(|_| ())
    }

    fn take(&self, key: &[u8]) -> Result<bool, VaultError> {
        engine::call("forget a secret", || self.client.store().delete(key)).map(|old| old.is_some())
    }

    fn entries(&self) -> Result<Entries, VaultError> {
        let keys = engine::call("list the secrets", || self.client.store().keys())?;
        let mut entries = Vec::with_capacity(keys.len());
        for key in keys {
            if let Some(value) = self.get(&key)? {
                entries.push((key, value));
            }
        }
        Ok(entries)
    }

    fn restore(&self, entries: Entries) -> Result<(), VaultError> {
        engine::call("undo a change", || self.client.store().clear())?;
        entries
            .into_iter()
            .try_for_each(|(key, value)| self.put(key, value))
    }
}

impl Drop for Content {
    fn drop(&mut self) {
        // The engine wipes its guarded memory; nothing could be done if it failed.
        let _ = engine::call("wipe the vault", || self.stronghold.clear());
    }
}

fn refuse_existing(path: &Path) -> Result<(), VaultError> {
    match path.try_exists() {
        Ok(false) => Ok(()),
        Ok(true) => Err(VaultError::AlreadyExists {
            path: path.to_owned(),
        }),
        Err(source) => Err(folder::io_error("look for", path)(source)),
    }
}
