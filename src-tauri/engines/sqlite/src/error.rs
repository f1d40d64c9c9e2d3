//! SQLite's result codes as errors of the contract.

use std::io;
use std::path::Path;

use engine::{EngineError, ServerWords};
use rusqlite::ffi;

use crate::format;
use crate::watch::Watch;

/// What a failed call means for the file at `path`.
pub(crate) fn explain(error: rusqlite::Error, path: &Path, watch: &Watch) -> EngineError {
    let file = path;
    let path = path.display().to_string();
    let Some((code, words)) = code_and_words(&error) else {
        return EngineError::Unexpected {
            question: "the schema",
            detail: error.to_string(),
        };
    };
    match code {
        ffi::SQLITE_READONLY_ROLLBACK | ffi::SQLITE_READONLY_RECOVERY => {
            EngineError::FileUnreadable {
                path,
                words: words_with(words, UNFINISHED),
            }
        }
        ffi::SQLITE_READONLY_CANTINIT => EngineError::FileUnreadable {
            path,
            words: words_with(words, LOOSE_LOG),
        },
        code => match code & 0xff {
            // A watch that is over ends a wait for a lock as "busy", which is the better answer
            // to a deadline, though not to a user who asked to stop.
            ffi::SQLITE_BUSY | ffi::SQLITE_LOCKED => match watch.over() {
                Some(EngineError::Cancelled) => EngineError::Cancelled,
                _ => EngineError::Busy {
                    what: format!("The file {path}"),
                    words,
                },
            },
            ffi::SQLITE_INTERRUPT => watch.over().unwrap_or(EngineError::Cancelled),
            ffi::SQLITE_NOTADB => {
                let hint = format::guess(file).map(str::to_owned);
                let words = ServerWords { hint, ..words };
                EngineError::NotADatabase { path, words }
            }
            ffi::SQLITE_CORRUPT => EngineError::FileUnreadable {
                path,
                words: words_with(words, DAMAGED),
            },
            ffi::SQLITE_CANTOPEN
            | ffi::SQLITE_IOERR
            | ffi::SQLITE_PERM
            | ffi::SQLITE_AUTH
            | ffi::SQLITE_READONLY
            | ffi::SQLITE_FORMAT => EngineError::FileUnreadable { path, words },
            _ => EngineError::Server { words },
        },
    }
}

/// What the system says of a file that cannot be looked at.
pub(crate) fn explain_io(error: &io::Error, path: &Path) -> EngineError {
    let path = path.display().to_string();
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => EngineError::FileMissing { path },
        _ => {
            let code = error
                .raw_os_error()
                .map(|code| code.to_string())
                .unwrap_or_default();
            let words = ServerWords {
                code,
                message: error.to_string(),
                ..ServerWords::default()
            };
            EngineError::FileUnreadable { path, words }
        }
    }
}

/// The error for a file that was written each time that it was read.
pub(crate) fn changed_meanwhile(path: &Path) -> EngineError {
    EngineError::Busy {
        what: format!("The file {}", path.display()),
        words: ServerWords {
            code: ffi::SQLITE_BUSY.to_string(),
            message: "the file was changed while it was read".to_owned(),
            ..ServerWords::default()
        },
    }
}

/// SQLite's message for a failed call, for a warning about one object.
pub(crate) fn message(error: &rusqlite::Error) -> String {
    match code_and_words(error) {
        Some((_, words)) => words.message,
        None => error.to_string(),
    }
}

/// Whether the call failed because of what it asked about, not because of the file or the watch.
pub(crate) fn is_about_the_statement(error: &rusqlite::Error) -> bool {
    code_and_words(error).is_some_and(|(code, _)| {
        !matches!(
            code & 0xff,
            ffi::SQLITE_BUSY
                | ffi::SQLITE_LOCKED
                | ffi::SQLITE_INTERRUPT
                | ffi::SQLITE_IOERR
                | ffi::SQLITE_NOTADB
                | ffi::SQLITE_CANTOPEN
        )
    })
}

/// Whether the call ended because somebody asked it to.
pub(crate) fn is_interrupt(error: &rusqlite::Error) -> bool {
    code_and_words(error).is_some_and(|(code, _)| code & 0xff == ffi::SQLITE_INTERRUPT)
}

/// Whether an exclusive lock was refused by the system because the file is open for reading.
pub(crate) fn is_lock_refusal(error: &rusqlite::Error) -> bool {
    code_and_words(error).is_some_and(|(code, _)| code == ffi::SQLITE_IOERR_LOCK)
}

const UNFINISHED: &str = "Another program stopped in the middle of a change. Open the file once \
    with a program that may write, so that SQLite undoes what was left unfinished.";

const DAMAGED: &str = "The file is damaged. Restore it from a backup, or save what is left with \
    sqlite3 FILE .recover";

const LOOSE_LOG: &str = "The file with -wal at its end holds changes that are not in the database \
    yet. Open the database once with a program that may write, so that SQLite takes them over.";

fn words_with(words: ServerWords, hint: &str) -> ServerWords {
    ServerWords {
        hint: Some(hint.to_owned()),
        ..words
    }
}

fn code_and_words(error: &rusqlite::Error) -> Option<(i32, ServerWords)> {
    let (error, message) = match error {
        rusqlite::Error::SqliteFailure(error, message) => (error, message.clone()),
        rusqlite::Error::SqlInputError { error, msg, .. } => (error, Some(msg.clone())),
        _ => return None,
    };
    let code = error.extended_code;
    let message = message.unwrap_or_else(|| ffi::code_to_str(code).to_owned());
    Some((
        code,
        ServerWords {
            code: code.to_string(),
            message,
            ..ServerWords::default()
        },
    ))
}
