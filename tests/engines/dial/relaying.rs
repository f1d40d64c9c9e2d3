//! The door and the bytes that go through it, to the last one.

use std::os::unix::fs::PermissionsExt;

use engine::EngineError;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::UnixStream;

use super::{dial, enter, listener, played, socket_of};

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
