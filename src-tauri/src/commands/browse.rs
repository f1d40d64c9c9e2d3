//! Browsing the catalogue; no server is asked, save for a definition not yet kept
//! and a check for damage.

use model::{AppError, ObjectId};
use services::view::{
    Children, ChildrenRequest, Contents, ContentsRequest, DefinitionView, ObjectPage,
    Relationships, SearchRequest, SearchResults, TreeRequest, TreeView, VerificationView,
};

use super::Studio;

/// One page of the children of a connection or an object.
#[tauri::command]
#[specta::specta]
pub(crate) async fn children(
    studio: Studio<'_>,
    request: ChildrenRequest,
) -> Result<Children, AppError> {
    Ok(studio.children(request).await?)
}

/// A part of the list of what a connection or an object holds.
#[tauri::command]
#[specta::specta]
pub(crate) async fn contents(
    studio: Studio<'_>,
    request: ContentsRequest,
) -> Result<Contents, AppError> {
    Ok(studio.contents(request).await?)
}

/// The page of an object.
#[tauri::command]
#[specta::specta]
pub(crate) async fn object(studio: Studio<'_>, id: ObjectId) -> Result<ObjectPage, AppError> {
    Ok(studio.object(id).await?)
}

/// The object that a copied link names.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_link(studio: Studio<'_>, link: String) -> Result<ObjectId, AppError> {
    Ok(studio.open_link(link).await?)
}

/// The statement that makes an object; asked of the server once, then kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn definition(
    studio: Studio<'_>,
    id: ObjectId,
) -> Result<DefinitionView, AppError> {
    Ok(studio.definition(id).await?)
}

/// The rows of the tree from one to another, after something was done to it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn tree(studio: Studio<'_>, request: TreeRequest) -> Result<TreeView, AppError> {
    Ok(studio.tree(request).await?)
}

/// What an object refers to and depends on, and what does so with it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn relationships(
    studio: Studio<'_>,
    id: ObjectId,
) -> Result<Relationships, AppError> {
    Ok(studio.relationships(id).await?)
}

/// Checks the database that an object lies in for damage.
#[tauri::command]
#[specta::specta]
pub(crate) async fn verify(studio: Studio<'_>, id: ObjectId) -> Result<VerificationView, AppError> {
    Ok(studio.verify(id).await?)
}

/// What the catalogue holds that a text means; ended by a newer search.
#[tauri::command]
#[specta::specta]
pub(crate) async fn search(
    studio: Studio<'_>,
    request: SearchRequest,
) -> Result<SearchResults, AppError> {
    Ok(studio.search(request).await?)
}
