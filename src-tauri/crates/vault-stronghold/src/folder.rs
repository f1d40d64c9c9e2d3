//! The folder of the vaults: private to its owner, changed under a lock between
//! processes, made durable, and swept of what nobody refers to.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    thread,
    time::{Duration, Instant, SystemTime},
};

use vault::{VaultError, is_vault_file};

const LOCK_FILE: &str = ".lock";
const PATIENCE: Duration = Duration::from_secs(5);
const BETWEEN_TRIES: Duration = Duration::from_millis(10);

/// The right to change the files of one folder, against other processes and other
/// stores of this one; given back when dropped.
///
/// The lock file stays: removing a lock that another process is waiting for would
/// give both of them the right.
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Waits for the lock of the folder that `path` lies in, for 5 s at most: what
    /// is done under it takes milliseconds.
    pub(crate) fn acquire(path: &Path) -> Result<Self, VaultError> {
        let lock = folder_of(path).join(LOCK_FILE);
        let mut options = OpenOptions::new();
        options.write(true).create(true).truncate(false);
        private(&mut options);
        let file = options.open(&lock).map_err(io_error("open", &lock))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::Error(source)) => return Err(io_error("lock", &lock)(source)),
                Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                    thread::sleep(BETWEEN_TRIES);
                }
                Err(TryLockError::WouldBlock) => {
                    let (path, waited) = (path.to_owned(), start.elapsed());
                    return Err(VaultError::Busy { path, waited });
                }
            }
        }
    }
}

/// Makes the folder of a vault where it is missing, for its owner only.
pub(crate) fn create_for(path: &Path) -> Result<(), VaultError> {
    let folder = folder_of(path);
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).map_err(io_error("create", folder))
}

/// Makes the names in the folder of `path` survive a power cut.
pub(crate) fn sync_for(path: &Path) -> Result<(), VaultError> {
    // Elsewhere folders cannot be opened, and renames are durable by themselves.
    #[cfg(unix)]
    {
        let folder = folder_of(path);
        File::open(folder)
            .and_then(|file| file.sync_all())
            .map_err(io_error("sync", folder))?;
    }
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// Removes one vault file, for good.
pub(crate) fn remove(path: &Path) -> Result<(), VaultError> {
    match fs::remove_file(path) {
        Ok(()) => sync_for(path),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(io_error("remove", path)(source)),
    }
}

/// Removes vault files that nobody refers to, and unfinished writes.
pub(crate) fn sweep(
    folder: &Path,
    keep: &[&str],
    before: SystemTime,
) -> Result<Vec<PathBuf>, VaultError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    // Under the lock no write is under way, and no change of passphrase.
    let _lock = FolderLock::acquire(&folder.join(LOCK_FILE))?;
    let mut orphans = Vec::new();
    for entry in fs::read_dir(folder).map_err(io_error("list", folder))? {
        let entry = entry.map_err(io_error("list", folder))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        let path = entry.path();
        let metadata = entry.metadata().map_err(io_error("read", &path))?;
        let written = metadata.modified().map_err(io_error("read", &path))?;
        let unfinished = !name.ends_with(".vault");
        let orphan = !keep.contains(&name) && (unfinished || written < before);
        if is_vault_file(name) && orphan && metadata.is_file() {
            remove(&path)?;
            orphans.push(path);
        }
    }
    orphans.sort();
    Ok(orphans)
}

/// Lets only the owner read and write a new file.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// Turns what the system said about a path into an error.
pub(crate) fn io_error(
    action: &'static str,
    path: &Path,
) -> impl FnOnce(io::Error) -> VaultError + use<> {
    let path = path.to_owned();
    move |source| match source.kind() {
        io::ErrorKind::NotFound if action == "read" => VaultError::Missing { path },
        _ => VaultError::Io {
            action,
            path,
            source,
        },
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}
