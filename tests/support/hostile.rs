//! Servers that mean ill or are broken: each connection is played a script.
//!
//! The scripts know bytes only; `postgres` and `mysql` write them in those protocols.
//! `mongodb` answers commands instead, as its clients ask in an order of their own.

pub mod mongodb;
pub mod mysql;
pub mod postgres;

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::background::Background;

/// As much of what clients said as is kept.
const MEMORY: usize = 1024 * 1024;

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
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Hostile {
    /// Starts a server that plays `script` and closes each connection at its end.
    pub fn playing(script: Vec<Act>) -> Self {
        let script: Arc<[Act]> = script.into();
        let heard = Arc::<Mutex<Vec<u8>>>::default();
        let memory = Arc::clone(&heard);
        let listener = Background::listen(move |stream| {
            let (script, memory) = (Arc::clone(&script), Arc::clone(&memory));
            async move {
                // A client that has gone away ends the play; that is its right.
                let _gone = play(stream, &script, &memory).await;
            }
        });
        Self { listener, heard }
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

    /// True where any client has said these bytes.
    pub fn heard(&self, bytes: &[u8]) -> bool {
        let heard = self.heard.lock().unwrap();
        heard.windows(bytes.len()).any(|said| said == bytes)
    }
}

async fn play(
    mut stream: TcpStream,
    script: &[Act],
    memory: &Mutex<Vec<u8>>,
) -> std::io::Result<()> {
    for act in script {
        match act {
            Act::Listen => {
                if listen(&mut stream, memory).await?.is_empty() {
                    return Ok(());
                }
            }
            Act::Decline { offer, answer } => {
                let mut said = listen(&mut stream, memory).await?;
                if said == *offer {
                    stream.write_all(answer).await?;
                    said = listen(&mut stream, memory).await?;
                }
                if said.is_empty() {
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
            Act::Hang => while !listen(&mut stream, memory).await?.is_empty() {},
        }
    }
    stream.shutdown().await
}

/// What the client says next; nothing where it has gone.
async fn listen(stream: &mut TcpStream, memory: &Mutex<Vec<u8>>) -> std::io::Result<Vec<u8>> {
    let mut said = vec![0; 64 * 1024];
    let length = stream.read(&mut said).await?;
    said.truncate(length);
    let mut memory = memory.lock().unwrap();
    let room = MEMORY.saturating_sub(memory.len());
    memory.extend_from_slice(&said[..length.min(room)]);
    Ok(said)
}
