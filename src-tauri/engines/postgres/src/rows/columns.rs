//! Rows of `columns.sql`: all columns of one table, list by list.

use std::borrow::Cow;

use model::Text;
use sqlx::Error;
use sqlx::postgres::PgRow;

use super::list::{items, numbers, texts};
use super::{ColumnOptionsRow, ColumnRow, Fields, Numbers};
use crate::columns::{Columns, numbered};

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

/// What is said of the columns of a table.
#[derive(Debug)]
pub(crate) struct TableColumns {
    pub relation: u32,
    pub count: i64,
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
    /// Reads one row and adds its columns to `all`; `once` keeps each text once.
    pub(crate) fn read(
        row: &PgRow,
        all: &mut Columns,
        mut once: impl FnMut(&str) -> Text,
    ) -> Result<Self, Error> {
        let mut fields = Fields::of(row, "columns");
        let relation: u32 = fields.number();
        let names = fields.text();
        let types = fields.text().as_bytes();
        let modifiers: Numbers<i64> = fields.numbers();
        let rare = fields.optional().unwrap_or_default();
        let (ages, names_mark) = (fields.number(), fields.number());
        fields.ended()?;
        let types = numbers(types).flatten();
        let columns = items(names).zip(types).map(|(name, packed)| {
            let part = |low: u32, bits: u32| (packed >> low) & ((1 << bits) - 1);
            let letter = |low: u32| match u8::try_from(part(low, 7)) {
                Ok(0) | Err(_) => ' ',
                Ok(letter) => char::from(letter),
            };
            let type_id = u32::try_from(packed >> 26).unwrap_or(0);
            ColumnRow {
                relation,
                number: i16::try_from(part(1, 11)).unwrap_or(0),
                name: once(&name.unwrap_or_default()),
                type_id,
                modifier: -1,
                collation: match COLLATED.contains(&type_id) {
                    true => DEFAULT_COLLATION,
                    false => 0,
                },
                not_null: part(0, 1) == 1,
                identity: letter(19),
                generated: letter(12),
                storage: ' ',
                inherited: false,
                value: None,
                comment: None,
            }
        });
        let columns = all.add(relation, columns);
        for packed in modifiers.iter() {
            let number = i16::try_from(packed & 2047).unwrap_or(0);
            if let Some(column) = numbered(columns, number) {
                column.modifier = i32::try_from(packed >> 11).unwrap_or(-1);
            }
        }
        let (mut spellings, mut options) = (Vec::new(), Vec::new());
        for list in items(rare).flatten() {
            let Some(rare) = Rare::of(&list) else {
                continue;
            };
            let Some(column) = numbered(columns, rare.number) else {
                continue;
            };
            column.collation = rare.collation;
            column.storage = rare.storage;
            column.inherited = rare.inherited;
            if let Some((collation, storage, text)) = rare.spelling() {
                let spelling = Spelling {
                    collation,
                    storage,
                    text: once(text),
                };
                spellings.push((column.type_id, column.modifier, spelling));
            }
            options.extend(rare.options(relation));
        }
        Ok(Self {
            relation,
            count: i64::try_from(columns.len()).unwrap_or(0),
            spellings,
            options,
            ages,
            names_mark,
        })
    }
}

/// What most columns do not say.
struct Rare<'l> {
    number: i16,
    collation: u32,
    storage: char,
    inherited: bool,
    spelling: Option<Cow<'l, str>>,
    compression: Option<Text>,
    statistics_target: Option<Text>,
    options: Vec<Text>,
    foreign_options: Vec<Text>,
    acl: Option<Vec<Text>>,
}

impl<'l> Rare<'l> {
    fn of(list: &'l str) -> Option<Self> {
        let mut parts = items(list);
        let mut next = || parts.next().flatten();
        Some(Self {
            number: next()?.parse().ok()?,
            collation: next()?.parse().ok()?,
            storage: next()?.chars().next()?,
            inherited: next()?.starts_with('t'),
            spelling: next(),
            compression: next().map(Text::from),
            statistics_target: next().map(Text::from),
            options: next().map(|list| texts(&list)).unwrap_or_default(),
            foreign_options: next().map(|list| texts(&list)).unwrap_or_default(),
            acl: next().map(|list| texts(&list)),
        })
    }

    /// The collation and the storage of the type, and how the server spells it.
    fn spelling(&self) -> Option<(u32, Option<char>, &str)> {
        let mut parts = self.spelling.as_deref()?.splitn(3, ' ');
        let collation = parts.next()?.parse().ok()?;
        Some((collation, parts.next()?.chars().next(), parts.next()?))
    }

    /// What is set for this column alone.
    fn options(self, relation: u32) -> Option<ColumnOptionsRow> {
        let said = self.compression.is_some()
            || self.statistics_target.is_some()
            || !self.options.is_empty()
            || !self.foreign_options.is_empty()
            || self.acl.is_some();
        said.then_some(ColumnOptionsRow {
            relation,
            number: self.number,
            compression: self.compression,
            statistics_target: self.statistics_target,
            options: self.options,
            foreign_options: self.foreign_options,
            acl: self.acl,
        })
    }
}
