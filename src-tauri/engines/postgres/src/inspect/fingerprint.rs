//! What tells one state of a database from any other: what is kept of it between two
//! readings, and what the difference of two means.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher as _};

use engine::InspectScope;
use model::snapshot::{Fingerprint, Touched, TouchedRelations};

use super::catalog::Catalog;
use crate::rows::MomentRow;

/// What numbers are divided by; the statements do the same with bits.
pub(super) const MODULUS: u32 = 1024;

/// Tables beyond this share are not worth the telling apart.
const MOST_TOUCHED: usize = MODULUS as usize / 2;

/// To be raised whenever what is read, or what is told here, changes.
const FORMAT: u32 = 5;

pub(super) const RELATIONS: u32 = 1259;
pub(super) const ATTRIBUTES: u32 = 1249;

/// Where it is told what a database shows of the tables that all databases share: of itself,
/// and of those others that it names.
const OWN: Place = (b'x', 100, 0);
const NAMED: Place = (b'a', 1, 0);

/// The state of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct State {
    /// The server, the database and the user, and who made this.
    pub(super) identity: String,
    /// The next transaction, where none was under way.
    quiet: Option<u64>,
    /// How many rows had been written in the database, where that is counted.
    writes: Option<String>,
    /// What the rows of the catalogue add up to, by what they are about.
    marks: BTreeMap<Place, u64>,
}

/// A part of the catalogue: what its rows are about, which catalogue, and the remainder of
/// the objects' numbers.
type Place = (u8, u32, u16);

/// What has changed between two states.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Difference {
    /// Nothing.
    Nothing,
    /// All may have.
    Everything,
    /// Some objects.
    Some(Changed),
}

/// What has changed, as remainders; objects as the number of their catalogue and the
/// remainder of their own in one number.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changed {
    pub(super) relations: BTreeSet<u32>,
    pub(super) indexes: BTreeSet<u32>,
    pub(super) sequences: BTreeSet<u32>,
    /// What comments are about.
    pub(super) comments: BTreeSet<u32>,
    /// The catalogues of those.
    pub(super) classes: BTreeSet<u32>,
    /// What may have another name.
    pub(super) objects: BTreeSet<u32>,
}

/// Whether a reading of this scope can begin or end with a fingerprint.
pub(super) fn applies(scope: &InspectScope) -> bool {
    scope.schema.is_none() && scope.table.is_none() && !scope.system
}

impl State {
    /// The state that was answered; nothing where it was not asked.
    pub(super) fn of(catalog: &Catalog) -> Option<Self> {
        let moment = catalog.moments.first()?;
        let mut state = Self::at(moment, catalog);
        let mut put = |kind: char, class: u32, bucket: u16, facts: (i64, i64, i64)| {
            let place = (u8::try_from(kind).unwrap_or(0), told(kind, class), bucket);
            let mark: &mut u64 = state.marks.entry(place).or_default();
            *mark = mark.wrapping_add(hashed(class, &facts));
        };
        // What was not asked apart was added up from what was read.
        let asked = catalog.marks.iter().any(|row| row.class == ATTRIBUTES);
        let added = catalog.sums.rows(moment.age).filter(|_| !asked);
        for row in catalog.marks.iter().cloned().chain(added) {
            let (class, bucket) = (row.class, row.bucket);
            let (count, total, more) = (row.count, row.total, row.more);
            match (row.kind, class) {
                ('r', ATTRIBUTES) => {
                    put('n', class, bucket, (count, 0, more));
                    put('r', class, bucket, (count, total, 0));
                }
                // Of names, no transaction is told.
                ('n', _) => put('n', class, bucket, (count, 0, more)),
                (kind, _) => put(kind, class, bucket, (count, total, more)),
            }
        }
        Some(state)
    }

    /// What a state tells of a database without looking into it.
    pub(super) fn at(moment: &MomentRow, catalog: &Catalog) -> Self {
        let shared = catalog.shared.get(&moment.database);
        let marks = shared
            .into_iter()
            .flat_map(|(own, named)| [(OWN, hashed(OWN.1, own)), (NAMED, hashed(NAMED.1, named))]);
        Self {
            identity: format!("{FORMAT} {} {}", env!("CARGO_PKG_VERSION"), moment.identity),
            quiet: moment.quiet.as_ref().and_then(|next| next.parse().ok()),
            writes: catalog.writes.get(&moment.database).cloned(),
            marks: marks.collect(),
        }
    }

    /// Whether nothing at all was written on the server since the known state.
    pub(super) fn rests_since(&self, known: &Self) -> bool {
        self.identity == known.identity && self.quiet.is_some() && self.quiet == known.quiet
    }

    /// Whether nothing was counted as written in the database since the known state.
    pub(super) fn has_writes_of(&self, known: &Self) -> bool {
        self.identity == known.identity && self.writes.is_some() && self.writes == known.writes
    }

    /// The same, and what it shows of the tables that all share is the same.
    pub(super) fn counts_as(&self, known: &Self) -> bool {
        let mut shared = self.marks.iter();
        self.has_writes_of(known)
            && !self.marks.is_empty()
            && shared.all(|(place, mark)| known.marks.get(place) == Some(mark))
    }

    /// The same parts of the catalogue at a later moment.
    pub(super) fn with_marks_of(mut self, known: Self) -> Self {
        self.marks = known.marks;
        self
    }

    /// What has changed since the known state.
    pub(super) fn since(&self, known: &Self) -> Difference {
        if self.identity != known.identity {
            return Difference::Everything;
        }
        let places: BTreeSet<_> = self.marks.keys().chain(known.marks.keys()).collect();
        let differing: Vec<_> = places
            .into_iter()
            .filter(|place| self.marks.get(place) != known.marks.get(place))
            .collect();
        if differing.is_empty() {
            return Difference::Nothing;
        }
        let mut changed = Changed::default();
        for (kind, class, bucket) in differing {
            let bucket = u32::from(*bucket);
            let object = |class: u32| class * MODULUS + bucket;
            match char::from(*kind) {
                'r' => {
                    changed.relations.insert(bucket);
                }
                'n' => {
                    changed.objects.insert(object(RELATIONS));
                }
                'i' => {
                    changed.indexes.insert(bucket);
                }
                's' => {
                    changed.sequences.insert(bucket);
                    changed.objects.insert(object(RELATIONS));
                }
                'd' if *class == RELATIONS => {
                    changed.relations.insert(bucket);
                    changed.indexes.insert(bucket);
                }
                'd' => {
                    changed.classes.insert(*class);
                    changed.comments.insert(object(*class));
                }
                'o' => {
                    changed.objects.insert(object(*class));
                }
                'x' => {}
                _ => return Difference::Everything,
            }
        }
        Difference::Some(changed)
    }

    /// The state as it is kept.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        let mut bytes = Vec::with_capacity(100 + self.identity.len() + self.marks.len() * 15);
        let writes = self.writes.as_deref().unwrap_or_default();
        for text in [&self.identity, writes] {
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            bytes.extend(length.to_le_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes.extend(self.quiet.unwrap_or(0).to_le_bytes());
        for ((kind, class, bucket), mark) in &self.marks {
            bytes.push(*kind);
            bytes.extend(class.to_le_bytes());
            bytes.extend(bucket.to_le_bytes());
            bytes.extend(mark.to_le_bytes());
        }
        Fingerprint(bytes)
    }

    /// The state that was kept; nothing where these are not our bytes.
    pub(super) fn known(fingerprint: &Fingerprint) -> Option<Self> {
        let mut bytes = fingerprint.0.as_slice();
        let (identity, writes) = (text(&mut bytes)?, text(&mut bytes)?);
        let quiet = u64::from_le_bytes(next(&mut bytes)?);
        let mut marks = BTreeMap::new();
        while !bytes.is_empty() {
            let [kind] = next(&mut bytes)?;
            let class = u32::from_le_bytes(next(&mut bytes)?);
            let bucket = u16::from_le_bytes(next(&mut bytes)?);
            marks.insert((kind, class, bucket), u64::from_le_bytes(next(&mut bytes)?));
        }
        Some(Self {
            identity,
            quiet: (quiet > 0).then_some(quiet),
            writes: Some(writes).filter(|writes| !writes.is_empty()),
            marks,
        })
    }
}

/// What is read again where these remainders changed; nothing where that is too much.
pub(super) fn touched(relations: &BTreeSet<u32>) -> Option<Touched> {
    (relations.len() <= MOST_TOUCHED).then(|| Touched {
        relations: TouchedRelations::Remainders {
            modulus: MODULUS,
            of: relations.iter().copied().collect(),
        },
        others: true,
    })
}

/// The catalogue that is told: tables are read again whole, whichever part has changed.
fn told(kind: char, class: u32) -> u32 {
    if matches!(kind, 'r' | 'n' | 's') {
        0
    } else {
        class
    }
}

/// The remainder of the number of a table.
pub(super) fn bucket(relation: u32) -> u16 {
    u16::try_from(relation % MODULUS).unwrap_or(0)
}

fn hashed(class: u32, facts: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    class.hash(&mut hasher);
    facts.hash(&mut hasher);
    hasher.finish()
}

fn next<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (found, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*found)
}

fn text(bytes: &mut &[u8]) -> Option<String> {
    let length = u32::from_le_bytes(next(bytes)?);
    let (text, rest) = bytes.split_at_checked(usize::try_from(length).ok()?)?;
    *bytes = rest;
    String::from_utf8(text.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(marks: &[(char, u32, u16, u64)]) -> State {
        let mark = |(kind, class, bucket, mark): &(char, u32, u16, u64)| {
            ((u8::try_from(*kind).unwrap_or(0), *class, *bucket), *mark)
        };
        State {
            identity: "1 here".to_owned(),
            quiet: Some(700),
            writes: Some("12 5 3".to_owned()),
            marks: marks.iter().map(mark).collect(),
        }
    }

    #[test]
    fn a_state_is_kept_as_it_is() {
        let kept = state(&[('r', 1259, 1023, 5), ('x', 0, 0, u64::MAX)]);
        let known = State::known(&kept.fingerprint());
        assert_eq!(known.as_ref(), Some(&kept), "nothing is lost");
        let Fingerprint(mut bytes) = kept.fingerprint();
        bytes.pop();
        assert_eq!(State::known(&Fingerprint(bytes)), None, "cut short");
        assert_eq!(
            State::known(&Fingerprint(b"other".to_vec())),
            None,
            "another's"
        );
    }

    #[test]
    fn differences_say_what_to_read_again() {
        let before = state(&[('r', 1249, 7, 1), ('n', 1249, 7, 1), ('o', 1255, 3, 1)]);
        assert_eq!(before.since(&before), Difference::Nothing, "the same");
        let after = state(&[('r', 1249, 7, 2), ('n', 1249, 7, 1)]);
        let expected = Changed {
            relations: [7].into(),
            objects: [1255 * 1024 + 3].into(),
            ..Changed::default()
        };
        assert_eq!(
            after.since(&before),
            Difference::Some(expected),
            "a table without a new name, and a function that is gone"
        );
        let after = state(&[('a', 0, 0, 1)]);
        assert_eq!(after.since(&before), Difference::Everything, "a schema");
        let other = State {
            identity: "2 there".to_owned(),
            ..before.clone()
        };
        assert_eq!(other.since(&before), Difference::Everything, "elsewhere");
        assert!(!other.rests_since(&before), "whatever its transactions say");
    }
}
