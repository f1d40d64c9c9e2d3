//! The shell: one binary that is the window with its tray, and the command line.
//!
//! It wires and translates. What db-studio can do lives in the services; nothing
//! here knows a driver, a statement or a table of the catalogue.

pub mod bindings;
mod cli;
mod commands;
mod desktop;
mod environment;
mod events;
mod folder;
mod logging;
mod machine;
mod notify;
mod open;
mod redact;
mod rest;
mod tray;
mod window;

use std::process::ExitCode;

pub use events::StudioEvent;

/// Reads the command line and does what it says; without a verb, opens the window.
pub fn run() -> ExitCode {
    environment::shed();
    cli::run()
}
