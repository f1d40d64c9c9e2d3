//! The columns of a row, one after the other.

use model::Text;
use sqlx::mysql::MySqlRow;
use sqlx::{Error, Row as _};

use super::Texts;

/// Reads the columns of a row from left to right.
pub(super) struct Columns<'r> {
    row: &'r MySqlRow,
    texts: &'r mut Texts,
    next: usize,
}

impl<'r> Columns<'r> {
    pub(super) fn of(row: &'r MySqlRow, texts: &'r mut Texts) -> Self {
        Self {
            row,
            texts,
            next: 0,
        }
    }

    fn bytes(&mut self) -> Result<Option<&'r [u8]>, Error> {
        let place = self.next;
        self.next += 1;
        self.row.try_get_unchecked(place)
    }

    pub(super) fn maybe(&mut self) -> Result<Option<Text>, Error> {
        let place = self.next;
        let bytes = self.bytes()?;
        Ok(bytes.map(|bytes| self.texts.once(place, bytes)))
    }

    pub(super) fn text(&mut self) -> Result<Text, Error> {
        let place = self.next;
        let bytes = self.bytes()?.unwrap_or_default();
        Ok(self.texts.once(place, bytes))
    }

    /// Text that counts only where there is some.
    pub(super) fn filled(&mut self) -> Result<Option<Text>, Error> {
        let place = self.next;
        let bytes = self.bytes()?.filter(|bytes| !bytes.is_empty());
        Ok(bytes.map(|bytes| self.texts.once(place, bytes)))
    }

    pub(super) fn amount(&mut self) -> Result<Option<u64>, Error> {
        let bytes = self.bytes()?;
        let text = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
        Ok(text.and_then(|text| text.parse().ok()))
    }

    pub(super) fn number(&mut self) -> Result<u32, Error> {
        let amount = self.amount()?.unwrap_or(0);
        Ok(u32::try_from(amount).unwrap_or(u32::MAX))
    }

    /// `YES`, `1` and `Y` are yes.
    pub(super) fn yes(&mut self) -> Result<bool, Error> {
        let text = self.bytes()?.unwrap_or_default();
        Ok(matches!(text, b"YES" | b"1" | b"Y"))
    }
}
