//! What has changed since a database was read, and whether anything can have.

use std::collections::{BTreeSet, HashMap};

use engine::{EngineError, OpContext, Sink};
use model::snapshot::{Fingerprint, Portion};
use sqlx::postgres::PgConnection;

use super::fingerprint::{self, Difference, State};
use super::question::Values;
use super::reader::{Failure, Reader};
use super::{ask_server, asked};
use crate::variant::Facts;

/// Of databases with what is known of each, those that nothing can have changed since: no
/// transaction has written anywhere on the server, or no row was counted as written in the
/// database, and nobody is in there who may have written some that are not counted yet.
pub(crate) async fn at_rest(
    connection: &mut PgConnection,
    mut known: Vec<(String, Fingerprint)>,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Vec<(String, Fingerprint)>, EngineError> {
    let all = Values::default().databases(true);
    let mut questions = Vec::new();
    if facts.counts_writes() {
        questions.extend(asked::WRITTEN);
    }
    questions.push(asked::MOMENT);
    let catalog = ask_server(connection, &questions, &all, facts, cx).await?;
    let now = catalog.moments.iter().map(|moment| {
        let state = State::at(moment, &catalog);
        let counted = catalog.has_counted(moment.database);
        (state.identity.clone(), (state, counted))
    });
    let now: HashMap<_, _> = now.collect();
    known.retain(|(_, fingerprint)| {
        State::known(fingerprint).is_some_and(|known| {
            let now = now.get(&known.identity);
            now.is_some_and(|(now, counted)| {
                now.rests_since(&known) || *counted && now.counts_as(&known)
            })
        })
    });
    Ok(known)
}

/// How a database has changed since what is known of it.
pub(super) enum Since {
    /// Nothing is known.
    Unknown,
    /// Not at all.
    Nothing(State),
    /// All may have.
    Everything(State),
    /// Tables with these remainders of their numbers, and what is no table.
    Touched(BTreeSet<u32>, State),
}

/// Compares the state of the database with the known one.
pub(super) async fn since(
    connection: &mut PgConnection,
    reader: &mut Reader<'_>,
    out: &mut dyn Sink,
) -> Result<Since, Failure> {
    let Some(known) = out.known().and_then(State::known) else {
        return Ok(Since::Unknown);
    };
    if let Some(now) = at_rest_here(connection, reader, &known).await? {
        return Ok(Since::Nothing(now.with_marks_of(known)));
    }
    let values = Values::default()
        .databases(false)
        .schemas(&reader.catalog.schema_ids());
    let mut questions = vec![asked::SHARED];
    questions.extend(asked::STATE);
    questions.extend(asked::STATE_OF_TABLES);
    reader.ask(connection, &questions, &values).await?;
    let Some(now) = State::of(&reader.catalog) else {
        return Ok(Since::Unknown);
    };
    let changed = match now.since(&known) {
        Difference::Nothing => return Ok(Since::Nothing(now)),
        Difference::Everything => return Ok(Since::Everything(now)),
        Difference::Some(changed) => changed,
    };
    let values = Values::default().changed(&changed);
    reader.ask(connection, &[asked::TOUCHED], &values).await?;
    let mut relations = changed.relations;
    relations.extend(reader.catalog.touched.drain(..));
    let Some(touched) = fingerprint::touched(&relations) else {
        return Ok(Since::Everything(now));
    };
    reader.handed_over = true;
    let only = Portion::Only(touched);
    out.put(only).await.map_err(Failure::Sink)?;
    Ok(Since::Touched(relations, now))
}

/// The state of the database at hand, where nothing can have changed since the known one.
async fn at_rest_here(
    connection: &mut PgConnection,
    reader: &mut Reader<'_>,
    known: &State,
) -> Result<Option<State>, Failure> {
    let Some(moment) = reader.catalog.moments.first().cloned() else {
        return Ok(None);
    };
    let now = State::at(&moment, &reader.catalog);
    if now.rests_since(known) {
        return Ok(Some(now));
    }
    if !now.has_writes_of(known) {
        return Ok(None);
    }
    let before = reader.catalog.writes.clone();
    let here = Values::default().databases(false);
    reader.ask(connection, &asked::WRITTEN, &here).await?;
    let later = State::at(&moment, &reader.catalog);
    if reader.catalog.has_counted(moment.database) && later.counts_as(known) {
        return Ok(Some(later));
    }
    // What is counted by now may be more than what this transaction sees.
    reader.catalog.writes = before;
    Ok(None)
}
