//! Keys of the tree's rows. A key says where a row stands, by names and not by ids, so
//! that what is unfolded and chosen outlives a sync. Any name may hold any character.

use model::{ConnectionId, ObjectKind, ObjectPath};

/// The key of a connection's row.
pub(super) fn connection(id: ConnectionId) -> String {
    id.0.to_string()
}

/// The key of an object's row below its owner's key. Folders are no part of it.
pub(super) fn object(owner: &str, kind: ObjectKind, name: &str) -> String {
    let mut key = String::with_capacity(owner.len() + name.len() + 16);
    key.push_str(owner);
    key.push('/');
    key.push_str(kind.as_str());
    key.push(':');
    escape(name, &mut key);
    key
}

/// The key of a folder's row below its owner's key.
pub(super) fn folder(owner: &str, label: &str) -> String {
    let mut key = format!("{owner}/~");
    escape(label, &mut key);
    key
}

/// The key of an object by its way down from the database.
pub(super) fn path(id: ConnectionId, path: &ObjectPath) -> String {
    path.0.iter().fold(connection(id), |key, step| {
        object(&key, step.kind, &step.name)
    })
}

/// One step of a key below its connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Object { kind: ObjectKind, name: String },
    Folder { label: String },
}

/// What a key names, unless it is no key.
pub(super) fn parse(key: &str) -> Option<(ConnectionId, Vec<Step>)> {
    let mut parts = parts(key);
    let id = parts.next()?.parse().ok()?;
    let steps: Option<Vec<_>> = parts.map(|part| step(&part)).collect();
    Some((ConnectionId(id), steps?))
}

/// The first part of what follows `prefix` in a key: where its child's key ends.
pub(super) fn child_end(key: &str, prefix: usize) -> usize {
    let mut escaped = false;
    for (at, byte) in key.bytes().enumerate().skip(prefix) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'/' => return at,
            _ => {}
        }
    }
    key.len()
}

fn parts(key: &str) -> impl Iterator<Item = String> {
    let mut parts = vec![String::new()];
    let mut letters = key.chars();
    while let Some(letter) = letters.next() {
        let last = parts.len() - 1;
        match letter {
            '\\' => parts[last].extend(letters.next()),
            '/' => parts.push(String::new()),
            other => parts[last].push(other),
        }
    }
    parts.into_iter()
}

fn step(part: &str) -> Option<Step> {
    if let Some(label) = part.strip_prefix('~') {
        return Some(Step::Folder {
            label: label.to_owned(),
        });
    }
    let (kind, name) = part.split_once(':')?;
    Some(Step::Object {
        kind: ObjectKind::parse(kind)?,
        name: name.to_owned(),
    })
}

fn escape(name: &str, into: &mut String) {
    for letter in name.chars() {
        if matches!(letter, '/' | '\\') {
            into.push('\\');
        }
        into.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_comes_back_from_its_key() {
        for name in ["plain", "a/b", "a\\", "\\/", "~x", "a:b", "", "naïve\n"] {
            let key = object(
                &object("7", ObjectKind::Schema, name),
                ObjectKind::Table,
                name,
            );
            let (id, steps) = parse(&key).expect("it is a key");
            assert_eq!(id, ConnectionId(7), "the connection of {key:?}");
            let step = |kind| Step::Object {
                kind,
                name: name.to_owned(),
            };
            assert_eq!(
                steps,
                [step(ObjectKind::Schema), step(ObjectKind::Table)],
                "the steps of {key:?}"
            );
        }
    }

    #[test]
    fn the_key_of_a_child_ends_before_the_next_step() {
        let owner = "1/database:a\\/b";
        let child = object(owner, ObjectKind::Table, "x/y");
        let below = folder(&child, "Columns");
        let end = child_end(&below, owner.len() + 1);
        assert_eq!(&below[..end], child, "escaped separators end nothing");
    }
}
