//! Reading the schema of one database: a constant number of questions in one
//! consistent view, over three round trips, handed over portion by portion.

mod asked;
mod build;
mod catalog;
mod question;
mod reader;
mod warnings;

use engine::{EngineError, InspectScope, OpContext, Sink};
use model::snapshot::Portion;
use model::{ObjectPath, SnapshotBuilder};
use sqlx::postgres::PgConnection;

use crate::error::{self, is_locked, is_torn};
use crate::rows::LockedRow;
use crate::variant::Facts;
pub(crate) use question::{HARMLESS, relation_named};
use question::{Question, Values};
use reader::{Failure, Reader};

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
    let mut reader = Reader::new(&facts.database, facts, cx);
    let none = Values::default();
    let read = async {
        reader
            .ask(connection, &[BEGIN, SETTLE, asked::CLOSED], &none)
            .await?;
        let questions = [asked::ROLES, asked::TABLESPACES, COMMIT];
        reader.ask(connection, &questions, &none).await
    };
    if let Err(failure) = read.await {
        let _ = reader.ask(connection, &[ROLLBACK], &none).await;
        return Err(error::running(failure, facts));
    }
    let warnings = warnings::closed(&reader.catalog, &ObjectPath::server(), facts);
    build::server(reader.catalog, facts, out);
    warnings.into_iter().for_each(|warning| out.warn(warning));
    Ok(())
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
    let begin = [
        BEGIN,
        SETTLE,
        asked::CLOSED,
        asked::DATABASE,
        asked::SCHEMAS,
    ];
    reader.ask(connection, &begin, &Values::default()).await?;
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
            .ask_in_portions(connection, &[], &[COMMIT], &Values::default(), out)
            .await;
    };
    let skipped: Vec<_> = skipped.iter().map(|row| row.id).collect();
    let whole = scope.schema.is_none() && skipped.is_empty();
    let values = Values::default()
        .schemas(&reader.catalog.schema_ids())
        .relation(relation)
        .skipping(&skipped)
        .dense(whole);
    reader.ask(connection, &asked::OUTSET, &values).await?;
    let values = values.sequences(&reader.catalog.sequences);
    let tables = asked::about_tables(facts, scope, reader.catalog.rarities.as_ref());
    let mut rest = asked::about_the_rest(facts, scope);
    rest.push(COMMIT);
    reader
        .ask_in_portions(connection, &tables, &rest, &values, out)
        .await
}

/// Whether a schema is the server's own; the prefix is reserved for it.
pub(crate) fn is_system(schema: &str) -> bool {
    schema.starts_with("pg_") || schema == "information_schema"
}
