//! The door that a driver goes through: it opens once and then is gone.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tempfile::TempDir;

use super::LinkShape;
use super::relay::Wire;

/// The longest path that every Unix accepts for a socket, in bytes.
#[cfg(unix)]
const LONGEST_SOCKET_PATH: usize = 103;

/// A place where exactly one connection is accepted.
#[derive(Debug)]
pub(super) struct Door {
    listener: Listener,
    folder: Arc<Folder>,
}

#[derive(Debug)]
enum Listener {
    #[cfg(unix)]
    Socket(tokio::net::UnixListener),
    #[cfg(not(unix))]
    Loopback(tokio::net::TcpListener),
}

impl Door {
    /// Makes the door: a socket in a fresh folder that only this user may enter.
    #[cfg(unix)]
    pub(super) fn make(shape: &LinkShape) -> io::Result<Self> {
        let folder = private_folder(shape)?;
        let listener = tokio::net::UnixListener::bind(folder.path().join(&shape.socket_file_name))?;
        Ok(Self {
            listener: Listener::Socket(listener),
            folder: Arc::new(Folder::new(folder)),
        })
    }

    /// Makes the door: a port of this machine, as there are no sockets to bind.
    #[cfg(not(unix))]
    pub(super) fn make(_: &LinkShape) -> io::Result<Self> {
        let listener = std::net::TcpListener::bind((std::net::Ipv4Addr::LOCALHOST, 0))?;
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        Ok(Self {
            listener: Listener::Loopback(listener),
            folder: Arc::new(Folder::none()),
        })
    }

    /// The folder of the socket, to be removed when the link ends.
    pub(super) fn folder(&self) -> Arc<Folder> {
        Arc::clone(&self.folder)
    }

    /// The port of the door where it is one; 0 where it is a socket.
    #[cfg(unix)]
    pub(super) fn port(&self) -> u16 {
        0
    }

    /// The port of the door where it is one; 0 where it is a socket.
    #[cfg(not(unix))]
    pub(super) fn port(&self) -> u16 {
        let Listener::Loopback(listener) = &self.listener;
        listener
            .local_addr()
            .map(|address| address.port())
            .unwrap_or_default()
    }

    /// Waits for the driver; afterwards nobody else comes through, and the
    /// folder is gone.
    pub(super) async fn enter(self) -> io::Result<Wire> {
        let wire = match &self.listener {
            #[cfg(unix)]
            Listener::Socket(listener) => Wire::Unix(listener.accept().await?.0),
            #[cfg(not(unix))]
            Listener::Loopback(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Wire::Tcp(stream)
            }
        };
        self.folder.remove();
        Ok(wire)
    }
}

/// A private folder that is removed once: when the driver is through, or with the link.
#[derive(Debug)]
pub(super) struct Folder {
    path: Option<PathBuf>,
    kept: Mutex<Option<TempDir>>,
}

impl Folder {
    #[cfg(unix)]
    fn new(folder: TempDir) -> Self {
        Self {
            path: Some(folder.path().to_owned()),
            kept: Mutex::new(Some(folder)),
        }
    }

    #[cfg(not(unix))]
    fn none() -> Self {
        Self {
            path: None,
            kept: Mutex::new(None),
        }
    }

    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    pub(super) fn remove(&self) {
        drop(
            self.kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
    }
}

#[cfg(unix)]
fn private_folder(shape: &LinkShape) -> io::Result<TempDir> {
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;

    let mut builder = tempfile::Builder::new();
    builder
        .prefix("db-studio-")
        .permissions(std::fs::Permissions::from_mode(0o700));
    let folder = builder.tempdir()?;
    let length = folder.path().as_os_str().as_bytes().len() + 1 + shape.socket_file_name.len();
    if length <= LONGEST_SOCKET_PATH {
        Ok(folder)
    } else {
        builder.tempdir_in("/tmp")
    }
}
