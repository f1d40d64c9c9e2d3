//! Where the window was left: kept while the process lives and the vault is open, so that a
//! new window goes on where a closed one stood. Nothing of it reaches the disk.

use std::sync::{Mutex, PoisonError};

use model::{AppError, ErrorKind};
use tauri::State;

/// More than any place takes, in bytes.
const LONGEST: usize = 16 << 10;

/// The place, in the words of the window.
#[derive(Debug, Default)]
pub(crate) struct Left(Mutex<Option<String>>);

impl Left {
    /// Forgets it.
    pub(crate) fn forget(&self) {
        self.put(None);
    }

    /// Keeps it.
    pub(crate) fn put(&self, place: Option<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }

    /// Where it is.
    pub(crate) fn get(&self) -> Option<String> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Keeps where the window is.
#[tauri::command]
#[specta::specta]
pub(crate) async fn leave_at(left: State<'_, Left>, place: String) -> Result<(), AppError> {
    if place.len() > LONGEST {
        return Err(AppError::new(
            ErrorKind::InvalidInput,
            "The place in the window is too long to be kept.",
        )
        .field("place"));
    }
    left.put(Some(place));
    Ok(())
}

/// Where the window was; absent where nobody was anywhere since the sign in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn left_at(left: State<'_, Left>) -> Result<Option<String>, AppError> {
    Ok(left.get())
}
