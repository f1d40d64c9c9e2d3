//! The columns of the tables at hand, found by table and number.

use std::ops::Range;

use crate::numbered::Numbered;
use crate::rows::ColumnRow;

/// The columns of the tables at hand, those of one together and in the order of their numbers.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    rows: Vec<ColumnRow>,
    tables: Numbered<u32, Range<usize>>,
}

impl Columns {
    /// Adds all columns of a table.
    pub(crate) fn add(
        &mut self,
        relation: u32,
        rows: impl Iterator<Item = ColumnRow>,
    ) -> &mut [ColumnRow] {
        let start = self.rows.len();
        self.rows.extend(rows);
        self.tables.insert(relation, start..self.rows.len());
        let added = self.rows.get_mut(start..).unwrap_or_default();
        if !added.is_sorted_by_key(|column| column.number) {
            added.sort_by_key(|column| column.number);
        }
        added
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The columns of a table.
    pub(crate) fn of(&self, relation: u32) -> &[ColumnRow] {
        let range = self.tables.get(&relation).cloned();
        let rows = range.and_then(|range| self.rows.get(range));
        rows.unwrap_or_default()
    }

    /// One column.
    pub(crate) fn find(&self, relation: u32, number: i16) -> Option<&ColumnRow> {
        let columns = self.of(relation);
        columns.get(place(columns, number)?)
    }

    /// One column, of which more is known now.
    pub(crate) fn find_mut(&mut self, relation: u32, number: i16) -> Option<&mut ColumnRow> {
        let range = self.tables.get(&relation)?.clone();
        numbered(self.rows.get_mut(range)?, number)
    }

    /// Forgets all; the next tables have about as many.
    pub(crate) fn clear(&mut self) {
        self.rows.clear();
        self.tables.clear();
    }
}

/// The column with this number among those of a table.
pub(crate) fn numbered(columns: &mut [ColumnRow], number: i16) -> Option<&mut ColumnRow> {
    let place = place(columns, number)?;
    columns.get_mut(place)
}

/// Where the column with this number stands: mostly there are no gaps before it.
fn place(columns: &[ColumnRow], number: i16) -> Option<usize> {
    let guess = usize::try_from(number).ok()?.checked_sub(1)?;
    match columns.get(guess) {
        Some(column) if column.number == number => Some(guess),
        _ => columns.iter().position(|column| column.number == number),
    }
}
