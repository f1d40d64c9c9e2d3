//! `Engine` and `Session`: how db-studio speaks to a server of any kind.

use async_trait::async_trait;
use model::snapshot::{DatabaseDetail, Fingerprint, Statistics, Warning};
use model::{EngineDescriptor, ObjectPath, Secret, SnapshotBuilder, Target, Text};
use serde::Serialize;

use crate::{EngineError, OpContext, Sink};

/// One kind of database server or file.
#[async_trait]
pub trait Engine: Send + Sync {
    /// What it declares about itself.
    fn descriptor(&self) -> &'static EngineDescriptor;

    /// Opens a read-only session over one link, reporting the stages up to and
    /// including sign in to the context's observer.
    ///
    /// # Errors
    /// Whatever stood in the way, as the stage that failed; nothing is left open.
    async fn open(
        &self,
        target: &Target,
        secret: Option<&Secret>,
        cx: &OpContext,
    ) -> Result<Box<dyn Session>, EngineError>;
}

/// An open session; it only reads, and the server enforces that.
#[async_trait]
pub trait Session: Send {
    /// What the server is.
    async fn server(&mut self, cx: &OpContext) -> Result<ServerInfo, EngineError>;

    /// What this user may see.
    async fn privileges(&mut self, cx: &OpContext) -> Result<Privileges, EngineError>;

    /// The databases of the server that are not its own, in the order of their names.
    /// With `system`, those that are its own too.
    async fn databases(
        &mut self,
        system: bool,
        cx: &OpContext,
    ) -> Result<Vec<DatabaseInfo>, EngineError>;

    /// Whether [`Session::inspect`] can read this database over this session; where
    /// it cannot, a session opened with that database in its target can.
    fn reaches(&self, database: &str) -> bool;

    /// The database that the target named or the server chose for it.
    fn database(&self) -> &str;

    /// Reads the schema within the scope into `out`, portion by portion, and leaves
    /// out what [`Sink::known`] says well enough.
    ///
    /// A part that cannot be read becomes a warning there and no error. An object
    /// that the scope names and that does not exist leaves `out` without it.
    async fn inspect(
        &mut self,
        scope: &InspectScope,
        out: &mut dyn Sink,
        cx: &OpContext,
    ) -> Result<(), EngineError>;

    /// Of databases with what is known of each ([`Sink::known`]), those that are surely
    /// still so: asked once for all of them, without entering any. An engine that cannot
    /// tell gives none.
    async fn at_rest(
        &mut self,
        _known: Vec<(String, Fingerprint)>,
        _cx: &OpContext,
    ) -> Result<Vec<(String, Fingerprint)>, EngineError> {
        Ok(Vec::new())
    }

    /// Reads what belongs to the server and to no database (roles, tablespaces)
    /// into `out`, below one root of the kind `server`; an engine that has none of
    /// it leaves `out` as it is.
    ///
    /// A part that cannot be read becomes a warning there and no error.
    async fn inspect_server(
        &mut self,
        _out: &mut SnapshotBuilder,
        _cx: &OpContext,
    ) -> Result<(), EngineError> {
        Ok(())
    }

    /// Checks the database itself for damage; work that people ask for, never done
    /// unasked.
    ///
    /// # Errors
    /// `Unsupported` where the engine has no such check.
    async fn verify(&mut self, _cx: &OpContext) -> Result<Verification, EngineError> {
        Err(EngineError::Unsupported {
            what: "Checking the integrity of this database".to_owned(),
        })
    }

    /// The statement that makes an object, from the server or rendered by us.
    ///
    /// # Errors
    /// `NotFound` where there is no such object, `Unsupported` where its kind has none.
    async fn definition(
        &mut self,
        object: &ObjectPath,
        cx: &OpContext,
    ) -> Result<Definition, EngineError>;

    /// Ends the session and waits until the link is closed, so that the server has
    /// room for another; dropping it closes the link too, a little later.
    async fn close(self: Box<Self>);

    /// Something that stops what the session is doing, on the server too.
    fn canceller(&self) -> Box<dyn Canceller>;
}

/// Stops the running statement of one session.
#[async_trait]
pub trait Canceller: Send + Sync {
    /// Asks the server to stop; the session itself then fails with its own error.
    async fn cancel(&self);
}

/// What a server is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerInfo {
    /// Its product, forks by their own name (`PostgreSQL`, `SQLite`).
    pub product: String,
    /// Its version as it says it (`16.4`).
    pub version: String,
    /// Who is signed in, where there are users.
    pub user: Option<String>,
    /// Whether the session only reads: because the server refuses anything else,
    /// or, where it has no such mode, because no other command is ever sent.
    pub read_only: bool,
}

/// What a user may see of a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Privileges {
    /// The gist in a few words (`reads 3 of 4 databases`).
    pub summary: String,
    /// What it may not see, with the statement that would change it.
    pub lacks: Vec<Warning>,
}

/// A database as the list of a server shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatabaseInfo {
    /// Its name.
    pub name: Text,
    /// The server's own id.
    pub native_id: Option<Text>,
    /// The comment kept on the server.
    pub comment: Option<Text>,
    /// Owner, encoding, collation.
    pub detail: DatabaseDetail,
    /// Sizes that the server knows without work.
    pub statistics: Statistics,
    /// Why this user may not enter it, and what would change that.
    pub closed: Option<Warning>,
}

/// Which part of a database is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InspectScope {
    /// The database.
    pub database: String,
    /// Only this schema, where the engine has schemas.
    pub schema: Option<String>,
    /// Only this table or view; with its schema where the engine has schemas.
    pub table: Option<String>,
    /// Whether what belongs to the server itself is read too.
    pub system: bool,
}

impl InspectScope {
    /// A whole database without the server's own objects.
    pub fn database(name: impl Into<String>) -> Self {
        Self {
            database: name.into(),
            schema: None,
            table: None,
            system: false,
        }
    }
}

/// The statement that makes an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The statement.
    pub text: String,
    /// Whether it is rendered by us from the facts, not given by the server.
    pub rendered: bool,
}

/// What a check for damage found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// What was checked, in a few words.
    pub checked: String,
    /// What is wrong, one sentence each; empty where nothing is.
    pub findings: Vec<String>,
    /// Whether there is more that is wrong than `findings` tell.
    pub more: bool,
}
