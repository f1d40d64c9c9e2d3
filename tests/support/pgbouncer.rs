//! A throw-away PgBouncer in front of a PostgreSQL server, private to a test.

use std::fs;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::Postgres;
use crate::packaged::Packaged;
use crate::supervise::{Signals, Supervised, User, free_port};

const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(25);
const SIGNALS: Signals = Signals {
    stop: "INT",
    crash: "KILL",
};

/// A pooler that gives a client a server connection for one transaction at a time.
///
/// It asks clients for SCRAM and looks their secrets up on the server, so every role
/// signs in with its own password. It ends with the test.
pub struct PgBouncer {
    folder: PathBuf,
    server: u16,
    port: u16,
    _running: Supervised,
}

impl PgBouncer {
    /// A pooler with the settings that PgBouncer has by itself.
    pub async fn to(server: &Postgres) -> Self {
        Self::with_settings(server, "").await
    }

    /// A pooler with further lines in the `[pgbouncer]` part of its settings.
    pub async fn with_settings(server: &Postgres, settings: &str) -> Self {
        let user = User::unprivileged("nobody");
        let folder = tempfile::Builder::new()
            .prefix("db-studio-pgbouncer-")
            .tempdir()
            .expect("the temporary folder can be written")
            .keep();
        user.own(&folder);
        let port = free_port();
        let (name, password) = superuser(server);
        let own = format!(
            "[databases]\n* = host={} port={}\n\n{}listen_port = {port}\nauth_user = {name}\n{settings}\n",
            server.host(),
            server.port(),
            include_str!("pgbouncer.ini"),
        );
        let users = format!("\"{name}\" \"{password}\"\n");
        for (name, text) in [("pgbouncer.ini", own), ("users.txt", users)] {
            let path = folder.join(name);
            fs::write(&path, text).expect("the pooler's folder can be written");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is our file");
            user.own(&path);
        }
        let mut command =
            Packaged::fetched("pgbouncer", user, &folder).command("usr/sbin/pgbouncer");
        command.push("pgbouncer.ini".into());
        let log = folder.join("pooler.log");
        let pooler = Self {
            _running: Supervised::start(user, SIGNALS, &folder, &log, &command),
            folder,
            server: server.port(),
            port,
        };
        pooler.wait_until_it_listens().await;
        pooler
    }

    /// The port on the loopback interface.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The same URL of a database or role by way of the pooler.
    pub fn through(&self, url: &str) -> String {
        url.replace(&format!(":{}/", self.server), &format!(":{}/", self.port))
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        fs::read(self.folder.join("pooler.log"))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    async fn wait_until_it_listens(&self) {
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = TcpStream::connect(("127.0.0.1", self.port)) {
            let log = self.log();
            assert!(
                Instant::now() < deadline && !log.contains("FATAL"),
                "PgBouncer did not start: {error}.\n{log}",
            );
            tokio::time::sleep(POLL).await;
        }
    }
}

/// The one user that PgBouncer knows by itself, with its password: it looks up the others.
fn superuser(server: &Postgres) -> (String, String) {
    let url = server.url("postgres");
    let (_, rest) = url.split_once("://").expect("it is a URL");
    let (user, _) = rest.split_once('@').expect("it has a user");
    let (name, password) = user.split_once(':').expect("the user has a password");
    (name.to_owned(), password.to_owned())
}
