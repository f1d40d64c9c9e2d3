//! The Dialer on real sockets: what it reaches and reports, that no byte is
//! lost or changed on the way, and what it leaves behind.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

#[path = "dial/reaching.rs"]
mod reaching;
#[path = "dial/relaying.rs"]
mod relaying;
#[path = "dial/stages.rs"]
mod stages;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use engine::OpContext;
use engine::conformance::Recorder;
use engine::dial::{Dialer, Endpoint, Link, LinkShape};
use tokio::net::{TcpListener, TcpStream, UnixStream};

const NAME: &str = ".s.TEST.1";

/// Longer than anything here takes; only a hang reaches it.
const PATIENCE: Duration = Duration::from_secs(30);

fn shape() -> LinkShape {
    LinkShape {
        socket_file_name: NAME.to_owned(),
    }
}

fn watched(limit: Duration) -> (OpContext, Arc<Recorder>) {
    let recorder = Recorder::new();
    (
        OpContext::lasting(limit).observed(recorder.clone()),
        recorder,
    )
}

async fn dial(address: SocketAddr) -> Link {
    let endpoint = Endpoint::tcp(address.ip().to_string(), address.port());
    let link = Dialer::dial(&endpoint, &shape(), &OpContext::lasting(PATIENCE)).await;
    link.expect("the server listens")
}

fn socket_of(link: &Link) -> PathBuf {
    link.socket_dir()
        .expect("a Unix socket is the door")
        .join(NAME)
}

async fn enter(link: &Link) -> UnixStream {
    UnixStream::connect(socket_of(link))
        .await
        .expect("the door is open")
}

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

/// A link to a server that the test itself plays.
async fn played() -> (Link, UnixStream, TcpStream) {
    let (listener, address) = listener().await;
    let (link, accepted) = tokio::join!(dial(address), listener.accept());
    let driver = enter(&link).await;
    (link, driver, accepted.unwrap().0)
}

/// A port whose queue of callers is full: the system drops whoever calls next.
struct Deaf {
    address: SocketAddr,
    _callers: Vec<TcpStream>,
    _socket: socket2::Socket,
}

impl Deaf {
    async fn new() -> Self {
        let socket =
            socket2::Socket::new(socket2::Domain::IPV4, socket2::Type::STREAM, None).unwrap();
        socket
            .bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into())
            .unwrap();
        socket.listen(0).unwrap();
        let address = socket.local_addr().unwrap().as_socket().unwrap();
        let mut callers = Vec::new();
        // The queue is full once a caller gets no answer any more.
        while let Ok(caller) =
            tokio::time::timeout(Duration::from_millis(300), TcpStream::connect(address)).await
        {
            callers.push(caller.unwrap());
        }
        Self {
            address,
            _callers: callers,
            _socket: socket,
        }
    }
}
