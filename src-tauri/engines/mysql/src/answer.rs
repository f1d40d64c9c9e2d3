//! Taking in what a server answers, in bounds: between two rows others get their
//! turn, so that deadlines are kept, and there is an end to how much is taken.

use std::io::ErrorKind;

use futures_util::TryStreamExt as _;
use sqlx::mysql::{MySqlConnection, MySqlQueryResult, MySqlRow};
use sqlx::{AssertSqlSafe, Either, Error, Row as _};

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
    /// Counts a piece of the answer and lets others have their turn.
    ///
    /// # Errors
    /// Where it is more than any schema holds; the rest of the answer is not to be read.
    pub(crate) async fn count(
        &mut self,
        piece: &Either<MySqlQueryResult, MySqlRow>,
    ) -> Result<(), Error> {
        let text = piece.as_ref().right().map_or(0, bytes_of);
        self.bytes = self.bytes.saturating_add(text).saturating_add(ROW_BYTES);
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

fn bytes_of(row: &MySqlRow) -> usize {
    let bytes = |place| row.try_get_unchecked::<Option<&[u8]>, _>(place);
    (0..row.len())
        .filter_map(|place| bytes(place).ok().flatten())
        .map(<[u8]>::len)
        .sum()
}

/// All rows that a statement is answered with.
pub(crate) async fn rows(
    connection: &mut MySqlConnection,
    statement: String,
) -> Result<Vec<MySqlRow>, Error> {
    let mut rows = Vec::new();
    let mut intake = Intake::default();
    let mut answer = sqlx::raw_sql(AssertSqlSafe(statement)).fetch_many(connection);
    while let Some(piece) = answer.try_next().await? {
        intake.count(&piece).await?;
        rows.extend(piece.right());
    }
    Ok(rows)
}
