//! Ctrl-C: the first asks the work to stop, the second ends at once.

use tokio_util::sync::CancellationToken;

/// A token that Ctrl-C cancels.
pub(super) fn on_interrupt() -> CancellationToken {
    let stop = CancellationToken::new();
    let asked = stop.clone();
    let set = ctrlc::set_handler(move || {
        if asked.is_cancelled() {
            std::process::exit(1);
        }
        asked.cancel();
    });
    if let Err(error) = set {
        tracing::warn!(%error, "Ctrl-C ends at once");
    }
    stop
}
