//! Throw-away MariaDB and MySQL servers, shared by a run or private to a test.
//!
//! `launch` starts them, `database` gives each test a database of its own and
//! `account` the accounts that look at it.

mod account;
mod database;
mod launch;

use std::path::{Path, PathBuf};

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::{AssertSqlSafe, Connection};
use tokio::sync::OnceCell;

use crate::certificates::Leaf;
pub use account::{Account, SignIn};
pub use database::FreshDatabase;
use launch::Launched;

/// Which of the two products a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// The distribution's MariaDB (10.11 on Debian 12).
    MariaDb,
    /// MySQL itself, the newest that Debian has (9.7).
    MySql,
}

/// A server that tests may do anything to, through its account `root`.
pub struct MySql {
    variant: Variant,
    address: Address,
    authority: Option<PathBuf>,
    socket: Option<PathBuf>,
    launched: Option<Launched>,
}

/// Where a server is and how `root` signs in.
#[derive(Clone)]
pub(crate) struct Address {
    host: String,
    port: u16,
    user: String,
    password: String,
}

impl Variant {
    /// The name to speak of it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::MariaDb => "MariaDB",
            Self::MySql => "MySQL",
        }
    }

    /// The variable with the URL of a server to use instead of a private one.
    pub fn url_variable(self) -> &'static str {
        match self {
            Self::MariaDb => "DB_STUDIO_TEST_MARIADB_URL",
            Self::MySql => "DB_STUDIO_TEST_MYSQL_URL",
        }
    }

    /// The variable with the certificate authority's file of that server.
    pub fn authority_variable(self) -> &'static str {
        match self {
            Self::MariaDb => "DB_STUDIO_TEST_MARIADB_CA",
            Self::MySql => "DB_STUDIO_TEST_MYSQL_CA",
        }
    }

    /// The variable with the path of that server's Unix socket.
    pub fn socket_variable(self) -> &'static str {
        match self {
            Self::MariaDb => "DB_STUDIO_TEST_MARIADB_SOCKET",
            Self::MySql => "DB_STUDIO_TEST_MYSQL_SOCKET",
        }
    }
}

impl MySql {
    /// The MariaDB server that the whole run shares.
    pub async fn shared_mariadb() -> &'static Self {
        static SERVER: OnceCell<MySql> = OnceCell::const_new();
        SERVER
            .get_or_init(|| Self::given_or_private(Variant::MariaDb))
            .await
    }

    /// The MySQL server that the whole run shares.
    pub async fn shared_mysql() -> &'static Self {
        static SERVER: OnceCell<MySql> = OnceCell::const_new();
        SERVER
            .get_or_init(|| Self::given_or_private(Variant::MySql))
            .await
    }

    /// The shared server of one product.
    pub async fn shared(variant: Variant) -> &'static Self {
        match variant {
            Variant::MariaDb => Self::shared_mariadb().await,
            Variant::MySql => Self::shared_mysql().await,
        }
    }

    /// Both shared servers, for tests that must hold on each.
    pub async fn every() -> [&'static Self; 2] {
        [Self::shared_mariadb().await, Self::shared_mysql().await]
    }

    /// A server of this test's own, which it may stop, start and reconfigure.
    pub async fn private(variant: Variant) -> Self {
        let launched = Launched::start(variant).await;
        Self {
            variant,
            address: launched.address(),
            authority: Some(launched.authority_file()),
            socket: Some(launched.socket_file()),
            launched: Some(launched),
        }
    }

    /// Which product it is.
    pub fn variant(&self) -> Variant {
        self.variant
    }

    /// The host that clients name; the certificate is good for it.
    pub fn host(&self) -> &str {
        &self.address.host
    }

    /// The port on the loopback interface.
    pub fn port(&self) -> u16 {
        self.address.port
    }

    /// The password of `root`, for tests that sign in step by step.
    pub fn password(&self) -> &str {
        &self.address.password
    }

    /// The file with the authority that signed the server's certificate.
    ///
    /// Ends the test where the run was given a server without one.
    pub fn authority_file(&self) -> &Path {
        self.authority.as_deref().unwrap_or_else(|| {
            panic!(
                "{} names no authority file of this server.",
                self.variant.authority_variable()
            )
        })
    }

    /// The server's Unix socket. Ends the test where the run was given a server without one.
    pub fn socket_file(&self) -> &Path {
        self.socket.as_deref().unwrap_or_else(|| {
            panic!(
                "{} names no socket of this server.",
                self.variant.socket_variable()
            )
        })
    }

    /// The URL of a database for `root`, without any TLS setting; `database` may be empty.
    pub fn url(&self, database: &str) -> String {
        self.address.url(database)
    }

    /// The connection of `root`, for what a test asks behind the engine's back.
    pub async fn root(&self, database: &str) -> MySqlConnection {
        self.address.connect(database).await
    }

    /// Makes an empty database and runs `sql`, which may hold many statements.
    pub async fn fresh_database(&self, sql: &str) -> FreshDatabase {
        FreshDatabase::create(self.variant, &self.address, sql).await
    }

    /// Stops a private server in good order; its data stays.
    pub fn stop(&mut self) {
        self.private_server().stop();
    }

    /// Ends a private server as a crash would; its data stays.
    pub fn crash(&mut self) {
        self.private_server().crash();
    }

    /// Starts a private server again, on the same port and data.
    pub async fn start(&mut self) {
        self.private_server().start_again().await;
    }

    /// Makes a private server present another certificate from now on.
    pub async fn present(&mut self, leaf: &Leaf) {
        self.private_server().write_certificate(leaf);
        let reload = match self.variant {
            Variant::MariaDb => "FLUSH SSL",
            Variant::MySql => "ALTER INSTANCE RELOAD TLS",
        };
        execute(&mut self.root("").await, reload).await;
    }

    /// A private server's log so far.
    pub fn log(&mut self) -> String {
        self.private_server().log()
    }

    fn private_server(&mut self) -> &mut Launched {
        self.launched
            .as_mut()
            .unwrap_or_else(|| panic!("A shared server may not be changed; use MySql::private."))
    }

    async fn given_or_private(variant: Variant) -> Self {
        let Ok(url) = std::env::var(variant.url_variable()) else {
            return Self::private(variant).await;
        };
        let address = Address::parse(&url).unwrap_or_else(|| {
            panic!(
                "{} is not mysql://user:password@host:port/….",
                variant.url_variable()
            )
        });
        drop(address.connect("").await);
        Self {
            variant,
            address,
            authority: std::env::var_os(variant.authority_variable()).map(PathBuf::from),
            socket: std::env::var_os(variant.socket_variable()).map(PathBuf::from),
            launched: None,
        }
    }
}

impl Address {
    fn parse(url: &str) -> Option<Self> {
        let (_, rest) = url.split_once("://")?;
        let (user, rest) = rest.split_once(':')?;
        let (password, rest) = rest.split_once('@')?;
        let (host, port) = rest.split('/').next()?.rsplit_once(':')?;
        Some(Self {
            host: host.to_owned(),
            port: port.parse().ok()?,
            user: user.to_owned(),
            password: password.to_owned(),
        })
    }

    fn url(&self, database: &str) -> String {
        self.url_as(&self.user, &self.password, database)
    }

    fn url_as(&self, user: &str, password: &str, database: &str) -> String {
        format!(
            "mysql://{user}:{password}@{}:{}/{database}",
            self.host, self.port
        )
    }

    fn options(&self, database: &str) -> MySqlConnectOptions {
        let options = MySqlConnectOptions::new()
            .host(&self.host)
            .port(self.port)
            .username(&self.user)
            .password(&self.password)
            .ssl_mode(MySqlSslMode::Disabled)
            // The server's own settings, as any other client finds them.
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .timezone(None);
        if database.is_empty() {
            options
        } else {
            options.database(database)
        }
    }

    async fn connect(&self, database: &str) -> MySqlConnection {
        self.try_connect(database).await.unwrap_or_else(|error| {
            panic!(
                "The server at {}:{} does not answer: {error}.",
                self.host, self.port
            )
        })
    }

    async fn try_connect(&self, database: &str) -> Result<MySqlConnection, sqlx::Error> {
        MySqlConnection::connect_with(&self.options(database)).await
    }
}

/// Runs `sql`, which may hold many statements, and ends the test where it fails.
///
/// Bodies of routines and triggers are understood as they are; there is no `DELIMITER`.
pub async fn execute(connection: &mut MySqlConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("The server refused the fixture: {error}."));
}
