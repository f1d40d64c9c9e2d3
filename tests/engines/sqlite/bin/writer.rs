//! Another program with a database file open: runs each line it is given as
//! SQL and answers with a line when that is done. It ends with its input.

use std::io::{BufRead, Write, stdin, stdout};
use std::process::ExitCode;

use rusqlite::Connection;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        return ExitCode::from(2);
    };
    let Ok(connection) = Connection::open(path) else {
        return ExitCode::FAILURE;
    };
    for line in stdin().lock().lines() {
        let Ok(sql) = line else { break };
        let answer = match connection.execute_batch(&sql) {
            Ok(()) => "done".to_owned(),
            Err(error) => format!("failed: {error}"),
        };
        if writeln!(stdout(), "{answer}").is_err() {
            break;
        }
    }
    ExitCode::SUCCESS
}
