//! Connections: what a user keeps about one server or file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{ConnectionId, ConnectionUuid, EngineId, Timestamp};

/// The colour of a connection that nobody chose one for.
pub const DEFAULT_COLOUR: &str = "#3b82f6";

/// Well-known keys of a target's fields; a descriptor may declare others.
pub mod field {
    /// Which of the engine's schemes the connection string begins with, where they
    /// mean different things; a choice whose values are the schemes.
    pub const SCHEME: &str = "scheme";
    /// Name or address of the server; several where the engine takes several.
    pub const HOST: &str = "host";
    /// Port of the server, 1 to 65535.
    pub const PORT: &str = "port";
    /// Folder or path of a Unix socket, instead of a host.
    pub const SOCKET: &str = "socket";
    /// Path of a database file.
    pub const FILE: &str = "file";
    /// Who signs in.
    pub const USER: &str = "user";
    /// Password; never part of a target, only of a form.
    pub const PASSWORD: &str = "password";
    /// The database to begin with.
    pub const DATABASE: &str = "database";
    /// How the link is encrypted; one of the modes that the engine declares.
    pub const TLS: &str = "tls";
    /// File with the certificate of an authority to trust besides the system's.
    pub const CA_FILE: &str = "ca_file";
    /// Longest time to connect and sign in, in seconds.
    pub const CONNECT_TIMEOUT: &str = "connect_timeout";
    /// Longest time for one statement, in seconds.
    pub const STATEMENT_TIMEOUT: &str = "statement_timeout";
}

/// Where a server or file is and how to reach it; holds no secret.
///
/// Its fields are those that the engine's descriptor declares; an absent field
/// has the descriptor's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Target {
    /// The engine that understands the fields.
    pub engine: EngineId,
    /// Values by field key.
    pub fields: BTreeMap<String, String>,
}

impl Target {
    /// A target of this engine with all fields at their defaults.
    pub fn new(engine: impl Into<EngineId>) -> Self {
        Self {
            engine: engine.into(),
            fields: BTreeMap::new(),
        }
    }

    /// Sets a field; an empty value removes it.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.set(key, value);
        self
    }

    /// Sets a field; an empty value removes it.
    pub fn set(&mut self, key: &str, value: impl Into<String>) {
        let value = value.into();
        if value.is_empty() {
            self.fields.remove(key);
        } else {
            self.fields.insert(key.to_owned(), value);
        }
    }

    /// The value of a field, if it is set.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.fields.get(key).map(String::as_str)
    }

    /// Whether the server is on this machine: a file, a socket or a loopback host.
    pub fn is_local(&self) -> bool {
        match self.get(field::HOST) {
            None => true,
            Some(host) => {
                let host = host.trim_matches(['[', ']']);
                host.eq_ignore_ascii_case("localhost")
                    || host.starts_with('/')
                    || host
                        .parse::<std::net::IpAddr>()
                        .is_ok_and(|address| address.is_loopback())
            }
        }
    }
}

/// What a connection is used for; production is told apart everywhere.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    /// Real users depend on it.
    Production,
    /// A rehearsal of production.
    Staging,
    /// For work in progress.
    Development,
    /// On this machine only.
    #[default]
    Local,
}

impl Environment {
    /// The stable name in stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Staging => "staging",
            Self::Development => "development",
            Self::Local => "local",
        }
    }

    /// The environment with this stable name.
    pub fn parse(name: &str) -> Option<Self> {
        [
            Self::Production,
            Self::Staging,
            Self::Development,
            Self::Local,
        ]
        .into_iter()
        .find(|environment| environment.as_str() == name)
    }
}

/// What a user says of a connection; everything but the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectionDraft {
    /// Its name, unique for the user, not empty.
    pub name: String,
    /// Free text; may be empty.
    pub description: String,
    /// Engine and address.
    pub target: Target,
    /// `#rrggbb`.
    pub colour: String,
    /// What it is used for.
    pub environment: Environment,
    /// Name of the folder it lies in; empty for none.
    pub folder: String,
    /// Tags, in the user's order, without duplicates.
    pub tags: Vec<String>,
    /// Whether it is one of the favourites.
    pub favourite: bool,
    /// Whether the server is asked to refuse writes.
    pub read_only: bool,
    /// Free-form facts by key.
    pub metadata: BTreeMap<String, String>,
}

impl ConnectionDraft {
    /// A draft with defaults for everything but name and target.
    pub fn new(name: impl Into<String>, target: Target) -> Self {
        Self {
            name: name.into(),
            description: String::new(),
            target,
            colour: DEFAULT_COLOUR.to_owned(),
            environment: Environment::default(),
            folder: String::new(),
            tags: Vec::new(),
            favourite: false,
            read_only: true,
            metadata: BTreeMap::new(),
        }
    }
}

/// A kept connection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Connection {
    /// Its id in this catalogue.
    pub id: ConnectionId,
    /// Its id across catalogues; also the key of its secrets.
    #[cfg_attr(feature = "bindings", specta(type = String))]
    pub uuid: ConnectionUuid,
    /// What the user says of it.
    pub draft: ConnectionDraft,
    /// Inactive connections are never contacted by work in the background.
    pub active: bool,
    /// Position among the user's connections, ascending.
    pub sort_order: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the user last changed it.
    pub updated_at: Timestamp,
    /// When it was last opened, tested or synced.
    pub last_used_at: Option<Timestamp>,
}
