//! Another process that has a file open for writing.
//!
//! Within one process SQLite shares locks and the index of a log between all
//! connections; what a reader does to a foreign writer shows only across two.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

pub(crate) struct Writer {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Writer {
    /// Opens the file in another process, and creates it where it is missing.
    pub(crate) fn on(path: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sqlite-writer"))
            .arg(path)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the writer starts");
        let input = child.stdin.take().expect("the writer listens");
        let output = BufReader::new(child.stdout.take().expect("the writer answers"));
        Self {
            child,
            input,
            output,
        }
    }

    /// Runs SQL and waits until it is done.
    pub(crate) fn run(&mut self, sql: &str) {
        writeln!(self.input, "{}", sql.replace('\n', " ")).expect("the writer listens");
        let mut answer = String::new();
        self.output
            .read_line(&mut answer)
            .expect("the writer answers");
        assert_eq!(answer.trim_end(), "done", "the writer can run {sql}");
    }

    /// Ends the process without a chance to tidy up.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("the writer can be killed");
        self.child.wait().expect("the writer ends");
    }

    /// Ends the process as programs end, with everything tidied up.
    pub(crate) fn quit(self) {
        let Self {
            mut child,
            input,
            output,
        } = self;
        drop(input);
        child.wait().expect("the writer ends");
        drop(output);
    }
}
