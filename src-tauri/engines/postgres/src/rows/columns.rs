//! Rows of `columns.sql`: all columns of one table, list by list.

use std::str::FromStr;

use model::Text;
use sqlx::Error;
use sqlx::postgres::PgRow;

use super::list::{items, texts};
use super::{ColumnOptionsRow, ColumnRow, Fields};

/// Collations of types that do not say so otherwise.
const DEFAULT_COLLATION: u32 = 100;

/// The server's types whose values have a collation, and arrays of them.
const COLLATED: [u32; 6] = [25, 1009, 1042, 1014, 1043, 1015];

/// How the server spells the type of one column, and what that type brings.
#[derive(Debug)]
pub(crate) struct Spelling {
    pub collation: u32,
    pub storage: Option<char>,
    pub text: Text,
}

/// All columns of a table.
#[derive(Debug)]
pub(crate) struct TableColumns {
    /// By their numbers.
    pub columns: Vec<ColumnRow>,
    /// Of types that the server spells for each column.
    pub spellings: Vec<(u32, i32, Spelling)>,
    /// What few columns have.
    pub options: Vec<ColumnOptionsRow>,
    /// What the ages of their rows add up to.
    pub ages: i64,
    /// What their names add up to.
    pub names_mark: i64,
}

impl TableColumns {
    /// Reads one row; `once` keeps each text once.
    pub(crate) fn read(row: &PgRow, mut once: impl FnMut(&str) -> Text) -> Result<Self, Error> {
        let mut fields = Fields::of(row, "columns");
        let relation: u32 = fields.number()?;
        let numbers: Vec<i16> = fields.numbers()?;
        let names = fields.text()?;
        let types: Vec<u32> = fields.numbers()?;
        let storages = fields.text()?;
        let not_null: Vec<i16> = fields.numbers()?;
        let inherited: Vec<i16> = fields.numbers()?;
        let modifiers: Vec<(i16, i32)> = pairs(fields.optional()?);
        let made: Vec<(i16, char)> = pairs(fields.optional()?);
        let collations: Vec<(i16, u32)> = pairs(fields.optional()?);
        let spelled = fields.optional()?.unwrap_or_default();
        let rare = fields.optional()?.unwrap_or_default();
        let (ages, names_mark) = (fields.number()?, fields.number()?);
        let parts = numbers
            .iter()
            .zip(items(names))
            .zip(&types)
            .zip(storages.chars());
        let mut columns: Vec<_> = parts
            .map(|(((number, name), type_id), storage)| {
                let usual = if COLLATED.contains(type_id) {
                    DEFAULT_COLLATION
                } else {
                    0
                };
                let made = of(&made, *number).unwrap_or(' ');
                ColumnRow {
                    relation,
                    number: *number,
                    name: once(&name.unwrap_or_default()),
                    type_id: *type_id,
                    modifier: of(&modifiers, *number).unwrap_or(-1),
                    collation: of(&collations, *number).unwrap_or(usual),
                    not_null: not_null.contains(number),
                    identity: if matches!(made, 'a' | 'd') { made } else { ' ' },
                    generated: if matches!(made, 's' | 'v') { made } else { ' ' },
                    storage,
                    inherited: inherited.contains(number),
                    value: None,
                    comment: None,
                }
            })
            .collect();
        if !columns.is_sorted_by_key(|column| column.number) {
            columns.sort_by_key(|column| column.number);
        }
        let of_type = |number: i16| {
            let found = columns.iter().find(|column| column.number == number);
            found.map(|column| (column.type_id, column.modifier))
        };
        let spellings = items(spelled)
            .flatten()
            .filter_map(|spelling| {
                let mut parts = spelling.splitn(4, ' ');
                let (id, modifier) = of_type(parts.next()?.parse().ok()?)?;
                let spelling = Spelling {
                    collation: parts.next()?.parse().ok()?,
                    storage: parts.next()?.chars().next(),
                    text: once(parts.next()?),
                };
                Some((id, modifier, spelling))
            })
            .collect();
        let options = items(rare)
            .flatten()
            .filter_map(|part| options(relation, &part))
            .collect();
        Ok(Self {
            columns,
            spellings,
            options,
            ages,
            names_mark,
        })
    }
}

/// What one column has that few have.
fn options(relation: u32, list: &str) -> Option<ColumnOptionsRow> {
    let mut parts = items(list);
    let mut next = || parts.next().flatten();
    Some(ColumnOptionsRow {
        relation,
        number: next()?.parse().ok()?,
        compression: next().map(Text::from),
        statistics_target: next().map(Text::from),
        options: next().map(|list| texts(&list)).unwrap_or_default(),
        foreign_options: next().map(|list| texts(&list)).unwrap_or_default(),
        acl: next().map(|list| texts(&list)),
    })
}

/// The parts of `1 x,3 y`.
fn pairs<V: FromStr>(list: Option<&str>) -> Vec<(i16, V)> {
    let parts = list.unwrap_or_default().split(',');
    parts
        .filter_map(|part| {
            let (number, value) = part.split_once(' ')?;
            Some((number.parse().ok()?, value.parse().ok()?))
        })
        .collect()
}

fn of<V: Copy>(pairs: &[(i16, V)], number: i16) -> Option<V> {
    let found = pairs.iter().find(|(of, _)| *of == number);
    found.map(|(_, value)| *value)
}
