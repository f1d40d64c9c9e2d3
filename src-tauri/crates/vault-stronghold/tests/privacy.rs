//! What the files of a vault give away to somebody without the key: nothing.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{fs, path::Path, time::SystemTime};

use model::secret::Secret;
use vault::{
    Cost, KeyParameters, SecretStores,
    contract::{fresh_path, key, password_name},
};
use vault_stronghold::StrongholdStores;

const CANARY: &str = "canary-5f1c0e7a-correct-horse-battery-staple";

/// Every byte string that must not occur in any file, by what it is.
fn assert_nowhere(folder: &Path, needles: &[(&str, &[u8])]) {
    let mut files = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        files += 1;
        for (what, needle) in needles {
            let found = bytes.windows(needle.len()).any(|window| window == *needle);
            assert!(!found, "{what} stands in {path:?}");
        }
    }
    assert!(files > 1, "there must be files to look into");
}

#[test]
fn no_file_holds_a_secret_a_key_or_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let passphrase = Secret::new(format!("passphrase-{CANARY}"));
    let parameters = KeyParameters::generate(Cost::FLOOR).unwrap();
    let (verifier, vault_key) = parameters.derive(&passphrase).unwrap().into_parts();
    let (path, new_path) = (fresh_path(folder.path()), fresh_path(folder.path()));
    let name = password_name();
    let text = name.to_string();
    let needles: [(&str, &[u8]); 6] = [
        ("the secret", CANARY.as_bytes()),
        ("half of it", &CANARY.as_bytes()[10..30]),
        ("the passphrase", b"passphrase-"),
        ("the vault key", vault_key.expose()),
        ("the verifier", verifier.to_text().as_bytes()),
        ("the connection", text.as_bytes()),
    ]
    .map(|(what, bytes)| (what, bytes.to_vec().leak() as &[u8]));

    let mut store = StrongholdStores.create(&path, &vault_key).unwrap();
    store.seal(name, &Secret::new(CANARY.to_owned())).unwrap();
    assert_nowhere(folder.path(), &needles);
    store.rekey_to(&new_path, &key(2)).unwrap();
    assert_nowhere(folder.path(), &needles);
    store.finish_rekey().unwrap();
    store.lock();
    assert_nowhere(folder.path(), &needles);
}

#[test]
fn a_removed_secret_leaves_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = (fresh_path(folder.path()), password_name());
    let mut store = StrongholdStores.create(&path, &key(1)).unwrap();
    let empty = fs::metadata(&path).unwrap().len();
    // Not compressible, so that its absence shows in the length.
    let long: String = (0..2000_u32)
        .map(|n| char::from(b'!' + (n * n % 89) as u8))
        .collect();
    store.seal(name, &Secret::new(long)).unwrap();
    assert!(
        fs::metadata(&path).unwrap().len() > empty + 1500,
        "it is in the file"
    );
    store.remove(name).unwrap();
    let after = fs::metadata(&path).unwrap().len();
    assert!(
        after < empty + 200,
        "{after} bytes are left where {empty} were: it is still there"
    );
}

#[cfg(unix)]
#[test]
fn files_and_folder_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("new").join("vaults");
    let mut store = StrongholdStores
        .create(&fresh_path(&folder), &key(1))
        .unwrap();
    store
        .seal(password_name(), &Secret::new("hunter2".to_owned()))
        .unwrap();
    store.rekey_to(&fresh_path(&folder), &key(2)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700, "nobody else may list the vaults");
    for entry in fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{path:?} is its owner's alone");
    }
}

#[test]
fn unfinished_writes_are_swept_and_do_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = (fresh_path(folder.path()), password_name());
    let mut store = StrongholdStores.create(&path, &key(1)).unwrap();
    store
        .seal(name, &Secret::new("hunter2".to_owned()))
        .unwrap();
    store.lock();
    // What a process killed in the middle of a save leaves behind.
    let part = path.with_extension("vault.part");
    let engines_part = path.with_extension("vault.part.0a1b2c3d4e5f");
    for left in [&part, &engines_part] {
        fs::write(left, b"PARTI\x03\0age-encryption.org/v1\n-> scr").unwrap();
    }
    fs::write(folder.path().join("notes.txt"), b"not ours").unwrap();

    let mut store = StrongholdStores.open(&path, &key(1)).unwrap();
    assert_eq!(
        store.open(name).unwrap().unwrap().expose(),
        "hunter2",
        "the last good one"
    );
    let keep = path.file_name().unwrap().to_str().unwrap();
    let swept = StrongholdStores
        .sweep(folder.path(), &[keep], SystemTime::UNIX_EPOCH)
        .unwrap();
    assert_eq!(
        swept,
        [part, engines_part],
        "however young, for nobody is writing them"
    );
    assert!(
        folder.path().join("notes.txt").exists(),
        "a sweep touches vaults only"
    );
    store
        .seal(name, &Secret::new("hunter3".to_owned()))
        .unwrap();
}

#[test]
fn writers_in_many_threads_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = fresh_path(folder.path());
    StrongholdStores.create(&path, &key(1)).unwrap().lock();
    let names: Vec<_> = (0..24).map(|_| password_name()).collect();
    let file = path.as_path();
    std::thread::scope(|scope| {
        for names in names.chunks(6) {
            scope.spawn(move || {
                let mut store = StrongholdStores.open(file, &key(1)).unwrap();
                for name in names {
                    store.seal(*name, &Secret::new(name.to_string())).unwrap();
                }
            });
        }
    });
    let mut store = StrongholdStores.open(&path, &key(1)).unwrap();
    for name in names {
        let secret = store.open(name).unwrap();
        assert!(
            secret.is_some_and(|secret| secret.expose() == name.to_string()),
            "{name}"
        );
    }
}
