//! Which stored object a read one is: by the server's own id where it has one,
//! else by kind and name. Nothing is read or written here.

use std::hash::{DefaultHasher, Hash, Hasher};

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

/// The stored objects below one parent, from which those that were read are taken,
/// portion by portion.
pub(super) struct Siblings<S> {
    stored: Vec<Option<S>>,
    /// Whether an object of its kind and name was read, be it the same or not.
    named: Vec<bool>,
    ids: Positions,
    names: Positions,
}

impl<S> Default for Siblings<S> {
    fn default() -> Self {
        Self {
            stored: Vec::new(),
            named: Vec::new(),
            ids: Positions::default(),
            names: Positions::default(),
        }
    }
}

impl<S: Sibling> Siblings<S> {
    pub(super) fn of(stored: Vec<S>) -> Self {
        let ids = |object: &S| Some(digest(object.kind(), object.native_id()?));
        let names = |object: &S| Some(digest(object.kind(), object.name()));
        Self {
            ids: Positions::of(&stored, ids),
            names: Positions::of(&stored, names),
            named: vec![false; stored.len()],
            stored: stored.into_iter().map(Some).collect(),
        }
    }

    /// Takes the stored object that each read one is; of several that cannot be told
    /// apart the first meets the first.
    pub(super) fn take<N: Sibling>(&mut self, read: Vec<N>, by: By) -> Vec<(Option<S>, N)> {
        let mut found: Vec<Option<S>> = Vec::with_capacity(read.len());
        for object in &read {
            for place in self.names.at(digest(object.kind(), object.name())) {
                let same = |stored: &S| is_named(stored, object);
                if self.stored[place].as_ref().is_none_or(same) {
                    self.named[place] = true;
                }
            }
            let id = object.native_id().filter(|_| by != By::Path);
            found.push(id.and_then(|id| {
                let mut places = self.ids.at(digest(object.kind(), id));
                let place = places.find(|place| self.has_id(*place, object.kind(), id));
                place.and_then(|place| self.stored[place].take())
            }));
        }
        for (slot, object) in found.iter_mut().zip(&read) {
            if slot.is_none() {
                // An object with another id is another object, even under an old name.
                let same = |stored: &S| {
                    by != By::NativeId
                        || object.native_id().is_none()
                        || stored.native_id().is_none()
                };
                let fits = |stored: &S| is_named(stored, object) && same(stored);
                let mut places = self.names.at(digest(object.kind(), object.name()));
                let place = places.find(|place| self.stored[*place].as_ref().is_some_and(fits));
                *slot = place.and_then(|place| self.stored[place].take());
            }
        }
        found.into_iter().zip(read).collect()
    }

    /// The first of this kind and name that was not taken.
    pub(super) fn named(&self, read: &impl Sibling) -> Option<&S> {
        self.names
            .at(digest(read.kind(), read.name()))
            .filter_map(|place| self.stored[place].as_ref())
            .find(|stored| is_named(*stored, read))
    }

    /// Those that were not taken.
    pub(super) fn left(&self) -> impl Iterator<Item = &S> {
        self.stored.iter().flatten()
    }

    /// Those that were not taken, each with whether another object has its kind and
    /// name now: such a one is gone, whatever could be seen of the new one.
    pub(super) fn gone(self) -> impl Iterator<Item = (S, bool)> {
        let left = self.stored.into_iter().zip(self.named);
        left.filter_map(|(stored, replaced)| Some((stored?, replaced)))
    }

    fn has_id(&self, place: usize, kind: ObjectKind, id: &str) -> bool {
        self.stored[place]
            .as_ref()
            .is_some_and(|stored| stored.kind() == kind && stored.native_id() == Some(id))
    }
}

fn is_named(stored: &impl Sibling, read: &impl Sibling) -> bool {
    stored.kind() == read.kind() && stored.name() == read.name()
}

fn digest(kind: ObjectKind, text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, text).hash(&mut hasher);
    hasher.finish()
}

/// Where objects lie, by digest, as small as it can be: there may be 100,000.
#[derive(Default)]
struct Positions(Vec<(u64, u32)>);

impl Positions {
    fn of<S>(stored: &[S], digest: impl Fn(&S) -> Option<u64>) -> Self {
        let with_place = stored.iter().zip(0_u32..);
        let mut places: Vec<_> = with_place
            .filter_map(|(object, place)| Some((digest(object)?, place)))
            .collect();
        places.sort_unstable();
        Self(places)
    }

    /// All places with this digest, the first first.
    fn at(&self, digest: u64) -> impl Iterator<Item = usize> {
        let from = self.0.partition_point(|(known, _)| *known < digest);
        let rest = self.0.iter().skip(from);
        rest.take_while(move |(known, _)| *known == digest)
            .map(|(_, place)| *place as usize)
    }
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
