//! The window: where it stands, what it may load, and how it comes and goes. A closed
//! one is gone with its web view, also where the app stays in the tray.

use model::AppError;
use services::Studio;
use services::view::Theme;
use tauri::webview::NewWindowResponse;
use tauri::window::Color;
use tauri::{
    AppHandle, LogicalSize, Manager, PhysicalPosition, Runtime, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};

use crate::desktop;
use crate::folder::{self, Folder};
use crate::machine::Place;
use crate::rest::Awake;

/// The one window's name; the capability grants by it.
const LABEL: &str = "main";
const SIZE: (f64, f64) = (1360.0, 860.0);
const LEAST: (f64, f64) = (900.0, 600.0);
/// The page's own colours, so that nothing flashes before it is drawn.
const LIGHT: Color = Color(0xfc, 0xfd, 0xfd, 0xff);
const DARK: Color = Color(0x13, 0x17, 0x18, 0xff);

/// Makes the window as it was left, and shows it.
///
/// # Errors
/// A web view that cannot be made.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    app.state::<Awake>().begin();
    let place = desktop::place(app);
    let (width, height) = place.map_or(SIZE, |place| (place.width, place.height));
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("db-studio")
        .inner_size(width.max(LEAST.0), height.max(LEAST.1))
        .min_inner_size(LEAST.0, LEAST.1)
        .visible(false)
        .devtools(cfg!(debug_assertions))
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny);
    let own = app.state::<Folder>().path.join("window");
    if folder::make_private(&own).is_ok() {
        window = window.data_directory(own);
    }
    let window = window.build()?;
    if let Some(place) = place {
        put(&window, place)?;
    }
    colour(app, desktop::theme(app));
    let closing = app.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::CloseRequested { .. } => remember_place(&closing),
        WindowEvent::Destroyed => {
            if let Some(studio) = closing.try_state::<Studio>() {
                studio.end_searching();
            }
        }
        _ => {}
    });
    window.show()
}

/// Brings the window to the front; a new one where the last was closed.
pub(crate) fn show<R: Runtime>(app: &AppHandle<R>) {
    let shown = match app.get_webview_window(LABEL) {
        Some(window) => window
            .show()
            .and_then(|()| window.unminimize())
            .and_then(|()| window.set_focus()),
        None => open(app),
    };
    if let Err(error) = shown {
        tracing::warn!(%error, "the window could not be brought to the front");
    }
}

/// Whether there is a window.
pub(crate) fn is_open<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.get_webview_window(LABEL).is_some()
}

/// Colours the window's frame, and what is seen before the page is drawn.
pub(crate) fn colour<R: Runtime>(app: &AppHandle<R>, theme: Theme) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    let asked = match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    };
    let coloured = window.set_theme(asked).and_then(|()| {
        let dark = asked.map_or_else(|| window.theme(), Ok)? == tauri::Theme::Dark;
        window.set_background_color(Some(if dark { DARK } else { LIGHT }))
    });
    if let Err(error) = coloured {
        tracing::warn!(%error, "the window could not be coloured");
    }
}

/// Puts a new page in place of the old one, whose memory goes with it.
pub(crate) fn replace_page<R: Runtime>(app: &AppHandle<R>) {
    let Some(window) = app.get_webview_window(LABEL) else {
        return;
    };
    if let Err(error) = window.reload() {
        tracing::error!(%error, "the page could not be replaced");
    }
}

/// Keeps where the window is for the next start.
pub(crate) fn remember_place<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window(LABEL) {
        remember(&window);
    }
}

/// The bundled page is all that the window may show.
fn is_ours(url: &Url) -> bool {
    const SERVED: bool = cfg!(all(debug_assertions, not(feature = "custom-protocol")));
    let place = (url.scheme(), url.host_str());
    let bundled = matches!(
        place,
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    );
    bundled || (SERVED && place == ("http", Some("localhost")))
}

/// Restores a place, unless no screen shows it any more.
fn put<R: Runtime>(window: &WebviewWindow<R>, place: Place) -> tauri::Result<()> {
    if let Some((x, y)) = place.at {
        let visible = window.available_monitors()?.iter().any(|screen| {
            let (left, top) = (screen.position().x, screen.position().y);
            let (right, bottom) = (
                left + width(screen.size().width),
                top + width(screen.size().height),
            );
            (left..right).contains(&x) && (top..bottom).contains(&y)
        });
        if visible {
            window.set_position(PhysicalPosition::new(x, y))?;
        }
    }
    if place.maximised {
        window.maximize()
    } else {
        Ok(())
    }
}

fn width(pixels: u32) -> i32 {
    i32::try_from(pixels).unwrap_or(i32::MAX)
}

fn remember<R: Runtime>(window: &WebviewWindow<R>) {
    let kept = look(window).map_err(told).and_then(|place| match place {
        Some(place) => desktop::keep_place(window.app_handle(), place),
        None => Ok(()),
    });
    if let Err(error) = kept {
        tracing::warn!(%error, "the window's place was not kept");
    }
}

/// Where the window is; nothing while it is hidden or minimised.
fn look<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<Option<Place>> {
    if !window.is_visible()? || window.is_minimized()? {
        return Ok(None);
    }
    let maximised = window.is_maximized()?;
    let before = desktop::place(window.app_handle()).filter(|_| maximised);
    let size: LogicalSize<f64> = window.inner_size()?.to_logical(window.scale_factor()?);
    let at = window.outer_position().ok().map(|at| (at.x, at.y));
    let now = Place {
        width: size.width,
        height: size.height,
        at,
        maximised,
    };
    // A maximised window keeps the size that it goes back to.
    Ok(Some(before.map_or(now, |before| Place {
        maximised,
        ..before
    })))
}

fn told(error: tauri::Error) -> AppError {
    AppError::new(
        model::ErrorKind::Internal,
        "The system does not tell where the window is.",
    )
    .cause(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goes(address: &str) -> bool {
        is_ours(&address.parse().expect("the address is one"))
    }

    #[test]
    fn only_the_bundled_page_is_shown() {
        assert!(goes("tauri://localhost/index.html"), "our own page");
        assert!(!goes("https://example.org/"), "another site");
        assert!(!goes("file:///etc/passwd"), "a dropped file");
        assert!(!goes("data:text/html,x"), "a page made of text");
        assert!(!goes("tauri://elsewhere/"), "another host of our scheme");
    }
}
