//! The command line: the same binary without a window, for people and scripts.
//!
//! Exit codes: 0 done, 1 the server, the sync or this machine failed, 2 wrong usage.

mod account;
mod args;
mod demo;
mod folders;
mod measure;
mod page;
mod place;
mod secrets;
mod server;
mod stop;
mod terminal;
mod words;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;
use model::{AppError, ErrorKind};

use crate::bindings;
use crate::folder::Folder;
use crate::open::Begin;
use crate::redact::redact;
use args::{Args, Verb};
use terminal::{Failure, Terminal};

/// Where the checkout keeps the generated TypeScript.
const BINDINGS: &str = "ui/src/bindings.ts";

/// Reads the command line and does what it says; without a verb, opens the window.
pub(crate) fn run() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return refused(&error),
    };
    let terminal = Terminal::new(args.json);
    match act(args, terminal) {
        Ok(code) => code,
        Err(failure) => terminal.fail(&failure),
    }
}

fn act(args: Args, terminal: Terminal) -> Result<ExitCode, Failure> {
    let done = |()| ExitCode::SUCCESS;
    if !matches!(args.verb, Some(Verb::Account(_)))
        && (args.user.is_some() || args.passphrase_stdin)
    {
        return Err(Failure::usage(
            "--user and --passphrase-stdin are for commands that need a user.",
            if args.verb.is_some() {
                "Leave them out: this one reads no user's data."
            } else {
                "In the window, sign in there."
            },
        ));
    }
    match args.verb {
        None => {
            crate::environment::settle();
            crate::open::find_display()?;
            let how = if args.in_tray {
                Begin::Tray
            } else {
                Begin::Window
            };
            let folder = Folder::find(args.data_dir.as_deref())?;
            Ok(crate::open::window(folder, how)?)
        }
        Some(Verb::Test(server)) => server::test(&server, terminal).map(done),
        Some(Verb::Inspect(inspect)) => server::inspect(&inspect, terminal).map(done),
        Some(Verb::Account(verb)) => {
            let who = account::Who::of(args.user, args.passphrase_stdin)?;
            let folder = Folder::find(args.data_dir.as_deref())?;
            account::act(&verb, who, &folder, terminal).map(done)
        }
        Some(Verb::Demo) => demo::run(terminal).map(done),
        Some(Verb::Measure) => {
            let given = args.data_dir.as_deref();
            let folder = given.map(|path| Folder::find(Some(path))).transpose()?;
            measure::run(folder.as_ref(), terminal).map(done)
        }
        Some(Verb::Bindings { check }) => write_bindings(check).map(done),
    }
}

/// What the parser says, in our own form; help and version are no failures.
fn refused(error: &clap::Error) -> ExitCode {
    let terminal = Terminal::new(std::env::args_os().any(|arg| arg == "--json"));
    if error.exit_code() == 0 {
        return match terminal.write(&error.to_string()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(failure) => terminal.fail(&failure),
        };
    }
    let text = error.to_string();
    let first = text.lines().next().unwrap_or_default();
    let message = if repeats_an_address(first) {
        "The command line could not be understood.".to_owned()
    } else {
        redact(first.strip_prefix("error: ").unwrap_or(first))
    };
    terminal.fail(&Failure::usage(
        &sentence(&message),
        "See db-studio --help.",
    ))
}

/// Whether the parser's words hold what was typed and may hold a password.
fn repeats_an_address(words: &str) -> bool {
    std::env::args_os().skip(1).any(|typed| {
        let typed = typed.to_string_lossy();
        ["://", "@", "="].iter().any(|mark| typed.contains(mark)) && words.contains(&*typed)
    })
}

fn sentence(text: &str) -> String {
    let mut letters = text.trim_end_matches([':', '.']).chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str() + "."
}

/// The threads that a verb's work runs on.
fn runtime() -> Result<tokio::runtime::Runtime, Failure> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| {
            AppError::new(ErrorKind::Internal, "The system gives no threads.")
                .cause(error.to_string())
                .into()
        })
}

fn write_bindings(check: bool) -> Result<(), Failure> {
    let file = Path::new(BINDINGS);
    let told = |error: Box<dyn std::error::Error>| {
        AppError::new(
            ErrorKind::Storage,
            format!("{BINDINGS} could not be read or written."),
        )
        .hint("Run this at the top of the checkout.")
        .cause(error.to_string())
    };
    if !check {
        return Ok(bindings::export(file).map_err(told)?);
    }
    if bindings::is_current(file).map_err(told)? {
        return Ok(());
    }
    Err(
        AppError::new(ErrorKind::Conflict, format!("{BINDINGS} is not current."))
            .hint("Write it anew: npm run bindings.")
            .into(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        <Args as clap::CommandFactory>::command().debug_assert();
    }

    #[test]
    fn the_parsers_words_become_a_sentence() {
        assert_eq!(
            sentence("unrecognized subcommand 'x'"),
            "Unrecognized subcommand 'x'."
        );
        assert_eq!(sentence("a value is required:"), "A value is required.");
    }
}
