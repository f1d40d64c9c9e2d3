//! The names of one connection, laid out so that looking through all of them is fast:
//! one text of lower-cased names with a line for each, and a few numbers beside it.

use std::collections::HashMap;

use catalogue::Named;
use model::{ConnectionId, ObjectId, ObjectKind};

/// The parent of what stands at the top.
const NONE: u32 = u32::MAX;

/// All objects of one connection.
#[derive(Debug)]
pub(super) struct Segment {
    pub(super) connection: ConnectionId,
    pub(super) names: Lines,
    pub(super) entries: Vec<Entry>,
    /// Comments, and the entry that each belongs to.
    pub(super) comments: Lines,
    pub(super) commented: Vec<u32>,
    types: Vec<Box<str>>,
}

/// One object.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) id: ObjectId,
    parent: u32,
    type_text: u32,
    /// Which letters and digits its name holds, a bit for each.
    pub(super) letters: u64,
    pub(super) kind: ObjectKind,
}

impl Segment {
    pub(super) fn new(connection: ConnectionId) -> Self {
        Self {
            connection,
            names: Lines::default(),
            entries: Vec::new(),
            comments: Lines::default(),
            commented: Vec::new(),
            types: Vec::new(),
        }
    }

    /// The entry that holds this one.
    pub(super) fn parent(&self, entry: usize) -> Option<usize> {
        let parent = self.entries[entry].parent;
        (parent != NONE).then_some(parent as usize)
    }

    /// The type of an entry, lower-cased.
    pub(super) fn type_text(&self, entry: usize) -> Option<&str> {
        let at = self.entries[entry].type_text as usize;
        self.types.get(at).map(AsRef::as_ref)
    }
}

/// Fills a segment; holders come before what they hold.
pub(super) struct Filling {
    segment: Segment,
    holders: HashMap<ObjectId, u32>,
    types: HashMap<String, u32>,
}

impl Filling {
    pub(super) fn new(connection: ConnectionId) -> Self {
        Self {
            segment: Segment::new(connection),
            holders: HashMap::new(),
            types: HashMap::new(),
        }
    }

    pub(super) fn add(&mut self, named: Named<'_>) {
        let position = u32::try_from(self.segment.entries.len()).unwrap_or(NONE);
        let name = named.name.to_lowercase();
        self.segment.names.push(&name);
        if named.kind.is_relation()
            || matches!(
                named.kind,
                ObjectKind::Server | ObjectKind::Database | ObjectKind::Schema
            )
        {
            self.holders.insert(named.id, position);
        }
        let parent = named.parent.and_then(|parent| self.holders.get(&parent));
        let entry = Entry {
            id: named.id,
            parent: parent.copied().unwrap_or(NONE),
            type_text: named.type_text.map_or(NONE, |text| self.type_number(text)),
            letters: letters(&name),
            kind: named.kind,
        };
        self.segment.entries.push(entry);
        if let Some(comment) = named.comment {
            self.segment.comments.push(&comment.to_lowercase());
            self.segment.commented.push(position);
        }
    }

    pub(super) fn done(mut self) -> Segment {
        self.segment.names.text.shrink_to_fit();
        self.segment.entries.shrink_to_fit();
        self.segment
    }

    fn type_number(&mut self, text: &str) -> u32 {
        let text = text.to_lowercase();
        if let Some(number) = self.types.get(&text) {
            return *number;
        }
        let number = u32::try_from(self.segment.types.len()).unwrap_or(NONE);
        self.segment.types.push(text.as_str().into());
        self.types.insert(text, number);
        number
    }
}

/// Many short texts in one, each on a line of its own.
#[derive(Debug, Default)]
pub(super) struct Lines {
    pub(super) text: String,
    starts: Vec<u32>,
}

impl Lines {
    fn push(&mut self, line: &str) {
        self.starts
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.text
            .extend(line.chars().map(|c| if c == '\n' { ' ' } else { c }));
        self.text.push('\n');
    }

    /// The line of this number, without its end.
    pub(super) fn line(&self, number: usize) -> &str {
        let end = self.end(number) - 1;
        &self.text[self.start(number)..end]
    }

    pub(super) fn start(&self, number: usize) -> usize {
        self.starts[number] as usize
    }

    /// Where the line after this one begins.
    pub(super) fn end(&self, number: usize) -> usize {
        self.starts
            .get(number + 1)
            .map_or(self.text.len(), |start| *start as usize)
    }

    /// The line that holds a position of the text, at or after line `from`.
    pub(super) fn line_at(&self, position: usize, from: usize) -> usize {
        // Hits come close to each other; looking far ahead is rarely needed.
        let mut reach = 1;
        while from + reach < self.starts.len() && self.start(from + reach) <= position {
            reach *= 2;
        }
        let last = (from + reach).min(self.starts.len());
        from + self.starts[from..last].partition_point(|start| *start as usize <= position) - 1
    }
}

/// Which letters and digits a text holds; everything else shares one bit.
pub(super) fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |mask, byte| {
        let bit = match byte {
            b'a'..=b'z' => u32::from(byte - b'a'),
            b'0'..=b'9' => 26 + u32::from(byte - b'0'),
            _ => 36,
        };
        mask | 1 << bit
    })
}
