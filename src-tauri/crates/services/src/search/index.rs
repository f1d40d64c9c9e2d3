//! The names of one connection, laid out so that looking through all of them is fast:
//! one text of lower-cased names with a line for each, however many objects have it, and a
//! few numbers beside it.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;

use catalogue::Named;
use model::{ConnectionId, ObjectId, ObjectKind};

use super::lines::Lines;

/// The holder of what stands at the top, the type of what has none.
const NONE: u32 = u32::MAX;

/// All objects of one connection; those that hold others come first.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) connection: ConnectionId,
    pub(super) ids: Vec<ObjectId>,
    pub(super) kinds: Vec<ObjectKind>,
    /// The names that occur.
    pub(super) names: Lines,
    /// Which of the names each entry has.
    name: Vec<u32>,
    /// Which letters each name holds: see [`letters`].
    pub(super) letters: Vec<u32>,
    /// With which letters the words of each name may begin.
    pub(super) initials: Vec<u32>,
    /// How many of the first entries may hold others.
    pub(super) holders: usize,
    holder: Vec<u32>,
    type_number: Vec<u32>,
    /// The types that occur, lower-cased.
    pub(super) types: Vec<Box<str>>,
    /// Comments, and the entry that each belongs to.
    pub(super) comments: Lines,
    pub(super) commented: Vec<u32>,
}

impl Segment {
    fn new(connection: ConnectionId) -> Self {
        Self {
            connection,
            ids: Vec::new(),
            kinds: Vec::new(),
            names: Lines::default(),
            name: Vec::new(),
            letters: Vec::new(),
            initials: Vec::new(),
            holders: 0,
            holder: Vec::new(),
            type_number: Vec::new(),
            types: Vec::new(),
            comments: Lines::default(),
            commented: Vec::new(),
        }
    }

    /// How many objects there are.
    pub(super) fn len(&self) -> usize {
        self.ids.len()
    }

    /// The entry that holds this one: one of the holders.
    pub(super) fn holder(&self, entry: usize) -> Option<usize> {
        let holder = self.holder[entry];
        (holder != NONE).then_some(holder as usize)
    }

    /// Which of the names is this entry's.
    pub(super) fn name(&self, entry: usize) -> usize {
        self.name[entry] as usize
    }

    /// The same for several entries.
    pub(super) fn names_of(&self, entries: Range<usize>) -> &[u32] {
        &self.name[entries]
    }

    /// Which of the types is this entry's.
    pub(super) fn type_of(&self, entry: usize) -> Option<usize> {
        let number = self.type_number[entry];
        (number != NONE).then_some(number as usize)
    }

    /// How much memory it takes, in bytes.
    pub(super) fn bytes(&self) -> usize {
        self.names.bytes()
            + self.comments.bytes()
            + self.ids.capacity() * size_of::<ObjectId>()
            + self.kinds.capacity() * size_of::<ObjectKind>()
            + (self.letters.capacity() + self.initials.capacity()) * size_of::<u32>()
            + (self.name.capacity() + self.holder.capacity()) * size_of::<u32>()
            + (self.type_number.capacity() + self.commented.capacity()) * size_of::<u32>()
            + self.types.iter().map(|text| text.len()).sum::<usize>()
    }
}

/// Fills a segment; holders come before what they hold and before all else.
pub(super) struct Filling {
    segment: Segment,
    /// The number of a name by its hash.
    names: HashMap<u64, u32>,
    hasher: RandomState,
    positions: HashMap<ObjectId, u32>,
    types: HashMap<Box<str>, u32>,
}

impl Filling {
    pub(super) fn new(connection: ConnectionId) -> Self {
        Self {
            segment: Segment::new(connection),
            names: HashMap::new(),
            hasher: RandomState::new(),
            positions: HashMap::new(),
            types: HashMap::new(),
        }
    }

    pub(super) fn add(&mut self, named: Named<'_>) {
        let type_number = named.type_text.map_or(NONE, |text| self.type_number(text));
        let name = self.name_number(named.name);
        let holder = named.parent.and_then(|parent| self.positions.get(&parent));
        let segment = &mut self.segment;
        let position = segment.len();
        segment.holder.push(holder.copied().unwrap_or(NONE));
        segment.type_number.push(type_number);
        segment.name.push(name);
        segment.ids.push(named.id);
        segment.kinds.push(named.kind);
        let number = u32::try_from(position).unwrap_or(NONE);
        if holds(named.kind) && segment.holders == position {
            segment.holders += 1;
            self.positions.insert(named.id, number);
        }
        if let Some(comment) = named.comment {
            segment.comments.push(comment);
            segment.commented.push(number);
        }
    }

    pub(super) fn done(mut self) -> Segment {
        let segment = &mut self.segment;
        segment.names.shrink();
        segment.comments.shrink();
        segment.ids.shrink_to_fit();
        segment.kinds.shrink_to_fit();
        for numbers in [
            &mut segment.name,
            &mut segment.letters,
            &mut segment.initials,
            &mut segment.holder,
            &mut segment.type_number,
            &mut segment.commented,
        ] {
            numbers.shrink_to_fit();
        }
        self.segment
    }

    fn name_number(&mut self, name: &str) -> u32 {
        let Segment {
            names,
            letters,
            initials,
            ..
        } = &mut self.segment;
        let number = names.len();
        names.push(name);
        let line = names.line(number);
        let hash = self.hasher.hash_one(line);
        match self.names.get(&hash) {
            // Another name of the same hash has a line of its own each time.
            Some(known) if names.line(*known as usize) == line => {
                names.pop();
                return *known;
            }
            _ => {}
        }
        letters.push(self::letters(line));
        initials.push(self::initials(line));
        let number = u32::try_from(number).unwrap_or(NONE);
        self.names.insert(hash, number);
        number
    }

    fn type_number(&mut self, text: &str) -> u32 {
        if let Some(number) = self.types.get(text) {
            return *number;
        }
        let number = u32::try_from(self.segment.types.len()).unwrap_or(NONE);
        self.segment.types.push(text.to_lowercase().into());
        self.types.insert(text.into(), number);
        number
    }
}

fn holds(kind: ObjectKind) -> bool {
    use ObjectKind::{Database, Schema, Server};
    kind.is_relation() || matches!(kind, Server | Database | Schema)
}

/// Which letters a text holds: a bit for each of `a` to `z` and for `_`, one for some
/// digits each, and one for everything else.
pub(super) fn letters(text: &[u8]) -> u32 {
    text.iter().fold(0, |mask, byte| mask | letter(*byte))
}

/// The letters that come first or behind something that is no letter and no digit.
fn initials(text: &[u8]) -> u32 {
    let mut before = b' ';
    text.iter().fold(0, |mask, byte| {
        let begins = !before.is_ascii_alphanumeric();
        before = *byte;
        if begins { mask | letter(*byte) } else { mask }
    })
}

fn letter(byte: u8) -> u32 {
    1 << match byte {
        b'a'..=b'z' => u32::from(byte - b'a'),
        b'_' => 26,
        b'0'..=b'9' => 27 + u32::from((byte - b'0') / 3),
        _ => 31,
    }
}
