//! What belongs to the server and to no database: users and roles, with what each
//! may do on the whole server, and foreign servers. Nothing that a password could be
//! guessed by is asked.

use std::collections::{BTreeMap, BTreeSet};

use engine::{EngineError, OpContext};
use model::snapshot::{Object, OtherDetail, ServerDetail, Warning};
use model::{ObjectKind, ObjectPath, SnapshotBuilder, Text};
use sqlx::Error;
use sqlx::mysql::{MySqlConnection, MySqlRow};

use crate::answer;
use crate::error::{is_of_one_part, running};
use crate::rows::{ForeignServerRow, MembershipRow, ServerRightRow, UserRow};
use crate::types::account;
use crate::variant::Facts;

/// Reads the users, roles and foreign servers into `out`.
pub(crate) async fn inspect(
    connection: &mut MySqlConnection,
    facts: &Facts,
    out: &mut SnapshotBuilder,
    cx: &OpContext,
) -> Result<(), EngineError> {
    let running = |error| running(error, facts);
    let (users, members) = if facts.is_mariadb() {
        (
            include_str!("sql/users_mariadb.sql"),
            Some(include_str!("sql/members_mariadb.sql")),
        )
    } else {
        let members = include_str!("sql/members_mysql.sql");
        (
            include_str!("sql/users_mysql.sql"),
            facts.mysql(80_000).then_some(members),
        )
    };
    let mut complete = true;
    let mut part = |answer: Result<Vec<MySqlRow>, Error>| match answer {
        Err(error) if is_of_one_part(&error) => {
            complete = false;
            Ok(Vec::new())
        }
        answer => answer,
    };
    let users = part(ask(connection, users, cx).await).map_err(running)?;
    let members = match members {
        Some(sql) => part(ask(connection, sql, cx).await).map_err(running)?,
        None => Vec::new(),
    };
    let servers = include_str!("sql/foreign_servers.sql");
    let servers = part(ask(connection, servers, cx).await).map_err(running)?;
    let rights = ask(connection, include_str!("sql/rights_on_server.sql"), cx)
        .await
        .map_err(running)?;
    let people = People::of(&users, &members, &rights, facts).map_err(running)?;
    {
        let mut server = out.server(Object::new("server", ServerDetail::default()));
        for object in people.objects() {
            server.object(object);
        }
        for row in &servers {
            let row = ForeignServerRow::read(row).map_err(running)?;
            server.object(foreign_server(&row));
        }
    }
    if !complete {
        out.warn(Warning {
            object: ObjectPath::server(),
            reason: "This user sees no users and roles but itself, and no foreign servers."
                .to_owned(),
            grant: Some(format!("GRANT SELECT ON `mysql`.* TO {};", facts.grantee())),
            unseen: true,
        });
    }
    Ok(())
}

async fn ask(
    connection: &mut MySqlConnection,
    sql: &'static str,
    cx: &OpContext,
) -> Result<Vec<MySqlRow>, Error> {
    cx.observer().statement(sql.trim());
    answer::rows(connection, sql.to_owned()).await
}

/// A server that tables may live on.
fn foreign_server(row: &ForeignServerRow) -> Object<OtherDetail> {
    let place = row.host.as_ref().or(row.socket.as_ref());
    let mut detail = OtherDetail::new(ObjectKind::ForeignServer).owner(row.owner.clone());
    if let Some(place) = place {
        detail = detail.summary(Text::clone(place));
    }
    let port = (row.port > 0).then(|| i64::from(row.port));
    Object::new(Text::clone(&row.name), detail)
        .attribute_if("wrapper", row.wrapper.clone())
        .attribute_if("host", row.host.clone())
        .attribute_if("port", port)
        .attribute_if("socket", row.socket.clone())
        .attribute_if("database", row.database.clone())
        .attribute_if("user", row.user.clone())
}

/// Everything that was answered, by the account's name.
struct People {
    users: BTreeMap<Text, UserRow>,
    member_of: BTreeMap<Text, Vec<Text>>,
    /// Accounts that were granted to others.
    roles: BTreeSet<Text>,
    rights: BTreeMap<Text, Vec<ServerRightRow>>,
}

impl People {
    fn of(
        users: &[MySqlRow],
        members: &[MySqlRow],
        rights: &[MySqlRow],
        facts: &Facts,
    ) -> Result<Self, Error> {
        let mut people = Self {
            users: BTreeMap::new(),
            member_of: BTreeMap::new(),
            roles: BTreeSet::new(),
            rights: BTreeMap::new(),
        };
        for row in users {
            let row = UserRow::read(row)?;
            people.users.insert(name(&row.user, &row.host), row);
        }
        if people.users.is_empty() {
            let (user, host) = facts.user.rsplit_once('@').unwrap_or((&facts.user, ""));
            let own = UserRow::unknown(user, host);
            people.users.insert(name(user, host), own);
        }
        for row in members {
            let row = MembershipRow::read(row)?;
            let role = name(&row.role, &row.role_host);
            people.roles.insert(role.clone());
            let of: &mut Vec<_> = people
                .member_of
                .entry(name(&row.user, &row.host))
                .or_default();
            of.push(role);
        }
        for row in rights {
            let row = ServerRightRow::read(row)?;
            let of: &mut Vec<_> = people.rights.entry(row.grantee.clone()).or_default();
            of.push(row);
        }
        Ok(people)
    }

    fn objects(&self) -> impl Iterator<Item = Object<OtherDetail>> {
        self.users.iter().map(|(name, row)| self.object(name, row))
    }

    fn object(&self, name: &Text, row: &UserRow) -> Object<OtherDetail> {
        let on = |flag: bool| flag.then_some(true);
        let is_role = row.is_role || self.roles.contains(name);
        let mut member_of = self.member_of.get(name).cloned().unwrap_or_default();
        member_of.sort();
        member_of.dedup();
        let detail = OtherDetail::new(ObjectKind::Role);
        let detail = match (&row.method, is_role) {
            (_, true) => detail.summary("role"),
            (Some(method), false) => detail.summary(Text::clone(method)),
            (None, false) => detail,
        };
        Object::new(Text::clone(name), detail)
            .attribute_if("role", on(is_role))
            .attribute_if("method", row.method.clone().filter(|_| !row.is_role))
            .attribute_if("locked", on(row.locked))
            .attribute_if("expired", on(row.expired))
            .attribute_if("tls", row.tls.as_ref().map(|tls| needs(tls)))
            .attribute_if(
                "member_of",
                Some(member_of).filter(|roles| !roles.is_empty()),
            )
            .attribute_if("privileges", self.privileges(row))
    }

    fn privileges(&self, row: &UserRow) -> Option<Vec<Text>> {
        // The catalogue writes accounts in quotes, and leaves quotes in names as they are.
        let told = [
            format!("'{}'@'{}'", row.user, row.host),
            account(&format!("{}@{}", row.user, row.host)),
            format!("'{}'", row.user),
        ];
        let rows = told
            .iter()
            .find_map(|grantee| self.rights.get(grantee.as_str()))?;
        let mut rights: Vec<&str> = rows
            .iter()
            .map(|row| &*row.right)
            .filter(|right| *right != "USAGE")
            .collect();
        rights.sort_unstable();
        rights.dedup();
        let more = if rows.iter().any(|row| row.grantable) {
            ", with grant option"
        } else {
            ""
        };
        (!rights.is_empty()).then(|| vec![format!("{} on *.*{more}", rights.join(", ")).into()])
    }
}

/// The name of an account; roles of MariaDB have no host.
fn name(user: &str, host: &str) -> Text {
    if host.is_empty() {
        user.into()
    } else {
        format!("{user}@{host}").into()
    }
}

/// What `ssl_type` says.
fn needs(kind: &str) -> &str {
    match kind {
        "ANY" | "1" => "required",
        "X509" | "2" => "a certificate of its own",
        "SPECIFIED" | "3" => "a certificate of its own, as specified",
        other => other,
    }
}
