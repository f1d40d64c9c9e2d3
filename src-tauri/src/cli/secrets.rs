//! Where passwords and passphrases come from: stdin, or a prompt where a person sits.

use std::io::{self, BufRead, IsTerminal};

use model::{AppError, ErrorKind, Secret};
use zeroize::Zeroizing;

use super::terminal::Failure;

/// The first line of stdin.
///
/// # Errors
/// Input that is no text or cannot be read.
pub(super) fn from_stdin() -> Result<Secret, Failure> {
    let mut line = Zeroizing::new(String::new());
    io::stdin()
        .lock()
        .read_line(&mut line)
        .map_err(|error| unreadable(&error))?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(Secret::from(line))
}

/// What a person types unseen; nothing where no person sits.
///
/// # Errors
/// A terminal that cannot be read.
pub(super) fn from_person(question: &str) -> Result<Option<Secret>, Failure> {
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return Ok(None);
    }
    let typed = rpassword::prompt_password(question).map_err(|error| unreadable(&error))?;
    Ok(Some(Secret::new(typed)))
}

fn unreadable(error: &io::Error) -> AppError {
    AppError::new(ErrorKind::Storage, "The password could not be read.").cause(error.to_string())
}
