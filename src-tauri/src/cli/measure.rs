//! `measure`: a user with one connection who does what each line of input says, for
//! programs that watch this process from outside.

use std::io::{self, BufRead};
use std::sync::Arc;
use std::time::Instant;

use model::{AppError, ConnectionDraft, ConnectionId, Secret};
use serde::Serialize;
use services::view::{PasswordInput, SyncScope};
use services::{NoEvents, Studio};

use super::terminal::{Failure, Terminal};
use super::{demo, secrets};
use crate::folder::Folder;
use crate::open;

/// What was done at an order.
#[derive(Debug, Serialize)]
struct Done {
    millis: f64,
    added: u64,
    changed: u64,
    removed: u64,
    warnings: usize,
    /// How many statements went to the server, and how many different ones.
    statements: u64,
    texts: usize,
    error: Option<AppError>,
}

/// Makes a throw-away user in the data folder with the connection whose string is the first
/// line of input, says `ready`, and answers each further line with a line of JSON: `sync`
/// reads the connection into the catalogue, `test` tests it.
///
/// # Errors
/// No folder of its own, a string that no engine understands, or an unknown order.
pub(super) fn run(folder: Option<&Folder>, terminal: Terminal) -> Result<(), Failure> {
    let folder = folder.ok_or_else(|| {
        Failure::usage(
            "This needs a data folder that may be thrown away.",
            "Name one with --data-dir.",
        )
    })?;
    let text = secrets::from_stdin()?;
    let runtime = super::runtime()?;
    let studio = open::studio(folder, Arc::new(NoEvents))?;
    let id = runtime.block_on(keep(&studio, text))?;
    terminal.write("ready\n")?;
    for order in io::stdin().lock().lines() {
        let done = match order?.as_str() {
            "sync" => runtime.block_on(sync(&studio, id))?,
            "test" => runtime.block_on(test(&studio, id))?,
            _ => {
                return Err(Failure::usage(
                    "There is no such order.",
                    "Say sync or test.",
                ));
            }
        };
        let line = serde_json::to_string(&done).map_err(io::Error::from)?;
        terminal.write(&(line + "\n"))?;
    }
    Ok(runtime.block_on(studio.lock())?)
}

async fn keep(studio: &Studio, text: Secret) -> Result<ConnectionId, Failure> {
    let name = "measured".to_owned();
    let passphrase = Secret::new(demo::token()?);
    studio.sign_up(name.clone(), passphrase).await?;
    let parsed = studio.parse_connection_string(text).await?;
    let password = match parsed.password_ticket {
        Some(ticket) => PasswordInput::Parsed { ticket },
        None => PasswordInput::None,
    };
    let draft = ConnectionDraft::new(name, parsed.target);
    let card = studio.create_connection(draft, password).await?;
    Ok(card.connection.id)
}

async fn sync(studio: &Studio, id: ConnectionId) -> Result<Done, Failure> {
    let began = Instant::now();
    let ended = studio.sync_to_end(id, SyncScope::Connection).await?;
    let millis = millis_since(began);
    let sent = studio.sent_statements(ended.sync).await?;
    Ok(Done {
        millis,
        added: ended.added.get(),
        changed: ended.changed.get(),
        removed: ended.removed.get(),
        warnings: ended.warnings.len(),
        statements: sent.iter().map(|sent| u64::from(sent.times)).sum(),
        texts: sent.len(),
        error: ended.error,
    })
}

async fn test(studio: &Studio, id: ConnectionId) -> Result<Done, Failure> {
    let began = Instant::now();
    let outcome = studio.test_connection(1, id).await?;
    Ok(Done {
        millis: millis_since(began),
        added: 0,
        changed: 0,
        removed: 0,
        warnings: outcome.lacks.len(),
        statements: 0,
        texts: 0,
        error: outcome.error,
    })
}

fn millis_since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64() * 1000.0
}
