//! The commands of the window: unpack, call, answer.

pub(crate) mod accounts;
pub(crate) mod browse;
pub(crate) mod connections;
pub(crate) mod dashboard;
pub(crate) mod place;
pub(crate) mod settings;
pub(crate) mod sync;

#[cfg(test)]
mod tests;

use model::{AppError, Secret};
use tauri::ipc::Invoke;
use tauri::{Manager, Runtime};

/// What may be asked before anybody has signed in: these and nothing else.
const OPEN: [&str; 3] = ["sign_in", "sign_up", "welcome"];

/// The services, as the shell keeps them.
pub(crate) type Studio<'a> = tauri::State<'a, services::Studio>;

/// Answers the window's commands; while the vault is locked, only the open ones
/// reach their own code, whatever it does.
pub(crate) fn answer<R: Runtime>(
    handler: impl Fn(Invoke<R>) -> bool + Send + Sync + 'static,
) -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    move |invoke| {
        let command = invoke.message.command();
        let app = invoke.message.webview_ref().app_handle();
        let open = OPEN.contains(&command);
        if open
            || app
                .try_state::<services::Studio>()
                .is_some_and(|studio| studio.user().is_some())
        {
            return handler(invoke);
        }
        invoke
            .resolver
            .reject(AppError::from(services::Error::SignedOut));
        true
    }
}

/// Takes a typed secret over at once; the text that came in is wiped with it.
fn secret(text: String) -> Secret {
    Secret::new(text)
}
