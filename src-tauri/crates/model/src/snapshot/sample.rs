//! What a sample of documents says of a collection or of one of its fields, and
//! how certain that is.

use serde::{Deserialize, Serialize};

use crate::{Amount, Text, Timestamp};

/// How likely a field may be to have been missed by chance before it counts as gone.
const CHANCE: f64 = 0.001;

/// The standard normal quantile of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// What was seen among documents.
///
/// For a collection, `of` and `present` are the documents looked at. For a field,
/// `of` are the objects looked at that could hold it (documents, subdocuments or
/// elements of an array), `present` those that did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Sample {
    /// How many were looked at.
    pub of: Amount,
    /// How many of them held it.
    pub present: Amount,
    /// The types of its values, most frequent first.
    pub types: Vec<TypeCount>,
    /// The least value, where values are compared.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub least: Option<Text>,
    /// The greatest value, where values are compared.
    #[cfg_attr(feature = "bindings", specta(type = Option<String>))]
    pub greatest: Option<Text>,
    /// The least number of characters of a text, or of elements of an array.
    pub shortest: Option<u32>,
    /// The greatest number of characters of a text, or of elements of an array.
    pub longest: Option<u32>,
    /// Whether everything there is was looked at, so that nothing is uncertain.
    pub whole: bool,
    /// When the newest of it was looked at.
    pub at: Timestamp,
    /// How many samples this is put together from.
    pub samples: u32,
    /// How many were looked at since it was last there; 0 where the newest sample held it.
    pub absent_for: Amount,
}

/// How often values of one type were seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TypeCount {
    /// The name of the type.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub name: Text,
    /// How many values.
    pub count: Amount,
}

/// A share with the bounds that hold the true one in 95 of 100 samples, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Share {
    /// The share in the sample.
    pub share: f32,
    /// The lower bound.
    pub low: f32,
    /// The upper bound.
    pub high: f32,
}

impl Sample {
    /// One sample of so many, of which so many held it.
    pub fn new(of: u64, present: u64, at: Timestamp) -> Self {
        Self {
            of: of.into(),
            present: present.into(),
            at,
            samples: 1,
            ..Self::default()
        }
    }

    /// The share that holds it, with its Wilson score interval (Wilson 1927), which
    /// unlike the normal one is right for shares near 0 and 1 and for few documents.
    pub fn presence(&self) -> Share {
        let (of, present) = (self.of.get() as f64, self.present.get() as f64);
        if of == 0.0 {
            return Share {
                share: 0.0,
                low: 0.0,
                high: 1.0,
            };
        }
        let share = present / of;
        if self.whole {
            let exact = share as f32;
            return Share {
                share: exact,
                low: exact,
                high: exact,
            };
        }
        let (low, high) = wilson(share, of);
        Share {
            share: share as f32,
            low: low as f32,
            high: high as f32,
        }
    }

    /// Puts a newer sample to this one. What looked at everything stands alone:
    /// adding the same documents again would make nothing more certain.
    #[must_use]
    pub fn merged(&self, newer: &Self) -> Self {
        if newer.whole {
            return newer.clone();
        }
        let mut merged = newer.clone();
        merged.of = self.of.plus(newer.of);
        merged.present = self.present.plus(newer.present);
        merged.types = add_types(&self.types, &newer.types);
        merged.shortest = pick(self.shortest, newer.shortest, u32::min);
        merged.longest = pick(self.longest, newer.longest, u32::max);
        merged.least = newer.least.clone().or_else(|| self.least.clone());
        merged.greatest = newer.greatest.clone().or_else(|| self.greatest.clone());
        merged.samples = self.samples.saturating_add(1);
        merged.absent_for = if newer.present.get() == 0 {
            self.absent_for.plus(newer.of)
        } else {
            Amount::default()
        };
        merged
    }

    /// Whether something with this sample, which was not seen among so many more,
    /// is gone rather than missed by chance.
    ///
    /// With the lower bound of its presence, missing it so often by chance has a
    /// likelihood below one in a thousand.
    pub fn is_gone_after(&self, absent_for: u64) -> bool {
        let low = f64::from(self.presence().low);
        absent_for > 0 && (1.0 - low).powf(absent_for as f64) < CHANCE
    }

    /// Whether values of this type, none of which are among `newer`'s, have ended
    /// rather than been missed by chance.
    pub fn type_is_gone(&self, name: &str, newer: &Self) -> bool {
        if newer.whole {
            return true;
        }
        let count = self.types.iter().find(|known| *known.name == *name);
        let values: u64 = self.types.iter().map(|known| known.count.get()).sum();
        let (Some(count), true) = (count, values > 0) else {
            return true;
        };
        let (low, _) = wilson(count.count.get() as f64 / values as f64, values as f64);
        newer.present.get() > 0 && (1.0 - low).powf(newer.present.get() as f64) < CHANCE
    }
}

fn wilson(share: f64, of: f64) -> (f64, f64) {
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * of);
    let spread = Z * (share * (1.0 - share) / of + z2 / (4.0 * of * of)).sqrt();
    let scale = 1.0 + z2 / of;
    let low = ((middle - spread) / scale).clamp(0.0, share);
    let high = ((middle + spread) / scale).clamp(share, 1.0);
    (low, high)
}

fn add_types(older: &[TypeCount], newer: &[TypeCount]) -> Vec<TypeCount> {
    let mut types = newer.to_vec();
    for known in older {
        match types.iter_mut().find(|held| held.name == known.name) {
            Some(held) => held.count = held.count.plus(known.count),
            None => types.push(known.clone()),
        }
    }
    types.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    types
}

fn pick(a: Option<u32>, b: Option<u32>, of: fn(u32, u32) -> u32) -> Option<u32> {
    match (a, b) {
        (Some(a), Some(b)) => Some(of(a, b)),
        (a, b) => a.or(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(of: u64, present: u64) -> Sample {
        Sample::new(of, present, Timestamp(0))
    }

    #[test]
    fn the_interval_is_that_of_wilson() {
        // Brown, Cai, DasGupta 2001 give this method; 941 of 1000 worked by hand.
        let share = sample(1000, 941).presence();
        assert!((share.low - 0.9246).abs() < 0.0005, "low is {}", share.low);
        assert!(
            (share.high - 0.9540).abs() < 0.0005,
            "high is {}",
            share.high
        );
        let all = sample(1000, 1000).presence();
        assert!((all.low - 0.9962).abs() < 0.0005, "low is {}", all.low);
        assert_eq!(all.high, 1.0, "nothing is more than all");
    }

    #[test]
    fn everything_looked_at_leaves_no_doubt() {
        let mut whole = sample(4, 1);
        whole.whole = true;
        let share = whole.presence();
        assert_eq!((share.low, share.high), (0.25, 0.25), "it was counted");
    }

    #[test]
    fn a_common_field_that_is_missing_is_gone_and_a_rare_one_may_be_missed() {
        assert!(
            sample(1000, 900).is_gone_after(1000),
            "nine of ten had it, of a thousand none"
        );
        assert!(
            !sample(1000, 1).is_gone_after(1000),
            "one of a thousand is easily missed"
        );
        assert!(!sample(0, 0).is_gone_after(1000), "nothing is known of it");
    }

    #[test]
    fn merging_adds_counts_and_narrows_the_interval() {
        let once = sample(1000, 500);
        let twice = once.merged(&sample(1000, 500));
        assert_eq!(
            (twice.of.get(), twice.present.get()),
            (2000, 1000),
            "counts add up"
        );
        let width = |sample: &Sample| sample.presence().high - sample.presence().low;
        assert!(width(&twice) < width(&once), "more documents say more");
        assert_eq!(twice.samples, 2, "two samples");
    }
}
