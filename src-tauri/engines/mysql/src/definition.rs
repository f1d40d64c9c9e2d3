//! The statement that makes one object, as the server gives it; parts of a table
//! by their clause in the statement of the table.

use engine::{Definition, EngineError, OpContext, ServerWords};
use model::{ObjectKind, ObjectPath, PathStep};
use sqlx::mysql::MySqlConnection;

use crate::answer;
use crate::ddl;
use crate::error::{errno, running};
use crate::grants::Grants;
use crate::privileges::grants;
use crate::rows;
use crate::secret::without_passwords_of_options;
use crate::types::{identifier, qualified, sent};
use crate::variant::Facts;

/// How the server is asked for one kind of object.
struct Ask {
    sql: &'static str,
    /// The column of the answer that has the statement.
    column: usize,
    /// The rights that show it.
    rights: &'static str,
}

/// The statement that makes this object.
pub(crate) async fn definition(
    connection: &mut MySqlConnection,
    object: &ObjectPath,
    facts: &Facts,
    kept: &mut Option<Grants>,
    cx: &OpContext,
) -> Result<Definition, EngineError> {
    // Rights may have been given since they were asked for.
    *kept = None;
    match object.0.as_slice() {
        [database] if database.kind == ObjectKind::Database => {
            let name = identifier(&database.name);
            let asked = ask(connection, database, &name, (object, database), facts, cx);
            Ok(given(asked.await?))
        }
        [database, own] => {
            let name = qualified(&database.name, &own.name);
            let asked = ask(connection, own, &name, (object, database), facts, cx);
            Ok(given(asked.await?))
        }
        [database, relation, part] if part.kind == ObjectKind::Trigger => {
            // Triggers are named within the database; this one must be of this table.
            of_table(connection, database, relation, part, facts, cx)
                .await?
                .then_some(())
                .ok_or_else(|| gone(object))?;
            let name = qualified(&database.name, &part.name);
            let asked = ask(connection, part, &name, (object, database), facts, cx).await?;
            Ok(given(asked))
        }
        [database, relation, part] => {
            let name = qualified(&database.name, &relation.name);
            let asked = ask(connection, relation, &name, (object, database), facts, cx).await?;
            of_part(&asked, &name, object, part)
        }
        _ => Err(unsupported(object)),
    }
}

/// Whether a trigger of this name is one of this table's.
async fn of_table(
    connection: &mut MySqlConnection,
    database: &PathStep,
    relation: &PathStep,
    trigger: &PathStep,
    facts: &Facts,
    cx: &OpContext,
) -> Result<bool, EngineError> {
    let told = include_str!("sql/trigger_named.sql").trim();
    cx.observer().statement(told);
    let sql = told
        .replace("{database}", &sent(&database.name))
        .replace("{table}", &sent(&relation.name))
        .replace("{trigger}", &sent(&trigger.name));
    let rows = answer::rows(connection, sql)
        .await
        .map_err(|error| running(error, facts))?;
    // The server compares names without case; we do not.
    Ok(rows
        .iter()
        .any(|row| rows::column(row, 0).as_deref() == Some(&*trigger.name)))
}

fn of_part(
    statement: &str,
    table: &str,
    object: &ObjectPath,
    part: &PathStep,
) -> Result<Definition, EngineError> {
    if !part.kind.is_constraint() && part.kind != ObjectKind::Index {
        return Err(unsupported(object));
    }
    match ddl::clause(statement, part.kind, &part.name) {
        Some(clause) => Ok(Definition {
            text: format!("ALTER TABLE {table}\n    ADD {clause};\n"),
            rendered: true,
        }),
        // A check that was written with its column has no clause of its own.
        None if part.kind == ObjectKind::Check
            && statement.contains(&format!("\n  {} ", identifier(&part.name))) =>
        {
            Err(unsupported(object))
        }
        None => Err(gone(object)),
    }
}

fn given(statement: String) -> Definition {
    Definition {
        text: format!("{};\n", statement.trim_end().trim_end_matches(';')),
        rendered: false,
    }
}

async fn ask(
    connection: &mut MySqlConnection,
    step: &PathStep,
    name: &str,
    (object, database): (&ObjectPath, &PathStep),
    facts: &Facts,
    cx: &OpContext,
) -> Result<String, EngineError> {
    let asked = asked_as(step.kind).ok_or_else(|| unsupported(object))?;
    cx.observer().statement(asked.sql.trim());
    let sql = asked.sql.replace("{name}", name);
    let answer = answer::rows(connection, sql).await;
    let words = match answer.map(|rows| rows.into_iter().next()) {
        Ok(Some(row)) => match rows::column(&row, asked.column) {
            Some(statement) if step.kind == ObjectKind::Table => {
                return Ok(without_passwords_of_options(&statement));
            }
            Some(statement) => return Ok(statement),
            None => ServerWords::default(),
        },
        Ok(None) => return Err(gone(object)),
        Err(error) => match errno(&error) {
            Some(1049 | 1146 | 1305 | 1347 | 1360 | 1539 | 1965 | 4089 | 4091) => {
                return Err(gone(object));
            }
            _ => match running(error, facts) {
                EngineError::NotAllowed { words, .. } => words,
                other => return Err(other),
            },
        },
    };
    let granted = grants(connection, cx)
        .await
        .map_err(|error| running(error, facts))?;
    let on = granted.written(&database.name);
    Err(EngineError::NotAllowed {
        what: format!("see how {object} is made"),
        grant: Some(grant(step.kind, asked.rights, &on, facts)),
        words,
    })
}

fn asked_as(kind: ObjectKind) -> Option<Ask> {
    let ask = |sql, column, rights| {
        Some(Ask {
            sql,
            column,
            rights,
        })
    };
    match kind {
        ObjectKind::Database => ask(include_str!("sql/show_database.sql"), 1, "SELECT"),
        ObjectKind::Table => ask(include_str!("sql/show_table.sql"), 1, "SELECT"),
        ObjectKind::View => ask(include_str!("sql/show_view.sql"), 1, "SELECT, SHOW VIEW"),
        ObjectKind::Sequence => ask(include_str!("sql/show_sequence.sql"), 1, "SELECT"),
        ObjectKind::Trigger => ask(include_str!("sql/show_trigger.sql"), 2, "TRIGGER"),
        ObjectKind::Event => ask(include_str!("sql/show_event.sql"), 3, "EVENT"),
        ObjectKind::Procedure => ask(include_str!("sql/show_procedure.sql"), 2, ""),
        ObjectKind::Function | ObjectKind::Aggregate => {
            ask(include_str!("sql/show_function.sql"), 2, "")
        }
        _ => None,
    }
}

fn grant(kind: ObjectKind, rights: &str, database: &str, facts: &Facts) -> String {
    match kind {
        ObjectKind::Procedure | ObjectKind::Function | ObjectKind::Aggregate => {
            facts.grant_of_bodies(database)
        }
        _ => format!("GRANT {rights} ON {database}.* TO {};", facts.grantee()),
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
