//! Settings of the user, and the theme, which belongs to the machine.

use model::AppError;
use services::view::{DataFolder, Settings, Theme};

use super::Studio;

/// What the user has set.
#[tauri::command]
#[specta::specta]
pub async fn settings(studio: Studio<'_>) -> Result<Settings, AppError> {
    studio.settings().await
}

/// Keeps what the user sets.
#[tauri::command]
#[specta::specta]
pub async fn set_settings(studio: Studio<'_>, settings: Settings) -> Result<(), AppError> {
    studio.set_settings(settings).await
}

/// Where the catalogue and the vaults lie.
#[tauri::command]
#[specta::specta]
pub async fn data_folder(studio: Studio<'_>) -> Result<DataFolder, AppError> {
    studio.data_folder().await
}

/// Uses another data folder from the next start on; what lies in this one stays.
#[tauri::command]
#[specta::specta]
pub async fn set_data_folder(studio: Studio<'_>, path: String) -> Result<DataFolder, AppError> {
    unimplemented!()
}

/// Colours the window.
#[tauri::command]
#[specta::specta]
pub async fn set_theme(studio: Studio<'_>, theme: Theme) -> Result<(), AppError> {
    unimplemented!()
}

/// Lets the user choose an existing file; absent when they chose none.
#[tauri::command]
#[specta::specta]
pub async fn pick_file(studio: Studio<'_>, title: String) -> Result<Option<String>, AppError> {
    unimplemented!()
}

/// Lets the user choose a folder; absent when they chose none.
#[tauri::command]
#[specta::specta]
pub async fn pick_folder(studio: Studio<'_>, title: String) -> Result<Option<String>, AppError> {
    unimplemented!()
}
