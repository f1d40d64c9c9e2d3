//! The cache folder of downloads, and how what is missing gets into it.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder that builds and test runs keep their downloads in.
pub fn folder() -> PathBuf {
    let base = std::env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .unwrap_or_else(|| {
            PathBuf::from(std::env::var_os("HOME").expect("HOME names the user's folder"))
                .join(".cache")
        });
    base.join("db-studio")
}

/// The folder of the named download, fetched first where it is missing.
///
/// The names, and where each thing comes from, are in `.scripts/fetch.mjs`.
pub fn fetched(name: &str) -> PathBuf {
    let folder = folder().join("fetched").join(name);
    if !folder.is_dir() {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../.scripts/fetch.mjs");
        let output = Command::new("node")
            .arg(&script)
            .arg(name)
            .output()
            .unwrap_or_else(|error| panic!("node could not be run to fetch {name}: {error}."));
        assert!(
            output.status.success(),
            "{name} could not be fetched:\n{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
    }
    folder
}
