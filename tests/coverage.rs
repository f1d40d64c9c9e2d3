//! `src-tauri/engines/COVERAGE.md`: what each engine reads, written from what the
//! engines declare and from what each says of where it was verified.
//!
//! The test fails when the page is not current; `npm run coverage` writes it anew.
//! That the engines read what they declare is held by the conformance suite.

#![allow(clippy::panic, reason = "tests fail loudly")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use model::engine::{KindDescriptor, Tab};
use model::{EngineDescriptor, ObjectKind};
use services::REGISTRY;

/// Set to have the page written instead of compared.
const WRITE: &str = "DB_STUDIO_WRITE_COVERAGE";

#[test]
fn the_page_of_coverage_is_current() {
    let page = page();
    let path = engines().join("COVERAGE.md");
    if std::env::var_os(WRITE).is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let kept = fs::read_to_string(&path).expect("the page can be read");
    assert!(kept == page, "it is written anew by npm run coverage");
}

fn page() -> String {
    let mut page = String::from(
        "# What each engine reads\n\n\
         Written by `npm run coverage` from what the engines declare; the conformance suite\n\
         fails when an engine reads less or more than that.\n",
    );
    matrix(&mut page);
    for engine in REGISTRY.descriptors() {
        section(&mut page, engine);
    }
    page
}

/// Which engine has which kind.
fn matrix(page: &mut String) {
    let engines: Vec<_> = REGISTRY.descriptors().collect();
    let labels: Vec<_> = engines.iter().map(|engine| engine.label).collect();
    let _ = writeln!(page, "\n| Kind | {} |", labels.join(" | "));
    let _ = writeln!(page, "|---|{}", ":-:|".repeat(engines.len()));
    for kind in ObjectKind::ALL {
        let marks: Vec<_> = engines
            .iter()
            .map(|engine| match engine.kind(*kind) {
                Some(_) => "✓",
                None => "",
            })
            .collect();
        if marks.iter().any(|mark| !mark.is_empty()) {
            let name = kind.as_str().replace('_', " ");
            let _ = writeln!(page, "| {name} | {} |", marks.join(" | "));
        }
    }
}

fn section(page: &mut String, engine: &EngineDescriptor) {
    let _ = writeln!(page, "\n## {}\n", engine.label);
    let verified = engines().join(engine.id).join("VERIFIED.md");
    let verified = fs::read_to_string(&verified)
        .unwrap_or_else(|error| panic!("{} can be read: {error}", verified.display()));
    let _ = writeln!(page, "{}\n", verified.trim());
    let _ = writeln!(page, "| Kind | Below | Definition | Its own facts |");
    let _ = writeln!(page, "|---|---|:-:|---|");
    for kind in engine.kinds {
        let definition = if kind.tabs.contains(&Tab::Definition) {
            "✓"
        } else {
            ""
        };
        let _ = writeln!(
            page,
            "| {} | {} | {definition} | {} |",
            kind.label,
            parents(engine, kind),
            facts(kind)
        );
    }
}

fn parents(engine: &EngineDescriptor, kind: &KindDescriptor) -> String {
    let labels: Vec<_> = kind
        .parents
        .iter()
        .filter_map(|parent| engine.kind(*parent))
        .map(|parent| parent.label.to_lowercase())
        .collect();
    labels.join(", ")
}

fn facts(kind: &KindDescriptor) -> String {
    let labels: Vec<_> = kind
        .attributes
        .iter()
        .map(|attribute| attribute.label.to_lowercase())
        .collect();
    labels.join(", ")
}

fn engines() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../src-tauri/engines")
}
