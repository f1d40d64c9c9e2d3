//! Counts of what stood where: by path, then by type. Nothing is asked here.

use std::collections::BTreeMap;

use bson::{Bson, RawBsonRef, RawDocument};

use crate::pipelines::{Path, Step};
use crate::types::{amount, whole};

/// Different fields that are kept of one collection.
pub(super) const FIELDS: usize = 20_000;

/// What was seen at each path; the empty path stands for documents themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Tally {
    pub(super) paths: BTreeMap<Path, BTreeMap<String, Seen>>,
}

/// Values of one type at one path.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Seen {
    pub(super) count: u64,
    /// Arrays that hold something.
    pub(super) filled: u64,
    pub(super) least: Option<Bson>,
    pub(super) greatest: Option<Bson>,
    pub(super) shortest: Option<u32>,
    pub(super) longest: Option<u32>,
}

impl Tally {
    /// How many documents were looked at.
    pub(crate) fn documents(&self) -> u64 {
        self.count(&[], "object")
    }

    /// Whether no more fields are taken in.
    pub(crate) fn is_full(&self) -> bool {
        self.paths.len() > FIELDS
    }

    /// How many values of a type stood at a path.
    pub(super) fn count(&self, path: &[Step], name: &str) -> u64 {
        self.paths
            .get(path)
            .and_then(|types| types.get(name))
            .map_or(0, |seen| seen.count)
    }

    /// The place for values of a type at a path.
    pub(super) fn at(&mut self, path: &Path, name: &str) -> &mut Seen {
        if !self.paths.contains_key(path) {
            self.paths.insert(path.clone(), BTreeMap::new());
        }
        self.paths
            .entry(path.clone())
            .or_default()
            .entry(name.to_owned())
            .or_default()
    }

    /// Takes in what the server counted for one path and type, and gives the
    /// path where there is more below.
    pub(super) fn take_group(&mut self, group: &RawDocument) -> Option<Path> {
        let id = group.get_document("_id").ok()?;
        let mut path = Path::new();
        for step in id.get_array("p").ok()? {
            path.push(match step.ok()? {
                RawBsonRef::String(name) => Step::Name(name.to_owned()),
                _ => Step::Element,
            });
        }
        let name = id.get_str("t").ok()?;
        let value = |key: &str| -> Option<Bson> {
            let value = group.get(key).ok().flatten()?;
            let value = Bson::try_from(value).ok()?;
            (value != Bson::Null).then_some(value)
        };
        let number = |key: &str| amount(value(key).as_ref());
        let short = |key: &str| number(key).map(|length| u32::try_from(length).unwrap_or(u32::MAX));
        *self.at(&path, name) = Seen {
            count: number("n")?,
            filled: number("filled").unwrap_or(0),
            least: value("least"),
            greatest: value("greatest"),
            shortest: short("shortest"),
            longest: short("longest"),
        };
        let deeper = group.get_bool("deeper").unwrap_or(false);
        deeper.then_some(path)
    }
}

impl Seen {
    /// Takes in one more value by what it is compared by and how long it is.
    pub(super) fn add(&mut self, value: Option<Bson>, length: Option<u32>) {
        self.count += 1;
        if length.is_some_and(|length| length > 0) {
            self.filled += 1;
        }
        if let Some(length) = length {
            self.shortest = Some(self.shortest.map_or(length, |least| least.min(length)));
            self.longest = Some(self.longest.map_or(length, |most| most.max(length)));
        }
        let Some(value) = value else { return };
        if self
            .least
            .as_ref()
            .is_none_or(|least| is_less(&value, least))
        {
            self.least = Some(value.clone());
        }
        if self
            .greatest
            .as_ref()
            .is_none_or(|most| is_less(most, &value))
        {
            self.greatest = Some(value);
        }
    }
}

/// Compares values of one type as the server does; not a number is least.
pub(super) fn is_less(a: &Bson, b: &Bson) -> bool {
    match (a, b) {
        (Bson::Double(a), Bson::Double(b)) => a < b || (a.is_nan() && !b.is_nan()),
        (Bson::DateTime(a), Bson::DateTime(b)) => a < b,
        (Bson::String(a), Bson::String(b)) => a < b,
        (Bson::Decimal128(a), Bson::Decimal128(b)) => {
            let number = |of: &bson::Decimal128| of.to_string().parse::<f64>().unwrap_or(f64::NAN);
            number(a) < number(b)
        }
        _ => match (whole(a), whole(b)) {
            (Some(a), Some(b)) => a < b,
            _ => false,
        },
    }
}
