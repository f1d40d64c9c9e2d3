//! The environment that db-studio runs in: without what drivers would read by themselves.

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

#[cfg(unix)]
fn start_without(names: &[&&str]) {
    use std::os::unix::process::CommandExt;
    use std::process::Command;

    let Ok(program) = std::env::current_exe() else {
        return;
    };
    let mut again = Command::new(program);
    again.args(std::env::args_os().skip(1));
    for name in names {
        again.env_remove(name);
    }
    let error = again.exec();
    tracing::warn!(%error, "could not start again without {names:?}");
}

#[cfg(not(unix))]
fn start_without(_: &[&&str]) {}
