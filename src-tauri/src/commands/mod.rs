//! The commands of the window: unpack, call, answer.

pub(crate) mod accounts;
pub(crate) mod browse;
pub(crate) mod connections;
pub(crate) mod dashboard;
pub(crate) mod settings;
pub(crate) mod sync;

use model::{AppError, Secret};

/// The services, as the shell keeps them.
pub(crate) type Studio<'a> = tauri::State<'a, services::Studio>;

/// Takes a typed secret over at once; the text that came in is wiped with it.
fn secret(text: String) -> Secret {
    Secret::new(text)
}

/// Refuses what is the shell's own while nobody is signed in.
fn signed_in(studio: &services::Studio) -> Result<(), AppError> {
    studio.user().map(drop).ok_or_else(|| services::Error::SignedOut.into())
}
