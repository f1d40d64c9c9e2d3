//! Reading one collection: its indexes, its sizes, a sample of its documents.
//! What cannot be read becomes a warning there; only a broken link ends it all.

use std::collections::BTreeMap;
use std::time::Duration;

use bson::{Document, doc};
use model::snapshot::Warning;
use mongodb::error::Error;

use super::path_of;
use crate::ask::Lane;
use crate::error::{code, code_of, said};
use crate::pipelines;
use crate::privileges::read_grant;
use crate::rows::{CollectionRow, IndexRow, Sort, StatsRow};
use crate::sample::{self, Found};
use crate::settings::Settings;
use crate::types::amount;
use crate::variant::Facts;

/// How long after its time the server may still answer.
const GRACE: Duration = Duration::from_secs(2);

/// What was read of one collection.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) indexes: Vec<IndexRow>,
    pub(super) stats: StatsRow,
    pub(super) uses: BTreeMap<String, u64>,
    pub(super) found: Option<Found>,
    pub(super) warnings: Vec<Warning>,
}

/// One conversation that reads collections.
pub(super) struct Reading<'r> {
    pub(super) lane: &'r mut Lane,
    pub(super) database: &'r str,
    pub(super) settings: &'r Settings,
    pub(super) facts: &'r Facts,
}

impl Reading<'_> {
    /// Reads one collection; nothing where it is gone meanwhile.
    pub(super) async fn read(&mut self, row: &CollectionRow) -> Result<Option<Read>, Error> {
        let mut read = Read::default();
        if row.sort != Sort::View {
            let indexes = doc! { "listIndexes": row.name.as_str() };
            match self.list(indexes).await {
                Ok(rows) => read.indexes = rows.into_iter().filter_map(IndexRow::read).collect(),
                Err(failure) if code_of(&failure) == Some(code::NAMESPACE_NOT_FOUND) => {
                    return Ok(None);
                }
                Err(failure) => self.warn(row, "its indexes", true, failure, &mut read)?,
            }
            let series = row.sort == Sort::TimeSeries;
            let stats = self.aggregate(row, pipelines::collection_stats(!series));
            match self.list(stats).await {
                Ok(rows) => read.stats = StatsRow::read(&rows),
                // Sizes are a courtesy; what the sample needs of them is guessed.
                Err(failure) if code_of(&failure).is_some() => {}
                Err(failure) => return Err(failure),
            }
            if series {
                // What is stored are buckets, each of many measurements.
                read.stats.count = None;
            }
        }
        if row.sort == Sort::Collection {
            if read.stats.count.is_none() {
                // Who may only read documents is told at least how many there are.
                let count = doc! { "count": row.name.as_str() };
                let limit = self.settings.statement_timeout;
                match self.lane.ask(self.database, count, limit).await {
                    Ok(reply) => read.stats.count = amount(reply.get("n")),
                    Err(failure) if code_of(&failure).is_some() => {}
                    Err(failure) => return Err(failure),
                }
            }
            let uses = self.aggregate(row, pipelines::index_uses());
            match self.list(uses).await {
                Ok(rows) => {
                    let named = rows.iter().filter_map(|row| {
                        let name = row.get_str("_id").ok()?;
                        Some((name.to_owned(), amount(row.get("uses"))?))
                    });
                    read.uses = named.collect();
                }
                Err(failure) if code_of(&failure).is_some() => {}
                Err(failure) => return Err(failure),
            }
        }
        if self.settings.sampling.size > 0 {
            let sampling = self.settings.sampling;
            let estimate = read.stats.count;
            let looking = sample::sample(self.lane, self.database, row, estimate, sampling);
            // The server ends it by itself; one that does not is not waited for.
            let found = tokio::time::timeout(sampling.limit + GRACE, looking).await;
            let Ok(found) = found else {
                self.lane.give_up().await?;
                read.warnings.push(Warning {
                    object: path_of(self.database, row),
                    reason: "Reading its documents took longer than allowed and was given up."
                        .to_owned(),
                    grant: None,
                    unseen: false,
                });
                return Ok(Some(read));
            };
            match found {
                Ok(found) => {
                    let object = path_of(self.database, row);
                    let notes = found.notes.iter().map(|note| Warning {
                        object: object.clone(),
                        reason: note.clone(),
                        grant: None,
                        unseen: false,
                    });
                    read.warnings.extend(notes);
                    read.found = Some(found);
                }
                Err(failure) if code_of(&failure) == Some(code::NAMESPACE_NOT_FOUND) => {}
                Err(failure) => self.warn(row, "its documents", false, failure, &mut read)?,
            }
        }
        Ok(Some(read))
    }

    async fn list(&mut self, command: Document) -> Result<Vec<Document>, Error> {
        let limit = self.settings.statement_timeout;
        self.lane.list(self.database, command, limit).await
    }

    fn aggregate(&self, row: &CollectionRow, pipeline: Vec<Document>) -> Document {
        doc! { "aggregate": row.name.as_str(), "pipeline": pipeline, "cursor": {} }
    }

    /// Notes what could not be read, where the server itself says why.
    fn warn(
        &self,
        row: &CollectionRow,
        what: &str,
        unseen: bool,
        failure: Error,
        read: &mut Read,
    ) -> Result<(), Error> {
        let Some(said) = said(&failure) else {
            return Err(failure);
        };
        let (reason, grant) = match said.code {
            code::UNAUTHORIZED => (
                format!("This user may not read {what}."),
                Some(read_grant(self.facts, self.database)),
            ),
            code::MAX_TIME_EXPIRED => (
                format!("Reading {what} took longer than allowed and was stopped by the server."),
                None,
            ),
            // The session's own end: the whole reading is over.
            code::INTERRUPTED => return Err(failure),
            _ => (
                format!(
                    "The server could not read {what}: {}.",
                    said.message.trim_end_matches('.')
                ),
                None,
            ),
        };
        read.warnings.push(Warning {
            object: path_of(self.database, row),
            reason,
            grant,
            unseen,
        });
        Ok(())
    }
}
