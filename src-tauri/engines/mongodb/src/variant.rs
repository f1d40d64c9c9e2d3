//! What a server is: product, version, topology, and what it can be asked.

use bson::Document;
use engine::{EngineError, ServerInfo};

/// The least version whose protocol the driver speaks (4.4).
const LEAST_WIRE: i32 = 9;
const LEAST_VERSION: &str = "4.4";

/// What is known of a server once a session is open.
#[derive(Debug, Clone)]
pub(crate) struct Facts {
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) user: Option<String>,
    /// The database that the user is defined in; empty without a user.
    pub(crate) user_database: String,
    pub(crate) address: String,
    pub(crate) topology: Topology,
    pub(crate) replica_set: Option<String>,
    pub(crate) members: Vec<String>,
    /// The database that the target names; empty for none.
    pub(crate) database: String,
}

/// How servers stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topology {
    Single,
    ReplicaSet,
    Sharded,
}

impl Topology {
    /// The word for people.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Single => "Single server",
            Self::ReplicaSet => "Replica set",
            Self::Sharded => "Sharded cluster",
        }
    }
}

impl Facts {
    /// Puts together what the server says of itself.
    pub(crate) fn of(hello: &Document, build: &Document, address: String) -> Self {
        let replica_set = hello.get_str("setName").ok().map(str::to_owned);
        let texts = |key: &str| {
            let list = hello.get_array(key).ok().into_iter().flatten();
            list.filter_map(|host| host.as_str().map(str::to_owned))
        };
        let members = ["hosts", "passives", "arbiters"]
            .iter()
            .flat_map(|key| texts(key));
        let topology = if hello.get_str("msg").is_ok_and(|msg| msg == "isdbgrid") {
            Topology::Sharded
        } else if replica_set.is_some() {
            Topology::ReplicaSet
        } else {
            Topology::Single
        };
        let wire = wire_version(hello);
        Self {
            product: product(build),
            version: build
                .get_str("version")
                .map_or_else(|_| version_of(wire).to_owned(), str::to_owned),
            user: None,
            user_database: String::new(),
            address,
            topology,
            members: members.collect(),
            replica_set,
            database: String::new(),
        }
    }

    pub(crate) fn info(&self) -> ServerInfo {
        ServerInfo {
            product: self.product.clone(),
            version: self.version.clone(),
            user: self.user.clone(),
            read_only: true,
        }
    }
}

/// The error for a server that is too old, if it is.
pub(crate) fn too_old(hello: &Document) -> Option<EngineError> {
    let wire = wire_version(hello);
    (wire < LEAST_WIRE).then(|| EngineError::TooOld {
        product: "MongoDB".to_owned(),
        version: version_of(wire).to_owned(),
        least: LEAST_VERSION,
    })
}

fn wire_version(hello: &Document) -> i32 {
    match hello.get("maxWireVersion") {
        Some(bson::Bson::Int32(wire)) => *wire,
        Some(bson::Bson::Int64(wire)) => i32::try_from(*wire).unwrap_or(i32::MAX),
        Some(bson::Bson::Double(wire)) => *wire as i32,
        _ => 0,
    }
}

/// The first version that speaks this wire version; servers tell no other before sign in.
fn version_of(wire: i32) -> &'static str {
    match wire {
        ..=2 => "2.6",
        3 => "3.0",
        4 => "3.2",
        5 => "3.4",
        6 => "3.6",
        7 => "4.0",
        8 => "4.2",
        9..=12 => "4.4",
        13 => "5.0",
        14..=16 => "5.1",
        17 => "6.0",
        18..=20 => "6.1",
        21 => "7.0",
        22..=24 => "7.1",
        _ => "8.0",
    }
}

/// The product by what only it says of itself.
fn product(build: &Document) -> String {
    if build.contains_key("ferretdb") || build.contains_key("ferretdbVersion") {
        return "FerretDB".to_owned();
    }
    if build.contains_key("psmdbVersion") {
        return "Percona Server for MongoDB".to_owned();
    }
    let enterprise = build.get_array("modules").is_ok_and(|modules| {
        modules
            .iter()
            .any(|module| module.as_str() == Some("enterprise"))
    });
    if enterprise {
        "MongoDB Enterprise".to_owned()
    } else {
        "MongoDB".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use bson::doc;

    use super::*;

    #[test]
    fn what_is_older_than_the_driver_speaks_is_named_by_its_version() {
        let hello = doc! { "maxWireVersion": 6 };
        let told = too_old(&hello).map(|error| error.to_string());
        let expected = "MongoDB 3.6 is too old; 4.4 or newer can be read.";
        assert_eq!(told.as_deref(), Some(expected), "version by protocol");
        let enough = too_old(&doc! { "maxWireVersion": 9 });
        assert!(enough.is_none(), "4.4 is new enough");
    }

    #[test]
    fn forks_are_told_by_what_only_they_say() {
        let of = |build| Facts::of(&doc! {}, &build, String::new()).product;
        assert_eq!(of(doc! {}), "MongoDB", "nothing special");
        assert_eq!(
            of(doc! { "psmdbVersion": "7.0.8-5" }),
            "Percona Server for MongoDB"
        );
        assert_eq!(of(doc! { "ferretdb": { "version": "v2" } }), "FerretDB");
        assert_eq!(of(doc! { "modules": ["enterprise"] }), "MongoDB Enterprise");
    }

    #[test]
    fn a_router_makes_a_cluster() {
        let facts = Facts::of(&doc! { "msg": "isdbgrid" }, &doc! {}, String::new());
        assert_eq!(facts.topology, Topology::Sharded, "mongos says so");
    }
}
