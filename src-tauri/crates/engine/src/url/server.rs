//! `scheme://user:password@host:port/database?parameters`, as servers have it.

use model::EngineDescriptor;
use model::connection::field;

use super::encode::decode;
use super::{Filling, ParsedUrl, UrlError, query, takes_several_hosts};

/// Reads what follows `scheme://`.
pub(super) fn parse(
    descriptor: &'static EngineDescriptor,
    scheme: &str,
    rest: &str,
) -> Result<ParsedUrl, UrlError> {
    let mut filling = Filling::new(descriptor);
    if let Some(choice) = descriptor.field(field::SCHEME) {
        // The usual one goes without saying.
        let offered = query::offers(choice, scheme);
        filling.set(field::SCHEME, if offered { scheme } else { "" }.to_owned())?;
    }
    let (userinfo, rest) = split_userinfo(rest);
    // An at sign that is left over may belong to a password with a bare `?` or `#`.
    let doubtful = rest.contains('@');
    let (rest, _fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (place, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let (hosts, database) = place.split_once('/').unwrap_or((place, ""));

    if let Some(userinfo) = userinfo {
        let (user, password) = userinfo.split_once(':').unwrap_or((userinfo, ""));
        filling.set(field::USER, decode(user, "user")?)?;
        filling.set(field::PASSWORD, decode(password, "password")?)?;
    }
    set_hosts(&mut filling, hosts)?;
    filling.set(field::DATABASE, decode(database, "database")?)?;
    query::parse(&mut filling, parameters, doubtful)?;
    Ok(filling.done())
}

/// Splits at the at sign that ends user and password. Both often hold bare
/// slashes, question marks and at signs where a program would have encoded
/// them, so the last at sign counts that is not part of a parameter.
fn split_userinfo(rest: &str) -> (Option<&str>, &str) {
    let head = rest.split(['?', '#']).next().unwrap_or(rest);
    let last = rest.rfind('@').filter(|last| {
        let between = rest.get(head.len()..*last).unwrap_or_default();
        let place = head.split('/').next().unwrap_or(head);
        let plausible = place.split(',').all(|host| split_port(host).is_some());
        !between.contains('=') && !between.is_empty() || (!plausible && !head.contains('@'))
    });
    match last
        .or_else(|| head.rfind('@'))
        .and_then(|at| Some((rest.get(..at)?, rest.get(at + 1..)?)))
    {
        Some((userinfo, rest)) => (Some(userinfo), rest),
        None => (None, rest),
    }
}

fn set_hosts(filling: &mut Filling, hosts: &str) -> Result<(), UrlError> {
    if hosts.contains(',') && takes_several_hosts(filling.descriptor) {
        let mut all = Vec::new();
        for host in hosts.split(',') {
            let (host, port) = split_port(host).ok_or_else(bad_port)?;
            let host = decode(host, "host")?;
            all.push(port.map_or(host.clone(), |port| format!("{host}:{port}")));
        }
        return filling.set(field::HOST, all.join(","));
    }
    let first = query::first_of_several(filling, field::HOST, hosts.to_owned());
    let (host, port) = split_port(&first).ok_or_else(bad_port)?;
    let host = match host
        .strip_prefix('[')
        .and_then(|host| host.strip_suffix(']'))
    {
        Some(address) => decode(address, "host")?,
        None => decode(host, "host")?,
    };
    let socket = host.starts_with('/') && filling.descriptor.field(field::SOCKET).is_some();
    filling.set(if socket { field::SOCKET } else { field::HOST }, host)?;
    filling.set(field::PORT, port.unwrap_or_default().to_owned())
}

fn bad_port() -> UrlError {
    UrlError::new(
        "The port in the connection string is not a number.",
        "Write special characters in user and password as percent codes: @ is %40, : is %3A, \
         / is %2F.",
    )
    .at(field::PORT)
}

/// Host and port; nothing where what follows the colon cannot be a port.
pub(super) fn split_port(host: &str) -> Option<(&str, Option<&str>)> {
    let after_address = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let (address, rest) = host.split_at_checked(after_address)?;
    match rest.split_once(':') {
        None if address.is_empty() || rest.is_empty() => Some((host, None)),
        None => None,
        Some((name, port)) => {
            let number = port.chars().all(|c| c.is_ascii_digit());
            let clean = address.is_empty() || name.is_empty();
            let host = host.get(..address.len() + name.len())?;
            (number && clean).then_some((host, Some(port)))
        }
    }
}
