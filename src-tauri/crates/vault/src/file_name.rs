//! Names of vault files: random, so that a changed passphrase always gets a new
//! file, and recognisable, so that a sweep touches nothing else.

use uuid::Uuid;

const SUFFIX: &str = ".vault";

/// A file name that no vault has had before.
pub fn fresh_file_name() -> String {
    format!("{}{SUFFIX}", Uuid::now_v7())
}

/// Whether a file name is one of a vault, or of an unfinished write of one.
pub fn is_vault_file(name: &str) -> bool {
    let Some((stem, rest)) = name.split_once(SUFFIX) else {
        return false;
    };
    Uuid::try_parse(stem).is_ok() && (rest.is_empty() || rest.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_name_is_recognised_and_never_repeats() {
        let name = fresh_file_name();
        assert!(is_vault_file(&name), "{name} must be swept when orphaned");
        assert_ne!(
            name,
            fresh_file_name(),
            "a changed passphrase needs another file"
        );
    }

    #[test]
    fn unfinished_writes_are_recognised() {
        let name = fresh_file_name();
        assert!(
            is_vault_file(&format!("{name}.part")),
            "our own unfinished write"
        );
        assert!(
            is_vault_file(&format!("{name}.part.0a1b2c")),
            "the engine's unfinished write"
        );
    }

    #[test]
    fn other_files_are_not_vaults() {
        for name in [
            "catalogue.sqlite",
            "notes.vault",
            ".lock",
            "",
            ".vault",
            "x.vaults",
        ] {
            assert!(!is_vault_file(name), "{name:?} belongs to somebody else");
        }
    }
}
