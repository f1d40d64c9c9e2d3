//! Throw-away MongoDB servers, shared by a run or private to a test.
//!
//! They speak MongoDB's protocol and are not MongoDB's own, which no package
//! registry has. `launch` starts them, `database` gives each test a database
//! of its own and `account` the users that look at it.

mod account;
mod database;
mod launch;

use std::path::{Path, PathBuf};
use std::time::Duration;

use ::mongodb::bson::{Document, doc};
use ::mongodb::options::ClientOptions;
use ::mongodb::{Client, Database};
use tokio::sync::OnceCell;

pub use account::Account;
pub use database::FreshDatabase;
use launch::Launched;

/// How a server is set up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setup {
    /// A server on its own that asks nobody who they are, without TLS.
    Open,
    /// A replica set of one that asks for a user and a password, over TLS only.
    Secured,
}

/// A server that tests may do anything to.
pub struct MongoDb {
    setup: Setup,
    address: Address,
    launched: Option<Launched>,
}

/// Where a server is and how its superuser signs in.
#[derive(Clone)]
pub(crate) struct Address {
    host: String,
    port: u16,
    superuser: Option<(String, String)>,
    authority: Option<PathBuf>,
}

impl Setup {
    /// The variable with the URL of a server to use instead of a private one.
    pub fn url_variable(self) -> &'static str {
        match self {
            Self::Open => "DB_STUDIO_TEST_MONGODB_URL",
            Self::Secured => "DB_STUDIO_TEST_MONGODB_SECURED_URL",
        }
    }

    /// The variable with the certificate authority's file of that server.
    pub fn authority_variable(self) -> &'static str {
        match self {
            Self::Open => "DB_STUDIO_TEST_MONGODB_CA",
            Self::Secured => "DB_STUDIO_TEST_MONGODB_SECURED_CA",
        }
    }
}

impl MongoDb {
    /// The open server, shared by the whole run.
    pub async fn shared() -> &'static Self {
        static SERVER: OnceCell<MongoDb> = OnceCell::const_new();
        SERVER
            .get_or_init(|| Self::given_or_private(Setup::Open))
            .await
    }

    /// The secured server, shared by the whole run.
    pub async fn shared_secured() -> &'static Self {
        static SERVER: OnceCell<MongoDb> = OnceCell::const_new();
        SERVER
            .get_or_init(|| Self::given_or_private(Setup::Secured))
            .await
    }

    /// A server of this test's own, which it may stop and start.
    pub async fn private(setup: Setup) -> Self {
        let launched = Launched::start(setup).await;
        Self {
            setup,
            address: launched.address(),
            launched: Some(launched),
        }
    }

    /// How it is set up.
    pub fn setup(&self) -> Setup {
        self.setup
    }

    /// The host that clients name; the certificate of a secured server is good for it.
    pub fn host(&self) -> &str {
        &self.address.host
    }

    /// The port on the loopback interface.
    pub fn port(&self) -> u16 {
        self.address.port
    }

    /// The file with the authority that signed the certificate of a secured server.
    ///
    /// Ends the test where the server speaks no TLS.
    pub fn authority_file(&self) -> &Path {
        self.address
            .authority
            .as_deref()
            .unwrap_or_else(|| panic!("This server speaks no TLS; use a secured one."))
    }

    /// The superuser's URL of a database, with TLS where the server asks for it.
    pub fn url(&self, database: &str) -> String {
        self.address.url(database)
    }

    /// The superuser's client, for what a test asks behind the engine's back.
    ///
    /// It belongs to the runtime of the test that asks for it.
    pub async fn client(&self) -> Client {
        self.address.client().await
    }

    /// A database of this test's own; it is there once something is in it.
    pub async fn fresh_database(&self) -> FreshDatabase {
        FreshDatabase::new(&self.address).await
    }

    /// Stops a private server in good order; its data stays.
    pub fn stop(&mut self) {
        self.private_server().stop();
    }

    /// Ends a private server as a crash would; its last writes may be lost.
    pub fn crash(&mut self) {
        self.private_server().crash();
    }

    /// Starts a private server again, on the same port and data.
    pub async fn start(&mut self) {
        self.private_server().start_again().await;
    }

    fn private_server(&mut self) -> &mut Launched {
        self.launched
            .as_mut()
            .unwrap_or_else(|| panic!("A shared server may not be changed; use MongoDb::private."))
    }

    async fn given_or_private(setup: Setup) -> Self {
        let Ok(url) = std::env::var(setup.url_variable()) else {
            return Self::private(setup).await;
        };
        let authority = std::env::var_os(setup.authority_variable()).map(PathBuf::from);
        let address = Address::parse(&url, authority).unwrap_or_else(|| {
            panic!(
                "{} is not mongodb://[user:password@]host:port/….",
                setup.url_variable()
            )
        });
        run(&address.client().await.database("admin"), doc! {"ping": 1}).await;
        Self {
            setup,
            address,
            launched: None,
        }
    }
}

impl Address {
    fn parse(url: &str, authority: Option<PathBuf>) -> Option<Self> {
        let (_, rest) = url.split_once("://")?;
        let place = rest.split(['/', '?']).next()?;
        let (superuser, place) = match place.rsplit_once('@') {
            None => (None, place),
            Some((user, place)) => {
                let (name, password) = user.split_once(':')?;
                (Some((name.to_owned(), password.to_owned())), place)
            }
        };
        let (host, port) = place.rsplit_once(':')?;
        Some(Self {
            host: host.to_owned(),
            port: port.parse().ok()?,
            superuser,
            authority,
        })
    }

    fn url(&self, database: &str) -> String {
        match &self.superuser {
            Some((name, password)) => self.url_as(name, password, "admin", database),
            None => self.assemble("", database, vec![]),
        }
    }

    fn url_as(&self, name: &str, password: &str, source: &str, database: &str) -> String {
        let source = format!("authSource={source}");
        self.assemble(&format!("{name}:{password}@"), database, vec![source])
    }

    fn assemble(&self, user: &str, database: &str, mut options: Vec<String>) -> String {
        if let Some(authority) = &self.authority {
            options.push("tls=true".to_owned());
            options.push(format!("tlsCAFile={}", authority.display()));
        }
        let mark = if options.is_empty() { "" } else { "?" };
        let (host, port, options) = (&self.host, self.port, options.join("&"));
        format!("mongodb://{user}{host}:{port}/{database}{mark}{options}")
    }

    async fn client(&self) -> Client {
        self.client_within(Duration::from_secs(30)).await
    }

    /// A client that gives up after `patience` where no server answers.
    async fn client_within(&self, patience: Duration) -> Client {
        let mut options = ClientOptions::parse(self.url(""))
            .await
            .unwrap_or_else(|error| panic!("The support's URL is not understood: {error}."));
        options.server_selection_timeout = Some(patience);
        options.connect_timeout = Some(patience);
        Client::with_options(options)
            .unwrap_or_else(|error| panic!("The support's client was refused: {error}."))
    }
}

/// Runs a command and ends the test where it fails.
pub async fn run(database: &Database, command: Document) -> Document {
    let said = command.to_string();
    database
        .run_command(command)
        .await
        .unwrap_or_else(|error| panic!("The server refused {said}: {error}."))
}
