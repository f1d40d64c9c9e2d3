//! Starts a private server in a folder of its own and ends it with the test.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use ::mongodb::bson::doc;

use super::{Address, Setup, run};
use crate::cache;
use crate::certificates::Authority;
use crate::supervise::{Signals, Supervised, User, free_port};

const PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(25);
const SIGNALS: Signals = Signals {
    stop: "TERM",
    crash: "KILL",
};

/// A server that this process started.
pub(crate) struct Launched {
    setup: Setup,
    user: User,
    folder: PathBuf,
    address: Address,
    running: Option<Supervised>,
}

impl Launched {
    /// Makes a temporary folder and starts a server in it.
    pub(super) async fn start(setup: Setup) -> Self {
        let user = User::unprivileged("nobody");
        let folder = tempfile::Builder::new()
            .prefix("db-studio-mongodb-")
            .tempdir()
            .expect("the temporary folder can be written")
            .keep();
        user.own(&folder);
        // Clients of any user may read the authority's file.
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("it is our folder");
        let mut launched = Self {
            setup,
            user,
            address: Address {
                host: "127.0.0.1".to_owned(),
                port: free_port(),
                superuser: None,
                authority: (setup == Setup::Secured).then(|| folder.join("authority.crt")),
            },
            folder,
            running: None,
        };
        launched.copy_program();
        if setup == Setup::Secured {
            launched.write_certificates();
        }
        launched.start_again().await;
        if setup == Setup::Secured {
            launched.create_superuser().await;
        }
        launched
    }

    pub(super) fn address(&self) -> Address {
        self.address.clone()
    }

    pub(super) async fn start_again(&mut self) {
        assert!(self.running.is_none(), "The server is running already.");
        let already_logged = self.log().len();
        self.running = Some(Supervised::start(
            self.user,
            SIGNALS,
            &self.folder,
            &self.folder.join("server.log"),
            &self.command(),
        ));
        let deadline = Instant::now() + PATIENCE;
        loop {
            let log = self.log().split_off(already_logged);
            if log.contains("listening on") {
                return;
            }
            assert!(
                Instant::now() < deadline && !log.to_lowercase().contains("error"),
                "The MongoDB server did not start.\n{log}",
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

    fn take_running(&mut self) -> Supervised {
        self.running
            .take()
            .unwrap_or_else(|| panic!("The server is not running."))
    }

    fn log(&self) -> String {
        fs::read(self.folder.join("server.log"))
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            .unwrap_or_default()
    }

    /// Another user may not look into the cache of the one who runs the tests.
    fn copy_program(&self) {
        let built = cache::folder().join("tools/bin/secantusd-rs");
        assert!(
            built.is_file(),
            "There is no MongoDB server at {}; `npm test` builds it.",
            built.display(),
        );
        let copy = self.program();
        let copied = fs::hard_link(&built, &copy).or_else(|_| fs::copy(&built, &copy).map(drop));
        copied.unwrap_or_else(|error| panic!("{}: {error}.", copy.display()));
    }

    fn write_certificates(&self) {
        let authority = Authority::new();
        let leaf = authority.leaf(&["localhost", "127.0.0.1", "::1"]);
        self.write("authority.crt", authority.pem(), 0o644);
        self.write("server.crt", &leaf.certificate, 0o644);
        self.write("server.key", &leaf.key, 0o600);
    }

    /// While it has no users, the server lets anyone from this machine make the first one.
    async fn create_superuser(&mut self) {
        let (name, password) = ("root", format!("Root{}", std::process::id()));
        let admin = self.address.client().await.database("admin");
        run(
            &admin,
            doc! {"createUser": name, "pwd": &password, "roles": ["root"]},
        )
        .await;
        self.address.superuser = Some((name.to_owned(), password));
    }

    fn command(&self) -> Vec<OsString> {
        let mut command = vec![
            self.program().into_os_string(),
            "--host".into(),
            self.address.host.clone().into(),
            "--port".into(),
            self.address.port.to_string().into(),
            "--storage-path".into(),
            self.folder.join("data").into_os_string(),
            "--cache-size".into(),
            "64M".into(),
            "--log-file-max".into(),
            "4MB".into(),
        ];
        match self.setup {
            Setup::Open => command.push("--standalone".into()),
            Setup::Secured => command.extend([
                "--auth".into(),
                "--tls-cert-file".into(),
                self.folder.join("server.crt").into_os_string(),
                "--tls-key-file".into(),
                self.folder.join("server.key").into_os_string(),
            ]),
        }
        command
    }

    fn program(&self) -> PathBuf {
        self.folder.join("server")
    }

    fn write(&self, name: &str, text: &str, mode: u32) {
        let path: &Path = &self.folder.join(name);
        fs::write(path, text).expect("the server's folder can be written");
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("it is our file");
        self.user.own(path);
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
