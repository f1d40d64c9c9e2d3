//! The store on the disk keeps the contract of every store.

use vault_stronghold::StrongholdStores;

#[test]
fn the_store_on_the_disk_keeps_the_contract() {
    let folder = tempfile::tempdir().unwrap();
    vault::contract::check_all(&StrongholdStores, folder.path());
}
