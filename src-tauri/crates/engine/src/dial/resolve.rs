//! From the name of a host to its addresses.

use std::io;
use std::net::{IpAddr, SocketAddr};

use model::Stage;

use super::opening::Running;
use crate::{EngineError, OpContext};

/// The addresses of a host, those of both families in turn, the system's first choice first.
pub(super) async fn resolve(
    host: &str,
    port: u16,
    cx: &OpContext,
) -> Result<Vec<SocketAddr>, EngineError> {
    let stage = Running::begin(Stage::Resolve, cx);
    match addresses(host, port, cx).await {
        Ok(addresses) if without_brackets(host).parse::<IpAddr>().is_ok() => {
            stage.skipped("numeric address");
            Ok(addresses)
        }
        Ok(addresses) => {
            stage.passed(Some(note(&addresses)));
            Ok(addresses)
        }
        Err(error) => {
            stage.failed(&error);
            Err(error)
        }
    }
}

/// The same without a word to anybody.
pub(super) async fn addresses(
    host: &str,
    port: u16,
    cx: &OpContext,
) -> Result<Vec<SocketAddr>, EngineError> {
    let host = without_brackets(host);
    if let Ok(address) = host.parse::<IpAddr>() {
        return Ok(vec![SocketAddr::new(address, port)]);
    }
    let unknown = |source| EngineError::UnknownHost {
        host: host.to_owned(),
        source,
    };
    let lookup = async {
        let found = tokio::net::lookup_host((host, port))
            .await
            .map_err(unknown)?;
        let addresses = in_turn(found.collect());
        if addresses.is_empty() {
            let nothing = io::Error::new(io::ErrorKind::NotFound, "the name has no address");
            return Err(unknown(nothing));
        }
        Ok(addresses)
    };
    cx.guard(&format!("resolve {host}"), lookup).await
}

/// The host as resolvers want it.
pub(super) fn without_brackets(host: &str) -> &str {
    host.strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(host)
}

/// The first address, and how many more there are.
pub(super) fn note(addresses: &[SocketAddr]) -> String {
    let first = addresses
        .first()
        .map(|address| address.ip().to_string())
        .unwrap_or_default();
    match addresses.len() {
        0 | 1 => first,
        several => format!("{first} and {} more", several - 1),
    }
}

/// Without duplicates, and alternating between the families, so that a network
/// that drops one of them silently costs one attempt and not all.
fn in_turn(found: Vec<SocketAddr>) -> Vec<SocketAddr> {
    let mut unique: Vec<SocketAddr> = Vec::with_capacity(found.len());
    for address in found {
        if !unique.contains(&address) {
            unique.push(address);
        }
    }
    let Some(leading) = unique.first().map(SocketAddr::is_ipv6) else {
        return unique;
    };
    let (first, second): (Vec<_>, Vec<_>) = unique
        .into_iter()
        .partition(|address| address.is_ipv6() == leading);
    let (mut first, mut second) = (first.into_iter(), second.into_iter());
    let mut addresses = Vec::new();
    loop {
        let pair = [first.next(), second.next()];
        if pair.iter().all(Option::is_none) {
            return addresses;
        }
        addresses.extend(pair.into_iter().flatten());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_take_turns_and_duplicates_go() {
        let parse = |text: &str| text.parse::<SocketAddr>().unwrap();
        let found = [
            "[::1]:1",
            "[::2]:1",
            "[::1]:1",
            "1.0.0.1:1",
            "1.0.0.2:1",
            "1.0.0.3:1",
        ];
        let turns = in_turn(found.into_iter().map(parse).collect());
        let expected = ["[::1]:1", "1.0.0.1:1", "[::2]:1", "1.0.0.2:1", "1.0.0.3:1"];
        assert_eq!(
            turns,
            expected.map(parse),
            "both families early, each address once"
        );
    }

    #[test]
    fn a_note_names_the_first_address_and_counts_the_rest() {
        let one: SocketAddr = "10.0.0.4:5432".parse().unwrap();
        let other: SocketAddr = "10.0.0.5:5432".parse().unwrap();
        assert_eq!(note(&[one]), "10.0.0.4", "one address stands alone");
        assert_eq!(
            note(&[one, other]),
            "10.0.0.4 and 1 more",
            "others are counted"
        );
    }
}
