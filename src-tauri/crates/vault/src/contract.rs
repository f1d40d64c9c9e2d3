//! What every store of secrets must do, as checks that panic with the reason.
//! Each works in a folder of its own below the one it is given.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use model::{
    ids::ConnectionUuid,
    secret::{Secret, SecretPurpose},
};
use zeroize::Zeroizing;

use crate::{SecretName, SecretStore, SecretStores, VaultError, VaultKey, fresh_file_name};

/// Runs every check of this module.
pub fn check_all(stores: &dyn SecretStores, folder: &Path) {
    a_sealed_secret_opens_after_a_restart(stores, &folder.join("round-trip"));
    the_key_of_an_open_vault_opens_it_again(stores, &folder.join("again"));
    a_secret_opens_under_its_own_name_only(stores, &folder.join("names"));
    a_new_secret_takes_the_old_ones_place(stores, &folder.join("replace"));
    what_is_removed_is_gone(stores, &folder.join("remove"));
    any_text_is_a_secret(stores, &folder.join("texts"));
    many_secrets_stay_apart(stores, &folder.join("many"));
    a_wrong_key_is_a_typed_error(stores, &folder.join("wrong-key"));
    a_missing_vault_is_a_typed_error(stores, &folder.join("missing"));
    a_vault_is_never_replaced_by_a_new_one(stores, &folder.join("exists"));
    two_openers_see_each_others_changes(stores, &folder.join("two"));
    a_new_passphrase_moves_everything(stores, &folder.join("rekey"));
    every_stop_of_a_rekey_leaves_a_whole_vault(stores, &folder.join("kill"));
    an_abandoned_rekey_leaves_the_old_vault(stores, &folder.join("abandon"));
    nothing_changes_during_a_rekey(stores, &folder.join("during"));
    a_sweep_removes_old_orphans_only(stores, &folder.join("sweep"));
}

/// A key for tests; equal seeds give equal keys.
pub fn key(seed: u8) -> VaultKey {
    VaultKey::from_bytes(Zeroizing::new([seed; 32]))
}

/// The name of a password of a new connection.
pub fn password_name() -> SecretName {
    SecretName::new(ConnectionUuid::generate(), SecretPurpose::Password)
}

/// A path for a new vault in a folder.
pub fn fresh_path(folder: &Path) -> PathBuf {
    folder.join(fresh_file_name())
}

fn secret(text: &str) -> Secret {
    Secret::new(text.to_owned())
}

fn opened(store: &mut dyn SecretStore, name: SecretName) -> Option<String> {
    store
        .open(name)
        .unwrap()
        .map(|secret| secret.expose().to_owned())
}

fn a_sealed_secret_opens_after_a_restart(stores: &dyn SecretStores, folder: &Path) {
    let (path, name) = (fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.seal(name, &secret("hunter2")).unwrap();
    assert_eq!(
        opened(&mut *store, name).as_deref(),
        Some("hunter2"),
        "before the restart"
    );
    store.lock();
    let mut store = stores.open(&path, &key(1)).unwrap();
    assert_eq!(
        opened(&mut *store, name).as_deref(),
        Some("hunter2"),
        "after the restart"
    );
    assert_eq!(store.names().unwrap(), [name], "it is listed by its name");
}

fn the_key_of_an_open_vault_opens_it_again(stores: &dyn SecretStores, folder: &Path) {
    let (path, name) = (fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.seal(name, &secret("s3cret")).unwrap();
    let new_path = fresh_path(folder);
    store.rekey_to(&new_path, &key(2)).unwrap();
    store.finish_rekey().unwrap();

    let handed_over = store.key().unwrap();
    let mut again = stores.open(&new_path, &handed_over).unwrap();
    assert_eq!(
        opened(&mut *again, name).as_deref(),
        Some("s3cret"),
        "the key of now, not the one that it was made with"
    );
}

fn a_secret_opens_under_its_own_name_only(stores: &dyn SecretStores, folder: &Path) {
    let mut store = stores.create(&fresh_path(folder), &key(1)).unwrap();
    store.seal(password_name(), &secret("hunter2")).unwrap();
    let other = opened(&mut *store, password_name());
    assert_eq!(other, None, "another connection has no secret yet");
}

fn a_new_secret_takes_the_old_ones_place(stores: &dyn SecretStores, folder: &Path) {
    let (path, name) = (fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.seal(name, &secret("old")).unwrap();
    store.seal(name, &secret("new")).unwrap();
    store.lock();
    let mut store = stores.open(&path, &key(1)).unwrap();
    assert_eq!(
        opened(&mut *store, name).as_deref(),
        Some("new"),
        "the last one counts"
    );
    assert_eq!(store.names().unwrap().len(), 1, "one name, one secret");
}

fn what_is_removed_is_gone(stores: &dyn SecretStores, folder: &Path) {
    let path = fresh_path(folder);
    let (one, two, three) = (password_name(), password_name(), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    for name in [one, two, three] {
        store.seal(name, &secret("hunter2")).unwrap();
    }
    assert!(store.remove(one).unwrap(), "it was there");
    assert!(!store.remove(one).unwrap(), "it is not there twice");
    let gone = store.retain(&|name| name == three).unwrap();
    assert_eq!(gone, [two], "retain says what it forgot");
    store.lock();
    let mut store = stores.open(&path, &key(1)).unwrap();
    assert_eq!(store.names().unwrap(), [three], "and it stays gone");
}

fn any_text_is_a_secret(stores: &dyn SecretStores, folder: &Path) {
    let path = fresh_path(folder);
    let texts = [
        String::new(),
        "\0\n\"'\\".to_owned(),
        "пароль 🔑 \u{202e}".to_owned(),
        "x".repeat(1 << 20),
    ];
    let mut store = stores.create(&path, &key(1)).unwrap();
    let names: Vec<_> = texts.iter().map(|text| (password_name(), text)).collect();
    for (name, text) in &names {
        store.seal(*name, &secret(text)).unwrap();
    }
    store.lock();
    let mut store = stores.open(&path, &key(1)).unwrap();
    for (name, text) in &names {
        let found = opened(&mut *store, *name);
        assert!(
            found.as_ref() == Some(*text),
            "a text of {} bytes must survive",
            text.len()
        );
    }
}

fn many_secrets_stay_apart(stores: &dyn SecretStores, folder: &Path) {
    let path = fresh_path(folder);
    let mut store = stores.create(&path, &key(1)).unwrap();
    let mut names: Vec<_> = (0..200).map(|_| password_name()).collect();
    for (number, name) in names.iter().enumerate() {
        store
            .seal(*name, &secret(&format!("password {number}")))
            .unwrap();
    }
    store.lock();
    let mut store = stores.open(&path, &key(1)).unwrap();
    for (number, name) in names.iter().enumerate() {
        let expected = format!("password {number}");
        assert_eq!(
            opened(&mut *store, *name),
            Some(expected),
            "secret {number} of 200"
        );
    }
    names.sort();
    assert_eq!(store.names().unwrap(), names, "all are listed, in order");
}

fn a_wrong_key_is_a_typed_error(stores: &dyn SecretStores, folder: &Path) {
    let (path, name) = (fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.seal(name, &secret("hunter2")).unwrap();
    let wrong = stores.open(&path, &key(2)).err();
    assert!(
        matches!(wrong, Some(VaultError::WrongKey { .. })),
        "not {wrong:?}"
    );
    let mut again = stores.open(&path, &key(1)).unwrap();
    assert_eq!(
        opened(&mut *again, name).as_deref(),
        Some("hunter2"),
        "trying changes nothing"
    );
}

fn a_missing_vault_is_a_typed_error(stores: &dyn SecretStores, folder: &Path) {
    let path = fresh_path(folder);
    for _ in 0..2 {
        let missing = stores.open(&path, &key(1)).err();
        assert!(
            matches!(missing, Some(VaultError::Missing { .. })),
            "opening must not create it: {missing:?}"
        );
    }
}

fn a_vault_is_never_replaced_by_a_new_one(stores: &dyn SecretStores, folder: &Path) {
    let (path, name) = (fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.seal(name, &secret("hunter2")).unwrap();
    let again = stores.create(&path, &key(1)).err();
    assert!(
        matches!(again, Some(VaultError::AlreadyExists { .. })),
        "not {again:?}"
    );
    let onto_itself = store.rekey_to(&path, &key(2)).err();
    assert!(
        matches!(onto_itself, Some(VaultError::AlreadyExists { .. })),
        "not {onto_itself:?}"
    );
    assert_eq!(
        opened(&mut *store, name).as_deref(),
        Some("hunter2"),
        "the secret is still there"
    );
}

fn two_openers_see_each_others_changes(stores: &dyn SecretStores, folder: &Path) {
    let (path, one, two) = (fresh_path(folder), password_name(), password_name());
    let mut window = stores.create(&path, &key(1)).unwrap();
    let mut terminal = stores.open(&path, &key(1)).unwrap();
    window.seal(one, &secret("by the window")).unwrap();
    terminal.seal(two, &secret("by the terminal")).unwrap();
    assert_eq!(
        opened(&mut *window, two).as_deref(),
        Some("by the terminal"),
        "read at once"
    );
    assert_eq!(
        opened(&mut *terminal, one).as_deref(),
        Some("by the window"),
        "and not undone"
    );

    let new_path = fresh_path(folder);
    window.rekey_to(&new_path, &key(2)).unwrap();
    window.finish_rekey().unwrap();
    let late = terminal.seal(one, &secret("too late")).err();
    assert!(
        matches!(late, Some(VaultError::Missing { .. })),
        "sign in again, not {late:?}"
    );
    let late = terminal.open(one).err();
    assert!(
        matches!(late, Some(VaultError::Missing { .. })),
        "sign in again, not {late:?}"
    );
}

fn a_new_passphrase_moves_everything(stores: &dyn SecretStores, folder: &Path) {
    let (path, new_path, name) = (fresh_path(folder), fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.seal(name, &secret("hunter2")).unwrap();
    store.rekey_to(&new_path, &key(2)).unwrap();
    store.finish_rekey().unwrap();
    assert_eq!(
        opened(&mut *store, name).as_deref(),
        Some("hunter2"),
        "the store goes on"
    );
    store.seal(name, &secret("hunter3")).unwrap();
    store.lock();
    let old = stores.open(&path, &key(1)).err();
    assert!(
        matches!(old, Some(VaultError::Missing { .. })),
        "the old file is gone: {old:?}"
    );
    let old_key = stores.open(&new_path, &key(1)).err();
    assert!(
        matches!(old_key, Some(VaultError::WrongKey { .. })),
        "the old key is: {old_key:?}"
    );
    let mut store = stores.open(&new_path, &key(2)).unwrap();
    assert_eq!(
        opened(&mut *store, name).as_deref(),
        Some("hunter3"),
        "later changes went there"
    );
    let twice = store.finish_rekey().err();
    assert!(
        matches!(twice, Some(VaultError::NotRekeying)),
        "there is none to finish: {twice:?}"
    );
}

fn every_stop_of_a_rekey_leaves_a_whole_vault(stores: &dyn SecretStores, folder: &Path) {
    let (path, new_path, name) = (fresh_path(folder), fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.seal(name, &secret("hunter2")).unwrap();
    store.rekey_to(&new_path, &key(2)).unwrap();
    // Stopped before or after the catalogue switched: either pair must be whole.
    drop(store);
    for (path, key) in [(&path, key(1)), (&new_path, key(2))] {
        let mut store = stores.open(path, &key).unwrap();
        assert_eq!(
            opened(&mut *store, name).as_deref(),
            Some("hunter2"),
            "{path:?}"
        );
        store.seal(name, &secret("hunter2")).unwrap();
    }
}

fn an_abandoned_rekey_leaves_the_old_vault(stores: &dyn SecretStores, folder: &Path) {
    let (path, new_path, name) = (fresh_path(folder), fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.rekey_to(&new_path, &key(2)).unwrap();
    store.abandon_rekey().unwrap();
    store.seal(name, &secret("hunter2")).unwrap();
    let gone = stores.open(&new_path, &key(2)).err();
    assert!(
        matches!(gone, Some(VaultError::Missing { .. })),
        "the new file is gone: {gone:?}"
    );
    let mut again = stores.open(&path, &key(1)).unwrap();
    assert_eq!(
        opened(&mut *again, name).as_deref(),
        Some("hunter2"),
        "the old one goes on"
    );
}

fn nothing_changes_during_a_rekey(stores: &dyn SecretStores, folder: &Path) {
    let (path, new_path, name) = (fresh_path(folder), fresh_path(folder), password_name());
    let mut store = stores.create(&path, &key(1)).unwrap();
    store.rekey_to(&new_path, &key(2)).unwrap();
    let lost = store.seal(name, &secret("would be lost")).err();
    assert!(
        matches!(lost, Some(VaultError::Busy { .. })),
        "refused, not lost: {lost:?}"
    );
    let twice = store.rekey_to(&fresh_path(folder), &key(3)).err();
    assert!(
        matches!(twice, Some(VaultError::Busy { .. })),
        "one at a time: {twice:?}"
    );
}

fn a_sweep_removes_old_orphans_only(stores: &dyn SecretStores, folder: &Path) {
    let (kept, orphan) = (fresh_path(folder), fresh_path(folder));
    for path in [&kept, &orphan] {
        stores.create(path, &key(1)).unwrap().lock();
    }
    let name = kept.file_name().unwrap().to_str().unwrap();
    let hour = Duration::from_secs(3600);
    let young = stores
        .sweep(folder, &[name], SystemTime::now() - hour)
        .unwrap();
    assert!(
        young.is_empty(),
        "a new account's vault may not be in the catalogue yet: {young:?}"
    );
    let swept = stores
        .sweep(folder, &[name], SystemTime::now() + hour)
        .unwrap();
    assert_eq!(swept, [orphan], "the orphan, and nothing else");
    stores.open(&kept, &key(1)).unwrap().lock();
    let nowhere = folder.join("nowhere");
    let swept = stores
        .sweep(&nowhere, &[], SystemTime::now() + hour)
        .unwrap();
    assert!(swept.is_empty(), "a folder that is not there is clean");
}
