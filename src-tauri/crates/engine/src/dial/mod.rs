//! The Dialer: how bytes reach a server, and when each stage passed.
//!
//! Drivers have no seam for a caller's own stream and tell no stages apart. So
//! the Dialer resolves and connects by itself, hands the driver a door of its
//! own (a socket in a private folder) and relays the bytes, noting when TLS
//! began, when it was done and when the server first answered. A driver that
//! makes several connections gets a SOCKS5 port instead of a socket. It never
//! changes a byte and never looks behind the encryption. No driver and no
//! protocol of a database lives here.

mod connect;
mod door;
mod link;
mod opening;
mod proxy;
mod relay;
mod resolve;
mod socks;
mod tls;
mod watch;

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use crate::{EngineError, OpContext};

pub use link::Link;
pub use opening::{Opening, TlsAsked};
pub use proxy::Proxy;
pub use tls::TlsVersion;
pub use watch::Stamps;

/// Where a server listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// At a port of a host.
    Tcp {
        /// Its name or its address; IPv6 with or without brackets.
        host: String,
        /// Its port.
        port: u16,
    },
    /// At a Unix socket of this machine.
    Socket {
        /// The path of the socket itself, not of its folder.
        path: PathBuf,
    },
}

impl Endpoint {
    /// A port of a host.
    pub fn tcp(host: impl Into<String>, port: u16) -> Self {
        Self::Tcp {
            host: host.into(),
            port,
        }
    }

    /// A Unix socket.
    pub fn socket(path: impl Into<PathBuf>) -> Self {
        Self::Socket { path: path.into() }
    }
}

impl fmt::Display for Endpoint {
    /// `host:port`, `[address]:port` or the path.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port } => {
                let host = resolve::without_brackets(host);
                if host.contains(':') {
                    write!(f, "[{host}]:{port}")
                } else {
                    write!(f, "{host}:{port}")
                }
            }
            Self::Socket { path } => write!(f, "{}", path.display()),
        }
    }
}

/// What the driver expects of the door it is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkShape {
    /// The file name under which the driver looks for the socket in its folder.
    pub socket_file_name: String,
}

/// Makes links to servers.
#[derive(Debug, Clone, Copy)]
pub struct Dialer;

impl Dialer {
    /// Connects to the server and opens a door through which one driver
    /// connection reaches it, reporting `Resolve` and `Connect` to the
    /// context's observer, each with its own time.
    ///
    /// A stage that fails is reported without its error, which is returned.
    ///
    /// # Errors
    /// `UnknownHost`, `Unreachable`, `TimedOut` or `Cancelled`; nothing is left open.
    pub async fn dial(
        endpoint: &Endpoint,
        shape: &LinkShape,
        cx: &OpContext,
    ) -> Result<Link, EngineError> {
        let server = match endpoint {
            Endpoint::Tcp { host, port } => {
                let addresses = resolve::resolve(host, *port, cx).await?;
                connect::connect_any(&addresses, endpoint, cx).await?
            }
            Endpoint::Socket { path } => connect::connect_socket(path, endpoint, cx).await?,
        };
        Link::open(server, endpoint.to_string(), shape)
    }

    /// Finds out by `seeds` which servers there are, connects to whichever
    /// answers first and opens a door through which a driver reaches these and
    /// all others it learns of, reporting `Resolve` and `Connect` like
    /// [`Dialer::dial`]. A connection made later may take up to `limit`.
    ///
    /// # Errors
    /// Those of `seeds`, `UnknownHost`, `Unreachable`, `TimedOut` or
    /// `Cancelled`; nothing is left open.
    pub async fn proxy(
        seeds: impl Future<Output = Result<Vec<Endpoint>, EngineError>>,
        limit: Duration,
        cx: &OpContext,
    ) -> Result<Proxy, EngineError> {
        proxy::open(seeds, limit, cx).await
    }
}
