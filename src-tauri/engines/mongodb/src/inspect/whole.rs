//! Reading what belongs to no database: users, roles, shards and zones. Never
//! what users prove themselves by.

use bson::{Bson, Document, doc};
use engine::EngineError;
use model::snapshot::{Object, OtherDetail, ServerDetail, Warning};
use model::{ObjectKind, ObjectPath, SnapshotBuilder, Text};

use crate::error::{code, code_of};
use crate::privileges::grant;
use crate::server::Server;
use crate::types::compact;
use crate::variant::Topology;

/// What the root is named, the same for every server.
const SERVER: &str = "server";

/// Reads the server's own things into `out`.
pub(crate) async fn inspect_server(
    server: &mut Server,
    out: &mut SnapshotBuilder,
) -> Result<(), EngineError> {
    let mut reading = Whole::default();
    let users = doc! { "usersInfo": { "forAllDBs": true } };
    let users = reading
        .ask(server, users, "users", "userAdminAnyDatabase")
        .await?;
    let roles = doc! { "rolesInfo": 1, "showPrivileges": true };
    let roles = reading
        .ask(server, roles, "roles", "userAdminAnyDatabase")
        .await?;
    let mut objects: Vec<Object<OtherDetail>> = documents(&users, "users").map(user).collect();
    objects.extend(documents(&roles, "roles").map(role));
    // Those of other databases have no command that lists them all.
    let others = doc! {
        "find": "system.roles",
        "filter": { "db": { "$ne": "admin" } },
        "projection": { "_id": 0, "role": 1, "db": 1, "privileges": 1, "roles": 1 },
    };
    match server.list("admin", others).await {
        Ok(rows) => objects.extend(rows.iter().map(role)),
        Err(failure) if code_of(&failure).is_some() => {}
        Err(failure) => return Err(server.failed(&failure, "read roles")),
    }
    objects.sort_by(|a, b| a.name.cmp(&b.name));
    if server.facts.topology == Topology::Sharded {
        let listed = doc! { "listShards": 1 };
        let shards = reading
            .ask(server, listed, "shards", "clusterMonitor")
            .await?;
        objects.extend(documents(&shards, "shards").map(shard));
        let tags = doc! { "find": "tags", "filter": {} };
        match server.list("config", tags).await {
            Ok(rows) => objects.extend(rows.iter().map(zone)),
            Err(failure) if code_of(&failure).is_some() => {
                reading.refused(server, "zones", "clusterMonitor");
            }
            Err(failure) => return Err(server.failed(&failure, "read zones")),
        }
    }
    let facts = &server.facts;
    let members: Vec<Text> = facts
        .members
        .iter()
        .map(|member| member.as_str().into())
        .collect();
    let members = (!members.is_empty()).then_some(members);
    let object = Object::new(SERVER, ServerDetail {})
        .attribute("topology", facts.topology.label())
        .attribute_if("replica_set", facts.replica_set.clone())
        .attribute_if("members", members);
    let mut root = out.server(object);
    for object in objects {
        root.object(object);
    }
    drop(root);
    reading
        .warnings
        .into_iter()
        .for_each(|warning| out.warn(warning));
    Ok(())
}

#[derive(Default)]
struct Whole {
    warnings: Vec<Warning>,
}

impl Whole {
    async fn ask(
        &mut self,
        server: &mut Server,
        command: Document,
        what: &str,
        role: &str,
    ) -> Result<Document, EngineError> {
        match server.ask("admin", command).await {
            Ok(reply) => Ok(reply),
            Err(failure) if code_of(&failure) == Some(code::UNAUTHORIZED) => {
                self.refused(server, what, role);
                Ok(Document::new())
            }
            // Not every server that speaks the protocol knows the question.
            Err(failure) if code_of(&failure).is_some() => Ok(Document::new()),
            Err(failure) => Err(server.failed(&failure, &format!("read {what}"))),
        }
    }

    fn refused(&mut self, server: &Server, what: &str, role: &str) {
        let root = ObjectPath::server();
        self.warnings.push(Warning {
            object: root,
            reason: format!("This user may not list the {what}."),
            grant: Some(grant(&server.facts, role, "admin")),
            unseen: true,
        });
    }
}

fn documents<'d>(reply: &'d Document, key: &str) -> impl Iterator<Item = &'d Document> + use<'d> {
    let list = reply.get_array(key).into_iter().flatten();
    list.filter_map(Bson::as_document)
}

fn text(row: &Document, key: &str) -> String {
    row.get_str(key).unwrap_or_default().to_owned()
}

fn user(row: &Document) -> Object<OtherDetail> {
    let database = text(row, "db");
    let roles = roles_of(row);
    let mechanisms = row.get_array("mechanisms").into_iter().flatten();
    let mechanisms: Vec<Text> = mechanisms
        .filter_map(Bson::as_str)
        .map(Text::from)
        .collect();
    let detail = OtherDetail::new(ObjectKind::Role).summary(match roles.len() {
        0 => "user without roles".to_owned(),
        _ => format!("user: {}", joined(&roles)),
    });
    Object::new(format!("{}@{database}", text(row, "user")), detail)
        .attribute("login", true)
        .attribute("database", database)
        .attribute_if(
            "mechanisms",
            Some(mechanisms).filter(|list| !list.is_empty()),
        )
        .attribute_if("member_of", Some(roles).filter(|list| !list.is_empty()))
}

fn role(row: &Document) -> Object<OtherDetail> {
    let database = text(row, "db");
    let roles = roles_of(row);
    let privileges = row.get_array("privileges").into_iter().flatten();
    let privileges: Vec<Text> = privileges
        .filter_map(Bson::as_document)
        .map(|privilege| privilege_text(privilege).into())
        .collect();
    let detail = OtherDetail::new(ObjectKind::Role).summary(match roles.len() {
        0 => "role".to_owned(),
        _ => format!("role: {}", joined(&roles)),
    });
    Object::new(format!("{}@{database}", text(row, "role")), detail)
        .attribute("login", false)
        .attribute("database", database)
        .attribute_if("member_of", Some(roles).filter(|list| !list.is_empty()))
        .attribute_if(
            "privileges",
            Some(privileges).filter(|list| !list.is_empty()),
        )
}

fn joined(texts: &[Text]) -> String {
    texts
        .iter()
        .map(|text| &**text)
        .collect::<Vec<_>>()
        .join(", ")
}

fn roles_of(row: &Document) -> Vec<Text> {
    let roles = row.get_array("roles").into_iter().flatten();
    let mut roles: Vec<Text> = roles
        .filter_map(Bson::as_document)
        .map(|role| format!("{}@{}", text(role, "role"), text(role, "db")).into())
        .collect();
    roles.sort();
    roles
}

fn privilege_text(privilege: &Document) -> String {
    let actions = privilege.get_array("actions").into_iter().flatten();
    let actions: Vec<&str> = actions.filter_map(Bson::as_str).collect();
    let resource = privilege
        .get_document("resource")
        .cloned()
        .unwrap_or_default();
    let place = match (resource.get_str("db"), resource.get_str("collection")) {
        (Ok(""), Ok("")) => "any database".to_owned(),
        (Ok(database), Ok("")) => database.to_owned(),
        (Ok(""), Ok(collection)) => format!("{collection} of any database"),
        (Ok(database), Ok(collection)) => format!("{database}.{collection}"),
        _ => compact(&Bson::Document(resource)),
    };
    format!("{} on {place}", actions.join(", "))
}

fn shard(row: &Document) -> Object<OtherDetail> {
    let hosts = text(row, "host");
    let (_, list) = hosts.split_once('/').unwrap_or(("", &hosts));
    let list: Vec<Text> = list
        .split(',')
        .filter(|host| !host.is_empty())
        .map(Text::from)
        .collect();
    let zones = row.get_array("tags").into_iter().flatten();
    let zones: Vec<Text> = zones.filter_map(Bson::as_str).map(Text::from).collect();
    let detail = OtherDetail::new(ObjectKind::Shard).summary(hosts.clone());
    Object::new(text(row, "_id"), detail)
        .attribute_if("hosts", Some(list).filter(|list| !list.is_empty()))
        .attribute_if("zones", Some(zones).filter(|list| !list.is_empty()))
}

fn zone(row: &Document) -> Object<OtherDetail> {
    let bound = |key: &str| row.get(key).map(compact).unwrap_or_default();
    let (zone, collection) = (text(row, "tag"), text(row, "ns"));
    let (from, to) = (bound("min"), bound("max"));
    let detail = OtherDetail::new(ObjectKind::Zone)
        .summary(format!("{zone}: {collection} from {from} to {to}"));
    Object::new(format!("{zone}: {collection} from {from}"), detail)
        .attribute("zone", zone)
        .attribute("collection", collection)
        .attribute("from", from)
        .attribute("to", to)
}
