//! The command line, as the real program: exit codes, stdout, stderr, JSON, and
//! that no password is ever repeated.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests fail loudly")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use model::{Secret, SystemClock};
use serde_json::Value;
use services::{NoEvents, Parts, Studio};
use vault_stronghold::StrongholdStores;

#[path = "cli/catalogue.rs"]
mod catalogue;

const PASSPHRASE: &str = "nine brown bottles";
const PASSWORD: &str = "hunter2-of-the-test";

struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}", self.out))
    }

    fn error(&self) -> Value {
        let last = self.err.lines().last().unwrap_or_default();
        serde_json::from_str(last).unwrap_or_else(|error| panic!("{error}: {}", self.err))
    }
}

/// Runs the program in a folder of its own, without a display, with this input.
fn run(folder: &Path, args: &[&str], input: &str) -> Ran {
    run_with(folder, args, input, &[])
}

fn run_with(folder: &Path, args: &[&str], input: &str, variables: &[(&str, &str)]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_db-studio"))
        .args(args)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("DATABASE_URL")
        .env_remove("DB_STUDIO_DATA_DIR")
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder.join("share"))
        .env("TMPDIR", folder)
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that reads no input may have ended already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// A database file in the folder.
fn sample(folder: &Path) -> PathBuf {
    let file = folder.join("music.sqlite");
    engine_sqlite::sample::create(&file).unwrap();
    file
}

/// A data folder with a user who has the sample database.
fn data(folder: &Path) -> PathBuf {
    let path = folder.join("data");
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let studio = Studio::open(Parts {
            folder: path.clone(),
            registry: services::REGISTRY,
            stores: Arc::new(StrongholdStores),
            clock: Arc::new(SystemClock),
            events: Arc::new(NoEvents),
            cost: None,
            sample: true,
        })
        .unwrap();
        studio
            .sign_up("Ada".to_owned(), Secret::new(PASSPHRASE.to_owned()))
            .await
            .unwrap();
        studio.lock().await.unwrap();
    });
    path
}

fn as_ada(folder: &Path, data: &Path, args: &[&str]) -> Ran {
    let mut all = vec![
        "--data-dir",
        data.to_str().unwrap(),
        "--user",
        "Ada",
        "--passphrase-stdin",
    ];
    all.extend(args);
    run(folder, &all, &format!("{PASSPHRASE}\n"))
}

#[test]
fn a_test_prints_its_stages_and_ends_with_0() {
    let folder = folder();
    let file = sample(folder.path());
    let ran = run(folder.path(), &["test", file.to_str().unwrap()], "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("passed   Connect"),
        "each stage has a line: {}",
        ran.out
    );
    assert!(
        ran.out.lines().last().unwrap().contains("fine"),
        "the last line sums up: {}",
        ran.out
    );
}

#[test]
fn a_test_as_json_is_one_value() {
    let folder = folder();
    let file = sample(folder.path());
    let ran = run(
        folder.path(),
        &["--json", "test", file.to_str().unwrap()],
        "",
    );
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.json()["error"], Value::Null, "{}", ran.out);
    assert!(
        ran.json()["stages"].as_array().unwrap().len() > 2,
        "stages are told: {}",
        ran.out
    );
}

#[test]
fn a_missing_file_ends_with_1_a_message_and_a_hint() {
    let folder = folder();
    let file = folder.path().join("nowhere.sqlite");
    let ran = run(folder.path(), &["test", file.to_str().unwrap()], "");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(
        ran.err.contains("nowhere.sqlite"),
        "the file is named: {}",
        ran.err
    );
    assert!(
        ran.err.lines().any(|line| line.starts_with("hint: ")),
        "a hint: {}",
        ran.err
    );
    assert!(!file.exists(), "the file was not made");
}

#[test]
fn an_unreachable_server_as_json_is_one_error_on_stderr() {
    let folder = folder();
    let url = format!("postgres://app:{PASSWORD}@127.0.0.1:1/shop");
    let ran = run_with(
        folder.path(),
        &["--json", "test"],
        "",
        &[("DATABASE_URL", &url)],
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "one object alone: {}", ran.err);
    assert_eq!(ran.error()["kind"], "unreachable", "{}", ran.err);
    assert!(
        !(ran.out + &ran.err).contains(PASSWORD),
        "the password is not repeated"
    );
}

#[test]
fn a_password_on_the_command_line_is_warned_of_and_not_repeated() {
    let folder = folder();
    let url = format!("postgres://app:{PASSWORD}@127.0.0.1:1/shop");
    let ran = run(folder.path(), &["test", &url], "");
    assert_eq!(ran.code, 1, "nobody listens at port 1: {}", ran.err);
    assert!(
        ran.err.starts_with("warning: "),
        "the warning comes first: {}",
        ran.err
    );
    assert!(
        ran.err.contains("--password-stdin"),
        "it names the better way: {}",
        ran.err
    );
    assert!(
        !(ran.out + &ran.err).contains(PASSWORD),
        "the password is not repeated"
    );
}

#[test]
fn a_password_from_stdin_brings_no_warning() {
    let folder = folder();
    let args = [
        "test",
        "--password-stdin",
        "postgres://app@127.0.0.1:1/shop",
    ];
    let ran = run(folder.path(), &args, &format!("{PASSWORD}\n"));
    assert_eq!(ran.code, 1, "nobody listens at port 1: {}", ran.err);
    assert!(!ran.err.contains("warning"), "{}", ran.err);
    assert!(
        !(ran.out + &ran.err).contains(PASSWORD),
        "the password is not repeated"
    );
}

#[test]
fn what_a_driver_would_read_from_the_environment_is_left_behind() {
    let folder = folder();
    let args = ["--json", "test", "postgres://app@127.0.0.1:1/shop"];
    let ran = run_with(
        folder.path(),
        &args,
        "",
        &[
            ("PGOPTIONS", "-c default_transaction_read_only=off"),
            ("PGSSLKEY", "/no/such/key"),
        ],
    );
    assert_eq!(
        ran.error()["kind"],
        "unreachable",
        "it goes as far as the port, where nobody listens: {}",
        ran.err
    );
}

#[test]
fn a_string_in_the_place_of_a_command_is_not_repeated() {
    let folder = folder();
    for password in ["hun'ter2", "hun ter2", "hun\"ter2"] {
        let url = format!("postgres://u:{password}@h/db");
        let ran = run(folder.path(), &[&url], "");
        assert_eq!(ran.code, 2, "that is no command: {}", ran.err);
        assert!(!ran.err.contains(password), "{}", ran.err);
    }
}

#[test]
fn wrong_usage_ends_with_2() {
    let folder = folder();
    for args in [
        vec!["nonsense"],
        vec!["test"],
        vec!["test", "gopher://somewhere"],
        vec!["inspect", "x.sqlite", "--format", "poem"],
        vec!["connections"],
        vec!["--user", "Ada"],
        vec!["--user", "Ada", "connections"],
    ] {
        let ran = run(folder.path(), &args, "");
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(
            ran.err.lines().any(|line| line.starts_with("hint: ")),
            "{args:?}: {}",
            ran.err
        );
        assert_eq!(ran.out, "", "{args:?} prints no result");
    }
}

#[test]
fn wrong_usage_never_repeats_a_password() {
    let folder = folder();
    let url = format!("postgres://app:{PASSWORD}@db/shop");
    for args in [
        vec![url.as_str()],
        vec!["test", &url, &url],
        vec!["--json", &url],
    ] {
        let ran = run(folder.path(), &args, "");
        assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
        assert!(
            !ran.err.contains(PASSWORD),
            "the password is not repeated: {}",
            ran.err
        );
    }
}

#[test]
fn counts_are_kind_tab_number() {
    let folder = folder();
    let file = sample(folder.path());
    let file = file.to_str().unwrap();
    let ran = run(folder.path(), &["inspect", file, "--format", "counts"], "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    let lines: Vec<(&str, u64)> = ran
        .out
        .lines()
        .map(|line| line.split_once('\t').unwrap())
        .map(|(kind, count)| (kind, count.parse().unwrap()))
        .collect();
    let json = run(
        folder.path(),
        &["inspect", file, "--format", "counts", "--json"],
        "",
    )
    .json();
    for (kind, count) in &lines {
        assert_eq!(json[kind], *count, "JSON says the same of {kind}");
    }
    for kind in [
        "table",
        "view",
        "column",
        "primary_key",
        "foreign_key",
        "index",
        "trigger",
    ] {
        assert!(
            lines.iter().any(|(known, _)| *known == kind),
            "{kind} is counted: {}",
            ran.out
        );
    }
}

#[test]
fn an_outline_and_its_json_hold_the_same_objects() {
    let folder = folder();
    let file = sample(folder.path());
    let file = file.to_str().unwrap();
    let outline = run(folder.path(), &["inspect", file], "");
    assert_eq!(outline.code, 0, "{}", outline.err);
    fn size(object: &Value) -> usize {
        1 + object["children"]
            .as_array()
            .unwrap()
            .iter()
            .map(size)
            .sum::<usize>()
    }
    let json = run(folder.path(), &["inspect", file, "--format", "json"], "").json();
    let objects: usize = json["objects"].as_array().unwrap().iter().map(size).sum();
    assert_eq!(
        outline.out.lines().count(),
        objects,
        "one line for each object"
    );
}

#[test]
fn asking_once_writes_nothing() {
    let folder = folder();
    let file = sample(folder.path());
    let file = file.to_str().unwrap();
    run(folder.path(), &["test", file], "");
    run(folder.path(), &["inspect", file], "");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["music.sqlite"], "no data folder, no log, no journal");
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let folder = folder();
    let file = sample(folder.path());
    let mut child = Command::new(env!("CARGO_BIN_EXE_db-studio"))
        .args(["inspect", file.to_str().unwrap(), "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "ended quietly");
    assert_eq!(
        String::from_utf8_lossy(&output.stderr),
        "",
        "and said nothing"
    );
}

#[cfg(unix)]
#[test]
fn ctrl_c_stops_a_test_and_says_so() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!(
        "postgres://app@127.0.0.1:{}/shop",
        silent.local_addr().unwrap().port()
    );
    let child = Command::new(env!("CARGO_BIN_EXE_db-studio"))
        .args(["--json", "test", &url])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The connection is accepted and nothing is ever said: the test waits for TLS.
    let _link = silent.accept().unwrap();
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success(), "the program was still there");
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(1),
        "ended by itself, not by the signal"
    );
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    assert_eq!(error["kind"], "cancelled", "{error}");
}

#[test]
fn connections_are_listed_for_people_and_programs() {
    let folder = folder();
    let data = data(folder.path());
    let ran = as_ada(folder.path(), &data, &["connections"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.starts_with("sample  "), "{}", ran.out);
    let json = as_ada(folder.path(), &data, &["connections", "--json"]).json();
    assert_eq!(json[0]["connection"]["draft"]["name"], "sample", "{json}");
}

#[test]
fn a_sync_tells_what_changed() {
    let folder = folder();
    let data = data(folder.path());
    let ran = as_ada(folder.path(), &data, &["sync", "sample"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(
        ran.out, "sample: 0 added, 0 changed, 0 removed\n",
        "the sign-up had read it"
    );
    let json = as_ada(folder.path(), &data, &["sync", "sample", "--json"]).json();
    assert_eq!(json["error"], Value::Null, "{json}");
}

#[test]
fn a_failed_sync_ends_with_1_and_keeps_the_tree() {
    let folder = folder();
    let data = data(folder.path());
    std::fs::remove_file(data.join("sample.sqlite")).unwrap();
    let ran = as_ada(folder.path(), &data, &["sync", "sample"]);
    assert_eq!(ran.code, 1, "the file is gone: {}", ran.err);
    let tree = as_ada(folder.path(), &data, &["tree", "sample", "main.artist"]);
    assert_eq!(tree.code, 0, "{}", tree.err);
    assert!(
        tree.out.starts_with("table artist\n  column "),
        "{}",
        tree.out
    );
}

#[test]
fn a_tree_can_begin_at_an_object() {
    let folder = folder();
    let data = data(folder.path());
    let whole = as_ada(folder.path(), &data, &["tree", "sample"]);
    assert!(whole.out.starts_with("database main "), "{}", whole.out);
    let column = as_ada(
        folder.path(),
        &data,
        &["tree", "sample", "artist.name", "--json"],
    )
    .json();
    assert_eq!(column["kind"], "column", "{column}");
    let nowhere = as_ada(folder.path(), &data, &["tree", "sample", "main.nowhere"]);
    assert_eq!(nowhere.code, 2, "{}", nowhere.err);
}

#[test]
fn a_wrong_passphrase_is_refused_and_not_repeated() {
    let folder = folder();
    let data = data(folder.path());
    let args = [
        "--data-dir",
        data.to_str().unwrap(),
        "--user",
        "Ada",
        "--passphrase-stdin",
    ];
    let ran = run(
        folder.path(),
        &[&args[..], &["--json", "connections"]].concat(),
        PASSWORD,
    );
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert_eq!(ran.error()["kind"], "wrong_passphrase", "{}", ran.err);
    assert!(
        !(ran.out + &ran.err).contains(PASSWORD),
        "the passphrase is not repeated"
    );
}

#[test]
fn an_unknown_user_or_connection_is_wrong_usage() {
    let folder = folder();
    let data = data(folder.path());
    let args = [
        "--data-dir",
        data.to_str().unwrap(),
        "--user",
        "Eve",
        "--passphrase-stdin",
    ];
    let eve = run(
        folder.path(),
        &[&args[..], &["connections"]].concat(),
        "x\n",
    );
    assert_eq!(eve.code, 2, "{}", eve.err);
    let nowhere = as_ada(folder.path(), &data, &["sync", "nowhere"]);
    assert_eq!(nowhere.code, 2, "{}", nowhere.err);
}

#[test]
fn the_demo_reads_the_sample_and_says_where_the_catalogue_is() {
    let folder = folder();
    let ran = run(folder.path(), &["demo"], "");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.out.contains("sample: fine, "),
        "it was tested: {}",
        ran.out
    );
    assert!(
        ran.out.contains("\n  table artist\n"),
        "the tree is printed: {}",
        ran.out
    );
    let line = ran
        .out
        .lines()
        .find_map(|line| line.strip_prefix("The catalogue is "))
        .unwrap();
    let catalogue = Path::new(line.split(';').next().unwrap());
    assert!(catalogue.is_file(), "{} is there", catalogue.display());
    assert!(
        catalogue.starts_with(folder.path()),
        "in the temporary folder"
    );
}

#[test]
fn without_a_display_the_window_says_so_and_makes_nothing() {
    let folder = folder();
    let ran = run(folder.path(), &[], "");
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("no display"), "{}", ran.err);
    assert!(ran.err.contains("hint: "), "{}", ran.err);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        0,
        "no folder was made"
    );
}

#[cfg(unix)]
#[test]
fn what_is_written_is_closed_to_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let data = data(folder.path());
    as_ada(folder.path(), &data, &["connections"]);
    for path in [&data, &data.join("logs")] {
        let mode = std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o700, "{}", path.display());
    }
}
