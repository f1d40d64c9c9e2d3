//! The answering side of SOCKS5, as far as a driver on this machine needs it:
//! user and password (RFC 1929), then one request to connect (RFC 1928).

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

const VERSION: u8 = 5;
const PASSWORD_METHOD: u8 = 2;
const NO_METHOD: u8 = 0xff;
const PASSWORD_VERSION: u8 = 1;
const CONNECT: u8 = 1;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;

/// What lets a client through.
pub(super) struct Pass {
    pub(super) user: String,
    pub(super) password: String,
}

/// Where a client wants to go.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) host: String,
    pub(super) port: u16,
}

/// How a request ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reply {
    Granted = 0,
    Unreachable = 4,
    Refused = 5,
    NoSuchCommand = 7,
}

/// Lets a client in that knows the pass, and hears where it wants to go.
pub(super) async fn hear(
    client: &mut (impl AsyncRead + AsyncWrite + Unpin),
    pass: &Pass,
) -> io::Result<Asked> {
    let [version, methods] = bytes(client).await?;
    let mut offered = vec![0; methods.into()];
    client.read_exact(&mut offered).await?;
    if version != VERSION || !offered.contains(&PASSWORD_METHOD) {
        client.write_all(&[VERSION, NO_METHOD]).await?;
        return Err(not_ours("no password was offered"));
    }
    client.write_all(&[VERSION, PASSWORD_METHOD]).await?;
    let [version] = bytes(client).await?;
    let user = counted(client).await?;
    let password = counted(client).await?;
    let known = same(&user, pass.user.as_bytes()) & same(&password, pass.password.as_bytes());
    if version != PASSWORD_VERSION || !known {
        client.write_all(&[PASSWORD_VERSION, 1]).await?;
        return Err(not_ours("the password is not ours"));
    }
    client.write_all(&[PASSWORD_VERSION, 0]).await?;
    let [version, command, _, kind] = bytes(client).await?;
    let host = match kind {
        IPV4 => Ipv4Addr::from(bytes::<4>(client).await?).to_string(),
        IPV6 => Ipv6Addr::from(bytes::<16>(client).await?).to_string(),
        NAME => String::from_utf8(counted(client).await?)
            .map_err(|_| not_ours("the name is not UTF-8"))?,
        _ => return Err(not_ours("the address is of no known kind")),
    };
    let port = u16::from_be_bytes(bytes(client).await?);
    if version != VERSION || command != CONNECT {
        answer(client, Reply::NoSuchCommand).await?;
        return Err(not_ours("only connections are made here"));
    }
    Ok(Asked { host, port })
}

/// Ends a request; after `Granted` the bytes are the server's.
pub(super) async fn answer(client: &mut (impl AsyncWrite + Unpin), reply: Reply) -> io::Result<()> {
    // From where the connection was made is told to nobody: 0.0.0.0:0.
    let words = [VERSION, reply as u8, 0, IPV4, 0, 0, 0, 0, 0, 0];
    client.write_all(&words).await
}

async fn bytes<const N: usize>(client: &mut (impl AsyncRead + Unpin)) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    client.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn counted(client: &mut (impl AsyncRead + Unpin)) -> io::Result<Vec<u8>> {
    let [length] = bytes(client).await?;
    let mut text = vec![0; length.into()];
    client.read_exact(&mut text).await?;
    Ok(text)
}

/// Takes the same time wherever the two differ.
fn same(given: &[u8], ours: &[u8]) -> bool {
    given.len() == ours.len()
        && given
            .iter()
            .zip(ours)
            .fold(0, |differs, (a, b)| differs | (a ^ b))
            == 0
}

fn not_ours(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, why)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pass() -> Pass {
        Pass {
            user: "u".to_owned(),
            password: "secret".to_owned(),
        }
    }

    async fn heard(words: &[u8]) -> (io::Result<Asked>, Vec<u8>) {
        let (mut client, mut door) = tokio::io::duplex(1024);
        client.write_all(words).await.unwrap();
        let asked = hear(&mut door, &pass()).await;
        drop(door);
        let mut answers = Vec::new();
        client.read_to_end(&mut answers).await.unwrap();
        (asked, answers)
    }

    fn greeting(password: &str) -> Vec<u8> {
        let mut words = vec![5, 2, 0, 2, 1, 1, b'u', password.len() as u8];
        words.extend_from_slice(password.as_bytes());
        words
    }

    #[tokio::test]
    async fn a_name_is_heard_as_it_was_asked_for() {
        let mut words = greeting("secret");
        words.extend_from_slice(b"\x05\x01\x00\x03\x02db\x69\x89");
        let (asked, answers) = heard(&words).await;
        let expected = Asked {
            host: "db".to_owned(),
            port: 27017,
        };
        assert_eq!(asked.unwrap(), expected, "name and port");
        assert_eq!(answers, [5, 2, 1, 0], "the password way, and welcome");
    }

    #[tokio::test]
    async fn a_wrong_password_does_not_get_through() {
        let (asked, answers) = heard(&greeting("Secret")).await;
        assert!(asked.is_err(), "it is refused");
        assert_eq!(answers, [5, 2, 1, 1], "and told so");
    }

    #[tokio::test]
    async fn nobody_comes_in_without_a_password() {
        let (asked, answers) = heard(&[5, 1, 0]).await;
        assert!(asked.is_err(), "it is refused");
        assert_eq!(answers, [5, 0xff], "no other way is offered");
    }

    #[tokio::test]
    async fn only_connections_are_made() {
        let mut words = greeting("secret");
        words.extend_from_slice(&[5, 2, 0, 1, 127, 0, 0, 1, 0, 80]);
        let (asked, answers) = heard(&words).await;
        assert!(asked.is_err(), "no listening for others");
        assert_eq!(
            answers.get(4..6),
            Some(&[5, 7][..]),
            "the command is not known"
        );
    }
}
