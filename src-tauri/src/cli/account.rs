//! What needs a user who signs in: the list of connections, syncs, and whatever
//! is told of the catalogue.

use std::fmt::Write as _;
use std::sync::Arc;

use model::path::visible;
use model::{AppError, ConnectionId, ErrorKind, Secret};
use services::view::{ConnectionCard, SyncEnded, SyncScope};
use services::{Event, EventSink, Studio};

use super::args::Account;
use super::terminal::{Failure, Terminal};
use super::{folders, page, place, secrets, stop, words};
use crate::folder::Folder;
use crate::{logging, open};

/// Who signs in.
pub(super) struct Who {
    name: String,
    passphrase: Secret,
}

impl Who {
    /// The user that the command line names, with a passphrase from stdin or a prompt.
    ///
    /// # Errors
    /// No user, or no way to ask for the passphrase.
    pub(super) fn of(name: Option<String>, from_stdin: bool) -> Result<Self, Failure> {
        let name = name.ok_or_else(|| {
            Failure::usage(
                "This needs a user.",
                "Name one with --user, as in the window.",
            )
        })?;
        let passphrase = if from_stdin {
            secrets::from_stdin()?
        } else {
            secrets::from_person(&format!("Passphrase of {}: ", visible(&name)))?.ok_or_else(
                || {
                    Failure::usage(
                        "A passphrase is needed.",
                        "Give it with --passphrase-stdin.",
                    )
                },
            )?
        };
        Ok(Self { name, passphrase })
    }
}

/// Signs in and does what was asked.
///
/// # Errors
/// A user, connection or object that is not there, a wrong passphrase, a failed sync.
pub(super) fn act(
    verb: &Account,
    who: Who,
    folder: &Folder,
    terminal: Terminal,
) -> Result<(), Failure> {
    logging::begin(&folder.path)?;
    super::runtime()?.block_on(async {
        let studio = open::studio(folder, Arc::new(Progress(terminal)))?;
        studio
            .sign_in(who.name, who.passphrase)
            .await
            .map_err(|error| misnamed(error.into()))?;
        let done = match verb {
            Account::Connections => list(&studio, terminal).await,
            Account::Sync { connection, full } => {
                let scope = if *full {
                    SyncScope::Everything
                } else {
                    SyncScope::Connection
                };
                sync(&studio, connection, scope, terminal).await
            }
            Account::Tree {
                connection,
                path,
                folders: false,
            } => print_tree(&studio, connection, path.as_deref(), terminal).await,
            Account::Tree {
                connection, path, ..
            } => print_folders(&studio, connection, path.as_deref(), terminal).await,
            Account::Show(place) => page::show(&studio, place, terminal).await,
            Account::Definition(place) => page::definition(&studio, place, terminal).await,
            Account::Statements { connection } => statements(&studio, connection, terminal).await,
            Account::Verify {
                connection,
                database,
            } => verify(&studio, connection, database.as_deref(), terminal).await,
        };
        // The vault is closed also when the work failed, and that is what is told.
        let locked = studio.lock().await;
        done?;
        Ok(locked?)
    })
}

/// Reads a whole connection, stopping at Ctrl-C, and says what changed.
///
/// # Errors
/// A sync that failed or was stopped.
pub(super) async fn read(
    studio: &Studio,
    id: ConnectionId,
    name: &str,
    scope: SyncScope,
    terminal: Terminal,
) -> Result<(), Failure> {
    let stop = stop::on_interrupt();
    let work = studio.sync_to_end(id, scope);
    tokio::pin!(work);
    let ended = tokio::select! {
        ended = &mut work => ended?,
        () = stop.cancelled() => {
            for run in studio.running_syncs().await? {
                studio.cancel_sync(run.run).await?;
            }
            work.await?
        }
    };
    terminal.progress("");
    ended
        .warnings
        .iter()
        .for_each(|warning| terminal.warn_of(warning));
    if terminal.json {
        terminal.write_json(&ended)?;
    }
    match ended.error {
        Some(error) => Err(Failure::Told(Box::new(error), 1)),
        None if terminal.json => Ok(()),
        None => terminal.write(&summary(name, &ended)),
    }
}

async fn sync(
    studio: &Studio,
    name: &str,
    scope: SyncScope,
    terminal: Terminal,
) -> Result<(), Failure> {
    let card = find(studio, name).await?;
    read(
        studio,
        card.connection.id,
        &card.connection.draft.name,
        scope,
        terminal,
    )
    .await
}

async fn list(studio: &Studio, terminal: Terminal) -> Result<(), Failure> {
    let cards = studio.connections().await?;
    if terminal.json {
        return terminal.write_json(&cards);
    }
    let rows: Vec<[String; 4]> = cards.iter().map(row).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths = [0, 1, 2].map(|column| width(column).unwrap_or_default());
    let mut lines = String::new();
    for [name, engine, address, state] in &rows {
        let [a, b, c] = widths;
        // Writing to a String cannot fail.
        let _ = writeln!(lines, "{name:<a$}  {engine:<b$}  {address:<c$}  {state}");
    }
    terminal.write(&lines)
}

async fn print_tree(
    studio: &Studio,
    name: &str,
    path: Option<&str>,
    terminal: Terminal,
) -> Result<(), Failure> {
    let card = find(studio, name).await?;
    let snapshot = studio.snapshot(card.connection.id).await?;
    let top = match path {
        None => snapshot.roots().collect(),
        Some(path) => vec![place::find(&snapshot, name, path, None)?],
    };
    match (terminal.json, path) {
        (true, None) => terminal.write_json(&snapshot),
        (true, Some(_)) => terminal.write_json(&top.first()),
        (false, _) => terminal.write(
            &top.iter()
                .map(|walker| walker.outline())
                .collect::<String>(),
        ),
    }
}

async fn print_folders(
    studio: &Studio,
    name: &str,
    path: Option<&str>,
    terminal: Terminal,
) -> Result<(), Failure> {
    let card = find(studio, name).await?;
    let engine = place::descriptor(&card)?;
    let snapshot = studio.snapshot(card.connection.id).await?;
    let top = match path {
        None => folders::of_roots(engine, &snapshot),
        Some(path) => {
            let walker = place::find(&snapshot, name, path, None)?;
            vec![folders::Branch::of(engine, walker)]
        }
    };
    if terminal.json {
        return terminal.write_json(&top);
    }
    terminal.write(&top.iter().map(folders::Branch::text).collect::<String>())
}

async fn statements(studio: &Studio, name: &str, terminal: Terminal) -> Result<(), Failure> {
    let card = find(studio, name).await?;
    let last = card.last_sync.ok_or_else(|| {
        Failure::misnamed(
            AppError::new(
                ErrorKind::NotFound,
                format!("{name} has not been synced yet."),
            )
            .hint("Read its schema first: db-studio sync."),
        )
    })?;
    let sent = studio.sent_statements(last.sync).await?;
    if terminal.json {
        return terminal.write_json(&sent);
    }
    let texts: Vec<_> = sent
        .iter()
        .map(|sent| {
            let times = words::counted(sent.times.into(), "time", "times");
            format!("-- sent {times}\n{}\n", sent.text.trim_end())
        })
        .collect();
    terminal.write_text(&texts.join("\n"))
}

async fn verify(
    studio: &Studio,
    name: &str,
    database: Option<&str>,
    terminal: Terminal,
) -> Result<(), Failure> {
    let card = find(studio, name).await?;
    let snapshot = studio.snapshot(card.connection.id).await?;
    let path = place::database(&snapshot, name, database)?;
    let id = place::id(studio, card.connection.id, &path).await?;
    let told = studio.verify(id).await?;
    if terminal.json {
        terminal.write_json(&told)?;
    } else {
        let found = told.findings.iter().map(|finding| visible(finding) + "\n");
        let checked = visible(&told.checked);
        let line = format!("Checked in {:.0} ms: {checked}\n", told.millis);
        terminal.write(&(found.collect::<String>() + &line))?;
    }
    if told.findings.is_empty() {
        return Ok(());
    }
    let count = words::counted(told.findings.len() as u64, "finding", "findings");
    let more = if told.more { " and more" } else { "" };
    let error = AppError::new(
        ErrorKind::Server,
        format!("{name} is damaged: {count}{more}."),
    );
    Err(Failure::Told(
        Box::new(error.hint("Copy the file before anything else is tried.")),
        1,
    ))
}

/// The connection of this name.
///
/// # Errors
/// There is none.
pub(super) async fn find(studio: &Studio, name: &str) -> Result<ConnectionCard, Failure> {
    let cards = studio.connections().await?;
    cards
        .into_iter()
        .find(|card| card.connection.draft.name == name)
        .ok_or_else(|| {
            Failure::misnamed(
                AppError::new(
                    ErrorKind::NotFound,
                    format!("There is no connection named {name}."),
                )
                .hint("db-studio connections lists them."),
            )
        })
}

fn row(card: &ConnectionCard) -> [String; 4] {
    let draft = &card.connection.draft;
    let state = match (&card.synced_at, &card.reach) {
        _ if !card.connection.active => "inactive",
        (_, Some(reach)) if reach.error.is_some() => "failing",
        (Some(_), _) => "synced",
        (None, _) => "never synced",
    };
    [&draft.name, &draft.target.engine.0, &card.address, state].map(visible)
}

fn summary(name: &str, ended: &SyncEnded) -> String {
    let (added, changed) = (ended.added.get(), ended.changed.get());
    let removed = ended.removed.get();
    format!(
        "{}: {added} added, {changed} changed, {removed} removed\n",
        visible(name)
    )
}

/// A name that is not there is wrong usage; all else is not.
fn misnamed(error: AppError) -> Failure {
    match error.kind {
        ErrorKind::NotFound => Failure::misnamed(error),
        _ => error.into(),
    }
}

/// Shows how a sync goes on, where a person looks on.
struct Progress(Terminal);

impl EventSink for Progress {
    fn emit(&self, event: Event) {
        let Event::Sync { run } = event else { return };
        if run.ended.is_none() {
            let of = run
                .total
                .map(|total| format!(" of {}", total.get()))
                .unwrap_or_default();
            self.0
                .progress(&format!("{} · {}{of}", run.doing, run.done.get()));
        }
    }
}
