//! Reading the schema of one database: a constant number of questions in one
//! consistent view, over three round trips.

mod build;
mod catalog;
mod question;

use engine::{EngineError, InspectScope, OpContext};
use model::snapshot::Warning;
use model::{ObjectPath, SnapshotBuilder};
use sqlx::postgres::PgConnection;

use crate::error::{self, is_torn};
use crate::variant::Facts;
pub(crate) use question::relation_named;
use question::{Question, Reader, Values};

const BEGIN: Question = Question::silent("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
const COMMIT: Question = Question::silent("COMMIT");
const ROLLBACK: Question = Question::silent("ROLLBACK");

/// Reads what the scope names into `out`.
///
/// A read that concurrent DDL tears is tried once more; after that the database
/// is there with a warning in place of what it holds.
pub(crate) async fn inspect(
    connection: &mut PgConnection,
    scope: &InspectScope,
    facts: &Facts,
    out: &mut SnapshotBuilder,
    cx: &OpContext,
) -> Result<(), EngineError> {
    let mut torn = None;
    for _ in 0..2 {
        let mut reader = Reader::new(&scope.database, cx);
        match read(connection, scope, facts, &mut reader).await {
            Ok(()) => {
                build::build(reader.catalog, facts, out);
                return Ok(());
            }
            Err(failure) => {
                // The failed transaction must end before anything else is asked;
                // where even that fails, the first error is the one to tell.
                let _ended = Reader::new(&scope.database, cx)
                    .ask(connection, &[ROLLBACK], &Values::default())
                    .await;
                if !is_torn(&failure) {
                    return Err(error::running(failure, facts));
                }
                torn = Some((failure, reader.catalog));
            }
        }
    }
    let Some((failure, catalog)) = torn else {
        return Ok(());
    };
    build::database_only(catalog, out);
    out.warn(Warning {
        object: ObjectPath::database(scope.database.as_str()),
        reason: format!(
            "Its schema was being changed while it was read, twice: {}.",
            failure
                .as_database_error()
                .map_or_else(String::new, |said| said.message().to_owned())
        ),
        grant: None,
        unseen: true,
    });
    Ok(())
}

async fn read(
    connection: &mut PgConnection,
    scope: &InspectScope,
    facts: &Facts,
    reader: &mut Reader<'_>,
) -> Result<(), sqlx::Error> {
    reader
        .ask(
            connection,
            &[BEGIN, question::DATABASE, question::SCHEMAS],
            &Values::default(),
        )
        .await?;
    reader.catalog.keep_schemas(scope);
    let schemas = reader.catalog.schema_ids();
    let relation = match (&scope.schema, &scope.table) {
        (Some(schema), Some(table)) => {
            let found = reader.relation_named(connection, schema, table).await?;
            found.map(|row| row.id)
        }
        (_, None) => Some(0),
        (None, Some(_)) => None,
    };
    if let Some(relation) = relation {
        let values = Values::default().schemas(&schemas).relation(relation);
        reader
            .ask(connection, &question::contents(facts), &values)
            .await?;
    }
    let values = reader.catalog.open_ends();
    reader
        .ask(
            connection,
            &[
                question::TYPES,
                question::COLLATIONS,
                question::FOREIGN_COLUMNS,
                COMMIT,
            ],
            &values,
        )
        .await
}

/// Whether a schema is the server's own; the prefix is reserved for it.
pub(crate) fn is_system(schema: &str) -> bool {
    schema.starts_with("pg_") || schema == "information_schema"
}
