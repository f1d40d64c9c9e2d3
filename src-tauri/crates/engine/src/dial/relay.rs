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
    let work = async {
        if let Ok(driver) = door.enter().await {
            both_ways(driver, server, &watch).await;
        }
    };
    until_the_end(work, end).await;
}

/// Relays between a driver that is there already and its server.
pub(super) async fn relay_between(
    driver: Wire,
    server: Wire,
    watch: &Watch,
    end: CancellationToken,
) {
    until_the_end(both_ways(driver, server, watch), end).await;
}

async fn until_the_end(work: impl Future<Output = ()>, end: CancellationToken) {
    let ended = async {
        end.cancelled().await;
        tokio::time::sleep(FAREWELL).await;
    };
    tokio::select! {
        () = work => {}
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
    Untaken,
}

async fn both_ways(driver: Wire, server: Wire, watch: &Watch) {
    let (mut from_driver, mut to_driver) = driver.split();
    let (mut from_server, mut to_server) = server.split();
    let stop = {
        let up = pump(&mut from_driver, &mut to_server, |bytes| watch.sent(bytes));
        let down = pump(&mut from_server, &mut to_driver, |bytes| {
            watch.received(bytes);
        });
        tokio::pin!(up, down);
        tokio::select! {
            stop = &mut down => stop,
            stop = &mut up => match stop {
                // The server may have said why before it stopped listening.
                Stop::Untaken => down.await,
                Stop::Closed | Stop::Unread(_) => return,
            },
        }
    };
    // Noted before the driver's side closes, so that it is there when the driver looks.
    match stop {
        Stop::Closed => watch.far_end_is("The server closed the connection.".to_owned()),
        Stop::Unread(failure) => watch.far_end_is(failure.to_string()),
        Stop::Untaken => return,
    }
    // A side that is closed while something lies there unread is reset, and a
    // reset may overtake the server's last words: so the driver is heard out.
    if to_driver.shutdown().await.is_ok() {
        let _heard_out = tokio::io::copy(&mut from_driver, &mut tokio::io::sink()).await;
    }
}

/// Ends when the source does; what it read by then has been written.
async fn pump(from: &mut Reader, to: &mut Writer, seen: impl Fn(&[u8])) -> Stop {
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
        if to.write_all(bytes).await.is_err() {
            return Stop::Untaken;
        }
    }
}
