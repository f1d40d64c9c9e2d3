//! Secrets inside a snapshot: the key that seals them, their sealed form, and the
//! names under which the sealed bytes lie in the client's store.

use iota_stronghold::{
    Client, Location,
    procedures::{AeadCipher, AeadDecrypt, AeadEncrypt, Slip10Generate},
};
use model::secret::Secret;
use vault::{SecretName, VaultError};
use zeroize::Zeroizing;

use crate::engine;

const KEY_LENGTH: usize = 32;
const NONCE_LENGTH: usize = 24;
const TAG_LENGTH: usize = 16;
const FORM: u8 = 1;
const NAME_PREFIX: &str = "secret/";
const AD_LABEL: &[u8] = b"db-studio/1/secret";

/// Makes the random key of a new vault. No procedure gives it out again.
pub(crate) fn make_key(client: &Client) -> Result<(), VaultError> {
    let make = Slip10Generate {
        size_bytes: Some(KEY_LENGTH),
        output: key_location(),
    };
    engine::call("make a key", || client.execute_procedure(make))
}

/// Whether a loaded vault has its key.
pub(crate) fn has_key(client: &Client) -> Result<bool, VaultError> {
    engine::call("find the key", || client.record_exists(&key_location()))
}

/// Encrypts a secret for one name: a form byte, the nonce, the tag, the cipher text.
pub(crate) fn seal(
    client: &Client,
    name: SecretName,
    secret: &Secret,
) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0; NONCE_LENGTH];
    getrandom::fill(&mut nonce).map_err(|_| VaultError::NoRandomness)?;
    let encrypt = AeadEncrypt {
        cipher: AeadCipher::XChaCha20Poly1305,
        associated_data: associated_data(name),
        // The engine takes the text as a plain vector and frees it unwiped.
        plaintext: secret.expose().as_bytes().to_vec(),
        nonce: nonce.to_vec(),
        key: key_location(),
    };
    let tag_and_text = engine::call("seal a secret", || client.execute_procedure(encrypt))?;
    Ok([&[FORM][..], &nonce, &tag_and_text].concat())
}

/// Decrypts what [`seal`] made; `None` when it was not made for this name.
pub(crate) fn unseal(
    client: &Client,
    name: SecretName,
    sealed: &[u8],
) -> Result<Option<Secret>, VaultError> {
    let Some((&[FORM], rest)) = sealed.split_first_chunk::<1>() else {
        return Ok(None);
    };
    let Some((nonce, rest)) = rest.split_first_chunk::<NONCE_LENGTH>() else {
        return Ok(None);
    };
    let Some((tag, text)) = rest.split_first_chunk::<TAG_LENGTH>() else {
        return Ok(None);
    };
    let decrypt = AeadDecrypt {
        cipher: AeadCipher::XChaCha20Poly1305,
        associated_data: associated_data(name),
        ciphertext: text.to_vec(),
        tag: tag.to_vec(),
        nonce: nonce.to_vec(),
        key: key_location(),
    };
    // That it does not open is the only way this procedure fails with the key there.
    let Ok(bytes) = engine::call("open a secret", || client.execute_procedure(decrypt)) else {
        return Ok(None);
    };
    let bytes = Zeroizing::new(bytes);
    Ok(std::str::from_utf8(&bytes)
        .ok()
        .map(|text| Secret::new(text.to_owned())))
}

/// Where the sealed bytes of a name lie in the client's store.
pub(crate) fn store_key(name: SecretName) -> Vec<u8> {
    format!("{NAME_PREFIX}{name}").into_bytes()
}

/// The name behind a key of the client's store, `None` when it is not a secret's or
/// is one that only a newer version knows.
pub(crate) fn name_of(store_key: &[u8]) -> Option<SecretName> {
    SecretName::parse(
        std::str::from_utf8(store_key)
            .ok()?
            .strip_prefix(NAME_PREFIX)?,
    )
}

fn associated_data(name: SecretName) -> Vec<u8> {
    [
        AD_LABEL,
        name.connection.0.as_bytes(),
        name.purpose.as_str().as_bytes(),
    ]
    .concat()
}

fn key_location() -> Location {
    Location::generic("keys", "secrets")
}

#[cfg(test)]
mod tests {
    use vault::contract::password_name;

    use super::*;

    fn client() -> Client {
        let stronghold = iota_stronghold::Stronghold::default();
        let client = stronghold.create_client("test").unwrap();
        make_key(&client).unwrap();
        client
    }

    fn secret() -> Secret {
        Secret::new("hunter2".to_owned())
    }

    #[test]
    fn sealed_bytes_open_under_their_own_name_only() {
        let (client, name) = (client(), password_name());
        let sealed = seal(&client, name, &secret()).unwrap();
        let opened = unseal(&client, name, &sealed).unwrap();
        assert_eq!(
            opened.as_ref().map(Secret::expose),
            Some("hunter2"),
            "its own name"
        );
        let moved = unseal(&client, password_name(), &sealed).unwrap();
        assert!(
            moved.is_none(),
            "another connection must never get this password"
        );
    }

    #[test]
    fn sealed_bytes_open_with_their_own_key_only() {
        let name = password_name();
        let sealed = seal(&client(), name, &secret()).unwrap();
        assert!(
            unseal(&client(), name, &sealed).unwrap().is_none(),
            "another vault's key"
        );
    }

    #[test]
    fn equal_secrets_do_not_look_equal() {
        let (client, name) = (client(), password_name());
        let seal = || seal(&client, name, &secret()).unwrap();
        assert_ne!(seal(), seal(), "a reused password must not show");
    }

    #[test]
    fn altered_or_short_bytes_do_not_open() {
        let (client, name) = (client(), password_name());
        let sealed = seal(&client, name, &secret()).unwrap();
        for position in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[position] ^= 1;
            let opened = unseal(&client, name, &altered).unwrap();
            assert!(opened.is_none(), "byte {position} was altered");
            let cut = unseal(&client, name, &sealed[..position]).unwrap();
            assert!(cut.is_none(), "cut after {position} bytes");
        }
    }
}
