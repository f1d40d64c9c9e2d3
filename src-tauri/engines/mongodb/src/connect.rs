//! From a target to an open session: find the servers, reach one, sign in.

use std::sync::Arc;
use std::time::Duration;

use bson::{Document, doc};
use engine::dial::{Dialer, Endpoint, Opening, Proxy, TlsAsked};
use engine::{EngineError, OpContext, TlsProblem};
use model::{Secret, Target};
use mongodb::Client;
use mongodb::event::EventHandler;
use mongodb::options::{ClientOptions, Socks5Proxy};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::ask::Ear;
use crate::discovery::{Discovery, Verdict};
use crate::error;
use crate::server::Server;
use crate::session::MongoSession;
use crate::settings::Settings;
use crate::variant::Facts;

/// How long a server may take to say that it speaks TLS.
const PROBE: Duration = Duration::from_secs(1);

/// Opens a session.
pub(crate) async fn open(
    target: &Target,
    secret: Option<&Secret>,
    cx: &OpContext,
) -> Result<MongoSession, EngineError> {
    let settings = Arc::new(Settings::read(target, secret).await?);
    let cx = cx.within(settings.connect_timeout);
    let mut found = None;
    let mut first = None;
    let seeds = async {
        let (options, seeds) = settings.options().await?;
        first = seeds.first().cloned();
        found = Some(options);
        Ok(seeds)
    };
    let proxy = Dialer::proxy(seeds, settings.connect_timeout, &cx).await?;
    let options = found.unwrap_or_default();
    let opening = Opening::through(&proxy, settings.tls(), &cx);
    match enter(options, &proxy, &settings, &cx).await {
        Ok((client, ear, facts)) => {
            let user = facts.user.as_ref();
            opening.passed(Some(match user {
                Some(user) => format!("as {user}"),
                None => "without a user".to_owned(),
            }));
            Ok(MongoSession::new(Server::new(
                client, proxy, ear, facts, settings,
            )))
        }
        Err(error) => {
            let error = look_closer(error, &proxy, &settings, first.as_ref()).await;
            opening.failed(&error);
            Err(error)
        }
    }
}

async fn enter(
    mut options: ClientOptions,
    proxy: &Proxy,
    settings: &Settings,
    cx: &OpContext,
) -> Result<(Client, Arc<Ear>, Facts), EngineError> {
    let discovery = Arc::new(Discovery::default());
    let ear = Arc::new(Ear::default());
    ear.belongs_to(cx.observer());
    let door = Socks5Proxy::builder()
        .host("127.0.0.1")
        .port(proxy.port())
        .authentication((proxy.user().to_owned(), proxy.password().to_owned()))
        .build();
    options.socks5_proxy = Some(door);
    let told = Arc::clone(&discovery);
    options.sdam_event_handler = Some(EventHandler::callback(move |event| told.tell(event)));
    let heard = Arc::clone(&ear);
    options.command_event_handler = Some(EventHandler::callback(move |event| heard.tell(event)));
    let connecting = |failure: &mongodb::error::Error| {
        error::connecting(failure, settings, &proxy.stamps(), proxy.take_failure())
    };
    let client = Client::with_options(options).map_err(|failure| connecting(&failure))?;
    let what = format!("sign in to {}", settings.address());
    let entered = cx
        .guard(&what, async {
            let hello = tokio::select! {
                hello = hello(&client, settings) => hello.map_err(|failure| connecting(&failure))?,
                verdict = discovery.hopeless(settings) => {
                    return Err(match verdict {
                        Verdict::Failed(failure) => connecting(&failure),
                        Verdict::Refused(refused) => refused,
                    });
                }
            };
            let build = ask(&client, settings, doc! { "buildInfo": 1 })
                .await
                .unwrap_or_default();
            let mut facts = Facts::of(&hello, &build, settings.address());
            facts.user = who(&client, settings).await;
            facts.database = settings.database.clone().unwrap_or_default();
            Ok(facts)
        })
        .await;
    match entered {
        Ok(facts) => Ok((client, ear, facts)),
        Err(error) => {
            // What the driver has begun in the background ends with it.
            tokio::spawn(client.shutdown().immediate(true).into_future());
            Err(error)
        }
    }
}

/// Says hello over a connection that has signed in.
async fn hello(client: &Client, settings: &Settings) -> Result<Document, mongodb::error::Error> {
    match ask(client, settings, doc! { "hello": 1 }).await {
        // Servers before 4.4.2 know it by its old name only.
        Err(failure) if error::code_of(&failure) == Some(error::code::COMMAND_NOT_FOUND) => {
            ask(client, settings, doc! { "isMaster": 1 }).await
        }
        said => said,
    }
}

async fn who(client: &Client, settings: &Settings) -> Option<String> {
    let status = ask(client, settings, doc! { "connectionStatus": 1 })
        .await
        .ok()?;
    let users = status
        .get_document("authInfo")
        .and_then(|info| info.get_array("authenticatedUsers"));
    let user = users.ok()?.first()?.as_document()?;
    user.get_str("user").ok().map(str::to_owned)
}

async fn ask(
    client: &Client,
    settings: &Settings,
    command: Document,
) -> Result<Document, mongodb::error::Error> {
    client
        .database("admin")
        .run_command(command)
        .selection_criteria(settings.criteria())
        .await
}

/// A server that hung up on plain words without a word of its own may want TLS:
/// asking it settles what the driver cannot tell.
async fn look_closer(
    error: EngineError,
    proxy: &Proxy,
    settings: &Settings,
    first: Option<&Endpoint>,
) -> EngineError {
    let stamps = proxy.stamps();
    let hung_up = matches!(error, EngineError::ConnectionLost { .. })
        && settings.tls() == TlsAsked::Off
        && stamps.first_sent.is_some()
        && stamps.bytes_received == 0;
    let (true, Some(Endpoint::Tcp { host, port })) = (hung_up, first) else {
        return error;
    };
    let EngineError::ConnectionLost { address, detail } = error else {
        return error;
    };
    if speaks_tls(host, *port).await {
        EngineError::Tls {
            address,
            problem: TlsProblem::Required,
            detail,
        }
    } else {
        EngineError::NotThisProtocol {
            address,
            expected: "MongoDB's protocol",
            detail,
        }
    }
}

async fn speaks_tls(host: &str, port: u16) -> bool {
    const HANDSHAKE: u8 = 0x16;
    const ALERT: u8 = 0x15;
    let asked = async {
        let mut server = tokio::net::TcpStream::connect((host, port)).await.ok()?;
        server.write_all(&client_hello()).await.ok()?;
        let mut kind = [0; 2];
        server.read_exact(&mut kind).await.ok()?;
        Some(matches!(kind, [HANDSHAKE | ALERT, 3]))
    };
    let answer = tokio::time::timeout(PROBE, asked).await;
    matches!(answer, Ok(Some(true)))
}

/// The shortest greeting that a server of TLS 1.2 answers, if only with an alert.
fn client_hello() -> Vec<u8> {
    const SUITES: &[u8] = &[0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x2c, 0xc0, 0x30];
    // supported_groups: x25519, secp256r1; signature_algorithms: ECDSA and RSA with SHA-256.
    const EXTENSIONS: &[u8] = &[
        0, 10, 0, 6, 0, 4, 0, 29, 0, 23, //
        0, 13, 0, 8, 0, 6, 4, 3, 8, 4, 4, 1,
    ];
    let mut body = vec![3, 3];
    body.extend_from_slice(&[0x5a; 32]);
    body.push(0);
    body.extend_from_slice(&[0, SUITES.len() as u8]);
    body.extend_from_slice(SUITES);
    body.extend_from_slice(&[1, 0, 0, EXTENSIONS.len() as u8]);
    body.extend_from_slice(EXTENSIONS);
    let mut hello = vec![
        0x16,
        3,
        1,
        0,
        body.len() as u8 + 4,
        1,
        0,
        0,
        body.len() as u8,
    ];
    hello.extend_from_slice(&body);
    hello
}
