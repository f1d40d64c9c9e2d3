//! Which databases this user sees, what it may not see, and what would change that.

use std::collections::{BTreeMap, BTreeSet};

use bson::{Bson, Document, doc};
use engine::{DatabaseInfo, EngineError, Privileges};
use model::ObjectPath;
use model::snapshot::{DatabaseDetail, Statistics, Warning};

use crate::error::{code, code_of};
use crate::rows::DatabaseRow;
use crate::server::Server;
use crate::types::quoted;
use crate::variant::Facts;

/// The server's own databases.
const SYSTEM: &[&str] = &["admin", "config", "local"];

/// Whether a database is the server's own.
pub(crate) fn is_system(database: &str) -> bool {
    SYSTEM.contains(&database)
}

/// The command that lets this user read a database.
pub(crate) fn read_grant(facts: &Facts, database: &str) -> String {
    grant(facts, "read", database)
}

/// The command that gives this user a role, whichever database it is sent from:
/// users are changed where they are defined.
pub(crate) fn grant(facts: &Facts, role: &str, database: &str) -> String {
    format!(
        "db.getSiblingDB({}).grantRolesToUser({}, [{{ role: {}, db: {} }}])",
        quoted(&facts.user_database),
        quoted(facts.user.as_deref().unwrap_or("…")),
        quoted(role),
        quoted(database)
    )
}

/// The databases that this user may see, by name.
pub(crate) async fn databases(
    server: &mut Server,
    system: bool,
) -> Result<Vec<DatabaseInfo>, EngineError> {
    let (mut rows, _) = list(server).await?;
    rows.retain(|row| system || !is_system(&row.name));
    let info = |row: DatabaseRow| DatabaseInfo {
        detail: DatabaseDetail {
            system: is_system(&row.name),
            ..DatabaseDetail::default()
        },
        statistics: Statistics {
            bytes: row.bytes.map(Into::into),
            ..Statistics::default()
        },
        name: row.name.into(),
        native_id: None,
        comment: None,
        closed: None,
    };
    Ok(rows.into_iter().map(info).collect())
}

/// What this user may not see.
pub(crate) async fn privileges(server: &mut Server) -> Result<Privileges, EngineError> {
    let (rows, complete) = list(server).await?;
    let read: Vec<_> = rows.iter().filter(|row| !is_system(&row.name)).collect();
    let rights = rights(server).await?;
    let mut lacks = Vec::new();
    if !complete {
        lacks.push(Warning {
            object: ObjectPath::default(),
            reason: "This user may not list the databases; those that it has rights in are read."
                .to_owned(),
            grant: Some(grant(&server.facts, "clusterMonitor", "admin")),
            unseen: false,
        });
    }
    let closed = read.iter().filter(|row| !rights.reads(&row.name));
    let closed: Vec<_> = closed.map(|row| row.name.clone()).collect();
    for name in &closed {
        lacks.push(Warning {
            object: ObjectPath::database(name.as_str()),
            reason: format!("This user may not list the collections of {name}."),
            grant: Some(read_grant(&server.facts, name)),
            unseen: true,
        });
    }
    let all = read.len();
    let counted = if all == 1 {
        "1 database".to_owned()
    } else {
        format!("{all} databases")
    };
    let summary = if closed.is_empty() {
        format!("reads all of {counted}")
    } else {
        format!("reads {} of {counted}", all - closed.len())
    };
    Ok(Privileges { summary, lacks })
}

/// The databases by name, and whether the server listed them itself.
async fn list(server: &mut Server) -> Result<(Vec<DatabaseRow>, bool), EngineError> {
    let command = doc! { "listDatabases": 1, "nameOnly": false, "authorizedDatabases": true };
    let told = match server.ask("admin", command).await {
        Ok(reply) => Some(reply),
        Err(failure) if code_of(&failure) == Some(code::UNAUTHORIZED) => None,
        Err(failure) => return Err(server.failed(&failure, "list the databases")),
    };
    let mut rows: BTreeMap<String, DatabaseRow> = BTreeMap::new();
    let complete = told.is_some();
    let listed = told.unwrap_or_default();
    let listed = listed.get_array("databases").into_iter().flatten();
    for row in listed
        .filter_map(Bson::as_document)
        .filter_map(DatabaseRow::read)
    {
        rows.insert(row.name.clone(), row);
    }
    let mut others = BTreeSet::new();
    if !complete {
        others.extend(rights(server).await?.databases);
    }
    // One that nothing was written to yet is listed by nobody.
    let named = server.facts.database.clone();
    if !named.is_empty() {
        others.insert(named);
    }
    for name in others {
        rows.entry(name.clone())
            .or_insert(DatabaseRow { name, bytes: None });
    }
    Ok((rows.into_values().collect(), complete))
}

/// In which databases a user may do what, as far as the server tells.
#[derive(Debug, Default)]
struct Rights {
    /// Without users, everybody may do everything.
    everything: bool,
    databases: BTreeSet<String>,
    listing: BTreeSet<String>,
}

impl Rights {
    fn reads(&self, database: &str) -> bool {
        self.everything || self.listing.contains(database) || self.databases.contains(database)
    }
}

async fn rights(server: &mut Server) -> Result<Rights, EngineError> {
    if server.facts.user.is_none() {
        return Ok(Rights {
            everything: true,
            ..Rights::default()
        });
    }
    let command = doc! { "connectionStatus": 1, "showPrivileges": true };
    let reply = match server.ask("admin", command).await {
        Ok(reply) => reply,
        Err(failure) => return Err(server.failed(&failure, "read its own rights")),
    };
    let mut rights = Rights::default();
    let info = reply.get_document("authInfo").cloned().unwrap_or_default();
    let told = info.get_array("authenticatedUserPrivileges");
    if told.is_err() {
        // A server that does not say is believed to allow what it lists.
        rights.everything = true;
    }
    for privilege in told.into_iter().flatten().filter_map(Bson::as_document) {
        let Ok(resource) = privilege.get_document("resource") else {
            continue;
        };
        let actions = privilege.get_array("actions").into_iter().flatten();
        let actions: BTreeSet<&str> = actions.filter_map(Bson::as_str).collect();
        if !actions.contains("find") && !actions.contains("listCollections") {
            continue;
        }
        take(resource, &actions, &mut rights);
    }
    Ok(rights)
}

fn take(resource: &Document, actions: &BTreeSet<&str>, rights: &mut Rights) {
    let any = crate::types::is_on(resource, "anyResource");
    match resource.get_str("db") {
        Ok("") => rights.everything = true,
        Ok(database) => {
            rights.databases.insert(database.to_owned());
            if actions.contains("listCollections") {
                rights.listing.insert(database.to_owned());
            }
        }
        Err(_) if any => rights.everything = true,
        Err(_) => {}
    }
}
