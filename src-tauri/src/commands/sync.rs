//! Syncs: reading a schema into the catalogue.

use model::{AppError, ConnectionId, SyncId};
use services::view::{SentStatement, SyncRun, SyncScope};

use super::Studio;

/// Begins to read a connection or a part of it; how it goes on comes as events.
#[tauri::command]
#[specta::specta]
pub async fn start_sync(
    studio: Studio<'_>,
    connection: ConnectionId,
    scope: SyncScope,
) -> Result<SyncRun, AppError> {
    studio.start_sync(connection, scope).await
}

/// Stops a sync; what the catalogue held before stays.
#[tauri::command]
#[specta::specta]
pub async fn cancel_sync(studio: Studio<'_>, run: u32) -> Result<(), AppError> {
    studio.cancel_sync(run).await
}

/// The syncs that are running.
#[tauri::command]
#[specta::specta]
pub async fn running_syncs(studio: Studio<'_>) -> Result<Vec<SyncRun>, AppError> {
    studio.running_syncs().await
}

/// The statements that a sync sent to the server.
#[tauri::command]
#[specta::specta]
pub async fn sent_statements(
    studio: Studio<'_>,
    sync: SyncId,
) -> Result<Vec<SentStatement>, AppError> {
    studio.sent_statements(sync).await
}
