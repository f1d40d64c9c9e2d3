//! Starts a private server in a folder of its own and ends it with the test.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, Instant};

use super::{Address, Variant};
use crate::certificates::{Authority, Leaf};
use crate::packaged::Packaged;
use crate::supervise::{Signals, Supervised, User, free_port};

const PATIENCE: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(25);
const SIGNALS: Signals = Signals {
    stop: "TERM",
    crash: "KILL",
};

/// What makes MariaDB's system tables, in the order of its own installer.
const MARIADB_SYSTEM_TABLES: [&str; 6] = [
    "mysql_system_tables.sql",
    "mysql_performance_tables.sql",
    "mysql_system_tables_data.sql",
    "fill_help_tables.sql",
    "maria_add_gis_sp_bootstrap.sql",
    "mysql_sys_schema.sql",
];

/// A server that this process started.
pub(crate) struct Launched {
    variant: Variant,
    user: User,
    folder: PathBuf,
    program: Packaged,
    address: Address,
    running: Option<Supervised>,
}

impl Launched {
    /// Makes a data folder in a temporary folder and starts its server.
    pub(super) async fn start(variant: Variant) -> Self {
        let user = User::unprivileged("nobody");
        let folder = tempfile::Builder::new()
            .prefix("db-studio-mysql-")
            .tempdir()
            .expect("the temporary folder can be written")
            .keep();
        user.own(&folder);
        // Clients of any user come in through the socket.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("it is our folder");
        let download = match variant {
            Variant::MariaDb => "mariadb",
            Variant::MySql => "mysql-unstable",
        };
        let mut launched = Self {
            variant,
            user,
            program: Packaged::fetched(download, user, &folder),
            folder,
            address: Address {
                host: "localhost".to_owned(),
                port: free_port(),
                user: "root".to_owned(),
                password: format!("Root{}", std::process::id()),
            },
            running: None,
        };
        launched.initialise();
        let accounts = launched.accounts();
        launched.run(&[accounts]).await;
        launched
    }

    pub(super) fn address(&self) -> Address {
        self.address.clone()
    }

    pub(super) fn authority_file(&self) -> PathBuf {
        self.folder.join("authority.crt")
    }

    pub(super) fn socket_file(&self) -> PathBuf {
        self.folder.join("server.sock")
    }

    pub(super) async fn start_again(&mut self) {
        self.run(&[]).await;
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
        self.write("server.crt", &leaf.certificate);
        self.write("server.key", &leaf.key);
    }

    async fn run(&mut self, arguments: &[OsString]) {
        assert!(self.running.is_none(), "The server is running already.");
        let already_logged = self.log().len();
        let mut command = self.server();
        command.extend_from_slice(arguments);
        self.running = Some(Supervised::start(
            self.user,
            SIGNALS,
            &self.folder,
            &self.log_file(),
            &command,
        ));
        let deadline = Instant::now() + PATIENCE;
        while let Err(error) = self.address.try_connect("").await {
            let log = self.log().split_off(already_logged);
            let hopeless = error.as_database_error().is_some() || log.contains("Aborting");
            assert!(
                Instant::now() < deadline && !hopeless,
                "{} did not start: {error}.\n{log}",
                self.variant.name(),
            );
            tokio::time::sleep(POLL).await;
        }
    }

    fn take_running(&mut self) -> Supervised {
        self.running
            .take()
            .unwrap_or_else(|| panic!("The server is not running."))
    }

    fn initialise(&self) {
        for name in ["data", "temporary"] {
            let path = self.folder.join(name);
            fs::create_dir(&path).expect("the server's folder can be written");
            self.user.own(&path);
        }
        let authority = Authority::new();
        self.write("authority.crt", authority.pem());
        fs::set_permissions(self.authority_file(), fs::Permissions::from_mode(0o644))
            .expect("it is our file");
        self.write_certificate(&authority.leaf(&["localhost", "127.0.0.1", "::1"]));
        self.write("server.cnf", &self.settings());
        match self.variant {
            Variant::MariaDb => self.initialise_by("--bootstrap", &self.mariadb_system_tables()),
            Variant::MySql => self.initialise_by("--initialize-insecure", ""),
        }
    }

    fn settings(&self) -> String {
        let own = match self.variant {
            Variant::MariaDb => include_str!("mariadb.cnf"),
            Variant::MySql => include_str!("mysql.cnf"),
        };
        let path = |inside| self.program.path(inside).display().to_string();
        [
            include_str!("server.cnf").to_owned(),
            own.to_owned(),
            format!("port = {}", self.address.port),
            format!("datadir = {}", self.folder.join("data").display()),
            format!("tmpdir = {}", self.folder.join("temporary").display()),
            format!("lc_messages_dir = {}", path("usr/share/mysql")),
            format!("character_sets_dir = {}", path("usr/share/mysql/charsets")),
            format!("plugin_dir = {}\n", path("usr/lib/mysql/plugin")),
        ]
        .join("\n")
    }

    /// The server reads a statement a line here.
    fn mariadb_system_tables(&self) -> String {
        let begin = "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n";
        MARIADB_SYSTEM_TABLES
            .iter()
            .fold(begin.to_owned(), |all, name| {
                let path = self.program.path("usr/share/mysql").join(name);
                let text = fs::read_to_string(&path)
                    .unwrap_or_else(|error| panic!("{} cannot be read: {error}.", path.display()));
                all + &text + "\n"
            })
    }

    fn initialise_by(&self, order: &str, input: &str) {
        let server = self.server();
        let mut child = self
            .user
            .command(&server[0])
            .args(&server[1..])
            .arg(order)
            .current_dir(&self.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(fs::File::create(self.log_file()).expect("the folder can be written"))
            .spawn()
            .expect("the server's program can be run");
        self.user.own(&self.log_file());
        let mut pipe = child.stdin.take().expect("its input is piped");
        // A server that ends early says why in its log.
        let _broken = pipe.write_all(input.as_bytes());
        drop(pipe);
        let status = child.wait().expect("the server's program ends");
        assert!(
            status.success(),
            "{} could not make its system tables.\n{}",
            self.variant.name(),
            self.log(),
        );
    }

    /// What the first start runs before it admits anyone.
    fn accounts(&self) -> OsString {
        let own = match self.variant {
            Variant::MariaDb => include_str!("mariadb.sql"),
            Variant::MySql => include_str!("mysql.sql"),
        };
        let accounts = include_str!("accounts.sql").to_owned() + own;
        let accounts = accounts.replace("{password}", &self.address.password);
        self.write("accounts.sql", &accounts);
        let mut argument = OsString::from("--init-file=");
        argument.push(self.folder.join("accounts.sql"));
        argument
    }

    fn server(&self) -> Vec<OsString> {
        let mut command = self.program.command(match self.variant {
            Variant::MariaDb => "usr/sbin/mariadbd",
            Variant::MySql => "usr/sbin/mysqld",
        });
        let mut settings = OsString::from("--defaults-file=");
        settings.push(self.folder.join("server.cnf"));
        command.push(settings);
        command
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.folder.join(name);
        fs::write(&path, text).expect("the server's folder can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("it is our file");
        self.user.own(&path);
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
