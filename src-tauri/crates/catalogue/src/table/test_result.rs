//! Results of connection tests; the newest of each connection are kept.

use model::{ConnectionId, Stage, Timestamp};
use rusqlite::Row;

use super::json::{json, parse_json};
use super::sequence::Sequence;
use crate::scope::handle;
use crate::{CatalogueError, Write};

/// How many results are kept for a connection.
const KEPT: u32 = 200;

/// How a connection test ended.
#[derive(Debug, Clone, PartialEq)]
pub struct TestRecord {
    /// When it ended.
    pub at: Timestamp,
    /// How long it took, in milliseconds.
    pub millis: Option<f32>,
    /// The stage that failed; absent when all went well.
    pub stage_failed: Option<Stage>,
    /// The stable name of the error's kind.
    pub error_kind: Option<String>,
    /// What went wrong.
    pub message: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// The server's product.
    pub product: Option<String>,
    /// The server's version.
    pub version: Option<String>,
}

handle! {
    /// Results of connection tests.
    Tests
}

impl<M> Tests<'_, M> {
    /// The newest result of a connection.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn latest(&self, connection: ConnectionId) -> Result<Option<TestRecord>, CatalogueError> {
        Ok(self.list(connection, 1)?.pop())
    }

    /// The newest results of a connection, newest first.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn list(
        &self,
        connection: ConnectionId,
        limit: u32,
    ) -> Result<Vec<TestRecord>, CatalogueError> {
        self.access.require_connection(connection)?;
        let mut statement = self
            .access
            .db
            .prepare_cached(include_str!("test_result/list.sql"))?;
        let mut rows = statement.query((self.access.owner(), connection.0, limit))?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            records.push(read(row)?);
        }
        Ok(records)
    }

    /// How long the newest tests took, newest last, in milliseconds; absent
    /// where a test failed.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn latencies(
        &self,
        connection: ConnectionId,
        limit: u32,
    ) -> Result<Vec<(Timestamp, Option<f32>)>, CatalogueError> {
        let newest_first = self.list(connection, limit)?;
        let latency = |record: TestRecord| {
            (
                record.at,
                record.millis.filter(|_| record.stage_failed.is_none()),
            )
        };
        Ok(newest_first.into_iter().rev().map(latency).collect())
    }
}

impl Tests<'_, Write> {
    /// Keeps a result, and forgets the oldest beyond two hundred.
    ///
    /// # Errors
    /// `NotFound` where there is no such connection.
    pub fn record(
        &self,
        connection: ConnectionId,
        record: &TestRecord,
    ) -> Result<(), CatalogueError> {
        self.access.require_connection(connection)?;
        let id = self.access.next(Sequence::TestResult)?;
        self.access.db.execute(
            include_str!("test_result/insert.sql"),
            rusqlite::params![
                self.access.owner(),
                id,
                connection.0,
                record.at.0,
                record.millis,
                record.stage_failed.as_ref().map(json).transpose()?,
                record.error_kind,
                record.message,
                record.hint,
                record.product,
                record.version,
            ],
        )?;
        self.access.db.execute(
            include_str!("test_result/forget_old.sql"),
            (self.access.owner(), connection.0, KEPT),
        )?;
        Ok(())
    }
}

fn read(row: &Row<'_>) -> Result<TestRecord, CatalogueError> {
    let stage: Option<String> = row.get(2)?;
    Ok(TestRecord {
        at: Timestamp(row.get(0)?),
        millis: row.get(1)?,
        stage_failed: stage.as_deref().map(parse_json).transpose()?,
        error_kind: row.get(3)?,
        message: row.get(4)?,
        hint: row.get(5)?,
        product: row.get(6)?,
        version: row.get(7)?,
    })
}
