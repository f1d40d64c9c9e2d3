//! Versions and forks: what this server is and what its catalogue can be asked.

use engine::{EngineError, ServerInfo};

use crate::types::account;

/// The two families that have parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family {
    /// MySQL itself and what follows it closely.
    MySql,
    /// MariaDB.
    MariaDb,
}

/// What a server told of itself.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// `10.11.6`
    pub version: String,
    /// `101106`
    pub number: u32,
    /// Which questions it understands.
    pub family: Family,
    /// The product, forks by their own name.
    pub product: &'static str,
    /// The account that the server found for who signed in, as `user@host`.
    pub user: String,
    /// The database of the session; empty where there is none.
    pub database: String,
    /// The server's number of the session.
    pub connection: u64,
    /// Whether the server refuses writes in this session.
    pub read_only: bool,
    /// Host and port, or the path of the socket.
    pub address: String,
    /// The server's own limit for one statement, in milliseconds.
    pub statement_timeout: u64,
}

impl Facts {
    /// The same for the contract.
    pub(crate) fn info(&self) -> ServerInfo {
        ServerInfo {
            product: self.product.to_owned(),
            version: self.version.clone(),
            user: Some(self.user.clone()),
            read_only: self.read_only,
        }
    }

    /// Who is signed in, as it stands in a `GRANT`.
    pub(crate) fn grantee(&self) -> String {
        account(&self.user)
    }

    /// The statement that shows this user the bodies of a database's routines.
    /// `database` is as a `GRANT` writes it.
    pub(crate) fn grant_of_bodies(&self, database: &str) -> String {
        let grantee = self.grantee();
        if self.mysql(80_020) {
            format!("GRANT SHOW_ROUTINE ON *.* TO {grantee};")
        } else if self.mariadb(110_300) {
            format!("GRANT SHOW CREATE ROUTINE ON {database}.* TO {grantee};")
        } else if self.mysql(80_000) {
            format!("GRANT SELECT ON *.* TO {grantee};")
        } else {
            format!("GRANT SELECT ON `mysql`.`proc` TO {grantee};")
        }
    }

    pub(crate) fn is_mariadb(&self) -> bool {
        self.family == Family::MariaDb
    }

    /// MySQL from this version on.
    pub(crate) fn mysql(&self, number: u32) -> bool {
        self.family == Family::MySql && self.number >= number
    }

    /// MariaDB from this version on.
    pub(crate) fn mariadb(&self, number: u32) -> bool {
        self.family == Family::MariaDb && self.number >= number
    }
}

/// The family that a version's text names.
pub(crate) fn family(text: &str) -> Family {
    if text.contains("MariaDB") {
        Family::MariaDb
    } else {
        Family::MySql
    }
}

/// The product that the version and its comment name.
pub(crate) fn product(text: &str, comment: &str) -> &'static str {
    const FORKS: &[(&str, &str)] = &[
        ("TiDB", "TiDB"),
        ("MariaDB", "MariaDB"),
        ("mariadb.org", "MariaDB"),
        ("Percona", "Percona Server"),
        ("aurora", "Amazon Aurora MySQL"),
        ("Vitess", "Vitess"),
        ("PlanetScale", "PlanetScale"),
        ("SingleStore", "SingleStore"),
        ("OceanBase", "OceanBase"),
    ];
    FORKS
        .iter()
        .find(|(mark, _)| text.contains(mark) || comment.contains(mark))
        .map_or("MySQL", |(_, product)| product)
}

/// The version without the packager's remarks (`10.11.6-MariaDB-0+deb12u1` is `10.11.6`).
pub(crate) fn version(text: &str) -> String {
    // Some proxies put before MariaDB's version what old clients expect.
    let text = match text.strip_prefix("5.5.5-") {
        Some(own) if family(text) == Family::MariaDb => own,
        _ => text,
    };
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let plain = text.get(..end).unwrap_or(text).trim_end_matches('.');
    if plain.is_empty() { text } else { plain }.to_owned()
}

/// A version as one number that grows with it.
pub(crate) fn number(version: &str) -> u32 {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0_u32));
    let mut next = || parts.next().unwrap_or(0).min(99);
    let (major, minor, patch) = (next(), next(), next());
    major * 10_000 + minor * 100 + patch
}

/// Refuses servers whose catalogue cannot be read.
pub(crate) fn check(family: Family, product: &str, version: &str) -> Result<(), EngineError> {
    let (number_of_least, least) = match family {
        Family::MySql => (50_700, "5.7"),
        Family::MariaDb => (100_400, "10.4"),
    };
    if number(version) < number_of_least {
        return Err(EngineError::TooOld {
            product: product.to_owned(),
            version: version.to_owned(),
            least,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forks_are_told_by_their_own_name() {
        let told = |text, comment| (product(text, comment), family(text), version(text));
        assert_eq!(
            told("8.0.11-TiDB-v7.5.0", "TiDB Server (Apache License 2.0)"),
            ("TiDB", Family::MySql, "8.0.11".to_owned()),
            "its mark stands in the version"
        );
        assert_eq!(
            told("8.0.36-28", "Percona Server (GPL), Release 28"),
            ("Percona Server", Family::MySql, "8.0.36".to_owned()),
            "its mark stands in the comment"
        );
        assert_eq!(
            told("10.11.6-MariaDB-0+deb12u1", "Debian 12"),
            ("MariaDB", Family::MariaDb, "10.11.6".to_owned()),
            "a family of its own"
        );
        assert_eq!(
            told("9.7.0", "MySQL Community Server - GPL"),
            ("MySQL", Family::MySql, "9.7.0".to_owned()),
            "no mark at all"
        );
        assert_eq!(
            told("5.5.5-10.6.12-MariaDB", "MaxScale"),
            ("MariaDB", Family::MariaDb, "10.6.12".to_owned()),
            "behind a proxy"
        );
    }

    #[test]
    fn versions_grow_as_numbers_do() {
        assert_eq!(number("10.11.6"), 101_106, "each part has two places");
        assert_eq!(number("9.7"), 90_700, "what is missing counts as none");
        assert!(
            number("5.7.44") < number("8.0.4"),
            "the first part comes first"
        );
    }

    #[test]
    fn what_is_too_old_is_refused() {
        assert!(
            check(Family::MySql, "MySQL", "5.6.51").is_err(),
            "before 5.7"
        );
        assert!(
            check(Family::MySql, "MySQL", "5.7.8").is_ok(),
            "the least of MySQL"
        );
        assert!(
            check(Family::MariaDb, "MariaDB", "10.3.39").is_err(),
            "before 10.4"
        );
        assert!(
            check(Family::MariaDb, "MariaDB", "11.8.2").is_ok(),
            "a later one"
        );
    }
}
