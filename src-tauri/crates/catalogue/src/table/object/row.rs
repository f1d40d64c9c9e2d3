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
}

impl<'s, 'c> Binder<'s, 'c> {
    pub(crate) fn new(statement: &'s mut Statement<'c>) -> Self {
        Self {
            statement,
            bound: 0,
        }
    }

    pub(crate) fn put(&mut self, value: impl ToSql) -> rusqlite::Result<()> {
        self.bound += 1;
        self.statement.raw_bind_parameter(self.bound, value)
    }

    pub(crate) fn text_if(&mut self, text: Option<&Text>) -> rusqlite::Result<()> {
        self.put(text.map(|text| &**text))
    }

    pub(crate) fn json(&mut self, value: &impl Serialize) -> rusqlite::Result<()> {
        let text = serde_json::to_string(value)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        self.put(text)
    }

    pub(crate) fn null(&mut self) -> rusqlite::Result<()> {
        self.put(Null)
    }

    pub(crate) fn nulls(&mut self, count: usize) -> rusqlite::Result<()> {
        (0..count).try_for_each(|_| self.null())
    }

    pub(crate) fn execute(self) -> rusqlite::Result<()> {
        self.statement.raw_execute().map(|_| ())
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
