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

/// Starts the program anew where there is no graphics card, so that the web view draws
/// without one: through a card that a library only plays, the same takes a hundred MiB
/// more. Whoever has set the variable has chosen.
#[cfg(target_os = "linux")]
pub(crate) fn draw_plainly() {
    const PLAINLY: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    let has_card = std::fs::read_dir("/dev/dri").is_ok_and(|mut cards| cards.next().is_some());
    if !has_card && std::env::var_os(PLAINLY).is_none() {
        start_again(|again| {
            again.env(PLAINLY, "1");
        });
    }
}

/// Here a graphics card is always there.
#[cfg(not(target_os = "linux"))]
pub(crate) fn draw_plainly() {}

#[cfg(unix)]
fn start_without(names: &[&&str]) {
    start_again(|again| {
        for name in names {
            again.env_remove(name);
        }
    });
}

#[cfg(unix)]
fn start_again(change: impl FnOnce(&mut std::process::Command)) {
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
