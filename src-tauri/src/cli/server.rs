//! `test` and `inspect`: a server or a file, asked once; nothing is kept.

use std::fmt::Write as _;
use std::future::Future;
use std::sync::{Mutex, PoisonError};

use model::connection::field;
use model::path::visible;
use model::snapshot::Counts;
use model::stage::StageState;
use model::{AppError, ErrorKind, Secret, Snapshot, Stage, StageReport, Target};
use services::once::{self, Named};
use services::view::TestOutcome;
use services::{Error, REGISTRY};

use super::args::{Format, Inspect, Server};
use super::terminal::{Failure, Terminal};
use super::{secrets, stop};

const VARIABLE: &str = "DATABASE_URL";

/// Tests a connection and prints its stages as they end.
///
/// # Errors
/// What stood in the way of a working session.
pub(super) fn test(server: &Server, terminal: Terminal) -> Result<(), Failure> {
    let Named { target, secret, .. } = name(server, terminal)?;
    let printed = Mutex::new(Vec::new());
    let watch = move |report: StageReport| print_stage(&report, &printed, terminal);
    let stop = stop::on_interrupt();
    let outcome = wait(once::test(&REGISTRY, &target, secret.as_ref(), stop, watch))??;
    if terminal.json {
        terminal.write_json(&outcome)?;
    }
    for lack in &outcome.lacks {
        terminal.warn_of(lack);
    }
    match outcome.error {
        Some(error) => Err(Failure::Told(Box::new(error), 1)),
        None if terminal.json => Ok(()),
        None => terminal.write(&fine(&outcome)),
    }
}

/// Reads a schema and prints it.
///
/// # Errors
/// What stood in the way of reading.
pub(super) fn inspect(inspect: &Inspect, terminal: Terminal) -> Result<(), Failure> {
    let Named { target, secret, .. } = name(&inspect.server, terminal)?;
    let stop = stop::on_interrupt();
    let read = once::inspect(&REGISTRY, &target, secret.as_ref(), inspect.system, stop);
    let snapshot = wait(read)?.map_err(failed)?;
    let json = terminal.json || inspect.format == Some(Format::Json);
    if !json {
        snapshot
            .warnings()
            .iter()
            .for_each(|warning| terminal.warn_of(warning));
    }
    match inspect.format {
        Some(Format::Counts) if json => terminal.write_json(&counts(&target, &snapshot)),
        Some(Format::Counts) => {
            let mut lines = String::new();
            for (kind, count) in counts(&target, &snapshot) {
                // Writing to a String cannot fail.
                let _ = writeln!(lines, "{kind}\t{count}");
            }
            terminal.write(&lines)
        }
        _ if json => terminal.write_json(&snapshot),
        _ => terminal.write(&snapshot.outline()),
    }
}

/// How many objects there are of each kind that the engine reads, also where there are none.
fn counts(target: &Target, snapshot: &Snapshot) -> Counts {
    let engine = REGISTRY.get(&target.engine);
    let declared = engine
        .into_iter()
        .flat_map(|engine| engine.descriptor().kinds);
    let mut counts: Counts = declared.map(|kind| (kind.kind, 0)).collect();
    counts.extend(snapshot.counts());
    counts
}

/// Whatever a server said is its failure, also where it names what does not exist.
fn failed(error: Error) -> Failure {
    Failure::Told(Box::new(AppError::from(error)), 1)
}

/// The server that the command line or the environment names, with its password.
fn name(server: &Server, terminal: Terminal) -> Result<Named, Failure> {
    let given = server.url.as_ref().map(|url| Secret::new(url.clone()));
    let text = given
        .or_else(|| std::env::var(VARIABLE).ok().map(Secret::new))
        .ok_or_else(|| {
            Failure::usage(
                "No connection string was given.",
                "Write it behind the command, or put it into DATABASE_URL.",
            )
        })?;
    let mut named = once::parse(&REGISTRY, &text).map_err(|error| {
        let error = AppError::from(error);
        Failure::misnamed(AppError {
            kind: ErrorKind::InvalidInput,
            ..error
        })
    })?;
    if server.url.is_some() && named.secret.is_some() {
        terminal.warn(
            "Others on this machine can read a password that stands on the command line. \
             Give it with --password-stdin, or at the prompt.",
        );
    }
    for ignored in &named.ignored {
        terminal.warn(&format!("Not used: {ignored}"));
    }
    if server.password_stdin {
        named.secret = Some(secrets::from_stdin()?);
    } else if named.secret.is_none() && takes_password(&named) {
        named.secret = secrets::from_person("Password (empty for none): ")?;
    }
    named.secret = named.secret.filter(|secret| !secret.is_empty());
    Ok(named)
}

fn takes_password(named: &Named) -> bool {
    let descriptor = REGISTRY
        .get(&named.target.engine)
        .map(|engine| engine.descriptor());
    descriptor.is_some_and(|engine| engine.field(field::PASSWORD).is_some())
        && named.target.get(field::SOCKET).is_none()
}

fn wait<T>(work: impl Future<Output = T>) -> Result<T, Failure> {
    Ok(super::runtime()?.block_on(work))
}

/// One line for a stage, once it has ended; a stage may be reported again with more words.
fn print_stage(report: &StageReport, printed: &Mutex<Vec<Stage>>, terminal: Terminal) {
    if terminal.json || report.state == StageState::Running {
        return;
    }
    let mut printed = printed.lock().unwrap_or_else(PoisonError::into_inner);
    if printed.contains(&report.stage) {
        return;
    }
    printed.push(report.stage);
    // A reader that has gone away is noticed when the result is written.
    let _ = terminal.write(&line(report));
}

fn line(report: &StageReport) -> String {
    let state = match report.state {
        StageState::Running => "running",
        StageState::Passed => "passed",
        StageState::Skipped => "skipped",
        StageState::Failed => "failed",
    };
    let time = report
        .millis
        .map(|millis| format!("{millis:.1} ms"))
        .unwrap_or_default();
    let note = visible(report.note.as_deref().unwrap_or_default());
    let line = format!("{state:<8} {:<15} {time:>10}  {note}", report.stage.label());
    line.trim_end().to_owned() + "\n"
}

fn fine(outcome: &TestOutcome) -> String {
    let server = visible(outcome.server.as_deref().unwrap_or("The server"));
    let user = outcome
        .user
        .as_deref()
        .map(|user| format!(" as {}", visible(user)));
    format!(
        "{server}{}: fine, {:.0} ms\n",
        user.unwrap_or_default(),
        outcome.millis
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_note_stays_on_its_line() {
        let report = StageReport {
            stage: Stage::ServerVersion,
            state: StageState::Passed,
            note: Some("16\u{1b}[2J\nfailed".to_owned()),
            millis: Some(1.25),
            error: None,
        };
        let line = line(&report);
        assert_eq!(line.matches('\n').count(), 1, "one line: {line:?}");
        assert!(
            !line.contains('\u{1b}'),
            "no escape reaches the terminal: {line:?}"
        );
    }
}
