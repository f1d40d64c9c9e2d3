//! What the driver cannot tell: whether a server that says nothing wants TLS, or
//! knows none. It is asked once more, in a few bytes, over a link of its own.

use std::time::Duration;

use bson::{RawDocumentBuf, doc};
use engine::dial::{Endpoint, Proxy, TlsAsked};
use engine::{EngineError, TlsProblem};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::settings::Settings;

/// How long a server may take to answer.
const PROBE: Duration = Duration::from_secs(1);
/// How long a server may be silent to a secure greeting before it is asked plainly.
const SILENCE: Duration = Duration::from_millis(1500);
/// Bytes of an alert of TLS in the clear.
const ALERT: u64 = 7;
/// The protocol's message.
const MESSAGE: i32 = 2013;

/// Ends when a server that is silent to a secure greeting answers a plain one;
/// never where it does not.
pub(super) async fn answers_in_the_clear(
    proxy: &Proxy,
    settings: &Settings,
    first: Option<&Endpoint>,
) {
    tokio::time::sleep(SILENCE).await;
    let stamps = proxy.stamps();
    let silent = settings.tls() != TlsAsked::Off
        && stamps.tls_started.is_some()
        && stamps.first_answer.is_none();
    if let (true, Some(Endpoint::Tcp { host, port })) = (silent, first) {
        let answered = tokio::time::timeout(PROBE, says_hello(host, *port)).await;
        if matches!(answered, Ok(Some(true))) {
            return;
        }
    }
    std::future::pending().await
}

async fn says_hello(host: &str, port: u16) -> Option<bool> {
    let command = RawDocumentBuf::try_from(&doc! { "hello": 1, "$db": "admin" }).ok()?;
    let length = i32::try_from(16 + 4 + 1 + command.as_bytes().len()).ok()?;
    let mut words = Vec::new();
    for number in [length, 1, 0, MESSAGE, 0] {
        words.extend_from_slice(&number.to_le_bytes());
    }
    words.push(0);
    words.extend_from_slice(command.as_bytes());
    let mut server = TcpStream::connect((host, port)).await.ok()?;
    server.write_all(&words).await.ok()?;
    let mut header = [0; 16];
    server.read_exact(&mut header).await.ok()?;
    let [.., a, b, c, d] = header;
    Some(i32::from_le_bytes([a, b, c, d]) == MESSAGE)
}

/// A server that hung up on plain words with no more than an alert may want TLS:
/// asking it settles what the driver cannot tell.
pub(super) async fn look_closer(
    error: EngineError,
    proxy: &Proxy,
    settings: &Settings,
    first: Option<&Endpoint>,
) -> EngineError {
    let stamps = proxy.stamps();
    let wordless = match error {
        EngineError::ConnectionLost { .. } => stamps.bytes_received == 0,
        EngineError::NotThisProtocol { .. } => stamps.bytes_received <= ALERT,
        _ => false,
    };
    let hung_up = wordless && settings.tls() == TlsAsked::Off && stamps.first_sent.is_some();
    let (true, Some(Endpoint::Tcp { host, port })) = (hung_up, first) else {
        return error;
    };
    if !speaks_tls(host, *port).await {
        return error;
    }
    match error {
        EngineError::ConnectionLost { address, detail }
        | EngineError::NotThisProtocol {
            address, detail, ..
        } => EngineError::Tls {
            address,
            problem: TlsProblem::Required,
            detail,
        },
        other => other,
    }
}

async fn speaks_tls(host: &str, port: u16) -> bool {
    const HANDSHAKE: u8 = 0x16;
    const REFUSAL: u8 = 0x15;
    let asked = async {
        let mut server = TcpStream::connect((host, port)).await.ok()?;
        server.write_all(&client_hello()).await.ok()?;
        let mut kind = [0; 2];
        server.read_exact(&mut kind).await.ok()?;
        Some(matches!(kind, [HANDSHAKE | REFUSAL, 3]))
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
