//! `demo`: what the first start of the window does, for a machine without a display.

use std::sync::Arc;

use model::{AppError, ErrorKind, Secret};
use services::NoEvents;
use services::view::SyncScope;

use super::account;
use super::terminal::{Failure, Terminal};
use crate::folder::{self, Folder};
use crate::machine::Machine;
use crate::open;

/// Makes a throw-away user in a new folder, tests and syncs the sample database,
/// prints its tree, and says where all of it lies.
///
/// # Errors
/// A temporary folder that cannot be written, or a sample that cannot be read.
pub(super) fn run(terminal: Terminal) -> Result<(), Failure> {
    let path = std::env::temp_dir().join(format!("db-studio-demo-{}", token()?));
    folder::make_private(&path)?;
    let folder = Folder {
        machine: path.join(Machine::FILE),
        path,
        given: true,
    };
    super::runtime()?.block_on(async {
        let studio = open::studio(&folder, Arc::new(NoEvents))?;
        terminal.write("Signing up a throw-away user and reading the sample database\n")?;
        studio
            .sign_up("demo".to_owned(), Secret::new(token()?))
            .await?;
        for card in studio.connections().await? {
            let (id, name) = (card.connection.id, &card.connection.draft.name);
            let outcome = studio.test_connection(1, id).await?;
            if let Some(error) = outcome.error {
                return Err(error.into());
            }
            terminal.write(&format!("{name}: fine, {:.0} ms\n", outcome.millis))?;
            account::read(&studio, id, name, SyncScope::Connection, terminal).await?;
            terminal.write(&studio.snapshot(id).await?.outline())?;
        }
        let catalogue = services::catalogue_path(studio.folder());
        studio.lock().await?;
        let (catalogue, folder) = (catalogue.display(), folder.path.display());
        terminal.write(&format!(
            "\nThe catalogue is {catalogue}; any SQLite tool may read it.\n\
             To remove all of this: rm -r {folder}\n"
        ))
    })
}

/// A word that nobody can guess.
///
/// # Errors
/// A system without random numbers.
pub(super) fn token() -> Result<String, Failure> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        AppError::new(ErrorKind::Internal, "The system gives no random numbers.")
            .cause(error.to_string())
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
