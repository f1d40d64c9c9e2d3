//! Starts test servers, prints where they are as `NAME=value` lines and then
//! `ready`, and ends them when its input closes or it is killed.
//!
//! `servers` starts all but those that the environment names already, and
//! `servers debian` or another name that one. Each line of input is an order:
//! `stop` and `crash` are answered with `stopped`, `start` with `ready`.
#![allow(clippy::print_stdout, reason = "its output is what it is run for")]

use std::io::{BufRead, Error, ErrorKind};

use db_studio_tests::mongodb::Setup;
use db_studio_tests::mysql::Variant;
use db_studio_tests::{Build, MongoDb, MySql, Postgres};

/// What can be started, under the name it is asked for by.
#[derive(Clone, Copy)]
enum Kind {
    Postgres(Build),
    MySql(Variant),
    MongoDb(Setup),
}

const KINDS: [(&str, Kind); 6] = [
    ("debian", Kind::Postgres(Build::Debian)),
    ("wheel", Kind::Postgres(Build::Wheel)),
    ("mariadb", Kind::MySql(Variant::MariaDb)),
    ("mysql", Kind::MySql(Variant::MySql)),
    ("mongodb", Kind::MongoDb(Setup::Open)),
    ("mongodb-secured", Kind::MongoDb(Setup::Secured)),
];

/// A server that runs.
enum Running {
    Postgres(Build, Postgres),
    MySql(MySql),
    MongoDb(MongoDb),
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let starting: Vec<_> = wanted()?
        .into_iter()
        .map(|kind| tokio::spawn(Running::start(kind)))
        .collect();
    let mut servers = Vec::new();
    for server in starting {
        servers.push(server.await?);
    }
    for server in &servers {
        for (name, value) in server.variables() {
            println!("{name}={value}");
        }
    }
    println!("ready");
    for order in std::io::stdin().lock().lines() {
        let order = order?;
        for server in &mut servers {
            server.obey(&order).await?;
        }
        let answer = if order == "start" { "ready" } else { "stopped" };
        println!("{answer}");
    }
    Ok(())
}

fn wanted() -> std::io::Result<Vec<Kind>> {
    let Some(named) = std::env::args().nth(1) else {
        let missing = |(_, kind): &(_, Kind)| std::env::var_os(kind.url_variable()).is_none();
        return Ok(KINDS
            .into_iter()
            .filter(missing)
            .map(|(_, kind)| kind)
            .collect());
    };
    KINDS
        .into_iter()
        .find(|(name, _)| *name == named)
        .map(|(_, kind)| vec![kind])
        .ok_or_else(|| {
            let names = KINDS.map(|(name, _)| name).join(", ");
            let message = format!("There is no server {named}; there are {names}.");
            Error::new(ErrorKind::InvalidInput, message)
        })
}

impl Kind {
    fn url_variable(self) -> &'static str {
        match self {
            Self::Postgres(build) => build.url_variable(),
            Self::MySql(variant) => variant.url_variable(),
            Self::MongoDb(setup) => setup.url_variable(),
        }
    }
}

impl Running {
    async fn start(kind: Kind) -> Self {
        match kind {
            Kind::Postgres(build) => Self::Postgres(build, Postgres::private(build).await),
            Kind::MySql(variant) => Self::MySql(MySql::private(variant).await),
            Kind::MongoDb(setup) => Self::MongoDb(MongoDb::private(setup).await),
        }
    }

    /// What tests find the server by.
    fn variables(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Postgres(build, server) => {
                let mut all = vec![(build.url_variable(), server.url("postgres"))];
                if *build == Build::Debian {
                    let authority = server.authority_file().display().to_string();
                    all.push((build.authority_variable(), authority));
                }
                all
            }
            Self::MySql(server) => {
                let variant = server.variant();
                let (authority, socket) = (server.authority_file(), server.socket_file());
                vec![
                    (variant.url_variable(), server.url("")),
                    (
                        variant.authority_variable(),
                        authority.display().to_string(),
                    ),
                    (variant.socket_variable(), socket.display().to_string()),
                ]
            }
            Self::MongoDb(server) => {
                let setup = server.setup();
                let mut all = vec![(setup.url_variable(), server.url(""))];
                if setup == Setup::Secured {
                    let authority = server.authority_file().display().to_string();
                    all.push((setup.authority_variable(), authority));
                }
                all
            }
        }
    }

    async fn obey(&mut self, order: &str) -> std::io::Result<()> {
        match (self, order) {
            (Self::Postgres(_, server), "stop") => server.stop(),
            (Self::Postgres(_, server), "crash") => server.crash(),
            (Self::Postgres(_, server), "start") => server.start().await,
            (Self::MySql(server), "stop") => server.stop(),
            (Self::MySql(server), "crash") => server.crash(),
            (Self::MySql(server), "start") => server.start().await,
            (Self::MongoDb(server), "stop") => server.stop(),
            (Self::MongoDb(server), "crash") => server.crash(),
            (Self::MongoDb(server), "start") => server.start().await,
            _ => return Err(Error::new(ErrorKind::InvalidInput, "Unknown order.")),
        }
        Ok(())
    }
}
