//! A server process that cannot outlive the test that started it.
//!
//! A small shell stands between the test and the server and waits on a pipe
//! that only the test holds. However the test ends, a kill included, the pipe
//! closes, and the shell ends the server and removes its folder.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

const SHELL: &str = r#"
folder=$1; log=$2; stop=$3; crash=$4; shift 4
cd "$folder"
"$@" </dev/null >>"$log" 2>&1 &
server=$!
read -r order
case $order in
    stop) kill -"$stop" "$server"; wait "$server" ;;
    crash) kill -"$crash" "$server"; wait "$server" ;;
    *) kill -"$crash" "$server"; wait "$server"; rm -rf -- "$folder" ;;
esac
"#;

/// The signals by which a kind of server ends, as `kill` names them.
#[derive(Clone, Copy)]
pub(crate) struct Signals {
    /// Ends it in good order, also with clients connected.
    pub(crate) stop: &'static str,
    /// Ends it at once.
    pub(crate) crash: &'static str,
}

/// The user that servers run as: servers refuse to run as root.
#[derive(Clone, Copy)]
pub(crate) struct User {
    ids: Option<(u32, u32)>,
}

impl User {
    /// The user who runs the tests, or `name` when that is root.
    pub(crate) fn unprivileged(name: &str) -> Self {
        let own = fs::metadata("/proc/self").expect("/proc can be read").uid();
        Self {
            ids: (own == 0).then(|| ids_of(name)),
        }
    }

    /// True where this is another user than the one who runs the tests.
    pub(crate) fn is_other(self) -> bool {
        self.ids.is_some()
    }

    /// Gives a file or folder to this user.
    pub(crate) fn own(self, path: &Path) {
        if let Some((user, group)) = self.ids {
            chown(path, Some(user), Some(group)).unwrap_or_else(|error| {
                panic!("{} cannot be given away: {error}.", path.display())
            });
        }
    }

    /// A command that runs as this user.
    pub(crate) fn command(self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group);
        }
        command
    }
}

/// A running server under its shell.
pub(crate) struct Supervised {
    shell: Child,
}

impl Supervised {
    /// Starts `command` in `folder`, which is removed when the server ends with the test.
    pub(crate) fn start(
        user: User,
        signals: Signals,
        folder: &Path,
        log: &Path,
        command: &[OsString],
    ) -> Self {
        let shell = user
            .command("sh")
            .args(["-c", SHELL, "supervise"])
            .args([folder, log])
            .args([signals.stop, signals.crash])
            .args(command)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("sh can be run");
        Self { shell }
    }

    /// Ends the server as its operator would, and keeps its folder.
    pub(crate) fn stop(self) {
        self.end(b"stop\n");
    }

    /// Ends the server as a crash would, and keeps its folder.
    pub(crate) fn crash(self) {
        self.end(b"crash\n");
    }

    fn end(mut self, order: &[u8]) {
        if let Some(mut pipe) = self.shell.stdin.take() {
            pipe.write_all(order)
                .expect("the server's shell takes orders");
        }
        self.shell.wait().expect("the server's shell ends");
    }
}

impl Drop for Supervised {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ended = self.shell.wait();
    }
}

fn ids_of(name: &str) -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").expect("/etc/passwd can be read");
    users
        .lines()
        .find_map(|line| {
            let mut fields = line.split(':');
            (fields.next() == Some(name)).then_some(())?;
            let mut ids = fields.skip(1).map(str::parse);
            Some((ids.next()?.ok()?, ids.next()?.ok()?))
        })
        .unwrap_or_else(|| panic!("There is no user {name} to run a server as; run npm test once."))
}

/// A port on the loopback interface that nobody listens on at this moment.
pub(crate) fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a loopback port is free");
    listener
        .local_addr()
        .expect("the listener has an address")
        .port()
}

/// Runs a command to its end and ends the test, with what it said, where it fails.
pub(crate) fn run(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}."));
    assert!(
        output.status.success(),
        "{command:?} failed:\n{}",
        String::from_utf8_lossy(&output.stderr),
    );
}
