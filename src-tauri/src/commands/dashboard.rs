//! The dashboard.

use model::AppError;
use services::view::Dashboard;

use super::Studio;

/// The numbers and lists of the dashboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn dashboard(studio: Studio<'_>) -> Result<Dashboard, AppError> {
    Ok(studio.dashboard().await?)
}
