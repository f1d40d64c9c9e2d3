//! Secure links: what each way of TLS makes of each server, and who signs in.

use db_studio_tests::MongoDb;
use engine::conformance::{Fixture, Recorder};
use engine::{EngineError, TlsProblem};
use engine_mongodb::ENGINE;
use model::connection::field;
use model::stage::StageState;
use model::{Stage, Target};

use super::fixture_at;

async fn opened(
    fixture: &Fixture,
    target: Target,
) -> (Result<(), EngineError>, Option<StageState>) {
    let recorder = Recorder::new();
    let fixture = Fixture {
        target,
        ..fixture.clone()
    };
    let opened = fixture.open(&ENGINE, &recorder).await;
    let tls = recorder.stage(Stage::Tls).map(|report| report.state);
    (opened.map(drop), tls)
}

fn problem(result: Result<(), EngineError>) -> TlsProblem {
    match result {
        Err(EngineError::Tls { problem, .. }) => problem,
        other => panic!("TLS is the reason, not {other:?}"),
    }
}

/// The same server at an address that its certificate does not name.
async fn elsewhere(port: u16) -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.2:0").await.unwrap();
    let door = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let mut server = tokio::net::TcpStream::connect(("127.0.0.1", port))
                .await
                .unwrap();
            // Either side may hang up at any time; that is what is looked at.
            tokio::spawn(async move {
                let _ended = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    door
}

#[tokio::test]
async fn each_way_of_tls_does_what_it_says() {
    let server = MongoDb::shared_secured().await;
    let database = server.fresh_database().await;
    let fixture = fixture_at(&database.url, &database.name);
    let target = || fixture.target.clone();

    let (result, tls) = opened(&fixture, target()).await;
    result.expect("the authority is ours and the host is named");
    assert_eq!(tls, Some(StageState::Passed), "TLS was made");
    let insecure = target()
        .with(field::TLS, "insecure")
        .with(field::CA_FILE, "");
    opened(&fixture, insecure)
        .await
        .0
        .expect("nothing is verified");

    let (result, tls) = opened(&fixture, target().with(field::CA_FILE, "")).await;
    assert_eq!(
        problem(result),
        TlsProblem::Untrusted,
        "nobody public signed it"
    );
    assert_eq!(tls, Some(StageState::Failed), "at the stage of TLS");
    let door = elsewhere(server.port()).await;
    let by_another_name = target()
        .with(field::HOST, "127.0.0.2")
        .with(field::PORT, door.to_string());
    let result = opened(&fixture, by_another_name).await.0;
    assert_eq!(
        problem(result),
        TlsProblem::WrongHost,
        "the certificate is for another address"
    );
    let plain = target()
        .with(field::TLS, "disable")
        .with(field::CA_FILE, "");
    assert_eq!(
        problem(opened(&fixture, plain).await.0),
        TlsProblem::Required,
        "TLS only"
    );
    let missing = target().with(field::CA_FILE, "/no/such/authority.pem");
    assert_eq!(
        problem(opened(&fixture, missing).await.0),
        TlsProblem::CaFile,
        "no such file"
    );
}

#[tokio::test]
async fn a_server_without_tls_is_told_from_a_bad_certificate() {
    let server = MongoDb::shared().await;
    let database = server.fresh_database().await;
    let fixture = fixture_at(&database.url, &database.name);
    let verified = fixture.target.clone().with(field::TLS, "verify-full");
    let (result, tls) = opened(&fixture, verified).await;
    assert_eq!(
        problem(result),
        TlsProblem::NotOffered,
        "it hangs up on the greeting"
    );
    assert_eq!(tls, Some(StageState::Failed), "at the stage of TLS");
}

#[tokio::test]
async fn both_password_mechanisms_sign_in() {
    let server = MongoDb::shared_secured().await;
    let database = server.fresh_database().await;
    let account = database.account(vec!["read".into()]).await;
    let fixture = fixture_at(&database.url_as(&account), &database.name);
    for mechanism in ["", "scram-sha-256"] {
        let target = fixture.target.clone().with("auth_mechanism", mechanism);
        let (result, _) = opened(&fixture, target).await;
        result.unwrap_or_else(|error| panic!("{mechanism}: {error:?}"));
    }
}
