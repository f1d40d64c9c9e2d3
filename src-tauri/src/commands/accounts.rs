//! Accounts: who is here, signing up and in, the lock.

use model::AppError;
use services::view::{UserCard, Welcome};
use tauri::{AppHandle, Runtime};

use super::{Studio, secret};
use crate::desktop;

/// Which engines there are, who has signed up here, and who is signed in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn welcome<R: Runtime>(
    app: AppHandle<R>,
    studio: Studio<'_>,
) -> Result<Welcome, AppError> {
    let welcome = studio.welcome().await?;
    Ok(Welcome {
        theme: desktop::theme(&app),
        ..welcome
    })
}

/// Makes a user with a vault of their own and signs them in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_up(
    studio: Studio<'_>,
    name: String,
    passphrase: String,
) -> Result<UserCard, AppError> {
    Ok(studio.sign_up(name, secret(passphrase)).await?)
}

/// Opens a user's vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_in(
    studio: Studio<'_>,
    name: String,
    passphrase: String,
) -> Result<UserCard, AppError> {
    Ok(studio.sign_in(name, secret(passphrase)).await?)
}

/// Closes the vault and forgets who was signed in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn lock(studio: Studio<'_>) -> Result<(), AppError> {
    Ok(studio.lock().await?)
}

/// Gives the vault another passphrase.
#[tauri::command]
#[specta::specta]
pub(crate) async fn change_passphrase(
    studio: Studio<'_>,
    current: String,
    next: String,
) -> Result<(), AppError> {
    Ok(studio
        .change_passphrase(secret(current), secret(next))
        .await?)
}

/// Says that somebody is using the window, which puts off the automatic lock.
#[tauri::command]
#[specta::specta]
pub(crate) async fn used(studio: Studio<'_>) -> Result<(), AppError> {
    Ok(studio.used().await?)
}
