//! The environment that db-studio runs in: without what drivers would read by themselves,
//! and with what the web view needs to know of the machine.

use services::REGISTRY;

/// Starts the program anew without the variables that an engine's driver reads by
/// itself, if any is set: one server's settings must never reach another. Where
/// that cannot be done, the engine refuses to connect and names the variable.
pub(crate) fn shed() {
    let set = |name: &&&str| std::env::var_os(name).is_some();
    let unwanted: Vec<_> = REGISTRY
        .descriptors()
        .flat_map(|descriptor| descriptor.environment)
        .filter(set)
        .collect();
    if !unwanted.is_empty() {
        start_without(&unwanted);
    }
}

/// Says what the web view and the memory have to be told, where that is not said yet. Whoever
/// has set a variable has chosen. The memory is told before a program begins: by the
/// desktop's entry, else by starting anew, which loads all libraries a second time.
#[cfg(target_os = "linux")]
pub(crate) fn settle() {
    let has_card = std::fs::read_dir("/dev/dri").is_ok_and(|mut cards| cards.next().is_some());
    for (name, value) in page(has_card) {
        let _ = gtk::glib::setenv(name, value, false);
    }
    let missing = missing(|name| std::env::var_os(name).is_some());
    if !missing.is_empty() {
        start_again(|again| {
            again.envs(missing);
        });
    }
}

/// What the web view is told, on a machine with or without a graphics card.
#[cfg(target_os = "linux")]
fn page(has_card: bool) -> impl Iterator<Item = (&'static str, &'static str)> {
    let plainly = if has_card { &[][..] } else { PLAINLY };
    plainly.iter().copied().chain([ONCE])
}

/// What the memory is not told yet.
#[cfg(target_os = "linux")]
fn missing(is_set: impl Fn(&str) -> bool) -> Vec<(&'static str, &'static str)> {
    let all = MEMORY.iter().copied();
    all.filter(|(name, _)| !is_set(name)).collect()
}

/// Large pieces of memory go back to the system as soon as they are free, and threads
/// share what is free.
#[cfg(target_os = "linux")]
const MEMORY: &[(&str, &str)] = &[
    ("MALLOC_ARENA_MAX", "2"),
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
    ("MALLOC_TRIM_THRESHOLD_", "131072"),
];

/// The page's scripts run for milliseconds: compiling them once more for speed would cost
/// seven MiB and gain nothing.
#[cfg(target_os = "linux")]
const ONCE: (&str, &str) = ("JSC_useDFGJIT", "false");

/// Without a graphics card nothing is drawn through one that a library only plays, which
/// takes a hundred MiB more; and our own process does not load that library to ask.
#[cfg(target_os = "linux")]
const PLAINLY: &[(&str, &str)] = &[
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    ("WEBKIT_WEB_RENDER_DEVICE_FILE", "/dev/null"),
    ("GDK_GL", "disable"),
];

/// Here nothing has to be told.
#[cfg(not(target_os = "linux"))]
pub(crate) fn settle() {}

#[cfg(unix)]
fn start_without(names: &[&&str]) {
    start_again(|again| {
        for name in names {
            again.env_remove(name);
        }
    });
}

/// Starts the program anew in this process, with the same arguments and what `change`
/// changes; comes back where that cannot be done.
#[cfg(unix)]
pub(crate) fn start_again(change: impl FnOnce(&mut std::process::Command)) {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    change(&mut again);
    let error = again.exec();
    tracing::warn!(%error, "the program could not start itself again");
}

#[cfg(not(unix))]
fn start_without(_: &[&&str]) {}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_has_set_is_left_alone() {
        let missing = missing(|name| name == "MALLOC_ARENA_MAX");
        let is_missing = |asked| missing.iter().any(|(name, _)| *name == asked);
        assert!(!is_missing("MALLOC_ARENA_MAX"), "chosen already");
        assert!(is_missing("MALLOC_TRIM_THRESHOLD_"), "not chosen");
    }

    #[test]
    fn a_machine_with_a_graphics_card_draws_with_it() {
        assert!(
            page(true).all(|told| !PLAINLY.contains(&told)),
            "nothing keeps the web view from the card"
        );
    }

    #[test]
    fn a_program_started_by_the_desktop_starts_once() {
        let entry = include_str!("../db-studio.desktop");
        let command = entry.lines().find_map(|line| line.strip_prefix("Exec="));
        let told: Vec<_> = command
            .into_iter()
            .flat_map(str::split_whitespace)
            .filter_map(|word| word.split_once('='))
            .collect();
        assert_eq!(told, MEMORY, "the entry tells the memory all");
    }
}
