//! The source as text: which files there are, and what in them is code.

use std::fs;
use std::path::{Path, PathBuf};

/// Tests may say what they want of an engine, and so may sample data.
pub(crate) fn is_test(file: &Path) -> bool {
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    // Only what is below the checkout: that may itself lie in a folder of such a name.
    let inside = file.strip_prefix(root()).unwrap_or(file);
    let in_folder = inside.components().any(|part| {
        ["test", "tests", "conformance"]
            .iter()
            .any(|folder| part.as_os_str() == *folder)
    });
    in_folder || name.contains(".test.") || name == "tests.rs"
}

/// The marks of the engines are drawn in the UI.
pub(crate) fn shows_engines(file: &Path) -> bool {
    file.ends_with("ui/src/lib/engine-marks.ts") || file.ends_with("ui/src/styles/tokens.css")
}

/// The text up to a trailing `mod tests`, with the same lines and without comments.
pub(crate) fn without_comments_and_tests(text: &str) -> String {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let mut kept = String::new();
    let mut in_block = false;
    for line in code.lines() {
        let line = line.trim_start();
        in_block |= line.starts_with("/*") || line.starts_with("<!--");
        let is_comment = in_block || line.starts_with("//");
        in_block &= !(line.contains("*/") || line.contains("-->"));
        if !is_comment {
            kept.push_str(line.split(" // ").next().unwrap_or_default());
        }
        kept.push('\n');
    }
    kept
}

/// All files of a kind below a folder, in order, without what builds leave there.
pub(crate) fn files_under(folder: &Path, kind: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("the folder can be listed").path();
        let is_built = ["node_modules", "dist", "target", "gen"]
            .iter()
            .any(|name| path.file_name().is_some_and(|own| own == *name));
        if path.is_dir() && !is_built {
            found.extend(files_under(&path, kind));
        } else if path.extension().is_some_and(|own| own == kind) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The text of all these files.
pub(crate) fn all_text(files: &[PathBuf]) -> String {
    files.iter().map(|file| read(file)).collect()
}

/// The text of a file, which must be there.
pub(crate) fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}.", file.display()))
}

/// The checkout.
pub(crate) fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests
        .parent()
        .expect("the tests lie in the checkout")
        .to_path_buf()
}
