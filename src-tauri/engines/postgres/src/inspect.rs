//! Reading the schema of one database: a constant number of questions in one
//! consistent view, over three round trips, handed over portion by portion.

mod answered;
mod asked;
mod build;
mod catalog;
mod fingerprint;
mod question;
mod reader;
mod since;
mod sums;
mod warnings;

use engine::{EngineError, InspectScope, OpContext, Sink};
use model::snapshot::{Portion, Touched};
use model::{ObjectPath, SnapshotBuilder};
use sqlx::postgres::PgConnection;

use crate::error::{self, is_locked, is_torn};
use crate::rows::LockedRow;
use crate::variant::Facts;
use catalog::Catalog;
use fingerprint::State;
pub(crate) use question::{HARMLESS, relation_named};
use question::{Question, Values};
use reader::{Failure, Reader};
pub(crate) use since::at_rest;
use since::{Since, since};

/// What is counted must be known before the moment as of which all is read.
const BEFORE: Question = Question::silent("BEGIN READ ONLY");
const BEGIN: Question = Question::silent("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
const SETTLE: Question = Question::pooled(include_str!("sql/local_settings.sql"));
const COMMIT: Question = Question::silent("COMMIT");
const ROLLBACK: Question = Question::silent("ROLLBACK");

/// Reads what the scope names into `out`.
///
/// What somebody is changing right now is left out with a warning. A read that
/// concurrent DDL tears is tried once more; after that the database is there
/// with a warning in place of what it holds.
pub(crate) async fn inspect(
    connection: &mut PgConnection,
    scope: &InspectScope,
    facts: &Facts,
    out: &mut dyn Sink,
    cx: &OpContext,
) -> Result<(), EngineError> {
    let mut locked: Option<Vec<LockedRow>> = None;
    let mut torn = false;
    loop {
        let mut reader = Reader::new(&scope.database, facts, cx);
        let skipped = locked.as_deref().unwrap_or_default();
        let failure = match read(connection, scope, facts, skipped, &mut reader, out, cx).await {
            Ok(()) => return Ok(()),
            Err(Failure::Sink(error)) => return Err(error),
            Err(Failure::Server(failure)) => failure,
        };
        let running = |failure| error::running(failure, facts);
        // The failed transaction must end before anything else is asked; where
        // even that fails, the first error is the one to tell.
        let mut after = Reader::new(&scope.database, facts, cx);
        let ended = after.ask(connection, &[ROLLBACK], &Values::default()).await;
        let again = ended.is_ok() && (is_locked(&failure) && locked.is_none() || is_torn(&failure));
        if again && reader.handed_over {
            out.put(Portion::Restart).await?;
        }
        if again && is_locked(&failure) {
            let asked = after
                .ask(connection, &[asked::LOCKED], &Values::default())
                .await;
            asked.map_err(running)?;
            locked = Some(after.catalog.locked);
        } else if again && !torn {
            torn = true;
        } else if again {
            reader.catalog.schemas.clear();
            reader.catalog.warnings = vec![warnings::torn(scope, &failure)];
            return out
                .put(Portion::Read(build::head(&mut reader.catalog)))
                .await;
        } else {
            return Err(running(failure));
        }
    }
}

/// Reads what belongs to the server and to no database.
pub(crate) async fn inspect_server(
    connection: &mut PgConnection,
    facts: &Facts,
    out: &mut SnapshotBuilder,
    cx: &OpContext,
) -> Result<(), EngineError> {
    let questions = [asked::ROLES, asked::TABLESPACES];
    let catalog = ask_server(connection, &questions, &Values::default(), facts, cx).await?;
    let warnings = warnings::closed(&catalog, &ObjectPath::server(), facts);
    build::server(catalog, facts, out);
    warnings.into_iter().for_each(|warning| out.warn(warning));
    Ok(())
}

/// Asks what is the same in every database, in a transaction of its own.
async fn ask_server(
    connection: &mut PgConnection,
    questions: &[Question],
    values: &Values,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Catalog, EngineError> {
    let mut reader = Reader::new(&facts.database, facts, cx);
    let asked = async {
        let begin = [BEGIN, SETTLE, asked::CLOSED];
        reader.ask(connection, &begin, values).await?;
        let questions = [questions, &[COMMIT]].concat();
        reader.ask(connection, &questions, values).await
    };
    match asked.await {
        Ok(()) => Ok(reader.catalog),
        Err(failure) => {
            let _ = reader.ask(connection, &[ROLLBACK], values).await;
            Err(error::running(failure, facts))
        }
    }
}

async fn read(
    connection: &mut PgConnection,
    scope: &InspectScope,
    facts: &Facts,
    skipped: &[LockedRow],
    reader: &mut Reader<'_>,
    out: &mut dyn Sink,
    cx: &OpContext,
) -> Result<(), Failure> {
    let whole = fingerprint::applies(scope) && skipped.is_empty();
    let mut begin = Vec::new();
    if whole && facts.counts_writes() {
        begin.extend([BEFORE, asked::WRITES, COMMIT]);
    }
    begin.extend([
        BEGIN,
        SETTLE,
        asked::BY_INDEX,
        asked::CLOSED,
        asked::AS_PLANNED,
        asked::DATABASE,
        asked::SCHEMAS,
    ]);
    if whole {
        begin.push(asked::MOMENT);
    }
    let here = Values::default().databases(false);
    reader.ask(connection, &begin, &here).await?;
    // What is closed could change unseen.
    let whole = whole && reader.catalog.are_open_to(&asked::all(facts, scope));
    reader.catalog.keep_schemas(scope);
    let told = warnings::locked(&reader.catalog, scope, skipped);
    reader.catalog.warnings.extend(told);
    let relation = match (&scope.schema, &scope.table) {
        (Some(schema), Some(table)) => {
            let found = question::relation_named(connection, facts, schema, table, cx).await?;
            found.map(|row| row.id)
        }
        (_, None) => Some(0),
        (None, Some(_)) => None,
    };
    let Some(relation) = relation else {
        return reader
            .ask_in_portions(connection, &[], &[], &[COMMIT], &Values::default(), out)
            .await;
    };
    let since = if whole {
        since(connection, reader, out).await?
    } else {
        Since::Unknown
    };
    let (touched, state) = match since {
        Since::Nothing(state) => {
            reader
                .ask(connection, &[COMMIT], &Values::default())
                .await?;
            let nothing = Portion::Only(Touched::default());
            out.put(nothing).await.map_err(Failure::Sink)?;
            let same = Portion::Fingerprint(state.fingerprint());
            return out.put(same).await.map_err(Failure::Sink);
        }
        Since::Touched(relations, state) => (Some(relations), Some(state)),
        Since::Everything(state) => (None, Some(state)),
        Since::Unknown => (None, None),
    };
    let skipped: Vec<_> = skipped.iter().map(|row| row.id).collect();
    let all = scope.schema.is_none() && skipped.is_empty() && touched.is_none();
    let values = Values::default()
        .databases(false)
        .schemas(&reader.catalog.schema_ids())
        .relation(relation)
        .skipping(&skipped)
        .touched(touched.as_ref());
    let mut outset = asked::OUTSET.to_vec();
    if reader.catalog.marks.is_empty() && !scope.system {
        outset.extend(asked::STATE);
    }
    if whole && state.is_none() {
        outset.push(asked::SHARED);
    }
    reader.ask(connection, &outset, &values).await?;
    reader.catalog.all &= all;
    let values = values.sequences(&reader.catalog.sequences);
    let mut tables = asked::about_tables(facts);
    let mut rest = asked::about_the_rest(facts, scope);
    rest.push(COMMIT);
    let mut first = vec![asked::DEPENDENCIES];
    for questions in [&mut first, &mut tables, &mut rest] {
        questions.retain(|question| answered::may_be(question, &reader.catalog));
    }
    reader
        .ask_in_portions(connection, &first, &tables, &rest, &values, out)
        .await?;
    // Of what is read of tables it is known only now.
    match state.or_else(|| State::of(&reader.catalog).filter(|_| whole)) {
        Some(state) => {
            let ended = Portion::Fingerprint(state.fingerprint());
            out.put(ended).await.map_err(Failure::Sink)
        }
        None => Ok(()),
    }
}

/// Whether a schema is the server's own; the prefix is reserved for it.
pub(crate) fn is_system(schema: &str) -> bool {
    schema.starts_with("pg_") || schema == "information_schema"
}
