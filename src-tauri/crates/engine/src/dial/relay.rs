//! Bytes from one side to the other, unchanged and in order.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

use super::door::Door;
use super::watch::Watch;

/// How long the driver's last bytes may still take after the link was dropped.
const FAREWELL: Duration = Duration::from_millis(200);

/// Bytes taken at once; a server's packet of rows fits.
const BUFFER: usize = 32 * 1024;

type Reader = Box<dyn AsyncRead + Send + Unpin>;
type Writer = Box<dyn AsyncWrite + Send + Unpin>;

/// A connected stream of either sort.
#[derive(Debug)]
pub(super) enum Wire {
    /// Over the network.
    Tcp(TcpStream),
    /// Within this machine.
    #[cfg(unix)]
    Unix(tokio::net::UnixStream),
}

impl Wire {
    pub(super) fn is_local(&self) -> bool {
        !matches!(self, Self::Tcp(_))
    }

    fn split(self) -> (Reader, Writer) {
        match self {
            Self::Tcp(stream) => {
                let (reader, writer) = stream.into_split();
                (Box::new(reader), Box::new(writer))
            }
            #[cfg(unix)]
            Self::Unix(stream) => {
                let (reader, writer) = stream.into_split();
                (Box::new(reader), Box::new(writer))
            }
        }
    }
}

/// Waits for the driver, then relays until either side closes or `end` is called.
pub(super) async fn relay(door: Door, server: Wire, watch: Arc<Watch>, end: CancellationToken) {
    let driver = tokio::select! {
        driver = door.enter() => driver,
        () = end.cancelled() => return,
    };
    let Ok(driver) = driver else { return };
    let ended = async {
        end.cancelled().await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        () = both_ways(driver, server, &watch) => {}
        () = ended => {}
    }
}

/// Why bytes stopped going one way.
enum Stop {
    /// The side they come from closed.
    Closed,
    /// Reading from that side failed.
    Unread(io::Error),
    /// The side they go to takes no more.
    Untaken(io::Error),
}

async fn both_ways(driver: Wire, server: Wire, watch: &Watch) {
    let (from_driver, to_driver) = driver.split();
    let (from_server, to_server) = server.split();
    let up = pump(from_driver, to_server, |bytes| watch.sent(bytes));
    let down = pump(from_server, to_driver, |bytes| watch.received(bytes));
    tokio::pin!(up, down);
    let stop = tokio::select! {
        stop = &mut down => stop,
        stop = &mut up => match stop {
            // The server may have said why before it stopped listening.
            Stop::Untaken(failure) => match down.await {
                Stop::Closed => Stop::Unread(failure),
                other => other,
            },
            Stop::Closed | Stop::Unread(_) => return,
        },
    };
    // Noted before the driver's side closes, so that it is there when the driver looks.
    match stop {
        Stop::Closed => watch.far_end_is("The server closed the connection.".to_owned()),
        Stop::Unread(failure) => watch.far_end_is(failure.to_string()),
        Stop::Untaken(_) => {}
    }
}

/// Ends when the source does; what it read by then has been written.
async fn pump(mut from: Reader, mut to: Writer, seen: impl Fn(&[u8])) -> Stop {
    let mut buffer = vec![0; BUFFER];
    loop {
        let length = match from.read(&mut buffer).await {
            Ok(0) => return Stop::Closed,
            Ok(length) => length,
            Err(failure) => return Stop::Unread(failure),
        };
        let Some(bytes) = buffer.get(..length) else {
            return Stop::Closed;
        };
        // Seen before it is passed on: the answer to it must find it noted.
        seen(bytes);
        if let Err(failure) = to.write_all(bytes).await {
            return Stop::Untaken(failure);
        }
    }
}
