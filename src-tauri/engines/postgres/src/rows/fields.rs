//! The fields of one row, in order; every answer is taken as text.

use model::Text;
use sqlx::postgres::PgRow;
use sqlx::{Error, Row as _, ValueRef as _};

use super::{Numbers, list};

/// Reads the fields of one row in order. What is not as it was asked for reads as nothing or 0
/// there; [`Fields::ended`] tells of it.
pub(crate) struct Fields<'r> {
    row: &'r PgRow,
    question: &'static str,
    next: usize,
    wrong: Option<Error>,
}

impl<'r> Fields<'r> {
    /// The fields of a row that answers this question.
    pub(crate) fn of(row: &'r PgRow, question: &'static str) -> Self {
        Self {
            row,
            question,
            next: 0,
            wrong: None,
        }
    }

    /// Ends the row.
    ///
    /// # Errors
    /// The first field that is not as it was asked for.
    pub(crate) fn ended(self) -> Result<(), Error> {
        self.wrong.map_or(Ok(()), Err)
    }

    /// The next field, if it is not null.
    pub(crate) fn optional(&mut self) -> Option<&'r str> {
        let text = std::str::from_utf8(self.bytes()?);
        text.map_err(|source| self.refuse(source.into())).ok()
    }

    /// The next field, which is never null.
    pub(crate) fn text(&mut self) -> &'r str {
        let text = self.optional();
        self.never_null(text)
    }

    /// The next field as a number.
    pub(crate) fn number<N: TryFrom<i64> + Default>(&mut self) -> N {
        let number = self.numbered();
        self.never_null(number)
    }

    /// The next field as a number, if it is not null.
    pub(crate) fn numbered<N: TryFrom<i64>>(&mut self) -> Option<N> {
        let number = list::whole(self.bytes()?).and_then(|number| N::try_from(number).ok());
        if number.is_none() {
            self.refuse("not a number".into());
        }
        number
    }

    /// The next field as text that is soon taken apart, if it is not null.
    pub(crate) fn maybe(&mut self) -> Option<String> {
        self.optional().map(str::to_owned)
    }

    /// The next field as a number; 0 for null.
    pub(crate) fn count<N: TryFrom<i64> + Default>(&mut self) -> N {
        self.numbered().unwrap_or_default()
    }

    /// The next field as yes or no; no for null.
    pub(crate) fn flag(&mut self) -> bool {
        matches!(self.bytes(), Some([b't', ..]))
    }

    /// The next field as one letter; a space where it is empty or null.
    pub(crate) fn letter(&mut self) -> char {
        match self.bytes() {
            Some([letter, ..]) => char::from(*letter),
            _ => ' ',
        }
    }

    /// The next field as text that is kept.
    pub(crate) fn name(&mut self) -> Text {
        self.text().into()
    }

    /// The next field as text that is soon taken apart.
    pub(crate) fn string(&mut self) -> String {
        self.text().to_owned()
    }

    /// The next field as text that is kept, if it is not null.
    pub(crate) fn kept(&mut self) -> Option<Text> {
        self.optional().map(Text::from)
    }

    /// The next field as a list of numbers, written `{1,2}` or `1 2`; empty for null.
    pub(crate) fn numbers<N: TryFrom<i64> + Copy + Default>(&mut self) -> Numbers<N> {
        let list = self.bytes().unwrap_or_default();
        let numbers = list::numbers(list).map(|number| N::try_from(number?).ok());
        numbers.collect::<Option<_>>().unwrap_or_else(|| {
            self.refuse("not a number".into());
            Numbers::default()
        })
    }

    /// The next field as a list of texts; empty for null.
    ///
    /// The driver's own reading takes a text that says `NULL` for a null.
    pub(crate) fn texts(&mut self) -> Vec<Text> {
        self.optional().map(list::texts).unwrap_or_default()
    }

    /// The next field as a list of texts, if it is not null.
    pub(crate) fn listed(&mut self) -> Option<Vec<Text>> {
        self.optional().map(list::texts)
    }

    /// The last field is not as it was asked for.
    pub(super) fn refuse(&mut self, source: Box<dyn std::error::Error + Send + Sync>) {
        let place = self.next - 1;
        self.wrong.get_or_insert_with(|| Error::ColumnDecode {
            index: format!("{}.{place}", self.question),
            source,
        });
    }

    /// The next field as it came.
    fn bytes(&mut self) -> Option<&'r [u8]> {
        let place = self.next;
        self.next += 1;
        match self.row.try_get_raw(place) {
            Ok(value) if value.is_null() => None,
            Ok(value) => value.as_bytes().ok(),
            Err(error) => {
                self.wrong.get_or_insert(error);
                None
            }
        }
    }

    fn never_null<T: Default>(&mut self, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.refuse("null".into());
            T::default()
        })
    }
}
