//! One row of an object table: values on their way in, facts on their way out.

use model::Text;
use rusqlite::types::{Null, ValueRef};
use rusqlite::{Row, Statement, ToSql};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::words::Word;
use crate::CatalogueError;
use crate::table::json::parse_json;

/// Binds the values of one statement, one after the other.
pub(crate) struct Binder<'s, 'c> {
    statement: &'s mut Statement<'c>,
    bound: usize,
    nulls: Nulls,
}

/// The parameters of a statement that hold null already, a bit each; half of most rows
/// is null, and what was bound stays bound.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Nulls(u64);

impl Nulls {
    /// Those of a statement to which nothing was bound.
    pub(crate) const ALL: Self = Self(u64::MAX);

    fn bit(parameter: usize) -> u64 {
        1_u64
            .checked_shl(parameter.try_into().unwrap_or(u32::MAX))
            .unwrap_or(0)
    }
}

impl<'s, 'c> Binder<'s, 'c> {
    pub(crate) fn new(statement: &'s mut Statement<'c>) -> Self {
        Self::after(0, statement, Nulls::default())
    }

    /// Goes on after the parameters that stay as they are.
    pub(crate) fn after(bound: usize, statement: &'s mut Statement<'c>, nulls: Nulls) -> Self {
        Self {
            statement,
            bound,
            nulls,
        }
    }

    pub(crate) fn put(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.bound += 1;
        self.nulls.0 &= !Nulls::bit(self.bound);
        self.statement.raw_bind_parameter(self.bound, value)
    }

    pub(crate) fn text_if(&mut self, text: Option<&Text>) -> rusqlite::Result<()> {
        match text {
            Some(text) => self.put(&**text),
            None => self.null(),
        }
    }

    pub(crate) fn json(&mut self, value: &impl Serialize) -> rusqlite::Result<()> {
        let text = serde_json::to_string(value)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        self.put(text)
    }

    pub(crate) fn null(&mut self) -> rusqlite::Result<()> {
        self.bound += 1;
        let bit = Nulls::bit(self.bound);
        if self.nulls.0 & bit != 0 {
            return Ok(());
        }
        self.nulls.0 |= bit;
        self.statement.raw_bind_parameter(self.bound, Null)
    }

    pub(crate) fn nulls(&mut self, count: usize) -> rusqlite::Result<()> {
        (0..count).try_for_each(|_| self.null())
    }

    /// Runs the statement; gives what it holds for the next time.
    pub(crate) fn execute(self) -> rusqlite::Result<Nulls> {
        self.statement.raw_execute()?;
        Ok(self.nulls)
    }
}

/// Reads the values of one row, one after the other.
pub(crate) struct Facts<'r, 'q> {
    row: &'r Row<'q>,
    next: usize,
}

impl<'r, 'q> Facts<'r, 'q> {
    pub(crate) fn from(row: &'r Row<'q>, first: usize) -> Self {
        Self { row, next: first }
    }

    pub(crate) fn get<T: rusqlite::types::FromSql>(&mut self) -> Result<T, CatalogueError> {
        let index = self.advance();
        Ok(self.row.get(index)?)
    }

    pub(crate) fn text(&mut self) -> Result<Text, CatalogueError> {
        self.text_if()?
            .ok_or_else(|| CatalogueError::damaged("a fact that must be there"))
    }

    pub(crate) fn text_if(&mut self) -> Result<Option<Text>, CatalogueError> {
        let index = self.advance();
        match self.row.get_ref(index)? {
            ValueRef::Null => Ok(None),
            value => Ok(Some(
                value
                    .as_str()
                    .map_err(|_| CatalogueError::damaged("a text"))?
                    .into(),
            )),
        }
    }

    pub(crate) fn word<W: Word>(&mut self) -> Result<W, CatalogueError> {
        W::parse(&self.text()?)
    }

    pub(crate) fn json<T: DeserializeOwned>(&mut self) -> Result<T, CatalogueError> {
        parse_json(&self.text()?)
    }

    pub(crate) fn skip(&mut self, count: usize) {
        self.next += count;
    }

    fn advance(&mut self) -> usize {
        self.next += 1;
        self.next - 1
    }
}
