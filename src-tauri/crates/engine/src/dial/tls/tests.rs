//! The follower of TLS on handshakes made by hand, whole and byte by byte.

use super::*;

fn record(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len()).unwrap().to_be_bytes();
    [&[kind, 3, 3], &length[..], body].concat()
}

fn handshake(kind: u8, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap().to_be_bytes();
    record(HANDSHAKE, &[&[kind], &length[1..], body].concat())
}

fn server_hello(extensions: &[u8]) -> Vec<u8> {
    let length = u16::try_from(extensions.len()).unwrap().to_be_bytes();
    let body = [
        &[3, 3],
        &[7; 32][..],
        &[0],
        &[0x13, 1],
        &[0],
        &length,
        extensions,
    ]
    .concat();
    handshake(SERVER_HELLO, &body)
}

/// A request for TLS in the protocol's own words, a hello, a Finished and data.
fn conversation() -> Vec<u8> {
    let request = [0, 0, 0, 8, 4, 210, 22, 47];
    let hello = handshake(CLIENT_HELLO, &[9; 180]);
    let change = record(0x14, &[1]);
    [
        &request[..],
        &hello,
        &change,
        &record(APPLICATION_DATA, &[5; 53]),
    ]
    .concat()
}

#[test]
fn a_handshake_is_seen_to_begin_and_to_end() {
    let mut client = ClientSide::default();
    let words = conversation();
    client.feed(&words[..8]);
    assert!(!client.began(), "asking for TLS is not yet TLS");
    client.feed(&words[8..40]);
    assert!(client.began() && !client.finished(), "the hello begins it");
    client.feed(&words[40..]);
    assert!(client.finished(), "the first record of data ends it");
}

#[test]
fn it_makes_no_difference_how_the_bytes_are_cut() {
    for size in 1..40 {
        let mut client = ClientSide::default();
        conversation()
            .chunks(size)
            .for_each(|chunk| client.feed(chunk));
        assert!(client.finished(), "cut into pieces of {size}");
    }
}

#[test]
fn an_encrypted_alert_does_not_end_a_handshake() {
    let mut client = ClientSide::default();
    client.feed(&handshake(CLIENT_HELLO, &[9; 180]));
    client.feed(&record(APPLICATION_DATA, &[5; ENCRYPTED_ALERT]));
    assert!(
        client.began() && !client.finished(),
        "the client refused the certificate"
    );
}

#[test]
fn a_conversation_in_the_clear_never_begins_tls() {
    let mut client = ClientSide::default();
    for _ in 0..1000 {
        client.feed(b"SELECT 1; \x16\x03\x01 and no hello follows\0");
    }
    assert!(
        !client.began(),
        "three bytes that look alike are no handshake"
    );
}

#[test]
fn the_version_is_read_from_the_servers_hello() {
    let of = |bytes: &[u8]| {
        let mut server = ServerSide::default();
        bytes.chunks(3).for_each(|chunk| server.feed(chunk));
        server.version()
    };
    let key_share = [0, 0x33, 0, 2, 1, 2];
    let chosen = [0, 0x2b, 0, 2, 3, 4];
    let new = server_hello(&[key_share, chosen].concat());
    assert_eq!(of(&new), Some(TlsVersion::V13), "the extension says 1.3");
    assert_eq!(
        of(&server_hello(&key_share)),
        Some(TlsVersion::V12),
        "without it, the field"
    );
    assert_eq!(
        of(&record(0x15, &[2, 40])),
        None,
        "an alert names no version"
    );
    assert_eq!(
        of(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        None,
        "nor does another protocol"
    );
}

#[test]
fn hostile_bytes_do_no_harm() {
    let mut seed = 0x2545_f491_u32;
    for _ in 0..2000 {
        let mut bytes = server_hello(&[0, 0x2b, 255, 255, 3]);
        for _ in 0..4 {
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            let place = seed as usize % bytes.len();
            bytes[place] = (seed >> 24) as u8;
        }
        let (mut client, mut server) = (ClientSide::default(), ServerSide::default());
        client.feed(&bytes);
        server.feed(&bytes);
        assert!(
            server.version() <= Some(TlsVersion::V13),
            "any answer is a known version or none"
        );
    }
}
