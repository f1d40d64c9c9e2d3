//! The secrets of local accounts: from a passphrase to keys, and the store that
//! those keys open. Here are the trait, the derivation and the policy; how sealed
//! bytes reach the disk is the business of an adapter crate, and who asks for a
//! passphrase that of the services.

mod cost;
mod error;
mod file_name;
mod hex;
mod idle;
mod key;
mod name;
mod parameters;
mod store;

#[cfg(any(test, feature = "testing"))]
pub mod contract;
#[cfg(any(test, feature = "testing"))]
pub mod memory;

pub use cost::Cost;
pub use error::{Damage, VaultError};
pub use file_name::{fresh_file_name, is_vault_file};
pub use idle::IdleLock;
pub use key::{Derived, VaultKey, Verifier};
pub use name::SecretName;
pub use parameters::KeyParameters;
pub use store::{SecretStore, SecretStores};
