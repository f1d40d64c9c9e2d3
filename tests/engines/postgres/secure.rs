//! TLS: every mode against servers that have it, lack it or get it wrong.

use db_studio_tests::certificates::{Authority, self_signed};
use db_studio_tests::hostile::{self, Hostile};
use db_studio_tests::{Build, Postgres};
use engine::conformance::Recorder;
use engine::{Engine, EngineError, SignInProblem, TlsProblem};
use engine_postgres::ENGINE;
use model::Stage;
use model::connection::field;
use model::stage::StageState;

use super::{cx, parsed, refusal};

fn problem(error: &EngineError) -> Option<TlsProblem> {
    match error {
        EngineError::Tls { problem, .. } => Some(*problem),
        _ => None,
    }
}

#[tokio::test]
async fn each_mode_checks_what_it_says() {
    let server = Postgres::shared().await;
    let database = server.fresh_database("").await;
    let (target, secret) = parsed(&database.url);
    let authority = server.authority_file().to_str().unwrap();
    let cases: [(&str, Option<&str>, Result<&str, TlsProblem>); 7] = [
        ("disable", None, Ok("off")),
        ("prefer", None, Ok("1.3, not verified")),
        ("require", None, Ok("1.3, not verified")),
        (
            "verify-ca",
            Some(authority),
            Ok("1.3, authority verified, host not"),
        ),
        ("verify-full", Some(authority), Ok("1.3, verified")),
        ("verify-ca", None, Err(TlsProblem::Untrusted)),
        ("verify-full", None, Err(TlsProblem::Untrusted)),
    ];
    for (mode, authority, expected) in cases {
        let target = target
            .clone()
            .with(field::TLS, mode)
            .with(field::CA_FILE, authority.unwrap_or_default());
        let recorder = Recorder::new();
        let opened = ENGINE
            .open(&target, secret.as_ref(), &cx().observed(recorder.clone()))
            .await;
        let stage = recorder.stage(Stage::Tls).expect("TLS is told");
        match expected {
            Ok(note) => {
                assert!(opened.is_ok(), "{mode} opens: {:?}", opened.err());
                assert_eq!(
                    stage.note.as_deref(),
                    Some(note),
                    "{mode} tells what it did"
                );
            }
            Err(expected) => {
                let error = opened.err().expect("nobody vouches for the server");
                assert_eq!(problem(&error), Some(expected), "{mode}: {error:?}");
                assert_eq!(stage.state, StageState::Failed, "{mode} fails at TLS");
            }
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_certificate_is_told() {
    let mut server = Postgres::private(Build::Debian).await;
    let authority = Authority::new();
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), authority.pem()).unwrap();
    let (target, secret) = parsed(&server.url("postgres"));
    let target = target
        .with(field::CA_FILE, file.path().to_str().unwrap())
        .with(field::TLS, "verify-full");
    let here: &[&str] = &["localhost", "127.0.0.1", "::1"];
    let cases = [
        (
            authority.leaf(&["elsewhere.example"]),
            TlsProblem::WrongHost,
        ),
        (authority.expired_leaf(here), TlsProblem::Expired),
        (self_signed(here), TlsProblem::Untrusted),
    ];
    for (leaf, expected) in cases {
        server.present(&leaf).await;
        let error = refusal(&target, secret.as_ref()).await;
        assert_eq!(problem(&error), Some(expected), "{error:?}");
    }
    server
        .present(&authority.leaf(&["elsewhere.example"]))
        .await;
    let authority_only = target.with(field::TLS, "verify-ca");
    let opened = ENGINE.open(&authority_only, secret.as_ref(), &cx()).await;
    assert!(
        opened.is_ok(),
        "verify-ca does not ask for the host: {:?}",
        opened.err()
    );
}

#[tokio::test]
async fn a_server_without_tls_is_told_where_tls_is_asked_for() {
    let server = Postgres::shared_18().await;
    let database = server.fresh_database("").await;
    let (target, secret) = parsed(&database.url);
    for mode in ["require", "verify-ca", "verify-full"] {
        let error = refusal(&target.clone().with(field::TLS, mode), secret.as_ref()).await;
        assert_eq!(
            problem(&error),
            Some(TlsProblem::NotOffered),
            "{mode} is never weakened: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_role_that_must_use_tls_is_refused_without() {
    let database = Postgres::shared().await.fresh_database("").await;
    let role = database.tls_only_role("").await;
    let (target, secret) = parsed(&database.url_as(&role));
    let error = refusal(&target.clone().with(field::TLS, "disable"), secret.as_ref()).await;
    assert!(
        matches!(
            error,
            EngineError::SignInRefused {
                problem: SignInProblem::NotFromHere,
                ..
            }
        ),
        "the server's rule is told: {error:?}"
    );
    let opened = ENGINE.open(&target, secret.as_ref(), &cx()).await;
    assert!(
        opened.is_ok(),
        "by default TLS is used where it is offered: {:?}",
        opened.err()
    );
}

#[tokio::test]
async fn hosts_elsewhere_are_verified_in_full_unless_told_otherwise() {
    let server = Postgres::shared_18().await;
    let database = server.fresh_database("").await;
    let (target, secret) = parsed(&database.url);
    assert_eq!(target.get(field::TLS), None, "nothing is chosen");
    // An old way to write 127.0.0.1, which does not look like this machine.
    let elsewhere = target.with(field::HOST, "127.1");
    assert!(!elsewhere.is_local(), "it counts as elsewhere");
    let error = refusal(&elsewhere, secret.as_ref()).await;
    assert_eq!(
        problem(&error),
        Some(TlsProblem::NotOffered),
        "it does not go on without TLS: {error:?}"
    );
}

#[tokio::test]
async fn a_file_that_holds_no_certificate_is_told() {
    let server = Postgres::shared().await;
    let (target, secret) = parsed(&server.url("postgres"));
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "no certificate").unwrap();
    for path in [file.path().to_str().unwrap(), "/no/such/file.pem"] {
        let target = target.clone().with(field::CA_FILE, path);
        let error = refusal(&target, secret.as_ref()).await;
        assert_eq!(
            problem(&error),
            Some(TlsProblem::CaFile),
            "{path}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_takes_nobody_now_says_why() {
    let (target, secret) = parsed("postgres://somebody:secret@127.0.0.1:1/shop?sslmode=disable");
    let refusing = async |code| {
        // The words say something else: only the code counts.
        let script = hostile::postgres::refusing(&[
            (b'S', "FATAL"),
            (b'V', "FATAL"),
            (b'C', code),
            (b'M', "go away"),
        ]);
        let server = Hostile::playing(script);
        let target = target.clone().with(field::PORT, server.port().to_string());
        refusal(&target, secret.as_ref()).await
    };
    let starting = refusing("57P03").await;
    assert!(
        matches!(starting, EngineError::NotReady { .. }),
        "57P03 is a server that starts or stops: {starting:?}"
    );
    let full = refusing("53300").await;
    assert!(
        matches!(full, EngineError::TooManyConnections { .. }),
        "53300 is a server that is full: {full:?}"
    );
}
