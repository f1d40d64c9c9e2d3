//! Events of the services on their way to the window and the tray.

use serde::Serialize;
use services::{Event, EventSink};
use tauri::{AppHandle, Emitter, Manager, Runtime};
use tauri_specta::Event as _;

use crate::commands::place::Left;
use crate::{tray, window};

/// Something that happened while nobody waited for an answer.
#[derive(Debug, Clone, Serialize, specta::Type, tauri_specta::Event)]
#[serde(transparent)]
pub struct StudioEvent(pub Event);

/// Sends every event to the window, and lets tray and page follow.
pub(crate) struct ShellEvents<R: Runtime>(pub(crate) AppHandle<R>);

impl<R: Runtime> EventSink for ShellEvents<R> {
    fn emit(&self, event: Event) {
        tray::follow(&self.0, &event);
        let locked = matches!(event, Event::Locked);
        if let Err(error) = self.0.emit(StudioEvent::NAME, StudioEvent(event)) {
            tracing::warn!(%error, "an event did not reach the window");
        }
        if locked {
            if let Some(left) = self.0.try_state::<Left>() {
                left.forget();
            }
            window::replace_page(&self.0);
        }
    }
}
