//! The commands and events of the window, and their TypeScript.

use specta_typescript::Typescript;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands, collect_events};

use crate::events::StudioEvent;
use crate::commands::{accounts, browse, connections, dashboard, settings, sync};

/// Every command and event there is.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::<tauri::Wry>::new()
        .error_handling(ErrorHandlingMode::Throw)
        .disable_serde_phases()
        .commands(collect_commands![
            accounts::welcome,
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
            browse::object,
            browse::open_link,
            browse::definition,
            browse::filter_tree,
            dashboard::dashboard,
            settings::settings,
            settings::set_settings,
            settings::data_folder,
            settings::set_data_folder,
            settings::set_theme,
            settings::pick_file,
            settings::pick_folder,
        ])
        .events(collect_events![StudioEvent])
}

/// Writes the TypeScript of all commands, events and their types.
///
/// # Errors
/// What cannot be said in TypeScript, or a file that cannot be written.
pub fn export(path: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    Ok(builder().export(Typescript::default(), path)?)
}
