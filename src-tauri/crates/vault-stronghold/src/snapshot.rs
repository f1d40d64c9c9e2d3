//! Snapshot files: read with typed errors, written whole or not at all.
//!
//! Why the encrypt work factor is 0. Stronghold runs its key through one more
//! scrypt, by default of factor 19 (2 s and 512 MiB for each load and save), for
//! it expects a plain hash of a password. Our keys come out of Argon2id with a
//! random salt per vault, calibrated to 0.5 to 0.8 s and at least 64 MiB: they are
//! expensive to guess already, and a second run would cost the user at each save
//! and a guesser once. With a key that is cheap to guess, factor 0 would be wrong.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Once,
    time::SystemTime,
};

use crypto::keys::age::DecError;
use iota_stronghold::{
    ClientError, KeyProvider, SnapshotPath,
    engine::snapshot::{self, MAGIC, ReadError, VERSION},
};
use tauri_plugin_stronghold::stronghold::{Error as PluginError, Stronghold};
use vault::{Damage, VaultError, VaultKey};
use zeroize::Zeroizing;

use crate::{
    engine,
    folder::{self, io_error},
};

const WORK_FACTOR: u8 = 0;
/// What Stronghold itself writes by default. More would let a prepared file take
/// gigabytes of memory before its key is even tried.
const MOST_WORK: u8 = 19;

/// The key of a file, in the engine's guarded memory, and whether a verifier
/// vouched for it.
pub(crate) struct FileKey {
    provider: KeyProvider,
    proven: bool,
}

impl FileKey {
    pub(crate) fn new(key: &VaultKey) -> Result<Self, VaultError> {
        let bytes = Zeroizing::new(key.expose().to_vec());
        let provider = engine::call("guard the key", || KeyProvider::try_from(bytes))?;
        Ok(Self {
            provider,
            proven: key.is_proven(),
        })
    }

    /// The same key for another opener; nothing has vouched for it there.
    pub(crate) fn for_another(&self) -> Result<VaultKey, VaultError> {
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(&self.bytes()?);
        Ok(VaultKey::from_bytes(key))
    }

    fn bytes(&self) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        engine::call("read the key", || {
            self.provider
                .try_unlock()
                .map(|buffer| Zeroizing::new(buffer.borrow().to_vec()))
        })
    }
}

/// Tells whether a file is still the one that was read or written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    length: u64,
    modified: SystemTime,
    inode: u64,
}

impl Stamp {
    pub(crate) fn of(path: &Path) -> Result<Self, VaultError> {
        let metadata = fs::metadata(path).map_err(io_error("read", path))?;
        let modified = metadata.modified().map_err(io_error("read", path))?;
        #[cfg(unix)]
        let inode = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let inode = 0;
        Ok(Self {
            length: metadata.len(),
            modified,
            inode,
        })
    }
}

/// Starts a snapshot in memory; nothing is on the disk before [`write`].
pub(crate) fn blank(path: &Path, key: &FileKey) -> Result<Stronghold, VaultError> {
    use_our_work_factor();
    let bytes = key.bytes()?.to_vec();
    engine::call("start a vault", || Stronghold::new(path, bytes))
}

/// Loads a snapshot file, which is only ever read.
pub(crate) fn read(path: &Path, key: &FileKey) -> Result<(Stronghold, Stamp), VaultError> {
    use_our_work_factor();
    let stamp = Stamp::of(path)?;
    // The engine's own loader tells its errors as text, so the file is first
    // decrypted through the layer below, whose errors are typed.
    check(path, key)?;
    let bytes = key.bytes()?.to_vec();
    let loaded = engine::call("load the vault", || {
        Ok::<_, PluginError>(Stronghold::new(path, bytes))
    })?;
    match loaded {
        Ok(stronghold) => Ok((stronghold, stamp)),
        Err(PluginError::Stronghold(ClientError::Inner(_))) => Err(VaultError::Damaged {
            path: path.to_owned(),
            damage: Damage::Content,
        }),
        Err(source) => Err(VaultError::Engine {
            action: "load the vault",
            source: source.into(),
        }),
    }
}

/// Writes a snapshot to `path`: a new file, read back, made durable, and only then
/// renamed over what was there. The folder's lock must be held.
pub(crate) fn write(
    stronghold: &Stronghold,
    path: &Path,
    key: &FileKey,
) -> Result<Stamp, VaultError> {
    let part = part_of(path);
    // Made here first: the engine would tell a full or read-only disk as text.
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    folder::private(&mut options)
        .open(&part)
        .map_err(io_error("write", &part))?;
    let written = finish(stronghold, &part, path, key);
    if written.is_err() {
        // What is left of it would be swept later; the error that counts is the first.
        let _ = fs::remove_file(&part);
    }
    written
}

fn finish(
    stronghold: &Stronghold,
    part: &Path,
    path: &Path,
    key: &FileKey,
) -> Result<Stamp, VaultError> {
    engine::call("save the vault", || {
        stronghold.commit_with_keyprovider(&SnapshotPath::from_path(part), &key.provider)
    })?;
    check(part, key)?;
    // The engine renames its own file over ours, and makes it as open as the umask says.
    #[cfg(unix)]
    {
        let owner_only = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(part, owner_only).map_err(io_error("write", part))?;
    }
    File::open(part)
        .and_then(|file| file.sync_all())
        .map_err(io_error("write", part))?;
    fs::rename(part, path).map_err(io_error("write", path))?;
    folder::sync_for(path)?;
    Stamp::of(path)
}

/// Decrypts a file and forgets the content.
fn check(path: &Path, key: &FileKey) -> Result<(), VaultError> {
    let damaged = |damage| VaultError::Damaged {
        path: path.to_owned(),
        damage,
    };
    let mut file = File::open(path).map_err(io_error("read", path))?;
    let mut head = [0; MAGIC.len() + VERSION.len()];
    match file.read_exact(&mut head) {
        Ok(()) => {}
        Err(short) if short.kind() == io::ErrorKind::UnexpectedEof => {
            return Err(damaged(Damage::NotAVault));
        }
        Err(source) => return Err(io_error("read", path)(source)),
    }
    if head != [&MAGIC[..], &VERSION[..]].concat()[..] {
        return Err(damaged(Damage::NotAVault));
    }
    let bytes = key.bytes()?;
    let key_bytes: &snapshot::Key =
        bytes
            .as_slice()
            .try_into()
            .map_err(|source| VaultError::Engine {
                action: "read the key",
                source: Box::new(source),
            })?;
    let decrypted = engine::call("decrypt the vault", || {
        let content = snapshot::decrypt_content_with_work_factor(&mut file, key_bytes, MOST_WORK);
        Ok::<_, ReadError>(content)
    })?;
    decrypted.map(|_| ()).map_err(|error| match error {
        ReadError::Io(source) => io_error("read", path)(source),
        ReadError::AgeFormatError(DecError::BadFileKey) if !key.proven => VaultError::WrongKey {
            path: path.to_owned(),
        },
        ReadError::AgeFormatError(error) => damaged(damage_of(error)),
        ReadError::CorruptedContent(_) => damaged(Damage::Content),
        ReadError::InvalidFile
        | ReadError::UnsupportedVersion { .. }
        | ReadError::UnsupportedAssociatedData => damaged(Damage::NotAVault),
    })
}

fn damage_of(error: DecError) -> Damage {
    match error {
        DecError::UnknownFormat
        | DecError::UnsupportedAgeVersion
        | DecError::UnsupportedAgeRecipient => Damage::NotAVault,
        DecError::BadAgeFormat | DecError::BadFileKey | DecError::BadHeaderMac => Damage::Header,
        DecError::BadChunk | DecError::BufferTooSmall { .. } | DecError::BufferBadLength => {
            Damage::Content
        }
        DecError::WorkFactorTooBig { .. } => Damage::TooMuchWork,
    }
}

fn part_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

/// The factor is one number for the whole process, so it is set once.
fn use_our_work_factor() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // It refuses factors of 64 and more only.
        let _ = snapshot::try_set_encrypt_work_factor(WORK_FACTOR);
    });
}
