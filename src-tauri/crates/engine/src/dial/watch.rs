//! What passes over a link, and when; contents are looked at only as far as
//! the headers of TLS, and nothing of them is kept.

use std::sync::{Mutex, PoisonError};

use tokio::time::Instant;

use super::tls::{ClientSide, ServerSide, TlsVersion};

/// What has passed over a link so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stamps {
    /// When the driver sent its first byte.
    pub first_sent: Option<Instant>,
    /// When the server sent its first byte.
    pub first_answer: Option<Instant>,
    /// When the driver began TLS.
    pub tls_started: Option<Instant>,
    /// When the driver had finished its part of the handshake and went on.
    pub tls_done: Option<Instant>,
    /// The version of TLS that the server chose.
    pub tls_version: Option<TlsVersion>,
    /// Bytes from the driver to the server.
    pub bytes_sent: u64,
    /// Bytes from the server to the driver.
    pub bytes_received: u64,
}

/// Watches one link.
#[derive(Debug)]
pub(super) struct Watch {
    local_socket: bool,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    stamps: Stamps,
    client: ClientSide,
    server: ServerSide,
    far_end: Option<String>,
}

impl Watch {
    pub(super) fn new(local_socket: bool) -> Self {
        Self {
            local_socket,
            seen: Mutex::default(),
        }
    }

    pub(super) fn is_local_socket(&self) -> bool {
        self.local_socket
    }

    pub(super) fn stamps(&self) -> Stamps {
        self.with(|seen| seen.stamps)
    }

    pub(super) fn far_end(&self) -> Option<String> {
        self.with(|seen| seen.far_end.clone())
    }

    pub(super) fn far_end_is(&self, detail: String) {
        self.with(|seen| seen.far_end = Some(detail));
    }

    /// The driver sends these bytes.
    pub(super) fn sent(&self, bytes: &[u8]) {
        let now = Instant::now();
        self.with(|seen| {
            seen.stamps.first_sent.get_or_insert(now);
            seen.stamps.bytes_sent += bytes.len() as u64;
            seen.client.feed(bytes);
            if seen.client.began() {
                seen.stamps.tls_started.get_or_insert(now);
            }
            if seen.client.finished() {
                seen.stamps.tls_done.get_or_insert(now);
            }
        });
    }

    /// The server sends these bytes.
    pub(super) fn received(&self, bytes: &[u8]) {
        let now = Instant::now();
        self.with(|seen| {
            seen.stamps.first_answer.get_or_insert(now);
            seen.stamps.bytes_received += bytes.len() as u64;
            if seen.client.began() {
                seen.server.feed(bytes);
                seen.stamps.tls_version = seen.server.version();
            }
        });
    }

    fn with<T>(&self, look: impl FnOnce(&mut Seen) -> T) -> T {
        look(&mut self.seen.lock().unwrap_or_else(PoisonError::into_inner))
    }
}
