//! Accounts with few privileges, one for each way to sign in.

use super::Variant;

/// An account that may sign in from anywhere.
#[derive(Clone, Debug)]
pub struct Account {
    /// The user's name, unique in the run; its host is `%`.
    pub name: String,
    /// Its password; empty where it signs in by other means.
    pub password: String,
}

/// How an account signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// The server's default: `mysql_native_password` on MariaDB, `caching_sha2_password` on MySQL.
    Password,
    /// The same, over TLS only.
    TlsOnly,
    /// `sha256_password`, which MySQL has only.
    Sha256,
    /// `ed25519`, which MariaDB has only.
    Ed25519,
    /// The Unix socket's peer: the system's user of the account's name, without a password.
    Socket,
}

impl SignIn {
    /// What follows `CREATE USER name` for it.
    pub(super) fn clause(self, variant: Variant, password: &str) -> String {
        match (self, variant) {
            (Self::Password, _) => format!("IDENTIFIED BY '{password}'"),
            (Self::TlsOnly, _) => format!("IDENTIFIED BY '{password}' REQUIRE SSL"),
            (Self::Sha256, Variant::MySql) => {
                format!("IDENTIFIED WITH sha256_password BY '{password}'")
            }
            (Self::Ed25519, Variant::MariaDb) => {
                format!("IDENTIFIED VIA ed25519 USING PASSWORD('{password}')")
            }
            (Self::Socket, Variant::MariaDb) => "IDENTIFIED VIA unix_socket".to_owned(),
            (Self::Socket, Variant::MySql) => "IDENTIFIED WITH auth_socket".to_owned(),
            (Self::Sha256 | Self::Ed25519, _) => {
                panic!("{} has no sign-in {self:?}.", variant.name())
            }
        }
    }
}
