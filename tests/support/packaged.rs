//! Programs unpacked from packages into the cache, with all their libraries:
//! they run on any system, whatever is installed there.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use crate::cache;
use crate::supervise::User;

/// A package's files where the user who runs it can read them.
pub(crate) struct Packaged {
    root: PathBuf,
    libraries: Vec<PathBuf>,
}

impl Packaged {
    /// The named download, for `user`; `folder` may take what has to be copied for them.
    pub(crate) fn fetched(name: &str, user: User, folder: &Path) -> Self {
        let mut root = cache::fetched(name);
        if user.is_other() {
            // Another user may not look into the cache of the one who runs the tests.
            let copy = folder.join("program");
            link_tree(&root, &copy, user);
            root = copy;
        }
        let multiarch = format!("{}-linux-gnu", std::env::consts::ARCH);
        let libraries = ["usr/lib", "lib"]
            .iter()
            .map(|folder| root.join(folder).join(&multiarch))
            .filter(|folder| folder.is_dir())
            .collect();
        Self { root, libraries }
    }

    /// A file or folder of the package, by its path from the system's root.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// What to run a program with: its own loader, libraries and path, before any argument.
    pub(crate) fn command(&self, program: &str) -> Vec<OsString> {
        let libraries =
            std::env::join_paths(&self.libraries).expect("no folder has a colon in its name");
        vec![
            self.loader().into_os_string(),
            "--library-path".into(),
            libraries,
            self.path(program).into_os_string(),
        ]
    }

    fn loader(&self) -> PathBuf {
        self.libraries
            .iter()
            .filter_map(|folder| fs::read_dir(folder).ok())
            .flatten()
            .flatten()
            .find(|entry| entry.file_name().to_string_lossy().starts_with("ld-linux"))
            .map(|entry| entry.path())
            .unwrap_or_else(|| panic!("{} has no loader of programs.", self.root.display()))
    }
}

/// The same tree again, in folders of `user`'s own; the files are shared where that is possible.
fn link_tree(from: &Path, to: &Path, user: User) {
    fs::create_dir(to).unwrap_or_else(|error| panic!("{}: {error}.", to.display()));
    user.own(to);
    let entries = fs::read_dir(from).unwrap_or_else(|error| panic!("{}: {error}.", from.display()));
    for entry in entries.flatten() {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().expect("the cache can be read");
        let made = if kind.is_dir() {
            link_tree(&from, &to, user);
            Ok(())
        } else if kind.is_symlink() {
            fs::read_link(&from).and_then(|target| symlink(target, &to))
        } else {
            fs::hard_link(&from, &to).or_else(|_| fs::copy(&from, &to).map(drop))
        };
        made.unwrap_or_else(|error| panic!("{}: {error}.", to.display()));
    }
}
