//! Settings of the user, and the theme and the data folder, which belong to the machine.

use model::AppError;
use services::view::{DataFolder, Settings, Theme};
use tauri::{AppHandle, Runtime};

use super::Studio;
use crate::{desktop, tray, window};

/// What the user has set.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings(studio: Studio<'_>) -> Result<Settings, AppError> {
    Ok(studio.settings().await?)
}

/// Keeps what the user sets.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_settings<R: Runtime>(
    app: AppHandle<R>,
    studio: Studio<'_>,
    settings: Settings,
) -> Result<(), AppError> {
    studio.set_settings(settings).await?;
    tray::refresh(&app);
    Ok(())
}

/// Where the catalogue and the vaults lie.
#[tauri::command]
#[specta::specta]
pub(crate) async fn data_folder<R: Runtime>(
    app: AppHandle<R>,
    studio: Studio<'_>,
) -> Result<DataFolder, AppError> {
    let folder = studio.data_folder().await?;
    Ok(desktop::with_next(&app, folder))
}

/// Uses another data folder from the next start on; what lies in this one stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_data_folder<R: Runtime>(
    app: AppHandle<R>,
    studio: Studio<'_>,
    path: String,
) -> Result<DataFolder, AppError> {
    let folder = studio.data_folder().await?;
    desktop::choose_folder(&app, path.as_ref())?;
    Ok(desktop::with_next(&app, folder))
}

/// Colours the window.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_theme<R: Runtime>(app: AppHandle<R>, theme: Theme) -> Result<(), AppError> {
    desktop::keep_theme(&app, theme)?;
    window::colour(&app, theme);
    Ok(())
}

/// Lets the user choose an existing file; absent when they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_file<R: Runtime>(
    app: AppHandle<R>,
    title: String,
) -> Result<Option<String>, AppError> {
    desktop::pick_file(&app, title).await
}

/// Lets the user choose a folder; absent when they chose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pick_folder<R: Runtime>(
    app: AppHandle<R>,
    title: String,
) -> Result<Option<String>, AppError> {
    desktop::pick_folder(&app, title).await
}
