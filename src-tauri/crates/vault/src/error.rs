//! What can go wrong with a vault, told so that callers can act on it.

use std::{error::Error, io, path::PathBuf, time::Duration};

use thiserror::Error;

/// Why a vault could not be opened, read or written.
#[derive(Debug, Error)]
pub enum VaultError {
    /// The passphrase does not match the stored verifier.
    #[error("The passphrase is wrong.")]
    WrongPassphrase,
    /// A key that was never checked against a verifier does not open this file.
    #[error("The vault {path:?} does not open with this key.")]
    WrongKey {
        /// The file that stayed closed.
        path: PathBuf,
    },
    /// There is no file at this path.
    #[error("The vault {path:?} is missing.")]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// A new vault would have replaced a file that is there already.
    #[error("The vault {path:?} exists already.")]
    AlreadyExists {
        /// The file in the way, left as it was.
        path: PathBuf,
    },
    /// The file is there but cannot be what was once written; it is left as it is.
    #[error("The vault {path:?} is damaged: {damage}.")]
    Damaged {
        /// The damaged file.
        path: PathBuf,
        /// What gave it away.
        damage: Damage,
    },
    /// The file or the key parameters were written by a newer db-studio.
    #[error("{what} was written by a newer version of db-studio (format {found}).")]
    TooNew {
        /// What is too new, as the beginning of a sentence.
        what: String,
        /// The format that it claims.
        found: u32,
    },
    /// The stored key parameters cannot be read, or are weaker than the floor.
    #[error("The stored key parameters cannot be used: {reason}.")]
    KeyParameters {
        /// What is wrong with them.
        reason: &'static str,
    },
    /// The key could not be derived, mostly for want of memory.
    #[error("The key could not be derived from the passphrase with {memory_mib} MiB of memory.")]
    Derivation {
        /// The memory that was asked for, in MiB.
        memory_mib: u32,
    },
    /// The operating system gave no random bytes.
    #[error("The system gave no random bytes.")]
    NoRandomness,
    /// Another process, or a change of passphrase under way, holds the vault.
    #[error("The vault {path:?} is in use elsewhere (waited {} ms).", waited.as_millis())]
    Busy {
        /// The vault that was wanted.
        path: PathBuf,
        /// How long the lock was waited for.
        waited: Duration,
    },
    /// A step of a change of passphrase was asked for while none is under way.
    #[error("No change of passphrase is under way.")]
    NotRekeying,
    /// The file system refused.
    #[error("Could not {action} {path:?}: {source}.")]
    Io {
        /// What was tried, as a verb ("read", "write").
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The storage engine failed for a reason of its own, such as locked memory.
    #[error("The vault's engine could not {action}.")]
    Engine {
        /// What was tried, as a verb.
        action: &'static str,
        /// What the engine said.
        source: Box<dyn Error + Send + Sync>,
    },
}

/// What gave a damaged vault away.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Damage {
    /// It is empty, too short, or does not begin like a vault.
    #[error("it is no vault file")]
    NotAVault,
    /// The part that holds the wrapped file key is not what was written.
    #[error("its header has been altered")]
    Header,
    /// The encrypted part is not what was written.
    #[error("its content has been altered or cut off")]
    Content,
    /// Opening it would take more memory than any vault of ours needs.
    #[error("it asks for more work than any vault needs")]
    TooMuchWork,
    /// One sealed secret does not belong to its name.
    #[error("a sealed secret does not belong to its name")]
    Sealed,
}
