//! What this user may see: which databases, schemas and rows, and what would change it.

use engine::{DatabaseInfo, EngineError, OpContext, Privileges};
use model::snapshot::Warning;
use model::{ObjectKind, ObjectPath};
use sqlx::Error;
use sqlx::postgres::PgConnection;

use crate::asking;
use crate::convert;
use crate::error::{connect_grant, running};
use crate::rows::{ClosedSchemaRow, DatabaseRow, UnreadableRow};
use crate::types::identifier;
use crate::variant::Facts;

/// Objects with lower numbers are made with the server (`FirstNormalObjectId`).
const FIRST_OF_PEOPLE: u32 = 16384;

/// The databases of the server, by name, with those that are closed to this user.
pub(crate) async fn databases(
    connection: &mut PgConnection,
    facts: &Facts,
    system: bool,
    cx: &OpContext,
) -> Result<Vec<DatabaseInfo>, EngineError> {
    let mut rows = list(connection, facts, cx)
        .await
        .map_err(|error| running(error, facts))?;
    rows.retain(|row| system || is_for_people(row));
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let info = |row: DatabaseRow| {
        let object = convert::database(&row);
        DatabaseInfo {
            closed: closed(&row, facts),
            name: object.name,
            native_id: object.native_id,
            comment: object.comment,
            detail: object.detail,
            statistics: object.statistics,
        }
    };
    Ok(rows.into_iter().map(info).collect())
}

/// What this user may not see of the server and of the session's database.
pub(crate) async fn privileges(
    connection: &mut PgConnection,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Privileges, EngineError> {
    gather(connection, facts, cx)
        .await
        .map_err(|error| running(error, facts))
}

async fn gather(
    connection: &mut PgConnection,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Privileges, Error> {
    let questions = [
        include_str!("sql/databases.sql"),
        include_str!("sql/closed_schemas.sql"),
        include_str!("sql/unreadable_rows.sql"),
    ];
    let answers = asking::answers(connection, facts, &questions, &[], cx).await?;
    let answer = |place: usize| answers.get(place).map(Vec::as_slice).unwrap_or_default();
    let rows = answer(0).iter().map(DatabaseRow::read);
    let mut rows = rows.collect::<Result<Vec<_>, Error>>()?;
    rows.retain(is_for_people);
    let mut lacks: Vec<_> = rows.iter().filter_map(|row| closed(row, facts)).collect();
    let entered = rows.len() - lacks.len();
    let summary = match (rows.len(), lacks.len()) {
        (all, 0) => format!("reads all of {}", counted(all, "database")),
        (all, _) => format!("reads {entered} of {}", counted(all, "database")),
    };
    let database = ObjectPath::database(facts.database.as_str());
    let user = identifier(&facts.user);
    for row in answer(1) {
        let ClosedSchemaRow { name } = ClosedSchemaRow::read(row)?;
        lacks.push(Warning {
            grant: Some(format!(
                "GRANT USAGE ON SCHEMA {} TO {user};",
                identifier(&name)
            )),
            reason: format!(
                "This user may not use schema {name}; its structure is read all the same."
            ),
            object: database.child(ObjectKind::Schema, name),
            unseen: false,
        });
    }
    for row in answer(2) {
        let UnreadableRow { schema, tables } = UnreadableRow::read(row)?;
        let tables = counted(usize::try_from(tables).unwrap_or(usize::MAX), "table");
        lacks.push(Warning {
            grant: Some(format!(
                "GRANT SELECT ON ALL TABLES IN SCHEMA {} TO {user};",
                identifier(&schema)
            )),
            reason: format!(
                "This user may not read the rows of {tables}; their structure is read all the same."
            ),
            object: database.child(ObjectKind::Schema, schema),
            unseen: false,
        });
    }
    Ok(Privileges { summary, lacks })
}

async fn list(
    connection: &mut PgConnection,
    facts: &Facts,
    cx: &OpContext,
) -> Result<Vec<DatabaseRow>, Error> {
    let sql = include_str!("sql/databases.sql");
    let rows = asking::rows(connection, facts, sql, &[], cx).await?;
    rows.iter().map(DatabaseRow::read).collect()
}

/// The templates that the server brings are its own; whatever somebody made is
/// for people, also while it accepts nobody.
fn is_for_people(row: &DatabaseRow) -> bool {
    !(row.template && row.id < FIRST_OF_PEOPLE)
}

fn closed(row: &DatabaseRow, facts: &Facts) -> Option<Warning> {
    let (reason, grant) = if !row.open {
        (
            format!("Database {} accepts no connections.", row.name),
            None,
        )
    } else if !row.may_connect {
        let reason = format!("This user may not connect to database {}.", row.name);
        (reason, Some(connect_grant(&row.name, &facts.user)))
    } else {
        return None;
    };
    Some(Warning {
        object: ObjectPath::database(&*row.name),
        reason,
        grant,
        unseen: true,
    })
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}
