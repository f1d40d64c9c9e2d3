//! Versions and forks: what this server is and what its catalogue can be asked.

use engine::{EngineError, ServerInfo};

/// The least version whose catalogue has every column that is asked for.
const LEAST: (u32, &str) = (130_000, "13");

/// What a server told of itself.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    /// `16.4`
    pub version: String,
    /// `160004`
    pub number: u32,
    /// The product, forks by their own name.
    pub product: &'static str,
    /// Who is signed in.
    pub user: String,
    /// The database of the session.
    pub database: String,
    /// The process that serves the session.
    pub process: i32,
    /// Bytes in one page of a table.
    pub block_size: u64,
    /// Whether the server refuses writes in this session.
    pub read_only: bool,
    /// Host and port, or the path of the socket.
    pub address: String,
    /// The server's own limit for one statement, in milliseconds.
    pub statement_timeout: u64,
    /// Whether a pooler stands between, so that only a transaction is ours alone.
    pub pooled: bool,
}

impl Facts {
    /// Refuses servers whose catalogue cannot be read.
    pub(crate) fn check(self) -> Result<Self, EngineError> {
        if self.number < LEAST.0 {
            return Err(EngineError::TooOld {
                product: self.product.to_owned(),
                version: self.version,
                least: LEAST.1,
            });
        }
        Ok(self)
    }

    /// Whether unique indexes may take nulls as equal, and foreign keys set some
    /// of their columns.
    pub(crate) fn has_nulls_not_distinct(&self) -> bool {
        self.number >= 150_000
    }

    /// Whether columns may choose how long values are compressed, and statistics
    /// objects hold expressions.
    pub(crate) fn has_column_compression(&self) -> bool {
        self.number >= 140_000
    }

    /// Whether publications name schemas, columns and rows.
    pub(crate) fn has_published_schemas(&self) -> bool {
        self.number >= 150_000
    }

    /// Whether constraints may be about periods, or not enforced.
    pub(crate) fn has_temporal_constraints(&self) -> bool {
        self.number >= 180_000
    }

    /// Whether the rows that a session has written are counted by the time that it has ended:
    /// from 15 on, and where the catalogue is kept in tables.
    pub(crate) fn counts_writes(&self) -> bool {
        self.number >= 150_000 && self.product == "PostgreSQL"
    }

    /// The same for the contract.
    pub(crate) fn info(&self) -> ServerInfo {
        ServerInfo {
            product: self.product.to_owned(),
            version: self.version.clone(),
            user: Some(self.user.clone()),
            read_only: self.read_only,
        }
    }
}

/// The product that `version()` names.
pub(crate) fn product(version_text: &str) -> &'static str {
    const FORKS: &[(&str, &str)] = &[
        ("CockroachDB", "CockroachDB"),
        ("-YB-", "YugabyteDB"),
        ("Redshift", "Amazon Redshift"),
        ("Greenplum", "Greenplum"),
        ("EnterpriseDB", "EDB Postgres"),
        ("openGauss", "openGauss"),
    ];
    FORKS
        .iter()
        .find(|(mark, _)| version_text.contains(mark))
        .map_or("PostgreSQL", |(_, product)| product)
}

/// The version without the packager's remarks (`15.14 (Debian 15.14-0)` is `15.14`).
pub(crate) fn version(text: &str) -> String {
    text.split_whitespace().next().unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forks_are_told_by_their_own_name() {
        let yugabyte = "PostgreSQL 11.2-YB-2.20.1.0-b0 on x86_64-pc-linux-gnu";
        assert_eq!(
            product(yugabyte),
            "YugabyteDB",
            "its mark stands in the version"
        );
        assert_eq!(
            product("PostgreSQL 16.4 on x86_64"),
            "PostgreSQL",
            "no mark at all"
        );
    }

    #[test]
    fn versions_lose_the_remarks_of_packagers() {
        assert_eq!(
            version("15.14 (Debian 15.14-0+deb12u1)"),
            "15.14",
            "remarks are left out"
        );
        assert_eq!(version("18beta1"), "18beta1", "what stands alone stays");
    }
}
