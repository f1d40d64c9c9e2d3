//! Reading the schema of one database: a constant number of questions in one
//! consistent view, over three round trips.

mod asked;
mod build;
mod catalog;
mod question;

use engine::{EngineError, InspectScope, OpContext};
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath, SnapshotBuilder, Text};
use sqlx::postgres::PgConnection;

use crate::error::{self, is_locked, is_torn};
use crate::rows::LockedRow;
use crate::types::identifier;
use crate::variant::Facts;
use catalog::Catalog;
pub(crate) use question::{HARMLESS, relation_named};
use question::{Question, Reader, Values};

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
    out: &mut SnapshotBuilder,
    cx: &OpContext,
) -> Result<(), EngineError> {
    let mut locked: Option<Vec<LockedRow>> = None;
    let mut torn = false;
    loop {
        let mut reader = Reader::new(&scope.database, facts, cx);
        let skipped = locked.as_deref().unwrap_or_default();
        let Err(failure) = read(connection, scope, facts, skipped, &mut reader, cx).await else {
            let mut warnings = locked_warnings(&reader.catalog, scope, skipped);
            let database = ObjectPath::database(scope.database.as_str());
            warnings.extend(closed_warnings(&reader.catalog, &database, facts));
            build::build(reader.catalog, facts, out);
            warnings.into_iter().for_each(|warning| out.warn(warning));
            return Ok(());
        };
        let running = |failure| error::running(failure, facts);
        // The failed transaction must end before anything else is asked; where
        // even that fails, the first error is the one to tell.
        let mut after = Reader::new(&scope.database, facts, cx);
        let ended = after.ask(connection, &[ROLLBACK], &Values::default()).await;
        if ended.is_ok() && is_locked(&failure) && locked.is_none() {
            let asked = after
                .ask(connection, &[asked::LOCKED], &Values::default())
                .await;
            asked.map_err(running)?;
            locked = Some(after.catalog.locked);
        } else if ended.is_ok() && is_torn(&failure) && !torn {
            torn = true;
        } else if torn && is_torn(&failure) {
            build::database_only(reader.catalog, out);
            out.warn(torn_warning(scope, &failure));
            return Ok(());
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
    let warnings = closed_warnings(&reader.catalog, &ObjectPath::server(), facts);
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
    cx: &OpContext,
) -> Result<(), sqlx::Error> {
    let begin = [
        BEGIN,
        SETTLE,
        asked::CLOSED,
        asked::DATABASE,
        asked::SCHEMAS,
    ];
    reader.ask(connection, &begin, &Values::default()).await?;
    reader.catalog.keep_schemas(scope);
    let relation = match (&scope.schema, &scope.table) {
        (Some(schema), Some(table)) => {
            let found = question::relation_named(connection, facts, schema, table, cx).await?;
            found.map(|row| row.id)
        }
        (_, None) => Some(0),
        (None, Some(_)) => None,
    };
    if let Some(relation) = relation {
        let skipped: Vec<_> = skipped.iter().map(|row| row.id).collect();
        let values = Values::default()
            .schemas(&reader.catalog.schema_ids())
            .relation(relation)
            .skipping(&skipped);
        reader
            .ask(connection, &asked::contents(facts, scope), &values)
            .await?;
    }
    let end = [
        asked::TYPES,
        asked::COLLATIONS,
        asked::FOREIGN_COLUMNS,
        COMMIT,
    ];
    let values = reader.catalog.open_ends();
    reader.ask(connection, &end, &values).await
}

/// What is told of tables and views within the scope that could not be looked into.
fn locked_warnings(catalog: &Catalog, scope: &InspectScope, locked: &[LockedRow]) -> Vec<Warning> {
    let wanted = |row: &&LockedRow| scope.table.as_deref().is_none_or(|name| *row.name == *name);
    let warning = |row: &LockedRow| {
        let schema = catalog
            .schemas
            .iter()
            .find(|schema| schema.id == row.schema)?;
        let kind = match row.kind {
            'v' => ObjectKind::View,
            'm' => ObjectKind::MaterializedView,
            'f' => ObjectKind::ForeignTable,
            _ => ObjectKind::Table,
        };
        let object = ObjectPath::database(scope.database.as_str())
            .child(ObjectKind::Schema, Text::clone(&schema.name))
            .child(kind, Text::clone(&row.name));
        Some(Warning {
            object,
            reason: "Somebody was changing it, or what it is made of, while it was to be read."
                .to_owned(),
            grant: None,
            unseen: true,
        })
    };
    locked.iter().filter(wanted).filter_map(warning).collect()
}

/// What is told of questions that this user may not ask.
fn closed_warnings(catalog: &Catalog, object: &ObjectPath, facts: &Facts) -> Vec<Warning> {
    let warning = |(about, closed): &(&str, String)| Warning {
        object: object.clone(),
        reason: format!("{about} could not be read: this user may not read pg_catalog.{closed}."),
        grant: Some(format!(
            "GRANT SELECT ON pg_catalog.{closed} TO {};",
            identifier(&facts.user)
        )),
        unseen: true,
    };
    catalog.unread.iter().map(warning).collect()
}

fn torn_warning(scope: &InspectScope, failure: &sqlx::Error) -> Warning {
    let said = failure
        .as_database_error()
        .map_or("", |said| said.message());
    Warning {
        object: ObjectPath::database(scope.database.as_str()),
        reason: format!("Its schema was being changed while it was read, twice: {said}."),
        grant: None,
        unseen: true,
    }
}

/// Whether a schema is the server's own; the prefix is reserved for it.
pub(crate) fn is_system(schema: &str) -> bool {
    schema.starts_with("pg_") || schema == "information_schema"
}
