//! Files that are not what was once written: each a typed error, none touched.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{fs, path::Path};

use model::secret::Secret;
use vault::{
    Cost, Damage, KeyParameters, SecretStores, VaultError, VaultKey,
    contract::{fresh_path, key, password_name},
};
use vault_stronghold::StrongholdStores;

/// The key of a user who has just signed in.
fn proven_key() -> VaultKey {
    let parameters = KeyParameters::generate(Cost::FLOOR).unwrap();
    let derive = || {
        parameters
            .derive(&Secret::new("correct horse".to_owned()))
            .unwrap()
    };
    let (verifier, _) = derive().into_parts();
    derive().verify(&verifier).ok().unwrap()
}

/// A vault with one secret, as bytes.
fn vault_bytes(path: &Path, key: &VaultKey) -> Vec<u8> {
    let mut store = StrongholdStores.create(path, key).unwrap();
    store
        .seal(password_name(), &Secret::new("hunter2".to_owned()))
        .unwrap();
    store.lock();
    fs::read(path).unwrap()
}

/// Opens these bytes as a vault and gives the damage; the bytes must stay as they are.
fn damage(path: &Path, key: &VaultKey, bytes: &[u8], what: &str) -> Damage {
    fs::write(path, bytes).unwrap();
    let error = StrongholdStores.open(path, key).err();
    assert_eq!(
        fs::read(path).unwrap(),
        bytes,
        "a file that does not open is evidence: {what}"
    );
    match error {
        Some(VaultError::Damaged { damage, .. }) => damage,
        other => panic!("{what} must be told as damage, not {other:?}"),
    }
}

#[test]
fn an_alteration_anywhere_is_told_as_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (fresh_path(folder.path()), proven_key());
    let whole = vault_bytes(&path, &key);
    for position in 0..whole.len() {
        let mut altered = whole.clone();
        altered[position] ^= 1 << (position % 8);
        let damage = damage(&path, &key, &altered, &format!("byte {position}"));
        let expected = match position {
            0..7 => Damage::NotAVault,
            156.. => Damage::Content,
            _ => continue,
        };
        assert_eq!(damage, expected, "byte {position} of {}", whole.len());
    }
    fs::write(&path, &whole).unwrap();
    StrongholdStores
        .open(&path, &key)
        .map(|store| store.lock())
        .unwrap();
}

#[test]
fn a_file_cut_off_anywhere_is_told_as_damage() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (fresh_path(folder.path()), proven_key());
    let whole = vault_bytes(&path, &key);
    for length in 0..whole.len() {
        damage(
            &path,
            &key,
            &whole[..length],
            &format!("the first {length} bytes"),
        );
    }
    let longer = [&whole[..], b"more"].concat();
    assert_eq!(
        damage(&path, &key, &longer, "more at the end"),
        Damage::Content
    );
}

#[test]
fn another_kind_of_file_is_told_as_no_vault() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (fresh_path(folder.path()), key(1));
    for bytes in [&b""[..], b"PARTI", b"SQLite format 3\0", &[0; 4096]] {
        assert_eq!(
            damage(&path, &key, bytes, "another file"),
            Damage::NotAVault
        );
    }
}

#[test]
fn a_file_that_asks_for_gigabytes_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let (path, key) = (fresh_path(folder.path()), key(1));
    let whole = vault_bytes(&path, &key);
    // The work factor follows the salt in the header: "-> scrypt <22 characters> 0".
    let (head, rest) = whole.split_at(7 + 32 + 22 + 1);
    assert_eq!(
        rest[..2],
        *b"0\n",
        "our files ask for no more work than the key has cost"
    );
    let hungry = [head, b"23", &rest[1..]].concat();
    assert_eq!(
        damage(&path, &key, &hungry, "8 GiB of memory"),
        Damage::TooMuchWork
    );
}

#[test]
fn a_folder_in_the_vaults_place_is_a_typed_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = fresh_path(folder.path());
    fs::create_dir(&path).unwrap();
    let error = StrongholdStores.open(&path, &key(1)).err();
    assert!(
        matches!(error, Some(VaultError::Io { .. })),
        "not {error:?}"
    );
}

#[test]
fn a_vault_damaged_while_open_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = fresh_path(folder.path());
    let mut store = StrongholdStores.create(&path, &key(1)).unwrap();
    fs::write(&path, b"half a file").unwrap();
    let error = store
        .seal(password_name(), &Secret::new("hunter2".to_owned()))
        .err();
    assert!(
        matches!(error, Some(VaultError::Damaged { .. })),
        "not {error:?}"
    );
    assert_eq!(
        fs::read(&path).unwrap(),
        b"half a file",
        "nobody decided to give it up"
    );
}

#[test]
fn a_failed_save_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = (fresh_path(folder.path()), password_name());
    let mut store = StrongholdStores.create(&path, &key(1)).unwrap();
    store.seal(name, &Secret::new("old".to_owned())).unwrap();
    let before = fs::read(&path).unwrap();
    // A folder where the new file is first written: no right and no user can write there.
    let part = path.with_extension("vault.part");
    fs::create_dir(&part).unwrap();
    let error = store.seal(name, &Secret::new("new".to_owned())).err();
    assert!(
        matches!(error, Some(VaultError::Io { .. })),
        "not {error:?}"
    );
    assert_eq!(
        fs::read(&path).unwrap(),
        before,
        "the file is the last good one"
    );
    let secret = store.open(name).unwrap().unwrap();
    assert_eq!(secret.expose(), "old", "and memory agrees with it");
    fs::remove_dir(&part).unwrap();
    store.seal(name, &Secret::new("new".to_owned())).unwrap();
    assert_eq!(
        store.open(name).unwrap().unwrap().expose(),
        "new",
        "the next save goes on"
    );
}
