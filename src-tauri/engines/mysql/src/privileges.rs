//! What this user may see: which databases, which kinds of objects in them, and
//! what would change it.

use engine::{DatabaseInfo, EngineError, OpContext, Privileges};
use model::ObjectPath;
use model::snapshot::Warning;
use sqlx::Error;
use sqlx::mysql::{MySqlConnection, MySqlRow};

use crate::answer;
use crate::convert;
use crate::error::running;
use crate::grants::Grants;
use crate::inspect::fill::Fill;
use crate::inspect::is_system;
use crate::inspect::unseen::of_kinds;
use crate::rows::{self, DatabaseRow, Texts};
use crate::variant::Facts;

/// Most warnings that are told before the rest is only counted.
const MOST: usize = 200;

/// The databases of the server, by name, with those that are closed to this user.
pub(crate) async fn databases(
    connection: &mut MySqlConnection,
    facts: &Facts,
    kept: &mut Option<Grants>,
    system: bool,
    cx: &OpContext,
) -> Result<Vec<DatabaseInfo>, EngineError> {
    let listed = list(connection, facts, cx).await;
    let (mut rows, grants) = listed.map_err(|error| running(error, facts))?;
    rows.retain(|row| system || !is_system(&row.name));
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let info = |row: DatabaseRow| {
        let object = convert::database(&row, None);
        DatabaseInfo {
            closed: closed(&row.name, &grants, facts),
            name: object.name,
            native_id: object.native_id,
            comment: object.comment,
            detail: object.detail,
            statistics: object.statistics,
        }
    };
    let infos = rows.into_iter().map(info).collect();
    *kept = Some(grants);
    Ok(infos)
}

/// What this user may not see of the server.
pub(crate) async fn privileges(
    connection: &mut MySqlConnection,
    facts: &Facts,
    kept: &mut Option<Grants>,
    cx: &OpContext,
) -> Result<Privileges, EngineError> {
    let gathered = list(connection, facts, cx).await;
    let (mut rows, grants) = gathered.map_err(|error| running(error, facts))?;
    rows.retain(|row| !is_system(&row.name));
    rows.sort_by(|a, b| a.name.cmp(&b.name));
    let mut lacks = of_server(&grants, facts);
    let mut entered = 0;
    for row in &rows {
        match closed(&row.name, &grants, facts) {
            Some(warning) => lacks.push(warning),
            None => {
                entered += 1;
                lacks.extend(of_kinds(&row.name, &grants, facts));
            }
        }
    }
    if lacks.len() > MOST {
        let more = lacks.len() - MOST;
        lacks.truncate(MOST);
        lacks.push(Warning {
            object: ObjectPath::default(),
            reason: format!("{more} more things are hidden from this user, in other databases."),
            grant: Some(format!(
                "GRANT SELECT, SHOW VIEW, TRIGGER, EXECUTE, EVENT ON *.* TO {};",
                facts.grantee()
            )),
            unseen: false,
        });
    }
    let all = match rows.len() {
        0 => "no database".to_owned(),
        1 => "1 database".to_owned(),
        number => format!("{number} databases"),
    };
    let summary = if rows.is_empty() {
        "sees no database".to_owned()
    } else if entered == rows.len() {
        format!("reads all of {all}")
    } else {
        format!("reads {entered} of {all}")
    };
    *kept = Some(grants);
    Ok(Privileges { summary, lacks })
}

/// What of the server as a whole is hidden.
fn of_server(grants: &Grants, facts: &Facts) -> Vec<Warning> {
    let grantee = facts.grantee();
    let mut lacks = Vec::new();
    if !grants.on_server("SHOW DATABASES") {
        lacks.push(Warning {
            object: ObjectPath::default(),
            reason: "Databases that this user has no right on are not listed.".to_owned(),
            grant: Some(format!("GRANT SHOW DATABASES ON *.* TO {grantee};")),
            unseen: false,
        });
    }
    if !grants.on_database("mysql", "SELECT") {
        lacks.push(Warning {
            object: ObjectPath::server(),
            reason: "This user sees no users and roles but itself, and no foreign servers."
                .to_owned(),
            grant: Some(format!("GRANT SELECT ON `mysql`.* TO {grantee};")),
            unseen: false,
        });
    }
    lacks
}

/// Why there is nothing to see in a database whose name shows.
fn closed(database: &str, grants: &Grants, facts: &Facts) -> Option<Warning> {
    if grants.enters(database) || is_system(database) {
        return None;
    }
    Some(Warning {
        object: ObjectPath::database(database),
        reason: format!("This user has no right on database {database}."),
        grant: Some(format!(
            "GRANT SELECT ON {}.* TO {};",
            grants.written(database),
            facts.grantee()
        )),
        unseen: true,
    })
}

/// The databases and what this user was granted, in one round trip.
async fn list(
    connection: &mut MySqlConnection,
    facts: &Facts,
    cx: &OpContext,
) -> Result<(Vec<DatabaseRow>, Grants), Error> {
    let sql = Fill::of(facts).told(include_str!("sql/databases.sql"));
    let grants = include_str!("sql/grants.sql").trim();
    cx.observer().statement(&sql);
    cx.observer().statement(grants);
    let mut answers = answer::each(connection, vec![sql, grants.to_owned()])
        .await?
        .into_iter();
    let mut next = || answers.next().unwrap_or_else(|| Ok(Vec::new()));
    let (rows, granted) = (next()?, next()?);
    let mut texts = Texts::default();
    let rows: Result<_, Error> = rows
        .iter()
        .map(|row| DatabaseRow::read(row, &mut texts))
        .collect();
    Ok((rows?, taken(&granted)?))
}

/// What this user was granted.
pub(crate) async fn grants(
    connection: &mut MySqlConnection,
    cx: &OpContext,
) -> Result<Grants, Error> {
    let sql = include_str!("sql/grants.sql").trim();
    cx.observer().statement(sql);
    taken(&answer::rows(connection, sql.to_owned()).await?)
}

fn taken(rows: &[MySqlRow]) -> Result<Grants, Error> {
    let mut grants = Grants::default();
    for row in rows {
        grants.take(&rows::line(row)?);
    }
    Ok(grants)
}
