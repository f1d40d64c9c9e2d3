//! What belongs to the machine and is known before anybody signs in: looks, the
//! window's place, the choice of data folder. Nothing of a user is here.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use services::view::Theme;

/// The facts, as the file of the store plugin holds them: one key each.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Machine {
    /// Light, dark, or as the system has it.
    pub(crate) theme: Theme,
    /// Where the user wants catalogue and vaults.
    pub(crate) data_folder: Option<PathBuf>,
    /// Where the window was.
    pub(crate) window: Option<Place>,
}

/// Size and position of the window, in logical and physical pixels as the system takes them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Place {
    /// Inner size in logical pixels.
    pub(crate) width: f64,
    /// Inner size in logical pixels.
    pub(crate) height: f64,
    /// Outer position in physical pixels; absent where the system tells none.
    pub(crate) at: Option<(i32, i32)>,
    /// Whether it filled the screen.
    pub(crate) maximised: bool,
}

impl Machine {
    /// The name of the file.
    pub(crate) const FILE: &'static str = "machine.json";

    /// Reads the file without the store, which needs a window; what cannot be read is at its default.
    pub(crate) fn read(file: &Path) -> Self {
        let text = fs::read_to_string(file).unwrap_or_default();
        serde_json::from_str(&text).unwrap_or_default()
    }
}
