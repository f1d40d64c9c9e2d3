//! Servers that mean ill or are broken: each connection is played a script.
//!
//! The scripts know bytes only; `postgres` writes them in PostgreSQL's protocol.

pub mod postgres;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::background::Background;

/// One thing that a hostile server does.
#[derive(Clone, Debug)]
pub enum Act {
    /// Waits for the client to say something, and takes all that has come.
    Listen,
    /// Listens; a client that says just `offer` is told `answer` and listened to again.
    Decline {
        /// What the client may begin with.
        offer: Vec<u8>,
        /// What it is told then.
        answer: Vec<u8>,
    },
    /// Sends these bytes.
    Say(Vec<u8>),
    /// Sends these bytes one by one, a second apart.
    Drip(Vec<u8>),
    /// Sends these bytes over and over, until the client goes away.
    Flood(Vec<u8>),
    /// Keeps the connection open, takes what comes and says nothing more.
    Hang,
}

/// A server on a loopback port that plays one script to every connection.
pub struct Hostile {
    listener: Background,
}

impl Hostile {
    /// Starts a server that plays `script` and closes each connection at its end.
    pub fn playing(script: Vec<Act>) -> Self {
        let script: Arc<[Act]> = script.into();
        let listener = Background::listen(move |stream| {
            let script = Arc::clone(&script);
            async move {
                // A client that has gone away ends the play; that is its right.
                let _gone = play(stream, &script).await;
            }
        });
        Self { listener }
    }

    /// Accepts and never says anything.
    pub fn silent() -> Self {
        Self::playing(vec![Act::Hang])
    }

    /// Closes each connection as soon as it is there.
    pub fn closing() -> Self {
        Self::playing(vec![])
    }

    /// Answers whatever is said with bytes of no protocol.
    pub fn garbage() -> Self {
        let noise = (0..4096_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        Self::playing(vec![Act::Listen, Act::Say(noise), Act::Hang])
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// The port the server listens on.
    pub fn port(&self) -> u16 {
        self.address().port()
    }
}

async fn play(mut stream: TcpStream, script: &[Act]) -> std::io::Result<()> {
    let mut heard = vec![0; 64 * 1024];
    for act in script {
        match act {
            Act::Listen => {
                if stream.read(&mut heard).await? == 0 {
                    return Ok(());
                }
            }
            Act::Decline { offer, answer } => {
                let mut length = stream.read(&mut heard).await?;
                if heard[..length] == offer[..] {
                    stream.write_all(answer).await?;
                    length = stream.read(&mut heard).await?;
                }
                if length == 0 {
                    return Ok(());
                }
            }
            Act::Say(bytes) => stream.write_all(bytes).await?,
            Act::Drip(bytes) => {
                for byte in bytes {
                    stream.write_all(&[*byte]).await?;
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
            Act::Flood(bytes) => loop {
                stream.write_all(bytes).await?;
            },
            Act::Hang => while stream.read(&mut heard).await? > 0 {},
        }
    }
    stream.shutdown().await
}
