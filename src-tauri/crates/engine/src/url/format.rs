//! A target as a connection string; the password is not part of a target.

use model::connection::field;
use model::{EngineDescriptor, Target};

use super::encode::encode;
use super::server::split_port;
use super::{is_file_engine, takes_several_hosts};

/// Marks that need no code in a path.
const PLAIN_IN_PATH: &str = "/:@,+!$*()[]'\\=";

/// Marks that need no code in the value of a parameter. An at sign does: it
/// could be read as the end of user and password. So does a comma: it could be
/// read as one host after another.
const PLAIN_IN_VALUE: &str = "/:+!$*()";

/// The connection string of a target; [`super::parse`] gives the same target back.
pub fn format(descriptor: &EngineDescriptor, target: &Target) -> String {
    if is_file_engine(descriptor) {
        return of_file(descriptor, target);
    }
    let usual = descriptor.schemes.first().copied().unwrap_or(descriptor.id);
    let scheme = target.get(field::SCHEME).unwrap_or(usual);
    let mut text = format!("{scheme}://");
    if let Some(user) = target.get(field::USER) {
        text.push_str(&encode(user, ""));
        text.push('@');
    }
    let mut in_query = vec![field::HOST, field::PORT];
    let several = target
        .get(field::HOST)
        .filter(|_| takes_several_hosts(descriptor));
    if let Some(hosts) = several.and_then(several_hosts) {
        text.push_str(&hosts);
        in_query.retain(|key| *key == field::PORT);
    } else if let Some(host) = target
        .get(field::HOST)
        .filter(|host| !host.starts_with('/') && (several.is_none() || is_one_host(host)))
    {
        text.push_str(&host_text(host));
        if let Some(port) = target.get(field::PORT) {
            text.push(':');
            text.push_str(&encode(port, ""));
        }
        in_query.clear();
    }
    if let Some(database) = target.get(field::DATABASE) {
        text.push('/');
        text.push_str(&encode(database, "+!$'(),:="));
    } else if !in_query.is_empty() {
        text.push('/');
    }
    let others = descriptor.form.iter().map(|field| field.key).filter(|key| {
        let placed = [field::USER, field::HOST, field::PORT, field::DATABASE];
        *key != field::SCHEME && !placed.contains(key)
    });
    in_query.extend(others);
    text.push_str(&parameters(descriptor, target, &in_query));
    text
}

fn of_file(descriptor: &EngineDescriptor, target: &Target) -> String {
    let own = |scheme: &&&str| !scheme.eq_ignore_ascii_case("file");
    let scheme = descriptor
        .schemes
        .iter()
        .find(own)
        .copied()
        .unwrap_or(descriptor.id);
    let path = target.get(field::FILE).unwrap_or_default();
    // Two slashes at the start would be read as the mark of a host.
    let mark = if path.starts_with("//") { "///" } else { "" };
    let keys: Vec<_> = descriptor
        .form
        .iter()
        .map(|field| field.key)
        .filter(|key| *key != field::FILE)
        .collect();
    let parameters = parameters(descriptor, target, &keys);
    format!("{scheme}:{mark}{}{parameters}", encode(path, PLAIN_IN_PATH))
}

/// Hosts as the string has them, where there are several and each can stand there.
fn several_hosts(hosts: &str) -> Option<String> {
    if !hosts.contains(',') {
        return None;
    }
    let mut all = Vec::new();
    for host in hosts.split(',') {
        let (name, port) = split_port(host)?;
        let inner = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'));
        let name = match inner {
            Some(address) if address.parse::<std::net::Ipv6Addr>().is_ok() => name.to_owned(),
            _ => encode(name, ""),
        };
        all.push(port.map_or(name.clone(), |port| format!("{name}:{port}")));
    }
    Some(all.join(","))
}

/// Whether a host brings no port of its own, so that one may follow it.
fn is_one_host(host: &str) -> bool {
    host.parse::<std::net::Ipv6Addr>().is_ok() || matches!(split_port(host), Some((_, None)))
}

fn host_text(host: &str) -> String {
    if host.parse::<std::net::Ipv6Addr>().is_ok() {
        format!("[{host}]")
    } else {
        encode(host, "")
    }
}

fn parameters(descriptor: &EngineDescriptor, target: &Target, keys: &[&'static str]) -> String {
    let mut text = String::new();
    for key in keys.iter().filter(|key| **key != field::PASSWORD) {
        let Some(value) = target.get(key) else {
            continue;
        };
        let (name, value) = spelled(descriptor, key, value);
        text.push(if text.is_empty() { '?' } else { '&' });
        text.push_str(&format!("{name}={}", encode(value, PLAIN_IN_VALUE)));
    }
    text
}

/// The parameter that stands for a field, and its word for the value.
fn spelled<'a>(
    descriptor: &EngineDescriptor,
    key: &'static str,
    value: &'a str,
) -> (&'static str, &'a str) {
    for parameter in descriptor
        .parameters
        .iter()
        .filter(|parameter| parameter.field == key)
    {
        if parameter.values.is_empty() {
            return (parameter.name, value);
        }
        if let Some((theirs, _)) = parameter.values.iter().find(|(_, ours)| *ours == value) {
            return (parameter.name, theirs);
        }
    }
    (key, value)
}
