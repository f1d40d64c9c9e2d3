//! What the web view leaves behind when its window is gone.

/// Ends the process through which web views load, which the library keeps for as long as
/// the program runs; with the next web view it makes a new one.
#[cfg(target_os = "linux")]
pub(crate) fn end_loading() {
    use rustix::process::{Pid, Signal, kill_process};

    for pid in children_called("WebKitNetworkPr") {
        let ended = Pid::from_raw(pid).map(|pid| kill_process(pid, Signal::TERM));
        if let Some(Err(error)) = ended {
            tracing::debug!(%error, "the process that loads could not be ended");
        }
    }
}

/// Elsewhere the library ends it by itself.
#[cfg(not(target_os = "linux"))]
pub(crate) fn end_loading() {}

/// The processes that this one has begun and that have this name.
#[cfg(target_os = "linux")]
fn children_called(name: &str) -> Vec<i32> {
    let own = std::process::id().to_string();
    let entries = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let pids = entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    pids.filter(|pid: &i32| {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        is_child(&stat, name, &own)
    })
    .collect()
}

/// Whether the kernel's line about a process names it so, and the process that began it.
#[cfg(target_os = "linux")]
fn is_child(stat: &str, name: &str, parent: &str) -> bool {
    // A name may hold any letter, also a bracket: it ends at the last one.
    let Some((head, rest)) = stat.rsplit_once(") ") else {
        return false;
    };
    let called = head.split_once(" (").is_some_and(|(_, own)| own == name);
    called && rest.split(' ').nth(1) == Some(parent)
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn only_own_processes_of_the_name_are_ended() {
        let stat = "4321 (WebKitNetworkPr) S 77 4321 4321 0 -1";
        assert!(is_child(stat, "WebKitNetworkPr", "77"), "our own");
        assert!(!is_child(stat, "WebKitNetworkPr", "7"), "another program's");
        assert!(!is_child(stat, "WebKitWebProces", "77"), "another name");
        let hostile = "1 (a (WebKitNetworkPr) S 77) S 5 1 1 0 -1";
        assert!(
            !is_child(hostile, "WebKitNetworkPr", "77"),
            "a name that looks like a line of its own"
        );
    }

    #[test]
    fn a_process_that_was_begun_here_is_found() {
        let mut child = std::process::Command::new("sleep")
            .arg("60")
            .spawn()
            .expect("a process can be begun");
        let found = children_called("sleep");
        child.kill().expect("it can be ended");
        child.wait().expect("it has ended");
        let pid = i32::try_from(child.id()).expect("numbers of processes are small");
        assert!(found.contains(&pid), "{found:?} has {pid}");
    }
}
