//! A process killed in the middle of its work leaves a vault that opens, with all
//! that it had been told was kept.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout)]

use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use model::{
    ids::ConnectionUuid,
    secret::{Secret, SecretPurpose},
};
use vault::{
    SecretName, SecretStores,
    contract::{fresh_path, key},
};
use vault_stronghold::StrongholdStores;

const FOLDER: &str = "KILLED_FOLDER";
const ROUNDS: u8 = 16;

/// One user who adds a secret and changes the passphrase, over and over, and tells
/// each step once it is done. Run by itself it stops after a few; run by the other
/// test it goes on until it is killed.
#[test]
fn secrets_and_passphrases_can_change_over_and_over() {
    let own_folder = tempfile::tempdir().unwrap();
    let folder = env::var_os(FOLDER).map(PathBuf::from);
    let changes = if folder.is_some() { u8::MAX } else { 3 };
    let folder = folder.unwrap_or(own_folder.path().to_owned());

    let mut path = fresh_path(&folder);
    let mut store = StrongholdStores.create(&path, &key(0)).unwrap();
    println!("\nat {} 0", path.display());
    for seed in 1..=changes {
        let name = SecretName::new(ConnectionUuid::generate(), SecretPurpose::Password);
        store.seal(name, &Secret::new(name.to_string())).unwrap();
        println!("\nsealed {name}");
        path = fresh_path(&folder);
        store.rekey_to(&path, &key(seed)).unwrap();
        // Here the catalogue switches, which is what counts for the next start.
        println!("\nat {} {seed}", path.display());
        store.finish_rekey().unwrap();
    }
    assert_eq!(
        store.names().unwrap().len(),
        usize::from(changes),
        "one secret per change"
    );
}

#[test]
fn a_kill_at_any_point_leaves_a_whole_vault() {
    for round in 1..=ROUNDS {
        let folder = tempfile::tempdir().unwrap();
        let told = told_before_the_kill(folder.path(), usize::from(round) * 2);
        let (path, seed) = told
            .iter()
            .rev()
            .find_map(|line| line.strip_prefix("at ")?.rsplit_once(' '))
            .unwrap();
        let key = key(seed.parse().unwrap());
        let mut store = StrongholdStores
            .open(Path::new(path), &key)
            .unwrap_or_else(|error| panic!("round {round}: {error}\n{told:#?}"));
        for text in told.iter().filter_map(|line| line.strip_prefix("sealed ")) {
            let secret = store.open(SecretName::parse(text).unwrap()).unwrap();
            let kept = secret.is_some_and(|secret| secret.expose() == text);
            assert!(
                kept,
                "round {round}: it was told that {text} is kept\n{told:#?}"
            );
        }
        let name = SecretName::new(ConnectionUuid::generate(), SecretPurpose::Password);
        store.seal(name, &Secret::new("after".to_owned())).unwrap();
    }
}

/// Runs the user above until so many lines have come, kills the process wherever
/// it then is, and gives every line that it had finished.
fn told_before_the_kill(folder: &Path, lines: usize) -> Vec<String> {
    let mut child = Command::new(env::current_exe().unwrap())
        .args([
            "--exact",
            "secrets_and_passphrases_can_change_over_and_over",
            "--nocapture",
        ])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut told = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map(Result::unwrap)
        .filter(|line| line.starts_with("at ") || line.starts_with("sealed "));
    let mut before: Vec<String> = told.by_ref().take(lines).collect();
    child.kill().unwrap();
    child.wait().unwrap();
    before.extend(told);
    before
}
