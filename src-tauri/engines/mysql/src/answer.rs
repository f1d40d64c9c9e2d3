//! Taking in what a server answers, in bounds: between two rows others get their
//! turn, so that deadlines are kept, and there is an end to how much is taken.

use std::io::ErrorKind;

use futures_util::TryStreamExt as _;
use sqlx::mysql::{MySqlConnection, MySqlRow};
use sqlx::{AssertSqlSafe, Either, Error, Row as _};

use crate::error::is_of_one_part;

/// The most bytes of one answer; the largest real schemas are far from it.
const MOST_BYTES: usize = 1 << 30;
/// What a row takes beside its text.
const ROW_BYTES: usize = 64;
/// How many rows are taken in at one turn; fewer than the runtime allows a task.
const ONE_TURN: usize = 64;

/// How much of an answer has been taken in.
#[derive(Debug, Default)]
pub(crate) struct Intake {
    pieces: usize,
    bytes: usize,
}

impl Intake {
    /// Counts a row of so many bytes and lets others have their turn.
    ///
    /// # Errors
    /// Where it is more than any schema holds; the rest of the answer is not to be read.
    pub(crate) async fn count(&mut self, bytes: usize) -> Result<(), Error> {
        self.bytes = self.bytes.saturating_add(bytes).saturating_add(ROW_BYTES);
        self.pieces += 1;
        if self.bytes > MOST_BYTES {
            let detail = "The server's answer is larger than any schema.";
            return Err(Error::Io(std::io::Error::new(
                ErrorKind::InvalidData,
                detail,
            )));
        }
        if self.pieces.is_multiple_of(ONE_TURN) {
            // The driver by itself need not wait while there are more bytes to read.
            tokio::task::yield_now().await;
        }
        Ok(())
    }
}

/// All rows that a statement is answered with.
pub(crate) async fn rows(
    connection: &mut MySqlConnection,
    statement: String,
) -> Result<Vec<MySqlRow>, Error> {
    let mut answers = each(connection, vec![statement]).await?;
    answers.pop().unwrap_or_else(|| Ok(Vec::new()))
}

/// What each of several statements is answered with, all asked in one round trip;
/// after one that this user may not ask, those that follow it in one more.
pub(crate) async fn each(
    connection: &mut MySqlConnection,
    statements: Vec<String>,
) -> Result<Vec<Result<Vec<MySqlRow>, Error>>, Error> {
    let mut answered: Vec<Result<Vec<MySqlRow>, Error>> = Vec::new();
    let mut intake = Intake::default();
    while let Some(left) = statements.get(answered.len()..)
        && !left.is_empty()
    {
        let batch = left.join(";\n");
        let mut answers = sqlx::raw_sql(AssertSqlSafe(batch)).fetch_many(&mut *connection);
        let mut rows = Vec::new();
        let failed = loop {
            match answers.try_next().await {
                Ok(Some(Either::Right(row))) => {
                    intake.count(bytes_of(&row)).await?;
                    rows.push(row);
                }
                Ok(Some(Either::Left(_))) => answered.push(Ok(std::mem::take(&mut rows))),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };
        match failed {
            None => break,
            Some(error) if is_of_one_part(&error) => answered.push(Err(error)),
            Some(error) => return Err(error),
        }
    }
    Ok(answered)
}

/// How many bytes of text a row has.
pub(crate) fn bytes_of(row: &MySqlRow) -> usize {
    let bytes = |place| row.try_get_unchecked::<Option<&[u8]>, _>(place);
    (0..row.len())
        .filter_map(|place| bytes(place).ok().flatten())
        .map(<[u8]>::len)
        .sum()
}
