//! The tray: an icon that tells how things stand, and a menu that tests, opens and locks.
//!
//! Where the desktop has no tray, everything else works as before.

mod menu;
mod state;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use model::ConnectionId;
use services::view::TestOutcome;
use services::{Event, Studio};
use tauri::menu::MenuEvent;
use tauri::tray::{TrayIcon, TrayIconBuilder};
use tauri::{AppHandle, Manager, Runtime};
use tokio::sync::Notify;

use crate::folder::{self, Folder};
use crate::open::Begin;
use crate::{notify, rest, window};
use menu::{Action, Shown};
use state::State;

/// Tests that the tray runs are numbered apart from those of the window.
const FIRST_RUN: u32 = 1 << 31;

/// What the tray shows and what it is doing.
struct Tray<R: Runtime> {
    icon: TrayIcon<R>,
    changed: Notify,
    shown: Mutex<State>,
    testing: AtomicU32,
    next_run: AtomicU32,
    close_to_tray: AtomicBool,
}

impl<R: Runtime> Tray<R> {
    /// The state that the icon shows.
    fn shown(&self) -> MutexGuard<'_, State> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts the icon into the desktop's tray, and says whether there is one.
pub(crate) fn begin<R: Runtime>(app: &AppHandle<R>, how: Begin) -> bool {
    // The tray's library is loaded when it is first used, and panics where it is missing.
    let built = catch_unwind(AssertUnwindSafe(|| build(app)));
    let Ok(Ok((icon, menu))) = built else {
        tracing::warn!("this desktop has no tray");
        return false;
    };
    app.manage(Tray {
        icon,
        changed: Notify::new(),
        shown: Mutex::new(State::Locked),
        testing: AtomicU32::new(0),
        next_run: AtomicU32::new(FIRST_RUN),
        // Whoever left the window for the tray has chosen so, also before a sign-in.
        close_to_tray: AtomicBool::new(how == Begin::Tray),
    });
    tauri::async_runtime::spawn(keep_current(app.clone(), menu));
    true
}

/// Brings icon and menu up to date soon.
pub(crate) fn refresh<R: Runtime>(app: &AppHandle<R>) {
    if let Some(tray) = app.try_state::<Tray<R>>() {
        tray.changed.notify_one();
    }
}

/// Brings icon and menu up to date where an event concerns them.
pub(crate) fn follow<R: Runtime>(app: &AppHandle<R>, event: &Event) {
    let Some(tray) = app.try_state::<Tray<R>>() else {
        return;
    };
    let concerns = match event {
        Event::ConnectionTested { .. } | Event::ConnectionsChanged | Event::Locked => true,
        // Comes first after somebody has signed in, and then every few seconds.
        Event::LocksIn { .. } => *tray.shown() == State::Locked,
        Event::Sync { run } => run.ended.is_some() || run.done == model::Amount::default(),
        Event::TestStage { .. } | Event::CatalogueChanged { .. } => false,
    };
    if concerns {
        tray.changed.notify_one();
    }
}

/// Whether something that was asked for in the menu is not done yet.
pub(crate) fn is_working<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.try_state::<Tray<R>>()
        .is_some_and(|tray| tray.testing.load(Ordering::Relaxed) > 0)
}

/// Whether closing the window leaves the app in the tray.
pub(crate) fn keeps_running<R: Runtime>(app: &AppHandle<R>) -> bool {
    app.try_state::<Tray<R>>()
        .is_some_and(|tray| tray.close_to_tray.load(Ordering::Relaxed))
}

fn build<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<(TrayIcon<R>, Shown<R>)> {
    let menu = Shown::new(app, menu::locked())?;
    let icon = TrayIconBuilder::with_id("main")
        .icon(State::Locked.icon())
        .tooltip("db-studio")
        .menu(&menu.menu)
        .show_menu_on_left_click(true)
        .on_menu_event(clicked);
    let pictures = app.state::<Folder>().path.join("tray");
    let icon = match folder::make_private(&pictures) {
        Ok(()) => icon.temp_dir_path(pictures).build(app),
        Err(_) => icon.build(app),
    };
    Ok((icon?, menu))
}

async fn keep_current<R: Runtime>(app: AppHandle<R>, mut menu: Shown<R>) {
    let tray = app.state::<Tray<R>>();
    loop {
        if let Err(error) = show_current(&app, &tray, &mut menu).await {
            tracing::warn!(%error, "the tray could not be brought up to date");
        }
        rest::begin(&app).await;
        tray.changed.notified().await;
    }
}

async fn show_current<R: Runtime>(
    app: &AppHandle<R>,
    tray: &Tray<R>,
    menu: &mut Shown<R>,
) -> tauri::Result<()> {
    let studio = app.state::<Studio>();
    let (state, entries) = match studio.connections().await {
        Ok(cards) => {
            if let Ok(settings) = studio.settings().await {
                tray.close_to_tray
                    .store(settings.close_to_tray, Ordering::Relaxed);
            }
            let testing = tray.testing.load(Ordering::Relaxed) > 0;
            (State::of(&cards, testing), menu::unlocked(&cards))
        }
        Err(_) => (State::Locked, menu::locked()),
    };
    // A lock that came while the menu was made must not be overwritten with names.
    let (state, entries) = if studio.user().is_none() {
        (State::Locked, menu::locked())
    } else {
        (state, entries)
    };
    menu.update(entries, &tray.icon)?;
    // Every new picture is a new file, so only one that differs is set.
    if std::mem::replace(&mut *tray.shown(), state) != state {
        tray.icon.set_icon(Some(state.icon()))?;
        tray.icon.set_tooltip(Some(state.tooltip()))?;
    }
    Ok(())
}

fn clicked<R: Runtime>(app: &AppHandle<R>, event: MenuEvent) {
    let app = app.clone();
    match Action::parse(event.id().as_ref()) {
        Some(Action::Open) => window::show(&app),
        Some(Action::Quit) => app.exit(0),
        Some(Action::Lock) => drop(tauri::async_runtime::spawn(async move {
            let _ = app.state::<Studio>().lock().await;
        })),
        Some(Action::Test(id)) => drop(tauri::async_runtime::spawn(async move {
            working(&app, test_one(&app, id)).await;
        })),
        Some(Action::TestAll) => drop(tauri::async_runtime::spawn(async move {
            working(&app, test_all(&app)).await;
        })),
        None => {}
    }
}

/// Shows that something is done, from its beginning until its end has been told.
async fn working<R: Runtime>(app: &AppHandle<R>, work: impl Future<Output = ()>) {
    let tray = app.state::<Tray<R>>();
    tray.testing.fetch_add(1, Ordering::Relaxed);
    tray.changed.notify_one();
    work.await;
    tray.testing.fetch_sub(1, Ordering::Relaxed);
    tray.changed.notify_one();
}

/// Tests a connection and tells how it went.
async fn test_one<R: Runtime>(app: &AppHandle<R>, id: ConnectionId) {
    if let Some((name, outcome)) = test(app, id).await {
        tell(app, state::outcome(&name, &outcome), state::body(&outcome)).await;
    }
}

/// Tests all active connections, one after the other, and tells how they are together.
async fn test_all<R: Runtime>(app: &AppHandle<R>) {
    let Ok(cards) = app.state::<Studio>().connections().await else {
        return;
    };
    let mut outcomes = Vec::new();
    for card in cards.into_iter().filter(|card| card.connection.active) {
        outcomes.extend(test(app, card.connection.id).await);
    }
    let (summary, body) = state::together(&outcomes);
    tell(app, summary, body).await;
}

async fn test<R: Runtime>(app: &AppHandle<R>, id: ConnectionId) -> Option<(String, TestOutcome)> {
    let (studio, tray) = (app.state::<Studio>(), app.state::<Tray<R>>());
    let name = studio.connection(id).await.ok()?.connection.draft.name;
    let run = tray.next_run.fetch_add(1, Ordering::Relaxed);
    let outcome = studio.test_connection(run, id).await;
    Some((name, outcome.ok()?))
}

/// Shows a notification, unless the vault was locked meanwhile: then no name is shown.
async fn tell<R: Runtime>(app: &AppHandle<R>, summary: String, body: String) {
    if app.state::<Studio>().user().is_some() {
        let _ = tauri::async_runtime::spawn_blocking(move || notify::show(&summary, &body)).await;
    }
}
