//! What a passphrase becomes: a verifier that may be stored, and the vault key
//! that never is. One is of no help in finding the other.

use hkdf::Hkdf;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::{VaultError, hex};

const VERIFIER_LABEL: &[u8] = b"db-studio/1/verifier";
const VAULT_KEY_LABEL: &[u8] = b"db-studio/1/vault-key";

/// The two halves of a derived passphrase; not printable.
pub struct Derived {
    verifier: Verifier,
    key: Zeroizing<[u8; 32]>,
}

impl Derived {
    /// Checks a sign-in against the stored verifier, in constant time, and gives
    /// the key on success.
    ///
    /// # Errors
    /// [`VaultError::WrongPassphrase`].
    pub fn verify(self, stored: &Verifier) -> Result<VaultKey, VaultError> {
        if self.verifier.0.ct_eq(&stored.0).into() {
            Ok(VaultKey {
                bytes: self.key,
                proven: true,
            })
        } else {
            Err(VaultError::WrongPassphrase)
        }
    }

    /// For a new account or a new passphrase: the verifier to store, and the key
    /// to write the vault with.
    pub fn into_parts(self) -> (Verifier, VaultKey) {
        (
            self.verifier,
            VaultKey {
                bytes: self.key,
                proven: false,
            },
        )
    }

    pub(crate) fn from_master(master: &[u8; 32]) -> Result<Self, VaultError> {
        let hkdf = Hkdf::<Sha256>::new(None, master);
        let mut verifier = [0; 32];
        let mut key = Zeroizing::new([0; 32]);
        for (label, out) in [
            (VERIFIER_LABEL, &mut verifier),
            (VAULT_KEY_LABEL, &mut *key),
        ] {
            hkdf.expand(label, out)
                .map_err(|source| VaultError::Engine {
                    action: "split the key",
                    source: Box::new(source),
                })?;
        }
        Ok(Self {
            verifier: Verifier(verifier),
            key,
        })
    }
}

/// Tells a right passphrase from a wrong one without opening anything.
#[derive(Clone)]
pub struct Verifier([u8; 32]);

impl Verifier {
    /// The form in which it is stored: 64 hexadecimal digits.
    pub fn to_text(&self) -> String {
        hex::encode(&self.0)
    }

    /// Reads what [`Verifier::to_text`] wrote.
    ///
    /// # Errors
    /// [`VaultError::KeyParameters`] for any other text.
    pub fn parse(text: &str) -> Result<Self, VaultError> {
        hex::decode(text)
            .map(Self)
            .ok_or(VaultError::KeyParameters {
                reason: "the verifier cannot be read",
            })
    }
}

/// The key of one vault file; wiped when dropped.
///
/// The verifier's text may be printed, the key cannot:
/// ```
/// fn print(text: impl std::fmt::Debug) {}
/// # fn f(verifier: vault::Verifier, key: vault::VaultKey) {
/// print(verifier.to_text());
/// # }
/// ```
/// ```compile_fail
/// fn print(text: impl std::fmt::Debug) {}
/// # fn f(verifier: vault::Verifier, key: vault::VaultKey) {
/// print(key);
/// # }
/// ```
pub struct VaultKey {
    bytes: Zeroizing<[u8; 32]>,
    proven: bool,
}

impl VaultKey {
    /// A key from elsewhere, such as the operating system's keychain; nothing has
    /// vouched for it yet.
    pub fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self {
            bytes,
            proven: false,
        }
    }

    /// The 32 bytes, for the store that encrypts with them.
    pub fn expose(&self) -> &[u8; 32] {
        &self.bytes
    }

    /// Whether it matched a verifier, so that a file that does not open with it is
    /// damaged and not somebody else's.
    pub fn is_proven(&self) -> bool {
        self.proven
    }
}

#[cfg(test)]
mod tests {
    use model::secret::Secret;

    use super::*;
    use crate::{Cost, KeyParameters};

    fn secret(text: &str) -> Secret {
        Secret::new(text.to_owned())
    }

    #[test]
    fn only_the_right_passphrase_gives_the_key() {
        let parameters = KeyParameters::generate(Cost::FLOOR).unwrap();
        let (verifier, key) = parameters
            .derive(&secret("correct horse"))
            .unwrap()
            .into_parts();
        let stored = Verifier::parse(&verifier.to_text()).unwrap();
        let parameters = KeyParameters::parse(&parameters.to_string()).unwrap();

        let again = parameters
            .derive(&secret("correct horse"))
            .unwrap()
            .verify(&stored);
        let again = again.ok().unwrap();
        assert_eq!(
            again.expose(),
            key.expose(),
            "the stored text must lead to the same key"
        );
        assert!(again.is_proven(), "a verified key is vouched for");
        assert!(!key.is_proven(), "a new key has nothing to vouch for it");

        let wrong = parameters
            .derive(&secret("correct horse "))
            .unwrap()
            .verify(&stored);
        assert!(
            matches!(wrong, Err(VaultError::WrongPassphrase)),
            "one more space is another passphrase"
        );
    }

    #[test]
    fn another_salt_gives_another_key() {
        let derive = || {
            let parameters = KeyParameters::generate(Cost::FLOOR).unwrap();
            parameters
                .derive(&secret("correct horse"))
                .unwrap()
                .into_parts()
        };
        let ((verifier, key), (other_verifier, other_key)) = (derive(), derive());
        assert_ne!(
            key.expose(),
            other_key.expose(),
            "equal passphrases must not show"
        );
        assert_ne!(
            verifier.to_text(),
            other_verifier.to_text(),
            "not in the verifier either"
        );
    }

    #[test]
    fn the_stored_verifier_is_not_the_key() {
        let (verifier, key) = Derived::from_master(&[7; 32]).unwrap().into_parts();
        assert_ne!(
            &verifier.0,
            key.expose(),
            "what is stored must not open the vault"
        );
    }

    #[test]
    fn derivation_is_the_published_one() {
        // Fixed forever: a change here locks every user out. The expected values come
        // from the reference implementation of Argon2 and an HKDF written out by hand.
        let parameters =
            KeyParameters::parse("1$argon2id$m=65536,t=3,p=1$000102030405060708090a0b0c0d0e0f");
        let derived = parameters
            .unwrap()
            .derive(&secret("correct horse battery staple"))
            .unwrap();
        let (verifier, key) = derived.into_parts();
        assert_eq!(
            verifier.to_text(),
            "115e78e36d31dfba26a28f7fa87d73637f35174b64ded1a3136da8ca9d47f134",
            "Argon2id, then HKDF-SHA-256"
        );
        assert_eq!(
            hex::encode(key.expose()),
            "73276c9beb1a21296f1750c80338502f98e52261110652d2eded229dbc4d1184",
            "Argon2id, then HKDF-SHA-256"
        );
    }
}
