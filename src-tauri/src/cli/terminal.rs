//! What is written where: results on stdout, all else on stderr, each in plain
//! words or in JSON. A reader that goes away is no fault.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use model::path::visible;
use model::snapshot::Warning;
use model::{AppError, ErrorKind};
use serde::Serialize;

/// Why a verb ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// Something to be told, and the exit code.
    Told(Box<AppError>, u8),
    /// Nobody reads any more.
    NoReader,
}

impl Failure {
    /// The command line says what cannot be done.
    pub(super) fn usage(message: &str, hint: &str) -> Self {
        Self::Told(
            Box::new(AppError::new(ErrorKind::InvalidInput, message).hint(hint)),
            2,
        )
    }

    /// The command line names something that is not there.
    pub(super) fn misnamed(error: AppError) -> Self {
        Self::Told(Box::new(error), 2)
    }
}

impl From<AppError> for Failure {
    fn from(error: AppError) -> Self {
        let code = if error.kind == ErrorKind::InvalidInput {
            2
        } else {
            1
        };
        Self::Told(Box::new(error), code)
    }
}

impl From<services::Error> for Failure {
    fn from(error: services::Error) -> Self {
        AppError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::NoReader;
        }
        AppError::new(ErrorKind::Storage, "The output could not be written.")
            .cause(error.to_string())
            .into()
    }
}

/// Where results and words go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    /// Whether programs read along.
    pub(super) json: bool,
}

impl Terminal {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Writes a result as it is.
    ///
    /// # Errors
    /// A reader that went away, or a full disk.
    pub(super) fn write(self, text: &str) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        Ok(out.flush()?)
    }

    /// Writes text of many lines that others made; where a person looks on, control
    /// characters become visible.
    ///
    /// # Errors
    /// A reader that went away, or a full disk.
    pub(super) fn write_text(self, text: &str) -> Result<(), Failure> {
        if !io::stdout().is_terminal() {
            return self.write(text);
        }
        let lines = text.split('\n').map(visible_line);
        self.write(&lines.collect::<Vec<_>>().join("\n"))
    }

    /// Writes a result as one JSON value.
    ///
    /// # Errors
    /// A reader that went away, or a full disk.
    pub(super) fn write_json(self, value: &impl Serialize) -> Result<(), Failure> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        serde_json::to_writer_pretty(&mut out, value).map_err(io::Error::from)?;
        out.write_all(b"\n")?;
        Ok(out.flush()?)
    }

    /// Says something that is no result and no failure.
    pub(super) fn warn(self, text: &str) {
        let text = visible(text);
        if self.json {
            self.say(&serde_json::json!({ "warning": text }).to_string());
        } else {
            self.say(&format!("warning: {text}"));
        }
    }

    /// Tells what could not be read.
    pub(super) fn warn_of(self, warning: &Warning) {
        let mut text = format!("{}: {}", warning.object, warning.reason);
        if let Some(grant) = &warning.grant {
            text += &format!(" To read it: {grant}");
        }
        self.warn(text.trim_start_matches(": "));
    }

    /// Writes a line over the one before, where a person looks on.
    pub(super) fn progress(self, text: &str) {
        if !self.json && io::stderr().is_terminal() {
            let _ = write!(io::stderr(), "\r\u{1b}[K{}", visible(text));
        }
    }

    /// Tells why a verb ended early, and with which code.
    pub(super) fn fail(self, failure: &Failure) -> ExitCode {
        let (error, code) = match failure {
            Failure::Told(error, code) => (error, *code),
            Failure::NoReader => return ExitCode::SUCCESS,
        };
        if self.json {
            self.say(&serde_json::to_string(error).unwrap_or_default());
        } else {
            self.say(&visible(&error.message));
            for cause in &error.causes {
                self.say(&format!("  {}", visible(cause)));
            }
            if let Some(hint) = &error.hint {
                self.say(&format!("hint: {}", visible(hint)));
            }
        }
        ExitCode::from(code)
    }

    /// A line on stderr; where even that is closed, there is nobody to tell.
    fn say(self, line: &str) {
        let _ = writeln!(io::stderr(), "{line}");
    }
}

/// A line with visible control characters, though with its tabs.
fn visible_line(line: &str) -> String {
    let line = line.trim_end_matches('\r');
    line.split('\t').map(visible).collect::<Vec<_>>().join("\t")
}
