//! What belongs to the server and to no database: users and roles, with what each
//! may do on the whole server, and foreign servers. Nothing that a password could be
//! guessed by is asked.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use engine::{EngineError, OpContext};
use model::snapshot::{Object, OtherDetail, ServerDetail, Warning};
use model::{ObjectKind, ObjectPath, SnapshotBuilder, Text};
use sqlx::Error;
use sqlx::mysql::{MySqlConnection, MySqlRow};

use crate::answer;
use crate::error::running;
use crate::grants::Grants;
use crate::rows::{ForeignServerRow, MembershipRow, ServerRightRow, Texts, UserRow};
use crate::types::account;
use crate::variant::Facts;

/// A question, and the tables of the database `mysql` that it reads.
type OfServer = (&'static str, &'static [&'static str]);

const SERVERS: OfServer = (include_str!("sql/foreign_servers.sql"), &["servers"]);
/// Users, foreign servers, and who was granted which role.
const OF_MARIADB: &[OfServer] = &[
    (
        include_str!("sql/users_mariadb.sql"),
        &["user", "global_priv"],
    ),
    SERVERS,
    (include_str!("sql/members_mariadb.sql"), &["roles_mapping"]),
];
const OF_MYSQL: &[OfServer] = &[
    (include_str!("sql/users_mysql.sql"), &["user"]),
    SERVERS,
    (include_str!("sql/members_mysql.sql"), &["role_edges"]),
];

/// Reads the users, roles and foreign servers into `out`.
pub(crate) async fn inspect(
    connection: &mut MySqlConnection,
    facts: &Facts,
    grants: Option<&Grants>,
    out: &mut SnapshotBuilder,
    cx: &OpContext,
) -> Result<(), EngineError> {
    let running = |error| running(error, facts);
    let own = if facts.is_mariadb() {
        OF_MARIADB
    } else if facts.mysql(80_000) {
        OF_MYSQL
    } else {
        &OF_MYSQL[..2]
    };
    // What this user may not ask would take a round trip each to be told so.
    let may = |tables: &[&str]| {
        let read = |table| grants.is_none_or(|grants| grants.on_table("mysql", table, "SELECT"));
        tables.iter().all(|table| read(table))
    };
    let rights = include_str!("sql/rights_on_server.sql");
    let mut texts = vec![rights];
    texts.extend(own.iter().filter(|(_, of)| may(of)).map(|(sql, _)| *sql));
    let answers = ask(connection, &texts, cx).await.map_err(running)?;
    let mut answered: HashMap<&str, Vec<MySqlRow>> = HashMap::new();
    for (sql, answer) in texts.iter().zip(answers) {
        if let Ok(rows) = answer {
            answered.insert(sql, rows);
        }
    }
    let complete = own.iter().all(|(sql, _)| answered.contains_key(sql));
    let mut asked = own.iter().map(|(sql, _)| *sql);
    let mut next = || {
        let rows = asked.next().and_then(|sql| answered.remove(sql));
        rows.unwrap_or_default()
    };
    let (users, servers, members) = (next(), next(), next());
    let rights = answered.remove(rights).unwrap_or_default();
    let people = People::of(&users, &members, &rights, facts).map_err(running)?;
    let mut kept = Texts::default();
    {
        let mut server = out.server(Object::new("server", ServerDetail::default()));
        for object in people.objects() {
            server.object(object);
        }
        for row in &servers {
            let row = ForeignServerRow::read(row, &mut kept).map_err(running)?;
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

/// Asks all of it in one round trip.
async fn ask(
    connection: &mut MySqlConnection,
    texts: &[&str],
    cx: &OpContext,
) -> Result<Vec<Result<Vec<MySqlRow>, Error>>, Error> {
    let sent = texts.iter().map(|text| text.trim().to_owned());
    let sent: Vec<_> = sent.inspect(|sql| cx.observer().statement(sql)).collect();
    answer::each(connection, sent).await
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
        let mut texts = Texts::default();
        for row in users {
            let row = UserRow::read(row, &mut texts)?;
            people.users.insert(name(&row.user, &row.host), row);
        }
        if people.users.is_empty() {
            let (user, host) = facts.user.rsplit_once('@').unwrap_or((&facts.user, ""));
            let own = UserRow::unknown(user, host);
            people.users.insert(name(user, host), own);
        }
        for row in members {
            let row = MembershipRow::read(row, &mut texts)?;
            let role = name(&row.role, &row.role_host);
            people.roles.insert(role.clone());
            let of: &mut Vec<_> = people
                .member_of
                .entry(name(&row.user, &row.host))
                .or_default();
            of.push(role);
        }
        for row in rights {
            let row = ServerRightRow::read(row, &mut texts)?;
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
