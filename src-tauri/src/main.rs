//! db-studio: the window, the tray and the command line in one binary.
mod bindings;
mod commands;
mod events;
fn main() {
    if std::env::args().nth(1).as_deref() == Some("bindings") { bindings::export(std::path::Path::new("ui/src/bindings.ts")).unwrap(); return; }
}
