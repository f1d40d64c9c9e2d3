//! Syncs: reading a schema into the catalogue.

use model::{AppError, ConnectionId, SyncId};
use services::view::{SentStatement, SyncRun, SyncScope};

use super::Studio;

/// Begins to read a connection or a part of it; how it goes on comes as events.
#[tauri::command]
#[specta::specta]
pub(crate) async fn start_sync(
    studio: Studio<'_>,
    connection: ConnectionId,
    scope: SyncScope,
) -> Result<SyncRun, AppError> {
    Ok(studio.start_sync(connection, scope).await?)
}

/// Stops a sync; what the catalogue held before stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_sync(studio: Studio<'_>, run: u32) -> Result<(), AppError> {
    Ok(studio.cancel_sync(run).await?)
}

/// The syncs that are running.
#[tauri::command]
#[specta::specta]
pub(crate) async fn running_syncs(studio: Studio<'_>) -> Result<Vec<SyncRun>, AppError> {
    Ok(studio.running_syncs().await?)
}

/// The statements that a sync sent to the server.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sent_statements(
    studio: Studio<'_>,
    sync: SyncId,
) -> Result<Vec<SentStatement>, AppError> {
    Ok(studio.sent_statements(sync).await?)
}
