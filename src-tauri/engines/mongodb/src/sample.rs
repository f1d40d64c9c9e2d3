//! What documents look like, learned from a sample of them: which fields, of
//! which types, how often. The server counts; documents travel only where it cannot.

mod fields;
mod tally;
mod walk;

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use bson::{Bson, Document, doc};
use mongodb::error::Error;

use crate::ask::Lane;
use crate::error::{code, code_of};
use crate::pipelines::{self, Path};
use crate::rows::{CollectionRow, Sort};
use crate::settings::Sampling;

pub(crate) use fields::{Declared, fields};
pub(crate) use tally::Tally;

/// Levels that the first question takes apart, which is enough for most documents.
const LEVELS: usize = 6;
/// Levels that each later question takes apart.
const MORE_LEVELS: usize = 16;
/// Levels in all; a server keeps documents of up to 100.
const DEPTH: usize = 104;
/// Paths that one question follows at once; more are followed in several.
const FOLLOWED: usize = 400;
/// Most bytes of documents that are taken here where the server cannot count.
const BYTES: usize = 64 << 20;
/// Most bytes of ids that are sent back to the server.
const ID_BYTES: usize = 8 << 20;

/// How long after its time the server may still answer.
const GRACE: Duration = Duration::from_secs(1);

/// Why documents travel.
const UNDONE: &str = "The server did not get done counting its fields";
const EQUAL_NAMES: &str = "Its collation calls different names equal";

/// What a sample found.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    pub(crate) tally: Tally,
    /// Whether every document there is was looked at.
    pub(crate) whole: bool,
    /// What people should know of how it was done, one sentence each.
    pub(crate) notes: Vec<String>,
}

/// Looks at a sample of a collection's documents; `estimate` is how many it has.
pub(crate) async fn sample(
    lane: &mut Lane,
    database: &str,
    row: &CollectionRow,
    estimate: Option<u64>,
    sampling: Sampling,
) -> Result<Found, Error> {
    let mut looking = Looking {
        lane,
        database,
        collection: &row.name,
        // The rest is kept for looking here, where the server does not get done.
        until: Instant::now() + sampling.limit * 3 / 5,
        sampling,
        collation: None,
    };
    let size = u64::from(sampling.size);
    let whole = estimate.is_some_and(|count| count <= size);
    let by_chance = vec![doc! { "$sample": { "size": i64::from(sampling.size) } }];
    let (source, same_again) = if whole {
        (Vec::new(), true)
    } else if row.sort == Sort::Collection {
        match looking.chosen(row, estimate).await {
            Ok(chosen) => (chosen, true),
            Err(failure) if is_inability(&failure) => (by_chance, false),
            Err(failure) => return Err(failure),
        }
    } else {
        // There is no cheap way back to the same measurements or to a view's documents.
        (by_chance, false)
    };
    let mut found = Found {
        whole,
        ..Found::default()
    };
    let why = if looking.compares_names_by_their_letters(row) {
        // A server looks at its clock between documents, and one may be all there is.
        let allowed = looking.left() + GRACE;
        let counting = looking.counted(&source, same_again, &mut found);
        match tokio::time::timeout(allowed, counting).await {
            Ok(Ok(())) => {
                // Fewer than were asked for are all that there are.
                found.whole |= row.sort != Sort::Collection && found.tally.documents() < size;
                return Ok(found);
            }
            Ok(Err(failure)) if !is_inability(&failure) => return Err(failure),
            Ok(Err(_)) => UNDONE,
            Err(_) => {
                looking.lane.give_up().await?;
                UNDONE
            }
        }
    } else {
        EQUAL_NAMES
    };
    looking.until = Instant::now() + sampling.limit * 2 / 5;
    let (source, first) = if why == UNDONE && !same_again {
        // To choose again from all of a view would take as long or as much again.
        let beginning = doc! { "$limit": i64::from(sampling.size) };
        (vec![beginning], "the first ")
    } else {
        (source, "")
    };
    let taken = looking.taken(source).await?;
    found.notes = vec![format!(
        "{why}; {first}{} of its documents were read instead.",
        taken.tally.documents()
    )];
    found.whole = whole && !taken.cut;
    found.tally = taken.tally;
    found.tell_of_too_many();
    Ok(found)
}

impl Found {
    fn tell_of_too_many(&mut self) {
        if self.tally.is_full() {
            self.whole = false;
            self.notes.push(format!(
                "It has more than {} different fields; the others are left out. Names that look \
                 like keys of a map are better kept as values.",
                tally::FIELDS
            ));
        }
    }
}

/// Whether a server cannot answer the question, in time or at all, rather than
/// not to this user or not any more.
fn is_inability(failure: &Error) -> bool {
    let known = [
        code::UNAUTHORIZED,
        code::NAMESPACE_NOT_FOUND,
        code::INTERRUPTED,
    ];
    code_of(failure).is_some_and(|code| !known.contains(&code))
}

struct Looking<'l> {
    lane: &'l mut Lane,
    database: &'l str,
    collection: &'l str,
    until: Instant,
    sampling: Sampling,
    /// How names are compared while they are counted, where not as it is anyway.
    collation: Option<Document>,
}

impl Looking<'_> {
    fn left(&self) -> Duration {
        self.until.saturating_duration_since(Instant::now())
    }

    fn command(&self, pipeline: Vec<Document>) -> Document {
        doc! {
            "aggregate": self.collection,
            "pipeline": pipeline,
            "cursor": {},
            "allowDiskUse": false,
        }
    }

    /// Sees to it that `Name` and `name` are counted apart, which the collation of a
    /// collection may call equal; says no where that of a view cannot be set aside.
    fn compares_names_by_their_letters(&mut self, row: &CollectionRow) -> bool {
        if !row.options.contains_key("collation") {
            return true;
        }
        self.collation = Some(doc! { "locale": "simple" });
        row.sort != Sort::View
    }

    /// Chooses documents by chance, so that they can be asked for again.
    async fn chosen(
        &mut self,
        row: &CollectionRow,
        estimate: Option<u64>,
    ) -> Result<Vec<Document>, Error> {
        let size = self.sampling.size;
        // Below a twentieth of the collection the server picks at random and
        // reads no more than it picks; above, it would sort whole documents.
        let sparse = estimate.is_some_and(|count| u64::from(size) * 20 < count);
        let clustered = row.options.contains_key("clusteredIndex");
        let covered = !sparse && !clustered;
        let mut command = self.command(pipelines::sampled_ids(size, covered));
        if covered {
            command.insert("hint", doc! { "_id": 1 });
        }
        let limit = self.left();
        let mut ids = Vec::new();
        let mut bytes = 0;
        self.lane
            .each(self.database, command, limit, |document| {
                bytes += document.as_bytes().len();
                let id = document.get("_id").ok().flatten();
                if let Some(id) = id.and_then(|id| Bson::try_from(id).ok()) {
                    ids.push(id);
                }
                if bytes > ID_BYTES {
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })
            .await?;
        Ok(vec![doc! { "$match": { "_id": { "$in": ids } } }])
    }

    /// Lets the server count, a few levels at a time.
    async fn counted(
        &mut self,
        source: &[Document],
        same_again: bool,
        found: &mut Found,
    ) -> Result<(), Error> {
        let mut open: Vec<Path> = Vec::new();
        let mut depth = 0;
        loop {
            let levels = match (depth, same_again) {
                (0, true) => LEVELS,
                _ => MORE_LEVELS,
            };
            let rounds: Vec<&[Path]> = if depth == 0 {
                vec![&[]]
            } else {
                open.chunks(FOLLOWED).collect()
            };
            let mut deeper = Vec::new();
            for from in rounds {
                let pipeline =
                    pipelines::field_types(source.to_vec(), from, levels, self.sampling.hints);
                let mut command = self.command(pipeline);
                if let Some(collation) = &self.collation {
                    command.insert("collation", collation.clone());
                }
                let limit = self.left();
                let tally = &mut found.tally;
                self.lane
                    .each(self.database, command, limit, |group| {
                        if let Some(path) = tally.take_group(group) {
                            deeper.push(path);
                        }
                        if tally.is_full() {
                            return ControlFlow::Break(());
                        }
                        ControlFlow::Continue(())
                    })
                    .await?;
            }
            depth += levels;
            if deeper.is_empty() || found.tally.is_full() {
                break;
            }
            if !same_again || depth >= DEPTH {
                found.notes.push(format!(
                    "What lies deeper than {depth} levels was not looked at."
                ));
                break;
            }
            deeper.sort_unstable();
            deeper.dedup();
            open = deeper;
        }
        found.tell_of_too_many();
        Ok(())
    }

    /// Takes documents and looks at them here, within bounds.
    async fn taken(&mut self, source: Vec<Document>) -> Result<Taken, Error> {
        let command = self.command(source);
        let limit = self.left();
        let mut taken = Taken::default();
        let mut bytes = 0;
        let hints = self.sampling.hints;
        let until = self.until;
        let looked = self
            .lane
            .each(self.database, command, limit, |document| {
                walk::walk(document, hints, &mut taken.tally);
                bytes += document.as_bytes().len();
                if bytes > BYTES || taken.tally.is_full() || Instant::now() > until {
                    taken.cut = true;
                    return ControlFlow::Break(());
                }
                ControlFlow::Continue(())
            })
            .await;
        match looked {
            Ok(()) => {}
            // What was seen until then was seen.
            Err(failure)
                if code_of(&failure) == Some(code::MAX_TIME_EXPIRED)
                    && taken.tally.documents() > 0 =>
            {
                taken.cut = true;
            }
            Err(failure) => return Err(failure),
        }
        Ok(taken)
    }
}

#[derive(Default)]
struct Taken {
    tally: Tally,
    cut: bool,
}
