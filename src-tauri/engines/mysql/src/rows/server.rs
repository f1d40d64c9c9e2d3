//! The rows about the server itself: users, roles and foreign servers.

use model::Text;
use sqlx::Error;
use sqlx::mysql::MySqlRow;

use super::{Columns, Texts};

rows! {
    /// The answer of `users_mysql.sql` and `users_mariadb.sql`.
    UserRow {
        user: Text = text,
        host: Text = text,
        method: Option<Text> = filled,
        is_role: bool = yes,
        locked: bool = yes,
        expired: bool = yes,
        tls: Option<Text> = filled,
    }

    /// The answer of `members_mysql.sql` and `members_mariadb.sql`.
    MembershipRow {
        user: Text = text,
        host: Text = text,
        role: Text = text,
        role_host: Text = text,
    }

    /// The answer of `foreign_servers.sql`; their passwords are not asked for.
    ForeignServerRow {
        name: Text = text,
        wrapper: Option<Text> = filled,
        owner: Option<Text> = filled,
        host: Option<Text> = filled,
        port: u32 = number,
        socket: Option<Text> = filled,
        database: Option<Text> = filled,
        user: Option<Text> = filled,
    }

    /// The answer of `rights_on_server.sql`.
    ServerRightRow {
        grantee: Text = text,
        right: Text = text,
        grantable: bool = yes,
    }
}

impl UserRow {
    /// An account of which nothing but its name may be known.
    pub(crate) fn unknown(user: &str, host: &str) -> Self {
        Self {
            user: user.into(),
            host: host.into(),
            method: None,
            is_role: false,
            locked: false,
            expired: false,
            tls: None,
        }
    }
}
