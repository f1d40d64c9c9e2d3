//! TLS and sign in, told apart by what passes between a real driver and a real server.

use std::time::Duration;

use db_studio_tests::hostile::Hostile;
use db_studio_tests::proxy::Proxy;
use db_studio_tests::{Postgres, certificates};
use engine::dial::{Dialer, Endpoint, Link, LinkShape, Opening, TlsAsked, TlsVersion};
use engine::{EngineError, OpContext};
use model::Stage;
use model::stage::StageState;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use sqlx::{Connection, PgConnection};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::{PATIENCE, dial, enter, watched};

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
