//! The commands of the window: unpack, call, answer.

pub mod accounts;
pub mod browse;
pub mod connections;
pub mod dashboard;
pub mod settings;
pub mod sync;

use model::Secret;

/// The services, as the shell keeps them.
pub type Studio<'a> = tauri::State<'a, services::Studio>;

/// Takes a typed secret over at once; the text that came in is wiped with it.
fn secret(text: String) -> Secret {
    Secret::new(text)
}
