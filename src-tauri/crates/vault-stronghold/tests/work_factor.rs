//! The work factor is one number for the whole process, so this test has a
//! process of its own.

use std::fs;

use iota_stronghold::engine::snapshot::{get_encrypt_work_factor, try_set_encrypt_work_factor};
use model::secret::Secret;
use vault::{
    SecretStores,
    contract::{fresh_path, key, password_name},
};
use vault_stronghold::StrongholdStores;

#[test]
fn a_vault_written_with_another_work_factor_opens() {
    let folder = tempfile::tempdir().unwrap();
    let (path, name) = (fresh_path(folder.path()), password_name());
    let mut store = StrongholdStores.create(&path, &key(1)).unwrap();
    assert_eq!(
        get_encrypt_work_factor(),
        0,
        "our keys have cost enough already"
    );
    try_set_encrypt_work_factor(14).unwrap();
    store
        .seal(name, &Secret::new("hunter2".to_owned()))
        .unwrap();
    store.lock();
    let header = fs::read(&path).unwrap();
    assert_eq!(
        header[61..65],
        *b" 14\n",
        "the file was written with the other factor"
    );

    try_set_encrypt_work_factor(0).unwrap();
    let mut store = StrongholdStores.open(&path, &key(1)).unwrap();
    let secret = store.open(name).unwrap().unwrap();
    assert_eq!(secret.expose(), "hunter2", "factors are read from the file");
    store.seal(name, &secret).unwrap();
    assert_eq!(
        fs::read(&path).unwrap()[61..64],
        *b" 0\n",
        "the next save is quick again"
    );
}
