//! The parameters under which a passphrase became a key, as they are stored
//! beside the verifier. They are public: without the passphrase they open nothing.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use model::secret::Secret;
use zeroize::Zeroizing;

use crate::{Cost, Derived, VaultError, hex};

const VERSION: u32 = 1;
const SALT_LENGTH: usize = 16;

/// Version, cost and salt of one derivation; stored as text
/// (`1$argon2id$m=65536,t=3,p=1$<salt in hexadecimal>`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyParameters {
    cost: Cost,
    salt: [u8; SALT_LENGTH],
}

impl KeyParameters {
    /// New parameters with a random salt.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn generate(cost: Cost) -> Result<Self, VaultError> {
        let mut salt = [0; SALT_LENGTH];
        getrandom::fill(&mut salt).map_err(|_| VaultError::NoRandomness)?;
        Ok(Self { cost, salt })
    }

    /// Reads what [`fmt::Display`] wrote.
    ///
    /// # Errors
    /// [`VaultError::TooNew`] for a later version, [`VaultError::KeyParameters`] for
    /// text that is no parameters and for costs out of bounds.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        const UNREADABLE: VaultError = VaultError::KeyParameters {
            reason: "they cannot be read",
        };
        let mut parts = text.split('$');
        let version: u32 = parts
            .next()
            .and_then(|v| v.parse().ok())
            .ok_or(UNREADABLE)?;
        if version > VERSION {
            let what = "The account's key".to_owned();
            return Err(VaultError::TooNew {
                what,
                found: version,
            });
        }
        let [Some("argon2id"), Some(cost), Some(salt), None] =
            [parts.next(), parts.next(), parts.next(), parts.next()]
        else {
            return Err(UNREADABLE);
        };
        let (memory, passes) = cost
            .strip_prefix("m=")
            .and_then(|rest| rest.strip_suffix(",p=1"))
            .and_then(|rest| rest.split_once(",t="))
            .ok_or(UNREADABLE)?;
        let memory = memory.parse().map_err(|_| UNREADABLE)?;
        let passes = passes.parse().map_err(|_| UNREADABLE)?;
        let salt = hex::decode(salt).ok_or(UNREADABLE)?;
        Ok(Self {
            cost: Cost::new(memory, passes)?,
            salt,
        })
    }

    /// Turns a passphrase into key material: one run of Argon2id, 0.1 to 1 s of one
    /// core, so not for a thread that must stay responsive.
    ///
    /// # Errors
    /// [`VaultError::Derivation`] when the memory cannot be had.
    pub fn derive(&self, passphrase: &Secret) -> Result<Derived, VaultError> {
        let failed = || VaultError::Derivation {
            memory_mib: self.cost.memory_kib() / 1024,
        };
        let mut master = Zeroizing::new([0; 32]);
        let params = Params::new(
            self.cost.memory_kib(),
            self.cost.passes(),
            1,
            Some(master.len()),
        )
        .map_err(|_| failed())?;
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.expose().as_bytes(), &self.salt, &mut *master)
            .map_err(|_| failed())?;
        Derived::from_master(&master)
    }

    /// Whether a sign-in should move the account to `wanted`: it costs a guesser
    /// more than these parameters do.
    pub fn is_weaker_than(&self, wanted: Cost) -> bool {
        let work = |cost: Cost| u64::from(cost.memory_kib()) * u64::from(cost.passes());
        work(self.cost) < work(wanted)
    }

    /// What one guess costs.
    pub fn cost(&self) -> Cost {
        self.cost
    }
}

impl fmt::Display for KeyParameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (memory, passes) = (self.cost.memory_kib(), self.cost.passes());
        write!(
            f,
            "{VERSION}$argon2id$m={memory},t={passes},p=1${}",
            hex::encode(&self.salt)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_survive_their_text() {
        let parameters = KeyParameters::generate(Cost::new(100_000, 5).unwrap()).unwrap();
        let text = parameters.to_string();
        assert_eq!(KeyParameters::parse(&text).unwrap(), parameters, "{text}");
    }

    #[test]
    fn two_accounts_never_share_a_salt() {
        let salt = || KeyParameters::generate(Cost::FLOOR).unwrap().salt;
        assert_ne!(
            salt(),
            salt(),
            "equal salts would let one guess serve two accounts"
        );
    }

    #[test]
    fn a_later_version_is_named_as_such() {
        let text = "2$argon3$anything";
        assert!(
            matches!(
                KeyParameters::parse(text),
                Err(VaultError::TooNew { found: 2, .. })
            ),
            "the fix is a newer program, not a new passphrase"
        );
    }

    #[test]
    fn weakened_or_broken_text_is_refused() {
        let salt = "00112233445566778899aabbccddeeff";
        for text in [
            String::new(),
            "1$argon2id".to_owned(),
            format!("1$argon2id$m=8,t=1,p=1${salt}"),
            format!("1$argon2i$m=65536,t=3,p=1${salt}"),
            format!("1$argon2id$m=65536,t=3,p=4${salt}"),
            format!("1$argon2id$m=65536,t=3,p=1${salt}$more"),
            format!("1$argon2id$m=65536,t=3,p=1${}", &salt[2..]),
            "1$argon2id$m=65536,t=3,p=1$zz112233445566778899aabbccddeeff".to_owned(),
        ] {
            assert!(
                matches!(
                    KeyParameters::parse(&text),
                    Err(VaultError::KeyParameters { .. })
                ),
                "{text:?} must not become a key"
            );
        }
    }

    #[test]
    fn cheaper_parameters_are_due_for_an_upgrade() {
        let old = KeyParameters::generate(Cost::FLOOR).unwrap();
        assert!(
            old.is_weaker_than(Cost::new(256 * 1024, 3).unwrap()),
            "four times the memory"
        );
        assert!(!old.is_weaker_than(Cost::FLOOR), "nothing to gain");
    }
}
