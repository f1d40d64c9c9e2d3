//! A door for drivers that make several connections by themselves, to servers
//! they learn of only while they run: a SOCKS5 port of this machine that only
//! who knows its password may use.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use model::Stage;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::opening::Running;
use super::relay::{Wire, relay_between};
use super::socks::{self, Pass, Reply};
use super::watch::Watch;
use super::{Endpoint, Stamps, connect, resolve};
use crate::{EngineError, OpContext};

/// How long a driver on this machine may take to say where it wants to go.
const GREETING: Duration = Duration::from_secs(5);

/// How long the door stays shut where the system opens no more connections.
const PAUSE: Duration = Duration::from_millis(50);

/// Connections that are looked at while a session opens; later ones are only relayed.
const WATCHED: usize = 16;

/// A way to several servers for all connections of one driver.
///
/// It must live as long as the driver: dropping it closes all of them.
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    _end: DropGuard,
}

impl Proxy {
    /// The port of this machine at which the driver finds it.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The user that the driver signs in as, at this door only.
    pub fn user(&self) -> &str {
        &self.shared.pass.user
    }

    /// The password of this door; made for it alone and worth nothing elsewhere.
    pub fn password(&self) -> &str {
        &self.shared.pass.password
    }

    /// What has passed over the connection that came farthest.
    pub fn stamps(&self) -> Stamps {
        let watches = lock(&self.shared.watches);
        let stamps = watches.iter().map(|watch| watch.stamps());
        stamps
            .max_by_key(|stamps| {
                (
                    stamps.tls_done.is_some(),
                    stamps.first_answer.is_some(),
                    stamps.tls_started.is_some(),
                )
            })
            .unwrap_or_default()
    }

    /// Why a connection that the driver asked for could not be made, if one could not.
    pub fn take_failure(&self) -> Option<EngineError> {
        lock(&self.shared.failure).take()
    }
}

impl fmt::Debug for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Proxy")
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

struct Shared {
    pass: Pass,
    limit: Duration,
    /// The connection that was made first, until the driver asks for it.
    ready: Mutex<Option<(Endpoint, TcpStream)>>,
    watches: Mutex<Vec<Arc<Watch>>>,
    failure: Mutex<Option<EngineError>>,
}

impl Shared {
    fn ready_for(&self, endpoint: &Endpoint) -> Option<TcpStream> {
        let mut ready = lock(&self.ready);
        let fits = ready
            .as_ref()
            .is_some_and(|(made, _)| made.to_string().eq_ignore_ascii_case(&endpoint.to_string()));
        if !fits {
            return None;
        }
        ready.take().map(|(_, stream)| stream)
    }

    fn watch(&self) -> Arc<Watch> {
        let watch = Arc::new(Watch::new(false));
        let mut watches = lock(&self.watches);
        if watches.len() < WATCHED {
            watches.push(Arc::clone(&watch));
        }
        watch
    }

    async fn dial(&self, endpoint: &Endpoint) -> Result<TcpStream, EngineError> {
        if let Some(stream) = self.ready_for(endpoint) {
            return Ok(stream);
        }
        let cx = OpContext::lasting(self.limit);
        let addresses = addresses(endpoint, &cx).await?;
        let attempt = connect::race_to(&addresses, endpoint);
        cx.guard(&format!("connect to {endpoint}"), attempt).await
    }
}

/// Finds out where the servers are, reaches one of them and opens the door,
/// reporting `Resolve` and `Connect` with their own times. Connections that the
/// driver makes later may take up to `limit` each.
pub(super) async fn open(
    seeds: impl Future<Output = Result<Vec<Endpoint>, EngineError>>,
    limit: Duration,
    cx: &OpContext,
) -> Result<Proxy, EngineError> {
    let found = resolve_all(seeds, cx).await?;
    let ready = connect_first(found, cx).await?;
    let no_door = |source| EngineError::Unreachable {
        address: "a private port of this machine".to_owned(),
        source,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .await
        .map_err(no_door)?;
    let port = listener.local_addr().map_err(no_door)?.port();
    let shared = Arc::new(Shared {
        pass: Pass {
            user: "db-studio".to_owned(),
            password: random().map_err(no_door)?,
        },
        limit,
        ready: Mutex::new(Some(ready)),
        watches: Mutex::default(),
        failure: Mutex::default(),
    });
    let end = CancellationToken::new();
    tokio::spawn(serve(listener, Arc::clone(&shared), end.clone()));
    Ok(Proxy {
        port,
        shared,
        _end: end.drop_guard(),
    })
}

type Found = Vec<(Endpoint, Vec<SocketAddr>)>;

async fn resolve_all(
    seeds: impl Future<Output = Result<Vec<Endpoint>, EngineError>>,
    cx: &OpContext,
) -> Result<Found, EngineError> {
    let stage = Running::begin(Stage::Resolve, cx);
    let look = async {
        let seeds = cx.guard("look up the servers", seeds).await?;
        let mut found = Vec::new();
        let mut first_failure = None;
        for seed in seeds {
            match addresses(&seed, cx).await {
                Ok(addresses) => found.push((seed, addresses)),
                Err(error) => {
                    first_failure.get_or_insert(error);
                }
            }
        }
        match (found.is_empty(), first_failure) {
            (true, Some(failure)) => Err(failure),
            _ => Ok(found),
        }
    };
    match look.await {
        Ok(found) => {
            match found.as_slice() {
                [(Endpoint::Tcp { host, .. }, addresses)] => {
                    let numeric = resolve::without_brackets(host)
                        .parse::<std::net::IpAddr>()
                        .is_ok();
                    if numeric {
                        stage.skipped("numeric address");
                    } else {
                        stage.passed(Some(resolve::note(addresses)));
                    }
                }
                several => stage.passed(Some(format!("{} servers", several.len()))),
            }
            Ok(found)
        }
        Err(error) => {
            stage.failed(&error);
            Err(error)
        }
    }
}

async fn connect_first(found: Found, cx: &OpContext) -> Result<(Endpoint, TcpStream), EngineError> {
    let stage = Running::begin(Stage::Connect, cx);
    let what = match found.as_slice() {
        [(endpoint, _)] => format!("connect to {endpoint}"),
        several => format!("connect to one of {} servers", several.len()),
    };
    let single = found.len() == 1;
    let attempt = async {
        let mut attempts = JoinSet::new();
        for (endpoint, addresses) in found {
            attempts.spawn(async move {
                let stream = connect::race_to(&addresses, &endpoint).await?;
                Ok((endpoint, stream))
            });
        }
        let mut failure = None;
        while let Some(ended) = attempts.join_next().await {
            match ended {
                Ok(Ok(ready)) => return Ok(ready),
                Ok(Err(error)) => {
                    failure.get_or_insert(error);
                }
                Err(_) => {}
            }
        }
        Err(failure.unwrap_or_else(|| EngineError::Unreachable {
            address: "the servers".to_owned(),
            source: io::Error::new(io::ErrorKind::NotFound, "there is no server to try"),
        }))
    };
    match cx.guard(&what, attempt).await {
        Ok((endpoint, stream)) => {
            let note = match stream.peer_addr() {
                Ok(peer) if single => format!("port {} answers", peer.port()),
                _ => format!("{endpoint} answers"),
            };
            stage.passed(Some(note));
            Ok((endpoint, stream))
        }
        Err(error) => {
            stage.failed(&error);
            Err(error)
        }
    }
}

async fn addresses(endpoint: &Endpoint, cx: &OpContext) -> Result<Vec<SocketAddr>, EngineError> {
    match endpoint {
        Endpoint::Tcp { host, port } => resolve::addresses(host, *port, cx).await,
        Endpoint::Socket { path } => Err(EngineError::Unsupported {
            what: format!("The Unix socket {}", path.display()),
        }),
    }
}

async fn serve(listener: TcpListener, shared: Arc<Shared>, end: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = end.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                tokio::spawn(through(stream, Arc::clone(&shared), end.clone()));
            }
            // Out of descriptors, the system refuses at once and again.
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
    }
}

async fn through(mut driver: TcpStream, shared: Arc<Shared>, end: CancellationToken) {
    let greeting = socks::hear(&mut driver, &shared.pass);
    let Ok(Ok(asked)) = tokio::time::timeout(GREETING, greeting).await else {
        return;
    };
    let endpoint = Endpoint::tcp(asked.host, asked.port);
    let dialled = tokio::select! {
        () = end.cancelled() => return,
        dialled = shared.dial(&endpoint) => dialled,
    };
    match dialled {
        Ok(server) => {
            let watch = shared.watch();
            let quick = driver.set_nodelay(true);
            if quick.is_ok() && socks::answer(&mut driver, Reply::Granted).await.is_ok() {
                relay_between(Wire::Tcp(driver), Wire::Tcp(server), &watch, end).await;
            }
        }
        Err(error) => {
            let refused = matches!(&error, EngineError::Unreachable { source, .. }
                if source.kind() == io::ErrorKind::ConnectionRefused);
            *lock(&shared.failure) = Some(error);
            let reply = if refused {
                Reply::Refused
            } else {
                Reply::Unreachable
            };
            // A driver that has gone meanwhile need not hear it.
            let _ = socks::answer(&mut driver, reply).await;
        }
    }
}

fn random() -> io::Result<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn lock<T>(of: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
