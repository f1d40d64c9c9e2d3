//! Connections: keeping, testing and switching them.

use model::{AppError, ConnectionDraft, ConnectionId, Target};
use services::view::{
    ConnectionCard, Deleted, FieldProblem, ParsedString, PasswordInput, TestOutcome,
};

use super::{Studio, secret};

/// All connections of the user, in their order.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connections(studio: Studio<'_>) -> Result<Vec<ConnectionCard>, AppError> {
    Ok(studio.connections().await?)
}

/// One connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connection(
    studio: Studio<'_>,
    id: ConnectionId,
) -> Result<ConnectionCard, AppError> {
    Ok(studio.connection(id).await?)
}

/// Keeps a new connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn create_connection(
    studio: Studio<'_>,
    draft: ConnectionDraft,
    password: PasswordInput,
) -> Result<ConnectionCard, AppError> {
    Ok(studio.create_connection(draft, password).await?)
}

/// Changes a connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn update_connection(
    studio: Studio<'_>,
    id: ConnectionId,
    draft: ConnectionDraft,
    password: PasswordInput,
) -> Result<ConnectionCard, AppError> {
    Ok(studio.update_connection(id, draft, password).await?)
}

/// Deletes connections with their catalogues and passwords; for a while they can be restored.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_connections(
    studio: Studio<'_>,
    ids: Vec<ConnectionId>,
) -> Result<Deleted, AppError> {
    Ok(studio.delete_connections(ids).await?)
}

/// Takes a deletion back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn restore_connections(
    studio: Studio<'_>,
    ids: Vec<ConnectionId>,
) -> Result<(), AppError> {
    Ok(studio.restore_connections(ids).await?)
}

/// Copies a connection, its password included, under a new name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn duplicate_connection(
    studio: Studio<'_>,
    id: ConnectionId,
) -> Result<ConnectionCard, AppError> {
    Ok(studio.duplicate_connection(id).await?)
}

/// Activates or deactivates connections.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_active(
    studio: Studio<'_>,
    ids: Vec<ConnectionId>,
    active: bool,
) -> Result<(), AppError> {
    Ok(studio.set_active(ids, active).await?)
}

/// Understands a connection string; a password in it stays behind a ticket.
#[tauri::command]
#[specta::specta]
pub(crate) async fn parse_connection_string(
    studio: Studio<'_>,
    text: String,
) -> Result<ParsedString, AppError> {
    Ok(studio.parse_connection_string(secret(text)).await?)
}

/// Writes a target as a connection string without password.
#[tauri::command]
#[specta::specta]
pub(crate) async fn format_connection_string(
    studio: Studio<'_>,
    target: Target,
) -> Result<String, AppError> {
    Ok(studio.format_connection_string(target).await?)
}

/// Says what is wrong with the fields of a target.
#[tauri::command]
#[specta::specta]
pub(crate) async fn validate_target(
    studio: Studio<'_>,
    target: Target,
) -> Result<Vec<FieldProblem>, AppError> {
    Ok(studio.validate_target(target).await?)
}

/// Tests a kept connection; its stages come as events with this run's number.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_connection(
    studio: Studio<'_>,
    run: u32,
    id: ConnectionId,
) -> Result<TestOutcome, AppError> {
    Ok(studio.test_connection(run, id).await?)
}

/// Tests what is in a form; with `of`, a kept password is that of this connection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn test_draft(
    studio: Studio<'_>,
    run: u32,
    target: Target,
    password: PasswordInput,
    of: Option<ConnectionId>,
) -> Result<TestOutcome, AppError> {
    Ok(studio.test_draft(run, target, password, of).await?)
}

/// Stops a test.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_test(studio: Studio<'_>, run: u32) -> Result<(), AppError> {
    Ok(studio.cancel_test(run).await?)
}
