//! Opening the window: what must be there first, and what is wired to what.

use std::process::ExitCode;
use std::sync::Arc;

use model::{AppError, ErrorKind, SystemClock};
use services::{EventSink, Parts, Studio};
use tauri::plugin::TauriPlugin;
use tauri::{App, AppHandle, Manager, RunEvent, Runtime};
use tauri_plugin_dialog::{DialogExt, MessageDialogKind};
use vault_stronghold::StrongholdStores;

use crate::commands::answer;
use crate::commands::place::Left;
use crate::events::ShellEvents;
use crate::folder::{Folder, IDENTIFIER};
use crate::rest::Awake;
use crate::{bindings, logging, rest, tray, window};

/// How the program begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Begin {
    /// With a window.
    Window,
    /// In the tray, where a process before this one was.
    Tray,
}

/// Opens the window and stays until it is closed.
///
/// # Errors
/// A window that cannot be made, or a log that cannot be written.
pub(crate) fn window(folder: Folder, how: Begin) -> Result<ExitCode, AppError> {
    logging::begin(&folder.path)?;
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "db-studio starts");
    let app = tauri::Builder::default()
        .plugin(single(&folder))
        .plugin(tauri_plugin_store::Builder::new().build())
        .plugin(tauri_plugin_dialog::init())
        .manage(folder)
        .manage(Left::default())
        .manage(Awake::default())
        .invoke_handler(answer(bindings::handler::<tauri::Wry>()))
        .setup(move |app| {
            begin(app, how);
            Ok(())
        })
        .build(tauri::generate_context!())
        .map_err(|error| no_window(&error))?;
    let code = app.run_return(|app, event| match event {
        // The last window was closed.
        RunEvent::ExitRequested {
            code: None, api, ..
        } if tray::keeps_running(app) => {
            api.prevent_exit();
            tray::refresh(app);
        }
        RunEvent::Exit => end(app),
        _ => {}
    });
    Ok(u8::try_from(code).map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The services on a data folder, with the vault on its disk.
///
/// # Errors
/// What stands in the way of the catalogue.
pub(crate) fn studio(folder: &Folder, events: Arc<dyn EventSink>) -> Result<Studio, AppError> {
    Ok(Studio::open(Parts {
        folder: folder.path.clone(),
        registry: services::REGISTRY,
        stores: Arc::new(StrongholdStores),
        clock: Arc::new(SystemClock),
        events,
        cost: None,
        sample: true,
    })?)
}

fn begin<R: Runtime>(app: &App<R>, how: Begin) {
    let handle = app.handle();
    match studio(
        &app.state::<Folder>(),
        Arc::new(ShellEvents(handle.clone())),
    ) {
        Ok(studio) => {
            app.manage(studio);
            if how == Begin::Tray {
                rest::go_on(handle);
                if tray::begin(handle, how) {
                    return;
                }
            }
            if let Err(error) = window::open(handle) {
                return refuse(handle, &no_window(&error));
            }
            // While the web view's processes start.
            if how == Begin::Window {
                tray::begin(handle, how);
            }
        }
        Err(error) => refuse(handle, &error),
    }
}

/// Says why there is nothing to see, and ends.
fn refuse<R: Runtime>(app: &AppHandle<R>, error: &AppError) {
    tracing::error!(%error, "db-studio cannot start");
    let hint = error.hint.as_deref().unwrap_or_default();
    let ending = app.clone();
    app.dialog()
        .message(format!("{}\n\n{hint}", error.message))
        .title("db-studio")
        .kind(MessageDialogKind::Error)
        .show(move |_| ending.exit(1));
}

/// Closes the vault before the process ends.
fn end<R: Runtime>(app: &AppHandle<R>) {
    window::remember_place(app);
    if let Some(studio) = app.try_state::<Studio>() {
        let _ = tauri::async_runtime::block_on(studio.lock());
    }
    tracing::info!("db-studio ends");
}

/// A second start on the same data folder brings the first one's window to the front.
fn single<R: Runtime>(folder: &Folder) -> TauriPlugin<R> {
    let place = folder.path.as_os_str().as_encoded_bytes();
    let number = place.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    tauri_plugin_single_instance::Builder::new()
        .callback(|app, _, _| window::show(app))
        .dbus_id(format!("{IDENTIFIER}.on{number:016x}"))
        .build()
}

/// Makes sure of a display before anything is made or written.
///
/// # Errors
/// There is none.
#[cfg(target_os = "linux")]
pub(crate) fn find_display() -> Result<(), AppError> {
    let named = ["WAYLAND_DISPLAY", "DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    // The toolkit's own message would be a panic.
    if named && gtk::init().is_ok() {
        return Ok(());
    }
    Err(AppError::new(
        ErrorKind::Unreachable,
        "There is no display to open a window on.",
    )
    .hint("Use the command line instead: db-studio --help."))
}

/// Here a display is always there.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub(crate) fn find_display() -> Result<(), AppError> {
    Ok(())
}

fn no_window(error: &tauri::Error) -> AppError {
    AppError::new(ErrorKind::Internal, "The window could not be opened.")
        .hint("The log in the data folder may say more.")
        .cause(error.to_string())
}
