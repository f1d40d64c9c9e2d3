//! Rest: in the tray, without a window, the program starts itself anew. What a web view has
//! brought into a process stays there to its end; the new one has never had any, and takes
//! half the memory. What is open goes on: it is handed over through a pipe.

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};

use model::Secret;
use serde::{Deserialize, Serialize};
use services::Studio;
use tauri::{AppHandle, Manager, Runtime};
use zeroize::{Zeroize, Zeroizing};

use crate::commands::place::Left;
use crate::{tray, window};

/// Tells the program on its command line that it goes on in the tray.
const ARGUMENT: &str = "--in-tray";

/// Whether this process has had a web view.
#[derive(Debug, Default)]
pub(crate) struct Awake(AtomicBool);

impl Awake {
    /// From now on it has.
    pub(crate) fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What goes on.
#[derive(Serialize, Deserialize)]
struct Open {
    studio: String,
    left: Option<String>,
}

impl Drop for Open {
    fn drop(&mut self) {
        self.studio.zeroize();
    }
}

/// Starts the program anew where there is no window any more and nothing runs. Comes
/// back where it stays as it is.
pub(crate) async fn begin<R: Runtime>(app: &AppHandle<R>) {
    if !may_begin(app) {
        return;
    }
    keep_copied(app).await;
    let open = match app.state::<Studio>().hand_over().await {
        Ok(open) => open,
        Err(error) => return tracing::warn!(%error, "the program does not rest"),
    };
    let left = app.state::<Left>().get();
    // Somebody may have come back meanwhile.
    if may_begin(app)
        && let Err(error) = go(&open, left)
    {
        tracing::warn!(%error, "the program does not rest");
    }
}

fn may_begin<R: Runtime>(app: &AppHandle<R>) -> bool {
    // Whoever drives the window from outside would lose it.
    let is_driven = std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some();
    cfg!(target_os = "linux")
        && app.state::<Awake>().0.load(Ordering::Relaxed)
        && !is_driven
        && !window::is_open(app)
        && !tray::is_working(app)
        && app.state::<Studio>().is_at_rest()
}

/// Asks the desktop to keep what was copied in the window: a display forgets what a
/// program has copied as soon as that leaves.
#[cfg(target_os = "linux")]
async fn keep_copied<R: Runtime>(app: &AppHandle<R>) {
    let (done, kept) = tokio::sync::oneshot::channel();
    let asked = app.run_on_main_thread(|| {
        gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).store();
        let _ = done.send(());
    });
    if asked.is_ok() {
        let _ = kept.await;
    }
}

#[cfg(not(target_os = "linux"))]
async fn keep_copied<R: Runtime>(_: &AppHandle<R>) {}

#[cfg(target_os = "linux")]
fn go(studio: &Secret, left: Option<String>) -> std::io::Result<()> {
    use std::io::{Error, ErrorKind, Write};
    use std::process::Stdio;

    // A program that was replaced meanwhile is not known.
    if !std::env::current_exe()?.try_exists()? {
        return Err(Error::new(
            ErrorKind::NotFound,
            "the program is not there any more",
        ));
    }
    let open = Open {
        studio: studio.expose().to_owned(),
        left,
    };
    let text = Zeroizing::new(serde_json::to_vec(&open)?);
    let (reader, mut writer) = std::io::pipe()?;
    // Nobody reads yet, so all of it must have room.
    rustix::pipe::fcntl_setpipe_size(&writer, text.len())?;
    writer.write_all(&text)?;
    drop(writer);
    tracing::info!("db-studio goes on in the tray");
    let has_rested_before = std::env::args_os().any(|argument| argument == ARGUMENT);
    crate::environment::start_again(|again| {
        again.stdin(Stdio::from(reader));
        if !has_rested_before {
            again.arg(ARGUMENT);
        }
    });
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn go(_: &Secret, _: Option<String>) -> std::io::Result<()> {
    Ok(())
}

/// Takes over what the process before has handed over. Nobody is signed in where that
/// does not succeed.
pub(crate) fn go_on<R: Runtime>(app: &AppHandle<R>) {
    bury();
    let mut text = Zeroizing::new(String::new());
    let read = std::io::stdin().read_to_string(&mut text);
    let Some(mut open) = read
        .ok()
        .and_then(|_| serde_json::from_str::<Open>(&text).ok())
    else {
        return tracing::warn!("nothing was handed over");
    };
    let studio = Secret::new(std::mem::take(&mut open.studio));
    let taken = tauri::async_runtime::block_on(app.state::<Studio>().take_over(&studio));
    match taken {
        Ok(()) => app.state::<Left>().put(open.left.take()),
        Err(error) => tracing::warn!(%error, "what was handed over could not be taken over"),
    }
}

/// Waits for the web view's processes, which end with what they belonged to: they were
/// children of this process before it became another program.
#[cfg(target_os = "linux")]
fn bury() {
    use rustix::process::{Pid, WaitOptions, waitpid};

    let Ok(children) = std::fs::read_to_string("/proc/thread-self/children") else {
        return;
    };
    let children: Vec<_> = children.split_whitespace().map(str::to_owned).collect();
    std::thread::spawn(move || {
        for child in children {
            let pid = child.parse().ok().and_then(Pid::from_raw);
            let _ = waitpid(pid, WaitOptions::empty());
        }
    });
}

/// Here no process becomes another.
#[cfg(not(target_os = "linux"))]
fn bury() {}
