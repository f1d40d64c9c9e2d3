//! The program: nothing but the call into the library, so that tests can reach the rest.

use std::process::ExitCode;

fn main() -> ExitCode {
    db_studio::run()
}
