//! From addresses to a connected stream.

use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use model::Stage;
use socket2::{SockRef, TcpKeepalive};
use tokio::net::TcpStream;
use tokio::task::JoinSet;

use super::Endpoint;
use super::opening::Running;
use super::relay::Wire;
use crate::{EngineError, OpContext};

/// How long an address is tried alone before the next one is tried beside it.
const HEAD_START: Duration = Duration::from_millis(250);

/// Silence after which the system asks whether the server is still there, so
/// that firewalls keep an idle session and a vanished server is noticed.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// Connects to whichever address answers first; each gets a head start over the next.
pub(super) async fn connect_any(
    addresses: &[SocketAddr],
    endpoint: &Endpoint,
    cx: &OpContext,
) -> Result<Wire, EngineError> {
    let stage = Running::begin(Stage::Connect, cx);
    let attempt = race_to(addresses, endpoint);
    let stream = match cx.guard(&format!("connect to {endpoint}"), attempt).await {
        Ok(stream) => stream,
        Err(error) => {
            stage.failed(&error);
            return Err(error);
        }
    };
    stage.passed(note(&stream, addresses));
    Ok(Wire::Tcp(stream))
}

/// Connects to a Unix socket; `Resolve` does not apply to it.
#[cfg(unix)]
pub(super) async fn connect_socket(
    path: &Path,
    endpoint: &Endpoint,
    cx: &OpContext,
) -> Result<Wire, EngineError> {
    Running::begin(Stage::Resolve, cx).skipped("local socket");
    let stage = Running::begin(Stage::Connect, cx);
    let attempt = async {
        let stream = tokio::net::UnixStream::connect(path).await;
        stream.map_err(|source| unreachable(endpoint, source))
    };
    match cx.guard(&format!("connect to {endpoint}"), attempt).await {
        Ok(stream) => {
            stage.passed(Some("socket answers".to_owned()));
            Ok(Wire::Unix(stream))
        }
        Err(error) => {
            stage.failed(&error);
            Err(error)
        }
    }
}

/// There are no such sockets here.
#[cfg(not(unix))]
pub(super) async fn connect_socket(
    _: &Path,
    endpoint: &Endpoint,
    _: &OpContext,
) -> Result<Wire, EngineError> {
    Err(EngineError::Unsupported {
        what: format!("The Unix socket {endpoint}"),
    })
}

/// Connects to whichever address of a server answers first; reports nothing.
pub(super) async fn race_to(
    addresses: &[SocketAddr],
    endpoint: &Endpoint,
) -> Result<TcpStream, EngineError> {
    race(addresses)
        .await
        .map_err(|source| unreachable(endpoint, source))
}

async fn race(addresses: &[SocketAddr]) -> io::Result<TcpStream> {
    let mut waiting = addresses.iter().copied();
    let mut attempts = JoinSet::new();
    let mut failures = Vec::new();
    loop {
        let next = waiting.next();
        let none_left = next.is_none();
        if let Some(address) = next {
            attempts.spawn(connect_one(address));
        }
        loop {
            let ended = tokio::select! {
                ended = attempts.join_next() => ended,
                () = tokio::time::sleep(HEAD_START), if !none_left => break,
            };
            match ended {
                Some(Ok(Ok(stream))) => return Ok(stream),
                Some(Ok(Err(failure))) => failures.push(failure),
                Some(Err(broken)) => failures.push(io::Error::other(broken)),
                None => return Err(most_telling(failures)),
            }
            if !none_left {
                break;
            }
        }
    }
}

async fn connect_one(address: SocketAddr) -> io::Result<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    let keepalive = TcpKeepalive::new()
        .with_time(KEEPALIVE)
        .with_interval(KEEPALIVE / 3);
    SockRef::from(&stream).set_tcp_keepalive(&keepalive)?;
    Ok(stream)
}

/// A server that refuses says more than a family of addresses that has no route.
fn most_telling(failures: Vec<io::Error>) -> io::Error {
    let says_little = |failure: &io::Error| {
        matches!(
            failure.kind(),
            io::ErrorKind::NetworkUnreachable
                | io::ErrorKind::HostUnreachable
                | io::ErrorKind::AddrNotAvailable
        )
    };
    failures
        .into_iter()
        .min_by_key(says_little)
        .unwrap_or_else(|| io::Error::new(io::ErrorKind::NotFound, "there is no address to try"))
}

fn unreachable(endpoint: &Endpoint, source: io::Error) -> EngineError {
    EngineError::Unreachable {
        address: endpoint.to_string(),
        source,
    }
}

fn note(stream: &TcpStream, addresses: &[SocketAddr]) -> Option<String> {
    let peer = stream.peer_addr().ok()?;
    Some(match addresses {
        [_] => format!("port {} answers", peer.port()),
        _ => format!("{}, port {} answers", peer.ip(), peer.port()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_tells_more_than_a_missing_route() {
        let failures = vec![
            io::Error::from(io::ErrorKind::NetworkUnreachable),
            io::Error::from(io::ErrorKind::ConnectionRefused),
        ];
        let told = most_telling(failures).kind();
        assert_eq!(
            told,
            io::ErrorKind::ConnectionRefused,
            "the family without a route is noise"
        );
    }

    #[tokio::test]
    async fn the_second_address_answers_when_the_first_refuses() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = listener.local_addr().unwrap();
        let gone = tokio::net::TcpListener::bind("127.0.0.2:0").await.unwrap();
        let closed = gone.local_addr().unwrap();
        drop(gone);
        let stream = race(&[closed, open]).await.unwrap();
        assert_eq!(
            stream.peer_addr().unwrap(),
            open,
            "the address that answers is used"
        );
        assert!(
            stream.nodelay().unwrap(),
            "small messages are not held back"
        );
    }
}
