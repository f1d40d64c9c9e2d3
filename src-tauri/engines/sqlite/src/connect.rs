//! From a target to an open session, stage by stage.

use std::fs;
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use engine::{EngineError, OpContext};
use model::connection::field;
use model::stage::StageState;
use model::{Stage, StageReport, Target};
use tokio::task;

use crate::descriptor::DEFAULT_PATIENCE;
use crate::error::explain_io;
use crate::link::Link;
use crate::session::SqliteSession;
use crate::watch::Watch;

/// How long a thread may take to notice that its time is over, before nobody
/// waits for it any more (a network folder that no longer answers).
const GRACE: Duration = Duration::from_secs(1);

/// Opens the file that the target names.
pub(crate) async fn open(target: &Target, cx: &OpContext) -> Result<SqliteSession, EngineError> {
    let (path, patience) = stage(cx, Stage::Parse, async {
        let read = (path(target)?, patience(target)?);
        Ok((read, None))
    })
    .await?;
    stage(cx, Stage::Connect, async {
        let stop = Arc::new(AtomicBool::new(false));
        let watch = Watch::new(cx, &stop, "open the file");
        let (link, size) = apart(&watch.clone(), move || {
            let path = find(&path)?;
            let size = fs::metadata(&path)
                .map_err(|error| explain_io(&error, &path))?
                .len();
            Ok((Link::open(path, patience, &watch)?, size))
        })
        .await?;
        let session = SqliteSession::new(Arc::new(Mutex::new(link)), stop);
        Ok((session, Some(size_text(size))))
    })
    .await
}

/// Runs work that blocks on a thread of its own, until it ends or is over.
pub(crate) async fn apart<T: Send + 'static>(
    watch: &Watch,
    work: impl FnOnce() -> Result<T, EngineError> + Send + 'static,
) -> Result<T, EngineError> {
    let work = task::spawn_blocking(work);
    tokio::select! {
        biased;
        () = watch.cx().cancellation().cancelled() => Err(EngineError::Cancelled),
        ended = work => ended.unwrap_or_else(|error| {
            Err(EngineError::Unexpected { question: "the file", detail: error.to_string() })
        }),
        // The thread itself keeps the deadline and knows better what held it up.
        () = tokio::time::sleep(watch.cx().remaining() + GRACE) => {
            Err(watch.over().unwrap_or(EngineError::Cancelled))
        }
    }
}

/// Reports a stage around its work, which gives its result and a note.
async fn stage<T>(
    cx: &OpContext,
    stage: Stage,
    work: impl Future<Output = Result<(T, Option<String>), EngineError>>,
) -> Result<T, EngineError> {
    let report = |state, note, millis| {
        cx.observer().stage(StageReport {
            stage,
            state,
            note,
            millis,
            error: None,
        });
    };
    report(StageState::Running, None, None);
    let started = Instant::now();
    let result = work.await;
    let millis = Some(started.elapsed().as_secs_f32() * 1000.0);
    match result {
        Ok((value, note)) => {
            report(StageState::Passed, note, millis);
            Ok(value)
        }
        Err(error) => {
            report(StageState::Failed, Some(brief(&error).to_owned()), millis);
            Err(error)
        }
    }
}

/// The gist of an error in a word or two, for the line of its stage.
fn brief(error: &EngineError) -> &'static str {
    match error {
        EngineError::InvalidTarget { .. } => "not usable",
        EngineError::FileMissing { .. } => "not there",
        EngineError::NotADatabase { .. } => "not a database",
        EngineError::Busy { .. } => "in use",
        EngineError::TimedOut { .. } => "no answer in time",
        EngineError::Cancelled => "stopped",
        _ => "not readable",
    }
}

fn path(target: &Target) -> Result<PathBuf, EngineError> {
    let path = target.get(field::FILE).unwrap_or_default();
    if path.is_empty() {
        return Err(invalid(
            field::FILE,
            "No file is named.",
            "Enter the path of a database file, or choose one.",
        ));
    }
    if path.contains('\0') {
        return Err(invalid(
            field::FILE,
            "The path holds a null character.",
            "Enter the path as the system spells it.",
        ));
    }
    Ok(PathBuf::from(path))
}

fn patience(target: &Target) -> Result<Duration, EngineError> {
    let Some(text) = target.get(field::CONNECT_TIMEOUT) else {
        return Ok(DEFAULT_PATIENCE);
    };
    match text.trim().parse::<u32>() {
        Ok(seconds) if seconds > 0 => Ok(Duration::from_secs(seconds.into())),
        _ => Err(invalid(
            field::CONNECT_TIMEOUT,
            "The busy timeout is not a number of seconds.",
            "Enter a whole number, 1 or more.",
        )),
    }
}

/// The file itself, absolute and without links; nothing but a file will do.
fn find(path: &Path) -> Result<PathBuf, EngineError> {
    let found = fs::canonicalize(path).map_err(|error| explain_io(&error, path))?;
    let metadata = fs::metadata(&found).map_err(|error| explain_io(&error, path))?;
    if metadata.is_dir() {
        return Err(invalid(
            field::FILE,
            &format!("{} is a folder, not a file.", path.display()),
            "Choose the database file in it.",
        ));
    }
    if !metadata.is_file() {
        return Err(invalid(
            field::FILE,
            &format!("{} is not an ordinary file.", path.display()),
            "Choose a database file.",
        ));
    }
    Ok(found)
}

fn invalid(field: &str, message: &str, hint: &str) -> EngineError {
    EngineError::InvalidTarget {
        field: field.to_owned(),
        message: message.to_owned(),
        hint: hint.to_owned(),
    }
}

/// A size for people, in the largest unit that leaves at least one.
fn size_text(bytes: u64) -> String {
    let units = [("GiB", 1_u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    match units.into_iter().find(|&(_, unit)| bytes >= unit) {
        Some((name, unit)) => {
            let tenths = bytes / (unit / 10).max(1);
            format!("{}.{} {name}", tenths / 10, tenths % 10)
        }
        None => format!("{bytes} bytes"),
    }
}
