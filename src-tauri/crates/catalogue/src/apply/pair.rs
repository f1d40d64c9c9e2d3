//! Which stored object a read one is: by the server's own id where it has one,
//! else by kind and name. Nothing is read or written here.

use std::collections::{HashMap, HashSet, VecDeque};

use model::ObjectKind;
use model::snapshot::Walker;

use crate::table::object::Open;

/// One of several objects below the same parent.
pub(super) trait Sibling {
    fn kind(&self) -> ObjectKind;
    fn name(&self) -> &str;
    fn native_id(&self) -> Option<&str>;
}

/// By what objects are told to be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The server's own id; kind and name only where one of the two has no id.
    NativeId,
    /// Kind and name alone, as after a restore, which gives everything new ids.
    Path,
    /// The server's own id, and kind and name for all that it leaves over.
    NativeIdThenPath,
}

/// Read objects, in their order, each with the stored one that it is.
pub(super) struct Pairs<S, N> {
    pub(super) read: Vec<(Option<S>, N)>,
    /// Stored objects that were not read, each with whether another object has its
    /// kind and name now: such a one is gone, whatever could be seen of the new one.
    pub(super) gone: Vec<(S, bool)>,
}

/// Pairs siblings; of several that cannot be told apart the first meets the first.
pub(super) fn pair<S: Sibling, N: Sibling>(stored: Vec<S>, read: Vec<N>, by: By) -> Pairs<S, N> {
    let matches = matches(&stored, &read, by);
    let mut stored: Vec<Option<S>> = stored.into_iter().map(Some).collect();
    let read: Vec<_> = read
        .into_iter()
        .zip(matches)
        .map(|(read, position)| (position.and_then(|position| stored[position].take()), read))
        .collect();
    let mut gone: Vec<_> = stored
        .into_iter()
        .flatten()
        .map(|left| (left, false))
        .collect();
    if !gone.is_empty() {
        let names: HashSet<_> = read
            .iter()
            .map(|(_, read)| (read.kind(), read.name()))
            .collect();
        for (left, replaced) in &mut gone {
            *replaced = names.contains(&(left.kind(), left.name()));
        }
    }
    Pairs { read, gone }
}

/// For each read object the position of the stored one that it is.
fn matches<S: Sibling, N: Sibling>(stored: &[S], read: &[N], by: By) -> Vec<Option<usize>> {
    let mut found = vec![None; read.len()];
    let mut free = vec![true; stored.len()];
    if by != By::Path {
        let mut by_id = positions(stored, |object| object.native_id());
        for (slot, object) in found.iter_mut().zip(read) {
            let Some(id) = object.native_id() else {
                continue;
            };
            *slot = by_id
                .get_mut(&(object.kind(), id))
                .and_then(VecDeque::pop_front);
            if let Some(position) = *slot {
                free[position] = false;
            }
        }
    }
    let mut by_name = positions(stored, |object| Some(object.name()));
    for (slot, object) in found
        .iter_mut()
        .zip(read)
        .filter(|(slot, _)| slot.is_none())
    {
        let Some(named) = by_name.get_mut(&(object.kind(), object.name())) else {
            continue;
        };
        // An object with another id is another object, even under an old name.
        let same = |position: usize| {
            by != By::NativeId
                || object.native_id().is_none()
                || stored[position].native_id().is_none()
        };
        let position = named
            .iter()
            .position(|position| free[*position] && same(*position));
        *slot = position.and_then(|position| named.remove(position));
        if let Some(position) = *slot {
            free[position] = false;
        }
    }
    found
}

fn positions<S: Sibling>(
    stored: &[S],
    key: impl Fn(&S) -> Option<&str>,
) -> HashMap<(ObjectKind, &str), VecDeque<usize>> {
    let mut positions: HashMap<_, VecDeque<usize>> = HashMap::with_capacity(stored.len());
    for (position, object) in stored.iter().enumerate() {
        if let Some(key) = key(object) {
            positions
                .entry((object.kind(), key))
                .or_default()
                .push_back(position);
        }
    }
    positions
}

impl Sibling for Walker<'_> {
    fn kind(&self) -> ObjectKind {
        Walker::kind(*self)
    }

    fn name(&self) -> &str {
        Walker::name(*self)
    }

    fn native_id(&self) -> Option<&str> {
        self.object().native_id.as_deref()
    }
}

impl Sibling for Open {
    fn kind(&self) -> ObjectKind {
        Open::kind(self)
    }

    fn name(&self) -> &str {
        &self.object.name
    }

    fn native_id(&self) -> Option<&str> {
        self.object.native_id.as_deref()
    }
}
