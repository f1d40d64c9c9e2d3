//! What is found is what a plain reading of all paths finds.

mod ranking;

use model::{ConnectionId, ObjectId, ObjectKind};

use super::best::{Best, Fit};
use super::find::{Recent, Search};
use super::fuzzy::Pattern;
use super::index::{Filling, Segment, letters};
use super::kinds::Kinds;
use super::query::Query;
use super::*;

const PIECES: &[&str] = &[
    "order", "status", "e", "id", "_", "na", "Über", "customer", "in", "x",
];
const QUERIES: &[&str] = &[
    "e",
    "order",
    "order status",
    "in e",
    "e id na",
    "e x",
    "in.order.e.x",
    "status order",
    "x_ in:order",
    "in:kept e",
    "in:nowhere e",
    "in:customer kind:column id",
    "in:status",
    "in:in in:e id",
    "in:order e status",
    "kind:column customer e",
    "type:in order e",
    "type:order",
    "über na",
    "ordre status",
    "cutsomer ordre in:id",
    "ordre e",
    "statsu ordre cutsomer",
    "kind:table staus x",
];

/// What was opened last.
const RECENT: [u32; 5] = [3, 40, 77, 410, 890];

struct Entry {
    id: ObjectId,
    holder: Option<usize>,
    kind: ObjectKind,
    name: String,
    type_text: Option<String>,
    comment: Option<String>,
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (self.0 >> 33) as usize % bound
    }

    fn text(&mut self) -> String {
        let count = 1 + self.below(3);
        (0..count)
            .map(|_| PIECES[self.below(PIECES.len())])
            .collect()
    }
}

fn entries(dice: &mut Dice) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for number in 0..900_usize {
        let (holder, kind) = match number {
            0..2 => (None, ObjectKind::Database),
            2..6 => (Some(dice.below(2)), ObjectKind::Schema),
            6..80 => (Some(2 + dice.below(4)), ObjectKind::Table),
            _ => (Some(6 + dice.below(74)), ObjectKind::Column),
        };
        entries.push(Entry {
            id: ObjectId(u32::try_from(number).expect("few") + 1),
            holder,
            kind,
            name: dice.text(),
            type_text: (kind == ObjectKind::Column).then(|| dice.text()),
            comment: (dice.below(3) == 0).then(|| dice.text()),
        });
    }
    entries
}

fn segment(entries: &[Entry]) -> Segment {
    let mut filling = Filling::new(ConnectionId(1));
    for entry in entries {
        filling.add(catalogue::Named {
            id: entry.id,
            parent: entry.holder.map(|holder| entries[holder].id),
            kind: entry.kind,
            name: &entry.name,
            comment: entry.comment.as_deref(),
            type_text: entry.type_text.as_deref(),
        });
    }
    filling.done()
}

/// How an entry is found by its name, and whether it is found at all, by the book.
fn plainly(entries: &[Entry], entry: &Entry, query: &Query, nearly: bool) -> Option<bool> {
    let holds = |name: &str, word: &str| {
        let name = name.to_lowercase();
        match Pattern::of(word).filter(|_| nearly) {
            Some(pattern) => {
                pattern.may_be_in(letters(name.as_bytes())) && pattern.is_in(name.as_bytes())
            }
            None => name.contains(word),
        }
    };
    let mut above = Vec::new();
    let mut at = entry.holder;
    while let Some(holder) = at {
        above.push(&*entries[holder].name);
        at = entries[holder].holder;
    }
    let lies_in = |place: &String| {
        let mut path = above.iter().copied().chain([&*entry.name]);
        "kept-1".contains(&**place) || path.any(|name| name.to_lowercase().contains(&**place))
    };
    let typed = |part: &String| {
        let text = entry.type_text.as_ref().map(|text| text.to_lowercase());
        text.is_some_and(|text| text.contains(&**part))
    };
    if !query.wants(entry.kind)
        || !query.within.iter().all(lies_in)
        || !query.types.iter().all(typed)
    {
        return None;
    }
    let is_above = |word: &str| above.iter().any(|name| holds(name, word));
    let words = || query.words.iter().map(|word| &**word);
    let own = query.words.is_empty() || words().any(|word| holds(&entry.name, word));
    if own && words().all(|word| is_above(word) || holds(&entry.name, word)) {
        return Some(true);
    }
    let comment = entry.comment.as_ref()?.to_lowercase();
    let longest = words().max_by_key(|word| word.chars().count())?;
    let said = longest.chars().count() >= 3 && !nearly && comment.contains(longest);
    let all = || words().all(|w| is_above(w) || holds(&entry.name, w) || comment.contains(w));
    (said && all()).then_some(false)
}

/// What is found in a segment, in parts of so many names, or in those that the crew makes.
fn found(
    segment: &Arc<Segment>,
    query: &Query,
    nearly: bool,
    limit: usize,
    part: Option<usize>,
) -> Best {
    let (words, within) = Search::terms(query, nearly);
    let search = Search {
        words,
        in_connection: &|_| {
            let places = query.within.iter().enumerate();
            places.fold(0, |bits, (at, place)| {
                bits | u8::from("kept-1".contains(&**place)) << at
            })
        },
        within: &within,
        types: &query.types,
        wanted: Kinds::which(|kind| query.wants(kind)),
        shown: Kinds::which(|_| true),
        recent: &Recent::new(RECENT.map(ObjectId)),
        known: Vec::new(),
        nearly,
    };
    let Some(part) = part else {
        let segments = std::slice::from_ref(segment);
        return crew::look(&search, segments, limit, &|| true).expect("it is the newest");
    };
    let mut prepared = search.prepare(segment);
    for (number, said) in prepared.names.chunks_mut(part).enumerate() {
        search.read(segment, number * part, said);
    }
    prepared.hand_down();
    let mut best = Best::new(limit);
    for from in (0..segment.len()).step_by(part) {
        search.names(&prepared, from..(from + part).min(segment.len()), &mut best);
    }
    if search.reads_comments() {
        search.comments(&prepared, 0..segment.comments.len(), &mut best);
    }
    best
}

#[test]
fn what_is_found_is_what_a_plain_reading_finds() {
    for seed in 0..12 {
        let entries = entries(&mut Dice(seed));
        let segment = Arc::new(segment(&entries));
        for text in QUERIES {
            let query = Query::parse(text);
            for nearly in [false, true] {
                let all = found(&segment, &query, nearly, entries.len(), None);
                let total = all.total();
                let hits = all.into_hits();
                let mut told: Vec<_> = hits
                    .iter()
                    .map(|hit| (hit.id, hit.fit != Fit::Comment))
                    .collect();
                told.sort_unstable();
                let plain =
                    |entry: &Entry| Some((entry.id, plainly(&entries, entry, &query, nearly)?));
                let expected: Vec<_> = entries.iter().filter_map(plain).collect();
                assert_eq!(
                    told, expected,
                    "{text:?} in the names of seed {seed}, nearly: {nearly}"
                );
                assert_eq!(total as usize, expected.len(), "{text:?} counts each once");
                for part in [None, Some(13)] {
                    let few = found(&segment, &query, nearly, 7, part);
                    assert_eq!(few.total(), total, "{text:?} in parts: {part:?}");
                    assert_eq!(
                        few.into_hits(),
                        hits[..hits.len().min(7)],
                        "{text:?} in parts: {part:?}: the few are the best of all"
                    );
                }
            }
        }
    }
}
