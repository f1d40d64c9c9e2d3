//! Events of the services on their way to the window.

use serde::Serialize;
use services::{Event, EventSink};
use tauri::AppHandle;
use tauri_specta::Event as _;

/// Something that happened while nobody waited for an answer.
#[derive(Debug, Clone, Serialize, specta::Type, tauri_specta::Event)]
#[serde(transparent)]
pub struct StudioEvent(pub Event);

/// Sends every event to the window.
pub struct WindowEvents(pub AppHandle);

impl EventSink for WindowEvents {
    fn emit(&self, event: Event) {
        if let Err(error) = StudioEvent(event).emit(&self.0) {
            tracing::warn!(%error, "an event did not reach the window");
        }
    }
}
