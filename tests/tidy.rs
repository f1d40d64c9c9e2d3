//! The shape of the source: floors, forbidden crates, files where they belong.
//! Nothing here runs the app.
#![allow(clippy::panic, reason = "tests fail loudly")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::marker::PhantomData;
use std::path::PathBuf;
use std::process::Command;

use cargo_metadata::{CargoOpt, DependencyKind, Metadata, MetadataCommand, PackageId};

#[path = "tidy/source.rs"]
mod source;

use source::{
    all_text, files_under, is_test, read, root, shows_engines, without_comments_and_tests,
};

const SHELL: &str = "db-studio";
const TESTS: &str = "db-studio-tests";

/// Each floor may use those before it; members of one floor never see each other.
const FLOORS: [&[&str]; 6] = [
    &["model"],
    &["engine"],
    &["catalogue", "vault"],
    &[
        "vault-stronghold",
        "engine-postgres",
        "engine-mysql",
        "engine-sqlite",
        "engine-mongodb",
    ],
    &["services"],
    &[SHELL],
];

#[test]
fn each_floor_uses_only_those_below_it() {
    let metadata = metadata();
    let members: BTreeSet<&str> = metadata
        .workspace_packages()
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    for package in metadata.workspace_packages() {
        let name = package.name.as_str();
        for dependency in &package.dependencies {
            let used = dependency.name.as_str();
            if !members.contains(used) {
                continue;
            }
            let below = if name == TESTS {
                used != SHELL
            } else {
                floor(used) < floor(name)
            };
            assert!(
                below,
                "{name} may not use {used}: it is not on a floor below."
            );
        }
    }
}

#[test]
fn forbidden_crates_are_not_even_locked() {
    let lock = read(&root().join("Cargo.lock"));
    let locked: BTreeSet<&str> = lock
        .lines()
        .filter_map(|line| line.strip_prefix("name = \"")?.strip_suffix('"'))
        .collect();
    assert!(locked.contains("rustls"), "the lock file was read");
    for forbidden in [
        "sqlx-sqlite",
        "openssl",
        "openssl-sys",
        "native-tls",
        "aws-lc-rs",
        "aws-lc-sys",
    ] {
        assert!(
            !locked.contains(forbidden),
            "{forbidden} has come into Cargo.lock."
        );
    }
}

#[test]
fn nothing_below_the_shell_brings_a_window_except_vault_stronghold() {
    let metadata = metadata();
    for package in metadata.workspace_packages() {
        if [SHELL, "vault-stronghold"].contains(&package.name.as_str()) {
            continue;
        }
        for used in everything_used_by(&metadata, &package.id) {
            let name = metadata[&used].name.as_str();
            let is_window = ["tauri", "tauri-runtime", "wry", "gtk", "webkit2gtk"].contains(&name);
            assert!(
                !is_window,
                "{} brings {name}, which needs a window.",
                package.name
            );
        }
    }
}

#[test]
fn every_engine_has_the_same_files() {
    for engine in engines() {
        for part in [
            "connect", "error", "variant", "inspect", "rows", "convert", "types",
        ] {
            let source = engine.join("src");
            let there = source.join(part).is_dir() || source.join(format!("{part}.rs")).is_file();
            assert!(there, "{} has no {part}.rs.", engine.display());
        }
        // Questions are SQL, or pipelines where a server has no SQL.
        let mut questions = files_under(&engine, "sql");
        questions.extend(files_under(&engine.join("src/pipelines"), "json"));
        assert!(
            !questions.is_empty(),
            "{} asks its questions in files of their own.",
            engine.display()
        );
    }
}

#[test]
fn every_sql_file_is_used() {
    for package in metadata().workspace_packages() {
        if package.name == TESTS {
            continue;
        }
        let folder = package
            .manifest_path
            .parent()
            .expect("a manifest is in a folder");
        let folder = folder.as_std_path().join("src");
        let source = all_text(&files_under(&folder, "rs"));
        let mut files = files_under(&folder, "sql");
        files.extend(files_under(&folder.join("pipelines"), "json"));
        for file in files {
            let name = file
                .file_name()
                .expect("a file has a name")
                .to_string_lossy();
            let used =
                source.contains(&format!("/{name}\"")) || source.contains(&format!("\"{name}\""));
            assert!(used, "{} is included nowhere.", file.display());
        }
    }
}

#[test]
fn an_engine_is_named_in_its_folder_and_in_the_one_list() {
    // Not the word SQLite: the catalogue itself is a SQLite file, and people are told so.
    let names = [
        "postgres",
        "postgresql",
        "PostgreSQL",
        "sqlite",
        "mysql",
        "MySQL",
        "mariadb",
        "MariaDB",
        "mongodb",
        "MongoDB",
        "engine_postgres",
        "engine_sqlite",
    ];
    let list = root().join("src-tauri/crates/services/src/engines.rs");
    let mut files = files_under(&root().join("src-tauri/crates"), "rs");
    files.extend(files_under(&root().join("src-tauri/src"), "rs"));
    files.extend(
        ["ts", "svelte", "css"]
            .iter()
            .flat_map(|kind| files_under(&root().join("ui/src"), kind)),
    );
    files.retain(|file| *file != list && !is_test(file) && !shows_engines(file));
    let mut named = Vec::new();
    for file in files {
        for (number, line) in without_comments_and_tests(&read(&file)).lines().enumerate() {
            // With the dot, a file's name is one word and may end as it likes.
            let words =
                line.split(|letter: char| !letter.is_alphanumeric() && !"_.".contains(letter));
            if words
                .map(|word| word.trim_matches('.'))
                .any(|word| names.contains(&word))
            {
                named.push(format!(
                    "{}:{}: {}",
                    file.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(
        named.is_empty(),
        "An engine is named outside its folder:\n{}",
        named.join("\n")
    );
}

#[test]
fn a_secret_cannot_be_serialised() {
    struct Probe<T>(PhantomData<T>);
    trait Otherwise {
        fn can_be_serialised(&self) -> bool {
            false
        }
    }
    impl<T> Otherwise for Probe<T> {}
    impl<T: serde::Serialize> Probe<T> {
        fn can_be_serialised(&self) -> bool {
            true
        }
    }
    assert!(
        Probe::<String>(PhantomData).can_be_serialised(),
        "the probe can tell"
    );
    assert!(
        !Probe::<model::Secret>(PhantomData).can_be_serialised(),
        "a secret that can be serialised can reach the window, a log or a file",
    );
}

#[test]
fn the_ui_never_turns_text_into_markup_or_code() {
    let forbidden = [
        "{@html",
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ];
    for kind in ["ts", "svelte", "html"] {
        for file in files_under(&root().join("ui"), kind)
            .iter()
            .filter(|file| !is_test(file))
        {
            let text = read(file);
            for word in forbidden {
                assert!(!text.contains(word), "{} uses {word}.", file.display());
            }
        }
    }
}

#[test]
fn every_rust_file_says_what_lives_in_it() {
    for folder in ["src-tauri", "tests"] {
        for file in files_under(&root().join(folder), "rs") {
            assert!(
                read(&file).starts_with("//! "),
                "{} has no //! header.",
                file.display()
            );
        }
    }
}

#[test]
fn the_top_level_holds_only_what_was_agreed() {
    let agreed = [
        "src-tauri",
        "ui",
        "package.json",
        "Cargo.toml",
        "tests",
        "icons",
        "README.md",
        "Cargo.lock",
        "package-lock.json",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "node_modules",
        "target",
    ];
    for entry in fs::read_dir(root()).expect("the checkout can be listed") {
        let name = entry.expect("the checkout can be listed").file_name();
        let name = name.to_string_lossy();
        let is_agreed = name.starts_with('.') || agreed.contains(&&*name);
        assert!(is_agreed, "{name} does not belong at the top level.");
    }
}

fn floor(name: &str) -> usize {
    FLOORS
        .iter()
        .position(|floor| floor.contains(&name))
        .unwrap_or_else(|| panic!("{name} has no floor; give it one in this file."))
}

fn everything_used_by(metadata: &Metadata, package: &PackageId) -> BTreeSet<PackageId> {
    let resolve = metadata.resolve.as_ref().expect("cargo metadata resolves");
    let nodes: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut used = BTreeSet::new();
    let mut open = vec![package];
    while let Some(next) = open.pop() {
        for dependency in &nodes[next].deps {
            let is_built = dependency
                .dep_kinds
                .iter()
                .any(|kind| kind.kind != DependencyKind::Development);
            if is_built && used.insert(dependency.pkg.clone()) {
                open.push(&dependency.pkg);
            }
        }
    }
    used
}

fn metadata() -> Metadata {
    let version = Command::new("rustc")
        .arg("-vV")
        .output()
        .expect("rustc can be run")
        .stdout;
    let version = String::from_utf8(version).expect("rustc prints text");
    let host = version
        .lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("it has a host");
    MetadataCommand::new()
        .manifest_path(root().join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(["--locked", "--filter-platform", host].map(str::to_owned))
        .exec()
        .expect("cargo metadata describes the workspace")
}

fn engines() -> Vec<PathBuf> {
    let folder = root().join("src-tauri/engines");
    let engines: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the engines can be listed")
        .map(|entry| entry.expect("the engines can be listed").path())
        .filter(|path| path.join("Cargo.toml").exists())
        .collect();
    assert!(engines.len() >= 2, "the engines were found");
    engines
}
