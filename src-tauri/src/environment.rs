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

/// Starts the program anew with what the web view and the memory have to be told, where
/// any of it is not said yet. Whoever has set a variable has chosen.
#[cfg(target_os = "linux")]
pub(crate) fn settle() {
    let has_card = std::fs::read_dir("/dev/dri").is_ok_and(|mut cards| cards.next().is_some());
    let missing = missing(has_card, |name| std::env::var_os(name).is_some());
    if !missing.is_empty() {
        start_again(|again| {
            again.envs(missing);
        });
    }
}

/// What is not said yet, on a machine with or without a graphics card.
#[cfg(target_os = "linux")]
fn missing(has_card: bool, is_set: impl Fn(&str) -> bool) -> Vec<(&'static str, &'static str)> {
    let plainly = if has_card { &[][..] } else { PLAINLY };
    let all = LEAN.iter().chain(plainly);
    all.filter(|(name, _)| !is_set(name)).copied().collect()
}

/// Large pieces of memory go back to the system as soon as they are free, and threads
/// share what is free. The page's scripts run for milliseconds: compiling them once more for
/// speed would cost seven MiB and gain nothing.
#[cfg(target_os = "linux")]
const LEAN: &[(&str, &str)] = &[
    ("MALLOC_ARENA_MAX", "2"),
    ("MALLOC_MMAP_THRESHOLD_", "131072"),
    ("MALLOC_TRIM_THRESHOLD_", "131072"),
    ("JSC_useDFGJIT", "false"),
];

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

    fn names(has_card: bool, set: &[&str]) -> Vec<&'static str> {
        let missing = missing(has_card, |name| set.contains(&name));
        missing.into_iter().map(|(name, _)| name).collect()
    }

    #[test]
    fn what_somebody_has_set_is_left_alone() {
        let chosen = names(false, &["GDK_GL"]);
        assert!(!chosen.contains(&"GDK_GL"), "chosen already");
        assert!(chosen.contains(&"MALLOC_ARENA_MAX"), "not chosen");
    }

    #[test]
    fn a_machine_with_a_graphics_card_draws_with_it() {
        let with_card = names(true, &[]);
        let drawn_plainly = |name: &&str| PLAINLY.iter().any(|(plainly, _)| plainly == name);
        assert!(!with_card.iter().any(drawn_plainly), "{with_card:?}");
    }

    #[test]
    fn the_program_starts_anew_once_only() {
        assert!(
            names(false, &names(false, &[])).is_empty(),
            "nothing is missing once all is set"
        );
    }
}
