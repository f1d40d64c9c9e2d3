//! The Dialer on real sockets: what it reports, what it leaves behind, and
//! that no byte is lost or changed on the way.
#![allow(clippy::unwrap_used, reason = "helpers of tests fail as tests do")]

use std::io;
use std::net::SocketAddr;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use db_studio_tests::hostile::Hostile;
use db_studio_tests::proxy::Proxy;
use db_studio_tests::{Postgres, certificates};
use engine::conformance::Recorder;
use engine::dial::{Dialer, Endpoint, Link, LinkShape, Opening, TlsAsked, TlsVersion};
use engine::{EngineError, OpContext};
use model::Stage;
use model::stage::StageState;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{Connection, PgConnection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio_util::sync::CancellationToken;

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

#[tokio::test]
async fn a_refused_port_is_unreachable_and_named() {
    let (listener, address) = listener().await;
    drop(listener);
    let (cx, recorder) = watched(PATIENCE);
    let endpoint = Endpoint::tcp("127.0.0.1", address.port());
    let error = Dialer::dial(&endpoint, &shape(), &cx)
        .await
        .expect_err("nobody listens");
    let EngineError::Unreachable {
        address: named,
        source,
    } = &error
    else {
        panic!("a closed port is Unreachable, not {error:?}");
    };
    assert_eq!(*named, address.to_string(), "the address is named");
    assert_eq!(
        source.kind(),
        io::ErrorKind::ConnectionRefused,
        "with the system's own reason"
    );
    assert_eq!(
        recorder.outcome(),
        [
            (Stage::Resolve, StageState::Skipped),
            (Stage::Connect, StageState::Failed)
        ],
        "a number needs no resolving, and connecting is what failed"
    );
    let failed = recorder.stage(Stage::Connect).unwrap();
    assert_eq!(
        failed.note.as_deref(),
        Some("refused"),
        "the line of the stage says how"
    );
    assert!(failed.millis.is_some(), "with its own time");
}

#[tokio::test]
async fn a_name_without_address_is_an_unknown_host() {
    let (cx, recorder) = watched(PATIENCE);
    // The top-level domain `invalid` is reserved to never resolve (RFC 2606).
    let endpoint = Endpoint::tcp("db.no-such-host.invalid", 5432);
    let error = Dialer::dial(&endpoint, &shape(), &cx)
        .await
        .expect_err("no such name");
    assert!(
        matches!(&error, EngineError::UnknownHost { host, .. } if host == "db.no-such-host.invalid"),
        "the name is what is wrong, not {error:?}"
    );
    let outcome = recorder.outcome();
    assert_eq!(
        outcome,
        [(Stage::Resolve, StageState::Failed)],
        "nothing after it was tried"
    );
}

#[tokio::test]
async fn a_host_that_drops_callers_times_out() {
    let deaf = Deaf::new().await;
    let (cx, recorder) = watched(Duration::from_millis(200));
    let endpoint = Endpoint::tcp("127.0.0.1", deaf.address.port());
    let error = Dialer::dial(&endpoint, &shape(), &cx)
        .await
        .expect_err("nobody answers");
    assert!(
        matches!(&error, EngineError::TimedOut { what, .. } if what.contains(&deaf.address.to_string())),
        "the deadline ended it and the address is named, not {error:?}"
    );
    let outcome = recorder.outcome();
    assert_eq!(
        outcome.last(),
        Some(&(Stage::Connect, StageState::Failed)),
        "at that stage"
    );
}

#[tokio::test]
async fn dialling_stops_when_it_is_cancelled() {
    let deaf = Deaf::new().await;
    let cancel = CancellationToken::new();
    let (cx, recorder) = watched(PATIENCE);
    let cx = cx.cancelled_by(cancel.clone());
    let endpoint = Endpoint::tcp("127.0.0.1", deaf.address.port());
    let dialling = tokio::spawn(async move { Dialer::dial(&endpoint, &shape(), &cx).await });
    while recorder.stage(Stage::Connect).is_none() {
        tokio::task::yield_now().await;
    }
    cancel.cancel();
    let error = dialling.await.unwrap().expect_err("it was stopped");
    assert!(
        matches!(error, EngineError::Cancelled),
        "stopping is its own error, not {error:?}"
    );
}

#[tokio::test]
async fn a_cancelled_operation_does_not_begin() {
    let (listener, address) = listener().await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let cx = OpContext::lasting(PATIENCE).cancelled_by(cancel);
    let endpoint = Endpoint::tcp("127.0.0.1", address.port());
    let error = Dialer::dial(&endpoint, &shape(), &cx)
        .await
        .expect_err("it was stopped before");
    assert!(matches!(error, EngineError::Cancelled), "not {error:?}");
    drop(listener);
}

#[tokio::test]
async fn a_name_is_resolved_and_both_stages_say_what_they_found() {
    let (_listener, address) = listener().await;
    let (cx, recorder) = watched(PATIENCE);
    let endpoint = Endpoint::tcp("localhost", address.port());
    let link = Dialer::dial(&endpoint, &shape(), &cx)
        .await
        .expect("the server listens");
    let resolved = recorder.stage(Stage::Resolve).unwrap();
    assert_eq!(resolved.state, StageState::Passed, "localhost is a name");
    let note = resolved.note.unwrap();
    assert!(
        note.contains("127.0.0.1") || note.contains("::1"),
        "addresses are shown: {note}"
    );
    let connected = recorder.stage(Stage::Connect).unwrap().note.unwrap();
    let answers = format!("port {} answers", address.port());
    assert!(
        connected.ends_with(&answers),
        "the port that answers is shown: {connected}"
    );
    assert_eq!(
        link.address(),
        format!("localhost:{}", address.port()),
        "as the user gave it"
    );
}

#[tokio::test]
async fn a_unix_socket_is_reached_too_and_needs_no_resolving() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server");
    let listener = UnixListener::bind(&path).unwrap();
    let (cx, recorder) = watched(PATIENCE);
    let link = Dialer::dial(&Endpoint::socket(&path), &shape(), &cx)
        .await
        .expect("it listens");
    let mut driver = enter(&link).await;
    let (mut server, _) = listener.accept().await.unwrap();
    driver.write_all(b"hello").await.unwrap();
    let mut heard = [0; 5];
    server.read_exact(&mut heard).await.unwrap();
    assert_eq!(&heard, b"hello", "bytes pass");
    assert_eq!(
        recorder.outcome(),
        [
            (Stage::Resolve, StageState::Skipped),
            (Stage::Connect, StageState::Passed)
        ],
        "there is no name to resolve"
    );
    assert!(
        link.is_local_socket(),
        "so that TLS can be told as not applying"
    );
}

#[tokio::test]
async fn a_missing_unix_socket_is_unreachable_with_its_path() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nobody");
    let cx = OpContext::lasting(PATIENCE);
    let error = Dialer::dial(&Endpoint::socket(&path), &shape(), &cx)
        .await
        .expect_err("missing");
    let EngineError::Unreachable { address, source } = &error else {
        panic!("a missing socket is Unreachable, not {error:?}");
    };
    assert_eq!(address, path.to_str().unwrap(), "the path is named");
    assert_eq!(
        source.kind(),
        io::ErrorKind::NotFound,
        "and that it is not there"
    );
}

#[tokio::test]
async fn nobody_else_may_enter_the_folder_of_the_door() {
    let (_listener, address) = listener().await;
    let link = dial(address).await;
    let mode = std::fs::metadata(link.socket_dir().unwrap())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700, "the folder belongs to this user alone");
}

#[tokio::test]
async fn the_door_opens_once_and_then_is_gone() {
    let (link, mut driver, mut server) = played().await;
    driver.write_all(b"x").await.unwrap();
    server.read_u8().await.expect("the driver is through");
    let again = UnixStream::connect(socket_of(&link)).await;
    assert!(again.is_err(), "a second caller finds no door");
    assert!(
        !link.socket_dir().unwrap().exists(),
        "the folder went with it"
    );
}

#[tokio::test]
async fn a_link_that_no_driver_used_leaves_nothing_behind() {
    let (listener, address) = listener().await;
    let link = dial(address).await;
    let (mut server, _) = listener.accept().await.unwrap();
    let folder = link.socket_dir().unwrap().to_owned();
    assert!(folder.exists(), "the door waits for the driver");
    drop(link);
    assert!(!folder.exists(), "the folder goes with the link");
    assert_eq!(
        server.read(&mut [0; 8]).await.unwrap(),
        0,
        "and the server is let go"
    );
}

#[tokio::test]
async fn every_byte_passes_unchanged_and_is_counted() {
    const SIZE: usize = 5_000_003;
    let (link, driver, mut server) = played().await;
    let sent: Vec<u8> = (0..SIZE).map(|at| (at * 31 % 251) as u8).collect();
    let echo = tokio::spawn(async move {
        let (mut from, mut to) = server.split();
        tokio::io::copy(&mut from, &mut to).await.unwrap();
    });
    let (mut from, mut to) = driver.into_split();
    let expected = sent.clone();
    let heard = tokio::spawn(async move {
        let mut heard = vec![0; SIZE];
        from.read_exact(&mut heard).await.unwrap();
        heard
    });
    to.write_all(&sent).await.unwrap();
    assert!(
        heard.await.unwrap() == expected,
        "five million bytes there and back are the same"
    );
    let stamps = link.stamps();
    assert_eq!(
        (stamps.bytes_sent, stamps.bytes_received),
        (SIZE as u64, SIZE as u64),
        "counted"
    );
    assert!(
        stamps.first_sent <= stamps.first_answer,
        "asked before answered"
    );
    assert_eq!(stamps.tls_started, None, "nothing of it looked like TLS");
    drop(to);
    echo.await.unwrap();
}

#[tokio::test]
async fn a_link_cut_in_the_middle_of_an_answer_gives_what_came_and_the_reason() {
    let (link, mut driver, mut server) = played().await;
    server.write_all(b"half an ans").await.unwrap();
    drop(server);
    let mut heard = Vec::new();
    driver.read_to_end(&mut heard).await.unwrap();
    assert_eq!(heard, b"half an ans", "what came before the cut arrives");
    let lost = link.lost().expect("the far end is known to have closed");
    assert!(
        matches!(&lost, EngineError::ConnectionLost { address, .. } if address == link.address()),
        "told with the server's address, not the door's: {lost:?}"
    );
}

#[tokio::test]
async fn a_servers_last_words_arrive_although_it_listens_no_more() {
    let (listener, address) = listener().await;
    let (link, accepted) = tokio::join!(dial(address), listener.accept());
    let mut server = accepted.unwrap().0;
    server.write_all(b"too many connections").await.unwrap();
    server.shutdown().await.unwrap();
    // The driver speaks into a connection whose far side has said its last.
    let mut driver = enter(&link).await;
    let _unheard = driver.write_all(&[1; 100]).await;
    let mut heard = Vec::new();
    driver.read_to_end(&mut heard).await.unwrap();
    assert_eq!(
        heard, b"too many connections",
        "the reason is not lost with the connection"
    );
}

#[tokio::test]
async fn a_farewell_passes_although_the_link_is_dropped_right_after() {
    let (link, mut driver, mut server) = played().await;
    driver.write_all(b"goodbye").await.unwrap();
    drop(driver);
    drop(link);
    let mut heard = Vec::new();
    server.read_to_end(&mut heard).await.unwrap();
    assert_eq!(
        heard, b"goodbye",
        "the server hears the end of the conversation"
    );
}

#[tokio::test]
async fn dropping_the_link_closes_both_sides() {
    let (link, mut driver, mut server) = played().await;
    drop(link);
    assert_eq!(
        driver.read(&mut [0; 8]).await.unwrap(),
        0,
        "the driver's side ends"
    );
    assert_eq!(
        server.read(&mut [0; 8]).await.unwrap(),
        0,
        "the server's side ends"
    );
}

#[tokio::test]
async fn a_silent_server_fails_at_tls_where_tls_was_asked_for() {
    let silent = Hostile::silent();
    let link = dial(silent.address()).await;
    let mut driver = enter(&link).await;
    let (cx, recorder) = watched(Duration::from_millis(100));
    let opening = Opening::begin(&link, TlsAsked::Verified, &cx);
    let handshake = async {
        driver.write_all(b"may we speak TLS?").await.unwrap();
        driver.read_u8().await.unwrap();
        Ok(())
    };
    let error = cx
        .guard("sign in", handshake)
        .await
        .expect_err("it never answers");
    opening.failed(&error);
    let outcome = recorder.outcome();
    assert_eq!(
        outcome,
        [(Stage::Tls, StageState::Failed)],
        "it never came to signing in"
    );
    let note = recorder.stage(Stage::Tls).unwrap().note;
    assert_eq!(
        note.as_deref(),
        Some("no answer in time"),
        "and the line says why"
    );
}

/// The options of sqlx that go through the link's door.
fn through(link: &Link, server: &Postgres, mode: PgSslMode) -> PgConnectOptions {
    let folder = link.socket_dir().expect("a Unix socket is the door");
    let options: PgConnectOptions = server.url("postgres").parse().expect("the support's URL");
    options.socket(folder).port(server.port()).ssl_mode(mode)
}

fn postgres_shape(server: &Postgres) -> LinkShape {
    LinkShape {
        socket_file_name: format!(".s.PGSQL.{}", server.port()),
    }
}

#[tokio::test]
async fn a_driver_verifies_the_servers_name_through_the_door() {
    let server = Postgres::shared().await;
    let (cx, recorder) = watched(PATIENCE);
    let endpoint = Endpoint::tcp(server.host(), server.port());
    let link = Dialer::dial(&endpoint, &postgres_shape(server), &cx)
        .await
        .unwrap();
    let options = through(&link, server, PgSslMode::VerifyFull)
        .host("localhost")
        .ssl_root_cert(server.authority_file());
    let opening = Opening::begin(&link, TlsAsked::Verified, &cx);
    let mut connection = PgConnection::connect_with(&options)
        .await
        .expect("the name is right");
    opening.passed(None);
    let encrypted: bool =
        sqlx::query_scalar("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            .fetch_one(&mut connection)
            .await
            .unwrap();
    assert!(
        encrypted,
        "the server itself says that the link is encrypted"
    );
    let stamps = link.stamps();
    assert_eq!(
        stamps.tls_version,
        Some(TlsVersion::V13),
        "the version was seen to pass"
    );
    assert!(
        stamps.tls_started < stamps.tls_done,
        "and the handshake, in its order"
    );
    let tls = recorder.stage(Stage::Tls).unwrap();
    assert_eq!(tls.state, StageState::Passed, "TLS is a stage of its own");
    assert_eq!(
        tls.note.as_deref(),
        Some("1.3, verified"),
        "with what was found"
    );
    let sign_in = recorder.stage(Stage::SignIn).unwrap();
    assert_eq!(sign_in.state, StageState::Passed, "and so is signing in");
    assert!(
        tls.millis > Some(0.0) && sign_in.millis > Some(0.0),
        "each with its own time"
    );
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_certificate_for_another_host_fails_at_tls_and_not_at_sign_in() {
    let server = Postgres::shared().await;
    let (cx, recorder) = watched(PATIENCE);
    let endpoint = Endpoint::tcp(server.host(), server.port());
    let link = Dialer::dial(&endpoint, &postgres_shape(server), &cx)
        .await
        .unwrap();
    let options = through(&link, server, PgSslMode::VerifyFull)
        .host("orders.example.net")
        .ssl_root_cert(server.authority_file());
    PgConnection::connect_with(&options)
        .await
        .expect_err("the certificate names another host");
    // Nobody tells the Dialer what the driver's error was: what passed says enough.
    Opening::begin(&link, TlsAsked::Verified, &cx).failed(&EngineError::ConnectionLost {
        address: link.address().to_owned(),
        detail: String::new(),
    });
    assert!(
        link.stamps().tls_started.is_some(),
        "the handshake had begun"
    );
    assert_eq!(
        link.stamps().tls_done,
        None,
        "and the refusal did not pass for its end"
    );
    assert_eq!(
        recorder.stage(Stage::Tls).unwrap().state,
        StageState::Failed,
        "so TLS failed"
    );
    assert_eq!(
        recorder.stage(Stage::SignIn),
        None,
        "and signing in was never tried"
    );
}

#[tokio::test]
async fn an_unknown_authority_fails_at_tls() {
    let server = Postgres::shared().await;
    let cx = OpContext::lasting(PATIENCE);
    let endpoint = Endpoint::tcp(server.host(), server.port());
    let link = Dialer::dial(&endpoint, &postgres_shape(server), &cx)
        .await
        .unwrap();
    let other = certificates::Authority::new();
    let options = through(&link, server, PgSslMode::VerifyCa)
        .ssl_root_cert_from_pem(other.pem().as_bytes().to_vec());
    PgConnection::connect_with(&options)
        .await
        .expect_err("another authority signed it");
    assert_eq!(
        link.stamps().tls_done,
        None,
        "the driver's refusal is not the handshake's end"
    );
}

#[tokio::test]
async fn a_wrong_password_fails_at_sign_in_after_tls_passed() {
    let server = Postgres::shared().await;
    let (cx, recorder) = watched(PATIENCE);
    let endpoint = Endpoint::tcp(server.host(), server.port());
    let link = Dialer::dial(&endpoint, &postgres_shape(server), &cx)
        .await
        .unwrap();
    let options = through(&link, server, PgSslMode::Require).password("not-the-password");
    let opening = Opening::begin(&link, TlsAsked::Unverified, &cx);
    PgConnection::connect_with(&options)
        .await
        .expect_err("the password is wrong");
    opening.failed(&EngineError::Server {
        words: engine::ServerWords::default(),
    });
    let tls = recorder.stage(Stage::Tls).unwrap();
    assert_eq!(tls.state, StageState::Passed, "TLS went well");
    assert_eq!(
        tls.note.as_deref(),
        Some("1.3, not verified"),
        "and nobody claims it verified"
    );
    let sign_in = recorder.stage(Stage::SignIn).unwrap();
    assert_eq!(
        sign_in.state,
        StageState::Failed,
        "signing in is what failed"
    );
}

#[tokio::test]
async fn a_link_in_the_clear_skips_tls() {
    let server = Postgres::shared_18().await;
    let (cx, recorder) = watched(PATIENCE);
    let endpoint = Endpoint::tcp(server.host(), server.port());
    let link = Dialer::dial(&endpoint, &postgres_shape(server), &cx)
        .await
        .unwrap();
    let options = through(&link, server, PgSslMode::Prefer);
    let opening = Opening::begin(&link, TlsAsked::Preferred, &cx);
    let connection = PgConnection::connect_with(&options)
        .await
        .expect("it does without TLS");
    opening.passed(None);
    let tls = recorder.stage(Stage::Tls).unwrap();
    assert_eq!(
        tls.state,
        StageState::Skipped,
        "this build of the server has none"
    );
    assert_eq!(
        tls.note.as_deref(),
        Some("not offered by the server"),
        "and the line says so"
    );
    connection.close().await.unwrap();
}

#[tokio::test]
async fn a_server_behind_a_slow_link_that_is_then_cut_is_told_as_lost() {
    let server = Postgres::shared().await;
    let proxy = Proxy::to(server.host(), server.port());
    proxy.delay(Duration::from_millis(20));
    let cx = OpContext::lasting(PATIENCE);
    let endpoint = Endpoint::tcp("127.0.0.1", proxy.port());
    let link = Dialer::dial(&endpoint, &postgres_shape(server), &cx)
        .await
        .unwrap();
    let options = through(&link, server, PgSslMode::Disable);
    let mut connection = PgConnection::connect_with(&options)
        .await
        .expect("slow, but there");
    proxy.cut();
    let asked = sqlx::query("SELECT 1").execute(&mut connection).await;
    assert!(asked.is_err(), "the driver finds its connection broken");
    assert!(
        matches!(link.lost(), Some(EngineError::ConnectionLost { .. })),
        "and the link knows that it was the far end"
    );
}
