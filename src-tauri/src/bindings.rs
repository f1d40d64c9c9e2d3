//! The commands and events of the window, and their TypeScript.

use std::fs;
use std::path::Path;

use specta_typescript::Typescript;
use tauri::Runtime;
use tauri::ipc::Invoke;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::commands::{accounts, browse, connections, dashboard, place, settings, sync};
use crate::events::StudioEvent;

/// Every command there is, given to a macro.
macro_rules! every_command {
    ($to:ident) => {
        $to![
            accounts::welcome::<tauri::Wry>,
            accounts::sign_up,
            accounts::sign_in,
            accounts::lock,
            accounts::change_passphrase,
            accounts::used,
            connections::connections,
            connections::connection,
            connections::create_connection,
            connections::update_connection,
            connections::delete_connections,
            connections::restore_connections,
            connections::duplicate_connection,
            connections::set_active,
            connections::parse_connection_string,
            connections::format_connection_string,
            connections::validate_target,
            connections::test_connection,
            connections::test_draft,
            connections::cancel_test,
            sync::start_sync,
            sync::cancel_sync,
            sync::running_syncs,
            sync::sent_statements,
            browse::children,
            browse::contents,
            browse::object,
            browse::open_link,
            browse::definition,
            browse::tree,
            browse::relationships,
            browse::verify,
            browse::search,
            dashboard::dashboard,
            place::leave_at,
            place::left_at,
            settings::settings,
            settings::set_settings::<tauri::Wry>,
            settings::data_folder::<tauri::Wry>,
            settings::set_data_folder::<tauri::Wry>,
            settings::set_theme::<tauri::Wry>,
            settings::pick_file::<tauri::Wry>,
            settings::pick_folder::<tauri::Wry>,
        ]
    };
}

/// As Tauri wants them: it finds out what a command is generic over.
macro_rules! answer_commands {
    ($($module:ident :: $command:ident $(::<$runtime:ty>)?,)*) => {
        tauri::generate_handler![$($module::$command),*]
    };
}

/// What answers the commands.
pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    every_command!(answer_commands)
}

/// The TypeScript of all commands, events and their types.
///
/// # Errors
/// What cannot be said in TypeScript, or a temporary file that cannot be written.
pub fn typescript() -> Result<String, Box<dyn std::error::Error>> {
    // The exporter only writes files.
    let file = std::env::temp_dir().join(format!("db-studio-{}-bindings.ts", std::process::id()));
    let exported = Builder::<tauri::Wry>::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(every_command!(collect_commands))
        .events(collect_events![StudioEvent])
        .export(Typescript::default(), &file);
    let text = exported
        .map_err(Into::into)
        .and_then(|()| Ok(fs::read_to_string(&file)?));
    let _ = fs::remove_file(&file);
    let text: Result<String, Box<dyn std::error::Error>> = text;
    let lines: Vec<String> = text?
        .lines()
        .map(|line| line.trim_end().to_owned())
        .collect();
    Ok(lines.join("\n").trim_end().to_owned() + "\n")
}

/// Writes the TypeScript to a file.
///
/// # Errors
/// What cannot be said in TypeScript, or a file that cannot be written.
pub fn export(path: &Path) -> Result<(), Box<dyn std::error::Error>> {
    Ok(fs::write(path, typescript()?)?)
}

/// Whether a file holds what [`export`] would write.
///
/// # Errors
/// What cannot be said in TypeScript, or a file that cannot be read.
pub fn is_current(path: &Path) -> Result<bool, Box<dyn std::error::Error>> {
    Ok(fs::read_to_string(path)? == typescript()?)
}
