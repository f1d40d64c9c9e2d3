//! The statement that makes one object: the server's own where it gives one,
//! rendered from the facts for tables.

use engine::{Definition, EngineError, InspectScope, OpContext};
use model::{ObjectKind, ObjectPath, PathStep, Snapshot, SnapshotBuilder};
use sqlx::Row as _;
use sqlx::postgres::PgConnection;

use crate::ddl;
use crate::error::running;
use crate::inspect;
use crate::rows::PartRow;
use crate::types::{identifier, qualified};
use crate::variant::Facts;

/// The statement that makes this object.
pub(crate) async fn definition(
    connection: &mut PgConnection,
    object: &ObjectPath,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Definition, EngineError> {
    let [database, schema, relation, part @ ..] = object.0.as_slice() else {
        return Err(unsupported(object));
    };
    if *database.name != *facts.database {
        return Err(gone(object));
    }
    let named = inspect::relation_named(connection, &schema.name, &relation.name, cx);
    let found = named.await.map_err(|error| running(error, facts))?;
    let id = found.ok_or_else(|| gone(object))?.id;
    match part {
        [] => of_relation(connection, (schema, relation), id, facts, cx)
            .await?
            .ok_or_else(|| gone(object)),
        [part] => {
            let asked = asked_as(part.kind).ok_or_else(|| unsupported(object))?;
            let text = ask(connection, id, asked, &part.name, cx);
            let text = text.await.map_err(|error| running(error, facts))?;
            let text = text.ok_or_else(|| gone(object))?;
            let text = if part.kind.is_constraint() {
                let table = qualified(&schema.name, &relation.name);
                format!(
                    "ALTER TABLE {table}\n    ADD CONSTRAINT {} {text};\n",
                    identifier(&part.name)
                )
            } else {
                format!("{text};\n")
            };
            Ok(Definition {
                text,
                rendered: false,
            })
        }
        _ => Err(unsupported(object)),
    }
}

async fn of_relation(
    connection: &mut PgConnection,
    (schema, relation): (&PathStep, &PathStep),
    id: u32,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Option<Definition>, EngineError> {
    let snapshot = read(connection, schema, relation, facts, cx).await?;
    let Some(table) = snapshot.all().find(|walker| walker.kind().is_relation()) else {
        return Ok(None);
    };
    let view = matches!(
        table.kind(),
        ObjectKind::View | ObjectKind::MaterializedView
    );
    let text = async {
        if view {
            let body = ask(connection, id, "view", "", cx).await?;
            let parts = parts(connection, id, cx).await?;
            return Ok(body.map(|body| ddl::view(table, &schema.name, &body, &parts)));
        }
        let parts = parts(connection, id, cx).await?;
        Ok(Some(ddl::table(table, &schema.name, &parts)))
    };
    let text = text.await.map_err(|error| running(error, facts))?;
    Ok(text.map(|text| Definition {
        text,
        rendered: !view,
    }))
}

async fn read(
    connection: &mut PgConnection,
    schema: &PathStep,
    relation: &PathStep,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Snapshot, EngineError> {
    let mut out = SnapshotBuilder::default();
    let scope = InspectScope {
        database: facts.database.clone(),
        schema: Some(schema.name.to_string()),
        table: Some(relation.name.to_string()),
        system: true,
    };
    inspect::inspect(connection, &scope, facts, &mut out, cx).await?;
    Ok(out.finish())
}

async fn ask(
    connection: &mut PgConnection,
    relation: u32,
    part: &str,
    name: &str,
    cx: &OpContext,
) -> Result<Option<String>, sqlx::Error> {
    let sql = include_str!("sql/definition.sql");
    cx.observer().statement(sql);
    let row = sqlx::query(sql)
        .bind(relation.to_string())
        .bind(part)
        .bind(name)
        .persistent(false)
        .fetch_optional(connection)
        .await?;
    row.map_or(Ok(None), |row| row.try_get(0))
}

async fn parts(
    connection: &mut PgConnection,
    relation: u32,
    cx: &OpContext,
) -> Result<Vec<PartRow>, sqlx::Error> {
    let sql = include_str!("sql/table_parts.sql");
    cx.observer().statement(sql);
    let rows = sqlx::query(sql)
        .bind(relation.to_string())
        .persistent(false)
        .fetch_all(connection)
        .await?;
    rows.iter().map(PartRow::read).collect()
}

/// What `definition.sql` calls a part of this kind.
fn asked_as(kind: ObjectKind) -> Option<&'static str> {
    match kind {
        ObjectKind::Index => Some("index"),
        ObjectKind::Trigger => Some("trigger"),
        kind if kind.is_constraint() => Some("constraint"),
        _ => None,
    }
}

fn gone(object: &ObjectPath) -> EngineError {
    let kind = object
        .last()
        .map_or("database", |step| step.kind.as_str())
        .replace('_', " ");
    EngineError::NotFound {
        what: format!("{kind} {object}"),
    }
}

fn unsupported(object: &ObjectPath) -> EngineError {
    EngineError::Unsupported {
        what: format!("A definition of {object}"),
    }
}
