//! Accounts: who is here, signing up and in, the lock.

use model::AppError;
use services::view::{UserCard, Welcome};

use super::{Studio, secret};

/// Which engines there are, who has signed up here, and who is signed in.
#[tauri::command]
#[specta::specta]
pub async fn welcome(studio: Studio<'_>) -> Result<Welcome, AppError> {
    studio.welcome().await
}

/// Makes a user with a vault of their own and signs them in.
#[tauri::command]
#[specta::specta]
pub async fn sign_up(
    studio: Studio<'_>,
    name: String,
    passphrase: String,
) -> Result<UserCard, AppError> {
    studio.sign_up(name, secret(passphrase)).await
}

/// Opens a user's vault.
#[tauri::command]
#[specta::specta]
pub async fn sign_in(
    studio: Studio<'_>,
    name: String,
    passphrase: String,
) -> Result<UserCard, AppError> {
    studio.sign_in(name, secret(passphrase)).await
}

/// Closes the vault and forgets who was signed in.
#[tauri::command]
#[specta::specta]
pub async fn lock(studio: Studio<'_>) -> Result<(), AppError> {
    studio.lock().await
}

/// Gives the vault another passphrase.
#[tauri::command]
#[specta::specta]
pub async fn change_passphrase(
    studio: Studio<'_>,
    current: String,
    next: String,
) -> Result<(), AppError> {
    studio.change_passphrase(secret(current), secret(next)).await
}

/// Says that somebody is using the window, which puts off the automatic lock.
#[tauri::command]
#[specta::specta]
pub async fn used(studio: Studio<'_>) -> Result<(), AppError> {
    studio.used().await
}
