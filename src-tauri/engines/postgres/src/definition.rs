//! The statement that makes one object: the server's own where it gives one,
//! rendered from the facts for tables, from the catalogue for the rarer kinds.

mod whole;

use engine::{Definition, EngineError, InspectScope, OpContext};
use model::{ObjectKind, ObjectPath, PathStep, Snapshot, SnapshotBuilder};
use sqlx::postgres::{PgConnection, PgRow};

use crate::asking;
use crate::ddl;
use crate::error::{self, running};
use crate::inspect;
use crate::rows::{Fields, PartRow};
use crate::types::{identifier, qualified};
use crate::variant::Facts;

/// The statement that makes this object.
pub(crate) async fn definition(
    connection: &mut PgConnection,
    object: &ObjectPath,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Definition, EngineError> {
    let here = |database: &PathStep| {
        database.kind == ObjectKind::Server || *database.name == *facts.database
    };
    match object.0.as_slice() {
        [database, ..] if !here(database) => Err(gone(object)),
        [alone] | [_, alone] => whole::definition(connection, "", alone, object, facts, cx).await,
        [_, schema, inner] if !inner.kind.is_relation() => {
            whole::definition(connection, &schema.name, inner, object, facts, cx).await
        }
        [_, schema, relation, part @ ..] => {
            let named =
                inspect::relation_named(connection, facts, &schema.name, &relation.name, cx);
            let found = named.await.map_err(|error| running(error, facts))?;
            let id = found.ok_or_else(|| gone(object))?.id;
            match part {
                [] => of_relation(connection, (schema, relation), id, facts, cx)
                    .await?
                    .ok_or_else(|| gone(object)),
                [part] => {
                    of_part(connection, (schema, relation, part), id, object, facts, cx).await
                }
                _ => Err(unsupported(object)),
            }
        }
        [] => Err(unsupported(object)),
    }
}

async fn of_part(
    connection: &mut PgConnection,
    (schema, relation, part): (&PathStep, &PathStep, &PathStep),
    id: u32,
    object: &ObjectPath,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Definition, EngineError> {
    if let Some(wanted) = listed_as(part.kind) {
        let all = parts(connection, facts, id, cx).await;
        let all = all.map_err(|error| running(error, facts))?;
        let found = all
            .into_iter()
            .find(|found| found.part == wanted && *found.name == *part.name)
            .ok_or_else(|| gone(object))?;
        return Ok(Definition {
            text: format!("{};\n", found.definition.trim_end_matches(';')),
            rendered: part.kind == ObjectKind::Policy,
        });
    }
    let asked = asked_as(part.kind).ok_or_else(|| unsupported(object))?;
    let text = ask(connection, facts, (id, asked, &part.name), cx).await;
    let text = text.map_err(|error| running(error, facts))?;
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

async fn of_relation(
    connection: &mut PgConnection,
    (schema, relation): (&PathStep, &PathStep),
    id: u32,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Option<Definition>, EngineError> {
    let snapshot = read(connection, schema, relation, facts, cx).await?;
    let Some(table) = snapshot.all().find(|walker| walker.kind().is_relation()) else {
        // It is there, so a reading without it could not look into it.
        return match snapshot.warnings().first() {
            Some(warning) if warning.unseen => Err(error::busy(
                &qualified(&schema.name, &relation.name),
                &warning.reason,
            )),
            _ => Ok(None),
        };
    };
    let view = matches!(
        table.kind(),
        ObjectKind::View | ObjectKind::MaterializedView
    );
    let text = async {
        if view {
            let body = ask(connection, facts, (id, "view", ""), cx).await?;
            let parts = parts(connection, facts, id, cx).await?;
            return Ok(body.map(|body| ddl::view(table, &schema.name, &body, &parts)));
        }
        let parts = parts(connection, facts, id, cx).await?;
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
    facts: &Facts,
    (relation, part, name): (u32, &str, &str),
    cx: &OpContext,
) -> Result<Option<String>, sqlx::Error> {
    let sql = include_str!("sql/definition.sql");
    let values = [&*relation.to_string(), part, name];
    let rows = asking::rows(connection, facts, sql, &values, cx).await?;
    rows.first().map_or(Ok(None), text)
}

async fn parts(
    connection: &mut PgConnection,
    facts: &Facts,
    relation: u32,
    cx: &OpContext,
) -> Result<Vec<PartRow>, sqlx::Error> {
    let sql = include_str!("sql/table_parts.sql");
    let values = [&*relation.to_string()];
    let rows = asking::rows(connection, facts, sql, &values, cx).await?;
    rows.iter().map(PartRow::read).collect()
}

/// The one text of a row.
fn text(row: &PgRow) -> Result<Option<String>, sqlx::Error> {
    let mut fields = Fields::of(row, "definition");
    let text = fields.maybe();
    fields.ended()?;
    Ok(text)
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

/// What `table_parts.sql` calls a part of this kind that is asked for nowhere else.
fn listed_as(kind: ObjectKind) -> Option<&'static str> {
    match kind {
        ObjectKind::Rule => Some("rule"),
        ObjectKind::Policy => Some("policy"),
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
