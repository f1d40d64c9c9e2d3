//! A link: the door, the relay behind it and what was seen to pass.

use std::path::Path;
use std::sync::Arc;

use tokio_util::sync::{CancellationToken, DropGuard};

use super::door::{Door, Folder};
use super::relay::{Wire, relay};
use super::watch::Watch;
use super::{LinkShape, Stamps};
use crate::EngineError;

/// A way to one server for one connection of a driver.
///
/// It must live as long as that connection: dropping it closes both sides. Drop
/// the driver's connection first, so that its farewell still passes.
#[derive(Debug)]
pub struct Link {
    address: String,
    folder: Arc<Folder>,
    port: u16,
    watch: Arc<Watch>,
    _relay: DropGuard,
}

impl Link {
    pub(super) fn open(
        server: Wire,
        address: String,
        shape: &LinkShape,
    ) -> Result<Self, EngineError> {
        let local = server.is_local();
        let door = Door::make(shape).map_err(|source| EngineError::Unreachable {
            address: "the private socket in the folder for temporary files".to_owned(),
            source,
        })?;
        let (folder, port) = (door.folder(), door.port());
        let watch = Arc::new(Watch::new(local));
        let end = CancellationToken::new();
        tokio::spawn(relay(door, server, Arc::clone(&watch), end.clone()));
        Ok(Self {
            address,
            folder,
            port,
            watch,
            _relay: end.drop_guard(),
        })
    }

    /// The folder in which the driver finds the socket under the name that its
    /// shape gave; absent where the door is a port.
    pub fn socket_dir(&self) -> Option<&Path> {
        self.folder.path()
    }

    /// The loopback port of the door where there are no sockets; 0 elsewhere.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The server's address as the user gave it: `host:port` or the path of its socket.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// What has passed so far, and when.
    pub fn stamps(&self) -> Stamps {
        self.watch.stamps()
    }

    /// Whether the server listens at a Unix socket.
    pub fn is_local_socket(&self) -> bool {
        self.watch.is_local_socket()
    }

    /// How the server's side ended, if it has: what a driver's own error does not tell.
    pub fn lost(&self) -> Option<EngineError> {
        let detail = self.watch.far_end()?;
        Some(EngineError::ConnectionLost {
            address: self.address.clone(),
            detail,
        })
    }
}

impl Drop for Link {
    fn drop(&mut self) {
        self.folder.remove();
    }
}
