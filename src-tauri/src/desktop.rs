//! What the window asks of the machine: the kept facts and the system's dialogs.

use std::path::Path;

use model::{AppError, ErrorKind};
use serde::Serialize;
use serde::de::DeserializeOwned;
use services::view::{DataFolder, Theme};
use tauri::{AppHandle, Manager, Runtime};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tauri_plugin_store::StoreExt;
use tokio::sync::oneshot;

use crate::folder::{self, Folder};
use crate::machine::Place;

const THEME: &str = "theme";
const DATA_FOLDER: &str = "data_folder";
const WINDOW: &str = "window";

/// The kept theme.
pub(crate) fn theme<R: Runtime>(app: &AppHandle<R>) -> Theme {
    get(app, THEME).unwrap_or_default()
}

/// Keeps a theme for the next start.
///
/// # Errors
/// A file that cannot be written.
pub(crate) fn keep_theme<R: Runtime>(app: &AppHandle<R>, theme: Theme) -> Result<(), AppError> {
    set(app, THEME, theme)
}

/// Where the window was when it was last closed.
pub(crate) fn place<R: Runtime>(app: &AppHandle<R>) -> Option<Place> {
    get(app, WINDOW)
}

/// Keeps where the window is.
///
/// # Errors
/// A file that cannot be written.
pub(crate) fn keep_place<R: Runtime>(app: &AppHandle<R>, place: Place) -> Result<(), AppError> {
    set(app, WINDOW, place)
}

/// Adds which folder will be used after the next start, where that is another one.
pub(crate) fn with_next<R: Runtime>(app: &AppHandle<R>, folder: DataFolder) -> DataFolder {
    let next: Option<String> = get(app, DATA_FOLDER);
    let given = app.state::<Folder>().given;
    DataFolder {
        next: next.filter(|next| !given && *next != folder.path),
        ..folder
    }
}

/// Keeps another data folder for the next start, making it where it is missing.
///
/// # Errors
/// A relative path, a folder that cannot be made, or one that was given at the start.
pub(crate) fn choose_folder<R: Runtime>(app: &AppHandle<R>, path: &Path) -> Result<(), AppError> {
    if app.state::<Folder>().given {
        return Err(AppError::new(
            ErrorKind::Conflict,
            "The data folder was given when db-studio was started.",
        )
        .hint(format!(
            "Start it without --data-dir and {} to choose one here.",
            folder::VARIABLE
        )));
    }
    if !path.is_absolute() {
        return Err(AppError::new(
            ErrorKind::InvalidInput,
            "The data folder's path is not whole.",
        )
        .hint("Give it from the root on.")
        .field("path"));
    }
    folder::make_private(path).map_err(|error| error.field("path"))?;
    set(app, DATA_FOLDER, path)
}

/// Lets the user choose an existing file; absent when they chose none.
///
/// # Errors
/// A dialog that could not be shown.
pub(crate) async fn pick_file<R: Runtime>(
    app: &AppHandle<R>,
    title: String,
) -> Result<Option<String>, AppError> {
    let (answer, chosen) = oneshot::channel();
    app.dialog()
        .file()
        .set_title(title)
        .pick_file(move |path| drop(answer.send(path)));
    picked(chosen).await
}

/// Lets the user choose a folder; absent when they chose none.
///
/// # Errors
/// A dialog that could not be shown.
pub(crate) async fn pick_folder<R: Runtime>(
    app: &AppHandle<R>,
    title: String,
) -> Result<Option<String>, AppError> {
    let (answer, chosen) = oneshot::channel();
    app.dialog()
        .file()
        .set_title(title)
        .pick_folder(move |path| drop(answer.send(path)));
    picked(chosen).await
}

async fn picked(chosen: oneshot::Receiver<Option<FilePath>>) -> Result<Option<String>, AppError> {
    let chosen = chosen.await.map_err(|_| {
        AppError::new(
            ErrorKind::Internal,
            "The system's dialog could not be shown.",
        )
        .hint("Type the path instead.")
    })?;
    Ok(chosen.map(|path| path.to_string()))
}

fn get<R: Runtime, T: DeserializeOwned>(app: &AppHandle<R>, key: &str) -> Option<T> {
    let store = app.store(&app.state::<Folder>().machine).ok()?;
    serde_json::from_value(store.get(key)?).ok()
}

fn set<R: Runtime>(app: &AppHandle<R>, key: &str, value: impl Serialize) -> Result<(), AppError> {
    let file = &app.state::<Folder>().machine;
    let keep = || -> Result<(), Box<dyn std::error::Error>> {
        let store = app.store(file)?;
        store.set(key, serde_json::to_value(value)?);
        Ok(store.save()?)
    };
    keep().map_err(|error| {
        AppError::new(
            ErrorKind::Storage,
            "The choice could not be kept on this machine.",
        )
        .hint(format!("Check that {} may be written.", file.display()))
        .cause(error.to_string())
    })
}
