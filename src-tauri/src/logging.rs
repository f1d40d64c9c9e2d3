//! The log: our own crates' words, redacted, in a file that changes each day.
//!
//! Drivers and the web view do not write here: what they say may hold what was typed.

use std::io::{self, Write};
use std::path::Path;

use model::AppError;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::MakeWriter;

use crate::folder;
use crate::redact::redact;

/// The environment's word for how much is logged: error, warn, info, debug or trace.
const VARIABLE: &str = "DB_STUDIO_LOG";
/// Files that are kept; the oldest goes first.
const KEPT: usize = 7;
/// The crates whose words are written, besides the engines'.
const OURS: &[&str] = &[
    "db_studio",
    "services",
    "catalogue",
    "vault",
    "vault_stronghold",
    "engine",
];

/// Begins to log into a data folder; a second call changes nothing.
///
/// # Errors
/// A folder of logs that cannot be made.
pub(crate) fn begin(data: &Path) -> Result<(), AppError> {
    let logs = data.join("logs");
    folder::make_private(&logs)?;
    let appender = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("db-studio")
        .filename_suffix("log")
        .max_log_files(KEPT)
        .build(&logs);
    let Ok(appender) = appender else {
        return Ok(());
    };
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter(std::env::var(VARIABLE).ok().as_deref()))
        .with_ansi(false)
        .with_writer(Redacted(appender))
        .try_init();
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(place, "a fault in db-studio");
    }));
    Ok(())
}

fn filter(level: Option<&str>) -> EnvFilter {
    let level = ["error", "warn", "info", "debug", "trace"]
        .into_iter()
        .find(|known| level.is_some_and(|level| level.eq_ignore_ascii_case(known)))
        .unwrap_or("info");
    let ours = OURS
        .iter()
        .chain(services::LOG_TARGETS)
        .map(|name| format!("{name}={level}"));
    EnvFilter::new(
        std::iter::once("off".to_owned())
            .chain(ours)
            .collect::<Vec<_>>()
            .join(","),
    )
}

/// Writes whole lines, each without the secrets that may have come into it.
struct Redacted(RollingFileAppender);

impl<'a> MakeWriter<'a> for Redacted {
    type Writer = Line<<RollingFileAppender as MakeWriter<'a>>::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Line(self.0.make_writer())
    }
}

struct Line<W>(W);

impl<W: Write> Write for Line<W> {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        self.0
            .write_all(redact(&String::from_utf8_lossy(line)).as_bytes())?;
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_crates_are_logged() {
        let text = filter(Some("trace")).to_string();
        assert!(
            text.contains("services=trace"),
            "our crates follow the variable: {text}"
        );
        assert!(!text.contains("sqlx"), "drivers are not heard: {text}");
    }

    #[test]
    fn an_unknown_level_means_info() {
        let text = filter(Some("sqlx=trace")).to_string();
        assert!(
            text.contains("services=info"),
            "directives of other crates are refused: {text}"
        );
        assert!(!text.contains("sqlx"), "drivers are not heard: {text}");
    }

    #[test]
    fn a_line_is_written_without_its_password() {
        let mut out = Vec::new();
        let line = b"could not reach postgres://app:hunter2@db/shop\n";
        Line(&mut out)
            .write_all(line)
            .expect("a vector can be written");
        let text = String::from_utf8(out).expect("the line is text");
        assert_eq!(text, "could not reach postgres://app:\u{2026}@db/shop\n");
    }
}
