//! A bad link in front of a good server: slow, cut, or silent for ever.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Notify, mpsc, watch};
use tokio::time::Instant;

use crate::background::Background;

/// A link on a loopback port of its own, whose state holds for all its connections.
pub struct Proxy {
    listener: Background,
    state: watch::Sender<State>,
    counts: Arc<Counts>,
}

#[derive(Clone, Copy, Default)]
struct State {
    delay: Duration,
    paused: bool,
    cuts: u64,
    cut_after: Option<u64>,
}

#[derive(Default)]
struct Counts {
    connections: AtomicU64,
    answered: AtomicU64,
    round_trips: AtomicU64,
}

impl Proxy {
    /// A link to the server at `host` and `port`, good until told otherwise.
    pub fn to(host: &str, port: u16) -> Self {
        let (state, watched) = watch::channel(State::default());
        let counts = Arc::<Counts>::default();
        let target = (host.to_owned(), port);
        let listener = {
            let counts = Arc::clone(&counts);
            Background::listen(move |client| {
                relay(client, target.clone(), watched.clone(), Arc::clone(&counts))
            })
        };
        Self {
            listener,
            state,
            counts,
        }
    }

    /// Where clients connect to.
    pub fn address(&self) -> SocketAddr {
        self.listener.address()
    }

    /// The port clients connect to.
    pub fn port(&self) -> u16 {
        self.address().port()
    }

    /// Makes every byte take this long, in each direction, from now on.
    pub fn delay(&self, one_way: Duration) {
        self.state.send_modify(|state| state.delay = one_way);
    }

    /// Lets nothing pass any more, and closes nothing.
    pub fn pause(&self) {
        self.state.send_modify(|state| state.paused = true);
    }

    /// Lets everything pass again, also what had to wait.
    pub fn resume(&self) {
        self.state.send_modify(|state| state.paused = false);
    }

    /// Cuts all connections that there are; new ones are let through.
    pub fn cut(&self) {
        self.state.send_modify(|state| state.cuts += 1);
    }

    /// Cuts each connection once this many more bytes of answers have passed in all.
    pub fn cut_after(&self, bytes: u64) {
        let limit = self.answered_bytes() + bytes;
        self.state
            .send_modify(|state| state.cut_after = Some(limit));
    }

    /// How many connections have been made.
    pub fn connections(&self) -> u64 {
        self.counts.connections.load(Ordering::SeqCst)
    }

    /// How many bytes of answers have passed.
    pub fn answered_bytes(&self) -> u64 {
        self.counts.answered.load(Ordering::SeqCst)
    }

    /// How often an answer has followed a question, over all connections.
    pub fn round_trips(&self) -> u64 {
        self.counts.round_trips.load(Ordering::SeqCst)
    }
}

async fn relay(
    client: TcpStream,
    target: (String, u16),
    mut state: watch::Receiver<State>,
    counts: Arc<Counts>,
) {
    counts.connections.fetch_add(1, Ordering::SeqCst);
    let Ok(server) = TcpStream::connect(target).await else {
        return;
    };
    let _unwatched = server.set_nodelay(true);
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let asked = Arc::new(AtomicBool::new(false));
    let enough = Notify::new();
    let cuts = state.borrow().cuts;
    let questions = {
        let asked = Arc::clone(&asked);
        pass(
            from_client,
            to_server,
            state.clone(),
            &enough,
            move |length| {
                asked.store(true, Ordering::SeqCst);
                length
            },
        )
    };
    let answers = {
        let watched = state.clone();
        pass(
            from_server,
            to_client,
            state.clone(),
            &enough,
            move |length| {
                if asked.swap(false, Ordering::SeqCst) {
                    counts.round_trips.fetch_add(1, Ordering::SeqCst);
                }
                let answered = counts.answered.fetch_add(length, Ordering::SeqCst);
                let limit = watched.borrow().cut_after.unwrap_or(u64::MAX);
                length.min(limit.saturating_sub(answered))
            },
        )
    };
    tokio::select! {
        () = async { tokio::join!(questions, answers); } => {}
        _ = state.wait_for(|state| state.cuts > cuts) => {}
        () = enough.notified() => {}
    }
}

/// Passes bytes on, late by the delay, until either end closes or `admit` lets less through
/// than there is: then it says `enough`.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut state: watch::Receiver<State>,
    enough: &Notify,
    admit: impl Fn(u64) -> u64,
) {
    let (queue, mut queued) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    let reading = {
        let state = state.clone();
        async move {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(length @ 1..) = from.read(&mut buffer).await {
                let due = Instant::now() + state.borrow().delay;
                if queue.send((due, buffer[..length].to_vec())).is_err() {
                    break;
                }
            }
        }
    };
    let writing = async move {
        while let Some((due, bytes)) = queued.recv().await {
            tokio::time::sleep_until(due).await;
            if state.wait_for(|state| !state.paused).await.is_err() {
                break;
            }
            let admitted = usize::try_from(admit(bytes.len() as u64)).unwrap_or(bytes.len());
            if to.write_all(&bytes[..admitted]).await.is_err() {
                break;
            }
            if admitted < bytes.len() {
                enough.notify_one();
                break;
            }
        }
        let _closed = to.shutdown().await;
    };
    tokio::join!(reading, writing);
}
