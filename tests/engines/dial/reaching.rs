//! Names, ports and sockets: those that answer and those that do not.

use std::io;
use std::time::Duration;

use engine::dial::{Dialer, Endpoint};
use engine::{EngineError, OpContext};
use model::Stage;
use model::stage::StageState;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixListener;
use tokio_util::sync::CancellationToken;

use super::{Deaf, PATIENCE, enter, listener, shape, watched};

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
