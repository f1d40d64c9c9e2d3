//! Notifications of the desktop; where there are none, the log alone is told.

use notify_rust::Notification;

/// Shows a short text, and below it a longer one that may be empty.
///
/// Blocks until the desktop has taken it.
pub(crate) fn show(summary: &str, body: &str) {
    let shown = Notification::new()
        .appname("db-studio")
        .icon("db-studio")
        .summary(summary)
        .body(&plain(body))
        .show();
    if let Err(error) = shown {
        tracing::info!(%error, "the desktop shows no notifications");
    }
}

/// A body may be read as markup, so what could be is escaped.
fn plain(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
