//! What the rows of tables, their parts and sequences add up to while they are read: the same that
//! `fingerprint_of_tables.sql` asks where nothing else is read.

use super::fingerprint::{ATTRIBUTES, MODULUS, RELATIONS, bucket};
use crate::rows::MarkRow;

/// What rows that are read add up to while they are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// Tables and views.
    Relations,
    /// Their names.
    Names,
    /// Indexes by their own numbers.
    IndexClasses,
    /// Indexes by the numbers of their tables.
    Indexes,
    /// What columns are filled with.
    Defaults,
    /// Keys and constraints.
    Constraints,
    /// Columns.
    Columns,
    /// Sequences among the tables.
    Sequences,
    /// How they count.
    Counts,
}

impl Part {
    const ALL: [(Self, char, u32); 9] = [
        (Self::Relations, 'r', RELATIONS),
        (Self::Names, 'n', RELATIONS),
        (Self::IndexClasses, 'i', RELATIONS),
        (Self::Indexes, 'r', 2610),
        (Self::Defaults, 'r', 2604),
        (Self::Constraints, 'r', 2606),
        (Self::Columns, 'r', ATTRIBUTES),
        (Self::Sequences, 's', RELATIONS),
        (Self::Counts, 's', 2224),
    ];
}

/// How many rows there were, their ages and what else they say, by part and remainder.
#[derive(Debug, Default)]
pub(super) struct Sums(Vec<(i64, i64, i64)>);

impl Sums {
    /// Adds `count` rows about the object with this number.
    pub(super) fn add(&mut self, part: Part, id: u32, (count, age, more): (i64, i64, i64)) {
        if self.0.is_empty() {
            let places = Part::ALL.len() * MODULUS as usize;
            self.0.resize(places, (0, 0, 0));
        }
        let place = part as usize * MODULUS as usize + usize::from(bucket(id));
        if let Some(sums) = self.0.get_mut(place) {
            *sums = (sums.0 + count, sums.1 + age, sums.2 + more);
        }
    }

    /// All that are not nothing, as the server would answer them.
    pub(super) fn rows(&self, third: i64) -> impl Iterator<Item = MarkRow> {
        let parts = Part::ALL.iter().zip(self.0.chunks(MODULUS as usize));
        parts.flat_map(move |((part, kind, class), sums)| {
            let sums = (0..).zip(sums).filter(|(_, (count, _, _))| *count > 0);
            sums.map(move |(bucket, (count, age, more))| MarkRow {
                kind: *kind,
                class: *class,
                bucket,
                count: *count,
                total: match part {
                    Part::Names => 0,
                    _ => count * third - age,
                },
                more: *more,
            })
        })
    }
}
